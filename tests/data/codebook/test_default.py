"""The codebook that comes along: it holds the project's label scheme, with a short text and examples for every label."""

import re

import pytest

from sayso.data.codebook.codebook import BUILT_IN
from sayso.data.codebook.reading import default_codebook, default_text, parse_codebook
from sayso.data.scheme import LABELS_OF, SOURCE_TYPES_OF, STANCES

COLUMNS = {c.name: c for c in default_codebook().columns}
EACH_LABEL = [pytest.param(label, id=f"{c.name} {label.name}") for c in COLUMNS.values() for label in c.labels]


def test_it_has_the_labels_of_the_scheme_in_their_order():
    labels = {name: tuple(label.name for label in column.labels) for name, column in COLUMNS.items()}
    assert labels == {**LABELS_OF, "stance": STANCES, "attribution": ("source", "cue", "content", "speaker")}
    assert tuple(COLUMNS) == BUILT_IN
    assert all(column.question.endswith("?") and column.text and column.asked for column in COLUMNS.values())


@pytest.mark.parametrize("label", EACH_LABEL)
def test_every_label_has_a_short_text_and_examples(label):
    assert 40 <= len(label.text) <= 230
    assert 2 <= len(label.examples) <= 3
    assert len(label.not_examples) >= 1 or label.name == "content"
    assert all(len(text) <= 140 for text in (*label.examples, *label.not_examples))


@pytest.mark.parametrize("column", ["kind", "source_type"])
def test_a_counter_example_names_another_label_that_there_is(column):
    labels = [label.name for label in COLUMNS[column].labels]
    for label in COLUMNS[column].labels:
        for text in label.not_examples:
            named = re.search(r"\([^()]*: ([\w ]+)\.\)$", text)
            assert named, text
            assert named[1] in [name.replace("_", " ") for name in labels], text
            assert named[1] != label.name.replace("_", " "), text


def test_the_texts_name_the_source_types_that_the_scheme_has_for_a_kind():
    kinds = {label.name: label.text for label in COLUMNS["kind"].labels}
    for kind in ("official_claim", "independent_assessment", "narrative"):
        for source_type in SOURCE_TYPES_OF[kind]:
            assert source_type in kinds[kind] or source_type == "none"


def test_the_column_to_start_from_at_its_end_is_right():
    start = default_text().index("# [[column]]")
    own = re.sub(r"^# ?", "", default_text()[start:], flags=re.MULTILINE)
    codebook = parse_codebook(default_text()[:start] + own, "mine.toml")
    assert codebook.own_columns() == {"topic": ("war", "economy", "other")}
    assert codebook.columns[:5] == default_codebook().columns
