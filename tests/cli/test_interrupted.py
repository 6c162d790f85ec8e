"""What a killed run had not put in place is put in place by whatever names it next."""

import pytest
from builders import labelled_article, run_sayso

import sayso
from sayso.data.datasets.folder import write_dataset
from sayso.data.writing.journal import PUT, Moves, commit


@pytest.fixture
def killed(tmp_path, monkeypatch):
    """Leave a dataset as a run that is killed between its last moves leaves it: the old one aside, the new one not there."""
    monkeypatch.chdir(tmp_path)
    work = tmp_path / "q" / ".ds.abcdefgh.part"
    work.mkdir(parents=True)
    article = labelled_article("ferry", ("The ferry was late.", {"kind": "narrative", "source_type": "none"}))
    write_dataset([article], work / "new")
    commit([Moves(work, ["ds"], [(PUT, f"{work.name}/new", "ds")])])
    return tmp_path / "q" / "ds"


DONE = "q/ds: an interrupted run had not put all of it in place; this is done now."


@pytest.mark.parametrize(
    "words",
    [
        ["data", "show", "q/ds"],
        ["data", "show", "q/ds/data/train-00000-of-00001.parquet"],
        ["data", "export", "q/ds", "--format", "jsonl", "-oout.jsonl"],
        ["train", "kind", "-dq/ds", "-o", "z.sayso"],
        ["evaluate", "kind", "--data=q/ds"],
    ],
)
def test_any_way_to_name_it_puts_it_in_place(killed, words):
    result = run_sayso(*words)
    assert result.stderr.splitlines()[0].endswith(DONE)
    assert "no such file" not in result.stderr
    assert (killed / "README.md").is_file()
    assert [path.name for path in killed.parent.iterdir()] == ["ds"]


def test_so_does_a_settings_file(killed, tmp_path, monkeypatch):
    (tmp_path / "sayso.toml").write_text('[evaluate]\ndata = "q/ds"\n', encoding="utf-8")
    monkeypatch.delenv("SAYSO_CONFIG")
    assert DONE in run_sayso("evaluate", "kind").stderr
    assert killed.is_dir()


def test_so_does_python(killed):
    assert [labelled.article.id for labelled in sayso.load_dataset("q/ds")] == ["ferry"]
    assert [path.name for path in killed.parent.iterdir()] == ["ds"]


def test_a_command_that_names_no_file_looks_nowhere(killed):
    assert run_sayso("files").stderr == ""
    assert not killed.exists()
