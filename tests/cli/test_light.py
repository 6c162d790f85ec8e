"""What a light install does: annotate and audit without what only datasets, training and evaluation need."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from sayso.cli import _NOT_LIGHT

ROOT = Path(__file__).parents[2]
WITHOUT = f"""
import sys

class NotInstalled:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {set(_NOT_LIGHT)!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, NotInstalled())
import json
from sayso.cli import app

codes = []
for words in json.loads(sys.argv[1]):
    try:
        app(words, prog_name="sayso")
    except SystemExit as ended:
        codes.append(ended.code)
sys.exit(next(filter(None, codes), 0))
"""
WEEK = 12  # articles: enough for intervals, which need scipy
NEWS = "The ferry to Sandholm was late, the harbour master said on Friday. Nobody was hurt.\n"


def run(folder, *commands):
    """Run commands, one after the other, in a folder with an article, where the packages are not installed."""
    (folder / "ferry.txt").write_text(NEWS, encoding="utf-8")
    command = [sys.executable, "-c", WITHOUT, json.dumps(commands)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_annotating_and_auditing_need_none_of_it(tmp_path):
    (tmp_path / "week").mkdir()
    for n in range(WEEK):
        (tmp_path / "week" / f"day {n}.txt").write_text(f"{NEWS}On day {n} a pilot said it would run again.\n", "utf-8")
    written = ("a.jsonl", "a.html", "a.csv", "audit/index.html")
    done = run(
        tmp_path,
        ["annotate", "ferry.txt"],
        ["annotate", "ferry.txt", "--out", "a.jsonl", "--jobs", "-1"],
        ["annotate", "ferry.txt", "--out", "a.html", "--target", "Sandholm"],
        ["annotate", "ferry.txt", "--out", "a.csv", "--shares", "s.csv", "--profile", "p.csv"],
        ["audit", "week", "--out", "audit"],
        ["annotate", "week", "--out", "w.csv", "--shares", "w-shares.csv"],
    )
    assert done.returncode == 0, done.stderr
    for text in (done.stdout, *((tmp_path / name).read_text(encoding="utf-8") for name in written)):
        assert "harbour master" in text


def test_what_needs_more_says_what_to_install(tmp_path):
    done = run(tmp_path, ["data", "build", "ferry.txt", "--out", "made"])
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


def test_the_list_of_commands_takes_no_numbers_library():
    listed = (
        "import sys; sys.argv = ['sayso', '--help']\nfrom sayso.cli import app\n"
        "try:\n    app()\nexcept SystemExit:\n    print(*{'numpy', 'pandas', 'sklearn', 'jinja2'} & {*sys.modules}, 'end')"
    )
    done = subprocess.run([sys.executable, "-c", listed], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "end"
