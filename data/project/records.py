"""What travels between a project and who works with it: changes, what became of them, and lines of the list of articles."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ...errors import SaysoError


@dataclass(frozen=True, slots=True)
class Change:
    """What one action of a person sets; what is not named stays as it is.

    Parameters
    ----------
    article : str
        Its id.
    n : int or None
        The sentence; None for the article as a whole.
    set : mapping of str to value
        Of a sentence: ``kind``, ``source_type``, ``bias`` (a label or None), ``stance`` (target to label or None),
        ``loaded`` (list of ``{start, end}``), ``attributions`` (the whole list, as in ``docs/dataset-format.md``),
        ``own`` (column to label or None), ``note`` (text, empty for none).
        Of an article: ``done`` (labelled to the end), ``targets`` (name to list of aliases), ``note``.
    accepted : bool
        The labels are those of the models' view, taken over as they are.
    """

    article: str
    n: int | None
    set: Mapping[str, Any]
    accepted: bool = field(default=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Recorded(Change):
    """A change that is on disk.

    Parameters
    ----------
    article, n, set, accepted
        As in `Change`. ``set`` is as it was stored: spans with their words, a source type that a kind excludes as None.
        What undoes or redoes is not called accepted: the change that it takes back says how that came.
    number : int
        1, 2, … of each annotator.
    time : str
        ISO 8601, UTC.
    was : mapping of str to value
        The earlier values of what ``set`` names.
    codebook : int or None
        The version that was in force.
    undoes : int or None
        The number of the change that this takes back: one that was undone, or an undoing that was undone itself (redo).
    also : mapping
        ``set`` and ``was`` of what follows from the change, such as what is complete; undoing needs it.
    blind : bool
        Made without the models' view.
    """

    number: int = 0
    time: str = ""
    was: Mapping[str, Any] = field(default_factory=dict)
    codebook: int | None = None
    undoes: int | None = None
    also: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    blind: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list of articles.

    Parameters
    ----------
    key : str
        What stands for the article in addresses, see `key_of`.
    id, title, outlet, date, url, language
        Of the article.
    n_sentences : int
    labelled : mapping of str to int
        Column (``kind``, ``source_type``, ``bias``, ``stance``, ``attributions``, ``loaded``, and own ones) to the number
        of sentences that have something in it.
    done : bool
        Labelled to the end.
    notes : int
        How many notes there are on it and its sentences.
    """

    key: str
    id: str
    title: str | None
    outlet: str | None
    date: str | None
    url: str | None
    language: str | None
    n_sentences: int
    labelled: Mapping[str, int]
    done: bool
    notes: int


@dataclass(frozen=True, slots=True)
class Note:
    """A note on a hard case.

    Parameters
    ----------
    article : str
        Its id.
    n : int or None
        The sentence; None for the article as a whole.
    text : str
        The sentence, or the article's title.
    note : str
    time : str
        When it was written: ISO 8601, UTC.
    number : int
        Of the change that wrote it: the order in which notes were written, also where a clock was set back.
    change : int
        The number of the last change of the sentence (or article).
    """

    article: str
    n: int | None
    text: str
    note: str
    time: str
    number: int
    change: int


class ConflictError(SaysoError):
    """Somebody changed a sentence (or article) after it was looked at; nothing was overwritten.

    Parameters
    ----------
    reason : str
    article : str
        Its id.
    n : int or None
    present : mapping
        What stands there now: the values of a sentence or an article, and ``change``, the number of its last change.
    """

    def __init__(self, reason: str, article: str, n: int | None, present: Mapping[str, Any]) -> None:
        super().__init__(reason)
        self.article, self.n, self.present = article, n, present


class ElsewhereError(SaysoError):
    """The change that would be taken back was made in another article than the one that was named.

    Parameters
    ----------
    recorded : Recorded
        The change.
    """

    def __init__(self, recorded: Recorded) -> None:
        super().__init__(f"change {recorded.number} belongs to another article: {recorded.article}.")
        self.recorded = recorded


def key_of(article: str) -> str:
    """Give what stands for an article in addresses: the first 16 hexadecimal digits of the SHA-256 of its id."""
    return hashlib.sha256(article.encode(errors="surrogatepass")).hexdigest()[:16]
