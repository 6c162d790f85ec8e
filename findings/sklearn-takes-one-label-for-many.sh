#!/usr/bin/env bash
# scikit-learn 1.9.1: where all sentences have one label, `LogisticRegression(solver="liblinear")` says that it "does not support multiclass
# classification (n_classes >= 3)" and to wrap it in OneVsRestClassifier. All other solvers say that there is only one class. Who does as told gets
# a model that gives this label to everything with a chance of 1, in a table of two columns for one class, and no more than a warning.
# So count the labels before fitting. Exit 0: as described. Exit 1: something has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check scikit-learn==1.9.1
env/bin/python - <<'PY'
import sys
import warnings

from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier

rows, labels = [[0.0], [1.0], [2.0]], ["quotation"] * 3


def complaint(solver):
    try:
        LogisticRegression(solver=solver).fit(rows, labels)
    except ValueError as error:
        return str(error)
    return "no error"


said = {solver: complaint(solver) for solver in ("liblinear", "lbfgs", "newton-cg", "newton-cholesky", "sag", "saga")}
for solver, line in said.items():
    print(f"{solver}: {line}")
with warnings.catch_warnings(record=True) as warned:
    warnings.simplefilter("always")
    wrapped = OneVsRestClassifier(LogisticRegression(solver="liblinear")).fit(rows, labels)
chances = wrapped.predict_proba([[99.0]]).tolist()
print("wrapped, as advised: classes", wrapped.classes_.tolist(), "chances", chances, "warnings", [str(one.message) for one in warned])
odd = said.pop("liblinear")
holds = (
    "does not support multiclass classification (n_classes >= 3)" in odd
    and "OneVsRestClassifier" in odd
    and all("only one class" in line for line in said.values())
    and (wrapped.classes_.tolist(), chances) == (["quotation"], [[1.0, 0.0]])
)
sys.exit(0 if holds else 1)
PY
