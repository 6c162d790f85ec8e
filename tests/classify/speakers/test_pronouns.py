import pytest

from sayso.classify.speakers.pronouns import PRONOUN_GROUPS, group_of_pronouns, pronoun_of, stated_pronouns


@pytest.mark.parametrize(
    ("printed", "pronoun"),
    [
        ("He", "he"),
        ("him", "he"),
        ("her", "she"),
        ("They", "they"),
        ("themself", "they"),
        ("ze", "ze"),
        ("hir", "ze"),
        ("it", ""),
        ("we", ""),
        ("who", ""),
        ("Mr Holm", ""),
        ("Ms Holm", ""),
        ("Anna", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_only_a_printed_pronoun_is_one(printed, pronoun):
    assert pronoun_of(printed) == pronoun


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("Robin Hale (they/them) bakes.", [("Hale", "they")]),
        ("Robin Hale (they/them/theirs) bakes.", [("Hale", "they")]),
        ("Kit Orr, who uses ze/hir pronouns, left.", [("Orr", "ze")]),
        ("Ada Holm uses the pronouns she/her.", [("Holm", "she")]),
        ("Robin Hale bakes.", []),
        ("The form asks for he/she and a date.", []),
        ("and/or, the baker said", []),
    ],
)
def test_pronouns_that_an_article_states(text, stated):
    found = list(stated_pronouns(text))
    assert [(name, pronoun) for name, pronoun, _ in found] == stated
    assert all(text[at:].split("/")[0] in {"they", "ze", "she"} for _, _, at in found)


@pytest.mark.parametrize(
    ("printed", "group"),
    [
        ({}, "none"),
        ({"she": 4, "he": 1}, "she"),
        ({"he": 2}, "he"),
        ({"they": 1}, "they"),
        ({"ze": 3, "he": 1}, "other"),
        ({"she": 1, "he": 1}, "several"),
    ],
)
def test_a_person_is_of_the_group_of_the_pronoun_printed_most(printed, group):
    assert group_of_pronouns(printed) == group
    assert group in PRONOUN_GROUPS
