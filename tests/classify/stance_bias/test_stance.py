import numpy as np
import pytest
from builders import labelled_article, tokens_of_labelled, tokens_of_sentence

from sayso.classify.attribution.extractor import Candidate
from sayso.classify.entities.coreference import Resolved
from sayso.classify.kinds.features import MainAttribution
from sayso.classify.kinds.ngrams import text_ngrams
from sayso.classify.model_files.container import read_model, write_model
from sayso.classify.model_files.files import StanceModel, load, save
from sayso.classify.stance_bias.stance import StanceReader, around, decide, may_be_told, own_targets, stances, targets_of
from sayso.classify.stance_bias.stance_features import NAMED, OWN_WORDS, PLACE, evaluate, stance_features
from sayso.classify.stance_bias.targets import Target, find_names, find_target
from sayso.data.records import Span
from sayso.errors import SaysoError
from sayso.train.sentences.fit_stance import ENOUGH_SENTENCES, fit_stance, stance_chances, stance_rows
from sayso.train.tasks.registry import TASKS

LABELS = ("favor", "against", "neutral")
PORTS = ("Ulm", "Brest", "Gent", "Turku", "Faro", "Lodz", "Cork", "Linz")
SILENT = MainAttribution(None, None, 0.0, False)


def article(name, *lines, targets):
    """Lay sentences out; each line is its stances, a bar and its text."""
    pairs = (line.split("|") for line in lines)
    sentences = [(words, {"stance": dict(zip(targets, marks.split(), strict=True))}) for marks, words in pairs]
    return labelled_article(name, *sentences, targets=dict.fromkeys(targets, ()))


def silent(text):
    return tokens_of_sentence(text), [SILENT]


@pytest.fixture(scope="module")
def corpus():
    return [
        article(
            port,
            f"against|Critics condemned the {port} Union.",
            f"favor|Many praised the {port} Union.",
            "neutral|It rained on Monday.",
            f"against|The {port} Union failed its members.",
            f"neutral|The {port} Union met on Friday.",
            targets=[f"{port} Union"],
        )
        for port in PORTS
    ]


@pytest.fixture(scope="module")
def rows(corpus):
    return stance_rows(corpus, [[] for _ in corpus])


@pytest.fixture(scope="module")
def model(rows):
    return fit_stance(rows, LABELS)


def read(model, text, *targets):
    seen, spoken = silent(text)
    found = StanceReader(model).stances(seen, None, [], spoken, targets)
    return [LABELS[int(of.chances[0].argmax())] for of in found]


def test_a_target_that_training_never_saw_gets_a_stance(model):
    assert read(model, "Critics condemned the Oulu Union.", Target("Oulu Union")) == ["against"]
    assert read(model, "Many praised the Oulu Union.", Target("Oulu Union")) == ["favor"]


def test_a_model_file_gives_the_same_labels(model, rows, tmp_path):
    save(model, tmp_path / "stance.sayso", seed=0)
    loaded = load(tmp_path / "stance.sayso")
    assert isinstance(loaded, StanceModel)
    predict = TASKS["stance"].predict
    assert predict(loaded, rows).tolist() == predict(model, rows).tolist()
    assert stance_chances(loaded, rows) == pytest.approx(stance_chances(model, rows), abs=0.01)


def test_chances_are_of_all_labels(model, rows):
    assert stance_chances(model, rows).sum(axis=1) == pytest.approx(np.ones(len(rows.labels)))


def test_rows_go_target_by_target(corpus):
    labelled = article("a", "favor against|Ulm beat Gent.", "neutral neutral|It rained.", targets=["Ulm", "Gent"])
    assert stances(labelled) == [(0, "Ulm", "favor"), (1, "Ulm", "neutral"), (0, "Gent", "against"), (1, "Gent", "neutral")]
    rows = stance_rows([labelled], [[]])
    assert rows.targets == ["Ulm", "Ulm", "Gent", "Gent"]
    assert rows.blocks() == [[0, 1], [2, 3]]
    assert (rows + rows).groups.tolist() == [0] * 4 + [1] * 4
    assert rows.take(np.array([2])).labels.tolist() == ["against"]


def test_sentences_that_stand_alone_have_no_second_model_and_their_target_features_of_its_own():
    tweets = [
        article(f"t{i}", f"{label}|{words} number {i}", targets=["Ferries"])
        for i in range(ENOUGH_SENTENCES)
        for label, words in [("favor", "so good") if i % 2 else ("against", "too dear")]
    ]
    model = fit_stance(stance_rows(tweets, [[] for _ in tweets]), LABELS, calibrated=False)
    assert model.second is None
    assert own_targets(model.first.features) == {"Ferries"}
    assert read(model, "too dear again", Target("Ferries")) == ["against"]
    few = fit_stance(stance_rows(tweets[:20], [[] for _ in range(20)]), LABELS, calibrated=False)
    assert own_targets(few.first.features) == frozenset()


def test_names_are_found_without_their_article_and_by_their_aliases():
    target = Target("The Port Workers’ Union", ("PWU", "the union"))
    assert target.names == [("port", "workers", "'", "union"), ("pwu",), ("union",)]
    lower = "the port workers ' union and pwu met".split()
    assert find_names(lower, target.names).tolist() == [False, True, True, True, True, False, True, False]


def test_a_source_that_is_known_by_the_name_is_the_target():
    seen, _ = silent("She denied it.")
    mayor = MainAttribution(None, Resolved("Mayor Ana Roe", "state", ("She", "mayor", "Ana", "Roe"), "pronoun"), 0.5, True)
    assert find_target(seen, Target("Ana Roe"), [], [mayor]).source == [True]
    assert find_target(seen, Target("the mayor"), [], [mayor]).source == [True]
    assert find_target(seen, Target("She"), [], [mayor]).source == [False]


def test_a_target_whose_place_is_known_stands_there_only():
    text = "He praised him. He left."
    seen = tokens_of_sentence(text)
    first, second = (Target("he", (), (Span(start, end),)) for start, end in ((0, 2), (11, 14)))
    assert find_target(seen, first, [], []).named.tolist() == [True, False, False, False, False, False, False]
    assert find_target(seen, second, [], []).named.tolist() == [False, False, True, False, False, False, False]
    assert find_target(seen, Target("he"), [], []).named.tolist() == [True, False, False, False, True, False, False]


def test_a_place_in_one_sentence_says_nothing_of_the_others():
    labelled = labelled_article(
        "a",
        ("She met Ada.", {"stance": {"Ada": "favor"}, "mentions": {"Ada": (Span(0, 3),)}}),
        "Ada left.",
        targets={"Ada": ()},
    )
    (target,) = targets_of(labelled)
    assert target.places == ((0, 3),)
    seen = tokens_of_labelled(labelled)
    assert find_target(seen, target, [], []).named.tolist() == [True, False, False, False, True, False, False]


def test_the_words_around_a_mention_are_those_at_its_place():
    labelled = labelled_article(
        "a",
        (
            "He brilliantly beat him, the disgraced.",
            {"stance": {"He": "favor", "him": "against"}, "mentions": {"He": (Span(0, 2),), "him": (Span(20, 23),)}},
        ),
        targets={"He": (), "him": ()},
    )
    found = stance_rows([labelled], [[]])
    assert found.targets == ["He", "him"]
    assert found.features[0] != found.features[1]


def test_negation_turns_words_round():
    seen, _ = silent("They never praised him.")
    assert evaluate(seen).side.tolist()[2] == -1
    seen, _ = silent("They praised him.")
    assert evaluate(seen).side.tolist()[1] == 1


def test_a_rival_is_another_target():
    seen, spoken = silent("Ulm condemned Gent.")
    f = stance_features(seen, [], spoken, Target("Gent"), [Target("Ulm")])[0]
    assert f["another target is named"] == 1.0
    assert f["it is named"] == 1.0
    assert "before: attack" in f
    assert "it is absent" in stance_features(seen, [], spoken, Target("Brest"))[0]


def test_the_groups_of_a_cue_stand_in_one_order_whatever_order_a_set_has():
    seen, _ = silent("Ulm attacks the plan of Gent.")
    attacks = Candidate(1, (1, 2), (0, 1), np.array([2, 3, 4, 5]))
    (f,) = stance_features(seen, [attacks], [MainAttribution(attacks, None, 0.7, True)], Target("Gent"))
    assert [name for name in f if name.startswith("cue group")] == ["cue group act, named", "cue group noun, named"]


def test_what_is_said_around_counts():
    chances = np.array([[0.8, 0.1, 0.1], [0.2, 0.2, 0.6], [0.6, 0.2, 0.2]], np.float32)
    found = around(chances, ["Roe", None, "Roe"], [{"it is named": 1.0}, {}, {}])
    assert found[0]["article 0"] == pytest.approx(0.4)
    assert found[0]["the speaker 0"] == pytest.approx(0.6)
    assert found[0]["it is named, article 2"] == pytest.approx(0.4)
    assert "the outlet 0" not in found[1]
    assert found[1]["-1 0"] == pytest.approx(0.8)
    assert found[2]["+1 none"] == 1.0


def test_a_rare_label_may_win_with_less_than_the_highest_chance(model):
    shifted = StanceModel(model.first, None, np.array([1, 0, 0], np.float32))
    assert decide(shifted, np.array([[0.4, 0.1, 0.5]], np.float32)).tolist() == [0]


def test_a_damaged_decision_is_refused(model, tmp_path):
    save(model, tmp_path / "whole.sayso")
    file = read_model(tmp_path / "whole.sayso")
    write_model(tmp_path / "x.sayso", file.manifest, {**file.arrays, "decision": np.zeros(2, np.float32)}, file.texts)
    with pytest.raises(SaysoError, match=r"x\.sayso: the array decision must be .* with labels = 3, not \(2,\); train"):
        load(tmp_path / "x.sayso")
    broken = StanceModel(model.first, model.second, np.zeros(2, np.float32))
    with pytest.raises(SaysoError, match=r"y\.sayso is not written: the array decision must be an array of the shape"):
        save(broken, tmp_path / "y.sayso")


def test_pieces_of_words_keep_their_edges():
    assert text_ngrams("no go").keys() >= {"word: no", "words: no go", "piece:  n", "piece: no "}
    assert text_ngrams("") == {}


def test_what_a_target_says_itself_tells_no_stance_towards_it():
    assert may_be_told({NAMED: 1.0, "other speaks": 1.0})
    assert not may_be_told({NAMED: 1.0, OWN_WORDS: 1.0})
    assert not may_be_told({NAMED: 1.0, PLACE: 1.0})
    assert not may_be_told({"nobody speaks": 1.0})
