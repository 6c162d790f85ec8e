"""An external test set beside the folds."""

from collections.abc import Iterator, Mapping

from ....data.display import Table
from ...evaluation.external import External
from ...evaluation.result import Evaluation
from ...measures.scores import LabelScore
from ..printed import COUNT, INTERVAL, SCORE, TEXT, PrintedTable
from .section import Section, count, f3, pct, span


class ExternalTest(Section[Evaluation]):
    """What cross-validation promises, and what came true on other articles."""

    name = "external"
    title = "External test set"
    macro = "external"
    terminal = 6

    @classmethod
    def applies(cls, evaluation: Evaluation) -> bool:
        """Tell whether there was an external test set."""
        return evaluation.external is not None

    @classmethod
    def lacks(cls, evaluation: Evaluation) -> Mapping[str, str]:
        """Name the set where none was named; a given model is scored on such data anyway."""
        if evaluation.external or evaluation.folds is None:
            return {}
        return {"external test set": "no external test set was given (--external DATA)"}

    @property
    def external(self) -> External:
        """The scores on the set."""
        external = self._evaluation.external
        assert external is not None  # or else the section does not apply
        return external

    def tables(self) -> Iterator[tuple[str, Table]]:
        """Give the scores of both, and those of each label."""
        of, folds = self.external, self._evaluation.score
        scores = [("folds", folds), (of.name, of.score)]
        scores += [(f"{of.name}: the hand-written rules", score) for score in of.baselines.values()]
        rows = [(name, f3(s.macro_f1), span(s.interval), f3(s.accuracy)) for name, s in scores]
        title = f"external test set {of.name}: {of.sentences:,} sentences in {of.articles:,} articles"
        yield title, (("", "macro F1", "95 % interval", "accuracy"), list(rows))
        by_folds, by_test = ({x.label: x for x in score.labels} for score in (folds, of.score))
        labels = [*by_folds, *(label for label in by_test if label not in by_folds)]
        cells = [(label, *_cells(by_folds, label), *_cells(by_test, label)) for label in labels]
        yield (
            "by label, in cross-validation and on the external test set",
            (("label", "folds: F1", "sentences", "there: F1", "sentences"), list(cells)),
        )

    def printed_tables(self) -> Iterator[PrintedTable]:
        """Give the scores of both, and those of each label."""
        of, folds = self.external, self._evaluation.score
        scores = [("folds", folds), (of.name, of.score), *(("hand-written rules, there", s) for s in of.baselines.values())]
        columns = [("labels by", TEXT), ("macro F1", SCORE), ("95 % interval", INTERVAL), ("accuracy", SCORE)]
        rows = [(name, score.macro_f1, score.interval, score.accuracy) for name, score in scores]
        caption = f"External test set {of.name}: {of.sentences:,} sentences in {of.articles:,} articles."
        yield PrintedTable("external", caption, columns, rows)
        by_folds, by_test = ({x.label: x for x in score.labels} for score in (folds, of.score))
        labels = [*by_folds, *(label for label in by_test if label not in by_folds)]
        both = [(label, by_folds.get(label), by_test.get(label)) for label in labels]
        columns = [
            ("label", TEXT),
            ("F1, folds", SCORE),
            ("sentences", COUNT),
            ("F1, external", SCORE),
            ("sentences, external", COUNT),
        ]
        values = [
            (label, *(value for x in pair for value in ((x.f1, x.support) if x else (None, 0)))) for label, *pair in both
        ]
        yield PrintedTable(
            "external-by-label", "F1 of each label in the folds and on the external test set.", columns, values
        )

    @property
    def remark(self) -> str:
        """What to expect, in words."""
        ece = pct(self.external.ece)
        return f"{self.external.gap.verdict} Confidence there is off by {ece} on average (expected calibration error)."


def _cells(scores: Mapping[str, LabelScore], label: str) -> tuple[str, str]:
    found = scores.get(label)
    return (f3(found.f1), count(found.support)) if found else ("-", "0")
