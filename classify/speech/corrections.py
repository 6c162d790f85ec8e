"""What is put right in the attributions that the model found, before anything else looks at them."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from ..attribution.extractor import Candidate
from ..language.article_tokens import View
from .deeds import mark_deeds
from .forms.blocks import blocks
from .forms.colon_headlines import colon_headlines
from .forms.hearsay import broadcasts, hearsay
from .forms.inverted_clauses import inverted_clauses
from .forms.quoted_speech import quoted_speech
from .forms.side_clauses import mark_side_clauses
from .forms.transcripts import transcripts
from .governing_clauses import add_governing
from .missed_cues import add_phrases
from .relays import look_through
from .source_spans import mend_sources
from .whole_names import whole_names

Correction = Callable[[View, list[Candidate]], list[Candidate]]
"""Gives an article's attributions, in the order of their anchors, with some put right, added or taken out."""

CORRECTIONS: tuple[Correction, ...] = (
    whole_names,
    mend_sources,
    look_through,
    mark_deeds,
    add_phrases,
    add_governing,
    mark_side_clauses,
    hearsay,
    broadcasts,
    transcripts,
    blocks,
    inverted_clauses,
    colon_headlines,
    quoted_speech,
)
"""In the order in which they are made."""


def corrected(view: View, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Put an article's attributions right.

    Parameters
    ----------
    view : View
    candidates : sequence of Candidate
        What the attribution model found, in the order of the cues.

    Returns
    -------
    list of Candidate
        In the order of their anchors.
    """
    found = list(candidates)
    for correct in CORRECTIONS:
        found = correct(view, found)
    return exclusive(found)


def exclusive(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Let no two attributions say the same words: the surer one has them. What is left with none is dropped.

    Parameters
    ----------
    candidates : sequence of Candidate

    Returns
    -------
    list of Candidate
        In the same order.
    """
    contents = [c.content for c in candidates]
    if not contents or (min(map(len, contents)) and np.bincount(np.concatenate(contents)).max() == 1):
        return list(candidates)
    taken: set[int] = set()
    left: dict[int, Candidate] = {}
    for i in sorted(range(len(candidates)), key=lambda i: -candidates[i].score):
        c = candidates[i]
        free = [t for t in c.content.tolist() if t not in taken]
        taken.update(free)
        if free:
            left[i] = c if len(free) == len(c.content) else replace(c, content=np.array(free, dtype=np.int64))
    return [left[i] for i in sorted(left)]
