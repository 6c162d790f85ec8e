"""What annotators dispute: listed worst first, decided, and written out as one dataset."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ....data.agreement.annotators import Annotator, match_units
from ....data.agreement.disputes import MARKED, Decision, Dispute, check_names, dispute_row, find_disputes
from ....data.agreement.merge import UNLABELLED, Key, labels_to_decide, merge_articles
from ....data.agreement.same_column import same_labels
from ....data.display import counted
from ....data.project.disk.lock import Lock
from ....data.project.names import DECIDED
from ....data.project.records import key_of
from ....data.rows.labels import as_json
from ....data.rows.suggestions import has_labels
from ....errors import SaysoError
from .agreement import labelled_by_two
from .decisions import Decided, Decisions
from .labels import TeamLabels, Version

OPEN, SETTLED, CHANGED, AGREED = "open", "decided", "changed", "agreed"
"""States of a dispute: nobody decided; decided; decided, but labels changed afterwards; decided, but all agree now."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What is disputed at one time."""

    annotators: Sequence[Annotator]
    disputes: Mapping[Key, Dispute]

    @property
    def names(self) -> list[str]:
        return [annotator.name for annotator in self.annotators]

    def answers(self, dispute: Dispute) -> dict[str, str]:
        """Give what those say who say something."""
        return {name: answer for name, answer in zip(self.names, dispute.answers, strict=True) if answer is not None}

    def state(self, key: Key, decided: Decided | None) -> str:
        """Tell whether a dispute is decided, and as it stands now."""
        if decided is None:
            return OPEN
        if key not in self.disputes:
            return AGREED
        return SETTLED if self.answers(self.disputes[key]) == decided.answers else CHANGED


class Disputes:
    """The disputes of a project, found again only when somebody's labels changed.

    Parameters
    ----------
    team : TeamLabels
    """

    def __init__(self, team: TeamLabels) -> None:
        self._team = team
        self._decisions = Decisions(team.project.layout.root)
        self._lock = threading.Lock()
        self._known: tuple[Version, _Found] | None = None

    def now(self, column: str | None = None, most: int = 200) -> dict[str, Any]:
        """List the disputes.

        Parameters
        ----------
        column : str, optional
            Only those of this column.
        most : int
            So many are listed; all are counted.

        Returns
        -------
        dict
            ``annotators``: a list of names. ``counts``: state to number. ``columns``: those that disputes are in. ``line``:
            why there are none, or None. ``disputes``, worst first: a list of

            - ``key``, ``article``, ``title``, ``n``, ``column``, ``text``, ``before``, ``after``, ``weight``;
            - ``answers``: a list of ``{annotator, label, spans}``: the label, or of disputed spans (``attributions``,
              ``loaded``) their words as ``label`` and the spans as in the dataset; both None of who says nothing;
            - ``labels``: what may be decided, beside the name of an annotator;
            - ``decision``: None or ``{decision, by, time, answers}``: who decided when, and what annotators said then;
            - ``state``: ``open``, ``decided``, or ``changed``: the labels changed after the decision, which does not count.

            ``agreed``: a list of ``{key, article, n, column, decision}`` of decisions that nobody needs any more.
        """
        found = self._find()
        decisions = self._decisions.read()
        states = {key: found.state(key, decisions.get(key)) for key in found.disputes}
        wanted = [key for key in found.disputes if column in (None, key[2])]
        labels = labels_to_decide(found.annotators)
        counts = {state: sum(states[key] == state for key in wanted) for state in (OPEN, SETTLED, CHANGED)}
        return {
            "annotators": found.names,
            "counts": counts,
            "columns": list(dict.fromkeys(column for _, _, column in found.disputes)),
            "line": None if found.disputes else _no_disputes(found.names),
            "disputes": [
                {
                    **_described(found.disputes[key], found.annotators),
                    "labels": [] if key[2] in MARKED else list(labels(key[2])),
                    "decision": _plain(decisions.get(key)),
                    "state": states[key],
                }
                for key in wanted[:most]
            ],
            "agreed": [
                {"key": key_of(key[0]), "article": key[0], "n": key[1], "column": key[2], "decision": _plain(decided)}
                for key, decided in decisions.items()
                if key not in found.disputes
            ],
        }

    def decide(self, key: str, n: int, decisions: Mapping[str, str | None]) -> dict[str, Any]:
        """Decide disputes of one sentence; they are on disk afterwards.

        Parameters
        ----------
        key : str
            Of the article.
        n : int
            The sentence.
        decisions : mapping of str to str or None
            Column to a label, or to the name of the annotator who is right; None takes a decision back.

        Returns
        -------
        dict
            ``{column: {decision, by, time, answers}}`` of the sentence's disputes that are decided now.

        Raises
        ------
        SaysoError
            If there is no such dispute, a decision is no label that can be given, or kind and source type do not go
            together then.
        """
        found = self._find()
        check_names(found.names)
        asked = {column: self._key(found, key, n, column) for column in decisions}
        earlier = self._decisions.read()
        places = {(article, number) for article, number, _ in asked.values()}
        standing = {k: d.words for k, d in earlier.items() if k[:2] in places and found.state(k, d) == SETTLED}
        after = {**standing, **{asked[column]: words for column, words in decisions.items()}}
        _check(found.annotators, {k: words for k, words in after.items() if words is not None})
        disputed = {column: dispute_row(found.disputes[asked[column]], found.names) for column in decisions}
        rows = [{**disputed[column], "decision": words} for column, words in decisions.items()]
        self._decisions.write(rows, self._team.project.annotator)
        now = self._decisions.read()
        return {k[2]: _plain(now[k]) for k in after if k in now}

    def write_decided(self) -> dict[str, Any]:
        """Write what all agree on, what one labelled alone and what was decided to ``labels/decided``, as a dataset.

        Disputes that are open, or whose labels changed after they were decided, are left unlabelled.

        Returns
        -------
        dict
            ``folder``; ``articles``; ``agreed``, ``alone``, ``decided``, ``open``: how many labels; ``void``: how many
            decisions do not count since the labels changed; ``line``: all of it in words.
        """
        from ....data.datasets.folder import write_dataset

        annotators = self._all()
        if len(annotators) < 2:
            raise SaysoError(f"{annotators[0].name} is the only annotator, so there is nothing to decide.")
        found, decisions = self._find(), self._decisions.read()
        states = {key: found.state(key, decided) for key, decided in decisions.items()}
        standing = {key: _decision(decisions[key]) for key, state in states.items() if state == SETTLED}
        void = [key for key in states if key not in standing]
        merged = merge_articles(annotators, standing, UNLABELLED)
        if void:
            self._decisions.void(void)
        folder = self._team.project.labels_folder(DECIDED)
        labelled = [of for of in merged.articles if has_labels(of)]
        lock = Lock(self._team.project.layout.lock(DECIDED))
        try:
            write_dataset(labelled, folder, force=True)
        finally:
            lock.release()
        line = (
            f"Labels: {merged.agreed:,} agreed, {merged.alone:,} by one annotator only, {merged.decided:,} decided, "
            f"{len(merged.open):,} left open."
        )
        if void:
            line += f" Not counted, because labels changed afterwards: {counted(len(void), 'decision')}."
        return {
            "folder": str(folder),
            "articles": len(labelled),
            "agreed": merged.agreed,
            "alone": merged.alone,
            "decided": merged.decided,
            "open": len(merged.open),
            "void": len(void),
            "line": line,
        }

    def _all(self) -> list[Annotator]:
        return same_labels(self._team.annotators(), lambda line: None)

    def _find(self) -> _Found:
        with self._lock:
            version = self._team.version()
            if self._known is None or self._known[0] != version:
                self._known = version, find(labelled_by_two(self._all()))
            return self._known[1]

    def _key(self, found: _Found, key: str, n: int, column: str) -> Key:
        known = next((k for k in found.disputes if k[1:] == (n, column) and key_of(k[0]) == key), None)
        if known is None:
            raise SaysoError(
                f"there is no longer a dispute about {column} in sentence {n} of this article; reload the list."
            )
        return known


def find(annotators: Sequence[Annotator]) -> _Found:
    """Find what annotators dispute in the articles that they share, worst first."""
    if len(annotators) < 2 or not any(annotator.articles for annotator in annotators):
        return _Found(annotators, {})
    disputes = find_disputes(annotators, match_units(annotators))
    return _Found(annotators, {(d.unit.article, d.unit.n, d.column): d for d in disputes})


def _check(annotators: Sequence[Annotator], decisions: Mapping[Key, str]) -> None:
    """Merge the one article that is decided on, to see whether the decisions can be followed."""
    ids = {key[0] for key in decisions}
    of_article = [Annotator(of.name, {name: of.articles[name] for name in ids & of.articles.keys()}) for of in annotators]
    if ids:
        merge_articles(of_article, {key: Decision("decision", words) for key, words in decisions.items()}, UNLABELLED)


def _decision(decided: Decided) -> Decision:
    return Decision(f"{DECIDED} by {decided.by}", decided.words)


def _described(dispute: Dispute, annotators: Sequence[Annotator]) -> dict[str, Any]:
    unit = dispute.unit
    title = next((of.articles[unit.article].article.title for of in annotators if unit.article in of.articles), None)
    return {
        "key": key_of(unit.article),
        "article": unit.article,
        "title": title,
        "n": unit.n,
        "column": dispute.column,
        "text": unit.text,
        "before": unit.before,
        "after": unit.after,
        "weight": round(dispute.weight, 4),
        "answers": [
            {"annotator": of.name, "label": answer, "spans": _spans(dispute, number, of) if answer is not None else None}
            for number, (of, answer) in enumerate(zip(annotators, dispute.answers, strict=True))
        ],
    }


def _spans(dispute: Dispute, number: int, annotator: Annotator) -> list[dict[str, Any]] | None:
    s = dispute.unit.sentences[number]
    if dispute.column not in MARKED or s is None:
        return None
    spans: list[dict[str, Any]] = as_json(s, annotator.articles[dispute.unit.article])[dispute.column] or []
    return spans


def _plain(decided: Decided | None) -> dict[str, Any] | None:
    if decided is None:
        return None
    return {"decision": decided.words, "by": decided.by, "time": decided.time, "answers": dict(decided.answers)}


def _no_disputes(names: Sequence[str]) -> str:
    if len(names) < 2:
        return f"Only {names[0]} has labelled here so far."
    return f"{' and '.join(names)} do not differ in any label so far."
