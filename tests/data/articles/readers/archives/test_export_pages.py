"""Exports as web pages: Factiva, Europresse, ProQuest, LexisNexis."""

import re
from email.message import EmailMessage

import pytest

from sayso.data.articles.files import read_articles

FERRY = "The ferry to Harrowfen left at dawn."
CAPTAIN = "“We waited a year for this,” said its captain, Tom Orrick."
BEES = "Wild bees were counted in the fen again."


def row(code, *cells):
    return f'<tr><td class="index"><b>{code}</b>&nbsp;</td><td>{"".join(cells)}</td></tr>'


def paragraph(words):
    return f'<p class="articleParagraph enarticleParagraph">{words}\n</p>'


FACTIVA = f"""<html><head><title>Factiva</title><style>.article {{}}</style></head><body><h1>Dow Jones Factiva</h1>
<div class="article enArticle"><table>
{row("SE", "Local")}{row("HD", "<b>Ferry to Harrowfen sails again</b>")}{row("BY", "By Ada Penhallow")}
{row("WC", "17 words")}{row("PD", "4 June 2024")}{row("SN", "Quillmouth Courier")}{row("LA", "English")}
{row("CY", "(c) 2024 Courier Press")}{row("LP", paragraph(FERRY))}{row("TD", paragraph(CAPTAIN))}
{row("NS", "<br>gtour : Travel")}{row("AN", "<br>Document QUILLC0020240604ek640000a")}</table><br></div>
<div class="article enArticle"><table>{row("HD", "Bees return")}{row("WC", "8 words")}{row("PD", "3 June 2024")}
{row("SN", "The Fen Telegraph")}{row("LP", paragraph(BEES))}{row("AN", "Document FENTEL0020240603ek630000b")}</table></div>
<div id="pageFooter">© 2024 Factiva, Inc.</div></body></html>"""

FACTIVA_WITHOUT_CODES = f"""<html><head><title>Factiva</title></head><body>
<div class="article"><div class="article enArticle"><p>
<div id="hd"><span class="enHeadline">Ferry to Harrowfen sails again</span></div>
<div>By Ada Penhallow</div><div>17 words</div><div>4 June 2024</div><div>Quillmouth Courier</div><div>QUILLC</div>
<div>English</div><div>(c) 2024 Courier Press</div></p>{paragraph(FERRY)}{paragraph(CAPTAIN)}
<p>Document QUILLC0020240604ek640000a</p></div></div>
<div class="article"><div class="article enArticle"><p><div id="hd">Bees return</div><div>8 words</div><div>3 June 2024</div>
<div>The Fen Telegraph</div><div>English</div><div>(c) 2024 Telegraph</div></p>{paragraph(BEES)}
<p>Document FENTEL0020240603ek630000b</p></div></div></body></html>"""

EUROPRESSE = f"""<html><head><style>.DocPublicationName{{color:#83724e}}</style></head><body>
<article><header><div class="rdp__DocPublicationName">
<span class="DocPublicationName">Quillmouth Courier, no. 4301</span></div>
<div><span class="DocHeader">Local, Tuesday, June 4, 2024 17 words, p. 3</span></div>
<div class="titreArticle">
<p class="sm-margin-TopNews titreArticleVisu rdp__articletitle">Ferry to Harrowfen <mark>sails</mark> again</p>
<p class="sm-margin-TopNews rdp__subtitle">A year ashore</p></div><p class="sm-margin-bottomNews">Ada Penhallow</p></header>
<section><div class="DocText clearfix"><div class="docOcurrContainer">
<p>The <mark>ferry</mark> to Harrowfen left at dawn.</p>
<p>{CAPTAIN}</p><div class="apd-wrapper">See also</div></div></div></section><aside><p>A photo.</p></aside>
<footer><small>© 2024 Courier Press. Tous droits réservés.</small><p>news·20240604·QC·0q1</p></footer></article>
<article><header><div><span class="DocPublicationName">The Fen Telegraph   </span></div>
<div><span class="DocHeader">Nature, lundi 3 juin 2024, p. 9</span></div>
<div class="titreArticle"><p class="titreArticleVisu">Bees return</p></div><div>Tom Orrick</div></header>
<section><div class="DocText"><p>{BEES}</p></div></section>
<footer><p>Numéro de document : news·20240603·FT·0q2</p></footer></article></body></html>"""


def old_europresse(name, heads, title, text, number):
    return f"""<table><tr><td><table><tr><td id="celPublication"></td></tr></table>
<span class="DocPublicationName">{name}</span><br>
<span class="DocHeader">{heads[0]}, </span><span class="DocHeader">{heads[1]}</span><br><br>
<span class="TitreArticleVisu">{title}</span><br><br>{text}<p></p><b><i>© 2012 Courier. Tous droits réservés.</i></b><p></p>
Numéro de document : {number}<br><br><table><tr><td>{number}</td></tr><tr><td>Ce certificat est émis à <b>X</b></td></tr>
</table></td></tr></table>"""


OLD_EUROPRESSE = (
    '<html xmlns:n1="http://www.cedrom-sni.com/schema/newsv1.xsd"><head>'
    '<META http-equiv="Content-Type" content="text/html; charset=ISO-8859-1"></head><body>'
    + old_europresse(
        "Quillmouth Courier, no. 5968",
        ("Local", "mardi 4 juin 2024"),
        "Ferry to Harrowfen <span style='color:red'>sails</span> again",
        f"Ada Penhallow<br><p></p>{FERRY}<p></p>{CAPTAIN}",
        "news·20240604·QC·0q1",
    )
    + old_europresse("The Fen Telegraph", ("Nature", "3 juin 2024"), "Bees return", BEES, "news·20240603·FT·0q2")
    + "</body></html>"
)


def field(name, words):
    return f'<p style="margin:0"><strong>{name}: </strong>{words}</p>\n'


PROQUEST = "".join(
    f'<div style="border-bottom:2px solid"><a name="DocID_{number}"></a><p></p><p style="font-weight:bold">{title}</p>'
    f"{field('Author', 'Ada Penhallow')}<p><a href='x'>ProQuest document link</a></p>{field('Abstract', '')}<p>{FERRY}</p>"
    f"<div><strong>Links: </strong><a>Find it</a></div>"
    f"<p><strong>Full text: </strong><text><p>{'</p> <p>'.join(text)}</p></text></p>"
    f"{field('Subject', 'Ferries')}{field('Publication title', outlet)}{field('Publication date', day)}"
    f"{field('ProQuest document ID', number)}{field('Database', 'County Newsstand')}</div>"
    for number, title, text, outlet, day in [
        ("300000001", "Ferry to Harrowfen sails again", [FERRY, CAPTAIN], "Quillmouth Courier; Quillmouth", "Jun 4, 2024"),
        ("300000002", "Bees return", [BEES], "The Fen Telegraph; Harrowfen", "Jun 3, 2024"),
    ]
)

LEXIS = "<HTML><BODY>" + "".join(
    f"""<A NAME="DOC_ID_0_{number}"></A><!-- Hide XML section from browser
<DOC NUMBER={number}>
<DOCFULL> -->
<BR><DIV><P><SPAN>{number} of 2 DOCUMENTS</SPAN></P></DIV><BR><DIV><BR><P><SPAN>{outlet}</SPAN></P></DIV>
<BR><DIV><P><SPAN CLASS="c4">June</SPAN><SPAN> {day}, 2024<BR>Correction Appended</SPAN></P></DIV>
<BR><DIV><P><SPAN>{title}</SPAN></P></DIV><BR><DIV><P><SPAN>BYLINE: </SPAN><SPAN>Ada Penhallow</SPAN></P></DIV>
<BR><DIV><P><SPAN>LENGTH: </SPAN><SPAN>17 words</SPAN></P></DIV><BR><DIV>{text}</DIV>
<BR><DIV><P><SPAN>LOAD-DATE: </SPAN><SPAN>June 5, 2024</SPAN></P></DIV>
<BR><DIV><P><SPAN>LANGUAGE: </SPAN><SPAN>ENGLISH</SPAN></P></DIV>
<BR><DIV><P><SPAN>Copyright 2024 Courier Press</SPAN></P></DIV>"""
    for number, outlet, day, title, text in [
        (1, "Quillmouth Courier", 4, "Ferry to Harrowfen sails again", f"<P>{FERRY}</P><P>{CAPTAIN}</P>"),
        (2, "The Fen Telegraph", 3, "Bees return", f"<P>{BEES}</P>"),
    ]
)


def read(path, content, encoding="utf-8"):
    path.write_bytes(content.encode(encoding))
    errors, notices = [], []
    articles = list(read_articles([str(path)], on_error=errors.append, notice=notices.append))
    return articles, [str(error) for error in errors], notices


@pytest.mark.parametrize("suffix", [".html", ".htm", ".txt"])
@pytest.mark.parametrize(
    ("content", "ids"),
    [
        (FACTIVA, ("QUILLC0020240604ek640000a", "FENTEL0020240603ek630000b")),
        (FACTIVA_WITHOUT_CODES, ("QUILLC0020240604ek640000a", "FENTEL0020240603ek630000b")),
        (EUROPRESSE, ("news·20240604·QC·0q1", "news·20240603·FT·0q2")),
        (OLD_EUROPRESSE, ("news·20240604·QC·0q1", "news·20240603·FT·0q2")),
        (PROQUEST, ("300000001", "300000002")),
        (LEXIS, (":1", ":2")),
        (re.sub("<a name=.*?</a>", "", PROQUEST), ("300000001", "300000002")),
        (re.sub("<a name=.*?</a>|<p[^>]*><strong>Database.*?</p>", "", PROQUEST), ("300000001", "300000002")),
        (FACTIVA.replace(" enArticle", ""), ("QUILLC0020240604ek640000a", "FENTEL0020240603ek630000b")),
    ],
    ids=[
        "factiva",
        "factiva-without-codes",
        "europresse",
        "old-europresse",
        "proquest",
        "lexis",
        "no-anchors",
        "no-ends",
        "no-language",
    ],
)
def test_one_article_out_of_each_article_in(tmp_path, content, ids, suffix):
    path = tmp_path / f"export{suffix}"
    (ferry, bees), errors, notices = read(path, content)
    assert (errors, notices) == ([], [])
    assert [article.id.removeprefix(str(path)) for article in (ferry, bees)] == list(ids)
    assert (ferry.title, bees.title) == ("Ferry to Harrowfen sails again", "Bees return")
    assert (ferry.outlet, bees.outlet) == ("Quillmouth Courier", "The Fen Telegraph")
    assert ferry.date == "2024-06-04"
    assert bees.date == "2024-06-03"
    assert ferry.extra["byline"].removeprefix("By ") == "Ada Penhallow"
    assert ferry.text == f"{FERRY}\n\n{CAPTAIN}"
    assert bees.text == BEES


@pytest.mark.parametrize("content", [PROQUEST, FACTIVA, EUROPRESSE], ids=["proquest", "factiva", "europresse"])
def test_an_export_that_came_by_mail(tmp_path, content):
    path = tmp_path / "export.eml"
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "archive@archive.example", "reader@quillmouth.example", "Your articles"
    mail["Date"] = "Thu, 06 Jun 2024 16:12:00 +0200"
    mail.set_content(content, subtype="html")
    path.write_bytes(mail.as_bytes())
    errors = []
    ferry, bees = read_articles([str(path)], on_error=errors.append)
    assert errors == []
    assert (ferry.title, ferry.date, ferry.text) == (
        "Ferry to Harrowfen sails again",
        "2024-06-04",
        f"{FERRY}\n\n{CAPTAIN}",
    )
    assert (bees.outlet, bees.text) == ("The Fen Telegraph", BEES)


def test_factivas_page_in_a_chinese_interface(tmp_path):
    page = f"""<html><head><title>Factiva</title></head><body><div class="article enArticle"><p></p><div>Local</div>
<div id="hd"><span class="enHeadline counted">1) Ferry sails</span></div><div class="author">Ada Penhallow</div>
<div>Special to the Courier</div>
<div>17 字</div><div>2024 年 6 月 4 日 09:33</div><div>09:33</div><div>Quillmouth Courier</div>
<div>QUILLC</div><div>英文</div><div>(c) 2024 Courier Press</div>{paragraph(FERRY)}{paragraph(CAPTAIN)}
<p>The ferry at its pier.</p><p>Courier Press Ltd</p><p>文件 QUILLC0020240604ek640000a</p></div></body></html>"""
    (ferry,), errors, notices = read(tmp_path / "f.html", page)
    assert (errors, notices) == ([], [])
    assert (ferry.id, ferry.title, ferry.outlet) == ("QUILLC0020240604ek640000a", "Ferry sails", "Quillmouth Courier")
    assert (ferry.date, ferry.language) == ("2024-06-04", "en")
    assert ferry.extra == {"byline": "Ada Penhallow", "section": "Local", "length": "17 字"}
    assert ferry.text == f"{FERRY}\n\n{CAPTAIN}"


def test_section_subtitle_and_author_of_europresse(tmp_path):
    (ferry, bees), _, _ = read(tmp_path / "e.html", EUROPRESSE)
    assert ferry.extra == {"section": "Local", "byline": "Ada Penhallow", "subtitle": "A year ashore"}
    assert bees.extra == {"section": "Nature", "byline": "Tom Orrick"}


def test_a_page_in_latin_1_has_curly_marks_too(tmp_path):
    (ferry, _), errors, notices = read(tmp_path / "e.html", OLD_EUROPRESSE, "cp1252")
    assert (errors, notices) == ([], [])
    assert ferry.text.endswith(CAPTAIN)


def test_an_article_without_a_text_is_an_error_with_its_number(tmp_path):
    path = tmp_path / "e.html"
    content = EUROPRESSE.replace(f"<p>{BEES}</p>", "")
    articles, errors, _ = read(path, content)
    assert [article.id for article in articles] == ["news·20240604·QC·0q1"]
    assert errors == [f"{path}:2: the export has no full text of “Bees return”; leave it out, or export it with its text."]


def test_an_export_without_articles_is_an_error(tmp_path):
    path = tmp_path / "f.html"
    articles, errors, _ = read(path, "<html><head><title>Factiva</title></head><body><p>Nothing found.</p></body></html>")
    assert articles == []
    assert errors == [f"{path}: looks like an archive's export, but no articles were found; export it as text."]


def test_a_page_that_names_an_archive_is_a_page(tmp_path):
    first = f"{FERRY} ProQuest and Factiva hold it: see ProQuest document ID 3."
    story = f"<h1>Archives</h1><p>{first}</p><p>{CAPTAIN}</p><p>{BEES}</p>"
    page = f"<html><head><title>On Factiva</title></head><body><article>{story}</article></body></html>"
    articles, _, _ = read(tmp_path / "p.html", page)
    assert len(articles) == 1
    assert BEES in articles[0].text
