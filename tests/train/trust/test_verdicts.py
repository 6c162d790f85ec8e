"""Each verdict on figures worked out by hand."""

import json
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from builders import labelled_article

from sayso.train.evaluation.attribution import AttributionEvaluation
from sayso.train.evaluation.external import Gap
from sayso.train.evaluation.held_out_groups import Grouped
from sayso.train.evaluation.plan import Plan
from sayso.train.evaluation.predictions import Predictions, Unit
from sayso.train.evaluation.result import Details, summarise
from sayso.train.folds.fold import Part
from sayso.train.measures.attribution_scores import Hits, Measure, ScopeScore
from sayso.train.measures.learning_curve import LearningCurve
from sayso.train.measures.scores import LabelScore
from sayso.train.trust.accepted import judge_accepted
from sayso.train.trust.chances import expected_by_chance, judge_calibration, judge_labels
from sayso.train.trust.checks import judge
from sayso.train.trust.elsewhere import ELSEWHERE, Caution, caution
from sayso.train.trust.held_out import judge_duplicates, judge_gap, judge_groups, judge_leak, judge_seen
from sayso.train.trust.learning import judge_curve, judge_doubling
from sayso.train.trust.parts import judge_slices
from sayso.train.trust.scores import judge_recalls, judge_trivial, judge_width
from sayso.train.trust.verdict import MARKS, Judged

TASK = SimpleNamespace(name="tone", column="tone", labels=("a", "b"))


def judged(truth, predicted, *, chances=None, groups=None, others=None, about=None, fold=None, articles=(), **details):
    """Make an evaluation of labels "a" and "b" by hand, two sentences an article without ``groups``."""
    truth, predicted, n = np.array(list(truth)), np.array(list(predicted)), len(truth)
    groups = np.arange(n) // 2 if groups is None else np.asarray(groups)
    zeros = np.zeros(n, dtype=np.int64)
    sure = np.array([[float(label == p) for label in "ab"] for p in predicted]) if chances is None else np.asarray(chances)
    of = Predictions(
        ("a", "b"),
        articles=np.array([f"a{g}" for g in groups]),
        n=np.arange(n) if not articles else zeros,
        start=zeros,
        end=zeros,
        digest=truth,
        target=np.array([""] * n),
        groups=groups,
        truth=truth,
        predicted=predicted,
        chances=sure,
        raw=sure,
        fold=zeros + np.arange(n) % 2 if fold is None else np.asarray(fold),
        repeat=zeros,
        others={name: np.array(list(labels)) for name, labels in (others or {}).items()},
        about={name: np.array(values) for name, values in (about or {}).items()},
    )
    plan = details.pop("plan", Plan(2))
    found = summarise(TASK, {"name": "x"}, of, [Unit(int(g), 0) for g in groups], plan, Details((), **details))
    return Judged(found, of.first(), tuple(articles))


def told(verdict):
    return verdict.mark, verdict.verdict


HALF = "aabb" * 10  # 20 of each


def test_a_model_that_beats_the_trivial_answers():
    # 34 of 40 right, 3 errors either way: macro F1 0.85; always a: F1 40/60 of a, 0 of b: 0.33
    predicted = "aabbaabbaabbabba" * 2 + "aabbabba"
    found = judge_trivial(judged(HALF, predicted, others={"most_frequent": "a" * 40}))
    assert found.mark == "good"
    assert found.verdict.startswith("It beats always giving `a`: macro F1 0.85 compared with 0.33, difference 0.")
    assert found.figure["difference"] == pytest.approx(0.85 - 1 / 3)
    low, high = found.figure["interval"]
    assert 0 < low < 0.85 - 1 / 3 < high


def _articles(n, accepted, column="tone"):
    """Give articles of two sentences; of the first ``accepted`` sentences the label was accepted."""
    how = {True: json.dumps({column: {"version": 1, "accepted": True}}), False: "1"}
    words = ("Snow fell on Ask.", "The bus was late.")
    made = []
    for g in range(n):
        extras = [{"tone": "a", "codebook": how[2 * g + i < accepted]} for i in range(2)]
        made.append(labelled_article(f"a{g}", *[(w, {"extra": extra}) for w, extra in zip(words, extras, strict=True)]))
    return tuple(made)


def _with_articles(found, articles):
    """Give what is judged with these articles, each of two sentences."""
    first = replace(found.first, n=np.arange(len(found.first)) % 2)
    return found._replace(first=first, articles=articles)


@pytest.mark.parametrize(
    ("accepted", "mark", "said"),
    [
        (
            8,
            "good",
            "8 of 40 labels were accepted from the model's suggestions. On the 32 labels given by hand: macro F1 1.00",
        ),
        (9, "doubtful", "9 of 40 labels were accepted from the model's suggestions, so the score is too good; label some"),
        (20, "doubtful", "20 of 40 labels were accepted from the model's suggestions, so the score is too good; label some"),
        (21, "bad", "21 of 40 labels were accepted from the model's suggestions, so the score means little; label some"),
    ],
)
def test_labels_that_were_accepted_are_no_test(accepted, mark, said):
    found = judge_accepted(_with_articles(judged(HALF, HALF), _articles(20, accepted)))
    assert found.mark == mark
    assert found.verdict.startswith(said)
    assert found.figure["accepted"] == accepted


def test_without_accepted_labels_there_is_nothing_to_say_of_them():
    assert judge_accepted(_with_articles(judged(HALF, HALF), _articles(20, 0))) is None
    assert judge_accepted(_with_articles(judged(HALF, HALF), _articles(20, 40, column="kind"))) is None


def test_few_labels_by_hand_get_no_score_of_their_own():
    found = judge_accepted(_with_articles(judged(HALF, HALF), _articles(20, 11)))
    assert found.verdict.endswith("`sayso serve --blind`. The 29 labels given by hand are too few for a score of their own.")
    assert "by_hand" not in found.figure


def test_the_best_of_the_trivial_answers_counts():
    others = {"most_frequent": "a" * 40, "stratified": "ab" * 20, "rule": HALF}
    found = judge_trivial(judged(HALF, "abab" * 10, others=others))
    # half of each are right: 0.5, and the rules are right throughout
    assert found.figure["baseline"] == "rule"
    assert found.mark == "bad"
    assert found.verdict.startswith("It is no better than the hand-written rules: macro F1 0.50 compared with 1.00")


def test_always_the_most_frequent_label_with_more_right_is_told():
    # 90 a, 20 of them taken for b; 10 b, 8 found. F1 of a 140/162, of b 16/38: macro 0.64; always a: 0.47
    truth = ("a" * 9 + "b") * 10
    predicted = ("aaaaaaabbb" * 8) + ("aaaaaaabb" + "a") * 2
    found = judge_trivial(judged(truth, predicted, groups=np.arange(100) // 10, others={"most_frequent": "a" * 100}))
    assert found.mark == "doubtful"
    assert found.verdict.startswith("It beats always giving `a`: macro F1 0.64 compared with 0.47, difference ")
    assert found.verdict.endswith("Always giving `a` has more sentences correct: 90 % compared with 78 %.")


@pytest.mark.parametrize(
    ("ends", "n", "mark", "end"),
    [
        ((0.60, 0.69), 200, "good", "0.60 to 0.69."),
        ((0.57, 0.72), 200, "doubtful", "0.57 to 0.72: a wide interval."),
        ((0.50, 0.75), 200, "bad", "0.50 to 0.75: too wide to rely on."),
        ((0.63, 0.66), 19, "bad", "With fewer than 20 of them, the interval itself is too narrow."),
    ],
)
def test_the_width_of_the_interval(ends, n, mark, end):
    found = judge_width("macro F1", 0.64, ends, (n, "articles"))
    assert found.mark == mark
    assert found.verdict.startswith(f"Based on {n} articles: macro F1 0.64, 95 % interval ")
    assert found.verdict.endswith(end)
    assert found.figure["width"] == pytest.approx(ends[1] - ends[0])


@pytest.mark.parametrize(
    ("recalls", "mark", "sentence"),
    [
        ({"a": (0.9, 50), "b": (0.6, 30)}, "good", "It finds every label; the lowest recall is for `b`: 60 % of 30."),
        ({"a": (0.9, 50), "b": (0.0, 1)}, "bad", "It never finds `b` (1 sentence)."),
        (
            {"a": (0.9, 50), "b": (0.2, 20), "c": (0.5, 4)},
            "doubtful",
            "It rarely finds `b` (20 % of 20). Too few sentences to know how well it finds `c` (4).",
        ),
        (
            {"a": (0.9, 50), **{x: (0.0, 2) for x in "bcdefg"}},
            "bad",
            "It never finds `b` (2 sentences), `c` (2 sentences), `d` (2 sentences), `e` (2 sentences) and 2 more.",
        ),
        (
            {"a": (0.9, 50), "only predicted": (0.0, 0)},
            "good",
            "It finds every label; the lowest recall is for `a`: 90 % of 50.",
        ),
    ],
)
def test_labels_that_are_never_or_hardly_found(recalls, mark, sentence):
    labels = [LabelScore(name, 0.5, recall, 0.5, n) for name, (recall, n) in recalls.items()]
    assert told(judge_recalls(labels)) == (mark, sentence)


@pytest.mark.parametrize(
    ("sure", "n_right", "mark", "sentence"),
    [
        (
            0.9,
            60,
            "bad",
            "Confidence is off by 30 % on average: mean confidence 90 %, 60 % correct; the model is overconfident.",
        ),
        (
            0.64,
            72,
            "doubtful",
            "Confidence is off by 8 % on average: mean confidence 64 %, 72 % correct; the model is underconfident.",
        ),
        (0.75, 75, "good", "Confidence is off by 0 % on average: mean confidence 75 %, 75 % correct."),
    ],
)
def test_calibration(sure, n_right, mark, sentence):
    truth = ("a" * n_right + "b" * (100 - n_right)) * 4
    found = judge_calibration(judged(truth, "a" * 400, chances=[[sure, 1 - sure]] * 400))
    assert told(found) == (mark, sentence)
    assert found.figure["ece"] == pytest.approx(abs(sure - n_right / 100))


def test_few_sentences_are_off_by_chance():
    # sure 0.7, right 2 of 4: off by 0.2, where 4 of 4 (24 % of draws) are off by 0.3 and 1 of 4 (8 %) by 0.45
    found = judge_calibration(judged("aabb", "aaaa", chances=[[0.7, 0.3]] * 4))
    assert found.mark == "doubtful"
    assert found.verdict.endswith(
        "mean confidence 70 %, 50 % correct; with so few sentences, chance alone could give as much."
    )
    assert expected_by_chance(np.full(4, 0.7)) == pytest.approx(0.45)


@pytest.mark.parametrize(("n_wrong", "mark"), [(0, "good"), (3, "doubtful"), (10, "bad")])
def test_labels_that_look_wrong(n_wrong, mark):
    # a and b have a chance of 0.9 where they stand; the wrong ones are called b and have 0.95 of a
    truth = "a" * 20 + "b" * 20 + "b" * n_wrong
    chances = [[0.9, 0.1]] * 20 + [[0.1, 0.9]] * 20 + [[0.95, 0.05]] * n_wrong
    found = judge_labels(judged(truth, "a" * 20 + "b" * 20 + "a" * n_wrong, chances=chances))
    assert found.mark == mark
    assert found.figure == {"doubted": n_wrong, "labels": 40 + n_wrong, "share": n_wrong / (40 + n_wrong)}
    assert found.verdict.startswith(
        f"Models that were not trained on them disagree with {n_wrong} of {40 + n_wrong} labels ("
    )


@pytest.mark.parametrize(
    ("doubling", "ends", "mark", "start"),
    [
        (0.03, (0.01, 0.05), "doubtful", "Still rising: the last doubling of the sentences brought +0.03 macro F1"),
        (-0.01, (-0.03, 0.005), "good", "Flat: the last doubling of the sentences brought -0.01 macro F1 (-0.03 to +0.01)"),
        (0.02, (-0.02, 0.06), "doubtful", "It is unclear whether it still rises: the last doubling"),
    ],
)
def test_the_learning_curve(doubling, ends, mark, start):
    found = judge_doubling(LearningCurve((), doubling, ends, 0.0, (0.0, 0.0)))
    assert found.mark == mark
    assert found.verdict.startswith(start)


def test_the_learning_curve_is_that_of_the_last_doubling():
    # 20 sentences: always a has 0.33; all 40: all right
    parts = (Part(10, 20, np.array(["a"] * 40)), Part(20, 40, np.array(list(HALF))))
    found = judge_curve(judged(HALF, HALF, curve=parts))
    assert found.figure["doubling"] == pytest.approx(2 / 3)
    assert judge_curve(judged(HALF, HALF)).mark == "unknown"
    assert judge_curve(judged(HALF, HALF, plan=None)) is None


def test_a_part_that_is_worse():
    # 10 articles of X with 2 of 4 right each; 15 articles of Y with 3 of 4
    truth, predicted = "aabb" * 25, "abab" * 10 + "aaba" * 15
    outlets = ["X"] * 40 + ["Y"] * 60
    found = judge_slices(judged(truth, predicted, groups=np.arange(100) // 4, about={"outlet": outlets}))
    assert told(found) == (
        "bad",
        "Worse where outlet is `X` (40 sentences): 50 % correct there, 75 % elsewhere, 0.25 to 0.25 less.",
    )


def test_parts_that_are_alike_and_parts_that_are_too_small():
    outlets = ["X", "X", "Y", "Y"] * 20
    found = judge_slices(judged("abab" * 20, "aabb" * 20, about={"outlet": outlets}))
    assert found.mark == "good"
    assert found.verdict.startswith("None of 2 parts is clearly worse than the rest; the weakest is where outlet is `")
    small = judge_slices(judged("abab" * 5, "aabb" * 5, about={"outlet": outlets[:20]}))
    assert told(small) == ("unknown", "No part of the data has 30 sentences in 5 articles.")


def test_what_neighbours_add():
    # one of four wrong in each article, a and b in turn: 0.75; folds over sentences are right throughout
    found = judge_leak(judged("aabb" * 10, "abbbaaab" * 5, groups=np.arange(40) // 8, others={"random_folds": "aabb" * 10}))
    assert found.mark == "doubtful"
    assert found.verdict == (
        "Sentences of an article in training make the test easier. With folds over single sentences, macro F1 "
        "differs by +0.25 (95 % interval +0.25 to +0.25). This score is not affected; "
        "articles on the same event or from the same outlet may have the same effect."
    )
    even = judge_leak(judged(HALF, HALF, others={"random_folds": HALF}))
    assert told(even) == (
        "good",
        ("With folds over single sentences, macro F1 differs by +0.00 (95 % interval +0.00 to +0.00): no sign of a leak."),
    )
    assert judge_leak(judged(HALF, HALF, alone=True)).mark == "doubtful"
    assert judge_leak(judged(HALF, HALF, plan=None)) is None


SAME = "The mayor of Osk opened the new bridge over the river Tarn on {}."


@pytest.mark.parametrize(
    ("fold", "mark", "sentence"),
    [
        ([0, 0, 1, 1], "good", "No sentence has a near-duplicate in another fold."),
        ([0, 1, 1, 1], "bad", "1 of 4 sentences have a near-duplicate in another fold: the score is too good. "
                              "Add `--group-similar`."),
    ],
)  # fmt: skip
def test_nearly_the_same_sentence_in_another_fold(fold, mark, sentence):
    lines = [
        SAME.format("Monday"),
        SAME.format("Tuesday"),
        "Rain fell in Lind.",
        "Nobody in Pravik had seen such a harvest.",
    ]
    articles = [labelled_article(f"a{i}", line) for i, line in enumerate(lines)]
    found = judge_duplicates(judged("aabb", "aabb", groups=range(4), fold=fold, articles=articles))
    assert told(found) == (mark, sentence)


def test_groups_that_were_held_out_and_those_that_could_be():
    article = labelled_article("a0", "Rain fell.")
    articles = [replace(article, article=replace(article.article, outlet=name)) for name in ("The Post", "The Mail")]
    offered = judge_groups(judged("ab", "ab", articles=articles))
    assert told(offered) == (
        "unknown",
        "Not tested on groups held out by outlet: `sayso evaluate tone --data … --group outlet` does that.",
    )
    assert judge_groups(judged("ab", "ab", articles=articles[:1])) is None
    # right throughout; where nothing of the outlet was seen one of four is wrong in each article
    of = judged("aabb" * 10, "aabb" * 10, groups=np.arange(40) // 8, others={"unseen_group": "abbbaaab" * 5})
    score = judged("aabb" * 10, "abbbaaab" * 5, groups=np.arange(40) // 8).evaluation.score
    grouped = of._replace(evaluation=replace(of.evaluation, grouped=Grouped("outlet", 2, 2, score)))
    assert told(judge_groups(grouped)) == (
        "bad",
        "On groups not seen in training (outlet), macro F1 is 0.75, 0.25 lower (0.25 to 0.25): expect this on new groups.",
    )


@pytest.mark.parametrize(
    ("difference", "ends", "mark", "end"),
    [
        (-0.08, (-0.12, -0.04), "bad", "(difference -0.12 to -0.04): clearly lower there."),
        (-0.03, (-0.05, -0.01), "doubtful", "(difference -0.05 to -0.01): clearly lower there."),
        (-0.03, (-0.10, 0.04), "doubtful", "(difference -0.10 to +0.04): too few articles to be sure."),
        (0.01, (-0.03, 0.05), "good", "(difference -0.03 to +0.05): cross-validation predicted it well."),
    ],
)
def test_what_came_true_elsewhere(difference, ends, mark, end):
    found = judge_gap(Gap("a macro F1 of", "Lind", 0.8, 0.8 + difference, difference, ends))
    assert found.mark == mark
    assert found.verdict.startswith(f"On Lind the score is {0.8 + difference:.2f}, compared with 0.80 in cross-validation (")
    assert found.verdict.endswith(end)


def test_all_checks_say_something_of_a_small_evaluation():
    verdicts = judge(judged(HALF, HALF, others={"most_frequent": "a" * 40, "random_folds": HALF}).evaluation, ())
    names = [verdict.check for verdict in verdicts]
    assert names == [
        *("baselines", "size", "rare labels", "leak", "near duplicates", "learning curve", "calibration"),
        *("labels", "parts"),
    ]
    assert all(verdict.mark in MARKS and verdict.verdict.endswith(".") for verdict in verdicts)
    assert verdicts[0].sign == "✓ good"


def test_a_caution_says_what_such_scores_kept_elsewhere():
    article = labelled_article("a0", "Rain fell.")
    articles = [article, article]
    found = caution(judged(HALF, HALF, alone=True).evaluation, articles)
    higher = sorted(of.claimed - of.kept for of in ELSEWHERE)
    assert (found.lowest, found.highest) == (higher[0], higher[-1])
    assert (found.expected, found.least) == pytest.approx((1 - np.median(higher), 1 - higher[-1]))
    assert found.sentence.startswith("Macro F1 1.000 comes from folds over sentences; ")
    assert found.sentence.endswith("`--group-similar` keeps similar sentences together in the folds.")
    assert Caution.of(0.01, similar=True).least == 0.0


def test_no_caution_where_something_is_held_out_or_could_be():
    article = labelled_article("a0", "Rain fell.")
    articles = [replace(article, article=replace(article.article, date=f"2020-01-0{day}")) for day in (1, 2)]
    alone = judged(HALF, HALF, alone=True).evaluation
    assert caution(alone, articles) is None
    assert caution(alone, [article]) is not None
    assert caution(judged(HALF, HALF).evaluation, [article]) is None
    assert caution(judged(HALF, HALF, alone=True, plan=None).evaluation, [article]) is None
    assert caution(replace(alone, grouped=Grouped("topic", 2, 2, alone.score)), [article]) is None


def test_a_model_that_has_seen_the_articles():
    found = judged(HALF, HALF, plan=None)
    assert judge_seen(found) is None
    note = "x.sayso was trained on 3 of these 20 articles: the score is too high."
    seen = found._replace(evaluation=replace(found.evaluation, notes=("Another note.", note)))
    assert told(judge_seen(seen)) == ("bad", note)


def test_a_given_model_is_set_beside_the_most_frequent_label_of_the_data():
    # a: 30 of 40; F1 60/70 of a, 0 of b: 0.43
    found = judge_trivial(judged("aaab" * 10, "aaab" * 10, plan=None))
    assert found.verdict.startswith("It beats always giving `a`: macro F1 1.00 compared with 0.43, difference ")


def attributions(direct=(0.6, 40), indirect=(0.6, 60), **about):
    measures = {scope: Measure(0.8, recall, 0.7, (0.66, 0.74), n, n) for scope, (recall, n) in
                {"all": (0.6, 100), "direct": direct, "indirect": indirect}.items()}  # fmt: skip
    scores = {scope: ScopeScore({"overlap": m}, Hits(0, 0), Hits(0, 0)) for scope, m in measures.items()}
    return AttributionEvaluation({}, 50, 400, about.pop("folds", 5), 0, scores, **about)


def test_attributions_that_are_found_or_not():
    lines = ("Rain fell in Lind on Monday and the river rose.", "The mayor of Osk opened a new bridge on Tuesday.")
    marked = {"complete": frozenset({"attribution"})}
    articles = [labelled_article(f"a{i}", line, **marked) for i, line in enumerate(lines)]
    assert [told(v) for v in judge(attributions(), articles)] == [
        ("good", "Based on 50 articles: F1 by overlap 0.70, 95 % interval 0.66 to 0.74."),
        ("good", "Of the marked attributions, it finds 60 % of 40 direct ones and 60 % of 60 indirect ones."),
        ("good", "No near-duplicate articles."),
    ]
    same = [*articles, labelled_article("a2", lines[0], **marked)]
    hardly = judge(attributions(indirect=(0.2, 60)), same)
    assert [v.mark for v in hardly] == ["good", "bad", "doubtful"]
    assert hardly[2].verdict.startswith(
        "2 of 3 articles are near-duplicates of another article and may be in different folds"
    )
    gap = Gap("an F1 by overlap of", "Lind", 0.7, 0.6, -0.1, (-0.13, -0.07))
    note = "x.sayso was trained on 3 of these 20 articles: the score is too high."
    given = attributions(folds=None, notes=(note,), external=SimpleNamespace(gap=gap))
    assert [v.check for v in judge(given, articles)] == ["seen before", "size", "found", "external test set"]
