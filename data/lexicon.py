"""The word lists: cues, words for sources, people in public life, words that judge, words that tell the style."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Cue(NamedTuple):
    """A word or phrase that attributes, or looks as if it did.

    Parameters
    ----------
    lemma : str
        The form a dictionary lists.
    group : str
        One of `CUE_GROUPS`; the column ``class``.
    tone : str
        One of `scheme.TONES`.
    forms : tuple of str
        Every inflected form, lower case, the lemma among them.
    """

    lemma: str
    group: str
    tone: str
    forms: tuple[str, ...]


class SourceWord(NamedTuple):
    """A word or name that tells what kind of source it is.

    Parameters
    ----------
    phrase : str
        Lower case unless it is a proper name.
    source_type : str
        One of `scheme.SOURCE_TYPES`, the likeliest one.
    sort : str
        One of `SOURCE_SORTS`.
    weak : bool
        The words around it decide (a spokesman: of whom?).
    """

    phrase: str
    source_type: str
    sort: str
    weak: bool


class Person(NamedTuple):
    """Somebody in public life.

    Parameters
    ----------
    name : str
        As usually printed.
    source_type : str
        The type that holds in most news about them.
    note : str
        Office or role.
    source_types : tuple of str
        Every type they have held, `source_type` first.
    """

    name: str
    source_type: str
    note: str
    source_types: tuple[str, ...]


class PersonalName(NamedTuple):
    """A first name or a surname.

    Parameters
    ----------
    name : str
    use : str
        One of `NAME_USES`.
    gender : str
        ``m`` or ``f`` for a first name that tells it, else empty.
    """

    name: str
    use: str
    gender: str


class ClassedWord(NamedTuple):
    """A word or phrase, and what it does: judges, sharpens or turns what it stands with, hedges, tells somebody's opinion.

    Parameters
    ----------
    phrase : str
        Lower case; several words as tokens stand.
    classes : tuple of str
        Of `EVALUATIONS`, or of `STYLES`.
    """

    phrase: str
    classes: tuple[str, ...]


class LoadedWord(NamedTuple):
    """A word or phrase by which a reporter judges.

    Parameters
    ----------
    phrase : str
        Lower case; several words as tokens stand.
    strength : str
        One of `STRENGTHS`: strong where plain use is rare, weak where both are common, plain where it hardly ever judges.
    """

    phrase: str
    strength: str


EVALUATIONS = (
    *("praise", "scorn", "good", "bad", "back", "attack", "defence", "must"),
    *("negator", "contrast", "intensifier"),
)
STYLES = (
    *("possible", "future", "obligation", "hedge", "certain", "absolute", "vague", "attitude", "opinion", "emotion"),
    *("abstract", "figure", "informal", "argument", "contrast", "comparison", "negation", "time", "amount", "event"),
)
CUE_GROUPS = ("say", "claim", "act", "belief", "finding", "publish", "prep", "noun", "silent", "deed")
NAME_USES = ("first", "last", "both")
STRENGTHS = ("plain", "weak", "strong")
SOURCE_FILES = tuple(
    f"sources-{part}.tsv"
    for part in ("roles", "bodies", "places", "states", "political", "organisations", "experts", "monitors", "media")
)
SOURCE_SORTS = ("role", "body", "name", "place", "country", "demonym")


@cache
def load_cues() -> tuple[Cue, ...]:
    """Read every cue of ``cues.tsv``."""
    return tuple(
        [
            # the forms of a phrase are divided by bars, those of a word by spaces
            Cue(lemma, group, tone, tuple(forms.split(" | " if " " in lemma else " ")))
            for lemma, group, tone, forms in cells("cues.tsv")
        ]
    )


@cache
def load_sources() -> tuple[SourceWord, ...]:
    """Read every source word of the files in `SOURCE_FILES`."""
    rows = (line.split("\t") for line in source_lines())
    return tuple([SourceWord(phrase, source_type, sort, weak == "1") for phrase, source_type, sort, weak in rows])


@cache
def source_lines() -> list[str]:
    """Read the source words as they stand, with tabs between phrase, type, sort and ``1`` or nothing.

    For those who need few of them: so many words take a while to be made into objects.
    """
    return [line for name in SOURCE_FILES for line in _lines(name)]


@cache
def load_personal_names() -> tuple[PersonalName, ...]:
    """Read the first names and surnames of ``personal-names.tsv``."""
    return tuple([PersonalName(*row) for row in cells("personal-names.tsv")])


@cache
def load_people() -> tuple[Person, ...]:
    """Read every person of ``people.tsv``."""
    return tuple(
        [Person(name, source_type, note, tuple(types.split(","))) for name, source_type, note, types in cells("people.tsv")]
    )


def _classed(name: str) -> tuple[ClassedWord, ...]:
    return tuple([ClassedWord(phrase, tuple(classes.split(","))) for phrase, classes in cells(name)])


@cache
def load_evaluations() -> tuple[ClassedWord, ...]:
    """Read every word of ``evaluation.tsv``."""
    return _classed("evaluation.tsv")


@cache
def load_loaded_words() -> tuple[LoadedWord, ...]:
    """Give every word that judges: those of ``loaded.tsv``, and praise and scorn of ``evaluation.tsv``, which are strong."""
    judging = {e.phrase: "strong" for e in load_evaluations() if not {"praise", "scorn"}.isdisjoint(e.classes)}
    return tuple([LoadedWord(*row) for row in (judging | dict(cells("loaded.tsv"))).items()])


@cache
def load_styles() -> tuple[ClassedWord, ...]:
    """Read every word of ``style.tsv``."""
    return _classed("style.tsv")


@cache
def load_cue_rates() -> Mapping[str, tuple[int, int]]:
    """Read how often each form was seen, and seen as a cue (``cue-rates.tsv``)."""
    return {form: (int(seen), int(cue)) for form, seen, cue in cells("cue-rates.tsv")}


def cells(name: str) -> list[list[str]]:
    """Read a word list: the cells of each line below its comments and its header."""
    return [line.split("\t") for line in _lines(name)]


def _lines(name: str) -> list[str]:
    text = (files("sayso.data") / "lexicon" / name).read_text(encoding="utf-8")
    lines = text.rstrip("\n").split("\n")
    header = next(n for n, line in enumerate(lines) if not line.startswith("#"))
    return lines[header + 1 :]
