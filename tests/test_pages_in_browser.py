"""The pages as a browser shows them: nothing loaded, nothing run that is not ours, nothing cut off, all by keyboard."""

import re
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


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Give a folder with pages of the package's own models: the example, a hostile article, an index, a comparison."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "hostile.txt").write_text(escape(HOSTILE, quote=False), encoding="utf-8")  # tags themselves are taken out
    (folder / "forty.txt").write_text(FORTY, encoding="utf-8")
    example = str(ROOT / "examples" / "scraped.txt")
    texts = [str(folder / "hostile.txt"), str(folder / "forty.txt")]
    write(example, "--out", folder / "example.html")
    write(texts[0], "--out", folder / "hostile.html")
    write(texts[1], "--out", folder / "forty.html")
    write(example, *texts, "-f", "html", "--out", folder / "several")
    write(example, *texts, "--compare", "--out", folder / "compared.html")
    return folder


def write(*words):
    result = run_sayso("annotate", *words)
    assert result.exit_code == 0, result.stderr


def problems(page):
    return page.requests(), page.errors(), page.dialogs(), max(page.overflow(), 0), page.low_contrast()


NONE = ([], [], [], 0, [])


@pytest.mark.parametrize("name", ["example", "hostile", "several/index", "compared"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_quiet_fit_and_can_be_read(browser, folder, name, scheme):
    for width in WIDTHS:
        page = browser.open(folder / f"{name}.html", width, scheme=scheme)
        assert problems(page) == NONE, width


@pytest.mark.parametrize("name", ["example", "several/index", "compared"])
def test_pages_can_be_printed(browser, folder, name):
    page = browser.open(folder / f"{name}.html", 718, media="print", scheme="dark")
    assert problems(page) == NONE
    assert not page.evaluate("[...document.querySelectorAll('form, #inspector')].some(e => e.checkVisibility())")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"


def test_the_checks_would_find_what_is_wrong(browser, tmp_path):
    page = tmp_path / "bad.html"
    page.write_text(
        '<p style="color: #999; background: #fff">faint</p><p style="width: 2000px">wide</p><img src="none.png">'
        "<script>console.log('loud'); setTimeout(() => alert('run'))</script>",
        encoding="utf-8",
    )
    seen = browser.open(page, 800)
    seen.evaluate("new Promise(done => setTimeout(done, 20))")
    requests, errors, dialogs, overflow, low = problems(seen)
    assert [Path(url).name for url in requests] == ["none.png"]
    assert any("loud" in error for error in errors)
    assert dialogs == ["run"]
    assert overflow >= 1200
    assert low == [["faint", 2.85]]


def test_a_hostile_article_is_text(browser, folder):
    page = browser.open(folder / "hostile.html", 400)
    text = page.evaluate(
        "(() => { const all = document.querySelector('article').cloneNode(true);"
        " for (const e of all.querySelectorAll('[data-skip]')) e.remove(); return all.textContent; })()"
    )
    assert text == HOSTILE
    assert page.evaluate("document.querySelectorAll('article img, article b, article script').length") == 0
    page.evaluate("for (const s of document.querySelectorAll('.s')) s.click()")
    assert problems(page) == NONE
    isolated = "[...document.querySelectorAll('.s')].every(s => getComputedStyle(s).unicodeBidi === 'isolate')"
    assert page.evaluate(isolated)


def test_every_control_is_reached_by_keyboard_and_shows_it(browser, folder):
    page = browser.open(folder / "example.html", 1400)
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


def test_a_sentences_note_is_shown_by_focus_arrows_and_escape(browser, folder):
    page = browser.open(folder / "example.html", 1400)
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


def test_sentences_are_filtered_by_kind_type_confidence_and_speaker(browser, folder):
    page = browser.open(folder / "example.html", 1400)
    on = "[...document.querySelectorAll('.s:not(.off)')].map(s => ({...s.dataset}))"
    everything = page.evaluate(on)
    count = "document.querySelector('output[name=count]').textContent"
    page.evaluate("document.querySelector('input[value=quote]').click()")
    left = page.evaluate(on)
    assert {d["kind"] for d in left} == {d["kind"] for d in everything} - {"quote"}
    assert page.evaluate(count) == f"{len(left)} of {len(everything)} sentences"
    page.evaluate("document.querySelector('button[type=reset]').click(); new Promise(done => setTimeout(done, 50))")
    assert page.evaluate(count) == f"{len(everything)} sentences"
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
    assert page.evaluate(count) == f"{len(everything)} sentences"


def test_without_scripts_all_of_it_can_be_read(browser, folder):
    page = browser.open(folder / "example.html", 800, script=False)
    assert problems(page) == NONE
    visible = "[...document.querySelectorAll('{}')].map(e => e.checkVisibility())"
    assert set(page.evaluate(visible.format(".s, .notes li, .marks li"))) == {True}
    assert set(page.evaluate(visible.format("form, #inspector"))) == {False}
    links = "[...document.querySelectorAll('.s .letter')].every(a => document.querySelector(a.getAttribute('href')))"
    assert page.evaluate(links)


def test_a_page_of_forty_sentences_is_small(folder):
    page = (folder / "forty.html").read_bytes()
    assert len(re.findall(rb" data-n=", page)) == 40
    assert len(page) <= 150 * 1024
