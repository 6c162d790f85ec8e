"""Headlines in which a mark attributes: *Minister: No new taxes*, *No new taxes: minister*, *‘We will stay’ – Holm*.

So do captions and headings within an article. There is no cue; the label is the source. A label that names what the text is
about (*Ukraine: what next?*, *Opinion: …*, *World Cup 2022: …*) is none.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np

from ...attribution.extractor import TOLD, Candidate
from ...attribution.source_ends import Stretch
from ...language.article_tokens import View
from ...language.source_types import judge
from ...language.source_words import PLACES, famous_surnames, first_names, look_up
from ...language.word_forms import lexicon
from .by_sentence import ByWords
from .labels import NO_SPEAKERS
from .stretches import CLOSING, OPENING, closes_paragraph, opens_paragraph
from .subjects import subject_of

HEADLINE = "headline"
"""The form of an attribution that a colon or a dash in a headline makes."""

_SCORE = 0.9
_LONGEST = 40  # tokens of a headline
_LONGEST_LABEL = 7
_LONGEST_TAIL = 5
_FEWEST_WORDS = 2  # of what is said
_FEWEST_BEFORE_NAME = 4  # of what is said before a dash and a name, without quotation marks
_DASHES = frozenset({"—", "–", "-", "--", "―", "|"})
_DIVIDING = lexicon.mark(_DASHES | {":"})
_STOPS = frozenset({".", "!", ","})
_ASKING = frozenset("what why how who where when which whose the a an".split())
_SPEAKING = frozenset("i we my our me us i'm we're i've we've i'll we'll don't no not never".split())
_IMPERATIVES = frozenset(
    "let stop send give end put keep ban fire extend raise cut build vote leave help pay stand drop tell ask stay go come "
    "get make take show back support".split()
)
_VERBS = frozenset(
    "is are was were will would can could must should shall may might has have had do does did isn't aren't wasn't weren't "
    "won't wouldn't can't cannot couldn't shouldn't doesn't didn't hasn't haven't says said wants needs gets makes takes "
    "means shows faces plans expects considers remains remain want need get split favor favour oppose like think say know "
    "it's there's that's he's she's they're you're fell rose won lost killed dies".split()
)
_TELLING = frozenset({"to", "tells"})
_PREDICATES = frozenset("to ready not against unlikely likely still safe never too".split())
_NO_BODIES = frozenset({"US", "UK", "USA", "UAE", "TV", "AI", "Media", "Press"})
_UNNAMED = frozenset({"source", "sources", "insider", "insiders", "official sources"})
_TO = frozenset({"to", "on", "in", "at", "tells"})
_SEATS = frozenset({"white house", "kremlin", "the kremlin", "pentagon", "the pentagon", "downing street", "no 10"})
_SHORT_TITLES = frozenset("pm fm cm dpm mp mps govt fg ec cji igp dgp prez veep ag da dm gov mayor cops".split())
_LINKS = frozenset({"of", "for", "the", "and", "in"})
_IN_NAMES = frozenset({".", "'s", "’s", "’", "'"})
_FURNITURE = frozenset(
    "a an interview profile portrait obituary column voices quicktake factbox timeline podcast gallery quiz exclusive "
    "poll-tracker documentary".split()
)


def colon_headlines(view: View, candidates: list[Candidate]) -> list[Candidate]:
    """Make attributions of the headlines that name their source before a colon, or behind one."""
    made = list(_found(view))
    if not made:
        return candidates
    found = ByWords(view, candidates)
    made = [one for one in made if not _is_told(one, found.of(view.home[one.anchor]))]
    said = {t for one in made for t in one.content.tolist()}
    anchors = {one.anchor for one in made}
    kept = [c for c in candidates if said.isdisjoint(c.content.tolist()) and c.anchor not in anchors]
    return sorted([*kept, *made], key=lambda c: c.anchor)


def _is_told(found: Candidate, candidates: Sequence[Candidate]) -> bool:
    """Tell whether a cue outside what is said attributes it already: *Minister says: No new taxes*."""
    said = set(found.content.tolist())
    for c in candidates:
        both = len(said & set(c.content.tolist())) if c.score >= TOLD else 0
        if both and (c.form or (c.cue and c.source and c.anchor not in said and 2 * both > len(said))):
            return True
    return False


def _found(view: View) -> Iterator[Candidate]:
    passed = checked = -1
    for at in view.places_of(_DIVIDING):
        n = view.home[at]
        if n == passed or (n != checked and not _is_headline(view, n)):
            passed = n
            continue
        checked = n
        found = _leading(view, n, at) or _trailing(view, n, at)
        if found:
            passed = n
            yield found


def _is_headline(view: View, n: int) -> bool:
    """Tell a headline, a heading or a caption: a short line of its own without a full stop."""
    first, last = view.sentences[n]
    if last - first > _LONGEST or not (opens_paragraph(view, n) and closes_paragraph(view, n)):
        return False
    return n == 0 or not (view.words[last - 1] in _STOPS or (view.inside[last - 1] and view.words[last - 2] in _STOPS))


def _leading(view: View, n: int, at: int) -> Candidate | None:
    """*Police: Man killed by own dog*."""
    first, last = view.sentences[n]
    if view.words[at] != ":" or ":" in view.words[first:at] or not view.words[first][0].isupper():
        return None
    said = (at + 1, _end(view, last))
    if view.n_words[said[1]] - view.n_words[said[0]] < _FEWEST_WORDS:
        return None
    label = _label(view, first, at)
    if label and at - first <= _LONGEST_LABEL and _claims(view, label, said):
        return _made(at, label, said)
    if n or not _is_quoted(view, said):
        return None
    label = subject_of(view, first, at)
    fits = label and (label[1] - label[0] > 1 or _is_somebody(view, label[0]))
    return _made(at, label, said) if label and fits else None


def _end(view: View, last: int) -> int:
    return last - 1 if view.words[last - 1] == "." else last


def _made(at: int, label: Stretch, said: Stretch) -> Candidate:
    return Candidate(at, None, label, np.arange(*said), 1.0, _SCORE, form=HEADLINE)


def _label(view: View, first: int, end: int) -> Stretch | None:
    """Give the source that a label is: a role, a body, a person; *Trump on debt* is *Trump*."""
    end = next((t for t in range(first + 1, end) if view.lower[t] in _TO), end)
    words, lower = view.words[first:end], view.lower[first:end]
    if any(word[0].isdigit() or word == "," for word in words) or view.inside[first]:
        return None
    if words != ["WHO"] and not NO_SPEAKERS.isdisjoint(lower):
        return None
    return (first, end) if _is_source(view, first, end) else None


def _is_source(view: View, first: int, end: int) -> bool:
    words = tuple(view.words[first:end])
    found = look_up(words)
    whole = bool(found) and found[-1].last == len(words)
    lower = " ".join(view.lower[first:end])
    if len(words) == 1 and words[0] not in _NO_BODIES and _is_known(("the", words[0])):
        return True
    if lower in _SEATS or lower.rpartition(" ")[2] in _SHORT_TITLES or (len(words) == 1 and words[0] in famous_surnames()):
        return True
    if whole and found[-1].sort not in PLACES and judge(words):
        if len(words) > 1 and all(word.isupper() for word in words) and found[0].first:  # a pun: FAWLTY POWERS
            return False
        listed = {t for f in found for t in range(f.first, f.last)}
        others = [word for t, word in enumerate(words) if t not in listed and word[0].islower() and word not in _LINKS]
        return len(others) < 2 and lower.split(" ")[0] != "the" and not any(w.endswith(("s", "ed")) for w in others)
    if whole and found[-1].sort in {"country", "place"}:  # a capital or a country, which speaks of itself as *we*
        return view.words[end : end + 1] == [":"] and view.lower[end + 1] in _SPEAKING
    if whole or not all(word[0].isupper() or word in {"'s", "’s", "."} for word in words):
        return False
    return words[0] in first_names() or any(f.sort == "role" for f in found) or _is_somebody(view, end - 1)


def _is_known(words: tuple[str, ...]) -> bool:
    """Tell a role or a body of the word lists by its last word."""
    found = look_up(words)
    return bool(found) and found[-1].last == len(words) and found[-1].sort not in PLACES and judge(words) is not None


def _is_place(words: Sequence[str]) -> bool:
    found = look_up(words)
    return bool(found) and found[-1].last == len(words) and found[-1].sort in PLACES


def _is_somebody(view: View, at: int) -> bool:
    """Tell whether a name stands elsewhere in the article as that of somebody: *President Oskar Holm*, *Mr Holm*."""
    word = view.words[at].lower()
    known: dict[str, list[int]] = view.memo.setdefault("somebody", {})
    if word not in known:
        places = (i for i in view.places_by_word().get(word, ()) if i and view.words[i][0].isupper())
        known[word] = list(islice((i for i in places if _is_behind_role(tuple(view.words[max(i - 3, 0) : i]))), 2))
    return any(i != at for i in known[word])


def _is_behind_role(before: tuple[str, ...]) -> bool:
    """Tell whether the words before a name end with a first name, or hold a role."""
    return before[-1] in first_names() or any(f.sort == "role" for f in look_up(before))


def _claims(view: View, label: Stretch, said: Stretch) -> bool:
    """Tell a claim from a topic and its treatment: *Police: What we know*, *Ana Ruiz: The end of an era*."""
    lower = view.lower[slice(*said)]
    if _is_quoted(view, said) or lower[0] in _SPEAKING:
        return True
    if view.words[label[1]] != ":":  # Holm on the budget: A reluctant reformer; Holm to unions: Stop the strike
        return view.lower[label[1]] in _TELLING and lower[0] in _IMPERATIVES
    if not _PREDICATES.isdisjoint(lower) and lower[0] not in _ASKING and not lower[0].endswith("ing"):
        return True
    if not _VERBS.isdisjoint(lower[1:]):
        return lower[0] not in _ASKING or (lower[0] in {"the", "a", "an"} and lower[-1] != "?")
    if lower[0] in _ASKING or lower[-1] == "?":
        return False
    found = look_up(view.words[slice(*label)])
    known = bool(found) and found[-1].last == label[1] - label[0] and found[-1].sort in {"role", "body"}
    known = known or (
        label[1] - label[0] == 1 and view.words[label[0]].isupper() and _is_known(("the", view.words[label[0]]))
    )
    partly_quoted = view.n_quoted[said[1]] > view.n_quoted[said[0]]
    return known or partly_quoted or lower[0] in _IMPERATIVES or any(word.endswith(("ed", "ing")) for word in lower[1:])


def _is_quoted(view: View, said: Stretch) -> bool:
    """Tell whether what is said is a quotation, or begins with one."""
    return (
        view.words[said[0]] in OPENING and view.inside[said[0]] > 0 and view.n_quoted[said[1]] - view.n_quoted[said[0]] > 1
    )


def _trailing(view: View, n: int, at: int) -> Candidate | None:
    """*No new taxes: minister*; *‘We will stay’ – Holm*."""
    first, last = view.sentences[n]
    end = _end(view, last)
    if view.words[at] != ":" and not _is_apart(view, at):
        return None
    if not 0 < end - at - 1 <= _LONGEST_TAIL or view.n_words[at] - view.n_words[first] < _FEWEST_WORDS:
        return None
    words, lower = tuple(view.words[at + 1 : end]), view.lower[at + 1 : end]
    unfit = NO_SPEAKERS | _FURNITURE | _SPEAKING | _ASKING
    unnamed = " ".join(lower) in _UNNAMED
    if not (unnamed or unfit.isdisjoint(lower)) or not all(word[0].isalpha() or word in _IN_NAMES for word in words):
        return None
    colon, quoted = view.words[at] == ":", view.words[at - 1] in CLOSING and view.inside[first] > 0
    known = (judge(words) is not None and not _is_place(words) and _VERBS.isdisjoint(lower)) or unnamed
    fits = known and (words[0].islower() or (colon and (quoted or _ends_in_role(words))))
    if not fits and (quoted or (not colon and view.n_words[at] - view.n_words[first] >= _FEWEST_BEFORE_NAME)):
        judged = judge(("the", *words))
        fits = _is_source(view, at + 1, end) and (quoted or judged is None or judged.source_type != "media")
    return _made(at, (at + 1, end), (first, at)) if fits else None


def _is_apart(view: View, at: int) -> bool:
    """Tell a dash with a space on either side from one within a word."""
    return view.text[view.starts[at] - 1].isspace() and view.text[view.ends[at] : view.ends[at] + 1].isspace()


def _ends_in_role(words: Sequence[str]) -> bool:
    found = look_up(words)
    return bool(found) and found[-1].last == len(words) and found[-1].sort == "role"
