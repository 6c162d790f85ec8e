"""The scores of found attributions."""

from collections.abc import Iterator

from ....data.display import Table
from ...evaluation.attribution import AttributionEvaluation, ExternalAttributions
from ...measures.attribution_scores import Hits, ScopeScore
from .section import Section, count, f3, span

_MEASURES = {
    "content": "words of content",
    "source": "words of source",
    "cue": "words of cue",
    "linked": "words linked",
    "overlap": "attributions, overlap",
    "full": "attributions, full",
    "exact": "attributions, exact",
}
_HEADER = ("", "precision", "recall", "F1", "95 % of it", "marked")
_SCOPES = {
    "direct": "direct: at least half of the content inside quotation marks; words inside them",
    "indirect": "indirect: the others; words outside quotation marks",
}


class AttributionScores(Section[AttributionEvaluation]):
    """Precision, recall and F1 of words and of attributions, in direct speech and outside it."""

    name = "scores"
    title = "Scores"
    terminal = 1
    introduction = (
        "Linked: words of content given a right source. Overlap: the contents share half or more of their words; "
        "full: and the source is right; exact: the contents hold the same words."
    )

    @property
    def remark(self) -> str:
        """What the measures mean."""
        return self.introduction

    def tables(self) -> Iterator[tuple[str, Table]]:
        """Give a table a scope, and one of the sources."""
        of = self._evaluation
        what = f"{of.folds} folds over articles" if of.folds else "a given model"
        titles = {"all": f"attribution: {what}, {of.attributions:,} attributions in {of.articles:,} articles", **_SCOPES}
        for scope, score in of.scores.items():
            yield titles[scope], (_HEADER, _rows(score))
        sources = [
            ("source named: a right one found", *(_rate(score.source) for score in of.scores.values())),
            ("no source named: none found", *(_rate(score.no_source) for score in of.scores.values())),
        ]
        yield "sources of the attributions that overlap", (("", *of.scores), sources)


class ExternalAttributionTest(Section[AttributionEvaluation]):
    """What cross-validation promises of attributions, and what came true on other articles."""

    name = "external"
    title = "External test set"
    macro = "external"
    terminal = 3

    @classmethod
    def applies(cls, evaluation: AttributionEvaluation) -> bool:
        """Tell whether there was an external test set."""
        return evaluation.external is not None

    @property
    def external(self) -> ExternalAttributions:
        """The scores on the set."""
        external = self._evaluation.external
        assert external is not None  # or else the section does not apply
        return external

    @property
    def remark(self) -> str:
        """What to expect, in words."""
        return self.external.gap.verdict

    def tables(self) -> Iterator[tuple[str, Table]]:
        """Give one table, of all attributions."""
        of = self.external
        score = of.scores["all"]
        marked = score.measures["overlap"].marked
        title = f"external test set {of.name}: {marked:,} attributions in {of.articles:,} articles"
        yield title, (_HEADER, _rows(score))


def _rows(score: ScopeScore) -> list[tuple[str, ...]]:
    return [
        (_MEASURES[name], f3(m.precision), f3(m.recall), f3(m.f1), span(m.interval), count(m.marked))
        for name, m in score.measures.items()
    ]


def _rate(hits: Hits) -> str:
    return "none" if hits.rate is None else f"{hits.rate:.3f} of {hits.of:,}"
