"""What the package knows of a sentence before anything is learned: its own models' answers, and what word lists tell.

A few dozen dense features in named blocks. Some hundred labels can weigh these, where the runs of words are too many.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import numpy as np

from ...data.arrays import Floats64
from ...data.records import Span
from ...data.scheme import KINDS, SOURCE_TYPES, TONES
from ..attribution.extractor import Candidate
from ..kinds.decisions import decided
from ..kinds.features import Features, describe
from ..kinds.reading import Reading
from ..language.article_tokens import View, view
from ..language.cues import entries
from ..linear.composed import BIAS
from ..linear.label_pairs import VOICE, combine
from ..linear.named import SentenceModel
from ..model_files.container import read_model
from ..model_files.shipped import shipped_model
from ..stance_bias.bias import BiasReader
from ..stance_bias.bias_features import somebody_elses
from ..tasks.bias import LOADED
from ..tasks.sentence import SENTENCE
from .style import style_features

_SURE = 1e-3  # as near to 0 or 1 as a chance may come before its log odds are taken
_NOTHING: Mapping[str, Floats64] = MappingProxyType({})


def known_features(reading: Reading, *, judged: bool) -> list[Features]:
    """Describe the sentences of an article by what is known without learning.

    Parameters
    ----------
    reading : Reading
        The article with its attributions.
    judged : bool
        Ask the package's own models of kind, source type and loaded words. Not where they learned from these articles.

    Returns
    -------
    list of dict of str to float, length n_sentences
        Features that are 0 are left out.
    """
    found = _measures(reading, judged=judged)
    rows = np.stack(list(found.values()), axis=1).tolist() if reading.view.sentences else []
    return [{name: value for name, value in zip(found, row, strict=True) if value} for row in rows]


def measure_names(*, judged: bool) -> tuple[str, ...]:
    """Name all that `known_features` may tell of a sentence."""
    text = "Rain fell."
    return tuple(_measures(Reading.of(view(text, [Span(0, len(text))]), []), judged=judged))


def _measures(reading: Reading, *, judged: bool) -> dict[str, Floats64]:
    """Give what is known of each sentence, by name."""
    return {
        **(_judged(reading) if judged else _NOTHING),
        **_attributed(reading),
        **style_features(reading.view, somebody_elses(reading.view, reading.candidates)),
    }


@cache
def _voice() -> SentenceModel | None:
    """Give the package's own model of kind and source type; None where it has none."""
    path = shipped_model(VOICE)
    return SENTENCE.reader(SENTENCE.unpack(read_model(path))).model if path else None  # refused if it needs a word reader


@cache
def _loaded_words() -> BiasReader | None:
    """Give the package's own model of loaded words; None where it has none."""
    path = shipped_model(BIAS)
    return LOADED.reader(LOADED.unpack(read_model(path))) if path else None


def _judged(reading: Reading) -> dict[str, Floats64]:
    """Ask the package's own models."""
    found: dict[str, Floats64] = {}
    voice, loaded = _voice(), _loaded_words()
    if voice is not None:
        described = describe(reading.view, reading.guesses, reading.spoken, voice.vocabulary)
        pairs = combine(decided(reading, voice.outputs(described)))
        found |= {f"kind: {kind}": chances for kind, chances in zip(KINDS, pairs.sum(axis=2).T, strict=True)}
        found |= {f"source type: {name}": chances for name, chances in zip(SOURCE_TYPES, pairs.sum(axis=1).T, strict=True)}
    if loaded is not None:
        ((chances, words),) = loaded.loaded_words([reading.view], [None], [reading.candidates])
        biased = chances[:, loaded.labels.index("biased")].clip(_SURE, 1 - _SURE)
        found["bias: biased"] = biased
        found["bias: biased, log odds"] = np.log(biased / (1 - biased))
        found["bias: loaded words"] = np.log1p([float(len(of)) for of in words])
    return found


def _attributed(reading: Reading) -> dict[str, Floats64]:
    """Tell how much of each sentence is attributed, how surely, and by a cue of what tone."""
    rows = []
    for voice in reading.spoken:
        c = voice.candidate
        tone = _tone(reading.view, c) if c is not None else None
        measures = (
            voice.coverage,
            voice.said,
            c.score if c else 0.0,
            voice.here and c is not None,
            voice.resolved is not None,
        )
        rows.append([*map(float, measures), *(float(tone == name) for name in TONES)])
    names = [f"attribution: {name}" for name in ("share", "said by anybody", "chance", "cue here", "source named")]
    names += [f"tone of cue: {tone}" for tone in TONES]
    return dict(zip(names, np.array(rows, dtype=np.float64).reshape(-1, len(names)).T, strict=True))


def _tone(view: View, candidate: Candidate) -> str | None:
    """Give the tone of an attribution's cue; None where it has none, or one that is on no list."""
    if not candidate.cue:
        return None
    forms = entries()[0]
    entry = forms.get(" ".join(view.lower[slice(*candidate.cue)])) or forms.get(view.lower[candidate.anchor])
    return entry.tone if entry else None
