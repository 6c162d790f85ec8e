import json
from concurrent.futures import Future

import numpy as np
import pytest
from builders import annotated_sentence, run_sayso, write_rows

from sayso.classify.queue.asker import Said
from sayso.train.serve.desk import Desk, ModelView
from sayso.train.serve.work import queue
from sayso.train.serve.work.queue import LabelQueue
from sayso.train.teach.files import RESULT, SETTINGS, STATE, write_json

MARK = "zebrafish"
"""Stands wherever a model says something, and nowhere else."""
CHANCE = "0.73519"
"""What somebody's model says, in a column of the data."""
TEXTS = ("Rain fell on Tolm.", "“It will stop,” the mayor said.", "Nobody believed her.")
SIDE = {"name": "package", "how": "As it came.", "macro_f1": 0.5, "interval": [0.4, 0.6]}
SIDE |= {"accuracy": SIDE["macro_f1"], "accuracy_interval": SIDE["interval"]}
FLIP = {"article": "a", "key": "0" * 16, "n": 0, "target": None, "text": "Rain.", "truth": "quote"}
RUN = {
    **{"column": "kind", "recipe": "As it came.", "model": "kind", "articles": 5, "sentences": 30, "folds": 5, "seed": 0},
    **{"seconds": 1.0, "before": SIDE, "after": SIDE, "difference": 0.0, "interval": [-0.1, 0.1], "p": 1.0},
    **{"settled": False, "verdict": "No difference.", "cautions": [], "trust": [], "trust_summary": "", "labels": []},
    **{"curve": [], "curve_verdict": None, "beside": None, "notes": [], "replaces": None},
    "flips": [{**FLIP, "before": MARK, "after": MARK}],
    "flip_counts": {"mended": 0, "broken": 0, "other": 1},
}
WRITTEN = {
    SETTINGS: {"column": "kind", "data": "x", "models": [], "started": "2026-03-04T10:00:00+00:00"},
    STATE: {"status": "done", "step": "", "part": 1.0, "message": None},
    RESULT: RUN,
}
GOTTEN = (
    "/ /article/KEY /queue /disputes /notes /codebook /teach /api/article/KEY /api/changes /api/queue?column=kind "
    "/api/progress /api/disputes /api/teach /api/export?format=csv /api/export?format=jsonl /api/export?format=label-studio "
    "/api/export?format=prodigy /api/export?format=conll"
).split()


class Marked:
    """Does what the process of the queue does, with a model whose labels are marked."""

    def submit(self, task, *arguments):
        done = Future()
        if task is queue._labels:
            done.set_result([MARK, "narrative"])
        elif task is queue._look:
            done.set_result([Said.of(np.full((len(of.sentences), 2), 0.5)) for of in arguments[1]])
        else:
            done.set_result(task(queue.Eye(), *arguments))
        return done


def viewed(self, labelled, targets):
    marked = [annotated_sentence(n, s.span, source=MARK, cue=MARK) for n, s in enumerate(labelled.sentences)]
    return ModelView({(s.span.start, s.span.end): {"kind": MARK} for s in labelled.sentences}, annotated=marked)


@pytest.fixture
def answers(served, tmp_path, monkeypatch):
    """Give what gets everything that a server tells, where all that models say is marked."""
    monkeypatch.setattr(Desk, "_viewed", viewed)
    marked = {"suggested_kind": "quote", "suggested_mood": MARK, "mood_p_sad": CHANCE}
    rows = [{"article": "rain", "n": n, "text": text, **marked} for n, text in enumerate(TEXTS)]
    write_rows(tmp_path / "rain.jsonl", rows)

    def asked(**options):
        server = served(tmp_path / "rain.jsonl", **options)
        server.team.queue.close()
        server.team.queue = LabelQueue(server.team.labels, Marked)
        folder = server.folder / "teach" / "0001-kind"
        folder.mkdir(parents=True)
        for name, values in WRITTEN.items():
            write_json(folder / name, values)
        (folder / "kind.sayso").write_bytes(b"waits to be accepted")
        key = server.project.entries()[0].key
        changed = server.post("/api/change", {"key": key, "n": 0, "set": {"kind": "narrative"}})
        got = {path: server.get(path.replace("KEY", key)) for path in GOTTEN}
        got |= {"change": changed, "undo": server.post("/api/undo"), "redo": server.post("/api/redo")}
        closed = {"/api/disputes", "/api/teach"} if options.get("blind") else set()
        assert {path: answer.status for path, answer in got.items() if answer.status != 200} == dict.fromkeys(closed, 400)
        return got

    return asked


def marked(answers):
    return {path for path, answer in answers.items() if MARK.encode() in answer.body.lower()}


def test_when_blind_nothing_that_models_say_leaves_the_server(answers):
    found = answers(blind=True)
    assert marked(found) == set()
    assert not [path for path, answer in found.items() if CHANCE.encode() in answer.body or b"mood_p_sad" in answer.body]
    article = json.loads(found["/api/article/KEY"].body)
    assert {sentence["model"] for sentence in article["sentences"]} == {None}
    assert article["no_model"] == "The models’ predictions are hidden (--blind)."
    assert [s["guess"] for s in json.loads(found["/api/queue?column=kind"].body)["sentences"]] == [None] * 2
    assert json.loads(found["/api/queue?column=kind"].body)["line"] == (
        "Sentences without a kind, chosen to differ from each other, without a model."
    )
    assert json.loads(found["/api/changes"].body)["teach"] is None


@pytest.mark.parametrize("form", ["jsonl", "csv", "html"])
@pytest.mark.parametrize("blind", [False, True])
def test_labels_that_a_model_wrote_are_not_taken_for_a_persons(served, tmp_path, blind, form):
    (tmp_path / "ferry.txt").write_text("The ferry is safe, the harbour master said. It sank on Monday.")
    run_sayso("annotate", tmp_path / "ferry.txt", "--format", form, "--out", tmp_path / f"ferry.{form}")
    server = served(tmp_path / f"ferry.{form}", blind=blind)
    (entry,) = server.project.entries()
    assert (entry.n_sentences, dict(entry.labelled)) == (2, {})
    first = server.article(entry.key)["sentences"][0]["labels"]
    assert {name: first[name] for name in ("kind", "source_type", "bias", "attributions", "own")} == {
        **{"kind": None, "source_type": None, "bias": None, "attributions": None, "own": {}}
    }
    suggested = server.project.article(entry.key).sentences[0].extra.get("suggested_kind")
    assert suggested == (None if blind else "official_claim")
    became = "left out because you label blind" if blind else "kept as suggestions, not as labels of yours"
    assert f"the labels of 1 article were predicted by a model (sayso annotate); they are {became}. " in "".join(server.told)


def test_a_persons_labels_of_the_same_file_stay_labels(served, tmp_path):
    rows = [
        {"article": "ferry", "text": "It sank on Monday.", "end": 18, "kind_confidence": 0.9},
        {"article": "rain", "text": "Nobody believed her.", "end": 20},
    ]
    write_rows(tmp_path / "both.jsonl", [{**row, "n": 0, "start": 0, "kind": "narrative"} for row in rows])
    server = served(tmp_path / "both.jsonl")
    assert [dict(entry.labelled) for entry in server.project.entries()] == [{}, {"kind": 1}]


def test_otherwise_it_is_told_where_it_is_of_use(answers):
    assert marked(answers()) >= {"/article/KEY", "/api/article/KEY", "/api/queue?column=kind", "/api/teach", "/teach"}
