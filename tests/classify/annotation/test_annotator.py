import math
import shutil
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from builders import build_attribution, build_voice, tokens_of
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.classify.annotation.annotator import Annotator, load_annotator
from sayso.classify.annotation.attributions import attributions_by_sentence, is_quoted, stretches, tone_of
from sayso.classify.attribution.extractor import Candidate, Extractor
from sayso.classify.entities.mentions import introductions
from sayso.classify.kinds.features import MainAttribution, resolve_sources
from sayso.classify.language.article_tokens import view
from sayso.classify.model_files.files import SentenceModel, save
from sayso.data.articles.sentences import find_sentences
from sayso.data.records import Article, Span
from sayso.data.scheme import KINDS, SOURCE_TYPES, SOURCE_TYPES_OF
from sayso.errors import SaysoError

TEXT = (
    "Storm closes port\n"
    "The interior ministry said the port would stay closed. “We lost two cranes,” its spokesman said. "
    "Rain fell all night."
)
ARTICLE = Article("storm", TEXT)


def make_model(task, labels, winner, threshold=0.0, strength=9):
    """Always give one label, with nearly all of the chance."""
    bias = np.where(np.array(labels) == winner, strength, 0).astype(np.float32)
    return SentenceModel(task, labels, ["never seen"], np.zeros((1, len(labels)), np.float32), bias, threshold=threshold)


@pytest.fixture
def shipped(fake_models, tmp_path):
    return Path(shutil.copytree(fake_models, tmp_path / "models"))


def test_each_sentence_gets_kind_source_type_source_and_cue():
    found = Annotator(build_voice()).annotate(ARTICLE)
    assert [a.span.of(TEXT) for a in found] == [
        "Storm closes port",
        "The interior ministry said the port would stay closed.",
        "“We lost two cranes,” its spokesman said.",
        "Rain fell all night.",
    ]
    assert [a.n for a in found] == [0, 1, 2, 3]
    assert [(a.kind, a.source_type) for a in found] == [
        ("narrative", "none"),
        ("official_claim", "state"),
        ("quote", "state"),
        ("narrative", "none"),
    ]
    assert [(a.source, a.cue) for a in found] == [
        (None, None),
        ("The interior ministry", "said"),
        ("its spokesman", "said"),
        (None, None),
    ]


def test_an_extractor_that_finds_nothing_leaves_the_rules_source_and_cue():
    found = Annotator(build_voice(), extractor=Extractor.of(build_attribution())).annotate(ARTICLE)
    assert [(a.source, a.cue) for a in found][1] == ("The interior ministry", "said")
    assert all(a.attributions == () for a in found)


def test_scores_sum_to_one_and_labels_go_together():
    for a in Annotator(build_voice(strength=1.0)).annotate(ARTICLE):
        assert tuple(a.kind_scores) == KINDS
        assert tuple(a.source_type_scores) == SOURCE_TYPES
        assert sum(a.kind_scores.values()) == pytest.approx(1)
        assert sum(a.source_type_scores.values()) == pytest.approx(1)
        assert a.kind_scores[a.kind] == max(a.kind_scores.values())
        assert a.source_type in SOURCE_TYPES_OF[a.kind]


def test_below_the_threshold_it_abstains():
    sure = [max(a.kind_scores.values()) for a in Annotator(build_voice(strength=1.0)).annotate(ARTICLE)]
    assert min(sure) < 0.6 < max(sure)
    found = Annotator(build_voice(threshold=0.6, strength=1.0)).annotate(ARTICLE)
    assert [a.abstain for a in found] == [chance < 0.6 for chance in sure]


def test_a_chance_is_what_the_outputs_say():
    """The headline: not a quote at −1, not attributed at +1 − 2; the chances multiply."""
    headline = Annotator(build_voice(strength=1.0)).annotate(ARTICLE)[0]
    no = 1 / (1 + math.exp(-1))
    chances = [1 - no, no * (1 - no) * 3 / 8, no * (1 - no) * 2 / 8]  # three and two of the eight types, all alike
    spread = [*chances, no * no + no * (1 - no) * 3 / 8]
    assert list(headline.kind_scores.values()) == pytest.approx([c / sum(spread) for c in spread], abs=1e-3)


def test_a_kind_model_decides_kinds_and_the_voice_model_the_types_that_go_with_them():
    kind = make_model("kind", KINDS, "official_claim", threshold=0.9)
    found = Annotator(build_voice(), kind=kind).annotate(ARTICLE)
    assert {a.kind for a in found} == {"official_claim"}
    assert found[1].source_type == "state"
    assert found[1].kind_scores["official_claim"] == pytest.approx(1 / (1 + 3 * math.exp(-9)), abs=1e-6)
    assert not any(a.abstain for a in found)


def test_a_source_type_model_decides_types():
    source_type = make_model("source_type", SOURCE_TYPES, "expert")
    found = Annotator(build_voice(), source_type=source_type).annotate(ARTICLE)
    assert found[1].source_type == "expert"
    assert found[1].kind == "independent_assessment"
    assert found[1].source_type_scores["expert"] > 0.99


def test_where_two_models_contradict_each_other_the_best_pair_that_goes_together_wins():
    kind = make_model("kind", KINDS, "official_claim")
    source_type = make_model("source_type", SOURCE_TYPES, "none", strength=12)
    found = Annotator(kind=kind, source_type=source_type).annotate(ARTICLE)
    # official claims: e^9 times three types of weight 1; narrative: 1 times the type none of weight e^12
    assert {(a.kind, a.source_type) for a in found} == {("narrative", "none")}


def test_neither_voice_nor_both_others_is_refused():
    with pytest.raises(ValueError, match="Give a voice model, or a kind and a source_type model"):
        Annotator(kind=make_model("kind", KINDS, "quote"))


def test_reasons_are_given_where_they_are_asked_for():
    annotator = Annotator(build_voice())
    assert annotator.annotate(ARTICLE)[2].why == {}
    headline, claim, quote, _ = annotator.annotate(ARTICLE, n_why=3)
    assert quote.why["kind"] == [("the word lists alone say: quote", 12.0), ("starting point", -6.0)]
    assert claim.why["source_type"][0] == ("the word lists alone say: source state", pytest.approx(6 - 6 / 8))
    assert headline.why["kind"] == headline.why["source_type"]
    assert headline.why["kind"] == [("the word lists alone say: not attributed", 12.0), ("starting point", -6.0)]
    alone = Annotator(build_voice(), kind=make_model("kind", KINDS, "quote")).annotate(ARTICLE, n_why=3)
    assert alone[0].why["kind"] == [("starting point", 9 - 9 / 4)]


def test_given_sentences_are_annotated_as_they_are():
    text = "The ministry of ports said on Sunday.The quay stays shut"
    halves = [Span(0, 37), Span(37, 56)]
    found = Annotator(build_voice()).annotate_sentences(Article("quay", text), halves)
    assert [(a.n, a.span.of(text)) for a in found] == [
        (0, "The ministry of ports said on Sunday."),
        (1, "The quay stays shut"),
    ]
    whole = Annotator(build_voice()).annotate_sentences(Article("quay", text), [Span(0, 56)])
    assert [(a.n, a.span) for a in whole] == [(0, Span(0, 56))]


def test_given_the_sentences_that_we_find_the_annotations_are_the_same(our_corpus):
    annotator = load_annotator(stance=True)
    for article in [ARTICLE, our_corpus[0].article, our_corpus[40].article]:
        found = annotator.annotate(article, 2)
        assert annotator.annotate_sentences(article, find_sentences(article.text), 2) == found


def test_an_article_without_a_sentence_gives_nothing():
    assert Annotator(build_voice()).annotate(Article("empty", " \n\n ")).sentences == ()


@pytest.fixture(scope="session")
def annotator(fake_models):
    return load_annotator(shipped=fake_models)


def check_places(text, annotator):
    found = annotator.annotate(Article("any", text))
    assert [a.span for a in found] == find_sentences(text)
    assert all(first.span.end <= second.span.start for first, second in pairwise(found))
    for a in found:
        sentence = a.span.of(text)
        assert sentence == sentence.strip() != ""
        assert a.source is None or a.source in sentence
        assert a.cue is None or a.cue in sentence


@given(st.text(max_size=300))
@settings(max_examples=80, deadline=None)
def test_any_text_can_be_annotated(annotator, text):
    check_places(text, annotator)


PIECES = st.sampled_from(
    ["“", "”", '"', "‘", "’", "said", "according to", " ", ". ", "\n", "\n\n", "The ministry", "he", ",", ":", "U.S.", "…"]
)


@given(st.lists(PIECES, max_size=40).map(" ".join))
@settings(max_examples=120, deadline=None)
def test_any_mess_of_quotations_and_cues_can_be_annotated(annotator, text):
    check_places(text, annotator)


def test_the_models_of_the_package_are_loaded(shipped):
    annotator = load_annotator(shipped=shipped)
    assert annotator.voice is not None
    assert annotator.extractor is not None
    assert annotator.annotate(ARTICLE)[1].kind == "official_claim"


@pytest.mark.parametrize("task", ["voice", "attribution"])
def test_a_model_of_the_package_that_is_missing_is_one_line(shipped, task):
    (shipped / f"{task}.sayso").unlink()
    with pytest.raises(
        SaysoError,
        match=rf"{task}\.sayso: the model file that comes with the package is missing: reinstall sayso\.$",
    ):
        load_annotator(shipped=shipped)


def test_a_model_of_the_package_that_is_damaged_is_one_line(shipped):
    path = shipped / "voice.sayso"
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(SaysoError, match=r"voice\.sayso: .* incomplete or damaged.* reinstall sayso to mend it\.$"):
        load_annotator(shipped=shipped)


def test_a_model_of_the_package_that_is_another_one_is_one_line(shipped):
    save(make_model("kind", KINDS, "quote"), shipped / "voice.sayso")
    with pytest.raises(SaysoError, match=r"this is a model of another task\. This .* reinstall sayso"):
        load_annotator(shipped=shipped)


def test_a_model_file_takes_the_place_of_the_packages(shipped, tmp_path):
    path = tmp_path / "sure.sayso"
    save(build_voice(threshold=1.0), path)
    (shipped / "voice.sayso").unlink()
    assert all(a.abstain for a in load_annotator([str(path)], shipped).annotate(ARTICLE))


def test_models_of_kind_and_source_type_do_without_a_voice_model(shipped, tmp_path):
    (shipped / "voice.sayso").unlink()
    paths = []
    for task, labels in (("kind", KINDS), ("source_type", SOURCE_TYPES)):
        paths.append(str(tmp_path / f"{task}.sayso"))
        save(make_model(task, labels, labels[0]), paths[-1])
    found = load_annotator(paths, shipped).annotate(ARTICLE)
    assert {(a.kind, a.source_type) for a in found} == {("quote", "state")}


def test_a_model_of_another_task_is_refused(shipped, tmp_path):
    path = tmp_path / "topic.sayso"
    save(make_model("topic", ("war", "money"), "war"), path)
    with pytest.raises(
        SaysoError,
        match=r"topic\.sayso: a model of the task 'topic'; annotating uses models of attribution, voice, kind, source",
    ):
        load_annotator([str(path)], shipped)


def test_a_model_with_other_labels_is_refused(shipped, tmp_path):
    path = tmp_path / "kind.sayso"
    save(make_model("kind", ("fact", "opinion"), "fact"), path)
    with pytest.raises(SaysoError, match=r"its labels are fact, opinion; a kind model needs quote, official_claim"):
        load_annotator([str(path)], shipped)


def test_two_models_of_one_task_are_refused(shipped):
    path = str(shipped / "voice.sayso")
    with pytest.raises(SaysoError, match="a second model of the task 'voice'; give one --model a task"):
        load_annotator([path, path], shipped)


SPOKEN = "“No,” the mayor did not\nconfirm “at all”. Rain fell."


def make_candidate(cue, source, content, score=0.9):
    return Candidate(cue[0], cue, source, np.array(content), 0.9, score)


def test_candidates_become_attributions_with_places():
    seen = tokens_of(SPOKEN)
    assert seen.words[:14] == ["“", "No", ",", "”", "the", "mayor", "did", "not", "confirm", "“", "at", "all", "”", "."]
    candidate = make_candidate((8, 9), (4, 6), [0, 1, 2, 3, 9, 10, 11, 12])
    main_attributions = [MainAttribution(candidate, None, 0.6, True), MainAttribution(None, None, 0.0, False)]
    found = attributions_by_sentence(seen, [candidate], {}, main_attributions, ["state", "none"])
    assert list(found) == [0]
    (a,) = found[0]
    assert a.source is not None
    assert a.cue is not None
    assert a.source.of(SPOKEN) == "the mayor"
    assert a.cue.of(SPOKEN) == "confirm"
    assert [span.of(SPOKEN) for span in a.content] == ["“No,”", "“at all”"]
    assert (a.quoted, a.tone, a.source_type, a.speaker) == (True, "neutral", "state", None)


def test_an_attribution_beside_the_main_one_takes_its_type_from_its_own_words():
    seen = tokens_of("Police said a neighbour had claimed that it burned.")
    inner = make_candidate((5, 6), (2, 4), [6, 7, 8], 0.5)
    bare = make_candidate((5, 6), None, [6, 7, 8], 0.5)
    main_attributions = [MainAttribution(None, None, 0.0, False)]
    resolved = resolve_sources(seen, [inner], introductions(seen)).resolved
    assert attributions_by_sentence(seen, [inner], resolved, main_attributions, ["state"])[0][0].source_type == "individual"
    assert attributions_by_sentence(seen, [bare], {}, main_attributions, ["state"])[0][0].source_type == "unnamed"


def test_every_attribution_has_its_speaker_also_one_within_another():
    text = "Mayor Ada Quell spoke. Police Chief Tom Orr was there. Quell said Orr denied that it burned."
    seen = tokens_of(text)
    words = seen.words
    said, denied = words.index("said"), words.index("denied")
    inner = make_candidate((denied, denied + 1), (denied - 1, denied), range(denied + 1, denied + 4), 0.3)
    outer = replace(make_candidate((said, said + 1), (said - 1, said), range(said + 1, denied + 4)), nested=(inner,))
    resolved = resolve_sources(seen, [outer], introductions(seen)).resolved
    silent = [MainAttribution(None, None, 0.0, False)] * 3
    ((found,),) = attributions_by_sentence(seen, [outer], resolved, silent, ["state"] * 3).values()
    assert (found.speaker, [a.speaker for a in found.nested]) == ("Ada Quell", ["Tom Orr"])
    assert [span.of(text) for span in found.nested[0].content] == ["that it burned"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Donald J. Holm spoke. Holm said it burned.", "Donald J. Holm"),
        ("They read the New Harbour Times. Times said it burned.", "New Harbour Times"),
    ],
)
def test_a_speakers_name_is_set_as_it_is_printed(text, speaker):
    seen = tokens_of(text)
    said = seen.words.index("said")
    candidate = make_candidate((said, said + 1), (said - 1, said), [said + 1, said + 2])
    resolved = resolve_sources(seen, [candidate], introductions(seen)).resolved
    silent = [MainAttribution(None, None, 0.0, False)] * 2
    ((found,),) = attributions_by_sentence(seen, [candidate], resolved, silent, ["state"] * 2).values()
    assert found.speaker == speaker


def test_content_is_joined_over_white_space_and_parted_elsewhere():
    seen = tokens_of("One two\nthree, four.")
    assert list(stretches(seen, [0, 1, 2])) == [(0, 3)]
    assert list(stretches(seen, [0, 2, 4])) == [(0, 1), (2, 3), (4, 5)]
    assert list(stretches(seen, [])) == []
    parted = view("One. (AFP)  Two.\n\nThree.", [Span(0, 4), Span(12, 16), Span(18, 24)])
    assert parted.words == ["One", ".", "Two", ".", "Three", "."]
    assert list(stretches(parted, range(6))) == [(0, 2), (2, 6)]


def test_content_is_quoted_if_half_of_its_words_are():
    seen = tokens_of("He said “one two” three four five.")
    assert [seen.words[n] for n in (3, 4, 6, 7, 8)] == ["one", "two", "three", "four", "five"]
    assert is_quoted(seen, [(3, 5), (6, 8)])
    assert not is_quoted(seen, [(3, 5), (6, 9)])
    assert not is_quoted(seen, [(9, 10)])


@pytest.mark.parametrize(
    ("text", "cue", "tone"),
    [
        ("Police said it burned.", 1, "neutral"),
        ("Police revealed it burned.", 1, "endorsing"),
        ("Police claimed it burned.", 1, "distancing"),
        ("Police did not confirm that it burned.", 3, "neutral"),
        ("Police have never publicly confirmed that it burned.", 4, "neutral"),
        ("Police can't confirm that it burned.", 2, "neutral"),
        ("It was not Lee who confirmed that it burned.", 5, "endorsing"),
        ("Police quacked that it burned.", 1, "neutral"),
    ],
)
def test_a_cue_has_the_tone_of_the_word_list_unless_it_is_denied(text, cue, tone):
    assert tone_of(tokens_of(text), (cue, cue + 1), cue) == tone
