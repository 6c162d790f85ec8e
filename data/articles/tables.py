"""Articles out of the rows of tables, whatever kind of file these stand in."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from ...errors import OwnError, SaysoError
from ..records import Article
from ..schemas.shown import shown
from ..tabular.column_names import OF_ARTICLES, named_column
from .cells.cell_text import cell_text, cell_word
from .cells.nested import above_of, find_beside, find_text, flattened
from .cells.paragraphs import paragraphs_of
from .decode import clean, decode, without_stray_nul
from .notices import Notices

Result = Article | SaysoError
"""An article, or the error that says why there is none; after a bad row the next is read all the same."""

MAX_ARTICLE = 10_000_000
"""In characters; the longest novels have a third of that."""
_LONGEST_CELL = 4 * MAX_ARTICLE  # characters: markup, escapes and base64 are longer than what they stand for
_TEASERS = "lead_paragraph abstract snippet description summary short_description excerpt teaser lead intro".split()
MAX_WORD = 200
"""In characters; longer words cannot group articles and are not kept."""


class NoColumnError(SaysoError):
    """A column that a row or table does not have; `together` makes one of the errors of all rows of a file.

    Parameters
    ----------
    where : str
        File, or row.
    missing : str
        What is missing.
    has : str
        What there is instead.
    """

    def __init__(self, where: str, missing: str, has: str) -> None:
        super().__init__(where, missing, has)  # all of it, so that it comes whole out of another process
        self.where, self.missing, self.has = where, missing, has

    def __str__(self) -> str:
        return f"{self.where}: {self.missing}; {self.has}"


def together(results: Iterable[Result], name: str) -> Iterator[Result]:
    """Pass the articles and errors of a file on; the rows that have not one of the columns are one error, at the end.

    Parameters
    ----------
    results : iterable of Article or SaysoError
    name : str
        What messages call the file.
    """
    first: dict[str, NoColumnError] = {}
    n_rows: Counter[str] = Counter()
    n_others = 0
    for result in results:
        if isinstance(result, NoColumnError):
            first.setdefault(result.missing, result)
            n_rows[result.missing] += 1
        else:
            n_others += 1
            yield result
    for missing, error in first.items():
        n = n_rows[missing]
        if n == 1:
            yield error
            continue
        rows = f"all {n:,} rows" if len(first) == 1 and not n_others else f"{n:,} rows (first at {error.where})"
        yield NoColumnError(name, f"{missing} in {rows}", error.has)


@dataclass(frozen=True, slots=True)
class Columns:
    """What the user said of how articles are read: the column of each part, None for its usual names.

    ``mend_encoding``: undo a wrong encoding (``â€œ``) in texts and titles, of whatever file. ``date_order``: the order of
    the numbers of dates such as ``04/03/2024``, one of `metadata.dates.ORDERS`; None: the dates of a file decide.
    """

    text: str | None = None
    id: str | None = None
    title: str | None = None
    outlet: str | None = None
    date: str | None = None
    url: str | None = None
    language: str | None = None
    mend_encoding: bool = False
    date_order: str | None = None

    def find(self, names: Sequence[str], where: str) -> dict[str, str]:
        """Return which of the columns found holds which part.

        Raises
        ------
        SaysoError
            If a column that was asked for, or any column of text, is missing.
        """
        for part in OF_ARTICLES:
            wanted = getattr(self, part)
            if wanted is not None and named_column(names, wanted) is None:
                raise NoColumnError(where, f"no column {wanted!r} for the {part}", f"it has {_listed(names)}.")
        chosen = _chosen(self, tuple(names))
        if "text" not in chosen:
            has = f"it has {_listed(names)}. {_teaser_or_name(names)}"
            raise NoColumnError(where, "no text column (text, body, content, …)", has)
        return dict(chosen)


@lru_cache(maxsize=1000)  # the rows of a file have the same few sets of columns
def _chosen(columns: Columns, names: tuple[str, ...]) -> Mapping[str, str]:
    chosen: dict[str, str] = {}
    for part, usual in OF_ARTICLES.items():
        named = getattr(columns, part)
        wanted = None if named is None else named_column(names, named)
        text = chosen.get("text")
        column = wanted or (find_text(names, usual) if part == "text" else find_beside(names, text or "", usual))
        if column is not None and (wanted or part in ("text", "url") or column != text):
            chosen[part] = column
    return chosen


@lru_cache(maxsize=1000)
def _other_texts(names: tuple[str, ...], chosen: str) -> tuple[str, ...]:
    """Return the columns beside the chosen one that could be the text as well."""
    above = above_of(chosen)[0]
    beside = [name for name in names if name.startswith(above) and name != chosen]
    columns = (find_beside(beside, f"{above}x", [usual]) for usual in OF_ARTICLES["text"])
    return tuple(dict.fromkeys(name for name in columns if name and name.startswith(above)))


def _teaser_or_name(names: Sequence[str]) -> str:
    teaser = find_text(names, _TEASERS)
    if teaser is None:
        return "Give its name with --text-column."
    return f"There is only a teaser; to read the teasers instead of articles, give --text-column {teaser}."


def parse_json(line: bytes | str, where: str, load: Callable[[str], Any] = json.loads) -> Any:
    """Return what a JSON text holds."""
    try:
        return load(line.decode("utf-8-sig") if isinstance(line, bytes) else line)
    except UnicodeDecodeError as error:
        raise SaysoError(f"{where}: not UTF-8 at byte {error.start:,}; JSON must be UTF-8, so convert the file.") from error
    except RecursionError as error:
        raise SaysoError(f"{where}: this JSON is nested too deeply; give flat objects instead.") from error
    except ValueError as error:
        raise SaysoError(f"{where}: broken JSON ({error}); fix or remove it.") from error


def article_of(row: Any, where: str, columns: Columns, notices: Notices) -> Article:
    """Make an article of a row; ``where`` is its id if it has none of its own.

    Raises
    ------
    SaysoError
        If it cannot be used; an `OwnError` for a bug of ours, which costs this row alone.
    """
    try:
        return _article_of(row, where, columns, notices)
    except (SaysoError, MemoryError):
        raise
    except Exception as error:
        raise OwnError.of(where, error) from error


def _article_of(row: Any, where: str, columns: Columns, notices: Notices) -> Article:
    if not isinstance(row, Mapping):
        raise SaysoError(f"{where}: expected a JSON object here, not {type(row).__name__}.")
    _check_lengths(row, where)
    values = flattened(row)
    chosen = columns.find(list(values), where)
    text = _text_of(values[chosen["text"]], where, chosen["text"], notices)
    if columns.text is None and not text.strip():
        text = _text_beside(values, chosen["text"], where, notices)
    elif columns.text is None:
        _tell_other_texts(values, chosen["text"], text, where, notices)
    known = {part: _word_of(values[column]) for part, column in chosen.items() if part not in ("text", "id")}
    own_id = _word_of(values[chosen["id"]]) if "id" in chosen else None
    own = {chosen["text"], *(column for part, column in chosen.items() if part == column.rpartition(".")[2])}
    if outlet := known.get("outlet"):
        known["outlet"] = _site_of(outlet)
    return new_article(own_id or where, text, where, _others(values, chosen["text"], own), **known)


def _check_lengths(row: Mapping[Any, Any], where: str) -> None:
    """Refuse a row with a cell that no article has: cleaning it would take many times its memory."""
    for column, value in row.items():
        if isinstance(value, str | bytes) and len(value) > _LONGEST_CELL:
            raise SaysoError(f"{where}: {len(value):,} characters in {shown(column)}, too long for one article; split it.")


def _site_of(outlet: str) -> str:
    """Return the site where the outlet is an address."""
    return urlsplit(outlet).netloc.removeprefix("www.") or outlet if outlet.startswith(("http://", "https://")) else outlet


def _text_beside(values: Mapping[str, Any], chosen: str, where: str, notices: Notices) -> str:
    """Return the text of another column where the chosen one is empty; empty where all are."""
    for other in _other_texts(tuple(values), chosen):
        if (
            isinstance(values[other], str | list | Mapping)
            and (text := _text_of(values[other], where, other, notices)).strip()
        ):
            notices.count(f"text read from column {other!r}, because {chosen!r} is empty", where)
            return text
    return ""


def _tell_other_texts(values: Mapping[str, Any], chosen: str, text: str, where: str, notices: Notices) -> None:
    """Tell of another column that could be the text, where it holds something else."""
    others = [other for other in _other_texts(tuple(values), chosen) if values[other] and isinstance(values[other], str)]
    own = _letters(text) if others else ""
    for other in others:
        letters = _letters(values[other])
        if len(letters) >= min(_SHORTEST_TEXT, len(own) // 2) and letters not in own:
            what = f"text read from column {chosen!r}, although {other!r} holds another text; choose with --text-column"
            notices.count(what, where)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, _TAG.sub("", text))).casefold()


def _others(values: Mapping[str, Any], text: str, used: set[str]) -> dict[str, str]:
    """Return the other columns that could group articles: short words, numbers, and lists of names."""
    others: dict[str, str] = {}
    for above in dict.fromkeys(("", above_of(text)[0])):
        for name, value in values.items():
            short = name[len(above) :]
            if not name.startswith(above) or name in used or not short or "." in short or text.startswith(f"{name}."):
                continue
            word = _word_of(_names_in(value) if isinstance(value, list) else value)
            if word and len(word) <= MAX_WORD:
                others[short] = word
    return others


def _names_in(values: list[Any]) -> str:
    """Return the words of a list, or the names of its objects, with commas between."""
    names = (value.get("name") if isinstance(value, Mapping) else value for value in values)
    return ", ".join(name for name in names if isinstance(name, str))


def new_article(name: str, text: str, where: str, extra: Mapping[str, str] | None = None, **known: str | None) -> Article:
    """Make an article of a decoded text, or refuse one that is empty or gigantic."""
    if len(text) > MAX_ARTICLE:
        raise SaysoError(f"{where}: {len(text):,} characters, too long for one article; split it.")
    if not text.strip("\ufeff \t\n\v\f\r") or text.isspace():
        raise SaysoError(f"{where}: no text; leave it out.")
    return Article(name, text, **known, extra=extra or {})


def _text_of(value: Any, where: str, column: str, notices: Notices) -> str:
    if value is None or value != value:  # NaN is never the same as itself
        return ""
    if isinstance(value, bytes):
        value = decode(value, where, notices.say)
    if isinstance(value, list | Mapping):
        parts = [cell_text(clean(part, where), where, notices) for part in paragraphs_of(value)]
        return "\n\n".join(filter(str.strip, parts))
    if not isinstance(value, str):
        raise SaysoError(f"{where}: column {column!r} holds {type(value).__name__}, not text.")
    return cell_text(clean(without_stray_nul(value, where, notices), where), where, notices)


def _word_of(value: Any) -> str | None:
    if isinstance(value, list) and value and isinstance(value[0], str | Mapping):
        value = value[0]
    if isinstance(value, Mapping):
        value = next(filter(None, map(value.get, _NAMES)), None)
    if value is None or isinstance(value, bool | list | Mapping | bytes) or value != value:
        return None
    try:
        word = clean(str(value).replace("\0", ""), "")
    except (SaysoError, ValueError):
        return None
    return cell_word(word) or None


_NAMES = ("name", "title", "main", "basic", "rendered", "value", "original", "text", "#text", "@id")
"""Keys of an object that say in short what it is."""
_SHORTEST_TEXT = 100  # letters; what is shorter, and less than half of the text, is a name or a note
_TAG = re.compile(r"<[^<>]*>")


def _listed(found: Sequence[str], most: int = 12) -> str:
    names = [repr(name if len(name) <= 30 else name[:29] + "…") for name in found[:most]]
    return ", ".join(names) + (f" and {len(found) - most:,} more" if len(found) > most else "") or "no columns"
