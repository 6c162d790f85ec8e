from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sayso.classify.language.article_tokens import view
from sayso.classify.model_files.container import read_model, write_model
from sayso.classify.model_files.files import load, save
from sayso.classify.model_files.wording_reader import TextReader
from sayso.classify.wording import encoders
from sayso.classify.wording.encoders import Encoder
from sayso.classify.wording.last_stage import LastStage, Quadratic, stage_columns
from sayso.classify.wording.model import chances
from sayso.classify.wording.recipe import Recipe, Setup, recipe_for
from sayso.data.records import Article, LabelledArticle, Sentence, Span
from sayso.errors import SaysoError
from sayso.train.tasks import predict_rows, task_of
from sayso.train.wording import fit_last_stage
from sayso.train.wording.fit_last_stage import fit_quadratic

LN3 = np.log(3)  # log odds of a chance of three quarters


def logits_of(odds):
    return np.array([[value, 0.0] for value in odds])


def test_an_article_of_three_sentences_by_hand():
    """The chances are 1/2, 3/4 and 1/4: by 0, 1/4 and -1/4 more than usual; the squares count 1/2, 2 and 0."""
    weights = np.array([1.0, 8, 4, 2, 16, -10, 1])  # log odds; two before, one before, one after, two after; rate; square
    stage = LastStage(weights, 0.25, 0.5, Quadratic(np.array([[0.5]], np.float32)))
    found = stage.logits(logits_of([0, LN3, -LN3]), np.zeros(3, np.int64), np.array([[1.0], [2.0], [0.0]]))
    odds = [
        2 / 4 - 16 / 4 + 1 / 2 + 1 / 4,  # the others' excess is 0 in sum
        LN3 - 2 / 4 + 10 / 4 / 5 + 2 + 1 / 4,  # theirs is -1/4, over two others and three as usual
        -LN3 + 4 / 4 - 10 / 4 / 5 + 1 / 4,
    ]
    np.testing.assert_allclose(found, [[value / 2, -value / 2] for value in odds])


def test_beyond_the_ends_of_an_article_all_is_as_usual():
    alone = stage_columns(logits_of([1.0]), np.zeros(1, np.int64), 0.75, np.zeros(1))
    between = stage_columns(logits_of([LN3, 1.0, LN3]), np.zeros(3, np.int64), 0.75, np.zeros(3))
    np.testing.assert_allclose(between[1], alone[0], atol=1e-12)


def test_sentences_of_another_article_are_no_neighbours():
    found = stage_columns(logits_of([LN3, 1.0]), np.array([4, 7]), 0.5, np.zeros(2))
    assert found[:, 1:].tolist() == [[0.0] * 6] * 2


def test_a_quadratic_score_is_that_of_its_kernel():
    rng = np.random.default_rng(0)
    known, new = rng.normal(size=(9, 3)), rng.normal(size=(4, 3))
    first = np.arange(9) % 3 == 0
    alpha = np.linalg.solve((known @ known.T) ** 2 + np.eye(9), first - 1 / 3)
    np.testing.assert_allclose(fit_quadratic(known, first).scores(new), (new @ known.T) ** 2 @ alpha, rtol=1e-5)


def test_of_very_many_sentences_every_second_is_looked_at(monkeypatch):
    monkeypatch.setattr(fit_last_stage, "_MOST", 3)
    vectors, first = np.eye(5), np.arange(5) > 2
    np.testing.assert_array_equal(fit_quadratic(vectors, first).table, fit_quadratic(vectors[::2], first[::2]).table)


def marks(texts):
    """Encode texts by their marks, as vectors of length 1: a sentence is biased where both stand in it."""
    found = np.array([[text.count("%"), text.count("$"), 1] for text in texts])
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def story(number, size=4):
    """Give an article whose sentences have either mark, both or none."""
    kinds = ("%$", "%", "$", "")[:size]
    lines = [f"Of {number} {kind}." for kind in kinds]
    starts = np.cumsum([0, *(len(line) + 1 for line in lines)]).tolist()
    sentences = tuple(
        Sentence(n, Span(start, start + len(line)), bias="biased" if kind == "%$" else "neutral")
        for n, (line, kind, start) in enumerate(zip(lines, kinds, starts[:-1], strict=True))
    )
    return LabelledArticle(Article(f"a{number}", "\n".join(lines)), sentences)


@pytest.fixture
def encoder(monkeypatch):
    monkeypatch.setattr(encoders, "_runner", lambda *_: marks)
    return Encoder("marks", "0" * 16, Path("nowhere"))


@pytest.fixture
def made():
    return [story(i) for i in range(12)]


def fitted(articles, setup):
    task = task_of("bias", articles, setup=setup)
    rows = task.rows(articles, [[] for _ in articles])
    return task, rows, task.fit(rows, 0)


def test_bias_in_articles_has_a_last_stage_with_an_encoder_which_a_file_keeps(tmp_path, encoder, made):
    task, rows, model = fitted(made, Setup(encoder))
    assert model.last.vectors == ["vector 0", "vector 1", "vector 2"]
    assert predict_rows(model, rows, "bias") == rows.labels.tolist()
    assert np.abs(replace(model, last=None).outputs(rows) - model.outputs(rows)).min() > 0.1
    save(model, tmp_path / "bias.sayso")
    back = load(tmp_path / "bias.sayso")
    np.testing.assert_allclose(back.outputs(rows), model.outputs(rows), atol=0.02)  # weights are kept in half precision
    one = made[3]
    found = TextReader(back, encoder).read(view(one.article.text, [s.span for s in one.sentences]), None, [])
    np.testing.assert_allclose(found, chances(back.outputs(rows.take(np.arange(12, 16)))), atol=1e-5)
    assert task.fit_quickly(rows).last is not None  # it changes labels: a quick fit has it too


def test_without_an_encoder_there_is_no_last_stage(made):
    assert fitted(made, Setup())[2].last is None


def test_sentences_that_stand_alone_have_no_last_stage(encoder, made):
    alone = [replace(a, sentences=a.sentences[n % 2 : n % 2 + 1]) for n, a in enumerate(made)]
    assert fitted(alone, Setup(encoder))[2].last is None
    assert recipe_for(made, "bias").last
    assert not recipe_for(made, "stance").last


def test_a_recipe_of_before_the_last_stage_has_none():
    values = Recipe(last=True).as_json()
    del values["last"]
    assert Recipe.of_json(values) == Recipe()


@pytest.mark.parametrize("part", ["last_line", "last_table"])
def test_a_last_stage_from_a_bent_file_is_refused(tmp_path, encoder, made, part):
    path = tmp_path / "bias.sayso"
    save(fitted(made, Setup(encoder))[2], path)
    found = read_model(path)
    write_model(path, found.manifest, {**found.arrays, part: found.arrays[part][:-1]}, found.texts)
    with pytest.raises(SaysoError, match="does not fit together"):
        load(path)
