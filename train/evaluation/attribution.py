"""Scores of the attribution task: from folds over articles, or of a given model."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from joblib import delayed
from threadpoolctl import threadpool_limits

from ...classify.attribution.extractor import Extractor
from ...classify.attribution.source_ends import with_descriptions
from ...classify.language.article_tokens import view
from ...classify.model_files.container import read_model
from ...classify.model_files.files import ATTRIBUTION, load
from ...classify.speech.corrections import corrected
from ...classify.word_reader.reader import WordReader, check_word_reader
from ...data.display import counted
from ...data.records import Attribution, LabelledArticle
from ...errors import SaysoError
from ..estimators.attribution import AttributionExtractor
from ..folds.cross_validation import article_groups, in_parallel
from ..folds.grouped import grouped_folds
from ..folds.unseen import reader_note, seen_notes
from ..held_out_attributions import ENOUGH_ARTICLES, ENOUGH_MARKS, can_be_fitted, is_marked
from ..manifest import about_data, versions
from ..measures.as_json import plain
from ..measures.attribution_scores import MEASURE_NAMES, MEASURES, Counts, ScopeScore, count, drawn_f1, score_attributions
from ..tasks.registry import task_of
from .external import Gap, Sides, gap_interval, left_out_note
from .plan import ExternalSet, Plan, held_from_reader


@dataclass(frozen=True, slots=True)
class ExternalAttributions:
    """Scores of attributions on an external test set, of a model of all the data.

    Parameters
    ----------
    data : mapping
        Name, sizes and digest of the set.
    articles : int
        How many were scored.
    left_out : int
        Articles of the data that stand in the set too, or nearly: the model was fitted without them.
    scores : mapping of str to ScopeScore
    gap : Gap
        Of the F1 by overlap.
    """

    data: Mapping[str, Any]
    articles: int
    left_out: int
    scores: Mapping[str, ScopeScore]
    gap: Gap

    @property
    def name(self) -> str:
        """What the set is called."""
        return str(self.data["name"])

    def as_json(self) -> dict[str, Any]:
        """Give plain values."""
        found: dict[str, Any] = plain(self)
        return {**found, "scores": {scope: score.as_json() for scope, score in self.scores.items()}}


@dataclass(frozen=True, slots=True, repr=False)
class AttributionEvaluation:
    """Scores of found attributions.

    Parameters
    ----------
    data : mapping
        Name, sizes and digest of the data.
    articles, sentences : int
        How many were looked at.
    folds, seed : int or None
        None where a given model was scored.
    scores : mapping of str to ScopeScore
        Of all attributions, of direct ones and of indirect ones.
    notes : tuple of str
        What to know about these figures.
    external : ExternalAttributions or None
        Where an external test set was scored too.
    """

    task: ClassVar[str] = ATTRIBUTION
    column: ClassVar[str] = ATTRIBUTION
    data: Mapping[str, Any]
    articles: int
    sentences: int
    folds: int | None
    seed: int | None
    scores: Mapping[str, ScopeScore]
    notes: tuple[str, ...] = ()
    external: ExternalAttributions | None = None
    _predictions: ClassVar[None] = None  # spans: no row a sentence to keep

    def __repr__(self) -> str:
        """Give the main figures in a line."""
        found = self.scores["all"].measures["overlap"]
        low, high = found.interval
        how = counted(self.folds, "fold") if self.folds else "a given model"
        return (
            f"Evaluation of attribution: F1 by overlap {found.f1:.3f} ({low:.3f} to {high:.3f}), "
            f"{counted(self.attributions, 'attribution')}, {counted(self.articles, 'article')}, {how}"
        )

    def _repr_html_(self) -> str:
        """Give what a notebook shows: the scores of all, of direct and of indirect attributions."""
        from .shown import tables_as_html

        tables = [
            (
                f"{scope} attributions",
                (
                    ("", "precision", "recall", "F1"),
                    [
                        (MEASURE_NAMES[name], *(f"{figure:.3f}" for figure in (of.precision, of.recall, of.f1)))
                        for name, of in score.measures.items()
                    ],
                ),
            )
            for scope, score in self.scores.items()
        ]
        return tables_as_html(repr(self), tables)

    @property
    def lead(self) -> str:
        """What was scored, in a sentence."""
        marked = f"{self.attributions:,} marked attributions in {self.articles:,} articles"
        return f"How many of {marked} are found, and how many of those found are correct."

    @property
    def settings(self) -> dict[str, Any]:
        """Settings that the figures depend on, besides data, versions and code."""
        external = {"external": self.external.data["digest"]} if self.external else {}
        return {"folds": self.folds, "seed": self.seed, **external}

    @property
    def attributions(self) -> int:
        """How many are marked."""
        return self.scores["all"].measures["overlap"].marked

    def to_dict(self) -> dict[str, Any]:
        """Give all figures as plain values, by the names that ``sayso evaluate --json`` has for them."""
        return self.as_json()

    def to_pandas(self) -> Any:
        """Give the scores as a table.

        Returns
        -------
        DataFrame
            A row for each scope (all, direct, indirect) and measure.
        """
        from pandas import DataFrame

        rows = [
            {"scope": scope, "measure": name, **plain(measure)}
            for scope, score in self.scores.items()
            for name, measure in score.measures.items()
        ]
        return DataFrame(rows)

    def as_json(self) -> dict[str, Any]:
        """Give plain values, identical for the same evaluation."""
        return {
            "task": self.task,
            "data": dict(self.data),
            "articles": self.articles,
            "sentences": self.sentences,
            "attributions": self.attributions,
            "folds": self.folds,
            "seed": self.seed,
            **{scope: score.as_json() for scope, score in self.scores.items()},
            "notes": list(self.notes),
            "external": self.external.as_json() if self.external else None,
            "versions": versions(),
        }


def cross_validate_attribution(
    articles: Sequence[LabelledArticle],
    plan: Plan | None = None,
    *,
    data_name: str = "data",
    label: str | None = None,
) -> AttributionEvaluation:
    """Score the attribution task by folds over the articles whose attributions are marked.

    Parameters
    ----------
    articles : sequence of LabelledArticle
    plan : Plan, optional
        Its folds, seed, jobs, ``watch``, ``notice``, external test set and reader count.
    data_name : str
        What the report calls the data.
    label : str, optional
        Not for this task; here for a clear error.

    Raises
    ------
    SaysoError
        If too little is marked.
    """
    plan = plan or Plan()
    n_folds, seed = plan.n_folds, plan.seed
    task = task_of(ATTRIBUTION, articles, label, plan.setup)  # or else its error
    reader = task.word_reader
    marked, plan = held_from_reader(reader, [a for a in articles if is_marked(a)], plan)
    if not can_be_fitted(marked):
        n_marks = sum(len(s.attributions) for a in marked for s in a.sentences)
        raise SaysoError(
            f"{len(marked)} articles with {n_marks} marked attributions are too few to learn from; "
            f"{ENOUGH_ARTICLES} articles and {ENOUGH_MARKS} attributions are needed."
        )
    against = _against(marked, plan)
    groups = article_groups(marked)
    sides = _sides(marked, groups, n_folds, seed)
    plan.notice(f"attributions of {len(marked)} articles")
    jobs = [delayed(_fold)([*compress(marked, ~side)], [*compress(marked, side)], seed, reader) for side in sides]
    results = list(plan.watch(in_parallel(jobs, plan.n_jobs), n_folds))
    counts: dict[int, Counts] = {}
    for side, result in zip(sides, results, strict=True):
        counts.update(zip(np.flatnonzero(side).tolist(), result, strict=True))
    of_folds = [counts[i] for i in range(len(marked))]
    external = _score_external(against, plan, of_folds, groups, reader) if against else None
    return AttributionEvaluation(
        data=about_data(data_name, articles),
        articles=len(set(groups)),
        sentences=sum(len(a.sentences) for a in marked),
        folds=n_folds,
        seed=seed,
        scores=score_attributions(of_folds, groups),
        notes=(
            *_left_out(articles),
            *([reader_note(reader)] if reader else []),
            *plan.notes,
            *(left_out_note(external.name, external.left_out) if external else ()),
        ),
        external=external,
    )


def _against(marked: Sequence[LabelledArticle], plan: Plan) -> Sides | None:
    """Take the marked articles of the external test set, before the long work."""
    if plan.external is None:
        return None
    name, test = plan.external.name, [a for a in plan.external.articles if is_marked(a)]
    if not test:
        raise SaysoError(f"--external {name}: no article has all its attributions marked.")
    return Sides.of(marked, ExternalSet(name, test))


def _score_external(
    sides: Sides, plan: Plan, of_folds: Sequence[Counts], groups: Sequence[int], reader: WordReader | None
) -> ExternalAttributions:
    """Fit on all marked articles, and score on those of the external test set."""
    external = sides.external
    plan.notice(f"external test set {external.name}: {len(external.articles)} articles")
    of_test, numbers = _fold(sides.train, external.articles, plan.seed, reader), article_groups(external.articles)
    scores = score_attributions(of_test, numbers)
    found = scores["all"].measures["overlap"].f1
    promised = score_attributions(of_folds, groups)["all"].measures["overlap"].f1
    drawn = (
        drawn_f1(np.stack([c.measures[0, MEASURES.index("overlap")] for c in counts]), of)
        for counts, of in ((of_folds, groups), (of_test, numbers))
    )
    gap = Gap("an F1 by overlap of", external.name, promised, found, found - promised, gap_interval(*drawn))
    return ExternalAttributions(about_data(external.name, external.articles), len(set(numbers)), sides.left_out, scores, gap)


def evaluate_attribution_model(
    path: Path,
    articles: Sequence[LabelledArticle],
    plan: Plan | None = None,
    *,
    data_name: str = "data",
    label: str | None = None,
) -> AttributionEvaluation:
    """Score a given attribution model on the articles whose attributions are marked.

    Parameters
    ----------
    path : Path
        Model file.
    articles : sequence of LabelledArticle
    plan : Plan, optional
        The reader of its setup counts; there are no folds.
    data_name : str
        What the report calls the data.
    label : str, optional
        Not for this task; here for a clear error.

    Raises
    ------
    SaysoError
        If the model is of another task, its reader is another one, or nothing is marked.
    """
    setup = plan.setup if plan else None
    manifest = read_model(path).manifest
    model: Any = load(path)
    if model.task != ATTRIBUTION:
        raise SaysoError(f"{path}: this is a model for the task {model.task!r}, not for {ATTRIBUTION!r}.")
    reader = setup.reader if setup else None
    check_word_reader(model.reader, reader, str(path))
    if reader is not None and not model.reader:
        raise SaysoError(f"{path}: this model was trained without a reader; leave out --reader.")
    task_of(ATTRIBUTION, articles, label, setup)  # or else its error
    marked = [a for a in articles if is_marked(a)]
    groups = article_groups(marked)
    notes = [*_left_out(articles), *([reader_note(reader)] if reader else [])]
    notes += seen_notes(marked, {str(path): manifest}, reader)
    return AttributionEvaluation(
        data=about_data(data_name, articles),
        articles=len(set(groups)),
        sentences=sum(len(a.sentences) for a in marked),
        folds=None,
        seed=None,
        scores=score_attributions(count_articles(Extractor.of(model, reader), marked), groups),
        notes=tuple(notes),
    )


def count_articles(extractor: Extractor, articles: Sequence[LabelledArticle]) -> list[Counts]:
    """Compare what a model finds likely in each article with what is marked there."""
    return [
        count(a.article.text, (x for s in a.sentences for x in s.attributions), find_likely(extractor, a)) for a in articles
    ]


def find_likely(extractor: Extractor, labelled: LabelledArticle) -> list[Attribution]:
    """Give the attributions that the model would tell, with their places in the text."""
    seen = view(labelled.article.text, [s.span for s in labelled.sentences])
    return [
        Attribution(
            source=seen.span(*c.source) if c.source else None,
            cue=seen.span(*c.cue) if c.cue else None,
            content=tuple(seen.span(t, t + 1) for t in c.content.tolist()),
        )
        for c in with_descriptions(seen, extractor.likely(corrected(seen, extractor.extract(seen))))
    ]


def _left_out(articles: Sequence[LabelledArticle]) -> Iterator[str]:
    if n := sum(not is_marked(a) for a in articles):
        yield f"Left out: {n} of {len(articles)} articles, because not all their attributions are marked."


def _sides(articles: Sequence[LabelledArticle], numbers: Sequence[int], n_folds: int, seed: int) -> list[Any]:
    """Tell for each fold which articles it holds out; sentences with attributions are spread evenly."""
    if len(set(numbers)) < n_folds:
        raise SaysoError(
            f"{len(set(numbers))} marked articles are too few for {n_folds} folds; mark more, or give a smaller --folds."
        )
    labels = np.array(["some" if s.attributions else "none" for a in articles for s in a.sentences])
    groups = np.array([n for n, a in zip(numbers, articles, strict=True) for _ in a.sentences], dtype=np.int64)
    return [np.isin(numbers, groups[test]) for _, test in grouped_folds(labels, groups, n_folds, seed)]


def _fold(
    train: Sequence[LabelledArticle], test: Sequence[LabelledArticle], seed: int, reader: WordReader | None
) -> list[Counts]:
    with threadpool_limits(1):  # the same sums, whatever the machine and the number of workers
        extractor = AttributionExtractor(seed=seed, reader=reader)
        extractor.fit_marked(train)
        return count_articles(extractor.extractor(), test)
