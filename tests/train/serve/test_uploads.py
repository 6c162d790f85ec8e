import contextlib
import gzip
import io
import json
import re
import tempfile
import zipfile

import pytest
from builders import labelled_article, run_sayso, write_rows
from hypothesis import given
from hypothesis import strategies as st

from sayso.data.datasets.folder import write_dataset
from sayso.errors import SaysoError
from sayso.train.serve.uploads import safe_name, suffix_of_upload

PIERS = "Piers closed\n\nThe harbour office closed both piers on Sunday. “We had no choice,” its head said."
TRAINS = "Night trains stop\n\nThe rail board said the night trains to Orla would stop in May. Nobody was asked."
GERMAN = (
    "Der Hafen bleibt zu\n\nDas Hafenamt hat am Sonntag beide Molen gesperrt, und niemand weiß, wann sie wieder geöffnet "
    "werden. Die Fischer sind darüber nicht froh, denn sie haben keinen anderen Weg zu ihren Booten."
)
PAGE = (
    "<!doctype html><html><head><title>Piers closed</title></head><body><article><h1>Piers closed</h1>"
    "<p>The harbour office closed both piers on Sunday.</p><p>Nobody was hurt, its head said.</p></article></body></html>"
)


def taken(answer):
    assert answer.status == 200, answer
    return json.loads(answer.body)


def error_of(answer):
    assert answer.status == 400, answer
    return json.loads(answer.body)["error"]


def ids(server):
    return [entry.id for entry in server.project.entries()]


def zipped(**files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "named"),
    [
        ("piers.txt", PIERS.encode(), ["piers.txt"]),
        ("piers.html", PAGE.encode(), ["piers.html"]),
        ("piers.md", PIERS.encode(), ["piers.md"]),
        ("PIERS.TXT", PIERS.encode("utf-16"), ["PIERS.TXT"]),
        ("trains.txt.gz", gzip.compress(TRAINS.encode(), mtime=0), ["trains.txt"]),
        ("piers", PIERS.encode(), ["piers"]),
        ("news.csv", f'id,text\ncell a,"{PIERS}"\ncell b,"{TRAINS}"\n'.encode(), ["cell a", "cell b"]),
        ("news.jsonl", json.dumps({"text": TRAINS}).encode(), ["news.jsonl:1"]),
        ("all.zip", zipped(one__txt=PIERS, two__txt=TRAINS), ["all.zip/one.txt", "all.zip/two.txt"]),
        ("C:\\fakepath\\Molen ü.txt", PIERS.encode(), ["Molen ü.txt"]),
        ("../../etc/passwd.txt", PIERS.encode(), ["passwd.txt"]),
    ],
)
def test_a_file_is_read_as_annotate_reads_it_and_called_by_its_name(running, name, content, named):
    answer = taken(running.upload(name, content))
    assert [one["id"] for one in answer["added"]] == named
    assert tempfile.gettempdir() not in str(answer)
    assert all(running.article(one["key"])["sentences"] for one in answer["added"])


def test_titles_are_told_with_what_was_added(served):
    server = served()
    (one,) = taken(server.upload("piers.html", PAGE.encode()))["added"]
    assert (one["title"], one["id"]) == ("Piers closed", "piers.html")


def test_labels_that_are_there_are_taken(served, tmp_path):
    server = served()
    rows = [
        {
            "article": "piers",
            "n": 0,
            "text": "The harbour office closed both piers.",
            "kind": "official_claim",
            "mood": "grim",
        },
        {"article": "piers", "n": 1, "text": "Gulls sat on them.", "kind": "narrative", "mood": "calm"},
    ]
    content = write_rows(tmp_path / "labels.jsonl", rows).read_bytes()
    (one,) = taken(server.upload("labels.jsonl", content))["added"]
    labels = [s["labels"] for s in server.article(one["key"])["sentences"]]
    assert [(of["kind"], of["own"]) for of in labels] == [
        ("official_claim", {"mood": "grim"}),
        ("narrative", {"mood": "calm"}),
    ]


def test_what_was_downloaded_comes_back_with_its_labels(served, tmp_path):
    server = served()
    key = server.paste(TRAINS, title="Trains")
    server.change(key, 1, kind="official_claim", source_type="organisation")
    names = {
        "csv": "my-project-me.csv",
        "jsonl": "my-project-me.jsonl",
        "parquet": "my-project-me.parquet",
        "label-studio": "my-project-me-label-studio.zip",
    }
    for form, name in names.items():
        file = server.get(f"/api/export?format={form}")
        assert file.headers["content-disposition"] == f"attachment; filename*=UTF-8''{name}"
        other = served(folder=tmp_path / form)
        (one,) = taken(other.upload(name, file.body))["added"]
        labels = [(s["labels"]["kind"], s["labels"]["source_type"]) for s in other.article(one["key"])["sentences"]]
        assert labels == [(None, None), ("official_claim", "organisation"), (None, None)]


def test_the_same_article_is_not_taken_twice_and_another_of_its_name_is_kept_beside_it(served):
    server = served()
    first = taken(server.upload("news.txt", PIERS.encode()))
    again = taken(server.upload("news.txt", PIERS.encode()))
    assert (again["added"], again["there"]) == ([], first["added"])
    assert again["notices"] == ["news.txt: already in the project with the same text; not added again."]
    other = taken(server.upload("news.txt", TRAINS.encode()))
    assert [one["id"] for one in other["added"]] == ["news.txt (2)"]
    assert other["notices"] == ["news.txt: another article already has this id; this one is named news.txt (2)."]
    third = taken(server.upload("news.txt", TRAINS.encode()))
    assert [one["id"] for one in third["there"]] == ["news.txt (2)"]
    assert ids(server) == ["news.txt", "news.txt (2)"]


def test_a_table_that_holds_an_article_twice_adds_it_once(served):
    server = served()
    rows = "".join(
        json.dumps({"id": name, "text": text}) + "\n" for name, text in [("a", PIERS), ("a", PIERS), ("a", TRAINS)]
    )
    answer = taken(server.upload("news.jsonl", rows.encode()))
    assert [one["id"] for one in answer["added"]] == ["a", "a (2)"]


def test_an_article_that_is_not_english_is_taken_in_without_the_models_view(served):
    server = served()
    answer = taken(server.post("/api/paste", {"text": GERMAN, "title": "Hafen"}))
    assert answer["notices"] == [
        "1 article is not in English (de 1; Hafen): added without model predictions; the models work only for English."
    ]
    article = server.article(answer["added"][0]["key"])
    assert {s["model"] for s in article["sentences"]} == {None}
    assert article["no_model"] == "The article is not in English (de), and the models work only for English."
    assert server.get(f"/article/{answer['added'][0]['key']}").status == 200


@pytest.mark.parametrize(
    "name", ["tool.exe", "model.sayso", "data.pkl", "page.svg", "a.txt.exe", "x.joblib", "photo.png", ".htaccess.foo"]
)
def test_other_kinds_of_files_are_refused(running, name):
    before = ids(running)
    assert error_of(running.upload(name, PIERS.encode())).endswith(
        "this kind of file cannot be read; `sayso files` lists the kinds that can."
    )
    assert ids(running) == before


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("empty.txt", b"", r"^empty.txt: (no text|the input is empty)\.$"),
        ("piers.txt", b"\x00\x01\x02\x03" * 500, "^piers.txt: "),
        ("broken.docx", b"PK\x03\x04 not a zip", "^broken.docx: "),
        ("broken.zip", b"PK\x03\x04 not a zip", "^broken.zip: "),
        ("broken.pdf", b"%PDF-1.7 nothing", "^broken.pdf: "),
        ("broken.parquet", b"PAR1 nothing", "^broken.parquet: "),
        ("broken.gz", b"\x1f\x8b\x08 nothing", "^broken.gz"),
        ("program.py", b"import os\n", "^program.py: .*a program"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "^old.doc: .*old office document"),
        ("settings.yaml", b"a: !!python/object/apply:os.system ['true']", "^settings.yaml: .*YAML"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line_with_its_name(running, name, content, told):
    before = ids(running)
    line = error_of(running.upload(name, content))
    assert re.search(told, line), line
    assert tempfile.gettempdir() not in line
    assert ids(running) == before


def test_what_unpacks_to_far_more_than_text_does_is_refused(running, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr("sayso.data.packed.pieces.ALWAYS_ALLOWED", 1_000_000)
    before = ids(running)
    bomb = zipped(a__txt=b"0" * 10_000_000, b__txt=b"0" * 10_000_000)
    assert "unpacks to more than 200 times its size" in error_of(running.upload("bomb.zip", bomb))
    assert list(tmp_path.iterdir()) == []
    assert ids(running) == before


def test_a_good_file_in_an_archive_is_taken_and_a_bad_one_told(served):
    server = served()
    answer = taken(server.upload("all.zip", zipped(one__txt=PIERS, two__docx=b"no document")))
    assert [one["id"] for one in answer["added"]] == ["all.zip/one.txt"]
    assert [line for line in answer["notices"] if line.startswith("all.zip/two.docx: ")]


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ({}, "The article is empty; paste its text."),
        ({"text": "  \n \r\n"}, "The article is empty; paste its text."),
        ({"text": 7}, "Text: the text is missing."),
        ({"text": PIERS, "title": ["x"]}, "Title: the text is missing."),
        ({"text": "half \ud83d"}, "Text: contains half of a character; paste it again."),
    ],
)
def test_what_cannot_be_pasted_is_one_line(running, values, line):
    assert error_of(running.post("/api/paste", values)) == line


def test_what_is_known_of_a_pasted_article_is_kept(served):
    server = served()
    key = server.paste(TRAINS, title=" Night\ttrains ", outlet="Orla Post", date="2026-03-04", url="https://orla.example/1")
    entry = server.article(key)["entry"]
    assert {name: entry[name] for name in ("id", "title", "outlet", "date", "url")} == {
        "id": "Night trains",
        "title": "Night trains",
        "outlet": "Orla Post",
        "date": "2026-03-04",
        "url": "https://orla.example/1",
    }


def test_markup_that_is_pasted_stays_text_everywhere(served):
    server = served()
    evil = "<img src=x onerror=alert(1)>{{ 7*7 }}</script><script>alert(2)</script>"
    key = server.paste(f"{evil} was written on the pier, the harbour office said.\n\nIt was washed off.", outlet=evil)
    for path in ("/", f"/article/{key}", "/notes"):
        page = server.get(path).body.decode()
        assert "<img src=x" not in page
        assert "<script>alert" not in page
        assert "49</script>" not in page


def test_sources_are_read_and_never_changed(served, tmp_path):
    (tmp_path / "piers.txt").write_text(PIERS)
    write_dataset([labelled_article("trains", ("The rail board objected.", {"kind": "official_claim"}))], tmp_path / "gold")
    before = {path: path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file()}
    server = served(tmp_path / "piers.txt", tmp_path / "gold")
    assert ids(server) == [str(tmp_path / "piers.txt"), "trains"]
    assert server.project.entries()[1].labelled == {"kind": 1}
    assert {path: path.read_bytes() for path in before} == before
    server.stop()
    again = served(tmp_path / "piers.txt", tmp_path / "gold")
    assert ids(again) == [str(tmp_path / "piers.txt"), "trains"]
    assert f"{tmp_path / 'gold'}: 0 articles added." in again.told
    assert json.loads(again.get("/api/changes").body)["sources"] == {
        "reading": None,
        "added": 0,
        "errors": [],
        "notices": [f"{tmp_path / 'piers.txt'}: already in the project with the same text; not added again."],
    }


LABELS = "article,text,kind\nq,The quay is shut.,narrative\nq,“We had no choice”.,quote\n"


def test_a_folder_is_read_file_by_file_and_what_is_left_out_is_told_on_the_page(served, tmp_path):
    folder = tmp_path / "src"
    (folder / "deep").mkdir(parents=True)
    (folder / "piers.html").write_text(PAGE, encoding="utf-8")
    (folder / "trains.txt").write_text(TRAINS, encoding="utf-8")
    (folder / "deep" / "labels.csv").write_text(LABELS, encoding="utf-8")
    write_rows(folder / "news.jsonl", [{"id": "news", "title": "Piers closed", "text": f"{PIERS} {TRAINS}"}])
    (folder / "map.png").write_bytes(b"\x89PNG")
    server = served(folder)
    found = {a.article.id: a for a in server.project.labels_of("me")}
    assert {name: [s.kind for s in a.sentences] for name, a in found.items()} == {
        "news": [None] * 6,
        f"{folder}/piers.html": [None] * 3,
        f"{folder}/trains.txt": [None] * 3,
        "q": ["narrative", "quote"],
    }
    line = f"{folder}: left out: 1 file (.png 1)."
    assert line in json.loads(server.get("/api/changes").body)["sources"]["notices"]
    assert f"<li>{line}</li>" in server.get("/").body.decode()


def test_a_labelled_table_of_whole_articles_is_cut_into_sentences(served, tmp_path):
    path = tmp_path / "topics.csv"
    text = f"{PIERS} {TRAINS}".replace("\n", " ")
    path.write_text(f'text,label\n"{text}",port\n"{text} No date was given.",rail\n', encoding="utf-8")
    server = served(path)
    assert [[s.extra for s in a.sentences] for a in server.project.labels_of("me")] == [[{}] * 4, [{}] * 5]
    assert any(line.startswith(f"{path}: most rows of this labelled table are whole articles") for line in server.told)


def test_a_source_that_cannot_be_read_is_told_and_the_others_are_read(served, tmp_path):
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 nothing")
    (tmp_path / "piers.txt").write_text(PIERS)
    server = served(tmp_path / "broken.parquet", tmp_path / "missing.txt", tmp_path / "piers.txt")
    assert ids(server) == [str(tmp_path / "piers.txt")]
    errors = json.loads(server.get("/api/changes").body)["sources"]["errors"]
    assert [line.partition(": ")[0] for line in errors] == [str(tmp_path / "broken.parquet"), str(tmp_path / "missing.txt")]
    assert [line for line in server.told if line.startswith("Error: ")] == [f"Error: {line}" for line in errors]


def test_an_article_that_cannot_be_kept_is_told_and_keeps_no_other_out(served, monkeypatch):
    server = served()
    keep = server.project.add

    def add(articles):
        if any(labelled.article.id == "b" for labelled in articles):
            raise SaysoError("b: cannot be kept.")
        return keep(articles)

    monkeypatch.setattr(server.project, "add", add)
    rows = "".join(json.dumps({"id": name, "text": PIERS}) + "\n" for name in "abc")
    answer = taken(server.upload("news.jsonl", rows.encode()))
    assert [one["id"] for one in answer["added"]] == ids(server) == ["a", "c"]
    assert answer["notices"] == ["b: cannot be kept."]


@given(st.text(max_size=300))
def test_any_name_can_be_shown_and_is_no_path(name):
    shown = safe_name(name)
    assert shown
    assert not {"/", "\\", "\0", "\n"} & set(shown)
    assert shown not in (".", "..")
    assert len(shown) <= 120


@given(st.text(max_size=40))
def test_an_ending_is_one_of_ours_or_none(name):
    with contextlib.suppress(SaysoError):
        suffix = suffix_of_upload(name)
        assert suffix == "" or (suffix.startswith(".") and suffix.isascii() and suffix.replace(".", "").isalnum())


def test_labels_that_a_program_gave_are_told_when_they_are_taken_in(running, tmp_path, fake_model_options):
    (tmp_path / "gale.txt").write_text("The gale took the roof. Nobody was hurt, the town hall said.", encoding="utf-8")
    annotated = tmp_path / "gale.jsonl"
    assert run_sayso("annotate", str(tmp_path / "gale.txt"), "--out", str(annotated), *fake_model_options)[0] == 0
    line = (
        "labels predicted by a program (sayso annotate), which count like any other labels: 2 times, first at gale.jsonl:1."
    )
    assert line in taken(running.upload("gale.jsonl", annotated.read_bytes()))["notices"]
