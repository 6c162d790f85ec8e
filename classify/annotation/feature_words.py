"""Features in words that a person understands: what the reasons for a label are told in."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from ...data.scheme import KINDS, SOURCE_TYPES

_CUES = ("cue", "rule cue")


class Measured(NamedTuple):
    """Words with a place for a share in hundredths, the feature that is the share, and the words where it is 0."""

    words: str
    share: str
    nothing: str

    def of(self, share: float) -> str:
        """Give the words for a share."""
        return self.words.format(100 * min(share, 1.0)) if share > 0 else self.nothing


class Meaning(NamedTuple):
    """What features say to people: ``words``, but where it is a share or a cue."""

    words: str
    measured: Measured | None = None
    lemma: str = ""


def meaning_of(name: str) -> Meaning:
    """Give what a feature says; one without words is told by its name."""
    family, _, value = name.partition(": ")
    if family in _MEASURED and name not in _PLAIN:
        return Meaning(_MEASURED[family].words, _MEASURED[family])
    if family in _CUES and value:
        return Meaning(f"cue: {value}", lemma=value)
    return Meaning(in_words(name, {}) or name)


def in_words(name: str, features: Mapping[str, float]) -> str | None:
    """Put a feature's name into words; None where there are none for it.

    Parameters
    ----------
    name : str
        As `kinds.features` makes it.
    features : mapping of str to float
        All features of the sentence: some names are told by the value of another.

    Examples
    --------
    >>> in_words("quoted: 0.65 or more", {"quoted share": 0.71})
    '71 % in quotation marks'
    >>> in_words("rule cue: say", {}), in_words("source word: ministry", {})
    ('cue: say', 'source word: ministry')
    """
    if name in _PLAIN:
        return _PLAIN[name]
    family, _, value = name.partition(": ")
    if family in _MEASURED:
        measured = _MEASURED[family]
        return measured.of(features.get(measured.share, 0.0))
    if family in _CUES and name != family:
        return f"cue: {value or 'one that is on no list'}"
    if family in _LISTED:
        words, values = _LISTED[family]
        return words.format(values.get(value, value)) if value else None
    return _holding(family, value) or _around(family, value)


def is_form_of(cue: str | None, lemma: str) -> bool:
    """Tell whether a printed cue can be a form of a lemma: a word of it begins with the same two letters."""
    return cue is not None and any(word[:2] == lemma[:2] for word in cue.lower().split())


def _holding(family: str, value: str) -> str | None:
    """What a source's words are on the list: ``last source holds``, ``state body (weak)``."""
    where, what = _HOLDING.fullmatch(family), _ENTRY.fullmatch(value)
    if not where or not what or what["sort"] not in _SORTS:
        return None
    source = {"last ": "the source before", "next ": "the source after"}.get(where[1] or "", "the source")
    return f"{source} holds {_SORTS[what['sort']]}: {what['type']}{', perhaps' if what['weak'] else ''}"


def _around(family: str, value: str) -> str | None:
    """What the rule says of a sentence near by: ``-1``, ``quote``; ``+1 type``, ``state``."""
    step, _, rest = family.partition(" ")
    if step not in _STEPS or rest not in ("", "type"):
        return None
    if not rest and value == "none":
        return f"no {_STEPS[step]}"
    return f"{_STEPS[step]}: {_ANSWERS.get(value, value) if rest else _KINDS.get(value, value)}"


_PLAIN = {
    "a question": "a question",
    "headline": "first sentence or headline",
    "last sentence": "last sentence",
    "begins inside a quotation": "goes on with a quotation begun before",
    "no attribution": "no attribution found",
    "source unknown, name": "the source is a name on no list",
    "source unknown, noun": "the source is a noun on no list",
}
_QUOTED = Measured("{:.0f} % in quotation marks", "quoted share", "nothing in quotation marks")
_FOUND = Measured("attribution found, {:.0f} % sure", "attribution's chance", "attribution found")
_COVERED = Measured("{:.0f} % of the words are attributed", "said by somebody", "none of the words are attributed")
MEASURED = (_QUOTED, _FOUND, _COVERED)
_MEASURED = {
    **dict.fromkeys(("quoted share", "quoted", "rule quoted", "quoted words", "a clause is quoted"), _QUOTED),
    **dict.fromkeys(("attribution's chance", "attributed"), _FOUND),
    **dict.fromkeys(("said by somebody", "coverage"), _COVERED),
}
_KINDS = {kind: kind.replace("_", " ") for kind in KINDS}
_ANSWERS = {**{label: f"source {label}" for label in SOURCE_TYPES}, "none": "not attributed"}
_GROUPS = {
    "say": "saying",
    "claim": "claiming",
    "act": "an act of speech (warn, promise, accuse)",
    "belief": "believing or wanting",
    "finding": "finding out",
    "publish": "publishing",
    "prep": "according to and the like",
    "noun": "a noun (statement, claim)",
    "silent": "not saying anything",
    "deed": "a deed, not speech",
    "none": "on no list",
}
_SIDES = {"before": "before what is said", "after": "after what is said", "inside": "inside what is said"}
_PLACES = {
    "under 0.15": "at the start",
    "0.15 or more": "in the first half",
    "0.4 or more": "in the middle",
    "0.7 or more": "in the second half",
    "0.9 or more": "at the end",
}
_OPENERS = {",": "a comma", ":": "a colon", "^": "nothing", "“": "another mark", "word": "some other word"}
_TYPES_TOLD = {"None": "not told"}
_LISTED: dict[str, tuple[str, Mapping[str, str]]] = {
    "rule": ("the word lists alone say: {}", _KINDS),
    "rule type": ("the word lists alone say: {}", _ANSWERS),
    "cue group": ("sort of cue: {}", _GROUPS),
    "rule cue group": (
        "sort of cue: {}",
        {f"{group}, {side}": f"{words}, {_SIDES[side]}" for group, words in _GROUPS.items() for side in _SIDES},
    ),
    "cue stands": ("the cue stands {}", _PLACES),
    "cue-like": ("a word that can be a cue: {}", {}),
    "source word": ("source word: {}", {}),
    "before the quotation": ("before the quotation: {}", _OPENERS),
    "words": ("length: {} words", {}),
    "source known by": (
        "the source is known by {}",
        {
            "phrase": "its own words",
            "pronoun": "a pronoun",
            "short": "a short form",
            "surname": "a surname",
            "unknown": "nothing in the article",
        },
    ),
    "source type": ("source: {}", _TYPES_TOLD),
    "other source type": ("second source: {}", _TYPES_TOLD),
    "last source type": ("the source before: {}", _TYPES_TOLD),
    "next source type": ("the source after: {}", _TYPES_TOLD),
    # one reason for the odds of all labels, since they are one answer
    "read kind": ("the transformer's estimate of the kind", {}),
    "read type": ("the transformer's estimate of the source type", {}),
    "read source": ("the transformer's estimate of who this source is", {}),
}
_HOLDING = re.compile(r"(last |next )?source (?:holds|first|last)")
_ENTRY = re.compile(r"(?P<type>\w+) (?P<sort>\w+)(?P<weak> \(weak\))?")
_SORTS = {
    "role": "a role",
    "body": "a body",
    "name": "a known name",
    "place": "a place",
    "country": "a country",
    "demonym": "a nationality",
    "person": "a known person",
}
_STEPS = {"-2": "sentence but one before", "-1": "sentence before", "+1": "sentence after"}
