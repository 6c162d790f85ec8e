import shutil
import subprocess
import sys
import threading
from dataclasses import replace

import pytest
from builders import labelled_article
from projects import BRIDGE, COLUMNS, FERRY, begun, opened

from sayso.data.datasets.build import read_labelled
from sayso.data.datasets.folder import write_dataset
from sayso.data.project.disk.lock import Lock
from sayso.data.project.project import Project
from sayso.data.project.records import Change, ConflictError, Note, key_of
from sayso.data.records import LabelledArticle
from sayso.errors import SaysoError


def _called(name):
    return replace(FERRY, article=replace(FERRY.article, id=name))


def test_a_change_is_there_when_the_project_is_opened_again(tmp_path):
    with begun(tmp_path / "p") as project:
        recorded = project.change(Change("bridge", 0, {"kind": "official_claim", "own": {"topic": "roads"}}))
        assert (recorded.number, recorded.was) == (1, {"kind": None, "own": {"topic": None}})
    with opened(tmp_path / "p") as project:
        entry, _ = project.entries()
        assert (entry.key, entry.id, entry.title, entry.outlet) == (
            key_of("bridge"),
            "bridge",
            "The bridge of Tolm",
            "Tolm Herald",
        )
        assert (entry.n_sentences, entry.done, entry.notes) == (3, False, 0)
        assert entry.labelled == {"kind": 2, "source_type": 1, "bias": 1, "loaded": 1, "topic": 1}
        first = project.article(entry.key).sentences[0]
        assert (first.kind, first.extra) == ("official_claim", {"topic": "roads", "codebook": "1"})


def test_the_list_is_the_same_before_and_after_opening_again(tmp_path):
    with begun(tmp_path / "p") as project:
        project.change(Change("ferry", 0, {"attributions": [], "stance": {"crew": "favor"}, "note": "Who rows?"}))
        project.change(Change("bridge", None, {"done": True}))
        project.add(
            [replace(FERRY, article=replace(FERRY.article, id="test ferry"), meta={"split": "test", "country": "Ostria"})]
        )
        project.add([replace(FERRY, article=replace(FERRY.article, id="last ferry"))])
        before = project.entries()
    with opened(tmp_path / "p") as project:
        assert project.entries() == before
    assert [entry.id for entry in before] == ["bridge", "ferry", "test ferry", "last ferry"]
    assert [entry.done for entry in before] == [True, False, False, False]
    assert before[1].labelled == {"kind": 1, "stance": 1}
    assert before[1].notes == 1


def test_articles_come_back_as_they_went_in(tmp_path):
    spread = replace(FERRY, meta={"split": "validation", "country": "Ostria"}, complete=frozenset({"kind", "attribution"}))
    with begun(tmp_path / "p", articles=[BRIDGE, spread]) as project:
        assert [project.article(name) for name in ("bridge", "ferry")] == [BRIDGE, spread]
        assert read_labelled([project.labels_folder()]) == [BRIDGE, spread]
        assert project.entries()[1].done  # it came with everything labelled


def test_an_id_that_is_there_gets_a_number(tmp_path):
    told = []
    with opened(tmp_path / "p", tell=told.append) as project:
        assert project.add([FERRY, FERRY]) == ["ferry", "ferry (2)"]
        assert project.add([FERRY]) == ["ferry (3)"]
    assert told[0] == "ferry: an article with this id already exists; the new one is named ferry (2)."


def test_an_article_without_a_sentence_is_left_out_and_one_that_cannot_be_kept_refused(tmp_path):
    told = []
    empty = LabelledArticle(replace(FERRY.article, id="empty", text=""), ())
    with opened(tmp_path / "p", tell=told.append) as project:
        assert project.add([empty, FERRY]) == ["ferry"]
        assert told == ["empty: left out, as it has no sentence."]
        half = labelled_article("half", "A broken \ud83d picture.")
        with pytest.raises(SaysoError, match=r"^'half': cannot be stored in a table"):
            project.add([BRIDGE, half])
        with pytest.raises(SaysoError, match=r"^'': the id is empty"):
            project.add([replace(FERRY, article=replace(FERRY.article, id=""))])
        assert [entry.id for entry in project.entries()] == ["ferry"]


def test_undo_and_redo_go_on_after_a_restart(tmp_path):
    with begun(tmp_path / "p") as project:
        project.change(Change("bridge", 0, {"kind": "quote"}))
        project.change(Change("bridge", 0, {"kind": "narrative"}))
        assert project.undo().set == {"kind": "quote"}
    with opened(tmp_path / "p") as project:
        assert (project.undo().undoes, project.undo()) == (1, None)
        assert project.article("bridge") == BRIDGE
        assert project.redo().undoes == 4
        assert project.redo().undoes == 3
        assert project.redo() is None
        assert project.article("bridge").sentences[0].kind == "narrative"
        project.undo()
        project.change(Change("ferry", 1, {"note": "hm"}))
        assert project.redo() is None  # something else was done since
        assert [(r.number, r.undoes) for r in project.since(2)] == [(3, 2), (4, 1), (5, 4), (6, 3), (7, 6), (8, None)]


def test_a_change_to_what_was_changed_meanwhile_is_refused_with_what_stands_there(tmp_path):
    with begun(tmp_path / "p") as project:
        seen = project.change(Change("bridge", 0, {"kind": "quote", "note": "mine"})).number
        project.change(Change("bridge", 1, {"kind": "narrative"}), base=0)
        project.change(Change("bridge", 0, {"kind": "narrative"}), base=seen)
        with pytest.raises(ConflictError, match=r"^this has changed in the meantime") as error:
            project.change(Change("bridge", 0, {"kind": "quote"}), base=seen)
        assert (error.value.article, error.value.n) == ("bridge", 0)
        assert {key: error.value.present[key] for key in ("kind", "note", "change")} == {
            "kind": "narrative",
            "note": "mine",
            "change": 3,
        }
        assert project.last == 3
        with pytest.raises(SaysoError, match=r"^base is '3'; it must be the number of a change\.$"):
            project.change(Change("bridge", 0, {"kind": "quote"}), base="3")


def test_notes_and_state(tmp_path):
    with begun(tmp_path / "p") as project:
        project.change(Change("ferry", 1, {"note": "  Who did? "}))
        project.change(Change("ferry", None, {"note": "short"}))
        last = project.change(Change("bridge", 2, {"note": "Monday of which week?"}))
        assert project.notes() == [
            Note("bridge", 2, "It fell on Monday.", "Monday of which week?", last.time, 3, 3),
            Note("ferry", None, "", "short", project.since(1)[0].time, 2, 2),
            Note("ferry", 1, "Nobody else did.", "Who did?", project.since(0)[0].time, 1, 1),
        ]
        assert project.state("ferry") == {
            "done": False,
            "note": "short",
            "notes": {1: "Who did?"},
            "changes": {1: 1, None: 2},
        }
        project.change(Change("ferry", 1, {"note": ""}))
        assert [note.article for note in project.notes()] == ["bridge", "ferry"]
        assert project.article("ferry") == FERRY  # notes are no labels


def test_an_article_that_is_not_there_is_named(tmp_path):
    with begun(tmp_path / "p") as project:
        for call in (project.article, project.state, project.entry):
            with pytest.raises(SaysoError, match=r"^no article '\.\./bridge' in this project; reload the list\.$"):
                call("../bridge")


def test_sources_are_copied_once(tmp_path):
    write_dataset([BRIDGE, FERRY], tmp_path / "data")
    text = tmp_path / "note.txt"
    text.write_text("The mill is closed. It opens in May.", encoding="utf-8")
    told = []
    with opened(tmp_path / "p", tell=told.append) as project:
        assert project.take([str(tmp_path / "data"), str(text)]) == ["bridge", "ferry", str(text)]
        project.change(Change("bridge", 0, {"kind": "quote"}))
        assert project.take([str(tmp_path / "data"), str(text)]) == []
        assert project.article("bridge").sentences[0].kind == "quote"
        assert told == ["3 of the articles are already in the project; their labels there are kept."]
        write_dataset([replace(BRIDGE, article=replace(BRIDGE.article, text=BRIDGE.article.text + " "))], tmp_path / "other")
        assert project.take([str(tmp_path / "other")]) == ["bridge (2)"]
        assert project.take([str(tmp_path / "other")]) == []
    assert read_labelled([tmp_path / "data"]) == [BRIDGE, FERRY]


def test_a_project_begun_with_a_dataset_is_cut_into_shards(tmp_path):
    articles = [replace(FERRY, article=replace(FERRY.article, id=f"ferry {n}")) for n in range(95)]
    write_dataset([*articles, replace(BRIDGE, meta={"split": "test"})], tmp_path / "data")
    with opened(tmp_path / "p") as project:
        project.take([str(tmp_path / "data")])
        names = ["train-00000.parquet", "train-00001.parquet", "train-00002.parquet", "test-00003.parquet"]
        assert sorted(p.name for p in (project.labels_folder() / "data").iterdir()) == sorted(names)
        project.change(Change("ferry 41", 1, {"kind": "narrative"}))
        assert [entry.id for entry in project.entries()] == [*(a.article.id for a in articles), "bridge"]
        changed = replace(articles[41].sentences[1], kind="narrative", extra={"codebook": "1"})
        articles[41] = replace(articles[41], sentences=(articles[41].sentences[0], changed), complete=frozenset({"kind"}))
        assert read_labelled([project.labels_folder()]) == [*articles, replace(BRIDGE, meta={"split": "test"})]


def test_a_dataset_that_somebody_put_there_is_taken_as_it_stands(tmp_path):
    told = []
    with begun(tmp_path / "p") as project:
        project.change(Change("bridge", 0, {"kind": "quote"}))
        project.change(Change("ferry", 1, {"kind": "quote"}))
    folder = tmp_path / "p" / "labels" / "anna"
    by_hand = replace(BRIDGE, sentences=(replace(BRIDGE.sentences[0], kind="narrative"), *BRIDGE.sentences[1:]))
    write_dataset([by_hand], folder, force=True)
    with opened(tmp_path / "p", tell=told.append) as project:
        assert told == [f"{folder}: was changed outside this page; its current content is used."]
        assert project.article("bridge") == by_hand
        with pytest.raises(ConflictError, match=r"^change 2 cannot be undone: its article no longer exists\.$"):
            project.undo()
        with pytest.raises(ConflictError, match=r"^change 1 cannot be undone: the labels were since changed outside"):
            project.undo()
        assert project.undo() is None
        assert project.change(Change("bridge", 1, {"kind": "quote"})).number == 3
    with opened(tmp_path / "p") as project:
        assert project.undo().undoes == 3
        assert project.article("bridge") == by_hand


def test_labels_of_another_that_were_copied_count_as_they_stand(tmp_path):
    with begun(tmp_path / "p", "ben") as ben, begun(tmp_path / "p") as anna:
        ben.change(Change("bridge", 1, {"kind": "quote"}))
        for _ in range(3):
            anna.change(Change("bridge", 0, {"kind": "narrative"}))
        of_ben = ben.article("bridge")
    labels = tmp_path / "p" / "labels"
    shutil.rmtree(labels / "anna")
    shutil.copytree(labels / "ben", labels / "anna")
    told = []
    with opened(tmp_path / "p", tell=told.append) as project:
        assert project.article("bridge") == of_ben
        assert len(told) == 1


def test_a_change_by_other_means_is_seen_while_the_project_is_open(tmp_path):
    told = []
    with opened(tmp_path / "p", tell=told.append) as project:
        project.add([BRIDGE, FERRY])
        project.change(Change("bridge", 0, {"kind": "quote"}))
        write_dataset([FERRY], project.labels_folder(), force=True)
        assert [entry.id for entry in project.entries()] == ["ferry"]
        assert len(told) == 2
        shutil.rmtree(project.labels_folder())
        write_dataset([BRIDGE], project.labels_folder())
        project.change(Change("bridge", 1, {"kind": "narrative"}))
        assert [(s.kind, s.extra) for s in project.article("bridge").sentences[:2]] == [
            (None, {}),
            ("narrative", {"codebook": '{"kind": 1}'}),  # of its other labels it is not known
        ]


def test_a_shard_that_was_not_replaced_gets_the_changes_of_the_log(tmp_path):
    with begun(tmp_path / "p") as project:
        project.change(Change("bridge", 0, {"kind": "quote"}))
        shutil.copytree(project.labels_folder() / "data", tmp_path / "before")
        project.change(Change("bridge", 0, {"kind": "narrative", "own": {"remark": "odd"}}))
        project.undo()
        project.change(Change("ferry", None, {"done": True}))
        after = [project.article(name) for name in ("bridge", "ferry")]
    data = tmp_path / "p" / "labels" / "anna" / "data"
    shutil.rmtree(data)
    shutil.copytree(tmp_path / "before", data)
    told = []
    with opened(tmp_path / "p", tell=told.append) as project:
        assert [project.article(name) for name in ("bridge", "ferry")] == after
        assert told == [f"{data.parent}: added 3 changes from the history that were missing from the dataset."]


def test_without_its_history_the_numbers_go_on(tmp_path):
    with begun(tmp_path / "p") as project:
        project.change(Change("bridge", 0, {"kind": "quote"}))
        project.change(Change("bridge", 0, {"kind": "narrative"}))
    (tmp_path / "p" / "history" / "anna.jsonl").unlink()
    told = []
    with opened(tmp_path / "p", tell=told.append) as project:
        assert "holds changes up to 2, but the history only up to 0" in told[0]
        assert project.undo() is None
        assert project.change(Change("bridge", 1, {"kind": "quote"})).number == 3
        assert project.undo().number == 4


def test_another_version_of_the_codebook(tmp_path):
    with begun(tmp_path / "p") as project:
        project.use({**COLUMNS, "mood": ("grim",)}, codebook=2)
        project.change(Change("bridge", 0, {"own": {"mood": "grim"}}))
        assert project.article("bridge").sentences[0].extra == {"mood": "grim", "codebook": "2"}
        project.columns = {}
        with pytest.raises(SaysoError, match=r"^'mood' is not a column of the codebook; its own columns are none\.$"):
            project.change(Change("bridge", 0, {"own": {"mood": None}}))
        for name in ("kind", "suggested_kind", "article_x", "codebook", "", "a\nb"):
            with pytest.raises(SaysoError, match=r"cannot be a column of the codebook; give it another name\.$"):
                project.use({name: None})
        assert project.article("bridge").sentences[0].extra == {"mood": "grim", "codebook": "2"}


def test_annotators_side_by_side(tmp_path):
    with begun(tmp_path / "p") as anna, begun(tmp_path / "p", "ben") as ben:
        anna.change(Change("bridge", 0, {"kind": "quote"}))
        assert ben.annotators() == ["anna", "ben"]
        assert [a.sentences[0].kind for a in ben.labels_of("anna")] == ["quote", "quote"]
        assert [a.article.id for a in ben.labels_of("anna", ["ferry"])] == ["ferry"]
        assert ben.article("bridge") == BRIDGE
        with pytest.raises(SaysoError, match=r"^no labels by '\.\./anna'; the annotators here are anna, ben\.$"):
            ben.labels_of("../anna")
        write_dataset([BRIDGE], ben.labels_folder("decided"))  # what was decided is no annotator's
        assert ben.annotators() == ["anna", "ben"]


def test_one_process_at_a_time(tmp_path):
    with (
        begun(tmp_path / "p"),
        pytest.raises(
            SaysoError,
            match=r"^anna is already being labelled, by process \d+ since .*; stop that server, or give another --annotator",
        ),
    ):
        opened(tmp_path / "p")
    with opened(tmp_path / "p") as project:
        pass
    with pytest.raises(SaysoError, match=r"the project is closed\.$"):
        project.change(Change("bridge", 0, {"kind": "quote"}))


def test_a_card_counts_what_is_there_after_closing(tmp_path):
    with begun(tmp_path / "p") as project:
        project.change(Change("bridge", 0, {"kind": "quote", "stance": {"Tarn": "against"}}))
        project.change(Change("bridge", 1, {"kind": "narrative"}))
    card = (tmp_path / "p" / "labels" / "anna" / "README.md").read_text(encoding="utf-8")
    assert "| train | 2 | 5 |" in card
    assert "| kind | quote | 2 |\n| kind | narrative | 2 |\n" in card
    assert "| stance | against | 1 |" in card
    assert "version of the codebook" in card
    assert "SHA-256" not in card


def test_a_card_lists_columns_and_splits_at_once_and_counts_when_the_project_is_closed(tmp_path):
    card = tmp_path / "p" / "labels" / "anna" / "README.md"
    one = labelled_article("one", "Rain fell on Sarn.")
    with Project.open(tmp_path / "p", "anna", tell=print) as project:
        project.add([one])
        first = card.read_bytes()
        project.add([labelled_article("two", "The rain stopped.", "Nobody saw it.")])
        assert card.read_bytes() == first
        project.add([labelled_article("three", ("Snow fell.", {"extra": {"topic": "weather"}}), meta={"split": "test"})])
        assert b"topic" in card.read_bytes()
        assert b"split: test" in card.read_bytes()
        project.use({"mood": ["sad"]})
        assert b"mood" in card.read_bytes()
        project.add([labelled_article("four", "Fog lay on the quay.")])
    counts = card.read_text(encoding="utf-8")
    assert "| train | 3 | 4 |" in counts
    assert "| test | 1 | 1 |" in counts


def test_shards_open_with_datasets(tmp_path, monkeypatch):
    from datasets import load_dataset

    with begun(tmp_path / "p") as project:
        project.add(
            [replace(FERRY, article=replace(FERRY.article, id=f"test {n}"), meta={"split": "test"}) for n in range(41)]
        )
        project.change(Change("bridge", 0, {"kind": "quote", "own": {"topic": "roads"}}))
    loaded = load_dataset(str(project.labels_folder()), cache_dir=str(tmp_path / "cache"))
    assert {split: len(of) for split, of in loaded.items()} == {"train": 5, "test": 82}
    assert loaded["train"].features["kind"].int2str(loaded["train"][0]["kind"]) == "quote"
    assert loaded["train"]["topic"][0] == "roads"


def test_a_folder_with_other_files_is_no_place_for_a_project(tmp_path):
    write_dataset([FERRY], tmp_path / "data")
    with pytest.raises(
        SaysoError, match=r"data contains 'README\.md' and is not a labelling project; give another folder, or a new one\.$"
    ):
        opened(tmp_path / "data")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(SaysoError, match=r"file is a file; give a folder for the project\.$"):
        opened(tmp_path / "file")
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "codebook.toml").touch()
    opened(tmp_path / "p").close()


def test_tables_that_sayso_did_not_write_are_refused_and_stay(tmp_path):
    folder = tmp_path / "p" / "labels" / "anna"
    with begun(tmp_path / "p"):
        pass
    (folder / "data" / "read-me.txt").write_text("mine", encoding="utf-8")
    with opened(tmp_path / "p") as project:
        project.use({**COLUMNS, "mood": None})
        assert (folder / "data" / "read-me.txt").read_text(encoding="utf-8") == "mine"
    rows = folder / "more.csv"
    rows.write_text("text,kind\nIt rained.,narrative\n", encoding="utf-8")
    refused = r"labels/anna: holds tables that sayso did not write; build a dataset from them elsewhere with"
    with pytest.raises(SaysoError, match=refused):
        opened(tmp_path / "p")
    assert rows.is_file()
    rows.unlink()
    shard = folder / "data" / "train-00000.parquet"
    whole = shard.read_bytes()
    for damaged in (whole[:-10], whole.replace(b"speaker", b"speak\xb2r")):  # a column's name that is no text
        shard.write_bytes(damaged)
        with pytest.raises(SaysoError, match=r"train-00000\.parquet: not a Parquet table, or a damaged one \("):
            opened(tmp_path / "p")
        assert shard.read_bytes() == damaged


def test_changes_of_the_log_that_do_not_fit_the_dataset_are_not_redone(tmp_path):
    with begun(tmp_path / "p") as project:
        shutil.copytree(project.labels_folder() / "data", tmp_path / "before")
        project.change(Change("bridge", 0, {"kind": "quote"}))
        project.change(Change("bridge", 0, {"kind": "narrative"}))
    data = tmp_path / "p" / "labels" / "anna" / "data"
    log = tmp_path / "p" / "history" / "anna.jsonl"
    log.write_text(log.read_text(encoding="utf-8").splitlines(keepends=True)[1], encoding="utf-8")
    shutil.rmtree(data)
    shutil.copytree(tmp_path / "before", data)
    told = []
    with opened(tmp_path / "p", tell=told.append) as project:
        assert project.article("bridge") == BRIDGE
        assert "1 change in the history does not match the dataset; the dataset is used as it is" in told[0]
    with opened(tmp_path / "p") as project:  # told once
        assert project.change(Change("bridge", 0, {"kind": "quote"})).number == 3


def test_who_decides_waits_for_another_who_decides(tmp_path):
    held, steps = Lock(tmp_path / "decided.lock"), []

    def let_go():
        steps.append("let go")
        held.release()

    timer = threading.Timer(0.2, let_go)
    timer.start()
    lock = Lock(tmp_path / "decided.lock", wait=60)
    steps.append("taken")
    lock.release()
    timer.join()
    assert steps == ["let go", "taken"]


def test_opening_reading_and_changing_load_none_of_the_heavy_libraries(tmp_path):
    with begun(tmp_path / "p"):
        pass
    code = (
        "import sys\nfrom pathlib import Path\nfrom sayso.data.project.project import Project\n"
        "from sayso.data.project.records import Change\n"
        "with Project.open(Path(sys.argv[1]), 'anna', tell=print, columns={'topic': ('water',)}) as project:\n"
        "    print([project.article(entry.key).article.id for entry in project.entries()])\n"
        "    project.change(Change('bridge', 0, {'kind': 'quote', 'attributions': [{'cue': {'start': 16, 'end': 20}}]}))\n"
        "    project.undo()\n"
        "print(sorted({'pandas', 'sklearn', 'scipy', 'datasets', 'trafilatura'} & {*sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code, tmp_path / "p"], capture_output=True, text=True, check=True, cwd="/")
    assert done.stdout == "['bridge', 'ferry']\n[]\n"


def test_a_dataset_that_was_taken_away_is_no_error_when_the_project_is_closed(tmp_path):
    with begun(tmp_path / "p") as project:
        shutil.rmtree(project.labels_folder())
    assert not (tmp_path / "p" / "labels" / "anna").exists()


def test_another_annotator_gets_the_articles_without_labels(tmp_path):
    suggested = replace(FERRY.sentences[1], extra={"suggested_kind": "narrative"})
    with begun(tmp_path / "p", articles=[BRIDGE, replace(FERRY, sentences=(FERRY.sentences[0], suggested))]) as anna:
        anna.change(Change("bridge", 0, {"kind": "quote", "own": {"topic": "roads"}, "stance": {"Tarn": "favor"}}))
        anna.change(Change("bridge", None, {"done": True}))
        with opened(tmp_path / "p", "ben") as ben:
            assert ben.take_from_others() == ["bridge", "ferry"]
            assert [(entry.labelled, entry.done) for entry in ben.entries()] == [({}, False), ({}, False)]
            bridge = ben.article("bridge")
            assert (bridge.article, bridge.targets, bridge.complete) == (BRIDGE.article, BRIDGE.targets, frozenset())
            assert [s.extra for s in (*bridge.sentences, *ben.article("ferry").sentences)] == [{}] * 4 + [suggested.extra]
            ben.change(Change("bridge", 0, {"kind": "narrative"}))
            anna.add([_called("late ferry")])
            assert ben.take_from_others() == ["late ferry"]
            assert anna.take_from_others() == []
            assert ben.article("bridge").sentences[0].kind == "narrative"
    write_dataset([BRIDGE], tmp_path / "p" / "labels" / "cleo")
    with opened(tmp_path / "p", "dora") as dora:
        assert dora.take_from_others() == ["bridge", "ferry", "late ferry"]
