#!/usr/bin/env bash
# striprtf 0.0.35: words that were deleted with tracked changes, hidden words and struck words all come out as text, so a document
# that says "would resign" is read as "would not resign".
# Groups with \deleted and \v have to be cut out before. Exit 0: as described. Exit 1: something has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check striprtf==0.0.35
env/bin/python - <<'PY'
import sys

from striprtf.striprtf import rtf_to_text

documents = {
    r"{\rtf1 The mayor would {\deleted not }resign.}": "The mayor would not resign.",
    r"{\rtf1 The quay {\v of the north }is shut.}": "The quay of the north is shut.",
    r"{\rtf1 It cost {\strike nine }four crowns.}": "It cost nine four crowns.",
}
results = {rtf: rtf_to_text(rtf).strip() for rtf in documents}
for rtf, text in results.items():
    print(rtf, "->", repr(text))
sys.exit(0 if results == documents else 1)
PY
