"""To add a task: one class in `train.tasks`, one in `classify.tasks`, and a line in the table of each.

The toy learns from how many exclamation marks on a sentence is shouted. CONTRIBUTING.md shows it as an example.
"""

import json
from dataclasses import dataclass

import numpy as np
import pytest
from builders import run_sayso, write_rows

from sayso.classify.model_files import files
from sayso.classify.tasks.protocol import AppliedTask
from sayso.train.sentences.rows import Rows, make_rows
from sayso.train.tasks import registry
from sayso.train.tasks.outputs import Outputs, likeliest
from sayso.train.tasks.task import Task

LABELS = ("calm", "shouted")


def scores(counts, least):
    """Score both labels: the second one where there are marks enough."""
    return np.array([[least - n - 0.5, n - least + 0.5] for n in counts])


@dataclass(frozen=True)
class ShoutModel:
    least: int
    task: str = "shout"
    labels: tuple[str, ...] = LABELS


@dataclass(frozen=True)
class ShoutReader:
    """What reads an article with the model."""

    model: ShoutModel
    labels: tuple[str, ...] = LABELS

    def chances(self, tokens, title, candidates):
        counts = [tokens.text[a:b].count("!") for a, b in tokens.spans]
        return np.eye(2)[scores(counts, self.model.least).argmax(axis=1)]


class AppliedShout(AppliedTask[ShoutModel]):
    """The class in `classify.tasks`: how a file keeps the model, and what reads articles with it."""

    model = ShoutModel
    any_column = True

    def knows(self, manifest):
        return manifest["task"] == "shout"

    def pack(self, model):
        return {"task": "shout", "labels": list(LABELS)}, {"least": np.array([model.least])}, {}

    def unpack(self, file):
        return ShoutModel(int(file.arrays["least"][0]))

    def reader(self, model, encoder=None):
        return ShoutReader(model)


@dataclass(frozen=True, slots=True)
class ShoutTask(Task[Rows, ShoutModel]):
    """The class in `train.tasks`: rows, fitting, and what the model says of held-out sentences."""

    def rows(self, articles, candidates):
        rows = make_rows(articles, candidates, self.answer)
        counts = [s.span.of(a.article.text).count("!") for a in articles for s in a.sentences if self.answer(s)]
        return Rows([{"marks": n} for n in counts], rows.labels, rows.groups, rows.weights)

    def fit(self, rows, seed=0, *, calibrated=True, notice=lambda _: None):
        return ShoutModel(min(f["marks"] for f, label in zip(rows.features, rows.labels, strict=True) if label == LABELS[1]))

    def outputs(self, model, rows):
        given = scores([f["marks"] for f in rows.features], model.least)
        chances = np.eye(2)[given.argmax(axis=1)]
        return Outputs(likeliest(LABELS, given), chances, chances)


@pytest.fixture(autouse=True)
def _registered(monkeypatch):
    monkeypatch.setitem(registry.TASKS, "shout", ShoutTask("shout", LABELS, ("shout",)))
    monkeypatch.setattr(files, "SORTS", [*files.SORTS, AppliedShout()])


@pytest.fixture
def data(tmp_path):
    rows = [
        {"article": f"a{i}", "text": text, "shout": label}
        for i in range(6)
        for text, label in (("It rained.", "calm"), (f"Go home, {i}!!", "shouted"), ("Well, no!", "calm"))
    ]
    return write_rows(tmp_path / "shouts.jsonl", rows)


def run(*words):
    done = run_sayso(*words)
    assert done.exit_code == 0, done.stderr
    return done.stdout


def test_a_new_task_is_evaluated_trained_and_applied_by_the_commands(data, tmp_path):
    figures = json.loads(run("evaluate", "shout", "--data", data, "--folds", 3, "--jobs", 1, "--json"))
    assert (figures["macro_f1"], figures["sentences"]) == (1.0, 18)
    run("train", "shout", "--data", data, "--folds", 3, "--jobs", 1, "--out", tmp_path / "shout.sayso")
    article = tmp_path / "article.txt"
    article.write_text("The mayor spoke at noon. Go home, she shouted!! Nobody went home!")
    lines = run("annotate", article, "--model", tmp_path / "shout.sayso", "--format", "jsonl").splitlines()
    assert [json.loads(line)["shout"] for line in lines] == ["calm", "shouted", "calm"]
    again = json.loads(run("evaluate", "shout", "--data", data, "--model", tmp_path / "shout.sayso", "--json"))
    assert again["macro_f1"] == 1.0
