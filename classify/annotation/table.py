"""Annotated sentences as a table of pandas: a row a sentence, and a column for each thing that is known of it."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ...data.records import Article
from ...errors import SaysoError
from ..speakers.speeches import speeches_of
from .conversions import rounded
from .records import AnnotatedSentence

if TYPE_CHECKING:
    import pandas as pd

_OF_SENTENCE: Mapping[str, Callable[[AnnotatedSentence], Any]] = {
    "n": lambda a: a.n,
    "start": lambda a: a.start,
    "end": lambda a: a.end,
    "text": lambda a: a.text,
    "kind": lambda a: a.kind,
    "kind_confidence": lambda a: rounded(a.kind_confidence),
    "abstain": lambda a: a.abstain,
    "source_type": lambda a: a.source_type,
    "source_type_confidence": lambda a: rounded(a.source_type_confidence),
    "source": lambda a: a.source,
    "cue": lambda a: a.cue,
    "bias": lambda a: a.bias.label if a.bias else None,
    "bias_confidence": lambda a: rounded(a.bias.confidence) if a.bias else None,
}
COLUMNS = (
    *("article", "n", "start", "end", "text", "is_headline", "language", "kind", "kind_confidence", "abstain"),
    *("source_type", "source_type_confidence", "source", "speaker", "cue", "bias", "bias_confidence", "loaded"),
)
"""The columns that every table has, in order."""
_TYPES = {"n": "int64", "start": "int64", "end": "int64", "abstain": "bool", "is_headline": "bool", "loaded": "object"}
_CHANCE = "_confidence"


@dataclass(frozen=True, slots=True)
class SentenceTable:
    """Gathers the sentences of one article after the other, column by column.

    Parameters
    ----------
    targets : sequence of str
        Towards whom stances were asked for.
    own_columns : sequence of str
        Columns of the user's own that models label.
    """

    targets: Sequence[str] = ()
    own_columns: Sequence[str] = ()
    _values: dict[str, list[Any]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        """Begin the columns; one name cannot stand for two."""
        if taken := sorted({*COLUMNS} & {*self.own_columns}):
            raise SaysoError(f"{taken[0]!r} is a column of every table; train the model of this label by another name.")
        if twice := next((name for name, n in Counter(self.columns).items() if n > 1), None):
            givers = [f"the target {target!r}" for target in self.targets if twice in _with_chance(f"stance_{target}")]
            givers += [f"the model of {column!r}" for column in self.own_columns if twice in _with_chance(column)]
            raise SaysoError(
                f"{' and '.join(givers)} would share the column {twice!r} of the table; give one of them another name."
            )
        self._values.update({name: [] for name in self.columns})

    @classmethod
    def for_labels_of(cls, sentences: Sequence[AnnotatedSentence]) -> "SentenceTable":
        """Make a table with columns for the targets and the label columns that sentences have."""
        first = sentences[0] if sentences else None
        return cls(tuple(first.stance) if first else (), tuple(first.own) if first else ())

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return [*COLUMNS, *(name for label in self._labels for name in _with_chance(label))]

    @property
    def _labels(self) -> list[str]:
        """The columns that have another one with their chance."""
        return [*(f"stance_{target}" for target in self.targets), *self.own_columns]

    def add(self, article: Article, sentences: Sequence[AnnotatedSentence]) -> None:
        """Add an article's sentences, in order."""
        for name, of in _OF_SENTENCE.items():
            self._values[name] += map(of, sentences)
        self._values["article"] += [article.id] * len(sentences)
        self._values["language"] += [article.language] * len(sentences)
        heard = speeches_of(article, sentences)
        self._values["speaker"] += [name or None for name in heard.speakers]
        self._values["is_headline"] += [place < heard.n_in_headline for place in range(len(sentences))]
        self._values["loaded"] += [[span.of(article.text) for span in a.bias.words] if a.bias else [] for a in sentences]
        for name, value in self._further(sentences):
            self._values[name].append(value)

    def _further(self, sentences: Sequence[AnnotatedSentence]) -> Iterator[tuple[str, Any]]:
        """Yield the values of the columns for targets, and of those of the user's own."""
        for a in sentences:
            labels = [(f"stance_{target}", a.stance[target].label, a.stance[target].confidence) for target in self.targets]
            labels += [(column, a.own[column].label, a.own[column].confidence) for column in self.own_columns]
            for name, label, chance in labels:
                yield name, label
                yield name + _CHANCE, rounded(chance)

    def to_pandas(self, index: "pd.Index | None" = None) -> "pd.DataFrame":
        """Give the table.

        Parameters
        ----------
        index : pandas.Index, length n_sentences, optional
            Of the rows; numbers without it.
        """
        import pandas as pd

        text = pd.Series(["text"]).dtype  # it differs from one version of pandas to the next
        chances = {name for name in COLUMNS if name.endswith(_CHANCE)} | {label + _CHANCE for label in self._labels}
        # the same types whatever is missing, and without rows: so that chunks can be put together
        types = dict.fromkeys(self.columns, text) | _TYPES | dict.fromkeys(chances, "float64")
        return pd.DataFrame(self._values, index=index, columns=self.columns, dtype=object).astype(types)


def _with_chance(label: str) -> tuple[str, str]:
    """Give the two columns of a label."""
    return label, label + _CHANCE
