"""What scores of sentences that stand alone were worth elsewhere: claimed by folds, and kept on what was held out.

Where the data has no articles, outlets or dates, nothing can be held out but sentences: neighbours of the tested ones
stand in training. The figures are those of ``python benchmarks/claimed_kept.py SHARED``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from ...data.records import LabelledArticle
from ..evaluation.attribution import AttributionEvaluation
from ..evaluation.result import Evaluation

COMMAND = "python benchmarks/claimed_kept.py SHARED"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Macro F1 on a corpus whose sentences were learned as if they stood alone.

    Parameters
    ----------
    corpus, held_out : str
    labels : int
        That ``kept`` was scored on.
    claimed, similar, kept : float
        Of folds over sentences; of folds with ``--group-similar``; on what was held out.
    """

    corpus: str
    held_out: str
    labels: int
    claimed: float
    similar: float
    kept: float


ELSEWHERE: tuple[Elsewhere, ...] = (
    Elsewhere("CheckThat!", "English development part", 462, 0.724, 0.726, 0.707),
    Elsewhere("CheckThat!", "German development part", 491, 0.660, 0.672, 0.648),
    Elsewhere("CheckThat!", "Italian development part", 667, 0.671, 0.655, 0.625),
    Elsewhere("CheckThat!", "Bulgarian development part", 314, 0.694, 0.673, 0.670),
    Elsewhere("CheckThat!", "Arabic development part", 467, 0.528, 0.523, 0.525),
    Elsewhere("BABE", "articles", 2958, 0.765, 0.755, 0.762),
    Elsewhere("BABE", "outlets", 2958, 0.765, 0.755, 0.748),
    Elsewhere("BABE", "topics", 2958, 0.765, 0.755, 0.754),
    Elsewhere("BASIL", "events", 5624, 0.639, 0.630, 0.626),
    Elsewhere("BASIL", "outlets", 5624, 0.639, 0.630, 0.636),
    Elsewhere("BASIL", "years", 5624, 0.639, 0.630, 0.624),
    Elsewhere("Ukraine news bias", "articles", 1628, 0.604, 0.592, 0.488),
    Elsewhere("NewsDiscourse", "articles", 5830, 0.506, 0.479, 0.453),
    Elsewhere("NewsDiscourse", "development part", 2820, 0.514, 0.483, 0.389),
)
"""A row for each corpus and what was held out there."""


@dataclass(frozen=True, slots=True)
class Caution:
    """What to know before reading a score of sentences that stand alone.

    Parameters
    ----------
    macro_f1 : float
        The score.
    similar : bool
        Whether similar sentences stayed together.
    trials, corpora : int
        How many times, and on how many corpora, such scores were measured.
    lowest, median, highest : float
        Claimed less kept there.
    expected, least : float
        The score less the median, and less the highest.
    """

    macro_f1: float
    similar: bool
    trials: int
    corpora: int
    lowest: float
    median: float
    highest: float
    expected: float
    least: float

    @classmethod
    def of(cls, macro_f1: float, *, similar: bool) -> "Caution":
        """Set a score beside those of `ELSEWHERE`."""
        higher = [(of.similar if similar else of.claimed) - of.kept for of in ELSEWHERE]
        middle, most = median(higher), max(higher)
        corpora = len({of.corpus for of in ELSEWHERE})
        expected, least = (max(macro_f1 - lost, 0.0) for lost in (middle, most))
        return cls(macro_f1, similar, len(ELSEWHERE), corpora, min(higher), middle, most, expected, least)

    @property
    def sentence(self) -> str:
        """The caution in words."""
        how = "folds over groups of similar sentences" if self.similar else "folds over sentences"
        offer = "" if self.similar else " `--group-similar` keeps similar sentences together in the folds."
        trials = f"In {self.trials} trials on {self.corpora} corpora"
        above = f"{self.lowest:z.2f} to {self.highest:.2f} higher than on other articles, outlets or years"
        return (
            f"Macro F1 {self.macro_f1:.3f} comes from {how}; the data names no articles, outlets or dates to hold out. "
            f"{trials} such scores were {above} (median {self.median:.2f}). So expect about {self.expected:.2f} "
            f"on new texts, and {self.least:.2f} if they differ as much as in the worst of those trials.{offer}"
        )


def caution(evaluation: Evaluation | AttributionEvaluation, articles: Sequence[LabelledArticle]) -> Caution | None:
    """Give the caution that stands before a score; None where something was held out, or could be.

    Parameters
    ----------
    evaluation : Evaluation or AttributionEvaluation
    articles : sequence of LabelledArticle
        Those that were evaluated.
    """
    if isinstance(evaluation, AttributionEvaluation) or not (evaluation.folds and evaluation.alone):
        return None
    if evaluation.grouped or evaluation.external or to_hold_out(articles):
        return None
    return Caution.of(evaluation.score.macro_f1, similar=evaluation.similar is not None)


def to_hold_out(articles: Sequence[LabelledArticle]) -> list[str]:
    """Name what is known of the articles and could be held out: outlets, dates."""
    return [name for name, values in _known(articles) if len(set(values) - {"", None}) > 1]


def _known(articles: Sequence[LabelledArticle]) -> Iterator[tuple[str, list[str | None]]]:
    yield "outlet", [a.article.outlet for a in articles]
    yield "date", [a.article.date for a in articles]
