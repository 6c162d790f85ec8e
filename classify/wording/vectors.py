"""What an encoder looks at: sentences, and of a stance also what stands before and behind the target."""

from collections.abc import Sequence

import numpy as np

from ...data.arrays import Bools, Floats32
from ..language.article_tokens import View
from ..stance_bias.targets import Target, named_tokens
from .encoders import Encoder
from .features import VECTOR
from .recipe import Recipe

_WITHIN = 12  # tokens on either side of a target; windows of 60 characters did as well
_PARTS = ("", "before ", "behind ")
_WEIGHTS = (1.0, 0.5, 0.5)  # of the sentence, and of what stands before and behind: NewsMTSC has 0.004 less with 1 for all


def encoded_texts(
    seen: View, asked: Sequence[tuple[int, str]], targets: Sequence[Target], recipe: Recipe
) -> list[tuple[str, ...]]:
    """Give the texts whose vectors are features.

    Parameters
    ----------
    seen, asked, targets, recipe
        As for `describe_article`.

    Returns
    -------
    list of tuple of str, length n_asked
        The sentence; where the words around a target are looked at, also what stands before the target and behind it,
        both empty where the sentence does not name it.
    """
    sentences = {n: seen.spans[n].of(seen.text) for n, _ in asked}
    if not (recipe.seen and recipe.mentions):
        return [(sentences[n],) for n, _ in asked]
    by_name = {target.name: target for target in targets}
    named = {name: named_tokens(seen, target) for name, target in by_name.items()}
    return [
        (sentences[n], *(_beside(seen, n, by_name[name], named[name]) if name in by_name else ("", ""))) for n, name in asked
    ]


def _beside(seen: View, n: int, target: Target, named: Bools) -> tuple[str, str]:
    """Cut out what stands on either side of a target in a sentence: where it was judged, else where it is first named."""
    first, last = seen.sentences[n]
    mention = _mention(seen, n, target, named)
    if mention is None:
        return "", ""
    start, end = mention
    before = seen.text[seen.starts[max(first, start - _WITHIN)] : seen.starts[start]]
    behind = seen.text[seen.ends[end - 1] : seen.ends[min(last, end + _WITHIN) - 1]]
    return before.strip(), behind.strip()


def _mention(seen: View, n: int, target: Target, named: Bools) -> tuple[int, int] | None:
    """Find the first token of the mention that counts, and the one after its last; None where the sentence has none."""
    first, last = seen.sentences[n]
    places = (place for place in target.places if place.overlaps(seen.spans[n]))
    for place in places:  # the first is the one that people were asked about
        tokens = np.flatnonzero((seen.starts < place.end) & (seen.ends > place.start)).tolist()
        if tokens:
            return tokens[0], tokens[-1] + 1
    start = next((i for i in range(first, last) if named[i]), last)
    end = next((i for i in range(start, last) if not named[i]), last)
    return (start, end) if start < last else None


def encode_texts(encoder: Encoder, texts: Sequence[tuple[str, ...]], weight: float) -> tuple[list[str], Floats32]:
    """Encode what `encoded_texts` gave.

    Parameters
    ----------
    encoder : Encoder
    texts : sequence of tuple of str, length n_rows
        One or more, all of one length.
    weight : float
        See `Recipe.vectors`.

    Returns
    -------
    names : list of str, length n_features
    values : ndarray of shape (n_rows, n_features)
    """
    columns = zip(_WEIGHTS, zip(*texts, strict=True), strict=False)
    parts = [encoder.encode(list(column)) * np.float32(weight * its_own) for its_own, column in columns]
    names = [f"{VECTOR}{what}{i}" for what, part in zip(_PARTS, parts, strict=False) for i in range(part.shape[1])]
    return names, np.hstack(parts)
