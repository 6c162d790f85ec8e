"""What labelling rules do to a dataset: how much they cover, where they meet and contradict, how often they are right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import numpy as np

from ..agreement.coefficients import Figure, proportion
from ..agreement.vote import ABSTAINS, dawid_skene, majority
from ..arrays import Ints
from ..display import Rows, Table
from ..records import LabelledArticle, Sentence, label_of
from .rules import WEAK, LabelRule, apply_label_rules, votes_of

MAJORITY, DAWID_SKENE = "majority", "dawid-skene"
WAYS = (MAJORITY, DAWID_SKENE)


@dataclass(frozen=True, slots=True)
class RuleReport:
    """What a rule, or the vote of all rules of a column, does; shares are of all sentences, from 0 to 1.

    Parameters
    ----------
    name, column, label : str
        The label is empty for a vote.
    coverage : float
        Where it gives a label.
    overlap, conflict : float
        Where another rule of the column gives one too, and where it gives another; of a vote: where two rules do.
    judged : int
        Sentences where it gives a label and a person gave one.
    accuracy : Figure
        Of those, the share where both are the same, with a 95 % interval over articles.
    """

    name: str
    column: str
    label: str
    coverage: float
    overlap: float
    conflict: float
    judged: int
    accuracy: Figure


def weak_labels(
    rules: Sequence[LabelRule], articles: Sequence[LabelledArticle], way: str = MAJORITY, at_least: float = 0.0
) -> tuple[list[LabelledArticle], list[RuleReport]]:
    """Apply rules and vote on what they say.

    Parameters
    ----------
    rules : sequence of LabelRule
    articles : sequence of LabelledArticle
        Labels that they have serve to judge the rules, and for nothing else.
    way : str
        One of `WAYS`.
    at_least : float
        Least share of the votes, or chance, of a label; where two are equally likely none is given.

    Returns
    -------
    articles : list of LabelledArticle
        With the weak labels in columns of their own.
    reports : list of RuleReport
        Column by column; the last of a column is that of the vote.
    """
    fired = apply_label_rules(rules, articles)
    numbers = np.array([i for i, a in enumerate(articles) for _ in a.sentences], dtype=np.int64)
    reports: list[RuleReport] = []
    weak_columns: dict[str, list[str | None]] = {}
    for column in dict.fromkeys(rule.column for rule in rules):
        mine = [i for i, rule in enumerate(rules) if rule.column == column]
        of_column = [rules[i] for i in mine]
        labels = sorted({rule.label for rule in of_column})
        votes = votes_of(of_column, fired[:, mine], labels)
        truth = [label_of(s, column) for a in articles for s in a.sentences]
        reports += _judge(of_column, votes, labels, truth, numbers)
        chosen = _choose(votes, len(labels), way, at_least)
        weak_columns[WEAK + column] = [labels[k] if k != ABSTAINS else None for k in chosen]
        reports.append(_report((way, column, ""), chosen, _meetings(votes), labels, truth, numbers))
    return _with_columns(articles, weak_columns), reports


def _judge(
    rules: Sequence[LabelRule], votes: Ints, labels: Sequence[str], truth: Sequence[str | None], numbers: Ints
) -> Iterator[RuleReport]:
    """Report on each rule of a column."""
    for i, rule in enumerate(rules):
        mine = votes[:, i]
        there = mine[:, None] != ABSTAINS
        meetings = _meetings(np.where(there, votes, ABSTAINS))
        yield _report((rule.name, rule.column, rule.label), mine, meetings, labels, truth, numbers)


def _meetings(votes: Ints) -> tuple[float, float]:
    """Give the share of sentences with two votes or more, and of those with different ones."""
    voted = votes != ABSTAINS
    top = votes.max(axis=1, initial=ABSTAINS)
    n = max(len(votes), 1)
    return float((voted.sum(axis=1) > 1).sum() / n), float((voted & (votes != top[:, None])).any(axis=1).sum() / n)


def _report(
    what: tuple[str, str, str],
    mine: Ints,
    meetings: tuple[float, float],
    labels: Sequence[str],
    truth: Sequence[str | None],
    numbers: Ints,
) -> RuleReport:
    there = mine != ABSTAINS
    judged = np.array([known is not None for known in truth], dtype=bool) & there
    right = np.array([k != ABSTAINS and labels[k] == known for k, known in zip(mine, truth, strict=True)], dtype=bool)
    coverage = float(there.sum() / max(len(mine), 1))
    return RuleReport(*what, coverage, *meetings, int(judged.sum()), proportion(right & judged, judged, numbers))


def _choose(votes: Ints, n_labels: int, way: str, at_least: float) -> Ints:
    """Choose a label for each sentence, -1 for none."""
    chances = dawid_skene(votes, n_labels, silence_tells=True).chances if way == DAWID_SKENE else majority(votes, n_labels)
    top = chances.max(axis=1, initial=0.0)
    alone = (chances >= top[:, None] - 1e-9).sum(axis=1) == 1
    chosen = (top > 0) & (top >= at_least) & (alone | (n_labels == 1))
    return np.where(chosen, chances.argmax(axis=1), ABSTAINS)


def _with_columns(articles: Sequence[LabelledArticle], columns: dict[str, list[str | None]]) -> list[LabelledArticle]:
    """Put weak labels, in the order of all sentences, into their columns; older ones there are gone."""
    numbers = count()
    return [
        replace(labelled, sentences=tuple([_with_labels(s, columns, next(numbers)) for s in labelled.sentences]))
        for labelled in articles
    ]


def _with_labels(s: Sentence, columns: dict[str, list[str | None]], number: int) -> Sentence:
    weak = {column: label for column, labels in columns.items() if (label := labels[number]) is not None}
    kept = {column: label for column, label in s.extra.items() if column not in columns}
    return replace(s, extra=kept | weak)


def describe_rules(reports: Sequence[RuleReport]) -> list[dict[str, Any]]:
    """Give the reports as plain values."""
    return [
        {
            "rule": of.name,
            "column": of.column,
            "label": of.label or None,
            "coverage": of.coverage,
            "overlap": of.overlap,
            "conflict": of.conflict,
            "judged": of.judged,
            "accuracy": of.accuracy.value,
            "interval": None if of.accuracy.low is None else [of.accuracy.low, of.accuracy.high],
        }
        for of in reports
    ]


def rules_tables(reports: Sequence[RuleReport]) -> Iterator[tuple[str, Table]]:
    """Give the reports as a table for each column, with its title."""
    header = ("rule", "label", "coverage", "overlap", "conflict", "judged", "accuracy (95 %)")
    for column in dict.fromkeys(of.column for of in reports):
        rows: Rows = [
            (
                of.name if of.label else f"vote: {of.name}",
                of.label or "-",
                *(f"{x:.1%}" for x in (of.coverage, of.overlap, of.conflict)),
                f"{of.judged:,}",
                of.accuracy.shown(),
            )
            for of in reports
            if of.column == column
        ]
        yield f"{column}; the vote becomes {WEAK}{column}", (header, rows)
