"""The harness of `benchmarks/fuzz.py`: that it finds what is planted, and makes it small."""

import importlib
import sys
from pathlib import Path

import pytest

from sayso.data.articles.readers import plain_text

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
OUTSIDE = BENCHMARKS / "planted.txt"
COUNTED = []


@pytest.fixture
def fuzzing(monkeypatch):
    """Give the modules of the harness, as its script imports them."""
    monkeypatch.syspath_prepend(BENCHMARKS)
    return lambda name: importlib.import_module(f"fuzzing.{name}")


@pytest.fixture
def checked(fuzzing):
    """Check an input of files and words, with what is done with it."""

    def check(run, files=None, *words):
        checker = fuzzing("checks").Checker({"planted": run})
        try:
            return checker.check(fuzzing("case").Case("planted", files or {"a.txt": b"Snow fell."}, words))
        finally:
            checker.close()

    return check


def test_an_input_is_made_small_while_it_fails(fuzzing):
    case = fuzzing("case").Case(
        "planted",
        {
            "a.txt": b"It rained.\nThe dyke held.\n",
            "b.txt": b"Snow fell.",
            "c.json": b'{"n": [1, 2], "text": "The dyke held."}',
        },
        ("data", "show", "--json", "--bad", "2", "a.txt"),
    )
    smaller = fuzzing("shrink").shrink(
        case,
        lambda one: (
            b"dyke" in one.files.get("a.txt", b"") and b'"n"' in one.files.get("c.json", b"") and "--bad" in one.words
        ),
    )
    assert smaller.files == {"a.txt": b"dyke", "c.json": b'"n"'}
    assert smaller.words == ("data", "--bad")


def test_a_member_of_a_zip_file_is_made_small(fuzzing):
    zipped, members_of = fuzzing("mutations").zipped, fuzzing("mutations").members_of
    case = fuzzing("case").Case("planted", {"a.zip": zipped({"a.txt": "The dyke held.", "b.txt": "Snow fell."})})
    smaller = fuzzing("shrink").shrink(case, lambda one: b"held" in members_of(one.files["a.zip"]).get("a.txt", b""))
    assert members_of(smaller.files["a.zip"]) == {"a.txt": b"held"}


def test_a_fault_in_a_reader_is_found_though_it_is_caught(fuzzing, checked, monkeypatch):
    def broken(document):
        raise KeyError("planted")

    monkeypatch.setattr(plain_text, "read", broken)
    fault = checked(fuzzing("kinds.article_files").run)
    assert (fault.sort, fault.detail) == ("internal error KeyError", "KeyError: 'planted'")
    assert fault.place.startswith("data/articles/")


def _removed(case):
    Path("a.txt").unlink()
    return b""


def _written_outside(case):
    OUTSIDE.write_text("x", encoding="utf-8")
    return b""


def _left_over(case):
    Path(".a.txt.part").touch()
    return b""


def _counted(case):
    COUNTED.append(case)
    return str(len(COUNTED)).encode()


def _printed(case):
    sys.stdout.write("x")
    return b""


def _raised(case):
    return case.files["b.txt"]


@pytest.mark.parametrize(
    ("run", "sort"),
    [
        (lambda case: b"", None),
        (_removed, "lost"),
        (_left_over, "left over"),
        (_counted, "other bytes"),
        (_raised, "traceback KeyError"),
        (_printed, "printed"),
        (_written_outside, "outside open"),
    ],
)
def test_what_is_wrong_is_named(checked, run, sort):
    fault = checked(run)
    assert (fault and fault.sort) == sort
    assert not OUTSIDE.exists()


def test_a_kept_input_is_read_back(fuzzing, tmp_path):
    case_of = fuzzing("case")
    case = case_of.Case("planted", {"a.txt": "Snow fell; “no”.".encode(), "b.bin": b"\xff\0"}, ("show", "\udcff"))
    case_of.write_kept(tmp_path / "kept.json", case, case_of.Fault("slow", "show"), {"seed": 1})
    assert case_of.read_kept(tmp_path / "kept.json") == case


def test_an_input_is_the_same_by_seed_and_number(fuzzing):
    kinds = fuzzing("kinds")
    numbers = [n for n in range(40) if kinds.kind_of(24, n) in ("articles", "tables", "settings")]
    assert [kinds.case_of(24, n) for n in numbers] == [kinds.case_of(24, n) for n in numbers]
    assert kinds.case_of(24, numbers[0]) != kinds.case_of(25, numbers[0])
