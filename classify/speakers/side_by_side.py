"""Articles on one event side by side: who is heard in which, and how much."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from ...data.scheme import KINDS, SOURCE_TYPES, STANCES
from ...errors import SaysoError
from .explained import NOBODY, PASSED_ON, headline_note, narrative_note
from .profile import CAUTION, NAMED, Profile, told_in

_MOST_SPEAKERS = 15  # of all articles together
_MOST_WORDS = 8  # loaded ones, of each article
_STANCE = "Stance towards"
_SIZE, _KINDS = "Size", "Share of the words"


@dataclass(frozen=True, slots=True)
class Row:
    """One thing of each article.

    Parameters
    ----------
    label : str
    cells : list of str, length n_articles
        Empty where there is nothing of it.
    shares : list of float or None, length n_articles
        Shares of all words, where the cells are that.
    kind : str
        The kind that the row is about, if any.
    is_part : bool, default=False
        It is a part of the row above.
    """

    label: str
    cells: list[str]
    shares: list[float | None]
    kind: str = ""
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under a heading, and what to keep in mind when reading them, if anything."""

    title: str
    rows: list[Row]
    note: str = ""


def side_by_side(profiles: Sequence[Profile]) -> list[Section]:
    """Set profiles side by side; what none of them has is left out.

    Parameters
    ----------
    profiles : sequence of Profile, length n_articles
        A speaker of several is one where the full name is the same.
    """
    notes = {_SIZE: headline_note(profiles), _KINDS: narrative_note(profiles), _STANCE: CAUTION}
    sections = [Section(title, list(rows), notes.get(title, "")) for title, rows in _sections(profiles)]
    return [section for section in sections if section.rows]


def _sections(profiles: Sequence[Profile]) -> Iterator[tuple[str, Iterator[Row]]]:
    yield _SIZE, _sizes(profiles)
    yield _KINDS, _kinds(profiles)
    yield "Source types", _types(profiles)
    yield "Who speaks first and last", _ends(profiles)
    yield "Cues", _counts(profiles, ("neutral", "endorsing", "distancing"), lambda p, tone: p.tones[tone])
    yield "Speakers", _speakers(profiles)
    targets = list(dict.fromkeys(target for p in profiles for target in p.stance))
    yield (
        _STANCE,
        (
            Row(target, [_stance(p.stance.get(target, Counter())) for p in profiles], [None] * len(profiles))
            for target in targets
        ),
    )
    yield "Loaded words", _loaded(profiles)


def _sizes(profiles: Sequence[Profile]) -> Iterator[Row]:
    for label in ("sentences", "words"):
        yield Row(label, [f"{getattr(p, label):,}" for p in profiles], [None] * len(profiles))


def _kinds(profiles: Sequence[Profile]) -> Iterator[Row]:
    for kind in KINDS:
        yield _shares(kind, [p.share(p.kinds[kind].words) for p in profiles], kind)
    yield replace(_shares(NOBODY, [p.unattributed for p in profiles]), is_part=True)
    if any(p.passed_on.words for p in profiles):
        yield replace(_shares(PASSED_ON, [p.share(p.passed_on.words) for p in profiles]), is_part=True)


def _types(profiles: Sequence[Profile]) -> Iterator[Row]:
    for label in SOURCE_TYPES[:-1]:
        shares = [p.share(p.source_types[label].words) for p in profiles]
        if any(shares):
            yield _shares(label, shares)


def _speakers(profiles: Sequence[Profile]) -> Iterator[Row]:
    """Tell who is heard, those first who are heard most in all articles, each article counting the same."""
    named = {name: speaker.name for p in profiles for name, speaker in p.speakers.items() if name}
    heard = {name: [p.share(p.speakers[name].words) if name in p.speakers else 0.0 for p in profiles] for name in named}
    for name in sorted(heard, key=lambda name: (-sum(heard[name]), name))[:_MOST_SPEAKERS]:
        if any(heard[name]):
            yield _shares(named[name], heard[name])


def _shares(label: str, shares: Sequence[float], kind: str = "") -> Row:
    return Row(label, [f"{share:.0%}" if share else "" for share in shares], list(shares), kind)


def _ends(profiles: Sequence[Profile]) -> Iterator[Row]:
    for label, name in (("first to speak", "first"), ("last to speak", "last")):
        firsts = [next(iter(getattr(p, name)), None) for p in profiles]
        cells = ["nobody" if first is None else first or "not named" for first in firsts]
        yield Row(label, cells, [None] * len(profiles))


def _counts(profiles: Sequence[Profile], labels: Sequence[str], count: Callable[[Profile, str], int]) -> Iterator[Row]:
    for label in labels:
        numbers = [count(p, label) for p in profiles]
        if any(numbers):
            yield Row(label, [str(n or "") for n in numbers], [None] * len(profiles))


def _stance(labels: Counter[str]) -> str:
    told = [f"{labels[label]} {label}" for label in STANCES if labels[label]]
    return ", ".join([*told, told_in(labels)]) if labels[NAMED] else ""


def _loaded(profiles: Sequence[Profile]) -> Iterator[Row]:
    if any(p.biased for p in profiles):
        yield from _counts(profiles, ("sentences",), lambda p, _: p.biased)
        words = [", ".join(word for word, _ in p.loaded.most_common(_MOST_WORDS)) for p in profiles]
        yield Row("words", words, [None] * len(profiles))


def check_several(n: int) -> None:
    """Refuse to compare fewer than two articles."""
    if n < 2:
        raise SaysoError("--compare needs at least two articles; give another one.")
