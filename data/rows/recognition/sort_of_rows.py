"""Whether the rows of a table are whole articles or labelled sentences."""

from collections.abc import Iterable, Sequence

from ....errors import SaysoError
from ...articles.sentences import find_sentences
from ...articles.tables import Columns
from ...tabular.column_names import ANY_LABEL, OF_SENTENCES, find_column
from ..places import ABOUT, Row
from .names import USUAL, RowNames

_SEVERAL = 4  # sentences; a row that is said to be a sentence may have two or three, where a splitter went wrong
_SHARED = frozenset(("text", "article", "source", "target", *ABOUT))  # parts that articles have as well
_OF_SENTENCES_ONLY = ("sentence", "sentence_text", "sentences", "tweet", "tweet_text", "utterance", "snippet", "segment")
_OF_LABELS = tuple(name for part, usual in OF_SENTENCES.items() if part not in _SHARED for name in usual)


def tells_sentences(columns: Iterable[str], names: RowNames = USUAL, usual: Iterable[str] = ANY_LABEL) -> bool:
    """Tell whether columns are those of labelled sentences: one of them is a label's, or a sentence's.

    >>> tells_sentences(["id", "Text"]), tells_sentences(["Text", "Kind"]), tells_sentences(["tweet"])
    (False, True, True)
    """
    found = [str(column) for column in columns]
    if find_column(found, (*_OF_LABELS, *_OF_SENTENCES_ONLY, *usual)):
        return True
    names = names.found_in(found)
    return any(column in found for column in (*names.labels, *names.asked, names.stance, names.target) if column)


def are_articles(rows: Sequence[Row], names: RowNames = USUAL) -> bool:
    """Tell whether rows are articles: no column is a label's, and they have several sentences.

    Parameters
    ----------
    rows : sequence of mapping
        The first rows of a table.
    names : RowNames, optional
        The columns that the user named.
    """
    columns = list(dict.fromkeys(str(name).strip() for row in rows for name in row))
    if names.article or tells_sentences(columns, names):
        return False
    try:
        chosen = Columns(text=names.text).find(columns, "")
    except SaysoError:
        return False
    counts = _sentence_counts(rows, chosen["text"])
    is_plain = set(columns) <= set(chosen.values())
    if is_plain and "title" in chosen and not find_column(columns, OF_SENTENCES["article"]):
        return bool(counts)  # an article may have one sentence, a sentence has no title
    return bool(counts) and ((is_plain and counts[0] > 1) or _are_long(counts))


def are_long(rows: Sequence[Row], names: RowNames = USUAL) -> bool:
    """Tell whether most rows have so many sentences that they may be articles."""
    columns = list(dict.fromkeys(str(name).strip() for row in rows for name in row))
    names = names.found_in(columns)
    text = names.text or find_column(columns, OF_SENTENCES["text"])
    return text is not None and _are_long(_sentence_counts(rows, text))


def _sentence_counts(rows: Sequence[Row], text: str) -> list[int]:
    counts = []
    for words in (row.get(text) for row in rows):
        if isinstance(words, str):
            try:
                counts.append(len(find_sentences(words)))
            except MemoryError:
                raise
            except Exception:  # a bug of ours, which is told where the row is read
                continue
    return counts


def _are_long(counts: Sequence[int]) -> bool:
    return bool(counts) and 2 * sum(n >= _SEVERAL for n in counts) >= len(counts)
