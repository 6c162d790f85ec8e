"""What a light install does: annotate and audit without what only datasets, training and evaluation need."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from sayso.cli import _NOT_LIGHT

ROOT = Path(__file__).parents[2]
WITHOUT = f"""
import sys

class NotInstalled:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {set(_NOT_LIGHT)!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, NotInstalled())
from sayso.cli import app
app(sys.argv[1:], prog_name="sayso")
"""
NEWS = "The ferry to Sandholm was late, the harbour master said on Friday. Nobody was hurt.\n"


@pytest.fixture
def run(tmp_path):
    """Run a command in a folder with an article, where the packages are not installed."""
    (tmp_path / "ferry.txt").write_text(NEWS, encoding="utf-8")

    def run(*words):
        command = [sys.executable, "-c", WITHOUT, *words]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    return run


@pytest.mark.parametrize(
    ("words", "written"),
    [
        (["annotate", "ferry.txt"], None),
        (["annotate", "ferry.txt", "--out", "a.jsonl", "--jobs", "-1"], "a.jsonl"),
        (["annotate", "ferry.txt", "--out", "a.html", "--target", "Sandholm"], "a.html"),
        (["annotate", "ferry.txt", "--out", "a.csv", "--shares", "s.csv", "--profile", "p.csv"], "a.csv"),
        (["audit", "ferry.txt", "--out", "audit"], "audit/index.html"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_annotating_and_auditing_need_none_of_it(words, written, run, tmp_path):
    done = run(*words)
    assert done.returncode == 0, done.stderr
    text = (tmp_path / written).read_text(encoding="utf-8") if written else done.stdout
    assert "harbour master" in text


def test_what_needs_more_says_what_to_install(run):
    done = run("data", "build", "ferry.txt", "--out", "made")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        "Error: this needs pyarrow, which a light install leaves out; install it with: pip install pyarrow"
    )


def test_the_documented_install_names_all_other_requirements():
    required = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    names = {re.split(r"[><=]", line)[0] for line in required}
    page = (ROOT / "docs" / "cli.md").read_text("utf-8")
    (listed,) = re.findall(r"(?m)^pip install (charset-normalizer .*)$", page)
    assert set(listed.split()) == names - set(_NOT_LIGHT.values())
    assert names >= set(_NOT_LIGHT.values())
