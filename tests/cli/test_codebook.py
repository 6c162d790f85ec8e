import json
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import pytest
from builders import labelled_article, run_sayso, write_rows

from sayso.data.codebook.reading import default_text
from sayso.data.codebook.versions import Versions
from sayso.data.project.project import Project
from sayso.data.project.records import Change

TOPIC = """
builtin = ["kind"]
[[column]]
name = "topic"
question = "What is the sentence about?"
labels = [{ name = "war", text = "Shells | truces" }, "economy"]
"""
ROWS = [
    {"article": "a", "n": 0, "text": "Shells fell on Brenn.", "kind": "narrative", "topic": "war"},
    {"article": "a", "n": 1, "text": "Bread was dear.", "kind": "narrative", "topic": "prices"},
]


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a command in a folder with topic.toml and labels in it; give exit code, output and messages."""
    monkeypatch.chdir(tmp_path)
    Path("topic.toml").write_text(TOPIC, encoding="utf-8")
    write_rows("rows.jsonl", ROWS)
    return partial(run_sayso, "data")


@pytest.fixture
def project(run):
    """Make a project with a dataset of one annotator."""
    Path("project").mkdir()
    Versions(Path("project")).take_up(Path("topic.toml"))
    assert run("build", "rows.jsonl", "--label-column", "topic", "--out", "project/labels/anna").exit_code == 0
    return Path("project")


def test_a_codebook_is_checked_and_shown(run):
    code, out, err = run("codebook", "topic.toml")
    assert code == 0
    assert "# topic: What is the sentence about?\nlabel\tkey\tmeans\texamples\tnot\nwar\tw\tShells | truces\t\t\n" in out
    assert err.startswith("topic.toml: 2 columns, 6 labels; SHA-256 ")
    assert err.endswith("; no problems found.\n")


def test_json_has_everything(run):
    found = json.loads(run("codebook", "topic.toml", "--json").stdout)
    assert [column["name"] for column in found["columns"]] == ["kind", "topic"]
    assert found["columns"][1] == {
        "name": "topic",
        "question": "What is the sentence about?",
        "text": "",
        "asked": True,
        "builtin": False,
        "labels": [
            {"name": "war", "key": "w", "text": "Shells | truces", "examples": [], "not_examples": []},
            {"name": "economy", "key": "y", "text": "", "examples": [], "not_examples": []},
        ],
    }


def test_without_a_file_the_one_that_comes_along_is_shown(run):
    code, out, err = run("codebook")
    assert code == 0
    assert out.startswith("# kind: Whose word does the reader have for this sentence?\n")
    assert err.startswith("The built-in codebook: 5 columns, 22 labels")


def test_a_new_codebook_is_ready_to_edit_and_replaces_nothing(run):
    assert run("codebook", "--new", "mine.toml") == (
        0,
        "",
        "Written to mine.toml; edit it, then check it with: sayso data codebook mine.toml\n",
    )
    assert Path("mine.toml").read_text("utf-8") == default_text()
    assert run("codebook", "mine.toml").exit_code == 0
    assert run("codebook", "--new", "topic.toml") == (
        1,
        "",
        "Error: topic.toml already exists; choose another name, or add --force to overwrite it.\n",
    )
    assert Path("topic.toml").read_text("utf-8") == TOPIC
    assert run("codebook", "topic.toml", "--new", "x.toml").exit_code == 2
    assert run("codebook", "--new", "topic.toml", "--force").exit_code == 0


def test_what_is_wrong_is_one_line(run):
    Path("topic.toml").write_text(TOPIC.replace('"economy"', '"War"'), encoding="utf-8")
    code, out, err = run("codebook", "topic.toml")
    assert (code, out) == (1, "")
    where = "topic.toml: column 1 (topic): label 2 (War)"
    assert err == f"Error: {where}: 'War' differs from 'war' only in capital letters; give each label once.\n"


def test_a_project_tells_which_version_is_in_force(run, project):
    assert run("codebook", "project").stderr.endswith("\nVersion 1, in force.\n")
    (project / "codebook.toml").write_text(TOPIC.replace('"economy"', '"economy", "sport"'), encoding="utf-8")
    code, out, err = run("codebook", "project")
    assert code == 0
    assert "sport" in out
    assert err.endswith("\nChanges since version 1, not yet in force: topic: added sport.\n")


def test_a_dataset_in_a_project_goes_to_label_studio_with_the_projects_codebook(run, project):
    code, _, err = run("export", "project/labels/anna", "--format", "label-studio", "--out", "tasks.json")
    assert code == 0
    assert err.splitlines()[0].endswith("project/codebook.toml. Version 1, in force.")
    assert "topic: 'prices' is not a label of the codebook; 1 sentence with it." in err.splitlines()
    view = ElementTree.parse("tasks.xml").getroot()
    assert [tag.get("value") for tag in view.findall("Choices[@name='topic']/Choice")] == ["war", "economy", "prices"]


def test_another_codebook_may_be_named(run, project):
    Path("other.toml").write_text('builtin = []\n[[column]]\nname = "frame"\nlabels = ["loss", "gain"]', encoding="utf-8")
    for source in ("project/labels/anna", "rows.jsonl"):
        options = ["--format", "label-studio", "--codebook", "other.toml", "--out", "tasks.json", "--force"]
        assert run("export", source, *options).exit_code == 0
        view = ElementTree.parse("tasks.xml").getroot()
        assert [tag.get("name") for tag in view.findall("Choices")] == ["frame", "kind"]  # kinds are labelled already


def test_only_label_studio_takes_a_codebook(run):
    code, _, err = run("export", "rows.jsonl", "--format", "csv", "--out", "x.csv", "--codebook", "topic.toml")
    assert code == 2
    assert "--codebook works only with --format label-studio." in err
    assert not Path("x.csv").exists()


def test_the_dataset_card_tells_what_labels_mean(run, project):
    card = (project / "labels" / "anna" / "README.md").read_text("utf-8")
    assert "Labelled by the codebook, version 1 (SHA-256 `" in card
    assert "\n### topic\n\nWhat is the sentence about?\n\n| label | means | examples | not |\n" in card
    assert "\n| war | Shells \\| truces |  |  |\n| economy |  |  |  |\n" in card
    run("build", "rows.jsonl", "--label-column", "topic", "--out", "named", "--codebook", "topic.toml")
    assert "Labelled by the codebook (SHA-256 `" in Path("named/README.md").read_text("utf-8")
    run("build", "rows.jsonl", "--label-column", "topic", "--out", "without")
    assert "## Labels" not in Path("without/README.md").read_text("utf-8")


def test_the_card_of_what_is_being_labelled_tells_what_labels_mean(run, project):
    with Project.open(project, "ben", tell=print) as opened:
        opened.add([labelled_article("a", "Shells fell on Brenn.")])
    (project / "codebook.toml").write_text("[[", encoding="utf-8")
    with Project.open(project, "ben", tell=print) as opened:
        opened.change(Change("a", 0, {"kind": "narrative"}))
    card = (project / "labels" / "ben" / "README.md").read_text("utf-8")
    assert "Labelled by the codebook, version 1 (SHA-256 `" in card
    assert "| war | Shells \\| truces |  |  |" in card


def test_a_dataset_with_a_codebook_in_its_card_is_still_one_of_ours(run, project):
    assert run("build", "rows.jsonl", "--out", "project/labels/anna", "--force").exit_code == 0
    assert run("show", "project/labels/anna").exit_code == 0


def test_check_tells_labels_that_the_codebook_lacks(run):
    options = ["--label-column", "topic", "--codebook", "topic.toml"]
    code, out, err = run("check", "rows.jsonl", *options)
    assert code == 0
    assert out == "dataset: warning: topic: 'prices' is not a label of the codebook; 1 sentence with it\n"
    assert err == "2 sentences in 1 article: 0 errors, 1 warning.\n"
    assert run("check", "rows.jsonl", "--label-column", "topic").stdout == ""


def test_check_tells_what_became_of_a_label_in_a_project(run, project):
    (project / "codebook.toml").write_text(TOPIC.replace('"war"', '"conflict"'), encoding="utf-8")
    Versions(project).take_up()
    warned = "dataset: warning: topic:"
    assert run("check", "project/labels/anna").stdout.splitlines() == [
        f"{warned} 'war' is not a label of the codebook (version 1 had it; now named 'conflict'); 1 sentence with it",
        f"{warned} 'prices' is not a label of the codebook; 1 sentence with it",
    ]
