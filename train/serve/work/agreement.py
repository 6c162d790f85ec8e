"""How well the annotators of a project agree so far."""

import threading
from collections.abc import Mapping, Sequence
from typing import Any

from ....data.agreement.annotators import Annotator, Unit, labels_by_column, match_units, measure_agreement, n_given
from ....data.agreement.report import describe_agreement
from ....data.agreement.same_column import same_labels
from ....data.agreement.spans import span_agreement
from ....data.display import counted, sentences_in_articles
from ....data.rows.suggestions import has_labels
from ....errors import SaysoError
from .labels import TeamLabels, Version, Where

Touched = Mapping[str, Mapping[Where, bool] | None]
"""The sentences that each annotator labelled in the project, and whether blind; None where that is not known."""


class AgreementSoFar:
    """The agreement, which is measured again only when somebody's labels changed.

    Parameters
    ----------
    team : TeamLabels
    """

    def __init__(self, team: TeamLabels) -> None:
        self._team = team
        self._lock = threading.Lock()
        self._known: tuple[Version, dict[str, Any]] | None = None

    def now(self) -> dict[str, Any]:
        """Measure.

        Returns
        -------
        dict
            - ``annotators``: a list of names, oneself first;
            - ``line``: what there is to compare, or why there is nothing yet; ``warnings``: a list of lines;
            - ``columns``: column to ``{units, same, kappa, alpha, ac1, labels: {label: {n, same, …}}}``, each figure
              ``{value, interval}`` with its 95 % interval;
            - ``spans``: sort of span to ``{articles, spans: {annotator: n}, exact_f1, overlap_f1}``.
        """
        with self._lock:
            version = self._team.version()
            if self._known is None or self._known[0] != version:
                annotators = self._team.annotators()
                touched = {annotator.name: self._team.touched(annotator.name) for annotator in annotators}
                self._known = version, measured(annotators, touched)
            return self._known[1]


def measured(annotators: Sequence[Annotator], touched: Touched) -> dict[str, Any]:
    """Measure the agreement of annotators; see `AgreementSoFar.now`."""
    names = [annotator.name for annotator in annotators]
    nothing = {"annotators": names, "warnings": [], "columns": {}, "spans": {}}
    if len(names) < 2:
        return {**nothing, "line": f"Only {names[0]} has labelled here so far."}
    both = labelled_by_two(same_labels(annotators, lambda line: None))
    if not any(annotator.articles for annotator in both):
        return {**nothing, "line": _nothing_yet(names)}
    try:
        units = match_units(both)
    except SaysoError as error:  # their texts differ
        return {**nothing, "line": str(error)}
    shared = [unit for unit in units if any(n_given(labels) > 1 for labels in labels_by_column(unit).values())]
    if not shared and not span_agreement([annotator.articles for annotator in both]):
        return {**nothing, "line": _nothing_yet(names)}
    described = describe_agreement(measure_agreement(both, units), ())
    return {
        **nothing,
        "line": _line(names, shared),
        "warnings": [*_came_along(names, shared, touched), *_of_the_view(names, shared, touched)],
        "columns": described["columns"],
        "spans": described["spans"],
    }


def labelled_by_two(annotators: Sequence[Annotator]) -> list[Annotator]:
    """Keep the articles in which two annotators or more labelled something: there is nothing to compare in others."""
    ids = dict.fromkeys(name for annotator in annotators for name in annotator.articles)
    theirs = {name: [annotator.articles.get(name) for annotator in annotators] for name in ids}
    shared = {name for name, of in theirs.items() if sum(x is not None and has_labels(x) for x in of) > 1}
    return [Annotator(of.name, {name: x for name, x in of.articles.items() if name in shared}) for of in annotators]


def _nothing_yet(names: Sequence[str]) -> str:
    return f"{_listed(names)} have not labelled any of the same sentences yet."


def _line(names: Sequence[str], units: Sequence[Unit]) -> str:
    of_how_many = "both" if len(names) == 2 else "two or more"
    if not units:
        return f"{_listed(names)}: words in articles in which {of_how_many} marked some."
    n_articles = len({unit.article for unit in units})
    return f"{_listed(names)}: {sentences_in_articles(len(units), n_articles)} that {of_how_many} labelled."


def _came_along(names: Sequence[str], units: Sequence[Unit], touched: Touched) -> list[str]:
    """Say of how many sentences all have the labels that came with the articles.

    Nothing is said where such labels differ: each annotator brought labels of their own then.
    """
    untouched = [unit for unit in units if _is_untouched(unit, names, touched)]
    labels = (given for unit in untouched for given in labels_by_column(unit).values())
    if not untouched or any(len({label for label in given if label is not None}) > 1 for given in labels):
        return []
    how_many = counted(len(untouched), "sentence")
    return [f"The labels of {how_many} came with the articles and nobody changed them, so they agree in any case."]


def _is_untouched(unit: Unit, names: Sequence[str], touched: Touched) -> bool:
    of_those = [touched[name] for name, s in zip(names, unit.sentences, strict=True) if s is not None]
    return all(places is not None and (unit.article, unit.n) not in places for places in of_those)


def _of_the_view(names: Sequence[str], units: Sequence[Unit], touched: Touched) -> list[str]:
    """Say what the models' view may have done to agreement: who labelled these sentences with it, and who blind."""
    blind = {
        name: [of[unit.article, unit.n] for unit in units if (unit.article, unit.n) in of]
        for name in names
        if (of := touched[name])
    }
    seeing = [name for name, are_blind in blind.items() if are_blind and not any(are_blind)]
    not_seeing = [name for name, are_blind in blind.items() if are_blind and all(are_blind)]
    lines = []
    if len(seeing) > 1:
        lines.append(
            f"{_listed(seeing)} saw the models' predictions while labelling; that alone makes them agree more often."
        )
    if seeing and not_seeing:
        lines.append(
            f"{_listed(not_seeing)} labelled blind, {_listed(seeing)} saw the models' predictions: some "
            "of their differences may come from the models."
        )
    for name, are_blind in blind.items():
        if name not in (*seeing, *not_seeing) and are_blind:
            n_blind, n_seeing = sum(are_blind), len(are_blind) - sum(are_blind)
            lines.append(
                f"{name} labelled {n_blind:,} of these sentences blind and {n_seeing:,} with "
                "the models' predictions visible."
            )
    return lines


def _listed(names: Sequence[str]) -> str:
    return " and ".join([*([", ".join(names[:-1])] if len(names) > 1 else []), names[-1]])
