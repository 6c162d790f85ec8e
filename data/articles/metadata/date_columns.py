"""Which order the numbers of a file's dates stand in: one date seldom tells, all of them mostly do."""

from collections.abc import Iterable

from .dates import CERTAIN, date_readings


def order_of_all(dates: Iterable[str]) -> str | None:
    """Give the one order in which all dates that are written in numbers can be read.

    Parameters
    ----------
    dates : iterable of str
        As written; those with a name of a month, or in ISO 8601, say nothing of the order.

    Returns
    -------
    str or None
        `dates.DMY`, `dates.MDY` or `dates.YMD`; None where several orders are possible, or none fits all.

    Examples
    --------
    >>> order_of_all(["04/03/2024", "23/03/2024"]), order_of_all(["04/03/2024", "05/03/2024"])
    ('day first', None)
    """
    possible: set[str] | None = None
    for words in dates:
        orders = set(date_readings(words)) - {CERTAIN}
        if orders:
            possible = orders if possible is None else possible & orders
        if possible == set():
            return None
    return possible.pop() if possible and len(possible) == 1 else None
