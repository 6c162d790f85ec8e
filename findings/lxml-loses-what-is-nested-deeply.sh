#!/usr/bin/env bash
# lxml 6.1.3: an HTML page whose elements are nested more than 256 deep is cut there: what stands deeper, and all that comes after it, is not in the
# tree, and no error says so. Pages of editors that wrap every paragraph into another box reach that. `huge_tree=True` keeps it.
# Exit 0: as described. Exit 1: something has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check lxml==6.1.3
env/bin/python - <<'PY'
import sys

from lxml import html

seen = {}
for depth in (200, 300):
    page = "<p>The first.</p>" + "<div>" * depth + "<p>The deep.</p>" + "</div>" * depth + "<p>The last.</p>"
    for huge in (False, True):
        tree = html.fromstring(page, parser=html.HTMLParser(huge_tree=huge))
        seen[depth, huge] = [p.text for p in tree.iter("p")]
        print(f"{depth} deep, huge_tree={huge}: {seen[depth, huge]}")
whole = ["The first.", "The deep.", "The last."]
sys.exit(0 if seen == {(200, False): whole, (200, True): whole, (300, False): ["The first."], (300, True): whole} else 1)
PY
