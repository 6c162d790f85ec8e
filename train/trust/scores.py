"""Checks of the score itself: how wide its interval is, whether it beats trivial answers, and which labels it misses."""

from collections.abc import Sequence

import numpy as np

from ...data.arrays import Strings
from ...data.display import counted
from ..measures.scores import LabelScore, interval, score
from .verdict import BAD, DOUBTFUL, GOOD, Judged, Verdict, share, span

NARROW, WIDE = 0.1, 0.2
"""Widths of a 95 % interval of macro F1 (or F1) up to which a score is good, and from which it says little."""
FEW_ARTICLES = 20
"""An interval drawn from fewer articles is too narrow itself."""
HARDLY, FEW_SENTENCES = 0.25, 10
"""A label with a lower recall is hardly found; with fewer sentences its recall is chance."""
_MOST_NAMED = 4  # labels that a sentence names
_BASELINES = {
    "most_frequent": "always giving `{}`",
    "stratified": "random labels, with their true shares",
    "rule": "the hand-written rules",
}


def judge_size(judged: Judged) -> Verdict:
    """Judge the width of the interval."""
    of = judged.evaluation
    what = "sentences, each an article of its own" if of.alone else "article" if of.articles == 1 else "articles"
    return judge_width("macro F1", of.score.macro_f1, of.score.interval, (of.articles, what))


def judge_width(measure: str, value: float, ends: tuple[float, float], size: tuple[int, str]) -> Verdict:
    """Judge how far a score can be off by the articles that were scored.

    Parameters
    ----------
    measure : str
    value : float
    ends : (float, float)
        Its 95 % interval.
    size : (int, str)
        How many were drawn from, and what they are.
    """
    width, (n, what) = ends[1] - ends[0], size
    mark = GOOD if width <= NARROW else DOUBTFUL if width <= WIDE else BAD
    said = f"Based on {n:,} {what}: {measure} {value:.2f}, 95 % interval {span(ends)}"
    said += "." if mark == GOOD else ": a wide interval." if mark == DOUBTFUL else ": too wide to rely on."
    if n < FEW_ARTICLES:
        mark, said = BAD, f"{said} With fewer than {FEW_ARTICLES} of them, the interval itself is too narrow."
    return Verdict("size", mark, said, {"n": n, "value": value, "interval": ends, "width": width})


def judge_trivial(judged: Judged) -> Verdict:
    """Compare the model with answers that need no learning; the best of them counts."""
    of, first = judged.evaluation, judged.first
    answers = {name: first.others[name] for name in of.baselines}
    if "most_frequent" not in answers:  # of a given model: there is no training side
        answers["most_frequent"] = np.full(len(first), _usual(first.truth))
    scores = {name: score(first.truth, labels, first.groups, first.labels) for name, labels in answers.items()}
    best = max(scores, key=lambda name: scores[name].macro_f1)
    difference = of.score.macro_f1 - scores[best].macro_f1
    ends = interval(judged.drawn_model() - judged.drawn(answers[best]))
    mark = GOOD if ends[0] > 0 else BAD if difference <= 0 else DOUBTFUL
    usual = _usual(answers["most_frequent"])
    name = _BASELINES[best].format(usual)
    said = {GOOD: "It beats", DOUBTFUL: "It is not clearly better than", BAD: "It is no better than"}[mark]
    said += f" {name}: macro F1 {of.score.macro_f1:.2f} compared with {scores[best].macro_f1:.2f}, difference {span(ends)}."
    frequent = scores["most_frequent"]
    told = best == "most_frequent" and mark == BAD
    if frequent.accuracy >= of.score.accuracy and not told:
        mark = DOUBTFUL if mark == GOOD else mark
        more = "as many" if frequent.accuracy == of.score.accuracy else "more"
        said += (
            f" Always giving `{usual}` has {more} sentences correct: {share(frequent.accuracy)} "
            f"compared with {share(of.score.accuracy)}."
        )
    by_name = {name: x.macro_f1 for name, x in scores.items()}
    figure = {"baseline": best, "difference": difference, "interval": ends, "macro_f1": by_name}
    return Verdict("baselines", mark, said, figure)


def _usual(labels: Strings) -> str:
    """Name the label that is given most often; always the most frequent one differs from fold to fold."""
    given = labels.tolist()
    return str(max(sorted(set(given)), key=given.count))


def judge_rare(judged: Judged) -> Verdict:
    """Name the labels that are never or hardly found, and those too rare to tell."""
    return judge_recalls(judged.evaluation.score.labels)


def judge_recalls(labels: Sequence[LabelScore]) -> Verdict:
    """Judge the recalls of labels.

    Examples
    --------
    >>> found = LabelScore("a", 0.8, 0.9, 0.85, 100), LabelScore("b", 0.0, 0.0, 0.0, 12)
    >>> judge_recalls(found).verdict
    'It never finds `b` (12 sentences).'
    """
    there = [x for x in labels if x.support]
    never = [x for x in there if x.recall == 0]
    hardly = [x for x in there if 0 < x.recall < HARDLY]
    few = [x for x in there if x.support < FEW_SENTENCES and x.recall >= HARDLY]
    sentences = []
    if never:
        told = [f"`{x.label}` ({counted(x.support, 'sentence')})" for x in never]
        sentences.append(f"It never finds {_listed(told)}.")
    if hardly:
        told = [f"`{x.label}` ({share(x.recall)} of {x.support:,})" for x in hardly]
        sentences.append(f"It rarely finds {_listed(told)}.")
    if few:
        told = [f"`{x.label}` ({x.support})" for x in few]
        sentences.append(f"Too few sentences to know how well it finds {_listed(told)}.")
    if not sentences:
        least = min(there, key=lambda x: x.recall)
        sentences.append(
            f"It finds every label; the lowest recall is for `{least.label}`: {share(least.recall)} of {least.support:,}."
        )
    mark = BAD if never else DOUBTFUL if hardly or few else GOOD
    figure = {"recall": {x.label: x.recall for x in there}, "sentences": {x.label: x.support for x in there}}
    return Verdict("rare labels", mark, " ".join(sentences), figure)


def _listed(names: Sequence[str]) -> str:
    """List names; of many the first few.

    >>> _listed(["a", "b", "c", "d", "e", "f"])
    'a, b, c, d and 2 more'
    """
    if len(names) > _MOST_NAMED + 1:
        return f"{', '.join(names[:_MOST_NAMED])} and {len(names) - _MOST_NAMED} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
