"""The scores of found attributions."""

from collections.abc import Iterator

from ....data.display import Table
from ...evaluation.attribution import AttributionEvaluation
from ...measures.attribution_scores import Hits
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
            rows = [
                (_MEASURES[name], f3(m.precision), f3(m.recall), f3(m.f1), span(m.interval), count(m.marked))
                for name, m in score.measures.items()
            ]
            yield titles[scope], (("", "precision", "recall", "F1", "95 % of it", "marked"), list(rows))
        sources = [
            ("source named: a right one found", *(_rate(score.source) for score in of.scores.values())),
            ("no source named: none found", *(_rate(score.no_source) for score in of.scores.values())),
        ]
        yield "sources of the attributions that overlap", (("", *of.scores), sources)


def _rate(hits: Hits) -> str:
    return "none" if hits.rate is None else f"{hits.rate:.3f} of {hits.of:,}"
