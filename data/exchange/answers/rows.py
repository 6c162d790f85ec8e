"""Rows of labelled sentences out of the records of another tool, read twice: to know its labels, then to place them."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ....errors import SaysoError
from ...articles.notices import Say
from ...articles.sentences import find_sentences
from ...display import counted
from ...rows.places import ABOUT_ARTICLE, Row
from ...rows.suggestions import PREFIX
from ...schemas.shown import shown
from ...scheme import LABELS_OF
from ..passages import Judged, Mark, Passage, rows_of_judged
from .columns import ROLE, Control, control_of, with_target
from .people import merged
from .record import Answers, Record, with_plain_line_ends
from .sentences import LabelledStretches, controls_in, sentence_values

_ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class Export:
    """An export of another tool.

    Parameters
    ----------
    tool : str
        Who wrote it.
    path : Path
    records : callable
        Yields its records from the first, each time that it is called. It counts in the Counter that it is given, in
        words, what of them is not used.
    """

    tool: str
    path: Path
    records: Callable[[Counter[str]], Iterator[Record]]

    def rows(self, notice: Say) -> Iterator[tuple[str, Row]]:
        """Yield a row for each sentence; ``notice`` is told, with counts, what was not used.

        Raises
        ------
        SaysoError
            If the file is broken, or a label stands outside its text.
        """
        survey = _Survey.of(self.records(Counter()))
        unused: Counter[str] = Counter()
        placing = _Placing(survey, unused)
        records = _whole_tasks(map(with_plain_line_ends, self.records(unused)), survey, unused)
        if survey.has_spans:
            yield from rows_of_judged(_articles(placing.passages(records)))
        else:
            yield from placing.rows(records)
        about = f"{self.path}: {self.tool}"
        for line in survey.readings():
            notice(f"{about}: {line}")
        for what, n in sorted((+unused).items()):
            notice(f"{about}: {what}: {n:,}.")


@dataclass(slots=True)
class _Survey:
    """What a first reading of all records tells."""

    labels: dict[tuple[str, bool], Counter[str]] = field(default_factory=dict)
    several: set[tuple[str, bool]] = field(default_factory=set)
    tasks: Counter[int] = field(default_factory=Counter)
    label_by_answer: dict[int, str] = field(default_factory=dict)
    text_by_id: dict[str, int] = field(default_factory=dict)
    clashes: set[str] = field(default_factory=set)
    has_spans: bool = False
    has_relations: bool = False
    has_whole: bool = False
    has_numbers: bool = True
    has_targets: bool = False
    whole_controls: dict[str, Control] = field(default_factory=dict)
    span_controls: dict[str, Control] = field(default_factory=dict)

    @classmethod
    def of(cls, records: Iterable[Record]) -> "_Survey":
        survey = cls()
        for record in records:
            survey._add(record)
        for (name, are_spans), counts in survey.labels.items():
            controls = survey.span_controls if are_spans else survey.whole_controls
            has_several = (name, are_spans) in survey.several
            controls[name] = control_of(
                name, counts, has_several=has_several, are_spans=are_spans, has_targets=survey.has_targets
            )
        return survey

    def _add(self, record: Record) -> None:
        key = _task_key(record)
        for name, are_spans, labels in controls_in((record.answers, record.suggested)):
            self.labels.setdefault((name, are_spans), Counter()).update(labels)
            first = labels[0]
            if key is not None and not are_spans:  # a tool may ask a person for one label of a task at a time
                first = self.label_by_answer.setdefault(hash((key, record.person, name)), first)
            if {*labels, first} != {first}:
                self.several.add((name, are_spans))
            self.has_spans |= are_spans
            self.has_whole |= not are_spans
        self.has_targets |= "target" in record.about
        self.has_numbers &= "n" in record.about
        self.has_relations |= bool(record.answers.relations)
        if record.id is not None:
            text = hash(record.text)
            if self.text_by_id.setdefault(record.id, text) != text:
                self.clashes.add(record.id)
        if key is not None:
            self.tasks[key] += 1

    def readings(self) -> Iterator[str]:
        """Tell which of our columns the labels of a question with another name became."""
        for (name, are_spans), counts in sorted(self.labels.items()):
            control = (self.span_controls if are_spans else self.whole_controls)[name]
            n_by_column: Counter[str] = Counter()
            for label, n in counts.items():
                n_by_column[control.places[label][0] if label in control.places else ""] += n
            for column, n in sorted(n_by_column.items()):
                ours = column or (control.own if name else "")
                if ours not in ("", ROLE, name):
                    yield f"{counted(n, 'label')}{f' of {name!r}' if name else ''} read as {ours}."

    def meant(self, name: str, label: str) -> tuple[str, str]:
        """Return the column and the value of a label of a whole text."""
        return self.whole_controls[name].place(label)

    def article_of(self, record: Record) -> str:
        """Name the article of a record; the tool's numbers of tasks name it only where they are clear."""
        if _ARTICLE in record.about:
            return str(record.about[_ARTICLE])
        if record.id is None or (record.id in self.clashes and record.id.isdigit()):
            return record.where
        return record.id


def _task_key(record: Record) -> int | None:
    """Return a number that stands for the task of a record, if others may answer it too."""
    if record.task is not None:
        return hash(record.task)
    return None if record.id is None else hash((record.id, record.text))


def _whole_tasks(records: Iterable[Record], survey: _Survey, unused: Counter[str]) -> Iterator[Record]:
    """Yield a record for each task; those with several answers come when all are read."""
    waiting: dict[int, list[Record]] = {}
    for record in records:
        key = _task_key(record)
        if key is not None and survey.tasks[key] > 1:
            waiting.setdefault(key, []).append(record)
            if len(waiting[key]) == survey.tasks[key]:
                yield merged(waiting.pop(key), survey.meant, unused)
        else:
            yield record


class _Placing:
    """Puts the answers of records into columns."""

    def __init__(self, survey: _Survey, unused: Counter[str]) -> None:
        self._survey, self._unused = survey, unused

    def rows(self, records: Iterable[Record]) -> Iterator[tuple[str, Row]]:
        """Yield rows of texts that are labelled as wholes: each is a sentence."""
        n_by_article: Counter[str] = Counter()
        for record in records:
            if not self._survey.has_whole:
                yield from rows_of_judged([(self._bare(record), None)])
                continue
            text = record.text.strip()
            if not text:
                raise SaysoError(f"{record.where}: the text is empty; remove the record.")
            labels = self._whole(record.answers, record)
            self._unused["texts of several sentences, each kept as one unit because it was labelled as one"] += _is_long(
                text
            )
            model = self._whole(record.suggested, record) if record.suggested else {}
            suggested = {PREFIX + name: value for name, value in model.items() if isinstance(value, str)}
            article = self._survey.article_of(record)
            about = {name: value for name, value in record.about.items() if name not in ("target", "n")}
            n = record.about["n"] if self._survey.has_numbers else n_by_article[article]
            n_by_article[article] += 1
            row = {**about, _ARTICLE: article, "n": n, "text": text}
            yield record.where, {**row, **labels, **suggested, **self._by_person(record)}

    def passages(self, records: Iterable[Record]) -> Iterator[tuple[Passage, Passage | None, bool]]:
        """Yield texts in which stretches are labelled, what is suggested for each, and whether it is part of an article."""
        for record in records:
            labels = self._passage(record, record.answers)
            model = self._passage(record, record.suggested) if record.suggested else None
            if model and not record.answers:
                labels.sentences = []  # those of the model are taken
            yield labels, model, _ARTICLE in record.about

    def _bare(self, record: Record) -> Passage:
        about = {name: value for name, value in record.about.items() if name not in (_ARTICLE, "n", "target")}
        return Passage(self._survey.article_of(record), record.text, record.where, about)

    def _passage(self, record: Record, answers: Answers) -> Passage:
        passage = self._bare(record)
        stretches = LabelledStretches(record, self._survey.span_controls, self._unused)
        _check_places(record, answers)
        stretches.add(answers.spans)
        passage.sentences, passage.loaded = stretches.sentences(), stretches.loaded
        if not passage.sentences:
            raise SaysoError(f"{record.where}: this text has no sentence.")
        passage.attributions = stretches.attributions(answers.relations, are_related=self._survey.has_relations)
        whole = {**self._whole(answers, record), **self._by_person(record)}
        if len(passage.sentences) == 1:
            mark = passage.sentences[0]
            ours = {name: value for name, value in whole.items() if name in (*LABELS_OF, "stance")}
            mark.values |= ours
            mark.values["extra"] |= {name: value for name, value in whole.items() if name not in ours}
        else:
            passage.about |= {ABOUT_ARTICLE + name: value for name, value in whole.items() if isinstance(value, str)}
        return passage

    def _whole(self, answers: Answers, record: Record) -> dict[str, Any]:
        """Return the columns of labels of a whole text."""
        chosen: dict[str, list[str]] = {name: [] for name in answers.asked if name in self._survey.whole_controls}
        for name, label in answers.whole:
            chosen.setdefault(name, []).append(label)
        of: dict[str, dict[str, None]] = {}
        for name, labels in chosen.items():
            control = self._survey.whole_controls[name]
            for column, value in (control.places[label] for label in labels if label in control.places):
                of.setdefault(column, {})[value] = None
            for column, value in control.own_columns(labels):
                of.setdefault(column, {})[value] = None
        ours, extra = sentence_values(of, self._unused)
        return with_target(ours, record.about.get("target"), record.where) | extra

    def _by_person(self, record: Record) -> dict[str, str]:
        columns: dict[str, str] = {}
        for person, answers in record.by_person.items():
            for name, labels in answers.items():
                control = self._survey.whole_controls[name]
                for label in labels[:1] if not control.is_yes_or_no else labels:
                    column, value = control.place(label)
                    columns[f"{column}_by_{person or 'somebody'}"] = value
        return columns


def _is_long(text: str) -> bool:
    return len(text) > 40 and len(find_sentences(text)) > 1


def _check_places(record: Record, answers: Answers) -> None:
    for span in answers.spans:
        if not 0 <= span.start < span.end <= len(record.text):
            raise SaysoError(
                f"{record.where}: {shown(span.label)} is {span.start} to {span.end}, outside the text's "
                f"{len(record.text)} characters; offsets count characters from the text's first."
            )


def _articles(passages: Iterable[tuple[Passage, Passage | None, bool]]) -> Iterator[Judged]:
    """Join texts that are sentences of one article; the others go as they come."""
    parts: dict[str, list[tuple[Passage, Passage | None]]] = {}
    for labels, model, is_part in passages:
        if is_part:
            parts.setdefault(labels.id, []).append((labels, model))
        else:
            yield labels, model
    for of in parts.values():
        has_model = any(model for _, model in of)
        texts = [(labels, model or Passage(labels.id, labels.text)) for labels, model in of]
        yield _joined([labels for labels, _ in texts]), _joined([model for _, model in texts]) if has_model else None


def _joined(passages: list[Passage]) -> Passage:
    """Join texts with a space between them; their marks move along."""
    whole, *others = passages
    for passage in others:
        moved = len(whole.text) + 1
        whole.text += f" {passage.text}"
        marks: list[Mark] = [*passage.sentences, *passage.loaded]
        for mark in (*marks, *(m for attribution in passage.attributions for m in attribution.marks)):
            mark.start, mark.end = mark.start + moved, mark.end + moved
        whole.sentences += passage.sentences
        whole.loaded += passage.loaded
        whole.attributions += passage.attributions
        whole.about = {**passage.about, **whole.about}
    return whole
