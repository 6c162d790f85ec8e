import numpy as np
import pytest
from builders import tokens_of
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.classify.attribution.candidate_spans import NONE, Boundaries, Sum, log_odds, most, surest
from sayso.classify.attribution.content_candidates import STAY, content_sums, outlines, said_by
from sayso.classify.attribution.label_spans import NOWHERE, role_of
from sayso.classify.attribution.source_candidates import NOBODY, RIVAL
from sayso.classify.attribution.span_choice import ContentChoice, FirstLook, SourceChoice
from sayso.classify.attribution.token_arrays import pair, token_arrays
from sayso.classify.attribution.word_features import Words
from sayso.classify.language.article_tokens import view
from sayso.classify.linear.hashed import Columns, Features, Table
from sayso.data.records import Span
from sayso.train.attribution.hashed_logistic import fit_choice, fit_mixed

WORDS = Words({}, {})
LETTERS = ".sSqQcC"  # s, q, c begin source, cue, content; the same in capitals go on
TEXT = "The mayor said the bridge is old, which is true, and left in haste."
#       0   1     2    3   4      5  6  7 8     9  10  1112  13   14 15   16


def look_at(text, *cues):
    """Make a first look of cues, each an anchor with its labels written as letters, as far as there are any."""
    seen = tokens_of(text)
    arrays = token_arrays([seen], WORDS)
    pairs = pair(arrays, np.array([anchor for anchor, _ in cues]))
    letters = [labels.replace(" ", "").ljust(n, ".") for (_, labels), n in zip(cues, pairs.lengths.tolist(), strict=True)]
    labels = np.array([LETTERS.index(letter) for letter in "".join(letters)])
    role = role_of(labels)
    chance = np.full(arrays.n + 1, 10)
    chance[pairs.anchors] = 800
    return FirstLook(arrays, pairs, labels, np.where(role == 1, 900, 50), np.where(role == 3, 700, 100), chance), seen


def contents_of(text, *cues):
    """Give the words of all contents to choose from, those of each cue apart."""
    look, seen = look_at(text, *cues)
    choice = ContentChoice.of(look)
    found = [[] for _ in cues]
    for i, row in enumerate(choice.options.row.tolist()):
        said = said_by(choice.seen, choice.options, np.array([i]))
        mine = said & (look.pairs.row == row)
        found[row].append(" ".join(seen.words[t] for t in look.pairs.tokens[mine] if seen.words[t].isalnum()))
    return found


def sources_of(text, *cues):
    look, seen = look_at(text, *cues)
    options = SourceChoice.of(look).options
    found = [[] for _ in cues]
    for row, begin, end in zip(options.row.tolist(), options.begin.tolist(), options.end.tolist(), strict=True):
        found[row].append(" ".join(seen.words[t] for t in look.pairs.tokens[begin:end]) if begin != NONE else None)
    return found


def test_contents_end_where_clauses_and_prepositions_begin():
    (found,) = contents_of(TEXT, (2, "sS q cCCC"))
    assert found[0] == "the bridge is old"
    assert set(found[1:]) == {
        "the bridge is old which is true",
        "the bridge is old which is true and left",
        "the bridge is old which is true and left in haste",
    }  # source and cue are never content


def test_a_content_is_cut_where_a_clause_begins():
    (found,) = contents_of(TEXT, (2, "sS q cCCC CCCC"))
    assert "the bridge is old" in found
    assert "which is true" in found
    assert all("said" not in words and "mayor" not in words for words in found)


def test_of_two_pieces_one_may_be_all_and_the_gap_may_be_closed():
    text = "The road is long, he said, and it is steep."
    (found,) = contents_of(text, (6, "cCCC . s q . cCCC"))
    assert found[0] == "The road is long and it is steep"
    assert {"The road is long", "and it is steep"} <= set(found)


def test_a_cue_without_content_has_no_options():
    assert contents_of(TEXT, (2, "sS q")) == [[]]


WORD = st.sampled_from(["rain", "snow", ",", "that", "and", "of", "“", "”", "mayor"])
LABEL = st.sampled_from("...ccCCsq")


@st.composite
def looks(draw):
    one, two = (" ".join(draw(st.lists(WORD, min_size=2, max_size=9))) for _ in range(2))
    text = f"{one} {two}"
    seen = view(text, [Span(0, len(one)), Span(len(one) + 1, len(text))])
    arrays = token_arrays([seen], WORDS)
    anchors = sorted(draw(st.sets(st.integers(0, arrays.n - 1), min_size=1, max_size=3)))
    pairs = pair(arrays, np.array(anchors))
    labels = np.array([LETTERS.index(draw(LABEL)) for _ in range(len(pairs.tokens))])
    likely = np.array(draw(st.lists(st.integers(0, 1000), min_size=2 * len(labels), max_size=2 * len(labels))))
    chance = np.array(draw(st.lists(st.integers(0, 1000), min_size=arrays.n + 1, max_size=arrays.n + 1)))
    return FirstLook(arrays, pairs, labels, likely[: len(labels)], likely[len(labels) :], chance)


def runs(said):
    return int((np.diff(np.concatenate([[0], said.astype(np.int64)])) == 1).sum())


@settings(max_examples=150, deadline=None)
@given(looks())
def test_what_is_told_of_an_option_is_so_of_its_pairs(look):
    choice = ContentChoice.of(look)
    seen, options = choice.seen, choice.options
    outline = outlines(seen, options)
    sums = content_sums(seen, options, look.said)
    kept = []
    for i, row in enumerate(options.row.tolist()):
        mine = look.pairs.row == row
        said = said_by(seen, options, np.array([i])) & mine
        assert (said & ~seen.free).sum() == 0
        assert (said & seen.is_word).any()
        at = np.flatnonzero(said)
        assert (outline.begin[i], outline.end[i]) == (at[0], at[-1] + 1)
        assert outline.pieces[i] == runs(said)
        assert sums[i] == look.said[said].sum()
        kept.append((row, (said & seen.is_word).tobytes()))
    assert len(set(kept)) == len(kept)
    assert (np.diff(options.row) >= 0).all()


@settings(max_examples=80, deadline=None)
@given(looks())
def test_who_keeps_what_the_labels_have_changes_nothing(look):
    choice = ContentChoice.of(look)
    again = choice.take(np.flatnonzero(choice.options.kind == STAY))
    assert (role_of(again.labels) == role_of(look.labels)).all()


@settings(max_examples=80, deadline=None)
@given(looks())
def test_sources_lie_in_their_sentence_and_each_cue_may_have_none(look):
    choice = SourceChoice.of(look)
    options, seen = choice.options, choice.seen
    assert options.row[options.kind == NOBODY].tolist() == list(range(len(seen.first)))
    someone = options.kind != NOBODY
    row, begin, end = options.row[someone], options.begin[someone], options.end[someone]
    assert (begin >= seen.first[row]).all()
    assert (begin < end).all()
    assert (end <= seen.last[row]).all()
    assert seen.is_word[begin].all()
    assert seen.is_word[end - 1].all()
    keys = list(zip(options.row.tolist(), options.begin.tolist(), options.end.tolist(), strict=True))
    assert len(set(keys)) == len(keys)


@settings(max_examples=60, deadline=None)
@given(looks())
def test_every_option_is_described(look):
    for choice in (ContentChoice.of(look), SourceChoice.of(look)):
        kept = Columns()
        choice.describe(Features(kept, 9))
        assert len(kept.hashes()) == len(choice.options.row)


def test_a_cue_may_have_the_source_of_another_or_nobody():
    text = "The mayor left, saying it was late, and denied a row."
    #        0   1     2   3 4      5  6   7   8 9   10     11 12 13
    one, two = sources_of(text, (2, "sS q"), (4, ".... q cCC"))
    assert one[0] is None
    assert "The mayor" in one
    assert two[:2] == [None, "The mayor"]


def test_the_source_of_another_cue_is_told_as_that():
    look, _ = look_at("The mayor left, saying it was late.", (2, "sS q"), (4, ".... q cCC"))
    options = SourceChoice.of(look).options
    theirs = options.kind == RIVAL
    assert options.row[theirs].tolist() == [1]
    assert options.other[theirs].tolist() == [0]


def test_the_chosen_source_is_given_in_tokens_and_nobody_as_nowhere():
    look, _ = look_at("Rain fell. The mayor said it was late.", (5, "sS q cCC"))
    choice = SourceChoice.of(look)
    nobody, own = choice.options.kind.tolist().index(NOBODY), choice.options.begin.tolist().index(0)
    assert choice.take(np.array([nobody])).tolist() == [[NOWHERE, NOWHERE]]
    assert choice.take(np.array([own])).tolist()[0][0] == 3


def test_the_best_option_of_each_row_is_taken_and_the_first_of_equals():
    scores = np.array([1.0, 3.0, 3.0, 0.0, -2.0])
    chosen, sure = surest(scores, np.array([0, 0, 0, 4, 7]))
    assert chosen.tolist() == [1, 3, 4]
    assert sure.tolist() == pytest.approx([-np.log(np.exp(-2) + 2), 0, 0])
    assert surest(np.zeros(0), np.zeros(0, dtype=np.int64))[0].tolist() == []


def test_boundaries_are_found_on_either_side_up_to_a_limit():
    there = Boundaries(np.array([2, 5, 9, 14]))
    assert there.after(np.array([2, 9, 14]), np.array([10, 14, 20]), 2).tolist() == [[5, 9], [NONE, NONE], [NONE, NONE]]
    assert there.before(np.array([9, 2, 20]), np.array([2, 0, 0]), 2).tolist() == [[5, NONE], [NONE, NONE], [14, 9]]
    assert Boundaries(np.zeros(0, dtype=np.int64)).after(np.array([0]), np.array([9]), 1).tolist() == [[NONE]]


def test_stretches_are_summed_and_searched_for_the_highest():
    values, start, stop = np.array([3, 1, 4, 1, 5]), np.array([0, 1, 2, 4]), np.array([5, 3, 2, 5])
    assert Sum.of(values)(start, stop).tolist() == [14, 5, 0, 5]
    assert most(values, start, stop).tolist() == [5, 4, 0, 5]


def test_log_odds_are_whole_thousandths_with_bounds():
    assert log_odds(np.array([0, 500, 731, 1000])).tolist() == [-5000, 0, 1000, 5000]  # ln(.731 / .269) = 0.9997


def test_the_option_that_is_worth_most_is_learned():
    rng = np.random.default_rng(0)
    row = np.repeat(np.arange(60), 3)
    hashes = rng.integers(100, 120, size=(180, 2)).astype(np.int32)
    best = np.arange(180) % 3 == rng.integers(0, 3, 60).repeat(3)
    hashes[:, 0] = np.where(best, 7, 8)
    weights = fit_choice(hashes, row, np.where(best, 1.0, 0.2))
    chosen, _ = surest(Table.of(weights).scores(hashes)[0].astype(np.float64), row)
    assert chosen.tolist() == np.flatnonzero(best).tolist()


def test_options_of_equal_worth_teach_nothing():
    weights = fit_choice(np.full((6, 1), 7, np.int32), np.repeat([0, 1], 3), np.ones(6))
    assert len(weights.keys) == 0
    assert Table.of(weights).scores(np.full((2, 1), 7, np.int32)).tolist() == [[0, 0]]


def test_options_about_as_good_share_the_place():
    hashes = np.tile([[7], [8], [9]], (30, 1)).astype(np.int32)
    weights = fit_choice(hashes, np.repeat(np.arange(30), 3), np.tile([1.0, 0.99, 0.0], 30))
    first, second, third = Table.of(weights).scores(hashes[:3])[0].tolist()
    assert first == second > third


def test_measures_and_features_are_learned_side_by_side():
    rng = np.random.default_rng(0)
    measures = np.column_stack([rng.normal(50, 10, 400), np.full(400, 4.0)])  # the second tells nothing
    has = rng.integers(0, 2, 400)
    labels = ((measures[:, 0] - 50) / 10 + 2 * has - 1 > 0).astype(np.int64)
    hashes = np.where(has > 0, 7, 8)[:, None].astype(np.int32)
    weights, features = fit_mixed(measures, hashes, labels, strength=1.0, n_kept=10)
    logits = measures @ weights[:-1] + weights[-1] + Table.of(features).scores(hashes)[0]
    assert weights[1] == 0
    assert weights[0] > 0
    assert ((logits > 0) == labels).mean() > 0.97
