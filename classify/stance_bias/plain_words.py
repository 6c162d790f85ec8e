"""Tokens that can judge nothing, whatever a model makes of them: words of names, numbers, times, words of grammar."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from ...data.arrays import Bools, Ints
from ...data.lexicon import source_lines
from ..attribution.word_features import Form, is_function
from ..language.article_tokens import Layout
from ..language.first_names import personal_names
from ..language.source_words import PLACES
from .loaded_words import STRONG

N_BITS = 3
PLAIN_FORM, LISTED_NAME, OPENS = (1 << bit for bit in range(N_BITS))
"""What a form tells by itself, as bits: it can judge nothing; it is on the lists of names or of places; a sentence, and
so a capital letter, may begin behind it."""
_TITLE, _CAPITALS, _MIXED, _WITH_DIGIT = 1, 2, 3, 4  # what `word_features.shape` gives; 5 are marks
_OPENING = frozenset('“ " ‘ : — – - ( [ • * ? ! … ...'.split())
_TIMES = frozenset(  # and numbers, measures, directions
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur "
    "thurs fri sat sun second seconds minute minutes hour hours day days week weeks weekend weekends month months "
    "year years decade decades century centuries morning mornings noon afternoon afternoons evening evenings night "
    "nights midnight overnight dawn dusk today tomorrow yesterday tonight spring summer autumn winter fall daily "
    "weekly monthly yearly annual annually early late earlier later recent recently ago previous previously former "
    "formerly current currently meanwhile one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred hundreds thousand thousands million millions billion billions trillion trillions dozen dozens half "
    "quarter third thirds first fourth fifth sixth seventh eighth ninth tenth once twice percent percentage north "
    "south east west northern southern eastern western northeast northwest southeast southwest mile miles kilometre "
    "kilometres kilometer kilometers metre metres meter meters foot feet inch inches acre acres dollar dollars euro "
    "euros cent cents pound pounds said says say told according".split()
)
_TITLES = frozenset(  # and ranks: a name stands directly behind
    "mr mrs ms mx miss dr sir dame lady lord prof professor rev reverend fr father sister capt captain col colonel gen "
    "general lt lieutenant maj major sgt sergeant judge justice sen senator rep gov governor mayor president".split()
)
_IN_PLACES = frozenset("in at near".split())
_OF_NAMES = frozenset(  # the last word of the name of a street, a place, a house
    "alley arms avenue ave bay beach boulevard blvd bridge castle church club college cove creek farm forest hall "
    "heights hill hills hotel inn island lake lane mountain park peak point pond port ridge river road school "
    "square st street tavern theatre university valley village wood woods".split()
)
_HEADLINE = 0.9  # from this share of capitalised words on, a capital tells no name
_HEADLINE_WORDS = 4
_ARTICLE = 1 << 33  # above the codes of words


def form_bits(printed: str, form: Form) -> int:
    """Tell what a word as printed is by itself: bits of this module."""
    plain = form.shape >= _MIXED or form.lower in _TIMES or is_function(form.lower)
    named = form.shape == _TITLE and (printed in personal_names() or printed in _places())
    return plain * PLAIN_FORM | named * LISTED_NAME | (printed in _OPENING) * OPENS


@cache
def _places() -> frozenset[str]:
    lines = [line for line in source_lines() if line.rsplit("\t", 2)[1] in PLACES]
    return frozenset(" ".join([line.partition("\t")[0] for line in lines]).split())


def names_among(shape: Ints, form: Ints, strength: Ints, word: Ints, layout: Layout) -> Bools:
    """Tell which tokens are words of a name: by their capitals, where these are not owed to the start of a sentence.

    Parameters
    ----------
    shape, form, strength, word : ndarray of shape (n_tokens,)
        What `bias_features.attributes` knows of the tokens.
    layout : Layout

    Returns
    -------
    ndarray of bool, shape (n_tokens,)
        Strong words of the lists are no names in capitals, nor in a headline that capitalises its words.
    """
    capital = (shape >= _TITLE) & (shape <= _MIXED)
    left, right = layout.edges()
    opening = (left == 0) | np.append(False, form[:-1] & OPENS > 0)
    strong = strength >= STRONG
    headline = _headlines(capital, form, layout)
    inside = capital & ~opening
    named = inside & ~(strong & (headline | (shape == _CAPITALS)))
    first = np.flatnonzero(capital & opening)
    followed = np.append(inside[1:], False)[first] & (right[first] > 0)
    weak = ~strong[first] & (followed | (form[first] & LISTED_NAME > 0))
    key = word + np.repeat(np.arange(len(layout.sizes)), layout.sizes) * _ARTICLE
    names = np.append(np.sort(key[inside & ~headline]), -1)  # no key is below 0; `np.isin` loads much the first time
    named[first] = weak | (names[np.searchsorted(names[:-1], key[first])] == key[first])
    return np.asarray(named)


def stands_as_name(before: str, word: str, behind: Sequence[str]) -> bool:
    """Tell whether a word is one of a name, by the words next to it alone: whatever else the article does with it.

    Parameters
    ----------
    before, word : str
        As printed; ``before`` is empty where a sentence begins.
    behind : sequence of str
        The next two words of the sentence, or fewer.

    Examples
    --------
    >>> stands_as_name("Mr", "Savage", ["met", "her"]), stands_as_name("in", "Hell", [",", "Norway"])
    (True, True)
    >>> stands_as_name("the", "Reckless", ["Club", "closed"]), stands_as_name("the", "reckless", ["Club", "closed"])
    (True, False)
    """
    if not word.istitle():
        return False
    one, two = [*behind, "", ""][:2]
    is_titled = before.istitle() and before.rstrip(".").lower() in _TITLES
    is_place = before.lower() in _IN_PLACES and one == "," and two.istitle()
    return is_titled or is_place or (one.istitle() and one.rstrip(".").lower() in _OF_NAMES)


def _headlines(capital: Bools, form: Ints, layout: Layout) -> Bools:
    """Tell the tokens of sentences that capitalise most of their words."""
    counts = form & PLAIN_FORM == 0
    first, last = layout.bounds.T
    n_words, n_capitals = (np.append(0, np.cumsum(some)) for some in (counts, counts & capital))
    words, capitals = n_words[last] - n_words[first], n_capitals[last] - n_capitals[first]
    found = (words >= _HEADLINE_WORDS) & (capitals >= _HEADLINE * words)
    return np.repeat(found, last - first)
