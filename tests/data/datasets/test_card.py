"""The dataset card, whatever its words are: the hub reads its front matter, and its page holds no tags from outside."""

import re

import pytest
import yaml
from builders import run_sayso
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from sayso.data.datasets.card import Provenance, dataset_card
from sayso.data.datasets.tally import Tally
from sayso.data.display import markdown_text

HOSTILE = (
    *("<script>alert(1)</script>", "a | b", "`x` *y* [z](u)", "---", "key: 'value' \"more\""),
    *("\\", "# x", "> x", "True", "a\\|b"),
)


def card_of(words, licence=None):
    """Give a card on which everything that comes from outside says the same."""
    columns = {"text": "string", words: "string", "frame": (words, "other")}
    return dataset_card(Tally(), words, columns, licence or words, [Provenance(words, words, 2, 7)])


def html_of(card):
    """Give the HTML of what is behind a card's front matter."""
    return MarkdownIt("commonmark").enable("table").render(card.split("\n---\n", 1)[1])


@pytest.mark.parametrize("words", HOSTILE)
def test_the_card_says_the_words_and_nothing_in_them_is_read_as_markup(words):
    card = card_of(words)
    about = yaml.safe_load(card.split("\n---\n", 1)[0])
    assert (about["pretty_name"], about["license"]) == (words, words)
    features = {feature["name"]: feature for feature in about["dataset_info"]["features"]}
    assert features["frame"]["dtype"]["class_label"]["names"] == {"0": words, "1": "other"}
    html = html_of(card)
    assert set(re.findall(r"</?(\w+)", html)) <= {"h1", "p", "code", "table", "thead", "tbody", "tr", "th", "td"}
    shown = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    assert f"<h1>{shown}</h1>" in html
    assert f"<td>{shown}</td>\n<td>{shown}</td>\n" in html  # the source and its licence


@given(st.text(st.characters(blacklist_categories=["Cs"])))
def test_the_front_matter_gives_any_words_back(words):
    about = yaml.safe_load(card_of(words, licence=f"l{words}").split("\n---\n", 1)[0])
    assert (about["pretty_name"], about["license"]) == (words, f"l{words}")


def test_a_folder_whose_name_is_no_text_has_a_card():
    card = card_of("caf\udce9")
    assert yaml.safe_load(card.split("\n---\n", 1)[0])["pretty_name"] == "caf�"
    assert card.encode()


@given(st.text())
def test_text_in_markdown_is_one_line_without_markup(text):
    html = MarkdownIt("commonmark").render(f"x {markdown_text(text)} y")
    assert set(re.findall(r"</?(\w+)", html)) <= {"p", "em"}
    assert "\n" not in markdown_text(text)


@pytest.mark.parametrize(("option", "words"), [("licence", "cc\n<script>"), ("licence", " "), ("name", "a\x1b[31m")])
def test_a_licence_or_name_of_several_lines_is_refused(option, words, tmp_path):
    (tmp_path / "a.jsonl").write_text('{"article": "a", "n": 0, "text": "Rain fell.", "kind": "narrative"}\n')
    done = run_sayso("data", "build", tmp_path / "a.jsonl", "--out", tmp_path / "d", f"--{option}", words)
    assert (done.exit_code, done.stderr) == (
        1,
        f"Error: --{option} {words!r}: give the {option} on one line, without control characters.\n",
    )
    assert not (tmp_path / "d").exists()
