import pytest

from sayso.data.agreement.annotators import annotator_of
from sayso.data.agreement.same_column import same_column, same_labels
from sayso.data.rows.labelled_rows import articles_of


def of(name, **columns):
    rows = [
        {"article": "a", "n": n, "text": f"Gull {n} left.", **dict(zip(columns, labels, strict=True))}
        for n, labels in enumerate(zip(*columns.values(), strict=True))
    ]
    return annotator_of(name, articles_of((f"x:{n}", row) for n, row in enumerate(rows)))


def columns(annotator):
    return sorted({name for labelled in annotator.articles.values() for s in labelled.sentences for name in s.extra})


def test_one_column_each_with_the_same_labels_is_one():
    told = []
    people, machine = same_column([of("gold", truth="xyx", side="lrl"), of("llm", gpt="xxy", side="lrl")], told.append)
    assert (columns(people), columns(machine)) == (["side", "truth"], ["side", "truth"])
    assert told == [
        "columns 'truth' of gold, 'gpt' of llm are treated as one column, 'truth', because they hold the same labels."
    ]


@pytest.mark.parametrize("pair", [
    (of("gold", truth="xyx"), of("llm", gpt="abc")),
    (of("gold", truth="xyx", tone="xyx"), of("llm", gpt="xxx")),
    (of("gold", truth="xyx", topic="xyz"), of("llm", topic="xxx")),
    (of("gold", topic="xyx"), of("llm", topic="xxx")),
    (of("gold", kind=["quote"]), of("llm", gpt=["quote"])),
])  # fmt: skip
def test_other_columns_stay_what_they_are(pair):
    told = []
    assert same_column(pair, told.append) == list(pair)
    assert told == []


def test_labels_that_differ_in_capitals_and_blanks_are_one_label():
    told = []
    pair = same_labels([of("ann", topic=["economy", "Sea"]), of("ben", topic=["Economy ", "Sea"])], told.append)
    assert [s.extra["topic"] for one in pair for s in one.articles["a"].sentences] == ["economy", "Sea", "economy", "Sea"]
    assert told == [
        "ben: label 'Economy ' in column 'topic' is read as 'economy', which differs only in capital "
        "letters or spaces: 1 sentence."
    ]


@pytest.mark.parametrize(("topics", "expected"), [
    (["Sea", "sea", "sea"], ["sea", "sea", "sea"]),
    (["sea", "Sea", "Port"], ["sea", "sea", "Port"]),
])  # fmt: skip
def test_a_label_is_written_as_most_write_it_or_else_as_the_first_does(topics, expected):
    found = same_labels([of(name, topic=[topic]) for name, topic in zip("abc", topics, strict=True)], lambda line: None)
    assert [one.articles["a"].sentences[0].extra["topic"] for one in found] == expected


def test_a_slip_of_one_annotator_is_folded():
    found = same_labels([of("ann", topic=["Sea", "sea"]), of("ben", topic=["sea", "sea"])], lambda line: None)
    assert [s.extra["topic"] for s in found[0].articles["a"].sentences] == ["sea", "sea"]


def test_labels_that_two_annotators_tell_apart_by_capitals_stay_two():
    told = []
    pair = [of("ann", topic=["us", "US"]), of("ben", topic=["US", "us"])]
    assert same_labels(pair, told.append) == pair
    assert told == []
