"""What people write into a codebook: what it becomes, and the line that says what is wrong."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.data.codebook.codebook import BUILT_IN, Codebook, Column, Label
from sayso.data.codebook.reading import default_codebook, parse_codebook, read_codebook
from sayso.data.codebook.writing import as_toml, digest
from sayso.errors import SaysoError

SHORT = """
[[column]]
name = "topic"
question = "What is the sentence about?"
labels = ["war", "economy", "other"]
"""


def names(codebook):
    return [column.name for column in codebook.columns]


def labels_of(text):
    """Give the labels of the only column of the user's own."""
    return parse_codebook(text, "mine.toml").columns[-1].labels


def test_three_lines_are_a_codebook():
    codebook = parse_codebook(SHORT, "mine.toml")
    assert names(codebook) == [*BUILT_IN, "topic"]
    assert codebook.own_columns() == {"topic": ("war", "economy", "other")}
    assert codebook.column("kind") == default_codebook().column("kind")


@pytest.mark.parametrize(
    "labels",
    [
        'labels = ["war", {name = "economy", text = "Prices"}]',
        'labels = [{name = "war"}, {name = "economy", text = " Prices\\n"}]',
        '[column.labels]\nwar = ""\neconomy = "Prices"',
        '[column.labels.war]\n[column.labels.economy]\ntext = "Prices"',
        '[[column.labels]]\nname = "war"\n[[column.labels]]\nname = "economy"\ntext = """\nPrices\n"""',
    ],
)
def test_labels_may_be_written_in_several_ways(labels):
    assert labels_of(f'[[column]]\nname = "topic"\n{labels}') == (Label("war", "r"), Label("economy", "y", "Prices"))


def test_a_column_without_labels_is_answered_in_free_text():
    codebook = parse_codebook('[[column]]\nname = "remark"', "mine.toml")
    assert codebook.own_columns() == {"remark": None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('builtin = ["stance", "kind"]\n' + SHORT, ["stance", "kind", "topic"]),
        ("builtin = []\n" + SHORT, ["topic"]),
        (SHORT + '[[column]]\nname = "kind"', ["topic", "kind", "source_type", "bias", "stance", "attribution"]),
        (SHORT + '[[column]]\nname = "bias"', ["kind", "source_type", "topic", "bias", "stance", "attribution"]),
        ("", list(BUILT_IN)),
    ],
)
def test_columns_stand_in_the_order_of_the_file_and_the_others_where_they_belong(text, expected):
    assert names(parse_codebook(text, "mine.toml")) == expected


def test_a_column_that_comes_along_may_be_changed_in_part():
    text = """
    [[column]]
    name = "kind"
    question = "Who says so?"
    labels = ["narrative", {name = "quote", text = "", examples = ["“Rain,” said Odile Marsh."]}]
    [[column]]
    name = "bias"
    asked = false
    """
    codebook, ours = parse_codebook(text, "mine.toml"), default_codebook()
    kind = codebook.column("kind")
    assert (kind.question, kind.text, kind.builtin) == ("Who says so?", ours.column("kind").text, True)
    assert kind.labels[0] == ours.column("kind").label("narrative")
    assert (kind.labels[1].text, kind.labels[1].examples) == ("", ("“Rain,” said Odile Marsh.",))
    assert len(kind.labels) == 2
    assert [column.name for column in codebook.asked()] == ["kind", "source_type", "stance", "attribution"]
    assert [label.key for label in codebook.column("bias").labels] == [None, None]


def test_two_layouts_of_one_codebook_have_the_same_digest():
    other = """# Ours
[[column]]
labels = [
  "war", "economy",
  "other" ]
question = "What is the sentence about?"
name="topic"
"""
    assert digest(parse_codebook(SHORT, "a")) == digest(parse_codebook(other, "b"))
    assert digest(parse_codebook(SHORT, "a")) != digest(parse_codebook(SHORT.replace("other", "rest"), "a"))


@pytest.mark.parametrize("text", [SHORT, SHORT.replace("\n", "\r\n")])
def test_a_file_of_windows_is_read(tmp_path, text):
    (tmp_path / "mine.toml").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert read_codebook(tmp_path / "mine.toml") == parse_codebook(SHORT, "x")


def test_labels_may_hold_any_signs_and_there_may_be_many():
    odd = ["A & B", "<b>", 'say "no"', "ж", "😀", "50 % / more", "a|b"]
    many = [*odd, *(f"label {n}" for n in range(500))]
    codebook = parse_codebook(f'[[column]]\nname = "topic"\nlabels = {json.dumps(many, ensure_ascii=False)}', "mine.toml")
    assert codebook.own_columns() == {"topic": tuple(many)}
    assert parse_codebook(as_toml(codebook), "again") == codebook


COLUMN = '[[column]]\nname = "topic"\n'


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[[column]\n", r"mine\.toml: line 1: a bracket \] is missing; start each column with"),
        (
            '[column]\nname = "a"\n[column]\nname = "b"',
            r": line 3: this is already in the file; .*; start each column with \[\[column\]\], put texts",
        ),
        (COLUMN + "labels = [“war”]", r"mine\.toml: line 3: .*straight quotation marks"),
        (
            COLUMN + "labels = [war, economy]",
            r"mine\.toml: line 3: this is not a value; check for a missing quotation mark",
        ),
        ("{" * 5000, r"mine\.toml: line 1: "),
        (
            COLUMN + 'question = "Why?\nlabels = ["a"]',
            r"mine\.toml: line 3: a quotation mark is missing at the end of the line",
        ),
        (COLUMN + 'labels = ["a", "b"\n', r"mine\.toml: line 3: a bracket \] or a comma is missing"),
        (COLUMN + 'question "Why?"\n', r"mine\.toml: line 3: a name must be followed by ="),
        (COLUMN + 'name = "again"\n', r"mine\.toml: line 3: this is already in the file"),
        (COLUMN + 'text = "C:\\dir"\n', r"mine\.toml: line 3: write a backslash twice"),
        ("x = " + "[" * 50_000, r"mine\.toml: nested too deeply"),
        ('columns = ["topic"]', r"mine\.toml: unknown key 'columns'; a codebook can have name, builtin, column\."),
        ('column = "topic"', r"mine\.toml: column is 'topic'; start each column with"),
        ('column = ["topic"]', r"mine\.toml: column is 'topic'; start each column with \[\[column\]\]\."),
        ('[column]\nname = "topic"', r"mine\.toml: column is a table; start each column with \[\[column\]\]\."),
        ('builtin = "kind"', r"mine\.toml: builtin is 'kind'; it must be a list"),
        (
            'builtin = ["kinds"]',
            r"mine\.toml: builtin: 'kinds' is not one of kind, source_type, bias, stance, attribution\.",
        ),
        ("builtin = [[1]]", r"mine\.toml: builtin: \[1\] is not one of kind"),
        ("builtin = []", r"mine\.toml: no column to label"),
        ('[[column]]\nlabels = ["war"]', r"mine\.toml: column 1: name is missing; give it as a text in quotation marks\."),
        ("[[column]]\nname = 3", r"mine\.toml: column 1: name is 3; it must be a text in quotation marks\."),
        (COLUMN + "asked = 1", r"mine\.toml: column 1 \(topic\): asked is 1; it must be true or false\."),
        (COLUMN + 'label = ["war"]', r"column 1 \(topic\): unknown key 'label'; a column can have name, .*labels\."),
        (COLUMN + "multiple = true", r"column 1 \(topic\): a sentence has one label per column; .* make a column for each"),
        (
            COLUMN + 'labels = "war"',
            r"column 1 \(topic\): labels is 'war'; it must be a list such as \[\"war\", \"economy\"\]\.",
        ),
        (COLUMN + "labels = []", r"column 1 \(topic\): labels is empty; add labels, or leave labels out"),
        (COLUMN + "labels = [1, 2]", r"column 1 \(topic\): label 1 is 1; write it in quotation marks: \"1\"\."),
        (COLUMN + "labels = [true]", r"column 1 \(topic\): label 1 is true; write it in quotation marks: \"true\"\."),
        (COLUMN + "[column.labels]\nwar = 1", r"column 1 \(topic\): labels: 'war' is 1; give its text"),
        (COLUMN + 'labels = [{text = "x"}]', r"column 1 \(topic\): label 1: name is missing"),
        (COLUMN + 'labels = ["war", " "]', r"column 1 \(topic\): label 2: name is missing"),
        (COLUMN + 'labels = ["war", "war"]', r"label 2 \(war\): 'war' is already defined above; give each label once\."),
        (COLUMN + 'labels = ["war", "War"]', r"label 2 \(War\): 'War' differs from 'war' only in capital letters"),
        (COLUMN + 'labels = ["a\\nb"]', r"'a\\nb' contains an invisible character, such as a line break"),
        (COLUMN + f'labels = ["{"x" * 101}"]', r"the label has 101 characters, more than 100; put its meaning into text\."),
        (COLUMN + 'labels = [{name = "war", examples = "x"}]', r"label 1 \(war\): examples is 'x'; it must be a list"),
        (
            COLUMN + 'labels = [{name = "war", examples = [1]}]',
            r"label 1 \(war\): examples holds 1; it " r"must be a text in quotation",
        ),
        (COLUMN + 'labels = [{name = "war", hotkey = "w"}]', r"'hotkey'; a label can have name, key,"),
        (COLUMN + COLUMN, r"column 2 \(topic\): a column 'topic' is already defined above; give this one another name\."),
        (COLUMN + '[[column]]\nname = "Topic"', r"column 2 \(Topic\): a column 'topic' is already defined above"),
        (
            '[[column]]\nname = "Kind"',
            r"column 1 \(Kind\): 'Kind' differs from the built-in column 'kind' only in capital letters",
        ),
        ('[[column]]\nname = "text"', r"column 1 \(text\): the name 'text' is reserved in datasets"),
        ('[[column]]\nname = "language"', r"the name 'language' is reserved"),
        ('[[column]]\nname = "codebook"', r"the name 'codebook' is reserved"),
        ('[[column]]\nname = "suggested_topic"', r"names that begin with suggested_ are reserved for model suggestions"),
        ('[[column]]\nname = "article_side"', r"names that begin with article_ are reserved for information about articles"),
        ('[[column]]\nname = "second_kind"', r"names that begin with second_ are reserved for second labels"),
        ('[[column]]\nname = "stance_now"', r"names that begin with stance_ are reserved for stances"),
        ('[[column]]\nname = "topic_by_ann"', r"names that contain _by_ are reserved for one annotator's labels"),
        (
            '[[column]]\nname = "main topic"',
            r"'main topic' cannot be a column name; use letters, digits, _ and -, starting with a letter\.",
        ),
        ('[[column]]\nname = "../kind"', r"'\.\./kind' cannot be a column name"),
        (
            f'[[column]]\nname = "{"x" * 61}"',
            r"the name has 61 characters, more than 60; put the question that it asks into question\.",
        ),
        ('builtin = ["kind"]\n[[column]]\nname = "bias"', r"column 1 \(bias\): not named in builtin; add 'bias' there"),
        (
            '[[column]]\nname = "kind"\nlabels = ["quotation"]',
            r"kind can only have the labels quote, .*narrative; for others, add a \[\[column\]\]",
        ),
    ],
)
def test_what_is_wrong_is_told_in_a_line(text, line):
    with pytest.raises(SaysoError, match=line) as caught:
        parse_codebook(text, "mine.toml")
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("mine.toml")


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (b'name = "a"\n[[column]]\nname = "\xe4"', r"mine\.toml:3: not UTF-8; save the file as UTF-8\."),
        (SHORT.encode("utf-16"), r"mine\.toml:1: not UTF-8"),
        (b"# \n" * 2_000_000, r"mine\.toml: longer than 4,000,000 bytes, the limit for a codebook; check that it is"),
        (b"version = " + b"1" * 5000, r"mine\.toml: not valid TOML: Exceeds the limit"),
    ],
)
def test_a_file_of_another_kind_is_told(tmp_path, raw, line):
    (tmp_path / "mine.toml").write_bytes(raw)
    with pytest.raises(SaysoError, match=line):
        read_codebook(tmp_path / "mine.toml")


def test_a_file_that_is_not_there_or_a_folder_is_told(tmp_path):
    with pytest.raises(SaysoError, match=r"none\.toml: No such file or directory; check the path\."):
        read_codebook(tmp_path / "none.toml")
    with pytest.raises(SaysoError, match="Is a directory; check the path"):
        read_codebook(tmp_path)


TEXTS = st.text(st.sampled_from('ab é😀"\\\n\t\x7f\x00#]=<&|'), max_size=12).map(str.strip)
LABELS = st.builds(
    Label,
    st.text(st.sampled_from("abж😀 .\"'\\<&"), min_size=1, max_size=6).filter(lambda x: x == x.strip()),
    st.none(),
    TEXTS,
    st.lists(TEXTS.filter(bool), max_size=3).map(tuple),
    st.lists(TEXTS.filter(bool), max_size=2).map(tuple),
)
OWN = st.builds(
    Column,
    st.sampled_from(["topic", "frame", "ton"]),
    TEXTS,
    TEXTS,
    st.lists(LABELS, max_size=4, unique_by=lambda label: label.name.casefold()).map(tuple),
    st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(name=TEXTS, own=st.lists(OWN, min_size=1, max_size=3, unique_by=lambda column: column.name))
def test_what_is_written_reads_back_equal_whatever_the_texts(name, own):
    kept = default_codebook().columns[:2]
    read = parse_codebook(as_toml(Codebook(name, (*kept, *own))), "x")
    assert [(c.name, c.question, c.text, c.asked) for c in read.columns[2:]] == [
        (c.name, c.question, c.text, c.asked) for c in own
    ]
    assert [label.examples for c in read.columns[2:] for label in c.labels] == [x.examples for c in own for x in c.labels]
    assert parse_codebook(as_toml(read), "x") == read


VALUES = st.recursive(
    st.sampled_from(["", "topic", "kind", "war", "w", 1, 2.5, True]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "key", "text", "labels", "examples", "asked", "column"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


def inline(value):
    """Write a value as TOML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {inline(x)}" for name, x in value.items()) + "}"
    return f"[{', '.join(map(inline, value))}]" if isinstance(value, list) else json.dumps(value)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(["name", "builtin", "column"]), VALUES, max_size=3))
def test_values_of_any_type_anywhere_are_read_or_refused_in_a_line(table):
    text = "\n".join(f"{name} = {inline(value)}" for name, value in table.items())
    said = "mine.toml: read"
    try:
        parse_codebook(text, "mine.toml")
    except SaysoError as error:
        said = str(error)
    assert said.startswith("mine.toml: ")
    assert "\n" not in said
