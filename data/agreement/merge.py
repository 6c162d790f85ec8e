"""One dataset out of several annotators' labels: what they agree on, and what a person decided where they do not."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from ...errors import SaysoError
from ..records import LABEL_COLUMNS, LabelledArticle, Sentence, Span
from ..rows.given import STANCE_TOWARDS, cell_of, given_by_all, labels_there
from ..rows.suggestions import CODEBOOK
from ..schemas.shown import shown
from ..scheme import LABELS_OF, SOURCE_TYPES_OF, STANCES, go_together
from .annotators import (
    STANCE,
    Annotator,
    Labels,
    Unit,
    by_number,
    labels_by_column,
    match_units,
    task_of_column,
)
from .disputes import ATTRIBUTIONS, LOADED, MARKED, Decision, spans_key, spans_written
from .spans import has_looked

REFUSE, UNLABELLED, MAJORITY = "refuse", "unlabelled", "majority"
UNDECIDED = (REFUSE, UNLABELLED, MAJORITY)
"""What becomes of a dispute that nobody decided; of a tie the majority leaves nothing."""
Key = tuple[str, int, str]
"""Article, sentence and column."""
T = TypeVar("T")

_SHOWN = 5  # open disputes that the refusal names
_COMPLETE_OF = {ATTRIBUTIONS: "attribution", LOADED: "bias"}
"""What is not labelled throughout while a dispute of such spans is open."""


@dataclass(slots=True)
class Merged:
    """What came out of merging.

    Parameters
    ----------
    articles : list of LabelledArticle
    agreed, alone, decided, by_majority : int
        Labels that all gave who labelled the sentence, that one annotator gave alone, that a person decided, and that
        more annotators gave than any other.
    open : list of (str, int, str)
        Disputes that nobody decided: article, sentence, column.
    """

    articles: list[LabelledArticle] = field(default_factory=list)
    agreed: int = 0
    alone: int = 0
    decided: int = 0
    by_majority: int = 0
    open: list[Key] = field(default_factory=list)


def merge_articles(annotators: Sequence[Annotator], decisions: Mapping[Key, Decision], undecided: str = REFUSE) -> Merged:
    """Merge annotators' labels.

    Parameters
    ----------
    annotators : sequence of Annotator
    decisions : mapping
        Article, n and column to a label, or to the name of the annotator who is right.
    undecided : str
        One of `UNDECIDED`.

    Raises
    ------
    SaysoError
        If an article's text differs between annotators, a decision decides nothing or is no label, a kind and a source
        type do not go together, or disputes are open that may not be.
    """
    match_units(annotators)  # tells of different words under one number
    merger = _Merger(annotators, decisions, undecided)
    for name in dict.fromkeys(name for annotator in annotators for name in annotator.articles):
        merger.add(name)
    unused = [decision for key, decision in decisions.items() if key not in merger.used]
    if unused:
        raise SaysoError(f"{unused[0].where}: no such dispute; write the disputes again.")
    still_open = merger.merged.open
    if still_open and undecided == REFUSE:
        shown = ", ".join(f"{article}:{n} {column}" for article, n, column in still_open[:_SHOWN])
        more = ", …" if len(still_open) > _SHOWN else ""
        raise SaysoError(
            f"{len(still_open):,} disputes are undecided ({shown}{more}); decide them, or choose what to "
            f"do with them: --undecided {UNLABELLED} or {MAJORITY}."
        )
    return merger.merged


class _Merger:
    """Merges article by article, and keeps count."""

    def __init__(self, annotators: Sequence[Annotator], decisions: Mapping[Key, Decision], undecided: str) -> None:
        self.annotators, self.decisions, self.undecided = annotators, decisions, undecided
        self.names = [a.name for a in annotators]
        self.labels_to_decide = labels_to_decide(annotators)
        self.used: set[Key] = set()
        self.merged = Merged()

    def add(self, name: str) -> None:
        """Merge what annotators say of one article."""
        theirs = [annotator.articles.get(name) for annotator in self.annotators]
        there = [labelled for labelled in theirs if labelled is not None]
        n_open = len(self.merged.open)
        merged = replace(
            _base(name, theirs, self.names),
            sentences=tuple([self._sentence(unit, theirs) for unit in _units(name, theirs)]),
            targets={target: also for labelled in there for target, also in labelled.targets.items()},
        )
        open_tasks = {task_of_column(column) for _, _, column in self.merged.open[n_open:]}
        said = frozenset().union(*(labelled.complete for labelled in there))
        complete = said - {_COMPLETE_OF.get(task, task) for task in open_tasks}
        self.merged.articles.append(replace(merged, complete=frozenset(t for t in complete if _is_complete(t, merged))))

    def _sentence(self, unit: Unit, theirs: Sequence[LabelledArticle | None]) -> Sentence:
        """Merge what annotators say of one sentence."""
        first = next(s for s in unit.sentences if s is not None)
        merged = {column: self._label(unit, column, given) for column, given in labels_by_column(unit).items()}
        labels = {column: label for column, label in merged.items() if label is not None}
        ours = {column: labels.pop(column, None) for column in LABEL_COLUMNS}
        _check_together(unit, ours["kind"], ours["source_type"])
        attributions, loaded = (self._marked(role, unit, theirs) for role in MARKED)
        places = [pair for s in unit.sentences if s is not None for pair in s.mentions.items()]
        stance = {c.removeprefix(STANCE_TOWARDS): label for c, label in labels.items() if c.startswith(STANCE_TOWARDS)}
        sentence = Sentence(
            first.n,
            first.span,
            kind=ours["kind"],
            source_type=ours["source_type"],
            bias=ours["bias"],
            stance=stance,
            mentions={target: spans for target, spans in reversed(places) if target in stance},
            extra={column: label for column, label in labels.items() if not column.startswith(STANCE_TOWARDS)},
            attributions=attributions.attributions if attributions else (),
            loaded=loaded.loaded if loaded else (),
        )
        cell = cell_of(given_by_all(filter(None, unit.sentences), sentence), labels_there(sentence))
        return replace(sentence, extra={CODEBOOK: cell, **sentence.extra}) if cell else sentence

    def _label(self, unit: Unit, column: str, given: Labels) -> str | None:
        """Choose the label of a sentence in a column."""
        labels = [label for label in given if label is not None]
        if len(set(labels)) == 1:
            self.merged.agreed += len(labels) > 1
            self.merged.alone += len(labels) == 1
            return labels[0]
        decision = self._decision(unit, column, given)
        if decision is None:
            return self._most(unit, column, labels)
        return self._decided(decision, column, given)

    def _decided(self, decision: Decision, column: str, given: Labels) -> str:
        """Give the label that a decision names, itself or by its annotator."""
        if decision.words in self.names:
            label = given[self.names.index(decision.words)]
            if label is None:
                raise SaysoError(
                    f"{decision.where}: {decision.words} gave no {column} to this sentence; write a label as the decision."
                )
            return label
        known = self.labels_to_decide(column)
        if decision.words not in known:
            raise SaysoError(
                f"{decision.where}: {column} {shown(decision.words)} is neither one of {', '.join(known)} nor "
                f"an annotator ({', '.join(self.names)})."
            )
        return decision.words

    def _marked(self, role: str, unit: Unit, theirs: Sequence[LabelledArticle | None]) -> Sentence | None:
        """Choose the sentence whose marked spans are taken."""
        by_name = {
            name: (s, spans_key(role, s, labelled), spans_written(role, s, labelled))
            for name, s, labelled in zip(self.names, unit.sentences, theirs, strict=True)
            if s is not None and labelled is not None and has_looked(labelled, role)
        }
        keys = [key for _, key, _ in by_name.values()]
        if len(set(keys)) < 2:
            return next((s for s, _, _ in by_name.values()), None)
        written = tuple(by_name[name][2] if name in by_name else None for name in self.names)
        decision = self._decision(unit, role, written)
        if decision is None:
            most = self._most(unit, role, keys)
            return next((s for s, key, _ in by_name.values() if key == most), None)
        if decision.words not in by_name:
            raise SaysoError(
                f"{decision.where}: {role} {shown(decision.words)} is not one of {', '.join(by_name)}; give "
                "the annotator whose spans are right."
            )
        return by_name[decision.words][0]

    def _decision(self, unit: Unit, column: str, given: Labels) -> Decision | None:
        """Give what was decided of a dispute in which annotators say ``given``."""
        key = unit.article, unit.n, column
        decision = self.decisions.get(key)
        if decision is not None:
            _check_as_decided(decision, dict(zip(self.names, given, strict=True)))
            self.used.add(key)
            self.merged.decided += 1
        return decision

    def _most(self, unit: Unit, column: str, given: Sequence[T]) -> T | None:
        """Leave a dispute open, or take what more annotators gave than anything else."""
        (most, n), (_, n_second) = Counter(given).most_common(2)
        if self.undecided == MAJORITY and n > n_second:
            self.merged.by_majority += 1
            return most
        self.merged.open.append((unit.article, unit.n, column))
        return None


def _check_as_decided(decision: Decision, given: Mapping[str, str | None]) -> None:
    """Refuse a decision between other labels than there are now."""
    answers = decision.answers or {}
    for name, label in given.items():
        then, now = (" ".join(answer.split()) for answer in (answers.get(name, label or ""), label or ""))
        if then != now:
            raise SaysoError(
                f"{decision.where}: {name} now has {shown(now or 'nothing')}, but had {shown(then or 'nothing')} "
                "when this was decided; write the disputes again."
            )


def _units(name: str, theirs: Sequence[LabelledArticle | None]) -> list[Unit]:
    """Give every sentence that somebody has, in order."""
    by_n = by_number(theirs)
    return [Unit(name, n, "", "", "", tuple(of.get(n) for of in by_n)) for n in sorted(set().union(*by_n))]


def _check_together(unit: Unit, kind: str | None, source_type: str | None) -> None:
    if kind and source_type and not go_together(kind, source_type):
        raise SaysoError(
            f"article {unit.article!r}, sentence {unit.n}: {kind} cannot have the source type "
            f"{source_type}; it can have {', '.join(SOURCE_TYPES_OF[kind])}. Decide both."
        )


def labels_to_decide(annotators: Sequence[Annotator]) -> Callable[[str], Sequence[str]]:
    """Give what says for a column which labels can be decided: those of the scheme, or that somebody gave in the column."""
    own: dict[str, set[str]] = {}
    for annotator in annotators:
        for labelled in annotator.articles.values():
            for s in labelled.sentences:
                for column, label in s.extra.items():
                    own.setdefault(column, set()).add(label)

    def labels(column: str) -> Sequence[str]:
        return STANCES if column.startswith(STANCE_TOWARDS) else LABELS_OF.get(column) or sorted(own[column])

    return labels


def _base(name: str, theirs: Sequence[LabelledArticle | None], names: Sequence[str]) -> LabelledArticle:
    """Choose whose article the labels are put into: who has some sentences only has holes in its text.

    Raises
    ------
    SaysoError
        If a sentence of another stands elsewhere in it: its spans could not be laid side by side.
    """
    known = [(who, labelled) for who, labelled in zip(names, theirs, strict=True) if labelled is not None]
    of, base = max(known, key=lambda pair: (len(pair[1].sentences), len(pair[1].article.text)))
    for who, labelled in known:
        wrong = [span for span in _spans(labelled) if span.of(labelled.article.text) != span.of(base.article.text)]
        if wrong:
            raise SaysoError(
                f"the text of article {name!r} in {who} differs from that in {of} (at {wrong[0].start}); "
                "to merge, all annotators must have the same sentences at the same offsets."
            )
    return base


def _spans(labelled: LabelledArticle) -> Iterator[Span]:
    """Give every stretch of the text that something is said about."""
    for s in labelled.sentences:
        yield s.span
        yield from s.loaded
        for x in s.attributions:
            yield from (span for span in (x.source, x.cue, *x.content) if span is not None)


def _is_complete(task: str, merged: LabelledArticle) -> bool:
    """Tell whether what is said to be labelled throughout is so after merging."""
    if task in LABEL_COLUMNS:
        return all(getattr(s, task) for s in merged.sentences)
    return task != STANCE or all(len(s.stance) == len(merged.targets) for s in merged.sentences)
