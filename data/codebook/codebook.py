"""What a codebook holds."""

from collections.abc import Mapping
from dataclasses import dataclass

BUILT_IN = ("kind", "source_type", "bias", "stance", "attribution")
"""The columns that come along, in the order in which they are asked."""


@dataclass(frozen=True, slots=True)
class Label:
    """One label of a column.

    Parameters
    ----------
    name : str
        The label as it stands in datasets.
    key : str or None
        The key of the page that gives it, one character; None where it has none.
    text : str
        What it means, and what decides between it and its neighbours; empty where nobody wrote it down.
    examples, not_examples : tuple of str
        Sentences that have the label, and sentences that one might think had it.
    """

    name: str
    key: str | None = None
    text: str = ""
    examples: tuple[str, ...] = ()
    not_examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A question that is asked of every sentence.

    Parameters
    ----------
    name : str
        The column in datasets. ``stance`` is asked for each target, ``attribution`` is marked in the text: its labels
        are ``source``, ``cue``, ``content`` and ``speaker``.
    question, text : str
        What is asked, in a sentence, and what holds for all labels.
    labels : tuple of Label
        None at all: the answer is free text.
    asked : bool
        Whether people are asked for it; if not, labels that are there stay.
    builtin : bool
        Whether it comes along, and so cannot have labels of the user's own.
    """

    name: str
    question: str = ""
    text: str = ""
    labels: tuple[Label, ...] = ()
    asked: bool = True
    builtin: bool = False

    def label(self, name: str) -> Label | None:
        """Give the label of a name."""
        return next((label for label in self.labels if label.name == name), None)


@dataclass(frozen=True, slots=True)
class Codebook:
    """A label scheme with its texts.

    Parameters
    ----------
    name : str
    columns : tuple of Column
        In the order in which they are asked.
    version : int or None
        Of those of a project; None outside of one.
    """

    name: str
    columns: tuple[Column, ...]
    version: int | None = None

    def column(self, name: str) -> Column | None:
        """Give the column of a name."""
        return next((column for column in self.columns if column.name == name), None)

    def asked(self) -> tuple[Column, ...]:
        """Give the columns that people are asked for."""
        return tuple(column for column in self.columns if column.asked)

    def own_columns(self) -> Mapping[str, tuple[str, ...] | None]:
        """Give the user's own columns and the labels of each; None where the answer is free text."""
        own = (column for column in self.columns if not column.builtin)
        return {column.name: tuple(label.name for label in column.labels) or None for column in own}

    def keys(self) -> Mapping[str, tuple[str, str]]:
        """Give the keys of the asked columns: which column and label each stands for."""
        return {label.key: (column.name, label.name) for column in self.asked() for label in column.labels if label.key}
