"""The scores of found attributions."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ....data.display import Table
from ...evaluation.attribution import AttributionEvaluation, ExternalAttributions
from ...measures.attribution_scores import MEASURE_NAMES, Hits, ScopeScore
from ..drawing.chart import SERIES, Chart, legend_below
from ..printed import COUNT, INTERVAL, SCORE, TEXT, PrintedTable
from .section import Section, count, f3, span

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_HEADER = ("", "precision", "recall", "F1", "95 % interval", "marked")
_SCOPES = {
    "direct": "direct: at least half of the content is inside quotation marks; only words inside them count",
    "indirect": "indirect: all others; only words outside quotation marks count",
}


_CAPTIONS = {
    "all": "All attributions",
    "direct": "Direct attributions (at least half of the content inside quotation marks; words inside them)",
    "indirect": "Indirect attributions (the others; words outside quotation marks)",
}


class AttributionScores(Section[AttributionEvaluation]):
    """Precision, recall and F1 of words and of attributions, in direct speech and outside it."""

    name = "scores"
    title = "Scores"
    macro = "attributions"
    terminal = 1
    introduction = (
        "Linked: content words with a correct source. Overlap: the contents share at least half of their "
        "words; full: in addition, the source is correct; exact: the contents have the same words."
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
            ("source named: a correct source found", *(_rate(score.source) for score in of.scores.values())),
            ("no source named: none predicted", *(_rate(score.no_source) for score in of.scores.values())),
        ]
        yield "sources of overlapping attributions", (("", *of.scores), sources)

    def chart(self) -> Chart:
        """Draw the F1 of each measure with its interval, for direct and indirect attributions apart."""
        scores = self._evaluation.scores

        def draw(axes: "Axes") -> None:
            for n, (scope, score) in enumerate(scores.items()):
                places = [place + 0.25 * (n - 1) for place in range(len(score.measures))]
                low, high = zip(*(m.interval for m in score.measures.values()), strict=True)
                axes.hlines(places, low, high, color=SERIES[n], linewidth=2)
                values = [m.f1 for m in score.measures.values()]
                axes.plot(values, places, "osD"[n % 3], color=SERIES[n], label=f"{scope} attributions")
            names = [MEASURE_NAMES[name] for name in scores["all"].measures]
            axes.set_yticks(range(len(names)), names)
            axes.set(xlim=(0, 1.03), ylim=(len(names) - 0.5, -0.5), xlabel="F1 (0 to 1), with 95 % interval")
            legend_below(axes)

        described = "; ".join(f"{MEASURE_NAMES[name]} {m.f1:.3f}" for name, m in scores["all"].measures.items())
        return Chart("F1 of attributions", described, draw)

    def charts(self) -> Mapping[str, Chart]:
        """Give the chart."""
        return {"scores": self.chart()}

    def printed_tables(self) -> Iterator[PrintedTable]:
        """Give a table a scope."""
        for scope, score in self._evaluation.scores.items():
            yield _printed(f"scores-{scope}", f"{_CAPTIONS[scope]}. {self.introduction}", score)


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

    def printed_tables(self) -> Iterator[PrintedTable]:
        """Give one table, of all attributions."""
        ((title, _),) = self.tables()
        yield _printed("external", f"{title[:1].upper()}{title[1:]}.", self.external.scores["all"])


def _printed(name: str, caption: str, score: ScopeScore) -> PrintedTable:
    columns = [("measure", TEXT), *((name, SCORE) for name in ("precision", "recall", "F1"))]
    rows = [(MEASURE_NAMES[name], m.precision, m.recall, m.f1, m.interval, m.marked) for name, m in score.measures.items()]
    return PrintedTable(name, caption, [*columns, ("95 % interval of F1", INTERVAL), ("marked", COUNT)], rows)


def _rows(score: ScopeScore) -> list[tuple[str, ...]]:
    return [
        (MEASURE_NAMES[name], f3(m.precision), f3(m.recall), f3(m.f1), span(m.interval), count(m.marked))
        for name, m in score.measures.items()
    ]


def _rate(hits: Hits) -> str:
    return "none" if hits.rate is None else f"{hits.rate:.3f} of {hits.of:,}"
