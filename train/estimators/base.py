"""What all estimators of sentences share: reading X and y, fitting, asking, saving."""

import copy
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.exceptions import NotFittedError

from ...classify.annotation.arguments import path_given
from ...classify.api.in_python import python_names
from ...classify.attribution.extractor import Candidate
from ...classify.language.word_forms import ONE_AT_A_TIME
from ...classify.model_files.files import as_saved, save
from ...classify.model_files.shipped_attributions import shipped_candidates
from ...classify.word_reader.reader import WordReader
from ...data.arrays import Floats64, Strings
from ...data.articles.notices import Say
from ...data.records import LabelledArticle, Sentence, label_of
from ...data.rows.places import value_shown
from ...errors import SaysoError
from ..given_reader import check_unseen, no_reader
from ..held_out_attributions import candidates_of, choose_source
from ..manifest import about_features, about_model, about_unnamed
from ..sentences.rows import Rows
from ..tasks.outputs import Outputs
from .parameters import check_names, check_parameters
from .sentence_in import DataError, SentenceIn, gather, groups_given, items_of, labels_given, listed_items

Item = tuple[int, str, str]
"""Number of a sentence in its article, target (empty without), label."""


class Saved(BaseEstimator):
    """A fitted model that can be written to a file.

    Attributes
    ----------
    model_ : object
        What was fitted, as a model file keeps it.
    about_ : dict
        What a model file says of its making: data, seed, versions.
    """

    model_: Any
    about_: dict[str, Any]
    seed: int

    def check_fitted(self) -> None:
        """Refuse to go on without a fitted model.

        Raises
        ------
        NotFittedError
        """
        if not hasattr(self, "model_"):
            raise NotFittedError(f"This {type(self).__name__} is not fitted yet; call fit(X, y) first, or load_model(path).")

    def save(
        self,
        path: str | Path,
        *,
        overwrite: bool = False,
        data_name: str | None = None,
        scores: Mapping[str, Any] | None = None,
        **about: Any,
    ) -> None:
        """Write the model file that ``sayso annotate --model`` takes.

        Parameters
        ----------
        path : str or Path
            ``NAME.sayso``.
        overwrite : bool
            Replace an existing file.
        data_name : str, optional
            What the file calls the data.
        scores : mapping, optional
            Scores on held-out sentences, which the file keeps.
        **about
            Further entries of its manifest.

        Raises
        ------
        NotFittedError
            Before `fit`.
        FileExistsError
            If the file exists.
        ValueError
            If the name has another ending than ``.sayso``.
        """
        self.check_fitted()
        path = Path(path_given(path, "save"))
        if path.suffix.lower() not in ("", ".sayso"):
            raise ValueError(f"{path}: the name of a model file ends in .sayso; give {path.stem}.sayso.")
        if path.exists() and not overwrite:
            raise FileExistsError(f"{path} exists; give another name, or overwrite=True.")
        known = dict(self.about_)
        if data_name is not None and "data" in known:
            known["data"] = [{**data, "name": data_name} for data in known["data"]]
        if scores is not None:
            known["scores"] = dict(scores)
        save(self.model_, path, **known | about)


class SentenceEstimator(ClassifierMixin, Saved):
    """Labels sentences in one column.

    A subclass says which rows it learns from, how they are fitted, and what the model says of others. Wherever it takes
    ``X``, it takes prepared rows too, and whole labelled articles, which hold their labels: so that folds describe
    sentences once, and the commands fit what a notebook does.
    """

    column: str
    labels: Sequence[str] | None
    calibrate: bool
    model_: Any
    classes_: NDArray[Any]
    _coded: tuple[str, ...]
    needs_target: ClassVar[bool] = False
    aliases: Mapping[str, Sequence[str]] | None = None

    @property
    def by_wording(self) -> bool:
        """Whether the text classifier does it, which has options of its own."""
        return False

    @property
    def rows_class(self) -> type[Rows]:
        """The class of the rows that it learns from."""
        return Rows

    @property
    def columns(self) -> tuple[str, ...]:
        """What a sentence must have to be learned from; the first is what is predicted."""
        return (self.column,)

    @property
    def settings(self) -> Mapping[str, Any]:
        """What the figures of folds depend on besides data, seed and columns."""
        return {"way": type(self).__name__}

    @property
    def label_names(self) -> tuple[str, ...]:
        """The labels in the order of the chances: those that were asked for, else the column's, else the model's."""
        if self.labels is not None:
            return tuple(map(value_shown, self.labels))
        return getattr(self, "_coded", ()) or self._scheme or tuple(self.model_.labels)

    def answer(self, s: Sentence) -> str | None:
        """Give what is learned of a sentence; None where nothing can be learned from it."""
        return label_of(s, self.column)

    def items(self, labelled: LabelledArticle) -> list[Item]:
        """List what is learned of an article, in the order of `rows`."""
        return [(n, "", answer) for n, s in enumerate(labelled.sentences) if (answer := self.answer(s))]

    def asked_items(self, labelled: LabelledArticle) -> list[tuple[int, str]]:
        """List number and target of what is asked of an article, in the order of `asked_rows`."""
        return [(n, "") for n, _ in enumerate(labelled.sentences)]

    def label(self, answer: str) -> str:
        """Give the predicted column's part of an answer."""
        return answer

    def labels_in(self, articles: Iterable[LabelledArticle]) -> Counter[str]:
        """Count the labels of the predicted column, of sentences too that nothing can be learned from."""
        return Counter(label for a in articles for s in a.sentences if (label := label_of(s, self.column)))

    def suited(self, articles: Sequence[LabelledArticle]) -> Self:
        """Give the same estimator, with what was left open chosen by the data."""
        return self

    @property
    def word_reader(self) -> WordReader | None:
        """The reader that articles are read with; of most estimators none."""
        return None

    def having_reader(self, reader: WordReader) -> Self:
        """Give a copy that reads articles with a reader.

        Raises
        ------
        SaysoError
            If it has no use for one.
        """
        raise SaysoError(no_reader(self.column))

    def rows(self, articles: Sequence[LabelledArticle], candidates: Sequence[Sequence[Candidate]]) -> Rows:
        """Describe what is labelled, a row each.

        Parameters
        ----------
        articles : sequence of LabelledArticle
        candidates : sequence of sequence of Candidate, length n_articles
            Attributions that were found by models which had not seen the article.
        """
        raise NotImplementedError

    def asked_rows(self, articles: Sequence[LabelledArticle], candidates: Sequence[Sequence[Candidate]]) -> Rows:
        """Describe labelled sentences as the fitted model sees them; the labels themselves do not count."""
        return self.rows(articles, candidates)

    def fit_rows(self, rows: Any, notice: Say) -> Any:
        """Fit a model on rows."""
        raise NotImplementedError

    def completed(self, model: Any, articles: Sequence[LabelledArticle]) -> Any:
        """Add what a model that is kept knows of its articles besides."""
        return model

    def outputs(self, rows: Any) -> Outputs:
        """Ask the model about rows that it has not seen."""
        raise NotImplementedError

    def names(self, rows: Any) -> Strings:
        """Label rows: `outputs` without the rest."""
        return self.outputs(rows).predicted

    def having(self, **values: Any) -> Self:
        """Give a copy with other parameters, or with a model."""
        other = copy.copy(self)
        for name, value in values.items():
            setattr(other, name, value)
        return other

    def of(self, model: Any, labels: Sequence[str] | None = None) -> Self:
        """Give a copy that is fitted: with a model that was fitted before.

        Parameters
        ----------
        model : LabelModel
        labels : sequence of str, optional
            In the order that the chances shall have; that of the model without it.
        """
        fitted = self.having(model_=model, about_=about_unnamed(self.seed))
        if labels is not None:
            fitted.labels = labels
        fitted.classes_ = np.array(fitted.label_names)
        return fitted

    def fit(self, X: Any, y: Any = None, groups: Any = None, *, notice: Say = lambda _: None) -> Self:
        """Fit the model, and calibrate its probabilities on held-out groups.

        Parameters
        ----------
        X : sequence of str or of SentenceIn, length n_sentences
            A text stands alone; a SentenceIn stands in its article. Labelled articles, and prepared rows, hold their
            labels themselves.
        y : sequence of length n_sentences
            The labels: words, numbers or truth values.
        groups : sequence of length n_sentences, optional
            Items of one group are in the same fold of the calibration. Default: the article of a SentenceIn, else each text
            by
            itself.
        notice : callable of str
            Told what is being done.

        Returns
        -------
        self

        Raises
        ------
        ValueError
            If X or y are empty, do not fit together, lack values, or have only one label; if a parameter cannot be meant,
            or the column has a name that annotations have for something else.
        """
        return self._fit_by_user(X, y, groups, None, notice)

    def fit_articles(self, articles: Sequence[LabelledArticle], notice: Say) -> Self:
        """Do the same for a command: messages name its options, and the name has been checked."""
        return self._fit(articles, None, None, None, notice)

    def _fit_by_user(self, X: Any, y: Any, groups: Any, other: Any, notice: Say) -> Self:
        check_parameters(self.get_params(deep=False))
        if not isinstance(X, Rows):
            self.check_name()
        with python_names():
            return self._fit(X, y, groups, other, notice)

    def _fit(self, X: Any, y: Any, groups: Any, other: Any, notice: Say) -> Self:
        if isinstance(X, Rows):
            self._coded = ()
            return self._keep(self.fit_rows(X, notice), about_unnamed(self.seed), {})
        articles, values, origins = self._to_learn(X, y, groups, other)
        self._coded = self._codes(values)
        resolved = (self.having(labels=self._coded) if self._coded else self).suited(articles)
        reader = resolved.word_reader
        check_unseen(reader, articles)
        candidates = candidates_of(choose_source(articles, reader), articles, seed=self.seed, notice=notice)
        rows = resolved.rows(articles, candidates)
        if len(set(rows.labels)) < 2:
            raise DataError(f"fewer than two labels remain in the sentences that have {' and '.join(resolved.columns)}.")
        if origins is not None:
            places = [(number, n, target) for number, a in enumerate(articles) for n, target, _ in resolved.items(a)]
            rows = replace(rows, origins=[origins[place] for place in places])
        model = as_saved(resolved.completed(resolved.fit_rows(rows, notice), articles))
        about = about_model({"data": articles}, self.seed, {}, reader) | about_features(model, articles, reader)
        return self._keep(model, about, values)

    def check_name(self) -> None:
        """Refuse a name that a model of this estimator cannot have.

        Raises
        ------
        ValueError
        """

    def _keep(self, model: Any, about: dict[str, Any], values: Mapping[str, Any]) -> Self:
        self.model_, self.about_ = model, about
        names = self.label_names
        self.classes_ = np.array([values.get(name, name) for name in names])
        return self

    def labelled_articles(
        self, X: Any, y: Any = None, groups: Any = None
    ) -> tuple[list[LabelledArticle], list[list[str]] | None]:
        """Give what `fit` learns from as labelled articles, and the groups in each; None where no groups are given.

        Raises
        ------
        ValueError
            See `fit`.
        """
        articles, _, origins = self._to_learn(X, y, groups, None)
        if origins is None:
            return articles, None
        names: list[list[str]] = [[] for _ in articles]
        for (number, _, _), name in origins.items():
            names[number].append(name)
        return articles, names

    def _to_learn(
        self, X: Any, y: Any, groups: Any, other: Any
    ) -> tuple[list[LabelledArticle], dict[str, Any], dict[tuple[int, int, str], str] | None]:
        """Read what to learn from: articles, the values of labels, and what is held out together at each place."""
        check_parameters(self.get_params(deep=False))
        if are_articles(X := listed_items(X, need_target=self.needs_target)):
            if any(given is not None for given in (y, groups, other)):
                raise DataError("X holds labelled articles, which have their own labels; leave out y and groups.")
            self.check_labels(self.labels_in(X))
            return X, {}, None
        items = items_of(X, need_target=self.needs_target)
        labels, values = labels_given(y, len(items))
        self.check_labels(Counter(labels), has_codes=bool(self._codes(values)))
        names = groups_given(groups, len(items))
        gathered = gather(items, self._labels_of(labels, other), aliases=self.aliases)
        if names is None and len(gathered.articles) > len({(item.article.id, item.article.text) for item in items}):
            names = [item.article.id for item in items]  # copies of an article are one article
        origins = None if names is None else {place: names[i] for place, i in gathered.places.items()}
        return gathered.articles, values, origins

    def _labels_of(self, labels: Sequence[str], other: Any = None) -> list[Mapping[str, str]]:
        """Give the labels of each item by column; ``other`` are those of another column that is learned with it."""
        return [{self.column: label} for label in labels]

    def _codes(self, values: Mapping[str, Any]) -> tuple[str, ...]:
        """Give numbers in their order where they are the labels: scikit-learn numbers labels where it asks for chances."""
        is_numbered = self.labels is None and not any(isinstance(value, str) for value in values.values())
        return tuple(sorted(values, key=values.__getitem__)) if is_numbered else ()

    def check_labels(self, counts: Mapping[str, int], *, has_codes: bool = False) -> None:
        """Refuse labels that nothing can be learned from.

        Raises
        ------
        ValueError
            If there is one at most, or one that the column does not have.
        """
        if not counts:
            raise DataError(f"no sentence has a label in {self.column!r}; label some sentences, or give another column.")
        if len(counts) == 1:
            raise DataError(f"y has only one label, {next(iter(counts))!r}; training needs two or more.")
        known = self.label_names if self.labels is not None else self._scheme
        if known and not has_codes and (wrong := sorted(set(counts) - set(known))):
            raise DataError(f"{wrong[0]!r} is not a label of {self.column}; the labels are {', '.join(known)}.")
        check_names(counts)

    @property
    def _scheme(self) -> tuple[str, ...]:
        """The labels that the column may have; empty where it may have any."""
        return ()

    def _asked(self, X: Any) -> tuple[Rows, Any]:
        """Describe what the model is asked; give the rows, and where among them each item stands."""
        self.check_fitted()
        if isinstance(X, Rows):
            return X, slice(None)
        if are_articles(X := listed_items(X, need_target=self.needs_target)):
            X = [item for a in X for item in self._sentences_of(a)]
        items = items_of(X, need_target=self.needs_target)
        fill = self._labels_of([str(self.label_names[0])])[0]
        with ONE_AT_A_TIME:
            gathered = gather(items, [fill] * len(items), fill=fill, aliases=self._names_of_targets)
            rows = self.asked_rows(gathered.articles, shipped_candidates(gathered.articles, self.word_reader))
        asked = [(number, n, target) for number, a in enumerate(gathered.articles) for n, target in self.asked_items(a)]
        where = {gathered.places[place]: row for row, place in enumerate(asked) if place in gathered.places}
        return rows, np.array([where[i] for i in range(len(items))], dtype=np.int64)

    @property
    def _names_of_targets(self) -> Mapping[str, Sequence[str]] | None:
        return self.aliases

    def _sentences_of(self, labelled: LabelledArticle) -> list[SentenceIn]:
        return [SentenceIn(labelled.article, s.span) for s in labelled.sentences]

    def predict(self, X: Any) -> NDArray[Any]:
        """Label sentences.

        Parameters
        ----------
        X : sequence of str or of SentenceIn, length n_sentences
            See `fit`. Of whole articles every sentence is labelled.

        Returns
        -------
        ndarray of shape (n_sentences,)

        Raises
        ------
        NotFittedError
            Before `fit`.
        ValueError
            If X is empty or holds something else.
        """
        rows, where = self._asked(X)
        names: Strings = self.names(rows)[where]
        if self.classes_.dtype.kind == "U":
            return names
        number = {name: i for i, name in enumerate(self.label_names)}
        return np.asarray(self.classes_[[number[str(name)] for name in names]])

    def predict_proba(self, X: Any) -> Floats64:
        """Give the probability of each label, calibrated on held-out sentences.

        Parameters
        ----------
        X : sequence of str or of SentenceIn, length n_sentences

        Returns
        -------
        ndarray of shape (n_sentences, n_classes)
            In the order of ``classes_``; each row sums to 1.
        """
        rows, where = self._asked(X)
        return np.asarray(self.outputs(rows).chances[where])

    def score(self, X: Any, y: Any = None, sample_weight: Any = None) -> float:
        """Give the accuracy.

        Parameters
        ----------
        X : sequence of str or of SentenceIn, length n_sentences
        y : sequence of length n_sentences
            The right labels. Labelled articles and rows hold theirs.
        sample_weight : sequence of length n_sentences, optional
        """
        if y is None and isinstance(X, Rows):
            y = [self.label(str(answer)) for answer in X.labels]
        elif y is None and are_articles(X := listed_items(X, need_target=self.needs_target)):
            X, y, _ = SentenceIn.labelled(X, self.column)
        return float(super().score(X, y, sample_weight))


def are_articles(values: Sequence[Any]) -> bool:
    """Tell whether these are labelled articles.

    Raises
    ------
    ValueError
        If some are and others are not.
    """
    n = sum(isinstance(value, LabelledArticle) for value in values)
    if 0 < n < len(values):
        raise DataError("X mixes labelled articles and other items; give only one type.")
    return n > 0
