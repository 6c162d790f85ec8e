#!/usr/bin/env bash
# ppi-python 0.2.3: of a rare label that no sentence of the labelled sample has, ppi_mean_ci is certain: its 95 % interval is from 0 to 0,
# although the predictions give the label to 40 of 1,000 other sentences. Power tuning takes the predictions for worthless there, and the
# normal interval of a sample without a hit has no width. Such samples are common: a label of 4 % is in none of 60 sentences in 9 of 100
# draws. With lam=1 the interval is 2.8 to 5.2 %.
# Exit 0: as described. Exit 1: something has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check ppi-python==0.2.3
env/bin/python - <<'PY'
import sys

import numpy as np
from ppi_py import ppi_mean_ci

labels, predicted = np.zeros(60), np.zeros(60)
others = np.repeat([1.0, 0.0], [40, 960])
tuned, whole = ([float(end[0]) for end in ppi_mean_ci(labels, predicted, others, alpha=0.05, **of)] for of in ({}, {"lam": 1}))
print("tuned:", tuned, "lam=1:", whole)
sys.exit(0 if tuned[1] < 1e-9 and whole[0] > 0.02 else 1)
PY
