#!/usr/bin/env bash
# pyarrow 26.0.1: `ParquetFile(path).iter_batches()` gives batch after batch, and keeps the bytes of every row group that it has read until the
# last batch is gone: memory grows to the size of the file, though only one batch is in use. It is the reading ahead, which is on by default:
# with pre_buffer=False it stays flat, and with a buffer_size a single row group of any size does too.
# Exit 0: as described. Exit 1: something has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check pyarrow==26.0.1
env/bin/python - <<'PY'
import os
import random
import sys

import pyarrow as pa
import pyarrow.parquet as pq

rng = random.Random(1)
with pq.ParquetWriter("a.parquet", pa.schema([("text", pa.string())]), compression="none") as writer:
    for _ in range(20):
        writer.write_table(pa.table({"text": [rng.randbytes(1000).hex() for _ in range(2000)]}))
size = os.path.getsize("a.parquet")


def most_held(**options):
    held = 0
    for _ in pq.ParquetFile("a.parquet", **options).iter_batches(batch_size=500):
        held = max(held, pa.total_allocated_bytes())
    return held


default, without = most_held(), most_held(pre_buffer=False, buffer_size=1 << 20)
print(f"a file of {size / 1e6:.0f} MB in 20 row groups: {default / 1e6:.0f} MB held at most, {without / 1e6:.0f} MB without reading ahead")
sys.exit(0 if default > size * 0.8 and without < size * 0.2 else 1)
PY
