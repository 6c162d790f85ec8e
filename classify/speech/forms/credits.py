"""Lines that name who is quoted, below a quotation or above it: *— Ana Ruiz, mayor of Ems*; *Ana Ruiz, Daily Post*."""

from collections.abc import Mapping, Sequence

from ...attribution.source_ends import Stretch
from ...language.article_tokens import View
from ...language.source_types import judge
from ...language.source_words import first_names
from .labels import NO_SPEAKERS
from .stretches import Quotation, closes_paragraph, opens_paragraph, paragraph_end

_DASHES = frozenset({"—", "–", "-", "--", "―", "~"})
_LONGEST = 16  # tokens of a line
_LONGEST_NAME = 6
_JOINING = frozenset("de del della di da dos van von der den bin ibn al el la le du . & and of the for".split())
_NO_NAMES = frozenset('. ? ! : ; “ ” "'.split())


def credited(view: View, quotations: Sequence[Quotation]) -> dict[int, Stretch]:
    """Find who is named in a line of its own beside quotations that are whole paragraphs.

    Parameters
    ----------
    view : View
    quotations : sequence of Quotation

    Returns
    -------
    dict of int to (int, int)
        The tokens of the name, by the number of the quotation. Where lines stand above and below a quotation, those are
        taken that go with more of the article's quotations.
    """
    below: dict[int, Stretch] = {}
    above: dict[int, Stretch] = {}
    for i, quotation in enumerate(quotations):
        if quotation.ends and (name := _name_in(view, quotation.end_sentence + 1)):
            below[i] = name
        if quotation.begins and not quotation.ends and (name := _name_behind(view, quotation)):
            below[i] = name
        if quotation.begins and (name := _name_in(view, quotation.sentence - 1)):
            above[i] = name
    if not above:
        return _spread(view, quotations, below, -1)
    dashed = any(view.words[first - 1] in _DASHES for first, _ in below.values() if first)
    if dashed or len(below) >= len(above) > 1 or (below and min(below) < min(above)):
        return _spread(view, quotations, below, -1)
    return _spread(view, quotations, above, 1)


def _spread(view: View, quotations: Sequence[Quotation], names: Mapping[int, Stretch], step: int) -> dict[int, Stretch]:
    """Let a line name the paragraphs of quotation that stand together above or below it."""
    found = dict(names)
    for start, name in names.items():
        i = start + step
        while 0 <= i < len(quotations) and i not in found:
            one, other = (quotations[i], quotations[i - step])[::-step]
            apart = view.paragraph[other.sentence] - view.paragraph[one.end_sentence]
            if not (apart == 1 and quotations[i].begins and quotations[i].ends):
                break
            found[i] = name
            i += step
    return found


def _name_behind(view: View, quotation: Quotation) -> Stretch | None:
    """Give the name behind a quotation and a dash, in its paragraph: *“We want water.” – Ben Lowe*."""
    at = quotation.last
    if view.words[at] not in _DASHES:
        return None
    last = view.sentences[paragraph_end(view, quotation.end_sentence) - 1][1]
    last -= view.words[last - 1] == "."
    if not 0 < last - at - 1 <= _LONGEST:
        return None
    comma = next((t for t in range(at + 1, last) if view.words[t] in {",", "("}), last)
    return (at + 1, comma) if _is_name(view.words[at + 1 : comma]) else None


def _name_in(view: View, n: int) -> Stretch | None:
    """Give the name in a sentence that is a line of credit."""
    if not 0 < n < len(view.sentences) or not (opens_paragraph(view, n) and closes_paragraph(view, n)):
        return None
    first, last = view.sentences[n]
    dashed = view.words[first] in _DASHES
    first += dashed
    if not 0 < last - first <= _LONGEST or view.words[last - 1] in _NO_NAMES or view.n_quoted[last] > view.n_quoted[first]:
        return None
    comma = next((t for t in range(first, last) if view.words[t] in {",", "("}), last)
    words = view.words[first:comma]
    if not (dashed or comma < last) or not _is_name(words) or not NO_SPEAKERS.isdisjoint(view.lower[first:comma]):
        return None
    return first, comma


def _is_name(words: Sequence[str]) -> bool:
    if not words or len(words) > _LONGEST_NAME or not words[0][0].isupper():
        return False
    if not all(word[0].isupper() or word in _JOINING for word in words):
        return False
    return words[0] in first_names() or len(words) > 1 or judge(words) is not None
