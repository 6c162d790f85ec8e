"""Articles that a word reader has not learned from: only those are trained and scored with it."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...classify.model_files.shipped import mark_of, seen_by
from ...classify.word_reader.reader import WordReader
from ...data.display import counted, sentences_in_articles
from ...data.records import LabelledArticle
from ...data.splits.near_articles import near_articles
from ...errors import SaysoError
from ..given_reader import data_of_reader, near_to_reader, seen_by_reader
from .cross_validation import article_groups


@dataclass(frozen=True, slots=True)
class Unseen:
    """The articles that a reader has not seen.

    Parameters
    ----------
    articles : list of LabelledArticle
    seen, near : int
        Articles that are left out: those that it learned from, and near-duplicates or articles of the same event.
    left_out : tuple of str
        What to say of them; empty where there are none.
    notes : tuple of str
        The same, and what to know of the reader.
    """

    articles: list[LabelledArticle]
    seen: int = 0
    near: int = 0
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def leave_out_seen(
    reader: WordReader | None,
    articles: Sequence[LabelledArticle],
    *,
    beside: Sequence[LabelledArticle] = (),
    option: str = "--data",
) -> Unseen:
    """Leave out the articles that a reader learned from, as they are or nearly.

    Parameters
    ----------
    reader : WordReader or None
    articles : sequence of LabelledArticle
    beside : sequence of LabelledArticle
        Further articles of the same run: what is nearly one of those that the reader learned from is left out, too.
    option : str
        That gave the articles, for messages.

    Raises
    ------
    SaysoError
        If nothing is left.
    """
    if reader is None:
        return Unseen(list(articles))
    marks, everyone = seen_by_reader(reader), [*articles, *beside]
    seen = {number for number, a in enumerate(everyone) if mark_of(a.article) in marks}
    near = (near_to_reader(reader, everyone) | (_near(articles, beside, seen) if seen else set())) - seen
    kept = [a for number, a in enumerate(articles) if number not in seen | near]
    n_seen, n_near = (sum(number < len(articles) for number in of) for of in (seen, near))
    if articles and not kept:
        raise SaysoError(
            f"the reader {reader.name!r} learned from all {counted(len(articles), 'article')}, exactly or as "
            f"near-duplicates; give other articles with {option}, or leave out --reader."
        )
    left_out = tuple(_left_out(reader, len(articles), n_seen, n_near))
    return Unseen(
        kept, n_seen, n_near, left_out, (*(() if marks else (_UNKNOWN.format(reader.as_json()["name"]),)), *left_out)
    )


def _near(articles: Sequence[LabelledArticle], beside: Sequence[LabelledArticle], seen: set[int]) -> set[int]:
    """Find the other articles that stand for one of those: nearly the same words, or in one dataset the same event."""
    groups = [("articles", group) for group in article_groups(articles)]
    groups += [("beside", group) for group in article_groups(beside)]  # ids and events are names of one dataset alone
    of_seen = {groups[number] for number in seen}
    near = {number for number, group in enumerate(groups) if group in of_seen}
    pairs = near_articles([*articles, *beside], worth=lambda one, other: (one in seen) != (other in seen))
    near |= {number for one, other, _ in pairs for number in (one, other)}
    return near - seen


_UNKNOWN = (
    "The reader {!r} does not record which articles it learned from; if these are among them, the scores are too high."
)


def _left_out(reader: WordReader, n: int, n_seen: int, n_near: int) -> Iterator[str]:
    if n_seen or n_near:
        learned = [f"{n_seen} of them"] if n_seen else []
        learned += [f"near-duplicates of {n_near} of them, or articles on the same event"] if n_near else []
        yield (
            f"Left out: {n_seen + n_near} of {counted(n, 'article')}, because the reader {reader.name!r} learned from "
            f"{' and '.join(learned)}."
        )


TOO_GOOD = "the score is too high."
"""How a note ends that says a model was fitted on articles that it is scored on."""
READ_WITH = "Read with the word reader"


def seen_notes(
    articles: Sequence[LabelledArticle], manifests: Mapping[str, Mapping[str, Any]], reader: WordReader | None = None
) -> list[str]:
    """Say which of the models know some of the articles already.

    Parameters
    ----------
    articles : sequence of LabelledArticle
    manifests : mapping of str to mapping
        What model files say of themselves, by what to call the model.
    reader : WordReader, optional
        What a model's own marks hold is not said again.
    """
    marks = [mark_of(a.article) for a in articles]

    def numbers(seen: Container[str]) -> set[int]:
        return {number for number, mark in enumerate(marks) if mark in seen}

    known = [
        (f"{name}{' or its reader' if of.get('reader') else ''} was trained on", numbers(seen_by(of)))
        for name, of in manifests.items()
    ]
    if reader:
        known += [
            (f"the reader {reader.name!r} was trained on", numbers(seen_by_reader(reader))),
            (f"the reader {reader.name!r} was trained on near-duplicates of", near_to_reader(reader, articles)),
        ]
    notes, told = [], set[int]()
    for was_trained_on, articles_known in known:
        if new := articles_known - told:
            notes.append(f"{was_trained_on} {len(new)} of these {len(articles)} articles: {TOO_GOOD}")
        told |= articles_known if reader else set()
    return notes


def reader_note(reader: WordReader) -> str:
    """Name the reader, its digest and what it learned from, in a sentence."""
    return f"{READ_WITH} {reader_text(reader.as_json(), data_of_reader(reader))}."


def reader_text(named: Mapping[str, Any], data: Iterable[Mapping[str, Any]] = ()) -> str:
    """Name a reader with its digest, and what it learned from.

    Examples
    --------
    >>> reader_text({"name": "minilm", "digest": "0123"}, [{"name": "PolNeAR 1.0"}])
    'minilm (digest 0123), which learned from PolNeAR 1.0'
    """
    learned = " and ".join(f"{of.get('name')}{_size(of)}" for of in data)
    return f"{named['name']} (digest {named['digest']})" + (f", which learned from {learned}" if learned else "")


def _size(of: Mapping[str, Any]) -> str:
    n_sentences, n_articles = of.get("sentences"), of.get("articles")
    if isinstance(n_sentences, int) and isinstance(n_articles, int):
        return f" ({sentences_in_articles(n_sentences, n_articles)})"
    return f" ({counted(n_articles, 'article')})" if isinstance(n_articles, int) else ""
