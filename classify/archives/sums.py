"""What a run over an archive keeps of each article, so that audits and shares need neither its text nor its models again."""

import base64
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from ...data.records import Article, Span
from ...data.scheme import KINDS, SOURCE_TYPES
from ...data.splits.near_articles import Least, signature_of
from ..annotation.records import AnnotatedSentence
from ..audit.said import Said, Stated, explain, said_in
from ..speakers.aliases import Known
from ..speakers.prevalence import label_sums
from ..speakers.profile import Count, Profile, count_speeches, profile_of
from ..speakers.speeches import Speech, speeches_of

_ABOUT = tuple(field.name for field in fields(Article) if field.name != "text")
_OF_SPEECH = ("name", "source_type", "source", "tone", "quoted", "paraphrased", "is_quote", "cue")
_LATER = ("n", "pronoun", "justification", "naming")  # of speeches; what older versions kept lacks them
_LEAST = np.dtype("<u4")  # the same bytes on every machine


@dataclass(frozen=True, slots=True)
class ArticleSums:
    """What is kept of an article.

    Parameters
    ----------
    article : Article
        Without its text.
    labels : list of float
        See `prevalence.label_sums`.
    said : Said
    profile : Profile
    signature : ndarray of uint32
        By which copies are found; see `near_articles.signature_of`.
    """

    article: Article
    labels: list[float]
    said: Said
    profile: Profile
    signature: Least


def sums_of(article: Article, annotated: Sequence[AnnotatedSentence]) -> dict[str, Any]:
    """Give what is kept of an article as plain values, for JSON; `sums_from` reads it."""
    heard = speeches_of(article, annotated)
    said = said_in(article, heard)
    profile = profile_of(article, annotated, heard)
    return {
        "article": {name: value for name in _ABOUT if (value := getattr(article, name))},
        "labels": label_sums(article, annotated),
        "words": [count.words for counts in (profile.kinds, profile.source_types) for count in counts.values()],
        "speeches": [_speech(speech, known) for speech, known in said.speeches],
        "stated": [[*s.known, s.pronoun, s.n, *s.place] for s in said.stated],
        "acronyms": said.acronyms,
        "first": [*profile.first],
        "last": [*profile.last],
        "headlines": profile.headlines,
        "abstained": profile.abstained,
        "biased": profile.biased,
        "loaded": profile.loaded,
        "stance": profile.stance,
        "signature": base64.b85encode(signature_of(article.text).astype(_LEAST).tobytes()).decode(),
    }


def _speech(speech: Speech, known: Known) -> list[Any]:
    sentences = [number for pair in speech.sentences.items() for number in pair]
    later = [getattr(speech, name) for name in _LATER]
    return [*(getattr(speech, name) for name in _OF_SPEECH), sentences, *known, *later]


def sums_from(values: dict[str, Any]) -> ArticleSums:
    """Read what `sums_of` gave.

    Raises
    ------
    KeyError, TypeError, ValueError
        If it is something else.
    """
    labels, words = values["labels"], values["words"]
    speeches = [_speech_from(given) for given in values["speeches"]]
    counts = [Count(int(n), n_words) for n, n_words in zip(labels, words, strict=False)]
    profile = Profile(
        1,
        values["abstained"],
        values["biased"],
        kinds=dict(zip(KINDS, counts, strict=False)),
        source_types=dict(zip(SOURCE_TYPES, counts[len(KINDS) :], strict=True)),
        first=Counter(values["first"]),
        last=Counter(values["last"]),
        stance={target: Counter(labels) for target, labels in values["stance"].items()},
        loaded=Counter(values["loaded"]),
        headlines=values["headlines"],
    )
    count_speeches(profile, (speech for speech, _ in speeches))
    signature = np.frombuffer(base64.b85decode(values["signature"]), _LEAST).astype(np.uint32)
    stated = [
        Stated(Known(*known), pronoun, n, Span(start, end)) for *known, pronoun, n, start, end in values.get("stated", ())
    ]
    said = Said(profile.sentences, profile.words, speeches, stated, values.get("acronyms", {}))
    return ArticleSums(Article(text="", **values["article"]), labels, said, profile, signature)


def _speech_from(given: list[Any]) -> tuple[Speech, Known]:
    n = len(_OF_SPEECH)
    of_speech, sentences, known, later = given[:n], given[n], Known(*given[n + 1 : n + 4]), given[n + 4 :]
    numbers = Counter(dict(zip(sentences[::2], sentences[1::2], strict=True)))
    told = dict(zip((*_OF_SPEECH, *_LATER), (*of_speech, *later), strict=False))
    speech = Speech(**told, sentences=numbers)
    return speech if later else explain(speech, known), known
