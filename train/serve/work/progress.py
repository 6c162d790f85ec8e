"""How far labelling has come: by column, by annotator and by day, and the notes on hard cases."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, tzinfo
from typing import Any

from ....data.agreement.annotators import STANCE, Annotator
from ....data.project.records import Note, Recorded, key_of
from ....data.records import LABEL_COLUMNS, LabelledArticle, Sentence, label_of
from ....data.rows.suggestions import is_label_column
from .labels import TeamLabels

SPANS = ("attributions", "loaded")
_OF_SCHEME = (*LABEL_COLUMNS, STANCE, *SPANS)
Counts = Counter[tuple[str, str]]
"""How often each label stands in each column."""


class Progress:
    """Counts of labels that are kept for each article as long as it does not change.

    Parameters
    ----------
    team : TeamLabels
    zone : tzinfo, optional
        In which days begin and end; that of this machine without it.
    """

    def __init__(self, team: TeamLabels, zone: tzinfo | None = None) -> None:
        self._team, self._zone = team, zone
        self._counted: dict[tuple[str, str], tuple[LabelledArticle, _Counted]] = {}
        self._days = _Days(zone)

    def now(self) -> dict[str, Any]:
        """Tell how far everybody is.

        Returns
        -------
        dict
            - ``annotator``: who asks; ``articles``, ``sentences``: all there are; ``done``: articles labelled to the end;
            - ``columns``: a list of ``{column, sentences, articles, labels: [{label, n}]}``: in how many sentences and
              articles one's own labels stand, the most frequent label first;
            - ``days``: a list of ``{day, labels}``, the latest last: how many labels one gave and did not take back;
            - ``annotators``: a list of ``{name, articles, columns: {column: sentences}}``, oneself first.
        """
        project = self._team.project
        annotators = self._team.annotators()
        totals = [self._total(annotator) for annotator in annotators]
        mine = totals[0]
        return {
            "annotator": project.annotator,
            "articles": len(annotators[0].articles),
            "sentences": mine.n_sentences,
            "done": sum(bool(entry.done) for entry in project.entries()),
            "columns": [mine.column(column) for column in mine.columns()],
            "days": self._days.upto(project.since(self._days.last)),
            "annotators": [
                {
                    "name": annotator.name,
                    "articles": total.n_labelled_articles,
                    "columns": {column: total.sentences[column] for column in total.columns()},
                }
                for annotator, total in zip(annotators, totals, strict=True)
            ],
        }

    def _total(self, annotator: Annotator) -> "_Counted":
        total = _Counted()
        for name, labelled in annotator.articles.items():
            known = self._counted.get((annotator.name, name))
            if known is None or known[0] is not labelled:
                known = self._counted[annotator.name, name] = labelled, _Counted.of(labelled)
            total.add(known[1])
        return total


class _Counted:
    """Counts of one article, or of several."""

    def __init__(self) -> None:
        self.n_sentences = 0
        self.n_labelled_articles = 0
        self.sentences: Counter[str] = Counter()
        self.articles: Counter[str] = Counter()
        self.labels: Counts = Counter()

    @classmethod
    def of(cls, labelled: LabelledArticle) -> "_Counted":
        counted = cls()
        counted.n_sentences = len(labelled.sentences)
        for s in labelled.sentences:
            given = list(_labels(s))
            counted.labels.update(given)
            counted.sentences.update({column for column, _ in given})
        counted.articles.update(counted.sentences.keys())
        counted.n_labelled_articles = int(bool(counted.sentences))
        return counted

    def add(self, other: "_Counted") -> None:
        self.n_sentences += other.n_sentences
        self.n_labelled_articles += other.n_labelled_articles
        for mine, theirs in ((self.sentences, other.sentences), (self.articles, other.articles)):
            mine.update(theirs)
        self.labels.update(other.labels)

    def columns(self) -> list[str]:
        """Give the columns that have labels, ours first."""
        own = sorted(self.sentences.keys() - set(_OF_SCHEME))
        return [column for column in (*_OF_SCHEME, *own) if self.sentences[column]]

    def column(self, column: str) -> dict[str, Any]:
        counts = Counter({label: n for (of, label), n in self.labels.items() if of == column})
        return {
            "column": column,
            "sentences": self.sentences[column],
            "articles": self.articles[column],
            "labels": [{"label": label, "n": counts[label]} for label in sorted(counts, key=lambda x: (-counts[x], x))],
        }


def _labels(s: Sentence) -> Iterator[tuple[str, str]]:
    """Give the columns and labels of a sentence; of spans how many sentences have any is what counts."""
    yield from ((column, label) for column in LABEL_COLUMNS if (label := label_of(s, column)))
    yield from ((STANCE, label) for label in s.stance.values())
    yield from ((column, "marked") for column in SPANS if getattr(s, column))
    yield from ((column, label) for column, label in s.extra.items() if label and is_label_column(column))


class _Days:
    """Labels given by day; what was undone does not count."""

    def __init__(self, zone: tzinfo | None) -> None:
        self.last = 0
        self._zone = zone
        self._given: dict[int, tuple[str, int]] = {}
        self._undoes: dict[int, int] = {}

    def upto(self, changes: Iterable[Recorded]) -> list[dict[str, Any]]:
        """Take in further changes, and count."""
        for change in changes:
            self.last = max(self.last, change.number)
            if change.undoes is not None:
                self._undoes[change.number] = change.undoes
            elif change.n is not None and (n := n_labels_given(change.set)):
                day = datetime.fromisoformat(change.time).astimezone(self._zone).date().isoformat()
                self._given[change.number] = day, n
        counts: Counter[str] = Counter()
        undone: set[int] = set()
        for number in sorted(self._undoes, reverse=True):
            if number not in undone:
                undone.add(self._undoes[number])  # what takes back an undoing undoes only that
        for number, (day, n) in self._given.items():
            if number not in undone:
                counts[day] += n
        return [{"day": day, "labels": counts[day]} for day in sorted(counts)]


def n_labels_given(values: Mapping[str, Any]) -> int:
    """Count the labels that a change gives; taking one away gives none, and marked spans of a sort count once.

    >>> n_labels_given({"kind": "quote", "bias": None, "stance": {"Tolm": "favor", "Bek": None}, "note": "hard"})
    2
    """
    nested = (label for name in ("stance", "own") for label in (values.get(name) or {}).values())
    plain = (values.get(name) for name in (*LABEL_COLUMNS, *SPANS))
    return sum(bool(value) for value in (*plain, *nested))


def list_notes(team: TeamLabels) -> list[dict[str, Any]]:
    """List one's notes on hard cases, the latest first; a note that is emptied is settled and leaves the list.

    Returns
    -------
    list of dict
        ``{key, article, title, n, text, before, after, note, time, by}``; of a note on an article as a whole ``n`` is None
        and the texts are empty.
    """
    by_id = {of.article.id: of for of in team.own()}
    notes = sorted(team.project.notes(), key=lambda note: note.time, reverse=True)
    return [_note(note, by_id.get(note.article), team.project.annotator) for note in notes]


def _note(note: Note, labelled: LabelledArticle | None, by: str) -> dict[str, Any]:
    words = {s.n: s.span.of(labelled.article.text) for s in labelled.sentences} if labelled else {}
    before, after = ("", "") if note.n is None else (words.get(note.n - 1, ""), words.get(note.n + 1, ""))
    return {
        "key": key_of(note.article),
        "article": note.article,
        "title": labelled.article.title if labelled else None,
        "n": note.n,
        "text": "" if note.n is None else note.text,
        "before": before,
        "after": after,
        "note": note.note,
        "time": note.time,
        "by": by,
    }
