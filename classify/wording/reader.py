"""The text classifier at work on the sentences of an article: numpy does, nothing of what training needs is imported."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from ...data.arrays import Floats32, Floats64, Ints, Strings, softmax
from ...data.records import Span
from ..attribution.extractor import Candidate
from ..kinds.features import Features, MainAttribution
from ..language.article_tokens import View
from ..linear.named import SentenceModel
from ..model_files.shipped_words import default_features, sentence_tokens
from ..stance_bias.bias import Tokens, loaded_spans
from ..stance_bias.stance import Judged, never_told
from ..stance_bias.targets import Target, find_target
from .describe import describe_article
from .encoders import Encoder
from .model import TextModel, word_scores
from .vectors import encode_texts, encoded_texts


@dataclass(frozen=True, slots=True)
class Named:
    """Features of sentences by name; what `LaidOut` is to training."""

    rows: list[Features]

    def take(self, index: Ints) -> "Named":
        """Give some of the sentences."""
        return Named([self.rows[i] for i in index.tolist()])

    def logits(self, model: SentenceModel) -> Floats64:
        """Score all sentences."""
        return np.asarray(model.logits(self.rows), dtype=np.float64)

    def beside(self, names: Sequence[str], values: Floats32) -> "Named":
        """Add features: ``values`` has the shape (n_sentences, n_new)."""
        return self.with_rows([dict(zip(names, row, strict=True)) for row in values.tolist()])

    def with_rows(self, rows: Sequence[Features]) -> "Named":
        """Add features by name, a row for each sentence."""
        return Named([{**old, **new} for old, new in zip(self.rows, rows, strict=True)])


@dataclass(frozen=True, slots=True)
class Page:
    """The sentences of one article as `TextModel` looks at them.

    Parameters
    ----------
    laid : Named
    targets : ndarray of str, shape (n_sentences,)
    tokens : list of Tokens, length n_sentences, or empty
    """

    laid: Named
    targets: Strings
    tokens: list[Tokens] = field(default_factory=list)

    @property
    def groups(self) -> Ints:
        """Number the articles: there is one."""
        return np.zeros(len(self.targets), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class TextReader:
    """Labels the sentences of articles with a fitted model.

    Parameters
    ----------
    model : TextModel
    encoder : Encoder or None
        The one that the model was trained with.
    """

    model: TextModel
    encoder: Encoder | None = None

    @property
    def labels(self) -> Sequence[str]:
        """The labels, in the order of the chances."""
        return self.model.labels

    def chances(
        self, tokens: View, title: str | None, candidates: Sequence[Candidate], target: Target | None = None
    ) -> Floats64:
        """Give the chance of each label for all sentences of an article, of a stance towards one target.

        Returns
        -------
        ndarray of shape (n_sentences, n_labels)
        """
        return softmax(self.model.outputs(self._page(tokens, title, candidates, target)))

    def stances(
        self,
        tokens: View,
        title: str | None,
        candidates: Sequence[Candidate],
        spoken: Sequence[MainAttribution],
        targets: Sequence[Target],
    ) -> list[Judged]:
        """Judge the sentences of an article towards each target; see `tasks.protocol`."""
        judged = []
        for target in targets:
            marked = find_target(tokens, target, candidates, spoken).named
            named = np.array([bool(marked[first:last].any()) for first, last in tokens.sentences], dtype=np.bool_)
            judged.append(Judged.of(self.chances(tokens, title, candidates, target), named, self.model.told_from))
        return judged

    def never_told(self) -> list[str]:
        """Name the labels that are never told; see `tasks.protocol`."""
        return never_told(self.labels, self.model.told_from)

    def unknown(self, targets: Sequence[Target]) -> list[str]:
        """Name the targets that training had no sentence about."""
        return [target.name for target in targets if self.known(target) is None]

    @property
    def by_words(self) -> bool:
        """The whole wording decides, not single words."""
        return False

    def loaded_words(
        self, views: Sequence[View], titles: Sequence[str | None], candidates: Sequence[Sequence[Candidate]]
    ) -> list[tuple[Floats64, list[tuple[Span, ...]]]]:
        """Give for each article the chances, and the loaded words of biased sentences; none where none were marked."""
        return [self._loaded_words(*article) for article in zip(views, titles, candidates, strict=True)]

    def _loaded_words(
        self, seen: View, title: str | None, candidates: Sequence[Candidate]
    ) -> tuple[Floats64, list[tuple[Span, ...]]]:
        page = self._page(seen, title, candidates, None)
        likely = softmax(self.model.outputs(page))
        words: list[tuple[Span, ...]] = [()] * len(likely)
        if self.model.words is None or not page.tokens:
            return likely, words
        scores = np.concatenate(word_scores(self.model.words, page.tokens))
        whose = np.concatenate([t.whose for t in page.tokens])
        biased = likely[:, self.model.labels.index("biased")] >= likely.max(axis=1)
        for n in np.flatnonzero(biased).tolist():
            words[n] = loaded_spans(seen, scores, whose, n, self.model.word_threshold)
        return likely, words

    def known(self, target: Target) -> str | None:
        """Give the model's name for a target, by any of its names; None where training had none."""
        names = set(target.names)
        return next((name for name, aliases in self.model.targets.items() if names & set(Target(name, aliases).names)), None)

    def _page(self, seen: View, title: str | None, candidates: Sequence[Candidate], target: Target | None) -> Page:
        recipe, of = self.model.recipe, ""
        if target is not None:
            of = self.known(target) or target.name
            target = Target(of, (target.name, *target.aliases, *self.model.targets.get(of, ())))
        asked = [(n, of) for n in range(len(seen.spans))]
        laid = Named(describe_article(seen, title, candidates, asked, [target] if target else [], recipe))
        if self.encoder is not None and recipe.vectors and asked:
            texts = encoded_texts(seen, asked, [target] if target else [], recipe)
            laid = laid.beside(*encode_texts(self.encoder, texts, recipe.vectors))
        page = Page(laid, np.array([of] * len(asked), dtype=np.str_))
        if not recipe.loaded or not asked:
            return page
        page = replace(page, tokens=sentence_tokens(seen, candidates))
        return replace(page, laid=laid.with_rows(default_features(page))) if recipe.default else page
