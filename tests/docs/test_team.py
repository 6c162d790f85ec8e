import csv
import re
import shlex
import shutil
from pathlib import Path

from builders import run_sayso

ROOT = Path(__file__).parents[2]


def blocks(page):
    """Give each command of a page with the lines of output that are shown; … stands for lines that are not."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    for block in re.findall(r"```console\n\$ (.*?)```", text, re.DOTALL):
        command, *lines = block.splitlines()
        yield command, [" ".join(line.split()) for line in lines if line not in ("", "…")]


def decide(path):
    """Fill a file of disputes in: anna is right."""
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([rows[0], *([*row[:-1], "anna"] for row in rows[1:])])


def test_the_commands_of_the_page_give_what_it_shows(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "examples" / "team", tmp_path, dirs_exist_ok=True)
    shutil.copytree(ROOT / "examples" / "machine", tmp_path, dirs_exist_ok=True)
    shutil.copy(ROOT / "examples" / "scraped.txt", tmp_path)
    monkeypatch.chdir(tmp_path)
    n_commands = 0
    for command, shown in blocks("label.md"):
        if "--adjudicate" in command:
            decide(Path("disputes.csv"))
        result = run_sayso(*shlex.split(command)[1:])
        printed = [" ".join(line.split()) for line in (result.stdout + result.stderr).splitlines()]
        assert [line for line in shown if line not in printed] == [], command
        assert result.exit_code == 0
        n_commands += 1
    assert n_commands == 7


def test_the_commands_on_shares_give_what_the_page_shows(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "examples" / "machine", tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    commands = list(blocks("shares.md"))
    assert [command.split()[1] for command, _ in commands] == ["data", "shares", "effects"]
    for command, shown in commands:
        result = run_sayso(*shlex.split(command)[1:])
        printed = [" ".join(line.split()) for line in (result.stdout + result.stderr).splitlines()]
        assert [line for line in shown if line not in printed] == [], command
        assert result.exit_code == 0
