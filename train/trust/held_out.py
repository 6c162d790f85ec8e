"""Checks of what was held out: neighbours of an article, nearly the same sentences, whole groups, another origin."""

from collections.abc import Sequence

from ...data.records import LabelledArticle
from ...data.splits.near_sentences import near_duplicates
from ..evaluation.external import Gap
from ..evaluation.result import Evaluation
from ..folds.unseen import TOO_GOOD
from ..measures.scores import interval
from .elsewhere import to_hold_out
from .verdict import BAD, DOUBTFUL, GOOD, UNKNOWN, Judged, Verdict, evaluate_with, span

LEAK = 0.02
"""Macro F1 that folds over sentences claim more, from which neighbours count as a help."""
SOME, MANY = 0.01, 0.05
"""Parts of the sentences with a near duplicate in another fold: from the one it matters, from the other much."""
GAP = 0.05
"""What may be lost on groups or articles of another origin before the score is called a wrong promise."""
_RELATED = {
    False: ("Sentences of an article", "articles on the same event or from the same outlet may have the same effect"),
    True: ("Similar sentences", "sentences from the same source that share no words may have the same effect"),
}


def judge_seen(judged: Judged) -> Verdict | None:
    """Say that a model was fitted on what it is scored on; nothing to say where it was not."""
    return seen_verdict(judged.evaluation.notes)


def seen_verdict(notes: Sequence[str]) -> Verdict | None:
    """Give the verdict that follows from the notes of an evaluation."""
    seen = [note for note in notes if note.endswith(TOO_GOOD)]
    return Verdict("seen before", BAD, " ".join(seen), {"models": len(seen)}) if seen else None


def judge_leak(judged: Judged) -> Verdict | None:
    """Judge what sentences of the same article would have added; nothing to say of a given model."""
    of = judged.evaluation
    if of.random_folds is None:
        if not (of.folds and of.alone):
            return None
        said = (
            "Sentences from the same source may be in both training and test folds, because the data "
            "names no articles. Add `--group-similar` to check this."
        )
        return Verdict("leak", DOUBTFUL, said, {})
    gap = of.random_folds.macro_f1 - of.score.macro_f1
    low, high = interval(judged.drawn(judged.first.others["random_folds"]) - judged.drawn_model())
    figure = {"difference": gap, "interval": (low, high), "random_folds": of.random_folds.macro_f1}
    kept = "folds that separate similar sentences" if of.alone else "folds over single sentences"
    beside = f"With {kept}, macro F1 differs by {gap:+.2f} (95 % interval {low:+.2f} to {high:+.2f})"
    if low > 0 and gap >= LEAK:
        neighbours, others = _RELATED[of.alone]
        said = f"{neighbours} in training make the test easier. {beside}. This score is not affected; {others}."
        return Verdict("leak", DOUBTFUL, said, figure)
    return Verdict("leak", GOOD, f"{beside}: no sign of a leak.", figure)


def judge_duplicates(judged: Judged) -> Verdict | None:
    """Count the sentences that have nearly the same one in another fold; nothing to say of a given model."""
    if not judged.evaluation.folds:
        return None
    of = judged.first
    folds = dict(zip(zip(of.articles.tolist(), of.n.tolist(), strict=True), of.fold.tolist(), strict=True))
    apart = {
        place
        for one, other, _ in near_duplicates(judged.articles)
        if (place := (one.article, one.n)) in folds
        and (other_place := (other.article, other.n)) in folds
        and folds[place] != folds[other_place]
    }
    part = len(apart) / len(folds)
    figure = {"sentences": len(apart), "of": len(folds), "share": part}
    if not apart:
        return Verdict("near duplicates", GOOD, "No sentence has a near-duplicate in another fold.", figure)
    mark = GOOD if part < SOME else DOUBTFUL if part < MANY else BAD
    said = f"{len(apart):,} of {len(folds):,} sentences have a near-duplicate in another fold"
    offer = {GOOD: "too few to matter", DOUBTFUL: "the score may be too good", BAD: "the score is too good"}[mark]
    said += f": {offer}." + (" Add `--group-similar`." if mark != GOOD else "")
    return Verdict("near duplicates", mark, said, figure)


def judge_groups(judged: Judged) -> Verdict | None:
    """Judge the score on groups never seen, or offer what could be held out; nothing to say of a given model."""
    of = judged.evaluation
    if not of.folds:
        return None
    if of.grouped is None:
        return _offered(of, judged.articles)
    lost = of.score.macro_f1 - of.grouped.score.macro_f1
    ends = interval(judged.drawn_model() - judged.drawn(judged.first.others["unseen_group"]))
    figure = {"column": of.grouped.column, "macro_f1": of.grouped.score.macro_f1, "lost": lost, "interval": ends}
    there = f"On groups not seen in training ({of.grouped.column}), macro F1 is {of.grouped.score.macro_f1:.2f}"
    if ends[0] > 0:
        mark = BAD if lost > GAP else DOUBTFUL
        return Verdict(
            "unseen groups", mark, f"{there}, {lost:.2f} lower ({span(ends)}): expect this on new groups.", figure
        )
    return Verdict("unseen groups", GOOD, f"{there}, not clearly lower ({-lost:+z.2f}).", figure)


def _offered(of: Evaluation, articles: Sequence[LabelledArticle]) -> Verdict | None:
    """Offer the columns that could be held out; without any the caution says it."""
    columns = to_hold_out(articles)
    if not columns:
        return None
    said = (
        f"Not tested on groups held out by {' or '.join(columns)}: {evaluate_with(of, f'--group {columns[0]}')} does that."
    )
    return Verdict("unseen groups", UNKNOWN, said, {"columns": list(columns)})


def judge_external(judged: Judged) -> Verdict | None:
    """Judge the score on an external test set; nothing to say without one."""
    external = judged.evaluation.external
    return judge_gap(external.gap) if external else None


def judge_gap(gap: Gap) -> Verdict:
    """Judge the difference between what folds promise and what came true elsewhere."""
    low, high = gap.interval
    figure = {"promised": gap.promised, "found": gap.found, "difference": gap.difference, "interval": gap.interval}
    said = (
        f"On {gap.name} the score is {gap.found:.2f}, compared with {gap.promised:.2f} in "
        f"cross-validation (difference {low:+.2f} to {high:+.2f})"
    )
    if high < 0:
        mark = BAD if gap.difference < -GAP else DOUBTFUL
        return Verdict("external test set", mark, f"{said}: clearly lower there.", figure)
    if low > -GAP:
        return Verdict("external test set", GOOD, f"{said}: cross-validation predicted it well.", figure)
    return Verdict("external test set", DOUBTFUL, f"{said}: too few articles to be sure.", figure)
