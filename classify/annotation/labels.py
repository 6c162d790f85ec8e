"""Stance towards targets and loaded wording, as labels of annotated sentences."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from ...data.arrays import Floats64
from ...data.articles.sentences import find_sentences
from ...data.records import Span
from ...errors import SaysoError
from ..attribution.extractor import Candidate
from ..kinds.features import Voice
from ..language.article_tokens import View, view
from ..language.mentions import introductions
from ..model_files.wording_reader import TextReader
from ..stance_bias.bias import BiasReader
from ..stance_bias.stance import StanceReader
from ..stance_bias.targets import Target
from .records import BiasLabel, OwnLabel, StanceLabel

_DIVIDER = ","
_PROPOSED = 3
_OFTEN = 2  # mentions


def parse_targets(given: Iterable[str]) -> list[Target]:
    """Read targets as the command line gives them: ``Ukraine`` or ``Ukraine=Kyiv,Ukrainian``.

    Raises
    ------
    SaysoError
        If one has no name, or a name stands twice.

    Examples
    --------
    >>> parse_targets(["the Union=PWU, dockers"])
    [Target(name='the Union', aliases=('PWU', 'dockers'))]
    """
    found: dict[str, Target] = {}
    for text in given:
        name, _, others = text.partition("=")
        target = Target(name.strip(), tuple(filter(None, (alias.strip() for alias in others.split(_DIVIDER)))))
        if not target.names or not target.name:
            raise SaysoError(f"--target {text!r} names nobody; write --target NAME, or --target NAME=ALIAS,ALIAS.")
        if target.name in found:
            raise SaysoError(f"--target {target.name!r} stands twice; give its other names as {target.name}=ALIAS,ALIAS.")
        found[target.name] = target
    return list(found.values())


def stance_labels(
    reader: StanceReader | TextReader | None,
    seen: View,
    title: str | None,
    candidates: Sequence[Candidate],
    spoken: Sequence[Voice],
    targets: Sequence[Target],
) -> list[dict[str, StanceLabel]]:
    """Give each sentence its stance towards each target."""
    labels: list[dict[str, StanceLabel]] = [{} for _ in seen.spans]
    if reader is None or not targets:
        return labels
    names = reader.model.labels
    if isinstance(reader, TextReader):
        likely = [reader.read(seen, title, candidates, target) for target in targets]
        found = [(chances, chances.argmax(axis=1)) for chances in likely]
    else:
        found = [(chances.astype(np.float64), chosen) for chances, chosen in reader.read(seen, candidates, spoken, targets)]
    for target, (chances, chosen) in zip(targets, found, strict=True):
        for of, number, row in zip(labels, chosen.tolist(), chances.tolist(), strict=True):
            of[target.name] = StanceLabel(names[number], row[number])
    return labels


def unknown_targets(reader: StanceReader | TextReader | None, targets: Sequence[Target]) -> list[str]:
    """Name the targets that a model of texts that stand alone has not learned of."""
    return [t.name for t in targets if reader.known(t) is None] if isinstance(reader, TextReader) else []


def own_labels(
    readers: Mapping[str, TextReader], seen: View, title: str | None, candidates: Sequence[Candidate]
) -> list[dict[str, OwnLabel]]:
    """Give each sentence its label in the columns of the user's own."""
    labels: list[dict[str, OwnLabel]] = [{} for _ in seen.spans]
    for column, reader in readers.items():
        chances = reader.read(seen, title, candidates)
        for of, row, number in zip(labels, chances.tolist(), chances.argmax(axis=1).tolist(), strict=True):
            of[column] = OwnLabel(reader.model.labels[number], row[number])
    return labels


def bias_labels(
    reader: BiasReader | TextReader | None,
    seen: Sequence[View],
    titles: Sequence[str | None],
    candidates: Sequence[Sequence[Candidate]],
) -> list[list[BiasLabel | None]]:
    """Tell of each sentence of articles whether the outlet's own words are loaded, and which; None without a model."""
    if reader is None:
        return [[None for _ in article.spans] for article in seen]
    if isinstance(reader, TextReader):
        names = reader.model.labels
        judged = [reader.read_words(*article) for article in zip(seen, titles, candidates, strict=True)]
    else:
        names = reader.sentences.labels
        judged = [(said.astype(np.float64), words) for said, words in reader.read_all(seen, candidates)]
    return [_bias_labels(names, chances, words) for chances, words in judged]


def _bias_labels(names: Sequence[str], chances: Floats64, words: Sequence[tuple[Span, ...]]) -> list[BiasLabel | None]:
    rows = zip(chances.argmax(axis=1).tolist(), chances.tolist(), words, strict=True)
    return [BiasLabel(names[number], row[number], spans) for number, row, spans in rows]


def most_named(text: str) -> list[str]:
    """Name whom an article names most, for asking about: at most three, each named twice or more."""
    spans = find_sentences(text)
    if not spans:
        return []
    mentions = introductions(view(text, spans)).mentions
    counts = Counter(entity.name for _, _, entity in mentions if entity.has_name)
    return [name for name, n in counts.most_common(_PROPOSED) if n >= _OFTEN]
