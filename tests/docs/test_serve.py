import re
import shutil
from pathlib import Path

from builders import json_rows, run_sayso, write_rows

from sayso.data.codebook.versions import Versions
from sayso.data.project.project import Project

ROOT = Path(__file__).parents[2]
TEAM = ROOT / "examples" / "team"
PAGE = (ROOT / "docs" / "serve.md").read_text(encoding="utf-8")


def test_the_commands_beside_the_page_work_on_its_project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rows = json_rows((TEAM / "anna.jsonl").read_text(encoding="utf-8"))
    write_rows("mine.jsonl", [{**row, "kind": None, "source_type": None} if row["n"] else row for row in rows])
    for name, labels in (("anna", TEAM / "anna.jsonl"), ("ben", TEAM / "ben.jsonl"), ("me", "mine.jsonl")):
        with Project.open(Path("my-project"), name, tell=print) as project:
            project.take([str(labels)])
    Versions(Path("my-project")).take_up()
    shutil.copy(TEAM.parent / "scraped.txt", "article.txt")
    table = PAGE.partition("## From the command line")[2].partition("Programs can use")[0]
    commands = [words for words in re.findall(r"`sayso ([^`]+)`", table) if words.split()[0] in ("annotate", "data")]
    assert len(commands) == 7
    for words in commands:
        if "--adjudicate" in words:
            _decide(Path("disputes.csv"))
        result = run_sayso(*words.split())
        assert result.exit_code == 0, (words, result.stderr)


def _decide(path):
    """Fill a file of disputes in: anna is right."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    path.write_text("\n".join([lines[0], *(f"{line}anna" for line in lines[1:])]), encoding="utf-8")
