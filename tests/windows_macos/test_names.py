"""Names of files that are made of other words: reserved, forbidden and long ones, and those that only look different."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.data.datasets.as_file import as_file
from sayso.data.system.file_names import (
    FileNames,
    ascii_stem,
    check_can_be_named,
    file_stem,
    folded,
    hashed_stem,
    inside,
    is_left_by_system,
    is_reserved,
)
from sayso.errors import SaysoError
from sayso.train.report.printed import slug

DEVICES = ["CON", "con.txt", "NUL", "aux.tar.gz", "prn .txt", "COM1", "com¹.csv", "LPT³", "CONIN$", "com0"]
FORBIDDEN = set('<>:"/\\|?*') | {chr(n) for n in range(32)}


def holds_everywhere(name, suffix=".discarded.sayso"):
    """Tell whether Linux, macOS and Windows can all have a file of this name."""
    whole = name + suffix
    return (
        not FORBIDDEN & set(name)
        and not is_reserved(name)
        and name[:1] not in ("", "-", ".")
        and whole[-1] not in ". "
        and len(whole.encode()) <= 255
        and unicodedata.normalize("NFC", name) == name
    )


@pytest.fixture
def windows(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")


@pytest.mark.parametrize("name", DEVICES)
def test_a_device_is_known_in_any_case_with_any_suffix(name):
    assert is_reserved(name)
    assert not is_reserved(file_stem(name))
    assert not is_reserved(FileNames().of(name))
    assert not is_reserved(hashed_stem(name))


@pytest.mark.parametrize("name", ["console.txt", "com10", "auxiliary", "nul-1", "lpt", "a.con", "", "."])
def test_names_that_begin_like_a_device_are_none(name):
    assert not is_reserved(name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("news/2024/Harbour fire.html", "news-2024-Harbour-fire.html"),  # as before this was one function for all
        ("orla_post.v2", "orla_post.v2"),
        ("Łódź—tram", "Łódź-tram"),
        ("C:\\news\\fire", "C-news-fire"),
        ("-rf .", "rf"),
        (".hidden", "hidden"),
        ("what? where: who|when*", "what-where-who-when"),
        ("tab\tbell\a", "tab-bell"),
        ("fire. . ", "fire"),
        ("con", "file-con"),
        ("LPT¹.late", "file-LPT¹.late"),
        ("Cafe\u0301", "Café"),
        ("\udcff", "file"),
        ("…", "file"),
    ],
)
def test_a_text_as_a_file_name(text, name):
    assert file_stem(text) == name


def test_a_name_is_cut_by_bytes_as_file_systems_count():
    assert file_stem("a" * 300) == "a" * 80
    assert file_stem("𝐍" * 300) == "𝐍" * 50  # four bytes each
    assert len(hashed_stem("𝐍" * 60).encode()) == 40 * 4 + 9
    assert len(slug("Wer hat das gesagt? " * 20)) <= 60


def test_no_two_articles_share_a_file():
    names = FileNames("index")
    given = ["A.html", "a.html", "a.HTML", "Cafe\u0301", "Café", "CAFÉ", "INDEX.txt", "straße", "STRASSE", "CON", "con.md"]
    assert [names.of(article) for article in given] == [
        "A", "a-2", "a-3", "Café", "Café-2", "CAFÉ-3", "INDEX-2", "straße", "STRASSE-2", "article-CON", "article-con-2",
    ]  # fmt: skip


def test_many_articles_of_one_name_are_counted_on():
    names = FileNames()
    assert [names.of("Fire") for _ in range(20_000)][-1] == "Fire-20000"


@given(st.lists(st.text(max_size=100), max_size=8))
def test_any_articles_get_names_of_their_own_that_every_system_takes(articles):
    names = FileNames("index")
    made = [names.of(article) for article in articles]
    assert len({folded(name) for name in made}) == len(made)
    assert all(holds_everywhere(name) for name in made)


@given(st.text(max_size=100), st.text(max_size=100))
def test_any_column_gets_a_name_that_every_system_takes(column, other):
    assert holds_everywhere(hashed_stem(column))
    assert column == other or hashed_stem(column) != hashed_stem(other)


@given(st.text(max_size=100))
def test_the_ascii_of_any_text_goes_behind_a_number(text):
    assert holds_everywhere(f"00001-{ascii_stem(text)}")


@pytest.mark.parametrize("name", [".DS_Store", "._fire.txt", "Thumbs.db", "Desktop.INI", ".localized"])
def test_what_file_managers_leave_is_nobodys(name):
    assert is_left_by_system(name)


@pytest.mark.parametrize("name", ["fire.txt", "_.txt", "DS_Store", ".hidden", "thumbs.db.csv"])
def test_all_else_is_somebodys(name):
    assert not is_left_by_system(name)


@pytest.mark.parametrize(
    ("step", "name"),
    [
        ("fire.txt", "fire.txt"),
        ("C:", "C_"),
        ("fire.txt:hidden", "fire.txt_hidden"),
        ("..\\..\\fire.txt", ".._.._fire.txt"),
        ("aux.csv", "_aux.csv"),
        ("fire. ", "fire"),
        ("...", "_"),
        ("what?.txt", "what_.txt"),
    ],
)
def test_on_windows_nothing_in_an_archive_leads_out_of_its_folder(step, name, windows):
    assert inside(step) == name


def test_elsewhere_names_in_archives_stay():
    assert [inside(step) for step in ("C:", "aux.csv", "what?.txt")] == ["C:", "aux.csv", "what?.txt"]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("CON.txt", "Windows reserves the name 'CON.txt' for a device"),
        ("out/aux.csv", "Windows reserves the name 'aux.csv' for a device"),
        ("nul/a.csv", "Windows reserves the name 'nul' for a device"),
        ("a:b.csv", "names of files cannot contain ':' on Windows"),
        ("why?.csv", r"names of files cannot contain '\?' on Windows"),
        ("out.", r"names of files cannot end with '\.' on Windows"),
        ("out /a.csv", "names of files cannot end with ' ' on Windows"),
    ],
)
def test_windows_refuses_some_paths_in_a_line(path, message, windows):
    with pytest.raises(SaysoError, match=message):
        check_can_be_named(path)


@pytest.mark.parametrize("path", ["NUL", "nul", "../out/a.csv", "/tmp/a.csv", "a b.csv", ".hidden", "./a"])
def test_windows_takes_all_others(path, windows):
    check_can_be_named(path)


@pytest.mark.parametrize("path", ["CON.txt", "a:b.csv", "why?", "out."])
def test_elsewhere_any_name_is_taken(path):
    check_can_be_named(path)


def test_a_folder_is_copied_where_nobody_may_make_links(tmp_path, monkeypatch):
    import gzip

    folder = tmp_path / "labels"
    folder.mkdir()
    row = b'{"article": "a", "n": 1, "text": "The bridge is shut, the mayor said.", "kind": "voiced"}\n'
    (folder / "one.jsonl").write_bytes(row)
    (folder / "two.jsonl.gz").write_bytes(gzip.compress(row))

    def refused(self, target):
        raise OSError(1314, "A required privilege is not held by the client")

    monkeypatch.setattr("pathlib.Path.symlink_to", refused)
    with as_file(folder, lambda line: None) as file:
        assert file.path != folder
        assert (file.path / "one.jsonl").read_bytes() == row
        assert not (file.path / "one.jsonl").is_symlink()
