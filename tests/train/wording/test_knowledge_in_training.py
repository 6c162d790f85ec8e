"""What the package knows, in training: few sentences are enough for it, and annotating sees the same."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from builders import labelled_article, tokens_of_labelled

from sayso.classify.model_files.files import load, save
from sayso.classify.tasks.wording import WORDING
from sayso.classify.wording.reader import TextReader
from sayso.classify.wording.recipe import Recipe, Setup
from sayso.data.arrays import softmax
from sayso.train.estimators import wording as of_wording
from sayso.train.tasks.registry import task_of
from sayso.train.wording.fit import TextFitter

JUDGING = (
    "sadly luckily alas regrettably ironically thankfully tragically curiously mercifully oddly strangely bizarrely "
    "foolishly "
    "shockingly alarmingly wisely rightly wrongly hopefully amazingly unfortunately predictably worryingly fortunately"
).split()
PLAIN = (
    "locally manually nightly remotely separately jointly electronically verbally hourly quarterly formally orally "
    "nationally regionally centrally privately publicly internally externally digitally mechanically chemically "
    "northerly thirdly"
).split()
THINGS = (
    "ferry harbour kettle ladder orchard pigeon quarry rudder saddle tunnel valley wagon anchor barrel candle dairy engine "
    "forge garage hedge island jetty kennel lantern meadow needle oven pantry quilt raft shed tannery urn vault well yard "
    "zinc attic bakery cellar depot easel fence gutter hut inn jar kiosk"
).split()


def sentences():
    """Give 48 sentences: the word that opens each stands in no other, and neither does the thing it is about."""
    pairs = [(opener, label) for both in zip(JUDGING, PLAIN, strict=True) for opener, label in zip(both, "jp", strict=True)]
    return [
        labelled_article(f"a{i}", (f"{opener.capitalize()}, the {thing} closed.", {"extra": {"tone": label}}))
        for i, ((opener, label), thing) in enumerate(zip(pairs, THINGS, strict=True))
    ]


def right(recipe):
    """Learn from 40 sentences; give how many of the other eight are labelled rightly."""
    made = sentences()
    task = task_of("tone", made, setup=Setup(recipe=recipe))
    rows = task.rows(made, [[] for _ in made])
    model = task.fit(rows.take(np.arange(40)), 0)
    rest = rows.take(np.arange(40, 48))
    return int((task.predict(model, rest) == rest.labels).sum())


def test_forty_sentences_teach_what_no_run_of_words_tells():
    assert right(Recipe(known=True, chars=(0, 0))) == 8
    assert right(Recipe(chars=(0, 0))) == 4  # always the same label


@pytest.fixture(scope="module")
def fitted():
    made = sentences()[:24]
    task = task_of("tone", made)
    rows = task.rows(made, [[] for _ in made])
    return made, rows, task.fit(rows, 0)


def test_annotating_sees_what_training_saw(fitted):
    made, rows, model = fitted
    chances = [TextReader(model).chances(tokens_of_labelled(one), None, []) for one in made]
    np.testing.assert_allclose(np.concatenate(chances), softmax(model.outputs(rows)), atol=1e-5)


def test_how_much_each_block_says_is_told_and_kept(fitted, tmp_path: Path):
    _, rows, model = fitted
    assert list(model.blend) == ["wording", "knowledge"]
    assert sum(model.blend.values()) == pytest.approx(1.0, abs=0.011)  # rounded to hundredths
    assert model.chosen == (
        (f"weight of wording: {model.blend['wording']:g}, weight of knowledge: {model.blend['knowledge']:g}"),
    )
    save(model, tmp_path / "tone.sayso")
    back = load(tmp_path / "tone.sayso")
    assert back.blend == model.blend
    np.testing.assert_allclose(back.outputs(rows), model.outputs(rows), atol=0.05)


def test_names_of_blocks_are_those_of_the_features(fitted):
    names = fitted[2].sentences.features
    assert {"style: attitude", "kind: narrative", "bias: biased", "tense: past"} <= set(names)


def test_a_model_with_knowledge_names_the_models_that_it_asks(fitted):
    assert set(WORDING.looks_at(fitted[2])) == {"attribution", "bias", "voice"}
    assert WORDING.looks_at(replace(fitted[2], recipe=Recipe(known=True))) == ("attribution",)


def test_the_packages_models_are_not_asked_about_what_they_learned_from(monkeypatch):
    monkeypatch.setattr(of_wording, "may_learn_from_default", lambda _: False)
    recipe = task_of("tone", sentences()).learner.recipe
    assert (recipe.known, recipe.judged) == (True, False)


def test_nothing_is_known_of_another_language():
    made = [replace(one, article=replace(one.article, language="de")) for one in sentences()]
    recipe = task_of("tone", made).learner.recipe
    assert (recipe.known, recipe.judged) == (False, False)


def test_without_folds_all_blocks_say_as_much():
    made = [
        labelled_article("one", *((f"{w.capitalize()}.", {"extra": {"tone": "jp"[w in PLAIN]}}) for w in (*JUDGING, *PLAIN)))
    ]
    task = task_of("tone", made, setup=Setup(recipe=Recipe(known=True)))
    model = TextFitter("tone", ("j", "p"), task.learner.recipe).fit(task.rows(made, [[]]))
    assert model.blend == {}
    assert "style: attitude" in model.sentences.features


def test_a_label_of_one_article_alone_upsets_nothing():
    """No model of other articles can know the label of the last one; the others are told apart all the same."""
    made = sentences()[:20]
    made.append(
        labelled_article("odd", *((f"{thing.capitalize()}.", {"extra": {"tone": "odd"}}) for thing in THINGS[20:24]))
    )
    task = task_of("tone", made, setup=Setup(recipe=Recipe(known=True, chars=(0, 0))))
    rows = task.rows(made, [[] for _ in made])
    model = task.fit(rows, 0)
    assert np.abs(model.sentences.shift).max() < 5
    assert (task.predict(model, rows) == rows.labels).mean() > 0.9
