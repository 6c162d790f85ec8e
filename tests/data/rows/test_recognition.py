"""Which column of a user's table is what, and what is told of it."""

import json

import pytest

from sayso.data.articles.notices import Notices
from sayso.data.records import Span
from sayso.data.rows.labelled_rows import articles_of
from sayso.data.rows.labels import labels_of
from sayso.data.rows.recognition.names import RowNames
from sayso.data.rows.recognition.reading import named_rows
from sayso.data.rows.recognition.sort_of_rows import are_articles, are_long
from sayso.data.schemas.row import sifted
from sayso.errors import SaysoError

LINES = ("Rain fell on the town.", "It froze at night.", "Snow fell there too.")
NO_ARTICLE = (
    "no column says which article a sentence belongs to, so each sentence counts as an article "
    "of its own and scores cannot be computed by article; "
)


def read(rows, **named):
    """Give rows under our names, and what is told beside that they have no article."""
    told = []
    notices = Notices(told.append)
    places = [(f"x:{number}", row) for number, row in enumerate(rows, 1)]
    again = named_rows(lambda: iter(places), "x", notices, RowNames(**named))
    found = [row for _, row in again(notices)]
    notices.tell_counts()
    return found, [line for line in told if NO_ARTICLE not in line]


def with_lines(**columns):
    """Give a row for each line, the n-th with the n-th value of each column."""
    values = zip(*columns.values(), strict=True)
    lines = [*LINES, *(f"Day {n} was dry." for n in range(3, 99))]
    return [{"text": line, **dict(zip(columns, row, strict=True))} for line, row in zip(lines, values, strict=False)]


@pytest.mark.parametrize(
    ("names", "ours"),
    [
        (("Sentence", "Kind", "Source Type"), ("text", "kind", "source_type")),
        (("TEXT", "KIND", "source-type"), ("text", "kind", "source_type")),
        (("tweetText", "kind", "SourceType"), ("text", "kind", "source_type")),
        (("content", "sentence_kind", "Doc.ID"), ("text", "kind", "article")),
        (("utterance", "label_bias", "file name"), ("text", "bias", "article")),
    ],
)
def test_names_are_known_in_any_spelling(names, ours):
    cells = ("Rain fell.", "narrative", "none")
    assert read([dict(zip(names, cells, strict=True))]) == ([dict(zip(ours, cells, strict=True))], [])


def test_administration_is_no_label_and_is_told_with_counts():
    rows = with_lines(
        **{"id": [7, 8], "Created At": ["2024-03-01T10:00:00Z", ""], "lead_time": [3.2, 4.1], "topic": ["a", "b"]}
    )
    found, told = read(rows)
    assert [row["topic"] for row in found] == ["a", "b"]
    assert [sorted(row) for row in found] == [["text", "topic"]] * 2
    assert told == ["x: not used: id (2 rows), Created At (1 row), lead_time (2 rows)."]


@pytest.mark.parametrize(
    ("values", "why"),
    [
        (["2024-03-01", "2024-03-01", "2024-03-02"], "dates"),
        (["01/03/2024", "2/3/2024"], "dates"),
        (["https://orla.example/a", "https://orla.example/b"], "addresses"),
        (["0f8fad5b-d9cb-469f-a165-70867728950e", "7c9e6679-7425-40de-944b-e07fc1f90ae7"], "ids"),
        ([0.25, 0.5, 0.75], "decimal numbers"),
        (["a", "b", "c", "d", "e"], "every value is different"),
        (["asked the desk again about this", "this one was a hard case"], "every value is different"),
        ([f"v{n // 2}" for n in range(20)] + ["w", "x"], "12 different values in 22 rows"),
    ],
)
def test_what_cannot_be_labels_is_told_and_read_only_when_it_is_named(values, why):
    found, told = read(with_lines(mood=values))
    n = len(values)
    assert (sorted({*found[0]}), told) == (
        ["text"],
        [f"x: not used: mood ({n} rows; {why}; to read it as labels, give --label-column)."],
    )
    found, told = read(with_lines(mood=values), labels=("mood",))
    assert ([row["mood"] for row in found], told) == (values, [])


@pytest.mark.parametrize(
    "values",
    [
        ["wet", "dry"],
        [1, 2, 3, 4],
        [1.5, 1.5, 1.5, 2.5, 2.5, 2.5],  # means of ratings that repeat
        [True, False],
        [*"aabbccddeeff", *"aabbccddeeff"],
        ["a rather long label of one's own", "a rather long label of one's own", "another"],
    ],
)
def test_few_values_are_labels_of_the_users_own(values):
    found, told = read(with_lines(mood=values))
    assert ([row["mood"] for row in found], told) == (values, [])


def test_a_list_of_one_label_is_that_label_and_a_slip_among_many_rows_is_told():
    rows = with_lines(
        topic=[*[["farm"], "['sea']"] * 10, ["farm", "sea"]], frame=[{"name": "gain"}, {"label": "loss"}, [], *[None] * 18]
    )
    found, told = read(rows)
    assert [row.get("topic") for row in found] == [*["farm", "sea"] * 10, None]
    assert [row.get("frame") for row in found[:4]] == ["gain", "loss", None, None]
    assert told == ["cells with several labels or an object in column 'topic', left out: once, at x:21."]
    found, told = read(with_lines(spans=[[{"start": 1}, {"start": 2}], [1, 2]]))
    assert told == ["x: not used: spans (2 rows; lists or objects)."]


_SEA = [{"topic_farm": "no", "topic_sea": "yes"}, {"topic_farm": "yes", "topic_sea": "yes"}]


@pytest.mark.parametrize(
    ("cells", "parted"),
    [
        ([["sea"], ["farm", "sea"], ["farm"]], "as a list"),
        (["['sea']", '["farm", "sea"]', "['farm']"], "as a list"),
        (["sea", "farm; sea", "farm"], "separated by ';'"),
        (["sea", "sea|farm", "farm"], "separated by '|'"),
        (["sea", "farm, sea", "farm"], "separated by ','"),
    ],
)
def test_several_labels_in_a_cell_become_a_column_of_yes_and_no_each(cells, parted):
    found, told = read(with_lines(topic=cells))
    assert [{name: row[name] for name in ("topic_farm", "topic_sea")} for row in found] == [
        *_SEA,
        {"topic_farm": "yes", "topic_sea": "no"},
    ]
    assert all("topic" not in row for row in found)
    assert told == [
        f"x: column 'topic' has several labels in one cell, {parted}: each label becomes a column of its own, yes or no "
        "(topic_farm, topic_sea)."
    ]


def test_an_empty_list_has_none_of_the_labels_and_an_empty_cell_is_not_labelled():
    found, _ = read(with_lines(topic=[["sea"], ["farm", "sea"], ["farm"], [], None]))
    assert [row.get("topic_sea") for row in found] == ["yes", "yes", "no", "no", None]


@pytest.mark.parametrize(
    "cells",
    [
        ["Crime, law", "Crime, law", "Sport, leisure", "Sport, leisure"],  # a sign inside labels
        ["Lyon, France", "Nice, France", "Brest, France", "Brest, France"],
        ["farm; sea"] * 3 + ["town"],
    ],
)
def test_a_sign_inside_one_label_parts_nothing(cells):
    found, told = read(with_lines(topic=cells))
    assert ([row["topic"] for row in found], told) == (cells, [])


def test_lists_of_words_are_no_labels_unless_they_are_asked_for():
    words = [["grim", "vast"], ["sly"], ["cosy", "mere"]]
    found, told = read(with_lines(biased_words=words))
    assert (list(found[0]), told) == (["text"], ["x: not used: biased_words (3 rows; lists or objects)."])
    found, _ = read(with_lines(biased_words=words), asked=("biased_words",))
    assert (found[0]["biased_words_grim"], found[0]["biased_words_sly"]) == ("yes", "no")


@pytest.mark.parametrize(
    ("labels", "part"),
    [
        (["Official claim", "QUOTE"], "kind"),
        (["state", "unnamed"], "source_type"),
        (["Biased", "Non-biased"], "bias"),
    ],
)
def test_a_column_called_label_is_read_as_ours_if_it_holds_nothing_else(labels, part):
    found, told = read(with_lines(Label=labels))
    assert [row[part] for row in found] == labels
    assert told == [f"x: column 'Label' is read as {part}, because all its values fit."]
    assert "Label" in read(with_lines(Label=[*labels, "sport"]))[0][0]
    assert "Label" in read(with_lines(Label=["none", "neutral"]))[0][0]
    assert {"Label", part} <= set(read(with_lines(Label=labels), labels=("Label",))[0][0])
    assert "Label" in read(with_lines(Label=labels), asked=("Label",))[0][0]


@pytest.mark.parametrize("names", [("target", "stance"), ("Topic", "Stance"), ("target", "label"), ("topic", "label")])
def test_a_target_and_a_stance_are_a_stance_set(names):
    values = (["the harbour", "the harbour", "the ferry"], ["FAVOR", "against", "None"])
    found, told = read(with_lines(**dict(zip(names, values, strict=True))))
    assert [row["stance"] for row in found] == [
        {"the harbour": "favor"},
        {"the harbour": "against"},
        {"the ferry": "neutral"},
    ]
    assert told[-2:] == ["stance 'FAVOR', read as favor: once, at x:1.", "stance 'None', read as neutral: once, at x:3."]


@pytest.mark.parametrize(
    ("names", "stances"),
    [
        (("target", "stance"), ["PRO", "con", "0"]),
        (("target", "label"), ["support", "undermine", "neutral"]),
        (("mention", "polarity"), [1, -1, 0]),
        (("Entity", "Sentiment"), ["positive", "negative", "Neutral"]),
        (("mention", "stance"), ["1.0", "-1.0", "0.0"]),
    ],
)
def test_stances_in_other_words_are_read_beside_a_target(names, stances):
    found, told = read(with_lines(**dict(zip(names, (["Ada", "Bo", "Ada"], stances), strict=True))))
    assert [row["stance"] for row in found] == [{"Ada": "favor"}, {"Bo": "against"}, {"Ada": "neutral"}]
    assert f"stance {str(stances[0])!r}, read as favor: once, at x:1." in told


@pytest.mark.parametrize(
    "columns",
    [
        {"polarity": [1, -1, 0]},
        {"entity": ["Ada", "Bo", "Ada"], "polarity": [1, 2, 3]},
        {"topic": ["sea", "sea", "farm"], "sentiment": ["positive", "negative", "neutral"]},
        {"topic": ["sea", "sea", "farm"], "label": ["positive", "negative", "neutral"]},
        {"from": [1, 2, 3], "to": [2, 3, 4], "mood": ["calm", "calm", "loud"]},
    ],
)
def test_without_both_of_target_and_stance_columns_are_labels_of_the_users_own(columns):
    rows = with_lines(**columns)
    assert read(rows) == (rows, [])


def test_a_sentiment_that_is_asked_for_is_a_label_of_the_users_own():
    rows = with_lines(target=["Ada", "Bo", "Ada"], sentiment=["positive", "negative", "neutral"])
    assert [row["sentiment"] for row in read(rows, asked=("sentiment",))[0]] == ["positive", "negative", "neutral"]
    assert [row["sentiment"] for row in read(rows, labels=("sentiment",))[0]] == ["positive", "negative", "neutral"]


@pytest.mark.parametrize("names", [("from", "to"), ("target_start", "target_end"), ("Mention From", "Mention To")])
def test_the_place_of_a_target_is_read(names):
    rows = with_lines(target=["town", "night", "there"], stance=["favor", "against", "neutral"])
    ends = [(17, 21), (12, 17), (10, 15)]
    found, _ = read([row | dict(zip(names, place, strict=True)) for row, place in zip(rows, ends, strict=True)])
    assert found[0]["stance"] == {"town": {"label": "favor", "from": 17, "to": 21}}
    assert [set(row) for row in found] == [{"text", "stance"}] * 3
    text = {"text": "Snow &amp; <b>rain</b>.", "target": "rain", "stance": "favor", names[0]: 14, names[1]: 18}
    assert read([text])[0][0]["text"] == text["text"]  # as its places count


@pytest.mark.parametrize("beside", ["topic", "mood", "entity", "mention"])
@pytest.mark.parametrize("listed", [True, False])
@pytest.mark.parametrize("written", [True, False])
def test_stances_that_name_their_targets_are_read_whatever_stands_beside_them(beside, listed, written):
    stance = {"target": "the town", "label": "against"}
    value = [stance] if listed else stance
    found, told = read(with_lines(stance=[json.dumps(value) if written else value] * 6, **{beside: ["a", "b"] * 3}))
    assert told == []
    assert [row[beside] for row in found] == ["a", "b"] * 3
    labels, wrong = labels_of(sifted(found[0])[0], Span(0, 21), None)
    assert (labels["stance"], wrong) == ({"the town": "against"}, [])


def test_a_stance_without_a_target_is_a_label_of_the_users_own():
    found, told = read(with_lines(stance=["favor", "against"]))
    assert [row["stance_label"] for row in found] == ["favor", "against"]
    assert told[0].startswith(
        "x: column 'stance' has no target column next to it, so it is read as a label column of your own"
    )
    rows = with_lines(about=["the harbour", "the ferry"], stance=["favor", "against"])
    assert read(rows, target="about")[0][1]["stance"] == {"the ferry": "against"}


def test_rows_of_one_address_or_of_one_id_are_one_article():
    found, told = read(with_lines(link=["https://orla.example/a", "https://orla.example/a", "https://orla.example/b"]))
    assert [row["article"][-1] for row in found] == ["a", "a", "b"]
    assert told == ["x: rows with the same 'link' are read as one article; to use another column, give --article-column."]
    found, told = read(with_lines(ID=[1, 1, 2]))
    assert [row["article"] for row in found] == [1, 1, 2]
    assert told == ["x: column 'ID' is read as the article, because several rows share a value in it."]


def test_a_row_without_an_article_among_others_is_told():
    _, told = read(with_lines(article=["a", "", "a"]))
    assert told == ["rows without an article, each read as an article of its own: once, at x:2."]


def test_the_sentence_is_the_column_that_holds_sentences():
    found, told = read([{"sentence": "Rain fell.", "text": "It froze. Rain fell. Then it thawed."}])
    assert (found, told) == (
        [{"text": "Rain fell."}],
        ["x: not used: text (1 row; the sentence is in 'sentence')."],
    )
    found, _ = read([{"claim": "yes", "content": "Rain fell."}, {"claim": "no", "content": "It froze."}])
    assert found == [{"text": "Rain fell.", "claim": "yes"}, {"text": "It froze.", "claim": "no"}]


def test_named_columns_are_read_and_missing_ones_are_refused():
    rows = [{"Satz": "Rain fell.", "Art": "wet", "Beitrag": "a", "id": 7}]
    found, told = read(rows, text="Satz", article="Beitrag", labels=("Art", "id"))
    assert (found, told) == ([{"text": "Rain fell.", "article": "a", "Art": "wet", "id": 7}], [])
    found, told = read([{"text": "Rain fell.", "context": "wet"}], labels=("context",))
    assert (found, told) == (
        [{"text": "Rain fell.", "context_label": "wet"}],
        ["x: label column 'context' is renamed context_label, because context is the name of a sayso column."],
    )
    with pytest.raises(SaysoError, match=r"^x: no column 'Saz' \(--text-column\); it has 'Satz', 'Art', 'Beitrag', 'id'\.$"):
        read(rows, text="Saz")
    with pytest.raises(SaysoError, match=r"^x: no column 'topic' \(--label-column\); it has 'Satz',"):
        read(rows, text="Satz", labels=("topic",))
    with pytest.raises(
        SaysoError, match=r"^x: no text column \(sentence, text, …\); it has 'Satz', 'Art', 'Beitrag', 'id'\. Give"
    ):
        read(rows)


@pytest.mark.parametrize("named", [(), ("codebook",)])
def test_a_users_column_called_codebook_is_a_label_by_another_name(named):
    found, told = read([{"text": "Rain fell.", "codebook": "old"}, {"text": "It froze.", "codebook": "new"}], labels=named)
    assert [row["codebook_label"] for row in found] == ["old", "new"]
    assert "x: label column 'codebook' is renamed codebook_label, because codebook is the name of a sayso column." in told


def test_what_sayso_wrote_is_read_as_it_is():
    row = {"article": "a", "n": 0, "start": 0, "end": 10, "text": "Rain fell.", "id": "7", "day": "2024-03-01", "kind": None}
    assert read([row]) == ([row], [])


SEVERAL = "Rain fell. It froze. Snow fell. The road was closed."


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"id": "a", "text": "Rain fell. It froze."}, True),
        ({"id": "a", "text": "Rain fell. It froze.", "desk": "sea"}, False),
        ({"id": "a", "text": SEVERAL, "desk": "sea", "author": "Ida Holt"}, True),
        ({"id": "a", "text": SEVERAL, "Label": "sea"}, False),
        ({"sentence": SEVERAL, "id": "a"}, False),
        ({"text": SEVERAL, "Kind": "quote"}, False),
    ],
)
def test_rows_are_articles_if_no_column_is_a_labels_and_they_are_long(row, expected):
    assert are_articles([row]) is expected


def test_long_rows_are_seen():
    assert (are_long([{"text": SEVERAL, "label": "a"}]), are_long([{"text": "Rain fell.", "label": "a"}])) == (True, False)


def test_a_target_without_a_stance_is_a_label_of_the_users_own():
    rows = with_lines(target=["pier", "ferry"], label=["sea", "farm"])
    assert read(rows) == (rows, [])


def test_what_programs_write_for_an_empty_cell_is_no_label():
    found, told = read(with_lines(kind=["NA", "quote", "nan"], topic=["farm", "NA", "<NA>"]))
    assert [(row.get("kind"), row.get("topic")) for row in found] == [(None, "farm"), ("quote", None), (None, None)]
    assert told == []


def test_an_object_of_labels_is_read_by_its_fields():
    rows = [{"text": line, "labels": {"Kind": "quote", "topic": topic}} for line, topic in zip(LINES, "aab", strict=True)]
    found, told = read(rows)
    assert ([(row["kind"], row["topic"]) for row in found], told) == ([("quote", "a"), ("quote", "a"), ("quote", "b")], [])
    found, told = read([{"text": line, "raw": {"a": 1, "b": 2}} for line in LINES])
    assert (found[0], told) == ({"text": LINES[0]}, ["x: not used: raw (3 rows; lists or objects)."])


def test_what_a_program_left_in_a_sentence_is_undone_unless_places_in_it_count():
    text = "Rain &amp; hail fell, Berg said."
    found, told = read([{"text": text, "topic": "a"}])
    assert found[0]["text"] == "Rain & hail fell, Berg said."
    assert [line.endswith("such as &amp; decoded in the text: once, at x:1.") for line in told] == [True]
    assert read([{"text": text, "start": 0}]) == ([{"text": text, "start": 0}], [])
    found, told = read([{"text": "â€œNo,â€\x9d said Berg.", "topic": "a"}])
    assert told[0].startswith(
        "texts with characters read in the wrong encoding (such as â€œ for “); save the table as UTF-8"
    )


def test_labels_that_differ_in_capitals_only_are_told():
    assert read(with_lines(topic=["Farm", "farm", "sea"]))[1] == [
        "x: column 'topic' has labels that differ only in capital letters: 'Farm' and 'farm'."
    ]


def test_rows_of_one_sentence_are_one_article_where_no_column_names_it():
    rows = [{"text": line, "annotator": name, "label": label} for line in LINES for name, label in (("a", "x"), ("b", "y"))]
    found, told = read(rows)
    articles = [row["article"] for row in found]
    assert (articles[0::2], len(set(articles))) == (articles[1::2], 3)
    assert told == [
        "x: 3 rows with the sentence of another row, as of several annotators or targets: rows of one sentence are read "
        "as one article.",
        "x: not used: annotator (6 rows).",
    ]


SAME_SENTENCE = [
    {"text": LINES[0], "outlet": "Herald", "topic": "farm"},
    {"text": LINES[0], "outlet": "Post", "topic": "sea"},
    {"text": LINES[0], "outlet": "Herald", "topic": "sea"},
    {"text": LINES[1], "outlet": "Post", "topic": "sea"},
]


@pytest.mark.parametrize("by_text", [False, True])
def test_one_sentence_of_two_outlets_is_two_articles(by_text):
    found, told = read(SAME_SENTENCE, by_text=by_text)
    herald, post, again, other = [row["article"] for row in found]
    assert herald == again
    assert len({herald, post, other}) == 3
    assert (
        "x: 1 sentence in several rows (3) that differ in 'outlet': only rows that agree in this are "
        "read as one article." in told
    )
    articles = articles_of((f"x:{n}", row) for n, row in enumerate(found))
    assert [(a.article.outlet, [s.extra["topic"] for s in a.sentences]) for a in articles] == [
        ("Herald", ["farm", "sea"]),
        ("Post", ["sea"]),
        ("Post", ["sea"]),
    ]


def test_a_sentence_is_called_alike_by_who_knows_its_outlet_and_who_does_not():
    knows, does_not = ([row["article"] for row in read(rows, by_text=True)[0]] for rows in (
        [{"text": LINES[0], "outlet": "Herald", "topic": "farm"}, {"text": LINES[1], "outlet": "Post", "topic": "sea"}],
        [{"text": LINES[0], "topic": "farm"}, {"text": LINES[1], "topic": "sea"}],
    ))  # fmt: skip
    assert knows == does_not
