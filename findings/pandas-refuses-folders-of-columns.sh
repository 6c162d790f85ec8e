#!/usr/bin/env bash
# pandas 3.1.1 with pyarrow 26.0.1: `pandas.read_parquet(folder)` fails on a folder divided by outlet=…/year=… where the files hold these columns
# too ("Field outlet has incompatible types: string vs dictionary"), whatever type the files give them but a dictionary. pyarrow.dataset takes
# the same files if whole numbers are int32, and DuckDB takes any type. Who keeps the columns in the files, so that a file
# says on its own what it is of, has to tell pandas users of partitioning=None.
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

for outlet, year in (("Orla%20Post", 2023), ("Tolm", 2024)):
    path = pathlib.Path(f"out/outlet={outlet}/year={year}/a.parquet")
    path.parent.mkdir(parents=True)
    name = outlet.replace("%20", " ")
    pq.write_table(pa.table({"text": ["Rain fell."], "outlet": [name], "year": pa.array([year], pa.int32())}), path)

try:
    pd.read_parquet("out")
    said = "no error"
except Exception as error:
    said = f"{type(error).__name__}: {error}"
plain = pd.read_parquet("out", partitioning=None)
arrow = ds.dataset("out", partitioning="hive").to_table().to_pandas()
duck = duckdb.sql("SELECT outlet, year FROM 'out/**/*.parquet' ORDER BY year").fetchall()
print("pandas:", said)
print("pandas without partitions:", plain[["outlet", "year"]].to_numpy().tolist())
print("pyarrow.dataset:", arrow[["outlet", "year"]].to_numpy().tolist())
print("DuckDB:", duck)
expected = [("Orla Post", 2023), ("Tolm", 2024)]
same = all(list(map(tuple, rows)) == expected for rows in (plain[["outlet", "year"]].to_numpy(), arrow[["outlet", "year"]].to_numpy(), duck))
sys.exit(0 if "incompatible types" in said and same else 1)
PY
