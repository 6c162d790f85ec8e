"""How surely words judge, by the lists; and which tokens can judge nothing."""

import pytest
from builders import tokens_of

from sayso.classify.annotation.annotator import load_annotator
from sayso.classify.language.article_tokens import view
from sayso.classify.stance_bias.bias_features import PLAIN, QUOTED, WordFacts
from sayso.classify.stance_bias.loaded_words import (
    BY_PART,
    STRONG,
    UNLISTED,
    WEAK,
    loaded_phrases,
    strength_of,
)
from sayso.data.articles.sentences import find_sentences
from sayso.data.lexicon import load_loaded_words
from sayso.data.records import Article


def open_words(text):
    """Give the words of a text that might be loaded."""
    seen = view(text, find_sentences(text))
    whose = WordFacts.of([seen]).whose([seen], [[]])
    return [word for word, of in zip(seen.words, whose.tolist(), strict=True) if of not in (PLAIN, QUOTED)]


@pytest.mark.parametrize(
    ("word", "strength"),
    [
        ("shambolic", STRONG),
        ("blunders", STRONG),
        ("buffoonery", UNLISTED),
        ("preposterous", STRONG),
        ("bunglers", STRONG),
        ("buffoonishly", BY_PART),
        ("bribe-and-bluster", BY_PART),
        ("chaos", WEAK),
        ("jokers", STRONG),
        ("terrorists", UNLISTED),
        ("juvenile", UNLISTED),
        ("regime", UNLISTED),
        ("evening", UNLISTED),
        ("clearance", UNLISTED),
        ("left", UNLISTED),
        ("lack", UNLISTED),
        ("phone", UNLISTED),
        ("measles", UNLISTED),
        ("pose", UNLISTED),
    ],
)
def test_words_are_known_by_how_surely_they_judge(word, strength):
    assert strength_of(word) == strength


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She threw the clerk under the bus.", [("under the bus", STRONG)]),
        ("He moved the goalposts and ran amok.", [("moved the goalposts", STRONG), ("ran amok", STRONG)]),
        ("The plan was dead on arrival.", [("dead on arrival", WEAK)]),
        ("A petty officer waved.", [("petty officer", UNLISTED)]),
        ("The bus left at nine.", []),
    ],
)
def test_idioms_and_plain_terms_are_found(text, found):
    seen = tokens_of(text)
    assert [(" ".join(seen.words[a:b]), of) for a, b, of in loaded_phrases().find(seen.lower)] == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("On Monday evening 14 buses left Oulu for the north.", ["buses", "left"]),
        ("The lawyer Gus Savage met Brenda Snipes on Friday.", ["lawyer", "met"]),
        ("Savage met the mayor. The mayor thanked Savage.", ["met", "mayor", "mayor", "thanked"]),
        ("Hapless clerks counted again.", ["Hapless", "clerks", "counted"]),
        ("Hapless Rovers lost.", ["Hapless", "lost"]),
        ("The band Proud Parrots sang “Cruel Summer” twice.", ["band", "sang"]),
        ("The Shameless Few, a novel by Ada Roe, sold well.", ["novel", "sold", "well"]),
        ("He called it a TOTAL SHAMBLES.", ["called", "SHAMBLES"]),
        ("Shameless Mayor Dodges Questions Over Harbour Loan", ["Shameless"]),
        ("The petty officer slept.", ["slept"]),
        ("The panel looked into Russian meddling.", ["panel", "looked"]),
        ("The board threw him under the bus.", ["board", "threw", "under", "the", "bus"]),
    ],
)
def test_names_numbers_times_and_words_of_grammar_are_plain(text, words):
    assert open_words(text) == words


def test_the_reader_of_several_articles_sees_the_names_of_each():
    texts = ("Savage met Ida Savage.", "Savage cuts hit Oulu.")
    views = [view(text, find_sentences(text)) for text in texts]
    together = WordFacts.of(views)
    apart = [WordFacts.of([one]).plain.tolist() for one in views]
    assert together.plain.tolist() == apart[0] + apart[1]


def test_lists_of_loaded_words_keep_to_their_grades():
    known = {word.phrase: word.strength for word in load_loaded_words()}
    assert set(known.values()) == {"plain", "weak", "strong"}
    assert [known[w] for w in ("shameless", "chaos", "regime", "under the bus", "petty officer")] == [
        *("strong", "weak", "plain", "strong", "plain")
    ]


@pytest.fixture(scope="module")
def annotator():
    return load_annotator(stance=False)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("The hapless mayor of Oulu spoke at noon.", ["hapless"]),
        ("It was a preposterous plan from the start.", ["preposterous"]),
        ("The shambolic launch left drivers waiting for hours.", ["shambolic"]),
    ],
)
def test_loaded_words_are_told(annotator, sentence, told):
    article = Article("a", f"The council of Oulu met on Monday. {sentence} The vote is due in May.")
    bias = annotator.annotate(article)[1].bias
    assert [span.of(article.text) for span in bias.words] == told
    assert bias.label == "biased"


@pytest.mark.parametrize(
    "sentence",
    [
        "Snipes spoke to reporters on Tuesday evening.",
        "Brenda Savage and Otto Grim were driving to Oulu.",
        "The border crossing gives customs clearance to 40 lorries an hour.",
        "The court found that the two men were terrorists under the act of 2003.",
        "Human bones were found near the old mill.",
        "The juvenile court heard the case of a petty officer.",
        "“What a shambolic, preposterous plan,” she said.",
        "Storm Brutus brought heavy rain to the southern districts overnight.",
        "The Cruel Sea opens at the Proud Theatre on 4 May.",
        "The ferry left the quay at nine with 212 passengers.",
    ],
)
def test_plain_sentences_hold_no_loaded_words(annotator, sentence):
    article = Article("a", f"The council of Oulu met on Monday. {sentence} The vote is due in May.")
    assert {a.bias.label for a in annotator.annotate(article)} == {"neutral"}
