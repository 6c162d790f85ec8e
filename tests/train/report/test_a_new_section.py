"""How to add a section to the report of an evaluation: a class, and its place in the table."""

import json
from dataclasses import dataclass

import pytest
from builders import labelled_article

from sayso.train.evaluation.evaluate import cross_validate
from sayso.train.evaluation.plan import Plan
from sayso.train.evaluation.result import Evaluation
from sayso.train.report import contents
from sayso.train.report.files import write_report
from sayso.train.report.sections.section import Section
from sayso.train.report.tables import as_tables


@dataclass(frozen=True)
class Lengths(Section[Evaluation]):
    """How long the sentences are."""

    name = "lengths"
    title = "Lengths"
    heading = "How long sentences are"
    terminal = 5
    introduction = "Words are what stands between spaces."

    words: dict[str, int]

    @classmethod
    def applies(cls, evaluation):
        return evaluation.sentences > 0

    @classmethod
    def lacks(cls, evaluation):
        return {"length of the cues": "the labels are of whole sentences"}

    @classmethod
    def compute(cls, evaluation, articles):
        lengths = [len(s.span.of(a.article.text).split()) for a in articles for s in a.sentences]
        return cls(evaluation, {"shortest": min(lengths), "longest": max(lengths)})

    def tables(self):
        yield "words of a sentence", (("", "words"), [(name, str(n)) for name, n in self.words.items()])

    @property
    def remark(self):
        return self.introduction


@pytest.fixture(scope="module")
def articles():
    return [
        labelled_article(
            f"a{number}",
            (f"Rain fell {number} times.", {"extra": {"weather": "wet"}}),
            (f"Sun and <wind> ruled {number} days.", {"extra": {"weather": "dry"}}),
        )
        for number in range(6)
    ]


@pytest.fixture(scope="module")
def evaluation(articles):
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(contents.SECTIONS, Evaluation, (*contents.SECTIONS[Evaluation], Lengths))
        yield cross_validate("weather", articles, Plan(2))


def test_its_tables_and_its_remark_stand_on_the_terminal(evaluation, articles):
    tables, remarks = as_tables(evaluation, articles)
    assert tables[-1] == ("words of a sentence", (("", "words"), [("shortest", "4"), ("longest", "6")]))
    assert "Words are what stands between spaces." in remarks


@pytest.mark.usefixtures("undrawn")
def test_it_stands_on_the_page_and_its_figures_in_the_json(evaluation, articles, tmp_path):
    write_report(tmp_path / "report.html", evaluation, articles, "sayso evaluate weather")
    figures = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert figures["words"] == {"shortest": 4, "longest": 6}
    assert figures["left_out"]["length of the cues"] == "the labels are of whole sentences"
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert '<a href="#lengths">Lengths</a>' in page
    assert '<section id="lengths"><h2>How long sentences are</h2>' in page
    assert '<th scope="row">longest</th><td class="n">6</td>' in page


@pytest.mark.usefixtures("undrawn")
def test_a_section_that_does_not_apply_has_no_figures_and_no_place_on_the_page(evaluation, articles, tmp_path, monkeypatch):
    monkeypatch.setattr(Lengths, "applies", lambda evaluation: False)
    write_report(tmp_path / "report.html", evaluation, articles, "sayso evaluate weather")
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["words"] is None
    assert "#lengths" not in (tmp_path / "report.html").read_text(encoding="utf-8")
    assert len(as_tables(evaluation, articles)[0]) == 5
