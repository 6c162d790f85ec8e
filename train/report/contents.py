"""The table of a report's sections, in the order of the page; page, terminal and files all go by it."""

from collections.abc import Sequence
from typing import Any

from ...data.records import LabelledArticle
from ..evaluation.attribution import AttributionEvaluation
from ..evaluation.result import Evaluation
from ..measures.as_json import plain
from .compared import Compared
from .sections.attribution import AttributionScores, ExternalAttributionTest
from .sections.comparison import ComparedFolds, ComparedScores, Flips
from .sections.confidence import Abstaining, Calibration, Confidence
from .sections.curves import Curves
from .sections.external import ExternalTest
from .sections.features import Features
from .sections.more_labels import MoreLabels
from .sections.scores import Confusion, Folds, Labels, Scores
from .sections.section import AnyResult, Section
from .sections.sentences import Sentences
from .sections.slices import Slices, UnseenGroups
from .sections.trust import Trust

SECTIONS: dict[type, tuple[type[Section[Any]], ...]] = {
    Evaluation: (
        Scores,
        Trust,
        ExternalTest,
        Labels,
        Folds,
        Confusion,
        Curves,
        Calibration,
        Confidence,
        Abstaining,
        MoreLabels,
        Slices,
        UnseenGroups,
        Features,
        Sentences,
    ),
    AttributionEvaluation: (AttributionScores, Trust, ExternalAttributionTest),
    Compared: (ComparedScores, ComparedFolds, Flips),
}
"""By what came out: scores of labels, of attributions, or a comparison."""


def compute_sections(
    evaluation: AnyResult, articles: Sequence[LabelledArticle], *, terminal: bool = False
) -> list[Section[Any]]:
    """Work out the sections that apply to an evaluation; with ``terminal`` those with tables there, in its order."""
    sections = [kind for kind in SECTIONS[type(evaluation)] if kind.applies(evaluation)]
    if terminal:
        sections = sorted((kind for kind in sections if kind.terminal), key=lambda kind: kind.terminal)
    return [kind.compute(evaluation, articles) for kind in sections]


def figures_of(evaluation: AnyResult, sections: Sequence[Section[Any]]) -> dict[str, Any]:
    """Give what the sections add to the figures of an evaluation, as plain values; None of those that do not apply."""
    figures = {name: None for kind in SECTIONS[type(evaluation)] for name in kind.figure_names()}
    for section in sections:
        added = plain(section)
        if taken := [name for name in added if figures.get(name) is not None]:
            raise ValueError(f"two sections have figures named {taken[0]!r}; rename one of the fields.")
        figures |= added
    return figures


def all_figures(evaluation: AnyResult, sections: Sequence[Section[Any]]) -> dict[str, Any]:
    """Give the figures of an evaluation and of its sections, as plain values; a caution stands first."""
    added = figures_of(evaluation, sections)
    caution = {"caution": added.pop("caution")} if "caution" in added else {}
    return {**caution, **evaluation.as_json(), **added}


def left_out(evaluation: AnyResult) -> dict[str, str]:
    """Name what this evaluation cannot have, and why: first whole sections, then parts of those that are there."""
    lacking: dict[str, str] = {}
    for kind in sorted(SECTIONS[type(evaluation)], key=lambda kind: kind.applies(evaluation)):
        lacking |= kind.lacks(evaluation)
    return lacking
