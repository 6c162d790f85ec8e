#!/usr/bin/env bash
# McNemar's test compares two models by the sentences that only one of them has right. Where there is no such sentence, as with two checkpoints that
# give the same answers, mlxtend 0.25.0 by default and statsmodels 0.15.0 with exact=False give a statistic of infinity and p = 0: the models
# differ for certain. The continuity correction turns the difference of 0 into 1, and divides by 0; a RuntimeWarning is all one gets. Without the
# correction mlxtend gives nan. Where each model has one sentence right that the other has wrong, the correction gives p = 0.48, but one sentence
# against none gives p = 1. With exact=True all three are 1. So use the exact test, above all in a loop over many pairs of models.
# Exit 0: as described. Exit 1: something has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check mlxtend==0.25.0 statsmodels==0.15.0
env/bin/python - <<'PY'
import sys
import warnings

import numpy as np
from mlxtend.evaluate import mcnemar as of_mlxtend
from mlxtend.evaluate import mcnemar_table
from statsmodels.stats.contingency_tables import mcnemar as of_statsmodels

TRUTH = np.array(["fact", "claim", "fact", "claim", "fact", "claim"])
FIRST = np.array(["fact", "claim", "fact", "claim", "fact", "fact"])  # its sixth answer is wrong
OTHERS = {
    "the same answers": FIRST,
    "one more wrong": np.array(["claim", "claim", "fact", "claim", "fact", "fact"]),
    "one wrong, one right": np.array(["claim", "claim", "fact", "claim", "fact", "claim"]),
}
warnings.simplefilter("ignore")
seen = {}
for name, other in OTHERS.items():
    table = mcnemar_table(TRUTH, FIRST, other)
    seen[name] = [
        float(of_mlxtend(table)[1]),
        float(of_statsmodels(table, exact=False).pvalue),
        float(of_mlxtend(table, corrected=False)[1]),
        float(of_mlxtend(table, exact=True)[1]),
    ]
    print(f"{name}: mlxtend {seen[name][0]:.2f}, statsmodels exact=False {seen[name][1]:.2f}, uncorrected {seen[name][2]:.2f}, exact {seen[name][3]:.2f}")
same, more, swap = ([round(p, 2) for p in row] for row in seen.values())
holds = (same[:2], same[3]) == ([0, 0], 1) and np.isnan(same[2]) and more == [1, 1, 0.32, 1] and swap == [0.48, 0.48, 1, 1]
sys.exit(0 if holds else 1)
PY
