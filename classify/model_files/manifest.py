"""What every manifest says, whatever the sort of model: task, labels, data, scores, versions, the articles seen."""

from typing import Any

from .declared import (
    COUNT,
    FRACTION,
    LONGEST_NAME,
    MANIFEST,
    MOST_LABELS,
    Keys,
    ListOf,
    MapOf,
    Number,
    OrNull,
    Text,
    check_bounds,
)

NAME = Text(LONGEST_NAME, name=True)
WORD_READER = Keys({"name": NAME, "digest": NAME})
LABELS = ListOf(NAME, MOST_LABELS, distinct=True)
_SHORT = Text(200)
_SEEN = "seen"  # the marks of many articles in one string
_DATA = Keys({"name": Text(), "articles": COUNT, "sentences": COUNT}, {"digest": _SHORT})
_EVERY = Keys(
    {"task": NAME},
    {
        "labels": LABELS,
        "features": COUNT,
        "threshold": FRACTION,
        "data": ListOf(_DATA),
        "seed": OrNull(Number(-(2**63), 2**64, whole=True)),
        "versions": MapOf(_SHORT),
        "scores": Keys(),
        "corpora": ListOf(_SHORT),
        "digests": MapOf(_SHORT),
        "licences": MapOf(_SHORT),
        "learned_beside": MapOf(_SHORT),
        "adapted_from": Keys({"name": Text(), "digest": _SHORT}),
        _SEEN: Text(2**31),
    },
)


def check_manifest(manifest: dict[str, Any]) -> None:
    """Refuse a manifest in which something is missing or is not what it must be, whoever reads it later.

    Raises
    ------
    WrongContentsError
    """
    check_bounds({key: value for key, value in manifest.items() if key != _SEEN}, MANIFEST)
    _EVERY.check(manifest, MANIFEST)
