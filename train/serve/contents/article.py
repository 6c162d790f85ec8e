"""An article as its page shows it before anybody has touched a key."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ....classify.annotation.article_name import web_address
from ....classify.annotation.records import AnnotatedSentence, BiasLabel, FoundAttribution, StanceLabel
from ....classify.pages.article_page import byline_of, lead_of, spelled
from ....classify.pages.html import KIND_NAMES
from ....classify.pages.marked_text import Piece, in_pieces, marks_of, paragraphs
from ....classify.speakers.headline import n_in_headline
from ....classify.speakers.profile import profile_of
from ....classify.speakers.speeches import count_words, speeches_of
from ....data.codebook.codebook import Column
from ....data.project.records import Entry
from ....data.records import LabelledArticle, Sentence, Span
from ....data.scheme import KINDS, SOURCE_TYPES_OF, go_together
from .names import shown_name

_SURE = 1.0  # of what a person said
_LEGENDS = {
    "bias": "Bias: the article’s own wording",
    "attribution": "Attribution: who says it, in which words",
    "attributions": "Attribution: who says it, in which words",
    "loaded": "Loaded words",
}
_LABEL_NAMES = {
    ("source_type", "none"): "Not attributed",
    ("bias", "biased"): "Slanted",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence as the page shows it.

    Parameters
    ----------
    n : int
    span : Span
    text : str
    kind : str
        That of a person, else the models' guess; empty without either.
    is_own : bool
        A person gave it.
    is_unsure : bool
        The models' guess is too uncertain to rely on.
    pieces : list of Piece
        Together they are the text.
    at, words : int
        Words of the article before it, and its own.
    """

    n: int
    span: Span
    text: str
    kind: str
    is_own: bool
    is_unsure: bool
    pieces: list[Piece]
    at: int
    words: int

    @property
    def state(self) -> str:
        """Whose label it has: ``own``, ``guess`` or ``open``."""
        return "own" if self.is_own else "guess" if self.kind else "open"

    @property
    def spelled(self) -> str:
        """Its label for who cannot see it."""
        whose = {"own": "your label", "guess": "the model’s prediction", "open": ""}[self.state]
        kind = KIND_NAMES[self.kind].lower() if self.kind else "not labelled"
        words = [kind, "uncertain" if self.is_unsure else "", whose]
        return f"Sentence {self.n + 1}: {', '.join(filter(None, words))}"


def page_values(labelled: LabelledArticle, annotated: Sequence[AnnotatedSentence]) -> dict[str, Any]:
    """Give what the template of an article is filled with, but for the codebook.

    Parameters
    ----------
    labelled : LabelledArticle
        With the labels of this person.
    annotated : sequence of AnnotatedSentence, length n_sentences, or empty
        The models' view; empty where there is none, or it is hidden.
    """
    article = labelled.article
    guesses: Sequence[AnnotatedSentence | None] = annotated or [None] * len(labelled.sentences)
    believed = [in_force(labelled, s, a) for s, a in zip(labelled.sentences, guesses, strict=True)]
    known = [a for a in believed if a is not None]
    n_headline = n_in_headline(article, labelled.sentences)
    n_known_headline = sum(a is not None for a in believed[:n_headline])
    profile = profile_of(article, known, speeches_of(article, known, n_known_headline))
    shown = list(_parts(labelled, believed))
    return {
        "article": article,
        "name": shown_name(article),
        "byline": byline_of(article),
        "link": web_address(article.url),
        "profile": profile,
        "lead": lead_of(profile) if known else "",
        "shown": shown,
        "counted": shown[n_headline:],
        "has_headline": bool(n_headline),
        "strip_label": spelled(part.kind for part in shown[n_headline:] if part.kind),
        "paragraphs": paragraphs(article.text, shown, n_headline),
        "n_known": len(known) - n_known_headline,
    }


def _parts(labelled: LabelledArticle, believed: Sequence[AnnotatedSentence | None]) -> Iterator[Part]:
    """Yield the sentences as they are shown."""
    text = labelled.article.text
    marks = marks_of(text, [a for a in believed if a is not None])
    cut = in_pieces(text, [s.span for s in labelled.sentences], marks)
    at = 0
    for s, a, pieces in zip(labelled.sentences, believed, cut, strict=True):
        kind, words = s.kind or (a.kind if a else ""), count_words(s.span.of(text))
        is_unsure = a is not None and a.abstain and not s.kind
        yield Part(s.n, s.span, s.span.of(text), kind, bool(s.kind), is_unsure, pieces, at, words)
        at += words


def in_force(labelled: LabelledArticle, s: Sentence, a: AnnotatedSentence | None) -> AnnotatedSentence | None:
    """Put a person's labels in the place of the models'; None where kind or source type are known from neither.

    Where one of the two is a person's and the models' other cannot stand beside it, the likeliest that can takes its place.
    """
    kind, source_type = s.kind, s.source_type
    if a is not None:
        kind, source_type = _together(s, a)
    if kind is None or source_type is None:
        return None
    words = s.span.of(labelled.article.text)
    a = a or AnnotatedSentence(s.n, s.span, words, kind, source_type, {}, {}, abstain=False, source=None, cue=None)
    return replace(
        a,
        n=s.n,
        kind=kind,
        source_type=source_type,
        kind_scores={kind: _SURE} if s.kind else a.kind_scores,
        source_type_scores={source_type: _SURE} if s.source_type else a.source_type_scores,
        abstain=a.abstain and not s.kind,
        attributions=_attributions(labelled, s, a),
        bias=BiasLabel(s.bias or "biased", _SURE, s.loaded) if s.bias or s.loaded else a.bias,
        stance={**a.stance, **{target: StanceLabel(label, _SURE) for target, label in s.stance.items()}},
    )


def _together(s: Sentence, a: AnnotatedSentence) -> tuple[str, str]:
    """Give kind and source type of a sentence: a person's where there is one, and the models' likeliest beside it."""
    kind, source_type = s.kind or a.kind, s.source_type or a.source_type
    if go_together(kind, source_type):
        return kind, source_type
    if s.kind:
        return kind, max(SOURCE_TYPES_OF[kind], key=lambda label: a.source_type_scores.get(label, 0.0))
    able = [k for k in KINDS if go_together(k, source_type)]
    return max(able, key=lambda label: a.kind_scores.get(label, 0.0)), source_type


def _attributions(labelled: LabelledArticle, s: Sentence, a: AnnotatedSentence) -> tuple[FoundAttribution, ...]:
    """Give a person's attributions, with what the models know beside them of the same cue."""
    if not s.attributions and "attribution" not in labelled.complete:
        return a.attributions
    found = {x.cue: x for x in a.attributions}
    return tuple(
        replace(
            found.get(x.cue, FoundAttribution(None, None, ())),
            source=x.source,
            cue=x.cue,
            content=x.content,
            speaker=x.speaker,
            source_type=x.source_type or a.source_type,
        )
        for x in s.attributions
    )


def article_after(entries: Sequence[Entry], key: str) -> Entry | None:
    """Give the next article that is not done, going round the list; None where there is no other."""
    at = next((i for i, entry in enumerate(entries) if entry.key == key), 0)
    others = [*entries[at + 1 :], *entries[:at]]
    return next((entry for entry in others if not entry.done), None)


def in_order(columns: Sequence[Column]) -> list[Column]:
    """Put who says it, in which words, right behind whose word it is: that is where people look for it."""
    before = [i for i, column in enumerate(columns) if column.name in ("kind", "source_type")]
    moved = [column for column in columns if column.name == "attribution" and before]
    rest = [column for column in columns if column not in moved]
    at = max(before, default=-1) + 1 - sum(column in moved for column in columns[: max(before, default=-1) + 1])
    return [*rest[:at], *moved, *rest[at:]]


def legend(column: str) -> str:
    """Give what a column is called on a page.

    >>> legend("source_type"), legend("topic_of_story"), legend("stance: Tolm")
    ('Source type', 'Topic of story', 'Stance: Tolm')
    """
    return _LEGENDS.get(column) or _plain(column)


def label_name(column: str, label: str) -> str:
    """Give what a label is called on a page.

    >>> label_name("kind", "official_claim"), label_name("source_type", "none")
    ('Official claim', 'Not attributed')
    """
    return _LABEL_NAMES.get((column, label)) or _plain(label)


def _plain(name: str) -> str:
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def kinds_beside(source_type: str) -> str:
    """List the kinds that a sentence with a source type can have, with spaces between."""
    return " ".join(kind for kind in KINDS if go_together(kind, source_type))
