import json
from dataclasses import replace

import numpy as np
import pytest
from builders import run_sayso, write_rows
from scipy.stats import ttest_rel

from sayso.errors import SaysoError
from sayso.train.evaluation.compare import FoldDifference, compare, permutation_test, resampled_test
from sayso.train.evaluation.predictions import Predictions, read_predictions, write_predictions

N_ARTICLES, LONG = 20, 6


def predictions(right_of_six, *, fold=None):
    """Give predictions of which each article has so many of its six sentences right."""
    n = N_ARTICLES * LONG
    truth = np.array(["a", "b"] * (n // 2))
    wrong = np.tile(np.arange(LONG) >= right_of_six, N_ARTICLES)
    predicted = np.where(wrong, np.where(truth == "a", "b", "a"), truth)
    article = np.repeat(np.arange(N_ARTICLES), LONG)
    chances = np.stack([predicted == "a", predicted == "b"], axis=1).astype(float)
    return Predictions(
        ("a", "b"),
        articles=np.array([f"article {i}" for i in article]),
        n=np.tile(np.arange(LONG), N_ARTICLES),
        start=np.zeros(n, dtype=np.int64),
        end=np.ones(n, dtype=np.int64),
        digest=np.full(n, "d"),
        target=np.full(n, ""),
        groups=article,
        truth=truth,
        predicted=predicted,
        chances=chances,
        raw=chances,
        fold=article % 4 if fold is None else np.full(n, fold),
        repeat=np.zeros(n, dtype=np.int64),
    )


def test_what_is_better_in_every_article_is_settled():
    found = compare(predictions(3), predictions(5), "old", "new")
    # an article is a b a b a b; of the old one a b a a b a is said, of the new one a b a b a a
    assert found.a.macro_f1 == pytest.approx((2 * 2 / (3 + 4) + 2 * 1 / (3 + 2)) / 2)
    assert found.b.macro_f1 == pytest.approx((2 * 3 / (3 + 4) + 2 * 2 / (3 + 2)) / 2)
    assert found.a.accuracy == 3 / 6
    assert found.b.accuracy == 5 / 6
    assert (found.b_better, found.a_better, found.even) == (20, 0, 0)
    assert (len(found.mended), len(found.broken), len(found.other)) == (40, 0, 0)
    assert found.verdict.startswith("new is better than old by 34.3 points of macro F1, 95 % interval ")
    assert found.verdict.endswith("; all tests confirm it.")
    assert found.permutation_p == 1 / 10_001  # none of 10,000 is as large, and the observed one is


def test_the_most_frequent_label_says_where_others_are_as_frequent():
    tied = compare(predictions(3), predictions(5), "old", "new")
    assert tied.usual_name == "always the most frequent label (a, tied with b)"
    counts = [replace(x, support=n) for x, n in zip(tied.a.labels, (3, 2), strict=True)]
    assert replace(tied, a=replace(tied.a, labels=counts)).usual_name == "always the most frequent label (a)"
    three = [*tied.a.labels, replace(tied.a.labels[0], label="c")]
    assert replace(tied, a=replace(tied.a, labels=three)).usual_name == (
        "always the most frequent label (a, tied with 2 other labels)"
    )


def test_the_other_way_round_says_the_same():
    one, two = compare(predictions(3), predictions(5), "x", "y"), compare(predictions(5), predictions(3), "y", "x")
    assert one.verdict == two.verdict
    assert one.difference == -two.difference
    assert len(two.broken) == 40


def test_what_differs_in_a_few_articles_only_is_not_settled():
    a, b = predictions(4), predictions(4)
    b.predicted[:LONG] = b.truth[:LONG]  # better in one article, worse in another
    b.predicted[LONG : LONG + 1] = "b"
    found = compare(a, b)
    assert (found.b_better, found.a_better, found.even) == (1, 1, 18)
    better, worse = found.names
    assert found.verdict.startswith(f"No clear difference between {better} and {worse}: {better} scores ")
    assert " points of macro F1 higher, 95 % interval -" in found.verdict
    assert found.verdict.endswith("; not certain: the interval includes 0.")
    assert found.permutation_p > 0.3


def test_said_of_b_differences_have_the_sign_of_the_figures():
    gained, lost = (
        compare(predictions(3), predictions(5), "old", "new"),
        compare(predictions(5), predictions(3), "old", "new"),
    )
    assert gained.verdict_of_b == gained.verdict
    low, high = (100 * end for end in lost.interval)
    assert high < 0
    assert lost.verdict_of_b == (
        f"new is worse than old by 34.3 points of macro F1, 95 % interval {low:.1f} to {high:.1f}; all tests confirm it."
    )
    a, b = better_in(1, 1)
    unsure = compare(b, a, "old", "new")
    assert unsure.interval[0] < unsure.difference < 0
    assert unsure.verdict_of_b.startswith("No clear difference between new and old: new scores ")
    assert " points of macro F1 lower, 95 % interval -" in unsure.verdict_of_b


def test_one_and_the_same_scores_the_same():
    found = compare(predictions(4), predictions(4), "one", "two")
    assert found.verdict == "two and one score the same, 95 % interval 0.0 to 0.0; not certain: the interval includes 0."
    assert found.permutation_p == 1
    assert found.resampled.p == 1


def better_in(n_articles, step):
    """Give two sets of predictions, the second without an error in so many articles: every first, every fourth."""
    a, b = predictions(3), predictions(3)
    for article in range(0, n_articles * step, step):
        rows = slice(article * LONG, (article + 1) * LONG)
        b.predicted[rows] = b.truth[rows]
    return a, b


def test_what_a_test_finds_unsure_is_not_settled():
    # Five of twenty articles: hardly a draw has none of them, 0.75^20; but all five stay or change sides in one of 16.
    found = compare(*better_in(5, 4))  # articles 0, 4, 8, … are fold 0: the other folds are the same
    assert found.interval[0] > 0
    assert found.permutation_p == pytest.approx(1 / 16, abs=0.01)
    # d, 0, 0, 0 in four folds: t = (d/4) / sqrt((1/4 + 1/3) * d^2/4) = 0.65, with 3 degrees of freedom p = 0.56
    assert found.resampled.t == pytest.approx(0.6547, abs=1e-4)
    doubts = f"p = {found.permutation_p:.4f} by the permutation test, p = 0.5594 by the t-test over folds"
    assert found.verdict.endswith(f"; not certain: {doubts}.")


def test_articles_that_a_model_knows_leave_it_open():
    settled = compare(predictions(3), predictions(6), "old", "new")
    known = replace(settled, notes=("new.sayso was trained on 2 of these 20 articles: the score is too high.",))
    assert settled.verdict.endswith("; all tests confirm it.")
    assert known.verdict.startswith("No clear difference between new and old: new scores ")
    assert known.verdict.endswith("; not certain: some of the articles are not new to a model.")


def test_folds_that_say_the_opposite_leave_it_open():
    folds = compare(predictions(3), predictions(5))
    opposite = replace(folds, resampled=replace(folds.resampled, difference=-0.1))
    assert opposite.doubts == ("the mean over the folds has the opposite sign",)
    assert folds.doubts == ()


def test_differences_have_the_sign_of_the_verdict(kept):
    for one, two in (("old", "new"), ("new", "old")):
        out = run_sayso("compare", kept / f"{one}.html", kept / f"{two}.html", "--flips", 0).stdout
        assert f"repeat\tfold\t{one}.html\t{two}.html\tnew.html minus old.html\n" in out
        assert out.count("\t+0.343\n") == 4
        assert "t-test over folds: t = 1000000000.00" in out


def test_the_most_frequent_label_is_told_where_it_has_more_right():
    # half of 120 are a; the first article of six is all a, so that always a has 63 right
    a, b = predictions(1), predictions(2)
    for of in (a, b):
        of.truth[:LONG] = "a"
    found = compare(a, b, "one", "two")
    assert (found.usual, found.usual_score.accuracy) == ("a", 63 / 120)
    assert found.cautions == (
        "Always giving the most frequent label (a) has more sentences correct than one and two: accuracy 0.525.",
    )
    assert compare(predictions(5), predictions(6)).cautions == ()
    assert found.as_json()["cautions"] == list(found.cautions)


def test_accuracy_that_says_the_opposite_is_told():
    # 100 a's, 20 b's. One: always a, F1 of a 200/220, macro 0.455. Two finds every b and misses 30 a's.
    a, b = predictions(6), predictions(6)
    for of in (a, b):
        of.truth[:] = np.where(np.arange(len(of)) % 6 == 5, "b", "a")
    a.predicted[:] = "a"
    b.predicted[:] = np.where(np.arange(len(b)) % 4 == 2, "b", b.truth)
    found = compare(a, b, "one", "two")
    assert found.difference > 0
    assert (found.a.accuracy, found.b.accuracy) == (100 / 120, 90 / 120)
    assert found.cautions == (
        "By accuracy, however, one is better than two, by 8.3 points.",
        "Always giving the most frequent label (a) has more sentences correct than two: accuracy 0.833.",
    )


def test_without_the_correction_it_is_the_paired_t_test():
    a, b = [0.5, 0.6, 0.55, 0.7], [0.56, 0.61, 0.6, 0.75]
    found = resampled_test([FoldDifference(0, k, x, y) for k, (x, y) in enumerate(zip(a, b, strict=True))], 0.0)
    known = ttest_rel(b, a)
    assert (found.t, found.p) == pytest.approx((known.statistic, known.pvalue))
    corrected = resampled_test([FoldDifference(0, k, x, y) for k, (x, y) in enumerate(zip(a, b, strict=True))], 1 / 3)
    assert corrected.t == pytest.approx(known.statistic * np.sqrt((1 / 4) / (1 / 4 + 1 / 3)))


def test_articles_change_sides_not_sentences():
    a, b = predictions(3), predictions(3)
    b.predicted[:LONG] = b.truth[:LONG]  # all of the difference comes from one article
    assert permutation_test(a, b, ["a", "b"]) == 1  # on either side it is as large


def test_folds_are_compared_only_where_they_are_the_same():
    assert len(compare(predictions(3), predictions(5)).folds) == 4
    found = compare(predictions(3), predictions(5, fold=-1))
    assert found.folds == ()
    assert found.resampled is None


def test_only_common_sentences_with_the_same_labels_are_compared():
    a, b = predictions(3), predictions(5)
    found = compare(a, b.take(np.arange(60)))
    assert found.sentences == 60
    assert found.notes == ("Left out: 60 predictions by A on sentences that the other does not have.",)
    other = predictions(5)
    other.truth[:3] = "c"
    with pytest.raises(SaysoError, match=r"^3 sentences have different labels in the two"):
        compare(a, other)
    with pytest.raises(SaysoError, match=r"^the two have no sentences in common"):
        compare(a, b.take(np.zeros(0, dtype=np.int64)))


@pytest.fixture
def kept(tmp_path):
    for name, right in (("old", 3), ("new", 5)):
        write_predictions(predictions(right), tmp_path / f"{name}.predictions.parquet", {"task": "topic"})
    return tmp_path


def test_kept_predictions_need_no_data(kept):
    assert len(read_predictions(kept / "old.predictions.parquet")[0]) == 120
    result = run_sayso("compare", kept / "old.html", kept / "new.json", "--flips", 2)
    assert result.exit_code == 0, result.stderr
    assert "# 120 sentences in 20 articles\n" in result.stdout
    assert "old.html\t0.486\t0.486 to 0.486\t0.500\n" in result.stdout
    assert "40 sentences that only new.json has correct, 0 that only old.html has correct, 0 wrong in both" in result.stdout
    assert result.stdout.splitlines()[-1].startswith("new.json is better than old.html by 34.3 points")
    plain = json.loads(run_sayso("compare", kept / "old.html", kept / "new.json", "--json").stdout)
    assert plain["verdict"].startswith("new.json is better")
    assert plain["mended"][0] == {
        "article": "article 0", "n": 3, "target": "", "truth": "b", "a": "a", "b": "b", "text": "",
    }  # fmt: skip


@pytest.mark.usefixtures("no_shipped_model")
def test_ways_are_cross_validated_on_the_same_folds(tmp_path):
    lines = {
        ("narrative", "none"): "Rain fell on the valley for {n} days.",
        ("official_claim", "state"): "The finance ministry said {n} people were held.",
    }
    rows = [
        {"article": f"a{i}", "n": n, "text": text.format(n=10 * i + n), "kind": kind, "source_type": source_type}
        for i in range(8)
        for n, ((kind, source_type), text) in enumerate(lines.items())
    ]
    path = write_rows(tmp_path / "labelled.jsonl", rows)
    result = run_sayso("compare", "most_frequent", "own", "--task", "kind", "--data", path, "--folds", 2, "--jobs", 1)
    assert result.exit_code == 0, result.stderr
    assert "own: the task as sayso train learns it" in result.stderr
    assert "fold 2 of 2" in result.stderr
    assert result.stdout.splitlines()[-1].startswith("own is better than most_frequent by 66.7 points")  # 1 less 1/3
    assert "Corrected resampled t-test over folds" in result.stdout
    assert "The finance ministry said 1 people were held." in result.stdout or "Rain fell" in result.stdout


@pytest.mark.usefixtures("no_shipped_model")
def test_a_column_may_have_the_name_of_the_model_of_kind_and_source_type(tmp_path):
    rows = [
        {"article": f"a{i}", "n": n, "text": f"The {who} waited {10 * i + n} days.", "voice": who}
        for i in range(8)
        for n, who in enumerate(("baker", "mayor"))
    ]
    path = write_rows(tmp_path / "labelled.jsonl", rows)
    words = ("--task", "who", "--label", "voice", "--data", path, "--folds", 2, "--jobs", 1)
    result = run_sayso("compare", "most_frequent", "plain", *words)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines()[-1].startswith("plain is better than most_frequent by 66.7 points")  # 1 less 1/3


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["compare", "own", "rule"], "give the task to compare with --task, such as --task kind."),
        (
            ["compare", "no.html", "own"],
            "no.predictions.parquet: no such file; create it with sayso evaluate TASK --report.",
        ),
        (["compare", "no.sayso", "own"], "no.sayso: No such file or directory; give a model file (NAME.sayso)."),
    ],
)
def test_what_cannot_be_compared_is_one_line(words, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run_sayso(*words)
    assert (result.exit_code, result.stderr) == (1, f"Error: {message}\n")
