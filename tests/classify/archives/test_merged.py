import gzip
import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from builders import run_sayso

from sayso.classify.annotation.annotator import load_annotator
from sayso.classify.archives.settings import keep_errors_of_models, read_errors_of_models
from sayso.classify.archives.sums import sums_from, sums_of
from sayso.classify.audit.roster import said_in
from sayso.classify.audit.sources import FILES
from sayso.classify.linear.known_errors import Errors
from sayso.classify.speakers.prevalence import label_sums
from sayso.classify.speakers.profile import profile_of
from sayso.classify.speakers.speeches import speeches_of
from sayso.data.records import Article
from sayso.data.scheme import KINDS
from sayso.data.splits.near_articles import signature_of
from sayso.errors import SaysoError

from .conftest import FIRE, PORT


@pytest.fixture
def annotated(archive, fake_models):
    """Annotate the archive with a copy of an article in it, and give the options of models."""
    more = {"text": " ".join([PORT, FIRE, "“It burned,” said Ada Brenn of the guild."] * 3), "outlet": "Orla Post"}
    for name, date in (("x", "2024-06-01"), ("y", "2024-05-02")):
        Path(f"news/{name}.jsonl").write_text(json.dumps({"id": name, "date": date, **more}) + "\n", encoding="utf-8")
    models = ["--model", fake_models / "voice.sayso", "--model", fake_models / "attribution.sayso"]
    assert run_sayso("annotate", "news", "--out", "out/", "-f", "parquet", *models).exit_code == 0
    return models


def test_what_is_kept_of_an_article_is_what_is_counted():
    text = "“We lost two cranes,” Ada Brenn, the mayor of Orla, said. Brenn also claimed that it burned. Rain fell."
    text += " “I ran,” said Kit Lund (they/them), a guard."
    article = Article("a", text, outlet="Tolm", date="2024-05-19", extra={"desk": "port"})
    found = load_annotator().annotate(article)
    sums = sums_from(json.loads(json.dumps(sums_of(article, found))))
    heard = speeches_of(article, found)
    assert sums.article == replace(article, text="")
    assert sums.profile == profile_of(article, found)
    assert sums.said == said_in(article, heard)
    assert sums.said.speeches[0][0].name == "Ada Brenn"
    ((known, pronoun, n, place),) = sums.said.stated
    assert (known.name, pronoun, n, place.of(text)) == ("Kit Lund", "they", 3, "they")
    assert list(sums.labels) == label_sums(article, found)
    assert (sums.signature == signature_of(text)).all()


def test_what_an_older_version_kept_is_read():
    text = "“We lost two cranes,” Ada Brenn, the mayor of Orla, said. She also claimed that it burned."
    article = Article("a", text)
    kept = json.loads(json.dumps(sums_of(article, load_annotator().annotate(article))))
    new = sums_from(kept).said.speeches
    kept["speeches"] = [speech[:-4] for speech in kept["speeches"]]  # number, pronoun, justification, naming
    del kept["stated"], kept["acronyms"]
    old = sums_from(kept).said
    assert (old.stated, old.acronyms) == ([], {})
    assert [speech.pronoun for speech, _ in old.speeches] == [speech.pronoun for speech, _ in new] == ["", "she"]
    assert [speech.naming for speech, _ in old.speeches] == ["named", "named"]
    assert [speech.justification for speech, _ in old.speeches] == ["title", "nothing"]  # who she is was not kept


def test_an_audit_of_outputs_is_that_of_the_articles(annotated):
    options = ["--by", "desk", "--by", "year"]
    direct = run_sayso("audit", "news", "--out", "direct", *options, *annotated)
    merged = run_sayso("audit", "out", "--out", "merged", *options)
    told = "12 articles are near-duplicates of others (c0 of b0): not counted; to count them all, add --keep-duplicates"
    told += ".\n"
    assert merged[:2] == (0, "")
    assert re.fullmatch(rf"{re.escape(told)}Written to merged: 3 articles; 1 named source\. Open .*\n", merged.stderr)
    assert direct.stderr.endswith(merged.stderr.replace("merged", "direct"))
    for name in set(FILES) - {"index.html"}:
        assert Path("merged", name).read_bytes() == Path("direct", name).read_bytes()
    assert 'href="sources/0001.html#s1"' in Path("direct/index.html").read_text("utf-8")
    assert "sources/" not in Path("merged/index.html").read_text("utf-8")  # no sentences are kept of outputs
    assert not Path("merged/sentences.csv").exists()
    assert "Orla Post" in Path("merged/groups.csv").read_text("utf-8")


@pytest.mark.parametrize("more", [[], ["--keep-duplicates"]])
def test_shares_and_profiles_of_outputs_are_those_of_the_articles(annotated, more):
    options = ["--shares", "{}.csv", "--by", "outlet", "--by", "month", "--profile", "{}.json", *more]
    named = {name: [word.format(name) for word in options] for name in ("direct", "merged", "at-once")}
    assert run_sayso("annotate", "news", "-f", "csv", "--out", "all.csv", *named["direct"], *annotated).exit_code == 0
    assert run_sayso("annotate", "out/", *named["merged"]).exit_code == 0
    assert run_sayso("annotate", "news", "-f", "parquet", "--out", "out", *named["at-once"], *annotated).exit_code == 0
    for suffix in ("csv", "json"):
        direct = Path(f"direct.{suffix}").read_text("utf-8")
        assert Path(f"merged.{suffix}").read_text("utf-8") == Path(f"at-once.{suffix}").read_text("utf-8") == direct
    assert "2024-05" in Path("merged.csv").read_text("utf-8")


def test_shares_of_outputs_can_be_shown(annotated):
    code, out, err = run_sayso("annotate", "out", "--shares", "-", "--keep-duplicates")
    assert (code, err) == (0, "")
    assert out.startswith("\nkind, 52 sentences in 15 articles")


def test_files_that_are_not_annotated_are_told(annotated):
    Path("out/d.txt.parquet").unlink()
    code, _, err = run_sayso("audit", "out", "--out", "audit", "--keep-duplicates")
    told = "Error: out: 1 file of 7 is not annotated and not counted; run sayso annotate again to continue with them.\n"
    assert (code, err.startswith(f"{told}Written to audit: ")) == (1, True)
    assert Path("audit/roster.csv").is_file()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ["annotate", "out"],
            "out already contains annotations; add --shares FILE or --profile FILE to get figures from them.",
        ),
        (
            ["annotate", "out", "--out", "x.csv"],
            "out contains annotations; from annotations you can make --shares, --profile and sayso audit only.",
        ),
        (
            ["annotate", "out", "news", "--shares", "-"],
            "out contains annotations, but news contains articles; give only one of the two.",
        ),
        (["audit", "out", "--out", "a", "--model", "b"], "out is already annotated; leave out --model."),
        (
            ["annotate", "out", "--shares", "s.txt"],
            "s.txt: shares can be written only to .json or .csv files; - prints them as text.",
        ),
    ],
)
def test_what_outputs_do_not_give_is_refused(annotated, words, told):
    assert run_sayso(*words) == (1, "", f"Error: {told}\n")


def test_figures_of_a_version_that_counted_headlines_are_refused(annotated):
    note = Path("out/_sayso/notes/d.txt.parquet.note")
    with gzip.open(note, "rt", encoding="utf-8") as file:
        first, *rows = (json.loads(line) for line in file)
    for row in rows:
        del row["headlines"]
    with gzip.open(note, "wt", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(row)}\n" for row in (first, *rows))
    told = (
        "an earlier version of sayso annotated this folder, and counted headlines; annotate the articles again, into a new"
    )
    assert run_sayso("audit", "out", "--out", "audit") == (1, "", f"Error: out: {told} folder or with --force.\n")


def test_errors_of_models_are_kept(tmp_path):
    given = np.arange(32.0).reshape(2, 4, 4)
    (tmp_path / "_sayso").mkdir()
    keep_errors_of_models(
        str(tmp_path), {"kind": Errors("news", "kind", KINDS, given, given / 2), "source_type": "Not known."}
    )
    errors = read_errors_of_models(str(tmp_path))
    kind = errors["kind"]
    assert (errors["source_type"], kind.data, kind.column, kind.labels) == ("Not known.", "news", "kind", KINDS)
    assert (kind.given == given).all()
    assert (kind.chances == given / 2).all()
    (tmp_path / "_sayso" / "errors-of-models.npz").write_bytes(b"PK")
    with pytest.raises(SaysoError, match=r"errors-of-models\.npz: missing or damaged; run sayso annotate on .* again"):
        read_errors_of_models(str(tmp_path))


def test_outputs_of_other_models_are_not_added_up(annotated, fake_models):
    voice = ["--model", fake_models / "voice.sayso"]
    assert run_sayso("annotate", "news/d.txt", "--out", "other/", "-f", "jsonl", *voice).exit_code == 0
    told = "Error: other: annotated with other models than out; their figures cannot be combined.\n"
    assert run_sayso("annotate", "out", "other", "--shares", "-") == (1, "", told)


def test_notes_that_are_broken_are_told(annotated):
    [note] = Path("out/_sayso/notes").glob("d.txt*")
    note.write_bytes(note.read_bytes()[:-30])
    code, _, err = run_sayso("annotate", "out", "--shares", "-")
    assert code == 1
    assert err.startswith("Error: out/_sayso/notes/d.txt.parquet.note: damaged (")
