"""Labels that are likely wrong."""

from dataclasses import replace

import numpy as np
import pytest
from builders import labelled_article

from sayso.data.records import LabelledArticle
from sayso.errors import SaysoError
from sayso.train.evaluation.label_issues import unlikely_labels
from sayso.train.measures.confident_learning import by_confident_learning

QUOTE = "“We will repair the pier before the winter,” the mayor said."
TELLING = "The pier was built of oak and iron in the year of the flood."


def test_a_label_is_doubted_where_another_reaches_its_usual_chance():
    # label 0 usually gets (0.9 + 0.8) / 2 = 0.85 where it is given; the last sentence, given 1, reaches it
    chances = np.array([[0.9, 0.1], [0.8, 0.2], [0.1, 0.9], [0.86, 0.14]])
    assert by_confident_learning(chances, np.array([0, 0, 1, 1])).tolist() == [3]


def test_a_label_below_the_other_ones_usual_chance_is_left_alone():
    chances = np.array([[0.9, 0.1], [0.8, 0.2], [0.1, 0.9], [0.84, 0.16]])
    assert by_confident_learning(chances, np.array([0, 0, 1, 1])).tolist() == []


def test_the_least_likely_label_comes_first():
    chances = np.array([[0.9, 0.1], [0.9, 0.1], [0.95, 0.05], [0.1, 0.9], [0.1, 0.9]])
    assert by_confident_learning(chances, np.array([0, 1, 1, 1, 1])).tolist() == [2, 1]


def article(number: int) -> LabelledArticle:
    said, told = {"kind": "quote", "source_type": "state"}, {"kind": "narrative", "source_type": "none"}
    complete = frozenset({"kind", "source_type"})
    return labelled_article(
        f"pier-{number}", (QUOTE, said), (f"{TELLING} Number {number}.", told), gap="\n\n", complete=complete
    )


def test_a_quotation_labelled_as_narrative_is_found():
    articles = [article(n) for n in range(12)]
    first, second = articles[5].sentences
    articles[5] = replace(articles[5], sentences=(replace(first, kind="narrative", source_type="none"), second))
    found = unlikely_labels(articles, most=1, n_jobs=1)
    assert [(p.article, p.n, p.level) for p in found] == [("pier-5", 0, "warning"), ("pier-5", 0, "warning")]
    assert found[0].reason.startswith("kind narrative is unlikely (")
    assert "models trained on the other articles predict quote (" in found[0].reason


def test_too_few_articles_are_refused():
    with pytest.raises(SaysoError, match="3 labelled articles are too few for 5 folds"):
        unlikely_labels([article(n) for n in range(3)], n_jobs=1)
