import re
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from builders import labelled_article, tokens_of_labelled, tokens_of_sentence

from sayso.classify.linear.neighbours import around
from sayso.classify.model_files import shipped_words as loaded
from sayso.classify.model_files.files import load, save
from sayso.classify.model_files.shipped import mark_of
from sayso.classify.stance_bias.targets import Target
from sayso.classify.wording import encoders
from sayso.classify.wording.encoders import Encoder
from sayso.classify.wording.model import TextModel
from sayso.classify.wording.reader import TextReader
from sayso.classify.wording.recipe import Recipe, Setup, recipe_for
from sayso.data.arrays import softmax
from sayso.errors import SaysoError
from sayso.train.estimators.bias import BiasClassifier
from sayso.train.estimators.stance import StanceClassifier
from sayso.train.estimators.text import TextClassifier
from sayso.train.evaluation.evaluate import _told_of_choices, cross_validate
from sayso.train.evaluation.plan import Plan
from sayso.train.sentences.sparse_features import lay_out
from sayso.train.tasks.registry import fit_task, language_notes, task_of
from sayso.train.wording.fit import TextFitter
from sayso.train.wording.linear import Way, balance, fit_linear
from sayso.train.wording.recipe_search import changes
from sayso.train.wording.rows import TextRows
from sayso.train.wording.target_models import best_share, folds_within

FOOD, MONEY = ("soup", "bread", "apples", "cheese"), ("shares", "bonds", "loans", "funds")


def article(number, sentences, title=None):
    """Give an article of (words, labels in columns of one's own), a line each."""
    return labelled_article(f"a{number}", *((words, {"extra": of}) for words, of in sentences), gap="\n", title=title)


def stories(n=12):
    """Give articles of one sentence each about food or money; the words of each topic recur."""
    found = []
    for i in range(n):
        topic, words = (("food", FOOD), ("money", MONEY))[i % 2]
        sentence = f"Story {i} is on {words[i % 4]} and {words[(i + 1) % 4]}."
        found.append(article(i, [(sentence, {"topic": topic, "mood": "calm" if i % 3 else "loud"})]))
    return found


def fitted(setup=None, articles=None):
    articles = articles or stories()
    task = task_of("topic", articles, setup=setup)
    rows = task.rows(articles, [[] for _ in articles])
    return task, rows, task.fit(rows, 0)


def test_a_column_of_the_users_own_is_learned_from_its_words():
    task, _, model = fitted()
    assert type(task.learner) is TextClassifier
    unseen = [article(99, [("Bread with cheese.", {"topic": "food"})]), article(98, [("Bonds, loans.", {"topic": "money"})])]
    assert task.predict(model, task.rows(unseen, [[], []])).tolist() == ["food", "money"]


def test_a_model_file_gives_the_same_chances(tmp_path):
    _, rows, model = fitted(Setup(also=("mood",), recipe=Recipe(also=("mood",), again=True)))
    save(model, tmp_path / "topic.sayso")
    back = load(tmp_path / "topic.sayso")
    assert isinstance(back, TextModel)
    assert back.recipe == model.recipe
    assert [part.task for part in back.also] == ["mood"]
    np.testing.assert_allclose(back.outputs(rows), model.outputs(rows), atol=0.02)


def test_a_column_to_learn_along_must_be_there():
    with pytest.raises(SaysoError, match="--also colour: no sentence has a label in this column"):
        task_of("topic", stories(), setup=Setup(also=("colour",)))


def test_a_label_that_training_lacks_is_never_predicted():
    _, rows, _ = fitted()
    model = TextFitter("topic", ("food", "money", "sports"), Recipe()).fit(rows)
    assert model.outputs(rows).argmax(axis=1).max() == 1


def test_labels_are_evened_out_within_each_target():
    answers, targets = np.array(["a", "a", "b", "a"]), np.array(["x", "x", "x", "y"])
    np.testing.assert_allclose(balance(answers, targets, 1.0), [0.75, 0.75, 1.5, 1.0])


def test_rare_words_are_learned_among_many_sentences():
    # each word stands in 24 of 18,000 sentences: the mean loss slopes by 24 * ½ / 18,000 = 0.00067 at most, less than 0.001
    words = np.repeat(np.arange(750), 24)
    labels = np.where(words % 2, "odd", "even").astype(np.str_)
    laid = lay_out({f"gram: w{word}": 1.0} for word in words.tolist())
    rows = TextRows(laid, labels, np.arange(18_000), np.ones(18_000), np.full(18_000, ""))
    found = fit_linear(rows, labels, ["even", "odd"], Way(Recipe())).logits(laid)
    assert np.array_equal(found.argmax(axis=1), words % 2)


def test_neighbours_are_those_of_the_same_article():
    likely = np.array([[1.0, 0.0], [0.0, 1.0], [0.5, 0.5]])
    before, after = around(likely, np.array([7, 7, 8]))[1:3]
    assert before.tolist() == [[0, 0], [1, 0], [0, 0]]
    assert after.tolist() == [[0, 1], [0, 0], [0, 0]]
    rest = around(likely, np.array([7, 7, 8]))[-1]
    assert rest.tolist() == [[0, 1], [1, 0], [0, 0]]


def test_the_second_pass_sees_the_sentences_around():
    """The middle sentence has no word of its own; only its neighbours tell its label."""
    made = []
    for i in range(24):
        words, label = ((FOOD, "food"), (MONEY, "money"))[i % 2]
        lines = [f"On {words[i % 4]} now.", f"Number {i}.", f"And {words[(i + 1) % 4]} too."]
        made.append(article(i, [(line, {"topic": label}) for line in lines]))
    task = task_of("topic", made, setup=Setup(recipe=Recipe(again=True, chars=(0, 0))))
    rows = task.rows(made, [[] for _ in made])
    model = task.fit(rows.take(np.arange(60)), calibrated=False)
    held_out = rows.take(np.arange(60, 72))
    assert task.predict(model, held_out).tolist() == held_out.labels.tolist()


def pets(n=48, numbered=False):
    """Give stances towards cats and dogs, who are liked for opposite things; numbered, no two texts are the same."""
    made = []
    for i in range(n):
        target, good = ("cats", "dogs")[i % 2], bool(i // 2 % 2)
        likes_cats = good == (target == "cats")
        words = "purring is great" if likes_cats else "barking is great"
        words += f" {i}" if numbered else ""
        stance = {target: "favor" if good else "against"}
        made.append(labelled_article(str(i), (words, {"stance": stance}), targets={target: ("the pet",)}))
    return made


def test_targets_with_sentences_enough_have_models_of_their_own(tmp_path):
    made = pets()
    task = task_of("stance", made)
    assert (type(task.learner), task.learner.by_wording) == (StanceClassifier, True)
    rows = task.rows(made, [[] for _ in made])
    said = []
    model = task.fit(rows, 0, notice=said.append)
    assert f"weight of the models of 2 targets: {model.share:g}; of the shared model: {1 - model.share:g}" in said
    assert task.predict(model, rows).tolist() == rows.labels.tolist()
    assert set(model.own) == {"cats", "dogs"}
    assert model.share > 0  # the shared model cannot tell: what speaks for the one speaks against the other
    shared = replace(model, own={})
    assert task.predict(shared, rows).tolist() != rows.labels.tolist()
    save(model, tmp_path / "stance.sayso")
    back = load(tmp_path / "stance.sayso")
    assert back.share == model.share
    np.testing.assert_allclose(back.outputs(rows), model.outputs(rows), atol=0.02)


def test_what_is_said_once_of_a_target_counts_in_its_own_model_only():
    made = pets()
    once = ("hissing is awful", {"stance": {"cats": "against"}})
    made.append(labelled_article("once", once, targets={"cats": ("the pet",)}))
    task = task_of("stance", made)
    model = task.fit(task.rows(made, [[] for _ in made]), 0)
    assert "gram: hissing" in model.own["cats"].features
    assert "gram: hissing" not in model.own["dogs"].features + model.sentences.features


def letters(texts):
    """Encode texts by how many of them are # and @."""
    return [[text.count("#"), text.count("@"), 1] for text in texts]


def test_encoders_read_no_tags_and_no_handles_when_learning_and_when_annotating(monkeypatch):
    monkeypatch.setattr(encoders, "_runner", lambda *_: letters)
    encoder = Encoder("letters", "0" * 16, Path("nowhere"))
    made = [article(i, [(f"@user{i} #Tag {words}", {"topic": words})]) for i, words in enumerate(("food", "money") * 6)]
    _, rows, model = fitted(Setup(encoder), made)
    vectors = rows.laid.matrix[:, [rows.laid.names.index(f"vector {i}") for i in range(3)]]
    assert vectors.toarray().tolist() == [[0, 0, 1]] * 12
    one = made[0]
    chance = TextReader(model, encoder).chances(tokens_of_labelled(one), None, [])
    np.testing.assert_allclose(chance, softmax(model.outputs(rows))[:1], atol=1e-6)


def test_many_labels_are_shifted_and_the_shift_is_kept(tmp_path):
    """Nothing tells soup from loans, four times as many: evened out they are a draw, but F1 is higher with loans."""
    topics = ("soup", "loan", "loan", "loan", "loan", "goal", "vote", "rain", "film")
    made = []
    for i in range(108):
        topic = topics[i % 9]
        made.append(article(i, [(f"A {topic.replace('soup', 'loan')}.", {"topic": topic})]))
    task, rows, model = fitted(articles=made)
    shift = dict(zip(model.labels, model.sentences.shift.tolist(), strict=True))
    assert shift["loan"] > shift["film"] > shift["soup"]
    assert task.predict(model, rows.take(np.array([0, 1]))).tolist() == ["loan", "loan"]
    save(model, tmp_path / "topics.sayso")
    kept = load(tmp_path / "topics.sayso")
    np.testing.assert_array_equal(kept.sentences.shift, model.sentences.shift)
    halved = model.sentences.weights.astype(np.float16).astype(np.float32)  # a file holds weights in half precision
    written = replace(model, sentences=replace(model.sentences, weights=halved))
    np.testing.assert_allclose(kept.outputs(rows), written.outputs(rows), rtol=1e-6)


def test_an_evaluation_tells_what_its_folds_decided_also_where_they_were_kept(tmp_path):
    """48 sentences, half of them towards each target: 21 of each are learned from in each of eight folds."""
    first, again = (cross_validate("stance", pets(numbered=True), Plan(8, cache=tmp_path / "folds")).notes for _ in range(2))
    (note,) = first
    own = r"weight of the targets' own models: (0(\.\d+)?|1)( to (0\.\d+|1))?"
    assert re.fullmatch(rf"Choices made in each fold's training articles: .*{own}.*\.", note)
    assert first == again


def test_choices_that_differ_in_numbers_alone_are_told_as_one():
    chosen = [
        ("wording: 0.42, knowledge: 0.58",),
        ("wording: 0.15, knowledge: 0.85", "again"),
        ("wording: 0.4, knowledge: 0.6",),
    ]
    ranges = "wording: 0.15 to 0.42, knowledge: 0.58 to 0.85; again (in 1 of 3 folds)"
    assert _told_of_choices(chosen) == [f"Choices made in each fold's training articles: {ranges}."]


def test_shares_that_are_all_zero_are_no_choice():
    model = TextModel(None, Recipe())
    assert replace(model, blend={"wording": 0.0, "knowledge": 0.0}).chosen == ()
    assert replace(model, blend={"wording": 1.0, "knowledge": 0.0}).chosen == (
        "weight of wording: 1, weight of knowledge: 0",
    )


def test_a_single_target_has_the_shared_model_alone():
    made = [labelled for labelled in pets() if "cats" in labelled.targets]
    task = task_of("stance", made)
    assert task.fit(task.rows(made, [[] for _ in made]), 0).own == {}


def test_the_share_of_targets_own_models_is_the_one_that_is_right_most_often():
    """The shared model is right of the first sentence only, the target's own of all; together by halves they are too."""
    truth = np.array(["a", "b", "b"])
    shared = np.array([[2.0, 0.0], [2.0, 0.0], [2.0, 0.0]])
    own = np.array([[1.0, 0.0], [0.0, 3.0], [0.0, 3.0]])
    share, outputs = best_share(shared, {"x": (np.arange(3), own)}, ("a", "b"), truth)
    assert share == 0.5  # 0.25: the second still gets 1.5 against 0.75
    assert outputs.tolist() == [[1.5, 0.0], [1.0, 1.5], [1.0, 1.5]]


def test_without_targets_of_their_own_the_shared_model_speaks():
    shared = np.array([[2.0, 0.0]])
    assert best_share(shared, {}, ("a", "b"), np.array(["a"]))[0] == 0.0


def test_folds_are_numbered_within_the_rows_of_a_target():
    folds = [(np.array([0, 2, 3]), np.array([1, 4])), (np.array([1, 4]), np.array([0, 2, 3]))]
    found = folds_within(folds, np.array([1, 3, 4]))
    assert [(train.tolist(), test.tolist()) for train, test in found] == [([1], [0, 2]), ([0, 2], [1])]


def test_a_target_is_known_by_any_of_its_names():
    made = pets()
    reader = TextReader(fit_task("stance", made).model_)
    assert reader.known(Target("felines", ("cats",))) == "cats"
    assert reader.known(Target("the pet")) == "cats"
    assert reader.known(Target("parrots")) is None
    seen = tokens_of_sentence("Purring is great.")
    likely = {name: reader.chances(seen, None, [], Target(name)).argmax() for name in ("cats", "dogs")}
    assert likely == {"cats": 0, "dogs": 1}


def test_an_article_is_read_as_its_rows_are():
    """Two ways to the same chances: a matrix in training, names at work."""
    made = [
        article(i, [(f"On {w}.", {"topic": "food"}), ("Then.", {"topic": "money"})] * 2, "On soup")
        for i, w in enumerate(FOOD)
    ]
    task = task_of("topic", made, setup=Setup(recipe=Recipe(article=True, again=True)))
    rows = task.rows(made, [[] for _ in made])
    model = task.fit(rows, 0)
    seen = tokens_of_labelled(made[1])
    found = TextReader(model).chances(seen, "On soup", [])
    np.testing.assert_allclose(found, softmax(model.outputs(rows.take(np.arange(4, 8)))), atol=1e-5)


def test_all_sentences_of_an_article_get_chances_labelled_or_not():
    _, _, model = fitted()
    new = article(50, [("Bread and soup.", {}), ("Nothing known", {}), ("Funds, bonds.", {"topic": "money"})])
    found = TextReader(model).chances(tokens_of_labelled(new), None, [])
    assert found.shape == (3, 2)
    assert found[[0, 2]].argmax(axis=1).tolist() == [0, 1]
    np.testing.assert_allclose(found.sum(axis=1), 1)


def loaded_story(number, word, biased):
    """Give one sentence by itself whose marked word is the only one that tells."""
    labels = {"bias": "biased", "loaded": [word]} if biased else {"bias": "neutral"}
    return labelled_article(str(number), (f"The mayor {word} plan number {number} today.", labels))


def test_marked_words_teach_which_sentences_are_biased(tmp_path):
    words = [("butchered", True), ("presented", False), ("butchered his", True), ("presented his", False)]
    made = [loaded_story(i, *words[i % 4]) for i in range(40)]
    task = task_of("bias", made)
    rows = task.rows(made, [[] for _ in made])
    model = task.fit(rows, 0)
    assert model.words is not None
    assert task.predict(model, rows).tolist() == rows.labels.tolist()
    save(model, tmp_path / "bias.sayso")
    np.testing.assert_allclose(load(tmp_path / "bias.sayso").outputs(rows), model.outputs(rows), atol=0.05)


def test_a_search_reports_what_it_tried_and_keeps_the_best(tmp_path):
    told = []
    articles = stories(18)
    task = task_of("topic", articles, setup=Setup(search=True))
    rows = task.rows(articles, [[] for _ in articles])
    model = task.fit(rows, 0, notice=told.append)
    scores = [score for _, score in model.tried]
    assert scores == sorted(scores, reverse=True)
    assert any(line.endswith(model.tried[0][0]) for line in told)
    save(model, tmp_path / "topic.sayso")
    assert load(tmp_path / "topic.sayso").tried[0][0] == model.tried[0][0]


def test_a_search_changes_one_setting_at_a_time():
    start = Recipe(article=True, again=True, seen=True, own=True)
    assert {"article", "again", "seen", "own"} <= {
        f.name for r in changes(start) for f in fields(Recipe) if getattr(r, f.name) is False
    }
    for recipe in changes(start)[1:]:
        assert sum(getattr(recipe, f.name) != getattr(start, f.name) for f in fields(Recipe)) == 1


def judged(number, n_marked):
    """Give an article whose first two sentences are biased, of which some have their loaded word marked."""
    marked = [[word] if n < n_marked else [] for n, word in enumerate(("butchered it", "grovelled"))]
    biased = [{"bias": "biased", "loaded": words} for words in marked]
    neutral = [(words, {"bias": "neutral"}) for words in ("They met.", "They left.")]
    return labelled_article(
        f"a{number}", ("They butchered it.", biased[0]), ("They grovelled.", biased[1]), *neutral, gap="\n"
    )


def test_bias_in_articles_is_learned_from_the_wording_where_few_words_are_marked_or_that_is_asked_for():
    marked = [judged(i, 2) for i in range(4)]
    assert type(task_of("bias", marked).learner) is BiasClassifier
    assert not task_of("bias", marked).learner.by_wording
    assert task_of("bias", marked, setup=Setup(search=True)).learner.by_wording
    assert task_of("bias", [judged(i, 1) for i in range(4)]).learner.by_wording


def test_runs_of_characters_go_over_the_ends_of_words_for_bias_in_articles_alone():
    in_articles = [judged(i, 0) for i in range(4)]
    alone = [replace(made, sentences=made.sentences[:1]) for made in in_articles]
    assert recipe_for(in_articles, "bias").across
    assert not recipe_for(alone, "bias").across
    assert not recipe_for(in_articles, "stance").across


def test_bias_looks_at_what_the_default_model_says_of_words_unless_it_has_seen_an_article(monkeypatch):
    made = [judged(i, 0) for i in range(4)]
    task = task_of("bias", made)
    rows = task.rows(made, [[] for _ in made])
    scores = [row["default loaded word 1"] for row in rows.laid]
    assert scores[1] > max(scores[2:4])  # grovelled; met, left
    monkeypatch.setattr(loaded, "seen_by", lambda _: frozenset({mark_of(made[3].article)}))
    assert not task_of("bias", made).learner.recipe.default
    monkeypatch.undo()
    assert not task_of(
        "bias", [judged(i, 2) for i in range(4)], setup=Setup(search=True)
    ).learner.recipe.default  # words are marked


def test_the_default_model_of_words_in_articles_is_not_asked_about_sentences_that_stand_alone():
    made = [loaded_story(i, *(("butchered", True), ("presented", False))[i % 2]) for i in range(8)]
    rows = task_of("bias", made).rows(made, [[] for _ in made])
    assert rows.tokens
    assert not any(name.startswith("default ") for name in rows.laid.names)


def test_a_model_of_bias_in_articles_is_asked_about_an_article_by_itself(tmp_path):
    made = [judged(i, 0) for i in range(4)]
    task = task_of("bias", made)
    save(task.fit(task.rows(made, [[] for _ in made]), 0), tmp_path / "bias.sayso")
    new = judged(9, 0)
    seen = tokens_of_labelled(new)
    ((found, _),) = TextReader(load(tmp_path / "bias.sayso")).loaded_words([seen], [None], [[]])
    assert (found[:, 0] > 0.5).tolist() == [True, True, False, False]


@pytest.mark.parametrize(("n_labels", "balance"), [(2, 1.0), (4, 1.0), (5, 0.6)])
def test_rare_labels_of_many_weigh_less_than_frequent_ones_in_articles(n_labels, balance):
    lines = [(f"Line {i}.", {"role": f"label {i % n_labels}"}) for i in range(10)]
    assert task_of("role", [article(0, lines), article(1, lines)]).learner.recipe.balance == balance


def test_labels_that_features_are_named_for_too_are_learned():
    """*none* and *quote* are also what is told of the sentences around."""
    articles = [
        article(i, [(f"Rain fell on {a}.", {"speech": "none"}), (f"“We wait,” said {a}.", {"speech": "quote"})] * 2)
        for i, a in enumerate(("Ada", "Tom", "Una", "Kim", "Lee", "Max"))
    ]
    task = task_of("speech", articles, setup=Setup(recipe=Recipe(article=True, again=True)))
    rows = task.rows(articles, [[] for _ in articles])
    assert task.predict(task.fit(rows, 0), rows).tolist() == ["none", "quote"] * 12


GERMAN = {
    "gut": "Das war sehr gut, und die Stadt hat es auch gewusst.",
    "schlecht": "Das war nicht gut, und er kam zu spät für die Stadt.",
}


def test_what_is_known_of_english_is_left_out_where_sentences_are_not_and_that_is_told():
    german = [article(i, [(f"{text} Tag {i}.", {"urteil": label})] * 3) for i in range(4) for label, text in GERMAN.items()]
    task = task_of("urteil", german)
    recipe = task.learner.recipe
    assert (recipe.article, recipe.seen, recipe.default) == (False, False, False)
    assert recipe.again  # what is said of the sentences around is no English
    (note,) = language_notes(task, german)
    assert note.startswith("Most of the text is not English (de), so features made for English are left out.")
    assert language_notes(task_of("topic", stories()), stories()) == []
    kinds = [
        replace(a, sentences=tuple(replace(s, kind=("quote", "narrative")[s.n % 2]) for s in a.sentences)) for a in german
    ]
    assert language_notes(task_of("kind", kinds), kinds)[0].endswith("Do not trust its labels.")
