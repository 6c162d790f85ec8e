"""One small evaluation, which the tests of reports share: hostile names, two repeats, a second person, groups."""

import numpy as np
import pytest
from builders import labelled_article

from sayso.train.evaluation.evaluate import cross_validate
from sayso.train.evaluation.plan import Plan
from sayso.train.held_out_attributions import NOTHING, Source
from sayso.train.report.files import write_report

HOSTILE = "<script>alert(1)</script></style><img src=x onerror=alert(1)> & {{ 7 * 7 }}"
LINES = [
    ("quote", "individual", "“I have not seen such a harvest in {n} years,” said Ana Bravo, a farmer."),
    ("official_claim", "state", "The finance ministry said the deficit would shrink by {n} percent."),
    ("official_claim", "state", "Rain, the ministry noted, was expected for {n} days."),
    ("independent_assessment", "expert", "The salt tax is too high by {n} crowns, according to researchers."),
    ("narrative", "none", "Rain fell on the valley for {n} days."),
    ("narrative", "none", HOSTILE + " stood on the wall for {n} years."),
    ("narrative", "none", "The ministry of salt was closed {n} weeks ago after researchers left."),
]


def invent(number):
    rng = np.random.default_rng(number)
    sentences = []
    for n, i in enumerate(rng.integers(0, len(LINES), 9)):
        kind, source_type, words = LINES[i]
        if rng.random() < 0.15:
            kind, source_type = "narrative", "none"  # a label that the words do not tell
        words = words.replace("{n}", str(100 * number + n + 2))
        second = {"second_kind": "narrative" if n == 4 else kind} if number < 6 else {}
        sentences.append((words, {"kind": kind, "source_type": source_type, "extra": second}))
    outlet = ["The <b>Mail", "Herald", "Post", None][number % 4]
    desk = {"desk": "home" if number % 2 else "abroad"}
    return labelled_article(f"a{number}", *sentences, outlet=outlet, date=f"20{20 + number % 3}-05-01", meta=desk)


@pytest.fixture(scope="session")
def articles():
    return [invent(i) for i in range(16)]


@pytest.fixture(scope="session")
def evaluation(articles):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sayso.train.tasks.task.choose_source", lambda _: Source(NOTHING))
        plan = Plan(3, repeats=2, curve=True, group="desk", by=("desk",))
        return cross_validate("kind", articles, plan, data_name=HOSTILE)


@pytest.fixture(scope="session")
def report(evaluation, articles, tmp_path_factory):
    """Give the page of a report."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    write_report(path, evaluation, articles, "sayso evaluate kind --report report.html")
    return path


@pytest.fixture(scope="session")
def folder(evaluation, articles, tmp_path_factory):
    """Give the folder of a report."""
    path = tmp_path_factory.mktemp("reports") / "kind-report"
    write_report(path, evaluation, articles, "sayso evaluate kind --report kind-report")
    return path
