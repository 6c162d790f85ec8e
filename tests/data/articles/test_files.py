import io
import json
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from sayso.data.articles import files
from sayso.data.articles.files import read_articles
from sayso.data.articles.kinds import reader_of
from sayso.data.articles.tables import MAX_ARTICLE, Columns
from sayso.errors import SaysoError

PAGE = """<html><head>{meta}<title>Rain stops play</title></head><body><nav>Home | Sport | Weather</nav>
<article><h1>Rain stops play</h1>
<p>It rained in the caf\xe9 for most of the long day, and nobody in the town was glad of it.</p>
<p>The mayor said on Monday that he would have the roof mended before the winter comes, if money is found.</p>
</article></body></html>"""


def read(*paths, **options):
    errors = []
    articles = list(read_articles([str(path) for path in paths], on_error=errors.append, **options))
    return articles, [str(error) for error in errors]


def write(path, content, encoding="utf-8"):
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def stdin(monkeypatch, content):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


def test_a_text_file_is_an_article_named_by_its_path(tmp_path):
    path = write(tmp_path / "a.txt", "Rain\r\nIt rained.\rIt poured.\n")
    articles, errors = read(path)
    assert [(a.id, a.text) for a in articles] == [(str(path), "Rain\nIt rained.\nIt poured.\n")]
    assert errors == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_without_a_guess(tmp_path, encoding):
    notices = []
    articles, _ = read(write(tmp_path / "a.txt", "“Café” €5", encoding), notice=notices.append)
    assert articles[0].text == "“Café” €5"
    assert notices == []


@pytest.mark.parametrize(
    ("encoding", "named", "text"),
    [
        ("cp1252", "cp1252", "“We won’t,” said the owner of the café – twice, and he left the town."),
        ("mac_roman", "mac_roman", "“We won’t,” said the owner of the café – twice, and he left the town."),
        ("cp1252", "cp1252", "Òscar Roe wrote ÓSCAR on the wall: RAÓ stood there, he said."),
        ("utf-16-le", "utf-16-le", "It rained in the town all day and all night."),
        ("utf-16-be", "utf-16-be", "It rained in the town all day and all night – again."),
    ],
)
def test_a_guessed_encoding_is_told(tmp_path, encoding, named, text):
    notices = []
    articles, errors = read(write(tmp_path / "a.txt", text, encoding), notice=notices.append)
    assert (articles[0].text, errors) == (text, [])
    assert len(notices) == 1
    assert f"a.txt: not UTF-8; read as {named}" in notices[0]


def test_a_folder_gives_its_files_sorted_and_no_hidden_ones(tmp_path):
    for name in ("b/c.txt", "b/.hidden.txt", ".git/d.txt", "a.txt", "notes.odd"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        write(tmp_path / name, "It rained.")
    articles, errors = read(tmp_path)
    assert [a.id for a in articles] == [str(tmp_path / "a.txt"), str(tmp_path / "b" / "c.txt")]
    assert errors == []


@pytest.mark.parametrize("name", ["README.md", "license.txt", "CHANGELOG.markdown"])
def test_what_tells_of_a_folder_is_no_article_of_it(tmp_path, name):
    write(tmp_path / "a.txt", "It rained.")
    write(tmp_path / name, "All articles of May.")
    notices = []
    articles = list(read_articles([str(tmp_path)], notice=notices.append))
    assert [a.text for a in articles] == ["It rained."]
    assert notices == [f"{tmp_path}: left out: 1 file ({name} 1)."]
    assert [a.text for a in read(tmp_path / name)[0]] == ["All articles of May."]


def test_one_bad_file_among_good_ones_is_reported(tmp_path):
    write(tmp_path / "a.txt", "It rained.")
    write(tmp_path / "b.txt", b"\x7fELF\0\0\0")
    write(tmp_path / "c.txt", "It poured.")
    articles, errors = read(tmp_path)
    assert [a.text for a in articles] == ["It rained.", "It poured."]
    assert len(errors) == 1
    assert "b.txt: binary data" in errors[0]


def test_without_on_error_the_first_error_is_raised(tmp_path):
    with pytest.raises(SaysoError, match=r"none\.txt: No such file"):
        list(read_articles([str(tmp_path / "none.txt")]))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", "", "no text"),
        ("a.txt", " \n\t", "no text"),
        ("a.txt", "\ufeff", "no text"),
        ("a.txt", "It\0rained", "binary"),
        ("a.txt", b"%PDF-1.4 \xff", "this PDF is damaged"),
        ("a.txt", b"PK\x03\x04 \xff", "zip"),
        ("a.csv", "id,words\n1,It rained.\n", "it has 'id', 'words'"),
        ("a.csv", "id,text\n", "no rows"),
        ("a.csv", "", "has no column names"),
        ("a.csv", b"PK\x03\x04 \xff", "zip"),
        ("a.jsonl", "", "empty"),
        ("a.jsonl", "\n\n", "empty"),
        ("a.json", "[]", "no articles"),
        ("a.json", "[" * 100_000, "nested too deeply"),
        ("a.json", '{"text": 5}', "column 'text' holds int"),
    ],
)
def test_what_cannot_be_read_is_one_line_that_names_the_file(tmp_path, name, content, message):
    articles, errors = read(write(tmp_path / name, content))
    assert articles == []
    assert len(errors) == 1
    assert name in errors[0]
    assert message in errors[0]
    assert "\n" not in errors[0]


def test_an_empty_folder_is_reported(tmp_path):
    assert "no articles in this folder" in read(tmp_path)[1][0]


def test_a_path_with_nul_is_reported():
    assert "not a valid path" in read("a\0b")[1][0]


def test_a_megabyte_in_one_line_is_read(tmp_path):
    articles, _ = read(write(tmp_path / "a.txt", "x" * 1_000_000))
    assert len(articles[0].text) == 1_000_000


def test_a_gigantic_article_is_refused(tmp_path):
    assert "too long for one article" in read(write(tmp_path / "a.txt", "x" * (MAX_ARTICLE + 1)))[1][0]


def test_json_lines_give_an_article_a_line(tmp_path):
    rows = [
        {"id": 7, "title": "Rain", "outlet": "Harbour", "date": "2021-05-02", "text": "It rained.\r\n"},
        {"body": "Dry."},
    ]
    path = write(tmp_path / "a.jsonl", "\n\n".join(map(json.dumps, rows)))
    (first, second), errors = read(path)
    assert (first.id, first.title, first.outlet, first.date, first.text) == (
        "7",
        "Rain",
        "Harbour",
        "2021-05-02",
        "It rained.\n",
    )
    assert (second.id, second.text) == (f"{path}:3", "Dry.")
    assert errors == []


def test_bad_lines_are_reported_by_number_and_the_others_read(tmp_path):
    lines = [
        '{"text": "It rained."}',
        '{"text": ',
        "[1]",
        '{"text": ""}',
        '{"words": "x"}',
        '{"text": "Dry."}',
    ]
    articles, errors = read(write(tmp_path / "a.jsonl", "\n".join(lines)))
    assert [a.text for a in articles] == ["It rained.", "Dry."]
    assert [error.split(": ")[0][-2:] for error in errors] == [":2", ":3", ":4", ":5"]
    assert "broken JSON" in errors[0]


def test_half_a_surrogate_pair_becomes_text_that_can_be_written(tmp_path):
    articles, _ = read(write(tmp_path / "a.jsonl", '{"text": "a\\ud800b"}'))
    assert articles[0].text.encode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", 'url,Headline,Article Text\nu1,Rain,"It rained.\nAnd how."\nu2,,Dry.\n'),
        ("a.csv", 'url;Headline;Article Text\nu1;Rain;"It rained.\nAnd how."\nu2;;Dry.\n'),
        ("a.tsv", 'url\tHeadline\tArticle Text\nu1\tRain\t"It rained.\nAnd how."\nu2\t\tDry.\n'),
    ],
)
def test_tables_give_an_article_a_row(tmp_path, name, content):
    articles, errors = read(write(tmp_path / name, content))
    assert [(a.id, a.url, a.title, a.text) for a in articles] == [
        ("u1", "u1", "Rain", "It rained.\nAnd how."),
        ("u2", "u2", None, "Dry."),
    ]
    assert errors == []


def test_columns_can_be_named(tmp_path):
    path = write(tmp_path / "a.csv", "key,words,text\nk1,It rained.,no\n")
    articles, _ = read(path, columns=Columns(text="words", id="key"))
    assert [(a.id, a.text) for a in articles] == [("k1", "It rained.")]


def test_a_column_that_is_named_but_missing_is_reported(tmp_path):
    _, errors = read(write(tmp_path / "a.csv", "key,text\nk1,It rained.\n"), columns=Columns(text="words"))
    assert "no column 'words' for the text; it has 'key', 'text'" in errors[0]


def test_bad_rows_are_reported_and_the_others_read(tmp_path):
    path = write(tmp_path / "a.csv", 'id,text\n1,It rained.\n2,It rained, again.\n3,\n4,"a"b"\n5,Dry.\n')
    articles, errors = read(path)
    assert [(a.id, a.text) for a in articles] == [("1", "It rained."), ("4", '"a"b"'), ("5", "Dry.")]
    assert ["a.csv:2: 3 fields" in errors[0], "a.csv:3: no text" in errors[1], len(errors)] == [True, True, 2]


def test_an_unclosed_quotation_is_a_mark_of_the_text_where_all_lines_are_rows_so_and_else_reported(tmp_path):
    told = []
    path = write(tmp_path / "a.csv", 'id,text\n1,It rained.\n2,"It poured.\n3,Dry.\n')
    articles, errors = read(path, notice=told.append)
    assert ([a.text for a in articles], errors) == (["It rained.", '"It poured.', "Dry."], [])
    assert told == [f"{path}: no fields are quoted, so quotation marks are read as part of the text and each line as a row."]
    path = write(tmp_path / "b.csv", 'id,text\n1,"Rain, hail."\n2,"Snow, fog."\n3,"It poured, and\n4,Dry.\n')
    articles, errors = read(path)
    assert [a.text for a in articles] == ["Rain, hail.", "Snow, fog."]
    assert ("b.csv:3: broken quoting at line 5" in errors[0], len(errors)) == (True, 1)


def test_a_field_longer_than_the_csv_modules_limit_is_read(tmp_path):
    articles, _ = read(write(tmp_path / "a.csv", "text\n" + "x" * 200_000 + "\n"))
    assert len(articles[0].text) == 200_000


def test_text_comes_from_standard_input(monkeypatch):
    stdin(monkeypatch, b"\n{Rain}\nIt rained.\n")
    articles, errors = read("-")
    assert [a.id for a in articles] == ["-"]
    assert articles[0].text.endswith("{Rain}\nIt rained.\n")
    assert errors == []


def test_json_lines_come_from_standard_input(monkeypatch):
    stdin(monkeypatch, b'\n{"text": "It rained."}\n{"id": "x", "text": "Dry."}\n')
    assert [(a.id, a.text) for a in read("-")[0]] == [("-:2", "It rained."), ("x", "Dry.")]


def test_empty_standard_input_is_reported(monkeypatch):
    stdin(monkeypatch, b"")
    assert "the input is empty" in read("-")[1][0]


@pytest.mark.parametrize(("meta", "encoding"), [("", "utf-8"), ('<meta charset="iso-8859-15">', "iso-8859-15")])
def test_a_page_gives_its_headline_and_article(tmp_path, meta, encoding):
    notices = []
    path = write(tmp_path / "a.html", PAGE.format(meta=meta), encoding)
    (article,), errors = read(path, notice=notices.append)
    assert article.text.startswith("Rain stops play\n")
    assert "café" in article.text
    assert "Weather" not in article.text
    assert (article.title, errors, notices) == ("Rain stops play", [], [])


def test_a_page_without_an_article_is_reported(tmp_path):
    assert "no article found" in read(write(tmp_path / "a.html", "<html><body></body></html>"))[1][0]


def test_reading_imports_nothing_heavy():
    heavy = ("pandas", "nupunkt", "trafilatura", "charset_normalizer", "numpy")
    code = f"import sys, sayso.data.articles.files; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_further_columns_of_a_table_come_along(tmp_path):
    row = {
        "text": "It rained.",
        "source": "Post",
        "date": "2020-01-02",
        "topic": "rain",
        "n": 3,
        "authors": ["A Roe", "B Poe"],
    }
    odd = {"body": "It rained.", "tags": [1], "long": "x" * 201, "none": None, "": "x"}
    articles, errors = read(write(tmp_path / "a.jsonl", json.dumps(row) + "\n" + json.dumps(odd)))
    assert errors == []
    assert (articles[0].outlet, articles[0].date) == ("Post", "2020-01-02")
    assert articles[0].extra == {"source": "Post", "topic": "rain", "n": "3", "authors": "A Roe, B Poe"}
    assert articles[1].extra == {}


def test_further_columns_of_a_csv_come_along(tmp_path):
    articles, _ = read(write(tmp_path / "a.csv", "id,text,desk\n1,It rained.,city\n2,It poured.\n"))
    assert [a.extra for a in articles] == [{"desk": "city"}, {}]


@pytest.mark.parametrize(
    "header",
    [
        "Datum;Zeitung;Titel;Text",
        "Erscheinungsdatum;Quelle;Überschrift;Volltext",
        "Date;Journal;Titre;Texte",
        "Fecha;Periódico;Título;Texto",
        "Data di pubblicazione;Testata;Titolo;Testo",
        "Publicatiedatum;Krant;Kop;Tekst",
    ],
)
def test_columns_are_known_by_their_names_in_other_languages(tmp_path, header):
    path = tmp_path / "a.csv"
    path.write_text(f"{header}\n2024-03-04;Velmer Bote;Rain;Rain fell on Velm.\n", "utf-8")
    (article,) = read_articles([str(path)])
    assert (article.text, article.title, article.outlet, article.date) == (
        "Rain fell on Velm.",
        "Rain",
        "Velmer Bote",
        "2024-03-04",
    )


def test_a_bug_in_reading_costs_one_article_or_one_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "b.txt", "c.srt"):
        Path(name).write_text(f"It rained on {name}.\n", encoding="utf-8")
    joined = files.with_joined_lines

    def fails(article, notices):
        if article.id == "a.txt":
            raise KeyError("line")
        return joined(article, notices)

    monkeypatch.setattr(files, "with_joined_lines", fails)
    monkeypatch.setattr(files, "reader_of", lambda path, *about: 1 / 0 if path == "c.srt" else reader_of(path, *about))
    errors = []
    assert [a.id for a in read_articles(["a.txt", "c.srt", "b.txt"], on_error=errors.append)] == ["b.txt"]
    assert list(map(str, errors)) == [
        "a.txt: left out because of an internal error of sayso (KeyError: 'line'); please report it.",
        "c.srt: left out because of an internal error of sayso (ZeroDivisionError: division by zero); please report it.",
    ]
    assert "in fails\n" in errors[0].trace
    assert str(pickle.loads(pickle.dumps(errors[0]))) == str(errors[0])
