import json

import pytest
from builders import run_sayso, write_rows

CITIES = ("Ulm", "Brest", "Gent", "Turku", "Faro", "Lodz", "Cork", "Linz")
SENTENCES = (
    ("Critics condemned the {} Union.", "against"),
    ("Many praised the {} Union.", "favor"),
    ("It rained on Monday.", "neutral"),
    ("The {} Union met on Friday.", "neutral"),
)


@pytest.fixture(scope="module")
def stances(tmp_path_factory):
    rows = [
        {"article": city, "n": n, "text": text.format(city), "stance": {f"{city} Union": label}}
        for city in CITIES
        for n, (text, label) in enumerate(SENTENCES)
    ]
    return write_rows(tmp_path_factory.mktemp("data") / "unions.jsonl", rows)


def test_targets_that_training_never_saw_are_scored(stances):
    code, out, err = run_sayso(
        "evaluate", "stance", "--data", stances, "--folds", 2, "--jobs", 1, "--unseen-targets", "--json"
    )
    assert code == 0, err
    found = json.loads(out)
    assert (found["articles"], found["sentences"], found["random_folds"]) == (8, 32, None)
    assert found["macro_f1"] > 0.9 > found["baselines"]["most_frequent"]["macro_f1"]
    assert "No target stands in training and in test: articles that share one count as one." in found["notes"]


def test_a_stance_model_is_written_and_scored(stances, tmp_path):
    code, out, err = run_sayso(
        "train", "stance", "--data", stances, "--out", tmp_path / "m.sayso", "--folds", 2, "--jobs", 1
    )
    assert code == 0, err
    assert out.startswith("# stance: 2 folds over articles, 32 sentences in 8 articles")
    code, out, err = run_sayso("evaluate", "stance", "--data", stances, "--model", tmp_path / "m.sayso", "--json")
    assert code == 0, err
    assert json.loads(out)["macro_f1"] > 0.9


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["evaluate", "bias", "--unseen-targets"], "Error: --unseen-targets is for sayso evaluate stance, without --model."),
        (
            ["train", "defaults", "--only", "kind"],
            "Error: --only kind: no such default model; give attribution, stance, bias.",
        ),
        (["train", "bias", "--only", "bias"], "Error: --only is for sayso train defaults."),
    ],
)
def test_options_that_do_not_fit_are_one_line(words, message):
    code, out, err = run_sayso(*words)
    assert (code, out, err.splitlines()) == (1, "", [message])
