"""The pages as a browser shows them: nothing loaded, nothing run that is not ours, nothing cut off, all by keyboard."""

import json
import re
from functools import cache
from html import escape
from pathlib import Path

import pytest
from builders import run_sayso

ROOT = Path(__file__).parents[1]
WIDTHS = (400, 800, 1400)
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)> </style></script> closes the port\n\n"
    "The ministry said the port would stay closed. “\u202eWe lost <b onmouseover='alert(1)'>two</b> cranes,” it said. "
    + "x"
    * 10_000
    + "\n\n"
    "\u200f“Nobody was hurt 👩\u200d🚒🔥,” said Ada Holm, a {{ firefighter }}. https://example.org/" + "a" * 300 + "\n"
)
FORTY = " ".join(
    f"The harbour office of Tolle said on Monday that ferry number {n} would stay in port until the storm had passed."
    if n % 3
    else f"“We have counted {n} boats since the morning,” said Ada Holm, who runs the station at Grey Ness, and she left."
    for n in range(40)
)


CUP = {
    "title": "Tolle wins the harbour cup",
    "text": "Tolle won the cup on Sunday. “We rowed for the storm,” said Bo Harm.",
    "outlet": "Aldmar Post",
}
ORLA = {
    "title": "Orla",
    "text": "Rain kept Orla at home. Officials said that the cup would be held again in May.",
    "date": "2031-06-02",
}
FERRY = ROOT / "examples" / "ferry.jsonl"
EXAMPLE = ROOT / "examples" / "scraped.txt"
TARGETS = ("--target", "Marisland", "--target", "Vessen=the neighbouring republic")


def article(folder, name, source, *more):
    """Write the page of an article; give its path."""
    annotate(source, *more, "--out", folder / f"{name}.html")
    return folder / f"{name}.html"


def several(folder):
    """Write the index of several articles; give its path."""
    annotate(EXAMPLE, folder / "hostile.txt", folder / "cup.json", *TARGETS, "-f", "html", "--out", folder / "several")
    return folder / "several" / "index.html"


def compared(folder, name, *sources):
    """Write a comparison; give its path."""
    annotate(*sources, *TARGETS, "--compare", "--out", folder / f"{name}.html")
    return folder / f"{name}.html"


def audit(folder, page):
    """Write an audit, its proposals and the sentences of each source; give the path of one of its pages."""
    if not (folder / "audit").exists():
        result = run_sayso("audit", FERRY, "--out", folder / "audit")
        assert result.exit_code == 0, result.stderr
    return folder / "audit" / page


def annotate(*words):
    result = run_sayso("annotate", *words)
    assert result.exit_code == 0, result.stderr


PAGES = {
    "article": lambda folder: article(folder, "article", EXAMPLE, *TARGETS),
    "hostile": lambda folder: article(folder, "hostile", folder / "hostile.txt"),
    "titled": lambda folder: article(folder, "titled", folder / "orla.json"),
    "index": several,
    "compared": lambda folder: compared(folder, "compared", EXAMPLE, folder / "cup.json"),
    "audit": lambda folder: audit(folder, "index.html"),
    "audit-sentences": lambda folder: audit(folder, "sources/0001.html"),
    "many": lambda folder: compared(folder, "many", EXAMPLE, folder / "hostile.txt", *[folder / "cup.json"] * 2),
}
"""Every page that is a file, by name: what writes it into a folder, in which `sources` stand, and gives its path.

The pages of `sayso serve` are shown in `train/serve/test_pages_in_browser.py`, those of reports in `train/report`.
"""
VIEWS = [(width, scheme, "screen") for width in WIDTHS for scheme in ("light", "dark")]
PAPER = 718  # pixels: A4 within its margins


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    """Give a folder with articles to make pages of."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "hostile.txt").write_text(escape(HOSTILE, quote=False), encoding="utf-8")  # tags themselves are taken out
    (folder / "forty.txt").write_text(FORTY, encoding="utf-8")
    (folder / "cup.json").write_text(json.dumps([CUP, ORLA]), encoding="utf-8")
    (folder / "orla.json").write_text(json.dumps([ORLA]), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def made(sources):
    """Give what makes each page of `PAGES` once, and gives its path."""
    return cache(lambda name: PAGES[name](sources))


@pytest.mark.parametrize("name", PAGES)
def test_every_page_fits_can_be_read_and_keeps_nobody_out(browser, made, name):
    page = browser.open(made(name))
    for width, scheme, media in VIEWS:
        page.show(width, scheme=scheme, media=media)
        assert page.problems(barriers=scheme == "light" and width != 800) == {}, (width, scheme)
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_printed_whole_in_light_colours_and_without_controls(browser, made, name):
    page = browser.open(made(name), PAPER, media="print", scheme="dark")
    assert page.problems(barriers=False) == {}
    assert page.clipped() == []
    controls = "form, #inspector, button, input, select"
    assert not page.evaluate(f"[...document.querySelectorAll('{controls}')].some(e => e.checkVisibility())")
    assert page.evaluate(
        "[...document.querySelectorAll('details > *')].every(e => e.getBoundingClientRect().height || e.closest('.screen'))"
    )
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    page.close()


@pytest.mark.parametrize("name", ["article", "titled"])
@pytest.mark.parametrize(("width", "height"), [(400, 800), (1400, 900)])
def test_headline_and_first_sentence_stand_in_the_first_screen(browser, made, name, width, height):
    page = browser.open(made(name), width, height)
    first = "[...document.querySelectorAll('.prose .s')].find(s => !s.closest('.headline'))"
    assert page.evaluate(f"{first}.getBoundingClientRect().bottom") <= height
    assert page.evaluate("[...document.querySelectorAll('h1')].map(h => h.checkVisibility())") == [True]
    page.close()


def test_letters_are_printed_in_the_margin(browser, made):
    page = browser.open(made("article"), PAPER, media="print")
    left = "[...document.querySelectorAll('.prose .s')].map(s => [s.querySelector('.letter'), s]"
    places = page.evaluate(f"{left}.map(e => e.getBoundingClientRect())).map(([letter, s]) => letter.right <= s.left)")
    assert len(places) == 17
    assert all(places)
    page.close()


def test_a_comparison_is_a_table_and_stacked_in_a_narrow_window(browser, made):
    page = browser.open(made("compared"), 1400)
    heads = "[...document.querySelectorAll('.compared thead th')].map(e => e.getBoundingClientRect())"
    row = "[...document.querySelectorAll('.compared tbody tr:nth-child(2)')[1].children].map(e => e.getBoundingClientRect())"
    assert page.evaluate(f"new Set({heads}.map(e => e.top)).size") == 1
    page.show(400)
    assert page.evaluate(f"{heads}.every((e, i, all) => !i || e.top >= all[i - 1].bottom)")
    assert page.evaluate(f"{row}.every((e, i, all) => !i || e.top >= all[i - 1].bottom)")
    values = "[...document.querySelectorAll('.compared tbody tr:nth-child(2)')[1].children].map(e => e.innerText)"
    kind, *cells = page.evaluate(values)
    assert kind.split() == ["Q", "Quote"]
    names = ["1 Marisland pulls patrol boats back from disputed Kerrow Strait", "2 Tolle wins the harbour cup", "3 Orla"]
    assert [" ".join(cell.split()).rpartition(" ")[0] for cell in cells] == names
    page.close()


def test_stances_are_shown_and_filtered(browser, made):
    page = browser.open(made("article"), 1400)
    marks = "[...s.querySelectorAll('.stance-mark')].map(mark => mark.innerText)"
    shown = f"[...document.querySelectorAll('.s:not(.off)')].map(s => {marks})"
    everything = page.evaluate(shown)
    wanted = [marks for marks in everything if any("neutral towards Vessen" in mark for mark in marks)]
    assert 0 < len(wanted) < len(everything)
    page.evaluate(
        "(() => { const s = document.querySelector('select[data-target=Vessen]'); s.value = 'neutral';"
        " s.dispatchEvent(new Event('input', {bubbles: true})); })()"
    )
    assert page.evaluate(shown) == wanted
    page.close()


def test_the_checks_would_find_what_is_wrong(browser, tmp_path):
    page = tmp_path / "bad.html"
    page.write_text(
        '<p style="color: #999; background: #fff">faint</p><p style="width: 2000px">wide</p><img src="none.png">'
        '<div style="overflow: hidden; width: 20px">concealed</div>'
        "<script>console.log('loud'); setTimeout(() => alert('run'))</script>",
        encoding="utf-8",
    )
    seen = browser.open(page, 800)
    seen.evaluate("new Promise(done => setTimeout(done, 20))")
    found = seen.problems()
    assert [Path(url).name for url in found["asked for"]] == ["none.png"]
    assert any("loud" in error for error in found["console"])
    assert found["messages"] == ["run"]
    assert found["too wide by"] >= 1200
    assert found["low contrast"] == [["faint", 2.85]]
    assert {"image-alt", "html-has-lang"} <= {rule for rule, _ in found["barriers"]}
    assert seen.clipped() == ['<div style="overflow: hidden; width: 20px">concealed</div>']


def test_a_hostile_article_is_text(browser, made):
    page = browser.open(made("hostile"), 400)
    text = page.evaluate(
        "(() => { const all = document.querySelector('article').cloneNode(true);"
        " for (const e of all.querySelectorAll('[data-skip]')) e.remove(); return all.textContent; })()"
    )
    assert text == HOSTILE
    assert page.evaluate("document.querySelectorAll('article img, article b, article script').length") == 0
    page.evaluate("for (const s of document.querySelectorAll('.s')) s.click()")
    assert page.problems() == {}
    isolated = "[...document.querySelectorAll('.s')].every(s => getComputedStyle(s).unicodeBidi === 'isolate')"
    assert page.evaluate(isolated)


def test_every_control_is_reached_by_keyboard_and_shows_it(browser, made):
    page = browser.open(made("article"), 1400)
    page.evaluate(
        "window.wanted = [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex=\"0\"]')]"
        ".filter(e => e.checkVisibility());"
        "window.reached = new Set(); window.plain = []; window.look = (e) => getComputedStyle(e).outlineStyle"
    )
    for _ in range(page.evaluate("wanted.length") + 2):
        page.press("Tab")
        page.evaluate(
            "reached.add(document.activeElement);"
            "if (look(document.activeElement) === 'none') plain.push(document.activeElement.outerHTML)"
        )
    missed = "wanted.filter(e => !reached.has(e)).map(e => e.outerHTML.slice(0, 80))"
    assert page.evaluate("wanted.length") > 30
    assert page.evaluate(missed) == []
    assert [e for e in page.evaluate("plain") if not e.startswith("<body")] == []


def test_a_sentences_note_is_shown_by_focus_arrows_and_escape(browser, made):
    page = browser.open(made("article"), 1400)
    shown = "document.getElementById('inspector').innerText"
    assert "Point at a sentence" in page.evaluate(shown)
    page.evaluate("document.querySelector('#s1 a').focus()")
    assert "Official claim" in page.evaluate(shown)
    assert "starting point" in page.evaluate(shown)
    page.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('.s').id") == "s2"
    assert page.evaluate("document.querySelector('.s.on').id") == "s2"
    page.press("ArrowUp")
    assert page.evaluate("document.querySelector('.s.on').id") == "s1"
    page.press("Escape")
    assert "Point at a sentence" in page.evaluate(shown)


def test_sentences_are_filtered_by_kind_type_confidence_and_speaker(browser, made):
    page = browser.open(made("article"), 1400)
    on = "[...document.querySelectorAll('.s:not(.off)')].map(s => ({...s.dataset}))"
    everything = page.evaluate(on)
    count = "document.querySelector('output[name=count]').textContent"
    page.evaluate("document.querySelector('input[value=quote]').click()")
    left = page.evaluate(on)
    assert {d["kind"] for d in left} == {d["kind"] for d in everything} - {"quote"}
    assert (len(left), len(everything)) == (15, 17)
    assert page.evaluate(count) == "14 of 16 sentences"  # without the headline
    page.evaluate("document.querySelector('button[type=reset]').click(); new Promise(done => setTimeout(done, 50))")
    assert page.evaluate(count) == "16 sentences"
    page.evaluate("document.querySelector('input[name=source-type][value=state]').click()")
    assert "state" not in {d["sourceType"] for d in page.evaluate(on)}
    page.evaluate("document.querySelector('input[name=source-type][value=state]').click()")
    page.evaluate(
        "(() => { const r = document.querySelector('input[type=range]'); r.value = 90;"
        " r.dispatchEvent(new Event('input', {bubbles: true})); })()"
    )
    assert page.evaluate(on) == [d for d in everything if float(d["kindConfidence"]) >= 0.9]
    page.evaluate("document.querySelector('button[type=reset]').click(); new Promise(done => setTimeout(done, 50))")
    name = page.evaluate("document.querySelector('button[data-speaker]').dataset.speaker")
    page.evaluate("document.querySelector('button[data-speaker]').click()")
    assert page.evaluate(on) == [d for d in everything if d.get("speaker") == name] != []
    assert page.evaluate("document.querySelector('button[data-speaker]').ariaPressed") == "true"
    assert page.low_contrast() == []
    page.evaluate("document.querySelector('button[data-speaker]').click()")
    assert page.evaluate(count) == "16 sentences"


def test_without_scripts_all_of_it_can_be_read(browser, made):
    page = browser.open(made("article"), 800, script=False)
    assert (page.requests(), page.overflow(), page.low_contrast()) == ([], 0, [])
    visible = "[...document.querySelectorAll('{}')].map(e => e.checkVisibility())"
    assert set(page.evaluate(visible.format(".s, .notes li, .marks li"))) == {True}
    assert set(page.evaluate(visible.format("form, #inspector"))) == {False}
    links = "[...document.querySelectorAll('.s .letter')].every(a => document.querySelector(a.getAttribute('href')))"
    assert page.evaluate(links)


def test_a_page_of_forty_sentences_is_small(sources):
    page = article(sources, "forty", sources / "forty.txt").read_bytes()
    assert len(re.findall(rb" data-n=", page)) == 40
    assert len(page) <= 150 * 1024
