#!/usr/bin/env bash
# openpyxl 3.1.5: rich_text=True tells which words of a cell are struck out, but read_only=True, which large tables need, ignores it
# without a word: struck words come back as text. python-calamine 0.9.1, the fast reader, gives whole numbers as floats, so that
# the id 7 becomes "7.0". Exit 0: as described. Exit 1: something has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1
env/bin/python - <<'PY'
import sys

import python_calamine
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

book = Workbook()
book.active.append(["id", "text"])
book.active.append([7, CellRichText("The quay is ", TextBlock(InlineFont(strike=True), "not "), "shut.")])
book.save("table.xlsx")

whole = load_workbook("table.xlsx", rich_text=True).active["B2"].value
rows = load_workbook("table.xlsx", rich_text=True, read_only=True).active.iter_rows(min_row=2, values_only=True)
quick = next(iter(rows))[1]
struck = [part.text for part in whole if isinstance(part, TextBlock) and part.font.strike]
print("rich_text:", type(whole).__name__, "struck", struck)
print("rich_text and read_only:", type(quick).__name__, repr(quick))
fast = python_calamine.load_workbook("table.xlsx").get_sheet_by_index(0).to_python()[1][0]
print("calamine's id:", repr(fast))
sys.exit(0 if struck == ["not "] and quick == "The quay is not shut." and fast == 7.0 and isinstance(fast, float) else 1)
PY
