"""One dataset out of several annotators' labels: what they agree on, and what a person decided where they do not."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ...errors import SaysoError
from ..records import LabelledArticle, Sentence, Span
from ..scheme import LABELS_OF, SOURCE_TYPES_OF, STANCES, go_together
from .annotators import COLUMNS, STANCE, Annotator, Unit, labels_by_column, match_units
from .disputes import ATTRIBUTIONS, LOADED, MARKED, Decision, spans_key
from .spans import has_looked

REFUSE, UNLABELLED, MAJORITY = "refuse", "unlabelled", "majority"
UNDECIDED = (REFUSE, UNLABELLED, MAJORITY)
"""What becomes of a dispute that nobody decided; of a tie the majority leaves nothing."""
Key = tuple[str, int, str]
_COMPLETE_OF = {ATTRIBUTIONS: "attribution", LOADED: "bias"}


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
        raise SaysoError(f"{unused[0].where}: there is no such dispute; list the disputes again.")
    found = merger.merged
    if found.open and undecided == REFUSE:
        shown = ", ".join(f"{article}:{n} {column}" for article, n, column in found.open[:5])
        raise SaysoError(
            f"{len(found.open):,} disputes are not decided ({shown}{', …' if len(found.open) > 5 else ''}); decide them, "
            f"or say what becomes of them: --undecided {UNLABELLED} or {MAJORITY}."
        )
    return found


class _Merger:
    """Merges article by article, and keeps count."""

    def __init__(self, annotators: Sequence[Annotator], decisions: Mapping[Key, Decision], undecided: str) -> None:
        self.annotators, self.decisions, self.undecided = annotators, decisions, undecided
        self.names = [a.name for a in annotators]
        self.labels_seen = _labels_seen(annotators)
        self.used: set[Key] = set()
        self.merged = Merged()

    def add(self, name: str) -> None:
        """Merge what annotators say of one article."""
        theirs = [annotator.articles.get(name) for annotator in self.annotators]
        there = [labelled for labelled in theirs if labelled is not None]
        base = _base(name, theirs, self.names)
        by_n = [{s.n: s for s in labelled.sentences} if labelled else {} for labelled in theirs]
        numbers = sorted({n for sentences in by_n for n in sentences})
        before = len(self.merged.open)
        sentences = [self._sentence(Unit(name, n, "", "", "", tuple(of.get(n) for of in by_n)), theirs) for n in numbers]
        still_open = {column.split(":")[0] for _, _, column in self.merged.open[before:]}
        incomplete = {_COMPLETE_OF.get(column, column) for column in still_open}
        complete = frozenset().union(*(labelled.complete for labelled in there)) - incomplete
        targets = {target: also for labelled in there for target, also in labelled.targets.items()}
        complete = frozenset(task for task in complete if _is_complete(task, sentences, targets))
        self.merged.articles.append(replace(base, sentences=tuple(sentences), targets=targets, complete=complete))

    def _sentence(self, unit: Unit, theirs: Sequence[LabelledArticle | None]) -> Sentence:
        """Merge what annotators say of one sentence."""
        first = next(s for s in unit.sentences if s is not None)
        labels = {
            column: label
            for column, given in labels_by_column(unit).items()
            if (label := self._label(unit, column, given)) is not None
        }
        merged = Sentence(
            n=first.n,
            span=first.span,
            kind=labels.pop("kind", None),
            source_type=labels.pop("source_type", None),
            bias=labels.pop("bias", None),
            stance={c.removeprefix(f"{STANCE}: "): x for c, x in labels.items() if c.startswith(f"{STANCE}: ")},
            extra={column: x for column, x in labels.items() if not column.startswith(f"{STANCE}: ")},
        )
        if merged.kind and merged.source_type and not go_together(merged.kind, merged.source_type):
            raise SaysoError(
                f"article {unit.article!r}, sentence {unit.n}: {merged.kind} cannot have the source type "
                f"{merged.source_type}; it has {', '.join(SOURCE_TYPES_OF[merged.kind])}. Decide both of them."
            )
        attributions, loaded = (self._marked(role, unit, theirs) for role in MARKED)
        return replace(
            merged, attributions=attributions.attributions if attributions else (), loaded=loaded.loaded if loaded else ()
        )

    def _label(self, unit: Unit, column: str, given: Sequence[str | None]) -> str | None:
        said = [x for x in given if x is not None]
        if len(set(said)) == 1:
            self.merged.agreed += len(said) > 1
            self.merged.alone += len(said) == 1
            return said[0]
        decision = self._decision(unit, column)
        if decision is None:
            return self._most(unit, column, said)
        if decision.words in self.names:
            label = given[self.names.index(decision.words)]
            if label is None:
                raise SaysoError(f"{decision.where}: {decision.words} gave no {column} to this sentence; decide a label.")
            return label
        known = STANCES if column.startswith(f"{STANCE}: ") else LABELS_OF.get(column) or self.labels_seen[column]
        if decision.words not in known:
            raise SaysoError(
                f"{decision.where}: {column} {decision.words!r} is not one of {', '.join(known)}, nor an annotator "
                f"({', '.join(self.names)})."
            )
        return decision.words

    def _decision(self, unit: Unit, column: str) -> Decision | None:
        key = unit.article, unit.n, column
        decision = self.decisions.get(key)
        if decision is not None:
            self.used.add(key)
            self.merged.decided += 1
        return decision

    def _most(self, unit: Unit, column: str, said: Sequence[str]) -> str | None:
        """Leave a dispute open, or take the label that most gave."""
        counts = Counter(said).most_common(2)
        if self.undecided == MAJORITY and counts[0][1] > counts[1][1]:
            self.merged.by_majority += 1
            return counts[0][0]
        self.merged.open.append((unit.article, unit.n, column))
        return None

    def _marked(self, role: str, unit: Unit, theirs: Sequence[LabelledArticle | None]) -> Sentence | None:
        """Choose the sentence whose marked spans are taken."""
        looked = [
            (name, s, spans_key(role, s, labelled))
            for name, s, labelled in zip(self.names, unit.sentences, theirs, strict=True)
            if s is not None and labelled is not None and has_looked(labelled, role)
        ]
        if not looked:
            return None
        if len({key for _, _, key in looked}) == 1:
            return looked[0][1]
        decision = self._decision(unit, role)
        if decision is None:
            counts = Counter(key for _, _, key in looked).most_common(2)
            if self.undecided == MAJORITY and counts[0][1] > counts[1][1]:
                self.merged.by_majority += 1
                return next(s for _, s, key in looked if key == counts[0][0])
            self.merged.open.append((unit.article, unit.n, role))
            return None
        chosen = next((s for name, s, _ in looked if name == decision.words), None)
        if chosen is None:
            raise SaysoError(
                f"{decision.where}: {role} {decision.words!r} is not one of {', '.join(name for name, _, _ in looked)}; "
                "say whose spans are right."
            )
        return chosen


def _labels_seen(annotators: Sequence[Annotator]) -> dict[str, tuple[str, ...]]:
    """Collect the labels of the columns of the user's own, which have no scheme."""
    found: dict[str, set[str]] = {}
    for annotator in annotators:
        for labelled in annotator.articles.values():
            for s in labelled.sentences:
                for column, label in s.extra.items():
                    found.setdefault(column, set()).add(label)
    return {column: tuple(sorted(labels)) for column, labels in found.items()}


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
                f"article {name!r} has another text in {who} than in {of} (at {wrong[0].start}); "
                "merging needs sentences with the same offsets from everybody."
            )
    return base


def _spans(labelled: LabelledArticle) -> Iterator[Span]:
    """Give every stretch of the text that something is said about."""
    for s in labelled.sentences:
        yield s.span
        yield from s.loaded
        for x in s.attributions:
            yield from (span for span in (x.source, x.cue, *x.content) if span is not None)


def _is_complete(task: str, sentences: Sequence[Sentence], targets: Mapping[str, object]) -> bool:
    """Tell whether what is said to be labelled throughout is so after merging."""
    if task in COLUMNS:
        return all(getattr(s, task) for s in sentences)
    return task != STANCE or all(len(s.stance) == len(targets) for s in sentences)
