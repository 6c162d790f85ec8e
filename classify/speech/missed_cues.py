"""Cues of several words, which the attribution model seldom sees: *laid the blame on*, *was adamant that*."""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from ..attribution.extractor import TOLD, Candidate
from ..attribution.source_ends import Stretch
from ..kinds.kind_rule import clause_within, subject_before
from ..language.article_tokens import View
from ..language.cues import ADVERBS, BE, PERSONAL, Match, entries, is_auxiliary
from ..language.phrase_heads import head_noun
from ..language.source_types import judge
from ..language.word_forms import lexicon
from .forms.by_sentence import ByWords
from .phrases import DETERMINERS, PREPOSITIONS, STOPS, head_of, noun_phrase_end, sentence_end, sentence_of

SPOKEN = "phrase of speech"
"""The form of an attribution whose cue is a phrase: a verb with its noun, or a state of mind with *that*."""
LAW, CONTRACT = "law", "contract"
"""The forms of what a law or a contract says: a state's words, or a firm's, where nobody is named whose it is."""
_SCORE = 0.75
_LONG_NOUN = 6  # tokens between a verb and its noun: *issued a last, stern warning*
_FEELINGS = frozenset(
    "concern concerns alarm doubt doubts hope hopes regret regrets fear fears anger dismay outrage confidence "
    "optimism scepticism skepticism opposition surprise sorrow sadness frustration disappointment gratitude "
    "condolences sympathy solidarity objections objection reservations misgivings unease satisfaction disapproval "
    "shock worry worries indignation disgust dissatisfaction support readiness willingness thanks remorse disquiet "
    "displeasure unhappiness sympathies appreciation disbelief conviction belief view views opinion".split()
)
_UTTERED = frozenset(
    "denial denials warning warnings apology apologies appeal threat ultimatum plea clarification rebuttal "
    "condemnation alert advisory reminder assurance assurances retraction rebuke statement statements declaration "
    "challenge".split()
)
_GIVEN = frozenset(
    "assurance assurances warning warnings promise promises pledge pledges guarantee guarantees undertaking "
    "undertakings denial apology commitment reassurance reassurances ultimatum".split()
)
_MADE = frozenset(
    "promise promises pledge pledges plea claim claims allegation allegations accusation accusations point prediction "
    "appeal apology complaint confession admission assertion".split()
)
_SURE = frozenset(
    "adamant unequivocal emphatic categorical insistent confident convinced certain firm resolute defiant sure "
    "optimistic hopeful clear doubtful sceptical skeptical satisfied positive blunt explicit unanimous unapologetic "
    "worried concerned afraid".split()
)
_QUICK = frozenset("quick keen anxious careful pains eager swift first unable".split()) - {"unable", "eager"}
_SAYS = frozenset(
    "admit deny stress point say add insist note emphasise emphasize underline distance reject dismiss defend praise "
    "condemn criticise criticize blame explain clarify reassure assure underscore highlight acknowledge denounce warn "
    "remind declare hail".split()
)
_NOUNS_THAT_ARE = frozenset(
    "message position view estimate argument claim contention warning advice assessment verdict conclusion belief "
    "fear hope complaint answer response reply opinion stance plea prediction theory line demand promise pledge "
    "allegation explanation excuse defence defense intention".split()
)
_HEADS: Mapping[str, frozenset[str]] = {
    form: nouns
    for forms, nouns in (
        ("issue issues issued issuing", _UTTERED),
        ("give gives gave given giving", _GIVEN),
        ("offer offers offered offering", _UTTERED | _GIVEN | _FEELINGS),
        ("make makes made making", _MADE),
        ("express expresses expressed expressing voice voices voiced voicing convey conveyed conveys conveying", _FEELINGS),
        ("register registered registers air aired airs", _FEELINGS),
        ("raise raises raised raising", frozenset("concern concerns doubt doubts objections objection alarm fears".split())),
        ("lay lays laid laying put puts pin pins pinned place places placed", frozenset({"blame", "responsibility"})),
        ("cast casts casting", frozenset({"doubt", "doubts"})),
        ("heap heaped heaps pour poured pours", frozenset({"praise", "scorn", "blame", "water"})),
        ("sound sounded sounds sounding", frozenset({"alarm", "warning"})),
        ("leave leaves left leaving", frozenset({"doubt"})),
        ("point points pointed pointing", frozenset({"finger"})),
        ("pay pays paid paying", frozenset({"tribute"})),
        ("take takes took taken taking", frozenset({"issue", "aim", "view", "swipe"})),
        ("deliver delivers delivered delivering", frozenset("rebuke warning ultimatum reprimand assurance".split())),
        ("extend extends extended extending", frozenset("apology apologies condolences thanks congratulations".split())),
        ("strike strikes struck striking", frozenset({"note", "tone"})),
        ("paint paints painted painting", frozenset({"picture"})),
        ("level levels levelled leveled", frozenset("accusations accusation allegations charge charges".split())),
    )
    for form in forms.split()
}
_NEED_A_CLAUSE = frozenset("statement statements view point case declaration pledge pledges promise promises".split())
_FIGURES = frozenset("cost costs toll number numbers figure total loss losses damage price bill value size amount".split())
_MAIN = 0.8  # strength of a clause by the rule: it governs the sentence
LISTED = frozenset(
    {
        *("hit out", "hit out at", "hit back", "hit back at", "lash out", "lash out at", "fire back", "speak out"),
        *("speak out against", "rail against", "take aim at", "take issue with", "take to twitter", "take to social media"),
        *("call for", "call on", "point out", "warn against", "warn of", "apologise for", "apologize for", "push back"),
        *("pay tribute to", "rule out", "push back against", "go on record", "chime in", "hold responsible", "speak of"),
    }
)
_LISTED_VERB = lexicon.mark({form.split()[0] for form, entry in entries()[0].items() if entry.lemma in LISTED})
_LATE = 12  # tokens before the subject of a phrase
_OPENINGS = {
    first: [words.split() for words in openings]
    for first, openings in {
        "per": ("per",),
        "as": ("as per",),
        "in": ("in the view of", "in the opinion of", "in the words of", "in the eyes of"),
    }.items()
}
_JUDGED = frozenset(
    "criticised criticized condemned described called accused blamed praised denounced hailed dismissed ridiculed "
    "mocked welcomed slammed branded labelled labeled portrayed defended lauded commended derided decried lambasted "
    "rebuked applauded endorsed disputed characterised characterized told warned assured informed".split()
)
_REASONS = frozenset(
    "count account estimate reckoning admission telling calculation view opinion words eyes judgment judgement".split()
)
_PASSIVE = lexicon.mark(_JUDGED)
_BEFORE_PASSIVE = BE | ADVERBS
_BY_WITHIN = 5  # tokens between a passive verb and *by*
_LEAST_SAID = 4  # tokens
_AMOUNTS_TO = (BE - {"be", "been", "being", "get", "got", "gets"}) | frozenset(
    "seems seemed looks looked means meant".split()
)
_OPENS = 6  # tokens before its subject
_NOT = frozenset("not never cannot nor without".split())
_NO_SPEAKERS = frozenset("it there this that these those which what".split())
_POSTED = frozenset("call thank announce accuse urge ask attack express share tell vent complain lash".split())
_NEVER_FIRST = frozenset("who which that to by and or".split())  # before a cue: it has no subject of its own


class _Found(ByWords):
    """Attributions by sentences; it knows who speaks, too."""

    def __init__(self, view: View, candidates: Iterable[Candidate]) -> None:
        super().__init__(view, candidates)
        self._lower = view.lower
        self._speakers: Counter[str] | None = None  # worked out when it is first asked for

    def add(self, c: Candidate) -> None:
        """Put in an attribution, and who speaks."""
        super().add(c)
        if self._speakers is not None:
            self._speakers.update(self._last_word(c))

    def drop(self, c: Candidate) -> None:
        """Take out an attribution, and who speaks."""
        super().drop(c)
        if self._speakers is not None:
            self._speakers.subtract(self._last_word(c))

    def speaks(self, word: str) -> bool:
        """Tell whether somebody speaks whose name, or what else he is called, ends with a word."""
        if self._speakers is None:
            self._speakers = Counter(word for c in self for word in self._last_word(c))
        return self._speakers[word] > 0

    def _last_word(self, c: Candidate) -> list[str]:
        return [self._lower[c.source[1] - 1]] if c.source and c.score >= TOLD else []


def add_phrases(view: View, candidates: list[Candidate]) -> list[Candidate]:
    """Find attributions by phrases, where the model found none there; those that it found get the form `SPOKEN`."""
    phrases = _phrases(view)
    listed, passives = _listed_phrases(view, candidates, phrases), _passives(view, phrases)
    openings = _openings(view)
    sentences = sorted(phrases.keys() | listed.keys() | passives.keys() | openings.keys())
    if not sentences:
        return candidates
    found = _Found(view, candidates)
    for n in sentences:
        for cue in phrases.get(n, ()):
            _with_cue(view, found, n, cue)
        if n in listed:
            _with_cue(view, found, n, listed[n])
        if n in passives:
            _put_in(found, n, passives[n])
        if n in openings:
            _with_opening(view, found, n, openings[n])
    return found.in_order()


def _phrases(view: View) -> dict[int, list[Stretch]]:
    """Find the cues that are phrases, by sentences."""
    inside, lower, home, sentences = view.inside, [*view.lower, ""], view.home, view.sentences
    phrases: dict[int, list[Stretch]] = {}
    for at in view.places_of(_READ):
        behind, needed = lower[at + 1], _NEEDED.get(lower[at])
        if inside[at] or (needed and behind not in needed and not behind.endswith("ly")):
            continue
        if cue := _phrase(view, at, sentences[home[at]][1]):
            phrases.setdefault(home[at], []).append(cue)
    return phrases


def _listed_phrases(view: View, candidates: Sequence[Candidate], others: Container[int]) -> dict[int, Stretch]:
    """Find the cues of several words of the list that govern sentences without other phrases, and are told by nobody yet."""
    begun = set(view.places_of(_LISTED_VERB))
    told = {c.anchor for c in candidates if c.cue and c.score >= TOLD} if begun else set()
    listed: dict[int, Stretch] = {}
    for n in {view.home[at] for at in begun}:
        new = [m for m in view.cues[n] if m.first in begun and _is_listed(m) and told.isdisjoint(range(m.first, m.last))]
        phrase = _listed_phrase(view, n) if new and n not in others else None
        if phrase and told.isdisjoint(range(*phrase)):
            listed[n] = phrase
    return listed


def _listed_phrase(view: View, n: int) -> Stretch | None:
    """Give the cue of several words that governs a sentence by the rule: *hit out at*, *spoke out against*."""
    clause = clause_within(view, n, *view.sentences[n])
    if clause is None or clause.strength < _MAIN or not _is_listed(clause.match):
        return None
    return clause.match.first, clause.match.last


def _is_listed(match: Match) -> bool:
    return match.role == "verb" and match.entry.lemma in LISTED


def _passives(view: View, others: Container[int]) -> dict[int, Candidate]:
    """Read *The law was condemned by judges as a trick*: who is behind *by* speaks."""
    passives: dict[int, Candidate] = {}
    for at in view.places_of(_PASSIVE):
        n = view.home[at]
        if view.lower[at - 1] in _BEFORE_PASSIVE and n not in others and n not in passives and not view.inside[at]:
            first, last = view.sentences[n]
            if first + 2 <= at < last - 2 and (made := _judged_by(view, at, first, last)):
                passives[n] = made
    return passives


def _put_in(found: _Found, n: int, made: Candidate) -> None:
    """Put in an attribution in the place of the one with the same anchor."""
    for c in [c for c in found.of(n) if c.anchor == made.anchor]:
        found.drop(c)
    found.add(made)


def _with_opening(view: View, found: _Found, n: int, opened: Candidate) -> None:
    """Put in what the opening phrase of a sentence attributes, in the place of those who say a part of the same words."""
    if any(c.anchor == opened.anchor for c in found.of(n)):
        return
    if opened.source and view.lower[opened.anchor] == "to" and not _holds_views(view, *opened.source, found):
        return
    first, last = opened.content[0], opened.content[-1]
    for c in [c for c in found.of(n) if c.anchor < first <= c.content[0] and c.content[-1] <= last]:
        found.drop(c)
    found.add(opened)


def _judged_by(view: View, at: int, first: int, last: int) -> Candidate | None:
    start = at
    while start > first and (view.lower[start - 1] in ADVERBS or is_auxiliary(view.lower[start - 1])):
        start -= 1
    by = next((t for t in range(at + 1, min(last - 1, at + _BY_WITHIN)) if view.lower[t] == "by"), None)
    subject = subject_before(view, start, first)
    if by is None or subject is None or BE.isdisjoint(view.lower[start:at]) or subject[0] - first > _OPENS:
        return None
    source = (by + 1, noun_phrase_end(view, by + 1, last))
    while source[1] < last - 1 and view.lower[source[1]] in {"at", "from", "in"} and view.words[source[1] + 1][0].isupper():
        source = (source[0], noun_phrase_end(view, source[1] + 1, last))
    end = sentence_end(view, n=sentence_of(view, at))
    if source[0] >= source[1] or not _can_speak(view, source) or view.lower[source[0]].endswith("ing"):
        return None
    content = np.array([*range(*subject), *range(at + 1, by), *range(source[1], end)], dtype=np.int64)
    return Candidate(at, (start, at + 1), source, content, score=_SCORE, form=SPOKEN)


def _openings(view: View) -> dict[int, Candidate]:
    """Read the phrases that open sentences and may name the source."""
    openings: dict[int, Candidate] = {}
    for n, (first, _) in enumerate(view.sentences):
        opener = view.lower[first]
        if opener in _OPENERS and not view.inside[first]:
            made = _in_the_eyes_of(view, n) if opener == "to" else _opening(view, n)
            if made:
                openings[n] = made
    return openings


def _opening(view: View, n: int) -> Candidate | None:
    """*Per a police report, …*, *In the view of the ministry, …*: the phrase before the comma names the source."""
    first, last = view.sentences[n]
    openings = _OPENINGS.get(view.lower[first], ()) if first < last else ()
    end = next((first + len(words) for words in openings if view.lower[first : first + len(words)] == words), None)
    if end is None:
        return _possessive_opening(view, n)
    comma = next((t for t in range(end, min(last, end + _LATE)) if view.words[t] in {",", "."}), None)
    stop = sentence_end(view, n)
    if comma is None or view.words[comma] != "," or comma == end or comma + 1 >= stop:
        return None
    if view.lower[end] not in DETERMINERS and judge(view.words[end:comma]) is None:
        return None
    return Candidate(
        first, (first, end), (end, comma), np.arange(comma + 1, stop, dtype=np.int64), score=_SCORE, form=SPOKEN
    )


def _in_the_eyes_of(view: View, n: int) -> Candidate | None:
    """*To Senator Ruiz, the reform is a gift to the banks*: what something is to somebody is what they hold, if any."""
    first, last = view.sentences[n]
    comma = next((t for t in range(first + 1, min(last, first + _LATE)) if view.words[t] == ","), None)
    end = sentence_end(view, n)
    if comma is None or comma + _LEAST_SAID > end:
        return None
    if comma == first + 1 or any(view.words[t] in STOPS or view.lower[t] == "'s" for t in range(first + 2, comma)):
        return None
    subject = noun_phrase_end(view, comma + 1, end)
    if not comma + 1 < subject < end or view.lower[subject] not in _AMOUNTS_TO:
        return None
    content = np.arange(comma + 1, end, dtype=np.int64)
    return Candidate(first, (first, first + 1), (first + 1, comma), content, score=_SCORE, form=SPOKEN)


def _holds_views(view: View, start: int, end: int, found: _Found) -> bool:
    """Tell people and bodies from places and things: whoever the word lists know, or whoever speaks in the article."""
    words = view.words[start:end]
    if words[0].lower() in PERSONAL or words[0].lower() in {"him", "her", "them", "me", "us", "those"}:
        return False
    if words[-1][0].isupper() and found.speaks(view.lower[end - 1]):
        return True
    noun = head_noun(words)
    opens = words[0].lower() in DETERMINERS or words[0][0].isupper() or (noun is not None and noun.first == 0)
    named = noun is not None and (noun.last == len(words) or words[noun.last][0].isupper() or noun.first == 0)
    return opens and named and judge(words) is not None


def _possessive_opening(view: View, n: int) -> Candidate | None:
    """*By the governor’s count, …*, *In the ministry’s view, …*."""
    first, last = view.sentences[n]
    if view.lower[first] not in {"by", "in"}:
        return None
    comma = next((t for t in range(first + 2, min(last, first + _LATE)) if view.words[t] == ","), None)
    end, stop = comma or first, sentence_end(view, n)
    if view.lower[end - 1] not in _REASONS or comma is None or comma + 1 >= stop:
        return None
    owner = next((t for t in range(first + 1, end) if view.lower[t] in {"'s", "'"}), None)
    source = (first + 1, owner) if owner else (first + 1, first + 2)
    if not (owner or view.lower[first + 1] in {"his", "her", "their"}) or (owner and not _can_speak(view, source)):
        return None
    content = np.arange(comma + 1, stop, dtype=np.int64)
    return Candidate(end - 1, (end - 1, end), source, content, score=_SCORE, form=SPOKEN)


def _noun_cue(view: View, n: int, cue: Stretch) -> tuple[Stretch, Stretch] | None:
    """*The ministry’s estimate is that*, *the view of the ministry is that*: give whose it is, and the cue with its noun."""
    first, noun = view.sentences[n][0], cue[0] - 1
    if view.lower[noun] not in _NOUNS_THAT_ARE:
        of = next((t for t in range(noun, max(first, noun - _LATE), -1) if view.lower[t] == "of"), None)
        if of is None or view.lower[of - 1] not in _NOUNS_THAT_ARE:
            return None
        return (of + 1, cue[0]), (of - 1, of)
    owner = next((t for t in range(noun - 1, max(first, noun - _LONG_NOUN), -1) if view.lower[t] in {"'s", "'"}), None)
    if owner is None or not STOPS.isdisjoint(view.lower[first:owner]):
        return None
    return (first, owner), (noun, cue[1])


def _phrase(view: View, at: int, last: int) -> Stretch | None:
    """Give the cue that begins with the verb at a token."""
    for end_of in _READERS[view.lower[at]]:
        end = end_of(view, at, last)
        if end:
            return at, end
    return None


_CLEAR = frozenset("make makes made making".split())
_PINS = frozenset("pin pins pinned".split())
_CRIMES = frozenset(
    "attack attacks bombing bombings blast blasts explosion explosions killing killings murder murders massacre raid raids "
    "ambush shooting shootings violence crash fire fires theft hack leak breach assault strike strikes failure failures "
    "delay delays defeat crisis shortage shortages outbreak collapse unrest clashes deaths losses "
    "loss responsibility".split()
)
_HOLDS = frozenset("hold holds held holding".split())
_PUTS = frozenset("put puts putting".split())
_THAT = frozenset("charge charges charged counter counters countered hold holds".split())
BE_THAT = (BE - {"'s", "'re", "get", "got", "gets", "being", "been", "be"}) | {"remains", "remained"}
_SEEMS = frozenset("appear appears appeared seem seems seemed".split())
_HINTS = frozenset("suggest hint imply confirm concede contradict blame accuse say mock threaten endorse".split())
_TAKES = frozenset("took takes taken taking".split())
_INTENDS = frozenset("intend intends intended aims hopes".split())
_POINTS = frozenset("point points pointed".split())
_SHOWS = _POINTS | frozenset(
    "link links linked ties tied suggest suggests suggested show shows showed find finds found puts".split()
)
_DOCUMENTS = frozenset(
    "study studies survey surveys poll polls figures data statistics research findings estimates paper analysis "
    "review".split()
)
_STATES = frozenset(
    "state states stated provide provides provided stipulate stipulates stipulated specify specifies specified say says "
    "said declare declares".split()
)
_CONTRACTS = frozenset("contract contracts lease leases policy policies".split())
_LAWS = frozenset(
    "law laws rule rules constitution charter statute statutes bylaw bylaws by-laws act code treaty decree ordinance "
    "directive regulation regulations guidelines convention edict".split()
)
_COUNTS = frozenset("count counts counted tallied tallies".split())
_VICTIMS = frozenset(
    "dead deaths killed victims attacks journalists reporters cases arrests incidents injuries injured wounded missing "
    "prisoners detainees jailed murders killings executions violations civilians casualties".split()
)
_SIDE = frozenset("where when if because as though although while since that which who and or whether unless what".split())
_SPEAKING = frozenset("saying telling shouting asking ordering boasting admitting threatening swearing pleading".split())
_BEHIND_BE = _SURE | _QUICK | {"that", "of", "the", "heard"}
_OPENERS = _OPENINGS.keys() | {"to", "by", "in"}


_STEPPED_OVER = ADVERBS | {"very", "quite", "at"}


def _object_end(view: View, at: int, last: int) -> int:
    """*issued a firm denial*, *laid the blame*: the noun is one of those that make the verb one of speech."""
    if _HEADS[view.lower[at]].isdisjoint(view.lower[at + 1 : at + 1 + _LONG_NOUN]):
        return 0
    end = noun_phrase_end(view, at + 1, min(last, at + 1 + _LONG_NOUN))
    of = next((t for t in range(at + 1, end) if view.lower[t] == "of"), end)
    if head_of(view, at + 1, end) not in _HEADS[view.lower[at]] or (
        "no" in view.lower[at + 1 : of] and view.lower[of - 1] != "doubt"
    ):
        return 0
    if view.lower[of - 1] in _NEED_A_CLAUSE and not (
        of < last and (view.lower[of] in {"that", "to"} or view.lower[of].endswith("ing"))
    ):
        return 0
    return of


def _clear_end(view: View, at: int, last: int) -> int:
    """*made (it) clear that*."""
    t = at + 1
    while t < last and view.lower[t] in {"it", "very", "quite", "abundantly", "perfectly", "crystal", "plain"} - {"plain"}:
        t += 1
    return t + 1 if t + 1 < last and view.lower[t] in {"clear", "plain"} and view.lower[t + 1] in _BEFORE_CLAUSE else 0


def _held_end(view: View, at: int, last: int) -> int:
    """*held the rebels responsible for*: the cue is the verb, for the rest is what is said."""
    end = noun_phrase_end(view, at + 1, last)
    said = view.lower[at + 1 : end + 1]
    return at + 1 if {"responsible", "accountable"} & set(said[1:]) and "to" not in said else 0


def _put_end(view: View, at: int, last: int) -> int:
    """*put the toll at 31*."""
    end = noun_phrase_end(view, at + 1, last)
    figures = not _FIGURES.isdisjoint(view.lower[at + 1 : end])
    if not figures and end < last - 1 and view.lower[end] == "at":
        return at + 1 if _is_amount([w for w in view.lower[end + 1 : end + 3] if w not in _NUMBER_WORDS]) else 0
    behind = view.lower[end : min(last, end + 14)]
    at_ = next((i for i, word in enumerate(behind[:-1]) if word == "at"), None)
    return at + 1 if figures and at_ is not None and _is_amount(behind[at_ + 1 :]) else 0


def _is_amount(words: Sequence[str]) -> bool:
    """Tell whether a number stands among the first words: *about 40 million*, *$ 3*."""
    return any(
        word[0].isdigit() or word in {"hundreds", "thousands", "one", "two", "three", "four", "five"} for word in words[:4]
    )


_NUMBER_WORDS = frozenset("hundreds thousands one two three four five".split())
_BEFORE_CLAUSE = frozenset("that he she it they there to the no".split())


def _sure_end(view: View, at: int, last: int) -> int:
    """*was adamant that*, *was quick to deny*, *the message was that*."""
    t = at + 1
    while t < last and (view.lower[t] in _STEPPED_OVER or view.lower[t].endswith("ly")):
        t += 1
    if t + 1 >= last:
        return 0
    word, behind = view.lower[t], view.lower[t + 1]
    if word not in _BEHIND_BE:
        return 0
    if word in _SURE and behind == "that" and view.lower[at - 1] != "it":
        return t + 1
    if word == "that" and _is_owned_noun(view, at):
        return t
    if word == "of" and view.lower[t + 1 : t + 4] in (["the", "view", "that"], ["the", "opinion", "that"]):
        return t + 3
    if view.lower[t : t + 3] == ["the", "first", "to"] and t + 3 < last and view.lower[t + 3] in _SAYS:
        return t + 4
    if word == "heard":
        return next((i + 1 for i in range(t + 1, min(last, t + _LONG_NOUN)) if view.lower[i] in _SPEAKING), 0)
    if word in _QUICK and behind == "to" and t + 2 < last and view.lower[t + 2] in _SAYS:
        return t + 3
    return 0


def _posted_end(view: View, at: int, last: int) -> int:
    """*took to Facebook to deny*."""
    if view.lower[at + 1 : at + 2] != ["to"]:
        return 0
    to = next((t for t in range(at + 3, min(last - 1, at + _LONG_NOUN)) if view.lower[t] == "to"), None)
    return to + 2 if to is not None and view.lower[to + 1] in _SAYS | _HINTS | _POSTED else 0


def _shown_end(view: View, at: int, last: int) -> int:
    """*The survey links …*, *the figures point to …*."""
    points = view.lower[at] in _POINTS and view.lower[at + 1 : min(at + 2, last)] != ["to"]
    return at + 1 if not points and _is_document(view, at) else 0


def _is_document(view: View, at: int) -> bool:
    """Tell whether a study or figures are the subject of the verb at a token, and open the sentence."""
    first = view.sentences[sentence_of(view, at)][0]
    subject = subject_before(view, at, first)
    return (
        subject is not None
        and subject[0] - first < _LATE
        and not _DOCUMENTS.isdisjoint(view.lower[slice(*subject)])
        and (view.lower[at - 1] in _DOCUMENTS or {"of", "by", "in", "from"} & set(view.lower[slice(*subject)]) != set())
    )


def _is_law(view: View, at: int) -> bool:
    """Tell whether a law or a contract is the subject of the verb at a token, in no side clause."""
    first = view.sentences[sentence_of(view, at)][0]
    subject = subject_before(view, at, first)
    if subject is None or view.lower[subject[0]] == "no" or view.lower[subject[0] - 1] in _SIDE - {"and"}:
        return False
    return head_of(view, *subject) in _LAWS | _CONTRACTS


def _counted_end(view: View, at: int, last: int) -> int:
    """*counts 33 journalists in jail*."""
    words = view.lower[at + 1 : noun_phrase_end(view, at + 1, last)]
    return at + 1 if _is_amount(words) and not _VICTIMS.isdisjoint(words) else 0


def _pinned_end(view: View, at: int, last: int) -> int:
    """*pinned the attack on a splinter group*."""
    end = noun_phrase_end(view, at + 1, last)
    pins = end < last and view.lower[end] == "on" and head_of(view, at + 1, end) in _CRIMES
    return at + 1 if pins else 0


def _seeming_end(view: View, at: int, last: int) -> int:
    """*appeared to blame*."""
    to = at + 2 < last and view.lower[at + 1] == "to"
    return at + 3 if to and view.lower[at + 2] in _SAYS | _HINTS else 0


def _charging_end(view: View, at: int, last: int) -> int:
    """*charged that*."""
    return at + 1 if view.lower[at + 1 : min(at + 2, last)] == ["that"] else 0


def _stated_end(view: View, at: int, last: int) -> int:
    """*the law provides that*."""
    return at + 1 if view.lower[at + 1 : min(at + 2, last)] == ["that"] and _is_law(view, at) else 0


def _intended_end(view: View, at: int, last: int) -> int:
    """*intends to*."""
    return at + 1 if view.lower[at + 1 : min(at + 2, last)] == ["to"] else 0


_Reader = Callable[[View, int, int], int]
"""Gives the end of a cue that begins at a token of a sentence, which ends before another; 0 where none does."""


def _readers() -> dict[str, tuple[_Reader, ...]]:
    """Give what reads on from each verb, in the order in which it is asked."""
    readers: dict[str, tuple[_Reader, ...]] = {}
    for words, reader in (
        (_HEADS, _object_end),
        (_PINS, _pinned_end),
        (_CLEAR, _clear_end),
        (_HOLDS, _held_end),
        (_PUTS, _put_end),
        (_SEEMS, _seeming_end),
        (_TAKES, _posted_end),
        (BE_THAT, _sure_end),
        (_SHOWS, _shown_end),
        (_COUNTS, _counted_end),
        (_THAT, _charging_end),
        (_STATES, _stated_end),
        (_INTENDS, _intended_end),
    ):
        for word in words:
            readers[word] = (*readers.get(word, ()), reader)
    return readers


_READERS = _readers()
_NEEDED: Mapping[str, frozenset[str]] = {
    word: words
    for verbs, words in (
        (_STATES - _HEADS.keys(), frozenset({"that"})),
        (_SEEMS | _INTENDS, frozenset({"to"})),
        (BE_THAT, _BEHIND_BE | _STEPPED_OVER),
    )
    for word in verbs
}
"""What has to stand behind a verb, or an adverb, for it to begin a cue; other verbs may have anything behind them."""
_READ = lexicon.mark(_READERS.keys())


def _is_owned_noun(view: View, at: int) -> bool:
    """Tell whether a noun of speech stands before a verb: *the message | is*, *the view of the ministry | is*."""
    before = view.lower[max(0, at - _LATE) : at]
    return before[-1:] != [] and (
        before[-1] in _NOUNS_THAT_ARE or any(word == "of" and noun in _NOUNS_THAT_ARE for noun, word in pairwise(before))
    )


def _with_cue(view: View, found: _Found, n: int, cue: Stretch) -> None:
    """Put in an attribution with a cue, or mark the one that is there."""
    if view.lower[cue[1] : cue[1] + 1] == ["that"] and view.lower[cue[0]] in BE_THAT and (owned := _noun_cue(view, n, cue)):
        _with_owner(view, found, n, *owned)
        return
    begun = next((c for c in found.of(n) if c.cue and c.cue[0] < cue[1] and cue[0] <= c.anchor < cue[1]), None)
    if begun is not None:
        source = begun.source or _subject(view, n, cue)
        if not (begun.form or source is None or _denied(view, n, cue)) and _can_speak(view, source):
            found.drop(begun)
            found.add(replace(begun, source=source, score=max(begun.score, _SCORE), form=_form_of(view, source)))
        return
    source = _subject(view, n, cue) if not view.lower[cue[0]].endswith("ing") else None
    end = sentence_end(view, n)
    start = cue[1]
    if source is None or start >= end or _denied(view, n, cue) or _taken(found.of(n), cue):
        return
    content = np.arange(start, end, dtype=np.int64)
    found.add(Candidate(cue[0], cue, source, content, score=_SCORE, form=_form_of(view, source)))


def _form_of(view: View, source: Stretch) -> str:
    head = head_of(view, *source)
    if head in _CONTRACTS:
        return CONTRACT
    return LAW if head in _LAWS else SPOKEN


def _with_owner(view: View, found: _Found, n: int, owner: Stretch, cue: Stretch) -> None:
    """Put in what somebody’s noun says, such as a message that is told by *their message was that*."""
    end = sentence_end(view, n)
    start = next(t for t in range(cue[0], end) if view.lower[t] == "that")
    if not _can_speak(view, owner) or start + 1 >= end:
        return
    there = found.of(n)
    begun = [c for c in there if c.cue and c.cue[0] <= start and cue[0] <= c.anchor <= start]
    nested = tuple(
        [c for c in there if start <= c.anchor < end and start <= c.content[0] and c.content[-1] < end and c not in begun]
    )
    for c in (*begun, *nested):
        found.drop(c)
    content = np.arange(start, end, dtype=np.int64)
    found.add(Candidate(cue[0], cue, owner, content, score=_SCORE, nested=nested, form=SPOKEN))


def _taken(candidates: Sequence[Candidate], cue: Stretch) -> bool:
    """Tell whether another attribution says the words around a cue."""
    words = set(range(*cue))
    return any(c.score >= TOLD and not words.isdisjoint(c.content.tolist()) for c in candidates)


def _denied(view: View, n: int, cue: Stretch) -> bool:
    first = view.sentences[n][0]
    before = view.lower[max(first, cue[0] - 2) : cue[0]] + view.lower[cue[0] + 1 : cue[0] + 2]
    return any(word in _NOT or word.endswith("n't") for word in before)


def _subject(view: View, n: int, cue: Stretch) -> Stretch | None:
    first = view.sentences[n][0]
    start = cue[0]
    while start > first and (view.lower[start - 1] in ADVERBS or is_auxiliary(view.lower[start - 1])):
        start -= 1
    if start <= first or view.lower[start - 1] in _NEVER_FIRST | PREPOSITIONS:
        return None
    found = subject_before(view, start, first)
    return found if found and found[0] - first <= _LATE and _can_speak(view, found) else None


def _can_speak(view: View, source: Stretch) -> bool:
    """Tell somebody who speaks from a trend, a call or a visit that raises concerns."""
    words = view.words[slice(*source)]
    if len(words) == 1 and view.lower[source[0]] in PERSONAL:
        return view.lower[source[0]] != "who"
    if view.lower[source[0]] in _NO_SPEAKERS:
        return False
    return (
        judge(words) is not None
        or head_of(view, *source) in _LAWS | _CONTRACTS
        or not _DOCUMENTS.isdisjoint(view.lower[slice(*source)][:3])
        or all(word[0].isupper() or word == "." for word in words)
    )
