"""Paths on disks that ignore case, with backslashes, in a Mac's letters; files that other programs hold open."""

import json
import os
import stat
import sys
import unicodedata
from pathlib import Path

import pytest
from builders import run_sayso

from sayso.classify.archives.begin import check_free
from sayso.classify.archives.inputs import archive_files, output_of
from sayso.classify.archives.notes import noted_outputs, notes_folder
from sayso.classify.files.destinations import check_is_not_read
from sayso.data.articles.files import read_articles, shown_path
from sayso.data.datasets.as_file import AsFile
from sayso.data.exchange.formats import read_exchange, write_exchange
from sayso.data.system.file_names import visible
from sayso.data.system.file_systems import Steps, ignores_case, quoted, remove_folder, replace
from sayso.errors import SaysoError
from sayso.train.commands.serve import _beside
from sayso.train.teach.accepted import accepted_models

FIRE = "The harbour burned, police said.\n"


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("news").mkdir()
    Path("news/Fire.txt").write_text(FIRE, encoding="utf-8")
    return tmp_path


def no_words(line):
    raise AssertionError(line)


# Paths as ids and messages have them


def test_ids_have_slashes_where_paths_have_backslashes(monkeypatch):
    monkeypatch.setattr(os, "sep", "\\")
    assert shown_path("news\\may\\fire.txt") == "news/may/fire.txt"
    assert shown_path("\\\\server\\news\\fire.txt") == "//server/news/fire.txt"


def test_a_backslash_in_a_name_stays_where_it_is_no_separator():
    assert shown_path("news/a\\b.txt") == "news/a\\b.txt"


def test_ids_have_composed_letters_as_rosters_and_labels_have_them(place):
    Path("news", unicodedata.normalize("NFD", "Zoé Łęczna.txt")).write_text(FIRE, encoding="utf-8")
    assert [article.id for article in read_articles(["news"])] == ["news/Fire.txt", "news/Zoé Łęczna.txt"]


def test_a_copy_is_called_by_the_users_name_whichever_way_its_path_is_written():
    class Windows(type(Path())):
        def __str__(self):
            return "C:\\Temp\\x"

        def as_posix(self):
            return "C:/Temp/x"

    shown = AsFile(Windows("x"), "labels.zip").shown
    assert shown("C:\\Temp\\x\\a.csv:2 and C:/Temp/x/a.csv:2") == "labels.zip\\a.csv:2 and labels.zip/a.csv:2"


@pytest.mark.parametrize("name", [".DS_Store", "._Fire.txt", "Thumbs.db", "desktop.ini"])
def test_what_file_managers_leave_is_no_article(name, place):
    Path("news", name).write_bytes(b"\0\1\2\3")
    assert [article.id for article in read_articles(["news"])] == ["news/Fire.txt"]


# Outputs of archives


def test_outputs_have_slashes_and_composed_letters():
    assert output_of("may/a.jsonl.gz", ".jsonl") == "may/a.jsonl"
    assert output_of("Cafe\u0301.csv", ".jsonl") == "Café.csv.jsonl"


def test_notes_are_found_that_a_mac_gives_back_in_its_letters(tmp_path):
    notes = notes_folder(str(tmp_path))
    notes.mkdir(parents=True)
    (notes / "Cafe\u0301.csv.jsonl.note").write_bytes(b"")
    assert list(noted_outputs(str(tmp_path))) == ["Café.csv.jsonl"]


def test_twins_in_an_archive_are_refused_where_they_would_be_one_file(place, monkeypatch):
    Path("news/fire.txt").write_text(FIRE, encoding="utf-8")
    assert len(archive_files(["news"], "out", ".jsonl", no_words)) == 2
    monkeypatch.setattr("sayso.classify.archives.inputs.ignores_case", lambda folder: True)
    with pytest.raises(SaysoError, match=r"news/Fire.txt and news/fire.txt would both be written to Fire.txt.jsonl; rename"):
        archive_files(["news"], "out", ".jsonl", no_words)


def test_twins_in_a_macs_letters_are_refused_everywhere(place):
    for name in ("Café.txt", "Cafe\u0301.txt"):
        Path("news", name).write_text(FIRE, encoding="utf-8")
    with pytest.raises(SaysoError, match=r"would both be written to Café.txt.jsonl; rename one"):
        archive_files(["news"], "out", ".jsonl", no_words)


def test_an_output_is_not_the_runs_own_file_in_other_letters(place):
    Path("news/RUN.json").write_text(json.dumps({"text": FIRE}), encoding="utf-8")
    with pytest.raises(SaysoError, match=r"news/RUN.json: its output would overwrite the run's own RUN.json"):
        archive_files(["news"], "out", ".json", no_words)


# Places with two names: a hard link stands in for a file whose name is written in other letters


def test_an_input_is_not_overwritten_by_another_spelling_of_its_name(place):
    os.link("news/Fire.txt", "news/FIRE.TXT")
    with pytest.raises(SaysoError, match=r"news/FIRE.TXT: this is an input file and is not overwritten"):
        check_is_not_read("news/FIRE.TXT", ["news/Fire.txt"], force=True)


def test_an_output_of_its_own_may_be_written_beside_the_input(place):
    check_is_not_read("news/fire.csv", ["news/Fire.txt"])


def test_steps_are_counted_between_places_and_none_where_numbers_are_missing(place, monkeypatch):
    os.link("news/Fire.txt", "news/FIRE.TXT")
    assert Steps("news/may/a.csv").down_from("news") == 2
    assert Steps("news").down_from("news") == 0
    assert Steps("news").down_from("news/Fire.txt") is None
    assert Steps("news/FIRE.TXT").down_from("news/Fire.txt") == 0
    monkeypatch.setattr("sayso.data.system.file_systems._identity", lambda path: None)  # as FAT has it
    assert Steps("news/FIRE.TXT").down_from("news/Fire.txt") is None


def test_a_disk_is_asked_whether_it_ignores_case(place, monkeypatch):
    assert not ignores_case("news/not/there/yet")
    there = Path.exists
    monkeypatch.setattr(Path, "exists", lambda path: there(path) or there(path.with_name(path.name.lower())))
    assert ignores_case("news")
    assert os.listdir("news") == ["Fire.txt"]


# Files that are held open


class Held:
    """Stands in for `os.replace`: refuses a few times, as Windows does while another program has the file open."""

    def __init__(self, times, winerror=32):
        self.times, self.winerror, self.replace = times, winerror, os.replace

    def __call__(self, source, target):
        if self.times:
            self.times -= 1
            error = PermissionError(13, "The process cannot access the file", os.fspath(source))
            error.winerror = self.winerror
            raise error
        self.replace(source, target)


def test_a_file_that_is_held_for_a_moment_is_replaced(place, monkeypatch):
    monkeypatch.setattr("sayso.data.system.file_systems._PAUSE", 0)
    monkeypatch.setattr(os, "replace", held := Held(3))
    Path("new").write_bytes(b"new")
    replace("new", "news/Fire.txt")
    assert (held.times, Path("news/Fire.txt").read_bytes()) == (0, b"new")


@pytest.mark.parametrize(
    ("mode", "reason"),
    [(0o644, "another program has it open; close it there"), (0o444, "it is marked as read-only")],
)
def test_a_file_that_is_held_for_good_is_said_in_a_line(place, monkeypatch, mode, reason):
    monkeypatch.setattr("sayso.data.system.file_systems._PATIENCE", 0)
    monkeypatch.setattr(os, "replace", Held(-1, winerror=5))
    os.chmod("news/Fire.txt", mode)
    with pytest.raises(OSError, match=reason) as refused:
        replace("new", "news/Fire.txt")
    assert refused.value.filename == "news/Fire.txt"


def test_other_systems_refuse_at_once(place, monkeypatch):
    def closed(source, target):
        raise PermissionError(13, "Permission denied", source)

    monkeypatch.setattr(os, "replace", closed)
    with pytest.raises(PermissionError, match="Permission denied"):
        replace("new", "news/Fire.txt")


def test_a_folder_with_files_that_may_only_be_read_is_removed(place, monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    os.chmod("news/Fire.txt", stat.S_IREAD)
    unlink, modes = os.unlink, []

    def asked(path, **where):
        modes.append(os.stat(path, **where).st_mode & stat.S_IWRITE)
        unlink(path, **where)

    monkeypatch.setattr(os, "unlink", asked)
    remove_folder("news")
    assert (modes, Path("news").exists()) == ([stat.S_IWRITE], False)


# Commands that people copy


@pytest.mark.parametrize(
    ("word", "on_windows", "elsewhere"),
    [
        ("topic", "topic", "topic"),
        ("C:\\News\\a.csv", "C:\\News\\a.csv", "'C:\\News\\a.csv'"),
        ("my news", '"my news"', "'my news'"),
        ("fire & water", '"fire & water"', "'fire & water'"),
        ("", '""', "''"),
    ],
)
def test_a_word_is_quoted_as_the_shell_has_it(word, on_windows, elsewhere, monkeypatch):
    assert quoted(word) == elsewhere
    monkeypatch.setattr(sys, "platform", "win32")
    assert quoted(word) == on_windows


# Folders that a file manager has shown


@pytest.mark.parametrize("form", ["html", "brat"])
def test_an_output_that_a_file_manager_has_shown_is_replaced(place, form, fake_model_options):
    words = ["annotate", "news", "--format", form, "-o", "pages", "--force", *fake_model_options]
    assert run_sayso(*words).exit_code == 0
    Path("pages/.DS_Store").write_bytes(b"Bud1")
    assert run_sayso(*words) == (0, "", "")
    Path("pages/mine.txt").write_bytes(b"")
    assert "holds 'mine.txt', which sayso did not write" in run_sayso(*words).stderr


def test_a_brat_export_that_a_file_manager_has_shown_is_replaced(place, our_corpus):
    write_exchange(our_corpus[:1], Path("export"), "brat")
    written = sorted(os.listdir("export"))
    Path("export/Thumbs.db").write_bytes(b"\xd0\xcf")
    write_exchange(our_corpus[:1], Path("export"), "brat", force=True)
    assert sorted(os.listdir("export")) == written


def test_a_macs_notes_beside_annotations_are_none_themselves(place, our_corpus):
    write_exchange(our_corpus[:1], Path("export"), "brat")
    (annotations,) = visible(Path("export"), "*.ann")
    annotations.with_name(f"._{annotations.name}").write_bytes(b"\0\5\x16\7")
    articles = {row["article"] for _, row in read_exchange(Path("export"))}
    assert articles == {our_corpus[0].article.id}


def test_files_come_in_one_order_everywhere(tmp_path):
    for name in ("b.txt", "B.txt", "a-b.txt", "._a.txt", "a/c.txt", ".DS_Store"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    found = [path.relative_to(tmp_path).as_posix() for path in visible(tmp_path, "**/*.txt")]
    assert found == ["B.txt", "a/c.txt", "a-b.txt", "b.txt"]


def test_a_model_beside_which_a_mac_left_its_notes_is_read_once(tmp_path):
    folder = tmp_path / "models"
    folder.mkdir()
    for name in ("topic.sayso", "._topic.sayso"):
        (folder / name).write_bytes(b"")
    assert [path.name for path in accepted_models(tmp_path)] == ["topic.sayso"]


def test_a_dataset_that_a_file_manager_has_shown_is_replaced(place):
    words = ["data", "build", "news/Fire.txt", "-o", "one", "--force"]
    assert run_sayso(*words).exit_code == 0
    for folder in ("one", "one/data"):
        Path(folder, ".DS_Store").write_bytes(b"Bud1")
    assert run_sayso(*words).exit_code == 0
    assert not Path("one/.DS_Store").exists()
    Path("one/mine.txt").write_bytes(b"")
    assert "contains 'mine.txt', which is not part of a dataset" in run_sayso(*words).stderr


def test_a_new_run_takes_a_folder_that_a_file_manager_has_shown(place):
    Path("out").mkdir()
    Path("out/Thumbs.db").write_bytes(b"")
    check_free("out")
    Path("out/mine.txt").write_bytes(b"")
    with pytest.raises(SaysoError, match="this folder contains other files"):
        check_free("out")


def test_a_project_inside_what_is_labelled_is_not_read_whatever_its_name_is_spelled(place, monkeypatch):
    Path("news/project").mkdir()
    Path("news/project/labels.txt").write_text(FIRE, encoding="utf-8")
    os.symlink("news", "News")  # stands in for the same folder in other letters, as long as links are not followed
    monkeypatch.setattr(os.path, "realpath", lambda path, **how: os.path.abspath(path))
    found = [path.as_posix() for path in _beside(Path("News"), Path("news/project").resolve())]
    assert found == ["News/Fire.txt"]
