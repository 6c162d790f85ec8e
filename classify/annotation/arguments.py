"""What annotating is asked with, checked before any work is done: articles, targets, numbers of reasons."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from os import PathLike, fsdecode, fspath

from ...data.records import Article
from ...data.writing.leftovers import finish_interrupted
from ..stance_bias.targets import Target
from .labels import parse_targets

Targets = str | Sequence[str | Target] | Mapping[str, Sequence[str]] | None
_TEXTS = ("id", "text")
_KNOWN = ("title", "outlet", "date", "url", "language")
_ADVICE = "For a text use sayso.annotate(text), or give Article(id, text); for a table use sayso.annotate_frame(frame)."
_TARGET = "A target is a str, NAME or NAME=ALIAS,ALIAS"


def check_article(value: object) -> None:
    """Refuse what is no article, and an article that holds something else than text.

    Raises
    ------
    TypeError
    """
    if not isinstance(value, Article):
        raise TypeError(f"An Article is needed, not {type(value).__name__}. {_ADVICE}")
    for name in _TEXTS:
        if not isinstance(getattr(value, name), str):
            raise TypeError(f"Article {value.id!r}: {name} must be a str, not {type(getattr(value, name)).__name__}.")
    for name in _KNOWN:
        known = getattr(value, name)
        if known is not None and not isinstance(known, str):
            raise TypeError(f"Article {value.id!r}: {name} must be a str or None, not {type(known).__name__}.")


def articles_given(values: Iterable[Article]) -> Iterator[Article]:
    """Give articles one by one; what cannot be several is refused at once, and anything else when its turn comes.

    Raises
    ------
    TypeError
    """
    if isinstance(values, str | bytes | Mapping) or not isinstance(values, Iterable):
        raise TypeError(
            f"annotate_all() takes several articles, such as a list of them, not {type(values).__name__}. {_ADVICE}"
        )
    return _checked(values)


def _checked(values: Iterable[Article]) -> Iterator[Article]:
    for value in values:
        check_article(value)
        yield value


def is_whole(text: str) -> bool:
    """Tell whether a text can be written: no character of it is half of a surrogate pair."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def path_given(value: object, function: str) -> str:
    """Give a path as a text; what a killed run left half moved there is put in place first.

    Raises
    ------
    TypeError
        If it is none; the message names the function that was called.
    """
    if not isinstance(value, str | PathLike):
        raise TypeError(f"{function}() takes a path (str or Path), not {type(value).__name__}.")
    path = fspath(value)
    finish_interrupted([path])
    return path if isinstance(path, str) else fsdecode(path)


def check_why(why: object) -> None:
    """Refuse what is no number of reasons.

    Raises
    ------
    ValueError
    """
    if isinstance(why, bool) or not isinstance(why, int) or why < 0:
        raise ValueError(f"why is the number of reasons for each label, 0 or more, not {why!r}.")


def named_targets(targets: Targets) -> list[Target]:
    """Give the targets that a caller named; None names nobody.

    Raises
    ------
    TypeError
        If one is no text.
    SaysoError
        If one has no name, or a name is given twice.
    """
    if targets is None:
        return []
    if isinstance(targets, str):
        return parse_targets([targets])
    if isinstance(targets, Mapping):
        return parse_targets([f"{name}={_aliases(name, aliases)}" for name, aliases in targets.items()])
    if isinstance(targets, bytes) or not isinstance(targets, Iterable):
        raise TypeError(
            f"{_TARGET}; give one, a list of them, or a dict of names and aliases, not {type(targets).__name__}."
        )
    given = list(targets)
    if wrong := [target for target in given if not isinstance(target, str | Target)]:
        raise TypeError(f"{_TARGET}, not {type(wrong[0]).__name__}.")
    named = iter(parse_targets([target for target in given if isinstance(target, str)]))
    return [next(named) if isinstance(target, str) else target for target in given]


def _aliases(name: object, aliases: object) -> str:
    """Give the other names of a target as they are written in one text."""
    if not isinstance(name, str):
        raise TypeError(f"The name of a target is a str, not {type(name).__name__}.")
    if isinstance(aliases, str):
        return aliases
    given = list(aliases) if isinstance(aliases, Iterable) else [aliases]
    names = [alias for alias in given if isinstance(alias, str)]
    if wrong := [alias for alias in given if not isinstance(alias, str)]:
        raise TypeError(f"The other names of the target {name!r} are a list of str, not {type(wrong[0]).__name__}.")
    return ",".join(names)
