"""What tests of pages are made of: two people's labels of three articles, and what stands for models and for teaching."""

import json
from concurrent.futures import Future
from contextlib import ExitStack

import numpy as np
from builders import labelled_article

from sayso.classify.queue.asker import Said
from sayso.data.project.project import Project
from sayso.data.project.records import Change, key_of
from sayso.data.scheme import KINDS
from sayso.train.serve.work import queue
from sayso.train.serve.work.queue import Eye
from sayso.train.teach.accepted import model_of
from sayso.train.teach.alive import alive
from sayso.train.teach.files import digest_of
from sayso.train.teach.runs import Run

PORT = (
    "The port of Aldmar closed at noon.",
    "“We could not hold the ropes,” said harbour master Ines Tolk.",
    "The ministry said the pier would be rebuilt.",
    "Engineers at Bek University found cracks in its piles.",
)
SCHOOL = (
    "The school in Lund Street stays shut.",
    "Parents called the decision a disgrace.",
    "The council promised two new classrooms.",
)
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)> broke the fence.",
    "The owner said “</p></li><b onmouseover='alert(1)'>nobody</b>” {{ was }} hurt.",
)
HOSTILE_TITLE = "</title><script>alert(2)</script>Fence & 'ferry'"
ANNA = {"port": ("narrative", "quote", "official_claim", "independent_assessment"), "school": ("narrative", "narrative")}
BEN = {"port": ("narrative", "quote", "official_claim", "narrative"), "school": ("narrative", "official_claim")}
"""The kinds that each gave: they differ in port 3 and school 1."""
PORT_KEY, SCHOOL_KEY, HOSTILE_KEY = (key_of(name) for name in ("port", "school", "hostile"))


def articles():
    """Give the articles without labels."""
    return [
        labelled_article("port", *PORT, title="Port of Aldmar closed", outlet="Aldmar Post", date="2024-03-01"),
        labelled_article("school", *SCHOOL, title="School stays shut", outlet="Lund Echo", date="2024-03-02"),
        labelled_article("hostile", *HOSTILE, title=HOSTILE_TITLE),
    ]


def label(project, kinds_by_article):
    """Give sentences their kinds, from the first on."""
    for article, kinds in kinds_by_article.items():
        for n, kind in enumerate(kinds):
            project.change(Change(article, n, {"kind": kind}))


def populate(served, folder, **about):
    """Start a server of anna's, who gets ben's articles, beside his labels; with a note and an article that is done."""
    with Project.open(folder, "ben", tell=print) as ben:
        ben.add(articles())
        label(ben, BEN)
    server = served(annotator="anna", folder=folder, **about)
    label(server.project, ANNA)
    server.project.change(Change("port", None, {"done": True}))
    server.project.change(Change("school", 1, {"note": "Who are <b>the</b> parents?"}))
    return server


class Beside:
    """Stands for the process that asks models: of a sentence with n words the first kind has the chance 1 / n."""

    def submit(self, task, *given):
        done = Future()
        if task is queue._labels:
            done.set_result(list(KINDS))
        elif task is queue._look:
            done.set_result([Said.of(np.array([chances(s.span.of(a.article.text)) for s in a.sentences])) for a in given[1]])
        else:
            done.set_result(task(Eye(), *given))
        return done


def chances(sentence):
    """Give the chances of the four kinds."""
    first = 1 / len(sentence.split())
    return [first, 1 - first - 0.02, 0.01, 0.01]


RESULT = {
    "column": "kind",
    "recipe": "the weights of `voice` are changed as far as the labels ask for it.",
    "model": "voice",
    "replaces": None,
    "base": None,
    "articles": 6,
    "sentences": 40,
    "folds": 5,
    "seed": 0,
    "seconds": 2.4,
    "before": {"name": "the built-in model", "how": "It was trained on none of these articles.", "macro_f1": 0.5,
               "interval": [0.4, 0.6], "accuracy": 0.55, "accuracy_interval": [0.45, 0.65]},
    "after": {"name": "the new model", "how": "Scored by articles.", "macro_f1": 0.7, "interval": [0.6, 0.8],
              "accuracy": 0.75, "accuracy_interval": [0.65, 0.85]},
    "difference": 0.2,
    "interval": [-0.02, 0.41],
    "p": 0.03,
    "settled": False,
    "verdict": "the new model scores 20 points more, and that is not settled.",
    "cautions": ["Few articles."],
    "trust": [{"check": "size", "mark": "bad", "verdict": "Too few: add `--group outlet`."}],
    "trust_summary": "1 check is bad.",
    "labels": [{"label": "official_claim", "n": 21, "before": 0.4, "before_interval": [0.31, 0.52], "after": None}],
    "curve": [{"articles": 2, "sentences": 10, "macro_f1": 0.4, "interval": [0.3, 0.5]},
              {"articles": 4, "sentences": 30, "macro_f1": 0.6, "interval": [0.5, 0.7]}],
    "curve_verdict": "More labels would help.",
    "flips": [{"article": "port", "key": PORT_KEY, "n": 3, "target": None, "text": PORT[3], "truth": "narrative",
               "before": "quote", "after": "narrative"}],
    "flip_counts": {"mended": 1, "broken": 0, "other": 2},
    "notes": [],
}  # fmt: skip


class Lesson:
    """Stands for teaching: a run that is under way until `end` says what became of it."""

    def __init__(self, model):
        self.model, self._process = model, ExitStack()

    def start(self, root, labels, column, models):
        """Begin a run, as `teach.runs.start` does."""
        self.folder = root / "teach" / f"000{len(list((root / 'teach').glob('*'))) + 1}-{column}"
        self.folder.mkdir(parents=True)
        in_use = model_of(column, models)
        self._replaces = digest_of(in_use) if in_use else None
        self._write("settings", {"column": column, "started": "2024-05-01T10:00:00+00:00", "data": str(labels)})
        self._process.enter_context(alive(self.folder / "lock"))
        self._write("state", {"status": "running", "step": "fold 2 of 5", "part": 0.4, "message": None})
        return Run(self.folder)

    def end(self, **about):
        """Say that it is done; the model waits to be taken."""
        (self.folder / "kind.sayso").write_bytes(self.model.read_bytes())
        self._write("result", {**RESULT, "replaces": self._replaces, "digest": digest_of(self.model), **about})
        self._write("state", {"status": "done", "step": "done", "part": 1.0, "message": None})
        self.leave()

    def leave(self):
        """Let go of the run, as a process does that ends."""
        self._process.close()

    def _write(self, name, values):
        (self.folder / f"{name}.json").write_text(json.dumps(values), encoding="utf-8")
