"""Labels as people write them: in any case, with spaces or hyphens, as a list of one, by other words."""

import ast
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..scheme import BIASES, STANCES

_BETWEEN = re.compile(r"[\W_]+")
_OTHER_WORDS: Mapping[tuple[str, ...], Mapping[str, str]] = {
    STANCES: {
        "favour": "favor",
        "in_favor": "favor",
        "in_favour": "favor",
        "none": "neutral",
        "neither": "neutral",
    },
    BIASES: {"non_biased": "neutral", "not_biased": "neutral", "unbiased": "neutral"},
}
"""What other datasets call our labels."""


def scheme_label(value: object, labels: tuple[str, ...]) -> str | None:
    """Give the label of our scheme that is meant; None where none is.

    >>> scheme_label("Official-Claim", ("quote", "official_claim")), scheme_label("NONE", STANCES)
    ('official_claim', 'neutral')
    """
    if not isinstance(value, str):
        return None
    if value in labels:
        return value
    word = plain_name(value)
    return word if word in labels else _OTHER_WORDS.get(labels, {}).get(word)


def plain_name(name: str) -> str:
    """Give a name as tables of names have it: lower case, ``_`` for anything but letters and digits.

    >>> plain_name("Official claim"), plain_name(" non-Biased ")
    ('official_claim', 'non_biased')
    """
    return _BETWEEN.sub("_", name.casefold()).strip("_")


def are_of_scheme(values: Iterable[str], labels: tuple[str, ...]) -> bool:
    """Tell whether all values are labels of our scheme."""
    return all(scheme_label(value, labels) for value in values)


def label_list(value: object) -> Sequence[Any] | None:
    """Give the labels of a list, also of one that a table of text holds as it was printed; None for what is no list.

    >>> label_list(["quote"]), label_list("['quote', 'narrative']"), label_list("quote")
    (['quote'], ['quote', 'narrative'], None)
    """
    if isinstance(value, list | tuple):
        return value
    if not (isinstance(value, str) and value.strip().startswith("[") and value.strip().endswith("]")):
        return None
    for parse in (json.loads, ast.literal_eval):
        try:
            found = parse(value.strip())
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        return found if isinstance(found, list) else None
    return None


_TARGET = "target"


def single(value: object) -> object:
    """Give the label of a list of one or of an object that names it, None for an empty list; anything else as it is.

    An object that has a target too, as a stance has, is more than its label.

    >>> single(["quote"]), single({"name": "quote", "id": 3}), single([]), single(["quote", "narrative"])
    ('quote', 'quote', None, ['quote', 'narrative'])
    """
    if type(value) is str and value[-1:] != "]" and not value[-1:].isspace():
        return value  # no list; nearly all cells are this
    while (found := label_list(value)) is not None and len(found) < 2:  # not by recursion: lists may be nested deeply
        if not found:
            return None
        value = found[0]
    if not isinstance(value, Mapping) or _TARGET in value:
        return value
    names = [value[key] for key in ("label", "name", "value", "choice") if isinstance(value.get(key), str)]
    return names[0] if len(names) == 1 else value


def folded(label: str) -> str:
    """Give a label without what is no difference to people: capitals, and blanks around it."""
    return label.strip().casefold()


def written_alike(labels: Iterable[str], others: Iterable[str]) -> list[str]:
    """Write labels as others are written, where they differ in capitals and surrounding blanks only.

    >>> written_alike(["Economy ", "sport"], ["economy"])
    ['economy', 'sport']
    """
    known = dict.fromkeys(others)
    written: dict[str, str] = {}
    for label in known:
        written.setdefault(folded(label), label)
    return [label if label in known else written.get(folded(label), label) for label in labels]
