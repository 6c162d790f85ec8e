"""What is wrong with every row is said once, and an error about an option says where the option was set."""

import json

import pytest
from builders import run_sayso

TEXT = "The quay at Brenning is shut. Ida Berg said so."


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def write_rows(path, rows):
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")


def errors_of(done):
    return [line for line in done.stderr.splitlines() if line.startswith("Error: ")]


@pytest.mark.parametrize("command", [["annotate", "own.jsonl", "-o", "o.csv"], ["audit", "own.jsonl", "-o", "o"]])
def test_a_column_that_no_row_has_is_one_error(command, tmp_path):
    write_rows(tmp_path / "own.jsonl", [{"id": str(k), "story": TEXT} for k in range(20)])
    done = run_sayso(*command, "--text-column", "Body")
    assert done.exit_code == 1
    assert errors_of(done) == ["Error: own.jsonl: no column 'Body' for the text in all 20 rows; it has 'id', 'story'."]


def test_rows_without_a_usual_column_are_one_error_too(tmp_path):
    rows = [{"id": str(k), "notiz": TEXT} for k in range(3)]
    write_rows(tmp_path / "own.jsonl", [{"id": "a", "text": TEXT}, *rows])
    assert errors_of(run_sayso("annotate", "own.jsonl", "-o", "o.csv")) == [
        "Error: own.jsonl: no text column (text, body, content, …) in 3 rows (first at own.jsonl:2); it has 'id', 'notiz'. "
        "Give its name with --text-column."
    ]


def test_one_row_is_named_as_before(tmp_path):
    write_rows(tmp_path / "own.jsonl", [{"text": TEXT}, {"id": "b"}])
    assert errors_of(run_sayso("annotate", "own.jsonl", "-o", "o.csv")) == [
        "Error: own.jsonl:2: no text column (text, body, content, …); it has 'id'. Give its name with --text-column."
    ]


def test_of_other_errors_of_one_kind_five_are_said(tmp_path):
    write_rows(tmp_path / "own.jsonl", [{"text": TEXT}, *({"text": ""} for _ in range(12))])
    assert errors_of(run_sayso("annotate", "own.jsonl", "-o", "o.csv")) == [
        *(f"Error: own.jsonl:{k}: no text; leave it out." for k in range(2, 7)),
        "Error: own.jsonl: 7 more of this kind: no text; leave it out.",
    ]


def test_an_error_says_that_the_column_is_set_in_the_settings_file(tmp_path, monkeypatch):
    monkeypatch.delenv("SAYSO_CONFIG")
    write_rows(tmp_path / "own.jsonl", [{"id": str(k), "story": TEXT} for k in range(20)])
    (tmp_path / "sayso.toml").write_text('text-column = "Body"\n', encoding="utf-8")
    (line,) = errors_of(run_sayso("annotate", "own.jsonl", "-o", "o.csv"))
    assert line.endswith("in all 20 rows; it has 'id', 'story'. text-column is set in sayso.toml.")
    (line,) = errors_of(run_sayso("data", "build", "own.jsonl", "--rows", "sentences", "-o", "o"))
    assert line.endswith("no column 'Body' (--text-column); it has 'id', 'story'. text-column is set in sayso.toml.")
    (tmp_path / "news").mkdir()
    write_rows(tmp_path / "news" / "a.jsonl", [{"story": TEXT}])
    (line,) = errors_of(run_sayso("annotate", "news", "-o", "out/", "-f", "jsonl"))
    assert line.endswith("it has 'story'. text-column is set in sayso.toml.")
    (line,) = errors_of(run_sayso("annotate", "own.jsonl", "-o", "o.csv", "--text-column", "Bodi"))
    assert "set in" not in line


def test_a_usage_error_says_so_too(tmp_path, monkeypatch):
    monkeypatch.delenv("SAYSO_CONFIG")
    write_rows(tmp_path / "own.jsonl", [{"text": TEXT}])
    (tmp_path / "sayso.toml").write_text('["data build"]\nrows = "lines"\n', encoding="utf-8")
    done = run_sayso("data", "build", "own.jsonl", "-o", "o")
    assert done.exit_code == 2
    assert "rows is set in sayso.toml." in " ".join(done.stderr.replace("│", " ").split())


def test_named_columns_ignore_capitals_and_outer_spaces(tmp_path):
    (tmp_path / "own.csv").write_text(f"ID, Satz ,Titel\na,{TEXT},Quay\n", encoding="utf-8")
    done = run_sayso("annotate", "own.csv", "--text-column", "satz", "--id-column", "id", "-o", "o.csv")
    assert (done.exit_code, errors_of(done)) == (0, [])
    (tmp_path / "two.jsonl").write_text(json.dumps({"Satz": TEXT, "SATZ": TEXT}) + "\n", encoding="utf-8")
    assert errors_of(run_sayso("annotate", "two.jsonl", "--text-column", "satz", "-o", "p.csv")) == [
        "Error: two.jsonl:1: no column 'satz' for the text; it has 'Satz', 'SATZ'."
    ]


def test_named_columns_of_labelled_sentences_ignore_them_too(tmp_path):
    rows = "".join(f"It rained in Dorn on day {k}.,{'wet' if k % 2 else 'dry'},b{k}\n" for k in range(6))
    (tmp_path / "own.csv").write_text(f"Satz,Urteil,Beitrag\n{rows}", encoding="utf-8")
    named = ["--text-column", "satz", "--label-column", "URTEIL", "--article-column", "beitrag"]
    assert run_sayso("data", "build", "own.csv", "-o", "o", *named).exit_code == 0


@pytest.mark.parametrize("name", ["Paper", "Newspaper name", "NEWS_SOURCE", "news_org"])
def test_usual_names_of_the_outlet_are_known(name, tmp_path):
    (tmp_path / "own.csv").write_text(f"ID,{name},Date,Text\na,Orla Post,2024-05-04,{TEXT}\n", encoding="utf-8")
    done = run_sayso("audit", "own.csv", "-o", "o", "--by", "outlet")
    assert done.exit_code == 0
    assert "Orla Post" in (tmp_path / "o" / "groups.csv").read_text(encoding="utf-8-sig")
    assert "not used" not in done.stderr


def test_columns_that_may_be_the_outlet_or_the_date_are_named(tmp_path):
    (tmp_path / "own.csv").write_text(
        f"ID,Blatt,Rubrik,Author,Date,Text\na,Orla Post,Land,Ida,2024-05-04,{TEXT}\n", encoding="utf-8"
    )
    done = run_sayso("annotate", "own.csv", "-o", "o.csv")
    assert (
        "own.csv: outlet not known; columns not used: Blatt, Rubrik. If one holds it, name it with --outlet-column."
    ) in done.stderr.splitlines()
    named = run_sayso("annotate", "own.csv", "-o", "p.csv", "--outlet-column", "blatt")
    assert "not used" not in named.stderr


def test_a_table_whose_other_columns_surely_hold_something_else_gets_no_such_line(tmp_path):
    (tmp_path / "own.csv").write_text(f"ID,Author,Keywords,Text\na,Ida Berg,quay,{TEXT}\n", encoding="utf-8")
    assert "not used" not in run_sayso("annotate", "own.csv", "-o", "o.csv").stderr


def test_an_archive_says_five_of_each_file_and_keeps_them_all(tmp_path):
    (tmp_path / "news").mkdir()
    write_rows(tmp_path / "news" / "a.jsonl", [{"id": str(k), "story": TEXT} for k in range(12)])
    write_rows(tmp_path / "news" / "b.jsonl", [{"id": "b", "Body": TEXT}])
    done = run_sayso("annotate", "news", "-o", "out/", "-f", "jsonl", "--text-column", "Body")
    assert [line.partition("; ")[0] for line in errors_of(done)] == [
        *(f"Error: news/a.jsonl:{k}: no column 'Body' for the text" for k in range(1, 6)),
        "Error: news/a.jsonl: 7 more of this kind: no column 'Body' for the text",
    ]
    assert len((tmp_path / "out" / "errors.jsonl").read_text(encoding="utf-8").splitlines()) == 12
