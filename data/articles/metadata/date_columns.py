"""The dates of a file's articles in ISO 8601: one date in numbers seldom tells its order, all of them mostly do."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import chain, islice, tee
from typing import TypeVar

from ....errors import OwnError
from ...display import counted
from ...records import Article, LabelledArticle
from ..notices import Notices
from ..tables import Result
from .dates import CERTAIN, ORDERS, date_readings, iso_date

AS_WRITTEN = "date_as_written"
"""The column that keeps the words of a date that cannot be read."""

_AHEAD = 1000  # articles that wait for the order of a date, where nothing can be read a second time
_NO_DATE = frozenset("- -- ? na n/a nan nat none null n.d. nd undated unknown".split())


Read = TypeVar("Read", Article, Result)


class DateOrder:
    """Learns from one date after the other in which order their numbers stand.

    Examples
    --------
    >>> seen = DateOrder()
    >>> seen.add("04/03/2024"), seen.order
    (None, None)
    >>> seen.add("23/03/2024"), seen.order
    (None, 'day first')

    Parameters
    ----------
    given : str, optional
        The order that the user gave, which no date changes.
    """

    def __init__(self, given: str | None = None) -> None:
        self._possible: frozenset[str] | None = None
        self._given = given

    @property
    def order(self) -> str | None:
        """The one order in which all dates can be read, such as `dates.DMY`; None for several, or none, or no date."""
        if self._given:
            return self._given
        return next(iter(self._possible)) if self._possible and len(self._possible) == 1 else None

    def add(self, words: str) -> None:
        """Learn from a date as written; one with the name of a month, or in ISO 8601, says nothing of the order."""
        if orders := frozenset(date_readings(words)) - {CERTAIN}:
            self._possible = orders if self._possible is None else self._possible & orders


def with_readable_dates(results: Iterable[Result]) -> Iterator[Result]:
    """Pass results on; an article on whose date a bug of ours comes up is an error."""
    for result in results:
        try:
            date_readings(_words_of(result))
        except MemoryError:
            raise
        except Exception as error:
            yield OwnError.of(result.id if isinstance(result, Article) else str(result), error)
        else:
            yield result


def with_iso_dates(
    results: Iterable[Read],
    notices: Notices,
    again: Callable[[], Iterable[Read]] | None = None,
    order: str | None = None,
) -> Iterator[Read]:
    """Pass the articles of one file on, with dates in ISO 8601; others are kept in `AS_WRITTEN`, with a notice.

    Parameters
    ----------
    results : iterable of Article or SaysoError
        Their dates as written. Errors are given on.
    notices : Notices
        Is told of dates that cannot be read, or that could be two days.
    again : callable, optional
        Reads the same file from its beginning. It is called once, where the first date could be two days, to learn from
        the others which it is. Without it the next thousand articles have to tell.
    order : str, optional
        The order that the user gave, such as `dates.DMY`. A date that does not fit it is read as it can be, with a notice.

    Yields
    ------
    Article or SaysoError
    """
    rest, day_order = iter(results), DateOrder(order)
    for result in rest:
        day_order.add(_words_of(result))
        if _could_be_two_days(result, day_order.order):
            ahead = list(islice(rest, 1 if again else _AHEAD))
            for other in again() if again and ahead else ahead:
                day_order.add(_words_of(other))
            rest = chain(ahead, rest)
            yield _with_iso_date(result, day_order.order, notices)
            break
        yield _with_iso_date(result, day_order.order, notices)
    for result in rest:
        yield _with_iso_date(result, day_order.order, notices)


def labelled_with_iso_dates(
    labelled: Iterable[LabelledArticle], notices: Notices, order: str | None = None
) -> Iterator[LabelledArticle]:
    """Pass labelled articles on, with dates as `with_iso_dates` makes them."""
    old, new = tee(labelled)
    dated = with_iso_dates((one.article for one in new), notices, order=order)
    for article, before in zip(dated, old, strict=True):
        words = article.extra.get(AS_WRITTEN)
        meta = {**before.meta, AS_WRITTEN: words} if words else before.meta
        yield replace(before, article=article, meta=meta)


def _words_of(result: Result) -> str:
    words = (result.date or "").strip() if isinstance(result, Article) else ""
    return "" if words.lower() in _NO_DATE else words


def _could_be_two_days(result: Result, order: str | None) -> bool:
    words = _words_of(result)
    return bool(words) and iso_date(words, order) is None and len(date_readings(words)) > 1


def _with_iso_date(result: Read, order: str | None, notices: Notices) -> Read:
    if not isinstance(result, Article) or result.date is None:
        return result
    words = _words_of(result)
    day = iso_date(words, order) if words else None
    if day == result.date:
        return result
    if day or not words:
        if order and words and not {CERTAIN, order} & date_readings(words).keys():
            notices.count(f"dates that cannot be read {order}, read as they can be", f"{result.id} ({words[:60]!r})")
        return replace(result, date=day)
    if _could_be_two_days(result, order):
        notices.count("ambiguous dates", result.id, line=partial(_ambiguous_line, words))
    else:
        notices.count("dates not understood, left out", f"{result.id} ({words[:60]!r})")
    return replace(result, date=None, extra={**result.extra, AS_WRITTEN: words})


def _ambiguous_line(words: str, n: int, where: str) -> str:
    """Say which days a date can be, and how the user can say which of them it is.

    >>> print(_ambiguous_line("04.05.2024", 2, "own.csv:1"))  # doctest: +ELLIPSIS
    2 articles have no date: '04.05.2024' can be 4 May or 5 April (first at own.csv:1). Give --date-order day-first or ...
    """
    readings = date_readings(words)
    days = [date.fromisoformat(day) for day in readings.values()]
    has_years = len({day.year for day in days}) > 1
    named = [f"{day.day} {day:%B}" + (f" {day.year}" if has_years else "") for day in days]
    orders = [f"--date-order {name}" for name, order in ORDERS.items() if order in readings]
    have, first = ("has", "at") if n == 1 else ("have", "first at")
    return (
        f"{counted(n, 'article')} {have} no date: {words[:60]!r} can be {_either(named)} ({first} {where}). "
        f"Give {_either(orders)}, or write {days[0].isoformat()}."
    )


def _either(several: list[str]) -> str:
    return ", ".join(several[:-1]) + f" or {several[-1]}"
