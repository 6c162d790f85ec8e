"""One article annotated, as a caller from Python gets it: a sequence of its sentences that knows the article."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

from ...data.display import counted
from ...data.records import Article, Span
from .conversions import as_json
from .records import AnnotatedSentence, FoundAttribution

if TYPE_CHECKING:  # annotating needs no pandas
    import pandas as pd


@dataclass(frozen=True, slots=True, repr=False)
class Annotation(Sequence[AnnotatedSentence]):
    """An annotated article: a sequence of its sentences, in reading order.

    Parameters
    ----------
    article : Article
        Every span counts characters of its ``text``.
    sentences : tuple of AnnotatedSentence
        Empty where the article has no sentence.

    See Also
    --------
    annotate : Gives one for a text, a file or an article.

    Examples
    --------
    >>> import sayso
    >>> annotation = sayso.annotate("The ferry is late. “We lost an engine,” captain Mara Lund said on Monday.")
    >>> [sentence.kind for sentence in annotation]
    ['narrative', 'quote']
    >>> annotation[1].source, annotation[1].cue
    ('captain Mara Lund', 'said')
    """

    article: Article
    sentences: tuple[AnnotatedSentence, ...]

    @overload
    def __getitem__(self, index: int) -> AnnotatedSentence: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[AnnotatedSentence, ...]: ...

    def __getitem__(self, index: int | slice) -> AnnotatedSentence | tuple[AnnotatedSentence, ...]:
        return self.sentences[index]

    def __len__(self) -> int:
        return len(self.sentences)

    def __repr__(self) -> str:
        counts = f"{counted(len(self), 'sentence')}, {counted(len(self.attributions), 'attribution')}"
        return f"<Annotation of {self.article.id!r}: {counts}>"

    def __hash__(self) -> int:
        """Hash what needs no mapping; equal annotations have equal hashes."""
        return hash((self.article, self.sentences))

    @property
    def attributions(self) -> tuple[FoundAttribution, ...]:
        """All attributions, in the order of the sentences that hold their cues."""
        return tuple([found for sentence in self.sentences for found in sentence.attributions])

    def text_of(self, span: Span | None) -> str | None:
        """Give the words of a span, such as an attribution's source or cue; None of None.

        Examples
        --------
        >>> import sayso
        >>> annotation = sayso.annotate("The pier will reopen in May, the port authority said.")
        >>> [(annotation.text_of(found.source), annotation.text_of(found.cue)) for found in annotation.attributions]
        [('the port authority', 'said')]
        """
        return span.of(self.article.text) if span else None

    def to_dict(self) -> dict[str, Any]:
        """Give the annotation as plain values, which ``json.dumps`` takes.

        Returns
        -------
        dict
            ``article`` (the id), ``title``, ``outlet``, ``date``, ``url`` and ``language``; and ``sentences``, a list of
            objects with the keys of ``docs/annotation.schema.json``: what ``sayso annotate --format json`` writes.
            ``docs/article.schema.json`` is the schema of the whole.

        Examples
        --------
        >>> import sayso
        >>> values = sayso.annotate("The pier will reopen in May, the port authority said.").to_dict()
        >>> values["sentences"][0]["attributions"][0]["source"]
        {'start': 29, 'end': 47, 'text': 'the port authority'}
        """
        known = {name: getattr(self.article, name) for name in ("title", "outlet", "date", "url", "language")}
        rows = [json.loads(line) for line in as_json(self.article, self.sentences)]
        return {"article": self.article.id, **known, "sentences": rows}

    def to_pandas(self) -> "pd.DataFrame":
        """Give a table with one row per sentence.

        Returns
        -------
        DataFrame of shape (n_sentences, n_columns)
            ``article``, ``n``, ``start``, ``end``, ``text``, ``is_headline``, ``language``, ``kind``, ``kind_confidence``,
            ``abstain``, ``source_type``, ``source_type_confidence``, ``source``, ``speaker``, ``cue``, ``bias``,
            ``bias_confidence`` and ``loaded`` (a list of words); ``stance_NAME`` and ``stance_NAME_confidence`` for each
            target; the label and ``NAME_confidence`` for each model of a column of your own. ``speaker`` is who says most of
            the sentence, under one name throughout the article. ``is_headline``: the sentence belongs to the headline that
            the text begins with, which pages, profiles and shares do not count.

        Examples
        --------
        >>> import sayso
        >>> table = sayso.annotate("The ferry is late. “We lost an engine,” captain Mara Lund said.").to_pandas()
        >>> table[["kind", "speaker"]].values.tolist()[1]
        ['quote', 'Mara Lund']
        """
        from .table import SentenceTable

        table = SentenceTable.for_labels_of(self.sentences)
        table.add(self.article, self.sentences)
        return table.to_pandas()

    def to_html(self) -> str:
        """Give the page that ``sayso annotate --format html`` writes: one file that loads nothing.

        Returns
        -------
        str
            A whole HTML document. It shows reasons where the annotation has some; those of the command have ``why=5``.
        """
        from ..pages.article_page import article_page

        return article_page(self.article, self.sentences)

    def _repr_html_(self) -> str:
        """Give what a notebook shows."""
        from ..pages.notebook import notebook_table

        return notebook_table(self.article, self.sentences)
