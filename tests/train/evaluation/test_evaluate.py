import json
import re
from dataclasses import replace

import numpy as np
import pytest
from builders import labelled_article
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score, confusion_matrix, f1_score, precision_recall_fscore_support

from sayso.classify.model_files.files import save
from sayso.errors import SaysoError
from sayso.train import held_out_attributions as candidates
from sayso.train.evaluation.evaluate import cross_validate, evaluate_model
from sayso.train.evaluation.plan import Plan
from sayso.train.folds.cross_validation import Parting, article_groups, hold_out
from sayso.train.folds.grouped import grouped_folds
from sayso.train.held_out_attributions import NOTHING, Source, choose_source, fitted_candidates
from sayso.train.manifest import about_model
from sayso.train.measures.scores import macro_interval, score
from sayso.train.tasks.registry import task_of

pytestmark = pytest.mark.usefixtures("no_shipped_model")
LINES = [
    ("quote", "individual", "“I have not seen such a harvest in {n} years,” said Ana Bravo, a farmer."),
    ("official_claim", "state", "The finance ministry said the deficit would shrink by {n} percent."),
    ("independent_assessment", "expert", "The salt tax is too high by {n} crowns, according to researchers."),
    ("narrative", "none", "Rain fell on the valley for {n} days."),
    ("narrative", "none", "The old bridge over the Tarn was closed {n} weeks ago."),
    ("narrative", "unnamed", "The mayor’s car was reportedly sold for {n} crowns."),
]


def invent(number, lines=LINES, n_sentences=8):
    rng = np.random.default_rng(number)
    sentences = []
    for n, i in enumerate(rng.integers(0, len(lines), n_sentences)):
        kind, source_type, words = lines[i]
        words = words.format(n=100 * number + n + 2)
        topic = "money" if "crowns" in words or "percent" in words else "country"
        sentences.append((words, {"kind": kind, "source_type": source_type, "extra": {"topic": topic}}))
    return labelled_article(f"a{number}", *sentences, complete=frozenset({"kind"}))


@pytest.fixture(scope="module")
def articles():
    return [invent(i) for i in range(12)]


@pytest.fixture(scope="module")
def held_out(articles):
    return hold_out(task_of("kind", articles), articles, Source(NOTHING), Parting(n_folds=4, seed=3))


def test_every_labelled_sentence_is_judged_once(articles, held_out):
    assert held_out.truth.tolist() == [s.kind for a in articles for s in a.sentences]
    assert held_out.rows.groups.tolist() == [i for i, a in enumerate(articles) for _ in a.sentences]
    assert set(held_out.fold) == {0, 1, 2, 3}


def test_an_article_is_in_one_fold(held_out):
    folds = {(g, f) for g, f in zip(held_out.rows.groups.tolist(), held_out.fold.tolist(), strict=True)}
    assert len(folds) == 12


def test_the_model_learns_what_the_lines_say(held_out):
    assert accuracy_score(held_out.truth, held_out.predicted) > 0.9


def test_figures_are_those_of_scikit_learn(held_out):
    found = score(held_out.truth, held_out.predicted, held_out.rows.groups)
    truth, predicted = held_out.truth, held_out.predicted
    names = [s.label for s in found.labels]
    p, r, f, n = precision_recall_fscore_support(truth, predicted, labels=names)
    assert found.macro_f1 == f1_score(truth, predicted, average="macro")
    assert found.accuracy == accuracy_score(truth, predicted)
    assert [(s.precision, s.recall, s.f1, s.support) for s in found.labels] == list(zip(p, r, f, n, strict=True))
    assert found.confusion == tuple(map(tuple, confusion_matrix(truth, predicted, labels=names).tolist()))


def test_a_label_that_the_data_lacks_lowers_no_mean():
    found = score(["a", "a", "b", "b"], ["a", "a", "b", "c"], np.array([0, 0, 1, 1]))
    assert found.macro_f1 == pytest.approx((1 + 2 / 3) / 2)
    assert [(s.label, s.support) for s in found.labels] == [("a", 2), ("b", 2), ("c", 0)]


def test_labels_are_listed_in_the_order_asked_for():
    found = score(["b", "a"], ["b", "x"], np.array([0, 1]), ("b", "a", "never"))
    assert [s.label for s in found.labels] == ["b", "a", "x"]


def test_the_interval_resamples_articles_not_sentences():
    truth, predicted = ["a", "b"] * 40, ["a", "b"] * 20 + ["b", "a"] * 20
    few = macro_interval(truth, predicted, np.repeat([0, 1], 40), ["a", "b"])
    many = macro_interval(truth, predicted, np.repeat(np.arange(40), 2), ["a", "b"])
    assert few == (0.0, 1.0)
    assert 0.3 < many[0] < 0.5 < many[1] < 0.7


def test_the_interval_of_no_error_is_one():
    assert macro_interval(["a", "b"], ["a", "b"], np.array([0, 1]), ["a", "b"], draws=50) == (1.0, 1.0)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from("abcd")), min_size=8, max_size=60), st.integers(0, 5))
def test_no_article_is_on_both_sides(sentences, seed):
    groups = np.array([*range(4), *(g for g, _ in sentences)])
    labels = np.array(["a"] * 4 + [label for _, label in sentences])
    folds = grouped_folds(labels, groups, 4, seed)
    for train, test in folds:
        assert len(train)
        assert len(test)
        assert not set(groups[train]) & set(groups[test])
    assert sorted(np.concatenate([test for _, test in folds])) == list(range(len(groups)))


def test_another_seed_parts_otherwise():
    labels, groups = np.array(["a", "b"] * 30), np.repeat(np.arange(20), 3)
    first, again, other = (grouped_folds(labels, groups, 5, seed) for seed in (1, 1, 2))
    assert [t.tolist() for _, t in first] == [t.tolist() for _, t in again]
    assert [t.tolist() for _, t in first] != [t.tolist() for _, t in other]


def test_the_same_article_under_two_ids_is_one():
    one, two, three = invent(1), invent(2), invent(3)
    again = replace(one, article=replace(one.article, id="copy"))
    joint = replace(one, article=replace(one.article, id="a2"))
    assert article_groups([one, two, again, three]) == [0, 1, 0, 3]
    assert article_groups([one, two, joint]) == [0, 0, 0]  # the third has the words of the first, the id of the second


@pytest.mark.parametrize("name", ["kind", "topic"])
def test_the_figures_do_not_depend_on_the_workers(articles, name):
    one, two = (json.dumps(cross_validate(name, articles, Plan(3, seed=5, n_jobs=n_jobs)).as_json()) for n_jobs in (1, 2))
    assert one == two


def test_an_evaluation_names_its_baselines_and_what_random_folds_claim(articles):
    found = cross_validate("kind", articles, Plan(3))
    plain = found.as_json()
    assert list(found.baselines) == ["most_frequent", "stratified", "rule"]
    assert found.baselines["rule"].macro_f1 > found.baselines["most_frequent"].macro_f1
    assert plain["random_folds"]["macro_f1"] == found.random_folds.macro_f1
    assert [s["label"] for s in plain["labels"]] == ["quote", "official_claim", "independent_assessment", "narrative"]
    assert plain["versions"].keys() >= {"sayso", "scikit-learn", "numpy"}
    assert (plain["seed"], plain["folds"], plain["articles"], plain["sentences"]) == (0, 3, 12, 96)
    assert len(plain["data"]["digest"]) == 64
    assert found.notes == (candidates.NO_MODEL,)


def test_a_column_of_ones_own_has_no_rule(articles):
    found = cross_validate("topic", articles, Plan(3))
    assert list(found.baselines) == ["most_frequent", "stratified"]
    assert found.score.macro_f1 > 0.9  # the words tell


def test_sentences_with_one_of_two_labels_are_counted(articles):
    first = articles[0]
    poorer = replace(first, sentences=(replace(first.sentences[0], source_type=None), *first.sentences[1:]))
    found = cross_validate("kind", [poorer, *articles[1:]], Plan(3))
    assert found.sentences == 95
    assert "Left out: 1 sentence without a label in source_type." in found.notes


def test_too_few_articles_are_refused(articles):
    with pytest.raises(SaysoError, match=r"^3 labelled articles are too few for 5 folds; .* --folds\.$"):
        cross_validate("kind", articles[:3])


@pytest.mark.parametrize(
    ("groups", "option", "said"),
    [
        ([0, 0, 2, 2, 4, 4], "--group-similar",
         "--group-similar joined 6 articles into 3 groups of similar sentences, too few for 5 folds; leave it out, or give "
         "--folds 3."),
        ([0] * 6, "--unseen-targets",
         "--unseen-targets joined 6 articles into 1 group of shared targets, too few for 5 folds; leave it out."),
        ([0, 0, 2, 2, 4, 4], "",
         "3 groups of labelled articles are too few for 5 folds; label more, or give a smaller --folds."),
    ],
)  # fmt: skip
def test_groups_that_are_too_few_say_what_joined_them(groups, option, said, articles):
    parting = Parting(n_folds=5, groups=groups, joined_by=option)
    with pytest.raises(SaysoError, match=f"^{re.escape(said)}$"):
        hold_out(task_of("kind", articles), articles[:6], Source(NOTHING), parting)


def test_a_label_in_one_article_only_is_no_error(articles):
    odd = [("quote", "media", "“The paper of record does not err,” the Courier wrote.")]
    found = cross_validate("source_type", [*articles, invent(12, odd)], Plan(3))
    media = next(s for s in found.score.labels if s.label == "media")
    assert (media.recall, media.support) == (0.0, 8)


def test_a_model_file_is_scored_on_labels(articles, tmp_path):
    task = task_of("kind", articles)
    model = task.fit(task.rows(articles, [[] for _ in articles]), 0)
    path = tmp_path / "kind.sayso"
    save(model, path, **about_model({"data": articles[:6]}, 0, {}))
    found = evaluate_model(path, "kind", articles)
    assert found.folds is None
    assert found.random_folds is None
    assert found.score.macro_f1 > 0.9
    assert found.sentences == 96
    assert any("was trained on 6 of these 12 articles" in note for note in found.notes)
    with pytest.raises(SaysoError, match=r"kind\.sayso: this model predicts 'voice', not 'topic'\.$"):
        evaluate_model(path, "topic", articles)
    bare = [replace(a, sentences=tuple(replace(s, kind=None) for s in a.sentences)) for a in articles]
    with pytest.raises(SaysoError, match=r"^no sentence has a label in 'kind'; a model can be scored only on labelled"):
        evaluate_model(path, "kind", bare)


def test_the_shipped_model_is_not_asked_about_articles_it_has_seen(articles, monkeypatch, tmp_path):
    task = task_of("kind", articles)
    path = tmp_path / "attribution.sayso"
    model = task.fit(task.rows(articles, [[] for _ in articles]), 0)
    save(model, path, **about_model({"data": articles[:1]}, 0, {}))
    monkeypatch.setattr(candidates, "shipped_model", lambda name: path)
    found = choose_source(articles)
    assert found.way == NOTHING
    assert found.note.startswith("The built-in attribution model was trained on 1 of these 12 articles")
    assert choose_source(articles[1:]).way == candidates.SHIPPED


def test_marked_attributions_are_found_by_models_that_have_not_seen_them(monkeypatch, articles):
    asked = []

    def fit(marked, **how):
        asked.append([a.article.id for a in marked])
        return type("Fitted", (), {"model": None, "out_of_fold": [["held out"] for _ in marked]})

    class Finder:
        @staticmethod
        def of(model, reader):
            return Finder()

        def extract_all(self, seen):
            return [["found"] for _ in seen]

    monkeypatch.setattr(candidates, "fit_attribution", fit)
    monkeypatch.setattr(candidates, "Extractor", Finder)
    monkeypatch.setattr("sayso.classify.model_files.shipped_attributions.corrected", lambda _, found: found)
    marked = [replace(a, complete=frozenset({"attribution"})) for a in articles[:3]]
    train, test = fitted_candidates([marked[0], articles[5], marked[1]], [marked[2]])
    assert asked == [["a0", "a1"]]
    assert (train, test) == ([["held out"], ["found"], ["held out"]], [["found"]])


@pytest.mark.parametrize(("column", "found"), [("nosuch", "nothing"), ("desk", "only 'north'")])
def test_a_column_that_tells_no_groups_is_refused_before_any_fold(articles, column, found):
    told = []
    of_one = [replace(a, meta={"desk": "north"}) for a in articles]
    with pytest.raises(
        SaysoError, match=f"--group {column}: the labelled articles have {found} in this column; at least two groups"
    ):
        cross_validate("kind", of_one, Plan(3, group=column, watch=lambda results, n: told.append(n) or results))
    assert told == []
