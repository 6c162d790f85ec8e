from dataclasses import replace

import pytest
from builders import labelled_article

from sayso.data.checks.articles import Problem, check_article, check_articles, of_row
from sayso.data.corpora.own import parse_article
from sayso.data.records import Article, Attribution, LabelledArticle, Span
from sayso.data.rows.places import RowError
from sayso.data.splits.near_sentences import near_duplicates


def article(body, name="x", header=""):
    return parse_article(f"@id {name}\n{header}\n{body}\n", f"{name}.txt")


def found(labelled):
    return [(p.n, p.level, p.reason) for p in check_article(labelled)]


def changed(labelled, n=0, **labels):
    sentences = list(labelled.sentences)
    sentences[n] = replace(sentences[n], **labels)
    return replace(labelled, sentences=tuple(sentences))


@pytest.fixture
def rain():
    return article("N none | Rain fell.\nO state | {s1 Police} {c1 said} {t1 it had stopped}.")


def test_what_is_right_gives_nothing(rain):
    assert found(rain) == []


@pytest.mark.parametrize(
    "line",
    [
        "Q state | {t1 “Rain fell,”} {c1 said} {s1 Berg}.",
        "Q state | {t1 “Rain fell.}\nQ state | {t1 It also hailed,”} {c1 said} {s1 Berg}.",
        "Q state | {s1 Mladenov}: {t1 The rain has stopped.}",
        "O state | {s1 Berg}: {t1 rain has stopped}",
        "O state | {s1 Berg} {c1 called} {t1 the rain “wet and long and rather grey”}.",
        "N individual | {s1 Her mother} {c1 said} {t1 it rained}.",
        "O state | {s1 The ministry} {c1 denied} {t1 that {s2 police} had {c2 said} {t2 it rained}}.",
        "N none | It rained from Monday to Sunday without an end, {s1 Berg} {c1 says}, {t1 or so}.",
    ],
)
def test_what_the_guide_allows_gives_nothing(line):
    assert found(article(line)) == []


@pytest.mark.parametrize(
    ("line", "level", "reason"),
    [
        (
            "O expert | {s1 She} {c1 said} {t1 so}.",
            "error",
            "official_claim cannot have the source type expert",
        ),
        (
            "Q state | {s1 She} {c1 said} {t1 that it rained}.",
            "error",
            "a quote without quotation marks that does not continue an earlier quotation",
        ),
        (
            "Q state | {s1 She} {c1 said} {t1 that the rain was “bad for us”}.",
            "warning",
            "a quote with 43% of its words inside quotation marks",
        ),
        ("Q state | “Rain fell,” said Berg.", "error", "a quote without a content span"),
        ("N none | She left.\nO state | It rained.", "error", "state without an attribution"),
        (
            "N none | She left.\nO state | {s1 Berg} of {t1 the rain}.",
            "error",
            "official_claim without a cue",
        ),
        (
            "N none | She left.\nN media | {s1 The Post} of {t1 the rain}.",
            "warning",
            "narrative without a cue",
        ),
        (
            "O state | {t1 “The rain has stopped now,”} {c1 said} {s1 Berg}.",
            "warning",
            "official_claim with 100% of its words inside quotation marks",
        ),
        (
            "N none | {s1 Berg} {c1 said} {t1 the rain had stopped at noon}.",
            "warning",
            "unattributed, although most of it is the content of an attribution",
        ),
        ("O state | {s1 Berg} {c1 spoke}.", "error", "a source or cue without content"),
        ("O state | {t1 Rain} {c2 said} {t2 so}.", "warning", "an attribution with neither source nor cue"),
        (
            "O state | {t1 Rain {s1 Berg}} {c1 said}.",
            "error",
            "source 'Berg' and content 'Rain Berg' overlap",
        ),
        ("O state | {s1 The ministry's {c1 claim}} {t1 so}.", "warning", None),
        ("O state | {s1 Berg,} {c1 said} {t1 so}.", "warning", "source 'Berg,' has punctuation at its ends"),
        (
            "O state | {s1 Berg} {c1 has been and will be and was said to say} {t1 so}.",
            "warning",
            "a cue of more than 8 words: 'has been and will be and was said to say'",
        ),
        (
            "N none ! | “A {b silly} rain,” he said.",
            "warning",
            "loaded words inside quotation marks: 'silly'",
        ),
        ("O state | {s1 Ber}g {c1 said} {t1 so}.", "error", "source 'Ber' cuts through a word"),
    ],
)
def test_labels_and_spans_that_contradict_each_other_are_found(line, level, reason):
    problems = found(article(line))
    assert (level, reason or "source \"The ministry's claim\" and cue 'claim' overlap") in [p[1:] for p in problems]
    assert len(problems) == 1


@pytest.mark.parametrize(
    ("labels", "reason"),
    [
        (
            {"kind": "rumour"},
            "kind 'rumour' is not one of quote, official_claim, independent_assessment, narrative",
        ),
        ({"bias": "left"}, "bias 'left' is not one of biased, neutral"),
        ({"bias": None}, "no bias, although the article is marked as completely labelled"),
        ({"stance": {"Rain": "favor"}}, "stance towards Rain, which is not a target of the article"),
        ({"loaded": (Span(0, 4),)}, "loaded words in a sentence that is not biased"),
        ({"bias": "biased", "loaded": (Span(12, 18),)}, "loaded words outside the sentence"),
        ({"span": Span(0, 99)}, "the sentence is 0 to 99, outside the article's 40 characters"),
        ({"span": Span(0, 11)}, "white space at the sentence's ends"),
        (
            {"attributions": (Attribution(cue=Span(2, 2), content=(Span(0, 4),)),)},
            "cue is 2 to 2, outside the article's 40 characters",
        ),
        (
            {"attributions": (Attribution(cue=Span(4, 9), content=(Span(0, 4),)),)},
            "cue ' fell' has white space at its ends",
        ),
        (
            {"attributions": (Attribution(cue=Span(5, 18), content=(Span(0, 4),)),)},
            "the cue spans more than one sentence",
        ),
    ],
)
def test_records_that_cannot_be_are_found(rain, labels, reason):
    assert (0, "error", reason) in found(changed(rain, **labels))


def test_sentences_in_the_wrong_order_are_found(rain):
    turned = replace(rain, sentences=rain.sentences[::-1])
    assert (0, "error", "begins before the previous sentence ends") in found(turned)


def test_a_missing_stance_is_found():
    labelled = article("N none | Rain fell.", header="@target R = Rain\n")
    assert found(changed(labelled, stance={})) == [(0, "error", "no stance towards Rain")]


def test_one_quotation_with_two_source_types_is_found():
    labelled = article("Q state | {t1 “Rain fell on us,”} {c1 said} {s1 Berg}, {t1 “and more.}\nQ media | {t1 Hail too.”}")
    assert found(labelled) == [(0, "error", "one quotation with several source types: media, state")]


def test_an_article_without_sentences_is_found():
    labelled = LabelledArticle(Article("x", "Rain."), ())
    assert list(check_articles([labelled])) == [Problem("x", None, "error", "no sentence", "Rain.")]


def test_partly_labelled_articles_are_judged_by_what_they_have():
    labelled = labelled_article("x", ("“Rain,” he said.", {"kind": "quote", "source_type": "state"}))
    assert found(labelled) == []


def test_an_id_that_stands_twice_is_found(rain):
    problems = list(check_articles([rain, article("N none | Snow fell.")]))
    assert [p.reason for p in problems] == ["the same id as another article (x)"]


def test_the_same_article_in_two_splits_is_found(rain):
    test = replace(rain, meta={"split": "test"})
    renamed = replace(test, article=replace(rain.article, id="y"))
    assert [p.reason for p in check_articles([rain, test]) if p.level == "error"] == [
        "the same id in two splits: train (x) and test"
    ]
    assert [p.reason for p in check_articles([rain, renamed]) if p.level == "error"] == [
        "the same text in two splits: train (x) and test"
    ]


def test_nearly_the_same_sentence_in_another_article_is_found():
    one = article("N none | A b c d e f g.\nN none | A b c d e f g.", "one")
    other = article("N none | Other words.\nN none | A b c d e f h.", "other", "@split test\n")
    # five 3-grams each, four of them shared: 4 / 6
    assert list(check_articles([one, other])) == [
        Problem(
            "other",
            1,
            "warning",
            "67% like one:0, which is in another split (test)".replace("test", "train"),
            "A b c d e f h.",
        )
    ]


def test_near_duplicates_are_neither_short_nor_of_one_article_nor_below_the_limit():
    one = article("N none | Rain fell here.\nN none | A b c d e f g.\nN none | A b c d e f g.", "one")
    other = article("N none | Rain fell here.\nN none | A b c d e x y.", "other")
    assert list(near_duplicates([one, other])) == []  # three of seven
    ((later, earlier, likeness),) = near_duplicates([one, other], like=0.4)
    assert (later.article, later.n, earlier.article, earlier.n) == ("other", 1, "one", 1)
    assert likeness == pytest.approx(3 / 7)


def test_labels_that_never_or_always_occur_are_found_in_large_sets():
    body = "\n".join(f"N none | Rain fell {n} times in all." for n in range(50))
    reasons = [p.reason for p in check_articles([article(body)])]
    assert "kind: no quote among 50 labels" in reasons
    assert "kind: 100.0% of the labels are narrative" in reasons
    assert "bias: no biased among 50 labels" in reasons
    assert [r for r in reasons if r.startswith("stance")] == []
    assert list(check_articles([article(body.rsplit("\n", 1)[0])])) == []


def test_a_model_can_have_its_say(rain):
    doubt = Problem("x", 0, "warning", "narrative is unlikely here")
    assert list(check_articles([rain], unlikely=lambda articles: [doubt])) == [doubt]


def test_a_problem_is_one_printable_line():
    assert Problem("x", 3, "error", "bad", "two\nlines \x1b[2J").line() == "x:3: error: bad | two lines �[2J"
    assert Problem("", None, "warning", "kind: no quote").line() == "dataset: warning: kind: no quote"
    assert of_row(RowError("a.csv:7", "no text.")).line() == "a.csv:7: error: no text."
