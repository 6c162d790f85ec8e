import pytest

from sayso.data.articles.readers.web.html_text import html_text

STORY = (
    "<p>The ferry to Holm will sail again in May, after two winters in the dock, the harbour office told its passengers.</p>"
)
TOLD = "The ferry to Holm will sail again in May, after two winters in the dock, the harbour office told its passengers."
END = "<p>The fare stays.</p>"

POSTS = {
    "reply with topics": (
        '<blockquote class="twitter-tweet"><p><a>@dockers</a> <a>@town</a> We sail at six. <a>#Holm</a> <a>#ferry</a></p>'
        "— Ann O’Dea (@ann_o) <a>March 4, 2024</a></blockquote>",
        "Ann O’Dea posted: “We sail at six.”",
    ),
    "no class": (
        "<amp-twitter><blockquote placeholder><p>We sail at six.</p>— Holm Ferries (@holm) May 2</blockquote></amp-twitter>",
        "Holm Ferries posted: “We sail at six.”",
    ),
    "tweet": (
        '<blockquote class="twitter-tweet"><p lang="en">We sail at six. <a '
        'href="https://t.example/x">pic.twitter.com/Ab1</a></p>'
        '&mdash; Holm Ferries (@holmferries) <a href="https://twitter.example/1">March 4, '
        "2024</a></blockquote><script></script>",
        "Holm Ferries posted: “We sail at six.”",
    ),
    "tweet of two paragraphs": (
        '<blockquote class="twitter-tweet"><p>We sail<br>at six.<br><br>Bring <a href="/t">#tea</a>. <a '
        'href="/y">https://t.co/y</a>'
        "</p>— Ann O’Dea (@ann_o) <a>March 4, 2024</a></blockquote>",
        "Ann O’Dea posted: “We sail at six.\n\n“Bring #tea.”",
    ),
    "bluesky": (
        '<blockquote class="bluesky-embed"><p>We sail at six.<br><br><a href="/i">[image or embed]</a></p>&mdash; Bo Lund '
        "(<a>@bo.bsky.social</a>) <a>March 4, 2024 at 5:00 PM</a></blockquote>",
        "Bo Lund posted: “We sail at six.”",
    ),
    "instagram": (
        '<blockquote class="instagram-media"><div><a>View this post on Instagram</a><p><a>We sail at six.</a></p>'
        "<p>A post shared by <a>Bo Lund</a> (@bolund) on <time>Mar 4, 2024 at 3:00pm PST</time></p></div></blockquote>",
        "Bo Lund posted: “We sail at six.”",
    ),
    "facebook": (
        '<div class="fb-post"><blockquote cite="x" class="fb-xfbml-parse-ignore"><p>We sail at six.</p>Posted by '
        "<a>Holm Town Hall</a> on&nbsp;<a>Monday, March 4, 2024</a></blockquote></div>",
        "Holm Town Hall posted: “We sail at six.”",
    ),
    "tiktok": (
        '<blockquote class="tiktok-embed"><section><a>@bo</a><p>We sail at six.</p><a>♬ original sound - '
        "Bo</a></section></blockquote>",
        "@bo posted: “We sail at six.”",
    ),
}


@pytest.mark.parametrize(("post", "told"), POSTS.values(), ids=POSTS)
def test_an_embedded_post_keeps_its_words_and_who_wrote_them(post, told):
    assert html_text(STORY + post + END) == f"{TOLD}\n\n{told}\n\nThe fare stays."


@pytest.mark.parametrize(
    "post",
    [
        '<blockquote class="instagram-media"><a>View this post on Instagram</a><p><a>A post shared by Bo '
        "(@bo)</a></p></blockquote>",
        '<blockquote class="mastodon-embed"><a><div>Post by @bo@holm.example</div><div>View on '
        "Mastodon</div></a></blockquote>",
        '<figure class="wp-block-pullquote"><blockquote><p>two winters in the dock</p></blockquote></figure>',
        '<blockquote class="pull-quote">two winters in the dock</blockquote>',
        "<blockquote> </blockquote>",
    ],
)
def test_posts_without_words_and_pull_quotes_leave_nothing(post):
    assert html_text(STORY + post + END) == f"{TOLD}\n\nThe fare stays."


@pytest.mark.parametrize(
    ("quotation", "told"),
    [
        ("<blockquote>We sail at six.</blockquote>", "“We sail at six.”"),
        (
            "<blockquote>We sail at six. <cite>Bo Lund, skipper</cite></blockquote>",
            "Bo Lund, skipper, said: “We sail at six.”",
        ),
        (
            "<blockquote><p>We sail at six.</p><p>Be early.</p><footer>— <cite>Bo Lund</cite></footer></blockquote>",
            "Bo Lund said: “We sail at six.\n\n“Be early.”",
        ),
        ("<blockquote><p>“We sail at six.”</p><p>– Bo Lund</p></blockquote>", "Bo Lund said: “We sail at six.”"),
        (
            "<figure><blockquote>We sail at six.</blockquote><figcaption>Bo Lund</figcaption></figure>",
            "Bo Lund said: “We sail at six.”",
        ),
        ("<p>Lund told reporters:</p><blockquote>We sail at six.</blockquote>", "Lund told reporters: “We sail at six.”"),
        ("<blockquote><p>As <cite>The Gull</cite> wrote, it rained.</p></blockquote>", "“As The Gull wrote, it rained.”"),
        ("<blockquote><p>“No,” said Lund. “Never.”</p></blockquote>", "“No,” said Lund. “Never.”"),
        ('<blockquote type="cite"><p>An older mail.</p></blockquote>', "An older mail."),
    ],
)
def test_a_block_quotation_has_marks_and_keeps_who_speaks(quotation, told):
    assert html_text(STORY + quotation + END) == f"{TOLD}\n\n{told}\n\nThe fare stays."


def test_a_page_that_indents_its_story_as_a_block_quotation_quotes_nobody():
    assert html_text(f"<blockquote>{STORY}{END}</blockquote>") == f"{TOLD}\n\nThe fare stays."
