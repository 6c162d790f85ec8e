"""The reader minilm is a distribution of its own, and its files are those that its card names."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from sayso.classify.model_files.container import read_model
from sayso.classify.model_files.shipped import mark_of, seen_by
from sayso.classify.word_reader.reader import digest_of

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "reader" / "sayso_reader_minilm"
if not (ROOT / "reader" / "pyproject.toml").exists():
    pytest.skip("the source archive of sayso does not hold the reader", allow_module_level=True)
MAIN, READER = (tomllib.loads((ROOT / folder / "pyproject.toml").read_text("utf-8")) for folder in (".", "reader"))
TEXTS = ("reader.json", "tokenizer.json", "README.md", "NOTICE")
OF_A_MACHINE = re.compile(rb"/(?:home|root|tmp|Users|usr|mnt)/|[A-Z]:\\\\Users|file://|site-packages")
ADDRESS = re.compile(rb"https?://[\w.-]+")


@pytest.fixture(scope="module")
def card():
    return json.loads((FOLDER / "reader.json").read_text("utf-8"))


def test_both_distributions_have_one_version_and_need_one_python():
    for key in ("version", "requires-python"):
        assert READER["project"][key] == MAIN["project"][key]
    assert READER["build-system"] == MAIN["build-system"]


def test_no_other_package_is_asked_for_by_name():
    assert READER["project"]["dependencies"] == []


def test_sayso_itself_does_not_hold_it():
    assert [name for name in MAIN["tool"]["setuptools"]["packages"] if "minilm" in name] == []
    assert [folder for folder in MAIN["tool"]["setuptools"]["package-data"] if "minilm" in folder] == []
    manifest = (ROOT / "MANIFEST.in").read_text("utf-8").splitlines()
    held = [line for line in manifest if "reader" in line or line.split()[1] in (".", "*")]
    assert held == ["include reader/sayso_reader_minilm/README.md"]  # to which the documentation links


def test_the_wheel_holds_every_file_of_the_folder():
    patterns = READER["tool"]["setuptools"]["package-data"]["sayso_reader_minilm"]
    shipped = {path.name for pattern in patterns for path in FOLDER.glob(pattern)}
    assert shipped | {"__init__.py"} == {path.name for path in FOLDER.iterdir() if path.name != "__pycache__"}
    assert {"network.onnx", "tokenizer.json", "reader.json", "attribution.sayso", "voice.sayso"} <= shipped
    licences = {path.name for pattern in READER["project"]["license-files"] for path in (ROOT / "reader").glob(pattern)}
    assert licences == {"LICENSE-APACHE", "LICENSE-MIT", "NOTICE"}


def test_its_module_is_nothing_but_a_docstring():
    lines = (FOLDER / "__init__.py").read_text("utf-8").splitlines()
    assert len(lines) == 1
    assert re.fullmatch(r'"""[^"]+"""', lines[0])


def test_the_card_names_these_files(card):
    assert card["name"] == "minilm"
    assert card["digest"] == digest_of((FOLDER / "network.onnx").read_bytes(), (FOLDER / "tokenizer.json").read_bytes())


@pytest.mark.parametrize("task", ["attribution", "voice"])
def test_the_models_on_top_are_for_this_network(card, task):
    assert read_model(FOLDER / f"{task}.sayso").manifest["reader"] == {"name": card["name"], "digest": card["digest"]}


def test_the_licence_is_named_and_its_text_is_there(card):
    expression = READER["project"]["license"]
    assert expression == "Apache-2.0 AND MIT"
    assert set(card["licence"].split(" AND ")) <= set(expression.split(" AND "))
    assert "Version 2.0, January 2004" in (FOLDER / "LICENSE-APACHE").read_text("utf-8")
    assert (FOLDER / "LICENSE-MIT").read_text("utf-8") == (ROOT / "LICENSE").read_text("utf-8")
    notice = (FOLDER / "NOTICE").read_text("utf-8")
    assert "sentence-transformers/all-MiniLM-L6-v2" in notice
    assert "changed in the model" in notice  # section 4 (b) of the Apache License


def test_the_model_card_has_its_sections():
    headings = re.findall(r"(?m)^## (.+)$", (FOLDER / "README.md").read_text("utf-8"))
    assert headings == [
        "What it is",
        "How to use it",
        "What it is not for",
        "What it learned from",
        "How it was made",
        "Scores",
        "Limits",
        "Files",
        "Licence",
    ]


@pytest.mark.parametrize("name", [*TEXTS, "network.onnx"])
def test_nothing_names_a_place_of_the_machine_that_made_it(name):
    assert OF_A_MACHINE.findall((FOLDER / name).read_bytes()) == []


@pytest.mark.parametrize("name", ["reader.json", "tokenizer.json", "network.onnx"])
def test_what_is_read_holds_no_address(name):
    assert ADDRESS.findall((FOLDER / name).read_bytes()) == []


def test_the_network_is_whole_in_its_file():
    """Weights of an ONNX file may be in others, whose places are given under this key."""
    assert b"location" not in (FOLDER / "network.onnx").read_bytes()


def test_the_network_takes_what_is_given_and_gives_what_is_asked_for(reader_folder):
    import onnxruntime

    session = onnxruntime.InferenceSession((reader_folder / "network.onnx").read_bytes(), providers=["CPUExecutionProvider"])
    assert [given.name for given in session.get_inputs()] == ["pieces", "case", "quoted"]
    assert [found.name for found in session.get_outputs()] == ["outputs", "asks", "answers"]


def test_the_card_marks_every_article_of_the_built_in_corpus(card, our_corpus):
    assert {mark_of(labelled.article) for labelled in our_corpus} <= seen_by(card)
    assert [data["name"] for data in card["data"]] == ["sayso corpus", "PolNeAR 1.0"]
