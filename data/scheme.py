"""The label scheme: every label the project knows, and which of them go together."""

from collections.abc import Mapping

KINDS = ("quote", "official_claim", "independent_assessment", "narrative")
SOURCE_TYPES = (
    "state",
    "political",
    "organisation",
    "expert",
    "monitor",
    "media",
    "individual",
    "unnamed",
    "none",
)
STANCES = ("favor", "against", "neutral")
UNDECIDED = "?"
"""Stands for a stance that is too uncertain to tell: no label, and read back as none."""
BIASES = ("biased", "neutral")
TONES = ("neutral", "endorsing", "distancing")

LABELS_OF: Mapping[str, tuple[str, ...]] = {"kind": KINDS, "source_type": SOURCE_TYPES, "bias": BIASES}
"""The label columns that every sentence may have, and the labels of each."""

SOURCE_TYPES_OF: Mapping[str, tuple[str, ...]] = {
    "quote": SOURCE_TYPES[:-1],
    "official_claim": ("state", "political", "organisation"),
    "independent_assessment": ("expert", "monitor"),
    "narrative": ("media", "individual", "unnamed", "none"),
}
"""The source types that a sentence of each kind can have (labelling guide)."""


def go_together(kind: str, source_type: str) -> bool:
    """Tell whether a sentence can have both labels.

    >>> go_together("official_claim", "expert")
    False
    >>> go_together("quote", "expert")
    True
    """
    return source_type in SOURCE_TYPES_OF[kind]
