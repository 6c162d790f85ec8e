"""Fitting the choice among whole contents and sources: which of a cue's options is most like what is marked."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ...classify.attribution.candidate_spans import CueSentences, Sum
from ...classify.attribution.content_candidates import content_sums
from ...classify.attribution.extractor import choose_spans, features_of
from ...classify.attribution.span_choice import ContentChoice, FirstLook, SourceChoice
from ...classify.linear.hashed import Columns, Hashes, Table, Weights
from ...data.arrays import Bools, Floats64, Ints
from .hashed_logistic import fit_choice
from .marked_tokens import Gold

_ENOUGH = 0.5  # so much more is worth what counts as right: half of the content, a word of the source
_KEPT_CONTENT, _KEPT_SOURCE = 60_000, 40_000


class _Options(NamedTuple):
    """What there is to choose from, in all articles.

    Parameters
    ----------
    hashes : ndarray of shape (n_options, n_templates)
    row : ndarray of shape (n_options,)
        Which cue they belong to, ascending.
    worth : ndarray of shape (n_options,)
        How like what is marked; 0 for all options of a cue of which nothing is.
    fold : ndarray of shape (n_options,)
    """

    hashes: Hashes
    row: Ints
    worth: Floats64
    fold: Ints


def fit_whole_spans(
    looks: Sequence[FirstLook], gold: Sequence[Sequence[Gold]], fold: Ints, n_folds: int
) -> tuple[tuple[Weights, Weights], list[tuple[Weights, Weights]]]:
    """Fit the choice of contents and, these being chosen, of sources.

    Parameters
    ----------
    looks : sequence of FirstLook, length n_articles
        By models that had not seen the article.
    gold : sequence of sequence of Gold, length n_articles
    fold : ndarray of shape (n_articles,)
        Which part each belongs to.
    n_folds : int

    Returns
    -------
    fitted : (Weights, Weights)
        For contents and for sources.
    without : list of (Weights, Weights)
        The same without each part.
    """
    contents = [ContentChoice.of(look) for look in looks]
    worth = [_content_worth(choice, _marked(choice.seen, marked)) for choice, marked in zip(contents, gold, strict=True)]
    content, without_content = _fit(contents, worth, fold, n_folds, "content", _KEPT_CONTENT)
    tables = [Table.of(weights) for weights in without_content]
    sources = [
        SourceChoice.of(choice.take(choose_spans(choice, tables[k], "content")[0]))
        for choice, k in zip(contents, fold, strict=True)
    ]
    worth = [_source_worth(choice, _marked(choice.seen, marked)) for choice, marked in zip(sources, gold, strict=True)]
    source, without_source = _fit(sources, worth, fold, n_folds, "source", _KEPT_SOURCE)
    return (content, source), list(zip(without_content, without_source, strict=True))


def _fit(
    choices: Sequence[ContentChoice] | Sequence[SourceChoice],
    worth: Sequence[Floats64],
    fold: Ints,
    n_folds: int,
    step: str,
    n_kept: int,
) -> tuple[Weights, list[Weights]]:
    hashes, rows, n_rows = [], [], 0
    for choice in choices:
        kept = Columns()
        choice.describe(features_of(kept, step))
        hashes.append(kept.hashes())
        rows.append(choice.options.row + n_rows)
        n_rows += len(choice.seen.first)
    folds = np.repeat(fold, [len(row) for row in rows])
    every = _Options(np.concatenate(hashes), np.concatenate(rows), np.concatenate(worth), folds)
    without = [_fit_options(every, folds != k, n_kept) for k in range(n_folds)]
    return _fit_options(every, np.ones(len(folds), dtype=bool), n_kept), without


def _fit_options(options: _Options, chosen: Bools, n_kept: int) -> Weights:
    return fit_choice(options.hashes[chosen], options.row[chosen], options.worth[chosen], n_kept=n_kept)


class _Marked(NamedTuple):
    """What is marked of the cues that were found.

    Parameters
    ----------
    known : ndarray of bool, shape (n_cues,)
        Whether the cue is that of a marked attribution.
    content, source : ndarray of bool, shape (n_pairs,)
        Its words, no marks.
    """

    known: Bools
    content: Bools
    source: Bools


def _marked(seen: CueSentences, gold: Sequence[Gold]) -> _Marked:
    anchored = {g.anchor: g for g in gold}
    tokens = seen.pairs.tokens
    out = _Marked(np.zeros(len(seen.first), dtype=bool), *np.zeros((2, len(tokens)), dtype=bool))
    for row, anchor in enumerate(seen.pairs.anchors.tolist()):
        if (g := anchored.get(anchor)) is not None:
            mine = slice(int(seen.first[row]), int(seen.last[row]))
            out.known[row] = True
            out.content[mine] = np.isin(tokens[mine], list(g.content)) & seen.is_word[mine]
            if g.source is not None:
                out.source[mine] = (tokens[mine] >= g.source[0]) & (tokens[mine] < g.source[1]) & seen.is_word[mine]
    return out


def _content_worth(choice: ContentChoice, marked: _Marked) -> Floats64:
    seen, options = choice.seen, choice.options
    words = content_sums(seen, options, seen.is_word)
    shared = content_sums(seen, options, marked.content)
    there = Sum.of(marked.content)(seen.first, seen.last).take(options.row)
    alike = shared / np.maximum(words + there - shared, 1)
    return np.where(there > 0, alike + _ENOUGH * (alike >= 0.5), 0.0)


def _source_worth(choice: SourceChoice, marked: _Marked) -> Floats64:
    seen, options = choice.seen, choice.options
    someone = options.begin >= 0
    begin, end = np.where(someone, options.begin, 0), np.where(someone, options.end, 0)
    words, shared = Sum.of(seen.is_word)(begin, end), Sum.of(marked.source)(begin, end)
    there = Sum.of(marked.source)(seen.first, seen.last).take(options.row)
    alike = np.where((there == 0) & ~someone, 1.0, shared / np.maximum(words + there - shared, 1))
    return np.where(marked.known.take(options.row), alike + _ENOUGH * (alike > 0), 0.0)
