"""The page of an article in a real browser: read, labelled by keyboard and mouse, and nothing lost."""

import itertools
import json
import re

import pytest

ARTICLE = """The ferry to Tolm stays in port

🚢🚢 The harbour office said on Monday that the ferry would not sail before June. “We cannot heat a ship that leaks,” \
its spokesman, Ilya Brandt, said. Residents of Tolm said they had been promised a boat by Easter.

One crossing in four was cancelled last winter, according to a study by the Velmar Institute. The old pier was closed in \
March. Nobody has painted it since. The council bought two buses instead. They stand behind the fish market.

The Islanders' Party demanded a vote on the matter. “The buses cannot swim,” said its leader, Noor Haddad. A decision is \
due on Friday.
"""
FOUR = "The pier is open. The mayor said it would stay so. Rain fell. Gulls came."
OWN_CODEBOOK = """
builtin = ["kind"]

[[column]]
name = "topic"
question = "What is it about?"

[[column.labels]]
name = "harbour"
key = "h"
text = "Ships, piers and who works there."
examples = ["The crane was mended."]

[[column.labels]]
name = "weather"
key = "y"

[[column]]
name = "constructor"
question = "Anything else?"
"""
HOSTILE = (
    "<script>alert(1)</script> said the mayor. The \u202eclerk\u202c called it </textarea><img src=x onerror=alert(2)>. "
    "See javascript:alert(3) and &lt;b&gt; or {{ 7 * 7 }}. \ufffd\u2028 It ended </title><style>*{display:none}</style>."
)
READY = "document.documentElement.classList.contains('ready')"
TOLD = "document.getElementById('told').textContent"
SAVED = "document.getElementById('save').textContent.startsWith('saved')"
LETTERS = "[...document.querySelectorAll('#text .s .letter')].map(a => a.textContent + ' ' + a.className.split(' ')[1])"
PROSE = (
    "(() => { const all = document.getElementById('text').cloneNode(true);"
    " for (const e of all.querySelectorAll('.letter, [data-skip]')) e.remove(); return all.textContent; })()"
)
MADE = "document.querySelectorAll('main script, main img, main style, main textarea:not([id])').length"
REST = (
    "Promise.all([import('/static/words.js'), import('/static/offsets.js')]).then(([words, offsets]) => {"
    " const text = new offsets.Text('🚢 “Boats leak,” the mayor said, “and sink.”');"
    " const spans = [{ start: 16, end: 25 }, { start: 26, end: 30 }];"
    " const rest = words.restOf(text.words(), { start: 2, end: text.length }, spans);"
    " return rest.map(one => text.slice(one.start, one.end)); })"
)


_numbers = itertools.count(1)


@pytest.fixture
def opened(browser, running):
    """Give what opens a new article: ``opened(text, width=…)`` gives its key and the page."""
    pages = []

    def start(text=ARTICLE, width=1400, height=900, server=running, title=None, **about):
        named = {"title": title} if title else {}
        key = server.paste(f"{text} Edition {next(_numbers)}.", **named)  # the same words again would be the same article
        pages.append(enter(browser, server, f"article/{key}", width, height, **about))
        return key, pages[-1]

    yield start
    for page in pages:
        page.close()


def enter(browser, server, place, *size, **about):
    """Come in by the token at once, and wait until the page can be used."""
    page = browser.open(f"http://127.0.0.1:{server.port}/{place}?token={server.door.token}", *size, **about)
    page.until(READY)
    return page


def labels(server, key, *names):
    """Give the labels of every sentence as the server has them."""
    return [tuple(s["labels"][name] for name in names) for s in server.article(key)["sentences"]]


def test_ten_sentences_are_labelled_by_keyboard_and_stay_so(browser, running, opened):
    key, page = opened()
    assert page.errors() == []
    page.press("ArrowDown")
    kinds = "noqnnnnnoq"
    for letter in kinds:
        page.press(letter, "j")
    page.until(SAVED)
    names = {"n": "narrative", "o": "official_claim", "q": "quote"}
    assert labels(running, key, "kind")[:10] == [(names[letter],) for letter in kinds]
    page.reload()
    page.until(READY)
    assert page.evaluate(LETTERS)[:10] == [f"{letter.upper()} own" for letter in kinds]
    page.press("u")
    page.until("document.getElementById('live').textContent === 'Undone: kind: quote (sentence 10)'")
    assert page.evaluate(LETTERS)[9].endswith(" guess")
    assert labels(running, key, "kind")[9] == (None,)
    other = enter(browser, running, f"article/{key}")
    page.press("Z", ctrl=True, shift=True)
    assert other.until(f"{LETTERS}[9] === 'Q own'")
    assert labels(running, key, "kind")[9] == ("quote",)
    assert page.errors() == other.errors() == []
    other.close()


def test_words_are_marked_by_keyboard_behind_an_emoji(running, opened):
    key, page = opened()
    text = running.article(key)["text"]
    page.press("ArrowDown", "j", "e")
    page.press("ArrowRight", "ArrowRight", shift=True)
    assert page.evaluate("getSelection().toString()") == "The harbour office"
    page.press("s", "ArrowRight", "c", "Escape")
    page.until(SAVED)
    (made,) = running.article(key)["sentences"][1]["labels"]["attributions"]
    start = text.index("The harbour office")
    assert made["source"] == {"start": start, "end": start + 18, "text": "The harbour office"}
    assert made["cue"]["text"] == "said"
    page.press("p")
    page.type("Tolm Harbour Office")
    page.press("Enter")
    page.until(SAVED)
    assert running.article(key)["sentences"][1]["labels"]["attributions"][0]["speaker"] == "Tolm Harbour Office"
    assert page.evaluate("document.querySelector('#s1 .source').textContent") == "The harbour office"


def test_words_are_marked_by_mouse_whole_and_into_the_next_sentence(running, opened):
    key, page = opened()
    middle = (
        "(() => {{ const part = document.getElementById('s{0}'), range = document.createRange();"
        " const nodes = [...part.childNodes].flatMap(n => n.nodeType === 3 ? [n] : [...n.childNodes]);"
        " const node = nodes.find(n => n.data?.includes('{1}'));"
        " range.setStart(node, node.data.indexOf('{1}') + 2); range.setEnd(node, node.data.indexOf('{1}') + 3);"
        " const box = range.getBoundingClientRect(); return [box.x + 1, box.y + box.height / 2]; }})()"
    )
    page.drag(page.evaluate(middle.format(2, "heat")), page.evaluate(middle.format(2, "leaks")))
    page.until("getSelection().toString() === 'heat a ship that leaks'")
    assert page.evaluate("document.getElementById('which').textContent").startswith("Sentence 3 ")
    page.press("x")
    page.until(SAVED)
    page.drag(page.evaluate(middle.format(2, "Brandt")), page.evaluate(middle.format(3, "Tolm")))
    page.until("document.getElementById('chosen').textContent.includes('Residents')")
    page.click("[data-mark=source]")
    page.until(SAVED)
    (made,) = running.article(key)["sentences"][2]["labels"]["attributions"]
    assert [part["text"] for part in made["content"]] == ["heat a ship that leaks"]
    assert made["source"]["text"] == "Brandt, said. Residents of Tolm"
    page.click("#attributions [aria-label^='Remove the source']")
    page.until(SAVED)
    assert running.article(key)["sentences"][2]["labels"]["attributions"][0]["source"] is None


def test_the_models_view_is_accepted_with_one_key_and_one_undo_takes_it_back(running, opened):
    key, page = opened()
    page.press("ArrowDown", "j", "Enter")
    page.until(SAVED)
    model, now = (running.article(key)["sentences"][1][side] for side in ("model", "labels"))
    assert (now["kind"], now["source_type"]) == (model["kind"], model["source_type"]) == ("official_claim", "state")
    assert [x["cue"]["text"] for x in now["attributions"]] == [x["cue"]["text"] for x in model["attributions"]] == ["said"]
    history = running.folder / "history" / "me.jsonl"
    assert json.loads(history.read_text(encoding="utf-8").splitlines()[-1])["accepted"] is True
    page.press("u")
    page.until("document.getElementById('live').textContent.startsWith('Undone')")
    assert labels(running, key, "kind", "source_type", "attributions")[1] == (None, None, None)
    page.press("Enter", shift=True)
    page.until("document.getElementById('live').textContent.endsWith('Saved.')")
    assert labels(running, key, "kind", "attributions")[1][0] is None
    assert [x["speaker"] for x in running.article(key)["sentences"][1]["labels"]["attributions"]] == [
        x["speaker"] for x in model["attributions"]
    ]


def test_after_a_click_on_a_label_the_arrow_keys_go_on_to_the_next_sentence(running, opened):
    key, page = opened(FOUR)
    page.click("#s1 .letter")
    page.click("[name=kind][value=narrative]")
    page.until("document.activeElement.matches('.letter')")
    page.press("ArrowDown")
    page.until(f"{SAVED} && document.getElementById('which').textContent === 'Sentence 3 of 5'")
    page.click("#fold, #undo")
    page.until(f"{LETTERS}[1].endsWith(' guess')")
    page.press("m")
    page.type("A note that nobody leaves")
    page.until("document.getElementById('live').textContent === 'Sentence 2: note. Saved.'")
    assert labels(running, key, "kind", "note")[1] == (None, "A note that nobody leaves")


def test_going_on_after_a_label_is_a_setting_and_keys_of_another_alphabet_work(running, opened):
    key, page = opened(FOUR)
    page.press("ArrowDown")
    page.click("#go-on")
    cyrillic = "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'т', code: 'KeyN', bubbles: true}))"
    page.evaluate(cyrillic)
    page.press("9", "q", "7")
    page.until(SAVED)
    assert labels(running, key, "kind", "source_type")[:2] == [("narrative", "none"), ("quote", "individual")]
    assert page.evaluate("document.getElementById('which').textContent") == "Sentence 3 of 5"
    page.press("Enter")
    assert page.evaluate("document.getElementById('which').textContent") == "Sentence 4 of 5"
    page.until(SAVED)
    page.reload()
    page.until(READY)
    assert page.evaluate("document.getElementById('go-on').checked") is True
    page.evaluate("document.getElementById('go-on').click()")


def test_stance_loaded_words_notes_and_done(running, opened):
    key, page = opened()
    page.press("ArrowDown", *["j"] * 7)
    page.click("#new-target summary")
    page.evaluate("document.getElementById('target').focus()")
    page.type("the council")
    page.press("Enter")
    page.until("document.querySelector('#stances legend')?.textContent === 'the council'")
    page.press("a", "e", "ArrowRight", "ArrowRight", "b", "Escape", "m")
    page.type("Is buying instead of painting a judgement?")
    page.press("Escape", "d")
    page.until(f"{SAVED} && document.getElementById('done').ariaPressed === 'true'")
    article = running.article(key)
    now = article["sentences"][7]["labels"]
    assert [(one["target"], one["label"]) for one in now["stance"]] == [("the council", "against")]
    assert ([span["text"] for span in now["loaded"]], now["bias"]) == (["bought"], "biased")
    assert now["note"] == "Is buying instead of painting a judgement?"
    assert article["done"] is True
    page.press("d")
    page.click("#new-target summary")
    page.evaluate("document.getElementById('target').focus()")
    page.type("the pier")
    page.press("Enter")
    page.until("document.querySelectorAll('#stances legend').length === 2")
    page.press("u")
    page.until("document.querySelectorAll('#stances legend').length === 1")


def test_a_source_type_that_the_kind_excludes_is_refused_and_told(running, opened):
    key, page = opened(FOUR)
    page.press("ArrowDown", "n", "1")
    page.until(SAVED)
    told = "Narrative cannot have the source type state; change the kind first."
    assert page.evaluate(TOLD) == told
    assert labels(running, key, "kind", "source_type")[0] == ("narrative", None)
    page.press("8", "o")
    page.until("document.getElementById('live').textContent === 'Sentence 1: kind: official claim. Saved.'")
    assert labels(running, key, "kind", "source_type")[0] == ("official_claim", None)


@pytest.mark.parametrize(("choice", "kept"), [("mine", "quote"), ("theirs", "official_claim")])
def test_a_conflict_shows_both_and_lets_one_choose(running, opened, choice, kept):
    key, page = opened(FOUR)
    page.evaluate("window.ask = window.fetch; 0")
    page.evaluate(
        "window.fetch = (path, about) => path.startsWith('/api/changes') ? new Promise(() => 0) : ask(path, about); 0"
    )
    running.change(key, 0, kind="official_claim")
    page.press("ArrowDown", "q")
    page.until("document.getElementById('conflict').open")
    rows = page.evaluate("[...document.querySelectorAll('#conflict-rows td')].map(e => e.textContent)")
    assert rows == ["Official claim", "Quote"]
    assert labels(running, key, "kind")[0] == ("official_claim",)
    page.click(f"#conflict button[value={choice}]")
    page.until("!document.getElementById('save').textContent.startsWith('saving')")
    assert page.evaluate("document.querySelector('[name=kind]:checked').value") == kept
    assert labels(running, key, "kind")[0] == (kept,)


def test_without_a_server_changes_wait_over_a_reload_and_are_sent_when_it_is_back(running, opened):
    key, page = opened(FOUR)
    gone = "window.fetchOf = window.fetch; window.fetch = () => Promise.reject(new TypeError('gone')); 0"
    page.evaluate(gone)
    page.press("ArrowDown", "n", "j", "o", "1")
    page.until("document.getElementById('trouble').textContent.includes('3 changes')")
    assert page.evaluate("document.getElementById('save').textContent") == "not saved"
    told = "The server does not answer. Your 3 changes are not saved yet; this browser keeps them and tries again."
    assert page.evaluate("document.getElementById('trouble').innerText") == told
    assert page.evaluate("document.getElementById('told').checkVisibility()") is False  # one thing is said at a time
    assert page.evaluate("document.querySelector('[name=kind]:checked').value") == "official_claim"
    assert labels(running, key, "kind")[:2] == [(None,), (None,)]
    page.reload()
    assert len(page.dialogs()) == 1  # the browser warned of leaving
    page.until(f"{READY} && {SAVED}")
    assert labels(running, key, "kind", "source_type")[:2] == [("narrative", None), ("official_claim", "state")]
    assert page.evaluate("Object.keys(localStorage).filter(name => name.includes(':me:')).length") == 0


def test_a_hostile_article_is_text(running, opened):
    key, page = opened(HOSTILE, width=400, height=800)
    text = running.article(key)["text"]
    assert page.evaluate(PROSE).replace("\n", "") == text.replace("\n", "")
    assert page.evaluate(MADE) == 0
    page.press("ArrowDown", "Enter", "e")
    page.press("End", shift=True)
    page.press("x", "b", "s", "Escape", "j", "q", "u")
    page.until("document.getElementById('live').textContent.startsWith('Undone')")
    assert page.dialogs() == []
    assert [e for e in page.errors() if "Content Security" in e] == []
    assert page.errors() == []
    assert page.evaluate(PROSE).replace("\n", "") == text.replace("\n", "")
    assert page.evaluate(MADE) == 0
    assert page.overflow() == 0


def test_columns_of_ones_own_and_labelling_blind(served, opened, tmp_path):
    (tmp_path / "my-project").mkdir()
    (tmp_path / "my-project" / "codebook.toml").write_text(OWN_CODEBOOK, encoding="utf-8")
    server = served(blind=True)
    key, page = opened(FOUR, server=server)
    page.press("ArrowDown", "j", "Enter")
    assert page.evaluate(LETTERS) == ["· open"] * 5
    assert page.evaluate(TOLD) == "There is nothing to accept."
    assert page.evaluate("document.querySelectorAll('.guess, .theirs').length") == 0
    page.press("h")
    texts = page.evaluate("document.querySelector('#guide section:not([hidden])').innerText").split("\n")
    assert [text for text in texts if text] == [
        "TOPIC",
        "Harbour",
        "What is it about?",
        "Ships, piers and who works there.",
        "Examples",
        "The crane was mended.",
    ]
    page.evaluate("document.querySelector('[name=constructor]').focus()")
    page.type("nobody asked <b>him</b>")
    page.press("Enter", "g")
    page.until(SAVED)
    assert [s["labels"]["own"] for s in server.article(key)["sentences"]][:2] == [
        {},
        {"topic": "harbour", "constructor": "nobody asked <b>him</b>"},
    ]
    assert page.evaluate("document.getElementById('which').textContent") == "Sentence 3 of 5"


def test_what_is_written_is_saved_after_a_moment_and_on_leaving_and_till_then_called_not_saved(served, opened, tmp_path):
    (tmp_path / "my-project").mkdir()
    (tmp_path / "my-project" / "codebook.toml").write_text(OWN_CODEBOOK, encoding="utf-8")
    server = served()
    key, page = opened(FOUR, server=server)
    unsaved = "[...document.querySelectorAll('.save')].map(e => e.textContent)"
    page.press("ArrowDown", "n")
    page.until(SAVED)
    page.evaluate("document.querySelector('[name=constructor]').focus()")
    page.type("an aside")
    assert page.evaluate(unsaved) == ["not saved yet", "not saved yet"]
    page.until(SAVED)  # nobody has left the field
    assert page.evaluate("document.activeElement.name") == "constructor"
    assert labels(server, key, "own")[0] == ({"constructor": "an aside"},)
    page.type(" of two words")
    page.click("#on")  # to the next sentence, at once
    page.until(f"{SAVED} && document.getElementById('which').textContent.startsWith('Sentence 2')")
    assert labels(server, key, "own")[:2] == [({"constructor": "an aside of two words"},), ({},)]
    page.press("m")
    page.type("hard")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange')); dispatchEvent(new Event('pagehide')); 0")
    page.until(SAVED)
    assert labels(server, key, "note")[1] == ("hard",)


def test_the_name_of_a_speaker_is_saved_while_it_is_written_and_nothing_of_it_is_lost(running, opened):
    key, page = opened(FOUR)
    page.press("ArrowDown", "j", "e")
    page.press("ArrowRight", shift=True)
    page.press("s", "Escape", "p")
    page.until(SAVED)
    page.evaluate("window.field = document.activeElement; 0")
    page.type("Ada ")
    assert page.evaluate("document.getElementById('save').textContent") == "not saved yet"
    page.until(SAVED)
    assert running.article(key)["sentences"][1]["labels"]["attributions"][0]["speaker"] == "Ada"
    page.type("Moor")
    assert page.evaluate("[document.activeElement === field, field.value]") == [True, "Ada Moor"]
    page.press("Escape", "j")
    page.until(SAVED)
    assert running.article(key)["sentences"][1]["labels"]["attributions"][0]["speaker"] == "Ada Moor"


def test_undo_says_what_it_undid_and_asks_before_it_does_so_in_another_article(browser, running, opened):
    town, page = opened(FOUR, title="The pier stays")
    page.press("u", "ArrowDown", "j", "n")
    page.until(SAVED)
    _, other = opened(FOUR, title="The port")
    other.press("u")
    told = "The last change was made in another article, “The pier stays”, sentence 2: kind: narrative. Undo it there"
    other.until(f"{TOLD} === {json.dumps(told)}")
    assert labels(running, town, "kind")[1] == ("narrative",)
    other.click("#told button")
    other.until(f"location.pathname === '/article/{town}' && document.getElementById('told') !== null")
    other.until(f"{TOLD} === 'Undone: kind: narrative (sentence 2)'")
    assert labels(running, town, "kind")[1] == (None,)
    other.press("Z", ctrl=True, shift=True)
    other.until(f"{TOLD} === 'Redone: kind: narrative (sentence 2)'")
    assert labels(running, town, "kind")[1] == ("narrative",)
    other.press("U", shift=True)
    other.until(f"{TOLD} === 'Nothing to redo.'")
    assert other.evaluate("document.getElementById('told').checkVisibility()")
    other.reload()
    other.until(READY)
    assert labels(running, town, "kind")[1] == ("narrative",)  # it was asked for once


def test_a_key_of_a_column_below_shows_the_column_and_says_what_was_set(served, opened, tmp_path):
    (tmp_path / "my-project").mkdir()
    everything = OWN_CODEBOOK.replace('["kind"]', '["kind", "source_type", "bias", "stance", "attribution"]')
    (tmp_path / "my-project" / "codebook.toml").write_text(everything, encoding="utf-8")
    server = served()
    key, page = opened(FOUR, width=1000, height=800, server=server)
    is_seen = (
        "(() => { const of = document.querySelector('[data-column=topic]').getBoundingClientRect();"
        " return of.top >= document.getElementById('top').getBoundingClientRect().bottom"
        " && of.bottom <= document.getElementById('side').getBoundingClientRect().bottom; })()"
    )
    more = "getComputedStyle(document.getElementById('more')).visibility"
    page.press("ArrowDown")
    page.until(f"{more} === 'visible'")
    assert page.evaluate(is_seen) is False
    assert page.evaluate("document.getElementById('missing').textContent") == "kind, source type, topic missing"
    page.press("h", "n")
    assert page.evaluate(TOLD) == "Kind: narrative"
    assert page.evaluate("document.getElementById('missing').textContent") == "kind, topic given; source type missing"
    assert page.evaluate(is_seen) is False
    page.press("h")
    assert page.evaluate(TOLD) == "Topic: harbour, as before"
    assert page.evaluate(is_seen) is True
    page.evaluate("document.getElementById('leave').scrollIntoView()")
    page.until(f"{more} === 'hidden'")
    caps = "new KeyboardEvent('keydown', {key: '%s', bubbles: true, modifierCapsLock: true, shiftKey: %s})"
    page.evaluate("document.activeElement.dispatchEvent(%s)" % (caps % ("Y", "false")))
    assert page.evaluate(TOLD) == "Topic: weather"
    page.until(SAVED)
    page.evaluate("document.activeElement.dispatchEvent(%s)" % (caps % ("u", "true")))  # Shift beside Caps Lock: a capital
    page.until(f"{TOLD} === 'Nothing to redo.'")
    assert labels(server, key, "kind", "own")[0] == ("narrative", {"topic": "weather"})


def test_stances_towards_several_targets_are_given_and_put_right_by_keys(running, opened):
    key, page = opened(FOUR)
    running.change(key, None, targets={"the mayor": [], "the pier": []})
    page.reload()
    page.until(READY)
    aimed = "[...document.querySelectorAll('.aimed legend')].map(e => e.textContent)"
    page.press("ArrowDown", ".", ".")
    assert page.evaluate(aimed) == ["the mayor"]
    page.press("j", "k")
    assert page.evaluate(aimed) == ["the mayor"]
    page.press("f")
    assert page.evaluate(TOLD) == "Stance towards the mayor: favor"
    assert page.evaluate(aimed) == ["the pier"]
    page.press("a")
    assert page.evaluate(aimed) == ["the pier"]
    page.press("0", ".")
    assert page.evaluate(aimed) == ["the mayor"]
    assert page.evaluate(TOLD) == "The next key is for the stance towards the mayor, which is favor now."
    page.press("a")
    page.until(SAVED)
    stances = {one["target"]: one["label"] for one in running.article(key)["sentences"][0]["labels"]["stance"]}
    assert stances == {"the mayor": "against", "the pier": "neutral"}


def test_done_says_how_many_sentences_have_no_label_and_is_taken_back(running, opened):
    key, page = opened(FOUR)
    page.press("d")
    words = "Done, though 5 of 5 sentences have no label."
    assert page.evaluate(TOLD) == f"{words} Press d again to take that back."
    assert page.evaluate("document.querySelector('#finish .progress').textContent") == words
    page.until(SAVED)
    page.press("d")
    page.until(f"{SAVED} && {TOLD} === 'No longer done.'")
    assert running.article(key)["done"] is False
    page.press("ArrowDown", "n", "d")
    assert page.evaluate(TOLD).startswith("Done, though 5 of 5 sentences are not fully labelled.")
    page.press("9", "d", "d")
    assert page.evaluate(TOLD).startswith("Done, though 4 of 5 sentences have no label.")
    page.until(SAVED)


def test_the_panel_moves_no_line_of_the_text_and_covers_no_sentence(opened):
    tops = "[...document.querySelectorAll('.s')].map(e => [e.offsetLeft, e.offsetTop, e.getClientRects().length])"
    _, page = opened()
    before = page.evaluate(tops)
    page.click("#s1 .letter")
    page.until("document.body.classList.contains('at-work')")
    assert page.evaluate(tops) == before
    _, page = opened(ARTICLE + FOUR * 3, width=400, height=800)
    order = ["#hint", "#text", ".marks", ".speaking"]
    places = [page.evaluate(f"document.querySelector('{one}').getBoundingClientRect().top") for one in order]
    assert places == sorted(places)
    assert places[0] < 800
    low = "[...document.querySelectorAll('.s')].find(e => e.getBoundingClientRect().top > 600).id"
    page.evaluate("scrollTo(0, 500)")
    tapped = page.evaluate(low)
    page.click(f"#{tapped} .letter")
    page.until(f"document.querySelector('.on')?.id === '{tapped}'")
    box = f"document.getElementById('{tapped}').getBoundingClientRect()"
    assert page.evaluate(f"{box}.bottom < document.getElementById('beside').getBoundingClientRect().top")
    tops = "[...document.querySelectorAll('#labels .choice, #accept')].map(e => [e.getBoundingClientRect().top, e.id])"
    assert min(page.evaluate(tops))[1] != "accept"


def wrong(page):
    """Give what keeps people out, what is hard to read, and how much too wide the page is."""
    return page.barriers(contrast=False), page.low_contrast(), page.overflow()


@pytest.mark.parametrize(("width", "height", "scheme"), [(1400, 900, "light"), (400, 800, "dark")])
def test_it_is_usable_by_everybody(browser, running, opened, width, height, scheme):
    _, page = opened(width=width, height=height, scheme=scheme)
    assert wrong(page) == ([], [], 0)
    page.press("ArrowDown", "j", "Enter", "e")
    page.until(SAVED)
    assert wrong(page) == ([], [], 0)
    page.press("Escape", "?")
    assert page.evaluate("document.getElementById('keys').open")
    assert wrong(page)[:2] == ([], [])


def test_without_scripts_the_article_can_be_read(browser, running):
    key = running.paste(ARTICLE)
    page = browser.open(f"http://127.0.0.1:{running.port}/article/{key}?token={running.door.token}", 800, script=False)
    visible = "[...document.querySelectorAll('{}')].map(e => e.checkVisibility())"
    assert set(page.evaluate(visible.format(".s, .lead, .strip, .key, #figures table"))) == {True}
    assert set(page.evaluate(visible.format("#panel, #guide, #finish, #hint"))) == {False}
    assert page.overflow() == 0
    page.close()


def test_offsets_of_the_browser_are_those_of_python(browser, running, opened):
    text = "a🚢b é\u0301 𝒲ord’s 2,140 U.S. “x”\n東京"
    _, page = opened(FOUR)
    load = "import('/static/offsets.js').then(({Text, length, snapped}) => { "
    load += f"const t = new Text({json.dumps(text)}); return "
    assert page.evaluate(load + "length(t.text); })") == len(text)
    every = "[...Array(t.length).keys()].map(i => [t.slice(i, i + 1), t.points(t.units(i))]); })"
    assert page.evaluate(load + every) == [[character, i] for i, character in enumerate(text)]
    words = [[m.start(), m.end()] for m in re.finditer(r"a|🚢|b|é\u0301|𝒲ord’s|2,140|U\.S|\.|“|x|”|東京", text)]
    assert page.evaluate(load + "t.words().map(w => [w.start, w.end]); })") == words
    assert page.evaluate(load + "snapped(t.words(), 8, 9); })") == {"start": 7, "end": 13}
    assert page.evaluate(load + "snapped(t.words(), 6, 7); })") is None


def test_all_the_rest_of_a_sentence_becomes_the_content_with_one_key(running, opened):
    key, page = opened()
    page.press("ArrowDown", "j", "x")
    assert page.evaluate(TOLD).endswith("After source and cue, x takes the rest of the sentence.")
    page.press("e")
    page.press("ArrowRight", "ArrowRight", shift=True)
    page.press("s", "ArrowRight", "c", "x")  # the words of the cue are still chosen, and are no content
    page.until(SAVED)
    (made,) = running.article(key)["sentences"][1]["labels"]["attributions"]
    assert [part["text"] for part in made["content"]] == ["on Monday that the ferry would not sail before June"]
    page.press("Escape", "x")
    page.until("document.getElementById('live').textContent.startsWith('Sentence 2: no content.')")
    page.until(SAVED)
    assert running.article(key)["sentences"][1]["labels"]["attributions"][0]["content"] == []
    page.press("u")
    page.until("document.getElementById('live').textContent.startsWith('Undone: attribution')")
    page.press("u")
    page.until("document.querySelectorAll('#attributions dd')[2].textContent.startsWith('–')")
    page.press("y", ctrl=True)
    page.until("document.getElementById('live').textContent.startsWith('Redone: attribution')")
    assert len(running.article(key)["sentences"][1]["labels"]["attributions"][0]["content"]) == 1
    assert page.evaluate(REST) == ["“Boats leak,”", "“and sink.”"]
    assert page.errors() == []


def test_a_target_is_taken_away_with_its_labels_once_that_was_agreed_to(running, opened):
    key, page = opened(FOUR)
    running.change(key, None, targets={"Tolm": [], "Bek": ["Beks"]})
    running.change(key, 1, stance={"Tolm": "favor"})
    page.reload()
    page.until(READY)
    page.press("ArrowDown")
    page.evaluate("window.confirm = (words) => { window.asked = words; return false; }")
    page.click("[aria-label='Remove the target Tolm']")
    assert page.evaluate("window.asked").startswith("Remove “Tolm” and 1 label of stances towards it")
    assert [target["name"] for target in running.article(key)["targets"]] == ["Tolm", "Bek"]
    page.evaluate("window.confirm = () => true")
    page.click("[aria-label='Remove the target Tolm']")
    page.until("document.querySelectorAll('.stance').length === 1")
    page.until(SAVED)
    article = running.article(key)
    assert article["targets"] == [{"name": "Bek", "aliases": ["Beks"]}]
    assert labels(running, key, "stance") == [([],)] * 5
    page.press("u")
    page.until("document.querySelectorAll('.stance').length === 2")
    page.press("u")
    page.until(f"{TOLD} === 'Undone: stance towards Tolm cleared (sentence 2)'")
    assert labels(running, key, "stance")[1] == ([{"target": "Tolm", "label": "favor"}],)
    assert page.errors() == []


def test_a_page_that_is_open_while_the_codebook_changes_says_so_and_comes_back_with_the_new_labels(browser, served):
    server = served()
    key = server.paste(FOUR)
    page = enter(browser, server, f"article/{key}")
    page.press("ArrowDown", "j", "n")
    page.until(SAVED)
    (server.folder / "codebook.toml").write_text(OWN_CODEBOOK, encoding="utf-8")
    page.until("document.getElementById('renew').checkVisibility()")
    page.until("location.hash === '#s1'")
    page.click("#renew")
    page.until("!!document.documentElement && !!document.querySelector('.ready input[name=topic]')")
    assert page.evaluate("document.getElementById('renewed').hidden")
    assert page.evaluate("document.getElementById('which').textContent").startswith("Sentence 2 ")
    page.press("h")
    page.until(SAVED)
    assert server.article(key)["sentences"][1]["labels"]["own"] == {"topic": "harbour"}
    assert page.errors() == []
    page.close()
