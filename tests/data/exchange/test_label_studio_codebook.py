"""What Label Studio shows of a codebook, and that answers to its columns come back."""

import json
from xml.etree import ElementTree

import pytest
from builders import labelled_article

from sayso.data.codebook.reading import default_codebook, parse_codebook
from sayso.data.datasets.build import read_labelled
from sayso.data.exchange.formats import write_exchange
from sayso.data.records import Attribution, Span
from sayso.errors import SaysoError

CODEBOOK = """
builtin = ["kind", "stance"]

[[column]]
name = "topic"
question = "What is the sentence about?"
text = "The first thing it names; fares of $2 are economy."
labels = [
  { name = "war", key = "V", text = "Shells & \\"truces\\"", examples = ["Shells fell."], not_examples = ["Bread."] },
  { name = "economy", key = "%" },
  { name = "<other>", key = "" },
]

[[column]]
name = "remark"
question = "Anything odd?"

[[column]]
name = "kind"
"""
ARTICLE = labelled_article(
    "a",
    ("Shells fell on Brenn.", {"kind": "narrative", "extra": {"topic": "war", "remark": "none\nat all", "frame": "loss"}}),
    ("Bread was dear.", {"extra": {"topic": "prices"}}),
    "Rain fell.",
    targets={"Brenn": (), "the mayor": ()},
)


def exported(folder, *articles, codebook=CODEBOOK):
    """Give the path of the tasks, and the configuration."""
    path = folder / "tasks.json"
    write_exchange(articles, path, "label-studio", force=True, codebook=parse_codebook(codebook, "mine.toml"))
    return path, ElementTree.parse(path.with_suffix(".xml")).getroot()


def choices_of(view):
    return {tag.get("name"): [choice.get("value") for choice in tag.findall("Choice")] for tag in view.findall("Choices")}


def test_columns_are_asked_in_the_order_of_the_codebook(tmp_path):
    _, view = exported(tmp_path, ARTICLE)
    controls = [tag.get("name") for tag in view.iter() if tag.tag in ("Choices", "TextArea")]
    assert controls == ["topic", "remark", "kind", "stance_1", "stance_2"]
    titles = [tag.find("Header").get("value") for tag in view.findall("Choices")]
    assert titles[0] == "topic: What is the sentence about?"
    assert titles[2:] == ["stance towards Brenn", "stance towards the mayor"]
    area = view.find("View/TextArea")
    assert view.find("View/Header").get("value") == "remark: Anything odd?"
    assert {area.get("whenLabelValue"), view.find("View").get("whenLabelValue")} == {"sentence"}


def test_choices_have_the_codebooks_labels_with_hints_and_keys_and_those_that_sentences_carry(tmp_path):
    _, view = exported(tmp_path, ARTICLE)
    topic = view.find("Choices[@name='topic']")
    assert [tag.attrib for tag in topic.findall("Choice")] == [
        {"value": "war", "hotkey": "shift+v", "hint": 'Shells & "truces"'},
        {"value": "economy"},  # a key that Label Studio has no name for
        {"value": "<other>"},
        {"value": "prices"},
    ]
    kind = view.find("Choices[@name='kind']")
    assert [choice.get("hotkey") for choice in kind.findall("Choice")] == ["q", "o", "i", "n"]
    ours = default_codebook().column("kind").label("quote")
    assert kind.find("Choice").get("hint") == ours.text


def test_no_key_stands_for_two_things(tmp_path):
    write_exchange([ARTICLE], tmp_path / "t.json", "label-studio")
    view = ElementTree.parse(tmp_path / "t.xml").getroot()
    hotkeys = [tag.get("hotkey") for tag in view.iter() if tag.get("hotkey")]
    assert (
        len(hotkeys) == len(set(hotkeys)) == 5 + 4 + 9 + 2 + 3
    )  # regions, kinds, source types, bias, stances of one target


def test_texts_and_examples_can_be_unfolded_and_no_dollar_sign_stands_for_a_field(tmp_path):
    _, view = exported(tmp_path, ARTICLE)
    panels = {panel.get("value"): [tag.get("value") for tag in panel.iter("Header")] for panel in view.iter("Panel")}
    assert list(panels) == [f"{name}: what the labels mean" for name in ("topic", "kind", "stance")]
    assert panels["topic: what the labels mean"] == [
        "The first thing it names; fares of $\u20602 are economy.",
        'war: Shells & "truces"',
        "war, for example: Shells fell.",
        "not war: Bread.",
    ]


def test_what_is_not_asked_is_shown_where_it_is_labelled_already(tmp_path):
    said = Attribution(Span(0, 3), Span(4, 8), (Span(9, 13),))
    article = labelled_article(
        "a",
        ("Odo said rain.", {"bias": "biased", "loaded": ["rain"], "source_type": "state", "attributions": (said,)}),
        ("Fog.", {"extra": {"suggested_topic": "weather"}}),
    )
    _, bare = exported(tmp_path, labelled_article("b", "Rain."))
    assert list(choices_of(bare)) == ["topic", "kind"]
    assert [tag.get("value") for tag in bare.find("Labels")] == ["sentence"]
    assert bare.find("Relations") is None
    path, view = exported(tmp_path, article)
    assert list(choices_of(view)) == ["topic", "kind", "source_type", "bias", "attribution_source_type"]
    assert choices_of(view)["topic"][-1] == "weather"
    assert [tag.get("value") for tag in view.find("Labels")] == ["sentence", "source", "cue", "content", "loaded"]
    assert read_labelled([path]) == [article]


def test_labels_of_the_users_own_columns_come_back_equal(tmp_path):
    path, _ = exported(tmp_path, ARTICLE)
    assert read_labelled([path]) == [ARTICLE]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (["economy"], {"topic": "economy", "remark": "none\nat all", "frame": "loss"}),
        ([], {"remark": "none\nat all", "frame": "loss"}),  # taken back: the old label must not return
    ],
)
def test_an_answer_that_was_changed_counts(tmp_path, answer, expected):
    path, _ = exported(tmp_path, ARTICLE)
    (task,) = json.loads(path.read_text("utf-8"))
    results = task["annotations"][0]["result"]
    found = next(r for r in results if r["from_name"] == "topic" and r["id"] == "s0")
    if answer:
        found["value"]["choices"] = answer
    else:
        results.remove(found)
    path.write_text(json.dumps([task]), "utf-8")
    assert read_labelled([path])[0].sentences[0].extra == expected


def test_a_label_that_label_studio_would_take_for_a_field_is_refused(tmp_path):
    text = '[[column]]\nname = "price"\nlabels = ["under $5", "more"]'
    with pytest.raises(SaysoError, match=r"price: Label Studio would read 'under \$5' as a task field; rename the label"):
        exported(tmp_path, ARTICLE, codebook=text)
