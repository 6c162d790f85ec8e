import re
from dataclasses import replace

import numpy as np
import pytest
from builders import labelled_article, tokens_of_labelled, tokens_of_sentence

from sayso.classify.attribution.extractor import Candidate
from sayso.classify.language.article_tokens import view
from sayso.classify.linear.composed import WordThresholds
from sayso.classify.model_files.container import ModelFile
from sayso.classify.model_files.files import BiasModel, load, save
from sayso.classify.stance_bias.bias import BiasReader, loaded_spans
from sayso.classify.stance_bias.bias_features import QUOTED, SAID, WordFacts, somebody_elses, word_features, word_hashes
from sayso.classify.stance_bias.evaluative_words import BIT, classes_of, classes_of_parts, phrase_classes
from sayso.classify.stance_bias.plain_words import stands_as_name
from sayso.classify.tasks.bias import LOADED
from sayso.data.records import LabelledArticle, Sentence, Span
from sayso.train.sentences.fit_bias import best_threshold, bias_rows, fit_bias, fit_words, lowest_sure, word_thresholds
from sayso.train.tasks.registry import TASKS

LABELS = ("biased", "neutral")
PLACES = ("Ulm", "Brest", "Gent", "Turku", "Faro", "Lodz", "Cork", "Linz", "Bari", "Graz", "Brno", "Vigo")


def chances(model, rows):
    return TASKS["bias"].outputs(model, rows).chances


def article(name, *lines):
    """Lay sentences out; what stands between stars is loaded."""
    loaded = [line.split("*")[1::2] for line in lines]
    labels = [{"bias": "biased" if words else "neutral", "loaded": words} for words in loaded]
    return labelled_article(name, *zip((line.replace("*", "") for line in lines), labels, strict=True))


@pytest.fixture(scope="module")
def corpus():
    return [
        article(
            place,
            f"The council of {place} met on Monday.",
            f"The *shameless* mayor of {place} spoke for an hour.",
            "“A shameless trick,” said one member.",
            f"The *hapless* clerks of {place} counted again.",
            f"The treasurer *moved the goalposts* in {place}.",
            "The vote was put off until May.",
        )
        for place in PLACES
    ]


@pytest.fixture(scope="module")
def model(corpus):
    return fit_bias(bias_rows(corpus, [[] for _ in corpus]), LABELS)


def read(model, text, candidates=()):
    seen = tokens_of_sentence(text)
    ((chances, words),) = BiasReader.of(model).loaded_words([seen], [None], [candidates])
    assert chances.shape == (1, 2)
    return "biased" if words[0] else "neutral", [span.of(text) for span in words[0]]


def test_loaded_words_are_found_where_training_never_saw_the_place(model):
    assert read(model, "The shameless mayor of Oulu spoke at noon.") == ("biased", ["shameless"])


def test_words_inside_quotation_marks_are_somebody_elses(model):
    assert read(model, "“A shameless mayor,” said one member.") == ("neutral", [])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The treasurer threw his deputy under the bus.", ["under the bus"]),
        ("The board ran roughshod over them.", ["ran roughshod"]),
        ("The preposterous plan met with silence.", ["preposterous"]),
    ],
)
def test_what_only_the_lists_know_is_told(model, text, words):
    assert read(model, text) == ("biased", words)


@pytest.mark.parametrize(
    "text",
    [
        "Shameless met Otto Shameless at noon.",
        "The Hapless Few, a novel, sold well.",
        "The treasurer sold the bus in the evening.",
    ],
)
def test_names_and_plain_words_are_not_told(model, text):
    assert read(model, text) == ("neutral", [])


@pytest.mark.parametrize(
    ("before", "word", "behind", "is_name"),
    [
        ("Mrs.", "Savage", ["met", "him"], True),
        ("Prof", "Reckless", [], True),
        ("mr", "Savage", [], False),
        ("Mr", "savage", [], False),
        ("near", "Hell", [",", "Norway"], True),
        ("In", "Hell", [",", "they"], False),
        ("like", "Hell", [",", "Norway"], False),
        ("", "Shameless", ["Arms", "closed"], True),
        ("", "Shameless", ["arms", "dealers"], False),
        ("THE", "SHAMELESS", ["SCHOOL", "BOARD"], False),
    ],
)
def test_neighbours_show_a_name(before, word, behind, is_name):
    assert stands_as_name(before, word, behind) == is_name


def test_a_name_is_not_told_where_the_article_has_the_word_in_small_letters_too(model):
    lines = ["Hapless Street was closed.", "The hapless clerks counted again."]
    seen = tokens_of_labelled(labelled_article("a", *lines))
    ((_, words),) = BiasReader.of(model).loaded_words([seen], [None], [[]])
    assert [span.of(" ".join(lines)) for spans in words for span in spans] == ["hapless"]


def test_names_are_found_in_each_of_several_articles(model):
    lines = ["", "The hapless clerks met.", "Hapless Street was closed."]
    seen = [tokens_of_labelled(labelled_article(f"a{n}", line)) for n, line in enumerate(lines)]
    found = BiasReader.of(model).loaded_words(seen, [None] * 3, [[]] * 3)
    assert [[len(spans) for spans in words] for _, words in found] == [[0], [1], [0]]


def test_what_an_attribution_says_is_not_told(model):
    text = "The mayor said the shameless clerks spoke."
    said = Candidate(2, (2, 3), (0, 2), np.array([3, 4, 5, 6]), 0.9, 0.9)
    assert read(model, text, [said])[1] == []


def test_a_neutral_sentence_has_no_loaded_words(model):
    assert read(model, "The council of Oulu met on Friday.") == ("neutral", [])


def test_a_model_file_gives_the_same_chances(model, corpus, tmp_path):
    save(model, tmp_path / "bias.sayso", seed=0)
    loaded = load(tmp_path / "bias.sayso")
    assert isinstance(loaded, BiasModel)
    assert loaded.thresholds == model.thresholds
    assert loaded.sentences.threshold == pytest.approx(model.sentences.threshold)
    rows = bias_rows(corpus, [[] for _ in corpus])
    assert chances(loaded, rows) == pytest.approx(chances(model, rows), abs=0.01)


def test_chances_of_rows_and_of_an_article_are_the_same(model, corpus):
    labelled = corpus[0]
    seen = tokens_of_labelled(labelled)
    by_article = BiasReader.of(model).chances(seen, None, [])
    assert chances(model, bias_rows([labelled], [[]])) == pytest.approx(by_article)


def test_without_marked_words_the_words_model_knows_nothing(corpus):
    unmarked = [LabelledArticle(a.article, tuple(Sentence(s.n, s.span, bias=s.bias) for s in a.sentences)) for a in corpus]
    weights = fit_words(bias_rows(unmarked, [[] for _ in corpus]))
    assert len(weights.keys) == 0


def test_sentences_without_the_label_are_no_rows():
    labelled = labelled_article("a", "It rained.")
    assert len(bias_rows([labelled], [[]]).labels) == 0


def test_rows_can_be_taken_and_joined(corpus):
    rows = bias_rows(corpus[:2], [[], []])
    part = rows.take(np.array([1, 7]))
    assert part.labels.tolist() == ["biased", "biased"]
    assert [t.loaded.sum() for t in part.tokens] == [1, 1]
    both = part + rows.take(np.array([0]))
    assert len(both.tokens) == len(both.labels) == 3
    assert both.groups.tolist() == [0, 1, 2]


def test_whose_a_word_is():
    text = "Smith said prices fell. “No,” she said."
    seen = view(text, [Span(0, 23), Span(24, len(text))])
    content = np.array([2, 3])
    said = Candidate(1, (1, 2), (0, 1), content, 0.9, 0.9)
    unlikely = Candidate(1, (1, 2), (0, 1), np.array([0]), 0.9, 0.1)
    whose = somebody_elses(seen, [said, unlikely])
    assert whose.tolist()[:5] == [0, 0, SAID, SAID, 0]
    assert whose[seen.words.index("No")] == QUOTED


def test_loaded_words_that_stand_together_are_one_stretch():
    text = "A gaggle of greedy, idle men sat."
    seen = tokens_of_sentence(text)
    scores = np.array([0, 3, 0, 3, 0, 3, 0, 0, 0], np.float32)
    whose = np.zeros(9, np.int64)
    found = loaded_spans(seen, scores, whose, 0, 2.0)
    assert [span.of(text) for span in found] == ["gaggle of greedy", "idle"]


def test_a_phrase_is_told_as_a_whole(model):
    reader = BiasReader.of(model)
    seen = tokens_of_sentence("The treasurer moved the goalposts in Oulu.")
    words = WordFacts.of([seen])
    total = reader.table.sum(len(seen.words))
    word_features(total, words, words.whose([seen], [[]]))
    highest = float(total.scores()[0].max())
    one_word = replace(reader, thresholds=WordThresholds(highest, 99.0), sentences=replace(model.sentences, threshold=0.0))
    told = one_word.loaded_words([seen], [None], [[]])[0][1][0]
    assert [span.of(seen.text) for span in told] == ["moved the goalposts"]


def test_the_highest_word_is_told_where_none_reaches_the_threshold():
    text = "The mayor spoke."
    seen = tokens_of_sentence(text)
    found = loaded_spans(seen, np.array([0, 1, 0.5, 0], np.float32), np.zeros(4, np.int64), 0, 2.0)
    assert [span.of(text) for span in found] == ["mayor"]


def scored(corpus, loaded, other):
    """Give rows whose loaded words score so much, and all others so little."""
    rows = bias_rows(corpus, [[] for _ in corpus])
    return rows, [np.where(t.loaded, loaded, other).astype(np.float32) for t in rows.tokens]


def test_words_of_the_lists_have_a_threshold_of_their_own(corpus):
    rows, scores = scored(corpus[:3], 5.0, -5.0)
    assert word_thresholds(rows, scores) == WordThresholds(-99.0, 99.0)  # all listed words are marked, and no others


def test_where_words_are_never_sure_the_best_f1_decides(corpus):
    rows, scores = scored(corpus[:3], 1.0, 1.0)
    rows = replace(rows, tokens=[replace(t, loaded=np.roll(t.loaded, 1)) for t in rows.tokens])
    best = best_threshold(rows, scores)
    assert word_thresholds(rows, scores) == WordThresholds(best, best)


def test_sentences_are_told_from_the_threshold_on(model):
    never = replace(model, sentences=replace(model.sentences, threshold=1.0))
    assert read(never, "The shameless mayor of Oulu spoke at noon.") == ("neutral", [])


@pytest.mark.parametrize(
    ("right", "lowest"),
    [
        ([1, 1, 1, 1, 1, 1, 1, 1, 1, 0], -99.0),
        ([1, 1, 1, 1, 1, 0, 1, 1, 1, 0], 5.5),
        ([1, 1, 1, 1, 0, 0, 0, 0, 0, 0], None),
        ([0, 0, 0, 0, 0, 0, 0, 0, 0, 0], None),
    ],
)
def test_the_lowest_score_from_which_nine_in_ten_are_right(right, lowest):
    scores = np.arange(10.0, 0.0, -1.0)
    assert lowest_sure(scores, np.array(right, dtype=np.bool_)) == lowest


def test_a_file_of_before_tells_all_words_from_one_threshold_on(model):
    head, arrays, texts = LOADED.pack(model)
    arrays.pop("told")
    old = LOADED.unpack(ModelFile(head, arrays, texts, ""))
    assert old.thresholds == WordThresholds(model.thresholds.listed, model.thresholds.listed)


def test_the_threshold_is_where_f1_is_highest(corpus):
    rows, scores = scored(corpus[:1], 5.0, -5.0)
    assert best_threshold(rows, scores) == 5.0


def test_every_token_has_a_row_of_hashes():
    text = "A so-called expert, of all things!"
    seen = tokens_of_sentence(text)
    assert len(word_hashes(WordFacts.of([seen]), np.zeros(len(seen.words), np.int64))) == len(seen.words)


def test_articles_read_together_are_judged_as_one_by_one(model):
    texts = ("The shameless mayor spoke. Nobody heard. It rained.", "", "Clerks met.", "The hapless clerks met. It rained.")
    views = [view(text, [Span(m.start(), m.end()) for m in re.finditer(r"[^ .][^.]*\.", text)]) for text in texts]
    reader = BiasReader.of(model)
    together = reader.loaded_words(views, [None for _ in views], [[] for _ in views])
    for seen, (chances, words) in zip(views, together, strict=True):
        ((chances_alone, words_alone),) = reader.loaded_words([seen], [None], [[]])
        assert chances.shape == (len(seen.spans), 2)
        assert chances == pytest.approx(chances_alone, abs=1e-6)
        assert words == words_alone


@pytest.mark.parametrize(
    ("word", "group"),
    [("shameless", "scorn"), ("glorious", "praise"), ("accusing", "attack"), ("never", "negator"), ("pledged", "defence")],
)
def test_words_have_their_classes(word, group):
    assert classes_of(word) & BIT[group]


def test_a_word_on_no_list_has_no_class():
    assert classes_of("table") == 0
    assert classes_of_parts("table") == 0


def test_the_parts_of_a_joined_word_count():
    assert classes_of_parts("penny-shameless") & BIT["scorn"]


def test_phrases_are_found_token_by_token():
    found = phrase_classes("he became , of all things , a judge".split())
    assert {at: bits for at, bits in found.items()} == dict.fromkeys((3, 4, 5), BIT["scorn"])
