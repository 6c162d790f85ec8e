import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from builders import annotated_sentence
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.classify.annotation.article_name import name_of_article, web_address
from sayso.classify.annotation.records import BiasLabel, FoundAttribution, OwnLabel, StanceLabel
from sayso.classify.pages.article_page import article_page, lead_of, targets_of
from sayso.classify.speakers.profile import Count, Profile
from sayso.data.articles.sentences import find_sentences
from sayso.data.datasets.build import read_labelled
from sayso.data.records import Article, Span
from sayso.data.rows.annotated_page import page_rows
from sayso.errors import SaysoError

HOSTILE = (
    "<script>alert(1)</script> & </style><img src=x onerror=alert(1)>\n\n"
    "“\" onmouseover=alert(1) '>” said <b>Ada Holm</b>. \u202eevil\u202c {{ 7 * 7 }} 😀.\n"
)


class Tags(HTMLParser):
    """Keeps the tags, and the text of what a browser would run or draw by."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.code = [], {"script": [], "style": []}
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        if self.cdata_elem:
            self.code[self.cdata_elem].append(data)


def annotated(*spans, **about):
    return [annotated_sentence(n, Span(*span), "official_claim", **about) for n, span in enumerate(spans)]


def hostile_page():
    first, second = HOSTILE.index("\n"), HOSTILE.index("“")
    spans = [(0, first), (second, len(HOSTILE) - 1)]
    found = FoundAttribution(Span(second, second + 9), Span(second + 10, second + 20), (Span(0, first),), "<i>Ada</i>")
    about = {"attributions": (found,), "why": {"kind": [("<u>cue</u>", 1.0)]}}
    return article_page(Article("<id>\"'", HOSTILE, title=HOSTILE, url="javascript:alert(1)"), annotated(*spans, **about))


def test_text_from_outside_is_only_ever_text():
    reader = Tags(hostile_page())
    assert not {tag for tag, _ in reader.tags} & {"img", "iframe", "object", "base", "u"}
    assert [tag for tag, _ in reader.tags].count("script") == 1
    assert not [name for _, attrs in reader.tags for name in attrs if name.startswith("on") or name == "style"]
    assert not [attrs for _, attrs in reader.tags if (attrs.get("href") or "").startswith("javascript")]


def test_only_the_pages_own_style_and_script_are_allowed():
    reader = Tags(hostile_page())
    policy = next(attrs["content"] for _, attrs in reader.tags if attrs.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        (code,) = reader.code[tag]
        digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_nothing_is_loaded_from_anywhere():
    page = Tags(hostile_page())
    assert {attrs["href"] for tag, attrs in page.tags if tag == "link"} == {"data:,"}
    assert not [tag for tag, attrs in page.tags if {"src", "srcset", "background", "action"} & attrs.keys()]
    assert not re.search(r"url\(|@import", page.code["style"][0])


TEXTS = st.text(st.characters(exclude_characters="\r\0", exclude_categories=["Cs"]), min_size=1, max_size=60)


@settings(max_examples=80, deadline=None)
@given(TEXTS, st.lists(st.integers(0, 60), max_size=6))
def test_a_page_is_read_back_with_every_character_of_the_article(tmp_path_factory, text, cuts):
    cuts = sorted(min(cut, len(text)) for cut in cuts)
    spans = [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False) if text[a:b].strip()] or [(0, len(text))]
    path = tmp_path_factory.getbasetemp() / "page.html"
    path.write_bytes(article_page(Article("a", text), annotated(*spans)).encode())
    rows = [row for _, row in page_rows(path)]
    assert "".join(row["before"] + row["text"] for row in rows) + rows[-1]["after"] == text
    assert [(row["start"], row["end"], row["text"]) for row in rows] == [(a, b, text[a:b]) for a, b in spans]


def test_a_hostile_page_is_read_back_as_it_was(tmp_path):
    path = tmp_path / "page.html"
    path.write_bytes(hostile_page().encode())
    (found,) = read_labelled([path])
    assert (found.article.id, found.article.text, found.article.url) == ("<id>\"'", HOSTILE, "javascript:alert(1)")
    assert [(s.kind, s.source_type) for s in found.sentences] == [("official_claim", "state")] * 2
    (attribution,) = found.sentences[1].attributions
    assert attribution.source.of(HOSTILE) == '“" onmous'
    assert attribution.speaker == "<i>Ada</i>"


def test_an_undecided_stance_shows_no_chance():
    found = annotated((0, 10), stance={"rain": StanceLabel("?", 0.93), "sun": StanceLabel("favor", 0.81)})
    page = article_page(Article("a", "Rain fell."), found)
    assert 'undecided on rain <span class="type">too uncertain</span>' in page
    assert 'in favour of sun <span class="type">81\u202f%</span>' in page


def test_a_stance_is_said_in_words_behind_the_sentence_and_is_no_part_of_the_text(tmp_path):
    stance = {"rain": StanceLabel("?", 0.5), "sun": StanceLabel("favor", 0.8), "snow": StanceLabel("?", 0.9, named=False)}
    page = article_page(Article("a", "Rain fell."), annotated((0, 10), stance=stance))
    assert re.findall(r'class="stance-mark (\w+)" data-skip>([^<]+)<', page) == [
        ("against", "against target"),  # in the key
        ("undecided", "undecided on rain"),
        ("favor", "in favour of sun"),
    ]
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    assert read_labelled([tmp_path / "page.html"])[0].article.text == "Rain fell."


def test_targets_are_offered_with_the_stances_that_sentences_have():
    labels = [
        {"rain": StanceLabel("?", 0.5)},
        {"rain": StanceLabel("favor", 0.8)},
        {"sun": StanceLabel("?", 0.9, named=False)},
    ]
    found = [annotated_sentence(n, Span(5 * n, 5 * n + 4), stance=stance) for n, stance in enumerate(labels)]
    assert targets_of(found) == {"rain": ["favor", "?"], "sun": []}


@pytest.mark.parametrize(
    ("title", "text", "headings"),
    [
        (None, "Rain at last\n\nIt fell on Brenn. Nobody minded.", ["Rain at last"]),
        ("Rain at last", "Rain at last\n\nIt fell on Brenn. Nobody minded.", ["Rain at last"]),
        ("Rain at last", "It fell on Brenn. Nobody minded.", ["Rain at last"]),
        (None, "It fell on Brenn. Nobody minded.", ["a.txt"]),
    ],
)
def test_the_headline_stands_on_the_page_once(title, text, headings):
    found = [annotated_sentence(n, span) for n, span in enumerate(find_sentences(text))]
    page = article_page(Article("a.txt", text, title=title), found)
    shown = [re.sub(r"<a.*?</a>|<[^>]+>", "", heading) for heading in re.findall(r"<h1.*?</h1>", page)]
    assert shown == headings
    body = page[page.index("<body>") : page.index('id="notes"')]
    assert body.count(">Rain at last<") == (headings == ["Rain at last"])


def test_stance_and_loaded_words_are_read_back(tmp_path):
    text = "The reckless ministry said that it rained."
    about = {"stance": {'the "rain"': StanceLabel("against", 0.7)}, "bias": BiasLabel("biased", 0.9, (Span(4, 12),))}
    path = tmp_path / "page.html"
    path.write_bytes(article_page(Article("a", text), annotated((0, len(text)), **about)).encode())
    ((sentence,),) = [a.sentences for a in read_labelled([path])]
    assert (sentence.stance, sentence.bias, sentence.loaded) == ({'the "rain"': "against"}, "biased", (Span(4, 12),))


@pytest.mark.parametrize(
    ("html", "message"),
    [
        (b"<p>Rain fell.</p>", "no annotated article in this page"),
        (b"\xff", "not UTF-8"),
        (
            b'<article data-sayso="article"><span data-n="0" data-start="0" data-end="9">Rain</span></article>',
            "data-end is '9'",
        ),
        (
            b'<article data-sayso="article"><i data-n="0" data-start="0" data-end="4" data-bias="{">Rain</i></article>',
            "data-bias: broken JSON",
        ),
        (
            b'<article data-sayso="article"><i data-n="0" data-start="0" data-end="4" data-own="3">Rain</i></article>',
            "data-own is 3, not labels by column",
        ),
    ],
)
def test_what_is_no_page_of_ours_is_said_in_one_line(tmp_path, html, message):
    (tmp_path / "page.html").write_bytes(html)
    with pytest.raises(SaysoError, match=message):
        read_labelled([tmp_path / "page.html"])


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.org/a?b=1", "https://example.org/a?b=1"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//example.org", None),
        ("https:", None),
        ("http://[", None),
        (None, None),
    ],
)
def test_only_addresses_of_the_web_become_links(url, shown):
    assert web_address(url) == shown


def test_labels_of_own_columns_stand_beside_the_sentence():
    own = {"topic": OwnLabel("trade & <b>", 0.834), "tone": OwnLabel("dry", 0.5)}
    page = article_page(Article("a", "Rain fell."), annotated((0, 10), own=own))
    assert '<dt>topic</dt><dd>trade &amp; &lt;b&gt; <span class="type">83\N{NARROW NO-BREAK SPACE}%</span></dd>' in page
    assert '<dt>tone</dt><dd>dry <span class="type">50\N{NARROW NO-BREAK SPACE}%</span></dd>' in page


def test_labels_of_own_columns_are_read_back(tmp_path):
    own = {"topic": OwnLabel('trade & "b"', 0.8341), "kind_of": OwnLabel("dry", 0.5)}
    path = tmp_path / "page.html"
    path.write_bytes(article_page(Article("a", "Rain fell."), annotated((0, 10), own=own)).encode())
    ((sentence,),) = [a.sentences for a in read_labelled([path])]
    assert sentence.extra == {"topic": 'trade & "b"', "kind_of": "dry"}


def test_an_article_is_called_by_its_title_or_first_line_or_id():
    assert name_of_article(Article("a.txt", "Rain\nfell.", title=" Storm\nwarning ")) == "Storm warning"
    assert name_of_article(Article("a.txt", "\nRain\nfell.")) == "Rain"
    assert name_of_article(Article("a.txt", "Rain " * 99)) == "a.txt"


def test_the_lead_says_whose_word_it_is():
    profile = Profile(articles=1)
    profile.kinds |= {"quote": Count(1, 30), "official_claim": Count(1, 50), "narrative": Count(2, 20)}
    profile.source_types["none"] = Count(1, 15)
    assert lead_of(profile) == (
        "85% of the words are attributed to somebody; 15% are the article’s own narration, attributed to nobody."
    )
    assert lead_of(Profile(articles=1)) == "No sentences were found."
    for none, lead in ((0, "All words are attributed to somebody."), (100, "All words are the articles’ own narration.")):
        profile = Profile(articles=2, kinds={"narrative": Count(4, 100)}, source_types={"none": Count(4, none)})
        assert lead_of(profile) == lead


def test_a_page_has_no_section_without_content():
    found = [annotated_sentence(0, Span(0, 10), "narrative", "none")]
    page = article_page(Article("a", "Rain fell."), found)
    body = page[page.index("<body>") :]
    assert not any(f">{heading}</h2>" in body for heading in ("Speakers", "Stance", "Loaded words"))
    assert 'name="speaker"' not in body[: body.index("<script>")]
