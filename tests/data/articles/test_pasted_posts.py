import pytest

from sayso.data.articles.text.pasted_posts import with_posts_as_quotations

BEFORE = "The guild lost the vote on Monday."
AFTER = "The new guild meets in May."


@pytest.mark.parametrize(
    "post",
    [
        "Bo Lind\n@bolind\nI will\nwin.\n7:02 PM · Mar 3, 2024",
        "Bo Lind\n@bolind\nI will\n\nwin.\n19:02 · 3 Mar 2024",
        "Bo Lind ✓\n@bolind\nReplying to @annroe\nI will win.\nMar 3, 2024 at 7:02 PM",
        "Bo Lind @bolind · Mar 3\nI will win.\n7:02 PM · Mar 3, 2024 · 12.4K Views\n312 Reposts\n1,204 Likes",
        "Bo Lind\n@bolind\nI will win.\nMarch 3, 2024",
    ],
)
def test_a_pasted_post_is_a_quotation_of_who_posted_it(post):
    text = f"{BEFORE}\n\n{post}\n\n{AFTER}\n"
    assert with_posts_as_quotations(text) == f"{BEFORE}\n\nBo Lind posted: “I will win.”\n\n{AFTER}\n"


@pytest.mark.parametrize(
    "text",
    [
        "Write to Bo Lind\n@bolind\nThe guild met.\n\nNobody came.",
        "By Bo Lind\nbo@velm.example\nThe guild met on\nMarch 3, 2024",
        "The guild met at 7:02 PM on Mar 3, 2024.",
        "@bolind\nI will win.\n7:02 PM · Mar 3, 2024",
    ],
)
def test_what_is_no_post_stays(text):
    assert with_posts_as_quotations(text) == text


@pytest.mark.parametrize("unit", ["a\n", "a @b\n", "a\n@b\n", "@b\n", "a @b\n1:00 · "])
def test_a_long_run_of_anything_is_looked_through_in_time(unit):
    assert with_posts_as_quotations(unit * (50_000 // len(unit)))
