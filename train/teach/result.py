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
from ..measures.scores import Score, accuracy_interval, f1_intervals
from ..report.sections.more_labels import learning_sentence
from ..trust.accepted import MOST, accepted_rows, enough_by_hand, told_of_accepted
from ..trust.checks import judge, summed_up
from .before import Before
from .recipes import Recipe

MOST_FLIPS = 20
_WHEN = ("before", "after")
AFTER = "the new model"
USUAL = "giving every sentence the most frequent label"
"""What a first model is compared with, as sentences call it."""


def result_of(recipe: Recipe, before: Before, after: Evaluation, articles: Sequence[LabelledArticle]) -> dict[str, Any]:
    """Compare the model in use with the taught one; see `teaching.teach`."""
    found, sides = _compared(before, after)
    found = with_texts(found, articles)
    accepted, warned = _accepted(recipe.column, before, after)
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
        "cautions": [*warned, *found.cautions],
        "accepted": accepted,
        "trust": [{"check": v.check, "mark": v.mark, "verdict": _for_page(v.verdict)} for v in verdicts],
        "trust_summary": summed_up(verdicts),
        "labels": _by_label(found, _sides(before, after)),
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
    given, taught = _sides(before, after)
    found = compare(given, taught, *_names(before))
    return found, {
        "before": {"name": before.name, "how": _sentence(before.how), **_scores(found.a, given)},
        "after": {"name": AFTER, "how": after.lead.splitlines()[-1], **_scores(found.b, taught)},
        "difference": found.difference,
        "interval": list(found.interval),
        "settled": not found.doubts,
        "verdict": _sentence(found.verdict_of_b),
    }


def _sides(before: Before, after: Evaluation) -> tuple[Predictions, Predictions]:
    """Give the predictions of the model in use and of the taught one."""
    taught = after._predictions
    return before.predictions or replace(taught, predicted=taught.others["most_frequent"]), taught


def _names(before: Before) -> tuple[str, str]:
    return (before.name if before.predictions else USUAL), AFTER


def _accepted(column: str, before: Before, after: Evaluation) -> tuple[dict[str, Any], list[str]]:
    """Count the scored labels that were accepted from the models' view, and compare on the others; give what to warn of."""
    given, taught = _sides(before, after)
    of_given, of_taught = (~accepted_rows(of, column, before.articles) for of in (given, taught))
    n, of = int((~of_taught).sum()), len(taught)
    result: dict[str, Any] = {"n": n, "of": of, "by_hand": None}
    warned = [told_of_accepted(n, of)] if n > MOST * of else []
    if n and enough_by_hand(taught, of_taught):
        found = compare(given.take(of_given), taught.take(of_taught), *_names(before))
        scores = {when: _macro(side) for when, side in zip(_WHEN, (found.a, found.b), strict=True)}
        about = {key: getattr(found, key) for key in ("articles", "sentences", "difference")}
        result["by_hand"] = {**about, "interval": list(found.interval), **scores, "verdict": _sentence(found.verdict_of_b)}
        warned.append(f"On the {found.sentences:,} labels given by hand: {found.verdict_of_b}")
    return result, warned


def _sentence(said: str) -> str:
    """Begin with a capital, unless it is the name of a file."""
    return said[0].upper() + said[1:] if said.startswith(("the ", "no ")) else said


def _for_page(verdict: str) -> str:
    """Leave out what offers an option of a command.

    >>> _for_page("Not tried on an unseen outlet: add `--group outlet`.")
    'Not tried on an unseen outlet.'
    """
    return re.sub(r"(?:: add| Add|; add|;) `--[^`]*`(?: draws it)?", "", verdict).replace("..", ".")


def _macro(of: Score) -> dict[str, Any]:
    return {"macro_f1": of.macro_f1, "interval": list(of.interval)}


def _scores(of: Score, predictions: Predictions) -> dict[str, Any]:
    accurate = accuracy_interval(predictions.truth, predictions.predicted, predictions.groups)
    return {
        **_macro(of),
        "accuracy": of.accuracy,
        "accuracy_interval": list(accurate),
    }


def _by_label(found: Comparison, predictions: Sequence[Predictions]) -> list[dict[str, Any]]:
    """Give the F1 of each label before and after, with intervals; None where a side neither gave it nor should have."""
    intervals = [f1_intervals(of.truth, of.predicted, of.groups) for of in predictions]
    sides: list[Mapping[str, Any]] = [{s.label: s for s in of.labels} for of in (found.a, found.b)]
    names = dict.fromkeys((*sides[0], *sides[1]))
    return [
        {
            "label": name,
            "n": max(side[name].support for side in sides if name in side),
            **{when: side[name].f1 if name in side else None for when, side in zip(_WHEN, sides, strict=True)},
            **{
                f"{when}_interval": list(ends[name]) if name in ends else None
                for when, ends in zip(_WHEN, intervals, strict=True)
            },
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
