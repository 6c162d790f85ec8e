#!/usr/bin/env bash
# datasets 5.2.0: in a folder data/, one file with a name of the form train-00000-of-00001 makes every file of another form vanish without a word,
# although its name tells a split: data/test.parquet, data/train-00001.parquet, and files beside data/. Without data/ all are loaded.
# And of a split in files of several formats only those of the commonest are loaded, without a word.
# So name all shards alike. Exit 0: as described. Exit 1: something has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check datasets==5.2.0
HF_HOME="$folder/home" HF_HUB_OFFLINE=1 env/bin/python - <<'PY'
import pathlib
import sys

import pyarrow as pa
import pyarrow.parquet as pq
from datasets import load_dataset
from datasets.utils.logging import disable_progress_bar

disable_progress_bar()
NUMBERED = "train-00000-of-00001.parquet"
FOLDERS = {
    "alike": ["data/train-00000.parquet", "data/train-00001.parquet", "data/test.parquet"],
    "mixed": [f"data/{NUMBERED}", "data/train-00001.parquet", "data/test.parquet"],
    "beside": [f"data/{NUMBERED}", "test.parquet"],
    "flat": [NUMBERED, "train-00001.parquet", "test.parquet"],
    "formats": ["train-0.jsonl", "train-1.parquet", "train-2.parquet"],
}
EXPECTED = [{"train": 2, "test": 1}, {"train": 1}, {"train": 1}, {"train": 2, "test": 1}, {"train": 2}]
seen = []
for name, files in FOLDERS.items():
    for file in files:
        path = pathlib.Path(name, file)
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".jsonl":
            path.write_text('{"text": "Rain fell."}\n')
        else:
            pq.write_table(pa.table({"text": ["Rain fell."]}), path)
    loaded = {split: rows.num_rows for split, rows in load_dataset(name).items()}
    seen.append(loaded)
    print(f"{', '.join(files)}: {loaded}")
sys.exit(0 if seen == EXPECTED else 1)
PY
