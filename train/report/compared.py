"""A comparison as a report shows it: what came out, on what data, and how each side labels."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from ...data.display import counted, sentences_in_articles
from ..evaluation.compare import PERMUTATIONS, Comparison
from ..measures.scores import DRAWS
from .methods import data_sentence, paragraphs, versions_sentence


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison and what it was made of.

    Parameters
    ----------
    comparison : Comparison
    task : str
    data : mapping
        Name, sizes and digest of the data; the digest is None where only predictions were given.
    ways : (str, str)
        In words, how each side labels.
    made : (str, str)
        In sentences, how the model of each side was made; empty where there is none, or nothing says it.
    folds, repeats, seed : int or None
        Of the cross-validation; None where none was made.
    """

    comparison: Comparison
    task: str
    data: Mapping[str, Any]
    ways: tuple[str, str]
    folds: int | None = None
    repeats: int | None = None
    seed: int | None = None
    made: tuple[str, str] = ("", "")
    external: ClassVar[None] = None
    _predictions: ClassVar[None] = None  # those of the sides are kept where they come from

    @property
    def title(self) -> str:
        """What the page is called."""
        return f"{self.task}: {self.comparison.a_name} and {self.comparison.b_name} compared"

    @property
    def lead(self) -> str:
        """The main result, in two sentences."""
        of = self.comparison
        return f"{of.verdict}\nBoth labelled {sentences_in_articles(of.sentences, of.articles)}."

    @property
    def notes(self) -> tuple[str, ...]:
        """What to know about the figures."""
        return self.comparison.notes

    @property
    def settings(self) -> dict[str, Any]:
        """Settings that the figures depend on, besides data, versions and code."""
        names = ("task", "ways", "folds", "repeats", "seed")
        return {name: getattr(self, name) for name in names} | {"data": self.data.get("digest")}

    def as_json(self) -> dict[str, Any]:
        """Give plain values."""
        about = {"task": self.task, "data": dict(self.data), "ways": list(self.ways)}
        return {**self.comparison.as_json(), **about, "n_folds": self.folds, "repeats": self.repeats, "seed": self.seed}

    def methods(self, versions: Mapping[str, str]) -> str:
        """Say in two paragraphs what was done; see `methods_text`."""
        of = self.comparison
        names = f"{of.a_name} ({self.ways[0]}) and {of.b_name} ({self.ways[1]})"
        first = [
            data_sentence(self.data),
            f"The labels of {self.task} by {names} were compared on the "
            f"{sentences_in_articles(of.sentences, of.articles)} that both labelled.",
            self._folds,
        ]
        models = [f"Model of {name}: {made}" for name, made in zip((of.a_name, of.b_name), self.made, strict=True) if made]
        second = [
            *models,
            "Scores are macro F1 (the unweighted mean of the labels' F1) and accuracy. Their 95 % intervals, and that of "
            f"the difference, are the middle 95 % of {DRAWS:,} bootstrap draws of whole articles, the same for both sides.",
            "A permutation test swapped the predictions of whole articles between the sides at random, "
            f"{PERMUTATIONS:,} times.",
            f"A corrected resampled t-test compared the {counted(len(of.folds), 'fold')}." if of.resampled else "",
            versions_sentence(versions),
        ]
        return paragraphs(first, second)

    @property
    def _folds(self) -> str:
        if self.folds is None:
            return "No model was fitted for this comparison."
        repeats = self.repeats or 1
        seeds = (
            f"seed {self.seed}"
            if repeats == 1
            else f"{repeats} repeats with the seeds {self.seed} to {(self.seed or 0) + repeats - 1}"
        )
        return (
            f"The models were fitted and scored by cross-validation on the same {self.folds} folds, stratified by "
            f"label and grouped: no article is in two folds ({seeds})."
        )
