"""Stance towards targets and loaded wording, as labels of annotated sentences."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ...data.arrays import Floats64
from ...data.articles.sentences import find_sentences
from ...data.records import Span
from ...data.scheme import BIASES, UNDECIDED
from ...errors import SaysoError
from ..attribution.extractor import Candidate
from ..entities.mentions import introductions
from ..kinds.features import MainAttribution
from ..language.article_tokens import View, view
from ..language.person_names import is_first_name
from ..stance_bias.targets import Target
from ..tasks.protocol import BiasReader, ColumnReader, StanceReader
from .records import BiasLabel, OwnLabel, ReadOnly, StanceLabel

_DIVIDER = ","
_MOST_PROPOSED = 3
_LEAST_MENTIONS = 2  # of whom is proposed


_IS_PEOPLE = re.compile(r"[^\W\d_]{3,}an")
"""*Ukrainian*, *Russian*, *Republican*: who is so is called so."""


def parse_targets(texts: Iterable[str]) -> list[Target]:
    """Read targets as people write them: ``Ukraine`` or ``Ukraine=Kyiv,Ukrainian``.

    A person's surname is another name, unless two targets share it: *Anna Roe* is *Roe*, too. So is the plural of a word
    such as *Ukrainian*.

    Raises
    ------
    SaysoError
        If one has no name, or a name stands twice.

    Examples
    --------
    >>> parse_targets(["the Union=PWU, dockers"])
    [Target(name='the Union', aliases=('PWU', 'dockers'))]
    """
    targets: dict[str, Target] = {}
    for text in texts:
        name, _, others = text.partition("=")
        target = Target(name.strip(), tuple(filter(None, (alias.strip() for alias in others.split(_DIVIDER)))))
        if not target.names or not target.name:
            raise SaysoError(f"the target {text!r} names nobody; write NAME, or NAME=ALIAS,ALIAS.")
        if target.name in targets:
            raise SaysoError(
                f"the target {target.name!r} is given twice; give its other names as {target.name}=ALIAS,ALIAS."
            )
        targets[target.name] = target
    surnames = Counter(_surname(name) for name in targets)
    return [_with_usual_names(target, surnames) for target in targets.values()]


def _surname(name: str) -> str:
    """Give the last name of a person's name; empty where it does not begin with a first name."""
    first, *others = name.split()
    return others[-1] if others and is_first_name(first) and others[-1][0].isupper() else ""


def _with_usual_names(target: Target, surnames: Mapping[str, int]) -> Target:
    known, surname = {target.name, *target.aliases}, _surname(target.name)
    more = [surname] if surname and surnames[surname] == 1 else []
    more += [f"{name}s" for name in (target.name, *target.aliases) if name[:1].isupper() and _IS_PEOPLE.fullmatch(name)]
    return replace(target, aliases=(*target.aliases, *(name for name in dict.fromkeys(more) if name not in known)))


def stance_labels(
    reader: StanceReader | None,
    viewed: View,
    title: str | None,
    candidates: Sequence[Candidate],
    spoken: Sequence[MainAttribution],
    targets: Sequence[Target],
) -> list[dict[str, StanceLabel]]:
    """Give each sentence its stance towards each target; one that is not told keeps its chances."""
    labels: list[dict[str, StanceLabel]] = [{} for _ in viewed.spans]
    if reader is None or not targets:
        return labels
    judged = reader.stances(viewed, title, candidates, spoken, targets)
    for target, (chances, told, named) in zip(targets, judged, strict=True):
        likeliest = [reader.labels[number] for number in chances.argmax(axis=1).tolist()]
        for sentence, label, row, is_told, is_named in zip(
            labels, likeliest, chances.tolist(), told.tolist(), named.tolist(), strict=True
        ):
            scores = ReadOnly(zip(reader.labels, row, strict=True))
            sentence[target.name] = StanceLabel(label if is_told else UNDECIDED, scores[label], scores, is_named)
    return labels


def own_labels(
    readers: Mapping[str, ColumnReader], viewed: View, title: str | None, candidates: Sequence[Candidate]
) -> list[dict[str, OwnLabel]]:
    """Give each sentence its label in the columns of the user's own."""
    labels: list[dict[str, OwnLabel]] = [{} for _ in viewed.spans]
    for column, reader in readers.items():
        chances = reader.chances(viewed, title, candidates)
        for sentence, row, number in zip(labels, chances.tolist(), chances.argmax(axis=1).tolist(), strict=True):
            sentence[column] = OwnLabel(reader.labels[number], row[number])
    return labels


def bias_labels(
    reader: BiasReader | None,
    views: Sequence[View],
    titles: Sequence[str | None],
    candidates: Sequence[Sequence[Candidate]],
) -> list[list[BiasLabel | None]]:
    """Tell of each sentence of articles whether the outlet's own words are loaded, and which; None without a model."""
    if reader is None:
        return [[None for _ in viewed.spans] for viewed in views]
    judged = reader.loaded_words(views, titles, candidates)
    return [_bias_labels(reader, chances, words) for chances, words in judged]


def _bias_labels(reader: BiasReader, chances: Floats64, words: Sequence[tuple[Span, ...]]) -> list[BiasLabel | None]:
    biased, neutral = (reader.labels.index(label) for label in BIASES)
    told = [biased if spans else neutral for spans in words] if reader.by_words else chances.argmax(axis=1).tolist()
    rows = zip(told, chances.tolist(), words, strict=True)
    return [BiasLabel(reader.labels[number], row[number], spans) for number, row, spans in rows]


def most_named(text: str) -> list[str]:
    """Name whom an article names most, for asking about: at most three, each named twice or more."""
    spans = find_sentences(text)
    if not spans:
        return []
    mentions = introductions(view(text, spans)).mentions
    counts = Counter(m.entity.name for m in mentions if m.entity.has_name)
    return [name for name, n in counts.most_common(_MOST_PROPOSED) if n >= _LEAST_MENTIONS]
