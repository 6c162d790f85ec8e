"""What evaluating says of sentences that stand alone, and how similar ones are kept together."""

import csv
import json

import pytest
from builders import run_sayso

pytestmark = pytest.mark.usefixtures("no_shipped_model")
PLACES = ["Osk", "Lind", "Marnow", "Pravik", "Dunmere", "Vellin"]
LINES = {
    "calm": "The council of {} met for {} hours on the budget.",
    "angry": "What {} has put up with for {} years is a shabby disgrace.",
}


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """24 sentences without articles."""
    path = tmp_path_factory.mktemp("collected") / "collected.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["text", "tone"])
        for number in range(24):
            tone = "angry" if number % 3 == 0 else "calm"
            table.writerow([LINES[tone].format(PLACES[number % 5], number + 2), tone])
    return path


def evaluate(path, *options):
    return run_sayso("evaluate", "tone", "--data", path, "--folds", 2, "--jobs", 1, *options)


def test_a_caution_comes_first(collected):
    result = evaluate(collected)
    assert result.exit_code == 0, result.stderr
    lines = result.stdout.splitlines()
    assert lines[0].startswith("Macro F1 ")
    assert "comes from folds over sentences; " in lines[0]
    assert "--group-similar" in lines[0]
    assert "# tone: 2 folds over single sentences, 24 sentences" in lines
    assert any(line.startswith("# can this be trusted? ") for line in lines)
    assert "\nfolds over single sentences\t" not in result.stdout


def test_the_caution_comes_first_in_the_json_too(collected):
    found = json.loads(evaluate(collected, "--json").stdout)
    assert next(iter(found)) == "caution"
    assert found["caution"]["macro_f1"] == found["macro_f1"]
    assert found["caution"]["lowest"] <= found["caution"]["median"] <= found["caution"]["highest"]
    assert (found["alone"], found["similar"], found["random_folds"]) == (True, None, None)
    assert {"check", "mark", "verdict", "figure"} == set(found["trust"][0])


@pytest.mark.usefixtures("undrawn")
def test_similar_sentences_stay_together_and_the_report_says_so(collected, tmp_path):
    page = tmp_path / "report.html"
    result = evaluate(collected, "--group-similar", "--report", page)
    assert result.exit_code == 0, result.stderr
    figures = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    assert figures["similar"]["texts"] == 24
    assert figures["similar"]["groups"] < 24
    assert "--group-similar" in figures["command"]
    assert figures["caution"]["similar"] is True
    assert figures["random_folds"] is not None
    text = page.read_text(encoding="utf-8")
    assert "Before you use this score:" in text
    assert '<section id="trust"><h2>Can this be trusted?</h2>' in text
    assert '<span class="mark unknown">– unknown</span> <span><b>parts</b>: No part of the data has 30 sentences' in text
    assert "# tone: 2 folds over groups of similar sentences, 24 sentences" in result.stdout
    assert "--group-similar: 24 texts in " in result.stdout


def test_two_ways_are_compared_on_folds_that_keep_similar_sentences_together(collected):
    words = (
        "compare",
        "stratified",
        "most_frequent",
        "--task",
        "tone",
        "--data",
        collected,
        "--folds",
        2,
        "--jobs",
        1,
        "--json",
    )
    parted, together = (json.loads(run_sayso(*words, *more).stdout) for more in ((), ("--group-similar",)))
    assert parted["sentences"] == together["sentences"] == 24
    assert [f["a"] for f in parted["folds"]] != [f["a"] for f in together["folds"]]
    assert together["notes"][-1].startswith("--group-similar: 24 texts in ")
    files = run_sayso("compare", "one.sayso", "two.sayso", "--group-similar")
    assert files.stderr.startswith("Error: --group-similar works only for methods trained on folds: own, plain, rule,")


def test_what_does_not_go_with_group_similar(collected, tmp_path):
    given = evaluate(collected, "--group-similar", "--model", tmp_path / "x.sayso")
    assert (
        given.stderr == "Error: --group, --group-similar and --repeats work only with folds; with "
        "--model, no model is trained.\n"
    )
    spans = run_sayso("evaluate", "attribution", "--data", collected, "--group-similar")
    assert spans.stderr.endswith(
        "Error: --group, --group-similar, --by, --second and --repeats work only for sentence labels, not for attribution.\n"
    )


@pytest.mark.usefixtures("undrawn")
def test_a_label_that_a_given_model_does_not_know_is_wrong_everywhere(collected, tmp_path):
    model, other = tmp_path / "tone.sayso", tmp_path / "other.csv"
    trained = run_sayso("train", "tone", "--data", collected, "--out", model, "--no-scores")
    assert trained.exit_code == 0, trained.stderr
    other.write_text(collected.read_text(encoding="utf-8") + "Nobody in Lind laughed at the joke.,merry\n", encoding="utf-8")
    result = run_sayso("evaluate", "tone", "--data", other, "--model", model, "--report", tmp_path / "report.html")
    assert result.exit_code == 0, result.stderr
    assert "Labels that the model was not trained on, and so never predicts: merry." in result.stdout
    assert "It never finds `merry` (1 sentence)." in result.stdout
    assert "✗ bad\tseen before\t" in result.stdout
    assert "is what folds over sentences claim" not in result.stdout
