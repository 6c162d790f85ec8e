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
        "Bo Lind\n@bolind\n·\nMar 3\nI will win.\n12\n34\n1.2K",
        "Bo Lind (@bolind) March 3, 2024\nI will\nwin.",
        "Bo Lind  @bolind · 3h\nI will win.",
        "I will win. — Bo Lind (@bolind) March 3, 2024",
        "I will win.\n\n— Bo Lind (@bolind) March 3, 2024",
        "Bo Lind\nMarch 3 at 7:02 PM ·\nI will win.\n12 likes",
        "Bo Lind\nMarch 3 at 7:02 PM\nI will win.\nLike Comment Share",
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
        "The guild met\n\nBo Lind (@bolind) March 3, 2024\nThe guild met.",
        "It met.\n\nBy Bo Lind (@bolind) March 3, 2024\nThe guild met.",
        "Bo Lind\nMarch 3 at 7:02 PM\nThe guild met.\n\nNobody came.",
        "> The plan of the guild:\n> - Open the hall",
        "> The guild met.\n> — Nobody came.",
    ],
)
def test_what_is_no_post_stays(text):
    assert with_posts_as_quotations(text) == text


def test_a_quotation_in_a_post_has_single_marks():
    text = 'He "knew" it. — Bo Lind (@bolind) March 3, 2024'
    assert with_posts_as_quotations(text) == "Bo Lind posted: “He ‘knew’ it.”"


def test_a_repeated_post_is_a_quotation_of_its_handle():
    assert with_posts_as_quotations("RT @bolind: I will win.\n") == "@bolind posted: “I will win.”\n"


def test_a_signed_block_of_quoted_lines_is_a_quotation():
    text = f"{BEFORE}\n\n> I will\n> win.\n>\n> — Bo Lind, mayor of Velm\n\n{AFTER}\n"
    assert with_posts_as_quotations(text) == f"{BEFORE}\n\nBo Lind, mayor of Velm, said: “I will win.”\n\n{AFTER}\n"


@pytest.mark.parametrize(
    "unit",
    [
        "> a\n",
        "> — A B\n",
        "— a (@b) ",
        "RT @b: ",
        "a @b · 3h\n",
        "a\nMar 3 at 7:02\n",
        "12\n",
        "Like\n",
        "a\n",
        "a @b\n",
        "a\n@b\n",
        "@b\n",
        "a @b\n1:00 · ",
    ],
)
def test_a_long_run_of_anything_is_looked_through_in_time(unit):
    assert with_posts_as_quotations(unit * (50_000 // len(unit)))
