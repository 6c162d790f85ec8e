import numpy as np

from sayso.train.measures.scores import f1_intervals


def test_draws_without_a_label_say_nothing_of_it():
    # b stands in one of two articles: in a quarter of the draws there is none, which is no F1 of 0
    ends = f1_intervals(["a", "a", "b"], ["a", "a", "b"], np.array([0, 0, 1]))
    assert ends == {"a": (1.0, 1.0), "b": (1.0, 1.0)}


def test_the_interval_goes_from_the_worse_article_to_the_better():
    # of a in article 0 both are found: F1 1; in article 1 none, and the b there is right: F1 0 and 2/3
    ends = f1_intervals(["a", "a", "a", "b"], ["a", "a", "b", "b"], np.array([0, 0, 1, 1]))
    assert ends["a"] == (0.0, 1.0)
    # drawn with article 0 or without it, b is given twice and right once
    assert ends["b"] == (2 / 3, 2 / 3)
