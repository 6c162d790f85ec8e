import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.data.records import Sentence, Span
from sayso.data.rows.given import Given, cell_of, given_by_all, given_of, labels_there, without_version


def sentence(cell=None, **labels):
    extra = {"frame": labels.pop("frame")} if "frame" in labels else {}
    return Sentence(0, Span(0, 9), extra={**extra, **({"codebook": cell} if cell else {})}, **labels)


def test_labels_are_named_as_their_columns_and_stances_by_target():
    s = sentence("2", kind="quote", stance={"Odra": "favor"}, loaded=(Span(0, 3),), frame="loss")
    assert list(labels_there(s)) == ["kind", "loaded", "stance: Odra", "frame"]
    assert given_of(s) == dict.fromkeys(labels_there(s), Given(2))


def test_one_version_is_a_number_and_several_are_an_object():
    there = ["kind", "frame"]
    assert cell_of({"kind": Given(2), "frame": Given(2)}, there) == "2"
    assert json.loads(cell_of({"kind": Given(1), "frame": Given(2)}, there)) == {"kind": 1, "frame": 2}
    assert json.loads(cell_of({"frame": Given(2)}, there)) == {"frame": 2}  # of kind it is not known
    assert json.loads(cell_of({"kind": Given(2, True), "frame": Given(accepted=True)}, there)) == {
        "kind": {"version": 2, "accepted": True},
        "frame": {"accepted": True},
    }
    assert cell_of({"gone": Given(1)}, there) is None
    assert cell_of({}, []) is None


_given = st.builds(Given, st.one_of(st.none(), st.integers(1, 9)), st.booleans())


@given(st.dictionaries(st.sampled_from(("kind", "bias", "frame", "stance: Odra")), _given))
def test_what_is_written_is_read(ways):
    s = sentence(kind="quote", bias="neutral", frame="loss", stance={"Odra": "favor"})
    cell = cell_of(ways, labels_there(s))
    s = sentence(cell, kind="quote", bias="neutral", frame="loss", stance={"Odra": "favor"})
    assert given_of(s) == {name: way for name, way in ways.items() if way != Given()}


@pytest.mark.parametrize("cell", ["x", "-1", "{", "[1]", '{"kind": "3"}', '{"kind": true}', '{"kind": [3]}', '{"gone": 3}'])
def test_what_somebody_else_wrote_there_says_nothing(cell):
    assert given_of(sentence(cell, kind="quote")).get("kind", Given()) == Given()


def test_of_merged_labels_that_is_kept_on_which_all_agree():
    accepted = '{"kind": {"version": 1, "accepted": true}, "bias": {"version": 1, "accepted": true}, "frame": 1}'
    anna = sentence(accepted, kind="quote", bias="neutral", frame="loss")
    ben = sentence('{"kind": {"version": 2, "accepted": true}, "frame": 1}', kind="quote", frame="gain")
    merged = sentence(kind="quote", bias="neutral", frame="gain")
    assert given_by_all([anna, ben], merged) == {
        "kind": Given(None, True),
        "bias": Given(1, True),  # only anna gave one
        "frame": Given(1),
    }
    by_hand = sentence("1", kind="quote")
    assert given_by_all([anna, by_hand], sentence(kind="quote"))["kind"] == Given(1)
    other = sentence('{"kind": {"version": 1, "accepted": true}}', kind="narrative")
    assert given_by_all([anna, other], sentence(kind="quote"))["kind"] == Given(1)  # a person decided


def test_versions_of_another_codebook_are_forgotten():
    assert without_version(None) is None
    assert without_version('{"kind": 1, "frame": 2}') is None
    assert json.loads(without_version('{"kind": 1, "frame": {"version": 2, "accepted": true}}')) == {
        "frame": {"accepted": True}
    }
