import errno
import json
import re
from html import unescape
from itertools import product

import pytest
from builders import write_rows
from town import ANNA, HOSTILE, HOSTILE_TITLE, PORT, PORT_KEY, SCHOOL, SCHOOL_KEY, Beside, Lesson, articles, populate

from sayso.data.datasets.build import read_labelled
from sayso.data.project.project import Project
from sayso.data.project.records import Change
from sayso.errors import SaysoError
from sayso.train.serve.contents import noted
from sayso.train.serve.work.team import Team

PAGES = (
    "/",
    "/queue",
    "/queue?column=source_type&mode=called:media&n=10",
    "/disputes",
    "/notes?which=all",
    "/codebook",
    "/teach",
)


@pytest.fixture
def lesson(fake_models):
    return Lesson(fake_models / "voice.sayso")


@pytest.fixture
def town(served, tmp_path, lesson):
    """Give a server of anna's beside ben's labels; neither models nor teaching are real."""
    yield populate(served, tmp_path / "town", team=lambda desk: Team(desk, lesson.start, Beside))
    lesson.leave()


def page(server, path):
    answer = server.get(path)
    assert answer.status == 200, answer
    return answer.body.decode()


def text_of(html):
    """Give what a page says, its markup left out."""
    body = re.sub(r"<(script|style|title)\b.*?</\1>", "", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())


def posted(server, path, **values):
    answer = server.post(path, values)
    return answer.status, json.loads(answer.body)


def test_text_from_outside_stays_text_and_no_script_or_style_stands_in_a_page(town):
    for path in PAGES:
        html = page(town, path)
        assert not re.search(r"<script(?![^>]* src=)|<style|<[^>]* style=|<[a-z][^>]* on\w+=", html), path
        assert "<img" not in html, path
        assert "<b onmouseover" not in html, path


def test_an_empty_project_says_what_to_do_first(served):
    said = text_of(page(served(), "/"))
    assert "There are no articles yet. Paste one, or choose files" in said
    assert "What is saved" not in said


def test_every_page_of_an_empty_project_says_what_is_next_and_has_no_barriers(served, browser):
    server = served()
    assert "There is no article yet. Add articles" in text_of(page(server, "/queue"))
    shown = browser.open(server.address)
    for path in PAGES:
        shown.go(f"http://127.0.0.1:{server.port}{path}")
        assert (shown.overflow(), shown.errors(), shown.low_contrast(), shown.barriers(contrast=False)) == (0, [], [], []), (
            path
        )
    shown.close()


def test_the_list_tells_what_could_not_be_read(served, tmp_path):
    (tmp_path / "ferry.txt").write_text("The ferry to Bek left late. Nobody said why.", encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    said = text_of(page(served(tmp_path / "ferry.txt", tmp_path / "empty.txt"), "/"))
    assert "1 article was read; not everything could be:" in said
    assert "empty.txt" in said


def test_the_list_tells_what_is_labelled_and_with_what_to_go_on(town):
    said = text_of(page(town, "/"))
    assert "3 articles with 9 sentences; 1 is done." in said
    assert "Continue with School stays shut" in said  # begun, and not done
    assert "Lund Echo · 2024-03-02 · 3 sentences · 1 note" in said
    assert "Kind 4 of 4 Source type 0 of 4" in said
    assert "Stance" not in said  # nobody asked for one
    assert HOSTILE_TITLE in said
    assert f"sayso train kind --data {town.folder}/labels/anna --out kind.sayso" in said


def test_what_has_no_title_is_called_by_its_first_words_on_every_page(served, tmp_path):
    long = (
        "The ferry to Bek, which the harbour office had taken out of service after the storm of the week before, left late."
    )
    name = "The ferry to Bek, which the harbour office had taken out of service after the storm of the week …"
    (tmp_path / "ferry.txt").write_text(f"{long} Nobody said why.", encoding="utf-8")
    write_rows(tmp_path / "lab.jsonl", [{"text": f"Boat {n} sank.", "kind": "narrative"} for n in ("one", "two", "six")])
    server = served(tmp_path / "ferry.txt", tmp_path / "lab.jsonl")
    key = next(entry.key for entry in server.project.entries() if entry.id.endswith("ferry.txt"))
    server.change(key, 0, note="Which storm?")
    for path in ("/", "/notes", f"/article/{key}"):
        assert name in text_of(page(server, path)), path
    said = text_of(page(server, "/"))
    assert "1 article and 3 single sentences of tables, 5 sentences in all; none is done." in said
    assert "lab.jsonl, 3 sentences" in said
    assert "Boat one sank." not in said
    rows = unescape(re.search(r'href="(/\?table=[^"]*)"', page(server, "/"))[1])
    assert "Boat one sank." in text_of(page(server, rows))


def test_the_list_shows_what_was_looked_for(town):
    found = page(town, "/?q=lund+2024&open=1&sort=title")
    assert re.findall(r'<h3><a href="/article/(\w+)"', found) == [SCHOOL_KEY]
    assert "Nothing matches." in page(town, "/?q=nowhere")


def test_labels_are_downloaded_by_the_links_of_the_list(town):
    links = [unescape(path) for path in re.findall(r'<a href="(/api/export[^"]*)"', page(town, "/"))]
    assert links == [f"/api/export?format={name}" for name in ("csv&excel", "jsonl", "parquet", "label-studio")]
    for link in links:
        assert town.get(link).status == 200, link
    rows = [json.loads(line) for line in town.get(links[1]).body.splitlines()]
    assert [row["kind"] for row in rows if row["article"] == "port"] == list(ANNA["port"])


def test_the_queue_gives_what_is_least_sure_with_guess_and_keys(town):
    html = page(town, "/queue?column=kind&n=10")
    said = text_of(html)
    # three sentences have no kind; that of six words has the two closest chances: 1 / 6, and 1 - 1 / 6 - 0.02
    assert re.findall(r'data-key="(\w+)" data-n="(\d)"', html)[0] == (SCHOOL_KEY, "2")
    assert "The council promised two new classrooms." in said
    assert "The model says Official claim , 81 % sure" in said
    assert re.findall(r'data-answer="(\w+)" data-press="(\w)"', html)[:2] == [("quote", "q"), ("official_claim", "o")]
    assert "Kind 6 of 9 2" in said  # sentences and articles
    assert "Progress 1 of 3 articles done." in said
    assert re.search(r"Labels Total \d{4}-\d\d-\d\d 6 6 ", said)  # all of today
    assert "Label 24 more sentences in 3 more articles to teach Kind and see its first point." in said


def test_with_blind_the_queue_hides_what_models_say(served, tmp_path):
    server = populate(served, tmp_path / "town", blind=True, team=lambda desk: Team(desk, beside=Beside))
    html = page(server, "/queue?column=kind&mode=called:quote")
    assert "The model says" not in html
    assert "called:" not in html
    assert json.loads(server.get("/api/queue?column=kind").body)["sentences"][0]["guess"] is None


def test_with_blind_other_annotators_and_teaching_are_closed(served, tmp_path):
    server = populate(served, tmp_path / "town", blind=True, team=lambda desk: Team(desk, beside=Beside))
    others = "You label blind. Start sayso serve without --blind to compare your labels with other annotators'."
    models = "You label blind. Start sayso serve without --blind to teach models and see how good they are."
    for path, line in (("/disputes", others), ("/teach", models), ("/queue", others)):
        html = page(server, path)
        assert "anna labels blind" in text_of(html)
        assert line in text_of(html), path
        assert "ben" not in html, path
    assert f"sayso serve {server.folder} --annotator anna" in page(server, "/teach")
    for path, line in (("decide", others), ("decided", others), ("teach", models), ("teach/restore", models)):
        assert posted(server, f"/api/{path}") == (400, {"error": line})
    for path, line in (("disputes", others), ("teach", models), ("export?format=csv&annotator=ben", others)):
        answer = server.get(f"/api/{path}")
        assert (answer.status, json.loads(answer.body)) == (400, {"error": line}), path
    assert server.get("/api/export?format=csv&annotator=anna").status == 200
    progress = json.loads(server.get("/api/progress").body)
    assert (progress["agreement"], [one["name"] for one in progress["annotators"]]) == (None, ["anna"])


def test_with_blind_no_model_chooses_the_sentences_of_the_queue(served, tmp_path):
    server = populate(served, tmp_path / "town", blind=True, team=lambda desk: Team(desk, beside=Beside))
    given = json.loads(server.get("/api/queue?column=kind&n=2").body)
    assert given["line"] == "Sentences without a kind, chosen to differ from each other, without a model."
    assert (len(given["sentences"]), given["labels"]) == (2, [])
    assert "where the model is least sure" not in page(server, "/queue")


def test_the_queue_of_a_column_that_is_not_asked_is_that_of_the_first(town):
    assert json.loads(town.get("/api/queue?column=../kind&n=999999").body)["column"] == "kind"


def test_disputes_stand_side_by_side_worst_first(town):
    html = page(town, "/disputes?left=ben&right=anna")
    said = text_of(html)
    assert re.findall(r"<option( selected)?>(\w+)</option>", html)[:2] == [("", "anna"), (" selected", "ben")]
    assert "ben and anna differ in 2 labels; 2 are open." in said
    assert f"{PORT[2]} {PORT[3]} 1 ben Narrative 2 anna Independent assessment" in said
    assert "ben and anna" not in text_of(page(town, "/disputes?left=nobody&right=anna"))
    assert f"--adjudicate {town.folder}/disputes.jsonl --undecided unlabelled" in said


def test_disputes_are_decided_taken_back_and_written(town):
    def decide(decision):
        return posted(town, "/api/decide", key=PORT_KEY, n=3, column="kind", decision=decision)

    status, given = decide("ben")
    assert (status, given["decisions"]["kind"]["decision"], given["decisions"]["kind"]["by"]) == (200, "ben", "anna")
    assert "2 labels; 1 is open." in text_of(page(town, "/disputes"))
    assert [d["text"] for d in disputes(town, "?open=1")] == [SCHOOL[1]]
    assert decide(None)[0] == 200
    assert "2 labels; 2 are open." in text_of(page(town, "/disputes"))
    decide("quote")
    status, written = posted(town, "/api/decided")
    assert (status, written["decided"], written["open"]) == (200, 1, 1)
    decided = {a.article.id: a for a in read_labelled([town.folder / "labels" / "decided"])}
    kinds = [s.kind for s in decided["port"].sentences]
    assert kinds == ["narrative", "quote", "official_claim", "quote"]
    assert town.get("/api/export?format=csv&excel&annotator=decided").status == 200  # as the page offers it


def disputes(server, query):
    html = page(server, f"/disputes{query}")
    return [{"text": unescape(words)} for words in re.findall(r'<strong class="asked">(.*?)</strong>', html)]


def test_a_decision_that_is_none_is_refused(town):
    place = {"key": PORT_KEY, "n": 3, "column": "kind"}
    for values, said in (
        ({**place, "n": 0, "decision": "ben"}, "here is no longer a dispute about kind in sentence 0"),
        ({**place, "decision": "nobody"}, "'nobody'"),
        ({**place, "n": True}, "A decision must have key, n and column."),
        ({**place, "decision": ["ben"]}, "Decision: give a label, the name of an annotator"),
    ):
        status, given = posted(town, "/api/decide", **values)
        assert (status, said in given["error"]) == (400, True), given
    assert "2 labels; 2 are open." in text_of(page(town, "/disputes"))


def test_one_annotator_alone_is_told_how_a_second_begins(served):
    said = text_of(page(served(annotator="anna"), "/disputes"))
    assert "Only anna has labelled here so far." in said
    assert "sayso serve --project" in said


def test_notes_are_found_and_settled(town):
    said = text_of(page(town, "/notes"))
    assert "1 note is open, 0 settled." in said
    assert "School stays shut , sentence 2" in said
    assert "Who are <b>the</b> parents?" in said
    town.project.change(Change("school", 1, {"note": "settled: unnamed"}))
    assert "0 notes are open, 1 settled." in text_of(page(town, "/notes"))
    assert "unnamed" not in text_of(page(town, "/notes"))
    assert "unnamed" in text_of(page(town, "/notes?which=settled&q=PARENTS"))
    assert "No note matches." in text_of(page(town, "/notes?which=all&q=nowhere"))


def test_many_notes_fill_several_pages(town, monkeypatch):
    monkeypatch.setattr(noted, "PER_PAGE", 2)
    article = town.project.entries()[0]
    for n, words in enumerate(("A first one.", "A second one.", "A third one.")):
        town.project.change(Change(article.id, n % 2 if n < 2 else None, {"note": words}))
    first, last = page(town, "/notes?which=all&q=one"), page(town, "/notes?which=all&q=one&page=900")
    assert "3 notes, page 1 of 2." in text_of(first)
    assert "A third one." in text_of(first)
    assert "A first one." not in text_of(first)
    assert 'rel="next" href="/notes?q=one&amp;which=all&amp;page=2"' in first
    assert "A first one." in text_of(last)
    assert 'rel="prev" href="/notes?q=one&amp;which=all"' in last


def test_notes_of_all_annotators_stand_together_with_names(served, tmp_path):
    with Project.open(tmp_path / "town", "cora", tell=print) as cora:
        cora.add(articles())
        cora.change(Change("port", 2, {"note": "Whose ministry?"}))
        cora.change(Change("port", 1, {"note": "A mistake."}))
        cora.undo()
        cora.change(Change("school", None, {"note": "settled: no byline"}))
    server = populate(served, tmp_path / "town")
    said = text_of(page(server, "/notes?which=all"))
    assert "2 notes are open, 1 settled; those of cora are among them." in said
    assert "cora · Port of Aldmar closed , sentence 3" in said
    assert f"{PORT[2]} Whose ministry?" in said
    assert "anna (you) · School stays shut , sentence 2" in said
    assert "A mistake." not in said
    assert page(server, "/notes?which=all").count("data-settled") == 1  # only one's own are settled here
    assert "Whose ministry?" in text_of(page(server, "/notes?q=CORA"))


def test_with_blind_the_notes_of_others_are_hidden(served, tmp_path):
    with Project.open(tmp_path / "town", "cora", tell=print) as cora:
        cora.add(articles())
        cora.change(Change("port", 2, {"note": "Whose ministry?"}))
    said = text_of(page(populate(served, tmp_path / "town", blind=True), "/notes?which=all"))
    assert ("Whose ministry?" in said, "cora" in said) == (False, False)
    assert "1 note is open, 0 settled." in said
    assert "You label blind: the notes of other annotators are hidden." in said


def test_the_codebook_is_read_again_and_tells_what_changed(town):
    assert "Version 1 , in force now" in text_of(page(town, "/codebook")).replace("1,", "1 ,")
    file = town.folder / "codebook.toml"
    file.write_text(f'{file.read_text("utf-8")}\n[[column]]\nname = "topic"\nlabels = ["sea", "land"]\n', encoding="utf-8")
    status, given = posted(town, "/api/codebook", version=1)
    assert (status, given) == (200, {"version": 2, "changes": ["column topic is new: sea, land"]})
    said = text_of(page(town, "/codebook"))
    assert "Topic your own" in said
    assert "Version 2 (in force) column topic is new: sea, land" in said
    assert "What version 2 changed: column topic is new: sea, land" in said  # whoever put it into force
    assert posted(town, "/api/codebook", version=2)[1]["changes"] == []
    assert json.loads(town.get("/api/queue?column=topic").body)["column"] == "topic"


def test_a_broken_codebook_is_told_by_file_and_line_and_the_one_before_stays(town):
    (town.folder / "codebook.toml").write_text('name = "x"\n[[column]\n', encoding="utf-8")
    status, given = posted(town, "/api/codebook", version=1)
    assert status == 400
    assert re.search(r"codebook\.toml.*line 2", given["error"])
    assert "Version 1 stays in force." in text_of(page(town, "/codebook"))


def test_what_cannot_be_taught_yet_says_how_many_labels_are_needed(town):
    said = text_of(page(town, "/teach"))
    assert "Kind 6 labelled sentences in 2 articles; label 24 more sentences in 3 more articles first" in said
    assert '<a class="step" href="/queue?column=kind">Label more sentences</a>' in page(town, "/teach")
    assert 'type="submit"' not in page(town, "/teach")


def test_teaching_is_told_on_every_page_and_its_model_is_taken_and_given_back(town, lesson):
    assert posted(town, "/api/teach", column="kind")[1]["status"] == "running"
    assert "fold 2 of 5, 40 %" in text_of(page(town, "/teach"))
    assert "teaching kind, 40%" in text_of(page(town, "/notes"))
    assert json.loads(town.get("/api/changes").body)["teach"] == {"run": "0001-kind", "said": "teaching kind, 40%"}
    lesson.end()
    said = text_of(page(town, "/teach"))
    assert "No clear difference: the new model scores 20.0 points of macro F1 higher" in said
    assert re.search(
        r'id="discard" class="main"[^>]*>Keep the old one</button>\s*<button[^>]*id="accept" data', page(town, "/teach")
    )
    assert "Macro F1 0.500 (0.400 to 0.600) 0.700 (0.600 to 0.800)" in said
    assert "Difference +0.200 (−0.020 to +0.410)" in said
    assert "Official claim 21 0.40 (0.31 to 0.52) –" in said
    assert "bad size : Too few: add --group outlet ." in said.replace("size:", "size :")
    assert f"{PORT[3]} corrected : you say Narrative" in said.replace("corrected:", "corrected :")
    assert posted(town, "/api/teach/accept", run="0001-kind")[1]["decision"] == "accepted"
    assert "The new model is in use." in page(town, "/teach")
    assert town.desk.models() == [str(town.folder / "models" / "voice.sayso")]
    assert posted(town, "/api/teach/restore", run="0001-kind")[0] == 200
    assert town.desk.models() == []
    assert "but is no longer in use" in page(town, "/teach")


def test_a_model_that_is_left_aside_is_not_in_use(town, lesson):
    posted(town, "/api/teach", column="kind")
    lesson.end()
    assert posted(town, "/api/teach/discard", run="0001-kind")[1]["decision"] == "discarded"
    assert town.desk.models() == []
    assert "The new model was not accepted." in page(town, "/teach?run=0001-kind")
    status, given = posted(town, "/api/teach/accept", run="0001-kind")
    assert (status, "this model was already discarded" in given["error"]) == (400, True)
    assert posted(town, "/api/teach/restore", run="0001-kind")[0] == 400


def test_a_run_that_ends_early_is_told(town, lesson):
    posted(town, "/api/teach", column="kind")
    lesson.leave()
    assert posted(town, "/api/teach/stop", run="0001-kind")[1]["status"] == "stopped"
    assert "Kind: stopped" in text_of(page(town, "/teach"))


def test_what_is_no_run_is_refused(town):
    for action, run in product(("accept", "discard", "stop", "restore"), (None, 7, "../0001-kind", "0001-kind")):
        status, given = posted(town, f"/api/teach/{action}", run=run)
        assert (status, given["error"]) == (400, "There is no such teaching run; reload the page."), (action, run)


def test_what_cannot_be_taught_is_refused(town):
    for values in ({}, {"column": 7}, {"column": "kind", "labels": "ben"}, {"column": "kind", "labels": "../x"}):
        status, given = posted(town, "/api/teach", **values)
        assert (status, "Teaching needs a column" in given["error"]) == (400, True), values
    assert posted(town, "/api/teach", column="kind", labels="decided")[1]["error"] == "There are no such labels yet."
    assert not (town.folder / "teach").exists()


def test_progress_is_given_for_other_programs(town):
    given = json.loads(town.get("/api/progress").body)
    assert (given["articles"], given["sentences"], given["done"]) == (3, 9, 1)
    assert given["agreement"]["annotators"] == ["anna", "ben"]
    assert json.loads(town.get("/api/disputes?column=kind").body)["counts"]["open"] == 2


def test_a_hostile_article_is_shown_as_it_is(town):
    assert unescape(HOSTILE[1]) == HOSTILE[1]
    assert HOSTILE[1] in text_of(page(town, "/queue?column=kind&n=10"))


def test_a_column_that_is_none_is_not_taught_and_no_run_is_begun(town):
    for column in ("../x", "m" * 9000, "\ud800"):
        status, answer = posted(town, "/api/teach", column=column)
        assert status == 400
        assert re.fullmatch(
            r".{1,40}: not a column of the codebook that can be taught; these can: " r"kind, .*\.", answer["error"]
        )
    assert not (town.folder / "teach").exists()


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (OSError(errno.ENOSPC, "No space left", "models"), 507, "models: the disk is full; free some space and try again."),
        (PermissionError(errno.EACCES, "Denied", "models"), 500, "models: permission to write or read is missing."),
        (OSError(errno.EIO, "Input/output error"), 500, "input/output error."),
    ],
)
def test_what_the_disk_refuses_is_told_as_that_and_the_model_waits(town, lesson, monkeypatch, error, status, said):
    posted(town, "/api/teach", column="kind")
    lesson.end()

    def refuse(*_):
        raise error

    with monkeypatch.context() as broken:
        broken.setattr("sayso.train.teach.accepted.replace", refuse)
        given, answer = posted(town, "/api/teach/accept", run="0001-kind")
    assert (given, answer["error"].startswith(said)) == (status, True)
    assert json.loads(town.get("/api/teach").body)["decision"] == "open"
    assert posted(town, "/api/teach/accept", run="0001-kind")[0] == 200


def test_a_full_disk_keeps_a_change_waiting_in_the_browser(town, monkeypatch):
    def full(*_, **__):
        try:
            raise OSError(errno.ENOSPC, "No space left on device")
        except OSError as error:
            raise SaysoError("the change cannot be written") from error

    monkeypatch.setattr(Project, "change", full)
    status, answer = posted(town, "/api/change", key=PORT_KEY, n=0, set={"kind": "quote"})
    assert (status, answer["error"]) == (507, "The change cannot be written")
