"""``sayso cite``: the tool, and what results have used."""

import hashlib
import json
import re
from importlib.metadata import version
from pathlib import Path

import pytest
from builders import run_sayso

from sayso.classify.model_files.shipped import shipped_model
from sayso.data.corpora.registry import CORPORA


def keys(result):
    assert result.exit_code == 0, result.stderr
    return re.findall(r"^@\w+\{(\w+),$", result.stdout, re.MULTILINE)


def test_the_tool_alone():
    result = run_sayso("cite")
    assert keys(result) == ["sayso"]
    assert "author = {{The sayso authors}}" in result.stdout


def test_a_built_in_model_brings_its_corpora_and_methods():
    found = keys(run_sayso("cite", shipped_model("voice")))
    assert found == [
        "bommarito2025nupunkt", "guo2017calibration", "newell2018attribution", "pedregosa2011scikit",
        "platt1999probabilistic", "sayso",
    ]  # fmt: skip


def test_several_results_are_cited_together_as_text(tmp_path):
    shares = [{"column": "kind", "labels": {}, "without_machine_label": 0}]
    (tmp_path / "shares.json").write_text(json.dumps(shares), encoding="utf-8")
    agreement = {"annotators": [], "columns": {}}
    (tmp_path / "agree.json").write_text(json.dumps(agreement), encoding="utf-8")
    result = run_sayso("cite", tmp_path / "shares.json", tmp_path / "agree.json", "--format", "text")
    assert result.exit_code == 0, result.stderr
    starts = [line.split(",")[0] for line in result.stdout.splitlines()]
    assert starts == ["Angelopoulos", "Angelopoulos", "Cohen", "Egami", "Gwet", "Krippendorff", starts[-1]]
    assert starts[-1].startswith("The sayso authors (")


def test_a_dataset_folder_names_its_corpora(tmp_path):
    card = "built by `sayso data build`\n"
    (tmp_path / "README.md").write_text(card + f"| BABE, {CORPORA['babe'].home} | AGPL-3.0 | 1 | 1 |\n", encoding="utf-8")
    assert keys(run_sayso("cite", tmp_path)) == ["sayso", "spinde2021neural"]
    (tmp_path / "README.md").write_text(card, encoding="utf-8")
    result = run_sayso("cite", tmp_path)
    assert keys(result) == ["sayso"]
    assert result.stderr == f"{tmp_path}: the dataset's card names no public corpus.\n"


def test_a_run_over_an_archive_names_its_built_in_models(tmp_path):
    digest = hashlib.sha256(shipped_model("attribution").read_bytes()).hexdigest()
    run = {"run": {"sayso": "0.1.0"}, "models": {"attribution": digest, "voice": "0" * 64}}
    (tmp_path / "run.json").write_text(json.dumps(run), encoding="utf-8")
    assert keys(run_sayso("cite", tmp_path)) == [
        "bommarito2025nupunkt", "newell2018attribution", "pedregosa2011scikit", "sayso"
    ]  # fmt: skip


OF_BUILT_IN = [
    "bommarito2025nupunkt", "guo2017calibration", "newell2018attribution", "pedregosa2011scikit", "platt1999probabilistic",
    "sayso",
]  # fmt: skip


@pytest.mark.parametrize("place", ["audit", "audit/index.html", "audit/audit.json"])
def test_an_audit_names_what_its_models_and_its_shares_rest_on(tmp_path, monkeypatch, place):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tolle.txt").write_text("The Harbour Office of Tolle said the ferry would not sail.", encoding="utf-8")
    assert run_sayso("audit", "tolle.txt", "--out", "audit").exit_code == 0
    made = json.loads((tmp_path / "audit" / "audit.json").read_text(encoding="utf-8"))["made_with"]
    digests = {name: hashlib.sha256(shipped_model(name).read_bytes()).hexdigest() for name in ("attribution", "voice")}
    assert (made["models"], made["built_in"], made["corpora"]) == (digests, ["attribution", "voice"], ["polnear"])
    assert made["versions"]["sayso"] == version("sayso")
    assert keys(run_sayso("cite", place)) == sorted([*OF_BUILT_IN, "forman2008quantifying", "bella2010quantification"])


def test_an_audit_with_models_of_ones_own_names_their_digests(tmp_path, fake_model_options):
    (tmp_path / "tolle.txt").write_text("The Harbour Office of Tolle said the ferry would not sail.", encoding="utf-8")
    run_sayso("audit", tmp_path / "tolle.txt", "--out", tmp_path / "audit", *fake_model_options)
    made = json.loads((tmp_path / "audit" / "audit.json").read_text(encoding="utf-8"))["made_with"]
    files = {Path(path).stem: path for path in fake_model_options if path.endswith(".sayso")}
    assert made["models"] == {name: hashlib.sha256(Path(path).read_bytes()).hexdigest() for name, path in files.items()}
    assert (made["built_in"], made["corpora"]) == ([], [])


def test_the_built_in_models_are_cited_by_a_word():
    assert keys(run_sayso("cite", "built-in")) == sorted([*OF_BUILT_IN, "hamborg2021newsmtsc"])


@pytest.mark.parametrize("name", ["labels.csv", "labels.jsonl", "labels.html"])
def test_annotations_in_one_file_say_what_to_type(tmp_path, name):
    (tmp_path / "tolle.txt").write_text("The Harbour Office of Tolle said the ferry would not sail.", encoding="utf-8")
    assert run_sayso("annotate", tmp_path / "tolle.txt", "--out", tmp_path / name).exit_code == 0
    told = "annotations in one file do not record their models; type: sayso cite built-in (and add your own model files, "
    told += "if you gave some with --model).\n"
    assert run_sayso("cite", tmp_path / name) == (1, "", f"Error: {tmp_path / name}: {told}")


@pytest.mark.parametrize("name", ["x.json", "y.txt", "folder"])
def test_what_says_nothing_is_refused(tmp_path, name):
    (tmp_path / "x.json").write_text('{"a": 1}', encoding="utf-8")
    (tmp_path / "y.txt").write_text("words", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    result = run_sayso("cite", tmp_path / name)
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"{name}: nothing here says what was used; give a report of sayso evaluate or compare" in result.stderr


def test_a_missing_path_and_an_unknown_format_are_refused(tmp_path):
    result = run_sayso("cite", tmp_path / "gone")
    assert result.stderr == f"Error: {tmp_path / 'gone'}: no such file or folder.\n"
    assert run_sayso("cite", "--format", "xml").stderr == "Error: --format xml: no such format; give bibtex or text.\n"
