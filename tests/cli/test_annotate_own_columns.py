"""Annotating with models that learned from sentences that stand alone, or from a column of the user's own."""

import subprocess
import sys

import pytest
from builders import csv_rows, json_rows, run_sayso, write_rows

from sayso.classify.model_files.container import read_model, write_model
from sayso.classify.wording import encoders
from sayso.classify.wording.encoders import Encoder

ARTICLE = "Coal keeps winters warm for all.\n\nCoal fouls the air of the valley."


def trained(folder, task, rows, *more):
    data, path = folder / f"{task}.jsonl", folder / f"{task}.sayso"
    write_rows(data, rows)
    code, _, err = run_sayso("train", task, "--data", data, "--out", path, "--folds", 2, "--jobs", 1, *more)
    assert code == 0, err
    return path


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    said = (("keeps winters warm", "favor"), ("fouls the air", "against"))
    alone = [{"article": f"t{i}", "text": f"Coal {said[i % 2][0]} {i}."} for i in range(60)]
    stances = [
        {**row, "stance": {"coal": said[i % 2][1]}, "targets": {"coal": ["black gold"]}} for i, row in enumerate(alone)
    ]
    topics = [{**row, "topic": ("home", "nature")[i % 2]} for i, row in enumerate(alone)]
    (folder / "a.txt").write_text(ARTICLE, encoding="utf-8")
    return folder, trained(folder, "stance", stances), trained(folder, "topic", topics)


def test_the_sentences_of_an_article_get_stances(models):
    folder, stance, _ = models
    code, out, err = run_sayso("annotate", folder / "a.txt", "--model", stance, "--target", "coal", "--format", "jsonl")
    assert code == 0, err
    assert [row["stance"]["coal"]["label"] for row in json_rows(out)] == ["favor", "against"]
    assert "learned from no sentence" not in err


def test_a_target_that_the_model_has_not_learned_of_is_told(models):
    folder, stance, _ = models
    code, _, err = run_sayso("annotate", folder / "a.txt", "--model", stance, "--target", "gas", "--format", "jsonl")
    assert code == 0
    assert (
        "gas: the stance model had no training sentences for this target; it uses only what its other "
        "targets have in common.\n" in err
    )


def test_labels_of_a_column_stand_under_its_name(models):
    folder, _, topic = models
    code, out, err = run_sayso("annotate", folder / "a.txt", "--model", topic, "--format", "jsonl")
    assert code == 0, err
    found = json_rows(out)
    assert [row["topic"] for row in found] == ["home", "nature"]
    assert all(0.5 < row["topic_confidence"] <= 1 for row in found)
    code, out, err = run_sayso("annotate", folder / "a.txt", "--model", topic, "--format", "csv")
    assert [row["topic"] for row in csv_rows(out)] == ["home", "nature"]


def test_a_table_has_the_columns_too(models, tmp_path):
    pq = pytest.importorskip("pyarrow.parquet")
    folder, _, topic = models
    code, _, err = run_sayso("annotate", folder / "a.txt", "--model", topic, "--out", tmp_path / "x.parquet")
    assert code == 0, err
    assert pq.read_table(tmp_path / "x.parquet").column("topic").to_pylist() == ["home", "nature"]


def test_what_is_needed_for_training_is_not_imported(models):
    folder, stance, topic = models
    code = (
        "import sys; from sayso.cli import app\n"
        f"try: app(['annotate', {str(folder / 'a.txt')!r}, '--model', {str(stance)!r}, '--model', {str(topic)!r},"
        " '--target', 'coal', '--format', 'jsonl'])\n"
        "except SystemExit: pass\n"
        "heavy = {'sklearn', 'scipy', 'pandas', 'datasets', 'joblib'}\n"
        "print(sorted(heavy & {name.split('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.count("\n") == 2
    assert done.stderr.splitlines()[-1] == "[]"


def test_a_column_called_like_something_else_is_refused(models, tmp_path):
    rows = [{"article": f"t{i}", "text": f"Word {i % 2}", "mood": "ab"[i % 2]} for i in range(8)]
    mood, path = read_model(trained(tmp_path, "mood", rows)), tmp_path / "why.sayso"
    write_model(path, {**mood.manifest, "task": "why"}, mood.arrays, mood.texts)  # training refuses such a name
    code, _, err = run_sayso("annotate", models[0] / "a.txt", "--model", path)
    assert (code, err.splitlines()[-1]) == (
        1,
        f"Error: {path}: 'why' is the name of something else in annotations; train it by another name.",
    )


def test_an_encoder_that_no_model_needs_is_refused(models, monkeypatch, tmp_path):
    monkeypatch.setattr("sayso.classify.files.annotate_files.load_encoder", lambda name: Encoder(name, "0" * 16, tmp_path))
    code, _, err = run_sayso("annotate", models[0] / "a.txt", "--model", models[2], "--encoder", "letters")
    assert (code, err) == (1, "Error: no model given here was trained with an encoder; leave out --encoder.\n")


def test_a_model_with_an_encoder_needs_it(monkeypatch, models, tmp_path):
    monkeypatch.setattr(encoders, "_runner", lambda *_: lambda texts: [[t.count("a"), t.count("o")] for t in texts])
    letters = Encoder("letters", "0" * 16, tmp_path)
    for place in ("sayso.classify.wording.encoders.load_encoder", "sayso.classify.files.annotate_files.load_encoder"):
        monkeypatch.setattr(place, lambda name: letters)
    rows = [{"article": f"t{i}", "text": ("a hat", "go on")[i % 2], "mood": "ab"[i % 2]} for i in range(8)]
    path = trained(tmp_path, "mood", rows, "--encoder", "letters")
    code, _, err = run_sayso("annotate", models[0] / "a.txt", "--model", path)
    told = f"Error: {path}: this model needs the encoder 'letters'; add --encoder with its name or folder.\n"
    assert (code, err) == (1, told)
    code, out, err = run_sayso("annotate", models[0] / "a.txt", "--model", path, "--encoder", "letters", "--format", "jsonl")
    assert code == 0, err
    assert {row["mood"] for row in json_rows(out)} <= {"a", "b"}
