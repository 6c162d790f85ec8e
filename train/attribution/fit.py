"""Fitting the attribution model on articles whose attributions are marked."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from ...classify.attribution.candidate_rerank import candidate_features, measure
from ...classify.attribution.content_extent import REACH, Sentences, step_out
from ...classify.attribution.extractor import (
    GLANCE,
    LIKELY,
    N_LABELS,
    POSSIBLE,
    Arguments,
    AttributionModel,
    Candidate,
    choose,
    cue_chances,
    features_of,
    first_look,
    glance_at,
    label_scores,
    may_be_cue,
    read_arguments,
    rescore,
)
from ...classify.attribution.features import argument_features, cue_features, glance_features
from ...classify.attribution.label_spans import BEGIN_CONTENT, BEGIN_CUE, BEGIN_SOURCE, SpanCandidates
from ...classify.attribution.span_choice import FirstLook
from ...classify.attribution.token_arrays import TokenArrays, pair, token_arrays
from ...classify.attribution.word_features import MARK_SHAPE, N_PRIORS, PRIOR_EDGES, SHAPE, Words
from ...classify.language.article_tokens import View, view
from ...classify.linear.hashed import Columns, Features, Hashes, Table, Weights
from ...classify.speech.corrections import corrected
from ...classify.word_reader.reader import WordReader
from ...data.arrays import Bools, Floats64, Ints
from ...data.articles.notices import Say
from ...data.records import LabelledArticle
from ...errors import SaysoError
from .fit_span_choice import fit_whole_spans
from .hashed_logistic import FeatureRows, HashedFit, fit_hashed, fit_mixed
from .marked_tokens import Gold, gold_of, tokens_in, with_whole_sources
from .word_clusters import word_clusters

_PRIOR_FOLDS = 10  # a word's cue prior comes from other articles; with its own it tells the label (cue F1 77 -> 74)
_STEPS = {  # by step; what is kept is cut so that the model's file stays below two megabytes
    "glance": HashedFit(2, alpha=5e-5, epochs=10, n_kept=15_000),
    "cue": HashedFit(2, alpha=5e-5, epochs=10, n_kept=140_000),
    "argument": HashedFit(N_LABELS, alpha=3e-6, epochs=4, n_kept=140_000),  # other penalties: docs/models.md
    "reach": HashedFit(2, alpha=1e-5, epochs=10, n_kept=4_000),
}
_RERANK_C = 0.005  # chosen on 280 held-out articles of PolNeAR's training part
_KEPT_JUDGE = 15_000
_WIDER = 1.5  # logits: what the glance would just leave out is trained on, too


Describe = Callable[[Features, TokenArrays, Ints], None]
"""Gives the features of tokens of an article."""


@dataclass(frozen=True, slots=True)
class FittedAttribution:
    """A model, and what models that had not seen an article find in it.

    Parameters
    ----------
    model : AttributionModel
        Fitted on all articles.
    out_of_fold : list of list of Candidate, length n_articles
        For features of later models.
    """

    model: AttributionModel
    out_of_fold: list[list[Candidate]]


def cue_priors(views: Sequence[View], articles: Sequence[LabelledArticle]) -> tuple[list[Counter[str]], list[Counter[str]]]:
    """Count, by article, how often each word occurs, and how often inside a cue (a part of one in a longer cue)."""
    seen, cued = [], []
    for v, labelled in zip(views, articles, strict=True):
        seen.append(Counter(v.lower))
        hits: Counter[str] = Counter()
        for s in labelled.sentences:
            for a in s.attributions:
                if a.cue:
                    hits.update(v.lower[t] for t in tokens_in(v, a.cue) if v.words[t].isalnum() or "-" in v.words[t])
        cued.append(hits)
    return seen, cued


def priors_of(seen: Sequence[Counter[str]], cued: Sequence[Counter[str]]) -> dict[str, float]:
    """Give how often each word that is ever part of a cue is one; both are what `cue_priors` gives."""
    total: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    for s, c in zip(seen, cued, strict=True):
        total.update(s)
        hits.update(c)
    return {word: n / (total[word] + 1.0) for word, n in hits.items()}


def _buckets(priors: Mapping[str, float]) -> dict[str, int]:
    edges = np.array(PRIOR_EDGES)
    found = {word: int(np.searchsorted(edges, p, side="right")) for word, p in priors.items()}
    return {word: min(b, N_PRIORS - 2) for word, b in found.items() if b}


@dataclass(frozen=True, slots=True)
class _How:
    """How the steps are fitted."""

    folds: int
    seed: int
    passes: float

    def fit(self, rows: FeatureRows, labels: Ints, step: str, chosen: Bools | None = None) -> Weights:
        """Fit one of `_STEPS`, on the chosen rows or on all."""
        usual = _STEPS[step]
        how = usual._replace(epochs=max(1, round(self.passes * usual.epochs)))
        return fit_hashed(rows, labels, how, chosen=chosen, seed=self.seed)


@dataclass(slots=True)
class _Material:
    """The training articles, each seen with words whose priors come from other articles."""

    views: list[View]
    arrays_by_article: list[TokenArrays]
    gold: list[list[Gold]]
    fold: Ints

    def by_fold(self, n_folds: int) -> Iterator[tuple[int, list[int]]]:
        """Give each fold and its articles: a fold's tables of weights are large, so one at a time is laid out."""
        for k in range(n_folds):
            yield k, np.flatnonzero(self.fold == k).tolist()


def fit_attribution(
    articles: Sequence[LabelledArticle],
    *,
    seed: int = 0,
    folds: int = 3,
    passes: float = 1.0,
    notice: Say = lambda _: None,
    reader: WordReader | None = None,
) -> FittedAttribution:
    """Fit the four steps.

    Parameters
    ----------
    articles : sequence of LabelledArticle
        Their attributions are taken as complete.
    seed : int
    folds : int
        In how many parts the articles are held out in turn; fewer are faster.
    passes : float
        How often the rows are gone through, as a multiple of the usual. A third is twice as fast, and good enough
        where the attributions only serve as features.
    notice : callable of str
        Told what is being done.
    reader : WordReader, optional
        One that learned from none of these articles.
    """
    views = [view(a.article.text, [s.span for s in a.sentences]) for a in articles]
    notice("words")
    clusters = word_clusters([v.lower for v in views], seed=seed)
    seen, cued = cue_priors(views, articles)
    final = priors_of(seen, cued)
    order = np.random.default_rng(seed).permutation(len(articles))
    prior_fold = np.empty(len(articles), dtype=np.int64)
    prior_fold[order] = np.arange(len(articles)) % _PRIOR_FOLDS
    words_of: list[Words] = []
    for k in range(_PRIOR_FOLDS):
        kept = np.flatnonzero(prior_fold != k)
        words_of.append(Words(clusters, _buckets(priors_of([seen[i] for i in kept], [cued[i] for i in kept]))))
    arrays_by_article = [
        token_arrays([v], words_of[prior_fold[i]], reader.read_all([v]) if reader else None) for i, v in enumerate(views)
    ]
    gold = [
        with_whole_sources(v, gold_of(v, [x for s in a.sentences for x in s.attributions], final))
        for v, a in zip(views, articles, strict=True)
    ]
    fold = np.empty(len(articles), dtype=np.int64)
    fold[order] = np.arange(len(articles)) % folds
    material = _Material(views, arrays_by_article, gold, fold)
    words = Words(clusters, _buckets(final))
    fitted = _fit_steps(material, words, _How(folds, seed, passes), notice)
    return replace(fitted, model=replace(fitted.model, reader=reader.as_json())) if reader else fitted


def _fit_steps(material: _Material, words: Words, how: _How, notice: Say) -> FittedAttribution:
    notice("cues")
    glance, cue, chances = _fit_cues(material, how)
    notice("arguments")
    argument, arguments = _fit_folds(_argument_rows(material, chances), "argument", material, how)
    reach, reaches = _fit_folds(_reach_rows(material, chances), "reach", material, how)
    notice("second look")
    (content, source), spans = _fit_second_look(material, chances, arguments, how)
    notice("choice")
    found = [SpanCandidates.nothing()] * len(chances)
    for k, members in material.by_fold(how.folds):
        tables = Arguments.of(arguments[k], *spans[k], reaches[k])
        for i in members:
            anchors = np.flatnonzero(chances[i] >= LIKELY)
            found[i] = read_arguments(material.arrays_by_article[i], anchors, chances[i], tables)
    (rerank, judge), reranks = _fit_rerank(material, found, how)
    chosen: list[list[Candidate]] = [[]] * len(found)
    for k, members in material.by_fold(how.folds):
        weights, table = reranks[k][0], Table.of(reranks[k][1])
        for i in members:
            scores = rescore(found[i], material.arrays_by_article[i], weights, table)
            chosen[i] = choose(found[i], scores, POSSIBLE)
    model = AttributionModel(words, glance, cue, argument, content, source, reach, judge, rerank)
    return FittedAttribution(model, [corrected(v, found) for v, found in zip(material.views, chosen, strict=True)])


@dataclass(frozen=True, slots=True)
class _StepRows:
    """What a step is fitted on: features, labels, and the number of the article, ``owner``."""

    features: FeatureRows
    labels: Ints
    owner: Ints


def _fit_folds(rows: _StepRows, step: str, material: _Material, how: _How) -> tuple[Weights, list[Weights]]:
    """Fit a step on everything, and once without each fold."""
    fold = material.fold[rows.owner]
    without = [how.fit(rows.features, rows.labels, step, fold != k) for k in range(how.folds)]
    return how.fit(rows.features, rows.labels, step), without


def _fit_cues(material: _Material, how: _How) -> tuple[Weights, Weights, list[Floats64]]:
    """Fit the glance and the cue step; the chances of each article come from the fold that did not see it."""
    tokens = [may_be_cue(arrays) for arrays in material.arrays_by_article]
    describe: list[Describe] = [glance_features] * len(tokens)
    first = _cue_rows(material, tokens, describe, "glance")
    glance, glances = _fit_folds(first, "glance", material, how)
    for k, members in material.by_fold(how.folds):
        table = Table.of(glances[k])
        for i in members:
            glanced = glance_at(material.arrays_by_article[i], tokens[i], table)
            tokens[i] = tokens[i][glanced[tokens[i]] > GLANCE - _WIDER]  # what is hardly a cue teaches what none looks like
            describe[i] = partial(cue_features, glanced=glanced)
    rows = _cue_rows(material, tokens, describe, "cue")
    cue, cues = _fit_folds(rows, "cue", material, how)
    chances = [np.zeros(0)] * len(tokens)
    for k, members in material.by_fold(how.folds):
        tables = Table.of(glances[k]), Table.of(cues[k])
        for i in members:
            chances[i] = cue_chances(material.arrays_by_article[i], *tables)
    return glance, cue, chances


def _fit_second_look(
    material: _Material, chances: Sequence[Floats64], arguments: Sequence[Weights], how: _How
) -> tuple[tuple[Weights, Weights], list[tuple[Weights, Weights]]]:
    """Fit the choice of whole spans on what models that had not seen an article make of its tokens."""
    looks: dict[int, FirstLook] = {}
    for k, members in material.by_fold(how.folds):
        table = Table.of(arguments[k])
        for i in members:
            arrays, chance = material.arrays_by_article[i], chances[i]
            if len(anchors := np.flatnonzero(chance >= LIKELY)):
                pairs = pair(arrays, anchors)
                looks[i] = first_look(arrays, pairs, label_scores(arrays, pairs, chance, table), chance)
    numbers = sorted(looks)
    gold = [material.gold[i] for i in numbers]
    return fit_whole_spans([looks[i] for i in numbers], gold, material.fold[numbers], how.folds)


def _fit_rerank(
    material: _Material, found: Sequence[SpanCandidates], how: _How
) -> tuple[tuple[Floats64, Weights], list[tuple[Floats64, Weights]]]:
    """Learn which candidates are right from those that models without their article found; again without each fold."""
    measures, hashes, right, owner = [], [], [], []
    for i, (candidates, arrays) in enumerate(zip(found, material.arrays_by_article, strict=True)):
        if len(candidates):
            kept = Columns()
            measures.append(measure(candidates, arrays))
            candidate_features(features_of(kept, "judge"), candidates, arrays, measures[-1])
            hashes.append(kept.hashes())
            right += [_is_right(candidates.content(n), material.gold[i], arrays) for n in range(len(candidates))]
            owner += [i] * len(candidates)
    if len(set(right)) < 2:
        raise SaysoError("too few attributions are marked to train on; give more articles with marked spans.")
    rows = _RerankRows(np.concatenate(measures), np.concatenate(hashes), np.array(right), material.fold[owner])
    without = [rows.fit(rows.fold != k) for k in range(how.folds)]
    return rows.fit(rows.fold >= 0), without


@dataclass(frozen=True, slots=True)
class _RerankRows:
    """Candidates: their measures and features, and whether they are right."""

    measures: Floats64
    hashes: Hashes
    labels: Ints
    fold: Ints

    def fit(self, chosen: Bools) -> tuple[Floats64, Weights]:
        """Fit on some of them; where all are right or all wrong, on all."""
        chosen = chosen if len(set(self.labels[chosen].tolist())) > 1 else np.ones_like(chosen)
        rows = self.measures[chosen], self.hashes[chosen], self.labels[chosen]
        return fit_mixed(*rows, strength=_RERANK_C, n_kept=_KEPT_JUDGE)


def _is_right(content: Ints, gold: Sequence[Gold], arrays: TokenArrays) -> int:
    shape = arrays.words[SHAPE]
    said = {t for t in content.tolist() if shape[t] != MARK_SHAPE}
    for g in gold:
        theirs = {t for t in g.content if shape[t] != MARK_SHAPE}
        if said and 2 * len(said & theirs) >= len(said | theirs):
            return 1
    return 0


def _cue_rows(material: _Material, tokens: Sequence[Ints], describe: Sequence[Describe], step: str) -> _StepRows:
    hashes, labels, owner = [], [], []
    for i, arrays in enumerate(material.arrays_by_article):
        kept = Columns()
        describe[i](features_of(kept, step), arrays, tokens[i])
        hashes.append(kept.hashes())
        labels.append(np.isin(tokens[i], [g.anchor for g in material.gold[i]]).astype(np.int64))
        owner.append(np.full(len(tokens[i]), i))
    return _StepRows(FeatureRows.of(hashes), np.concatenate(labels), np.concatenate(owner))


def _argument_rows(material: _Material, chances: Sequence[Floats64]) -> _StepRows:
    """Tokens as seen from marked cues."""
    hashes, labels, owner = [], [], []
    for i, arrays in enumerate(material.arrays_by_article):
        gold = [g for g in material.gold[i] if g.anchor >= 0]
        if not gold:
            continue
        pairs = pair(arrays, np.array([g.anchor for g in gold], dtype=np.int64))
        kept = Columns()
        argument_features(features_of(kept, "argument"), arrays, pairs, chances[i])
        hashes.append(kept.hashes())
        labels.append(_tags(gold, pairs.tokens, pairs.lengths))
        owner.append(np.full(len(pairs.tokens), i))
    if not hashes:
        raise SaysoError("these articles have no marked attribution with a cue; mark some to train on.")
    return _StepRows(FeatureRows.of(hashes), np.concatenate(labels), np.concatenate(owner))


def _tags(gold: Sequence[Gold], tokens: Ints, lengths: Ints) -> Ints:
    """Label each token as seen from each cue; see `label_spans.LABELS`."""
    labels = np.zeros(len(tokens), dtype=np.int64)
    ends = np.cumsum(lengths)
    for g, end, length in zip(gold, ends, lengths, strict=True):
        part = slice(int(end - length), int(end))
        mine = tokens[part]
        tags = labels[part]
        content = np.isin(mine, list(g.content))
        tags[content] = BEGIN_CONTENT + 1
        tags[content & ~np.concatenate([[False], content[:-1]])] = BEGIN_CONTENT
        for role, begin in ((g.source, BEGIN_SOURCE), (g.cue, BEGIN_CUE)):
            if role:
                inside = (mine >= role[0]) & (mine < role[1])
                tags[inside] = begin + 1
                tags[inside & (mine == max(role[0], int(mine[0])))] = begin
    return labels


def _reach_rows(material: _Material, chances: Sequence[Floats64]) -> _StepRows:
    """Sentences outward from each cue, up to the first that its content does not reach."""
    hashes, labels, owner = [], [], []
    for i, arrays in enumerate(material.arrays_by_article):
        gold = [g for g in material.gold[i] if g.anchor >= 0]
        if not gold:
            continue
        row, step, yes = [], [], []
        for number, g in enumerate(gold):
            said, home = _sentences_of(g, arrays), int(arrays.sentence[g.anchor])
            for sign in (-1, 1):
                far = next((d for d in range(1, REACH + 1) if home + sign * d not in said), REACH)
                row += [number] * far
                step += [sign * d for d in range(1, far + 1)]
        steps = step_out(arrays, np.array([g.anchor for g in gold]), np.array(row), np.array(step))
        yes = [int(n) in _sentences_of(gold[r], arrays) for r, n in zip(steps.row, steps.sentences, strict=True)]
        kept = Columns()
        Sentences(arrays, chances[i]).features(features_of(kept, "reach"), steps)
        hashes.append(kept.hashes())
        labels.append(np.array(yes, dtype=np.int64))
        owner.append(np.full(len(yes), i))
    return _StepRows(FeatureRows.of(hashes), np.concatenate(labels), np.concatenate(owner))


def _sentences_of(g: Gold, arrays: TokenArrays) -> set[int]:
    """The sentences of which the content holds a third or more of the words."""
    counts = Counter(int(arrays.sentence[t]) for t in g.content)
    lengths = arrays.bounds[:, 1] - arrays.bounds[:, 0]
    return {n for n, k in counts.items() if 3 * k >= lengths[n]}
