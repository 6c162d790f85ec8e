import json

import pytest
from typer.testing import CliRunner

from sayso.cli import app

CITIES = ("Ulm", "Brest", "Gent", "Turku", "Faro", "Lodz", "Cork", "Linz")
SENTENCES = (
    ("Critics condemned the {} Union.", "against"),
    ("Many praised the {} Union.", "favor"),
    ("It rained on Monday.", "neutral"),
    ("The {} Union met on Friday.", "neutral"),
)


def run(*words):
    done = CliRunner().invoke(app, [str(word) for word in words])
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture(scope="module")
def stances(tmp_path_factory):
    path = tmp_path_factory.mktemp("data") / "unions.jsonl"
    rows = [
        {"article": city, "n": n, "text": text.format(city), "stance": {f"{city} Union": label}}
        for city in CITIES
        for n, (text, label) in enumerate(SENTENCES)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_targets_that_training_never_saw_are_scored(stances):
    code, out, err = run("evaluate", "stance", "--data", stances, "--folds", 2, "--jobs", 1, "--unseen-targets", "--json")
    assert code == 0, err
    found = json.loads(out)
    assert (found["articles"], found["sentences"], found["random_folds"]) == (8, 32, None)
    assert found["macro_f1"] > 0.9 > found["baselines"]["most_frequent"]["macro_f1"]
    assert "No target stands in training and in test: articles that share one count as one." in found["notes"]


def test_a_stance_model_is_written_and_scored(stances, tmp_path):
    code, out, err = run("train", "stance", "--data", stances, "--out", tmp_path / "m.sayso", "--folds", 2, "--jobs", 1)
    assert code == 0, err
    assert out.startswith("# stance: 2 folds over articles, 32 sentences in 8 articles")
    code, out, err = run("evaluate", "stance", "--data", stances, "--model", tmp_path / "m.sayso", "--json")
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
    code, out, err = run(*words)
    assert (code, out, err.splitlines()) == (1, "", [message])


@pytest.fixture(scope="module")
def soft(tmp_path_factory):
    """Sentences whose label of the largest chance is always the same, though the chances tell them apart."""
    path = tmp_path_factory.mktemp("soft") / "tone.jsonl"
    rows = [
        {"text": f"{word} number {n}", "tone": "calm" if n else "loud", "tone_p_loud": loud, "tone_p_calm": 1 - loud}
        for n in range(12)
        for word, loud in (("shouting", 0.9), ("whispering", 0.1))
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_soft_labels_are_learned_instead_of_hard_ones(soft, tmp_path):
    for name, more in (("hard", []), ("soft", ["--soft"])):
        code, _, err = run("train", "tone", "--data", soft, "--out", tmp_path / name, "--folds", 2, "--jobs", 1, *more)
        assert code == 0, err
    rows = [{"text": "shouting number 40", "tone": "loud"}, {"text": "whispering number 40", "tone": "calm"}]
    (tmp_path / "x.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    scores = {}
    for name in ("hard", "soft"):
        code, out, err = run("evaluate", "tone", "--data", tmp_path / "x.jsonl", "--model", tmp_path / name, "--json")
        assert code == 0, err
        scores[name] = json.loads(out)["macro_f1"]
    assert scores["hard"] < scores["soft"] == 1.0


def test_soft_labels_that_are_not_there_are_one_line(tmp_path, soft):
    rows = soft.read_text(encoding="utf-8").replace("tone_p_", "other_")
    (tmp_path / "x.jsonl").write_text(rows, encoding="utf-8")
    code, _, err = run("train", "tone", "--data", tmp_path / "x.jsonl", "--out", tmp_path / "m", "--soft")
    assert (code, err.splitlines()[-1]) == (
        1,
        "Error: --soft: no sentence has a column such as tone_p_LABEL or tone_by_NAME.",
    )
