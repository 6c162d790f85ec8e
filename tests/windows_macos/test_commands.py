"""Commands on a system that has nothing of what only Unix has, in an encoding that lacks most letters."""

import json
import os
import subprocess
import sys
from pathlib import Path

from builders import run_sayso

HERE = Path(__file__).parent
ARTICLE = "The mayor of Łódź said on Monday that the tram “will run again”.\nNobody at the depot in Brzeg believes it.\n"
WRITTEN = ["a.csv", "a.jsonl", "a.html", "pages", "audit", "dataset"]


def commands(models):
    return [
        ["annotate", "tram.txt", "--format", "jsonl", *models],
        *(["annotate", "tram.txt", "-o", out, *models] for out in WRITTEN[:3]),
        ["annotate", "tram.txt", "--format", "html", "-o", "pages", *models],
        ["audit", "tram.txt", "-o", "audit", *models],
        ["data", "build", "tram.txt", "-o", "dataset"],
    ]


def contents(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_results_are_the_same_bytes_and_wrong_names_a_line(tmp_path, monkeypatch, fake_model_options):
    for name in ("here", "windows"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "tram.txt").write_bytes(ARTICLE.encode())
    models = list(fake_model_options)
    refused = [["annotate", "tram.txt", "-o", "CON.txt", *models], ["audit", "tram.txt", "-o", "aux", *models]]
    done = subprocess.run(
        [sys.executable, HERE / "as_windows.py", json.dumps([*commands(models), *refused])],
        capture_output=True,
        check=False,
        cwd=tmp_path / "windows",
        env={
            **os.environ,
            **{"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C", "PYTHONIOENCODING": "cp1252"},
            **{"PYTHONWARNDEFAULTENCODING": "1", "PYTHONPATH": str(HERE)},
        },
    )
    said = done.stderr.decode("cp1252")
    assert said.count("exit code 0\n") == len(commands(models)), said
    assert said.splitlines()[-4:] == [
        "Error: CON.txt: Windows reserves the name 'CON.txt' for a device; choose another name.",
        "exit code 1",
        "Error: aux: Windows reserves the name 'aux' for a device; choose another name.",
        "exit code 1",
    ]
    monkeypatch.chdir(tmp_path / "here")
    printed = [run_sayso(*words).stdout for words in commands(models)]
    assert "Łódź" in printed[0]
    assert done.stdout.splitlines(keepends=True)[:2] == printed[0].encode().splitlines(keepends=True)
    assert contents(tmp_path / "windows") == contents(tmp_path / "here")
