#!/usr/bin/env bash
# Two people labelled ten sentences and skipped some, so the table of their labels has gaps. Krippendorff's alpha, which ignores gaps, is 0.76, and
# Fleiss's kappa extended to gaps (irrCAC 0.4.4) is 0.72. Three libraries count a gap as one more label, without an error or a warning:
#   statsmodels 0.15.0, aggregate_raters and fleiss_kappa: 0.29, with nan among the labels;
#   nltk 3.10.4, AnnotationTask.alpha: 0.33 with None or "" in the gaps, and 0.11 with nan, as no nan equals another and each is a label of its own;
#   krippendorff 0.9.0: 0.33 with "", which is how csv reads a gap. It is right with np.nan among the strings, which NumPy turns into "nan".
# So drop the gaps before you call nltk, write "nan" for krippendorff, and use irrCAC for Fleiss's kappa.
# Exit 0: as described. Exit 1: something has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check statsmodels==0.15.0 nltk==3.10.4 krippendorff==0.9.0 irrCAC==0.4.4
env/bin/python - <<'PY'
import sys
import warnings

import krippendorff
import numpy as np
import pandas as pd
from irrCAC.raw import CAC
from nltk.metrics.agreement import AnnotationTask
from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa

warnings.simplefilter("error")
ANA = ["fact", "claim", "fact", "fact", "claim", "claim", "quote", None, "claim", "fact"]
TOM = ["fact", "claim", "fact", "claim", "claim", None, "quote", "fact", None, None]
NUMBERS = {"fact": 1, "claim": 2, "quote": 3, None: np.nan}


def filled(gap):
    return [[gap if label is None else label for label in person] for person in (ANA, TOM)]


def of_nltk(rows):
    return AnnotationTask([(person, n, label) for person, row in enumerate(rows) for n, label in enumerate(row)]).alpha()


def of_nltk_without_gaps():
    return AnnotationTask([(p, n, label) for p, row in enumerate((ANA, TOM)) for n, label in enumerate(row) if label]).alpha()


def of_krippendorff(gap):
    return krippendorff.alpha(reliability_data=np.array(filled(gap)), level_of_measurement="nominal")


counts, labels = aggregate_raters(np.array([[NUMBERS[label] for label in person] for person in (ANA, TOM)]).T)
seen = {
    "Fleiss's kappa: irrCAC": CAC(pd.DataFrame({"ana": ANA, "tom": TOM})).fleiss()["est"]["coefficient_value"],
    "statsmodels": fleiss_kappa(counts),
    "alpha: nltk without the gaps": of_nltk_without_gaps(),
    "nltk with None": of_nltk(filled(None)),
    'nltk with ""': of_nltk(filled("")),
    "nltk with nan": of_nltk(filled(np.nan)),
    "krippendorff with nan": of_krippendorff(np.nan),
    'krippendorff with ""': of_krippendorff(""),
}
for name, value in seen.items():
    print(f"{name}: {value:.2f}")
print("labels, by statsmodels:", labels.tolist())
sys.exit(0 if [round(float(value), 2) for value in seen.values()] == [0.72, 0.29, 0.76, 0.33, 0.33, 0.11, 0.76, 0.33] else 1)
PY
