#!/usr/bin/env bash
# scikit-learn 1.9.1: `cross_val_score(CalibratedClassifierCV(model), X, y, groups=articles, cv=GroupKFold(3))` keeps the sentences of an article together
# in the outer folds only. The calibration splits by sentence, so nearly every article that it calibrates on is one that the model was fitted on as well. No
# warning says so, and with metadata routing on it is the same. CalibratedClassifierCV(model, cv=GroupKFold(3)) keeps them together, but only with routing
# on and params={"groups": articles}: without routing its `fit(X, y, groups=articles)` is accepted and then says that groups are None. And
# StackingClassifier, which has the same `cv`, refuses groups either way, so that with GroupKFold it cannot be fitted at all.
# Exit 0: as described. Exit 1: something has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check scikit-learn==1.9.1
env/bin/python - <<'PY'
import sys

import numpy as np
import sklearn
from sklearn.calibration import CalibratedClassifierCV
from sklearn.ensemble import StackingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_score

shuffle = np.random.default_rng(0).permutation(120)
articles = np.repeat(np.arange(12), 10)[shuffle]  # ten sentences each
X, y = np.column_stack([articles, shuffle]).astype(float), np.array(["fact", "claim"])[shuffle % 2]
shared = []  # of every set of sentences that a model scores: how many of its articles the model was fitted on


class Watched(LogisticRegression):
    def fit(self, X, y, sample_weight=None):
        self.articles_ = set(X[:, 0])
        return super().fit(X, y)

    def decision_function(self, X):
        shared.append(len(self.articles_ & set(X[:, 0])))
        return super().decision_function(X)


def outer(inner, **of):
    shared.clear()
    cross_val_score(CalibratedClassifierCV(Watched(), cv=inner), X, y, cv=GroupKFold(3), error_score="raise", **of)
    return sorted(n for n in shared if n)


def complaint(of):
    try:
        of(cv=GroupKFold(3)).fit(X, y, groups=articles)
    except (TypeError, ValueError) as error:
        return str(error)
    return "no error"


def calibrated(cv):
    return CalibratedClassifierCV(Watched(), cv=cv)


def stacked(cv):
    return StackingClassifier([("model", Watched())], cv=cv)


leaks = outer(3, groups=articles)
alone, stack = complaint(calibrated), complaint(stacked)
sklearn.set_config(enable_metadata_routing=True)
routed, kept = outer(3, params={"groups": articles}), outer(GroupKFold(3), params={"groups": articles})
alone_routed, stack_routed = complaint(calibrated), complaint(stacked)
print("articles on both sides of the nine inner folds, of eight:", leaks, "with routing:", routed, "and with GroupKFold inside:", kept)
print("calibration, GroupKFold:", alone, "| with routing:", alone_routed)
print("stacking, GroupKFold:", stack[:80], "… | with routing:", stack_routed)
holds = (
    leaks == routed == [7] + [8] * 8
    and kept == []
    and ("should not be None" in alone, alone_routed) == (True, "no error")
    and "only supported if enable_metadata_routing=True" in stack
    and "not routed to any object" in stack_routed
)
sys.exit(0 if holds else 1)
PY
