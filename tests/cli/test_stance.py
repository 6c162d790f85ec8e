import json

import pytest
from builders import run_sayso, write_rows

from sayso.data.datasets.build import read_labelled

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
    assert "No target is in both training and test: articles that share a target are in the same fold." in found["notes"]


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
        (
            ["evaluate", "bias", "--unseen-targets"],
            "Error: --unseen-targets works only with sayso evaluate stance, and without --model.",
        ),
        (
            ["train", "defaults", "--only", "kind"],
            "Error: --only kind: no such model; give attribution, stance, bias.",
        ),
        (["train", "bias", "--only", "bias"], "Error: --only works only with sayso train defaults."),
    ],
)
def test_options_that_do_not_fit_are_one_line(words, message):
    code, out, err = run_sayso(*words)
    assert (code, out, err.splitlines()) == (1, "", [message])


@pytest.fixture(scope="module")
def article(tmp_path_factory):
    path = tmp_path_factory.mktemp("articles") / "union.txt"
    path.write_text("Critics condemned the Oulu Union. It rained on Monday. It refused to answer.\n", encoding="utf-8")
    return path


def test_a_model_that_was_never_sure_enough_tells_no_stance_and_says_so(stances, article, tmp_path):
    model = tmp_path / "few.sayso"
    code, _, err = run_sayso("train", "stance", "--data", stances, "--out", model, "--no-scores", "--jobs", 1)
    assert code == 0, err
    assert "never predicted: favor, against, neutral; at no confidence are enough of the held-out sentences correct" in err
    code, out, err = run_sayso("annotate", article, "--model", model, "--target", "Oulu Union")
    assert code == 0, err
    assert "No stance is predicted: the model was not accurate enough on held-out articles; train it on more labels." in err
    assert "_Critics_ *condemned* the Oulu Union. [Oulu Union: ?]" in out
    assert "Stance towards Oulu Union: 0 favor, 0 against, 0 neutral, " in out
    assert "Do not rely on the stance of a single sentence" in out


def test_a_stance_that_is_not_told_is_no_label_when_it_is_read_back(stances, article, tmp_path):
    model, found = tmp_path / "few.sayso", tmp_path / "found.jsonl"
    assert run_sayso("train", "stance", "--data", stances, "--out", model, "--no-scores", "--jobs", 1)[0] == 0
    command = ["annotate", article, "--model", model, "--target", "Oulu Union", "--out", found, "--format", "jsonl"]
    assert run_sayso(*command)[0] == 0
    rows = [json.loads(line) for line in found.read_text(encoding="utf-8").splitlines()]
    first = rows[0]["stance"]["Oulu Union"]
    assert (first["label"], first["abstain"], first["named"]) == ("?", True, True)
    assert sum(first["scores"].values()) == pytest.approx(1, abs=1e-3)
    assert read_labelled([found])[0].sentences[0].stance == {}


def test_newsmtsc_is_for_the_default_models_only(tmp_path):
    code, out, err = run_sayso("train", "stance", "--newsmtsc", tmp_path)
    assert (code, out) == (1, "")
    assert err.startswith("Error: --newsmtsc works only with sayso train defaults")
