import io
import json
import os
import re
import shutil
import time
import zipfile

import numpy as np
import pytest
from builders import labelled_article
from town import Beside, Lesson

from sayso.classify.model_files.files import SentenceModel, save
from sayso.data.project.records import key_of
from sayso.data.scheme import KINDS
from sayso.train.serve import views
from sayso.train.serve.contents.columns import model_of
from sayso.train.serve.work.team import Team

TEXT = (
    "Ferry line to Orla resumes\n\n"
    "The harbour office said boats would sail again on Friday. “We mended both piers,” its head, Mara Quill, said. "
    "Islanders had waited nine days."
)


def test_an_article_is_pasted_labelled_and_kept(served):
    server = served()
    key = server.paste(TEXT, title="Ferry line resumes", outlet="Orla Post")
    article = server.article(key)
    assert [s["text"] for s in article["sentences"]] == [
        "Ferry line to Orla resumes",
        "The harbour office said boats would sail again on Friday.",
        "“We mended both piers,” its head, Mara Quill, said.",
        "Islanders had waited nine days.",
    ]
    assert (article["entry"]["title"], article["entry"]["outlet"]) == ("Ferry line resumes", "Orla Post")
    changed = server.change(key, 2, kind="quote", source_type="state")
    assert changed["change"] == 1
    assert changed["sentence"]["labels"]["kind"] == "quote"
    server.stop()
    again = served().article(key)
    assert [s["labels"]["kind"] for s in again["sentences"]] == [None, None, "quote", None]
    assert [s["change"] for s in again["sentences"]] == [0, 0, 1, 0]


def test_the_models_view_stands_with_each_sentence(served):
    server = served()
    views = [s["model"] for s in server.article(server.paste(TEXT))["sentences"]]
    assert [(view["kind"], view["n"]) for view in views] == [
        ("narrative", 0),
        ("official_claim", 1),
        ("quote", 2),
        ("narrative", 3),
    ]
    assert views[2]["attributions"][0]["speaker"] == "Mara Quill"


def test_a_change_on_what_was_changed_meanwhile_is_a_conflict_that_shows_what_stands(served):
    server = served()
    key = server.paste(TEXT)
    server.change(key, 1, kind="official_claim")
    answer = server.post("/api/change", {"key": key, "n": 1, "set": {"kind": "narrative"}, "base": 0})
    stands = json.loads(answer.body)
    assert answer.status == 409
    assert (stands["change"], stands["sentence"]["labels"]["kind"]) == (1, "official_claim")
    assert stands["error"].startswith("This has changed in the meantime")
    assert server.article(key)["sentences"][1]["labels"]["kind"] == "official_claim"


def test_labels_that_were_accepted_are_kept_as_such(served):
    server = served()
    key = server.paste(TEXT)
    server.post("/api/change", {"key": key, "n": 1, "set": {"kind": "official_claim"}, "base": 0, "accepted": True})
    server.change(key, 1, bias="neutral")
    path = server.folder / "history" / "me.jsonl"
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [line.get("accepted") for line in lines] == [True, None]
    assert json.loads(lines[1]["also"]["set"]["codebook"]) == {"kind": {"version": 1, "accepted": True}, "bias": 1}


def test_undo_and_redo_tell_what_they_did(served):
    server = served()
    key = server.paste(TEXT)
    server.change(key, 3, kind="narrative")
    undone = json.loads(server.post("/api/undo").body)
    assert (undone["key"], undone["n"], undone["sentence"]["labels"]["kind"]) == (key, 3, None)
    assert (undone["was"], undone["set"]) == ({"kind": "narrative"}, {"kind": None})
    assert json.loads(server.post("/api/undo").body) == {"nothing": True}
    assert json.loads(server.post("/api/redo").body)["sentence"]["labels"]["kind"] == "narrative"
    assert json.loads(server.post("/api/redo").body) == {"nothing": True}


def test_a_change_of_another_article_than_was_asked_for_is_told_and_not_taken_back(served):
    server = served()
    town = server.paste("The town hall shut. The mayor left.", title="Town hall shut")
    port = server.paste("The port opened. Two ships came.")
    server.change(town, 1, kind="narrative", note="An act?")
    there = {"key": town, "n": 1, "title": "Town hall shut"}
    there |= {"set": {"kind": "narrative", "note": "An act?"}, "was": {"kind": None, "note": ""}}
    assert json.loads(server.post("/api/undo", {"key": port}).body) == {"elsewhere": there}
    assert server.article(town)["sentences"][1]["labels"]["kind"] == "narrative"
    assert json.loads(server.post("/api/redo", {"key": port}).body) == {"nothing": True}
    assert json.loads(server.post("/api/undo", {"key": town}).body)["sentence"]["labels"]["kind"] is None
    assert json.loads(server.post("/api/redo", {"key": port}).body)["elsewhere"]["key"] == town
    assert json.loads(server.post("/api/redo", {"key": town}).body)["sentence"]["labels"]["note"] == "An act?"
    assert server.post("/api/undo", {"key": "0" * 16}).status == 404


def test_another_tab_is_told_how_each_changed_sentence_stands_now(served):
    server = served()
    key = server.paste(TEXT)
    for label in ("quote", "narrative", "official_claim"):
        server.change(key, 1, kind=label)
    server.change(key, None, done=True)
    told = json.loads(server.get("/api/changes?since=1").body)
    assert told["last"] == 4
    assert [(one["n"], one["change"]) for one in told["changes"]] == [(1, 3), (None, 4)]
    assert told["changes"][0]["sentence"]["labels"]["kind"] == "official_claim"
    assert told["changes"][1]["done"] is True
    assert json.loads(server.get("/api/changes?since=4").body)["changes"] == []
    assert json.loads(server.get("/api/changes?since=900").body)["last"] == 4


MOODS = """
name = "Moods"
builtin = ["kind"]

[[column]]
name = "mood"
question = "How does it feel?"

[[column.labels]]
name = "{first}"
text = "The sentence {first}s."

[[column.labels]]
name = "calm"
text = "The sentence is calm."
"""


def saved(file, text, ago=5):
    """Write a file, and say how many seconds ago that was."""
    file.write_text(text)
    os.utime(file, (time.time() - ago,) * 2)


def test_a_codebook_that_is_edited_is_in_force_at_once_and_a_broken_one_is_told(served, tmp_path):
    (tmp_path / "moods.toml").write_text(MOODS.format(first="grin"))
    server = served(codebook=tmp_path / "moods.toml")
    key = server.paste(TEXT)
    assert server.change(key, 1, own={"mood": "grin"})["sentence"]["labels"]["own"] == {"mood": "grin"}
    assert json.loads(server.get("/api/changes").body)["codebook"] == {"version": 1, "error": None}
    file = server.folder / "codebook.toml"
    saved(file, MOODS.format(first="moan"))
    assert server.change(key, 2, own={"mood": "moan"})["sentence"]["labels"]["own"] == {"mood": "moan"}
    refused = server.post("/api/change", {"key": key, "n": 2, "set": {"own": {"mood": "grin"}}})
    assert (refused.status, json.loads(refused.body)["error"]) == (
        400,
        "Mood is 'grin'; it must be one of moan, calm, or empty.",
    )
    saved(file, "asked = [")
    told = json.loads(server.get("/api/changes").body)["codebook"]
    assert told["version"] == 2
    assert told["error"].startswith(str(file))
    assert server.change(key, 2, own={"mood": "calm"})["change"] == 3
    assert len([line for line in server.told if line.endswith("The previous version stays in force.")]) == 1
    saved(file, MOODS.format(first="moan"))
    assert json.loads(server.get("/api/changes").body)["codebook"] == {"version": 2, "error": None}


def test_a_codebook_is_in_force_only_when_it_is_whole(served, tmp_path):
    (tmp_path / "moods.toml").write_text(MOODS.format(first="grin"))
    server = served(codebook=tmp_path / "moods.toml")
    file = server.folder / "codebook.toml"

    def in_force():
        return json.loads(server.get("/api/changes").body)["codebook"]

    saved(file, "", ago=0)  # an editor begins to write
    assert in_force() == {"version": 1, "error": None}
    saved(file, "\n")
    assert in_force() == {
        "version": 1,
        "error": f"{file}: the file is empty; fill it, or delete it to restore version 1.",
    }
    saved(file, MOODS.format(first="moan"), ago=-500)  # by a clock that goes ahead
    assert in_force()["version"] == 1
    server.desk._codebook_seen = (server.desk._codebook_seen[0], -1e9)
    assert in_force() == {"version": 2, "error": None}
    file.unlink()
    assert (in_force()["version"], file.exists()) == (2, False)


def test_stances_are_asked_towards_the_targets_of_the_command_and_of_the_article(served):
    server = served(targets=["Orla=Orlans"])
    key = server.paste(TEXT)
    assert server.article(key)["targets"] == [{"name": "Orla", "aliases": ["Orlans"]}]
    assert list(server.article(key)["sentences"][1]["model"]["stance"]) == ["Orla"]
    server.change(key, None, targets={"the harbour office": []})
    article = server.article(key)
    assert [target["name"] for target in article["targets"]] == ["the harbour office", "Orla"]
    assert list(article["sentences"][1]["model"]["stance"]) == ["the harbour office", "Orla"]
    server.change(key, 1, stance={"Orla": "neutral"})
    assert server.article(key)["sentences"][1]["labels"]["stance"] == [{"target": "Orla", "label": "neutral"}]


def test_pages_show_the_view_of_the_model_in_use_which_is_the_one_taught_here_when_that_was_accepted(served, tmp_path):
    def shown():
        kinds = {s["model"]["kind"] for s in server.article(key)["sentences"]}
        asked = model_of("kind", server.desk.models())  # by the queue
        told, *_ = re.findall(r"In use now: (.*?)</span>", server.get("/teach").body.decode())  # kind stands first
        return *kinds, asked.name, told

    def taught_and(decision):
        run = json.loads(server.post("/api/teach", {"column": "kind"}).body)["run"]
        lesson.end(model="kind")
        assert server.post(f"/api/teach/{decision}", {"run": run}).status == 200
        return run

    save(_always("kind", KINDS, "independent_assessment"), tmp_path / "mine.sayso")
    save(_always("kind", KINDS, "narrative"), tmp_path / "taught.sayso")
    lesson = Lesson(tmp_path / "taught.sayso")
    server = served(models=[str(tmp_path / "mine.sayso")], team=lambda desk: Team(desk, lesson.start, Beside))
    key = server.paste(TEXT)
    until = "mine.sayso (given with --model), until you accept a model taught here"
    assert shown() == ("independent_assessment", "mine.sayso", until)
    taught_and("discard")
    assert shown() == ("independent_assessment", "mine.sayso", until)
    run = taught_and("accept")
    instead = "kind.sayso, taught here, instead of mine.sayso given with --model"
    assert shown() == ("narrative", "kind.sayso", instead)
    assert server.post("/api/teach/restore", {"run": run}).status == 200
    assert shown() == ("independent_assessment", "mine.sayso", until)


def test_another_annotator_begins_with_the_articles_of_the_first(served):
    anna = served(annotator="anna")
    key = anna.paste(TEXT)
    anna.change(key, 0, kind="quote")
    ben = served(annotator="ben")
    assert ben.told == ["1 article of anna added, without anybody's labels."]
    assert [s["labels"]["kind"] for s in ben.article(key)["sentences"]] == [None] * 4
    ben.stop()
    assert served(annotator="ben").told == []


def _always(task, labels, winner):
    bias = np.where(np.array(labels) == winner, 9, 0).astype(np.float32)
    return SentenceModel(task, labels, ["never seen"], np.zeros((1, len(labels)), np.float32), bias)


def test_a_model_that_cannot_be_read_is_told_and_the_package_s_is_used(served):
    folder = served().folder / "models"
    folder.mkdir()
    (folder / "kind.sayso").write_bytes(b"no model")
    server = served(annotator="ben")
    key = server.paste(TEXT)
    assert server.article(key)["sentences"][2]["model"]["kind"] == "quote"
    (line,) = (line for line in server.told if line.startswith(str(folder / "kind.sayso")))
    assert line.endswith("It is not used.")


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        ("format=xml", "Unknown format 'xml'; the formats are label-studio, "),
        ("format=csv&annotator=../me", "No labels by '../me'; the annotators here are me."),
        ("format=csv&annotator=decided", "No labels by 'decided'; the annotators here are me."),
    ],
)
def test_an_export_that_cannot_be_is_one_line(served, asked, line):
    server = served()
    server.paste(TEXT)
    answer = server.get(f"/api/export?{asked}")
    assert answer.status == 400
    assert json.loads(answer.body)["error"].startswith(line)


@pytest.mark.parametrize(
    ("form", "names"),
    [
        ("brat", ["00001-Ferry-line-to-Orla-resumes.ann", "00001-Ferry-line-to-Orla-resumes.txt", "annotation.conf"]),
        ("label-studio", ["my-project-me.json", "my-project-me.xml"]),
    ],
)
def test_what_is_several_files_comes_as_an_archive(served, form, names):
    server = served()
    server.paste(TEXT)
    with zipfile.ZipFile(io.BytesIO(server.get(f"/api/export?format={form}").body)) as archive:
        assert sorted(archive.namelist()) == sorted(names)


def test_other_annotators_labels_can_be_had_and_are_not_changed(served):
    anna = served(annotator="anna")
    key = anna.paste(TEXT)
    anna.change(key, 1, kind="official_claim")
    ben = served(annotator="ben")
    rows = [json.loads(line) for line in ben.get("/api/export?format=jsonl&annotator=anna").body.decode().splitlines()]
    assert [row.get("kind") for row in rows] == [None, "official_claim", None, None]


def test_of_many_changes_each_answer_holds_some(served, monkeypatch):
    monkeypatch.setattr(views, "_CHANGES_AT_ONCE", 2)
    server = served()
    key = server.paste(TEXT)
    for n in (0, 1, 2, 0, 3):
        server.change(key, n, note=f"note on {n}")
    since, seen = 0, []
    while True:
        told = json.loads(server.get(f"/api/changes?since={since}").body)
        seen.append(([one["n"] for one in told["changes"]], told["last"], told["more"]))
        since = told["last"]
        if not told["more"]:
            break
    assert seen == [([0, 1], 2, True), ([2, 0], 4, True), ([3], 5, False)]
    assert json.loads(server.get("/api/changes?since=3").body)["more"] is False  # exactly as many as an answer holds


def test_an_article_that_has_gone_is_in_the_way_of_no_other(served):
    server = served()
    gone = server.paste(TEXT)
    project = server.project
    project.add([labelled_article("Orla tram", "The tram to Orla stood still.", meta={"split": "test"})])
    stays = key_of("Orla tram")
    server.change(stays, 0, note="Since when?")
    server.change(gone, 1, note="Which?")
    (shard,) = project.labels_folder().glob("data/train-*.parquet")
    shard.unlink()
    told = json.loads(server.get("/api/changes?since=0").body)
    assert ([one["key"] for one in told["changes"]], told["last"]) == ([stays], 2)
    refused = server.post("/api/undo")
    stands = json.loads(refused.body)
    assert (refused.status, stands["key"], stands["sentence"], stands["is_gone"]) == (409, gone, None, True)
    assert stands["error"] == "Change 2 cannot be undone: its article no longer exists."
    assert json.loads(server.post("/api/undo").body)["key"] == stays
    assert server.get(f"/article/{gone}").status == 404


def test_an_article_named_as_the_key_of_another_gets_its_own_changes(served):
    server = served()
    twin = key_of("ferry")
    server.project.add([labelled_article(name, "It rained.", "Nobody came.") for name in ("ferry", twin)])
    server.change(key_of(twin), 1, note="of the twin")
    notes = [[s["labels"]["note"] for s in server.article(key_of(name))["sentences"]] for name in ("ferry", twin)]
    assert notes == [["", ""], ["", "of the twin"]]
    assert server.article(twin)["entry"]["id"] == "ferry"


def test_a_project_whose_folder_was_removed_is_told_and_not_made_anew(served):
    server = served()
    key = server.paste(TEXT)
    server.project.add([labelled_article(f"tram {n}", "The tram stood still.") for n in range(400)])
    shutil.rmtree(server.folder)
    for path, values in (
        ("/api/change", {"key": key, "n": 1, "set": {"kind": "quote"}}),
        ("/api/undo", None),
        ("/api/paste", {"text": "A new one came. It said so."}),
    ):
        answer = server.post(path, values)
        assert answer.status == 400
        assert (
            "the project's folder was removed, renamed or replaced; nothing was changed." in json.loads(answer.body)["error"]
        )
    for path in ("/", f"/article/{key_of('tram 7')}"):
        page = server.get(path)
        assert (page.status, b"folder was removed" in page.body, b"sayso's own" in page.body) == (503, True, False)
    assert not server.desk.codebook_is_new()
    server.stop()
    assert not server.folder.exists()
