#!/usr/bin/env bash
# pandas 3.1.1 and pyarrow 26.0.1: an index of whole numbers at equal distances is written to Parquet as three numbers in the
# metadata, not as a column. Who reads the file without pandas (pyarrow, DuckDB, datasets) sees no ids: if they said which
# sentences belong to one article, every sentence becomes an article of its own, and folds leak.
# Uneven ids make a column. Exit 0: as described. Exit 1: something has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check pandas==3.1.1 pyarrow==26.0.1
env/bin/python - <<'PY'
import json
import sys

import pandas as pd
import pyarrow.parquet as pq

seen = []
for name, ids in (("even", [100, 110, 120]), ("uneven", [100, 110, 121])):
    table = pd.DataFrame({"article": ids, "text": ["It rained.", "It froze.", "It thawed."]}).set_index("article")
    table.to_parquet(f"{name}.parquet")
    schema = pq.read_schema(f"{name}.parquet")
    index = json.loads(schema.metadata[b"pandas"])["index_columns"]
    seen.append((schema.names, index))
    print(f"{name}: columns {schema.names}, index in the metadata {index}")
even = {"kind": "range", "name": "article", "start": 100, "stop": 130, "step": 10}
sys.exit(0 if seen == [(["text"], [even]), (["text", "article"], ["article"])] else 1)
PY
