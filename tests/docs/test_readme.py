import re
import shlex
from pathlib import Path

from builders import run_sayso
from console_blocks import prepare

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_is_short_and_its_picture_small():
    assert len(README.splitlines()) < 150
    (picture,) = re.findall(r"!\[[^\]]{40,}\]\((docs/images/[\w.]+)\)", README)
    assert 10_000 < (ROOT / picture).stat().st_size < 150_000


def test_the_first_line_with_pytest_sets_all_up_and_runs_the_tests():
    command = next(line for line in README.splitlines() if "-m pytest" in line)
    steps = [shlex.split(step) for step in command.split(" && ")]
    assert [step[0] for step in steps] == ["python3", ".venv/bin/pip", ".venv/bin/python"]


def test_the_python_of_the_readme_runs():
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    names = {"print": lambda rows: names.update(printed=rows)}
    exec(code, names)
    labels = [(kind, source_type) for _, kind, source_type in names["printed"]]
    assert labels == [("official_claim", "state"), ("quote", "state")]
    assert len(names["table"]) == 2


def test_the_table_of_commands_has_them_all():
    section = README.split("## Commands")[1].split("\n## ")[0]
    named = {name for row in re.findall(r"^\| (`.*?) \|", section, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)}
    listed = set(re.findall(r"^  ([a-z]+)  +\S", run_sayso("--help").stdout, re.MULTILINE)) - {"sayso"}
    assert named == listed


def test_the_examples_that_label_and_count_run_as_they_are(tmp_path, monkeypatch):
    prepare(tmp_path)
    monkeypatch.chdir(tmp_path)
    lines = re.findall(r"^sayso ((?:annotate|audit) .*?) +# ", README, re.MULTILINE)
    assert len(lines) == 4
    for line in lines:
        assert run_sayso(*shlex.split(line)).exit_code == 0, line
    assert len(list((tmp_path / "pages").glob("*.html"))) == 7
    assert (tmp_path / "audit" / "index.html").is_file()
