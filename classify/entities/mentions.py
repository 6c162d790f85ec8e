"""Whom and what an article names, and how it describes them."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from ..language.article_tokens import View
from ..language.first_names import is_surname
from ..language.person_names import OPENING_MARKS, is_first_name, known_in, nickname_end, without_nickname
from ..language.phrase_forms import Judged
from ..language.phrase_heads import head_noun
from ..language.source_types import judge
from ..language.source_words import (
    ACADEMIC,
    BODIES,
    PLACES,
    POSSESSIVE,
    TITLES,
    SourceMatch,
    famous_surnames,
    is_name,
    look_up,
    may_begin_entry,
    public_figures,
)
from ..language.word_forms import NAME, lexicon, may_be_name
from .appositions import (
    DESCRIBING,
    NO_DESCRIPTION,
    PREDICATING,
    Run,
    before_name,
    behind_name,
    is_saintly,
    may_act,
    predicate,
)
from .entities import Entity, Introductions, Mention, Told, gender_of

_JOINING = frozenset("de del della di da dos van von der den bin ibn al el la le du des y & of for".split())
_PARTICLES = frozenset("de la van von der den dem del los las bin ibn al".split())
_MAY_JOIN = _JOINING | POSSESSIVE | {"to", "."}
_ARTICLES_OF_NAMES = ("al-", "el-", "ul-", "as-", "ad-", "an-", "ar-", "at-", "ez-", "ed-")
_SUFFIXES = frozenset({"Jr", "Sr", "II", "III"})
_LOCAL_BODY_WITHIN = 4  # words behind a place that may name its body: *Russian federal anti-monopoly service*
_APPOSING = frozenset({",", "("})
_MARKED = frozenset("“‘'\"(«")
_APOSTROPHE_S = frozenset({"’s", "'s"})
_BEHIND_FIRM = frozenset("said says has had will announced confirmed denied declined told reported added".split())
_MEMBER_LINKS = frozenset({"of", "from", "at", "with"})
_MINISTRIES = frozenset(
    "Department Ministry Bureau Office Secretary Minister Commissioner Commission Committee Institute Directorate Agency "
    "Alliance Union League Confederation Coalition Society Guild Syndicate Board Faculty School Centers Centres Council "
    "Chamber Association Federation".split()
)
_GOING_ON = _APOSTROPHE_S | {"and"}
_POSTNOMINAL = {"MP": "political", "MEP": "political", "MSP": "political", "MLA": "political", "TD": "political"}
_CAMPAIGN = frozenset(
    "campaign campaigns candidate candidates candidacy nominee nomination contender front-runner frontrunner rival rivals "
    "primary primaries caucus caucuses rally rallies debate running polls presidential".split()
)
_BEFORE_NAME, _BEHIND_NAME = 4, 7  # tokens around a name among which a campaign is looked for
_ENOUGH_VOTES, _MOST_VOTES = 2, 3
_PURPOSEFUL = frozenset({"Committee", "Campaign"})  # to Protect Journalists
_CLOSING = frozenset("”’)»")
_TRADE_WITHIN = 9  # tokens behind a name among which what firms have is looked for
_TRADE = frozenset(
    "profits profit shares sales revenue revenues customers flights stores factory factories plant plants jobs employees "
    "subscribers passengers trains outage outages refunds products dividend stock investors shareholders airline "
    "supermarket supermarkets app users recall recalled branches warehouses plc results loss losses earnings turnover "
    "output barrels ore".split()
)
_CALLING = frozenset(
    "party consultancy airline newspaper daily charity union bank retailer supermarket carmaker company firm utility "
    "railway pollster think-tank foundation brewery chain developer manufacturer insurer".split()
)
_KIN = {
    **dict.fromkeys(("husband", "son", "brother", "grandson"), "m"),
    **dict.fromkeys(("wife", "daughter", "sister", "granddaughter"), "f"),
}
_ARTICLES_WITHIN = ("Mc", "Mac", "De", "Di", "Du", "La", "Le", "Van", "Von", "Fitz", "Al", "El", "St", "Da", "Del", "San")
_EPITHETS = frozenset({"Old", "Young", "Little", "Poor", "Apparently", "Maybe"})
_PART_OF_NAME = frozenset({"and", "of", "for", "on", "&"})
_AUXILIARIES = frozenset("is was may would could".split())
_OF_WORDS = ("ly", "ty", "ing", "tion", "sion", "ness", "ment", "ism", "ists", "ers", "ence", "ance", "ture", "ship")
_PLACING = frozenset("in at near to from around outside of for with by".split())
_ENDS_CLAUSE = frozenset({".", ";", "who", "where"})
_NO_FIRMS = frozenset(  # capitals that open a sentence or name a time
    "The This That These Those But And For With When While After Before Since Until Last Next Some Many Most Such Other "
    "January February March April May June July August September October November December Monday Tuesday Wednesday "
    "Thursday Friday Saturday Sunday Christmas Easter Internet Twitter Facebook".split()
)
_SPORT = frozenset(
    "coach match matches season league striker goal goals overtime innings wicket batsman bowler defender midfielder "
    "goalkeeper playoffs playoff cup semi-final tournament fixture squad team-mates teammates kick-off skipper tries".split()
)
_PARLIAMENT = frozenset(
    "party parties parliament coalition opposition bill mps lawmakers legislators assembly chamber liberals socialists "
    "conservatives sheriff".split()
)
_FIRST_ROLE = 5  # words of a description among which its first role stands
_LINKING = frozenset("of for from in to at , with who".split())
_AIDES = frozenset("aide adviser advisor strategist staffer".split())
_BY_TOPIC = {  # a title, the words that tell the topic, the type that it has there, and how many of them it takes
    **dict.fromkeys(("captain", "skipper", "vice-captain"), (_SPORT, "organisation", 2)),
    "deputy": (_PARLIAMENT, "political", 1),
    **dict.fromkeys(_AIDES, (frozenset({"campaign"}), "political", 1)),
}
_LONG_NAME = 5  # words: a longer run of capitals is no name, and one of five only where something beside it tells


def introductions(view: View) -> Introductions:
    """Find whom an article names: *Foreign Minister Anna Berg*; *Euan Roe, a modeller*; *the Security Service (SBU)*.

    Parameters
    ----------
    view : View

    Returns
    -------
    Introductions
    """
    article = Introductions(view.words, sentences=view.sentences, vocabulary=view.vocabulary)
    later: list[Run] = []
    joined: list[tuple[Run, Run]] = []
    names = np.flatnonzero(view.facts & NAME).tolist()
    passed = 0
    for first, last in view.sentences:
        if passed == len(names):
            break
        if names[passed] >= last:
            continue
        sentence = view.words[first:last]
        titled = first == 0 and _is_title(sentence)
        begins, passed = passed, bisect_left(names, last, passed)
        before: Run | None = None
        for run in _runs(sentence, first, names[begins:passed], view):
            if before is not None and sentence[before.last] == "and":
                joined.append((before, run))
            before = run
            if titled or not _introduce(article, run):
                later.append(run)
    _introduce_joined(article, joined)
    _introduce_firms(article, later)
    for run in later:  # surnames and short forms, also those printed before the full name
        entity = article.find(run.words)
        if entity:
            _add_mention(article, run, entity)
            _learn_predicate(article, run, entity)
    article.mentions.sort(key=lambda mention: mention.at)
    _tell_candidates(article)
    article.settle()
    return article


def _tell_candidates(article: Introductions) -> None:
    """Who has held office and has run for one is a candidate where campaigns are told of beside the name."""
    votes: dict[Entity, int] = {}
    for mention in article.mentions:
        if "political" not in mention.entity.types:
            continue
        near = article.words[max(mention.at - _BEFORE_NAME, 0) : mention.at + _BEHIND_NAME]
        if "President" in near[:_BEFORE_NAME]:
            votes[mention.entity] = votes.get(mention.entity, 0) - _MOST_VOTES
        elif not _CAMPAIGN.isdisjoint(near):
            votes[mention.entity] = votes.get(mention.entity, 0) + 1
    for entity, n in votes.items():
        if n >= _ENOUGH_VOTES:
            entity.source_type, entity.told = "political", Told.RUNNING


def _introduce_joined(article: Introductions, joined: Sequence[tuple[Run, Run]]) -> None:
    """Take in couples, and then kin, of whom *and* stands behind the first."""
    kin = []
    for one, other in joined:
        if _are_couple(one, other):
            _introduce_partner(article, one, other)
        elif gender := _kin_gender(one, other):
            kin.append((one, other, gender))
    for one, other, gender in kin:
        _introduce_kin(article, one, other, gender)


def _are_couple(one: Run, other: Run) -> bool:
    """Tell *Bill* and *Hilda Cross*."""
    if other.first != one.last + 1 or one.last - one.first > 1 or other.last - other.first != 2:
        return False
    return is_first_name(one.words[0]) and is_first_name(other.words[0])


def _kin_gender(one: Run, other: Run) -> str:
    """Tell *Helen Price and her husband, Robert*: the gender of who has the same surname; empty for anybody else."""
    if other.last - other.first != 1 or one.last - one.first < 2 or not 3 <= other.first - one.last <= 4:
        return ""
    between = one.sentence[one.last : other.first]
    if between[1] not in {"his", "her"} or between[3:] not in ([], [","]):
        return ""
    if not between[3:] and not is_first_name(other.words[0]):
        return ""
    return _KIN.get(between[2], "")


def _introduce_kin(article: Introductions, run: Run, behind: Run, gender: str) -> None:
    """Take *Robert* for Robert Price."""
    named = article.find(run.words)
    if named is None or named.sort != "person" or " " not in named.name:
        return
    surname = named.name.rsplit(" ", 1)[-1]
    entity = article.find(behind.words)
    if entity is None or " " in entity.name:
        entity = Entity(behind.words[0], "person")
        _add_mention(article, behind, entity)
    entity.name, entity.gender = f"{behind.words[0]} {surname}", gender
    entity.learn((), "individual", Told.GUESSED)
    named.gender = named.gender or ("f" if behind.sentence[run.last + 1] == "her" else "m")
    article.add(entity, entity.name, behind.words[0], surname)


def _introduce_firms(article: Introductions, runs: Sequence[Run]) -> None:
    """Take unknown names for firms where their sentences tell of profits, flights, customers: *NorthRail and its trains*."""
    for run in runs:
        if run.last - run.first > 2 or not _may_be_firm(run.words) or article.find(run.words):
            continue
        if _trades(run):
            name = " ".join(run.words)
            entity = Entity(name, "body", "organisation", Told.LISTED, run.words, {"company", "firm"})
            article.add(entity, name, *_short_names(run.words))


@lru_cache(maxsize=2048)
def _may_be_firm(name: tuple[str, ...]) -> bool:
    """Tell a name that the lists do not know, and that is no person’s."""
    if known_in(name) or look_up(name) or is_first_name(name[0]) or len(name[-1]) < 4 or name[-1].lower() in NO_DESCRIPTION:
        return False
    if len(name) == 1 and name[0].endswith(_OF_WORDS):
        return False
    return not is_surname(name[-1]) and name[-1] not in famous_surnames() and name[0] not in _NO_FIRMS


@lru_cache(maxsize=2048)
def _is_coined(word: str) -> bool:
    """Tell *NorthRail* from *McNeil* and *DeSantis*."""
    if word[1:].islower() or not word.isalpha() or word.startswith(_ARTICLES_WITHIN) or word.endswith("Watch"):
        return False
    return any(a.islower() and b.isupper() for a, b in pairwise(word)) and word[-1].islower()


def _trades(run: Run) -> bool:
    """Tell what is said of firms beside a name: *Brantel’s customers*, *shares of Brantel*, *Brantel (BRT)*."""
    words, last = run.sentence, run.last
    if any(_is_coined(w) for w in run.words):
        return True
    if last + 2 < len(words) and words[last] == "(" and words[last + 1].isupper() and len(words[last + 1]) > 1:
        return words[last + 2] in {")", ":"} and not (run.first and words[run.first - 1] in _PART_OF_NAME)
    before = words[max(run.first - 3, 0) : run.first]
    if before[-1:] == ["of"]:
        return not _TRADE.isdisjoint([w.lower() for w in before])  # shares of Brantel
    if last >= len(words) or (before and before[-1].lower() in _PLACING):
        return False
    if words[last] in _APOSTROPHE_S:
        return not _TRADE.isdisjoint(words[last + 1 : last + 4])
    behind = words[last : last + _TRADE_WITHIN]
    end = next((k for k, w in enumerate(behind) if w in _ENDS_CLAUSE), len(behind))
    return may_act(words[last]) and words[last] not in _AUXILIARIES and not _TRADE.isdisjoint(behind[:end])


def _introduce_partner(article: Introductions, run: Run, behind: Run) -> None:
    """Take *Bill* of *Bill and Hilda Cross* for Bill Cross."""
    surname = behind.words[-1]
    name = (run.words[0], surname)
    entity = article.called(name)
    if entity is None:
        entity = Entity(" ".join(name), "person")
        article.add(entity, entity.name, *name)
        _start(article, entity, name)
    other = article.find((behind.words[0], surname))
    for one in (entity, other):
        if one and not one.types:
            one.learn((), "individual", Told.LISTED)
    _add_mention(article, run, entity)


def _add_mention(article: Introductions, run: Run, entity: Entity, *, described: bool = False) -> None:
    """Keep where an entity stands; behind one word or mark, *But Anna Roe*, it still opens its sentence.

    ``described``: so it does behind nothing but its description.
    """
    article.mentions.append(Mention(run.at, run.first < 2 or described, entity, run.quoted))


def _is_title(sentence: Sequence[str]) -> bool:
    """Tell a headline in which the longer words have capitals, all but one in five: there capitals tell no name."""
    longer = [w for w in sentence if len(w) > 4]  # *with* and *from* are small in headlines, too
    return len(longer) > 3 and sentence[-1] != "." and sum(w[0].islower() for w in longer) <= len(longer) // 5


def _runs(sentence: Sequence[str], offset: int, names: Sequence[int], view: View) -> Iterator[Run]:
    """Give a sentence's runs of capitalised words; ``offset`` is its first token, ``names`` those that may be of a name."""
    end, size, inside = 0, len(sentence), view.inside
    for at in names:
        at -= offset
        if at < end:
            continue
        first, end = at, at + 1
        while end < size:
            word = sentence[end]
            if lexicon[word].facts & NAME:
                end += 1
            elif not _may_go_on(word):
                break
            elif _joins(sentence, end):
                end += 1
            elif behind_nickname := nickname_end(sentence, end):
                end = behind_nickname
            else:
                break
        if end + 1 < size and sentence[end] in _GOING_ON:
            end = _whole_end(sentence, at, end)
        if at > 1 and sentence[at - 1] in {"New", "of"}:  # the New York Times; but: New York, New rules
            first = at - 1 if sentence[at - 1] == "New" else _office_start(sentence, at, end)
        yield Run(sentence, first, end, offset + first, inside[offset + first] > 0, tuple(sentence[first:end]))


@lru_cache(maxsize=8192)
def _may_go_on(word: str) -> bool:
    """Tell a word without a capital behind which a name may go on; most words are none."""
    return word in _MAY_JOIN or "-" in word or word.isupper() or word in OPENING_MARKS


def _whole_end(sentence: Sequence[str], first: int, end: int) -> int:
    """Give the end of a name with *and* or ’s in it; there is a token behind that."""
    end = _joined_end(sentence, first, end)
    if end + 1 < len(sentence) and sentence[end] in _APOSTROPHE_S:
        if sentence[end + 1] in _BEHIND_FIRM or (first and _is_shop(sentence, first, end)):
            return end + 1  # Holm’s said: a firm of that name
    return end


def _is_shop(sentence: Sequence[str], first: int, end: int) -> bool:
    """Tell a shop of somebody's name from what is somebody's: *a Baker Bob’s* shop, *the Baker Bob’s,*."""
    if sentence[first - 1] in {"a", "an"}:
        return is_first_name(sentence[end - 1])
    behind = sentence[end + 1]
    return (
        sentence[first - 1] == "the" and is_first_name(sentence[end - 1]) and (not behind[0].isalnum() or behind in _PLACING)
    )


def _office_start(sentence: Sequence[str], first: int, end: int) -> int:
    """Give where an office begins whose last words a name seems to begin with: *Secretary of* **State Jo Roe**."""
    if not may_begin_entry(sentence[first - 2]):
        return first
    found = known_in(sentence[first - 2 : end])
    office = bool(found) and found[0].sort == "role" and found[0].first == 0 and 2 < found[0].last < end - first + 2
    if office or not known_in(sentence[first - 2 : first - 1]) or first > end - 3 or not is_name(sentence[first - 2]):
        return first - 2 if office else first
    given = next((k for k in range(first + 1, min(first + 4, end - 1)) if is_first_name(sentence[k])), first)
    return given if not known_in(sentence[first:end]) or given > first else first  # Minister of Health Ola Bern


def _joined_end(sentence: Sequence[str], first: int, end: int) -> int:
    """Give the end of a body's name with *and* in it: *Iron and Steel Institute*; other names end before it."""
    if sentence[end] != "and" or not may_be_name(sentence[end + 1]):
        return end
    last = end + 1
    while last < len(sentence) and (lexicon[sentence[last]].facts & NAME or _joins(sentence, last)):
        last += 1
    return last if _is_one_body(tuple(sentence[first:end]), tuple(sentence[end + 1 : last])) else end


@lru_cache(maxsize=1024)
def _is_one_body(before: tuple[str, ...], behind: tuple[str, ...]) -> bool:
    """Tell *Iron* and *Steel Institute* from *Amnesty International* and *Reuters*, *Ana Roe* and *Velm Council*."""
    if "of" in before[1:] and before[0] in _MINISTRIES and not known_in(behind[:1]):
        return not is_first_name(behind[0])  # the Department of Public Works and Highways
    ends = known_in(behind[-1:])
    if not ends or ends[0].sort not in BODIES or is_first_name(before[0]) or len(behind) == 1:
        return behind[-1] in {"Services", "Explosives", "Affairs"} and bool(known_in(before[:1]))
    found = known_in(before)
    whole = found and found[-1].last == len(before) and found[-1].sort not in {"role", "body"}
    return not whole and len(before) < _LONG_NAME


def _joins(sentence: Sequence[str], at: int) -> bool:
    """*de*, *van* or *of* between two capitalised words; *of* only behind a body: *Bank of Ghana*."""
    word = sentence[at]
    if not _may_go_on(word):
        return False
    if is_saintly(sentence, at):
        return True
    if word == "to":
        return sentence[at - 1] in _PURPOSEFUL and may_be_name("".join(sentence[at + 1 : at + 2]) or "to")
    if word.startswith(_ARTICLES_OF_NAMES):
        return word[3:4].isupper()
    if word not in _JOINING and word != "." and not word.isupper():
        return False
    if at + 2 < len(sentence) and word.isalpha() and word.isupper() and sentence[at + 1] == ".":
        return len(word) == 1 and may_be_name(sentence[at + 2])  # Joseph R. Biden
    if word in _PARTICLES and at + 2 < len(sentence) and sentence[at + 1] in _PARTICLES and may_be_name(sentence[at + 2]):
        return True  # Esther van der Walt
    if at + 1 >= len(sentence) or not may_be_name(sentence[at + 1]):
        return False
    if word not in _JOINING:
        return word == "." and len(sentence[at - 1]) == 1
    if word not in {"of", "for"}:
        return True
    found = known_in(sentence[max(at - 2, 0) : at])
    return bool(found) and found[-1].sort in BODIES


class _Form(NamedTuple):
    """What a run of capitalised words is by itself.

    Parameters
    ----------
    sort : str
        ``body``, ``place``, ``role``, ``noun`` for a body without a name (*the State*); empty where only its sentence tells.
    start : int
        Where the name begins behind its titles, from the run’s first word.
    name : tuple of str
        The name without titles before and *Jr* behind.
    titled : bool
        A role stands before the name.
    person : bool
        A title or the word lists say that it is one.
    """

    sort: str
    start: int
    name: tuple[str, ...]
    titled: bool
    person: bool


@lru_cache(maxsize=2048)
def _form(words: tuple[str, ...], opens: bool) -> _Form:
    """Take a run of capitalised words apart; ``opens``: it begins its sentence."""
    words = tuple(without_nickname(words))
    if len(words) > 2 and words[-1] in _POSTNOMINAL and not known_in(words[:-1]):
        words = words[:-1]
    if words[0] in _MINISTRIES and ("of" in words or "for" in words) and not _has_role(words):
        return _Form("body", 0, words, False, False)
    if words[-1] in _APOSTROPHE_S:
        return _Form("", 0, words, False, False)
    entries = known_in(words)
    last = entries[-1].sort if entries and entries[-1].last == len(words) else ""
    titles = [e for e in entries if _is_title_before(e, words)] if last != "body" else []
    start = titles[-1].last if titles else 0
    person = words[0].lower() in TITLES or "person" in [e.sort for e in entries]
    return _Form(_sort_of_form(last, len(words), bool(titles)), start, _bare(words[start:], opens), bool(titles), person)


def _is_title_before(entry: SourceMatch, words: tuple[str, ...]) -> bool:
    """Tell *Senators* from *Teachers* (Forward): a crowd is no title, and begins the name of its body."""
    if entry.sort != "role" or entry.last == len(words):
        return False
    crowd = entry.first == 0 and entry.last == 1 and words[0][-1] == "s" and words[0][-2] != "s"
    return not (crowd and entry.source_type in {"organisation", "individual", "expert"} and not is_first_name(words[1]))


def _has_role(words: tuple[str, ...]) -> bool:
    """Tell *Council of Advisers Chairman Jo Roe* and *Secretary of State Jo Roe* from *Department of Public Works*."""
    roles = [m for m in known_in(words) if m.sort == "role" and m.last < len(words)]
    return any(m.last - m.first > 2 or (m.first > 1 and words[m.last - 1][-1] != "s") for m in roles)


def _bare(name: tuple[str, ...], opens: bool) -> tuple[str, ...]:
    """Take *Mr* and *Jr* off a name, and a word with a capital only for opening its sentence: *Maybe Anna Roe*."""
    while len(name) > 1 and (name[0].lower() in TITLES or (name[0] == "Sri" and len(name) > 2)):
        name = name[1:]
    while len(name) > 1 and name[-1].rstrip(".") in _SUFFIXES:
        name = name[:-1]
    found = known_in(name) if len(name) > 3 else ()
    if found and found[0].first == 0 and 1 < found[0].last < len(name) - 1 and is_first_name(name[found[0].last]):
        name = name[found[0].last :]  # United Nations Jo Roe, behind *ambassador to the*
    if len(name) == 2 and _is_ticker(*name):
        return name[:1]
    if opens and len(name) > 1 and _is_adverb(name[0]):
        return name[1:]
    while opens and len(name) > 2 and _is_shouted(name[0]) and not name[1].isupper():
        name = name[1:]
    if len(name) > 2 and name[0] in _EPITHETS and (is_first_name(name[1]) or (opens and not known_in(name[1:]))):
        return name[1:]
    if opens and len(name) > 2 and not is_first_name(name[0]) and is_first_name(name[1]):
        return name[1:]
    return name


def _is_ticker(firm: str, letters: str) -> bool:
    """Tell the letters that markets know a firm by: *Tarrow TRW*."""
    return letters.isalpha() and letters.isupper() and 1 < len(letters) < 6 and firm[0] == letters[0] and not firm.isupper()


def _is_adverb(word: str) -> bool:
    """Tell *Apparently Holm left* from *Emily Holm*."""
    return (
        word.endswith("ly") and len(word) > 5 and not is_first_name(word) and not is_surname(word) and not look_up((word,))
    )


def _is_shouted(word: str) -> bool:
    """Tell the first word of *WATCH Ana Roe* from *NATO Secretary*."""
    return word.isupper() and len(word) > 3 and not look_up((word,))


def _sort_of_form(last: str, size: int, titled: bool) -> str:
    if last == "role":
        return last
    if titled or not last:
        return ""
    if last in PLACES:
        return "place"
    return ("noun" if last == "body" and size == 1 else "body") if last in BODIES else ""


def _introduce(article: Introductions, run: Run) -> bool:
    """Take a run of capitalised words for a person or a body; False where only later reading can tell."""
    sentence, first, last, _, _, words = run
    behind_it = sentence[last] if last < len(sentence) else ""
    if behind_it in _APOSTROPHE_S and len(words) > 1 and (shop := article.called(words)):
        if shop.name[-2:] in _APOSTROPHE_S:  # Baker Bob’s employee
            _add_mention(article, run, shop)
            return True
    form = _form(words, first == 0)
    sort, start, name, titled, is_person = form
    if behind_it in _CALLING and (noun := _noun_behind(run, form)):
        return _introduce_called(article, run, name, noun)
    if sort in {"role", "noun"}:
        return True
    if sort == "place":
        return _introduce_local(article, run)
    may_describe = behind_it.lower() in DESCRIBING and (len(name) > 1 or behind_it in _APPOSING)
    behind = behind_name(run) if may_describe else ()
    if sort == "body":
        return _introduce_body(article, run, words, behind)
    before = before_name(run, first + start)
    told = before or behind or titled or (is_person and predicate(run))
    if (len(name) == 1 and not told) or len(name) > _LONG_NAME:
        return False
    return _introduce_name(article, run, form, before, behind)


def _noun_behind(run: Run, form: _Form) -> str:
    """*The Green Left* **party**, *the Ems & Roe* **consultancy**: the noun that says what an unknown name is."""
    if form.titled or form.person:
        return ""
    if form.sort and not (form.sort == "role" and len(form.name) > 1):
        return ""
    before = run.sentence[run.first - 1] if run.first else run.words[0]
    return run.sentence[run.last] if before in {"the", "The"} else ""


def _introduce_called(article: Introductions, run: Run, name: Sequence[str], noun: str) -> bool:
    entity = article.find(name)
    if entity is None:
        name = name[1:] if name[0] == "The" else name
        entity = Entity(" ".join(name), "body")
        article.add(entity, entity.name, *_short_names(name))
    if entity.sort != "person":
        entity.sort = "body"
        _learn(entity, (noun,), judge((noun,)), Told.DESCRIBED)
    _add_mention(article, run, entity)
    return True


def _introduce_body(article: Introductions, run: Run, name: Sequence[str], behind: Sequence[str]) -> bool:
    entity = _same_body(article, name)
    if entity is None:
        entity = Entity(" ".join(name), "body")
        article.add(entity, entity.name, *_short_names(name), *name[-1:])
        _learn(entity, name, judge(name, article.named), Told.LISTED)
    _describe(article, entity, behind, Told.DESCRIBED)
    _bracket(article, run, entity)
    _add_mention(article, run, entity)
    return True


def _introduce_local(article: Introductions, run: Run) -> bool:
    """*Russian defence ministry*, *Mumbai police*: a body that a place and lower-case words name."""
    behind = run.sentence[run.last : run.last + _LOCAL_BODY_WITHIN]
    if not (behind and _may_name_body(behind[0])):
        return run.last - run.first == 1
    body = next(
        (f for f in look_up(behind) if f.sort == "body" or behind[f.last - 1] in {"police", "army", "prosecutors"}),
        None,
    )
    if body and all(map(_may_name_body, behind[: body.last])):
        return _introduce_body(article, run, run.sentence[run.first : run.last + body.last], ())
    return run.last - run.first == 1


def _may_name_body(word: str) -> bool:
    return word.isalpha() and word not in NO_DESCRIPTION and word not in _JOINING


def _same_body(article: Introductions, name: Sequence[str]) -> Entity | None:
    """Find the body of that name, or one whose longer name holds it: *Hungarian Interior Ministry*."""
    known = article.names.get(" ".join(name).lower())
    if known:
        return next(iter(known))
    longer = article.longer(name) if len(name) > 1 else ()
    return next((e for e in longer if e.sort == "body" and not _is_somebodys(article, e, name)), None)


def _is_somebodys(article: Introductions, entity: Entity, name: Sequence[str]) -> bool:
    """Tell *the Holm Supreme Court*, which somebody’s name goes before, from *the Hungarian Interior Ministry*."""
    others = set(entity.name.lower().split()).difference([w.lower() for w in name])
    return any(e.sort == "person" for w in others for e in article.names.get(w, ()))


def _short_names(name: Sequence[str]) -> list[str]:
    """First word, first two words and initials of a body’s name: *Enbridge*, *First Piedmont*, *FALO*."""
    capitals = [w for w in name if is_name(w)]
    if len(capitals) < 2:
        return []
    initials = "".join(w if w.isupper() and len(w) < 4 else w[0] for w in capitals)
    keys = [initials] if len(initials) > 2 else []
    first = look_up(name[:1])
    if not first or (len(name) == 2 and _is_firm(name[0], name[1])):
        keys.append(name[0])
    if len(name) > 2:
        keys.append(" ".join(name[:2]))
    return keys


def _is_firm(listed: str, behind: str) -> bool:
    """Tell a firm of the lists whose longer name an article gives first: *Exxon Mobil*."""
    found = look_up((listed,))
    is_word = behind.isalpha() and not (listed.isupper() or behind.isupper())
    return is_word and found[0].sort == "name" and found[0].source_type == "organisation"


def _bracket(article: Introductions, run: Run, entity: Entity) -> None:
    """*the Security Service (SBU)*."""
    words, at = run.sentence, run.last
    if at + 2 < len(words) and words[at] == "(" and words[at + 2] == ")" and words[at + 1][:2].isupper():
        article.add(entity, words[at + 1])


@lru_cache(maxsize=2048)
def _judge_name(name: tuple[str, ...]) -> Judged | None:
    """Judge a name by itself."""
    return judge(name)


def _introduce_name(article: Introductions, run: Run, form: _Form, before: Sequence[str], behind: Sequence[str]) -> bool:
    name = form.name
    entity = article.find(name)
    if entity is None:
        sort = _sort(run, form, before, behind)
        if not sort:
            return False
        trades = sort == "name" and not known_in(name) and _trades(run)
        entity = Entity(" ".join(name), "body" if trades else sort)
        if trades:
            entity.learn((*name, "company", "firm"), "organisation", Told.LISTED)
        article.add(entity, entity.name, name[-1], *(() if sort == "person" else _short_names(name)))
        if name[0].lower() not in article.names:  # a family name may come first
            article.add(entity, name[0])
        _start(article, entity, name)
    elif len(" ".join(name)) > len(entity.name):
        entity.name = " ".join(name)
        article.add(entity, entity.name)
    if not _MARKED.isdisjoint(run.words):
        entity.name = _printed(run.words[form.start :])
        article.add(entity)
    entity.gender = entity.gender or gender_of(run.words)
    if len(name) < len(run.words) and run.words[-1] in _POSTNOMINAL:
        entity.learn(run.words[-1:], _POSTNOMINAL[run.words[-1]], Told.TITLED)
    if (before or behind) and not _describe_by_topic(article, entity, run, (*before, *behind)):
        _describe(article, entity, before, Told.TITLED)
        _describe(article, entity, behind, Told.DESCRIBED)
    _learn_predicate(article, run, entity)
    _bracket(article, run, entity)
    _add_mention(article, run, entity, described=bool(before) and _opens_described(run, len(before)))
    return True


def _opens_described(run: Run, n_described: int) -> bool:
    """Tell who acts behind a description that opens the sentence: *The mill’s foreman* **Dirk Hansel**."""
    n_before = run.first - n_described
    if n_before <= 0:
        return True
    if n_before >= _LONG_NAME or run.sentence[n_before - 1] not in POSSESSIVE:
        return False
    return NO_DESCRIPTION.isdisjoint([w.lower() for w in run.sentence[:n_before]])


def _learn_predicate(article: Introductions, run: Run, entity: Entity) -> None:
    """Take in *Ana Roe is the town’s mayor*, where the lists know what she is said to be."""
    if run.last >= len(run.sentence) or run.sentence[run.last] not in PREDICATING:
        return
    phrase = predicate(run)
    judged = judge(phrase, article.named) if phrase else None
    if judged and judged.sure and judged.source_type != "unnamed":
        _learn(entity, phrase, judged, Told.DESCRIBED)


def _printed(name: Sequence[str]) -> str:
    """Write a name with a nickname as it is printed: *Carl “Bud” Lowe*."""
    out = ""
    for k, word in enumerate(name):
        closes = word in _CLOSING or (word == '"' and name[:k].count('"') % 2)
        opened = bool(out) and (out[-1] in "“‘(«" or (out[-1] == '"' and name[:k].count('"') % 2))
        out += word if closes or opened or not out else f" {word}"
    return out


def _start(article: Introductions, entity: Entity, name: Sequence[str]) -> None:
    """What the name itself tells."""
    whole = [w for w in without_nickname(name) if len(w) > 1]  # without initials
    figure = public_figures().get(" ".join(whole).lower())
    if figure:
        entity.types = figure.source_types
        entity.learn((), figure.source_type, Told.LISTED if len(figure.source_types) == 1 else Told.GUESSED)
    if name[-1] in _APOSTROPHE_S:
        article.add(entity, " ".join(name[:-1]))
        entity.learn((), "organisation", Told.GUESSED)
    judged = _judge_name(tuple(name)) if entity.told < Told.LISTED else None
    if judged and (entity.sort == "person" or judged.source_type != "individual"):  # Teachers Forward
        one = entity.sort == "body" or len(entity.types) == 1
        entity.learn((), judged.source_type, Told.LISTED if one and judged.sure else Told.GUESSED)
    if entity.sort == "body":
        entity.nouns.update(w.lower() for w in name)


def _sort(run: Run, form: _Form, before: Sequence[str], behind: Sequence[str]) -> str:
    """Tell a person from a body by title, description, endings and first name; empty where nothing tells."""
    if form.person:
        return "person"
    if form.name[-1] in _APOSTROPHE_S:
        return "body"
    ending = _judge_name(form.name)
    if ending and ending.sure and ending.source_type in {"media", "organisation"}:
        return "body"
    if behind and run.sentence[run.last] in _MEMBER_LINKS and len(form.name) > 1 and not ending:
        return "person"  # Hana Kos of the University of Jena
    return _sort_by_description(before, behind) or _sort_by_look(form.name, run.sentence[run.first - 1 : run.first])


def _sort_by_description(before: Sequence[str], behind: Sequence[str]) -> str:
    """*the pollster* Ipsar, Anna Roe, *a farmer*, Anna Roe, *43*; empty where neither description tells."""
    for noun in map(head_noun, (before, behind)):
        if noun and noun.sort != "name":
            return "body" if noun.sort == "body" else "person"
    opening = behind[0] if behind else ""
    if opening == "which":
        return "body"
    return "person" if opening == "who" or opening.isdigit() else ""


def _sort_by_look(name: Sequence[str], before: Sequence[str]) -> str:
    """*Anna Roe*, *FALO*, *the Lantern*; ``name`` for what may be either, empty for what is too short or long to tell."""
    if is_first_name(name[0]):
        return "person"
    if any(w.isupper() and len(w) > 2 for w in name) or list(before) in (["the"], ["The"]):
        return "body"
    return "name" if 1 < len(name) < _LONG_NAME else ""


def _describe_by_topic(article: Introductions, entity: Entity, run: Run, phrase: Sequence[str]) -> bool:
    """Take in a title that means this or that by what the article is about: a *captain*, a *deputy*, an *aide*."""
    phrase, behind = phrase[:_FIRST_ROLE], (*phrase[1:], "")
    title = next((w.lower() for w, then in zip(phrase, behind, strict=False) if _is_topical(w, then)), "")
    if not title:
        return False
    topic, source_type, fewest = _BY_TOPIC[title]
    about = topic & ({w.lower() for w in run.sentence} if title in _AIDES else article.vocabulary)
    if len(about) < fewest or "sheriff" in about:
        return False
    entity.learn(phrase, source_type, Told.TITLED)
    return True


def _is_topical(word: str, behind: str) -> bool:
    """Tell a *deputy* of parliament from a *deputy mayor*."""
    return word.lower() in _BY_TOPIC and (not behind or behind in _LINKING)


def _describe(article: Introductions, entity: Entity, phrase: Sequence[str], told: Told) -> None:
    if not phrase:
        return
    if told <= entity.told:  # it tells no better what somebody is
        entity.learn(phrase, None, told)
        return
    titled = told == Told.TITLED and entity.sort != "body"  # the Economist is no title of *Economist Nils Baker*
    judged = judge([*phrase, *entity.name.split(" ")] if titled else phrase, article.named)
    if judged and judged.source_type == "state" and not any(m.sort in {"role", "body"} for m in known_in(phrase)):
        judged = None  # Ana Roe of Salt Lake City
    if judged and judged.source_type == "unnamed":
        judged = None
    if entity.sort == "person" and judged is None and phrase[0].lower() in {"a", "an"}:
        judged = Judged("individual", False)  # a trade that the lists do not hold
    if entity.sort != "body" and judged and judged.source_type == "organisation":
        if any(w.lower() in ACADEMIC for w in phrase[:3]):
            judged = Judged("expert", False)
    _learn(entity, phrase, judged, told)


def _learn(entity: Entity, words: Sequence[str], judged: Judged | None, told: Told) -> None:
    """Take a description in; ``told`` is what it is worth where its words have one meaning."""
    entity.learn(words, judged.source_type if judged else None, told if judged and judged.sure else Told.GUESSED)
