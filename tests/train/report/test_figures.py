"""Each figure of a report's JSON beside scikit-learn's own functions on the predictions that were saved with it."""

import json
import re
from html.parser import HTMLParser
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from sklearn.calibration import calibration_curve
from sklearn.metrics import (
    accuracy_score,
    average_precision_score,
    brier_score_loss,
    cohen_kappa_score,
    confusion_matrix,
    f1_score,
    log_loss,
    precision_recall_fscore_support,
    roc_auc_score,
)

from sayso.classify.model_files.files import save
from sayso.errors import SaysoError
from sayso.train.evaluation import evaluate
from sayso.train.evaluation.evaluate import evaluate_model
from sayso.train.evaluation.predictions import read_predictions
from sayso.train.report.files import check_report, files_of, write_report
from sayso.train.tasks.registry import task_of


@pytest.fixture(scope="module")
def figures(report):
    return json.loads(files_of(report)["json"].read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def saved(report):
    return pd.read_parquet(files_of(report)["predictions"])


@pytest.fixture(scope="module")
def first(saved):
    return saved[saved["repeat"] == 0]


def chances(rows, prefix="score"):
    return rows[[f"{prefix}_{label}" for label in sorted(set(rows["truth"]))]].to_numpy()


def macro(truth, predicted):
    return f1_score(truth, predicted, average="macro", labels=sorted(set(truth)), zero_division=0)


def same(figure):
    return pytest.approx(figure, abs=1e-12)


def test_there_is_a_row_for_each_sentence_and_repeat(articles, saved):
    assert len(saved) == 2 * sum(len(a.sentences) for a in articles)
    row, a = saved.iloc[11], articles[1]
    assert (row["article"], row["n"], row["start"], row["end"]) == ("a1", 2, *a.sentences[2].span)
    assert saved.groupby("article")["fold"].nunique().max() <= 2  # one for each repeat
    assert set(saved[saved["repeat"] == 1]["fold"]) == {0, 1, 2}


def test_the_headline_is_the_mean_of_the_repeats(figures, saved):
    turns = [turn for _, turn in saved.groupby("repeat")]
    assert figures["macro_f1"] == same(np.mean([macro(t["truth"], t["predicted"]) for t in turns]))
    assert figures["accuracy"] == same(np.mean([accuracy_score(t["truth"], t["predicted"]) for t in turns]))
    low, high = figures["interval"]
    assert low < figures["macro_f1"] < high


def test_labels_and_confusion_are_those_of_the_first_repeat(figures, first):
    names = [label["label"] for label in figures["labels"]]
    parts = precision_recall_fscore_support(first["truth"], first["predicted"], labels=names, zero_division=0)
    for key, values in zip(("precision", "recall", "f1", "support"), parts, strict=True):
        assert [label[key] for label in figures["labels"]] == same(list(values))
    assert figures["confusion"] == confusion_matrix(first["truth"], first["predicted"], labels=names).tolist()


def test_folds_are_scored_one_by_one(figures, saved):
    assert len(figures["by_fold"]) == 6
    for of in figures["by_fold"]:
        rows = saved[(saved["repeat"] == of["repeat"]) & (saved["fold"] == of["fold"])]
        assert (of["sentences"], of["articles"]) == (len(rows), rows["article"].nunique())
        assert of["macro_f1"] == same(macro(rows["truth"], rows["predicted"]))
        assert of["accuracy"] == same(accuracy_score(rows["truth"], rows["predicted"]))
        f1 = f1_score(rows["truth"], rows["predicted"], labels=list(of["labels"]), average=None, zero_division=0)
        assert list(of["labels"].values()) == same(list(f1))


@pytest.mark.parametrize("name", ["most_frequent", "stratified", "rule"])
def test_baselines_are_scored_like_the_model(figures, first, name):
    found = figures["baselines"][name]
    assert found["macro_f1"] == same(macro(first["truth"], first[f"as_{name}"]))
    assert found["accuracy"] == same(accuracy_score(first["truth"], first[f"as_{name}"]))


def test_random_folds_and_unseen_groups_too(figures, first):
    assert figures["random_folds"]["macro_f1"] == same(macro(first["truth"], first["as_random_folds"]))
    assert figures["grouped"]["score"]["macro_f1"] == same(macro(first["truth"], first["as_unseen_group"]))
    assert (figures["grouped"]["groups"], figures["grouped"]["rounds"]) == (2, 2)
    for of in figures["unseen_groups"]:
        rows = first[first["by_desk"] == of["name"]]
        assert of["macro_f1"] == same(macro(rows["truth"], rows["as_unseen_group"]))


def test_people_agree_as_scikit_learn_says(figures, first):
    both = first[first["as_second"] != ""]
    assert figures["human"]["sentences"] == len(both) == 54
    assert figures["human"]["kappa"] == same(cohen_kappa_score(both["truth"], both["as_second"]))
    assert figures["human"]["people"]["macro_f1"] == same(macro(both["truth"], both["as_second"]))
    assert figures["human"]["model"]["macro_f1"] == same(macro(both["truth"], both["predicted"]))


def test_curves_have_the_areas_of_scikit_learn(figures, first):
    assert [c["label"] for c in figures["curves"]] == [label["label"] for label in figures["labels"]]
    for of in figures["curves"]:
        is_it, chance = first["truth"] == of["label"], first[f"score_{of['label']}"]
        assert of["n"] == is_it.sum()
        assert of["average_precision"] == same(average_precision_score(is_it, chance))
        assert of["roc_auc"] == same(roc_auc_score(is_it, chance))
        assert len(of["recall"]) == len(of["precision"]) <= 101
        assert (of["true_positives"][0], of["true_positives"][-1]) == (0, 1)


@pytest.mark.parametrize(("name", "prefix"), [("before", "raw"), ("after", "score")])
def test_calibration_is_measured_as_by_scikit_learn(figures, first, name, prefix):
    found, table = figures["calibration"][name], chances(first, prefix)
    names = sorted(set(first["truth"]))
    assert found["log_loss"] == same(log_loss(first["truth"], table, labels=names))
    assert found["brier"] == same(brier_score_loss(first["truth"], table, labels=names, scale_by_half=False))
    right = first["truth"].to_numpy() == np.array(names)[table.argmax(axis=1)]
    shares, means = calibration_curve(right, table.max(axis=1), n_bins=15)
    assert [b["accuracy"] for b in found["bins"]] == same(list(shares))
    assert [b["confidence"] for b in found["bins"]] == same(list(means))
    n = np.array([b["n"] for b in found["bins"]])
    assert n.sum() == len(first)
    assert found["ece"] == same((n * abs(shares - means)).sum() / n.sum())


def confidence(rows):
    return np.array([row[f"score_{row['predicted']}"] for _, row in rows.iterrows()])


def test_confidence_of_right_and_wrong_labels(figures, first):
    sure, right = confidence(first), (first["truth"] == first["predicted"]).to_numpy()
    for name, of in (("right", sure[right]), ("wrong", sure[~right])):
        found = figures["confidence"][name]
        assert (found["n"], sum(found["counts"])) == (len(of), len(of))
        assert (found["mean"], found["median"]) == same((of.mean(), np.median(of)))


def test_risk_is_the_error_of_what_is_kept(figures, first):
    sure = confidence(first)
    for of in figures["risk_coverage"]["at"]:
        kept = first[sure >= of["threshold"]]
        assert (of["n"], of["coverage"]) == (len(kept), same(len(kept) / len(first)))
        risk = 1 - accuracy_score(kept["truth"], kept["predicted"]) if len(kept) else None
        assert of["risk"] == (risk if risk is None else same(risk))


def test_slices_are_scored_like_the_whole(figures, first):
    assert list(figures["slices"]) == ["outlet", "date", "length", "quotation", "source type", "desk"]
    for column, rows in figures["slices"].items():
        for of in rows:
            chosen = first[first[f"by_{column}"] == ("" if of["name"] == "not known" else of["name"])]
            assert (of["n"], of["few"]) == (len(chosen), len(chosen) < 30)
            assert of["articles"] == chosen["article"].nunique()
            assert of["macro_f1"] == same(macro(chosen["truth"], chosen["predicted"]))
            assert of["accuracy"] == same(accuracy_score(chosen["truth"], chosen["predicted"]))


def test_examples_are_the_surest_errors_and_the_closest_calls(figures, first, articles):
    wrong = first[first["truth"] != first["predicted"]]
    assert [e["confidence"] for e in figures["sure_errors"]] == same(sorted(confidence(wrong), reverse=True)[:50])
    two = np.sort(first[[c for c in first if c.startswith("score_")]].to_numpy(), axis=1)[:, -2:]
    nearest = first.iloc[np.argsort(two[:, 1] - two[:, 0], kind="stable")[:50]]
    assert [(e["article"], e["n"]) for e in figures["close_calls"]] == list(
        zip(nearest["article"], nearest["n"], strict=True)
    )
    shown = next(e for e in figures["close_calls"] if e["n"] == 0)
    labelled = next(a for a in articles if a.article.id == shown["article"])
    sentences = [s.span.of(labelled.article.text) for s in labelled.sentences]
    assert (shown["before"], shown["text"], shown["after"]) == ("", sentences[0], sentences[1])


def test_the_learning_curve_ends_with_the_whole(figures, first):
    steps = figures["learning_curve"]["steps"]
    assert [s["articles"] for s in steps] == sorted(s["articles"] for s in steps)
    assert steps[-1]["macro_f1"] == same(macro(first["truth"], first["predicted"]))
    doublings = np.log2(steps[-1]["sentences"] / steps[-2]["sentences"])
    assert figures["learning_curve"]["doubling"] == same((steps[-1]["macro_f1"] - steps[-2]["macro_f1"]) / doublings)


def test_features_are_compared_over_the_folds(figures):
    assert figures["models"] == 3
    assert set(figures["heaviest"]) >= {"quote", "attributed", "state"}
    for of in figures["heaviest"]["quote"]:
        assert of["effect"] > 0
        assert 1 <= of["folds"] <= 3


def test_predictions_are_read_as_they_were_written(report, first):
    found, about = read_predictions(files_of(report)["predictions"])
    assert about["task"] == "kind"
    assert found.first().truth.tolist() == list(first["truth"])
    assert found.chances.sum(axis=1) == pytest.approx(np.ones(len(found)))
    with pytest.raises(SaysoError, match=r"report\.json: not predictions written by sayso evaluate --report"):
        read_predictions(files_of(report)["json"])


class Outline(HTMLParser):
    """Keeps headings, tables and what could do harm."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.ids = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.ids += [value for name, value in attrs if name == "id"]


@pytest.fixture(scope="module")
def page(report):
    return report.read_text(encoding="utf-8")


def test_the_page_runs_and_loads_nothing(page):
    outline = Outline(page)
    names = {tag for tag, _ in outline.tags}
    assert not names & {"script", "iframe", "object", "form"}
    assert all(a["src"].startswith("data:image/svg+xml;base64,") for t, a in outline.tags if "src" in a)
    assert not any(name.startswith("on") or name == "style" for _, attrs in outline.tags for name in attrs)
    links = {a["href"] for t, a in outline.tags if "href" in a and not a["href"].startswith(("#", "data:"))}
    assert links == {"report.html", "report.json", "predictions.parquet"}
    policy = next(a["content"] for t, a in outline.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[\w+/=]+'; img-src data:; base-uri 'none'; form-action 'none'", policy
    )
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "The &lt;b&gt;Mail" in page


def test_the_page_can_be_read_without_seeing_it(page):
    outline = Outline(page)
    levels = [int(tag[1]) for tag, _ in outline.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len(outline.ids) == len(set(outline.ids))
    tags = [tag for tag, _ in outline.tags]
    assert tags.count("table") == tags.count("caption") == tags.count("thead")
    assert all("scope" in attrs for tag, attrs in outline.tags if tag == "th")
    assert tags.count("title") == 1
    charts = [attrs["alt"] for tag, attrs in outline.tags if tag == "img"]
    assert [words.split(". ")[0] for words in charts] == [
        "Scores side by side",
        "Scores by label",
        "Precision and recall by label",
        "ROC by label",
        "Reliability of the confidence",
        "Confidence of correct and wrong labels",
        "Risk against coverage",
        "Learning curve",
    ]
    assert all(re.search(r" \d\.\d{3}", words) for words in charts)  # the figures, for whom they cannot be seen
    links = [a["href"][1:] for t, a in outline.tags if t == "a" and a["href"].startswith("#")]
    assert set(links) <= set(outline.ids)


def test_the_report_in_a_browser(browser, report):
    for width, scheme in ((1400, "light"), (400, "dark")):
        shown = browser.open(report, width=width, scheme=scheme)
        assert shown.overflow() == 0
        assert shown.errors() == []
        assert shown.requests() == []
        assert shown.evaluate("[...document.images].every(image => image.naturalWidth > 300)")
        turned = shown.evaluate("getComputedStyle(document.querySelector('.chart')).filter")
        assert turned == {"light": "none", "dark": "invert(1) hue-rotate(180deg)"}[scheme]
        assert shown.evaluate("[...document.querySelectorAll('section')].every(s => s.getBoundingClientRect().height > 40)")


def test_a_printed_chart_is_not_turned_dark(browser, report):
    shown = browser.open(report, scheme="dark", media="print")
    assert shown.evaluate("getComputedStyle(document.querySelector('.chart')).filter") == "none"


@pytest.mark.usefixtures("no_shipped_model", "undrawn")
def test_a_given_models_report_names_what_it_leaves_out(articles, tmp_path, monkeypatch):
    monkeypatch.setattr(evaluate, "shipped_model", lambda name: None)
    task = task_of("kind", articles)
    save(task.fit(task.rows(articles, [[] for _ in articles]), 0), tmp_path / "kind.sayso")
    found = evaluate_model(tmp_path / "kind.sayso", "kind", articles)
    write_report(tmp_path / "given.html", found, articles, "sayso evaluate kind --model kind.sayso")
    figures = json.loads((tmp_path / "given.json").read_text(encoding="utf-8"))
    assert list(figures["left_out"]) == ["folds", "random folds", "learning curve", "unseen groups"]
    assert figures["learning_curve"] is figures["folds"] is figures["random_folds"] is None
    assert figures["models"] == 1
    assert "<h2>Left out</h2>" in (tmp_path / "given.html").read_text(encoding="utf-8")
    assert (tmp_path / "given.predictions.parquet").exists()


def test_a_report_is_refused_before_the_work(tmp_path):
    with pytest.raises(SaysoError, match=r"r\.pdf: the output is a folder; give a name without \.pdf\.$"):
        check_report(tmp_path / "r.pdf", force=False)
    with pytest.raises(SaysoError, match=r"there is no folder .*such\.$"):
        check_report(tmp_path / "no" / "such" / "r.html", force=False)
    (tmp_path / "r.json").touch()
    with pytest.raises(SaysoError, match=r"r\.json exists; choose another --report, or add --force"):
        check_report(tmp_path / "r.html", force=False)
    check_report(tmp_path / "r.html", force=True)
