#!/usr/bin/env bash
# pyarrow 26.0.1: where pandas 3.1.1 is installed, the first `pa.array([1])`, `pa.scalar(0)`, `pa.table(…)` or `pq.read_table(path)` imports
# all of pandas, though nobody asked for it: a fresh process takes about twice as long to start. `ParquetFile(path).read()`,
# `read_json` and `Array.from_buffers` do not, nor does `to_pylist()`, so a command that reads Parquet can do without it.
# Exit 0: as described. Exit 1: something has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check pyarrow==26.0.1 pandas==3.1.1
env/bin/python - <<'PY'
import pathlib
import subprocess
import sys
import time

import pyarrow as pa
import pyarrow.parquet as pq

pq.write_table(pa.table({"text": ["Rain fell."]}), "a.parquet")
pathlib.Path("a.jsonl").write_text('{"text": "Rain fell."}\n')
START = "import sys, pyarrow as pa, pyarrow.json, pyarrow.parquet as pq; "
EXPECTED = {
    "None": False,
    "pq.ParquetFile('a.parquet').read().to_pylist()": False,
    "pyarrow.json.read_json('a.jsonl').to_pylist()": False,
    "pa.Array.from_buffers(pa.int8(), 1, [None, pa.py_buffer(b'a')])": False,
    "pq.read_table('a.parquet')": True,
    "pa.array([1])": True,
    "pa.scalar(0)": True,
    "pa.table({'text': ['Rain fell.']})": True,
}


def loads_pandas(statement):
    program = START + statement + "; print('pandas' in sys.modules)"
    took = []
    for _ in range(5):
        begun = time.perf_counter()
        said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip()
        took.append(time.perf_counter() - begun)
    print(f"{min(took):.2f} s, pandas {'imported' if said == 'True' else 'not imported'}: {statement}")
    return said == "True"


sys.exit(0 if {statement: loads_pandas(statement) for statement in EXPECTED} == EXPECTED else 1)
PY
