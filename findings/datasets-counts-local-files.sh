#!/usr/bin/env bash
# datasets 5.2.0: load_dataset("csv", data_files="mine.csv") of a file on this disk looks a server up and asks it for a page, to
# count how often files of that format are loaded; no answer is no error, so nobody notices. It is the same for parquet.
# A folder of the same file asks nobody, and neither does any of them with datasets.config.HF_UPDATE_DOWNLOAD_COUNTS = False.
# Whoever reads confidential tables "without network" by their format has sent something out. (Here each look-up is refused and noted.)
# Exit 0: as described. Exit 1: something has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check datasets==5.2.0
env -u HF_HUB_OFFLINE -u HF_DATASETS_OFFLINE -u HF_UPDATE_DOWNLOAD_COUNTS env/bin/python - <<'PY' 2>errors.txt || { cat errors.txt; exit 1; }
import sys
from pathlib import Path

looked_up = []


def refuse(event, args):
    if event == "socket.getaddrinfo":
        looked_up.append(args[0])
        raise OSError("no network")


sys.addaudithook(refuse)
import datasets

Path("mine").mkdir()
Path("mine/train.csv").write_text("text,kind\nThe ferry was late.,narrative\n")


def hosts_of(*what, **more):
    looked_up.clear()
    rows = datasets.load_dataset(*what, cache_dir="cache", split="train", **more)
    assert rows.num_rows == 1
    return len(set(looked_up))


by_format = hosts_of("csv", data_files="mine/train.csv")
by_folder = hosts_of("mine")
datasets.config.HF_UPDATE_DOWNLOAD_COUNTS = False
switched_off = hosts_of("csv", data_files="mine/train.csv")
print(f"servers looked up: by format {by_format}, as a folder {by_folder}, by format with the count switched off {switched_off}")
sys.exit((by_format, by_folder, switched_off) != (1, 0, 0))
PY
