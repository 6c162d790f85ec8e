import json

import pytest
from builders import run_sayso, write_rows

from sayso.train.evaluation.external import Gap

pytestmark = pytest.mark.usefixtures("no_shipped_model", "undrawn")
TOPICS = {"money": "The {n} crowns were paid.", "weather": "It rained for {n} days.", "sport": "They won {n} games."}
SAID = {
    ("narrative", "none"): "The road was closed {n} times.",
    ("official_claim", "state"): "The interior ministry said {n} people were held.",
}


def rows_of(article, sentences):
    return [{"article": article, "n": n, "text": text, **labels} for n, (text, labels) in enumerate(sentences)]


def topics(article, names, first):
    """Give the sentences of an article: of each topic one, labelled as the second of the pair says."""
    return rows_of(article, [(TOPICS[of].format(n=first + n), {"topic": label}) for n, (of, label) in enumerate(names)])


@pytest.fixture
def data(tmp_path):
    rows = []
    for number in range(8):
        rows += topics(f"a{number}", [(name, name) for name in TOPICS], 10 * number)
        said = [
            (text.format(n=10 * number + 5), {"kind": kind, "source_type": source_type})
            for (kind, source_type), text in SAID.items()
        ]
        rows += [{**row, "n": row["n"] + 3} for row in rows_of(f"a{number}", said)]
    return write_rows(tmp_path / "data.jsonl", rows)


def evaluate(task, data, rows, tmp_path, *more):
    other = write_rows(tmp_path / "other.jsonl", rows)
    return run_sayso("evaluate", task, "--data", data, "--external", other, "--folds", 2, "--jobs", 1, *more)


def test_a_fall_on_other_articles_is_told_in_figures_and_words(data, tmp_path):
    rows = []
    for number in range(6):  # of two sentences about rain, one is called sport in every article
        names = [("money", "money"), ("weather", "weather"), ("weather", "sport"), ("sport", "sport")]
        rows += topics(f"b{number}", names, 1000 + 10 * number)
    result = evaluate("topic", data, rows, tmp_path, "--report", tmp_path / "topic.html")
    assert result.exit_code == 0, result.stderr
    # F1 of money 1, of weather 12 / 18, of sport 12 / 18
    assert "# external test set other.jsonl: 24 sentences in 6 articles" in result.stdout
    assert "other.jsonl\t0.778\t0.778 to 0.778\t0.750" in result.stdout
    assert "sport\t1.000\t8\t0.667\t12" in result.stdout
    verdict = (
        "Cross-validation gives a macro F1 of 1.000; on other.jsonl it is 0.778: 0.222 less "
        "(95 % interval 0.222 to 0.222). On such articles, do not expect the score from cross-validation."
    )
    assert verdict in result.stdout
    assert "external test set other.jsonl: 6 articles" in result.stderr
    figures = json.loads((tmp_path / "topic.json").read_text(encoding="utf-8"))
    found = figures["external"]
    assert (found["articles"], found["sentences"], found["left_out"]) == (6, 24, 0)
    assert found["score"]["macro_f1"] == pytest.approx(7 / 9)
    assert found["gap"]["difference"] == pytest.approx(-2 / 9)
    assert f"--external {tmp_path / 'other.jsonl'}" in figures["command"]
    page = (tmp_path / "topic.html").read_text(encoding="utf-8")
    assert "<h2>External test set</h2>" in page
    assert verdict in page
    assert "a model trained on all the data, on other.jsonl" in page


def test_the_report_says_that_no_other_articles_were_named(data, tmp_path):
    page = tmp_path / "topic.html"
    result = run_sayso("evaluate", "topic", "--data", data, "--folds", 2, "--jobs", 1, "--report", page)
    assert result.exit_code == 0, result.stderr
    figures = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    assert figures["external"] is None
    assert figures["left_out"]["external test set"] == "no external test set was given (--external DATA)"


def test_articles_that_stand_in_both_are_not_learned_from(data, tmp_path):
    same = topics("copy", [(name, name) for name in TOPICS], 20)
    same += rows_of("copy", [(text.format(n=25), {}) for text in SAID.values()])
    rows = [{**row, "n": n} for n, row in enumerate(same)]
    rows += topics("b", [(name, name) for name in TOPICS], 1000)
    result = evaluate("topic", data, rows, tmp_path, "--json")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    assert found["external"]["left_out"] == 1
    note = (
        "1 article of the data is also in other.jsonl, exactly or as near-duplicates, and left "
        "out of training for the model that is scored there."
    )
    assert note in found["notes"]


def test_labels_that_one_side_lacks_are_named(data, tmp_path):
    rows = topics("b", [("money", "money"), ("sport", "sport"), ("weather", "art")], 1000)
    found = json.loads(evaluate("topic", data, rows, tmp_path, "--json").stdout)
    assert found["external"]["gap"]["labels"] == ["money", "sport"]
    assert found["external"]["gap"]["found"] == 1.0
    assert found["external"]["score"]["macro_f1"] == pytest.approx(2 / 3)  # art is never right


def test_kinds_are_scored_where_source_types_are_not_known(data, tmp_path):
    rows = rows_of("b", [(text.format(n=1000), {"kind": kind}) for (kind, _), text in SAID.items()])
    result = evaluate("kind", data, rows, tmp_path)
    assert result.exit_code == 0, result.stderr
    assert "other.jsonl\t1.000\t1.000 to 1.000\t1.000" in result.stdout
    assert "other.jsonl: the hand-written rules\t1.000" in result.stdout


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ({}, "--external other.jsonl: no sentence has a label in 'topic'."),
        ({"topic": "art"}, "--external other.jsonl: none of its labels (art) occurs in the data."),
    ],
)
def test_a_set_without_the_labels_is_refused(labels, message, data, tmp_path):
    rows = rows_of("b", [("The painting was sold on Monday.", {"kind": "narrative", **labels})])
    result = evaluate("topic", data, rows, tmp_path)
    assert (result.exit_code, result.stderr) == (1, f"Error: {message}\n")


def test_the_data_itself_is_no_external_test_set(data):
    result = run_sayso("evaluate", "topic", "--data", data, "--external", data, "--folds", 2, "--jobs", 1)
    message = "--external data.jsonl: it contains all 8 training articles; give articles that are not used for training."
    assert (result.exit_code, result.stderr) == (1, f"Error: {message}\n")


def test_a_given_model_needs_no_external_test_set(data):
    result = run_sayso("evaluate", "topic", "--data", data, "--external", data, "--model", "topic.sayso")
    message = "--external works only with folds; to score a model on those articles, give them with --data."
    assert result.stderr == f"Error: {message}\n"


@pytest.mark.parametrize(
    ("found", "ends", "words"),
    [
        (0.7, (-0.3, -0.1), "it is 0.700: 0.200 less (95 % interval 0.100 to 0.300). On such articles, do not expect"),
        (0.95, (0.01, 0.09), "it is 0.950: 0.050 more (95 % interval 0.010 to 0.090)."),
        (0.85, (-0.2, 0.1), "it is 0.850. The difference, -0.050 (95 % interval -0.200 to +0.100), may be due to chance"),
    ],
)
def test_a_difference_is_put_into_words(found, ends, words):
    gap = Gap("a macro F1 of", "other", 0.9, found, found - 0.9, ends)
    assert gap.verdict.startswith("Cross-validation gives a macro F1 of 0.900; on other ")
    assert words in gap.verdict
