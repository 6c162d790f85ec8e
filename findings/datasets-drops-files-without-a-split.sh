#!/usr/bin/env bash
# datasets 5.2.0: where one file name of a folder holds the name of a split (train, test, dev …), every file without one is left
# out without a word; and one empty file of a split stops the whole folder from loading.
# So either all names of a folder tell a split, or none. Exit 0: as described. Exit 1: something has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check datasets==5.2.0
mkdir news mixed
echo '{"text": "The ferry sank."}' > news/kerrow.jsonl
echo '{"text": "The bridge held."}' > news/orla.jsonl
cp news/*.jsonl mixed/
echo '{"text": "A test of the sirens failed."}' > mixed/siren-test.jsonl
HF_HOME="$folder/home" HF_HUB_OFFLINE=1 env/bin/python - <<'PY'
import sys

from datasets import load_dataset
from datasets.utils.logging import disable_progress_bar

disable_progress_bar()
seen = {}
for name in ("news", "mixed"):
    loaded = load_dataset(name)
    seen[name] = {split: rows.num_rows for split, rows in loaded.items()}
    print(name, seen[name])
sys.exit(0 if seen == {"news": {"train": 2}, "mixed": {"test": 1}} else 1)
PY
