"""How a sentence is written, whatever it is about: words of certainty and opinion, tense, person, form.

Most measures count the words that pass a test, so those of all sentences of an article are sums over one table.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise

import numpy as np

from ...data.arrays import Bools, Floats64, Ints
from ...data.lexicon import EVALUATIONS, STYLES, load_styles
from ..attribution.word_features import is_function
from ..language.article_tokens import View
from ..language.word_forms import WORD
from ..stance_bias.evaluative_words import BIT
from ..stance_bias.stance_features import evaluate

_LIMIT = 1 << 13  # word forms remembered: no feed of articles may fill the memory
_LOADED = BIT["praise"] | BIT["scorn"]
_FEW_QUOTED = 3  # words: up to here marks keep a distance from a word, beyond they quote
_SHORTENED = {"ca": "can", "wo": "will", "sha": "shall", "ai": "is"}
_PAST = frozenset(
    "was were had did said went came took made got gave found told knew thought felt became left held brought began kept "
    "stood saw met ran led paid sent built lost spent fell rose grew drew broke drove wrote spoke chose sought taught "
    "fought bought caught sold won heard meant read put set cut let hit hurt threw wore swore shook stole struck "
    "understood withdrew overcame arose bore beat bent bound bred clung crept dealt dug drank ate fled flew forgot forgave "
    "froze hid hung knelt laid lay lent lit mistook rang rode sang sank sat shot shut slept slid spun sprang stuck swam "
    "swept swung tore woke wept wound".split()
)
_PRESENT = frozenset(
    "is are am 're 'm has have 've do does says goes makes takes gets gives seems means needs wants knows thinks comes "
    "becomes remains shows looks keeps lies".split()
)
_BE = frozenset("is are was were be been being am 're 'm".split())
_PERSONS = {
    "I": frozenset("i me my mine myself".split()),
    "we": frozenset("we us our ours ourselves".split()),
    "you": frozenset("you your yours yourself yourselves".split()),
    "he or she": frozenset("he she him her his hers himself herself".split()),
    "they": frozenset("they them their theirs themselves".split()),
    "it": frozenset("it its itself this that these those there".split()),
}
_ASKING = frozenset("who what why how when where which whose".split())
_JOINS = frozenset("and or but nor".split())
_PREPOSITIONS = frozenset("of in on at by for with from to into about against".split())
_ADJECTIVE = re.compile(r".{3,}(?:ful|ous|ive|able|ible|less|ish|ical|ary|esque)")
_NOUN = re.compile(r".{3,}(?:tions?|ness|ments?|it(?:y|ies)|isms?|ists?|[ae]nce)")
_COMPARED = re.compile(r".{3,}ie(?:r|st)|[a-z]{3,}est")
_OPENERS = {
    "and or but": frozenset("and but so or yet because".split()),
    "it or there": frozenset("it this that these there such".split()),
    "a question word": _ASKING,
}

Test = Callable[[str], bool]
_OF_PARTS: Mapping[str, Test] = {
    "tense: past": lambda part: part in _PAST or (len(part) > 4 and part.endswith("ed")),
    "tense: present": _PRESENT.__contains__,
    "tense: perfect": frozenset("has have had 've".split()).__contains__,
    "tense: progressive": lambda part: len(part) > 5 and part.endswith("ing"),
    "tense: form of be": _BE.__contains__,
    **{f"person: {who}": words.__contains__ for who, words in _PERSONS.items()},
}
"""Asked of a word, and of both parts of one that is drawn together (*we'd*, *didn't*)."""
_OF_WORDS: Mapping[str, Test] = {
    "form: questions": "?".__eq__,
    "form: exclamations": "!".__eq__,
    "form: question words": lambda word: word.lower() in _ASKING,
    "form: commas": ",".__eq__,
    "form: dashes": frozenset("— – - --".split()).__contains__,
    "form: colons": ":".__eq__,
    "form: semicolons": ";".__eq__,
    "form: brackets": "(".__eq__,
    "form: dots": frozenset({"...", "…"}).__contains__,
    "form: numbers": lambda word: word[0].isdigit(),
    "form: years": lambda word: len(word) == 4 and word.isdigit() and word[:2] in ("19", "20"),
    "form: words in capitals": lambda word: len(word) > 2 and word.isupper(),
    "form: adjectives by their endings": lambda word: _ADJECTIVE.fullmatch(word.lower()) is not None,
    "form: abstract nouns by their endings": lambda word: _NOUN.fullmatch(word.lower()) is not None,
    "form: adverbs by their endings": lambda word: len(word) > 4 and word.endswith("ly"),
    "form: comparatives by their endings": lambda word: _COMPARED.fullmatch(word.lower()) is not None,
    "form: joining words": lambda word: word.lower() in _JOINS,
    "form: words drawn together": lambda word: "'" in word[1:].replace("’", "'"),
}
"""Asked of a word as printed."""
_SHARED: Mapping[str, tuple[float, Test]] = {
    "form: share of grammar": (4, lambda word: is_function(word.lower())),
    "form: share of the": (4, lambda word: word.lower() == "the"),
    "form: share of a": (6, lambda word: word.lower() in ("a", "an")),
    "form: share of prepositions": (4, lambda word: word.lower() in _PREPOSITIONS),
    "form: share of capitals": (2, lambda word: word[0].isupper()),
}
"""Counts that are told as shares of the words, each with the factor that gives it about the spread of the others."""
_COUNTED = (*(f"style: {name}" for name in STYLES), *_OF_PARTS, *_OF_WORDS)
COUNTS = (*_COUNTED, *_SHARED)


def style_features(view: View, whose: Ints) -> dict[str, Floats64]:
    """Measure how the sentences of an article are written.

    Parameters
    ----------
    view : View
    whose : ndarray of int, shape (n_tokens,)
        See `bias_features.somebody_elses`.

    Returns
    -------
    dict of str to ndarray of shape (n_sentences,)
        Counts are told by the logarithm of one more, so that the first counts most.

    Examples
    --------
    >>> from sayso.classify.language.article_tokens import view
    >>> from sayso.data.records import Span
    >>> seen = view("Perhaps we didn't ask.", [Span(0, 22)])
    >>> told = style_features(seen, np.zeros(len(seen.words), dtype=np.int64))
    >>> [name for name in ("style: possible", "person: we", "person: they", "tense: past") if told[name][0] > 0]
    ['style: possible', 'person: we', 'tense: past']
    """
    n_words = np.maximum(_sums(view, view.facts & WORD > 0), 1)
    counts = _sums(view, _counts(view))
    found = {name: np.log1p(counts[:, i]) for i, name in enumerate(_COUNTED)}
    for i, (name, (factor, _)) in enumerate(_SHARED.items(), len(_COUNTED)):
        found[name] = factor * counts[:, i] / n_words
    past, present = (counts[:, COUNTS.index(f"tense: {tense}")] for tense in ("past", "present"))
    found["tense: past rather than present"] = (past - present) / np.maximum(past + present, 1)
    found |= _evaluation(view, whose, n_words)
    found |= _quotation(view, n_words)
    return found | _shape(view, n_words)


def _counts(view: View) -> Floats64:
    """Give what each token counts for each of `COUNTS`, shape (n_tokens, n_counts)."""
    table = np.array([_measured(word) for word in view.words], dtype=np.float64).reshape(-1, len(COUNTS))
    for at, numbers in _phrases_in(view.lower):
        table[at, numbers] += 1
    return table


@lru_cache(maxsize=_LIMIT)
def _measured(word: str) -> tuple[int, ...]:
    """Count a word as printed: for each of `COUNTS` how often it passes."""
    parts = _parts(word.lower().replace("’", "'"))
    listed = {number for part in parts for number in _listed()[0].get(part, ())}
    return (
        *(int(number in listed) for number in range(len(STYLES))),
        *(sum(map(test, parts)) for test in _OF_PARTS.values()),
        *(int(test(word)) for test in _OF_WORDS.values()),
        *(int(test(word)) for _, test in _SHARED.values()),
    )


def _parts(word: str) -> tuple[str, ...]:
    """Take a word apart that is drawn together.

    >>> _parts("won't"), _parts("we'd"), _parts("asked")
    (('will', "n't"), ('we', "'d"), ('asked',))
    """
    if "'" not in word[1:]:
        return (word,)
    if word.endswith("n't"):
        verb = word[:-3]
        return _SHORTENED.get(verb, verb), "n't"
    first, _, second = word.partition("'")
    return first, f"'{second}"


_Phrases = Mapping[tuple[str, str], Sequence[tuple[tuple[str, ...], list[int]]]]


@cache
def _listed() -> tuple[Mapping[str, list[int]], _Phrases]:
    """Give the classes of the list's words by number, and its phrases by their first two words."""
    words: dict[str, list[int]] = {}
    phrases: dict[tuple[str, str], list[tuple[tuple[str, ...], list[int]]]] = {}
    for entry in load_styles():
        numbers, parts = [STYLES.index(name) for name in entry.classes], tuple(entry.phrase.split())
        if len(parts) == 1:
            words[entry.phrase] = numbers
        else:
            phrases.setdefault((parts[0], parts[1]), []).append((parts, numbers))
    return words, phrases


def _phrases_in(lower: Sequence[str]) -> list[tuple[int, list[int]]]:
    """Find the phrases of the list: the token where each begins, and its classes by number."""
    phrases = _listed()[1]
    return [
        (at, numbers)
        for at, pair in enumerate(pairwise(lower))
        for parts, numbers in phrases.get(pair, ())
        if tuple(lower[at : at + len(parts)]) == parts
    ]


def _sums(view: View, values: Bools | Ints | Floats64) -> Floats64:
    """Sum the values of each sentence's tokens."""
    total = np.zeros((len(values) + 1, *values.shape[1:]))
    np.cumsum(values, axis=0, out=total[1:])
    first, last = np.array(view.sentences, dtype=np.int64).reshape(-1, 2).T
    return np.asarray(total[last] - total[first])


def _evaluation(view: View, whose: Ints, n_words: Floats64) -> dict[str, Floats64]:
    """Count the words that judge, by class and by side, and tell whose they are."""
    words = evaluate(view)
    loaded = words.classes & _LOADED > 0
    marked = {name: words.classes & BIT[name] > 0 for name in EVALUATIONS}
    marked |= {"positive": words.side > 0, "negative": words.side < 0}
    marked |= {"loaded, the outlet's own": loaded & (whose == 0), "loaded, somebody else's": loaded & (whose > 0)}
    found = {f"evaluation: {name}": np.log1p(_sums(view, flags)) for name, flags in marked.items()}
    return {**found, "evaluation: share": 5 * np.minimum(_sums(view, words.side != 0) / n_words, 0.5)}


def _quotation(view: View, n_words: Floats64) -> dict[str, Floats64]:
    """Measure what stands in quotation marks: how much, and in how many short and long pieces."""
    is_quoted = (view.quote > 0) & (view.facts & WORD > 0)
    pieces = np.zeros((len(view.sentences), 2))
    for n, (first, last) in enumerate(view.sentences):
        if is_quoted[first:last].any():
            sizes = np.unique(view.quote[first:last][is_quoted[first:last]], return_counts=True)[1]
            pieces[n] = (sizes <= _FEW_QUOTED).sum(), (sizes > _FEW_QUOTED).sum()
    return {
        "quotation: share": 2 * _sums(view, is_quoted) / n_words,
        "quotation: a few words": np.log1p(pieces[:, 0]),
        "quotation: longer": np.log1p(pieces[:, 1]),
    }


def _shape(view: View, n_words: Floats64) -> dict[str, Floats64]:
    """Tell the length of sentences and of their words, and how they begin."""
    letters = _sums(view, np.where(view.facts & WORD > 0, view.ends - view.starts, 0))
    openers = [next((w for w in view.lower[first:last] if w[0].isalnum()), "") for first, last in view.sentences]
    found = {"form: length": np.log1p(n_words), "form: letters a word": letters / n_words / 2}
    for name, words in _OPENERS.items():
        found[f"form: begins with {name}"] = np.array([float(opener in words) for opener in openers])
    return found
