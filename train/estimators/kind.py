"""Kind and source type, learned together where both are known: they never contradict each other."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Self

from ...classify.attribution.extractor import Candidate
from ...classify.kinds.word_features import reads_words
from ...classify.linear.label_pairs import PAIRED
from ...classify.linear.named import SentenceModel
from ...classify.word_reader.reader import WordReader
from ...data.arrays import Strings
from ...data.articles.notices import Say
from ...data.records import LabelledArticle, Sentence, label_of
from ..given_reader import Given, loaded_reader, reader_for
from ..manifest import reader_versions
from ..sentences.fit_voice import fit_rows, fit_voice, voice_model
from ..sentences.logistic import fit_plain, fit_plain_calibrated
from ..sentences.rows import Rows, make_rows, voice_label, voice_rows
from ..tasks.outputs import Outputs, label_outputs, likeliest, paired_labels, paired_outputs
from .base import SentenceEstimator
from .sentence_in import DataError, is_missing

_MOSTLY = 0.5  # of the labelled sentences must have the other label too, to learn both together


class KindClassifier(SentenceEstimator):
    """Predict the kind of a sentence, or the type of its source.

    Parameters
    ----------
    column : {"kind", "source_type"}
        Which of the two is predicted.
    together : bool, optional
        Learn both together, from sentences that have both. Default: where most labelled sentences have both, which is
        known of labelled articles, and where `fit` is given ``other``.
    words : bool
        Without ``together``: the words themselves are features too.
    labels : sequence of str, optional
        The order of ``classes_``. Default: all labels of the column.
    calibrate : bool
        Calibrate the probabilities on held-out sentences. Without it they are less reliable.
    seed : int
        Of the folds of the calibration.
    reader : WordReader, str or Path, optional
        A small transformer that reads the articles too: ``minilm``, or the folder of a reader. Slower, and mostly better.

    Attributes
    ----------
    model_ : SentenceModel
    classes_ : ndarray of shape (n_classes,)
        All labels of the column, those too that ``y`` lacks; of numbers those in ``y``.
    about_ : dict
        What a model file says about how the model was made.

    Examples
    --------
    >>> import sayso
    >>> X = ["“We held the ropes,” said Ines Tolk.", "“It was cold,” said Ben Aru.", "“Go home,” Mia Lund said.",
    ...      "Rain fell on the pier.", "The school stays shut.", "Snow lay on the road."]
    >>> y = ["quote"] * 3 + ["narrative"] * 3
    >>> classifier = sayso.KindClassifier().fit(X, y)
    >>> classifier.predict(["“Stay there,” said Aldo Renn.", "Fog lay on the hill."]).tolist()
    ['quote', 'narrative']
    """

    def __init__(
        self,
        *,
        column: str = "kind",
        together: bool | None = None,
        words: bool = False,
        labels: Sequence[str] | None = None,
        calibrate: bool = True,
        seed: int = 0,
        reader: Given | None = None,
    ) -> None:
        self.column = column
        self.together = together
        self.words = words
        self.labels = labels
        self.calibrate = calibrate
        self.seed = seed
        self.reader = reader

    def fit(self, X: Any, y: Any = None, groups: Any = None, *, other: Any = None, notice: Say = lambda _: None) -> Self:
        """Fit the model, and calibrate its probabilities on held-out groups.

        Parameters
        ----------
        X, y, groups, notice
            See `SentenceEstimator.fit`.
        other : sequence of length n_sentences, optional
            The labels of the other column, source types beside kinds: then both are learned together. Sentences that
            lack one (None) are left out, unless they are most.

        Returns
        -------
        self

        Raises
        ------
        ValueError
            See `SentenceEstimator.fit`.
        """
        return self._fit_by_user(X, y, groups, other, notice)

    def _labels_of(self, labels: Sequence[str], other: Any = None) -> list[Mapping[str, str]]:
        if other is None:
            return super()._labels_of(labels)
        (column,) = (name for name in PAIRED if name != self.column)
        given = [None if is_missing(value) or value == "" else str(value) for value in other]
        if len(given) != len(labels):
            raise DataError(f"y has {len(labels)} labels and other has {len(given)}; give both for each item.")
        if wrong := sorted({beside for beside in given if beside} - set(PAIRED[column])):
            raise DataError(f"{wrong[0]!r} is not a label of {column}; the labels are {', '.join(PAIRED[column])}.")
        return [
            {self.column: label} | ({column: beside} if beside else {}) for label, beside in zip(labels, given, strict=True)
        ]

    def check_labels(self, counts: Mapping[str, int], *, has_codes: bool = False) -> None:
        """Refuse another column, too; see `SentenceEstimator`."""
        if self.column not in PAIRED:
            raise DataError(f"column is {self.column!r}; give kind or source_type, or use TextClassifier.")
        super().check_labels(counts, has_codes=has_codes)

    @property
    def columns(self) -> tuple[str, ...]:
        """The predicted column, and the other one where both are learned together; see `SentenceEstimator`."""
        others = [name for name in PAIRED if name != self.column]
        return (self.column, *(others if self.together is not False else ()))

    @property
    def settings(self) -> Mapping[str, Any]:
        """How it is learned; see `SentenceEstimator`."""
        reader = self.word_reader
        read = {"reader": {**reader.as_json(), **reader_versions()}} if reader else {}
        return {"way": type(self).__name__, "together": self.together is not False, "words": self.words, **read}

    @property
    def word_reader(self) -> WordReader | None:
        """The reader, opened; see `SentenceEstimator`."""
        return loaded_reader(self.reader)

    def having_reader(self, reader: WordReader) -> Self:
        """Give a copy that reads with it; see `SentenceEstimator`."""
        return self.having(reader=reader)

    @property
    def _scheme(self) -> tuple[str, ...]:
        return PAIRED.get(self.column, ())

    def answer(self, s: Sentence) -> str | None:
        """Give both labels as one where they are learned together; see `SentenceEstimator`."""
        return label_of(s, self.column) if self.together is False else voice_label(s)

    def label(self, answer: str) -> str:
        """Give the predicted column's part of both; see `SentenceEstimator`."""
        return answer.split("/")[self.column == "source_type"] if "/" in answer and self.together is not False else answer

    def suited(self, articles: Sequence[LabelledArticle]) -> Self:
        """Learn the one column alone where most of its sentences lack the other; see `SentenceEstimator`."""
        if self.together is not None:
            return self
        n_both = sum(1 for a in articles for s in a.sentences if voice_label(s))
        return self if n_both >= _MOSTLY * self.labels_in(articles).total() else self.having(together=False)

    def rows(self, articles: Sequence[LabelledArticle], candidates: Sequence[Sequence[Candidate]]) -> Rows:
        """Describe the sentences that have the label, or both; see `SentenceEstimator`."""
        if self.together is not False:
            return voice_rows(articles, candidates, reader=self.word_reader)
        return make_rows(articles, candidates, self.answer, words=self.words, reader=self.word_reader)

    def asked_rows(self, articles: Sequence[LabelledArticle], candidates: Sequence[Sequence[Candidate]]) -> Rows:
        """Describe them with words where the model looks at words; see `SentenceEstimator`."""
        reader = reader_for(self.model_.reader, self.reader, type(self).__name__) if self.model_.reader else None
        words = reads_words(self.model_.features)
        return make_rows(articles, candidates, lambda _: self.column, words=words, reader=reader)

    def fit_rows(self, rows: Any, notice: Say) -> SentenceModel:
        """Fit the three decisions that make both labels, or one logistic regression; see `SentenceEstimator`."""
        model, reader = self._fit_rows(rows, notice), self.word_reader
        return replace(model, reader=reader.as_json()) if reader else model

    def _fit_rows(self, rows: Any, notice: Say) -> SentenceModel:
        if self.together is not False:
            return fit_voice(rows, seed=self.seed, notice=notice) if self.calibrate else voice_model(fit_rows(rows))
        labels = self.label_names
        if self.calibrate:
            return fit_plain_calibrated(rows, self.column, labels, seed=self.seed, notice=notice)
        return fit_plain(rows, self.column, labels)

    def outputs(self, rows: Any) -> Outputs:
        """Score the features; see `SentenceEstimator`."""
        if self.model_.is_paired:
            return paired_outputs(self.column, self.model_, rows.features)
        return label_outputs(self.label_names, self.model_, rows.features)

    def names(self, rows: Any) -> Strings:
        """Label rows; see `SentenceEstimator`."""
        scores = self.model_.outputs(rows.features)
        return paired_labels(scores, self.column) if self.model_.is_paired else likeliest(self.model_.labels, scores)
