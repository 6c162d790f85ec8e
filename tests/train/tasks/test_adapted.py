from dataclasses import replace

import numpy as np
import pytest
from builders import run_sayso
from taught_articles import articles, ministries_count_as_nobody, project

from sayso.classify.model_files.files import load, save
from sayso.classify.model_files.shipped_attributions import shipped_candidates
from sayso.data.records import LabelledArticle
from sayso.errors import SaysoError
from sayso.train.tasks.adapted import PACKAGE, adapted_from


def labelled(column, label_of):
    """Give the articles with labels of one column: ``label_of`` is given an article's number and a sentence's."""
    made = []
    for number, a in enumerate(articles()):
        sentences = [replace(s, kind=None, source_type=None, extra={}) for s in a.sentences]
        labels = [label_of(number, s.n) for s in sentences]
        if column == "bias":
            sentences = [replace(s, bias=label) for s, label in zip(sentences, labels, strict=True)]
        else:
            sentences = [replace(s, stance={"the ministry": label}) for s, label in zip(sentences, labels, strict=True)]
        made.append(LabelledArticle(a.article, tuple(sentences), targets={"the ministry": ()} if column == "stance" else {}))
    return made


def rows_of(task, given):
    return task.rows(given, shipped_candidates(given))


@pytest.mark.parametrize("column", ["bias", "stance"])
def test_labels_that_the_model_gives_leave_it_as_it_is(column):
    task = adapted_from(PACKAGE, column)
    rows = rows_of(task, labelled(column, lambda *_: "neutral"))
    rows = replace(rows, labels=task.predict(task.base, rows))
    assert task.fit(rows) is task.base
    assert task.choices(task.base) == ("model left unchanged: no change was surely better",)


@pytest.mark.parametrize(("column", "other"), [("bias", "biased"), ("stance", "against")])
def test_labels_that_differ_change_the_last_part_and_nothing_else(column, other, tmp_path):
    task = adapted_from(PACKAGE, column)
    rows = rows_of(task, labelled(column, lambda *_: other))
    taught = task.fit(rows)
    right = [int((task.predict(model, rows) == other).sum()) for model in (task.base, taught)]
    assert right[0] < 10 < 30 < right[1]
    part = "sentences" if column == "bias" else "second"
    assert getattr(taught, part) is not getattr(task.base, part)
    assert replace(taught, **{part: getattr(task.base, part)}) is not taught
    save(taught, tmp_path / "taught.sayso")
    again = load(tmp_path / "taught.sayso")
    assert (task.predict(again, rows) == task.predict(taught, rows)).all()


def test_kind_and_source_type_are_adapted_together():
    given = articles(ministries_count_as_nobody)
    for column, before in (("kind", "official_claim"), ("source_type", "state")):
        task = adapted_from(PACKAGE, column)
        rows = rows_of(task, given)
        taught = task.fit(rows)
        assert before in task.predict(task.base, rows)
        assert before not in task.predict(taught, rows)
        assert np.allclose(task.outputs(taught, rows).chances.sum(axis=1), 1)


def test_a_column_that_the_package_has_no_model_of_is_named():
    with pytest.raises(
        SaysoError,
        match=(
            r"^there is no built-in model for topic; there are built-in models for "
            r"kind, source_type,"
        ),
    ):
        adapted_from(PACKAGE, "topic")


def test_a_model_of_another_column_is_named(fake_models):
    path = fake_models / "attribution.sayso"
    with pytest.raises(
        SaysoError, match=r"attribution\.sayso: a AttributionModel for the task 'attribution' cannot be adapted"
    ):
        adapted_from(path, "kind")


def test_an_option_of_the_text_classifier_is_of_no_use(tmp_path):
    labels = project(tmp_path)
    done = run_sayso(
        "train", "kind", "--adapt", "package", "--also", "topic", "--data", labels, "--out", tmp_path / "k.sayso"
    )
    assert (done.exit_code, (tmp_path / "k.sayso").exists()) == (1, False)
    assert "--also has no effect with --adapt" in done.stderr
