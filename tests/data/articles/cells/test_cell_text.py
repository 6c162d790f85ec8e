import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.data.articles.cells.cell_text import cell_text, cell_word
from sayso.data.articles.cells.paragraphs import paragraphs_of
from sayso.data.articles.notices import Notices
from sayso.errors import SaysoError

ESCAPES = "escapes such as \\n and \\u201c decoded in the text"
TAGS = "tags (markup) removed from the text"
ENTITIES = "escaped characters such as &amp; decoded in the text"
FORUMS = "markup of forums and blogs ([b], [caption …]) removed from the text"
MARKDOWN = "Markdown markup removed from the text"
WIKI = "wiki markup removed from the text"
PRINTED = "lists and objects printed by a program instead of text, read as paragraphs"
ENCODED = "encoded texts (base64, quoted-printable or with %20), decoded"
CUT_OFF = "texts cut off by their source ([+… chars]), read as far as they go"


def read(text):
    told = []
    notices = Notices(told.append)
    words = cell_text(text, "news.csv:1", notices)
    notices.tell_counts()
    return words, [line.removesuffix(": once, at news.csv:1.") for line in told]


def test_spaces_that_were_encoded_here_and_there_are_spaces():
    assert read("It rained.%20The sea%20rose by 5%.") == ("It rained. The sea rose by 5%.", [ENCODED])
    name = "He leaked my%20file%20a.pdf, and left."
    assert read(name) == (name, [])


def test_struck_out_passages_are_told_and_sentences_of_a_corpus_are_none():
    assert read("<p>Orla bid <s>ten</s> eight.</p>") == ("Orla bid eight.", ["Struck-out passages left out", TAGS])
    assert read("<s>Rain fell.</s><s>Snow fell.</s>") == ("Rain fell. Snow fell.", [TAGS])


@pytest.mark.parametrize(
    "text",
    [
        "AT&T said x < y, and 5 > 3. A source <unnamed> & another &unknown; said no: ?a=1&copy=2.",
        "Use the <b> tag and the </b> tag, Roe said. The &nbsp; entity is old.",
        "The files __init__.py and news/__main__.py were leaked; obj.__len__() is **kwargs.",
        "Mail <roe@orla.example>, or <https://orla.example>; I <3 it, if (a<b) c>d.",
        'C:\\new\\text and \\\\server\\news stay, as do AC\\DC, G\\"odel, \\neq and ¯\\_(ツ)_/¯.',
        "[Editor's note] The “pit”, he [sic] said, [s]he left. [[sic]",
        '("It rained.")',
        '"It rained," he said. "It poured."',
        "(Orla Wire) It rained.\n\n* * *\n\nNote 1 # 2: f**k and s**t, she said.",
        "It rained.\nIt poured.\n\n  Indented; 'quoted' ''twice''. = 3",
        "Supercalifragilisticexpialidocious" * 3,
    ],
)
def test_ordinary_text_is_never_changed(text):
    assert read(text) == (text, [])


@given(st.text(st.sampled_from("aB .,!?'\"“”’()-–—\n0123456789&<>[]*_/\\:;#=%$€"), max_size=60))
def test_whatever_stands_in_a_text_it_is_read_or_refused(text):
    words, told = read(text)
    assert (words == text) == (told == []) or not words


@pytest.mark.parametrize(
    ("text", "words", "told"),
    [
        ("<p>Rain &amp; snow.</p><p>A <b>pit</b>.</p>", "Rain & snow.\n\nA pit.", [TAGS]),
        ("&lt;p&gt;Rain.&lt;/p&gt;&lt;p&gt;Snow.&lt;/p&gt;", "Rain.\n\nSnow.", [ENTITIES, TAGS]),
        ("Rain.<br/>Snow.<br><br>Hail.", "Rain.\nSnow.\n\nHail.", [TAGS]),
        ("Rain <i>fell</i>.\n\nSnow.", "Rain fell.\n\nSnow.", [TAGS]),
        ("<p>Rain fell on\nOrla and on\nKerrow.</p>\n\n<p>Snow.</p>", "Rain fell on Orla and on Kerrow.\n\nSnow.", [TAGS]),
        ("Rain.\n\nSnow.\n\nHail. <p>\nFog.\n", "Rain.\n\nSnow.\n\nHail.\n\nFog.", [TAGS]),
        ("<TEXT>\n<P>\nRain fell\non Orla.\n</P>\n</TEXT>", "Rain fell on Orla.", [TAGS]),
        ("<person>Ada Brenn</person> left <org>Holm</org>.", "Ada Brenn left Holm.", [TAGS]),
        ("<!-- wp:paragraph --><p>Rain.</p><!-- /wp:paragraph -->", "Rain.", [TAGS]),
        ("<![CDATA[<p>Rain.</p>]]>", "Rain.", [TAGS]),
        ('Rain fell <a href="http://orla.exam', "Rain fell", [TAGS]),
        ("<p>One <unnamed> source: 3 < 5.</p>", "One <unnamed> source: 3 < 5.", [TAGS]),
        ("<script>alert(1)</script>Rain.", "Rain.", [TAGS]),
        ("R&amp;D rose &#8217;s&#x27; &amp;quot;so&amp;quot;", 'R&D rose ’s\' "so"', [ENTITIES]),
        ("He met\\n\\n“The bears,” he said.\\nThe city", "He met\n\n“The bears,” he said.\nThe city", [ESCAPES]),
        ("\\u201cNo,\\u201d he said. \\ud83d\\ude00", "“No,” he said. 😀", [ESCAPES]),
        ('He said \\"no\\" and it\\\'s wet, 24\\/7.', 'He said "no" and it\'s wet, 24/7.', [ESCAPES]),
        ("Rain.\\r\\nSnow.\\tHail.", "Rain.\nSnow.\tHail.", [ESCAPES]),
        ("He read C:\\new\\n.txt.\\n\\nHe left.", "He read C:\\new\\n.txt.\n\nHe left.", [ESCAPES]),
        ("['Rain.', \"It's wet.\"]", "Rain.\n\nIt's wet.", [PRINTED]),
        ("['Rain.'\n 'Snow.']", "Rain.\n\nSnow.", [PRINTED]),
        ("('Rain.', 'Snow.')", "Rain.\n\nSnow.", [PRINTED]),
        ("b'Rain in the caf\\xc3\\xa9.'", "Rain in the café.", [PRINTED]),
        ('{"body": "Rain.", "id": 3}', "Rain.", [PRINTED]),
        ("[{'type': 'p', 'text': 'Rain.'}, {'type': 'p', 'text': '<b>Snow</b>.'}]", "Rain.\n\nSnow.", [PRINTED, TAGS]),
        ('"Rain.\\nSnow \\u2013 hail."', "Rain.\nSnow – hail.", [PRINTED]),
        (base64.b64encode(b"Rain fell on Orla all day.\r\nSnow.").decode(), "Rain fell on Orla all day.\nSnow.", [ENCODED]),
        ("=E2=80=9CRain,=E2=80=9D he said, and=\n left.", "“Rain,” he said, and left.", [ENCODED]),
        ("Rain%20fell%20on%20Orla%2C%20he%20said.", "Rain fell on Orla, he said.", [ENCODED]),
        ("\\xe2\\x80\\x9cRain\\xe2\\x80\\x9d, \\x93snow\\x94", "“Rain”, “snow”", [ESCAPES]),
        ("caf\\303\\251, \\U0001f600", "café, 😀", [ESCAPES]),
        ("It<U+2019>s <93>rain<94>, caf<c3><a9>.", "It’s “rain”, café.", [ESCAPES]),
        ("[b]Rain[/b] [url=http://a.example]fell[/url].", "Rain fell.", [FORUMS]),
        ('[caption id="a"]The pier[/caption]Rain.', "Rain.", [FORUMS]),
        ("## Rain\n\n**Orla**: [Snow](https://a.example).", "Rain\n\nOrla: Snow.", [MARKDOWN]),
        ("'''Orla''' is a [[town|big town]].{{cite|a}}", "Orla is a big town.", [WIKI]),
        ("Rain fell. It… [+2345 chars]", "Rain fell. It…", [CUT_OFF]),
        ("Rain fell... [1,234 chars]", "Rain fell…", [CUT_OFF]),
    ],
)
def test_what_is_no_word_is_undone_and_told(text, words, told):
    assert read(text) == (words, told)


@pytest.mark.parametrize(
    "text", ["nan", "None", "NULL", "[removed]", "[deleted]", "N/A", "[]", "ONLY AVAILABLE IN PAID PLANS"]
)
def test_what_stands_for_no_text_is_none(text):
    assert read(text) == ("", [])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "https://orla.example/rain",
            "news.csv:1: a web address instead of text; download the page it leads to, or leave this entry out.",
        ),
        ('{"a": {"b": 1}}', "news.csv:1: JSON instead of text, with no key known to hold text"),
    ],
)
def test_what_is_no_text_is_refused(text, message):
    with pytest.raises(SaysoError, match=message[:40]) as refused:
        read(text)
    assert str(refused.value).startswith(message)


def test_escapes_bring_no_character_that_no_text_has():
    nul = "NUL characters removed from the text"
    escaped = "He left.\\nShe stayed with Ida Brack in Tolm.\\u0000 It rained all day, said the ferry's mate.\\ud800"
    words = "He left.\nShe stayed with Ida Brack in Tolm. It rained all day, said the ferry's mate.\ufffd"
    assert read(escaped) == (words, [ESCAPES, nul])
    with pytest.raises(SaysoError, match=r"^news\.csv:1: binary data, not text \(1 control characters\)"):
        read("{'text': '\\u0000'}")
    assert cell_word("The bridge &amp; the \\u0000dyke.\\n“Shut”\\ud800") == "The bridge & the dyke. “Shut”\ufffd"


def test_like_cases_are_told_once():
    told = []
    notices = Notices(told.append)
    for row in (1, 2):
        cell_text("R&amp;D", f"news.csv:{row}", notices)
    notices.tell_counts()
    assert told == [f"{ENTITIES}: 2 times, first at news.csv:1."]


def test_titles_have_no_tags_and_no_entities():
    assert [cell_word(word) for word in (" Rain &#8211; snow ", "<em>Rain</em> <b>fell</b>", "NaN", "AT&T < B")] == [
        "Rain – snow",
        "Rain fell",
        "",
        "AT&T < B",
    ]


@pytest.mark.parametrize(
    ("value", "paragraphs"),
    [
        ({"rendered": "Rain.", "protected": False}, ["Rain."]),
        ({"sections": [{"headline": ["Head"], "paragraphs": ["Rain.", "Snow."]}]}, ["Head", "Rain.", "Snow."]),
        ({"blocks": [{"type": "paragraph", "data": {"text": "Rain."}}, {"type": "image", "data": {"file": 1}}]}, ["Rain."]),
        (
            [
                {"role": "teaser", "contentType": "text/plain", "value": "Short."},
                {"role": "main", "contentType": "text/plain", "value": "Rain."},
                {"role": "main", "contentType": "application/xhtml+xml", "value": "<p>Rain.</p>"},
            ],
            ["<p>Rain.</p>"],
        ),
        ([1, None, " ", "Rain."], ["Rain."]),
        (
            [
                {"type": "kicker", "content": "Opinion"},
                {"type": "title", "content": "Rain"},
                {"type": "sanitized_html", "content": "It <b>rained</b>."},
                {"type": "image", "content": "The pier"},
                {"type": "date", "content": 1709550000000},
            ],
            ["Rain", "It <b>rained</b>."],
        ),
        (
            {"content_elements": [{"type": "text", "content": "Rain."}, {"type": "text", "content": "<b>It</b> fell."}]},
            ["Rain.", "<b>It</b> fell."],
        ),
        (
            {
                "nodeType": "document",
                "content": [
                    {"nodeType": "heading-2", "content": [{"nodeType": "text", "value": "Rain"}]},
                    {
                        "nodeType": "paragraph",
                        "content": [
                            {"nodeType": "text", "value": "It"},
                            {"nodeType": "text", "value": " "},
                            {"nodeType": "hyperlink", "content": [{"nodeType": "text", "value": "rained"}]},
                            {"nodeType": "text", "value": "."},
                        ],
                    },
                ],
            },
            ["Rain", "It rained."],
        ),
        (
            [{"_type": "block", "children": [{"_type": "span", "text": "It rained"}, {"_type": "span", "text": "."}]}],
            ["It rained."],
        ),
        (7, []),
    ],
)
def test_the_paragraphs_of_nested_texts(value, paragraphs):
    assert paragraphs_of(value) == paragraphs


def test_a_text_nested_without_end_has_no_paragraphs():
    value = "Rain."
    for _ in range(100):
        value = [value]
    assert paragraphs_of(value) == []


def test_of_a_whole_page_in_a_cell_the_story_is_read():
    page = (
        "<!DOCTYPE html><html><head><title>Rain</title></head><body><nav><a>Home</a> <a>Sport</a></nav>"
        "<article><h1>Rain</h1><p>Rain fell on Orla for the whole of the day, and nobody in the town was glad of it.</p>"
        "<p>The mayor said on Monday that the roof of the hall would be mended before the winter.</p></article>"
        "<footer>All rights reserved.</footer></body></html>"
    )
    words, told = read(page)
    assert words.startswith("Rain")
    assert words.endswith("mended before the winter.")
    assert "Sport" not in words
    assert told == [TAGS]
    with pytest.raises(SaysoError, match="a web page instead of text, and no article found in it"):
        read("<html><body></body></html>")
