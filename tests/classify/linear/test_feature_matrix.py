import pytest

from sayso.classify.linear import feature_matrix
from sayso.classify.linear.feature_matrix import Described, Vocabulary


def parts_of(key):
    answer, loud = key
    yield f"answer: {answer}"
    yield f"answer: {answer}"
    if loud:
        yield "loud"


def test_a_closed_vocabulary_leaves_unknown_features_out():
    known = Vocabulary(["headline", "quoted"])
    described = known.describe([{"quoted": 0.5, "rain": 1.0}, {}, {"headline": 1.0, "quoted": 2.0}])
    assert described.sentence.tolist() == [0, 2, 2]
    assert known.names(described) == [{"quoted": 0.5}, {}, {"headline": 1.0, "quoted": 2.0}]


def test_an_open_vocabulary_learns_names():
    learning = Vocabulary(["headline"], open=True)
    assert (learning["quoted"], learning["headline"], learning["rain"]) == (1, 0, 2)


def test_a_bundle_holds_each_feature_once_and_only_those_known():
    assert Vocabulary(open=True).bundles(parts_of)["yes", True] == (0, 1)
    assert Vocabulary(["loud"]).bundles(parts_of)["yes", True] == (0,)
    assert Vocabulary(["loud"]).bundles(parts_of)["yes", False] == ()


def test_bundles_are_forgotten_before_they_fill_the_memory(monkeypatch):
    monkeypatch.setattr(feature_matrix, "_MOST", 2)
    bundles = Vocabulary(["loud", "answer: no"]).bundles(parts_of)
    found = [bundles["yes", True], bundles["yes", False], bundles["no", True]]
    assert found == [(0,), (), (1, 0)]
    assert list(bundles) == [("no", True)]


def test_measures_join_the_features_of_their_sentence():
    described = Described.of([[1, 2], []]).with_values([1, 0, 1], [2, 0, Vocabulary.unseen], [0.25, 0.5, 9.0])
    names = Vocabulary(["share", "first", "last"]).names(described)
    assert names == [{"first": 1.0, "last": 1.0, "share": 0.5}, {"last": 0.25}]


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        (0, []),
        (1, [(0, 1, -8.0), (2, 0, 3.0)]),
        (2, [(0, 1, -8.0), (2, 0, 3.0), (0, 2, 7.0), (2, 4, -3.0)]),
        (9, [(0, 1, -8.0), (2, 0, 3.0), (0, 2, 7.0), (2, 4, -3.0), (0, 0, 1.0)]),
    ],
)
def test_the_strongest_come_first_and_what_is_0_never(n, expected):
    described = Vocabulary(open=True).describe([{"a": 1.0, "b": -8.0, "c": 7.0, "d": 0.0}, {}, {"a": 3.0, "e": -3.0}])
    assert list(described.strongest(n)) == expected
