"""Deeds that are told with words of speech: *the governor called the fire brigade*, *the senate rejected the bill*."""

from collections.abc import Callable, Container, Mapping
from dataclasses import replace
from functools import cached_property

from ..attribution.extractor import Candidate
from ..kinds.kind_rule import TIMES, subject_before
from ..language.article_tokens import View
from ..language.cues import ADVERBS, BE, is_auxiliary
from ..language.word_forms import lexicon
from .phrases import DETERMINERS, MARKS, PREPOSITIONS, STOPS, head_of, is_adjective, is_role, noun_phrase_end

DEED = "deed"
"""The form of what looks like speech and is none."""
UNTOLD = 0.3  # the score of a deed: possible, not told

_UTTERANCES = frozenset(
    "claim claims allegation allegations accusation accusations charge charges criticism criticisms complaint "
    "complaints suggestion suggestions notion notions idea ideas assertion assertions report reports rumour rumours "
    "rumor rumors call calls demand demands argument arguments view views concern concerns theory theories comparison "
    "comparisons characterisation characterization label talk speculation insinuation insinuations account accounts "
    "version statement statements remark remarks comment comments findings conclusion conclusions verdict blame "
    "responsibility wrongdoing involvement knowledge link links threat threats assessment narrative story stories "
    "fear fears warning warnings opinion description analysis premise logic".split()
)
_MEASURES = frozenset(
    "bill bills law laws budget budgets levy tax taxes motion motions amendment amendments treaty constitution appeal "
    "appeals bail plea visa visas permit permits resignation resolution resolutions nominee nomination petition "
    "application applications lawsuit suit case cases merger takeover bid bids ordinance measure measures referendum "
    "charter legislation injunction toll tariff licence license ballot request requests parole asylum clemency "
    "probation immunity entry access".split()
)
_DECIDERS = frozenset(
    "parliament senate house assembly congress council court courts judge judges jury juries committee committees "
    "panel board commission voters shareholders lawmakers legislators deputies senators mps members delegates cabinet "
    "electorate legislature regulator regulators tribunal magistrate justices diet bundestag duma knesset sejm lords "
    "commons aldermen councillors councilors governors".split()
)
_NO_DECIDERS = frozenset("white member spokesman spokeswoman former president leader chairman speaker who".split())
_EVENTS = frozenset(
    "election elections strike strikes meeting meetings vote referendum poll session summit truce ceasefire halt "
    "ballot conference timeout recess hearing inquest".split()
)
_PHONES = frozenset("radio intercom phone telephone door call calls bell knock doorbell summons".split())
_RESULTS = frozenset(
    "profit profits loss losses earnings revenue revenues sales income turnover surplus deficit ebitda dividend".split()
)
_CHANGES = frozenset("fall rise drop increase decrease decline jump growth slump surge gain dip".split())
_COURTS = frozenset("court courts tribunal judge judges jury magistrate magistrates justices".split())
_REFUSALS_SAID = frozenset("rule accept believe concede apologise apologize admit acknowledge recognise recognize".split())
_SPOKEN_OFFERS = frozenset(
    "apology apologies condolences congratulations assurance assurances thanks explanation explanations prayers "
    "denial praise criticism advice opinion opinions defence defense comment comments excuse excuses sympathy "
    "sympathies reassurance reassurances words insight insights assessment assessments details response version "
    "account theory theories hope suggestion suggestions tips examples numbers versions message hesitance evidence "
    "support warning warnings clues guidance argument arguments".split()
)
_DEALS = frozenset("deal deals truce date price pact plan settlement merger contract terms sale timetable deadline".split())
_CASES = frozenset(
    "case cases charge charges suit lawsuit lawsuits appeal appeals complaint petition indictment motion".split()
)
_AMOUNTS = frozenset("million billion trillion hundred thousand percent pupils patients people students children".split())
_HANDLED = frozenset(
    "silence holiday ramadan lent sabbath bell button buttons doorbell switch key lives life goal goals title medal "
    "gold silver bronze ambassador envoy vans cars vehicles products toys belongings damages benefits compensation "
    "expenses reward door doors gate gates phone brakes lid fist ball puck shot".split()
)
_MET = frozenset("on in at outside after before as and each one him her them the . ,".split())
_SHOWN = frozenset("us me visitors reporters guests journalists".split())
_PARTICLES = frozenset("on down off up away".split())
_HEARD_OUT = frozenset("to whether if why how what who when where which for".split())  # what somebody is asked
_NOUN_LINKS = frozenset("of to for on over about against".split())
_BEHIND_NOUN = _NOUN_LINKS | {":"}
_FINITE = frozenset(
    "cost costs gave gives kept keeps came comes went goes fell falls rose rises made makes took takes drew draws led "
    "leads sparked prompted triggered caused met won lost failed fails began begins ended ends set sets dates dated "
    "forms formed followed follows proved proves remains remained became becomes angered surprised shocked raised "
    "raises brought brings sent sends left leaves stands stood seemed seems appeared appears reached helped helps hit "
    "added adds marks marked reflects reflected echoes echoed divided divides".split()
)
_TROPHIES = frozenset(
    "award awards trophy prize prizes medal medals cup gift gifts bribe bribes job post resignation nomination "
    "donation donations money cheque delivery bid flowers invitation".split()
)
_WORDS = frozenset("nothing little".split())
_SELF = frozenset("himself herself itself themselves".split())
_BEHIND_PHONED = (
    frozenset("at on from before after in when to because with for and then by while . , ; until over".split()) | TIMES
)
_IT = frozenset("it this that what".split())
_JUDGING = ("ous", "ive", "ful", "able", "ible", "ual", "fair", "less")
_FULL_NAME = 2  # tokens
_NUMBERS = frozenset(
    "one two three four five six seven eight nine ten a an half eleven twelve fifteen twenty thirty forty fifty sixty "
    "dozens hundreds thousands".split()
)
_GRANTED = frozenset(
    "bail visa visas entry access parole asylum clemency request requests permission admission leave service "
    "treatment passports passport motion motions petition petitions application applications extradition relief confidence "
    "funding licence license".split()
)
_TWICE = frozenset("twice again with from at in late early before after . ,".split())
_ACCEPTED = frozenset(
    "need fact blame responsibility defeat apology principle result results outcome ruling decision advice "
    "recommendation recommendations term terms condition conditions proposal proposals role part share mistake error "
    "plan compromise".split()
)
_REJECTS = "reject rejects rejected rejecting approve approves approved approving"
_BACKS = "back backs backed backing support supports supported supporting endorse endorses endorsed endorsing"
_VOTE_WITHIN = 14  # tokens behind a verb among which *in the vote* is looked for
_COMPARING = frozenset({"than", "as"})
_MEASURING = lexicon.mark(_COMPARING)
_BEHIND_MEASURE = STOPS | {"when", "in", "at", "for", "and", "but", "by", "earlier", "it", "to"}
_CLOSE = 8
_LONG_SUBJECT = 40  # tokens: no subject begins farther before its verb
_DEGREE = 4  # tokens: *as deep as*, *as much money as*


class _Verb:
    """A cue that is a verb, in its sentence."""

    def __init__(self, view: View, at: int) -> None:
        self.view, self.at = view, at
        self.first, self.last = view.sentences[view.home[at]]
        self.start = at + 1
        while self.start < self.last and view.lower[self.start] in ADVERBS:
            self.start += 1

    @cached_property
    def end(self) -> int:
        """Where the object ends."""
        return noun_phrase_end(self.view, self.start, self.last)

    @property
    def next(self) -> str:
        """The word behind the verb; empty at the sentence's end."""
        return self.view.lower[self.start] if self.start < self.last else ""

    @property
    def after(self) -> str:
        """The word behind the object."""
        return self.view.lower[self.end] if self.end < self.last else "."

    @property
    def head(self) -> str:
        """The object's main word; empty where no noun follows."""
        return head_of(self.view, self.start, self.end)

    @property
    def object(self) -> list[str]:
        """The object's words."""
        return self.view.words[self.start : self.end]

    def follows(self, *words: str) -> bool:
        """Tell whether one of these words stands close behind."""
        return not set(words).isdisjoint(self.view.lower[self.start : min(self.last, self.start + _VOTE_WITHIN)])

    def auxiliaries(self) -> list[str]:
        """Give the auxiliaries and adverbs before the verb."""
        start = self.at
        while start > self.first and (self.view.lower[start - 1] in ADVERBS or is_auxiliary(self.view.lower[start - 1])):
            start -= 1
        return self.view.lower[start : self.at]

    def subject(self) -> list[str]:
        """Give the words of the verb's subject, in lower case."""
        found = subject_before(self.view, self.at - len(self.auxiliaries()), self.first)
        return self.view.lower[slice(*found)] if found else []


def _decides(verb: _Verb) -> bool:
    """*rejected the bill*, *backed the reform in the vote*: not *rejected the claim*."""
    if verb.head in _UTTERANCES or verb.after == "as" or verb.next in {"that", "any", "as"} | MARKS or not verb.head:
        return False
    return verb.head in _MEASURES or _votes(verb)


def _takes(verb: _Verb) -> bool:
    """*accepted the trophy*; not *accepted the criticism*."""
    if verb.next in {"a", "an"} | _NUMBERS and verb.head not in _UTTERANCES | _ACCEPTED:
        return True
    return verb.head in _TROPHIES or _decides(verb)


def _confirms(verb: _Verb) -> bool:
    """*confirmed the judge by 52 votes*; not *confirmed the deaths*."""
    return is_role(verb.object) and (verb.follows("votes", "vote") or not _DECIDERS.isdisjoint(verb.subject()[:_CLOSE]))


def _convicts(verb: _Verb) -> bool:
    """*found him guilty*."""
    return "guilty" in verb.view.lower[verb.start : verb.end + 1] or "liable" in verb.view.lower[verb.start : verb.end + 1]


def _greets(verb: _Verb) -> bool:
    """*welcomed the king at the gate*; not *welcomed the ruling*."""
    return is_role(verb.object) and verb.after in {"at", "in", "on", "with", "to", "into", "home", "."}


def _inquires(verb: _Verb) -> bool:
    """*asked the way to the station*."""
    return verb.head in {"way", "time", "directions", "price"}


def _competes(verb: _Verb) -> bool:
    """*challenged for the ball*."""
    return verb.next == "for"


def _recalls(verb: _Verb) -> bool:
    """*recalled its ambassador*, *recalled the striker to the squad*; not *recalled the night*."""
    return verb.head in _HANDLED or (is_role(verb.object) and verb.after in {"to", "from", "for"})


def _votes(verb: _Verb) -> bool:
    """*backed the reform in the vote*, *the senate supported the levy*: not *backed the claim*."""
    if verb.head in _UTTERANCES or verb.after == "as" or not verb.head:
        return False
    if verb.follows("vote", "votes", "ballot", "referendum", "unanimously", "voted", "margin"):
        return True
    subject = verb.subject()
    return not _DECIDERS.isdisjoint(subject[:_CLOSE]) and _NO_DECIDERS.isdisjoint(subject)


def _grants(verb: _Verb) -> bool:
    """*denied him a visa*, *denied bail*; not *denied the charge*."""
    if verb.next in {"him", "her", "them", "us", "me"}:
        return True
    names = verb.object
    if names and all(word[0].isupper() for word in names) and verb.after in _TWICE:
        return True
    return verb.head in _GRANTED


def _phones(verb: _Verb) -> bool:
    """*called the fire brigade at four*, *called an election*; not *called the plan a disgrace*, *called for*."""
    view, start, end = verb.view, verb.start, verb.end
    if verb.next == "off":
        return True
    stop = next((t for t in range(end, verb.last) if view.words[t] in STOPS), verb.last)
    if start >= end or verb.after not in _BEHIND_PHONED or MARKS & set(view.words[start : verb.last]):
        return False
    if view.lower[verb.at + 1] in _SELF or verb.next in _IT or not BE.isdisjoint(verb.auxiliaries()):
        return False
    if is_adjective(view.lower[end - 1]) or (view.lower[stop - 1].endswith(_JUDGING) or view.lower[stop - 1] == "wrong"):
        return False
    if verb.head in _EVENTS:
        return verb.next not in DETERMINERS - {"a", "an", "the"}
    return verb.next in DETERMINERS | {"him", "her", "them", "me", "us"} or end - start <= _FULL_NAME


def _offers(verb: _Verb) -> bool:
    """*offered him a loan*, *would offer a rare view*; not *offered an apology*, *offered to go*."""
    start = verb.start
    if verb.next in {"him", "her", "them", "us", "me", "you"}:
        start += 1
    end = noun_phrase_end(verb.view, start, verb.last)
    if start < verb.last and verb.view.lower[start] in {"to", "that", "up"} | STOPS:
        return False
    words = set(verb.view.lower[start:end])
    return end > start and words.isdisjoint(_SPOKEN_OFFERS)


def _results(verb: _Verb) -> bool:
    """*reported a profit of 12 million*, *reported a fall in sales*."""
    if verb.next == "that":
        return False
    end = verb.end
    if verb.head in _CHANGES and verb.after == "in":
        end = noun_phrase_end(verb.view, end + 1, verb.last)
    return not _RESULTS.isdisjoint(verb.view.lower[verb.start : end])


def _dismisses(verb: _Verb) -> bool:
    """*dismissed its coach*, *dismissed the case*; not *dismissed the claim as nonsense*."""
    if verb.follows("as"):
        return False
    if verb.head in _UTTERANCES - _CASES:
        return verb.head in {"claim", "claims", "complaint", "complaints"} and not _COURTS.isdisjoint(
            verb.subject()[:_CLOSE]
        )
    if verb.head in _CASES:
        return not _DECIDERS.isdisjoint(verb.subject()) or verb.head in {"case", "lawsuit", "suit", "appeal", "indictment"}
    return is_role(verb.object) and verb.head not in {"critics", "opponents", "sceptics", "skeptics"}


def _agrees(verb: _Verb) -> bool:
    """*agreed on a date*, *agreed a deal*; not *agreed on Monday that*, *agreed to*."""
    if verb.next == "to" and not _COURTS.isdisjoint(verb.subject()[-2:]):
        return True
    if verb.next in {"on", "upon"} and verb.view.lower[verb.start + 1] not in TIMES:
        return not verb.follows("that", "to")
    if verb.next in DETERMINERS - {"that"} and not (is_auxiliary(verb.after) or verb.after.endswith("ed")):
        return True
    return verb.head in _DEALS and verb.next != "that"


def _refuses(verb: _Verb) -> bool:
    """*refused to hear the appeal*, *declined to block the law*; not *refused to rule out a strike*."""
    behind = verb.view.lower[verb.start + 1] if verb.start + 1 < verb.last else ""
    return verb.next == "to" and behind not in _REFUSALS_SAID


def _rules(verb: _Verb) -> bool:
    """*ruled in favour of the farmers*, *ruled to free him*; not *ruled out a vote*, *ruled that*."""
    return verb.next in {"in", "against", "for", "to", "on"} and not verb.follows("that", ":")


def _weighs(verb: _Verb) -> bool:
    """*is considering selling*."""
    return not BE.isdisjoint(verb.auxiliaries())


def _always(verb: _Verb) -> bool:
    """Tell that it is no speech, whatever stands behind."""
    return not verb.follows("that", ":") and verb.next not in MARKS


def _pleads(verb: _Verb) -> bool:
    """*pleaded not guilty*; not *pleaded for help*."""
    return verb.follows("guilty", "contest")


def _says_nothing(verb: _Verb) -> bool:
    """*said nothing about the leak*, *said not a word*; not *said nothing was decided*."""
    lower, start = verb.view.lower, verb.at + 1
    if lower[start : start + 3] in (["not", "a", "word"], ["not", "a", "thing"]):
        behind = lower[start + 3] if start + 3 < verb.last else "."
        return behind in STOPS | PREPOSITIONS - {"for"} | {"more", "to", "and", "when"}
    behind = lower[verb.start + 1] if verb.start + 1 < verb.last else "."
    return verb.next in _WORDS and behind in STOPS | PREPOSITIONS | {"more", "else", "of", "and", "when", "to", "publicly"}


def _answers(verb: _Verb) -> bool:
    """*answered the door*."""
    return verb.head in _PHONES


def _takes_in(verb: _Verb) -> bool:
    """*admitted 300 pupils*; not *admitted the theft*."""
    words = verb.view.lower[verb.start : verb.end]
    return (bool(words) and words[0][:1].isdigit()) or (
        not (_AMOUNTS | _NUMBERS - {"a", "an"}).isdisjoint(words[:3]) and "that" not in words
    )


def _appeals(verb: _Verb) -> bool:
    """*appealed the ruling*, *appealed against the ban*; not *appealed for calm*, *appealed to the crowd*."""
    if verb.next == "to":
        return verb.follows("court", "tribunal", "courts")
    return verb.next in {"against"} or verb.head in {
        "ruling",
        "verdict",
        "sentence",
        "decision",
        "conviction",
        "judgment",
        "ban",
    }


def _honours(verb: _Verb) -> bool:
    """*announced the winners*: a deed at a feast."""
    return verb.head in {"winners", "winner", "engagement", "birth", "shortlist"}


def _surveys(verb: _Verb) -> bool:
    """*were asked between 3 and 9 May*, *surveyed 1,000 adults*; not *were asked to leave*."""
    if verb.next[:1].isdigit() or verb.next in _NUMBERS - {"a", "an"} | {"some", "more", "about"}:
        return True
    if verb.view.lower[verb.at].endswith("ing") or BE.isdisjoint(verb.auxiliaries()):
        return False
    return verb.next not in _HEARD_OUT | MARKS | {","} and not verb.follows("whether", "if", "to", ":")


def _asks(verb: _Verb) -> bool:
    """*asked the way to the station*, *were asked by telephone*."""
    is_passive = verb.view.lower[verb.at] == "asked" and not BE.isdisjoint(verb.auxiliaries())
    return _inquires(verb) or (is_passive and _surveys(verb))


def _hugs(verb: _Verb) -> bool:
    """*embraced on the steps*, *embraced her son*; not *embraced the plan*."""
    return verb.next in _MET - {"the"} or is_role(verb.object) or verb.next in {"his", "her"}


def _shows(verb: _Verb) -> bool:
    """*shows us the well*, *showed visitors how it works*; not *showed us that*."""
    return verb.next in _SHOWN and not verb.follows("that")


def _quarrels(verb: _Verb) -> bool:
    """*argue over cuts*, *argued with the referee*; not *argued that*."""
    return verb.next in {"over", "with"} and not verb.follows("that")


def _slams(verb: _Verb) -> bool:
    """*slammed the door*, *slammed into a wall*; not *slammed the plan*."""
    return verb.next in {"into", "shut", "against", "down"} or _handles(verb)


def _puts(verb: _Verb) -> bool:
    """*put down his cup*, *put on her glasses*; not *put down the delay to snow*, *put the blame on him*."""
    noun = noun_phrase_end(verb.view, verb.start + 1, verb.last)
    if verb.next not in _PARTICLES or noun == verb.start + 1:
        return False
    return head_of(verb.view, verb.start + 1, noun) not in _UTTERANCES and verb.view.lower[noun : noun + 1] != ["to"]


def _handles(verb: _Verb) -> bool:
    """*pressed the bell*, *claimed 40 lives*, *recalled its ambassador*."""
    return not _HANDLED.isdisjoint(verb.view.lower[verb.start : verb.end])


_DEEDS: Mapping[str, Callable[[_Verb], bool]] = {
    form: test
    for forms, test in (
        (_REJECTS, _decides),
        ("accept accepts accepted accepting", _takes),
        ("confirm confirms confirmed confirming", _confirms),
        ("find finds found finding", _convicts),
        ("welcome welcomes welcomed welcoming", _greets),
        ("ask asks asked asking", _asks),
        ("surveyed polled interviewed questioned", _surveys),
        ("embrace embraces embraced embracing hugged hugs", _hugs),
        ("show shows showed showing", _shows),
        ("argue argues argued arguing quarrel quarrelled clashed bickered sparred", _quarrels),
        ("put puts putting", _puts),
        ("slam slams slammed slamming", _slams),
        ("challenge challenges challenged challenging", _competes),
        (_BACKS, _votes),
        ("oppose opposes opposed opposing", _votes),
        ("deny denies denied denying", _grants),
        ("call calls called calling", _phones),
        ("offer offers offered offering", _offers),
        ("report reports reported reporting post posts posted posting", _results),
        ("dismiss dismisses dismissed dismissing", _dismisses),
        ("agree agrees agreed agreeing", _agrees),
        ("considering weighing mulling", _weighs),
        ("rule rules ruled ruling", _rules),
        ("refuse refuses refused refusing decline declines declined declining", _refuses),
        ("vote votes voted voting phoned phones telephoned telephones rang", _always),
        ("plead pleads pleaded pleading pled", _pleads),
        ("say says said saying", _says_nothing),
        ("answer answers answered answering", _answers),
        ("admit admits admitted admitting", _takes_in),
        ("appeal appeals appealed appealing", _appeals),
        ("announce announces announced announcing", _honours),
        ("pressed presses press pressing", _handles),
        ("address addresses addressed addressing", _always),
        ("claimed claims claim claiming observe observes observed observing", _handles),
        ("recalled recalls recall recalling", _recalls),
    )
    for form in forms.split()
}


_NEEDED: Mapping[str, frozenset[str]] = {
    form: ADVERBS | behind
    for forms, behind in (
        ("say says said saying", {"not", "nothing", "little"}),
        ("rule rules ruled ruling", {"in", "against", "for", "to", "on"}),
        ("refuse refuses refused refusing decline declines declined declining", {"to"}),
        ("argue argues argued arguing", {"over", "with"}),
        ("challenge challenges challenged challenging", {"for"}),
    )
    for form in forms.split()
}
"""What has to stand behind some of these verbs, at a glance."""
_PLAIN = frozenset(
    {_phones, _answers, _handles, _takes_in, _grants, _recalls, _surveys, _asks, _hugs, _shows, _slams, _puts}
)
"""Deeds that nobody would call speech. Annotators of attribution mark votes, offers and plans, so these are still told."""


def mark_deeds(view: View, candidates: list[Candidate]) -> list[Candidate]:
    """Give what is no speech the form `DEED`; what is nothing like it, such as *called the fire brigade*, is not told."""
    compared = {view.home[at] for at in view.places_of(_MEASURING)}
    return [_marked(view, c, compared) if not c.form and _may_be_deed(view, c.anchor, compared) else c for c in candidates]


def _may_be_deed(view: View, at: int, compared: Container[int]) -> bool:
    """Tell at a glance whether a cue may be one of a deed, or measure something; ``compared`` are the sentences that do."""
    if view.inside[at]:
        return False
    word, behind = view.lower[at], view.lower[at + 1] if at + 1 < len(view.lower) else ""
    if word in _DEEDS and (word not in _NEEDED or behind in _NEEDED[word]):
        return True
    return behind in _BEHIND_NOUN or view.home[at] in compared


def _marked(view: View, c: Candidate, compared: Container[int]) -> Candidate:
    at = c.anchor
    behind = view.lower[at + 1] if at + 1 < len(view.lower) else ""
    if behind == ":" and c.source is None and at == view.sentences[view.home[at]][0]:
        return replace(c, form=DEED, score=min(c.score, UNTOLD))  # *Explained: Why the dam was never built*
    verb = predicate(view, at) if behind in _NOUN_LINKS and c.content.item(0) > at else None
    if verb is not None:
        content = c.content[c.content < verb]
        return replace(c, content=content, form=DEED) if len(content) else c
    test = _DEEDS.get(view.lower[at])
    if test is not None and test(_Verb(view, at)):
        return replace(c, form=DEED, score=min(c.score, UNTOLD) if test in _PLAIN else c.score)
    return replace(c, form=DEED) if view.home[at] in compared and _is_compared(view, at) else c


def is_deed(view: View, at: int) -> bool:
    """Tell whether a cue at a token tells of a deed, or only measures something by what was said: *than was forecast*.

    Parameters
    ----------
    view : View
    at : int
        The cue's main word.
    """
    if view.inside[at]:
        return False
    test = _DEEDS.get(view.lower[at])
    return (test is not None and test(_Verb(view, at))) or _is_compared(view, at)


def _is_compared(view: View, at: int) -> bool:
    """*not as deep as geologists had estimated*, *less than farmers had feared*: a measure, not what the sentence tells."""
    first, last = view.sentences[view.home[at]]
    lower, start = view.lower, at
    while start > first and (lower[start - 1] in ADVERBS or is_auxiliary(lower[start - 1])):
        start -= 1
    if _COMPARING.isdisjoint(lower[max(first, start - _LONG_SUBJECT) : start]):
        return False
    if at + 1 < last and lower[at + 1] not in _BEHIND_MEASURE:
        return False
    subject = subject_before(view, start, first)
    begin = subject[0] if subject else start
    for t in range(max(first + 1, begin - 1), start):
        if lower[t] not in _COMPARING or "," in lower[t:start] or lower[t + 1][:1].isdigit() or lower[t + 1] in _NUMBERS:
            continue
        if lower[t] == "as" and lower[t - 1] == "," and "not" in lower[max(first, t - _DEGREE - 1) : t]:
            return True  # *nine days, not three, as the office had claimed*
        degree = not {"as", "so"}.isdisjoint(lower[max(first, t - _DEGREE) : t - 1]) and lower[t - 1] != ","
        if lower[t] == "than" or degree:
            return _is_verb(lower[at])
    return False


def _is_verb(word: str) -> bool:
    return word not in {"according", "per", "citing"}


def predicate(view: View, at: int) -> int | None:
    """Find the verb of which a noun of speech is the subject: *came* in *The ministry’s warning of a flood came late*.

    None where the noun opens no sentence, or the verb brings what is said: *The ministry’s estimate is that …*
    """
    first, last = view.sentences[view.home[at]]
    if at - first > _CLOSE or at + 2 >= last or view.lower[at + 1] not in _NOUN_LINKS or not _owned(view, first, at):
        return None
    end = at + 1
    while end < last and view.lower[end] in PREPOSITIONS | DETERMINERS | {"of", "to"}:
        start = end + 2
        end = noun_phrase_end(view, end + 1, last)
        verb = next((t for t in range(start, min(end + 1, last)) if _is_finite(view, t, last)), None)
        if verb is not None:
            return verb
    return None


def _owned(view: View, first: int, at: int) -> bool:
    """Tell whether what stands before a noun is whose it is, and nothing else: *The ministry’s*, *A*, *Their*."""
    words = view.lower[first:at]
    return bool(words) and (words[0] in DETERMINERS or "'s" in words or "'" in words) and STOPS.isdisjoint(words[1:-1])


def _is_finite(view: View, at: int, last: int) -> bool:
    """Tell a verb that can end a noun phrase; *is that* brings what is said."""
    word, behind = view.lower[at], view.lower[at + 1 : min(at + 2, last)]
    if word.endswith("ed") and not DETERMINERS.isdisjoint(behind):
        return True
    return word in _FINITE or (is_auxiliary(word) and word != "'s" and behind != ["that"])
