"""Who acts in a sentence: the person or body that its first words name."""

from ...attribution.source_ends import Stretch
from ...language.article_tokens import View
from ...language.phrase_heads import head_noun
from ...language.source_types import judge
from ...language.source_words import PLACES, first_names, look_up
from ...language.word_forms import NAME

_PRONOUNS = frozenset({"he", "she"})
_DETERMINERS = frozenset({"the", "a", "an", "her", "his", "its", "their", "my", "our", "another", "one"})
_OPENERS = frozenset({"but", "and", "so", "then", "now", "at", "that", "finally", "here", "again", "still", "yet"})
_SIDE_CLAUSES = frozenset(
    "asked pressed speaking looking turning standing sitting when after before as while at on in".split()
)
_JOINING = frozenset("de del della di da dos van von der den bin ibn al el la le du of".split())
_STOPS = frozenset(': ; — – -- “ ” " ( ) . ? !'.split())
_LEADS = frozenset({"from", "by", "more", "to", "in", "at", "on", "per", "here", "for", "with"})
_LONG = 9  # tokens: a longer subject is a clause
_LONG_APPOSITION = 24
_NO_VERBS = frozenset("of in on at for from with by to and or as than like".split())
_GESTURES = frozenset(
    "shook nodded smiled sighed shrugged laughed paused pointed turned looked leaned frowned grinned stared glanced rose "
    "sat stood wiped raised lifted lowered closed opened put took held hesitated stopped coughed winked blushed waved "
    "reached spread".split()
)
_DEEDS = _GESTURES | frozenset(
    "met came went spoke left told read wrote ran began felt knew saw heard has had is was does sits stands lives works "
    "runs keeps faces sells knows remembers".split()
)
_LETTERS = frozenset("letter note message email e-mail postcard telegram diary letters notes messages".split())
_PEOPLE = frozenset(
    "man woman boy girl mother father brother sister son daughter wife husband friend neighbour neighbor lady "
    "gentleman stranger driver child old captain doctor nurse soldier farmer widow uncle aunt colonel "
    "guard clerk waiter".split()
)


_WRITTEN = frozenset("letter note message email e-mail text postcard diary card telegram poem memo answer reply".split())
_WORDS = _WRITTEN | frozenset("words advice plea verdict explanation".split())
_WROTE = frozenset("wrote sent left posted kept sends writes addressed dictated".split())


def subject_of(view: View, first: int, last: int) -> Stretch | None:
    """Find who acts in a stretch of a sentence: *Deputy Mayor Ana Reis* in *Deputy Mayor Ana Reis faced the crowd*.

    Parameters
    ----------
    view : View
    first, last : int
        Where the stretch begins and ends.

    Returns
    -------
    (int, int) or None
        None where it does not begin with a person, a pronoun or a body that can speak.
    """
    if first + 1 < last and view.lower[first] in _OPENERS and view.lower[first + 1] in _PRONOUNS | _DETERMINERS:
        first += 1
    if view.lower[first : first + 1] and view.lower[first] in _SIDE_CLAUSES:  # Asked about the strike, Stark shrugged
        first = next((t + 1 for t in range(first, last) if view.words[t] == ","), last)
    if first >= last:
        return None
    if view.lower[first] in _PRONOUNS:
        return first, first + 1
    if view.lower[first] in _DETERMINERS:
        return _writing(view, first, last) or _described(view, first, last)
    if view.lower[first].startswith(("i'", "we'")):
        return None
    return _owning(view, first, last) or _named(view, first, last) or _titled(view, first, last)


def acting_after(view: View, first: int, last: int) -> Stretch | None:
    """Find who acts in a sentence behind a quotation: *She poured the tea*, *Brenn shook his head*."""
    subject = subject_of(view, first, last)
    if subject is None or view.lower[first] in _PRONOUNS:
        return subject
    return subject if view.lower[subject[1]] in _GESTURES else None


def named_before(view: View, first: int, colon: int) -> Stretch | None:
    """Find the name or the short description that a colon ends: *The budget – Ana Ruiz:*, *From the report:*."""
    if described := _name_with_description(view, first, colon):
        return described
    start = colon
    while start > first and colon - start < _LONG and _may_name(view, start - 1, colon):
        start -= 1
    while start < colon and view.lower[start] in _JOINING | {"and"}:
        start += 1
    words = view.words[start:colon]
    if not words or any(word[0].isdigit() for word in words):
        return None
    if view.lower[start] in _DETERMINERS:
        return (start, colon) if len(words) > 1 and judge(words) else None
    if not view.facts[start] & NAME:
        return None
    return (start, colon) if len(words) > 1 or judge(words) or _stands_elsewhere(view, start, words[0]) else None


def name_within(view: View, first: int, last: int) -> Stretch | None:
    """Find the first name of two words or more in a stretch: *spoke to the head of the port, Ida Moll*.

    Parameters
    ----------
    view : View
    first, last : int
        Where the stretch begins and ends.

    Returns
    -------
    (int, int) or None
    """
    at = first
    while at < last:
        end = at
        while end < last and view.facts[end] & NAME:
            end += 1
        if end - at > 1 and all(f.sort == "person" for f in look_up(view.words[at:end])):
            return at, end
        at = end + 1
    return None


def _name_with_description(view: View, first: int, colon: int) -> Stretch | None:
    """Find the name that opens a sentence: *Ana Ruiz (Green):*, *Ben Lowe, 34, a teacher:*."""
    end = _name_end(view, first, colon)
    fits = first < end < colon <= first + _LONG_APPOSITION and view.words[end] in {",", "("} and view.facts[first] & NAME
    bracketed = fits and view.words[end] == "(" and view.words[colon - 1] == ")"
    apposed = fits and view.words[end] == "," and end - first > 1 and not view.words[colon - 1].endswith("ed")
    return (first, end) if bracketed or apposed else None


def _may_name(view: View, at: int, colon: int) -> bool:
    word = view.words[at]
    if word[0].isupper() or view.lower[at] in _JOINING | {"and"}:
        return view.lower[at] not in _LEADS
    before = view.words[at - 1]
    return view.lower[at] in _DETERMINERS or (at == colon - 1 and (before.lower() in _DETERMINERS or before[0].isupper()))


def _named(view: View, first: int, last: int) -> Stretch | None:
    end = first
    while end < last and end - first < _LONG and (view.words[end][0].isupper() or _joins(view, end, first, last)):
        end += 1
    if end == first or not view.facts[first] & NAME:
        return None
    words = tuple(view.words[first:end])
    if not _acts(view, end, last) or not _is_person(view, first, end, words):
        return None
    return first, end


def _titled(view: View, first: int, last: int) -> Stretch | None:
    """*Bus driver Pedro Salas*: a role in small letters that opens the sentence, and the name behind it."""
    at = first + 1
    while at < min(last, first + _LONG) and view.lower[at].isalpha() and view.words[at].islower():
        at += 1
    end = _name_end(view, at, last) if at > first + 1 else at
    if end < at + 2 or not _acts(view, end, last):
        return None
    noun = head_noun(view.words[first:at])
    return (first, end) if noun is not None and noun.sort == "role" and noun.last == at - first else None


def _joins(view: View, at: int, first: int, last: int) -> bool:
    if not first < at < last - 1 or not view.words[at + 1][0].isupper():
        return False
    return view.lower[at] in _JOINING or (view.words[at] == "." and len(view.words[at - 1]) == 1)


def _is_person(view: View, first: int, end: int, words: tuple[str, ...]) -> bool:
    found = look_up(words)
    if found and found[-1].last == len(words):
        return found[-1].sort == "person" or (found[-1].sort == "role" and not _is_many(words[-1]))
    if words[0] in first_names() or any(f.sort == "role" for f in found):
        return True
    if found and found[0].sort in PLACES:
        return False
    if len(words) > 1:
        return True
    return _stands_elsewhere(view, first, words[0]) or (_is_singular(words[0]) and _is_deed(view.lower[end]))


def _is_singular(word: str) -> bool:
    return word[-1] != "s" or word[-2] in "aiosuy"


def _is_many(word: str) -> bool:
    """Tell a crowd: one of them speaks, and nobody knows which."""
    return word.endswith("s") or word.lower() in {"people", "children", "men", "women", "police"}


def _is_deed(word: str) -> bool:
    return word.endswith("ed") or word in _DEEDS


def _stands_elsewhere(view: View, at: int, word: str) -> bool:
    """Tell whether a word has a capital within another sentence, too: one that only opens a sentence is no name."""
    words, sentences, home = view.words, view.sentences, view.home
    return any(
        words[i] == word and i != at and i != sentences[home[i]][0] and words[i - 1] not in _STOPS
        for i in view.places_by_word().get(view.lower[at], ())
    )


def _acts(view: View, end: int, last: int) -> bool:
    """Tell whether a verb may follow, at once or behind a description between commas."""
    if end < last and view.words[end] == ",":
        behind = next((t for t in range(end + 1, min(end + _LONG_APPOSITION, last)) if view.words[t] == ","), last)
        end = behind + 1
    return end < last and view.words[end][0].islower() and view.lower[end] not in _NO_VERBS


def _writing(view: View, first: int, last: int) -> Stretch | None:
    """*The letter that* **Elin Berg** *sent home is short*; **His** *message was short*."""
    if last < first + 4:
        return None
    if view.lower[first] in {"his", "her"}:
        return (
            (first, first + 1)
            if view.lower[first + 1] in _WORDS and view.lower[first + 2] in {"was", "is", "were"}
            else None
        )
    noun = next((t for t in range(first + 1, first + 3) if view.lower[t] in _WRITTEN), None)
    if noun is None or view.lower[noun + 1] not in {"that", "which", "from", "by"}:
        return None
    end = _name_end(view, noun + 2, last)
    wrote = view.lower[noun + 1] in {"from", "by"} or (end < last and view.lower[end] in _WROTE)
    return (noun + 2, end) if end > noun + 2 and wrote else None


def _owning(view: View, first: int, last: int) -> Stretch | None:
    """*Elin Berg*, in *Elin Berg’s letter is short*."""
    end = _name_end(view, first, last)
    if not first < end < last - 3 or view.words[end] not in {"’s", "'s"}:
        return None
    return (first, end) if view.lower[end + 1] in _WORDS and view.lower[end + 2] in {"was", "is", "were"} else None


def _name_end(view: View, first: int, last: int) -> int:
    end = first
    while end < last and (view.words[end][0].isupper() or _joins(view, end, first, last)):
        end += 1
    return end


def _described(view: View, first: int, last: int) -> Stretch | None:
    """*The mayor of Ems*, *An old man*: words up to the noun that says who somebody is."""
    for end in range(first + 2, min(first + _LONG, last)):
        if view.words[end - 1] in _STOPS or view.words[end - 1] == ",":
            return None
        noun = head_noun(view.words[first:end])
        role = noun is not None and noun.sort == "role" and noun.last == end - first and _goes_on(view, first, end, last)
        if view.lower[end - 1] in _LETTERS:
            return _writer(view, end, last)
        if role and _is_many(view.words[end - 1]):
            return None
        if role or (view.lower[end - 1] in _PEOPLE and view.lower[end] not in _PEOPLE):
            named = _name_end(view, end, last)
            return _name_behind(view, end, last) or (first, named)
    return None


def _writer(view: View, at: int, last: int) -> Stretch | None:
    """Find who wrote what a noun names: *The letter | that Elin Berg sent her*, *The note | from her father*."""
    if view.lower[at] in {"that", "which"}:
        at += 1
    elif view.lower[at] not in {"from", "by"} and not view.words[at][0].isupper():
        return None
    return subject_of(view, at + (view.lower[at : at + 1] in (["from"], ["by"])), last)


def _name_behind(view: View, at: int, last: int) -> Stretch | None:
    """Find the name behind a description: *Her neighbour Ivo Stark is 60*, *Her neighbour, Ivo Stark, is 60*."""
    end = _name_end(view, at, last)
    if at < end < last and view.words[end][0].islower():
        return at, end
    end = _name_end(view, at + 1, last)
    return (at + 1, end) if view.words[at] == "," and at + 1 < end < last and view.words[end] == "," else None


def _goes_on(view: View, first: int, end: int, last: int) -> bool:
    """Tell whether the phrase is over: the next word makes no longer noun of it."""
    longer = head_noun(view.words[first : end + 1])
    return not (end < last and longer and longer.last == end + 1 - first) and not view.words[end][0].isupper()
