import pytest

from sayso.data.codebook.reading import default_codebook
from sayso.train.serve.contents.disputed import side_by_side

LABELS = ["state", "political", "media"]


def dispute(n, anna, ben, cleo, column="source_type", **about):
    answers = [
        {"annotator": name, "label": label} for name, label in zip(("anna", "ben", "cleo"), (anna, ben, cleo), strict=True)
    ]
    return {"key": "k", "article": "port", "title": None, "n": n, "column": column, "text": "t", "before": "", "after": "",
            "answers": answers, "labels": LABELS, "decision": None, "state": "open", **about}  # fmt: skip


DECIDED = {"decision": "anna", "by": "ben", "time": "2024-05-01T10:00:00+00:00"}
NOW = {
    "annotators": ["anna", "ben", "cleo"],
    "disputes": [
        dispute(0, "state", "political", "state"),
        dispute(1, "state", "state", "media"),
        dispute(2, "media", "state", None, decision=DECIDED, state="decided"),
        dispute(3, "media", "state", "media", "kind", decision=DECIDED, state="changed"),
    ],
}


def sides(**query):
    return side_by_side(NOW, query, default_codebook())


@pytest.mark.parametrize(
    ("query", "names", "numbers"),
    [
        ({}, ("anna", "ben"), [0, 2, 3]),
        ({"left": "cleo"}, ("cleo", "anna"), [1]),  # who says nothing disputes nothing
        ({"left": "cleo", "right": "cleo"}, ("cleo", "anna"), [1]),
        ({"left": "ben", "right": "cleo"}, ("ben", "cleo"), [0, 1, 3]),
        ({"column": "kind"}, ("anna", "ben"), [3]),
        ({"open": "1"}, ("anna", "ben"), [0, 3]),
        ({"left": "nobody", "column": "nothing"}, ("anna", "ben"), []),
    ],
)
def test_two_annotators_are_chosen(query, names, numbers):
    shown = sides(**query)
    assert (shown["left"], shown["right"]) == names
    assert [item["n"] for item in shown["items"]] == numbers


def test_a_decision_counts_as_long_as_the_labels_are_the_same():
    shown = sides()
    assert (shown["n_all"], shown["n_open"]) == (3, 2)
    assert [(item["decision"], item["by"], item["has_changed"]) for item in shown["items"]] == [
        ("", "", False),
        ("anna", "ben", False),
        ("", "", True),
    ]


def test_no_label_has_the_keys_of_the_two_sides():
    keys = {label["name"]: label["key"] for label in sides()["items"][0]["others"]}
    assert keys == {"state": None, "political": None, "media": "6"}  # 1 and 2 mean left and right here
