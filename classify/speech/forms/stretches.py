"""The quotations and paragraphs of an article, and which attribution holds which of its tokens."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from ...attribution.extractor import TOLD, Candidate
from ...language.article_tokens import View
from ...language.word_forms import lexicon

COLON = lexicon.mark({":"})
OPENING = frozenset({"“", '"', "``", "‘", "'", "`", "«"})
CLOSING = frozenset({"”", '"', "''", "’", "'", "»"})
_ENDS = frozenset({".", "!", "?", "…", "...", "—", "–", "--"})
_SHORT = 4  # words: fewer make a quotation only where they stand as a whole sentence
_SUBJECT_WITHIN = 6  # tokens among which a quoted clause has its verb
_TITLED = 0.7  # share of the longer words
_SMALL = 4  # letters: shorter words are small in titles, too
_SUBJECTS = frozenset("i we you he she it they this that there who what nobody everybody everyone people i'm it's".split())
_FINITE = frozenset(
    "am is are was were be been has have had do does did will would can could may might must should shall 's 're 'll 've "
    "isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't cannot couldn't shouldn't "
    "i'm i've i'll i'd we're we've we'll we'd you're you've you'll it's it'll he's she's they're they've that's there's "
    "what's let's know think want need went came got said made took saw gave knew told got goes comes makes takes".split()
)
_NO_CLAUSE = frozenset("who which that to of".split())
_BEFORE_SPEECH = frozenset({"", ",", ":", "—", "–", "--", "-", ";", ".", "!", "?", ")"})


class Quotation(NamedTuple):
    """A stretch of tokens inside quotation marks, marks included: ``first`` to before ``last``.

    Parameters
    ----------
    first, last : int
    sentence, end_sentence : int
        Those of its first and of its last token.
    begins, ends : bool
        It opens, or closes, its paragraph.
    closed : bool
        A closing mark ends it.
    """

    first: int
    last: int
    sentence: int
    end_sentence: int
    begins: bool
    ends: bool
    closed: bool


def quotations_of(view: View) -> list[Quotation]:
    """Give the quotations of an article, in order."""
    quote = view.quote
    if not len(quote):
        return []
    edges = [0, *(np.flatnonzero(quote[1:] != quote[:-1]) + 1).tolist(), len(quote)]
    return [_quotation(view, first, last) for first, last in pairwise(edges) if view.inside[first]]


def _quotation(view: View, first: int, last: int) -> Quotation:
    sentence, end_sentence = view.home[first], view.home[last - 1]
    begins = first == view.sentences[sentence][0] and opens_paragraph(view, sentence)
    ends = last == view.sentences[end_sentence][1] and closes_paragraph(view, end_sentence)
    closed = last - first > 1 and view.words[last - 1] in CLOSING
    return Quotation(first, last, sentence, end_sentence, begins, ends, closed)


def opens_paragraph(view: View, n: int) -> bool:
    """Tell whether a sentence is the first of its paragraph."""
    return n == 0 or view.paragraph[n] != view.paragraph[n - 1]


def closes_paragraph(view: View, n: int) -> bool:
    """Tell whether a sentence is the last of its paragraph."""
    return n + 1 == len(view.sentences) or view.paragraph[n] != view.paragraph[n + 1]


def paragraph_start(view: View, n: int) -> int:
    """Give the first sentence of a sentence's paragraph."""
    return bisect_left(view.paragraph, view.paragraph[n], 0, n)


def paragraph_end(view: View, n: int) -> int:
    """Give the sentence behind the last one of a sentence's paragraph."""
    return bisect_right(view.paragraph, view.paragraph[n], n)


def owners(view: View, candidates: Sequence[Candidate]) -> list[int]:
    """Give for each token the number of the attribution, told, that says it; -1 where none does."""
    owner = [-1] * len(view.words)
    for i, c in enumerate(candidates):
        if c.score >= TOLD:
            for t in c.content.tolist():
                owner[t] = i
    return owner


def n_words(view: View, first: int, last: int) -> int:
    """Count the words, no marks, of a stretch of tokens."""
    return view.n_words[last] - view.n_words[first]


def is_speech(view: View, quotation: Quotation) -> bool:
    """Tell whether quotation marks hold a clause or more: no title, no nickname, no few words of a paraphrase."""
    first, last = quotation.first + 1, quotation.last - quotation.closed
    size = n_words(view, first, last)
    if not size or first >= last:
        return False
    begun = view.sentences[quotation.sentence][0]
    before = view.words[quotation.first - 1] if quotation.first > begun else ""
    whole = view.words[first][:1].isupper() and (before in _BEFORE_SPEECH or before in CLOSING)
    if _is_titled(view, first, last):
        return whole and quotation.begins and quotation.ends and view.words[last - 1] in _ENDS
    if whole and (size > 1 or quotation.begins) and (view.words[last - 1] in _ENDS or not quotation.closed):
        return True
    return size >= _SHORT and (whole or _is_clause(view, first, last)) and _has_verb(view, first, last)


def _is_titled(view: View, first: int, last: int) -> bool:
    """Tell a title by its capitals: *“The Long Way Home”*."""
    words = [w for w in view.words[first:last] if w[0].isalpha()]
    longer = [w for w in words[1:] if len(w) >= _SMALL]  # the first word has its capital in any case
    return bool(longer) and sum(w[0].isupper() for w in longer) > _TITLED * len(longer)


def _is_clause(view: View, first: int, last: int) -> bool:
    """Tell whether quoted words within a sentence begin with a subject and its verb: *“it is brown”*."""
    opening = view.lower[first : min(first + _SUBJECT_WITHIN, last)]
    if opening[0] in _SUBJECTS or opening[0].split("'")[0] in _SUBJECTS:
        return True
    verb = next((i for i, word in enumerate(opening) if word in _FINITE), None)
    return verb is not None and verb > 0 and _NO_CLAUSE.isdisjoint(opening[:verb])


def _has_verb(view: View, first: int, last: int) -> bool:
    return any(w in _FINITE or w.endswith(("ed", "n't")) for w in view.lower[first:last])


def nest(c: Candidate, inner: Sequence[Candidate]) -> Candidate:
    """Keep attributions within what another says as reports within it."""
    flat = tuple([one for i in inner for one in (replace(i, nested=()), *i.nested)])
    return replace(c, nested=(*c.nested, *flat)) if flat else c
