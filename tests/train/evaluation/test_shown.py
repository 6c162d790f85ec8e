"""Results in a notebook: one line by itself, and tables where HTML is shown."""

import re

import sayso
from sayso.classify.model_files.shipped import shipped_model
from sayso.classify.wording.recipe import Recipe
from sayso.train.evaluation.attribution import evaluate_attribution_model
from sayso.train.evaluation.compare import compare

FOOD = ["Soup was dear.", "Bread ran out.", "Cheese and bread sold well."]
MONEY = ["Shares fell.", "Bonds fell too.", "Shares and bonds rose."]
X, Y = FOOD + MONEY, ["food & drink"] * 3 + ["<money>"] * 3


def scored():
    return sayso.cross_validate(sayso.TextClassifier(column="topic"), X, Y, n_folds=3)


def test_an_evaluation_is_a_line():
    found = scored()
    low, high = found.score.interval
    assert repr(found) == (
        f"Evaluation of topic: macro F1 {found.score.macro_f1:.3f} ({low:.3f} to {high:.3f}), 6 sentences, 3 folds"
    )


def test_a_notebook_shows_the_scores_side_by_side_and_by_label():
    found = scored()
    html = found._repr_html_()
    assert html.startswith(f"<p>{found!r}</p>\n<table><caption>scores<")
    assert re.search(rf'<th scope="row">the model</th><td>{found.score.macro_f1:.3f}</td>', html)
    assert '<th scope="row">food &amp; drink</th>' in html
    assert "<money>" not in html


def test_an_evaluation_of_attributions_is_a_line_and_tables(our_corpus):
    found = evaluate_attribution_model(shipped_model("attribution"), our_corpus[:3])
    overlap = found.scores["all"].measures["overlap"]
    assert repr(found) == (
        f"Evaluation of attribution: F1 by overlap {overlap.f1:.3f} "
        f"({overlap.interval[0]:.3f} to {overlap.interval[1]:.3f}), {found.attributions} attributions, "
        "3 articles, a given model"
    )
    assert f'<th scope="row">attributions, overlap</th><td>{overlap.precision:.3f}</td>' in found._repr_html_()


def test_a_comparison_is_its_verdict():
    predictions = scored()._predictions
    assert repr(compare(predictions, predictions, "one", "two")) == (
        "Comparison: two and one score the same, 95 % interval 0.0 to 0.0; not certain: the interval includes 0."
    )


def test_no_estimator_floods_the_screen(tmp_path):
    fitted = sayso.TextClassifier(column="topic").fit(X, Y)
    fitted.save(tmp_path / "topic.sayso")
    loaded = sayso.load_model(tmp_path / "topic.sayso")
    for estimator in (fitted, loaded, sayso.KindClassifier(), sayso.AttributionExtractor(), sayso.StanceClassifier()):
        assert len(repr(estimator)) < 300
    assert repr(Recipe(C=2.0, known=True)) == "Recipe(C=2.0, known=True)"
    assert repr(sayso.load_annotator(tmp_path / "topic.sayso", bias=False)) == "Annotator(voice, extractor, topic)"
