"""What the words of an attribution tell by the labelling guide: speech or a deed, whose report, a quoted clause or not.

PolNeAR marks stances, deeds and impressions as it marks speech; the guide does not count them as attributed.
"""

import re
from collections.abc import Iterator
from functools import cache

from ...lexicon import load_cues

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_LONGEST_CUE = 4
_SPEECH = frozenset({"say", "claim", "act", "belief", "publish", "finding", "prep", "noun"})

_DEED = re.compile(  # the list of cues has some of these, because they tell a stance
    r"\b(?:support(?:s|ed|ing|ers?)?|back(?:s|ed|ing)?|sid(?:es?|ed|ing) with|st(?:an|oo)ds? (?:by|with|behind)|embrac\w+|"
    r"declin\w+|refus\w+|seek(?:s|ing)?|sought|decid\w+|considering|mulling|contemplat\w+|plead\w*|pled|vot(?:e|es|ed|ing)|"
    r"agree(?:s|d|ing)? on|nominat\w+|"
    r"(?<!them )(?<!him )(?<!her )(?<!us )know(?:s|n)?|knew|learn(?:s|ed|t)?|seem(?:s|ed|ing)?|cheer\w*|"
    r"opposition|stances?|sentiments?|feelings?)\b"
)
_BACKING = re.compile(r"\b(?:support|back|favou?r|oppos)\w*")
_RELAYED = re.compile(r"([^,.;“\"]{3,80}?) as (?:saying|telling)\b")
_AGREED = re.compile(r"(?:\w+ )?agree(?:s|d|ing)?")
_BE = r"(?:is|are|was|were|be|been|being|’s|'s)"
_OWN_WORD = re.compile(r"\b(?:apparent|seeming|evident|obvious|presumab|clear)ly\b")
_NOBODYS = re.compile(
    rf"(?:^|\b{_BE}\b.*)\b(?:said|believed|thought|reported|rumou?red|alleged|critici[sz]ed|accused|blamed|praised|estimated|"
    r"predicted|projected|forecast|feared|suspected|understood|regarded|viewed|seen)\b|\b(?:rumou?rs?|speculation|whispers)\b"
)
_NAMING = re.compile(
    r"\b(?:call|describ|brand|label|dub|dismiss|denounc|decr(?:y|i)|hail|prais|blast|slam|condemn|characteri[sz]|ridicul|mock|"
    r"compar|liken|refer|accus|portray|paint|welcom|reject)\w*"
)
_AUXILIARY = r"(?:is|are|was|were|has|have|had|does|do|did|will|would|can|could|should|must|may|might|cannot)"
_FINITE = re.compile(
    rf"\b{_AUXILIARY}\b|n[’']t\b|[’'](?:re|ve|ll|m|d)\b|\b(?:I|he|she|it|that|there|who|what)[’']s\b|"
    r"\b(?:I|you|he|she|it|we|they|who|that|which)\s+(?!and\b|or\b)[a-z]+(?:s|ed|e|t|w|n|k|d|l|p|y)\b",
    re.IGNORECASE,
)
_PREDICATE = re.compile(
    rf"(?:{_AUXILIARY}|(?:is|are|was|were|has|have|had|does|do|did|would|could|should)n[’']t|won[’']t|can[’']t|"
    r"ran|went|came|took|gave|made|knew|saw|got|became|began|brought|kept|left|lost|stood|won|wrote|grew|fell|broke|chose)\b"
)
_PREDICATE_AFTER_A_PRONOUN = re.compile(r"[a-z]+(?:s|ed)\b")
_PRONOUN = re.compile(r"\b(?:he|she|it|they|we|who|that|which)\s*$", re.IGNORECASE)
_NO_SUBJECT = re.compile(
    rf"(?:^|\b(?:{_AUXILIARY}|be|been|being|having|to|not|of|for|with|in|on|at|by|from|as|a|an|the|his|her|its|their|no|and|or)|[.,:;])"
    r"\s*$",
    re.IGNORECASE,
)


def is_speech(cue: str, content: str) -> bool:
    """Tell whether a cue marks words or thoughts of somebody, and no deed.

    Parameters
    ----------
    cue : str
        In lower case; a cue without a word, such as a colon, marks speech.
    content : str
        What is attributed: who *agreed to sell* has done something, who *agreed that it was late* has spoken.

    Examples
    --------
    >>> is_speech("said she supports", "the levy"), is_speech("supported", "the levy"), is_speech(":", "no new taxes")
    (True, False, True)
    >>> is_speech("agreed", "to sell the mill"), is_speech("agreed", "that the mill was old")
    (False, True)
    """
    if not _WORD.search(cue):
        return True
    if _AGREED.fullmatch(cue) and content.lower().startswith("to "):
        return False
    return bool(groups_of(_DEED.sub(";", cue)) & _SPEECH)


def is_nobodys(cue: str) -> bool:
    """Tell whether a cue without a source passes on a report behind which nobody stands.

    *Apparently* and *is expected to* are the outlet's own word.

    Examples
    --------
    >>> is_nobodys("reportedly"), is_nobodys("is widely believed"), is_nobodys("was criticized for")
    (True, True, True)
    >>> is_nobodys("apparently"), is_nobodys("is expected"), is_nobodys("known as")
    (False, False, False)
    """
    if _OWN_WORD.search(cue):
        return False
    return "prep" in groups_of(cue) or bool(_NOBODYS.search(cue))


def is_backing(cue: str) -> bool:
    """Tell whether a cue takes somebody's side, which people who are polled do in answer to a question.

    Examples
    --------
    >>> is_backing("support"), is_backing("was backed"), is_backing("knows")
    (True, True, False)
    """
    return bool(_BACKING.search(cue))


def relayed(content: str) -> str | None:
    """Give whom an outlet passes on where the mark of its content begins with them: *quoted a witness as saying*.

    Examples
    --------
    >>> relayed("a witness as saying the bridge had swayed")
    'a witness'
    >>> relayed("the bridge had swayed") is None
    True
    """
    match = _RELAYED.match(content)
    return match[1] if match else None


def is_naming(cue: str) -> bool:
    """Tell whether a cue gives something a name or judges it, so that what follows in marks may be a mere phrase.

    Examples
    --------
    >>> is_naming("called"), is_naming("has described"), is_naming("said")
    (True, True, False)
    """
    return bool(_NAMING.search(cue))


def has_finite_verb(words: str) -> bool:
    """Tell whether some words seem to hold a verb with its subject; there is no tagger here.

    Examples
    --------
    >>> has_finite_verb("It’s a fairy tale"), has_finite_verb("a fairy tale for children")
    (True, False)
    """
    return bool(_FINITE.search(words))


def begins_predicate(before: str, quoted: str) -> bool:
    """Tell whether quoted words begin with a finite verb whose subject stands just outside the marks.

    Parameters
    ----------
    before : str
        The sentence up to the quotation mark.
    quoted : str
        The words inside the marks.

    Examples
    --------
    >>> begins_predicate("The minister said the dam ", "will outlast us all")
    True
    >>> begins_predicate("She said that he ", "paints over rust")
    True
    >>> begins_predicate("The minister said the dam was ", "built to outlast us all")
    False
    >>> begins_predicate("They want to ", "do better")
    False
    """
    if _NO_SUBJECT.search(before):
        return False
    return bool(_PREDICATE.match(quoted)) or bool(_PRONOUN.search(before) and _PREDICATE_AFTER_A_PRONOUN.match(quoted))


def groups_of(cue: str) -> set[str]:
    """Give the classes of all phrases of a cue that the word list has."""
    return {group for phrase in _phrases(cue) for group in _groups().get(phrase, ())}


def _phrases(cue: str) -> Iterator[str]:
    for part in cue.split(";"):
        words = _WORD.findall(part)
        for i in range(len(words)):
            for j in range(i + 1, min(len(words), i + _LONGEST_CUE) + 1):
                yield " ".join(words[i:j])


@cache
def _groups() -> dict[str, frozenset[str]]:
    """Give the classes of every form of the cues in the word list."""
    groups: dict[str, frozenset[str]] = {}
    for cue in load_cues():
        for form in cue.forms:
            groups[form.lower()] = groups.get(form.lower(), frozenset()) | {cue.group}
    return groups
