"""The pages beside that of an article, as a person uses them: by keyboard and mouse, in a browser."""

import json

import pytest
from town import PORT, PORT_KEY, SCHOOL, Beside, Lesson, populate

from sayso.train.serve.work.team import Team

PAGES = ("/", "/queue?column=kind", "/disputes", "/notes?which=all", "/codebook", "/teach", f"/article/{PORT_KEY}")
VIEWS = [(width, scheme) for width in (400, 800, 1400) for scheme in ("light", "dark")]
FERRY = "Ferry stays in port\n\nThe ferry to Tolle stayed in port on Monday. “We wait,” said Bo Harm. Nobody minded."


@pytest.fixture
def lesson(fake_models):
    return Lesson(fake_models / "voice.sayso")


@pytest.fixture
def town(served, tmp_path, lesson):
    """Give a server of anna's beside ben's labels; neither models nor teaching are real."""
    yield populate(served, tmp_path / "town", team=lambda desk: Team(desk, lesson.start, Beside))
    lesson.leave()


@pytest.fixture
def opened(browser, town):
    """Give what opens a page of the server, let in."""

    def opened(path, width=1000, **about):
        page = browser.open(town.address, width, **about)
        page.go(f"http://127.0.0.1:{town.port}{path}")
        pages.append(page)
        return page

    pages = []
    yield opened
    for page in pages:
        page.close()


def text(page, selector):
    return page.evaluate(f"document.querySelector({json.dumps(selector)}).innerText")


def kinds(town, article):
    return [s.kind for s in town.project.article(article).sentences]


def problems(page, **about):
    """Give what is wrong with a page; what it asks its own server for is not."""
    return {name: what for name, what in page.problems(**about).items() if name != "asked for"}


def test_pages_fit_can_be_read_have_no_barriers_and_are_printed_whole(opened, town, lesson):
    town.post("/api/teach", {"column": "kind"})
    lesson.end()
    page = opened("/")
    for path in PAGES:
        page.go(f"http://127.0.0.1:{town.port}{path}")
        for width, scheme in VIEWS:
            page.show(width, scheme=scheme)
            assert problems(page, barriers=scheme == "light" and width != 800) == {}, (path, width, scheme)
        page.show(718, scheme="dark", media="print")
        assert (problems(page, barriers=False), page.clipped()) == ({}, []), path
        controls = "[...document.querySelectorAll('nav, form, input, select, button')].filter(e => !e.closest('.sides'))"
        assert not page.evaluate(f"{controls}.some(e => e.checkVisibility())"), path
        assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.parametrize(("width", "height"), [(400, 800), (1400, 900)])
def test_an_article_shows_its_headline_once_and_its_first_sentence_at_once(opened, town, width, height):
    page = opened(f"/article/{town.paste(FERRY)}", width, height=height)
    assert page.evaluate("[...document.querySelectorAll('h1')].map(h => h.querySelector('.s').id)") == ["s0"]
    assert page.evaluate("document.body.innerText.split('Ferry stays in port').length") == 2
    assert page.evaluate("document.getElementById('s1').getBoundingClientRect().bottom") <= height
    assert page.evaluate("document.querySelectorAll('#summary .strip rect').length") == 3  # the headline is not counted
    page.until("document.documentElement.classList.contains('ready')")
    page.click("#summary .strip rect:nth-child(2)")
    assert page.until("document.querySelector('.s.on')?.id") == "s2"


def test_an_article_is_pasted_and_opened(opened, town):
    page = opened("/")
    page.click("#add summary")
    page.click("[name=text]")
    page.type("Ferry late\n\nThe ferry to Bek left an hour late. Nobody said why.")
    page.click("[name=outlet]")
    page.type("Aldmar Post")
    page.press("Enter")
    page.until("location.pathname.startsWith('/article/') && document.querySelector('h1')?.innerText.endsWith('Ferry late')")
    assert town.project.entries()[-1].outlet == "Aldmar Post"


def test_files_are_sent_and_told_one_by_one(opened, town, tmp_path):
    files = {"ferry.txt": "The ferry to Bek left late. Nobody said why.", "photo.exe": "MZ", "empty.txt": ""}
    for name, words in files.items():
        (tmp_path / name).write_text(words, encoding="utf-8")
    page = opened("/")
    page.click("#add summary")
    page.choose("#files", *[tmp_path / name for name in files])
    page.until("document.querySelectorAll('#uploads li').length === 3 && !document.querySelector('#uploads progress')")
    told = text(page, "#uploads")
    assert "1 article added: The ferry to Bek left late." in told
    assert told.count("Not added: ") == 2
    page.until(
        "document.querySelector('#list').innerText.includes('The ferry to Bek left late.')"
    )  # the list is as it is now
    assert len(town.project.entries()) == 4


def test_the_queue_is_labelled_by_key(opened, town):
    page = opened("/queue?column=kind")
    assert page.evaluate("document.querySelector('.item.on .asked').innerText") == SCHOOL[2]
    page.press("o", "j", "k", "n")  # a label leads to the next open sentence; j and k lead on and back
    page.until("document.getElementById('answered').innerText === '2 of 3 labelled'")
    page.until("[...document.querySelectorAll('.said')].filter(e => e.innerText.endsWith(': saved')).length === 2")
    assert kinds(town, "school")[2] == "official_claim"
    page.press("u")
    page.until("document.getElementById('answered').innerText === '1 of 3 labelled'")
    assert sum(kind == "narrative" for kind in kinds(town, "hostile")) == 0
    page.click(".item.on [data-answer=quote]")
    page.until("document.querySelector('.item.on') && document.getElementById('answered').innerText === '2 of 3 labelled'")
    page.until("document.querySelectorAll('[data-answer=quote][aria-pressed=true]').length === 1")
    page.click("[data-answer=quote][aria-pressed=true]")  # again: it is taken away
    page.until("document.getElementById('answered').innerText === '1 of 3 labelled'")
    page.until("[...document.querySelectorAll('.said')].some(e => e.innerText === 'no label: saved')")
    assert sum(kind == "quote" for kind in kinds(town, "hostile")) == 0
    assert page.errors() == []


def test_a_note_is_written_beside_a_label_in_the_queue(opened, town):
    page = opened("/queue?column=kind")
    page.press("m")
    page.type("Is a promise a claim?")
    page.press("Enter", ctrl=True)
    page.until("document.querySelector('.item.on .said').innerText === 'note: saved'")
    page.press("o")
    page.until("[...document.querySelectorAll('.said')].some(e => e.innerText === 'Official claim: saved')")
    assert [(note.n, note.note) for note in town.project.notes()][-1] == (2, "Is a promise a claim?")
    assert kinds(town, "school")[2] == "official_claim"


def test_a_label_that_cannot_be_saved_is_not_shown_as_saved(opened, town):
    page = opened("/queue?column=kind")
    page.call("Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=-1, uploadThroughput=-1)
    page.press("q")
    page.until("document.querySelector('.said.bad')?.innerText.startsWith('Not saved: ')")
    assert page.evaluate("document.querySelectorAll('.items [aria-pressed=true]').length") == 0
    assert kinds(town, "school")[2] is None


def test_another_tab_is_not_overwritten(opened, town):
    page = opened("/queue?column=kind")
    page.evaluate("document.querySelector('.item.on').dataset.change = '-1'")  # it saw an earlier state
    town.change(page.evaluate("document.querySelector('.item.on').dataset.key"), 2, kind="narrative")
    page.press("q")
    page.until("document.querySelector('.said.bad')?.innerText.includes('changed in another tab')")
    assert kinds(town, "school")[2] == "narrative"


def test_disputes_are_decided_by_key(opened, town):
    page = opened("/disputes")
    assert page.evaluate("document.querySelector('.item.on .asked').innerText") == PORT[3]
    assert "2 are open." in text(page, ".lead")
    page.press("2", "q")
    page.until("document.querySelector('.lead').innerText.endsWith('0 are open.')")
    page.until("document.getElementById('open').innerText === '0 of 2 shown here are open'")
    page.until("[...document.querySelectorAll('.said')].every(e => e.innerText.endsWith(', saved'))")
    rows = [json.loads(line) for line in (town.folder / "disputes.jsonl").read_text("utf-8").splitlines()]
    assert sorted(row["decision"] for row in rows) == ["ben", "quote"]  # two that are sent at once are written in any order
    assert [row["decision"] for row in rows if row["text"] == PORT[3]] == ["ben"]
    page.press("0")
    page.until("document.getElementById('open').innerText === '1 of 2 shown here is open'")
    assert "1 is open." in text(page, ".lead")
    page.click("#write")
    page.until("document.getElementById('written').innerText.includes('Written to')")


def test_a_note_is_settled_and_opened_again(opened, town):
    page = opened("/notes")
    page.click("[data-settled]")
    page.until("document.querySelector('.said').innerText === 'Settled, saved'")
    assert town.project.notes()[0].note == "settled: Who are <b>the</b> parents?"
    page.click("[data-settled]")
    page.until("document.querySelector('.said').innerText === 'Open again, saved'")
    assert town.project.notes()[0].note == "Who are <b>the</b> parents?"


def test_the_codebook_is_read_again_where_it_stands(opened, town):
    page, file = opened("/codebook"), town.folder / "codebook.toml"
    words = file.read_text("utf-8")
    file.write_text(f'{words}\n[[column]]\nname = "topic"\nlabels = ["sea"]\n', encoding="utf-8")
    page.until("document.getElementById('told').innerText === '✓ Version 2 is in force now.'")  # by itself
    assert "column topic is new: sea" in text(page, "#latest")
    page.click("#again")
    page.until("document.getElementById('told').innerText.startsWith('✓ The file is the same as version 2')")
    assert "column topic is new: sea" in text(page, "#latest")  # it stays in sight
    file.write_text(f"{words}\n[[column]\n", encoding="utf-8")
    page.until("/codebook.toml: line \\d+: a bracket ] is missing/.test(document.getElementById('told').innerText)")
    page.click("#again")
    page.until("/codebook.toml: line \\d+: a bracket ] is missing/.test(document.getElementById('trouble').innerText)")
    assert text(page, "#told") == ""  # nothing that is not so any more stands there
    file.write_text(words, encoding="utf-8")
    page.until("document.getElementById('told').innerText === '✓ Version 3 is in force now.'")
    assert text(page, "#trouble") == ""


def test_a_model_is_taught_and_taken_while_other_pages_tell_of_it(opened, town, lesson, monkeypatch):
    monkeypatch.setattr("sayso.train.serve.contents.taught.LEAST_ARTICLES", 1)
    monkeypatch.setattr("sayso.train.serve.contents.taught.LEAST_SENTENCES", 1)
    page, other = opened("/teach"), opened("/notes")
    page.click("#teach button[type=submit]")
    page.until("document.getElementById('step')?.innerText === 'fold 2 of 5, 40 %'")
    other.until("document.getElementById('teach-state').innerText === 'teaching kind, 40%'")
    lesson.end()
    page.until("!!document.getElementById('accept')")
    assert "No clear difference: the new model scores 20.0 points" in text(page, ".verdict")
    page.click("#accept")
    page.until("!!document.getElementById('restore')")
    assert (town.folder / "models" / "voice.sayso").is_file()
    page.until("document.getElementById('teach-state').hidden")
    assert page.errors() == []


def test_articles_appear_by_themselves_while_files_are_read(browser, served):
    server = served()
    server.sources.now = "ferries.csv"  # as while it is being read
    page = browser.open(server.address)
    assert "Your articles appear here as soon as they are read." in text(page, "#next")
    assert "Reading ferries.csv: 0 articles so far." in text(page, "#reading")
    assert page.evaluate("document.getElementById('add').open") is False
    server.paste("The ferry to Bek left late. Nobody said why.", title="Ferry late")
    server.sources.n_added, server.sources.now = 1, None
    page.until("document.querySelector('.articles a')?.innerText === 'Ferry late'")
    assert page.evaluate("document.getElementById('reading').hidden") is True
    page.close()


def test_a_server_that_is_gone_or_another_one_is_told_in_one_line(browser, served):
    server = served()
    page = browser.open(server.address)
    gone = "window.fetchOf = window.fetch; window.fetch = () => Promise.reject(new TypeError('gone')); 0"
    page.evaluate(gone)
    page.until(
        "document.getElementById('trouble').innerText === 'The server does not answer. Is sayso serve still running?'"
    )
    page.evaluate("window.fetch = window.fetchOf; 0")
    page.until("document.getElementById('trouble').innerText === ''")
    object.__setattr__(server.door, "token", "of another start")
    page.until("document.getElementById('trouble').innerText.startsWith('sayso was restarted. Open the address')")
    page.close()
