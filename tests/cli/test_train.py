import json

import pytest
from builders import run_sayso, write_rows

from sayso.errors import SaysoError

pytestmark = pytest.mark.usefixtures("no_shipped_model")
TOPICS = {"money": "The {n} crowns were paid.", "weather": "It rained for {n} days.", "sport": "They won {n} games."}
SAID = {
    ("narrative", "none"): "The road was closed {n} times.",
    ("official_claim", "state"): "The interior ministry said {n} people were held.",
}


@pytest.fixture
def data(tmp_path):
    """Write eight articles of six sentences with kinds, source types and topics."""
    rows = []
    for number in range(8):
        lines = [(text, {"topic": topic}) for topic, text in TOPICS.items()]
        lines += [(text, {"kind": k, "source_type": t}) for (k, t), text in SAID.items()]
        for n, (text, labels) in enumerate(lines):
            rows.append({"article": f"a{number}", "n": n, "text": text.format(n=10 * number + n), **labels})
    return write_rows(tmp_path / "labelled.jsonl", rows)


def train(task, data, out, *more):
    return run_sayso("train", task, "--data", data, "--out", out, "--folds", 3, "--jobs", 1, *more)


def test_a_column_of_ones_own_is_trained_scored_and_shown(data, tmp_path):
    out = tmp_path / "topic.sayso"
    result = train("topic", data, out)
    assert result.exit_code == 0, result.stderr
    assert "# topic: 3 folds over articles, 24 sentences in 8 articles" in result.stdout
    assert "the model\t1.000\t1.000 to 1.000\t1.000" in result.stdout
    assert "always the most frequent label\t0.167" in result.stdout  # 1/2 for one of three labels
    assert "fold 3 of 3" in result.stderr
    shown = run_sayso("model", "show", out)
    assert shown.exit_code == 0
    assert "labels\tmoney, sport, weather" in shown.stdout
    lines = shown.stdout.splitlines()
    assert [line.partition("\t")[0] for line in lines[1:5]] == ["task", "labels", "trained on", "scores: topic"]
    assert "trained on\tlabelled.jsonl: 40 sentences in 8 articles" in lines
    assert "scores: topic\tmacro F1 1.000 (1.000 to 1.000), accuracy 1.000; 3 folds, 24 sentences in 8 articles" in lines
    assert "articles seen\t8; evaluating on one of them is noted" in lines
    assert not any("recipe" in line or "True" in line for line in lines)  # internals are in the JSON
    assert run_sayso("model", out).stdout == shown.stdout
    assert run_sayso("model", out, "--json").stdout == run_sayso("model", "show", out, "--json").stdout
    missing = run_sayso("model", tmp_path / "none.sayso")
    assert (missing.exit_code, missing.stderr.count("\n")) == (1, 1)
    assert "none.sayso" in missing.stderr
    manifest = json.loads(run_sayso("model", "show", out, "--json").stdout)
    assert manifest["task"] == "topic"
    assert manifest["seed"] == 0


def test_of_several_labels_in_a_cell_each_is_trained_and_evaluated_by_its_column(tmp_path):
    rows = []
    for number in range(8):
        for n, (topic, text) in enumerate(TOPICS.items()):
            labels = [topic] if n else [topic, "first"]
            rows.append({"article": f"a{number}", "n": n, "text": text.format(n=10 * number + n), "topics": labels})
    data = write_rows(tmp_path / "listed.jsonl", rows)
    result = train("topics", data, tmp_path / "topics.sayso")
    assert result.exit_code == 1
    assert "'topics' holds several labels for one sentence, each in its own column; give one of " in result.stderr
    assert "topics_first, topics_money, topics_sport, topics_weather." in result.stderr
    assert train("topics_money", data, tmp_path / "money.sayso", "--no-scores").exit_code == 0
    found = run_sayso("evaluate", "topics_first", "--data", data, "--folds", 2, "--jobs", 1, "--json")
    assert json.loads(found.stdout)["macro_f1"] == 1.0


def test_a_task_may_have_another_name_than_its_column(data, tmp_path):
    out = tmp_path / "theme.sayso"
    assert train("theme", data, out, "--label", "topic", "--no-scores").exit_code == 0
    assert json.loads(run_sayso("model", "show", out, "--json").stdout)["task"] == "theme"


def test_training_twice_gives_the_same_bytes(data, tmp_path):
    for name in ("one.sayso", "two.sayso"):
        assert train("kind", data, tmp_path / name, "--seed", 7).exit_code == 0
    assert (tmp_path / "one.sayso").read_bytes() == (tmp_path / "two.sayso").read_bytes()


def test_kind_is_evaluated_as_json_and_by_a_model(data, tmp_path):
    result = run_sayso("evaluate", "kind", "--data", data, "--folds", 2, "--jobs", 1, "--json")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    assert list(found) == [
        "caution", "task", "column", "data", "articles", "sentences", "folds", "repeats", "seed", "by_fold", "baselines",
        "human", "random_folds", "grouped", "external", "alone", "similar", "model", "notes", "macro_f1", "interval",
        "accuracy", "labels", "confusion", "versions", "trust",
    ]  # fmt: skip
    assert found["data"]["name"] == "labelled.jsonl"
    assert (found["macro_f1"], found["folds"], found["sentences"]) == (1.0, 2, 16)
    out = tmp_path / "kind.sayso"
    assert train("kind", data, out, "--no-scores").exit_code == 0
    judged = run_sayso("evaluate", "source_type", "--data", data, "--model", out)
    assert "# source_type: a given model, 16 sentences in 8 articles" in judged.stdout
    assert "was trained on 8 of these 8 articles" in judged.stdout


def test_a_model_file_is_replaced_only_when_asked(data, tmp_path):
    out = tmp_path / "topic.sayso"
    out.write_text("mine")
    result = train("topic", data, out)
    assert (result.exit_code, out.read_text()) == (1, "mine")
    assert result.stderr == f"Error: {out} already exists; choose another name, or add --force to overwrite it.\n"
    assert train("topic", data, out, "--force", "--no-scores").exit_code == 0
    assert out.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["train", "topik", "--data", "DATA", "--out", "x.sayso"],
         "no sentence has a label in 'topik'; label columns in the data: kind, source_type, topic; "
         "a task is kind, source_type, stance, bias, attribution, or the name of a label column."),
        (["train", "kind", "--data", "DATA", "--out", "x.sayso", "--folds", "9"],
         "8 labelled articles are too few for 9 folds; label more, or give a smaller --folds."),
        (["train", "attribution", "--data", "DATA", "--out", "x.sayso"],
         "attribution needs 20 articles with all their attributions marked, and 100 attributions in total; the "
             "data has 0 such articles."),
        (["train", "kind"], "give the data and the model file to write: sayso train kind --data DATA --out FILE.sayso"),
        (["train", "kind", "--data", "DATA", "--out", "no/such/x.sayso"], "no/such: no such folder; create it first."),
        (["train", "kind", "--polnear", "p"],
         "--polnear works only with sayso train defaults; give your own data with --data."),
        (["train", "defaults", "--data", "DATA"],
         "sayso train defaults uses its own data; leave out --data and --label."),
        (["train", "defaults", "--no-scores"],
         "sayso train defaults always computes scores; leave out --no-scores."),
        (["train", "reader", "--out", "r"],
         "give the weights to start from and the folder to write: sayso train reader --weights DIR --polnear DIR --out DIR"),
        (["train", "reader", "--weights", ".", "--out", "r"],
         "model.safetensors: no such file; give the folder of all-MiniLM-L6-v2 with --weights."),
        (["train", "reader", "--weights", ".", "--out", "r", "--data", "DATA"],
         "--data has no effect on sayso train reader; leave it out."),
        (["train", "kind", "--weights", "."], "--weights works only with sayso train reader; leave it out."),
        (["evaluate", "attribution", "--data", "DATA"], "no article has all its attributions marked; "
         "mark them in some articles first (docs/dataset-format.md)."),
        (["evaluate", "kind", "--data", "nowhere"], "nowhere: no such file or folder."),
        (["model", "show", "nowhere.sayso"],
         "nowhere.sayso: No such file or directory; give a model file (NAME.sayso)."),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_one_line(words, message, data, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run_sayso(*[data if word == "DATA" else word for word in words])
    assert result.exit_code == 1
    assert result.stderr == f"Error: {message}\n"
    assert not (tmp_path / "x.sayso").exists()


def test_one_label_is_refused(tmp_path):
    path = write_rows(tmp_path / "one.jsonl", [{"article": "a", "n": 0, "text": "It rained.", "kind": "narrative"}])
    result = run_sayso("evaluate", "kind", "--data", path)
    assert result.stderr == "Error: kind has only one label, 'narrative'; training needs two or more.\n"


def test_the_model_is_written_though_nobody_reads_the_scores(data, tmp_path, monkeypatch):
    def stop_reading(found, articles):
        raise BrokenPipeError

    monkeypatch.setattr("sayso.train.commands.train.print_report", stop_reading)
    out = tmp_path / "topic.sayso"
    result = train("topic", data, out)
    assert result.exit_code == 0, result.stderr
    assert f"Written to {out}" in result.stderr
    manifest = json.loads(run_sayso("model", "show", out, "--json").stdout)
    assert manifest["scores"]["topic"]["macro_f1"] == 1.0


@pytest.mark.parametrize("task", ["topic", "kind"])
def test_a_task_can_be_trained_without_scores(data, tmp_path, task):
    scored, unscored = tmp_path / "scored.sayso", tmp_path / "unscored.sayso"
    assert train(task, data, scored).exit_code == 0
    result = train(task, data, unscored, "--no-scores")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "fold" not in result.stderr
    shown = [json.loads(run_sayso("model", "show", path, "--json").stdout) for path in (scored, unscored)]
    assert shown[1]["scores"] == {}
    assert {**shown[0], "scores": {}} == shown[1]  # the same model, member by member


def test_scores_are_there_before_the_report_is_drawn(data, tmp_path, monkeypatch):
    def fail(*_):
        raise SaysoError("nothing to draw.")

    monkeypatch.setattr("sayso.train.report.files.report_page", fail)
    page = tmp_path / "topic.html"
    result = run_sayso("evaluate", "topic", "--data", data, "--folds", 2, "--jobs", 1, "--report", page)
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (1, "Error: nothing to draw.")
    assert "the model\t1.000\t1.000 to 1.000\t1.000" in result.stdout
    assert [path.name for path in tmp_path.iterdir() if "topic" in path.name] == [".topic.html.folds"]  # for the next try
