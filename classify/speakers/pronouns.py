"""The pronouns that articles print for somebody: read off the page, never guessed from a name, a title or a picture."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

HE, SHE, THEY, OTHER, SEVERAL, NOT_PRINTED = "he", "she", "they", "other", "several", "none"
PRONOUN_GROUPS = (HE, SHE, THEY, OTHER, SEVERAL, NOT_PRINTED)
"""What a person's row says in sum: the pronoun printed most often; ``several`` where two are printed equally often."""

_FORMS = {
    **dict.fromkeys("he him his himself".split(), HE),
    **dict.fromkeys("she her hers herself".split(), SHE),
    **dict.fromkeys("they them their theirs themself themselves".split(), THEY),
    **dict.fromkeys("ze zie zir zirs hir hirs zirself hirself".split(), "ze"),
    **dict.fromkeys("xe xem xyr xyrs xemself".split(), "xe"),
    **dict.fromkeys("ey em eir eirs emself".split(), "ey"),
    **dict.fromkeys("fae faer faers faerself".split(), "fae"),
}
_ANY = "|".join(_FORMS)
_STATED = re.compile(
    r"(?P<name>[A-Z][\w’'-]+),? (?:\(|(?:who )?(?:uses?|goes by|prefers?) |whose pronouns are )(?:the pronouns )?"
    rf"(?P<first>{_ANY})(?:/(?:{_ANY}))+\b",
    re.IGNORECASE,
)


def pronoun_of(printed: str | None) -> str:
    """Give the pronoun that a source is printed as, in its first form; empty for whatever is none.

    >>> pronoun_of("Her"), pronoun_of("they"), pronoun_of("Ana Roe"), pronoun_of(None)
    ('she', 'they', '', '')
    """
    return _FORMS.get(printed.strip(" .,’'").lower(), "") if printed else ""


def stated_pronouns(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield what a text says somebody's pronouns are: the word of the name before it, the pronoun, and where it stands.

    >>> list(stated_pronouns("Robin Hale (they/them) sells bread."))
    [('Hale', 'they', 12)]
    """
    if "/" not in text:
        return
    for match in _STATED.finditer(text):
        if match["name"][0].isupper():
            yield match["name"], _FORMS[match["first"].lower()], match.start("first")


def group_of_pronouns(printed: Mapping[str, int]) -> str:
    """Give the group of a person by the pronouns printed for them; see `PRONOUN_GROUPS`.

    >>> group_of_pronouns({"she": 4, "he": 1}), group_of_pronouns({"she": 1, "he": 1}), group_of_pronouns({})
    ('she', 'several', 'none')
    """
    ranked = Counter(printed).most_common(2)
    if not ranked:
        return NOT_PRINTED
    if len(ranked) > 1 and ranked[0][1] == ranked[1][1]:
        return SEVERAL
    return ranked[0][0] if ranked[0][0] in {HE, SHE, THEY} else OTHER
