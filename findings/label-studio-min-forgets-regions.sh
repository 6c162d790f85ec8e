#!/usr/bin/env bash
# label-studio-sdk 2.1.2: in JSON-MIN (and CSV) the choices of regions are a bare list, so that nothing tells which region each
# belongs to; where only one of two regions has a choice, the list is a word. The number of the task takes the place of an id that
# the data has; CSV keeps that of the data. Offsets behind the text's end go through. Only JSON holds it all.
# Exit 0: as described. Exit 1: something has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check label-studio-sdk==2.1.2
env/bin/python - <<'PY'
import csv
import json
import sys

from label_studio_sdk.converter import Converter

view = (
    '<View><Labels name="role" toName="text"><Label value="source"/><Label value="cue"/></Labels><Text name="text" value="$text"/>'
    '<Choices name="sure" toName="text" perRegion="true"><Choice value="yes"/><Choice value="no"/></Choices></View>'
)


def region(key, start, end, label):
    value = {"start": start, "end": end, "labels": [label]}
    return {"id": key, "from_name": "role", "to_name": "text", "type": "labels", "value": value}


choice = {"id": "b", "from_name": "sure", "to_name": "text", "type": "choices", "value": {"start": 5, "end": 99, "choices": ["no"]}}
result = [region("a", 0, 4, "source"), region("b", 5, 99, "cue"), choice]
task = {"id": 7, "data": {"id": "kerrow-1", "text": "Anna said it rained."}, "annotations": [{"id": 1, "completed_by": 1, "result": result}]}
with open("tasks.json", "w") as file:
    json.dump([task], file)
converter = Converter(view, project_dir=None)
converter.convert("tasks.json", "min", "JSON_MIN", is_dir=False)
converter.convert("tasks.json", "table", "CSV", is_dir=False)
(row,) = json.load(open("min/result.json"))
(line,) = csv.DictReader(open("table/result.csv"))
print("JSON-MIN:", {name: row[name] for name in ("id", "role", "sure")})
print("CSV:", {name: line[name] for name in ("id", "role", "sure")})
sys.exit(0 if (row["id"], row["sure"], row["role"][1]["end"], line["id"]) == (7, "no", 99, "kerrow-1") else 1)
PY
