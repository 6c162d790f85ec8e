"""Annotations as CSV: a row a sentence, without attributions, scores and reasons."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ...data.records import Article
from ...data.tabular.spreadsheets import BOM, csv_text
from ..annotation.conversions import dump, written_chance
from ..annotation.records import AnnotatedSentence, BiasLabel, OwnLabel, StanceLabel
from ..speakers.speeches import speeches_of
from .formats import OutputFormat, WriterOfEach

COLUMNS = (
    *("article", "n", "start", "end", "text", "is_headline", "kind", "kind_confidence", "abstain"),
    *("source_type", "source_type_confidence", "source", "speaker", "cue"),
    *("bias", "bias_confidence", "loaded", "stance", "language"),
)


class Csv(WriterOfEach):
    """A row a sentence.

    Parameters
    ----------
    own_columns : sequence of str
        Columns of the user's own that models label.
    excel : bool, default=False
        With a byte order mark, and so that no cell is run as a formula.
    """

    def __init__(self, own_columns: Sequence[str] = (), *, excel: bool = False) -> None:
        self._own_columns, self._excel = tuple(own_columns), excel

    def begin(self) -> str:
        """Give the header."""
        own = (name for column in self._own_columns for name in (column, f"{column}_confidence"))
        return (BOM if self._excel else "") + self._rows([[*COLUMNS, *own]])

    def article(self, article: Article, annotated: Sequence[AnnotatedSentence]) -> str:
        """Give a row for each sentence; what is not known is empty."""
        heard = speeches_of(article, annotated)
        return self._rows(
            _cells(article, a, Heard(i < heard.n_in_headline, speaker), [a.own[column] for column in self._own_columns])
            for i, (a, speaker) in enumerate(zip(annotated, heard.speakers, strict=True))
        )

    def _rows(self, rows: Iterable[Sequence[Any]]) -> str:
        return csv_text(rows, safe=self._excel, end="\n")


class Heard(NamedTuple):
    """What a row tells of a sentence besides its labels: whether it is of the headline, and who says most of it."""

    is_headline: bool
    speaker: str | None


def _cells(article: Article, a: AnnotatedSentence, heard: Heard, own_labels: Sequence[OwnLabel]) -> list[Any]:
    """Give the cells of a row, in the order of `COLUMNS`, then those of columns of the user's own."""
    own = [cell for own in own_labels for cell in (own.label, written_chance(own.confidence))]
    return [
        *(article.id, a.n, a.span.start, a.span.end, a.span.of(article.text), _truth(heard.is_headline)),
        *(a.kind, written_chance(a.kind_scores[a.kind]), _truth(a.abstain)),
        *(a.source_type, written_chance(a.source_type_scores[a.source_type])),
        *(a.source, heard.speaker or None, a.cue, *_bias(article.text, a.bias), _stances(a.stance), article.language, *own),
    ]


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _stances(stances: Mapping[str, StanceLabel]) -> str:
    """Give the labels towards the targets that the sentence speaks of; "?" elsewhere would look undecided."""
    labels = {target: stance.label for target, stance in stances.items() if stance.named or stance.told}
    return dump(labels) if labels else ""


def _bias(text: str, bias: BiasLabel | None) -> tuple[str | None, str | None, str | None]:
    """Give the label, its chance and the loaded words."""
    if bias is None:
        return None, None, None
    words = [{"start": span.start, "end": span.end, "text": span.of(text)} for span in bias.words]
    return bias.label, written_chance(bias.confidence), dump(words) if words else ""


FORMAT = OutputFormat("csv", suffixes=(".csv",), open=lambda options: Csv(options.own_columns, excel=options.excel))
