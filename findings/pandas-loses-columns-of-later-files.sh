#!/usr/bin/env bash
# pandas 3.1.1, pyarrow 26.0.1 and DuckDB 2.0.1 on a folder of Parquet files: the first file by name says which columns, fields and types all have.
# A label column that only later files have is gone without a word, and so is such a field inside of a column; where the first file has whole
# numbers for ids, the text "007" of another becomes 7, which may be another article. Where nobody has used a label in the first file, so that the
# column is of nulls only, all three fail on the next. DuckDB has union_by_name, pyarrow takes a schema, and best all files are written by one.
# Exit 0: as described. Exit 1: something has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check pandas==3.1.1 pyarrow==26.0.1 duckdb==2.0.1
env/bin/python - <<'PY'
import pathlib
import sys

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

FOLDERS = {
    "column": ([{"text": "Rain fell."}], [{"text": "It froze.", "topic": "frost"}]),
    "field": ([{"cue": {"start": 0}}], [{"cue": {"start": 3, "end": 7}}]),
    "id": ([{"id": 7}], [{"id": "007"}]),
    "nulls": ([{"topic": None}], [{"topic": "frost"}]),
}
READERS = {
    "pandas": lambda name: pd.read_parquet(name).to_dict("records"),
    "pyarrow": lambda name: ds.dataset(name).to_table().to_pylist(),
    "duckdb": lambda name: duckdb.sql(f"FROM '{name}/*.parquet'").to_arrow_table().to_pylist(),
}
LOST = {
    "column": [{"text": "Rain fell."}, {"text": "It froze."}],
    "field": [{"cue": {"start": 0}}, {"cue": {"start": 3}}],
    "id": [{"id": 7}, {"id": 7}],
}


def read(reader, name):
    try:
        return READERS[reader](name)
    except Exception as error:
        return f"{type(error).__name__}: {str(error).splitlines()[0][:140]}"


holds = True
for name, files in FOLDERS.items():
    pathlib.Path(name).mkdir()
    for number, rows in enumerate(files):
        pq.write_table(pa.Table.from_pylist(rows), f"{name}/train-{number}.parquet")
    for reader in READERS:
        found = read(reader, name)
        print(f"{name}, {reader}: {found}")
        holds = holds and (found == LOST[name] if name in LOST else isinstance(found, str))
whole = [{"text": "Rain fell.", "topic": None}, {"text": "It froze.", "topic": "frost"}]
schema = pa.schema({"text": pa.string(), "topic": pa.string()})
given = ds.dataset("column", schema=schema).to_table().to_pylist()
united = duckdb.sql("FROM read_parquet('column/*.parquet', union_by_name = true)").to_arrow_table().to_pylist()
print("column, pyarrow with a schema:", given)
print("column, duckdb with union_by_name:", united)
sys.exit(0 if holds and given == united == whole else 1)
PY
