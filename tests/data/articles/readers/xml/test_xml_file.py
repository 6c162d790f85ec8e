import tracemalloc

import pytest

from sayso.data.articles.files import read_articles
from sayso.data.articles.kinds import reader_of
from sayso.data.articles.readers.xml.xml_file import knows

DECLARED = '<?xml version="1.0" encoding="utf-8"?>\n'


def read(tmp_path, content, name="a.xml"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    errors, notices = [], []
    articles = list(read_articles([str(path)], on_error=errors.append, notice=notices.append))
    return articles, [str(e).replace(str(path), "FILE") for e in errors], [n.replace(str(path), "FILE") for n in notices]


def read_one(tmp_path, content, name="a.xml"):
    (article,), errors, notices = read(tmp_path, content, name)
    assert (errors, notices) == ([], [])
    return article


LONG = "The ferry to Holm will sail again in May, after two winters in the dock, said the harbour office. " * 6
RSS = f"""{DECLARED}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>The Gull</title><link>https://gull.example</link><language>en-gb</language>
<item><title>Ferry &amp;amp; dock</title><link>https://gull.example/1</link><guid>g1</guid>
<pubDate>Mon, 04 Mar 2024 23:30:00 -0500</pubDate><dc:creator>Ada Roe</dc:creator><dc:creator>Bo Lund</dc:creator>
<media:description>A boat at the pier, whose caption is longer than what the article has to say of it.</media:description>
<description>It sails…</description><content:encoded><![CDATA[<p>Roe said: <q>It sails.</q></p><p>Nobody&nbsp;is glad.</p>
<p>The post <a href="/1">Ferry</a> appeared first on <a href="/">The Gull</a>.</p>]]></content:encoded></item>
<item><title>Rain</title><description>A source &lt;unnamed&gt; said no to R&amp;D. {LONG}</description></item>
</channel></rss>"""


def test_items_of_rss_are_articles_with_their_longest_text(tmp_path):
    (ferry, rain), errors, notices = read(tmp_path, RSS, "news.rss")
    assert (errors, notices) == ([], [])
    assert (ferry.id, ferry.title, ferry.outlet, ferry.url) == ("g1", "Ferry & dock", "The Gull", "https://gull.example/1")
    assert (ferry.date, ferry.language, ferry.extra) == ("2024-03-04", "en-gb", {"byline": "Ada Roe, Bo Lund"})
    assert ferry.text == "Ferry & dock\n\nRoe said: “It sails.”\n\nNobody is glad."
    assert rain.id.endswith("news.rss:2")
    assert rain.text.startswith("Rain\n\nA source <unnamed> said no to R&D. The ferry")


def test_entries_of_atom_are_articles(tmp_path):
    content = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>The Gull</title><entry>
<title>Ferry</title><link rel="edit" href="/x"/><link href="https://gull.example/1"/><id>tag:1</id>
<updated>2024-03-09T00:00:00Z</updated><published>2024-03-04T23:30:00-05:00</published><author><name>Ada Roe</name></author>
<summary>It sails.</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>It sails <b>in</b> May.</p>
<p>Nobody is glad.</p></div></content></entry></feed>"""
    article = read_one(tmp_path, content, "news.atom")
    assert article.text == "Ferry\n\nIt sails in May.\n\nNobody is glad."
    assert (article.id, article.outlet, article.date, article.url) == (
        "tag:1",
        "The Gull",
        "2024-03-04",
        "https://gull.example/1",
    )


def test_teasers_are_read_and_counted_and_items_without_text_are_told(tmp_path):
    items = "".join(f"<item><title>{t}</title>{d}</item>" for t, d in (("A", "<description>One.</description>"), ("B", "")))
    articles, errors, notices = read(tmp_path, f"<rss><channel><title>G</title>{items}</channel></rss>", "a.txt")
    assert [a.text for a in articles] == ["A\n\nOne."]
    assert errors == ["FILE:2: no text of “B”; leave it out."]
    assert notices == ["feed items with a teaser only: once, at FILE:1."]


NITF = """<nitf{space}><head><title>x</title><docdata>
<doc-id id-string="d1"/><date.issue norm="20240304T233000-0500"/></docdata>
<pubdata name="The Gull" position.section="Coast"/></head><body><body.head><hedline><hl1>Ferry sails</hl1></hedline>
<byline>By <person>Ada Roe</person></byline></body.head><body.content><p>It sails in <em>May</em>.</p>
<media><media-caption><p>A boat.</p></media-caption></media><table><tr><td>7</td></tr></table>
<block><hl2>Costs</hl2><p>Nobody is glad.</p></block></body.content>
<body.end><tagline>Kit Vane wrote this.</tagline></body.end>
</body></nitf>"""


def test_nitf_gives_its_paragraphs_without_tables_captions_and_taglines(tmp_path):
    article = read_one(tmp_path, DECLARED + NITF.format(space=""))
    assert article.text == "Ferry sails\n\nIt sails in May.\n\nCosts\n\nNobody is glad."
    assert (article.id, article.title, article.outlet, article.date) == ("d1", "Ferry sails", "The Gull", "2024-03-04")
    assert article.extra == {"byline": "Ada Roe", "section": "Coast"}


def test_newsml_g2_is_read_with_whatever_holds_its_text(tmp_path):
    nitf = NITF.format(space=' xmlns="http://iptc.org/std/NITF/2006-10-18/"')
    content = f"""{DECLARED}<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="u1" xml:lang="en"><itemMeta>
<provider literal="Orla Press"/><versionCreated>2023-05-02T10:00:00Z</versionCreated>
</itemMeta><contentMeta><headline>Ferry</headline><contentCreated>2023-05-01</contentCreated></contentMeta>
<contentSet><inlineXML>{nitf}</inlineXML></contentSet></newsItem>
<newsItem guid="u2"><contentMeta><headline>Rain</headline></contentMeta><contentSet><inlineXML>
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><p>It rained.</p></body></html></inlineXML>
</contentSet></newsItem>
<newsItem guid="u3"><contentSet><inlineData>It hailed &amp; froze.</inlineData></contentSet></newsItem>
<packageItem guid="p"/><newsItem guid="u4"><contentSet><remoteContent href="a.jpg"/></contentSet></newsItem>
</itemSet></newsMessage>"""
    articles, errors, notices = read(tmp_path, content)
    assert [(a.id, a.title, a.outlet, a.date) for a in articles] == [
        ("u1", "Ferry", "Orla Press", "2023-05-01"),
        ("u2", "Rain", None, None),
        ("u3", None, None, None),
    ]
    assert [a.text for a in articles] == [
        "Ferry\n\nIt sails in May.\n\nCosts\n\nNobody is glad.",
        "Rain\n\nIt rained.",
        "It hailed & froze.",
    ]
    assert errors == ["FILE:4: no text; leave it out."]
    assert notices == ["FILE: left out: 1 item without a published story (packageItem 1)."]


def test_newsml_1_and_tei_are_read(tmp_path):
    newsml = """<NewsML><NewsItem>
<Identification><NewsIdentifier><NewsItemId>n1</NewsItemId></NewsIdentifier></Identification>
<NewsManagement><FirstCreated>20240304T233000-0500</FirstCreated></NewsManagement><NewsComponent><NewsLines>
<HeadLine>Rain</HeadLine></NewsLines><ContentItem><DataContent><p>It rained.</p><p>It hailed.</p></DataContent></ContentItem>
</NewsComponent></NewsItem></NewsML>"""
    article = read_one(tmp_path, DECLARED + newsml)
    assert (article.id, article.date, article.text) == ("n1", "2024-03-04", "Rain\n\nIt rained.\n\nIt hailed.")
    tei = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Rain</title></titleStmt>
<publicationStmt><publisher>The Gull</publisher><date when="1911-05-02"/></publicationStmt></fileDesc></teiHeader>
<text><body><div><p>It rained.</p></div><note>Torn.</note><p>It hailed.</p></body></text></TEI>"""
    article = read_one(tmp_path, DECLARED + tei)
    assert (article.outlet, article.date, article.text) == ("The Gull", "1911-05-02", "Rain\n\nIt rained.\n\nIt hailed.")


@pytest.mark.parametrize(
    "content",
    [
        '<articles><article id="7"><title>Rain</title><date>2024-03-04</date>'
        "<text>It rained.\n\nIt hailed.</text></article></articles>",
        "<root><doc id='7'><headline>Rain</headline><date>2024-03-04</date>"
        "<body><p>It rained.</p><p>It hailed.</p></body></doc></root>",
        "<add><doc><field name='id'>7</field><field name='title'>Rain</field><field name='date'>2024-03-04</field>"
        "<field name='body'>&lt;p&gt;It rained.&lt;/p&gt;&lt;p&gt;It hailed.&lt;/p&gt;</field></doc></add>",
        "<article id='7' date='2024-03-04'><title>Rain</title><p>It rained.</p><p>It hailed.</p></article>",
        "<doc><field name='id'>7</field><field name='title'>Rain</field><field name='date'>2024-03-04</field>"
        "<field name='p'>It rained.</field><p> </p><field name='p'>It hailed.</field></doc>",
    ],
)
def test_databases_with_the_usual_names_are_read(tmp_path, content):
    for start in (DECLARED, ""):
        article = read_one(tmp_path, start + content)
        assert (article.id, article.title, article.date, article.text) == (
            "7",
            "Rain",
            "2024-03-04",
            "It rained.\n\nIt hailed.",
        )


def test_documents_one_after_the_other_are_read(tmp_path):
    content = "".join(
        f"<DOC>\n<DOCNO>{n}</DOCNO>\n<HEADLINE>Rain</HEADLINE>\n<TEXT>\nAT&T said {n}.\n</TEXT>\n</DOC>\n" for n in (1, 2)
    )
    articles, errors, notices = read(tmp_path, content, "trec.txt")
    assert [a.text for a in articles] == ["AT&T said 1.", "AT&T said 2."]
    assert (errors, notices) == ([], [])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<config><server port='1'><name>x</name></server></config>", "XML with the root <config> cannot be read"),
        ("<urlset><url><loc>https://a.example</loc></url></urlset>", "a sitemap lists addresses, not texts"),
        ("<mediawiki><page><title>A</title><text>b</text></page></mediawiki>", "a wiki dump cannot be read"),
        ("<packageItem guid='p'><itemMeta/></packageItem>", "a NewsML-G2 package"),
        ("<rss><channel><title>G</title></channel></rss>", "no articles in this <rss>"),
        ("", "not XML"),
        ("<a><b>c</a>", "broken XML"),
    ],
)
def test_what_is_no_article_is_refused_in_one_line(tmp_path, content, said):
    articles, (error,), notices = read(tmp_path, DECLARED + content)
    assert (articles, notices) == ([], [])
    assert error.startswith(f"FILE: {said}")


def test_broken_xml_is_read_as_far_as_it_goes_and_told(tmp_path):
    content = "<articles><article><title>A</title><text>One.</text></article><article><title>B</title><text>Tw"
    articles, errors, (notice,) = read(tmp_path, DECLARED + content)
    assert articles[0].text == "One."
    assert errors == []
    assert notice.startswith("FILE: broken XML (line 2: ")


def test_entities_of_html_are_characters_and_those_of_the_file_are_not_followed(tmp_path):
    declared = f'{DECLARED}<!DOCTYPE a [<!ENTITY b "boom"><!ENTITY c SYSTEM "file:///etc/hostname">]>'
    article = read_one(tmp_path, f"{declared}<a><title>R&eacute;</title><text>Rain &mdash; &b;&c; &amp; hail.</text></a>")
    assert (article.title, article.text) == ("Ré", "Rain — &b;&c; & hail.")


def test_numbers_of_half_characters_are_shown_as_lost(tmp_path):
    content = (
        "<rss><item><title>A&#xD800;b</title><description>It&#57343; rained &#8220;again&#8221;.</description></item></rss>"
    )
    (article,), errors, _ = read(tmp_path, content)
    assert errors == []
    assert (article.title, article.text) == ("A\ufffdb", "A\ufffdb\n\nIt\ufffd rained “again”.")


def test_cdata_keeps_what_stands_in_it(tmp_path):
    item = (
        "<item><title><![CDATA[AT&T & Roe]]></title><description><![CDATA[<p>AT&T said "
        "&ldquo;no&rdquo;.</p>]]></description></item>"
    )
    (article,), _, _ = read(tmp_path, f"{DECLARED}<rss><channel>{item}</channel></rss>")
    assert (article.title, article.text) == ("AT&T & Roe", "AT&T & Roe\n\nAT&T said “no”.")


@pytest.mark.parametrize("start", [DECLARED, ""])
def test_bytes_of_windows_are_read_as_what_they_are_and_told(tmp_path, start):
    content = "<a><title>Café</title><text>He said “no”.</text></a>"
    (article,), errors, notices = read(tmp_path, start.encode() + content.encode("cp1252"))
    assert (article.title, article.text, errors) == ("Café", "He said “no”.", [])
    assert notices == ["FILE: 3 bytes not in the encoding that the file declares; read as cp1252, which is a guess."]
    latin = '<?xml version="1.0" encoding="iso-8859-1"?>'
    assert read_one(tmp_path, f"{latin}{content}".encode("cp1252")).text == "He said “no”."


def test_declarations_may_stand_anywhere(tmp_path):
    one = f"\n {DECLARED}<!DOCTYPE a SYSTEM 'a.dtd'><a><title>T</title><text>One.</text></a>"
    assert [a.text for a in read(tmp_path, one * 2)[0]] == ["One.", "One."]


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1"])
def test_the_encoding_that_it_names_is_taken(tmp_path, encoding):
    content = f'<?xml version="1.0" encoding="{encoding}"?><a><title>Ré</title><text>Le café.</text></a>'
    assert read_one(tmp_path, content.encode(encoding)).text == "Le café."


def test_memory_does_not_grow_with_the_file(tmp_path):
    one = f"<article><title>A</title><text>{LONG}</text></article>"
    path = tmp_path / "big.xml"
    peaks = []
    for n in (50, 1500):
        path.write_text(f"{DECLARED}<articles>{one * n}</articles>")
        tracemalloc.start()
        assert sum(1 for _ in read_articles([str(path)])) == n
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 2 * peaks[0] + 1_000_000


@pytest.mark.parametrize(
    ("start", "known"),
    [
        (b'<?xml version="1.0"?><config>', True),
        (b"<rss version='2.0'>", True),
        (b"<articles>\n<article id='1'><title>Rain</title></article>", True),
        ("\ufeff<?xml version='1.0'?>".encode("utf-16-le"), True),
        (b'<?xml version="1.0"?><!DOCTYPE html><html>', False),
        (b"<div><p>It rained.</p>", False),
        (b"<unnamed> <source> said", False),
        (b"<Ada Roe> said no", False),
        (b"Rain < hail", False),
    ],
)
def test_xml_is_known_by_its_beginning(start, known):
    assert knows(start) is known


def test_xhtml_in_an_xml_file_is_a_page():
    assert reader_of("a.xml", b'<?xml version="1.0"?><html><body>').kind.startswith("Web pages")


def test_pictures_and_drafts_in_an_export_of_wordpress_are_no_articles(tmp_path):
    kinds = [("post", "publish"), ("attachment", "inherit"), ("post", "draft"), ("page", "publish"), ("report", "private")]
    items = "".join(
        f"<item><title>{number}</title><c:encoded><![CDATA[<p>Rain fell.</p>]]></c:encoded>"
        f"<wp:post_type>{kind}</wp:post_type><wp:status>{status}</wp:status></item>"
        for number, (kind, status) in enumerate(kinds, 1)
    )
    names = 'xmlns:wp="http://wordpress.org/export/1.2/" xmlns:c="http://purl.org/rss/1.0/modules/content/"'
    articles, errors, notices = read(tmp_path, f"<rss {names}><channel>{items}</channel></rss>")
    assert ([article.title for article in articles], errors) == (["1", "4", "5"], [])
    assert notices == ["FILE: left out: 2 items without a published story (attachment 1, draft 1)."]
