"""The attribution model at work: cues, their sources and what is said, found and linked by learned weights.

Five steps: how likely is each word a cue; which words of its sentence are source and content, as seen from the cue; which
whole spans, of those that these words make likely; how far the content reaches into the sentences around; and which of the
candidates to keep where they compete.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ...data.arrays import Bools, Floats32, Floats64, Ints, sigmoid
from ..language.article_tokens import View
from ..linear.hashed import Features, Sink, Table, Weights
from ..word_reader.reader import WordReader, check_word_reader
from .candidate_rerank import NEAREST, candidate_features, measure
from .candidate_spans import surest
from .content_extent import Sentences, Steps, reach
from .features import argument_features, cue_features, glance_features
from .label_spans import (
    BEGIN_SOURCE,
    LABELS,
    NOWHERE,
    ChosenSpans,
    LabelledPairs,
    SpanCandidates,
    best_paths,
    log_softmax,
    spans_of,
)
from .span_choice import ContentChoice, FirstLook, SourceChoice
from .token_arrays import Pairs, TokenArrays, pair, pair_counts, token_arrays
from .word_features import CUE as CUE_COLUMN
from .word_features import MARK_SHAPE, PRIOR, SHAPE, UNSEEN, Words

TOLD = 0.4  # from this score on an attribution counts while others are put right by it; `threshold` says what is printed
POSSIBLE = 0.15  # an attribution that scores less is not even a feature
LIKELY = 0.1  # a candidate below this chance is not looked at further
NESTED = 0.5  # a candidate within another's content is told where its chance is no less
GLANCE = -4.3  # a token whose logit at first glance is lower is not looked at closely
SOURCE_BONUS = 0.8  # added to the logarithm of a source label's chance: a missing source costs more than a wrong one
N_LABELS = len(LABELS)
SEEDS = {"cue": 1, "argument": 2, "reach": 3, "content": 4, "glance": 5, "source": 6, "judge": 7}
READ = -3000  # log odds, in thousandths: what the word reader takes for a cue with less is not one for that
_NO_CUE = -99.0  # the logit of what is not even glanced at
_QUIET = 0b1100000000  # the bits of the cue groups silent and deed
_PAIRS_AT_ONCE = 100_000  # of cue and token; only sentences of thousands of words have so many
_PAIRS_A_TOKEN = 4  # what is worked out once a token and piece must not outweigh the pairs
_TOKENS_AT_ONCE = 25_000  # in articles worked on together: large arrays are worked through faster than many small ones


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible attribution, in token numbers.

    Parameters
    ----------
    anchor : int
        The cue's main word.
    cue, source : (int, int) or None
        First token and the one after the last. Without a cue the form tells who speaks: *Mayor: No new taxes*.
    content : ndarray of int
        The tokens of what is said, ascending.
    chance : float
        That the anchor is a cue.
    score : float
        That the whole attribution is right.
    nested : tuple of Candidate
        What is reported within its content, such as *the mayor said that police had denied it*; each stands in the outermost
        attribution, not in another nested one.
    form : str
        Where the form of the text made it, not the model: the name of the `classify.speech` correction that did.
    via : (int, int) or None
        The outlet that reports it second-hand: *Interfax quoted the minister as saying …*.
    speaker : (int, int) or None
        The words in another sentence that name who speaks, where this one does not.
    """

    anchor: int
    cue: tuple[int, int] | None
    source: tuple[int, int] | None
    content: Ints = field(compare=False)
    chance: float = 1.0
    score: float = 1.0
    nested: tuple["Candidate", ...] = ()
    form: str = ""
    via: tuple[int, int] | None = None
    speaker: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class AttributionModel:
    """The fitted weights.

    Parameters
    ----------
    words : Words
    glance, cue, argument, content, source, reach, judge : Weights
        One output each, of ``argument`` seven; ``judge`` adds to the rerank what the candidates' words tell.
    rerank : ndarray of shape (n_measures + 1,)
        Weights of the candidates' measures (see `measure`), the constant last.
    threshold : float
        Candidates scored below it are dropped.
    reader : mapping of str to str, or None
        Name and digest of the word reader that its features come from.
    """

    words: Words
    glance: Weights
    cue: Weights
    argument: Weights
    content: Weights
    source: Weights
    reach: Weights
    judge: Weights
    rerank: Floats64
    threshold: float = 0.45
    reader: Mapping[str, str] | None = None

    @property
    def task(self) -> str:
        """The task's name."""
        return "attribution"

    @property
    def labels(self) -> tuple[str, ...]:
        """It labels no sentences."""
        return ()


@dataclass(frozen=True, slots=True)
class Arguments:
    """The tables of the steps behind the cue."""

    argument: Table
    content: Table
    source: Table
    reach: Table

    @classmethod
    def of(cls, argument: Weights, content: Weights, source: Weights, reach: Weights) -> "Arguments":
        """Lay the weights out for looking up."""
        return cls(*map(Table.of, (argument, content, source, reach)))


@dataclass(slots=True)
class Extractor:
    """Finds the attributions of articles with a fitted model."""

    words: Words
    glance: Table
    cue: Table
    arguments: Arguments
    rerank: Floats64
    judge: Table
    threshold: float
    reader: WordReader | None = None

    @classmethod
    def of(cls, model: AttributionModel, reader: WordReader | None = None) -> "Extractor":
        """Lay a model's weights out for looking up; with the word reader that it was fitted with, where there is one.

        Raises
        ------
        SaysoError
            If it was fitted with a reader that is not the one given.
        """
        check_word_reader(model.reader, reader, model.task)
        arguments = Arguments.of(model.argument, model.content, model.source, model.reach)
        glance, cue, judge = map(Table.of, (model.glance, model.cue, model.judge))
        return cls(
            model.words, glance, cue, arguments, model.rerank, judge, model.threshold, reader if model.reader else None
        )

    def extract(self, view: View) -> list[Candidate]:
        """Find an article's attributions, in the order of their cues, down to those that are only possible.

        Those that score ``threshold`` or more are likelier right than not; the others serve as features.
        """
        return self.extract_all([view])[0]

    def extract_all(self, views: Sequence[View]) -> list[list[Candidate]]:
        """Find the attributions of several articles: the same as one by one, and faster."""
        out: list[list[Candidate]] = []
        for group in _grouped(views):
            arrays = token_arrays(group, self.words, self.reader.read_all(group) if self.reader else None)
            found = self.found(arrays)
            sizes = np.array([len(view.words) for view in group], dtype=np.int64)
            out += choose_by_article(found, self.scores(found, arrays), POSSIBLE, np.cumsum(sizes) - sizes)
        return out

    def likely(self, found: Iterable[Candidate]) -> list[Candidate]:
        """Keep those that are to be told."""
        return [c for c in found if c.score >= self.threshold]

    def found(self, arrays: TokenArrays) -> SpanCandidates:
        """Give everything that could be an attribution."""
        chance = cue_chances(arrays, self.glance, self.cue)
        return read_arguments(arrays, np.flatnonzero(chance >= LIKELY), chance, self.arguments)

    def scores(self, found: SpanCandidates, arrays: TokenArrays) -> Floats64:
        """Score each beside its rivals."""
        return rescore(found, arrays, self.rerank, self.judge)


def _grouped(views: Sequence[View]) -> Iterator[list[View]]:
    """Put articles together until there are enough tokens."""
    group: list[View] = []
    n_tokens = 0
    for view in views:
        if group and n_tokens + len(view.words) > _TOKENS_AT_ONCE:
            yield group
            group, n_tokens = [], 0
        group.append(view)
        n_tokens += len(view.words)
    if group:
        yield group


def may_be_cue(arrays: TokenArrays) -> Ints:
    """Give the tokens worth scoring: seen as a cue, never seen at all, or on the word list."""
    words = arrays.words[:, :-1]
    prior, shape = words[PRIOR], words[SHAPE]
    listed = (words[CUE_COLUMN] & ~_QUIET) > 0
    possible = (prior > 0) | listed | (arrays.phrase[:-1] == 1)
    if arrays.reads:
        possible |= arrays.reads.main[:-1] > READ
    return np.flatnonzero(possible & (shape != MARK_SHAPE) | (prior == UNSEEN) & (shape == 0))


def cue_chances(arrays: TokenArrays, glance: Table, cue: Table) -> Floats64:
    """Give each token's chance to be a cue's main word; what is not looked at, and the last place, have 0."""
    chance = np.zeros(arrays.n + 1)
    tokens = may_be_cue(arrays)
    if len(tokens):
        glanced = glance_at(arrays, tokens, glance)
        tokens = tokens[glanced[tokens] > GLANCE]
        total = cue.sum(len(tokens))
        cue_features(features_of(total, "cue"), arrays, tokens, glanced)
        chance[tokens] = sigmoid(total.scores()[0])
    return chance


def glance_at(arrays: TokenArrays, tokens: Ints, glance: Table) -> Floats32:
    """Look at tokens for the first time: see `spread_glances`."""
    total = glance.sum(len(tokens))
    glance_features(features_of(total, "glance"), arrays, tokens)
    return spread_glances(arrays, tokens, total.scores()[0])


def spread_glances(arrays: TokenArrays, tokens: Ints, logits: Floats32) -> Floats32:
    """Lay the logits at first glance out over all tokens; what is not glanced at is no cue."""
    glanced = np.full(arrays.n + 1, _NO_CUE, dtype=np.float32)
    glanced[tokens] = logits
    return glanced


def features_of(sink: Sink, step: str) -> Features:
    """Start the features of a step."""
    return Features(sink, SEEDS[step])


def raise_sources(scores: Floats32) -> Floats32:
    """Favour source labels before decoding."""
    raised = scores.copy()
    raised[BEGIN_SOURCE : BEGIN_SOURCE + 2] += SOURCE_BONUS
    return raised


def read_arguments(arrays: TokenArrays, anchors: Ints, chance: Floats64, tables: Arguments) -> SpanCandidates:
    """Find source, cue and content of each anchor.

    Parameters
    ----------
    arrays : TokenArrays
    anchors : ndarray of shape (n_anchors,)
        Ascending.
    chance : ndarray of shape (n_tokens + 1,)
    tables : Arguments
    """
    most = max(_PAIRS_AT_ONCE, _PAIRS_A_TOKEN * arrays.n)
    parts = [_read(arrays, anchors[first:last], chance, tables, own) for first, last, own in pieces(arrays, anchors, most)]
    return SpanCandidates.joined(parts)


def pieces(arrays: TokenArrays, anchors: Ints, most: int) -> Iterator[tuple[int, int, slice]]:
    """Part cues into pieces that are small enough to be worked on.

    A cue is seen beside its `NEAREST` rivals to each side, so they are in its piece, too.

    Parameters
    ----------
    arrays : TokenArrays
    anchors : ndarray of shape (n_anchors,)
    most : int
        Pairs of cue and token that a piece may have, not counting those of the rivals that are added.

    Yields
    ------
    first, last : int
        The stretch of cues to look at.
    own : slice
        Which of them are the piece's own.
    """
    behind = np.cumsum(pair_counts(arrays, anchors))
    first = 0
    while first < len(anchors):
        done = behind.item(first - 1) if first else 0
        last = max(int(np.searchsorted(behind, done + most, side="right")), first + 1)
        start = max(first - NEAREST, 0)
        yield start, min(last + NEAREST, len(anchors)), slice(first - start, last - start)
        first = last


def _read(arrays: TokenArrays, anchors: Ints, chance: Floats64, tables: Arguments, own: slice) -> SpanCandidates:
    """Find source, cue and content of those anchors that are a piece's own."""
    pairs = pair(arrays, anchors)
    scores = label_scores(arrays, pairs, chance, tables.argument)
    look = first_look(arrays, pairs, scores, chance)
    sure = np.zeros((len(anchors), 2))
    contents = ContentChoice.of(look)
    chosen, log_chance = choose_spans(contents, tables.content, "content")
    sure[contents.options.row[chosen], 0] = log_chance
    look = contents.take(chosen)
    sources = SourceChoice.of(look)
    chosen, sure[:, 1] = choose_spans(sources, tables.source, "source")
    sentences = Sentences(arrays, chance)

    def goes_on(steps: Steps) -> Bools:
        total = tables.reach.sum(len(steps.row))
        sentences.features(features_of(total, "reach"), steps)
        return np.asarray(total.scores()[0] > 0)

    spans = ChosenSpans(sources.take(chosen), sure, *reach(arrays, anchors, goes_on))
    found = spans_of(arrays, LabelledPairs(pairs, look.labels, scores), spans, chance)
    mine = anchors[own]
    return found.between(mine.item(0), mine.item(-1))


def label_scores(arrays: TokenArrays, pairs: Pairs, chance: Floats64, argument: Table) -> Floats32:
    """Give the log chance of each label for each pair."""
    total = argument.sum(len(pairs.tokens))
    argument_features(features_of(total, "argument"), arrays, pairs, chance)
    return log_softmax(total.scores())


def first_look(arrays: TokenArrays, pairs: Pairs, scores: Floats32, chance: Floats64) -> FirstLook:
    """Decide each pair's label."""
    return FirstLook.of(arrays, pairs, best_paths(raise_sources(scores), pairs.lengths), scores, chance)


def choose_spans(choice: ContentChoice | SourceChoice, table: Table, step: str) -> tuple[Ints, Floats64]:
    """Choose each cue's best option, and give the log chance that it has among them; see `surest`."""
    total = table.sum(len(choice.options.row))
    choice.describe(features_of(total, step))
    return surest(total.scores()[0].astype(np.float64), choice.options.row)


def rescore(found: SpanCandidates, arrays: TokenArrays, weights: Floats64, judge: Table) -> Floats64:
    """Give each candidate's chance to be right, seen beside its rivals."""
    measures = measure(found, arrays)
    logits = (measures * weights[:-1]).sum(axis=1)  # no @: its sums differ with the number of rows
    if len(found):
        total = judge.sum(len(found))
        candidate_features(features_of(total, "judge"), found, arrays, measures)
        logits += total.scores()[0]
    return sigmoid(logits + weights[-1])


def choose(found: SpanCandidates, scores: Floats64, threshold: float) -> list[Candidate]:
    """Keep the best candidates of an article, in the order of their cues; two never say the same words.

    A candidate of which half the content is taken already is dropped, one of which less is taken is trimmed. One that is
    dropped is kept as nested where what is taken holds its cue and all of its content, and its cue is likely.
    """
    return choose_by_article(found, scores, threshold, np.zeros(1, dtype=np.int64))[0]


def choose_by_article(found: SpanCandidates, scores: Floats64, threshold: float, starts: Ints) -> list[list[Candidate]]:
    """Do what `choose` does for articles that lie one behind the other.

    Parameters
    ----------
    found : SpanCandidates
    scores : ndarray of shape (n_found,)
    threshold : float
    starts : ndarray of shape (n_articles,)
        The first token of each article.

    Returns
    -------
    list of list of Candidate
        Those of each article, in the numbers of its own tokens.
    """
    contents, nested = _kept(found, scores, threshold)
    of_article = np.searchsorted(starts, found.anchor, side="right") - 1
    make = _Candidates.of(found, scores, starts[of_article])
    numbers = of_article.tolist()
    out: list[list[Candidate]] = [[] for _ in starts]
    for i in sorted(contents, key=make.anchor.__getitem__):
        inner = tuple([make(k, found.content(k)) for k in nested.get(i, ())])
        out[numbers[i]].append(make(i, contents[i], inner))
    return out


def _kept(found: SpanCandidates, scores: Floats64, threshold: float) -> tuple[dict[int, Ints], dict[int, list[int]]]:
    """Give the contents of those that are kept, and which others are nested in them, by their numbers."""
    if not len(found):
        return {}, {}
    good = scores >= threshold
    rivalled = np.maximum.reduceat(np.bincount(found.tokens)[found.tokens], found.starts) > 1  # most say what no other says
    kept = {i: found.content(i) for i in np.flatnonzero(good & ~rivalled).tolist()}
    owner: dict[int, int] = {}  # who has taken a token that more than one could have
    order = np.argsort(-scores, kind="stable")
    for i in order[(good & rivalled)[order]].tolist():
        content = found.content(i)
        tokens = content.tolist()
        if not owner.keys().isdisjoint(tokens):
            free = [t for t in tokens if t not in owner]
            if 2 * len(free) <= len(tokens):
                continue
            tokens, content = free, np.array(free, dtype=np.int64)
        owner.update(dict.fromkeys(tokens, i))
        kept[i] = content
    nested: dict[int, list[int]] = {}
    for i in np.flatnonzero(rivalled & (found.chance >= NESTED)).tolist():
        outer = owner.get(found.anchor.item(i)) if i not in kept else None
        if outer is not None and all([owner.get(t) == outer for t in found.content(i).tolist()]):
            nested.setdefault(outer, []).append(i)
    return kept, nested


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Makes candidates of the rows of `SpanCandidates`, whose arrays are turned into lists all at once."""

    anchor: list[int]
    cue: list[list[int]]
    source: list[list[int]]
    chance: list[float]
    score: list[float]
    start: list[int]

    @classmethod
    def of(cls, found: SpanCandidates, scores: Floats64, starts: Ints) -> "_Candidates":
        """Lay them out; ``starts`` are the first tokens of their articles."""
        cue, source = found.cue - starts[:, None], found.source - starts[:, None]
        source[found.source[:, 0] == NOWHERE] = NOWHERE
        lists = (found.anchor - starts, cue, source, found.chance, scores, starts)
        return cls(*(values.tolist() for values in lists))

    def __call__(self, i: int, content: Ints, nested: tuple[Candidate, ...] = ()) -> Candidate:
        """Make one; its content is given in the tokens of all articles."""
        (cue, end), (first, last) = self.cue[i], self.source[i]
        source = None if first == NOWHERE else (first, last)
        return Candidate(self.anchor[i], (cue, end), source, content - self.start[i], self.chance[i], self.score[i], nested)
