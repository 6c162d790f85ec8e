"""Excel files: what a reader of the sheet sees, row by row."""

import io
import sys
import warnings
import zipfile
from datetime import datetime

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from sayso.data.tabular.column_names import find_column
from sayso.data.tabular.workbook import workbook_rows
from sayso.errors import SaysoError


def read_bytes(raw):
    """Give the rows of a workbook, and what is counted."""
    counts = []
    rows = workbook_rows(
        io.BytesIO(raw),
        "x.xlsx",
        lambda what, where: counts.append((what, where)),
        lambda names: find_column(names, ["text"]),
    )
    return list(rows), counts


def read(fill):
    """Give the rows of a workbook that a function fills, and what is counted."""
    book, stream = openpyxl.Workbook(), io.BytesIO()
    fill(book)
    book.save(stream)
    return read_bytes(stream.getvalue())


def test_numbers_days_and_truth_values_are_given_as_they_are_shown():
    def fill(book):
        sheet = book.active
        sheet.append(["id", "Text", "day", "time", "sure", "share", "whole"])
        sheet.append([7, "Rain fell.", datetime(2024, 3, 1), datetime(2024, 3, 1, 8, 30), True, 0.5, 3.0])
        sheet["A2"].number_format = "000"

    rows, counts = read(fill)
    assert rows == [
        (
            "x.xlsx:1",
            {
                "id": "007",
                "Text": "Rain fell.",
                "day": "2024-03-01",
                "time": "2024-03-01T08:30:00",
                "sure": True,
                "share": 0.5,
                "whole": 3,
            },
        )
    ]
    assert counts == []


def test_every_sheet_with_a_text_is_read_and_the_others_are_told():
    def fill(book):
        book.active.append(["How to label"])
        book.active.append(["Read first."])
        for month in ("May", "June"):
            sheet = book.create_sheet(month)
            sheet.append(["Our project"])
            sheet.append([])
            sheet.append(["article", "text"])
            sheet.append([month, f"Rain fell in {month}."])
            sheet.append([])
            sheet.append([None, "It froze."])
            sheet.merge_cells("A4:A6")

    rows, counts = read(fill)
    assert rows == [
        ("x.xlsx:May:1", {"article": "May", "text": "Rain fell in May."}),
        ("x.xlsx:May:2", {"article": "May", "text": "It froze."}),
        ("x.xlsx:June:1", {"article": "June", "text": "Rain fell in June."}),
        ("x.xlsx:June:2", {"article": "June", "text": "It froze."}),
    ]
    assert counts == [("sheet 'Sheet' left out, as it has no text column", "x.xlsx")]


def test_struck_words_formulas_and_errors_are_left_out_and_told():
    def fill(book):
        sheet = book.active
        sheet.append(["text", "label"])
        struck = TextBlock(InlineFont(strike=True), "not ")
        sheet.append([CellRichText("She would ", struck, "resign."), "=1+1"])
        sheet.append(["It hailed.", "cold"])
        sheet.append(["It froze.", "wet"])
        sheet.append(["It thawed.", "#N/A"])
        sheet["B3"].font = sheet["A4"].font = Font(strike=True)

    rows, counts = read(fill)
    assert rows == [
        ("x.xlsx:1", {"text": "She would resign.", "label": None}),
        ("x.xlsx:2", {"text": "It hailed.", "label": None}),
        ("x.xlsx:4", {"text": "It thawed.", "label": None}),
    ]
    assert counts == [
        ("Excel cells with struck-out words, which are left out", "x.xlsx:1"),
        (
            "Excel formulas that were never calculated, read as empty (open and save the file in Excel to calculate them)",
            "x.xlsx:1",
        ),
        ("Excel cells that are struck out, read as empty", "x.xlsx:2"),
        ("Excel cells that are struck out, read as empty", "x.xlsx:3"),
        ("Excel rows whose text is struck out or an error left out", "x.xlsx:3"),
        ("Excel cells with an error, read as empty", "x.xlsx:4"),
    ]


def with_part(raw, part, old, new):
    """Give a workbook with something else in a part of it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as given, zipfile.ZipFile(out, "w") as changed:
        for name in given.namelist():
            changed.writestr(name, given.read(name).replace(old, new) if name == part else given.read(name))
    return out.getvalue()


def small(**cells):
    """Give a workbook of a text, and other cells."""
    book, stream = openpyxl.Workbook(), io.BytesIO()
    for place, value in {"A1": "text", "A2": "Rain fell.", **cells}.items():
        book.active[place] = value
    book.save(stream)
    return stream.getvalue()


def test_a_stray_cell_at_the_far_end_of_the_sheet_costs_nothing():
    rows, _ = read_bytes(small(XFD1048576="x"))
    assert rows == [("x.xlsx:1", {"text": "Rain fell."}), ("x.xlsx:2", {"text": None})]


@pytest.mark.parametrize(
    ("ranges", "n"),
    [
        (b'<mergeCells><mergeCell ref="A2:A1048576"/></mergeCells>', "1,048,575"),
        (b"<x:hyperlinks><x:hyperlink display=\"a\" ref='$A$2:$XFD$101'/></x:hyperlinks>", "1,638,400"),
    ],
)
def test_more_merged_or_linked_cells_than_memory_holds_are_refused(ranges, n):
    raw = with_part(small(), "xl/worksheets/sheet1.xml", b"</sheetData>", b"</sheetData>" + ranges)
    with pytest.raises(SaysoError, match=rf"^x\.xlsx: {n} cells are merged or linked, at most 500,000 can be read; undo"):
        read_bytes(raw)


def test_warnings_of_the_library_stay_unseen():
    raw = with_part(small(), "xl/_rels/workbook.xml.rels", b"<Relationship ", b"<Odd ")
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        rows, _ = read_bytes(raw)
    assert rows == [("x.xlsx:1", {"text": "Rain fell."})]
    assert warned == []


def test_what_cannot_be_read_is_refused_in_a_line(monkeypatch):
    with pytest.raises(
        SaysoError, match=r"^x\.xlsx: no sheet has a text column \('Sheet' has 'a', 'b'\)\. Give its name with --text-column"
    ):
        read(lambda book: book.active.append(["a", "b"]))
    with pytest.raises(SaysoError, match=r"^x\.xlsx: two columns have the name 'text'; rename one\.$"):
        read(lambda book: (book.active.append(["text", "text"]), book.active.append(["a", "b"])))
    with pytest.raises(
        SaysoError, match=r"^x\.xlsx: not an Excel workbook, or a damaged one \(File is not a zip file\); save it"
    ):
        read_bytes(b"PK\x03\x04")
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(
        SaysoError, match=r"^x\.xlsx: reading Excel files \(or save it as CSV\) needs openpyxl; install it with: pip inst"
    ):
        read_bytes(b"PK\x03\x04")
