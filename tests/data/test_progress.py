"""How far long work is: what a terminal shows of it, and what a file gets."""

import io
import sys
import time
from types import SimpleNamespace

import pytest

from sayso.data import progress
from sayso.data.commands.console import tell
from sayso.train.commands.options import watch


class Terminal(io.StringIO):
    """Standard error that somebody looks at."""

    def isatty(self):
        return True


@pytest.fixture
def clock(monkeypatch):
    """Give a clock that stands still until it is set, by seconds."""
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    monkeypatch.setitem(progress._line, "next", 0.0)
    monkeypatch.setitem(progress._line, "drawn", False)
    return now


@pytest.fixture
def terminal(monkeypatch):
    """Have progress alone see a terminal: pytest sets sys.stderr anew between a fixture and its test."""
    stream = Terminal()
    monkeypatch.setattr(progress, "sys", SimpleNamespace(stderr=stream))
    monkeypatch.setenv("COLUMNS", "80")
    return stream


def lines(stream):
    """Give the lines that were drawn over one another."""
    return stream.getvalue().split("\r\x1b[K")[1:]


def each(items, clock, seconds):
    for item in items:
        clock[0] += seconds
        yield item


def test_a_total_gives_the_share_and_the_time_left(terminal, clock):
    assert list(progress.watched(each("abcd", clock, 30), "article", total=4)) == list("abcd")
    assert lines(terminal) == [
        "1 of 4 articles, 25 %, 2 min left",
        "2 of 4 articles, 50 %, 1 min left",
        "3 of 4 articles, 75 %, 30 s left",
        "4 of 4 articles, 100 %, 0 s left",
        "",
    ]


def test_a_share_stands_for_a_total_that_is_not_known(terminal, clock):
    shares = iter((0.1, 0.5))
    list(progress.watched(each("ab", clock, 10), "article", share=lambda: next(shares)))
    assert lines(terminal) == ["1 article, 10 %, 2 min left", "2 articles, 50 %, 20 s left", ""]


def test_without_both_there_is_a_count_and_a_rate(terminal, clock):
    list(progress.watched(each(range(40), clock, 0.25), "row"))
    assert lines(terminal)[0] == "1 row"
    assert lines(terminal)[-2:] == ["40 rows, 4 a second", ""]


def test_the_line_is_not_drawn_more_often_than_can_be_read(terminal, clock):
    list(progress.watched(each(range(100), clock, 0.01), "row", total=100))
    assert [line.split(" of")[0] for line in lines(terminal)] == ["1", "21", "41", "61", "81", ""]


def test_the_line_is_taken_away_before_anything_else_is_said(terminal, clock, capsys):
    progress.draw("1 of 2 articles")
    tell("The second article is odd.")
    assert lines(terminal) == ["1 of 2 articles", ""]
    assert capsys.readouterr().err == "The second article is odd.\n"


def test_a_line_is_no_wider_than_the_terminal(terminal, clock, monkeypatch):
    monkeypatch.setenv("COLUMNS", "20")
    progress.draw("a line that is wider than the terminal is")
    assert lines(terminal) == ["a line that is wide"]


def test_in_a_file_nothing_is_drawn(monkeypatch, clock):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert list(progress.watched("ab", "article", total=2)) == ["a", "b"]
    with progress.waiting("training"):
        pass
    assert sys.stderr.getvalue() == ""


def test_an_error_takes_the_line_away(terminal, clock):
    with pytest.raises(ValueError, match=r"^no$"), progress.waiting("training"):
        raise ValueError("no")
    assert lines(terminal) == ["training …", ""]


def test_folds_are_lines_in_a_file_and_one_line_on_a_terminal(terminal, clock, monkeypatch, capsys):
    assert list(watch(each("ab", clock, 40), 2)) == ["a", "b"]
    assert lines(terminal) == ["fold 1 of 2, 50 %, 40 s left", "fold 2 of 2, 100 %, 0 s left", ""]
    monkeypatch.setattr(progress, "sys", SimpleNamespace(stderr=io.StringIO()))
    capsys.readouterr()
    list(watch("ab", 2))
    assert capsys.readouterr().err == "fold 1 of 2\nfold 2 of 2\n"
