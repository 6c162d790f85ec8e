import pytest
from builders import tokens_of_sentence

from sayso.classify.kinds.features import MainAttribution
from sayso.classify.language.article_tokens import view
from sayso.classify.stance_bias.stance_features import PLACE, stance_features
from sayso.classify.stance_bias.targets import Target, find_target
from sayso.data.articles.sentences import find_sentences

SILENT = MainAttribution(None, None, 0.0, False)


def named(text, *names):
    seen = view(text, find_sentences(text))
    found = find_target(seen, Target(names[0], names[1:]), [], [SILENT] * len(seen.spans)).named
    return [word for word, is_named in zip(seen.words, found, strict=True) if is_named]


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("Mayor Peter Roe opened the port. He lied again.", "Peter Roe", ["Peter", "Roe", "He"]),
        (
            "Peter Roe, the mayor of Ostby, opened the port. The former mayor lied again.",
            "Peter Roe",
            ["Peter", "Roe", "the", "mayor", "The", "former", "mayor"],
        ),
        ("Mayor Peter Roe opened the port. Voters never trusted him.", "Roe", ["Roe", "him"]),
        ("Mayor Peter Roe met Mrs Ada Holm. She left.", "Peter Roe", ["Peter", "Roe"]),
        ("Velmland attacked the town. It has lied for years.", "Velmland", ["Velmland", "It"]),
        ("Velmland attacked the town. It was raining.", "Velmland", ["Velmland"]),
        ("He lied again. Mayor Peter Roe opened the port.", "Peter Roe", ["Peter", "Roe"]),
        ("It rained.", "Peter Roe", []),
    ],
)
def test_pronouns_and_descriptions_of_a_target_are_the_target(text, name, words):
    assert named(text, name) == words


def test_an_adjective_that_is_given_as_another_name_counts():
    assert named("Velmish troops left.", "Velmland", "Velmish") == ["Velmish"]


@pytest.mark.parametrize(
    ("text", "is_place"),
    [
        ("The war in Velmland went on.", True),
        ("Troops stood near the Velmland border.", True),
        ("Velmland lost the war in Velmland.", False),
        ("Critics attacked Velmland.", False),
    ],
)
def test_a_target_may_be_only_where_something_happens(text, is_place):
    (f,) = stance_features(tokens_of_sentence(text), [], [SILENT], Target("Velmland"))
    assert (PLACE in f) is is_place
