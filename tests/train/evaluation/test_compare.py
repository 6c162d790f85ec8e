import json

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
    assert found.verdict.endswith(": settled.")
    assert found.permutation_p == 1 / 10_001  # none of 10,000 is as large, and the observed one is


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
    assert found.verdict.endswith(": not settled.")
    assert found.permutation_p > 0.3


def test_one_and_the_same_scores_the_same():
    found = compare(predictions(4), predictions(4), "one", "two")
    assert found.verdict == "two and one score the same, 95 % interval 0.0 to 0.0: not settled."
    assert found.permutation_p == 1
    assert found.resampled.p == 1


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
    assert found.notes == ("Left out: 60 predictions of A on sentences that the other does not have.",)
    other = predictions(5)
    other.truth[:3] = "c"
    with pytest.raises(SaysoError, match=r"^3 sentences have other labels in the one than in the other"):
        compare(a, other)
    with pytest.raises(SaysoError, match=r"^the two have no sentence in common"):
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
    assert "40 wrong in old.html and right in new.json, 0 the other way, 0 wrong in both" in result.stdout
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


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["compare", "own", "rule"], "tell with --task what is compared, such as --task kind."),
        (["compare", "no.html", "own"], "no.predictions.parquet: no such file; sayso evaluate TASK --report writes it."),
        (["compare", "no.sayso", "own"], "no.sayso: No such file or directory; give a model file (NAME.sayso)."),
    ],
)
def test_what_cannot_be_compared_is_one_line(words, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run_sayso(*words)
    assert (result.exit_code, result.stderr) == (1, f"Error: {message}\n")


def test_help_has_examples():
    result = run_sayso("compare", "--help")
    assert "Example: sayso compare old.sayso new.sayso --data my-data" in result.stdout
