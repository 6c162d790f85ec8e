"""
Every output that a page shows is what the program prints today.

``python -m pytest tests/docs --write-docs`` writes the outputs anew.
"""

import pytest
from console_blocks import ROOT, blocks_of, differs, pages_with_blocks, prepare, printed_by, write_anew


@pytest.mark.parametrize("page", pages_with_blocks(), ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_shows_what_its_commands_print(page, tmp_path, monkeypatch, request):
    prepare(tmp_path)
    monkeypatch.chdir(tmp_path)
    shown = [each for block in blocks_of(page.read_text(encoding="utf-8")) for each in block]
    printed = [printed_by(each.command) for each in shown]
    if request.config.getoption("--write-docs"):
        write_anew(page, iter(printed))
        return
    wrong = [(each.command, differs(each.lines, lines)) for each, lines in zip(shown, printed, strict=True)]
    assert [(command, what) for command, what in wrong if what] == []


def test_a_gap_stands_for_lines_and_for_the_rest_of_a_line():
    assert (
        differs(
            ["# 2 sentences", "…", "kind  0.9…"],
            [
                "# 2 sentences",
                "x",
                "kind 0.913",
            ],
        )
        is None
    )
    assert differs(["…"], ["anything", "at all"]) is None
    assert differs(["# 2", "…"], ["# 3", "x"]) == 'line 1: shown "# 2", printed "# 3"'
    assert differs(["…", "gone"], ["x"]) == 'line 2: "gone" is not printed'
    assert differs(["x"], ["x", "y"]) == 'line 2: printed "y", and not shown'


def test_a_page_that_is_written_anew_shows_today_s_output(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("Text.\n\n```console\n$ sayso one\nold 1\n…\nlast 1\n$ sayso two\n```\n\nMore.\n", encoding="utf-8")
    write_anew(page, iter([["old 2", "x", "last 2"], ["new"]]))
    assert page.read_text(encoding="utf-8") == (
        "Text.\n\n```console\n$ sayso one\nold 2\n…\nlast 2\n$ sayso two\nnew\n```\n\nMore.\n"
    )
