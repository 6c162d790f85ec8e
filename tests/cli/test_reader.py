"""``--reader``: articles that a word reader reads too."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from builders import csv_rows, json_rows, run_sayso
from said import seen
from tiny_readers import WORDS, attribution_with, network, tables, tokenizer, voice_with, write_parts, write_reader

import sayso
from sayso.classify.annotation.annotator import Annotator
from sayso.classify.model_files.container import read_model, write_model
from sayso.classify.model_files.files import load, reader_of, save
from sayso.classify.model_files.shipped import BESIDE, beside_others, learned_beside, shipped_model
from sayso.classify.tasks.attribution import ATTRIBUTIONS
from sayso.classify.tasks.sentence import SENTENCE
from sayso.classify.word_reader.reader import PACKAGES, load_word_reader
from sayso.errors import SaysoError

FERRY = (
    "The ferry is late. “It will be late tomorrow,” said the harbour master, Runa Vost. According to the council, it is old."
)
PIER = "The council said that the pier would be shut. Nobody fishes there. She told the paper that the boards were rotten."


@pytest.fixture
def news(tmp_path, monkeypatch):
    """Stand beside a folder of two articles."""
    monkeypatch.chdir(tmp_path)
    Path("news").mkdir()
    Path("news/ferry.txt").write_text(FERRY, encoding="utf-8")
    Path("news/pier.txt").write_text(PIER, encoding="utf-8")
    return Path("news")


@pytest.fixture(scope="module")
def other_reader(tiny_reader, tmp_path_factory):
    """Give the folder of a reader with another table."""
    return write_reader(tmp_path_factory.mktemp("readers") / "other", seed=3)


def lines_of(*words):
    """Give the errors of a command that fails."""
    code, _, err = run_sayso(*words)
    assert code == 1
    return [line for line in err.splitlines() if line.startswith("Error: ")]


def labels(*words):
    """Give what a command prints as JSON lines."""
    code, out, err = run_sayso("annotate", *words, "--format", "jsonl", "--why", "9")
    assert code == 0, err
    return json_rows(out)


def test_annotating_with_a_reader_gives_the_same_columns_by_other_models(news, tiny_reader):
    plain, read = labels(news), labels(news, "--reader", tiny_reader)
    assert [row.keys() for row in plain] == [row.keys() for row in read]
    assert [row["text"] for row in plain] == [row["text"] for row in read]
    assert [row["kind_scores"] for row in plain] != [row["kind_scores"] for row in read]
    assert not any("reader" in json.dumps(row) for row in plain)
    reasons = {words for row in read for words, _ in row["why"]["kind"]}
    assert "the transformer's estimate of the kind" in reasons


def test_several_processes_give_the_same_bytes(news, tiny_reader):
    words = ("annotate", news, "--format", "jsonl", "--why", "3", "--reader", tiny_reader)
    assert run_sayso(*words, "--jobs", "2") == run_sayso(*words)


def test_articles_are_annotated_together_as_alone(tiny_reader):
    annotator = sayso.load_annotator(reader=tiny_reader)
    articles = [sayso.Article(f"a{n}", text) for n, text in enumerate([FERRY, PIER, "", f"{PIER}\n\n{FERRY}", "!!!"])]
    together = [annotation for annotation in annotator.annotate_all(articles)]
    assert together == [annotator.annotate(article) for article in articles]


@pytest.mark.parametrize("task", ["attribution", "voice"])
def test_a_model_of_a_reader_is_refused_without_it_and_with_another(news, tiny_reader, other_reader, task):
    path = tiny_reader / f"{task}.sayso"
    digest, other = (load_word_reader(str(folder)).digest for folder in (tiny_reader, other_reader))
    needs = f"Error: {path}: this model needs the reader 'tiny'"
    with_none = f"{needs}; add --reader with its name or folder, or give a model that was trained without a reader."
    with_other = (
        f"{needs} (digest {digest}), not 'tiny' (digest {other}); install that version of the reader, or train the model "
        "again."
    )
    assert lines_of("annotate", news, "--model", path) == [with_none]
    assert lines_of("annotate", news, "--model", path, "--reader", other_reader) == [with_other]
    assert lines_of("audit", news, "--model", path, "--out", "audit") == [with_none]
    assert lines_of("audit", news, "--model", path, "--out", "audit", "--reader", other_reader) == [with_other]
    assert lines_of("data", "build", news, "--out", "built", "--prelabel", "--model", path) == [with_none]
    assert [path.name for path in Path().iterdir()] == ["news"]


def test_choosing_sentences_by_a_model_of_a_reader_takes_the_reader(news, tiny_reader):
    words = ("data", "suggest", news, "--n", "2", "--model", tiny_reader / "voice.sayso", "--out", "queue.csv")
    assert "this model needs the reader 'tiny'" in lines_of(*words)[0]
    assert not Path("queue.csv").exists()
    assert run_sayso(*words, "--reader", tiny_reader).exit_code == 0
    assert Path("queue.csv").exists()


def test_a_model_of_a_copy_of_the_reader_is_taken(news, tiny_reader):
    copy = shutil.copytree(tiny_reader, "copy")
    given = ("--model", Path(copy, "voice.sayso"), "--model", Path(copy, "attribution.sayso"))
    assert labels(news, "--reader", tiny_reader, *given) == labels(news, "--reader", tiny_reader)


def test_models_without_a_reader_may_be_given_beside_it(news, tiny_reader):
    attribution, voice = (str(shipped_model(task)) for task in ("attribution", "voice"))
    read = labels(news, "--reader", tiny_reader)
    assert labels(news, "--reader", tiny_reader, "--model", attribution) != labels(news)
    assert [row["kind"] for row in labels(news, "--reader", tiny_reader, "--model", voice)] == [
        row["kind"] for row in labels(news)
    ]
    assert read != labels(news)
    (said,) = lines_of("annotate", news, "--reader", tiny_reader, "--model", attribution, "--model", voice)
    assert said == "Error: no model in use was trained with a reader; leave out --reader."


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("voice", lambda path: path.unlink(), "this model file of the reader is missing; install the reader again."),
        ("voice", lambda path: path.write_bytes(b"PK"), "This model file comes with the reader: install the reader again."),
        (
            "attribution",
            lambda path: shutil.copy(shipped_model("attribution"), path),
            "trained without the reader. This model",
        ),
        (
            "attribution",
            lambda path: shutil.copy(path.with_name("voice.sayso"), path),
            "this is a model of another task. This",
        ),
        (
            "voice",
            lambda path: save(voice_with({"name": "tiny", "digest": "0" * 16}), path),
            "(digest 0000000000000000), not",
        ),
    ],
)
def test_a_reader_whose_own_models_do_not_fit_is_one_line(news, tiny_reader, name, change, said):
    own = Path(shutil.copytree(tiny_reader, "own"))
    change(own / f"{name}.sayso")
    (line,) = lines_of("annotate", news, "--reader", "own")
    assert f"own/{name}.sayso: " in line
    assert said in line


def test_a_text_classifier_with_a_reader_is_refused(tmp_path):
    file = read_model(shipped_model("bias"))
    path = tmp_path / "bias.sayso"
    write_model(path, {**file.manifest, "reader": {"name": "tiny", "digest": "1" * 16}}, file.arrays, file.texts)
    with pytest.raises(SaysoError, match=r"the key reader must be left out for this task, not an object of 2"):
        load(path)


def test_nothing_reads_with_a_model_that_lacks_its_reader(tiny_reader):
    reader = {"name": "tiny", "digest": "1" * 16}
    for build in (
        lambda: ATTRIBUTIONS.reader(attribution_with(reader)),
        lambda: SENTENCE.reader(voice_with(reader)),
        lambda: Annotator(voice=voice_with(reader)),
        lambda: Annotator(voice=voice_with(reader), reader=load_word_reader(str(tiny_reader))),
    ):
        with pytest.raises(SaysoError, match="this model needs the reader 'tiny'"):
            build()


def test_a_column_of_the_user_s_own_is_labelled_with_the_reader(news, tiny_reader, tmp_path):
    voice = read_model(tiny_reader / "voice.sayso")
    path = tmp_path / "tone.sayso"
    manifest = {**voice.manifest, "task": "tone", "labels": [f"t{n}" for n in range(len(voice.manifest["labels"]))]}
    write_model(path, manifest, voice.arrays, voice.texts)
    words = ("data", "suggest", news, "--n", "2", "--model", path, "--out", "queue.csv")
    assert lines_of(*words)[0].startswith(f"Error: {path}: this model needs the reader 'tiny'; add --reader")
    assert run_sayso(*words, "--reader", tiny_reader).exit_code == 0
    assert {row["suggested_tone"] for row in csv_rows(Path("queue.csv").read_text("utf-8"))} <= {*manifest["labels"]}
    model, reader = load(path), load_word_reader(str(tiny_reader))
    read, plain = reader_of(model, None, reader), reader_of(replace(model, reader=None), None, reader)
    assert read.chances(seen(FERRY), None, []).tolist() != plain.chances(seen(FERRY), None, []).tolist()


def test_an_archive_records_the_reader_and_goes_on_only_with_it(news, tiny_reader, other_reader):
    words = ("annotate", news, "--out", "out/", "--format", "jsonl")
    assert run_sayso(*words, "--reader", tiny_reader).exit_code == 0
    run = json.loads(Path("out/run.json").read_text(encoding="utf-8"))
    reader = load_word_reader(str(tiny_reader)).as_json()
    assert run["options"]["reader"] == reader
    assert {"onnxruntime", "tokenizers"} <= run["versions"].keys()
    assert run_sayso(*words, "--reader", tiny_reader).stderr.startswith("2 files of 2 are already finished.")
    shown = f"reader (tiny {reader['digest']}, now "
    assert f"{shown}none)" in lines_of(*words)[0]
    assert f"{shown}tiny {load_word_reader(str(other_reader)).digest})" in lines_of(*words, "--reader", other_reader)[0]
    assert "leave out --reader" in lines_of("audit", "out", "--out", "audit", "--reader", tiny_reader)[0]
    assert "contains annotations" in lines_of("annotate", "out", "--shares", "-", "--reader", tiny_reader)[0]


def test_an_archive_is_read_by_several_processes_and_parts_alike(news, tiny_reader):
    words = ("annotate", news, "--format", "jsonl", "--reader", tiny_reader)
    made = {}
    for out, more in (("one/", [[]]), ("two/", [["--jobs", "2"]]), ("parts/", [["--part", "1/2"], ["--part", "2/2"]])):
        for options in more:
            assert run_sayso(*words, "--out", out, *options).exit_code == 0
        made[out] = {path.name: path.read_bytes() for path in Path(out).rglob("*.txt.jsonl")}
    assert len(made["one/"]) == 2
    assert made["one/"] == made["two/"] == made["parts/"]


def test_an_archive_without_a_reader_says_so(news):
    assert run_sayso("annotate", news, "--out", "out/", "--format", "jsonl").exit_code == 0
    run = json.loads(Path("out/run.json").read_text(encoding="utf-8"))
    assert run["options"]["reader"] is None
    assert not {"onnxruntime", "tokenizers"} & run["versions"].keys()


def test_an_audit_names_the_reader_whatever_it_is_made_of(news, tiny_reader):
    assert run_sayso("audit", news, "--out", "audit", "--reader", tiny_reader).exit_code == 0
    assert run_sayso("annotate", news, "--out", "out/", "--format", "jsonl", "--reader", tiny_reader).exit_code == 0
    assert run_sayso("audit", "out", "--out", "audit-of-out").exit_code == 0
    first, second = (json.loads(Path(out, "audit.json").read_text())["made_with"] for out in ("audit", "audit-of-out"))
    assert first["reader"] == load_word_reader(str(tiny_reader)).as_json()
    assert first["built_in"] == []
    assert first == second


def test_an_audit_of_outputs_names_the_corpora_of_a_reader_that_is_installed(news, tiny_reader, monkeypatch):
    Path("site").mkdir()
    folder = Path(shutil.copytree(tiny_reader, "site/sayso_reader_of_the_fen"))
    reader = write_parts(folder, network(tables()), tokenizer(WORDS), name="fen")
    for name, model in (("attribution", attribution_with(reader)), ("voice", voice_with(reader))):
        save(model, folder / f"{name}.sayso", data=[{"name": "PolNeAR 1.0", "articles": 1, "sentences": 9}])
    monkeypatch.setitem(PACKAGES, "fen", folder.name)
    monkeypatch.syspath_prepend("site")
    assert run_sayso("annotate", news, "--out", "out/", "--format", "jsonl", "--reader", "fen").exit_code == 0
    assert run_sayso("audit", news, "--out", "audit", "--reader", "fen").exit_code == 0
    assert run_sayso("audit", "out", "--out", "audit-of-out").exit_code == 0
    made = [json.loads(Path(out, "audit.json").read_text())["made_with"] for out in ("audit", "audit-of-out")]
    assert [(of["reader"], of["corpora"]) for of in made] == [(reader, ["polnear"])] * 2
    monkeypatch.delitem(PACKAGES, "fen")
    assert run_sayso("audit", "out", "--out", "audit-of-out", "--force").exit_code == 0
    assert json.loads(Path("audit-of-out/audit.json").read_text())["made_with"]["corpora"] == []


def test_an_audit_without_a_reader_names_none(news):
    assert run_sayso("audit", news, "--out", "audit").exit_code == 0
    made = json.loads(Path("audit/audit.json").read_text())["made_with"]
    assert (made["built_in"], "reader" in made) == (["attribution", "voice"], False)


def test_suggestions_are_made_with_the_reader(news, tiny_reader):
    assert (
        "add --prelabel, or leave out --reader" in lines_of("data", "build", news, "--out", "no", "--reader", tiny_reader)[0]
    )
    assert run_sayso("data", "build", news, "--out", "plain", "--prelabel").exit_code == 0
    assert run_sayso("data", "build", news, "--out", "read", "--prelabel", "--reader", tiny_reader).exit_code == 0
    plain, read = (sorted(path.read_bytes() for path in Path(of).rglob("*.parquet")) for of in ("plain", "read"))
    assert plain
    assert plain != read


@pytest.mark.parametrize("name", ["", "no-such-reader"])
def test_no_such_reader_is_one_line(news, name):
    (said,) = lines_of("annotate", news, "--reader", name)
    assert said.endswith(": no reader of this name (minilm), and no folder with a reader.json.")


def test_a_settings_file_names_a_reader_s_folder_beside_it(news, tiny_reader, monkeypatch):
    monkeypatch.setenv("SAYSO_CONFIG", "sayso.toml")
    shutil.copytree(tiny_reader, "own")
    Path("sayso.toml").write_text('[annotate]\nreader = "own"\n', encoding="utf-8")
    Path("deep").mkdir()
    monkeypatch.setenv("SAYSO_CONFIG", str(Path("sayso.toml").resolve()))
    monkeypatch.chdir("deep")
    code, out, err = run_sayso("annotate", "../news/ferry.txt", "--format", "jsonl", "--why", "9")
    assert code == 0, err
    assert "the transformer's estimate" in out


def test_a_reader_of_a_settings_file_is_no_hindrance_where_nothing_is_annotated(news, tiny_reader, monkeypatch):
    shutil.copytree(tiny_reader, "own")
    Path("sayso.toml").write_text('reader = "own"\n', encoding="utf-8")
    monkeypatch.setenv("SAYSO_CONFIG", "sayso.toml")
    assert run_sayso("annotate", news, "--out", "out/", "--format", "jsonl").exit_code == 0
    assert json.loads(Path("out/run.json").read_text("utf-8"))["options"]["reader"]["name"] == "tiny"
    assert run_sayso("annotate", "out", "--shares", "-").exit_code == 0
    assert run_sayso("audit", "out", "--out", "audit").exit_code == 0
    assert run_sayso("data", "build", news, "--out", "built").exit_code == 0


def test_a_model_that_learned_beside_other_attributions_than_the_reader_s_says_so(tiny_reader, tmp_path):
    file = read_model(shipped_model("voice"))
    path = tmp_path / "mine.sayso"
    beside = learned_beside(["attribution"])
    write_model(path, {**file.manifest, BESIDE: beside}, file.arrays, file.texts)
    reader = load_word_reader(str(tiny_reader))
    said = f"{path}: trained together with another attribution model than the one in use; train it again"
    assert list(beside_others([path])) == []
    assert [note.startswith(said) for note in beside_others([path], reader)] == [True]
    of_reader = {"attribution": read_model(reader.model("attribution")).digest}
    write_model(path, {**file.manifest, BESIDE: of_reader}, file.arrays, file.texts)
    assert list(beside_others([path], reader)) == []


def test_python_reads_with_a_reader_by_name_or_folder(tiny_reader, monkeypatch):
    by_path, by_text = sayso.annotate(FERRY, reader=tiny_reader), sayso.annotate(FERRY, reader=str(tiny_reader))
    assert by_path == by_text
    assert [s.kind_scores for s in by_path] != [s.kind_scores for s in sayso.annotate(FERRY)]
    annotator = sayso.load_annotator(reader=tiny_reader)
    assert repr(annotator) == "Annotator(voice, extractor, bias, reader)"
    assert list(annotator.annotate(sayso.Article("text", FERRY))) == list(by_path)
    monkeypatch.chdir(tiny_reader.parent)
    assert sayso.annotate(FERRY, reader=tiny_reader.name) == by_path


def test_python_refuses_what_names_no_reader():
    with pytest.raises(TypeError, match=r"^reader is the name or the folder of a reader \(str\), not int\.$"):
        sayso.load_annotator(reader=3)
    with pytest.raises(SaysoError, match=r"^fen: no reader of this name \(minilm\), and no folder with a reader\.json\.$"):
        sayso.annotate(FERRY, reader=Path("fen").name)


def test_a_frame_is_read_with_a_reader(tiny_reader):
    pandas = pytest.importorskip("pandas")
    frame = sayso.annotate_frame(pandas.DataFrame({"text": [FERRY, PIER]}), reader=tiny_reader)
    alone = [s.kind for text in (FERRY, PIER) for s in sayso.annotate(text, reader=tiny_reader)]
    assert list(frame["kind"]) == alone


def test_a_reader_that_was_changed_is_loaded_anew(tiny_reader, other_reader, tmp_path):
    own = tmp_path / "own"
    shutil.copytree(tiny_reader, own)
    first = sayso.annotate(FERRY, reader=own)
    shutil.copytree(other_reader, own, dirs_exist_ok=True)
    assert [s.kind_scores for s in sayso.annotate(FERRY, reader=own)] != [s.kind_scores for s in first]


LOADED = """
import sys, sayso
sayso.annotate("The ferry is late, the council said.")
print(sorted({"onnxruntime", "tokenizers"} & sys.modules.keys()))
"""


def test_without_a_reader_its_libraries_are_not_loaded():
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_reader_of_the_repository_reads(news, reader_folder):
    if not (reader_folder / "voice.sayso").is_file():
        pytest.skip("the reader's models are not there")
    read = labels(news, "--reader", reader_folder)
    assert [row["text"] for row in read] == [row["text"] for row in labels(news)]
    assert {row["kind"] for row in read if row["text"].startswith("“It will")} == {"quote"}
