"""What a reporter lets on about a claim by the words beside its cue: *falsely said*, *said without evidence*."""

from collections.abc import Iterator

from ..attribution.source_ends import Stretch
from ..kinds.kind_rule import TIMES
from ..language.article_tokens import View
from ..language.cues import ADVERBS, is_auxiliary
from ..language.word_forms import lexicon
from .phrases import MARKS, sentence_of

_TONES = dict.fromkeys(
    "falsely wrongly erroneously incorrectly mistakenly baselessly groundlessly misleadingly inaccurately untruthfully "
    "dishonestly supposedly implausibly spuriously unfoundedly speciously disingenuously unjustly bogusly ostensibly "
    "purportedly unconvincingly fraudulently deceptively".split(),
    "distancing",
) | dict.fromkeys("rightly correctly accurately aptly truthfully justly astutely justifiably".split(), "endorsing")
_PROOF = frozenset("evidence proof basis foundation substantiation corroboration grounds merit facts".split())
_JUDGING = lexicon.mark(_TONES.keys() | _PROOF)
_LACKING = frozenset("without no any little scant".split())
_OFFERS = frozenset("without citing offering providing presenting giving producing with despite having showing".split())
_BEFORE_PROOF = TIMES | {",", "on", "in", "late", "early", "last", "again"}  # *said on Monday, without proof, that*
_ENDS_OFFER = MARKS | {",", "that", ".", ":"}
_AFTER_ADVERB = TIMES | MARKS | frozenset("that : , . on in at during to of about".split())
_BEFORE, _BEHIND = 5, 8  # tokens beside a cue that may judge it


def judged_tone(view: View, cue: Stretch, anchor: int) -> str | None:
    """Give the tone that words beside a cue lend it; None where none do.

    Parameters
    ----------
    view : View
    cue : (int, int)
        First token and the one after the last.
    anchor : int
        The cue's main word.
    """
    if "judged" not in view.memo:
        view.memo["judged"] = {view.home[at] for at in view.places_of(_JUDGING)}
    if view.memo["judged"].isdisjoint((view.home[anchor], view.home[cue[0]], view.home[cue[1] - 1])):
        return None
    first, last = view.sentences[view.home[anchor]]
    if view.lower[first] in _TONES and view.lower[first + 1 : first + 2] == [","] and not _has_verb(view, first, anchor):
        return _TONES[view.lower[first]]  # *Wrongly, the agency told parents that …*
    for at in _beside(view, cue, anchor, first, last):
        if view.lower[at] in _TONES and not view.inside[at]:
            return _TONES[view.lower[at]]
    places = (first, *_brackets(view, anchor, first), *_behind(view, cue[1], last))
    return "distancing" if any(_lacks_proof(view, at, last) for at in places) else None


def _has_verb(view: View, first: int, anchor: int) -> bool:
    """Tell whether another cue stands between the adverb that opens a sentence and a cue."""
    cues = view.cues[sentence_of(view, anchor)]
    return any(first < match.first and match.last <= anchor and match.role == "verb" for match in cues)


def _brackets(view: View, anchor: int, first: int) -> Iterator[int]:
    """Give where what stands between commas before a cue begins: *The president, citing no proof, said*."""
    if anchor > first and view.lower[anchor - 1] == ",":
        yield from (t for t in range(max(first, anchor - 1 - _BEHIND), anchor - 1) if view.lower[t] == ",")


def _behind(view: View, end: int, last: int) -> Iterator[int]:
    """Give the places behind a cue that no word of what is said comes before: *said on Monday, without proof, that*."""
    for at in range(end, min(last, end + _BEHIND)):
        yield at
        if view.lower[at] not in _BEFORE_PROOF:
            break


def _beside(view: View, cue: Stretch, anchor: int, first: int, last: int) -> Iterator[int]:
    """Give the places of adverbs that belong to a cue: before it among others, within it, right behind it."""
    yield from range(*cue)
    for at in range(anchor - 1, max(first, anchor - 1 - _BEFORE), -1):
        word = view.lower[at]
        if not (word in ADVERBS or is_auxiliary(word) or word.endswith("ly") or word in {"and", "but", ",", "quite"}):
            break
        yield at
    behind = view.lower[cue[1] : min(last, cue[1] + 3)]
    if behind and behind[0] in _TONES and (len(behind) == 1 or behind[1] in _AFTER_ADVERB):
        yield cue[1]
    elif len(behind) > 2 and behind[0] == "," and behind[2] in {",", "that"}:
        yield cue[1] + 1


def _lacks_proof(view: View, at: int, last: int) -> bool:
    """Tell whether words from a token on say that nothing bears it out: *without any evidence*, *citing no proof*."""
    if view.lower[at] == "," and at + 1 < last:
        at += 1
    if at >= last or view.lower[at] not in _OFFERS or view.inside[at]:
        return False
    words = view.lower[at : min(last, at + _BEHIND)]
    stop = next((i for i, word in enumerate(words) if i and word in _ENDS_OFFER), len(words))
    held = words[:stop]
    return not _PROOF.isdisjoint(held) and not _LACKING.isdisjoint(held)
