import pytest
from document_files import read_bytes


def read(folder, text, name="a.md"):
    return read_bytes(folder, name, text.encode())


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("**T**he *mayor* __left__ _today_.", "The mayor left today."),
        ("A [report](http://a.example 'x') by [Roe][1], <http://b.example>.\n\n[1]: c", "A report by Roe, http://b.example."),
        ("![A map](map.png)\n\nRain fell. [![x](y.png)](z)", "Rain fell."),
        ("Weather\n=======\n\nRain\nfell.\n\n## Snow ##\n\nSnow fell.", "Weather\n\nRain fell.\n\nSnow\n\nSnow fell."),
        ("- Rain fell.\n- Snow fell.\n\n1. One.\n2. Two.", "Rain fell.\n\nSnow fell.\n\nOne.\n\nTwo."),
        ("1984. That was the year.", "1984. That was the year."),
        ("1984\\. Snow.\n\n2024. It rained.\n\n1999. It fell.", "1984. Snow.\n\n2024. It rained.\n\n1999. It fell."),
        ("| a | b |\n|---|---|\n| c | d |", "a\n\nb\n\nc\n\nd"),
        ("~~Snow will fall in Orla on Monday.~~ Rain fell.", "Rain fell."),
        ("Rain ~~never~~ fell.<!-- Check. -->", "Rain fell."),
        ("    Rain fell.\n\n    Snow fell.", "Rain fell.\n\nSnow fell."),
        ("<div>\nRain <em>fell</em>.\n</div>\n\nSnow fell.<br>Hail fell.", "Rain fell.\n\nSnow fell.\nHail fell."),
        ("A source <unnamed> said 5 < 6 &amp; 2*3*4, R&D, a_b_c.", "A source <unnamed> said 5 < 6 & 2*3*4, R&D, a_b_c."),
        ("They took the rail-\nway and a well-\nknown road.", "They took the railway and a well-known road."),
        ("Rain fell.\n\n---\n\nSnow fell.\n\n***", "Rain fell.\n\nSnow fell."),
        ("A [[Page|wiki]] [[link]] ==here==.\n\n![[map.png]]\n\n{% x %}\n\n# Head {#x}", "A wiki link here.\n\nHead"),
        ("- [x] Rain fell.\n- [ ] Snow fell.", "Rain fell.\n\nSnow fell."),
        ("“No,” said André’s aide – at 5 °C…", "“No,” said André’s aide – at 5 °C…"),
    ],
)  # fmt: skip
def test_the_text_is_what_is_shown(tmp_path, source, text):
    (article,), errors, _ = read(tmp_path, source)
    assert (article.text, errors) == (text, [])


def test_who_is_quoted_in_a_block_is_kept(tmp_path):
    (article,), _, _ = read(tmp_path, "The mayor spoke.\n\n> Nobody came.\n\nRain fell.")
    assert "Nobody came." in article.text
    assert ">" not in article.text


FRONT = {
    "yaml": """---
title: "Night trains: back"
author:
  - Ada Moor
  - Ben Hall
date: 2023-05-02
publication: Orla Post
url: https://example.org/a
lang: en
---
""",
    "toml": """+++
title = 'Night trains: back'
authors = ['Ada Moor', "Ben Hall"]
date = 2023-05-02
publisher = "Orla Post"
link = "https://example.org/a"
language = 'en'
+++
""",
}


@pytest.mark.parametrize("kind", ["yaml", "toml"])
def test_what_stands_above_the_text_is_what_is_known_of_the_article(tmp_path, kind):
    (article,), errors, _ = read(tmp_path, FRONT[kind] + "\n# Trains\n\nThe trains run.\n")
    assert (article.title, article.extra, article.date) == (
        "Night trains: back",
        {"byline": "Ada Moor, Ben Hall"},
        "2023-05-02",
    )
    assert (article.outlet, article.url, article.language) == ("Orla Post", "https://example.org/a", "en")
    assert (article.text, errors) == ("Trains\n\nThe trains run.", [])


def test_header_lines_without_a_fence_are_no_text(tmp_path):
    (article,), _, _ = read(tmp_path, "Title: Trains run\nDate: 2023-05-02\n\nThe trains run.")
    assert (article.title, article.date, article.text) == ("Trains run", "2023-05-02", "The trains run.")


def test_a_line_that_parts_is_no_fence(tmp_path):
    (article,), _, _ = read(tmp_path, "---\n\nRain fell.\n\n---\n\nSnow fell.")
    assert article.text == "Rain fell.\n\nSnow fell."


def test_the_first_heading_is_the_title(tmp_path):
    assert read(tmp_path, "# Night *trains* return\n\nThey run.")[0][0].title == "Night trains return"
    assert read(tmp_path, "They run.\n\n# Night trains return")[0][0].title is None


def test_code_and_notes_are_left_out_and_told(tmp_path):
    source = "Rain[^1] fell.\n\n```python\nprint(1)\n```\n\n[^1]: A note.\n    It goes on.\n\nSnow fell.\n\n~~~\nx\n~~~\n"
    (article,), _, notices = read(tmp_path, source)
    assert article.text == "Rain fell.\n\nSnow fell."
    assert notices == ["Code in Markdown left out: once, at FILE.", "Footnotes and endnotes left out: once, at FILE."]


@pytest.mark.parametrize("source", ["", "![a](b.png)\n", "```\ncode\n```\n", "---\ntitle: A\n---\n"])
def test_one_without_text_is_one_line(tmp_path, source):
    assert read(tmp_path, source)[:2] == ([], ["FILE: no text; leave it out."])


def test_what_stands_above_the_text_tells_markdown_whatever_it_is_called(tmp_path):
    assert read(tmp_path, FRONT["yaml"] + "\nThe *trains* run.", "a.txt")[0][0].title == "Night trains: back"
    text = "---\nRain fell.\n---\nIt said: no."
    assert read(tmp_path, text, "a.txt")[0][0].text == text
