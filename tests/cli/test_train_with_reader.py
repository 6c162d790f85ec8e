"""The commands that train and score, with a word reader of a few kilobytes."""

import json
import shutil
from importlib.resources import as_file

import pytest
from builders import run_sayso

from sayso.classify.model_files.container import read_model
from sayso.classify.model_files.shipped import marks_of, seen_by, shipped_model
from sayso.classify.word_reader.reader import CARD
from sayso.data.datasets.folder import write_dataset

WORKS = "it works for kind, source_type and attribution. Leave it out."


@pytest.fixture(scope="module")
def articles(our_corpus):
    return list(our_corpus[:24])


@pytest.fixture(scope="module")
def data(articles, tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    write_dataset(articles, folder / "news")
    write_dataset(articles[:2], folder / "seen")
    return folder


@pytest.fixture(scope="module")
def reader(tiny_reader, articles, tmp_path_factory):
    """A reader that learned from the first two articles."""
    folder = tmp_path_factory.mktemp("readers") / "learned"
    shutil.copytree(tiny_reader, folder)
    card = json.loads((folder / CARD).read_text())
    card |= {"seen": marks_of(a.article for a in articles[:2]), "data": [{"name": "PolNeAR 1.0", "articles": 2}]}
    (folder / CARD).write_text(json.dumps(card))
    return folder


LEFT_OUT = "Left out: 2 of 24 articles, because the reader 'tiny' learned from 2 of them."


def done(*words):
    result = run_sayso(*words)
    assert result.exit_code == 0, result.stderr
    return result


@pytest.fixture(scope="module")
def trained(data, reader, tmp_path_factory):
    out = tmp_path_factory.mktemp("models") / "attribution.sayso"
    return out, done("train", "attribution", "--data", data / "news", "--reader", reader, "--out", out)


def test_what_the_reader_learned_from_is_left_out_of_training(trained, articles, reader):
    out, result = trained
    assert LEFT_OUT in result.stderr.splitlines()
    assert "f1 0." in result.stdout
    manifest = read_model(out).manifest
    card = json.loads((reader / CARD).read_text())
    assert manifest["reader"] == {"name": "tiny", "digest": card["digest"]}
    assert [(of["name"], of["articles"]) for of in manifest["data"]] == [("news", 22)]
    assert len(seen_by(manifest)) == 24


def test_the_model_says_which_reader_it_needs_and_what_to_cite(trained, reader):
    out, _ = trained
    digest = json.loads((reader / CARD).read_text())["digest"]
    assert f"needs\t--reader tiny, with the digest {digest}" in done("model", "show", out).stdout.splitlines()
    cited = done("cite", out).stdout
    for key in ("wang2020minilm", "dozat2017deep", "newell2018attribution"):
        assert f"{{{key}," in cited


def test_a_model_is_scored_with_its_reader_alone(trained, data, reader, tiny_reader, tmp_path):
    out, _ = trained
    words = ("evaluate", "attribution", "--model", out, "--data", data / "seen")
    refused = run_sayso(*words)
    assert refused.stderr == (
        f"Error: {out}: this model needs the reader 'tiny'; add --reader with its name or folder, or give a model that was "
        "trained without a reader.\n"
    )
    found = done(*words, "--reader", reader).stdout
    assert f"{out} or its reader was trained on 2 of these 2 articles: the score is too high." in found.splitlines()
    with as_file(shipped_model("attribution")) as built_in:
        without = run_sayso("evaluate", "attribution", "--model", built_in, "--data", data / "seen", "--reader", reader)
    assert without.stderr == f"Error: {built_in}: this model was trained without a reader; leave out --reader.\n"


def test_folds_leave_out_what_the_reader_learned_from_and_the_report_says_so(data, reader, tmp_path, undrawn):
    report = tmp_path / "report"
    words = ("evaluate", "attribution", "--data", data / "news", "--reader", reader, "--folds", "2", "--jobs", "2")
    found = done(*words, "--report", report)
    assert LEFT_OUT in found.stdout.splitlines()
    methods = (report / "methods.txt").read_text()
    assert "The features also include what a word reader makes of each article" in methods
    assert "which learned from PolNeAR 1.0 (2 articles). It learned from none of the scored articles." in methods
    references = (report / "references.bib").read_text()
    assert all(f"{{{key}," in references for key in ("wang2020minilm", "dozat2017deep", "newell2018attribution"))


def test_kinds_are_trained_and_scored_with_a_reader(data, reader, tmp_path, undrawn):
    out, report = tmp_path / "kind.sayso", tmp_path / "report"
    assert LEFT_OUT in done("train", "kind", "--data", data / "news", "--reader", reader, "--out", out, "--no-scores").stderr
    assert read_model(out).manifest["reader"]["name"] == "tiny"
    found = done("evaluate", "source_type", "--model", out, "--data", data / "seen", "--reader", reader).stdout
    assert f"{out} or its reader was trained on 2 of these 2 articles: the score is too high." in found.splitlines()
    words = ("evaluate", "kind", "--data", data / "news", "--reader", reader, "--folds", "2", "--external", data / "seen")
    refused = run_sayso(*words)
    assert refused.stderr.endswith(
        "Error: the reader 'tiny' learned from all 2 articles, exactly or as near-duplicates; give other articles with "
        "--external, or leave out --reader.\n"
    )
    assert LEFT_OUT in done(*words[:-2], "--report", report).stdout
    assert "The features also include what a word reader makes" in (report / "methods.txt").read_text()
    compared = done("compare", report, out, "--data", data / "news", "--reader", reader, "--json")
    known = json.loads(compared.stdout)
    assert known["articles"] == 22
    assert f"{out} or its reader was trained on 24 of these 24 articles: the score is too high." in known["notes"]
    assert [note for note in known["notes"] if note.startswith("Read with the word reader tiny (digest ")]
    assert "So this comparison does not say which is better on articles that neither has seen." in known["notes"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["train", "stance"], f"--reader has no effect on stance; {WORKS}"),
        (["train", "bias"], f"--reader has no effect on bias; {WORKS}"),
        (["evaluate", "bias"], f"--reader has no effect on bias; {WORKS}"),
        (["train", "kind", "--adapt", "package"],
         "--reader has no effect with --adapt, which keeps the features of the adapted model; leave it out."),
        (["evaluate", "kind", "--adapt", "package"],
         "--reader has no effect with --adapt, which keeps the features of the adapted model; leave it out."),
        (["train", "attribution", "--also", "kind"],
         "--also has no effect on the task attribution, which has features of its own; leave it out."),
    ],
)  # fmt: skip
def test_what_has_no_use_for_a_reader_says_so(words, message, data, reader, tmp_path):
    out = ["--out", tmp_path / "x.sayso"] if words[0] == "train" else []
    result = run_sayso(*words, "--data", data / "news", "--reader", reader, *out)
    assert result.stderr == f"Error: {message}\n"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["train", "mood", "--out", "x.sayso"], "Error: no sentence has a label in 'mood'"),
        (["train", "kind", "--adapt", "nowhere.sayso", "--out", "x.sayso"], "nowhere.sayso: No such file or directory"),
        (["compare", "own", "rule"], "Error: give the task to compare with --task"),
    ],
)
def test_a_reader_in_a_settings_file_is_no_hindrance(words, said, data, reader, tmp_path, monkeypatch):
    (tmp_path / "sayso.toml").write_text(f'reader = "{reader.as_posix()}"\n')
    monkeypatch.setenv("SAYSO_CONFIG", str(tmp_path / "sayso.toml"))
    monkeypatch.chdir(tmp_path)
    result = run_sayso(*words, "--data", data / "seen")
    assert said in result.stderr
    assert "--reader" not in result.stderr


def test_a_model_that_reads_alone_is_scored_whatever_reader_a_settings_file_has(data, reader, tmp_path, monkeypatch):
    (tmp_path / "sayso.toml").write_text(f'reader = "{reader.as_posix()}"\n')
    monkeypatch.setenv("SAYSO_CONFIG", str(tmp_path / "sayso.toml"))
    with as_file(shipped_model("attribution")) as path:
        found = done("evaluate", "attribution", "--model", path, "--data", data / "seen").stdout
    assert "word reader" not in found


def test_a_comparison_without_model_files_has_no_use_for_a_reader(reader):
    result = run_sayso("compare", "own", "rule", "--task", "kind", "--reader", reader)
    assert result.stderr == "Error: --reader works only with model files that were trained with a reader; leave it out.\n"


def test_a_reader_that_learned_from_everything_leaves_nothing(data, reader, tmp_path):
    result = run_sayso("train", "kind", "--data", data / "seen", "--reader", reader, "--out", tmp_path / "x.sayso")
    assert result.stderr == (
        "Error: the reader 'tiny' learned from all 2 articles, exactly or as near-duplicates; give other articles with "
        "--data, or leave out --reader.\n"
    )


def test_what_is_missing_of_a_reader_is_one_line(data, tmp_path):
    result = run_sayso("evaluate", "kind", "--data", data / "news", "--reader", tmp_path / "nowhere")
    assert result.stderr == (
        f"Error: {tmp_path / 'nowhere'}: no reader of this name (minilm), and no folder with a reader.json.\n"
    )
