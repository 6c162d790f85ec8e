#!/usr/bin/env bash
# Label Studio 1.23.2: the JSON export of a project with predictions holds their numbers ("predictions": [1]) in place of what was
# predicted, and the same server answers 500 when that file is imported again. Annotations that came by import are exported
# with ground_truth true, as if somebody had starred them.
# Exit 0: as described. Exit 1: something has changed. It takes some minutes, and a server on 127.0.0.1 that ends with the script.
set -euo pipefail
folder=$(mktemp -d)
server=
trap 'if [ -n "$server" ]; then kill -- -"$server" 2>/dev/null || true; fi; rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check label-studio==1.23.2
export LABEL_STUDIO_BASE_DATA_DIR="$folder/data" COLLECT_ANALYTICS=false LATEST_VERSION_CHECK=false
setsid env/bin/label-studio start --no-browser --internal-host 127.0.0.1 --port 8769 \
    --username ann@example.org --password an-invented-one > server.log 2>&1 &
server=$!
env/bin/python - <<'PY'
import sys
import time

import requests

URL = "http://127.0.0.1:8769"
session = requests.Session()
for _ in range(90):
    try:
        session.get(f"{URL}/user/login/", timeout=5)
        break
    except requests.ConnectionError:
        time.sleep(2)
login = {"email": "ann@example.org", "password": "an-invented-one", "csrfmiddlewaretoken": session.cookies["csrftoken"]}
session.post(f"{URL}/user/login/", data=login, headers={"Referer": URL}, timeout=30)


def post(path, body):
    headers = {"X-CSRFToken": session.cookies["csrftoken"], "Referer": URL}
    return session.post(URL + path, json=body, headers=headers, timeout=60)


view = '<View><Text name="text" value="$text"/><Choices name="kind" toName="text"><Choice value="quote"/></Choices></View>'
result = [{"from_name": "kind", "to_name": "text", "type": "choices", "value": {"choices": ["quote"]}}]
tasks = [
    {"data": {"text": "“No,” he said."}, "predictions": [{"model_version": "m", "result": result}]},
    {"data": {"text": "“Yes,” he said."}, "annotations": [{"result": result}]},
]
project = post("/api/projects", {"title": "news", "label_config": view}).json()["id"]
post(f"/api/projects/{project}/import", tasks)
export = session.get(f"{URL}/api/projects/{project}/export?exportType=JSON&download_all_tasks=true", timeout=60).json()
predictions = [task["predictions"] for task in export if task["predictions"]]
truths = [annotation["ground_truth"] for task in export for annotation in task["annotations"]]
again = post("/api/projects", {"title": "again", "label_config": view}).json()["id"]
status = post(f"/api/projects/{again}/import", export).status_code
print("predictions:", predictions, "ground_truth:", truths, "import of the export:", status)
sys.exit(0 if (isinstance(predictions[0][0], int), truths, status) == (True, [True], 500) else 1)
PY
