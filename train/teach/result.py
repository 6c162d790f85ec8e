"""The result of teaching as plain values, which a page shows."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ...data.records import LabelledArticle
from ..evaluation.compare import Comparison, Flip, compare
from ..evaluation.evaluate import DECIDED
from ..evaluation.predictions import Predictions
from ..evaluation.result import Evaluation
from ..evaluation.sides import with_texts
from ..measures.as_json import plain
from ..measures.learning_curve import grows, learning_curve
from ..measures.scores import Score, accuracy_interval
from ..report.sections.more_labels import learning_sentence
from ..trust.checks import judge, summed_up
from .before import Before
from .recipes import Recipe

MOST_FLIPS = 20
AFTER = "the taught model"
USUAL = "giving every sentence the most frequent label"
"""What a first model is compared with, as sentences call it."""


def result_of(recipe: Recipe, before: Before, after: Evaluation, articles: Sequence[LabelledArticle]) -> dict[str, Any]:
    """Compare the model in use with the taught one; see `teaching.teach`."""
    found, sides = _compared(before, after)
    found = with_texts(found, articles)
    verdicts = judge(after, before.articles)
    steps, promise = _curve(after)
    if recipe.base and recipe.in_use == recipe.base and steps:
        steps.insert(0, {"articles": 0, "sentences": 0, "macro_f1": found.a.macro_f1, "interval": list(found.a.interval)})
    return {
        "column": recipe.column,
        "recipe": recipe.told,
        "articles": found.articles,
        "sentences": found.sentences,
        "folds": after.folds,
        "seed": after.seed,
        **sides,
        "p": found.permutation_p,
        "cautions": list(found.cautions),
        "trust": [{"check": v.check, "mark": v.mark, "verdict": _for_page(v.verdict)} for v in verdicts],
        "trust_summary": summed_up(verdicts),
        "labels": _by_label(found),
        "curve": steps,
        "curve_verdict": promise,
        "flips": _flips(found),
        "flip_counts": {"mended": len(found.mended), "broken": len(found.broken), "other": len(found.other)},
        "notes": [*before.notes, *(note for note in after.notes if not note.startswith(DECIDED)), *found.notes],
    }


def beside_of(recipe: Recipe, before: Before, after: Evaluation) -> dict[str, Any]:
    """Compare the two for the other column that the model labels."""
    return {"column": recipe.column, **_compared(before, after)[1]}


def _compared(before: Before, after: Evaluation) -> tuple[Comparison, dict[str, Any]]:
    """Compare the two; give also what is told of it for each column."""
    taught = after._predictions
    given = before.predictions or replace(taught, predicted=taught.others["most_frequent"])
    found = compare(given, taught, before.name if before.predictions else USUAL, AFTER)
    return found, {
        "before": {"name": before.name, "how": _sentence(before.how), **_scores(found.a, given)},
        "after": {"name": AFTER, "how": after.lead.splitlines()[-1], **_scores(found.b, taught)},
        "difference": found.difference,
        "interval": list(found.interval),
        "settled": not found.doubts,
        "verdict": _sentence(found.verdict_of_b),
    }


def _sentence(said: str) -> str:
    """Begin with a capital, unless it is the name of a file."""
    return said[0].upper() + said[1:] if said.startswith(("the ", "no ")) else said


def _for_page(verdict: str) -> str:
    """Leave out what offers an option of a command.

    >>> _for_page("Not tried on an unseen outlet: add `--group outlet`.")
    'Not tried on an unseen outlet.'
    """
    return re.sub(r"(?:: add| Add|; add|;) `--[^`]*`(?: draws it)?", "", verdict).replace("..", ".")


def _scores(of: Score, predictions: Predictions) -> dict[str, Any]:
    accurate = accuracy_interval(predictions.truth, predictions.predicted, predictions.groups)
    return {
        "macro_f1": of.macro_f1,
        "interval": list(of.interval),
        "accuracy": of.accuracy,
        "accuracy_interval": list(accurate),
    }


def _by_label(found: Comparison) -> list[dict[str, Any]]:
    """Give the F1 of each label before and after; None where a side neither gave it nor should have."""
    sides: list[Mapping[str, Any]] = [{s.label: s for s in of.labels} for of in (found.a, found.b)]
    names = dict.fromkeys((*sides[0], *sides[1]))
    return [
        {
            "label": name,
            "n": max(side[name].support for side in sides if name in side),
            "before": sides[0][name].f1 if name in sides[0] else None,
            "after": sides[1][name].f1 if name in sides[1] else None,
        }
        for name in names
    ]


def _curve(after: Evaluation) -> tuple[list[dict[str, Any]], str | None]:
    """Give the steps of the learning curve, and whether more labels would help, in words; nothing from too few articles."""
    if not grows(after._curve):
        return [], None
    of = after._predictions.first()
    curve = learning_curve(of.truth, of.groups, after._curve, of.labels, len(of))
    return plain(curve.steps), learning_sentence(curve)


def _flips(found: Comparison) -> list[dict[str, Any]]:
    """List sentences that are labelled differently: put right and put wrong in turn, so that both are seen."""
    turns: list[Flip] = []
    for k in range(max(len(found.mended), len(found.broken))):
        turns += [*found.mended[k : k + 1], *found.broken[k : k + 1]]
    return [
        {
            "article": flip.article,
            "key": hashlib.sha256(flip.article.encode()).hexdigest()[:16],
            "n": flip.n,
            "target": flip.target or None,
            "text": flip.text,
            "truth": flip.truth,
            "before": flip.a,
            "after": flip.b,
        }
        for flip in [*turns, *found.other][:MOST_FLIPS]
    ]
