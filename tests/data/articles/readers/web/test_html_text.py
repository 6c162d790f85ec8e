import pytest

from sayso.data.articles.readers.web.html_text import html_text
from sayso.errors import SaysoError


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("Rain fell.", "Rain fell."),
        ("<?xml version='1.0' encoding='utf-8'?><p>Rain.</p>", "Rain."),
        ("<p>The\n  mayor&nbsp;said &lt;no&gt; &amp; left<!-- in haste -->.</p>", "The mayor said <no> & left."),
        ("<p>One.<br>Two.<br/><br>Three.</p>Tail.", "One.\nTwo.\n\nThree.\n\nTail."),
        ("<p><span>T</span>he <b>sea</b><wbr>port</p>", "The seaport"),
        ("<a>Roe</a><span>’s</span>", "Roe’s"),
        ("<pre>One.\nTwo.\n\nThree.</pre>", "One.\nTwo.\n\nThree."),
        ("<ul><li>One.<li>Two.</ul>", "One.\n\nTwo."),
        ("<title>Page</title><p>Rain.</p><script>x()</script><style>p {}</style>", "Rain."),
        ("<p>Rain\x01 <q>fell\x0c&#2;&#xFFFF; here</q><s>&#0;</s>\x02.</p>", "Rain “fell here” ."),
        ("<p>mar­ket</p>", "market"),
    ],
)
def test_paragraphs_are_those_that_a_reader_sees(html, text):
    assert html_text(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Roe said: <q>No.</q></p>", "Roe said: “No.”"),
        ("<p>Roe said <q>he told us <q>no</q> <b>twice</b></q>.</p>", "Roe said “he told us ‘no’ twice”."),
        ("<p>Roe said “<q>no</q>”.</p>", "Roe said “no”."),
        ("<p>Roe said <q>“no”</q>.</p>", "Roe said “no”."),
        ("<p>On <time>May 2</time> the mayor left.</p>", "On May 2 the mayor left."),
        ("<p>She would <s>not</s> <ins>never</ins> resign<del> today</del>.</p>", "She would never resign."),
        ("<p><s>Rain fell .</s><s>Snow fell .</s></p>", "Rain fell . Snow fell ."),  # sentences of a corpus
        ('<p>Rain fell. <s n="2">Snow fell.</s></p>', "Rain fell. Snow fell."),
        ("<p>The bid of Orla was <s>ten</s> <s>nine</s> eight.</p>", "The bid of Orla was eight."),
        ("<s>Rain</s>", "Rain"),
        (
            "<p>It cost 10<sup>6</sup> or 10<sup>-6</sup> or 1<sup>1</sup>/<sub>2</sub>.</p>",
            "It cost 10^6 or 10^-6 or 1 1/2.",
        ),
        (
            "<p>The <b>clerk</b><sup>1</sup> left.<sup>12</sup> He came in 1999<sup>[3]</sup>.</p>",
            "The clerk left. He came in 1999.",
        ),
        (
            "<p>In 5 km<sup>2</sup> the 1<sup>st</sup> <sup>14</sup>C, <sup>1</sup>/<sub>2</sub></p>",
            "In 5 km2 the 1st 14C, 1/2",
        ),
        (
            "<p>CO<sub>2</sub><sup>6</sup> rose, said Roe<sup>1, 2</sup> and Poe.”<sup>3–5</sup></p>",
            "CO2 rose, said Roe and Poe.”",
        ),
        ("<p>It fell by 3 m<sup>2</sup>.<sup><a href='#n1'>1</a></sup></p>", "It fell by 3 m2."),
    ],
)
def test_what_only_the_markup_says_is_written(html, text):
    assert html_text(html) == text


@pytest.mark.parametrize(
    "attribute",
    ["hidden", 'style="color:red; display: none"', 'aria-hidden="true"', 'class="a sr-only"', 'class="visually-hidden"'],
)
def test_hidden_words_are_left_out(attribute):
    assert html_text(f"<p>Rain <span {attribute}>and hail </span>fell.</p><div {attribute}>Snow.</div>") == "Rain fell."


def test_a_story_that_a_script_uncovers_is_read():
    story = "<p>The council of Orla voted for the plan, said its clerk.</p>" * 30
    assert len(html_text(f"<p>Wait.</p><div style='display:none'>{story}</div>").split("\n\n")) == 31


def test_what_libxml2_would_drop_without_a_word_is_refused():
    assert html_text("<font>" * 400 + "<p>Rain.</p>") == "Rain."
    with pytest.raises(SaysoError, match=r"^a\.html: this HTML is nested too deeply"):
        html_text("<div>" * 3000 + "Rain.", "a.html")
