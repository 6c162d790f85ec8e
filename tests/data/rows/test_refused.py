from pathlib import Path

import pytest
from builders import write_rows

from sayso.data.datasets.build import read_labelled
from sayso.data.project.taking import read_source
from sayso.data.rows.places import RowError
from sayso.data.rows.refused import FewOfEach
from sayso.errors import SaysoError

TEXTS = ("Trams stood still.", "Bells rang in Tolm.", "The mayor left.")


def told_of(*errors):
    told = []
    with FewOfEach(told.append) as few:
        for error in errors:
            few.add(error)
    return told


def test_five_of_each_sort_are_told_of_each_file_and_then_how_many_more():
    kinds = [RowError(f"{file}.csv:{n}", f"kind 'q{n}' is none.") for file in "ab" for n in range(6)]
    told = told_of(*kinds, RowError("a.csv:9", "no text."))
    assert told == [
        *(f"a.csv:{n}: kind 'q{n}' is none." for n in range(5)),
        *(f"b.csv:{n}: kind 'q{n}' is none." for n in range(5)),
        "a.csv:9: no text.",
        "a.csv: 1 more of this kind: kind 'q0' is none.",
        "b.csv: 1 more of this kind: kind 'q0' is none.",
    ]


def test_files_without_rows_count_by_their_folder():
    told = told_of(*(SaysoError(f"news/{n}.html: {n} bytes are no text.") for n in range(1007)))
    assert told[4:] == ["news/4.html: 4 bytes are no text.", "news: 1,002 more of this kind: 0 bytes are no text."]


def test_what_is_counted_is_told_also_when_reading_stops():
    told = []

    def read():
        with FewOfEach(told.append) as few:
            for n in range(7):
                few.add(RowError(f"a.csv:{n}", "no text."))
            raise SaysoError("gone")

    with pytest.raises(SaysoError, match="gone"):
        read()
    assert told[5:] == ["a.csv: 2 more of this kind: no text."]


@pytest.mark.parametrize(
    ("names", "others", "n"), [(("ben",), "ben.jsonl", 3), (("ben", "cleo"), "ben.jsonl and 1 more file", 6)]
)
def test_files_of_several_people_are_told_in_one_line(tmp_path, monkeypatch, names, others, n):
    monkeypatch.chdir(tmp_path)
    Path("team").mkdir()
    for name in ("anna", *names):
        write_rows(f"team/{name}.jsonl", [{"article": "a", "n": n, "text": text} for n, text in enumerate(TEXTS)])
    told = []
    with FewOfEach(told.append) as few:
        (labelled,) = read_labelled([Path("team")], few.add)
    assert len(labelled.sentences) == 3
    assert told == [
        f"team/{others}: left out {n} sentences that are already in team/anna.jsonl. If the files hold "
        "labels by several people, open each file by itself (sayso serve FILE --project FOLDER "
        "--annotator NAME), or join them first "
        "(sayso data merge FILE FILE --out FOLDER)."
    ]
    with pytest.raises(
        SaysoError, match=r"ben\.jsonl:1: sentence 0 of 'a' is already given at " r".*anna\.jsonl:1; to compare two ann"
    ):
        read_labelled([Path("team")])


def test_of_many_articles_that_a_project_leaves_out_a_few_are_told(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    for n in range(8):
        (folder / f"{n}.txt").write_text("Trams stood still. Bells rang.", encoding="utf-8")
    told = []
    read_source(str(folder), told.append)
    assert told[4:] == [
        f"left out: {folder}/5.txt: the same text as {folder}/0.txt",
        f"left out: {folder}: 2 more of this kind: the same text as {folder}/0.txt",
    ]
