import pytest
from document_files import read_bytes, zipped

CONTAINER = '<container><rootfiles><rootfile full-path="OEBPS/content.opf"/></rootfiles></container>'
PAGE = (
    '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
    '<head><title/><link rel="stylesheet"/></head><body{}>{}</body></html>'
)
NCX = '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{}</navMap></ncx>'
POINT = '<navPoint><navLabel><text>{}</text></navLabel><content src="{}"/></navPoint>'
NAV = '<html xmlns:epub="http://www.idpf.org/2007/ops"><body><nav epub:type="toc">{}</nav></body></html>'


def epub(pages, contents=None, about="", nav=False, order=None, **parts):
    """Make a book of pages, each the markup of its body or (attributes, markup); ``contents`` are (title, page)."""
    items = [f'<item id="{name}" href="text/{name}.xhtml" media-type="application/xhtml+xml"/>' for name in pages]
    items += ['<item id="css" href="a.css" media-type="text/css"/>']
    files = {}
    if contents and nav:
        items.append('<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>')
        files["OEBPS/nav.xhtml"] = NAV.format(
            "".join(f'<a href="text/{page}.xhtml#x">{title}</a>' for title, page in contents)
        )
    elif contents:
        items.append('<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>')
        files["OEBPS/toc.ncx"] = NCX.format("".join(POINT.format(title, f"text/{page}.xhtml") for title, page in contents))
    spine = "".join(f'<itemref idref="{name}"/>' for name in order or [*(["nav"] if nav else []), *pages])
    for name, page in pages.items():
        files[f"OEBPS/text/{name}.xhtml"] = PAGE.format(*(page if isinstance(page, tuple) else ("", page)))
    package = (
        f'<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>{about}</metadata>'
        f"<manifest>{''.join(items)}</manifest><spine>{spine}</spine></package>"
    )
    named = {name.replace("__", "/"): content for name, content in parts.items()}
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "OEBPS/content.opf": package,
            **files,
            **named,
        }
    )


def read(folder, raw, name="a.epub"):
    return read_bytes(folder, name, raw)


ABOUT = "<dc:title>Trains of Orla</dc:title><dc:creator>Ada Moor</dc:creator><dc:date>2023-05-02</dc:date>"


def test_a_chapter_is_an_article_in_the_order_of_the_spine(tmp_path):
    pages = {"b": "<h1>Two</h1><p>Snow fell.</p>", "a": "<h1>One</h1><p>Rain fell.</p>", "c": "<p>It melted.</p>"}
    raw = epub(pages, [("The first", "a"), ("The second", "b")], ABOUT, order=["a", "b", "c"])
    articles, errors, notices = read(tmp_path, raw)
    assert [(a.id, a.title, a.text) for a in articles] == [
        (f"{tmp_path}/a.epub:1", "The first", "One\n\nRain fell."),
        (f"{tmp_path}/a.epub:2", "The second", "Two\n\nSnow fell.\n\nIt melted."),
    ]
    assert {(a.date, a.outlet, a.extra["byline"], a.extra["book"]) for a in articles} == {
        ("2023-05-02", None, "Ada Moor", "Trains of Orla")
    }
    assert errors == []
    assert notices == [
        "FILE: read as 2 articles, one per chapter of this book.",
        "Articles dated by their book's publication date: once, at FILE.",
    ]


def test_a_newspaper_gives_its_articles(tmp_path):
    about = "<dc:title>Orla Post [Tue, 02 May 2023]</dc:title><dc:date>2023-05-02</dc:date>"
    about += '<meta name="calibre:publication_type" content="periodical:news"/>'
    bar = '<div class="calibre_navbar"><a>Next</a> Read on.</div>'
    pages = {
        "menu": '<ul class="calibre_feed_list"><li>Trains run. Ovens go cold.</li></ul>',
        "a": f"{bar}<p>Trains run.</p>",
        "b": f"{bar}<p>Ovens go cold.</p>",
    }
    articles, errors, notices = read(tmp_path, epub(pages, [("News", "menu"), ("Trains", "a"), ("Ovens", "b")], about))
    assert [(a.title, a.outlet, a.date, a.text, a.extra) for a in articles] == [
        ("Trains", "Orla Post", "2023-05-02", "Trains run.", {}),
        ("Ovens", "Orla Post", "2023-05-02", "Ovens go cold.", {}),
    ]
    assert errors == []
    assert notices == ["FILE: read as 2 articles, one per article of this newspaper."]


def test_one_story_is_one_article_whose_title_page_is_told(tmp_path):
    pages = {"title": "<h1>Trains of Orla</h1><p>Ada Moor</p>", "a": "<p>Rain fell.</p>"}
    (article,), errors, notices = read(
        tmp_path, epub(pages, [("Story", "a")], "<dc:title>Trains of Orla</dc:title>", nav=True)
    )
    assert (article.id, article.title, article.text) == (f"{tmp_path}/a.epub", "Trains of Orla", "Rain fell.")
    assert errors == []
    assert notices == ["EPUB pages without a sentence left out: once, at FILE: OEBPS/text/title.xhtml."]


def test_without_contents_a_heading_begins_a_chapter(tmp_path):
    pages = {"a": "<h2>One</h2><p>Rain fell.</p>", "b": "<p>It dried.</p>", "c": "<h2>Two</h2><p>Snow fell.</p>"}
    articles, _, _ = read(tmp_path, epub(pages))
    assert [(a.title, a.text) for a in articles] == [("One", "One\n\nRain fell.\n\nIt dried."), ("Two", "Two\n\nSnow fell.")]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p><b>T</b><span>he mayor</span> <a>Roe</a><span>’s</span> aide left.</p>", "The mayor Roe’s aide left."),
        (
            '<p>Rain<a epub:type="noteref" href="#n">1</a> fell.</p><aside epub:type="footnote"><p>A note.</p></aside>',
            "Rain fell.",
        ),
        ('<p>Rain <a role="doc-noteref">1</a>fell.</p><section role="doc-endnotes">Notes are here.</section>', "Rain fell."),
        ("<p>Caf&eacute;s closed&nbsp;now.<br/>So.</p>", "Cafés closed now.\nSo."),
        ('<p>Rain <span class="s1">never </span><i class="s2 x">surely </i>fell.</p>', "Rain fell."),
        ("<p>Rain <del>never </del>fell: <q>Yes.</q></p><script/>", "Rain fell: “Yes.”"),
        ('<p>Rain <span epub:type="pagebreak" title="3">3</span>fell.</p>', "Rain fell."),
    ],
)
def test_a_page_is_what_a_reader_sees(tmp_path, body, text):
    style = ".s1 {display : none} p { margin: 0 }\n.s0, i.s2 { text-decoration: line-through; }"
    (article,), errors, _ = read(tmp_path, epub({"a": body}, **{"OEBPS__a.css": style}))
    assert (article.text.replace("\xa0", " "), errors) == (text, [])


def test_pages_that_are_no_text_are_left_out(tmp_path):
    cover = (' epub:type="cover"', "<p>A cover by Ada Moor.</p>")
    (article,), _, _ = read(tmp_path, epub({"cover": cover, "a": "<p>Rain fell.</p>"}))
    assert article.text == "Rain fell."


def test_an_epub_is_known_whatever_it_is_called(tmp_path):
    assert read(tmp_path, epub({"a": "<p>Rain fell.</p>"}), "a.txt")[0][0].text == "Rain fell."


LOCK = '<encryption><EncryptedData><EncryptionMethod Algorithm="{}"/></EncryptedData></encryption>'


def test_only_fonts_may_be_encrypted(tmp_path):
    fonts = epub(
        {"a": "<p>Rain fell.</p>"}, **{"META-INF__encryption.xml": LOCK.format("http://www.idpf.org/2008/embedding")}
    )
    pages = epub(
        {"a": "<p>Rain fell.</p>"},
        **{"META-INF__encryption.xml": LOCK.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc")},
    )
    assert len(read(tmp_path, fonts)[0]) == 1
    assert read(tmp_path, pages)[:2] == (
        [],
        ["FILE: this EPUB is copy-protected; only EPUBs without protection can be read."],
    )


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (
            epub({"a": "<p>Rain fell.</p>"})[:300],
            "this EPUB is damaged or incomplete (File is not a zip file); get the file again.",
        ),
        (epub({"a": "<p/>"}), "no text; leave it out."),
        (zipped({"mimetype": "application/epub+zip"}), "this EPUB has no list of its pages; create it again."),
    ],
)
def test_what_cannot_be_read_is_one_line(tmp_path, raw, line):
    assert read(tmp_path, raw)[:2] == ([], [f"FILE: {line}"])


def test_the_title_of_an_article_counts_before_that_of_its_section(tmp_path):
    pages = {"a": "<p>Rain fell.</p>", "b": "<h1>Snow here</h1><p>Snow fell.</p>"}
    articles, _, _ = read(tmp_path, epub(pages, [("Weather", "a"), ("Rain falls", "a"), ("2", "b")]))
    assert [article.title for article in articles] == ["Rain falls", "Snow here"]


def test_a_broken_table_of_contents_stops_nobody(tmp_path):
    raw = epub({"a": "<p>Rain fell.</p>"}, [("One", "a")], **{"OEBPS__toc.ncx": "<ncx><navMap>"})
    assert [article.text for article in read(tmp_path, raw)[0]] == ["Rain fell."]


def test_several_chapters_on_a_page_are_parted(tmp_path):
    page = '<p>Before it all.</p><h1><a id="x1"/>Rain</h1><p>Rain fell.</p><div id="x2"><h1>Snow</h1><p>Snow fell.</p></div>'
    links = "".join(f'<li><a href="text/a.xhtml#x{n}">{title}</a></li>' for n, title in ((1, "The rain"), (2, "The snow")))
    nav = NAV.format(f"<ol>{links}</ol>")
    raw = epub({"a": page}, [("One", "a")], nav=True, **{"OEBPS__nav.xhtml": nav})
    articles, errors, _ = read(tmp_path, raw)
    assert errors == []
    assert [(a.title, a.text) for a in articles] == [
        (None, "Before it all."),
        ("The rain", "Rain\n\nRain fell."),
        ("The snow", "Snow\n\nSnow fell."),
    ]


@pytest.mark.parametrize(
    "title",
    ["Orla Post [Tue, 02 May 2023]", "Orla Post, 2 May 2023", "Orla Post – 2023-05-02", "Orla Post: Tuesday, May 2nd, 2023"],
)
def test_a_title_with_a_day_is_that_of_a_newspaper(tmp_path, title):
    raw = epub(
        {"a": "<h1>One</h1><p>Rain fell.</p>", "b": "<h1>Two</h1><p>Snow fell.</p>"}, about=f"<dc:title>{title}</dc:title>"
    )
    articles, _, _ = read(tmp_path, raw)
    assert {(a.outlet, a.date) for a in articles} == {("Orla Post", "2023-05-02")}


@pytest.mark.parametrize("title", ["The Trains of 2023", "May 2023", "Night trains (2nd edition)"])
def test_other_titles_are_those_of_books(tmp_path, title):
    raw = epub(
        {"a": "<h1>One</h1><p>Rain fell.</p>", "b": "<h1>Two</h1><p>Snow fell.</p>"}, about=f"<dc:title>{title}</dc:title>"
    )
    assert {(a.outlet, a.extra["book"]) for a in read(tmp_path, raw)[0]} == {(None, title)}


def test_a_page_of_nothing_is_left_out(tmp_path):
    pages = {"a": "<p>Rain fell.</p>", "b": "<p>Snow fell.</p>"}
    articles, errors, _ = read(tmp_path, epub(pages, **{"OEBPS__text__b.xhtml": ""}))
    assert ([a.text for a in articles], errors) == (["Rain fell."], [])


def test_numbers_of_half_characters_are_shown_as_lost(tmp_path):
    (article,), errors, _ = read(tmp_path, epub({"a": "<p>Rain&#xD800; fell in Tolm.</p>"}))
    assert (set(article.text) & {"\ufffd"}, article.text.replace("\ufffd", ""), errors) == (
        {"\ufffd"},
        "Rain fell in Tolm.",
        [],
    )
