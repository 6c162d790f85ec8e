#!/usr/bin/env bash
# datasets 5.2.0 on a folder of shards, Parquet or JSON lines: the first shard by name decides. Where it lacks a column that another has,
# nothing loads; the other way round the gaps are filled. Where its labels are all null, as in a shard of which nobody has labelled a sentence yet,
# nothing loads either. Where its ids are whole numbers, the text "007" of another becomes 7 without a word.
# So write every column into every shard, with a type of its own (Parquet). Exit 0: as described. Exit 1: something has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check datasets==5.2.0
HF_HOME="$folder/home" HF_HUB_OFFLINE=1 env/bin/python - <<'PY'
import json
import logging
import pathlib
import sys

import pyarrow as pa
import pyarrow.parquet as pq
from datasets import load_dataset
from datasets.utils.logging import disable_progress_bar

disable_progress_bar()
logging.disable(logging.CRITICAL)
PLAIN, LABELLED = {"text": "Rain fell."}, {"text": "It froze.", "topic": "frost"}
FOLDERS = {
    "the first lacks a column": (PLAIN, LABELLED),
    "the second lacks it": (LABELLED, PLAIN),
    "the first has nulls only": (PLAIN | {"topic": None}, LABELLED),
    "the second has nulls only": (LABELLED, PLAIN | {"topic": None}),
    "ids 7 and 007": ({"id": 7}, {"id": "007"}),
}


def write_parquet(row, path):
    pq.write_table(pa.Table.from_pylist([row]), f"{path}.parquet")


def write_lines(row, path):
    pathlib.Path(f"{path}.jsonl").write_text(json.dumps(row) + "\n")


def loaded(folder):
    try:
        return load_dataset(str(folder), split="train").to_list()
    except Exception as error:
        return f"{type(error).__name__} by {type(error.__cause__).__name__}: {str(error.__cause__).splitlines()[0]}"


FILLED = [LABELLED, PLAIN | {"topic": None}]
EXPECTED = ["CastError", FILLED, "TypeError", FILLED, [{"id": 7}, {"id": 7}]]
holds = True
for form, write in (("parquet", write_parquet), ("jsonl", write_lines)):
    for (name, rows), expected in zip(FOLDERS.items(), EXPECTED, strict=True):
        folder = pathlib.Path(form, name.replace(" ", "-"))
        folder.mkdir(parents=True)
        for number, row in enumerate(rows):
            write(row, folder / f"train-{number}")
        found = loaded(folder)
        print(f"{form}, {name}: {found}")
        holds = holds and (found == expected if isinstance(expected, list) else f"by {expected}:" in found)
sys.exit(0 if holds else 1)
PY
