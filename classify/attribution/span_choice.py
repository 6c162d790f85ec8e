"""A second look at each cue's content and source: as whole spans, chosen among those that the first look makes likely."""

from typing import NamedTuple

import numpy as np

from ...data.arrays import Floats32, Floats64, Ints
from ..linear.hashed import Features
from .candidate_spans import CueSentences, thousandths
from .content_candidates import Contents, content_features, content_options, said_by
from .label_spans import BEGIN_CONTENT, BEGIN_SOURCE, NOWHERE, role_of
from .source_candidates import NOBODY, Sources, source_features, source_options
from .token_arrays import Pairs, TokenArrays


class FirstLook(NamedTuple):
    """What the tokens' labels say.

    Parameters
    ----------
    arrays : TokenArrays
    pairs : Pairs
    labels : ndarray of shape (n_pairs,)
        Valid sequences.
    sourced, said : ndarray of int, shape (n_pairs,)
        How likely each token is source, and content, in thousandths.
    chance : ndarray of int, shape (n_tokens + 1,)
        How likely each token is a cue, in thousandths.
    """

    arrays: TokenArrays
    pairs: Pairs
    labels: Ints
    sourced: Ints
    said: Ints
    chance: Ints

    @classmethod
    def of(cls, arrays: TokenArrays, pairs: Pairs, labels: Ints, scores: Floats32, chance: Floats64) -> "FirstLook":
        """Take over what was found; ``scores`` are log chances of shape (n_labels, n_pairs)."""
        sourced, said = (
            np.minimum(thousandths(np.exp(scores[begin : begin + 2].astype(np.float64)).sum(axis=0)), 1000)
            for begin in (BEGIN_SOURCE, BEGIN_CONTENT)
        )
        return cls(arrays, pairs, labels, sourced, said, thousandths(chance))


class ContentChoice(NamedTuple):
    """The contents to choose from."""

    look: FirstLook
    seen: CueSentences
    options: Contents

    @classmethod
    def of(cls, look: FirstLook) -> "ContentChoice":
        """Lay them out."""
        seen = CueSentences.of(look.arrays, look.pairs, role_of(look.labels))
        return cls(look, seen, content_options(seen))

    def describe(self, f: Features) -> None:
        """Describe them."""
        content_features(f, self.seen, self.options, self.look.said, self.look.chance)

    def take(self, chosen: Ints) -> FirstLook:
        """Put the chosen ones, at most one a cue, into the labels."""
        said = said_by(self.seen, self.options, chosen)
        row = self.look.pairs.row
        labels = np.where(self.look.labels >= BEGIN_CONTENT, 0, self.look.labels)
        labels[said] = BEGIN_CONTENT + 1
        follows = np.append(False, said[:-1] & (row[1:] == row[:-1]))[: len(said)]
        labels[said & ~follows] = BEGIN_CONTENT
        return self.look._replace(labels=labels)


class SourceChoice(NamedTuple):
    """The sources to choose from, the contents being chosen."""

    look: FirstLook
    seen: CueSentences
    options: Sources

    @classmethod
    def of(cls, look: FirstLook) -> "SourceChoice":
        """Lay them out."""
        seen = CueSentences.of(look.arrays, look.pairs, role_of(look.labels))
        return cls(look, seen, source_options(seen, look.labels, look.chance, look.sourced))

    def describe(self, f: Features) -> None:
        """Describe them."""
        source_features(f, self.seen, self.options, self.look.chance, self.look.sourced)

    def take(self, chosen: Ints) -> Ints:
        """Give the tokens of the chosen ones, one a cue.

        Returns
        -------
        ndarray of shape (n_cues, 2)
            First token and the one after the last; `NOWHERE` twice for nobody.
        """
        someone = self.options.kind[chosen] != NOBODY
        spans = np.full((len(chosen), 2), NOWHERE)
        begin, end = self.options.begin[chosen[someone]], self.options.end[chosen[someone]]
        spans[someone] = np.stack([self.look.pairs.tokens[begin], self.look.pairs.tokens[end - 1] + 1], axis=1)
        return spans
