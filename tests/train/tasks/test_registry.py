import numpy as np
import pytest
from builders import labelled_article

from sayso.errors import SaysoError
from sayso.train.estimators.kind import KindClassifier
from sayso.train.estimators.text import TextClassifier
from sayso.train.folds.grouped import strata
from sayso.train.tasks.registry import TASKS, task_of


def article(*labels, complete=()):
    """Give an article of one-word sentences with these (kind, source type, topic)."""
    sentences = [("x", {"kind": k, "source_type": t, "extra": {"topic": x} if x else {}}) for k, t, x in labels]
    return labelled_article("a", *sentences, complete=frozenset(complete))


BOTH = article(("quote", "state", "war"), ("narrative", "none", "peace"), (None, None, None))
KINDS_ONLY = article(("quote", None, None), ("narrative", None, None))


def test_kind_and_type_are_learned_together_where_both_are_labelled():
    task = task_of("source_type", [BOTH])
    assert task is TASKS["source_type"]
    assert type(task.learner) is KindClassifier
    assert [task.answer(s) for s in BOTH.sentences] == ["quote/state", "narrative/none", None]
    assert task.label("quote/state") == "state"
    assert TASKS["kind"].label("quote/state") == "quote"


def test_kind_alone_is_learned_plainly_in_the_order_of_the_scheme():
    task = task_of("kind", [KINDS_ONLY])
    assert (task.columns, task.learner.together, task.learner.words) == (("kind",), False, False)
    assert task.labels == ("quote", "official_claim", "independent_assessment", "narrative")
    rows = task.rows([KINDS_ONLY], [[]])
    model = task.fit(rows, 0)
    assert model.labels == task.labels
    assert set(task.predict(model, rows).tolist()) <= {"quote", "narrative"}


def test_a_column_of_ones_own_is_a_task_with_words():
    task = task_of("topic", [BOTH])
    assert (task.labels, type(task.learner)) == (("peace", "war"), TextClassifier)
    assert "gram: x" in task.rows([BOTH], [[]]).features[0]


def test_the_column_may_have_another_name_than_the_task():
    assert task_of("theme", [BOTH], "topic").columns == ("topic",)


@pytest.mark.parametrize(
    ("name", "labels", "message"),
    [
        ("topik", None, r"^no sentence has a label in 'topik'; label columns in the data: kind, source_type, topic; "
                        rf"a task is {', '.join(TASKS)}, or the name of a label column\.$"),
        ("theme", "mood", r"^no sentence has a label in 'mood'"),
        ("defaults", None, (r"^'defaults' cannot be the name of your own task; give another, and --label defaults: "
            r"sayso train my_defaults --label defaults\.$")),
        ("voice", None, r"^'voice' cannot be the name of your own task; .*: sayso train my_voice --label voice\.$"),
        ("kind", "topic", r"^'kind' cannot be the name"),
        ("attribution", None, r"^no article has all its attributions marked"),
    ],
)  # fmt: skip
def test_what_cannot_be_learned_is_refused(name, labels, message):
    with pytest.raises(SaysoError, match=message):
        task_of(name, [BOTH], labels)


def test_one_label_is_refused():
    with pytest.raises(SaysoError, match=r"^kind has only one label, 'quote'; training needs two or more\.$"):
        task_of("kind", [article(("quote", "state", None), ("quote", "media", None))])


def test_a_missing_label_of_ours_is_named():
    with pytest.raises(SaysoError, match=r"^no sentence has a label in 'source_type'; label columns in the data: kind\.$"):
        task_of("source_type", [KINDS_ONLY])


def test_attribution_needs_marks_only():
    assert task_of("attribution", [article(("quote", "state", None), complete=["attribution"])]).name == "attribution"


def test_nothing_is_predicted_of_nothing():
    task = task_of("topic", [BOTH])
    rows = task.rows([BOTH], [[]])
    model = task.fit(rows, calibrated=False)
    assert task.predict(model, rows.take(np.array([], dtype=np.int64))).tolist() == []


def test_rare_labels_are_spread_as_one():
    assert len(set(strata(np.array(list("aaaabbbbcdef")), 4))) == 3  # c, d, e, f together are four
    assert len(set(strata(np.array(list("aaaabbbbbcd")), 4))) == 2  # c and d join the most frequent


def test_a_stance_is_learned_once_for_each_target_of_a_sentence():
    both, one = {"stance": {"Port": "favor", "Union": "against"}}, {"stance": {"Union": "neutral"}}
    labelled = labelled_article("a", ("x", both), ("y", one), "z", targets={"Union": ("PWU",), "Port": ()})
    task = task_of("stance", [labelled])
    assert (task.name, task.labels, task.learner.by_wording) == ("stance", TASKS["stance"].labels, False)
    assert task.answers(labelled) == ["against", "neutral", "favor"]
    rows = task.rows([labelled], [[]])
    assert rows.labels.tolist() == ["against", "neutral", "favor"]
    assert rows.groups.tolist() == [0, 0, 0]
    assert ["towards Union| word: x" in f for f in rows.features] == [True, False, False]
