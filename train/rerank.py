"""Measures of a candidate attribution beside its rivals, for the model that chooses among them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .frame import Frame
from .words import CUE, PRIOR, SHAPE, UNSEEN

if TYPE_CHECKING:
    from .attribution import Candidate

NAMES = (
    "logit of the cue's chance",
    "log chance of the source's labels",
    "log chance of the cue's labels",
    "log chance of the content's labels",
    "no source",
    "source is a pronoun",
    "source is a name",
    "source words",
    "log content words",
    "content in one piece",
    "content of one or two words",
    "content reaches other sentences",
    "content quoted",
    "cue quoted",
    "cue words",
    "chance of the surest candidate whose content holds the cue",
    "the same, where it has no source",
    "chance of the surest candidate whose cue the content holds",
    "chance of the surest other candidate in the sentence",
    "share of the content that surer candidates claim",
    "the most that one surer candidate claims",
    "same source as a surer candidate",
    "cue never seen",
    "cue on the word list",
    "cue in a word-list phrase",
    "first sentence",
    "content touches the cue or source",
)
N_MEASURES = len(NAMES)


def measure(found: Sequence["Candidate"], framed: Frame) -> NDArray[np.float64]:
    """Measure candidates.

    Returns
    -------
    ndarray of shape (n_candidates, N_MEASURES)
    """
    contents = [set(c.content.tolist()) for c in found]
    near: dict[int, list[int]] = {}
    for i, c in enumerate(found):
        for n in {int(framed.sentence[t]) for t in (c.anchor, int(c.content[0]), int(c.content[-1]))}:
            near.setdefault(n, []).append(i)
    rows = []
    for i, c in enumerate(found):
        sentences = {int(framed.sentence[t]) for t in (c.anchor, int(c.content[0]), int(c.content[-1]))}
        rivals = {j for n in sentences for j in near[n]} - {i}
        rows.append(_alone(c, framed) + _beside(i, c, found, contents, sorted(rivals), framed) + _shape(c, framed))
    return np.array(rows, dtype=np.float64)


def _alone(c: "Candidate", framed: Frame) -> list[float]:
    words = framed.words
    chance = min(max(c.chance, 1e-4), 1 - 1e-4)
    content = c.content
    pieces = int(np.count_nonzero(content[1:] - content[:-1] > 1)) + 1
    first, last = int(framed.first[c.anchor]), int(framed.last[c.anchor])
    at_home = first <= content[0] and content[-1] < last
    source_words = c.source[1] - c.source[0] if c.source else 0
    head = c.source[0] if c.source else framed.n
    lower = framed.view.lower[head] if c.source else ""
    return [
        float(np.log(chance / (1 - chance))),
        *(float(m) for m in c.margins),
        float(c.source is None),
        float(lower in {"he", "she", "it", "they", "who", "i", "we", "which"}),
        float(c.source is not None and bool((words[c.source[0] : c.source[1], SHAPE] == 1).any())),
        float(min(source_words, 10)),
        float(np.log(len(content))),
        float(pieces == 1),
        float(len(content) <= 2),
        float(not at_home),
        float(np.count_nonzero(framed.quoted[content])) / len(content),
        float(framed.quoted[c.anchor]),
        float(min(c.cue[1] - c.cue[0], 5)),
    ]


def _beside(
    i: int,
    c: "Candidate",
    found: Sequence["Candidate"],
    contents: Sequence[set[int]],
    rivals: Sequence[int],
    framed: Frame,
) -> list[float]:
    holds = holds_bare = held = other = 0.0
    claimed: set[int] = set()
    most = 0.0
    same_source = 0.0
    own = contents[i]
    for j in rivals:
        rival = found[j]
        surer = rival.chance > c.chance
        if c.anchor in contents[j]:
            holds = max(holds, rival.chance)
            if rival.source is None:
                holds_bare = max(holds_bare, rival.chance)
        if rival.anchor in own:
            held = max(held, rival.chance)
        if framed.sentence[rival.anchor] == framed.sentence[c.anchor]:
            other = max(other, rival.chance)
        if surer:
            shared = own & contents[j]
            claimed |= shared
            most = max(most, len(shared) / len(own) * rival.chance)
            same_source = max(same_source, float(c.source is not None and rival.source == c.source))
    return [holds, holds_bare, held, other, len(claimed) / len(own), most, same_source]


def _shape(c: "Candidate", framed: Frame) -> list[float]:
    words = framed.words
    touches = {c.cue[0] - 1, c.cue[1]} | ({c.source[0] - 1, c.source[1]} if c.source else set())
    wide = {t + d for t in touches for d in (-1, 0, 1)}
    return [
        float(words[c.anchor, PRIOR] == UNSEEN),
        float(words[c.anchor, CUE] > 0),
        float(framed.phrase[c.anchor] > 0),
        float(framed.sentence[c.anchor] == 0),
        float(bool(wide & set(c.content.tolist()))),
    ]
