#!/usr/bin/env bash
# papermill 2.7.0: `-p NAME VALUE` makes a number of all that Python's int() and float() accept, underscores and exponents too. The article 2021_03 becomes
# 202103, the articles 12e3 and 120e2 both become 12000.0, and the outlet "nan" becomes a number that does not equal itself. `-y` reads YAML 1.1,
# where 2021_03 is 202103 as well and the language code no is False. The notebook then runs on an article that does not exist, or on
# another one, without a warning. `-r` passes the words as they are; with `-y` put them in quotation marks.
# Exit 0: as described. Exit 1: something has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check papermill==2.7.0
env/bin/python - <<'PY'
import json
import subprocess
import sys
from pathlib import Path

import nbformat

cell = nbformat.v4.new_code_cell("article = language = ''", metadata={"tags": ["parameters"]})
about = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
nbformat.write(nbformat.v4.new_notebook(cells=[cell], metadata=about), "audit.ipynb")


def passed(*options):
    command = ["env/bin/papermill", "audit.ipynb", "out.ipynb", "--prepare-only", *options]
    subprocess.run(command, capture_output=True, check=True)
    cells = json.loads(Path("out.ipynb").read_text())["cells"]
    return "".join(cells[1]["source"]).split("\n")[1]


ASKED = {
    ("-p", "article", "2021_03"): "article = 202103",
    ("-p", "article", "12e3"): "article = 12000.0",
    ("-p", "article", "120e2"): "article = 12000.0",
    ("-p", "article", "nan"): "article = float('nan')",
    ("-y", "article: 2021_03"): "article = 202103",
    ("-y", "language: no"): "language = False",
    ("-y", "article: '2021_03'"): 'article = "2021_03"',
    ("-r", "article", "2021_03"): 'article = "2021_03"',
}
seen = {options: passed(*options) for options in ASKED}
for options, line in seen.items():
    print(*options, "->", line)
sys.exit(0 if seen == ASKED else 1)
PY
