"""What can be wrong with labelled articles, sentence by sentence and between articles."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..datasets.tally import count_labels
from ..display import printable
from ..records import LabelledArticle, Span
from ..rows.places import RowError
from ..scheme import LABELS_OF, STANCES
from ..splits.near_sentences import near_duplicates
from .labels import label_problems
from .spans import span_problems

_ENOUGH = 50
"""From so many labels on it is odd that one of them never occurs."""
_NEARLY_ALL = 0.95
"""Above this part of all labels a single one leaves too little to learn the others from."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    Parameters
    ----------
    article : str
        The article's id; empty where it concerns the whole dataset.
    n : int or None
        The sentence's order; None where it concerns the whole article.
    level : str
        ``error``: this cannot be right. ``warning``: worth a look.
    reason : str
    text : str
        The sentence.
    where : str
        File and line, where the problem was met in reading.
    """

    article: str
    n: int | None
    level: str
    reason: str
    text: str = ""
    where: str = ""

    def line(self) -> str:
        """Say it in one line."""
        place = self.where or (self.article if self.n is None else f"{self.article}:{self.n}") or "dataset"
        return printable(f"{place}: {self.level}: {self.reason}" + (f" | {self.text}" if self.text else ""))


def of_row(error: RowError) -> Problem:
    """Make a problem of a row or line that could not be read."""
    return Problem(error.article, error.n, "error", error.reason, error.text, error.where)


def check_articles(
    articles: Iterable[LabelledArticle],
    unlikely: Callable[[Sequence[LabelledArticle]], Iterable[Problem]] | None = None,
) -> Iterator[Problem]:
    """Check each article on its own, then all together.

    Parameters
    ----------
    articles : iterable of LabelledArticle
    unlikely : callable, optional
        Finds labels that a model, fitted on the other articles, holds for unlikely.
    """
    kept = list(articles)
    for labelled in kept:
        yield from check_article(labelled)
    yield from _same_articles(kept)
    yield from _near_duplicates(kept)
    yield from _prevalence(kept)
    if unlikely is not None:
        yield from unlikely(kept)


def check_article(labelled: LabelledArticle) -> Iterator[Problem]:
    """Find sentences whose labels, spans and quotation marks contradict each other."""
    findings = list(span_problems(labelled))
    if not any(level == "error" for _, level, _ in findings):  # labels are judged by the words in spans
        findings += label_problems(labelled)
    for n, level, reason in findings:
        yield Problem(labelled.article.id, n, level, reason, _words(labelled, n))
    if not labelled.sentences:
        yield Problem(labelled.article.id, None, "error", "no sentence", labelled.article.text[:80])


def _words(labelled: LabelledArticle, n: int) -> str:
    sentence = next(s for s in labelled.sentences if s.n == n)
    start, end = max(sentence.span.start, 0), max(sentence.span.end, 0)
    return Span(start, end).of(labelled.article.text)


def _same_articles(articles: Sequence[LabelledArticle]) -> Iterator[Problem]:
    """Find an id, or a whole text, that stands twice."""
    keys: dict[str, Callable[[LabelledArticle], str]] = {
        "id": lambda a: a.article.id,
        "text": lambda a: " ".join(a.article.text.split()),
    }
    for what, key in keys.items():
        first: dict[str, LabelledArticle] = {}
        for labelled in articles:
            earlier = first.setdefault(key(labelled), labelled)
            if earlier is labelled or (what == "text" and earlier.article.id == labelled.article.id):
                continue
            splits = [a.split for a in (earlier, labelled)]
            if splits[0] != splits[1]:
                reason = f"the same {what} in two splits: {splits[0]} ({earlier.article.id}) and {splits[1]}"
            else:
                reason = f"the same {what} as another article ({earlier.article.id})"
            yield Problem(labelled.article.id, None, "error", reason)


def _near_duplicates(articles: Sequence[LabelledArticle]) -> Iterator[Problem]:
    for one, other, likeness in near_duplicates(articles):
        reason = f"{likeness:.0%} like {other.article}:{other.n}"
        if other.split != one.split:
            reason += f", which is in another split ({other.split})"
        yield Problem(one.article, one.n, "warning", reason, one.text)


def _prevalence(articles: Sequence[LabelledArticle]) -> Iterator[Problem]:
    """Find labels that never or nearly always occur."""
    counts = count_labels(s for a in articles for s in a.sentences)
    for task, labels in {**LABELS_OF, "stance": STANCES}.items():
        total = counts[task].total()
        if total < _ENOUGH:
            continue
        for label in labels:
            n = counts[task][label]
            if not n:
                yield Problem("", None, "warning", f"{task}: no {label} among {total:,} labels")
            elif n > _NEARLY_ALL * total:
                yield Problem("", None, "warning", f"{task}: {n / total:.1%} of the labels are {label}")
