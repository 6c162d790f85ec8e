"""Annotations as CSV: a row a sentence, without attributions, scores and reasons."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from ...data.records import Article
from ..annotation.conversions import as_dict
from ..annotation.records import Annotated
from .formats import OutputFormat, WriterOfEach
from .jsonl import dump

COLUMNS = (
    *("article", "n", "start", "end", "text", "kind", "kind_confidence", "abstain"),
    *("source_type", "source_type_confidence", "source", "cue"),
    *("bias", "bias_confidence", "loaded", "stance", "language"),
)


class Csv(WriterOfEach):
    """A row a sentence.

    Parameters
    ----------
    own_columns : sequence of str
        Columns of the user's own that models label.
    """

    def __init__(self, own_columns: Sequence[str] = ()) -> None:
        self._columns = [*COLUMNS, *(name for column in own_columns for name in (column, f"{column}_confidence"))]

    def begin(self) -> str:
        """Give the header."""
        return _row(self._columns)

    def article(self, article: Article, annotated: Sequence[Annotated]) -> str:
        """Give a row for each sentence; what is not known is empty."""
        rows = []
        for a in annotated:
            values = as_dict(article, a)
            values |= {"abstain": str(a.abstain).lower(), "stance": _stances(values["stance"]), **_bias(values["bias"])}
            rows.append(_row([values[column] for column in self._columns]))
        return "".join(rows)


def _row(cells: Sequence[Any]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()[:-2] + "\n"  # with both in the end of the line, both are quoted elsewhere


def _stances(stance: Mapping[str, Any]) -> str:
    """Give the labels towards the targets that the sentence speaks of; "?" elsewhere would look undecided."""
    labels = {target: of["label"] for target, of in stance.items() if of["named"] or not of["abstain"]}
    return dump(labels) if labels else ""


def _bias(bias: Mapping[str, Any] | None) -> dict[str, Any]:
    if bias is None:
        return dict.fromkeys(("bias", "bias_confidence", "loaded"))
    loaded = dump(bias["words"]) if bias["words"] else ""
    return {"bias": bias["label"], "bias_confidence": bias["confidence"], "loaded": loaded}


FORMAT = OutputFormat("csv", suffixes=(".csv",), open=lambda options: Csv(options.own_columns))
