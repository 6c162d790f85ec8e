import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sayso.data.datasets.contents import holds_articles, labelled_files, mixture
from sayso.data.datasets.folder import dataset_tables
from sayso.data.rows.recognition.names import RowNames

NEWS = "The quay at Orla opened. It rained in Tolland. Nobody came. They left."
FILES = {
    "articles.jsonl": json.dumps({"id": "a", "text": NEWS, "section": "Sport"}),
    "titles.csv": "title,text\nQuay,It rained.\n",
    "news.txt": NEWS,
    "page.html": f"<p>{NEWS}</p>",
    "news.csv.gz": "",
    "sentences.jsonl": '{"article": "a", "text": "It rained."}',
    "labels.csv": f"text,kind\n{NEWS},narrative\n",
    "own.txt": "@id a\n\nN none | It rained.\n",
    "annotated.html": '<article data-sayso="article"></article>',
    "doccano.jsonl": '{"id": 1, "text": "It rained.", "label": [[0, 2, "weather"]], "Comments": []}',
    "texts.csv": "id,text\n1,It rained.\n",
    "broken.json": "[{",
}
ARE_ARTICLES = ["articles.jsonl", "titles.csv", "news.txt", "page.html", "news.csv.gz"]


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, content in FILES.items():
        Path(name).write_text(content, encoding="utf-8")


def folder_of(*names):
    folder = Path("in")
    (folder / "deep").mkdir(parents=True)
    for name in names:
        (folder / "deep" / name).write_text(FILES[name], encoding="utf-8")
    return folder


def test_articles_are_told_from_labelled_sentences(files):
    assert [name for name in FILES if holds_articles(Path(name))] == ARE_ARTICLES


def test_parquet_is_judged_by_its_columns(tmp_path):
    columns = {"id": ["a"], "text": [NEWS], "section": ["Sport"]}
    for name, more, expected in (("whole", {}, True), ("labelled", {"kind": ["narrative"]}, False)):
        pq.write_table(pa.table({**columns, **more}), tmp_path / f"{name}.parquet")
        assert holds_articles(tmp_path / f"{name}.parquet") is expected


def test_the_user_has_the_last_word_on_tables(files):
    assert holds_articles(Path("labels.csv"), "articles")
    assert not holds_articles(Path("articles.jsonl"), "sentences")
    assert not holds_articles(Path("articles.jsonl"), names=RowNames(labels=("section",)))
    assert not holds_articles(Path("own.txt"), "articles")


@pytest.mark.parametrize(
    ("names", "expected", "line"),
    [
        (["news.txt", "page.html", "articles.jsonl"], True, None),
        (["news.txt", "texts.csv"], True, None),
        (["news.txt", "labels.csv"], False, None),  # which files are left out is told by who reads it
        (["texts.csv"], False, None),
        (["own.txt"], False, None),
        (["annotated.html"], False, None),
        (["doccano.jsonl", "news.txt"], False, None),
        (
            ["articles.jsonl", "labels.csv"],
            False,
            "in: read as labelled sentences, but 1 table holds articles (first deep/articles.jsonl); "
            "move them to another folder.",
        ),
    ],
)
def test_a_folder_holds_articles_unless_labels_are_among_them(files, names, expected, line):
    folder = folder_of(*names)
    assert (holds_articles(folder), mixture(folder)) == (expected, line)


def test_one_table_of_labels_is_found_among_many_articles(files):
    folder = folder_of("labels.csv")
    for number in range(100):
        (folder / f"{number}.txt").write_text(NEWS, encoding="utf-8")
    assert not holds_articles(folder)
    (folder / "deep" / "labels.csv").unlink()
    assert holds_articles(folder)


STORY = {"title": "Rain", "text": "Rain fell on Velm. It froze."}


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (STORY, True),
        ({"status": "ok", "response": {"results": [STORY, STORY]}}, True),
        ({"articles": [STORY], "comments": [{"text": "Nice."}]}, True),
        ({"train": [{"text": "Rain fell.", "label": "quote"}], "test": [{"text": "It froze.", "label": "quote"}]}, False),
        ({"train": [STORY], "dev": [STORY], "test": {"one": {**STORY, "kind": "narrative"}}}, False),
        ({"status": "ok"}, False),
    ],
)
def test_a_json_document_holds_articles_where_no_text_in_it_has_labels(tmp_path, document, expected):
    path = tmp_path / "a.json"
    path.write_text(json.dumps(document), "utf-8")
    assert holds_articles(path) is expected


@pytest.mark.parametrize(
    ("names", "labelled"),
    [
        (["articles.jsonl", "news.txt"], []),
        (["sentences.jsonl"], []),
        (["labels.csv"], ["labels.csv"]),  # its rows are whole articles
        (["articles.jsonl", "labels.csv"], ["labels.csv"]),
        (["labels.csv", "news.txt", "own.txt"], ["labels.csv", "own.txt"]),
        (["doccano.jsonl", "news.txt"], ["doccano.jsonl"]),
    ],
)
def test_labelled_files_beside_articles_are_told_apart(files, names, labelled):
    assert [path.name for path in labelled_files(folder_of(*names))] == labelled


def test_brats_texts_are_no_articles_beside_labels(tmp_path):
    (tmp_path / "a.txt").write_text(NEWS, encoding="utf-8")
    (tmp_path / "a.ann").write_text("T1\tkind 0 4\tRain\n", encoding="utf-8")
    assert labelled_files(tmp_path) == []


def test_labels_beside_parquet_of_articles_are_not_passed_over(tmp_path):
    pq.write_table(pa.table({"title": ["Quay"], "text": [NEWS]}), tmp_path / "articles.parquet")
    assert holds_articles(tmp_path)
    (tmp_path / "labels.csv").write_text(FILES["labels.csv"], "utf-8")
    assert not holds_articles(tmp_path)
    assert mixture(tmp_path) == (
        f"{tmp_path}: read as labelled sentences, but 1 table holds articles (first articles.parquet); "
        "move them to another folder."
    )
    assert [path.name for _, path in dataset_tables(tmp_path)] == ["articles.parquet", "labels.csv"]


def test_labelled_parquet_is_read_alone(tmp_path):
    pq.write_table(pa.table({"text": ["It rained."], "kind": ["narrative"]}), tmp_path / "a.parquet")
    (tmp_path / "labels.csv").write_text(FILES["labels.csv"], "utf-8")
    assert [path.name for _, path in dataset_tables(tmp_path)] == ["a.parquet"]
