import json

import pytest

from sayso.data.codebook.keys import COMMANDS
from sayso.data.codebook.reading import default_codebook, parse_codebook
from sayso.errors import SaysoError


def keys_of(*labels, name="topic", builtin=None):
    """Give the keys of a column of the user's own; its labels are names or tables."""
    listed = ", ".join(json.dumps(x) if isinstance(x, str) else _table(x) for x in labels)
    head = "" if builtin is None else f"builtin = {json.dumps(builtin)}\n"
    codebook = parse_codebook(f'{head}[[column]]\nname = "{name}"\nlabels = [{listed}]', "mine.toml")
    return [label.key for label in codebook.column(name).labels], codebook


def _table(values):
    return "{" + ", ".join(f"{name} = {json.dumps(value)}" for name, value in values.items()) + "}"


def test_the_columns_that_come_along_have_keys_of_their_own():
    keys = default_codebook().keys()
    by_column = {}
    for key, (column, _) in keys.items():
        by_column[column] = by_column.get(column, "") + key
    assert by_column == {"kind": "qoin", "source_type": "123456789", "bias": "lw", "stance": "fa0", "attribution": "scxp"}
    assert [key for key in keys if key in COMMANDS] == list("scxp")
    assert len(keys) == sum(len(column.labels) for column in default_codebook().columns)


def test_a_label_without_a_key_gets_a_letter_of_its_name_then_any_letter_digit_or_other_sign_but_no_capital():
    # free of the small letters are h r t v y z, and of the digits none
    assert keys_of("war", "economy", "other")[0] == ["r", "y", "t"]
    assert keys_of("ab", "ab ba", "bb", "99")[0] == ["h", "r", "t", "v"]
    # without source types and stances the letters f a l w and all digits are free too
    names = ("morality", "economic", "none", "sure", "hedged", "oil", "law", "a", "lot", "of", "words", "in 1999", "more")
    given = ["r", "a", "f", "h", "l", "t", "w", "v", "y", "z", "0", "1", "2"]
    assert keys_of(*names, builtin=["kind"])[0] == given
    assert keys_of("war", "economy", "other", builtin=["kind"])[0] == ["w", "y", "t"]


def test_a_key_that_is_written_is_kept_and_others_give_way():
    keys, codebook = keys_of({"name": "war", "key": "w"}, {"name": "weather", "key": "q"}, "wind")
    assert keys == ["w", "q", "h"]
    assert codebook.column("kind").label("quote").key == "t"
    assert codebook.column("bias").label("neutral").key == "r"
    assert codebook.keys()["w"] == ("topic", "war")


def test_no_key_is_given_where_none_is_wanted_or_none_is_left():
    assert keys_of({"name": "war", "key": ""}, "economy")[0] == [None, "y"]
    keys = keys_of(*(f"label {n}" for n in range(100)))[0]
    given = [key for key in keys if key]
    assert len(set(given)) == len(given) == 6 + 7  # small letters that are free, and signs
    assert keys[len(given) :] == [None] * (100 - len(given))
    assert not set(given) & set(COMMANDS)


def test_columns_that_are_not_asked_take_no_keys():
    text = '[[column]]\nname = "topic"\nasked = false\nlabels = [{name = "war", key = "w"}, {name = "wind", key = "w"}]'
    codebook = parse_codebook(text, "mine.toml")
    assert [label.key for label in codebook.column("topic").labels] == [None, None]


@pytest.mark.parametrize(
    ("labels", "line"),
    [
        (
            [{"name": "war", "key": "w"}, {"name": "wind", "key": "w"}],
            r"mine\.toml: column 'topic': label 'wind': the key 'w' is already used for 'war' in 'topic'; choose another",
        ),
        (
            [{"name": "war", "key": "u"}],
            r"label 'war': the key 'u' is reserved by the page \(undo\); choose another, or leave key",
        ),
        ([{"name": "war", "key": "s"}], r"label 'war': the key 's' is reserved by the page \(mark the source\)"),
        ([{"name": "war", "key": "war"}], r"label 'war': the key is 'war'; it must be one character, such as 'w'\."),
        ([{"name": "war", "key": " "}], r"label 'war': the key is ' '; it must be one character"),
        ([{"name": "war", "key": 1}], r"label 1 \(war\): key is 1; it must be a text in quotation marks\."),
    ],
)
def test_a_key_that_cannot_be_is_told(labels, line):
    with pytest.raises(SaysoError, match=line):
        keys_of(*labels)


def test_the_keys_that_mark_attributions_stay():
    text = '[[column]]\nname = "attribution"\nlabels = ["source", {{name = "cue", key = "{}"}}]'
    codebook = parse_codebook(text.format("c"), "mine.toml")
    assert [label.key for label in codebook.column("attribution").labels] == ["s", "c"]
    with pytest.raises(SaysoError, match=r"label 'cue': its key is 'c' and cannot be changed; leave key out\."):
        parse_codebook(text.format("v"), "mine.toml")
