"""What is known of an article before the models of sentences speak."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from ..attribution.extractor import Candidate
from ..entities.coreference import Resolved
from ..entities.mentions import introductions
from ..language.article_tokens import View
from .features import Bearer, MainAttribution, main_attributions, resolve_sources
from .kind_rule import Guess, Tokens, apply_rule, rule_of


@dataclass(frozen=True, slots=True)
class Reading:
    """An article, its attributions, and who is behind them.

    Parameters
    ----------
    view : View
    candidates : sequence of Candidate
        Its attributions, put right: see `classify.speech`.
    resolved : mapping of int to Resolved
        Whom their sources stand for, by anchor.
    bearers : mapping of int to Bearer
        Who is behind them, as the whole article tells it, by anchor.
    guesses : sequence of Guess, length n_sentences
        What the rule says.
    spoken : sequence of MainAttribution, length n_sentences
    """

    view: View
    candidates: Sequence[Candidate]
    resolved: Mapping[int, Resolved]
    bearers: Mapping[int, Bearer]
    guesses: Sequence[Guess]
    spoken: Sequence[MainAttribution]

    @classmethod
    def of(cls, view: View, candidates: Sequence[Candidate]) -> Self:
        """Read an article in which attributions have been found."""
        named = introductions(view)
        resolved, bearers = resolve_sources(view, candidates, named)
        spoken = main_attributions(view, candidates, resolved)
        guesses = apply_rule(view, named)
        for n, voice in enumerate(spoken):
            c = voice.candidate
            if c is not None and c.form and c.cue and voice.here:
                guesses[n] = _followed(view, guesses[n], voice.resolved, c.cue, c.source)
        return cls(view, candidates, resolved, bearers, guesses, spoken)


def _followed(view: View, guess: Guess, who: Resolved | None, cue: Tokens, source: Tokens | None) -> Guess:
    """Let the rule's answer follow an attribution that was put right: its order of words is not one that the rule reads."""
    source_type = (who.source_type if who else None) or guess.source_type
    if source_type in {"", "none"}:
        source_type = "unnamed"
    return rule_of(view, guess, cue, source, source_type)
