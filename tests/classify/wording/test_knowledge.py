import numpy as np
import pytest

from sayso.classify.attribution.extractor import Candidate
from sayso.classify.kinds.reading import Reading
from sayso.classify.language.article_tokens import view
from sayso.classify.wording.features import IS_KNOWN, sort_of
from sayso.classify.wording.knowledge import known_features
from sayso.data.records import Span
from sayso.data.scheme import KINDS, SOURCE_TYPES

TEXT = "The ministry claimed that it rained."
CLAIM = Candidate(2, (2, 3), (0, 2), np.array([3, 4, 5]), chance=0.9, score=0.8)


def known(text=TEXT, candidates=(CLAIM,), *, judged=True):
    seen = view(text, [Span(0, len(text))])
    (row,) = known_features(Reading.of(seen, list(candidates)), judged=judged)
    return row


def test_chances_of_kinds_and_of_types_sum_to_one():
    row = known()
    assert sum(row.get(f"kind: {kind}", 0.0) for kind in KINDS) == pytest.approx(1.0)
    assert sum(row.get(f"source type: {name}", 0.0) for name in SOURCE_TYPES) == pytest.approx(1.0)
    assert row["kind: official_claim"] > 0.5
    assert row["source type: state"] > 0.5


def test_the_attribution_is_told_with_the_tone_of_its_cue():
    row = known(judged=False)
    assert row["attribution: share"] == pytest.approx(3 / 7)  # three of seven tokens
    assert row["attribution: said by anybody"] == pytest.approx(0.8 * 3 / 7)
    assert row["attribution: chance"] == pytest.approx(0.8)
    assert row["tone of cue: distancing"] == row["attribution: cue here"] == row["attribution: source named"] == 1.0


def test_nothing_is_asked_of_the_packages_models_where_they_learned_from_the_articles():
    row = known(judged=False)
    assert not [name for name in row if name.startswith(("kind: ", "source type: ", "bias: "))]


def test_loaded_words_raise_the_score():
    plain, loaded = known("The council met on Monday.", ()), known("The shameless council disgraced itself again.", ())
    assert loaded["bias: biased"] > plain["bias: biased"]
    assert loaded["bias: biased, log odds"] == pytest.approx(np.log(loaded["bias: biased"] / (1 - loaded["bias: biased"])))


def test_a_sentence_without_attribution_has_no_attribution_features():
    assert not [name for name in known("It rained.", ()) if name.startswith(("attribution: ", "tone of cue: "))]


def test_every_feature_belongs_to_a_block():
    assert set(sort_of(known()).tolist()) == {IS_KNOWN}
