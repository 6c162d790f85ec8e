"""What the figures of a profile mean, in words that terminal and pages share."""

from collections.abc import Sequence

from .profile import Count, Profile

LABELS_PAGE = "sayso docs labels"
"""Where the labels are explained, with examples."""
LABELS_LINE = f"What the labels mean, and what they do not: {LABELS_PAGE}"
NOBODY, PASSED_ON = "attributed to nobody", "attributed, not quoted"
NARRATIVE = (
    "Narrative has two parts: the article’s own narration, attributed to nobody, and what it passes on, not quoted, from "
    "other media, individuals or unnamed sources."
)
HEADLINES = "Headlines are not counted."


def narrative_parts(profile: Profile) -> list[tuple[str, Count]]:
    """Give the parts of narrative that there are: attributed to nobody, and attributed to media, individuals or unnamed.

    >>> profile = Profile(kinds={"narrative": Count(4, 40)}, source_types={"none": Count(3, 25)})
    >>> [(part, count.sentences, count.words) for part, count in narrative_parts(profile)]
    [('attributed to nobody', 3, 25), ('attributed, not quoted', 1, 15)]
    """
    parts = ((NOBODY, profile.source_types["none"]), (PASSED_ON, profile.passed_on))
    return [(part, count) for part, count in parts if count.sentences]


def narrative_note(profiles: Sequence[Profile]) -> str:
    """Say why narrative is more than what is attributed to nobody; nothing where it is not."""
    return NARRATIVE if any(profile.passed_on.sentences for profile in profiles) else ""


def headline_note(profiles: Sequence[Profile]) -> str:
    """Say that headlines are not counted, where texts begin with one."""
    return HEADLINES if any(profile.headlines for profile in profiles) else ""
