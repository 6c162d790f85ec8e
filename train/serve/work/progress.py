"""How far labelling has come: by column, by annotator and by day."""

import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, tzinfo
from typing import Any

from ....data.agreement.annotators import STANCE, Annotator
from ....data.project.records import Recorded
from ....data.records import LABEL_COLUMNS, LabelledArticle, Sentence, label_of
from ....data.rows.suggestions import is_counted
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
        self._team = team
        self._lock = threading.Lock()
        self._totals: dict[str, _Total] = {}
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
        with self._lock:
            entries = project.entries()
            totals = [self._total(annotator) for annotator in self._team.annotators()]
            return {
                "annotator": project.annotator,
                "articles": len(entries),
                "sentences": sum(entry.n_sentences for entry in entries),
                "done": sum(entry.done for entry in entries),
                "columns": [totals[0].column(column) for column in totals[0].columns()],
                "days": self._days.upto(project.since(self._days.last)),
                "annotators": [total.described() for total in totals],
            }

    def _total(self, annotator: Annotator) -> "_Total":
        total = self._totals.setdefault(annotator.name, _Total(annotator.name))
        total.follow(annotator.articles)
        return total


class _Total:
    """How many sentences and articles of one annotator have each label; only articles that changed are counted again."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._counted: dict[str, tuple[LabelledArticle, Counts, Counter[str]]] = {}
        self._labels: Counts = Counter()
        self._sentences: Counter[str] = Counter()
        self._articles: Counter[str] = Counter()

    def follow(self, articles: Mapping[str, LabelledArticle]) -> None:
        """Count what changed."""
        for name in [name for name, (labelled, *_) in self._counted.items() if articles.get(name) is not labelled]:
            _, labels, sentences = self._counted.pop(name)
            self._labels.subtract(labels)
            self._sentences.subtract(sentences)
            self._articles.subtract(sentences.keys())
        for name in articles.keys() - self._counted.keys():
            given = [list(_labels(s)) for s in articles[name].sentences]
            labels = Counter(pair for pairs in given for pair in pairs)
            sentences = Counter(column for pairs in given for column in {column for column, _ in pairs})
            self._counted[name] = articles[name], labels, sentences
            self._labels.update(labels)
            self._sentences.update(sentences)
            self._articles.update(sentences.keys())

    def described(self) -> dict[str, Any]:
        """Give the counts in short."""
        n_articles = sum(bool(sentences) for _, _, sentences in self._counted.values())
        columns = {column: self._sentences[column] for column in self.columns()}
        return {"name": self._name, "articles": n_articles, "columns": columns}

    def columns(self) -> list[str]:
        """Give the columns that have labels, ours first."""
        own = sorted(self._sentences.keys() - set(_OF_SCHEME))
        return [column for column in (*_OF_SCHEME, *own) if self._sentences[column]]

    def column(self, column: str) -> dict[str, Any]:
        """Give the counts of a column and its labels."""
        counts = {label: n for (of, label), n in self._labels.items() if of == column and n}
        return {
            "column": column,
            "sentences": self._sentences[column],
            "articles": self._articles[column],
            "labels": [{"label": label, "n": counts[label]} for label in sorted(counts, key=lambda x: (-counts[x], x))],
        }


def _labels(s: Sentence) -> Iterator[tuple[str, str]]:
    """Give the columns and labels of a sentence; of spans how many sentences have any is what counts."""
    yield from ((column, label) for column in LABEL_COLUMNS if (label := label_of(s, column)))
    yield from ((STANCE, label) for label in s.stance.values())
    yield from ((column, "marked") for column in SPANS if getattr(s, column))
    yield from ((column, label) for column, label in s.extra.items() if label and is_counted(column))


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
