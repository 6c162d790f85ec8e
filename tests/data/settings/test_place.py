"""Where a settings file is found."""

from pathlib import Path

import pytest

from sayso.data.settings.place import find_file, folders_upward
from sayso.errors import SaysoError


@pytest.fixture
def folders(tmp_path, monkeypatch):
    """Give a home folder, and a working folder two steps below it; nothing is named by the environment."""
    home = tmp_path / "home"
    work = home / "study" / "week"
    work.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("SAYSO_CONFIG", raising=False)
    monkeypatch.chdir(work)
    return home, work


def test_the_first_file_upward_counts(folders):
    home, work = folders
    assert find_file() is None
    (home / "sayso.toml").write_text("")
    assert find_file() == home / "sayso.toml"
    (work.parent / "sayso.toml").write_text("")
    assert find_file() == work.parent / "sayso.toml"


def test_the_search_ends_at_the_home_folder(folders, tmp_path):
    (tmp_path / "sayso.toml").write_text("")
    home, work = folders
    assert list(folders_upward()) == [work, work.parent, home]
    assert find_file() is None


def test_outside_the_home_folder_the_search_ends_at_the_root(folders, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert list(folders_upward())[-1] == Path(tmp_path.anchor)


def test_a_project_file_counts_only_with_a_table_of_ours(folders):
    home, work = folders
    (home / "sayso.toml").write_text("")
    (work / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert find_file() == home / "sayso.toml"
    (work / "pyproject.toml").write_text("[tool.sayso]\njobs = 2\n")
    assert find_file() == work / "pyproject.toml"
    (work / "sayso.toml").write_text("")
    assert find_file() == work / "sayso.toml"


def test_the_environment_names_another_file_or_none(folders, monkeypatch):
    home, work = folders
    (work / "sayso.toml").write_text("")
    (home / "other.toml").write_text("")
    monkeypatch.setenv("SAYSO_CONFIG", str(home / "other.toml"))
    assert find_file() == home / "other.toml"
    monkeypatch.setenv("SAYSO_CONFIG", "")
    assert find_file() is None
    monkeypatch.setenv("SAYSO_CONFIG", "gone.toml")
    with pytest.raises(
        SaysoError, match=r"^SAYSO_CONFIG=gone.toml: no such file; correct the path, or unset SAYSO_CONFIG.$"
    ):
        find_file()
