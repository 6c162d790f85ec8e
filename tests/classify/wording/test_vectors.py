import numpy as np
from builders import labelled_article, tokens_of_labelled, tokens_of_sentence

from sayso.classify.stance_bias.stance import targets_of
from sayso.classify.stance_bias.targets import Target
from sayso.classify.wording.recipe import Recipe
from sayso.classify.wording.vectors import encode_texts, encoded_texts
from sayso.data.records import Span

TEXT = "Critics say the harbour master Tim Poe ruined the port."


class Lengths:
    """Encodes a text by its length."""

    def encode(self, texts):
        return np.array([[len(text), 1.0] for text in texts], np.float32)


def test_what_stands_on_either_side_of_a_target_is_encoded_as_well():
    seen = tokens_of_sentence(TEXT)
    asked, recipe = [(0, "Tim Poe"), (0, "Velair")], Recipe(seen=True, mentions=True)
    found = encoded_texts(seen, asked, [Target("Tim Poe"), Target("Velair")], recipe)
    assert found == [(TEXT, "Critics say the harbour master", "ruined the port."), (TEXT, "", "")]


def test_the_place_that_was_judged_goes_before_the_name():
    text = "He praised Poe, who ruined the port."
    start = text.index("who")
    labelled = labelled_article(
        "a",
        (text, {"stance": {"Poe": "against"}, "mentions": {"Poe": (Span(start, start + 3), Span(11, 14))}}),
        targets={"Poe": ()},
    )
    found = encoded_texts(tokens_of_labelled(labelled), [(0, "Poe")], targets_of(labelled), Recipe(seen=True, mentions=True))
    assert found == [(text, "He praised Poe,", "ruined the port.")]


def test_without_targets_the_sentence_alone_is_encoded():
    assert encoded_texts(tokens_of_sentence(TEXT), [(0, "")], [], Recipe()) == [(TEXT,)]


def test_vectors_beside_a_target_weigh_half():
    names, values = encode_texts(Lengths(), [("abcd", "ab", "")], 2.0)
    assert names == ["vector 0", "vector 1", "vector before 0", "vector before 1", "vector behind 0", "vector behind 1"]
    assert values.tolist() == [[8.0, 2.0, 2.0, 1.0, 0.0, 1.0]]
