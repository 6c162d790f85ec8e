"""What the network of a word reader learns of an article: the roles of words, their links to cues, sentence labels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ...classify.language.article_tokens import View
from ...classify.word_reader.reads import CONTENT, CUE, ROLES, SOURCE
from ...data.arrays import Bools, Floats32, Ints
from ...data.records import Attribution, LabelledArticle
from ...data.scheme import KINDS, SOURCE_TYPES
from ..attribution.marked_tokens import Gold, gold_of, with_whole_sources

OUTSIDE, BEGIN, INSIDE = range(3)
UNKNOWN = -1
_NONE = SOURCE_TYPES.index("none")


@dataclass(frozen=True, slots=True)
class Targets:
    """An article with what is to be learned of it.

    Parameters
    ----------
    view : View
    tags : ndarray of int, shape (n_tokens, len(ROLES))
        `OUTSIDE`, `BEGIN` or `INSIDE`.
    main : ndarray of shape (n_tokens,)
        1 for the main word of a cue.
    source_type : ndarray of int, shape (n_tokens,)
        The type of the source, at main words; `UNKNOWN` elsewhere, and where nobody is named.
    by_cue : mapping of int to list of Gold
        The attributions of each main word.
    kinds, types : ndarray of int, shape (n_sentences,)
        Numbers in `KINDS` and `SOURCE_TYPES`; `UNKNOWN` where there is no label.
    weight : float
        Of each sentence's labels, beside those of other articles.
    """

    view: View
    tags: Ints
    main: Floats32
    source_type: Ints
    by_cue: Mapping[int, Sequence[Gold]]
    kinds: Ints
    types: Ints
    weight: float

    @classmethod
    def of(cls, view: View, labelled: LabelledArticle, priors: Mapping[str, float], weight: float = 1.0) -> "Targets":
        """Take an article's labels and marked attributions apart.

        Parameters
        ----------
        view : View
        labelled : LabelledArticle
        priors : mapping of str to float
            How often each word is part of a cue: the likeliest word of a cue is its main word.
        weight : float
        """
        n = len(view.words)
        tags = np.zeros((n, len(ROLES)), dtype=np.int64)
        main, source_type = np.zeros(n, np.float32), np.full(n, UNKNOWN)
        by_cue: dict[int, list[Gold]] = {}
        for attribution in (x for s in labelled.sentences for x in s.attributions):
            for gold in _gold(view, attribution, priors):
                for role, tokens in tokens_of(gold).items():
                    _tag(tags[:, role], tokens)
                if gold.anchor >= 0:
                    main[gold.anchor] = 1
                    by_cue.setdefault(gold.anchor, []).append(gold)
                    if (known := _number(SOURCE_TYPES, attribution.source_type)) not in (UNKNOWN, _NONE):
                        source_type[gold.anchor] = known
        kinds = np.array([_number(KINDS, s.kind) for s in labelled.sentences], dtype=np.int64)
        types = np.array([_number(SOURCE_TYPES, s.source_type) for s in labelled.sentences], dtype=np.int64)
        return cls(view, tags, main, source_type, by_cue, kinds, types, weight)

    def linked(self, cue: int, tokens: Ints) -> Bools:
        """Tell which tokens are source, cue and content of a cue; shape (n_tokens, len(ROLES))."""
        out = np.zeros((len(tokens), len(ROLES)), dtype=bool)
        for gold in self.by_cue[cue]:
            for role, theirs in tokens_of(gold).items():
                out[:, role] |= np.isin(tokens, list(theirs))
        return out


def tokens_of(gold: Gold) -> dict[int, Sequence[int]]:
    """Give the tokens of each role, ascending."""
    source, cue = (range(*span) if span else () for span in (gold.source, gold.cue))
    return {SOURCE: source, CUE: cue, CONTENT: sorted(gold.content)}


def _gold(view: View, attribution: Attribution, priors: Mapping[str, float]) -> list[Gold]:
    return with_whole_sources(view, gold_of(view, [attribution], priors))


def _tag(tags: Ints, tokens: Sequence[int]) -> None:
    """Tag a span of one role; where two overlap, what begins in the other's middle begins there."""
    before = None
    for token in tokens:
        goes_on = before == token - 1
        if tags[token] == OUTSIDE or not goes_on:
            tags[token] = INSIDE if goes_on else BEGIN
        before = token


def _number(labels: Sequence[str], label: str | None) -> int:
    return labels.index(label) if label in labels else UNKNOWN
