import json
import subprocess
import sys
import threading
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from builders import labelled_article

from sayso.classify.queue.asker import Said
from sayso.classify.queue.queue import Wanted
from sayso.data.project.project import Project
from sayso.data.project.records import key_of
from sayso.errors import SaysoError
from sayso.train.serve.work import queue as module
from sayso.train.serve.work.labels import TeamLabels
from sayso.train.serve.work.queue import CALLED, Asked, Eye, LabelQueue

CHANCES = {"rain": (0.9, 0.6, 0.45), "bek": (0.3, 0.95, 0.48)}
"""Of the label sea; the other is sky."""


class Here:
    """Does tasks at once, with a model that knows `CHANCES`; waits with articles until it may go on."""

    def __init__(self, labels=("sea", "sky"), error=None):
        self.labels, self.error, self.looked_at = labels, error, []
        self.ended_by = None
        self.may_go_on = threading.Event()
        self.may_go_on.set()

    def submit(self, task, *arguments):
        done = Future()
        try:
            if task is self.ended_by:
                self.ended_by = None
                raise BrokenProcessPool
            if task is module._labels:
                if self.error:
                    raise self.error
                done.set_result(list(self.labels) if self.labels else None)
            elif task is module._look:
                articles = arguments[1]
                self.looked_at += [of.article.id for of in articles]
                done.set_result([Said.of(np.array([[p, 1 - p] for p in CHANCES[of.article.id]])) for of in articles])
                self.may_go_on.wait(10)
            else:
                done.set_result(task(Eye(), *arguments))
        except Exception as error:
            done.set_exception(error)
        return done


@pytest.fixture
def queued(folder):
    """Give what asks a queue of anna's project, with a process that is none."""
    with Project.open(folder, "anna", tell=print, columns={"topic": ("sea", "sky")}) as project:
        here, started = Here(), []
        queue = LabelQueue(TeamLabels(project), lambda: started.append(here) or here)

        def ask(n=3, column="topic", **options):
            wanted = Wanted(n, options.pop("called", None), options.pop("per_article", 9))
            return queue.next_to_label(Asked(column), wanted, **options)

        yield SimpleNamespace(ask=ask, here=here, queue=queue, project=project, n_started=lambda: len(started))
        here.may_go_on.set()
        queue.close()


def places(found):
    return [(of["article"], of["n"]) for of in found["sentences"]]


def test_the_least_sure_come_first_with_what_the_model_says(queued):
    found = queued.ask(6)
    # margins: rain 0.8, 0.2, 0.1; bek 0.4, 0.9, 0.04
    assert places(found) == [("bek", 2), ("rain", 2), ("rain", 1), ("bek", 0), ("rain", 0), ("bek", 1)]
    assert found["sentences"][1] == {
        "key": key_of("rain"),
        "article": "rain",
        "title": "Rain",
        "outlet": None,
        "date": None,
        "n": 2,
        "text": "Nobody believed her.",
        "before": "“It will stop,” the mayor said.",
        "after": "",
        "guess": "sky",
        "chance": 0.55,
        "margin": 0.1,
    }
    assert (found["looked_at"], found["of"], found["finished"], found["labels"]) == (6, 6, True, ["sea", "sky"])
    assert found["line"].startswith("Checked 6 of 6 sentences without a topic: those that the model is least sure of")
    assert json.loads(json.dumps(found)) == found


@pytest.mark.parametrize(("n", "of_rain"), [(2, 1), (4, 2), (5, 2), (6, 3), (20, 3)])
def test_more_of_an_article_are_taken_where_there_are_too_few(queued, n, of_rain):
    found = queued.ask(n, per_article=1)
    assert (len(found["sentences"]), places(found).count(("rain", 2))) == (min(n, 6), 1)
    assert sum(name == "rain" for name, _ in places(found)) in (of_rain, n - of_rain)


def test_only_those_that_the_model_takes_for_a_label(queued):
    found = queued.ask(mode=CALLED, called="sky")
    assert places(found) == [("bek", 2), ("rain", 2), ("bek", 0)]
    assert {of["guess"] for of in found["sentences"]} == {"sky"}


def test_what_was_labelled_meanwhile_leaves_the_queue_and_nothing_is_asked_twice(queued, label):
    queued.ask()
    label("anna", {5: {"own": {"topic": "sea"}}, 2: {"own": {"topic": "sky"}}}, queued.project)
    found = queued.ask(2)
    assert places(found) == [("rain", 1), ("bek", 0)]
    assert (found["looked_at"], found["of"]) == (4, 4)
    assert sorted(queued.here.looked_at) == ["bek", "rain"]


def test_an_answer_comes_while_the_model_still_looks(queued, monkeypatch):
    monkeypatch.setattr(module, "_SLICE", 3)
    monkeypatch.setattr(module, "_ALL", 0.0)
    queued.here.may_go_on.clear()
    monkeypatch.setattr(module, "_SOME", 0.01)
    nothing = queued.ask()
    assert (nothing["sentences"], nothing["looked_at"], nothing["of"], nothing["finished"]) == ([], 0, 6, False)
    monkeypatch.setattr(module, "_SOME", 10.0)
    threading.Timer(0.05, queued.here.may_go_on.set).start()
    some = queued.ask()
    assert some["looked_at"] in (3, 6)
    assert len(some["sentences"]) == 3


def test_a_blind_annotator_is_not_told_what_the_model_says(queued):
    found = queued.ask(1, blind=True)
    assert [(of["n"], of["guess"], of["chance"], of["margin"]) for of in found["sentences"]] == [(2, None, None, None)]
    assert found["labels"] == []
    with pytest.raises(SaysoError, match="the mode called would show the model's predictions, which --blind hides"):
        queued.ask(mode=CALLED, called="sky", blind=True)


def test_of_an_article_that_is_not_english_nothing_is_guessed(queued, monkeypatch):
    monkeypatch.setitem(CHANCES, "oss", (0.5,))
    german = labelled_article(
        "oss", "Der Bürgermeister sagte, die Brücke über den Fluss sei sicher und werde nicht gesperrt."
    )
    queued.project.add([german])
    (found,) = queued.ask(1)["sentences"]
    assert [found[name] for name in ("article", "guess", "chance", "margin")] == ["oss", None, None, None]


def test_without_a_model_sentences_are_unlike_each_other(queued):
    queued.here.labels = None
    found = queued.ask(6)
    assert sorted(places(found)) == [(name, n) for name in ("bek", "rain") for n in range(3)]
    assert found["line"] == "There is no model for topic yet, so these sentences are chosen to differ from each other."
    assert (found["finished"], found["labels"], found["sentences"][0]["guess"]) == (True, [], None)
    assert queued.ask(6) == found
    with pytest.raises(SaysoError, match="there is no model for 'topic' yet; teach one first"):
        queued.ask(mode=CALLED, called="sea")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"mode": "sure"}, "mode 'sure' is not one of unsure, called"),
        ({"mode": CALLED}, "the mode called needs a label; other modes take none"),
        ({"called": "sky"}, "the mode called needs a label; other modes take none"),
        ({"mode": CALLED, "called": "land"}, "topic 'land' is not one of sea, sky"),
    ],
)
def test_what_cannot_be_asked_is_refused(queued, options, message):
    with pytest.raises(SaysoError, match=message):
        queued.ask(**options)


def test_a_label_that_no_sentence_is_taken_for_gives_an_empty_queue(queued):
    queued.here.labels = ("sea", "sky", "land")
    found = queued.ask(mode=CALLED, called="land")
    assert (found["sentences"], found["line"]) == ([], "the model labels none of the 6 unlabelled sentences as 'land'.")


def test_when_all_is_labelled_it_is_said(queued, label):
    label("anna", {n: {"own": {"topic": "sea"}} for n in range(6)}, queued.project)
    found = queued.ask()
    assert (found["sentences"], found["line"], found["finished"]) == ([], "Every sentence has a topic.", True)


def test_a_model_that_cannot_be_asked_is_named_and_asked_again_the_next_time(queued):
    queued.here.error = SaysoError("topic.sayso: no model file.")
    with pytest.raises(SaysoError, match=r"topic\.sayso: no model file"):
        queued.ask()
    queued.here.error = OSError("gone")
    with pytest.raises(SaysoError, match=r"the model could not be run \(gone\); try again"):
        queued.ask()
    queued.here.error = None
    assert queued.ask()["finished"]


@pytest.mark.parametrize("task", ["_labels", "_look", "_call"])
def test_a_process_that_was_ended_is_started_anew(queued, monkeypatch, task):
    queued.here.ended_by = getattr(module, task)
    if task == "_call":
        found = queued.ask(2)
        assert (found["sentences"], found["line"].startswith("the process that runs the model was stopped")) == ([], True)
    else:
        with pytest.raises(
            SaysoError, match="the process that runs the model was stopped, possibly because memory ran out; try"
        ):
            queued.ask(2)
    assert len(queued.ask(2)["sentences"]) == 2
    assert queued.n_started() == 2


def test_new_articles_are_looked_at_with_the_next_queue(queued, monkeypatch):
    monkeypatch.setitem(CHANCES, "oss", (0.5,))
    queued.ask()
    queued.project.add([labelled_article("oss", "Trams stood still.")])
    assert places(queued.ask(1)) == [("oss", 0)]


def test_another_process_asks_the_model_of_the_package(folder):
    with Project.open(folder, "anna", tell=print) as project:
        queue = LabelQueue(TeamLabels(project))
        try:
            found = queue.next_to_label(Asked("kind"), Wanted(2, "quote"), mode=CALLED)
        finally:
            queue.close()
    assert places(found) == [("rain", 1)]
    assert found["finished"]


def test_scikit_learn_is_not_loaded_with_the_pages_of_work():
    names = [f"sayso.train.serve.work.{path.stem}" for path in Path(module.__file__).parent.glob("[a-z]*.py")]
    code = "import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(name)\nprint('sklearn' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code, *names], check=True, capture_output=True, text=True)
    assert (len(names) >= 7, found.stdout.strip()) == (True, "False")
