"""Tables as users have them, through the commands: named columns, standard input, compressed files, Excel."""

import gzip
import io
import json
import zipfile

import openpyxl
import pytest
from builders import json_rows, run_sayso

LINES = ("Rain fell on the town.", "It froze at night.", "Snow fell there too.", "The road was closed.")
OURS = "Sentence,Kind,Doc ID\n" + "".join(f"{line},Narrative,a{n // 2}\n" for n, line in enumerate(LINES))
THEIRS = "Satz;Urteil;Beitrag\n" + "".join(f"{line};{'wet' if n % 2 else 'dry'};a{n // 2}\n" for n, line in enumerate(LINES))
NAMED = ("--text-column", "Satz", "--label-column", "Urteil", "--article-column", "Beitrag")


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ours.csv").write_text(OURS, encoding="utf-8")
    (tmp_path / "theirs.csv").write_text(THEIRS, encoding="utf-8")


def shown(path):
    """Give the numbers of articles and sentences of a dataset, and its labels."""
    described = json.loads(run_sayso("data", "show", path, "--json").stdout)
    return described["n_articles"], described["n_sentences"], {k: v for k, v in described["labels"].items() if v}


@pytest.mark.parametrize(
    "command",
    [
        ["data", "build", "theirs.csv", "--out", "o"],
        ["data", "show", "theirs.csv"],
        ["data", "check", "theirs.csv"],
        ["data", "export", "theirs.csv", "--out", "o.jsonl"],
        ["data", "agree", "theirs.csv", "ours.csv"],
        ["data", "merge", "theirs.csv", "ours.csv", "--out", "o"],
        ["data", "split", "theirs.csv", "--out", "o", "--shares", "50/50"],
        ["data", "suggest", "theirs.csv", "--out", "q.csv"],
        ["data", "rules", "theirs.csv", "--rules", "rules.toml"],
        ["evaluate", "Urteil", "--data", "theirs.csv"],
        ["train", "Urteil", "--data", "theirs.csv", "--out", "m.sayso"],
        ["compare", "plain", "most_frequent", "--task", "Urteil", "--data", "theirs.csv"],
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_every_command_that_reads_rows_takes_the_names_of_columns(command, tmp_path):
    rule = '[[rule]]\nname = "rain"\ncolumn = "Urteil"\nlabel = "dry"\npattern = "Rain"\n'
    (tmp_path / "rules.toml").write_text(rule, encoding="utf-8")
    code, out, err = run_sayso(*command, *NAMED[:-1], "Beitrg")
    assert (code, out) == (1, "")
    assert err.splitlines()[-1] == (
        "Error: theirs.csv: no column 'Beitrg' (--article-column); it has 'Satz', 'Urteil', 'Beitrag'."
    )


def test_named_columns_become_a_dataset_and_a_task():
    assert run_sayso("data", "build", "theirs.csv", "--out", "o", *NAMED).exit_code == 0
    assert shown("o") == (2, 4, {"Urteil": {"dry": 2, "wet": 2}})
    assert run_sayso("data", "show", "theirs.csv", *NAMED).stdout == run_sayso("data", "show", "o").stdout
    code, _, err = run_sayso(
        "evaluate", "Urteil", "--data", "theirs.csv", *NAMED[:2], *NAMED[4:], "--folds", "2", "--jobs", "1"
    )
    assert (code, [line for line in err.splitlines() if "Error" in line or "not used" in line]) == (0, [])


def packed(pack):
    """Give the bytes of our table, packed."""
    if pack == "gz":
        return gzip.compress(OURS.encode())
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("labels/train.csv" if pack == "zips" else "labels.csv", OURS)
        archive.writestr("readme.txt", "See the guide.")
        if pack == "zips":
            archive.writestr("labels/test.csv", OURS.replace(",a", ",b"))
    return stream.getvalue()


@pytest.mark.parametrize(("name", "pack"), [("x.csv.gz", "gz"), ("x.zip", "zip")])
def test_packed_tables_are_read_and_called_by_their_own_name(tmp_path, name, pack):
    (tmp_path / name).write_bytes(packed(pack))
    assert run_sayso("data", "build", name, "--out", "o")[::2] == (
        0,
        "4 sentences in 2 articles\nkind: narrative 4\nWritten to o.\n",
    )
    (tmp_path / name).write_bytes(packed(pack).replace(b"Narrative", b"Narration"))
    if pack == "gz":
        (tmp_path / name).write_bytes(gzip.compress(OURS.replace("Narrative", "News").encode()))
        code, _, err = run_sayso("data", "show", name)
        assert (code, err[:45]) == (1, f"Error: {name}:1: kind 'News' is not one of ")


def test_the_tables_of_an_archive_are_one_dataset(tmp_path):
    (tmp_path / "x.zip").write_bytes(packed("zips"))
    code, _, err = run_sayso("data", "build", "x.zip", "--out", "o")
    assert (code, err.splitlines()[0]) == (0, "8 sentences in 4 articles (train 2, test 2)")


def test_a_cut_off_file_is_refused(tmp_path):
    (tmp_path / "x.csv.gz").write_bytes(packed("gz")[:40])
    code, out, err = run_sayso("data", "build", "x.csv.gz", "--out", "o")
    assert (code, out, err[:39]) == (1, "", "Error: x.csv.gz: cannot be decompressed")
    assert not (tmp_path / "o").exists()


JSONS = [{"text": LINES[0], "kind": "Narrative"}, {"text": LINES[1], "kind": "quote"}]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (OURS, (2, 4, {"kind": {"narrative": 4}})),
        (THEIRS.replace("Satz", "Text"), (4, 4, {"Beitrag": {"a0": 2, "a1": 2}, "Urteil": {"dry": 2, "wet": 2}})),
        ("".join(json.dumps(row) + "\n" for row in JSONS), (2, 2, {"kind": {"narrative": 1, "quote": 1}})),
        (json.dumps(JSONS), (2, 2, {"kind": {"narrative": 1, "quote": 1}})),
        ("id,text\na,Rain fell. It froze.\n", (1, 2, {})),
        ("Rain fell. It froze.\n", (1, 2, {})),
        (
            "@id rain\n\nN none | Rain fell.\n",
            (1, 1, {"kind": {"narrative": 1}, "source_type": {"none": 1}, "bias": {"neutral": 1}}),
        ),
    ],
)
def test_what_is_piped_is_told_by_what_it_begins_with(content, expected):
    assert run_sayso("data", "build", "-", "--out", "o", stdin=content).exit_code == 0
    assert shown("o") == expected


def test_what_is_wrong_with_what_is_piped_is_told_by_row():
    wrong = OURS.replace("Narrative", "News", 2)
    code, _, err = run_sayso("data", "build", "-", "--out", "o", stdin=wrong)
    assert (code, err[:41]) == (1, "Error: -:1: kind 'News' is not one of quo")
    code, out, _ = run_sayso("data", "check", "-", stdin=wrong)
    assert (code, [line[:24] for line in out.splitlines()]) == (1, ["-:1: error: kind 'News' ", "-:2: error: kind 'News' "])
    code, _, err = run_sayso("data", "build", "-", "--out", "o", "--drop", stdin=wrong)
    assert (code, err[:33]) == (0, "left out: -:1: kind 'News' is not")
    assert run_sayso("data", "show", "-", stdin="")[::2] == (
        1,
        "Error: -: the input is empty; give articles or labelled sentences.\n",
    )


def test_excel_is_read_as_labels_and_as_articles(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Sentence", "Label"])
    for n, line in enumerate(LINES):
        book.active.append([line, "wet" if n % 2 else "dry"])
    book.save(tmp_path / "labels.xlsx")
    assert run_sayso("data", "build", "labels.xlsx", "--out", "o").exit_code == 0
    assert shown("o") == (4, 4, {"Label": {"dry": 2, "wet": 2}})
    book = openpyxl.Workbook()
    book.active.append(["Id", "Headline", "Body"])
    book.active.append([7, "Winter", "Rain fell. It froze."])
    book.active.append([8, "Summer", None])
    book.save(tmp_path / "news.xlsx")
    code, out, err = run_sayso("annotate", "--no-bias", "-f", "jsonl", "news.xlsx")
    assert (code, err) == (1, "Error: news.xlsx:2: no text; leave it out.\n")
    assert [(row["article"], row["text"]) for row in json_rows(out)] == [("7", "Rain fell."), ("7", "It froze.")]


def test_a_table_of_texts_that_is_called_txt_is_read(tmp_path):
    table = 'ID\tTarget\tTweet\tStance\n1\tthe pier\t"Keep it," she said.\tFAVOR\n2\tthe pier\tTear it down.\tNONE\n'
    (tmp_path / "task.txt").write_text(table, encoding="utf-8")
    code, _, err = run_sayso("data", "build", "task.txt", "--out", "o")
    assert (code, shown("o")) == (0, (2, 2, {"stance": {"favor": 1, "neutral": 1}}))
    assert err.splitlines()[0] == (
        "task.txt: no fields are quoted, so quotation marks are read as part of the text and each line as a row."
    )


def test_long_rows_with_labels_are_sentences_and_it_is_told(tmp_path):
    text = " ".join(LINES)
    (tmp_path / "x.csv").write_text(f"text,label\n{text},wet\n{text} Again.,dry\n", encoding="utf-8")
    code, _, err = run_sayso("data", "build", "x.csv", "--out", "o")
    assert (code, shown("o")) == (0, (2, 2, {"label": {"dry": 1, "wet": 1}}))
    assert err.startswith(
        "x.csv: rows are read as labelled sentences, although most are longer than a sentence; if they "
        "are articles, give --rows articles.\n"
    )


def test_other_files_of_a_folder_of_tables_are_told(tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "train.csv").write_text(OURS, encoding="utf-8")
    for name in ("README.md", "guide.docx", ".hidden"):
        (folder / name).write_text("x", encoding="utf-8")
    code, _, err = run_sayso("data", "show", "mine")
    assert (code, err) == (0, "mine: left out: 1 file (.docx 1).\n")


def test_sentences_of_annotators_meet_by_their_words_where_no_column_names_the_article(tmp_path):
    for name, label in (("anna", "dry"), ("ben", "wet")):
        rows = [f"{line},{label if n == 1 else 'dry'}" for n, line in enumerate(LINES)]
        (tmp_path / f"{name}.csv").write_text("\n".join(["Sentence,Label", *rows]) + "\n", encoding="utf-8")
    code, out, err = run_sayso("data", "agree", "anna.csv", "ben.csv", "--json")
    described = json.loads(out)
    assert (code, err) == (0, "")
    assert [dispute["text"] for dispute in described["disputes"]] == [LINES[1]]
