import pytest

from sayso.data.agreement.annotators import annotator_of
from sayso.data.agreement.same_column import same_column
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
    assert told == ["columns 'truth' of gold, 'gpt' of llm are taken for one, 'truth': they hold the same labels."]


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
