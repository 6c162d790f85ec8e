import json
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from builders import build_attribution, build_voice, run_sayso, span_of

from sayso.classify.model_files.files import save
from sayso.data.corpora.own import parse_article
from sayso.data.datasets.folder import write_dataset
from sayso.data.records import Attribution, Span
from sayso.train.manifest import about_model
from sayso.train.measures.attribution_scores import (
    MEASURES,
    SCOPES,
    WordAttribution,
    WordText,
    count,
    f1_intervals,
    is_source_right,
    linked_words,
    match,
    score_attributions,
)

TEXT = (
    "Anna Bravo said the bridge is safe. "  # words 0 to 6
    "“No ship will sail,” Omar told us. "  # 7 to 13, the first four in quotation marks
    "It is reportedly cold there."  # 14 to 18
)


place = partial(span_of, TEXT)


def attribution(source, cue, *content):
    return Attribution(source and place(source), cue and place(cue), tuple(map(place, content)))


MARKED = [
    attribution("Anna Bravo", "said", "the bridge is safe"),
    attribution("Omar", "told us", "“No ship will sail,”"),
    attribution(None, "reportedly", "It is", "cold there"),
]
FOUND = [
    attribution("Bravo", "said", "bridge is safe"),  # three of four words, the source is right
    attribution("Anna Bravo", "told", "No ship will sail"),  # all words, the source is wrong
    attribution(None, "reportedly", "cold"),  # one of four words
    attribution(None, "sail", "safe"),  # nothing like it is marked
]


def said(content, source="", cue=""):
    return WordAttribution(*(frozenset(map(int, numbers.split())) for numbers in (content, source, cue)))


@pytest.fixture(scope="module")
def scores():
    return score_attributions([count(TEXT, MARKED, FOUND)], [0])


def fractions(measure):
    return measure.precision, measure.recall, measure.f1


EXPECTED = {
    ("all", "content"): (8 / 8, 8 / 12),
    ("all", "source"): (2 / 2, 2 / 3),
    ("all", "cue"): (3 / 4, 3 / 4),
    ("all", "linked"): (4 / 8, 4 / 12),  # bridge is safe; cold
    ("all", "overlap"): (2 / 4, 2 / 3),
    ("all", "full"): (1 / 4, 1 / 3),
    ("all", "exact"): (1 / 4, 1 / 3),
    ("direct", "content"): (4 / 4, 4 / 4),
    ("direct", "source"): (2 / 2, 0 / 1),  # Anna Bravo is the source of something, Omar was never found
    ("direct", "cue"): (1 / 1, 1 / 2),
    ("direct", "linked"): (0 / 4, 0 / 4),
    ("direct", "overlap"): (1 / 1, 1 / 1),
    ("direct", "full"): (0 / 1, 0 / 1),
    ("direct", "exact"): (1 / 1, 1 / 1),
    ("indirect", "content"): (4 / 4, 4 / 8),
    ("indirect", "source"): (1 / 1, 2 / 2),  # Anna too was found, though for the quotation
    ("indirect", "cue"): (2 / 3, 2 / 2),
    ("indirect", "linked"): (4 / 4, 4 / 8),
    ("indirect", "overlap"): (1 / 3, 1 / 2),
    ("indirect", "full"): (1 / 3, 1 / 2),
    ("indirect", "exact"): (0 / 3, 0 / 2),
}


@pytest.mark.parametrize(("scope", "name"), EXPECTED)
def test_measures_are_those_counted_by_hand(scores, scope, name):
    precision, recall = EXPECTED[scope, name]
    both = precision + recall
    f1 = 2 * precision * recall / both if both else 0.0
    assert fractions(scores[scope].measures[name]) == pytest.approx((precision, recall, f1))


def test_every_measure_is_expected():
    assert set(EXPECTED) == {(scope, name) for scope in SCOPES for name in MEASURES}


def test_sources_are_judged_where_the_content_was_found(scores):
    shares = {scope: (s.source.right, s.source.of, s.no_source.right, s.no_source.of) for scope, s in scores.items()}
    assert shares == {"all": (1, 2, 0, 0), "direct": (0, 1, 0, 0), "indirect": (1, 1, 0, 0)}
    assert (scores["all"].source.rate, scores["all"].no_source.rate) == (0.5, None)


def test_no_source_is_right_where_none_is_marked():
    marked = [attribution(None, "reportedly", "It is", "cold there")]
    for source, right in ((None, 1), ("Omar", 0)):
        found = [attribution(source, None, "cold there")]  # two of four words
        score = score_attributions([count(TEXT, marked, found)], [0])["all"]
        assert (score.no_source.right, score.no_source.of, score.source.of) == (right, 1, 0)
        assert score.measures["full"].f1 == right


def test_what_is_marked_is_all_right():
    scores = score_attributions([count(TEXT, MARKED, MARKED)], [0])
    assert {m.f1 for score in scores.values() for m in score.measures.values()} == {1.0}
    assert (scores["all"].source.rate, scores["all"].no_source.rate) == (1.0, 1.0)
    assert scores["all"].measures["overlap"].interval == (1.0, 1.0)


@pytest.mark.parametrize(("marked", "found"), [([], []), (MARKED, []), ([], FOUND)])
def test_nothing_marked_or_found_scores_nothing(marked, found):
    scores = score_attributions([count(TEXT, marked, found)], [0])
    assert {m.f1 for score in scores.values() for m in score.measures.values()} == {0.0}


def test_an_attribution_in_which_nothing_is_said_does_not_count():
    marked = [Attribution(place("Omar"), place("told us"), ())]
    assert not count(TEXT, marked, [Attribution(None, place("said"), (place(","),))]).measures.any()


def test_punctuation_is_no_word_and_half_of_one_is_enough():
    text = WordText("“It’s late” – so… 3,5")
    assert [text.words.index(word) for word in [Span(1, 5), Span(6, 10), Span(14, 16)]] == [0, 1, 2]
    assert len(text.words) == 5
    assert text.covered([Span(0, 3), Span(10, 14)]) == {0}  # It
    assert text.covered([Span(0, 2), Span(6, 7)]) == frozenset()  # I, l
    assert text.covered([Span(6, 7), Span(6, 7), Span(8, 9)]) == {1}  # l and t, the l twice
    assert text.inside == {0, 1}


@pytest.mark.parametrize("text", ["", "…"])
def test_a_text_without_words(text):
    assert not count(text, [], [Attribution(content=(Span(0, len(text)),))]).measures.any()


def test_the_likest_are_paired_first_and_each_once():
    marked = [said("1 2 3 4"), said("4 5 6")]
    found = [said("3 4 5 6"), said("1 2")]  # 2 of 6 and 3 of 4; 2 of 4 and none
    pairs = match(marked, found)
    assert [(p.marked, p.found, p.jaccard) for p in pairs] == [(marked[1], found[0], 0.75), (marked[0], found[1], 0.5)]
    assert all(p.overlap for p in pairs)
    assert not any(p.exact for p in pairs)


def test_of_equals_those_with_a_cue_in_common_are_paired():
    marked = [said("1 2", "8", "9")]
    found = [said("1 2", "", "7"), said("1 2", "8", "9 10")]
    (pair,) = match(marked, found)
    assert pair.found is found[1]
    assert pair.full
    assert pair.exact


@pytest.mark.parametrize(
    ("marked", "found", "right"),
    [("1 2", "2 3", True), ("1", "2", False), ("1", "", False), ("", "", True), ("", "1", False)],
)
def test_a_source_is_right_by_one_word_and_none_by_none(marked, found, right):
    assert is_source_right(said("9", marked), said("9", found)) == right


def test_words_are_linked_however_the_content_is_cut():
    marked = [said("1 2 3 4", "8")]
    found = [said("1 2", "8"), said("3", "7"), said("4 5", "8")]
    assert linked_words(marked, found) == {1, 2, 4}


def test_intervals_resample_articles_and_keep_the_same_ones_together():
    counts = np.array([[[1, 1, 1, 1]], [[0, 1, 0, 1]]])
    assert f1_intervals(counts, [0, 1]).tolist() == [[0.0], [1.0]]
    assert f1_intervals(counts, [3, 3]).tolist() == [[0.5], [0.5]]


NAMES = ("Bravo", "Castro", "Dahl", "Ek", "Falk", "Gray", "Holm", "Ito")
PLACES = ("town", "port", "bridge", "river", "market", "station")
UNMARKED = "N none | The mayor said NAME owns the PLACE."
LINES = (  # six attributions, three contents of which go on in the next sentence
    "O state | {s1 The minister NAME} {c1 said} {t1 the PLACE is safe}.",
    "O state | {s2 Mayor NAME} {c2 warned} {t2 that the PLACE would close}.",
    "O state | {t2 It would not open again this year}.",
    "N none | The minister crossed the PLACE on Friday.",
    "Q state | {t3 “No PLACE is so old,”} {c3 said} {s3 Mayor NAME}.",
    "Q state | {t3 “It is older than the minister.”}",
    "N none | Rain fell on the PLACE.",
    "O state | {s4 The minister NAME} {c4 warned} {t4 that the PLACE is poor}.",
    "O state | {s5 The mayor} {c5 said} {t5 NAME owns the PLACE}.",
    "N none | The PLACE has no mayor.",
    "Q state | {t6 “The PLACE is over,”} {c6 said} {s6 NAME}.",
    "Q state | {t6 “Nobody wants it.”}",
)


def invent(number, complete=True):
    rng = np.random.default_rng(number)
    lines = list(LINES)
    if number % 4 == 0:  # there must be something to get wrong
        lines[8] = UNMARKED
    lines = [line.replace("NAME", rng.choice(NAMES)).replace("PLACE", rng.choice(PLACES)) for line in lines]
    labelled = parse_article("\n".join([f"@id a{number}", f"N none | Day {number} of the rain", *lines]), "invented")
    return labelled if complete else replace(labelled, complete=frozenset({"kind"}))


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data") / "said"
    write_dataset([invent(i) for i in range(20)], folder)
    return folder


def test_attribution_is_evaluated_on_folds(data):
    plain = run_sayso("evaluate", "attribution", "--data", data, "--folds", 2, "--jobs", 1)
    assert plain.exit_code == 0, plain.stderr
    lines = plain.stdout.splitlines()
    assert lines[0] == "# attribution: 2 folds over articles, 115 attributions in 20 articles"
    assert lines[1] == "\tprecision\trecall\tF1\t95 % interval\tmarked"
    assert sum(line.startswith("# ") for line in lines) == 5
    assert plain.stderr.splitlines()[-1] == "fold 2 of 2"

    result = run_sayso("evaluate", "attribution", "--data", data, "--folds", 2, "--jobs", 2, "--json")
    found = json.loads(result.stdout)
    assert list(found) == [
        "caution", "task", "data", "articles", "sentences", "attributions", "folds", "seed", "all", "direct", "indirect",
        "notes", "external", "versions", "trust",
    ]  # fmt: skip
    assert (found["articles"], found["sentences"], found["attributions"], found["folds"]) == (20, 260, 115, 2)
    assert list(found["all"]) == [*MEASURES, "matched"]
    assert found["all"]["full"]["f1"] > 0.8  # the lines are alike
    assert f"words of content\t{found['all']['content']['precision']:.3f}\t" in plain.stdout
    assert {scope: found[scope]["overlap"]["marked"] for scope in SCOPES} == {"all": 115, "direct": 40, "indirect": 75}


ELSEWHERE = """@id elsewhere

N none | Ferries wait for the wind
O state | {s1 The harbour chief Ada Roe} {c1 said} {t1 no ferry would leave before dawn}.
N none | Forty cars stood on the quay.
Q individual | {t2 “We sleep in the back seat,”} {c2 said} {s2 Tom Pryce}.
"""


@pytest.mark.usefixtures("undrawn")
def test_attribution_is_scored_on_an_external_test_set(data, tmp_path):
    other = parse_article(ELSEWHERE, "invented")
    write_dataset([other, replace(invent(3), article=replace(invent(3).article, id="copy"))], tmp_path / "other")
    command = ["evaluate", "attribution", "--data", data, "--external", tmp_path / "other", "--folds", 2, "--jobs", 1]
    result = run_sayso(*command, "--report", tmp_path / "said.html")
    assert result.exit_code == 0, result.stderr
    assert "# external test set other: 8 attributions in 2 articles" in result.stdout  # six of the copy
    assert "Cross-validation gives an F1 by overlap of 0." in result.stdout
    found = json.loads((tmp_path / "said.json").read_text(encoding="utf-8"))["external"]
    assert (found["data"]["name"], found["articles"]) == ("other", 2)
    assert found["left_out"] >= 1  # the copy, and what is nearly the same
    assert f"{found['left_out']} article" in result.stdout
    gap = found["gap"]
    assert gap["found"] == found["scores"]["all"]["overlap"]["f1"] == pytest.approx(gap["promised"] + gap["difference"])
    page = (tmp_path / "said.html").read_text(encoding="utf-8")
    assert "<h2>External test set</h2>" in page
    assert "No model was trained on them." in page


def test_attribution_needs_marked_articles_to_be_scored_on(data, tmp_path):
    write_dataset([invent(30, complete=False)], tmp_path / "other")
    result = run_sayso("evaluate", "attribution", "--data", data, "--external", tmp_path / "other", "--folds", 2)
    message = "Error: --external other: no article has all its attributions marked."
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (1, message)


@pytest.fixture
def without_corrections(monkeypatch):
    """Leave what is found to the model: the form of a text tells attributions, too."""
    monkeypatch.setattr("sayso.train.evaluation.attribution.corrected", lambda _, found: found)


@pytest.mark.usefixtures("without_corrections")
def test_a_model_that_finds_nothing_is_scored(data, tmp_path):
    path = tmp_path / "nothing.sayso"
    save(build_attribution(), path, **about_model({"some": [invent(0), invent(1)]}, 0, {}))
    result = run_sayso("evaluate", "attribution", "--data", data, "--model", path)
    assert result.exit_code == 0, result.stderr
    assert "attributions, overlap\t0.000\t0.000\t0.000\t0.000 to 0.000\t115" in result.stdout
    assert "was trained on 2 of these 20 articles: the score is too high." in result.stdout


@pytest.mark.usefixtures("without_corrections")
def test_the_report_of_attribution_holds_the_figures(data, tmp_path):
    path, page = tmp_path / "nothing.sayso", tmp_path / "said.html"
    save(build_attribution(), path, **about_model({"some": [invent(0)]}, 0, {}))
    result = run_sayso("evaluate", "attribution", "--data", data, "--model", path, "--report", page)
    assert result.exit_code == 0, result.stderr
    figures = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    assert figures["command"] == f"sayso evaluate attribution --data {data} --model {path} --report said.html"
    found = {scope: figures[scope]["overlap"] for scope in SCOPES}
    assert {scope: (of["f1"], of["marked"]) for scope, of in found.items()} == {
        "all": (0.0, 115), "direct": (0.0, 40), "indirect": (0.0, 75),
    }  # fmt: skip
    text = page.read_text(encoding="utf-8")
    assert "default-src 'none'" in text
    assert "How many of 115 marked attributions in 20 articles" in text
    assert text.count("<caption") == len(SCOPES) + 1  # and the sources of those that overlap
    assert not page.with_name("said.predictions.parquet").exists()
    again = run_sayso("evaluate", "attribution", "--data", data, "--model", path, "--report", page)
    assert again.stderr == f"Error: {page} exists; choose another --report, or add --force to overwrite a report.\n"


def test_the_model_of_another_task_is_refused(data, tmp_path):
    path = tmp_path / "voice.sayso"
    save(build_voice(), path, **about_model({"some": [invent(0)]}, 0, {}))
    result = run_sayso("evaluate", "attribution", "--data", data, "--model", path)
    assert result.stderr == f"Error: {path}: this is a model for the task 'voice', not for 'attribution'.\n"


@pytest.mark.parametrize(
    ("n_marked", "more", "message"),
    [
        (0, [], "no article has all its attributions marked; mark them in some articles first (docs/dataset-format.md)."),
        (2, [], "2 articles with 11 marked attributions are too few to learn from; "
         "20 articles and 100 attributions are needed."),
        (20, ["--folds", 21], "20 marked articles are too few for 21 folds; mark more, or give a smaller --folds."),
        (20, ["--label", "mine"], ("'attribution' cannot be the name of your own task; give another, and --label mine: "
            "sayso train my_attribution --label mine.")),
    ],
)  # fmt: skip
def test_what_cannot_be_evaluated_is_one_line(n_marked, more, message, tmp_path):
    write_dataset([invent(i, complete=i < n_marked) for i in range(22)], tmp_path / "some")
    result = run_sayso("evaluate", "attribution", "--data", tmp_path / "some", *more)
    assert (result.exit_code, result.stderr) == (1, f"Error: {message}\n")
