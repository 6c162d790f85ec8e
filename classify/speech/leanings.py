"""What the form of a sentence says for or against its being a quotation, or attributed at all."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from ..kinds.reading import Reading
from .forms.colon_headlines import HEADLINE
from .forms.transcripts import QUESTION, TURN


class Leaning(NamedTuple):
    """How far a form speaks for or against: log odds added to the model's."""

    quote: float = 0.0
    attributed: float = 0.0


BY_FORM: Mapping[str, Leaning] = {
    TURN: Leaning(quote=8),
    QUESTION: Leaning(quote=8),
    HEADLINE: Leaning(attributed=6),
}
"""What the form of a sentence's main attribution says; see `Candidate.form`."""

Look = Callable[[Reading], Iterator[tuple[int, Leaning]]]
"""Gives numbers of sentences, and what their form says."""

LOOKS: tuple[Look, ...] = ()


def leanings(reading: Reading) -> Iterator[tuple[int, Leaning]]:
    """Give what the forms of an article's sentences say; a sentence may come more than once."""
    for n, voice in enumerate(reading.spoken):
        if voice.candidate is not None and voice.candidate.form in BY_FORM:
            yield n, BY_FORM[voice.candidate.form]
    for look in LOOKS:
        yield from look(reading)
