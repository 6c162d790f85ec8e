"""The texts and marks are invented; the layout is PolNeAR's."""

from functools import partial

import pytest
from builders import run_sayso

from sayso.data.datasets.build import read_labelled

TEXT = "“It rained,” police said. Ice followed.\n"
MARKS = """T1\tSource 13 19\tpolice
T2\tCue 20 24\tsaid
T3\tContent 0 12\t“It rained,”
T4\tAttribution 20 24\tsaid
E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3
stray
"""


@pytest.fixture
def corpus(tmp_path):
    """Write a corpus of two articles; give its folder."""
    for part, name in (("train", "usa_2016-01-01_a"), ("dev", "usa_2016-02-02_b")):
        folder = tmp_path / "PolNeAR" / "data" / part
        (folder / "text").mkdir(parents=True)
        (folder / "attributions").mkdir()
        (folder / "text" / f"{name}.txt").write_text(TEXT, encoding="utf-8")
        (folder / "attributions" / f"{name}_aaaa.ann").write_text(MARKS, encoding="utf-8")
    return tmp_path / "PolNeAR"


run = partial(run_sayso, "data", "import")


def test_a_corpus_becomes_a_dataset(corpus, tmp_path):
    out = tmp_path / "out"
    assert run("polnear", corpus, "--out", out) == (
        0,
        "",
        f"{corpus / 'data' / 'train'}: broken lines, left out: 1.\n"
        f"{corpus / 'data' / 'dev'}: broken lines, left out: 1.\n"
        "4 sentences in 2 articles (train 1, validation 1)\n"
        "kind: quote 2, narrative 2\n"
        "source_type: state 2, none 2\n"
        "speech: 4 sentences (a label column of your own)\n"
        f"Written to {out}.\n",
    )
    train, validation = read_labelled([out])
    assert (train.article.id, validation.meta) == ("usa_2016-01-01_a", {"split": "validation"})
    sentence, other = train.sentences
    (found,) = sentence.attributions
    text = train.article.text
    assert (sentence.kind, sentence.source_type) == ("quote", "state")
    assert (other.kind, other.source_type, other.attributions) == ("narrative", "none", ())
    assert [span.of(text) for span in (found.source, found.cue, *found.content)] == ["police", "said", "“It rained,”"]
    assert train.complete == {"attribution", "kind", "source_type"}


def test_an_unknown_source_leaves_its_article_incomplete(corpus, tmp_path):
    text = corpus / "data" / "train" / "text" / "usa_2016-01-01_a.txt"
    text.write_text(TEXT.replace("police", "Xyzzyq"), encoding="utf-8")
    run("polnear", corpus, "--out", tmp_path / "out")
    train, validation = read_labelled([tmp_path / "out"])
    assert [s.kind for s in train.sentences] == [None, "narrative"]
    assert (train.complete, validation.complete) == ({"attribution"}, {"attribution", "kind", "source_type"})


def test_kinds_can_be_left_out(corpus, tmp_path):
    assert run("polnear", corpus, "--out", tmp_path / "out", "--no-kinds")[0] == 0
    train, _ = read_labelled([tmp_path / "out"])
    assert (train.sentences[0].kind, train.sentences[0].source_type) == (None, None)
    assert train.complete == {"attribution"}
    assert len(train.sentences[0].attributions) == 1


@pytest.mark.parametrize(("part", "splits"), [("data", 2), ("data/train", 1), ("data/dev", 1)])
def test_the_data_folder_or_a_part_will_do(corpus, tmp_path, part, splits):
    assert run("polnear", corpus / part, "--out", tmp_path / "out")[0] == 0
    found = read_labelled([tmp_path / "out"])
    assert len(found) == splits
    assert (found[-1].meta.get("split") == "validation") is (part != "data/train")


def test_what_stands_there_is_kept_unless_told(corpus, tmp_path):
    out = tmp_path / "out"
    run("polnear", corpus, "--out", out)
    assert run("polnear", corpus, "--out", out) == (
        1,
        "",
        f"Error: {out} already exists; choose another name, or add --force to overwrite it.\n",
    )
    assert run("polnear", corpus, "--out", out, "--force")[0] == 0


def test_the_same_corpus_gives_the_same_bytes(corpus, tmp_path):
    raws = []
    for name in ("one", "two"):
        run("polnear", corpus, "--out", tmp_path / name)
        raws.append([p.read_bytes() for p in sorted((tmp_path / name).rglob("*")) if p.is_file()])
    assert raws[0] == raws[1]


def test_the_table_of_corpora_is_printed():
    code, out, err = run("--list")
    assert (code, err) == (0, "")
    assert "corpus\tits label\tbecomes" in out
    assert "polnear\tContent\tcontent spans of an attribution" in out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("basilisk", "."),
            "Error: unknown corpus 'basilisk'; list the corpora that can be read with: sayso data import --list",
        ),
        (("polnear", "nowhere"), "Error: nowhere: no such file or folder."),
        (("polnear", "."), "Error: .: no PolNeAR 1.0 here; its folder contains data/ with train/text, dev/text, test/text."),
    ],
)
def test_a_wrong_name_or_folder_is_told(tmp_path, monkeypatch, words, message):
    monkeypatch.chdir(tmp_path)
    assert run(*words, "--out", "out") == (1, "", f"{message}\n")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("file", "raw", "message"),
    [
        ("attributions/usa_2016-01-01_a_aaaa.ann", b"T1\tCue 2 900\tx", ":1: a span ends at 900, but the text ends at 40;"),
        ("attributions/usa_2016-01-01_a_aaaa.ann", b"\xff", ":1: not UTF-8;"),
        ("attributions/usa_lost_aaaa.ann", b"", ": its text is missing; "),
        ("text/usa_2016-01-01_a.txt", b"\xe9", ":1: not UTF-8;"),
    ],
)
def test_a_broken_file_is_told_in_one_line(corpus, tmp_path, file, raw, message):
    path = corpus / "data" / "train" / file
    path.write_bytes(raw)
    code, out, err = run("polnear", corpus, "--out", tmp_path / "out")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert err.startswith(f"Error: {path}{message}")
    assert not (tmp_path / "out").exists()


def test_what_is_lacking_is_a_matter_of_usage():
    code, _, err = run("polnear")
    assert code == 2
    assert "give a corpus, its folder and --out" in err
