"""Fitting a step of which the articles show nothing, or only one answer."""

import numpy as np
import pytest

from sayso.classify.linear.hashed import Table
from sayso.train.attribution.hashed_logistic import FeatureRows, HashedFit, fit_hashed

HOW = HashedFit(2, alpha=1e-5, epochs=2, n_kept=100)


@pytest.mark.parametrize(("labels", "answer"), [([], False), ([0, 0, 0], False), ([1, 1, 1], True)])
def test_without_two_answers_to_choose_between_the_one_that_was_seen_counts_and_else_no(labels, answer):
    rows = FeatureRows.of([np.full((len(labels), 4), 7, dtype=np.int32)])
    weights = fit_hashed(rows, np.array(labels, dtype=np.int64), HOW)
    total = Table.of(weights).sum(2)
    total(np.array([7, 9], dtype=np.int64))
    assert [score > 0 for score in total.scores()[0].tolist()] == [answer, answer]
