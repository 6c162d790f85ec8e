"""The wording around the mentions of a target: the words nearest to it, runs that hold it, and how they cast it."""

import math
from collections.abc import Collection, Sequence

from ..attribution.word_features import stem
from ..kinds.features import Features
from .stance_roles import casts, connotations, is_negated, place_of

# Chosen by folds over NewsMTSC's training part; their neighbours were within 0.003 of macro F1.
CAST_SUM = "cast: sum"
"""The feature that sums up how well or badly the words around a target cast it."""
_FADES = 4.0  # tokens in which the weight of a word falls to a third
_LONGEST = 4  # tokens of a run that holds the target
_BESIDE_WORDS = {"left": 2.0, "right": 2.0, "run": 3.0, "cast": 0.6}  # how much the blocks weigh in a text classifier
_BY_CLAUSES = (1.0, 0.4, 0.2)  # what a word counts for by the ends of clauses between it and the target
_MOST_CAST = 3.0  # beyond which more makes no difference
Mention = tuple[int, int]


def wording_features(lower: Sequence[str], mentions: Sequence[Mention], others: Collection[int]) -> Features:
    """Describe the wording of a sentence as seen from the target that it mentions.

    Parameters
    ----------
    lower : sequence of str
        The tokens of the sentence, in lower case.
    mentions : sequence of (int, int)
        First token of each mention of the target, and the one after the last; in order, none empty.
    others : collection of int
        Tokens that name other targets.

    Returns
    -------
    dict of str to float
        Empty without a mention.
    """
    if not mentions:
        return {}
    named = {i for start, end in mentions for i in range(start, end)}
    words = [i for i, word in enumerate(lower) if word[0].isalpha() and i not in named]
    nearest = {i: _nearest(i, mentions) for i in words}
    f: Features = {}
    for i, mention in nearest.items():
        name = f"{'left' if i < mentions[0][0] else 'right'}: {stem(lower[i])}"
        f[name] = max(f.get(name, 0.0), math.exp(-_distance(i, mention) / _FADES))
    _runs(f, lower, named, others)
    _cast(f, lower, {i: mention for i, mention in nearest.items() if i not in others})
    return f


def beside_words(row: Features) -> Features:
    """Weigh the features as a text classifier needs them, which has the words of the whole sentence as well."""
    return {name: value * _BESIDE_WORDS.get(name.partition(":")[0], 1.0) for name, value in row.items()}


def without_wording(row: Features) -> Features:
    """Leave out what `wording_features` gave."""
    return {name: value for name, value in row.items() if name.partition(":")[0] not in _BESIDE_WORDS}


def _nearest(i: int, mentions: Sequence[Mention]) -> Mention:
    return min(mentions, key=lambda mention: _distance(i, mention))


def _distance(i: int, mention: Mention) -> int:
    start, end = mention
    return start - i if i < start else i - end + 1


def _runs(f: Features, lower: Sequence[str], named: Collection[int], others: Collection[int]) -> None:
    """Add the runs of words that hold the target; it and others are known by what they are, not by their names."""
    tokens: list[str] = []
    for i, word in enumerate(lower):
        token = "TARGET" if i in named else "OTHER" if i in others else stem(word)
        if token.islower() or not tokens or tokens[-1] != token:
            tokens.append(token)
    for size in range(2, _LONGEST + 1):
        for at in range(len(tokens) - size + 1):
            run = tokens[at : at + size]
            if "TARGET" in run:
                f[f"run: {' '.join(run)}"] = 1.0


def _cast(f: Features, lower: Sequence[str], nearest: dict[int, Mention]) -> None:
    """Count the words that cast the target well or badly, by where they stand."""
    total = 0.0
    for i, mention in nearest.items():
        told = connotations(lower[i])
        if not told:
            continue
        place, negated = place_of(lower, i, *mention), is_negated(lower, i)
        turned = ", negated" if negated else ""
        for of, sign in told:
            its_own = casts(of, sign, lower[i], place.how)
            what = f"{'+' if sign > 0 else '-'}{turned}"
            for name in (
                f"cast: {what}",
                f"cast: {of if its_own else f'not {of}'} {what}, {place.clauses}",
                f"cast: {of} {place.how} {what}, {min(place.clauses, 1)}",
            ):
                f[name] = f.get(name, 0.0) + 1.0
            if its_own:
                total += (-sign if negated else sign) * _BY_CLAUSES[place.clauses]
    f[CAST_SUM] = max(-_MOST_CAST, min(_MOST_CAST, total))
    f[f"cast: sum {round(max(-2.0, min(2.0, total))):+d}"] = 1.0
