import numpy as np
import pytest
from builders import tokens_of, tokens_of_labelled
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sayso.classify.attribution.candidate_rerank import NAMES, NEAREST, candidate_features, measure
from sayso.classify.attribution.content_extent import REACH, reach
from sayso.classify.attribution.extractor import (
    Extractor,
    choose,
    choose_by_article,
    pieces,
    read_arguments,
    rescore,
    spread_glances,
)
from sayso.classify.attribution.features import cue_features
from sayso.classify.attribution.label_spans import LABELS, NOWHERE, ChosenSpans, LabelledPairs, SpanCandidates, spans_of
from sayso.classify.attribution.token_arrays import FARTHEST, pair, token_arrays
from sayso.classify.attribution.word_features import Words
from sayso.classify.language.article_tokens import view
from sayso.classify.linear.hashed import Columns, Features, Table, Weights
from sayso.classify.model_files.files import ATTRIBUTION, load
from sayso.classify.model_files.shipped import shipped_model

TEXT = "Rain fell. The mayor said, “We wait.” “Not long.” It rained, police said."
#       0    1   2 3   4     5   6 7 8  9   1011 12 13 14  1516 17 18    19 20     21  22


@pytest.fixture(scope="module")
def extractor():
    return Extractor.of(load(shipped_model(ATTRIBUTION)))


WORDS = Words({}, {})


def arrays(*texts):
    return token_arrays([tokens_of(text) for text in texts or [TEXT]], WORDS)


def found(*rows):
    """Make candidates of (anchor, cue, source, content, chance)."""
    anchors, cues, sources, contents, chances = zip(*rows, strict=True)
    return SpanCandidates(
        np.array(anchors),
        np.array(cues),
        np.array([source or (NOWHERE, NOWHERE) for source in sources]),
        np.array(chances, dtype=np.float64),
        np.full((len(rows), 3), -0.5),
        np.full((len(rows), 2), np.log(0.25)),
        np.concatenate([np.array(content) for content in contents]),
        np.cumsum([len(content) for content in contents]),
    )


def spans(labels, anchor, source=(NOWHERE, NOWHERE), before=0, after=0):
    """Read one cue's labels, written as letters: s, q, c begin source, cue, content; the same in capitals go on."""
    there = arrays()
    pairs = pair(there, np.array([anchor]))
    numbers = np.array([".sSqQcC".index(letter) for letter in labels.replace(" ", "")])
    scores = np.full((len(LABELS), len(numbers)), -9.0, np.float32)
    scores[numbers, np.arange(len(numbers))] = np.arange(len(numbers)) / -10
    chance = np.zeros(there.n + 1)
    chance[anchor] = 0.75
    chosen = ChosenSpans(np.array([source]), np.array([[-0.25, -0.5]]), np.array([before]), np.array([after]))
    return spans_of(there, LabelledPairs(pairs, numbers, scores), chosen, chance)


def test_labels_become_spans():
    one = spans("sS q . cCCCC", 5, source=(3, 5))  # The mayor said , “ We wait . ”
    assert one.source.tolist() == [[3, 5]]
    assert one.sure.tolist() == [[-0.25, -0.5]]
    assert one.cue.tolist() == [[5, 6]]
    assert one.content(0).tolist() == [7, 8, 9, 10, 11]
    assert one.chance.tolist() == [0.75]
    # mean of 0, -.1; of -.2; of -.4 to -.8
    assert one.margins.tolist() == [pytest.approx([-0.05, -0.2, -0.6])]


def test_the_cue_is_the_one_around_the_anchor():
    assert spans("s q Q . c s S . .", 5).cue.tolist() == [[4, 6]]


def test_without_content_there_is_no_attribution():
    assert len(spans("sS q . .....", 5)) == 0


def test_sentences_that_are_reached_give_their_quoted_words_or_all():
    assert spans("sS q . cCCCC", 5, before=1).content(0).tolist() == [0, 1, 2, 7, 8, 9, 10, 11]
    assert spans("sS q . cCCCC", 5, after=1).content(0).tolist()[5:] == [12, 13, 14, 15, 16]


def test_content_is_followed_as_long_as_it_goes_on():
    text = "Rain fell. Snow fell. Hail fell. Night fell. Rome fell."
    there, cue = arrays(text), np.array([6])  # in the third sentence
    before, after = reach(there, cue, lambda steps: steps.step < 0)
    assert (before.tolist(), after.tolist()) == ([2], [0])
    before, after = reach(there, cue, lambda steps: np.abs(steps.step) == 1)
    assert (before.tolist(), after.tolist()) == ([1], [1])
    before, after = reach(there, cue, lambda steps: steps.sentences == 4)  # not without the one on the way
    assert (before.tolist(), after.tolist()) == ([0], [0])


def test_content_ends_with_its_article_and_after_eight_sentences():
    one, other = "Rain fell. " * 12, "Snow fell. " * 3
    two = arrays(one, other)
    before, after = reach(two, np.array([0, 36]), lambda steps: np.ones(len(steps.row), dtype=bool))
    assert before.tolist() == [0, 0]
    assert after.tolist() == [REACH, 2]


def test_a_cue_looks_at_its_sentence_but_no_farther_than_any_sentence_goes():
    there = arrays("word " * 2000 + "said.")
    pairs = pair(there, np.array([0, 1000, 2000]))
    assert pairs.lengths.tolist() == [FARTHEST, 2 * FARTHEST, FARTHEST + 2]
    assert pairs.tokens[[0, FARTHEST - 1, FARTHEST]].tolist() == [0, FARTHEST - 1, 1000 - FARTHEST]


def test_cues_are_parted_by_how_many_tokens_they_see_and_their_rivals_come_with_them():
    there = arrays("word " * 100 + "said.")  # each cue sees all 102 tokens
    anchors = np.arange(60)
    parted = list(pieces(there, anchors, 30 * 102))
    assert [(first, last) for first, last, _ in parted] == [(0, 30 + NEAREST), (30 - NEAREST, 60)]
    assert [anchors[first:last][own].tolist() for first, last, own in parted] == [list(range(30)), list(range(30, 60))]
    assert [(first, last) for first, last, _ in pieces(there, anchors[:2], 1)] == [(0, 2), (0, 2)]  # one at least


def test_what_is_found_does_not_depend_on_the_size_of_the_pieces(extractor, monkeypatch):
    names = ["Anna Roe", "Omar Hale", "Vera Lind"] * 20
    text = "; ".join(f"{name} said the bridge number {n} would close" for n, name in enumerate(names)) + "."
    whole = extractor.extract(tokens_of(text))
    monkeypatch.setattr("sayso.classify.attribution.extractor._PAIRS_AT_ONCE", 4000)  # eight cues
    monkeypatch.setattr("sayso.classify.attribution.extractor._PAIRS_A_TOKEN", 0)
    parted = extractor.extract(tokens_of(text))
    assert len(whole) > 10
    assert parted == whole
    assert [c.content.tolist() for c in parted] == [c.content.tolist() for c in whole]


def test_the_best_are_kept_and_none_says_what_another_says():
    rows = [
        (5, (5, 6), (3, 5), [7, 8, 9, 10], 0.9),
        (20, (20, 21), None, [9, 10, 17, 18], 0.9),
        (1, (1, 2), None, [8, 9, 0], 0.9),
    ]
    kept = choose(found(*rows), np.array([0.9, 0.8, 0.7]), 0.15)
    # of the third two of three words are taken; of the second, half: more than that must be free
    assert [(c.anchor, c.content.tolist()) for c in kept] == [(5, [7, 8, 9, 10])]
    kept = choose(found(*rows), np.array([0.7, 0.9, 0.8]), 0.75)
    assert [(c.anchor, c.content.tolist()) for c in kept] == [(1, [8, 0]), (20, [9, 10, 17, 18])]


def test_candidates_are_chosen_by_article_in_the_numbers_of_its_tokens():
    inner = (18, (18, 19), (17, 18), [19, 20], 0.6)
    rows = [(5, (5, 6), (0, 2), [7, 8], 0.9), (15, (15, 16), None, [17, 18, 19, 20], 0.9), inner]
    none, first, second = choose_by_article(found(*rows), np.array([0.9, 0.8, 0.4]), 0.15, np.array([0, 0, 10]))
    assert none == []
    assert [(c.anchor, c.cue, c.source, c.content.tolist()) for c in first] == [(5, (5, 6), (0, 2), [7, 8])]
    assert [(c.anchor, c.cue, c.source, c.content.tolist()) for c in second] == [(5, (5, 6), None, [7, 8, 9, 10])]
    assert [(c.anchor, c.source, c.content.tolist()) for c in second[0].nested] == [(8, (7, 8), [9, 10])]


def test_what_is_reported_within_a_report_is_nested():
    inner = (8, (8, 9), (7, 8), [9, 10], 0.6)
    outer = (5, (5, 6), (3, 5), [7, 8, 9, 10, 11], 0.9)
    (kept,) = choose(found(outer, inner), np.array([0.9, 0.4]), 0.15)
    assert [(c.anchor, c.source, c.content.tolist()) for c in kept.nested] == [(8, (7, 8), [9, 10])]
    unlikely = (*inner[:4], 0.4)
    outside = (*inner[:3], [9, 10, 14], 0.9)
    for other in (unlikely, outside):
        (kept,) = choose(found(outer, other), np.array([0.9, 0.2]), 0.15)
        assert kept.nested == ()


def measured(rows, name):
    return measure(found(*rows), arrays())[:, NAMES.index(name)].tolist()


def test_candidates_are_measured_alone():
    rows = [(5, (5, 6), (3, 5), [7, 8, 9, 10], 0.8), (21, (20, 22), None, [17, 19], 0.5)]
    assert measured(rows, "logit of the cue's chance") == pytest.approx([np.log(4), 0])
    assert measured(rows, "no source") == [0, 1]
    assert measured(rows, "source is a name") == [1, 0]  # The
    assert measured(rows, "chance of the content among those to choose from") == pytest.approx([0.25, 0.25])
    assert measured(rows, "source words") == [2, 0]
    assert measured(rows, "log content words") == pytest.approx([np.log(4), np.log(2)])
    assert measured(rows, "content in one piece") == [1, 0]
    assert measured(rows, "cue words") == [1, 2]
    assert measured(rows, "content reaches other sentences") == [0, 0]
    assert measured(rows, "content touches the cue or source") == [1, 1]
    assert measured([(*rows[0][:3], [9, 10], 0.8)], "content touches the cue or source") == [0]


def test_candidates_are_measured_beside_their_rivals():
    rows = [(5, (5, 6), (3, 5), [6, 7, 8, 9], 0.8), (8, (8, 9), (3, 5), [9, 10], 0.6), (20, (20, 21), None, [5, 18], 0.9)]
    assert measured(rows, "chance of the surest candidate whose content holds the cue") == [0.9, 0.8, 0]
    assert measured(rows, "the same, where it has no source") == [0.9, 0, 0]
    assert measured(rows, "chance of the surest candidate whose cue the content holds") == [0.6, 0, 0.8]
    assert measured(rows, "chance of the surest other candidate in the sentence") == [0.6, 0.8, 0]
    assert measured(rows, "share of the content that surer candidates claim") == [0, 0.5, 0]
    assert measured(rows, "the most that one surer candidate claims") == pytest.approx([0, 0.5 * 0.8, 0])
    assert measured(rows, "same source as a surer candidate") == [0, 1, 0]


def test_nothing_found_has_no_measures():
    there = arrays()
    none = np.zeros(0, dtype=np.int64)
    assert measure(read_arguments(there, none, np.zeros(there.n + 1), None), there).shape == (0, len(NAMES))


def described(rows):
    """Describe candidates by their words: a row each, a column a template."""
    kept = Columns()
    candidate_features(Features(kept, 3), found(*rows), arrays(), measure(found(*rows), arrays()))
    return kept.hashes()


def test_candidates_are_described_each_by_itself():
    one, other = (5, (5, 6), (3, 5), [7, 8, 9, 10], 0.8), (20, (20, 21), None, [17, 18], 0.5)
    both = described([one, other])
    assert (both[0] == described([one])[0]).all()
    assert (both[1] == described([other])[0]).all()
    assert (both[0] != both[1]).any()


def test_who_the_source_is_and_how_long_the_content_is_changes_a_description():
    row = (5, (5, 6), (3, 5), [7, 8, 9, 10], 0.8)
    for other in ((*row[:2], None, *row[3:]), (*row[:3], [8, 9], 0.8), (*row[:4], 0.2)):
        assert (described([row]) != described([other])).any()


def test_the_judge_is_added_to_the_measures():
    rows = [(5, (5, 6), (3, 5), [7, 8, 9, 10], 0.8), (20, (20, 21), None, [17, 18], 0.5)]
    kept = Columns()
    candidate_features(
        Features(kept, 7), found(*rows), arrays(), measure(found(*rows), arrays())
    )  # the seed of the judge's features
    only_first = sorted(set(kept.hashes()[0].tolist()) - set(kept.hashes()[1].tolist()))[:1]
    judge = Table.of(Weights(np.array(only_first, np.int32), np.array([[4]], np.int8), 0.5, np.zeros(1, np.float32)))
    measures = np.append(np.zeros(len(NAMES)), 1.0)
    scores = rescore(found(*rows), arrays(), measures, judge)
    assert scores.tolist() == pytest.approx([1 / (1 + np.exp(-3)), 1 / (1 + np.exp(-1))])


def test_a_likely_cue_beside_it_changes_how_a_token_is_described():
    there = arrays()
    said = np.array([5])

    def described(tokens, logits):
        kept = Columns()
        cue_features(Features(kept, 1), there, said, spread_glances(there, np.array(tokens), np.array(logits, np.float32)))
        return kept.hashes()[0].tolist()

    alone = described([5], [2.0])
    assert described([5, 21], [2.0, 2.0]) == alone  # in another sentence
    assert described([4, 5], [-3.0, 2.0]) == alone  # hardly a cue
    assert described([4, 5], [1.0, 2.0]) != alone
    assert described([4, 5], [1.0, 2.0]) != described([5, 8], [2.0, 1.0])


@settings(max_examples=5, deadline=None)
@given(st.lists(st.integers(0, 279), min_size=1, max_size=5))
@example([224, 0])  # the first ends with the content of somebody who is not named
def test_articles_together_give_what_they_give_alone(extractor, our_corpus, numbers):
    views = [tokens_of_labelled(our_corpus[n]) for n in numbers]
    together = extractor.extract_all(views)
    alone = [extractor.extract(v) for v in views]
    for many, one in zip(together, alone, strict=True):
        assert [(c.anchor, c.cue, c.source) for c in many] == [(c.anchor, c.cue, c.source) for c in one]
        assert [c.content.tolist() for c in many] == [c.content.tolist() for c in one]
        assert [c.score for c in many] == pytest.approx([c.score for c in one])


@pytest.mark.parametrize("text", ["said", "“", "”” “ said", "said said said", ". . .", "“He said “she said “they said"])
def test_broken_text_is_no_error(extractor, text):
    seen = tokens_of(text)
    for c in extractor.extract(seen):
        assert c.content.size
        assert 0 <= c.anchor < len(seen.words)


def test_no_article_has_no_attribution(extractor):
    assert extractor.extract_all([]) == []
    assert extractor.extract(view("", [])) == []
