"""Excel files: what a reader of the sheet sees, row by row."""

import io
import sys
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
