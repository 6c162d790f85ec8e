from pathlib import Path

import pytest

from sayso.classify.archives import locks
from sayso.classify.archives.inputs import ArchiveFile, Part, Root
from sayso.classify.archives.locks import locked
from sayso.errors import SaysoError

from .conftest import contents


@pytest.fixture(autouse=True)
def no_patience(monkeypatch):
    monkeypatch.setattr(locks, "_PATIENCE", 0.0)


def with_bad_row(archive):
    (archive / "c.csv").write_text("id,text\nc0,Police claimed that it burned.\nc1,\n", encoding="utf-8")
    (archive / "bad.parquet").write_bytes(b"PAR1")


def test_parts_together_are_the_whole(archive, run):
    with_bad_row(archive)
    run("news", "--out", "whole/", "-f", "jsonl")
    codes, n_outputs = [], []
    for number in (1, 2, 3):
        codes.append(run("news", "--out", "out/", "-f", "jsonl", "--part", f"{number}/3").exit_code)
        n_outputs.append(len(list(Path("out").rglob("*.jsonl"))))
    assert contents("out") == contents("whole")
    assert sorted(codes) == [0, 1, 1]  # two parts have an error each
    assert n_outputs[0] < n_outputs[1] < n_outputs[2] == 6
    code, _, err = run("news", "--out", "out/", "-f", "jsonl")
    assert (code, err.splitlines()[0]) == (1, "5 files of 6 are already finished.")


def test_files_are_dealt_out_by_size():
    root = Root("news", "/news", True, 0, ".jsonl")
    files = [ArchiveFile(root, name, size) for name, size in (("a", 5), ("b", 90), ("c", 70), ("d", 6), ("e", 5), ("f", 0))]
    parts = [[file.place for file in Part(number, 2).chosen(files)] for number in (1, 2)]
    assert parts == [["b", "d", "e"], ["a", "c", "f"]]
    assert [Part(number, 9).chosen(files) for number in (7, 8, 9)] == [[], [], []]


@pytest.mark.parametrize("words", ["0/3", "4/3", "3", "1/0", "a/b", "1/3/4"])
def test_what_is_no_part_is_refused(archive, run, words):
    told = f"Error: --part {words}: give the number of the part and the number of parts, such as 3/40.\n"
    assert run("news", "--out", "out/", "-f", "jsonl", "--part", words) == (1, "", told)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--part", "1/2", "--force"], "--force starts the folder again for all parts; leave out --part or --force."),
        (["--dask", "tcp://none", "--jobs", "2"], "--dask uses its own processes; leave out --jobs."),
        (["--compare"], "--compare is for a few articles; for a large collection, give --profile FILE.csv."),
        (
            ["--part", "1/2", "--shares", "-"],
            "one part cannot give figures for all articles; when all parts are done, run: sayso annotate OUT/ --shares …",
        ),
    ],
)
def test_options_that_do_not_go_together_are_refused(archive, run, options, told):
    assert run("news", "--out", "out/", "-f", "jsonl", *options) == (1, "", f"Error: {told}\n")
    assert not Path("out").exists()


def test_two_runs_do_not_work_on_one_folder(archive, run):
    Path("out").mkdir()
    told = "Error: out/: another run is writing to this folder; wait until it is done.\n"
    with locked("out", None, print):
        assert run("news", "--out", "out/", "-f", "jsonl") == (1, "", told)
        assert run("news", "--out", "out/", "-f", "jsonl", "--part", "1/2") == (1, "", told)
    assert run("news", "--out", "out/", "-f", "jsonl").exit_code == 0


def test_parts_work_on_one_folder_at_once_but_each_once(archive, run):
    Path("out").mkdir()
    with locked("out", Part(1, 2), print):
        assert run("news", "--out", "out/", "-f", "jsonl", "--part", "2/2").exit_code == 0
        told = "Error: out/: another run is writing to this folder; wait until it is done.\n"
        assert run("news", "--out", "out/", "-f", "jsonl", "--part", "1/2") == (1, "", told)
        assert run("news", "--out", "out/", "-f", "jsonl") == (1, "", told)
        told = (
            "Error: out/: a run with parts of 2 is writing to this folder; use the same number of "
            "parts, or wait until it is done.\n"
        )
        assert run("news", "--out", "out/", "-f", "jsonl", "--part", "1/3") == (1, "", told)
    assert run("news", "--out", "out/", "-f", "jsonl", "--part", "1/3").exit_code == 0


def test_where_there_are_no_locks_that_is_told(tmp_path, monkeypatch):
    def no_locks(handle, *, shared=False):
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr(locks, "take", no_locks)
    told = []
    with locked(str(tmp_path), None, told.append):
        assert told == [
            f"{tmp_path}: this file system does not support locks; make sure that only one run at a time writes there."
        ]


def test_a_lock_that_cannot_be_made_is_an_error(tmp_path):
    (tmp_path / "_sayso").write_text("", encoding="utf-8")
    with pytest.raises(NotADirectoryError, match="_sayso"), locked(str(tmp_path), None, print):
        pass


def test_several_processes_give_the_same(archive, run):
    with_bad_row(archive)
    run("news", "--out", "whole/", "-f", "parquet")
    assert run("news", "--out", "out/", "-f", "parquet", "--jobs", "2").exit_code == 1
    assert contents("out") == contents("whole")
    with pytest.raises(SaysoError, match=r"--part 5/4: give the number of the part"):
        Part.parse("5/4")
