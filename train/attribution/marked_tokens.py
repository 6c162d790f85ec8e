"""Marked attributions in token numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ...classify.attribution.source_ends import whole_source
from ...classify.language.article_tokens import View
from ...data.records import Attribution, Span


@dataclass(frozen=True, slots=True)
class Gold:
    """One marked attribution in token numbers; ``anchor`` is its cue's main word, -1 without a cue."""

    anchor: int
    cue: tuple[int, int] | None
    source: tuple[int, int] | None
    content: frozenset[int]


def tokens_in(view: View, span: Span) -> range:
    """Give the tokens that a span covers by half or more."""
    first = int(np.searchsorted(view.ends, span.start, side="right"))
    last = int(np.searchsorted(view.starts, span.end, side="left"))
    while (
        first < last and 2 * (view.ends[first] - max(view.starts[first], span.start)) < view.ends[first] - view.starts[first]
    ):
        first += 1
    while (
        first < last
        and 2 * (min(view.ends[last - 1], span.end) - view.starts[last - 1]) < view.ends[last - 1] - view.starts[last - 1]
    ):
        last -= 1
    return range(first, last)


def with_whole_sources(view: View, gold: Sequence[Gold]) -> list[Gold]:
    """Let marked sources take in the descriptions behind them, as those that are told do; in our corpus they end before."""
    taken = {t for g in gold for t in (*range(*(g.cue or (0, 0))), *g.content)}
    return [replace(g, source=whole_source(view, g.source, taken)) if g.source else g for g in gold]


def gold_of(view: View, found: Sequence[Attribution], prior: Mapping[str, float]) -> list[Gold]:
    """Put marked attributions into token numbers."""
    out = []
    for a in found:
        cue = tokens_in(view, a.cue) if a.cue else range(0)
        source = tokens_in(view, a.source) if a.source else range(0)
        content = frozenset(t for span in a.content for t in tokens_in(view, span))
        if not content:
            continue
        anchor = max(cue, key=lambda t: (prior.get(view.lower[t], 0.0), view.words[t].isalpha(), -t), default=-1)
        out.append(
            Gold(
                anchor,
                (cue.start, cue.stop) if cue else None,
                (source.start, source.stop) if source else None,
                content,
            )
        )
    return out
