"""What the form of a sentence says for or against its being a quotation, or attributed at all."""

from collections.abc import Callable, Iterator, Mapping

from ..kinds.reading import Reading
from .deeds import DEED
from .forms.blocks import BLOCK
from .forms.colon_headlines import HEADLINE
from .forms.hearsay import BROADCAST, HEARSAY
from .forms.side_clauses import SIDE
from .forms.transcripts import QUESTION, TURN
from .governing_clauses import GOVERNING
from .leaning import Leaning
from .missed_cues import CONTRACT, LAW, SPOKEN
from .plain_speech import marked_speech, plain_clauses
from .relays import RELAYED
from .source_spans import ANONYMOUS, INVERTED, UNAUTHORISED

BY_FORM: Mapping[str, Leaning] = {
    TURN: Leaning(quote=8.0),
    QUESTION: Leaning(quote=8.0),
    BLOCK: Leaning(quote=6.0),
    HEADLINE: Leaning(attributed=6.0),
    RELAYED: Leaning(attributed=4.0),
    DEED: Leaning(attributed=-6.0),
    SIDE: Leaning(attributed=-6.0),
    SPOKEN: Leaning(attributed=5.0),
    LAW: Leaning(attributed=5.0),
    CONTRACT: Leaning(attributed=5.0),
    GOVERNING: Leaning(attributed=4.0),
    INVERTED: Leaning(attributed=4.0),
    ANONYMOUS: Leaning(attributed=4.0),
    UNAUTHORISED: Leaning(attributed=4.0),
    BROADCAST: Leaning(attributed=6.0, source_type="media"),
    HEARSAY: Leaning(attributed=6.0, source_type="unnamed"),
}
"""What the form of a sentence's main attribution says; see `Candidate.form`."""

Look = Callable[[Reading], Iterator[tuple[int, Leaning]]]
"""Gives numbers of sentences, and what their form says."""

LOOKS: tuple[Look, ...] = (plain_clauses, marked_speech)


def leanings(reading: Reading) -> Iterator[tuple[int, Leaning]]:
    """Give what the forms of an article's sentences say; a sentence may come more than once."""
    for n, voice in enumerate(reading.spoken):
        if voice.candidate is not None and voice.candidate.form in BY_FORM:
            yield n, BY_FORM[voice.candidate.form]
    for look in LOOKS:
        yield from look(reading)
