"""Building datasets from articles and from the hub, with suggestions, and sending them: as commands."""

import json
from functools import partial

import pytest
from builders import labelled_article, run_sayso, sentences_of, write_rows

from sayso.data.datasets import parquet_spool
from sayso.data.datasets.build import read_labelled
from sayso.data.datasets.folder import write_dataset
from sayso.data.rows.labelled_rows import articles_of, count_rows, stream_articles

STORM = "A storm hit the coast. “Stay inside,” police said.\n"


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE"):
        monkeypatch.delenv(name, raising=False)


run = partial(run_sayso, "data")


# articles


@pytest.fixture
def articles(tmp_path):
    """Write a folder of articles, two of which are no use."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text(STORM, encoding="utf-8")
    (folder / "b.txt").write_text(STORM.replace(" ", "  "), encoding="utf-8")
    (folder / "c.txt").write_text("", encoding="utf-8")
    write_rows(folder / "d.jsonl", [{"id": "d", "text": "Rain fell. It froze.", "outlet": "Tidal Post", "topic": "weather"}])
    return folder


def test_articles_become_sentences_without_labels(articles):
    code, out, err = run("build", "articles", "--out", "data")
    assert (code, out) == (0, "")
    assert err == (
        "left out: articles/b.txt: the same text as articles/a.txt\n"
        "left out: articles/c.txt: no text; leave it out.\n"
        "articles: read 1 file of another kind than .txt: .jsonl 1.\n"
        "Left out: 2; see data.dropped.jsonl for which and why.\n"
        "4 sentences in 2 articles\n"
        "Written to data.\n"
    )
    one, other = read_labelled([articles.parent / "data"])
    assert sentences_of(one) == ["A storm hit the coast.", "“Stay inside,” police said."]
    assert {(s.kind, s.source_type, s.bias) for s in one.sentences} == {(None, None, None)}
    assert (one.complete, other.article.id, other.article.outlet) == (frozenset(), "d", "Tidal Post")
    assert other.meta == {"topic": "weather"}
    lines = (articles.parent / "data.dropped.jsonl").read_text("utf-8").splitlines()
    assert json.loads(lines[1]) == {"where": "articles/c.txt", "reason": "no text; leave it out."}


def test_an_old_log_goes_when_nothing_is_left_out(articles):
    run("build", "articles", "--out", "data")
    assert run("build", "articles/a.txt", "--out", "data", "--force")[0] == 0
    assert not (articles.parent / "data.dropped.jsonl").exists()


ARTICLE = {"id": "a", "title": "Storm", "text": "Rain fell. It froze."}


@pytest.mark.parametrize(
    ("row", "how", "expected"),
    [
        (ARTICLE, "auto", ["Rain fell.", "It froze."]),  # no label's column, several sentences
        ({**ARTICLE, "mood": "grim"}, "auto", ["Rain fell. It froze."]),
        ({"text": "Rain fell."}, "auto", ["Rain fell."]),
        ({**ARTICLE, "mood": "grim"}, "articles", ["Rain fell.", "It froze."]),
        ({"text": "Rain fell. It froze."}, "sentences", ["Rain fell. It froze."]),
    ],
)
def test_what_rows_are_is_seen_or_said(tmp_path, row, how, expected):
    write_rows(tmp_path / "x.jsonl", [row])
    assert run("build", "x.jsonl", "--rows", how, "--out", "data")[0] == 0
    assert sentences_of(read_labelled([tmp_path / "data"])[0]) == expected


def test_several_sources_stand_on_the_card(articles):
    write_rows(articles.parent / "l.jsonl", [{"article": "l", "text": "It hailed.", "kind": "narrative"}])
    assert run("build", "articles", "l.jsonl", "--out", "data", "--licence", "cc-by-4.0")[0] == 0
    card = (articles.parent / "data" / "README.md").read_text("utf-8")
    assert "| articles | cc-by-4.0 | 2 | 4 |\n| l.jsonl | cc-by-4.0 | 1 | 1 |\n" in card
    assert "| kind | narrative | 1 |" in card


def test_what_is_wrong_with_labels_can_be_left_out(tmp_path):
    write_rows(
        tmp_path / "l.jsonl", [{"text": "It hailed.", "kind": "narative"}, {"text": "It froze.", "kind": "narrative"}]
    )
    code, _, err = run("build", "l.jsonl", "--out", "data")
    assert (code, err[:46]) == (1, "Error: l.jsonl:1: kind 'narative' is not one o")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["l.jsonl"]
    code, _, err = run("build", "l.jsonl", "--out", "data", "--drop")
    assert code == 0
    assert "left out: l.jsonl:1: kind 'narative'" in err
    assert "2 sentences in 2 articles\nkind: narrative 1\n" in err


def test_an_id_twice_is_told_and_nothing_is_written(tmp_path):
    write_rows(tmp_path / "x.jsonl", [ARTICLE, {**ARTICLE, "text": "It snowed. It hailed."}])
    assert run("build", "x.jsonl", "--out", "data") == (
        1,
        "",
        "Error: two articles have the id 'a'; give each its own id.\n",
    )
    assert sorted(p.name for p in tmp_path.iterdir()) == ["x.jsonl"]


@pytest.mark.parametrize(("text", "how"), [("It hailed.", ""), ("It thawed.", " with another text")])
def test_an_article_of_two_annotators_is_told_by_file(tmp_path, text, how):
    write_rows(tmp_path / "anna.jsonl", [{"article": "a", "text": "It hailed.", "kind": "narrative"}])
    write_rows(tmp_path / "ben.jsonl", [{"article": "a", "text": text, "kind": "quote"}])
    code, _, err = run("build", "anna.jsonl", "ben.jsonl", "--out", "data")
    assert code == 1
    assert err.startswith(f"Error: ben.jsonl: article 'a' is already given in anna.jsonl{how}; to compare two annotators")
    assert not (tmp_path / "data").exists()


# streaming


def row(article, n, text):
    return f"x:{n}", {"article": article, "n": n, "text": text}


def test_articles_come_as_soon_as_they_are_whole():
    rows = [row("a", 0, "One."), row("b", 0, "Two."), row("a", 1, "Three."), row("c", 0, "Four.")]
    read = []

    def watched():
        for one in rows:
            read.append(one[1]["text"])
            yield one

    found = stream_articles(watched(), sizes=count_rows(rows))
    assert next(found).article.text == "One. Three."
    assert read == ["One.", "Two.", "Three."]
    assert [a.article.id for a in found] == ["b", "c"]
    assert [a.article.id for a in articles_of(rows)] == ["a", "b", "c"]


def test_row_groups_are_written_as_they_come(tmp_path, monkeypatch):
    import pyarrow.parquet as pq

    monkeypatch.setattr(parquet_spool, "_AT_ONCE", 2)
    made = [labelled_article(f"a{n}", ("Rain.", {"extra": {"late": "yes"} if n == 4 else {}})) for n in range(5)]
    write_dataset(made, tmp_path / "data")
    assert pq.ParquetFile(tmp_path / "data" / "data" / "train-00000-of-00001.parquet").num_row_groups == 3
    assert read_labelled([tmp_path / "data"]) == made


def test_after_an_error_half_way_nothing_is_left(tmp_path):
    def broken():
        yield labelled_article("a", "Rain.")
        raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        write_dataset(broken(), tmp_path / "data")
    assert list(tmp_path.iterdir()) == []


# suggestions


def test_suggestions_stand_apart_and_count_as_no_labels(articles, fake_models):
    models = [f"--model={fake_models / name}.sayso" for name in ("voice", "attribution")]
    code, _, err = run("build", "articles/a.txt", "--prelabel", *models, "--out", "data")
    assert code == 0
    assert "kind:" not in err.replace("suggested_kind:", "")
    assert "suggested_kind: 2 sentences (a model's; not a label)" in err
    (found,) = read_labelled([articles.parent / "data"])
    assert [s.kind for s in found.sentences] == [None, None]
    assert [s.extra["suggested_kind"] for s in found.sentences] == ["narrative", "quote"]
    assert "suggested_kind" not in run("show", "data")[1]


def test_a_suggestion_changes_no_label(tmp_path, fake_models):
    write_rows(tmp_path / "l.jsonl", [{"article": "a", "text": "“Stay,” police said.", "kind": "narrative", "mood": "grim"}])
    models = [f"--model={fake_models / name}.sayso" for name in ("voice", "attribution")]
    assert run("build", "l.jsonl", "--prelabel", *models, "--out", "data")[0] == 0
    (found,) = read_labelled([tmp_path / "data"])
    assert (found.sentences[0].kind, found.sentences[0].extra["mood"]) == ("narrative", "grim")
    assert found.sentences[0].extra["suggested_kind"] == "quote"


# the hub


class Rows(list):
    features = None


def test_a_dataset_of_the_hub_is_read_row_by_row(tmp_path, monkeypatch):
    import datasets
    import huggingface_hub

    rows = Rows([{"article": "a", "text": "Rain.", "mood": 1}, {"article": "a", "text": "It froze.", "mood": 0}])
    rows.features = {"mood": datasets.ClassLabel(names=["grim", "gay"])}
    asked = []
    monkeypatch.setattr(huggingface_hub.HfApi, "dataset_info", lambda self, name, timeout: asked.append(name))
    monkeypatch.setattr(datasets, "load_dataset", lambda name, config, streaming: {"train": Rows([ARTICLE]), "dev": rows})
    assert run("build", "hf:somebody/news", "--rows", "sentences", "--out", "data")[0] == 0
    one, other = read_labelled([tmp_path / "data"])
    assert (one.article.text, asked) == ("Rain fell. It froze.", ["somebody/news"])
    assert (other.article.text, other.meta) == ("Rain. It froze.", {"split": "validation"})
    assert [s.extra["mood"] for s in other.sentences] == ["gay", "grim"]


def test_no_network_is_one_line(tmp_path, monkeypatch):
    import huggingface_hub

    def fail(self, name, timeout):
        raise ConnectionError("[Errno -3] Temporary failure in name resolution\nTraceback …")

    monkeypatch.setattr(huggingface_hub.HfApi, "dataset_info", fail)
    assert run("build", "somebody/news", "--out", "data") == (
        1,
        "",
        "Error: somebody/news: no such file or folder, and the Hugging Face hub cannot be reached "
        "([Errno -3] Temporary failure in name resolution); check the network connection.\n",
    )
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    assert run("build", "somebody/news", "--out", "data")[2] == (
        "Error: somebody/news: no such file or folder, and the Hugging Face hub is switched off (HF_HUB_OFFLINE).\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["nowhere.jsonl", "nowhere/x.jsonl", "nowhere"])
def test_a_missing_file_is_no_dataset_of_the_hub(name):
    assert run("build", name, "--out", "data") == (1, "", f"Error: {name}: no such file or folder.\n")


def test_sending_needs_a_token(articles, monkeypatch):
    import huggingface_hub

    monkeypatch.setattr(huggingface_hub, "get_token", lambda: None)
    code, _, err = run("build", "articles/a.txt", "--out", "data", "--push", "me/news")
    assert (code, err.splitlines()[-1]) == (
        1,
        "Error: no Hugging Face token; log in with hf auth login, or set HF_TOKEN. The dataset was "
        "written but not uploaded.",
    )
    assert (articles.parent / "data").is_dir()


def test_a_dataset_is_sent_with_the_users_token(articles, monkeypatch):
    import huggingface_hub

    sent = []

    class Api:
        def create_repo(self, name, **how):
            sent.append((name, how))

        def upload_folder(self, *, folder_path, **how):
            sent.append((folder_path.name, how["repo_id"]))

    monkeypatch.setattr(huggingface_hub, "get_token", lambda: "token")
    monkeypatch.setattr(huggingface_hub, "HfApi", Api)
    code, _, err = run("build", "articles/a.txt", "--out", "data", "--push", "me/news")
    assert (code, err.splitlines()[-1]) == (0, "Uploaded to https://huggingface.co/datasets/me/news.")
    assert sent == [("me/news", {"repo_type": "dataset", "private": True, "exist_ok": True}), ("data", "me/news")]


# export


def test_a_dataset_goes_out_and_comes_back(tmp_path):
    write_rows(tmp_path / "l.jsonl", [{"article": "a", "text": "It hailed 😀.", "kind": "narrative", "source_type": "none"}])
    run("build", "l.jsonl", "--out", "data")
    assert run("export", "data", "--format", "label-studio", "--out", "tasks.json") == (
        0,
        "",
        "1 sentence in 1 article.\nWritten to tasks.json.\nWritten to tasks.xml.\n",
    )
    assert run("build", "tasks.json", "--out", "back")[0] == 0
    assert read_labelled([tmp_path / "back"]) == read_labelled([tmp_path / "data"])
    assert run("export", "data", "--format", "label-studio", "--out", "tasks.json")[2] == (
        "Error: tasks.json already exists; choose another name, or add --force to overwrite it.\n"
    )


@pytest.mark.parametrize(
    ("name", "out", "suffix"),
    [("prodigy", "tasks.json", ".jsonl"), ("conllu", "tasks", ".conllu"), ("csv", "tasks.tsv", ".csv")],
)
def test_a_file_is_called_so_that_it_is_known_again(tmp_path, name, out, suffix):
    write_rows(tmp_path / "l.jsonl", [{"text": "It hailed."}])
    code, _, err = run("export", "l.jsonl", "--format", name, "--out", out)
    assert (code, err) == (1, f"Error: {out}: {name} is written to a {suffix} file; name it tasks{suffix}.\n")
    assert not (tmp_path / out).exists()


def test_the_formats_are_listed():
    code, out, _ = run("export", "--list")
    assert code == 0
    assert "brat\tbrat\t(folder)\teverything, partly in notes; a folder with annotation.conf\n" in out


def test_an_unknown_format_is_a_matter_of_usage(tmp_path):
    write_rows(tmp_path / "l.jsonl", [{"text": "It hailed."}])
    code, _, err = run("export", "l.jsonl", "--format", "word", "--out", "x")
    assert code == 2
    assert "--format 'word' is not one of label-studio, prodigy" in " ".join(err.split())


def test_the_one_thing_that_cannot_be_read_is_told_in_one_line(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"")
    assert run("build", "a.txt", "--out", "data") == (1, "", "Error: a.txt: no text; leave it out.\n")
    (tmp_path / "b.txt").write_bytes(b"")
    assert run("build", "a.txt", "b.txt", "--out", "data") == (
        1,
        "",
        "left out: a.txt: no text; leave it out.\nleft out: b.txt: no text; leave it out.\nError: data: "
        "no sentences to write.\n",
    )


@pytest.mark.parametrize("form", ["jsonl", "html"])
def test_labels_that_a_program_gave_are_told(tmp_path, form, fake_model_options):
    (tmp_path / "storm.txt").write_text(STORM, encoding="utf-8")
    page = tmp_path / f"storm.{form}"
    assert run_sayso("annotate", "storm.txt", "--out", page.name, *fake_model_options)[0] == 0
    _, _, err = run("build", page.name, "--out", "data")
    first = {"jsonl": "storm.jsonl:1", "html": "storm.html:0"}[form]
    line = f"labels predicted by a program (sayso annotate), which count like any other labels: 2 times, first at {first}."
    assert line in err.splitlines()


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.parquet"])
def test_who_speaks_and_what_is_headline_are_no_labels(tmp_path, name):
    article = tmp_path / "a.txt"
    article.write_text("Quarry closes early\n\nThe quarry will close in May, mayor Ina Holt said.\n", "utf-8")
    assert run_sayso("annotate", str(article), "--out", str(tmp_path / name)).exit_code == 0
    done = run_sayso("data", "build", str(tmp_path / name), "--out", str(tmp_path / "data"))
    assert [line.partition(":")[0] for line in done.stderr.splitlines()[1:-1]] == [
        "2 sentences in 1 article",
        "kind",
        "source_type",
        "bias",
    ]
