import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from builders import build_voice, csv_rows, json_rows, run_sayso, write_rows

from sayso.classify.annotation.annotator import Annotator
from sayso.classify.linear.known_errors import Errors
from sayso.classify.linear.quantification import estimate_shares
from sayso.classify.model_files.files import SentenceModel, save
from sayso.classify.speakers.prevalence import LABELS, PrevalenceCounts, errors_of, group_of
from sayso.classify.speakers.prevalence_tables import prevalence_csv, prevalence_text
from sayso.data.records import Article
from sayso.data.scheme import KINDS, SOURCE_TYPES

CLAIM, TOLD = "The ministry said the port would stay closed.", "It rained."


def errors_for(column, right=0.9):
    n = len(LABELS[column])
    known = np.tile(right * np.eye(n) + (1 - right) / (n - 1) * (1 - np.eye(n)), (6, 1, 1)) * 10
    return Errors("invented articles", column, LABELS[column], known, known)


@pytest.fixture
def knowing():
    return replace(build_voice(), errors=(errors_for("kind"), errors_for("source_type")))


@pytest.fixture
def run(tmp_path, monkeypatch, fake_models, knowing):
    """Annotate a table of six articles of two outlets with a model that knows its errors."""
    monkeypatch.chdir(tmp_path)
    save(knowing, tmp_path / "voice.sayso")
    rows = [
        {"text": f"{CLAIM} {TOLD}", "outlet": "Post" if n < 5 else "=Mail", "date": f"2020-0{n // 3 + 1}-01", "desk": None}
        for n in range(6)
    ]
    write_rows("news.jsonl", rows)

    def run_command(*words, voice="voice.sayso"):
        models = ["--model", voice, "--model", fake_models / "attribution.sayso"]
        all_count = ["--keep-duplicates"] if "--shares" in words else []
        return run_sayso("annotate", "news.jsonl", *models, *words, *all_count)

    return run_command


def test_shares_for_reading_follow_the_articles(run):
    code, out, err = run("--shares", "-")
    assert (code, err) == (0, "")
    lines = out[out.index("\nkind, ") :].splitlines()
    assert lines[1] == "kind, 12 sentences in 6 articles*"
    assert lines[2].split() == ["counted", "%", "corrected", "95", "%", "adjusted", "95", "%"]
    assert lines[4].split()[:3] == ["official_claim", "6", "50.0"]
    assert "Corrected by the model's errors on 6 held-out articles of invented articles" in out
    assert "* Fewer than 30 articles" in out


def test_annotations_for_programs_stay_clean(run):
    code, out, err = run("--shares", "-", "--format", "jsonl")
    assert code == 0
    assert [row["n"] for row in json_rows(out)] == [0, 1] * 6
    assert "source_type, 12 sentences" in err


def test_shares_by_outlet_and_month_as_a_table(run):
    code, _, err = run("-o", "out.csv", "--shares", "shares.csv", "--by", "outlet", "--by", "month")
    assert (code, err) == (0, "")
    rows = csv_rows(Path("shares.csv").read_text(encoding="utf-8"))
    assert len(rows) == 5 * (len(KINDS) + len(SOURCE_TYPES))
    groups = list(dict.fromkeys((r["by"], r["value"], r["articles"]) for r in rows))
    assert groups == [
        ("", "", "6"),
        ("outlet", "'=Mail", "1"),
        ("outlet", "Post", "5"),
        ("month", "2020-01", "3"),
        ("month", "2020-02", "3"),
    ]
    claim = next(r for r in rows if (r["value"], r["label"]) == ("Post", "official_claim"))
    assert (claim["n"], claim["raw"]) == ("5", "0.5000")
    # 0.9 p + 0.0333 (1 - p) = 0.5 has p = 0.538 for claims and for narrative, less than nothing for the others: half each
    assert float(claim["adjusted_count"]) == pytest.approx(0.5, abs=0.001)
    assert float(claim["low"]) <= float(claim["corrected"]) <= float(claim["high"])
    assert next(r for r in rows if r["value"] == "'=Mail")["low"] == ""


def test_shares_as_json(run):
    assert run("-o", "out.csv", "--shares", "shares.json")[0] == 0
    kind, source_type = json.loads(Path("shares.json").read_text(encoding="utf-8"))
    assert (kind["by"], kind["value"], kind["column"], kind["articles"], kind["sentences"]) == (None, None, "kind", 6, 12)
    assert kind["few_articles"] is True
    assert kind["labels"]["narrative"]["raw"] == 0.5
    assert sum(of["probabilistic"]["share"] for of in kind["labels"].values()) == pytest.approx(1)
    assert source_type["labels"]["state"]["sentences"] == 6


def test_a_column_that_no_article_has_is_told_and_nothing_lost(run):
    code, _, err = run("-o", "out.csv", "--shares", "shares.csv", "--by", "desk")
    assert code == 1
    assert (
        err == "Error: --by desk: no article has a value in this column; check that the table has a column of that name.\n"
    )
    assert Path("shares.csv").exists()
    assert Path("out.csv").exists()


def test_a_model_without_errors_gives_raw_shares_and_says_why(run, fake_models):
    _, out, _ = run("--shares", "-", voice=fake_models / "voice.sayso")
    assert "Not corrected for the model's errors: the model file has no error rates; train it again." in out
    assert "official_claim                6  50.0" in out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--shares", "a.txt"], "a.txt: shares can be written only to .json or .csv files; - prints them as text."),
        (["--shares", "no/a.csv"], "no/a.csv: no such folder; create it first."),
        (["--by", "outlet"], "--by groups the shares; add --shares FILE.json, FILE.csv or -."),
    ],
)
def test_what_cannot_be_done_is_said_first(run, words, message):
    assert run(*words) == (1, "", f"Error: {message}\n")


def test_groups_are_fields_columns_and_parts_of_the_date():
    article = Article("a", TOLD, outlet="Post", date="2024-05-19", extra={"desk": "city", "year": "two"})
    found = [group_of(article, column) for column in ("outlet", "desk", "month", "year", "topic")]
    assert found == ["Post", "city", "2024-05", "two", ""]
    assert group_of(Article("a", TOLD, date="yesterday"), "month") == ""


def test_each_label_is_corrected_by_the_model_that_gave_it(knowing):
    own = SentenceModel(
        "kind", KINDS, [], np.zeros((0, 4), np.float32), np.zeros(4, np.float32), errors=(errors_for("kind"),)
    )
    assert errors_of(Annotator(voice=knowing)) == {"kind": knowing.errors[0], "source_type": knowing.errors[1]}
    found = errors_of(Annotator(voice=knowing, kind=own))
    assert found["kind"] is own.errors[0]
    assert found["source_type"] == "the other label is predicted by a separate model, which changes both"


def test_shares_of_nothing_are_shares_of_nothing():
    counts = PrevalenceCounts([], {"kind": errors_for("kind"), "source_type": "why"})
    rows = list(counts.estimates())
    assert [shares.note for _, _, shares in rows] == ["No sentences.", "No sentences."]
    assert prevalence_csv(rows).count("\r\n") == 1 + len(KINDS) + len(SOURCE_TYPES)


def test_text_from_outside_cannot_steer_the_terminal():
    shares = estimate_shares("kind", KINDS, np.ones((1, 4)), np.ones((1, 4)), None)
    text = prevalence_text([("outlet", "\x1b[31mPost", shares)])
    assert text.startswith("outlet �[31mPost: kind, 4 sentences in 1 article*")
