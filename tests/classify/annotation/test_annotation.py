import copy
import json
import pickle
import re
from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import jsonschema
import pytest
from builders import annotated_sentence, found_attribution, span_of

from sayso.classify.annotation.annotation import Annotation
from sayso.classify.annotation.annotator import load_annotator
from sayso.classify.annotation.records import BiasLabel, OwnLabel, StanceLabel
from sayso.classify.output.json import Json
from sayso.classify.pages.article_page import article_page
from sayso.classify.pages.notebook import MOST_ROWS
from sayso.data.records import Article, Span
from sayso.errors import SaysoError

ROOT = Path(__file__).parents[3]
SCHEMA = json.loads((ROOT / "docs" / "annotation.schema.json").read_text("utf-8"))
TEXT = "The dam is safe, mayor Eva Lind said. It rained <b>hard</b>."
FIRST, SECOND = Span(0, 37), Span(38, 60)


@pytest.fixture
def annotation():
    found = found_attribution(TEXT, "mayor Eva Lind", "said", "The dam is safe", speaker="Eva Lind", source_type="state")
    about = {"source": "mayor Eva Lind", "cue": "said", "attributions": (found,), "text": FIRST.of(TEXT)}
    bias = BiasLabel("biased", 0.83333, (span_of(TEXT, "hard"),))
    more = {"bias": bias, "text": SECOND.of(TEXT), "abstain": True}
    sentences = (
        annotated_sentence(0, FIRST, "official_claim", "state", **about),
        annotated_sentence(1, SECOND, "narrative", "none", **more),
    )
    return Annotation(Article("dam", TEXT, title="Rain & dam", outlet="Orla Post", language="en"), sentences)


def with_labels(annotation):
    """Add a stance and a label of the user's own to each sentence."""
    about = {"stance": {"Lind": StanceLabel("favor", 0.7123456)}, "own": {"topic": OwnLabel("water", 0.91)}}
    return replace(annotation, sentences=tuple(replace(a, **about) for a in annotation))


def test_it_is_a_sequence_of_its_sentences(annotation):
    assert len(annotation) == 2
    assert list(annotation) == [annotation[0], annotation[1]]
    assert annotation[-1] == annotation.sentences[1]
    assert annotation[:1] == annotation.sentences[:1]
    assert annotation[1] in annotation


def test_nothing_of_it_changes(annotation):
    for record, name in ((annotation, "sentences"), (annotation[0], "kind"), (annotation.attributions[0], "speaker")):
        with pytest.raises(FrozenInstanceError, match=name):
            setattr(record, name, None)


@pytest.fixture(scope="module")
def full():
    """Annotate with stances and reasons, as a caller gets it."""
    return load_annotator(stance=True).annotate(Article("dam", TEXT, extra={"desk": "local"}), 2, ["Lind"])


CHANGES = {
    "set": lambda values: values.__setitem__("x", 1),
    "delete": lambda values: values.__delitem__("x"),
    "join": lambda values: values.__ior__({"x": 1}),
    "update": lambda values: values.update(x=1),
    "pop": lambda values: values.pop("x", None),
    "pop item": lambda values: values.popitem(),
    "default": lambda values: values.setdefault("x", 1),
    "clear": lambda values: values.clear(),
}


def test_mappings_of_it_do_not_change(full):
    first = full[0]
    scores = first.stance["Lind"].scores
    for mapping in (first.kind_scores, first.source_type_scores, first.why, first.stance, first.own, scores):
        before = dict(mapping)
        for change in CHANGES.values():
            with pytest.raises(TypeError, match=r"^Annotations do not change; dict\(values\) gives a copy to change\.$"):
                change(mapping)
        assert mapping == before
        assert pickle.loads(pickle.dumps(mapping)) == copy.deepcopy(mapping) == copy.copy(mapping) == before
        assert type(copy.copy(mapping)) is type(mapping)


def test_equal_annotations_are_one_in_a_set(full):
    again = pickle.loads(pickle.dumps(full))
    assert again is not full
    assert {full, again} == {full}
    assert len({*full, *again}) == len(full) == 2
    assert len({full.article, again.article}) == 1


def test_sentences_know_their_words_their_place_and_how_sure_they_are(annotation):
    first = annotation[0]
    assert TEXT[first.start : first.end] == first.text == "The dam is safe, mayor Eva Lind said."
    assert (first.kind_confidence, first.source_type_confidence) == (0.7, 0.92)


def test_attributions_are_those_of_all_sentences(annotation):
    (found,) = annotation.attributions
    assert [annotation.text_of(span) for span in (found.source, found.cue, *found.content, found.via)] == [
        *("mayor Eva Lind", "said", "The dam is safe", None)
    ]


def test_it_is_shown_in_a_line(annotation):
    assert repr(annotation) == "<Annotation of 'dam': 2 sentences, 1 attribution>"


def test_as_values_it_has_the_keys_of_the_schema(annotation):
    values = with_labels(annotation).to_dict()
    about = {key: value for key, value in values.items() if key != "sentences"}
    assert about == {
        **{"article": "dam", "title": "Rain & dam", "outlet": "Orla Post"},
        **{"date": None, "url": None, "language": "en"},
    }
    for row in values["sentences"]:
        jsonschema.validate(row, SCHEMA)
    first, second = values["sentences"]
    assert (first["text"], first["kind_confidence"], second["abstain"], second["topic"]) == (
        *("The dam is safe, mayor Eva Lind said.", 0.7),
        *(True, "water"),
    )
    assert json.loads(json.dumps(values)) == values


def test_as_values_its_sentences_are_those_of_the_json_format(annotation):
    written = Json()
    text = written.begin() + written.article(annotation.article, annotation) + written.end()
    assert json.loads(text) == annotation.to_dict()["sentences"]


def test_as_a_table_it_has_a_row_a_sentence(annotation):
    table = with_labels(annotation).to_pandas()
    assert table.columns.tolist() == [
        *("article", "n", "start", "end", "text", "is_headline", "language", "kind", "kind_confidence", "abstain"),
        *("source_type", "source_type_confidence", "source", "speaker", "cue", "bias", "bias_confidence", "loaded"),
        *("stance_Lind", "stance_Lind_confidence", "topic", "topic_confidence"),
    ]
    first, second = table.to_dict("records")
    assert (first["article"], first["start"], first["end"], first["kind"]) == ("dam", 0, 37, "official_claim")
    assert (first["source"], first["speaker"], first["cue"], first["loaded"]) == ("mayor Eva Lind", "Eva Lind", "said", [])
    assert (second["abstain"], second["bias"], second["bias_confidence"], second["loaded"]) == (
        *(True, "biased", 0.8333),
        ["hard"],
    )
    assert (first["stance_Lind"], first["stance_Lind_confidence"], first["topic"]) == ("favor", 0.7123, "water")
    assert table["source"].isna().tolist() == table["speaker"].isna().tolist() == [False, True]


def test_a_label_that_is_called_as_a_column_is_refused(annotation):
    about = {"own": {"speaker": OwnLabel("Lind", 0.9)}}
    taken = replace(annotation, sentences=tuple(replace(a, **about) for a in annotation))
    with pytest.raises(SaysoError, match=r"'speaker' is a column of every table; train the model of this label by another"):
        taken.to_pandas()


def test_it_can_be_pickled_and_copied(annotation):
    full = with_labels(annotation)
    assert pickle.loads(pickle.dumps(full)) == copy.deepcopy(full) == full


def test_a_headline_is_marked_in_the_table_and_not_counted_by_the_notebook():
    text = "Ferries stand still in Halm\n\nNo ferry left Halm on Monday, the port office said. The sea was rough."
    annotation = load_annotator().annotate(Article("ferries", text))
    assert annotation.to_pandas()["is_headline"].tolist() == [True, False, False]
    assert "2 sentences: 1 official claim, 1 narrative, the headline not counted." in annotation._repr_html_()


def test_columns_have_the_same_types_with_and_without_sentences(annotation):
    full, empty = annotation.to_pandas(), replace(annotation, sentences=()).to_pandas()
    assert (len(empty), empty.columns.tolist()) == (0, full.columns.tolist())
    for name in ("n", "start", "end", "kind_confidence", "abstain", "bias_confidence"):
        assert empty[name].dtype == full[name].dtype


def test_as_a_page_it_is_that_of_the_html_format(annotation):
    assert annotation.to_html() == article_page(annotation.article, annotation)
    assert annotation.to_html().startswith("<!doctype html>")


def test_a_notebook_shows_a_table_with_marks_and_all_text_escaped(annotation):
    html = with_labels(annotation)._repr_html_()
    assert '<span class="source">mayor Eva Lind</span> <span class="cue neutral">said</span>.' in html
    assert 'It rained &lt;b&gt;<span class="loaded">hard</span>&lt;/b&gt;.' in html
    assert "<b>Rain &amp; dam</b>" in html
    assert "2 sentences: 1 official claim, 1 narrative." in html
    assert html.count("Lind: favor") == html.count("<td>water</td>") == 2
    assert "Narrative ?" in html


def test_what_a_notebook_shows_runs_nothing_and_styles_only_itself(annotation):
    html = annotation._repr_html_()
    assert not re.search(r"<script|<link|<html|<body|\son\w+=|\sid=|https?:|@import|url\(", html)
    rules = re.findall(r"([^{}]+)\{[^{}]*\}", html.partition("<style>")[2].partition("</style>")[0])
    selectors = [selector.strip() for rule in rules for selector in rule.split(",")]
    assert len(selectors) > 10
    assert all(re.match(r"\.sayso-annotation( |$)", selector) for selector in selectors)
    assert html.startswith('<div class="sayso-annotation">')
    assert html.rstrip().endswith("</div>")


def test_a_notebook_shows_the_first_sentences_of_a_long_article(annotation):
    many = Annotation(annotation.article, annotation.sentences[:1] * (MOST_ROWS + 7))
    html = many._repr_html_()
    assert html.count('<td class="n">') == MOST_ROWS
    assert "7 more." in html


def test_articles_that_are_annotated_fit_the_schema_whatever_is_asked_for():
    annotator = load_annotator(stance=True)
    text = (ROOT / "examples" / "scraped.txt").read_text("utf-8")
    annotation = annotator.annotate(Article("strait", text), 2, ["Vessen"])
    for row, a in zip(annotation.to_dict()["sentences"], annotation, strict=True):
        jsonschema.validate(row, SCHEMA)
        assert row["text"] == a.text == text[a.start : a.end]
    assert len(annotation.to_pandas()) == len(annotation) > 10
    assert "Vessen" in annotation._repr_html_()
