import pytest

from sayso.data.articles.notices import Notices
from sayso.data.articles.readers.web.page import knows, page_articles
from sayso.errors import SaysoError

FIRST = "The ferry to Holm will sail again in May, after two winters in the dock, the harbour office said on Tuesday."
SECOND = (
    "Bo Marsh, who sells tea on the pier of Holm, said the quiet years had been his best, and that he might move inland."
)
STORY = f"<h1>Ferry sails again</h1><p>{FIRST}</p><p>{SECOND}</p>"
TEXT = f"Ferry sails again\n\n{FIRST}\n\n{SECOND}"


def page(body, head="<title>Ferry sails again | The Gull</title>"):
    return f'<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


def read(source, **given):
    notices = []
    raw = source if isinstance(source, bytes) else source.encode()
    return list(page_articles(raw, "a.html", Notices(notices.append), **given)), notices


def read_one(source, **given):
    (article,), notices = read(source, **given)
    assert notices == []
    return article


@pytest.mark.parametrize(
    "body",
    [
        f"<article>{STORY}</article>",
        f"<main>{STORY}</main><footer>© 2017 The Gull</footer>",
        f"<h1>Ferry sails again</h1><div>{FIRST}<br><br>{SECOND}</div>",
        f"<table><tr><td><a href='/'>Home</a><td>{STORY}</table>",
        f"<form id='aspnetForm'><input>{STORY}</form>",
        f"<article>{STORY}</article><section><article><h3><a href='/b'>Mayor opens the pool</a></h3></article></section>",
        f"<div id='wm-ipp-base'><p>12 captures of this page, 3 Mar 2019 to 8 May 2021, by the archive</p></div>{STORY}",
        f"<div class='cookie-banner'><p>We use cookies to see what you read, day and night.</p></div><main>{STORY}</main>",
        f"<article>{STORY}<figure><img src='a'><figcaption>A pier. Photo: Kit Vane</figcaption></figure></article>",
        f"<article>{STORY}<aside><p>Read more: the county’s budget in ten figures, and what they "
        f"mean.</p></aside></article>",
        f"<article>{STORY}<div class='newsletter-signup'><p>Sign up to our morning email.</p></div></article>",
        f"<article><h1>Ferry sails again</h1><time datetime='2024-05-04'>May "
        f"4</time><p>{FIRST}</p><p>{SECOND}</p></article>",
    ],
)
def test_the_story_is_read_whole_and_without_what_stands_around_it(body):
    assert read_one(page(body)).text == TEXT


def test_items_of_lists_have_no_dashes_and_short_answers_stay():
    body = (
        f"<article>{STORY}<p><strong>Is it late?</strong></p><p>No.</p><ul><li>One cook "
        f"sails.</li></ul><p>{FIRST}</p></article>"
    )
    assert read_one(page(body)).text == f"{TEXT}\n\nIs it late?\n\nNo.\n\nOne cook sails.\n\n{FIRST}"


def test_questions_that_are_headings_stay_and_headings_above_links_go():
    answers = (
        f"<h3>Is it late?</h3><p>No.</p><h3>Read more</h3><ul><li><a href='/b'>Mayor opens pool</a></li></ul><p>{FIRST}</p>"
    )
    assert read_one(page(f"<article>{STORY}{answers}</article>")).text == f"{TEXT}\n\nIs it late?\n\nNo.\n\n{FIRST}"


def test_tables_of_figures_are_left_out():
    table = "<table><tr><th>Year</th><td>Passengers</td></tr><tr><th>1999</th><td>12,000</td></tr></table>"
    told = []
    (article,) = page_articles(
        page(f"<article>{STORY}{table}</article>").encode(), "a.html", notices := Notices(told.append)
    )
    notices.tell_counts()
    assert (article.text, told) == (TEXT, ["Tables of numbers in web pages left out: once, at a.html."])


def test_the_headline_of_a_short_page_stands_alone():
    assert read_one(page("<h1>Rain</h1><p>It rained.</p>", "")).text == "Rain\n\nIt rained."


@pytest.mark.parametrize("heading", ["Rain", "<a href='/rain'>Rain</a>"])
def test_a_short_article_is_read(heading):
    body = f"<nav><a href='/'>Home</a></nav><article><h1>{heading}</h1><p>It rained.</p></article>"
    assert read_one(page(body, "")).text == "Rain\n\nIt rained."


def test_a_title_that_the_page_does_not_show_is_no_sentence_of_it():
    article = read_one(page(f"<article><p>{FIRST}</p></article>", "<title>Harvest</title>"))
    assert (article.title, article.text) == ("Harvest", FIRST)


LINKED = """<script type="application/ld+json">{broken</script><script type="application/ld+json">
{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "Elsewhere"},
 {"@type": ["NewsArticle"], "headline": "Ferry sails again", "datePublished": "2024-03-04T23:30:00-05:00",
  "dateModified": "2024-03-09", "author": [{"name": "Lotte Frey"}, {"name": "Bo Roe"}],
  "publisher": {"name": "The Gull"}, "url": "https://gull.example/ferry" BODY}]}</script>"""


def test_json_ld_tells_of_the_article_though_a_block_is_broken():
    article = read_one(page(f"<article>{STORY}</article>", LINKED.replace("BODY", "")))
    assert (article.title, article.outlet, article.date) == ("Ferry sails again", "The Gull", "2024-03-04T23:30:00-05:00")
    assert (article.url, article.language, article.extra) == (
        "https://gull.example/ferry",
        "en-GB",
        {"byline": "Lotte Frey, Bo Roe"},
    )


def test_a_page_that_waits_for_a_script_is_read_from_its_json_ld():
    body = (FIRST + " ") * 6
    head = LINKED.replace("BODY", f', "articleBody": "{body}"')
    assert (
        read_one(page("<div id='root'></div><script src='a.js'></script>", head)).text
        == f"Ferry sails again\n\n{body.strip()}"
    )


@pytest.mark.parametrize(
    ("head", "body", "date"),
    [
        ("", "<footer>© 2017 The Gull</footer>", None),
        ("", "<p>It was built on March 3, 1911, and burnt on 2 May 1950, the chronicle of the town says.</p>", None),
        (
            '<meta property="article:published_time" content="2024-05-04"><meta name="date" content="2024-05-06">',
            "",
            "2024-05-04",
        ),
        (
            '<meta property="article:modified_time" content="2024-05-06">',
            "<time class='published' datetime='2024-05-04'>x</time>",
            "2024-05-04",
        ),
        ("", "<time datetime='2024-05-06'>Updated May 6</time>", None),
        ('<meta name="revised" content="2024-05-06">', "", None),
        ("", "<p>On <time datetime='1950-05-02'>2 May 1950</time> it burnt.</p>", None),
        ("", "<div class='meta'>First published: 4 May 2024. Last updated: 6 May 2024</div>", "2024-05-04"),
        ("", "<aside><time datetime='2023-01-01'>1 Jan</time></aside><time datetime='2024-05-04'></time>", "2024-05-04"),
        ("", "<aside><ul><li><time datetime='2023-01-01'>1 Jan</time></ul></aside>", None),
        (
            '<script type="application/ld+json">{"@type": "ItemList", "itemListElement": [{"item": {"@type": "NewsArticle", '
            '"headline": "Pool", "datePublished": "2020-01-01"}}]}</script>',
            "",
            None,
        ),
        ('<link rel="canonical" href="https://gull.example/2024/05/04/ferry">', "", "2024-05-04"),
        ("", "<time class='updated' datetime='2024-05-06'></time><time pubdate datetime='2024-05-04'></time>", "2024-05-04"),
        (
            "",
            "<p>On <time datetime='1950-05-02'>2 May 1950</time> the old ferry burnt down to the water, as is "
            "well known.</p>",
            None,
        ),
    ],
)
def test_the_date_is_the_day_of_publication_or_none(head, body, date):
    assert read_one(page(f"<article>{STORY}{body}</article>", head)).date == date


def test_an_archived_page_has_its_own_address_and_what_is_given_counts_last():
    link = '<link rel="canonical" href="https://web.archive.org/web/20190303120000/https://gull.example/ferry">'
    assert read_one(page(STORY, link), url="https://other.example", date="2020-01-01").url == "https://gull.example/ferry"
    article = read_one(page(STORY, ""), url="https://other.example", date="2020-01-01")
    assert (article.url, article.date) == ("https://other.example", "2020-01-01")


@pytest.mark.parametrize("charset", ["windows-1252", "utf-16"])
def test_the_encoding_that_a_page_names_is_taken(charset):
    source = page(f"<article>{STORY}<p>The café “Gull” is open to all who wait for the ferry in the cold.</p></article>")
    assert "café “Gull”" in read_one(source.replace("utf-8", charset).encode(charset)).text


def of_towns(opening, closing, rank="h2"):
    towns = ("Orla", "Tolland", "Brede")
    return "".join(
        f"{opening}<{rank}>News from {t}</{rank}><p>{FIRST}</p><p>The council of {t} met.</p>{closing}" for t in towns
    )


@pytest.mark.parametrize(
    "body",
    [
        of_towns("<article>", "</article>"),
        of_towns("<article><div class='text'>", "</div></article>"),
        of_towns("<div itemscope itemtype='https://schema.org/NewsArticle'>", "</div>"),
        of_towns("<section>", "</section>"),
        of_towns("<div>", "</div>", "h1"),
        of_towns("", "", "h1"),
        of_towns("<hr>", ""),
        f"<table>{of_towns('<tr><td>', '</td></tr>')}</table>",
    ],
)
def test_several_stories_are_articles_each(body):
    articles, notices = read(page(body, "<title>Press</title>"))
    assert [(a.id, a.title) for a in articles] == [
        ("a.html:1", "News from Orla"),
        ("a.html:2", "News from Tolland"),
        ("a.html:3", "News from Brede"),
    ]
    assert articles[2].text == f"News from Brede\n\n{FIRST}\n\nThe council of Brede met."
    assert notices == ["a.html: 3 articles on one page, each read by itself."]


def test_boxes_that_are_called_articles_are_articles_without_a_heading():
    body = "".join(f'<div class="story"><div class="top">{t}</div><p>{FIRST}</p></div>' for t in ("Orla", "Brede"))
    assert [a.text for a in read(page(body, ""))[0]] == [f"Orla\n\n{FIRST}", f"Brede\n\n{FIRST}"]


def test_pages_one_behind_the_other_are_articles_each():
    second = page(f"<main><h1>Snow on the pass</h1><p>{SECOND}</p></main>", "")
    articles, notices = read(f"{page(STORY)}\n{page('')}\n{second}")
    assert [(a.id, a.text) for a in articles if not isinstance(a, SaysoError)] == [
        ("a.html:1", TEXT),
        ("a.html:3", f"Snow on the pass\n\n{SECOND}"),
    ]
    assert str(articles[1]) == "a.html:2: no article found in this page; save its text as .txt instead."
    assert notices == ["a.html: 3 pages in one file, each read by itself."]


def test_each_of_several_stories_has_its_own_day():
    days = ("<article><time datetime='2024-01-01'></time>", "</article>")
    body = of_towns(*days).replace("2024-01-01", "2024-01-02", 1)
    assert [a.date for a in read(page(body))[0]] == ["2024-01-02", "2024-01-01", "2024-01-01"]


def test_sections_of_one_story_and_posts_of_a_live_blog_stay_together():
    sections = f"<h1>Ferry sails again</h1>{of_towns('<section>', '</section>')}"
    posts = f"<h1>Ferry sails again</h1><article><p>{FIRST}</p></article><article><p>{SECOND}</p></article>"
    assert read_one(page(sections)).text.endswith("The council of Brede met.")
    assert read_one(page(posts)).text == TEXT


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<html></html>", "no article found in this page"),
        ("<!DOCTYPE html>", "no article found in this page"),
        ("<html><frameset><frame src='b.html'></frameset></html>", "a page of frames"),
        (
            page("<div id='root'></div><noscript>Please enable JavaScript</noscript><script src='a.js'></script>"),
            "by script",
        ),
        (page("<article><h2><a href='/b'>A</a></h2><p>The council met…</p></article>" * 5), "a list of 5 teasers"),
    ],
)
def test_a_page_without_a_story_says_why(source, words):
    with pytest.raises(SaysoError, match=rf"^a\.html: .*{words}"):
        read(source)


@pytest.mark.parametrize(
    ("start", "known"),
    [
        (b"<!DOCTYPE html><html>", True),
        (b"\xef\xbb\xbf\n<!-- saved -->\n<HTML lang='en'>", True),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x"><html>', True),
        (b"<p>The mayor left.</p>", True),
        (b"<placard> said the mayor", False),
        (b"<p> is a tag, said the teacher.", False),
        (b"<b>ORLA</b> The mayor left.", False),
        (b'<?xml version="1.0"?><rss>', False),
        (b"The tag <html> begins a page.", False),
        (b"", False),
    ],
)
def test_a_page_is_known_by_its_beginning(start, known):
    assert knows(start) is known
