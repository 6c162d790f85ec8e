"""Names of features as readers of a report understand them; what has no phrase keeps its name."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from ...classify.annotation.feature_words import in_words
from ...classify.wording.features import AROUND, CHARS, SEEN, TOWARDS, VECTOR, WORDS

_FIRST = re.compile(r"at first(?:, ([+-]\d))?: (.*)", re.DOTALL)
_SPEECH = re.compile(r"speech, (score|cue)(?: ([\d.]+))?: (.*)")
_NEIGHBOURS = {"-2": "two sentences before", "-1": "sentence before", "+1": "sentence after", "+2": "two sentences after"}
_SPEECH_BY = {"score": "attributions", "cue": "cues"}
_SHARES = {
    "quoted share": "share of words in quotation marks",
    "quoted": "share of words in quotation marks",
    "rule quoted": "share of words in quotation marks, by the word lists",
    "quoted words": "number of words in quotation marks",
    "a clause is quoted": "a clause in quotation marks",
    "attribution's chance": "certainty of the attribution",
    "attributed": "certainty of the attribution",
    "said by somebody": "share of words attributed to anybody",
    "coverage": "share of words attributed to the main source",
    "rule cue": "cue by the word lists",
    "source first": "first word of the source is on the list",
    "source last": "last word of the source is on the list",
    "place": "place in the article",
    "words of the headline": "words shared with the headline",
    "words of the beginning": "words shared with the first sentence",
}
_MEASURES = {
    "attribution: share": "share of words that are attributed",
    "attribution: said by anybody": "share of words attributed to anybody",
    "attribution: chance": "certainty of the attribution",
    "attribution: cue here": "the cue is in this sentence",
    "attribution: source named": "the source is known",
    "bias: biased": "built-in model: probability of loaded wording",
    "bias: biased, log odds": "built-in model: log odds of loaded wording",
    "bias: loaded words": "built-in model: number of loaded words",
    "evaluation: share": "share of words that evaluate",
    "evaluation: negator": "words that negate an evaluation",
    "form: share of grammar": "share of function words",
    "form: share of the": "share of the word “the”",
    "form: share of a": "share of the words “a” and “an”",
    "form: share of capitals": "share of words with a capital letter",
    "form: length": "length of the sentence",
    "form: letters a word": "mean length of the words",
    "form: words drawn together": "contractions such as “didn’t”",
    "form: joining words": "coordinating conjunctions",
    "quotation: share": "share of words in quotation marks",
    "quotation: a few words": "short quotations",
    "quotation: longer": "longer quotations",
    "tense: past rather than present": "more verbs in the past tense than in the present",
    "tense: form of be": "forms of “be”",
    "style: event": "words of news events",
    "style: time": "words of time",
    "style: amount": "words of amount",
    "style: figure": "figurative words",
    "style: informal": "informal words",
    "style: negation": "negations",
    "style: future": "words of the future",
    "style: possible": "words of possibility",
    "style: certain": "words of certainty",
    "style: absolute": "absolute words",
    "style: abstract": "abstract words of politics and morals",
    "style: vague": "vague words",
    "style: hedge": "hedges",
}
_FAMILIES: Mapping[str, str] = {
    "kind": "built-in model: probability of kind {}",
    "source type": "built-in model: probability of source type {}",
    "tone of cue": "tone of the cue: {}",
    "evaluation": "words that evaluate: {}",
    "style": "words of {}",
    "tense": "verbs by their form: {}",
    "person": "pronouns: {}",
    "form": "{}",
    "rest of the article": "first pass, rest of the article: {}",
}


def feature_phrase(name: str) -> str:
    """Put the name of a feature into words.

    Examples
    --------
    >>> [feature_phrase(name) for name in ("gram: of the", "chars: ing ", "style: event", "at first, -1: Sport")]
    ['words “of the”', 'characters “ing␣”', 'words of news events', 'first pass, sentence before: Sport']
    """
    for prefix, phrase in _PREFIXED.items():
        if name.startswith(prefix):
            return phrase(name.removeprefix(prefix))
    if found := _FIRST.fullmatch(name):
        return f"first pass{f', {_NEIGHBOURS[found[1]]}' if found[1] else ''}: {found[2]}"
    if name in _MEASURES:
        return _MEASURES[name]
    family, colon, value = name.partition(": ")
    return _FAMILIES[family].format(value) if colon and family in _FAMILIES else name


def kind_phrase(name: str) -> str:
    """Put the name of a feature of the models of kind and source type into words.

    Examples
    --------
    >>> kind_phrase("quoted: 0.65 or more"), kind_phrase("rule type: state")
    ('share of words in quotation marks: 0.65 or more', 'the word lists alone say: source state')
    """
    family, colon, value = name.partition(": ")
    if family in _SHARES:
        return f"{_SHARES[family]}{colon}{value}"
    if found := _SPEECH.fullmatch(name):
        least = f" of {found[2]} or more" if found[2] else ", by rising certainty"
        return f"reported speech by {_SPEECH_BY[found[1]]}{least}: {found[3]}"
    return in_words(name, {}) or name


def _words(run: str) -> str:
    return f"{'words' if ' ' in run else 'word'} “{run}”"


_PREFIXED: Mapping[str, Callable[[str], str]] = {
    WORDS: _words,
    CHARS: lambda run: f"characters “{run.replace(' ', '␣')}”",
    VECTOR: lambda number: f"encoder: dimension {number}",
    SEEN: lambda seen: f"beside the target: {seen}",
    TOWARDS: lambda target: f"target: {target}",
    AROUND: lambda around: f"in the article: {kind_phrase(around)}",
    "likely ": lambda also: f"predicted {also}",
    "loaded ": lambda words: f"loaded wording: {words}",
}


def phrases(names: Sequence[str], *, of_kinds: bool) -> list[str]:
    """Put the names of a table's features into words; where two come to the same, the names follow in brackets.

    Parameters
    ----------
    names : sequence of str
    of_kinds : bool
        They are features of the models of kind and source type, which have names of their own.
    """
    found = [(kind_phrase if of_kinds else feature_phrase)(name) for name in names]
    twice = {phrase for phrase, n in Counter(found).items() if n > 1}
    return [f"{phrase} ({name})" if phrase in twice else phrase for name, phrase in zip(names, found, strict=True)]
