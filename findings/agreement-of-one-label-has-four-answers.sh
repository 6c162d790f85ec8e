#!/usr/bin/env bash
# Two people give all of six sentences the same label, as happens with a rare label in a small sample. Chance alone explains that, so no coefficient
# of agreement is defined, and the libraries disagree on what to say: krippendorff 0.9.0 and simpledorff 0.0.2 raise an error (the latter a
# ZeroDivisionError), scikit-learn 1.9.1 and statsmodels 0.15.0 give nan, nltk 3.10.4 gives 1, and irrCAC 0.4.4 gives a Krippendorff's alpha of 1
# with an interval of 1 to 1 and p = 0. Add one sentence that only one of them labelled, with another label, which alpha ignores: the error
# of krippendorff becomes nan. So check that two labels are in use before you print agreement by label, or an empty comparison tops the table.
# Exit 0: as described. Exit 1: something has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check scikit-learn==1.9.1 statsmodels==0.15.0 nltk==3.10.4 krippendorff==0.9.0 irrCAC==0.4.4 simpledorff==0.0.2
env/bin/python - <<'PY'
import sys
import warnings

import krippendorff
import numpy as np
import pandas as pd
import simpledorff
from irrCAC.raw import CAC
from nltk.metrics.agreement import AnnotationTask
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa

warnings.simplefilter("ignore")
SAME = np.array([[1.0] * 6, [1.0] * 6])
EXTRA = np.array([[1.0] * 6 + [2.0], [1.0] * 6 + [np.nan]])


def records(rows):
    return [(person, n, label) for person, row in enumerate(rows) for n, label in enumerate(row) if not np.isnan(label)]


def of_simpledorff(rows):
    frame = pd.DataFrame(records(rows), columns=["person", "sentence", "label"])
    return simpledorff.calculate_krippendorffs_alpha_for_df(frame, experiment_col="sentence", annotator_col="person", class_col="label")


def of_irrcac(rows):
    found = CAC(pd.DataFrame(rows.T)).krippendorff()["est"]
    return found["coefficient_value"], found["confidence_interval"], found["p_value"]


def answer(coefficient, rows):
    try:
        value = coefficient(rows)
    except (ValueError, ZeroDivisionError) as error:
        return type(error).__name__
    return str(tuple(value) if isinstance(value, tuple) else float(value))


OF = {
    "krippendorff": lambda rows: krippendorff.alpha(reliability_data=rows, level_of_measurement="nominal"),
    "simpledorff": of_simpledorff,
    "irrCAC": of_irrcac,
    "nltk": lambda rows: AnnotationTask(records(rows)).alpha(),
    "statsmodels, Fleiss": lambda rows: fleiss_kappa(aggregate_raters(rows.T)[0]),
    "scikit-learn, Cohen": lambda rows: cohen_kappa_score(*rows.astype(int)),
}
one = {name: answer(coefficient, SAME) for name, coefficient in OF.items()}
more = {name: answer(OF[name], EXTRA) for name in ("krippendorff", "nltk")}
print("one label:", one)
print("and one that a single person gave:", more)
expected = ["ValueError", "ZeroDivisionError", "(1.0, (1.0, 1), 0.0)", "1.0", "nan", "nan"]
holds = list(one.values()) == expected and list(more.values()) == ["nan", "1.0"]
sys.exit(0 if holds else 1)
PY
