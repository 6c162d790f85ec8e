"""Attributions: spans of source, cue and content, instead of labels of sentences."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Self

from threadpoolctl import threadpool_limits

from ...classify.annotation.attributions import attributions_by_sentence
from ...classify.attribution.extractor import AttributionModel, Candidate, Extractor
from ...classify.attribution.source_ends import with_descriptions
from ...classify.kinds.reading import Reading
from ...classify.language.article_tokens import view
from ...classify.language.word_forms import ONE_AT_A_TIME
from ...classify.linear.composed import ATTRIBUTION
from ...classify.model_files.files import as_saved
from ...classify.speech.corrections import corrected
from ...data.articles.notices import Say
from ...data.articles.sentences import in_sentences
from ...data.records import Article, Attribution, LabelledArticle, Sentence, Span
from ..attribution.fit import fit_attribution
from ..attribution.marked_tokens import tokens_in
from ..given_reader import Given, check_unseen, loaded_reader, reader_for
from ..held_out_attributions import ENOUGH_ARTICLES, ENOUGH_MARKS, can_be_fitted, is_marked
from ..manifest import about_model, about_unnamed
from ..measures.attribution_scores import count, score_attributions
from .base import Saved, are_articles
from .parameters import check_parameters
from .sentence_in import DataError, is_missing, listed


class AttributionExtractor(Saved):
    """Find who says what in articles: the words that name a source, the cue, and what is said.

    Parameters
    ----------
    seed : int
        Seed of the folds, and of the order in which weights are learned.
    reader : WordReader, str or Path, optional
        A small transformer that reads the articles too: ``minilm``, or the folder of a reader. Slower, and finds more.

    Attributes
    ----------
    model_ : AttributionModel
    scores_ : dict of str to float
        Precision, recall and F1 on the training articles, by models that were not trained on them.
    about_ : dict
        What a model file says about how the model was made.

    Examples
    --------
    The extractor of the built-in model:

    >>> import sayso
    >>> from sayso.classify.model_files.shipped import shipped_model
    >>> extractor = sayso.load_model(shipped_model("attribution"))
    >>> text = "The pier is safe, harbour master Ines Tolk said on Monday."
    >>> [(a,)] = [extractor.predict([text])[0]]
    >>> a.source.of(text), a.cue.of(text), [span.of(text) for span in a.content]
    ('harbour master Ines Tolk', 'said', ['The pier is safe'])
    """

    model_: AttributionModel
    scores_: dict[str, float]

    def __init__(self, *, seed: int = 0, reader: Given | None = None) -> None:
        self.seed = seed
        self.reader = reader

    def fit(self, X: Any, y: Any = None, groups: Any = None, *, notice: Say = lambda _: None) -> Self:
        """Fit the model.

        Parameters
        ----------
        X : sequence of str or of Article, length n_articles
            Labelled articles have their own attributions; only articles with all attributions marked are used.
        y : sequence of sequence of Attribution, length n_articles
            All attributions of each article.
        groups : None
            Articles are held out one by one.
        notice : callable of str
            Told what is being done.

        Returns
        -------
        self

        Raises
        ------
        ValueError
            If too little is marked, X and y do not fit together, or the reader has learned from some of the articles.
        """
        check_parameters(self.get_params(deep=False))
        if groups is not None:
            raise DataError("the extractor takes no groups: its own folds hold out whole articles; leave out groups.")
        articles = self.labelled_articles(X, y)
        if not can_be_fitted(articles):
            raise DataError(
                f"attribution needs {ENOUGH_ARTICLES} articles with all their attributions marked, and "
                f"{ENOUGH_MARKS} attributions "
                f"in total; the data has {sum(map(is_marked, articles))} such articles."
            )
        marked = [a for a in articles if is_marked(a)]
        reader = loaded_reader(self.reader)
        check_unseen(reader, marked)
        self.scores_ = _scores(marked, self.fit_marked(marked, notice))
        self.model_ = as_saved(self.model_)
        self.about_ = about_model({"data": articles}, self.seed, {}, reader)
        return self

    def fit_marked(self, articles: Sequence[LabelledArticle], notice: Say = lambda _: None) -> list[list[Candidate]]:
        """Fit on articles in which all attributions are marked, however few; give what models of others found in each."""
        with threadpool_limits(1):  # the same sums on every machine
            fitted = fit_attribution(articles, seed=self.seed, notice=notice, reader=loaded_reader(self.reader))
        self.model_, self.about_ = fitted.model, about_unnamed(self.seed)
        return fitted.out_of_fold

    def of(self, model: AttributionModel) -> Self:
        """Make it fitted, with a model that was fitted before."""
        self.model_, self.about_ = model, {}
        return self

    def labelled_articles(self, X: Any, y: Any = None) -> list[LabelledArticle]:
        """Give what `fit` learns from as labelled articles."""
        if are_articles(X := listed(X, "texts or articles")):
            if y is not None:
                raise DataError("X holds labelled articles, which have their own attributions; leave out y.")
            return list(X)
        if y is None or isinstance(y, str) or len(y) != len(X):
            given = "none" if y is None else f"{len(y)}"
            raise DataError(f"X has {len(X)} articles and y has {given}; give a list of attributions for each article.")
        return [_marked(article, found, n) for n, (article, found) in enumerate(zip(_articles(X), y, strict=True))]

    def predict(self, X: Any) -> list[list[Attribution]]:
        """Find the attributions of articles.

        Parameters
        ----------
        X : sequence of str, of Article or of LabelledArticle, length n_articles

        Returns
        -------
        list of list of Attribution, length n_articles
            In the order of their cues.
        """
        self.check_fitted()
        extractor = self.extractor()
        with ONE_AT_A_TIME:
            if not are_articles(X := listed(X, "texts or articles")):
                X = [in_sentences(article) for article in _articles(X)]
            return [_found(extractor, labelled) for labelled in X]

    def extractor(self) -> Extractor:
        """Give what finds attributions with the fitted model.

        Raises
        ------
        ValueError
            If the model was trained with another reader, or with one where there is none.
        """
        reader = reader_for(self.model_.reader, self.reader, type(self).__name__)
        return Extractor.of(self.model_, reader if self.model_.reader else None)

    def score(self, X: Any, y: Any = None) -> float:
        """Give the F1 of the attributions found. One is correct if it shares most of its words with a marked one."""
        self.check_fitted()
        articles = self.labelled_articles(X, y)
        counts = [
            count(a.article.text, [x for s in a.sentences for x in s.attributions], found)
            for a, found in zip(articles, self.predict(articles), strict=True)
        ]
        return float(score_attributions(counts, list(range(len(counts))))["all"].measures["overlap"].f1)


def _articles(X: Sequence[Any]) -> list[Article]:
    """Read texts and articles.

    Raises
    ------
    DataError
        If one is missing, empty, or something else.
    """
    found = []
    for number, value in enumerate(X):
        if is_missing(value):
            raise DataError(f"X[{number}] has no value; leave it out.")
        article = Article(str(number + 1), value.replace("\r\n", "\n")) if isinstance(value, str) else value
        if not isinstance(article, Article):
            raise DataError(f"X[{number}] is a {type(value).__name__}, not a text or an Article.")
        if not article.text.strip():
            raise DataError(f"X[{number}] is an empty text; leave it out.")
        found.append(article)
    return found


def _marked(article: Article, attributions: Any, number: int) -> LabelledArticle:
    """Put attributions into the sentences that hold their cues, or without one where their content begins."""
    labelled = in_sentences(article)
    own: list[list[Attribution]] = [[] for _ in labelled.sentences]
    for one in attributions:
        if not isinstance(one, Attribution):
            raise DataError(f"y[{number}] holds a {type(one).__name__}; give a list of Attribution for each article.")
        one = _with_spans(one)
        spans = [span for span in (one.cue, *one.content) if span]
        every = [*spans, *([one.source] if one.source else [])]
        if not spans or not all(0 <= start < end <= len(article.text) for start, end in every):
            raise DataError(f"y[{number}]: an attribution has no span in its article; give it a cue or content.")
        if own:
            own[next((s.n for s in reversed(labelled.sentences) if s.span.start <= spans[0].start), 0)].append(one)
    sentences = tuple(Sentence(s.n, s.span, attributions=tuple(of)) for s, of in zip(labelled.sentences, own, strict=True))
    return LabelledArticle(article, sentences, complete=frozenset((ATTRIBUTION,)))


def _with_spans(a: Attribution) -> Attribution:
    """Make spans of pairs of numbers."""
    source, cue = (Span(*pair) if pair else None for pair in (a.source, a.cue))
    return replace(a, source=source, cue=cue, content=tuple(Span(*pair) for pair in a.content))


def _found(extractor: Extractor, labelled: LabelledArticle) -> list[Attribution]:
    seen = view(labelled.article.text, [s.span for s in labelled.sentences])
    if not seen.spans:
        return []
    every = corrected(seen, extractor.extract(seen))
    reading = Reading.of(seen, every)
    likely = with_descriptions(seen, extractor.likely(every))
    types = [guess.source_type or "none" for guess in reading.guesses]
    by_sentence = attributions_by_sentence(seen, likely, reading.resolved, reading.spoken, types)
    return [
        Attribution(f.source, f.cue, f.content, f.speaker, f.source_type)
        for n in sorted(by_sentence)
        for f in by_sentence[n]
    ]


def _scores(articles: Sequence[LabelledArticle], found: Sequence[Sequence[Candidate]]) -> dict[str, float]:
    """Compare found attributions with the marked ones: right is one whose words are mostly those of a marked one."""
    n_right = n_hit = n_found = n_marked = 0
    for labelled, candidates in zip(articles, found, strict=True):
        tokens = view(labelled.article.text, [s.span for s in labelled.sentences])
        marked_contents = [
            {t for span in a.content for t in tokens_in(tokens, span)} for s in labelled.sentences for a in s.attributions
        ]
        found_contents = [set(c.content.tolist()) for c in candidates]
        n_right += sum(any(_alike(f, m) for m in marked_contents) for f in found_contents)
        n_hit += sum(any(_alike(f, m) for f in found_contents) for m in marked_contents)
        n_found, n_marked = n_found + len(found_contents), n_marked + len(marked_contents)
    precision, recall = n_right / max(n_found, 1), n_hit / max(n_marked, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def _alike(one: set[int], other: set[int]) -> bool:
    """Tell whether two contents share half of what they hold together."""
    return 2 * len(one & other) >= len(one | other) > 0
