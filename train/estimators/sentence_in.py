"""What estimators are given: sentences as text, or in their articles; and how these become labelled articles."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from numbers import Integral
from typing import Any

from ...classify.annotation.arguments import check_article, is_whole
from ...data.articles.sentences import find_sentences
from ...data.records import LABEL_COLUMNS, Article, LabelledArticle, Sentence, Span, label_of
from ...data.rows.places import value_shown
from ...errors import SaysoError

STANCE = "stance"


class DataError(SaysoError, ValueError):
    """What an estimator was given cannot be learned from or labelled: what is wrong, and what to give instead."""


@dataclass(frozen=True, slots=True)
class SentenceIn:
    """A sentence in its article: an item of an estimator's ``X``.

    Parameters
    ----------
    article : Article
        The surrounding sentences are its context, even if they are not in ``X``.
    span : Span
        Where the sentence stands in the article's text.
    target : str, optional
        For stance: the target.

    Raises
    ------
    TypeError
        If ``article`` is no Article, or ``span`` no pair of whole numbers.
    ValueError
        If the span does not lie in the text.

    Examples
    --------
    >>> import sayso
    >>> port = sayso.Article("port", "The port closed. Nobody was hurt.")
    >>> sayso.SentenceIn(port, (17, 33)).text
    'Nobody was hurt.'
    """

    article: Article
    span: Span
    target: str | None = None

    def __post_init__(self) -> None:
        """Check article and span; a pair of numbers will do."""
        check_article(self.article)
        span = Span(*self.span) if _is_pair(self.span) else None
        if span is None:
            raise TypeError(f"span is a pair of whole numbers, the start and the end of the sentence, not {self.span!r}.")
        if self.target is not None and not isinstance(self.target, str):
            raise TypeError(f"target is a name (str) or None, not {type(self.target).__name__}.")
        if not 0 <= span.start < span.end <= len(self.article.text):
            raise ValueError(
                f"the span {span.start} to {span.end} does not lie in the {len(self.article.text)} characters of article "
                f"{self.article.id!r}; count characters from 0, the end not included."
            )
        object.__setattr__(self, "span", span)

    @property
    def text(self) -> str:
        """The words of the sentence."""
        return self.span.of(self.article.text)

    @classmethod
    def labelled(cls, articles: Iterable[LabelledArticle], column: str) -> tuple[list["SentenceIn"], list[str], list[str]]:
        """List the labelled sentences of a dataset as estimators take them.

        Parameters
        ----------
        articles : iterable of LabelledArticle
            As `sayso.load_dataset` gives them.
        column : str
            ``kind``, ``source_type``, ``bias``, ``stance``, or a label column of your own.

        Returns
        -------
        X : list of SentenceIn
        y : list of str
            The labels.
        groups : list of str
            The id of each sentence's article, for folds that keep articles whole.
        """
        found = [
            (cls(a.article, s.span, target), label, a.article.id)
            for a in articles
            for s in a.sentences
            for target, label in (s.stance.items() if column == STANCE else [(None, label_of(s, column))])
            if label
        ]
        return [x for x, _, _ in found], [y for _, y, _ in found], [group for _, _, group in found]


def _is_pair(span: Any) -> bool:
    return isinstance(span, Sequence) and len(span) == 2 and all(isinstance(offset, Integral) for offset in span)


def items_of(X: Any, *, need_target: bool = False) -> list[SentenceIn]:
    """Read ``X``.

    Parameters
    ----------
    X : sequence of str or of SentenceIn, Series or array of str
    need_target : bool
        Each item is a text and a target, or a SentenceIn that has one.

    Raises
    ------
    ValueError
        What is wrong with it, and what to give instead.
    """
    return [_item(number, value, need_target) for number, value in enumerate(listed_items(X, need_target=need_target))]


def listed_items(X: Any, *, need_target: bool) -> list[Any]:
    """Give ``X`` as a list; a table of two columns holds texts and targets.

    Raises
    ------
    ValueError
        See `listed`.
    """
    if need_target and len(getattr(X, "columns", ())) == 2:
        X = X.to_numpy()
    return listed(X, "(text, target) pairs" if need_target else "sentences")


def listed(X: Any, what: str) -> list[Any]:
    """Give a sequence as a list; ``what`` names what stands in it.

    Raises
    ------
    ValueError
        If it is one thing instead of several, a table, or empty.
    """
    if X is None or isinstance(X, str | bytes | SentenceIn | Article | LabelledArticle):
        raise DataError(f"X is one {type(X).__name__}; give a list of {what}, such as [x].")
    if hasattr(X, "columns") or isinstance(X, Mapping):
        raise DataError(f'X is a table; give one of its columns, such as X["text"]: a list of {what}.')
    if not isinstance(X, Iterable):
        raise DataError(f"X is a {type(X).__name__}; give a list of {what}.")
    values = X.tolist() if hasattr(X, "tolist") else list(X)
    if not isinstance(values, list):
        raise DataError(f"X has no length; give a list of {what}.")
    if not values:
        raise DataError(f"X is empty; give one or more {what}.")
    return values


def _item(number: int, value: Any, need_target: bool) -> SentenceIn:
    if isinstance(value, SentenceIn):
        if need_target and not value.target:
            raise DataError(f"X[{number}] has no target; give SentenceIn(article, span, target).")
        return value
    text, target = value, None
    if need_target:
        if isinstance(value, str) or not isinstance(value, Sequence) or len(value) != 2:
            raise DataError(
                f"X[{number}] is not a pair of text and target; give (text, target), or SentenceIn with a target."
            )
        text, target = value
        if not isinstance(target, str) or not target.strip():
            raise DataError(f"X[{number}] has no target; give (text, target).")
    return _alone(number, text, target)


def _alone(number: int, text: Any, target: str | None) -> SentenceIn:
    """Make an article of one sentence."""
    if is_missing(text):
        raise DataError(f"X[{number}] has no value; leave it out.")
    if not isinstance(text, str):
        raise DataError(f"X[{number}] is a {type(text).__name__}, not a text or a SentenceIn.")
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not text:
        raise DataError(f"X[{number}] is an empty text; leave it out.")
    if not is_whole(text):
        raise DataError(f"X[{number}] holds half a character (a lone surrogate); replace it, or leave the text out.")
    return SentenceIn(Article(str(number + 1), text), Span(0, len(text)), target)


def is_missing(value: Any) -> bool:
    """Tell whether a label or a text is not there: None, NaN, NaT or NA."""
    return value is None or type(value).__name__ in ("NAType", "NaTType") or (isinstance(value, float) and value != value)


def labels_given(y: Any, n: int) -> tuple[list[str], dict[str, Any]]:
    """Read labels.

    Parameters
    ----------
    y : sequence
        Of words, numbers or truth values.
    n : int
        How many there must be.

    Returns
    -------
    labels : list of str, length n
    values : dict of str to object
        The value that each label stands for.

    Raises
    ------
    ValueError
        If labels are missing, or not as many as sentences.
    """
    if y is None or isinstance(y, str | bytes) or hasattr(y, "columns") or not isinstance(y, Iterable):
        raise DataError("y holds no labels; give a list with one label for each item of X.")
    labels: list[str] = []
    values: dict[str, Any] = {}
    for number, given in enumerate(y.tolist() if hasattr(y, "tolist") else y):
        value = given.item() if hasattr(given, "item") else given
        if is_missing(value) or value == "":
            raise DataError(f"y[{number}] has no value; label the sentence or leave it out of X and y.")
        if not isinstance(value, str | int | float):
            raise DataError(f"y[{number}] is a {type(value).__name__}; give one label for each item of X.")
        labels.append(value_shown(value))
        values.setdefault(labels[-1], value)
    if len(labels) != n:
        raise DataError(f"X has {n} items and y has {len(labels)} labels; give one label for each item.")
    return labels, values


def groups_given(groups: Any, n: int) -> list[str] | None:
    """Read what is held out together; None where nothing is said of it.

    Raises
    ------
    ValueError
        If groups are missing, or not as many as sentences.
    """
    if groups is None:
        return None
    names = [value for value in (groups.tolist() if hasattr(groups, "tolist") else groups)]
    if len(names) != n:
        raise DataError(f"X has {n} items and groups has {len(names)}; give one group for each item.")
    for number, name in enumerate(names):
        if is_missing(name):
            raise DataError(f"groups[{number}] has no value; give every item of X a group.")
    return [str(name) for name in names]


@dataclass(frozen=True, slots=True)
class Gathered:
    """Items of ``X`` put back into their articles.

    Parameters
    ----------
    articles : list of LabelledArticle
    places : dict of (int, int, str) to int
        Number of the item by the number of its article, of its sentence there, and its target (empty without).
    """

    articles: list[LabelledArticle]
    places: dict[tuple[int, int, str], int]


@dataclass(slots=True)
class _Opened:
    """An article that items are put into."""

    article: Article
    items: dict[Span, dict[str, int]] = field(default_factory=dict)
    """The items by span and target."""

    def takes(self, item: SentenceIn) -> bool:
        """Tell whether there is room: an item that is given twice goes into a copy of its article."""
        here = self.items.get(item.span)
        if here is not None:
            return item.target is not None and item.target not in here
        return not any(item.span.overlaps(span) for span in self.items)


def gather(
    items: Sequence[SentenceIn],
    labels: Sequence[Mapping[str, str]],
    *,
    fill: Mapping[str, str] | None = None,
    aliases: Mapping[str, Sequence[str]] | None = None,
) -> Gathered:
    """Put items back into their articles, beside the other sentences that are found there.

    Parameters
    ----------
    items : sequence of SentenceIn
    labels : sequence of mapping of str to str, length n_items
        The labels of each by column.
    fill : mapping of str to str, optional
        The labels of all other sentences: where models are asked, they say something of each.
    aliases : mapping of str to sequence of str, optional
        Other names of targets.
    """
    opened: dict[tuple[str, str], list[_Opened]] = {}
    order: list[_Opened] = []
    for number, item in enumerate(items):
        copies = opened.setdefault((item.article.id, item.article.text), [])
        home = next((copy for copy in copies if copy.takes(item)), None)
        if home is None:
            home = _Opened(item.article)
            copies.append(home)
            order.append(home)
        home.items.setdefault(item.span, {})[item.target or ""] = number
    found = Gathered([], {})
    for at, of in enumerate(order):
        spans = _with_context(of)
        targets = dict.fromkeys(target for here in of.items.values() for target in here if target)
        sentences = [
            _sentence(n, span, {t: labels[i] for t, i in of.items.get(span, {}).items()}, fill, list(targets))
            for n, span in enumerate(spans)
        ]
        names = {target: tuple((aliases or {}).get(target, ())) for target in targets}
        found.articles.append(LabelledArticle(of.article, tuple(sentences), names))
        found.places.update({(at, n, t): i for n, span in enumerate(spans) for t, i in of.items.get(span, {}).items()})
    return found


def _with_context(of: _Opened) -> list[Span]:
    """Give the sentences of an article: those that were given, and those that are found around them."""
    given, text = list(of.items), of.article.text
    if len(given) == 1 and given[0] == (0, len(text)):
        return given
    around = [span for span in find_sentences(text) if not any(span.overlaps(own) for own in given)]
    return sorted([*given, *around])


def _sentence(
    n: int,
    span: Span,
    given: Mapping[str, Mapping[str, str]],
    fill: Mapping[str, str] | None,
    targets: Sequence[str],
) -> Sentence:
    """Label a sentence; ``given`` are its labels by target (empty without)."""
    stances = {target: labels[STANCE] for target, labels in given.items() if target}
    if fill and STANCE in fill:
        stances = {target: stances.get(target, fill[STANCE]) for target in targets}
    labels = dict(next(iter(given.values()), fill or {}))
    labels.pop(STANCE, None)
    own = {column: label for column, label in labels.items() if column not in LABEL_COLUMNS}
    known: dict[str, Any] = {column: label for column, label in labels.items() if column in LABEL_COLUMNS}
    return Sentence(n, span, stance=stances, extra=own, **known)
