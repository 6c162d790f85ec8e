import pytest

from sayso.data.corpora.own import parse_article, read_corpus
from sayso.data.records import Span
from sayso.errors import SaysoError

ARTICLE = """\
@id harbour-strike
@outlet Tidal Post
@date 2031-02-03
@country Iceland
@target U = Dockers' Union | the union
@target P = Port Board

N none | Strike shuts harbour
~ By Ása Lind | 3 comments

O state -U ! | {d HÚSAVÍK –} {s1 The ministry =Ministry of Ports} {c1 said} {t1 the {b silly} strike ended}.
N none | Two ships left.

Q individual +U | {t2 “We stay,”} {c2 said} {s2 Una Berg}, {t2 “all of us.}
Q individual | {t2 Every night.”}
O state | {s3,4 She} {c3 denied} {t3 a split} and {c4 warned} {t4 that {s5 police} had {c5 said} {t5 no}}.
"""


def sentences(body, header="@id x\n"):
    return parse_article(header + "\n" + body, "x.txt").sentences


def words(labelled, span):
    return span and span.of(labelled.article.text)


@pytest.fixture
def labelled():
    return parse_article(ARTICLE, "harbour-strike.txt")


def test_header_lines_become_what_is_known_of_the_article(labelled):
    article = labelled.article
    assert (article.id, article.outlet, article.date) == ("harbour-strike", "Tidal Post", "2031-02-03")
    assert article.title == "Strike shuts harbour"
    assert labelled.meta == {"country": "Iceland", "layout": "paragraphs"}
    assert labelled.targets == {"Dockers' Union": ("the union",), "Port Board": ()}
    assert labelled.complete == {"kind", "source_type", "attribution", "stance", "bias"}


def test_sentences_are_laid_out_as_paragraphs_without_marks(labelled):
    assert labelled.article.text == (
        "Strike shuts harbour\n\n"
        "By Ása Lind | 3 comments\n\n"
        "HÚSAVÍK – The ministry said the silly strike ended. Two ships left.\n\n"
        "“We stay,” said Una Berg, “all of us. Every night.” "
        "She denied a split and warned that police had said no.\n"
    )


def test_a_dateline_and_furniture_belong_to_no_sentence(labelled):
    assert [words(labelled, s.span) for s in labelled.sentences] == [
        "Strike shuts harbour",
        "The ministry said the silly strike ended.",
        "Two ships left.",
        "“We stay,” said Una Berg, “all of us.",
        "Every night.”",
        "She denied a split and warned that police had said no.",
    ]
    assert [s.n for s in labelled.sentences] == [0, 1, 2, 3, 4, 5]


def test_labels_are_spelled_out(labelled):
    kinds = ["narrative", "official_claim", "narrative", "quote", "quote", "official_claim"]
    assert [s.kind for s in labelled.sentences] == kinds
    assert [s.source_type for s in labelled.sentences] == [
        "none",
        "state",
        "none",
        "individual",
        "individual",
        "state",
    ]
    assert [s.bias for s in labelled.sentences] == ["neutral", "biased", *["neutral"] * 4]


def test_a_stance_that_is_not_marked_is_neutral(labelled):
    assert [s.stance["Dockers' Union"] for s in labelled.sentences] == [
        "neutral",
        "against",
        "neutral",
        "favor",
        "neutral",
        "neutral",
    ]
    assert {s.stance["Port Board"] for s in labelled.sentences} == {"neutral"}


def test_spans_of_one_number_are_one_attribution_over_sentences(labelled):
    (running,) = labelled.sentences[3].attributions
    assert labelled.sentences[4].attributions == ()
    assert [words(labelled, part) for part in running.content] == [
        "“We stay,”",
        "“all of us.",
        "Every night.”",
    ]
    assert (words(labelled, running.source), words(labelled, running.cue)) == ("Una Berg", "said")
    assert running.source_type == "individual"


def test_a_speaker_in_full_is_no_part_of_the_text(labelled):
    (claim,) = labelled.sentences[1].attributions
    assert (words(labelled, claim.source), claim.speaker) == ("The ministry", "Ministry of Ports")
    assert labelled.sentences[3].attributions[0].speaker is None


def test_a_source_can_be_shared_and_attributions_nest_outermost_first(labelled):
    found = labelled.sentences[5].attributions
    assert [words(labelled, x.cue) for x in found] == ["warned", "denied", "said"]
    assert [words(labelled, x.source) for x in found] == ["She", "She", "police"]
    assert [x.source_type for x in found] == ["state", None, None]


def test_loaded_words_are_spans_of_the_article(labelled):
    assert [words(labelled, span) for span in labelled.sentences[1].loaded] == ["silly"]


def test_a_scraped_article_has_single_line_ends_and_glued_sentences():
    source = (
        "@id x\n@layout scraped\n\nN none | Rain\n~ 4 shares\n\n"
        "N none | {d Oslo}It rained.\\\nN none | It stopped.\n~ Photo: Liv Aas\nN none | End."
    )
    labelled = parse_article(source, "x.txt")
    assert labelled.article.text == "Rain\n4 shares\nOsloIt rained.It stopped.\nPhoto: Liv Aas\nEnd.\n"
    assert [s.span for s in labelled.sentences] == [Span(0, 4), Span(18, 28), Span(28, 39), Span(55, 59)]


def test_an_attribution_without_cue_stands_with_its_content():
    first, second = sentences("O state | {s1 Nuland}: {t1 400 killed}\nN none | So.")
    assert (first.attributions[0].cue, len(first.attributions), second.attributions) == (None, 1, ())


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("X none | Rain.", "kind 'X' is not one of Q O I N."),
        ("N nobody | Rain.", "source type 'nobody' is not one of state political organisation expert"),
        ("N none Rain.", "'N none Rain.' is not a sentence line; write 'KIND TYPE | text'."),
        ("N none +Z | Rain.", r"'\+Z' is not a label; write \+X or -X with a declared target, or !\."),
        ("N none | {b Bad} rain.", r"a biased sentence \(!\) marks its loaded words with {b …}"),
        ("N none ! | Bad rain.", r"a biased sentence \(!\) marks its loaded words with {b …}"),
        ("N none | Rain}.", "a } closes nothing."),
        ("N none | {x1 Rain}.", r"'{x1 Rain' is not a span; write {s1 …}"),
        ("N none | {s1 Rain.", "a {s is not closed."),
        ("N none | {s1  Rain}.", "the span ' Rain' is empty or has white space at its ends."),
        ("N none | {s1 }Rain.", "the span '' is empty or has white space at its ends."),
        ("N none | Rain {d Oslo}.", "a dateline must be at the start of its line."),
        ("@key", "'@key' is not a header line; write '@key value'."),
        ("@target Rain", "'Rain' is not a target; write '@target X = Name | alias'."),
    ],
)
def test_a_broken_line_is_named_with_its_number(line, message):
    with pytest.raises(SaysoError, match=f"^x.txt:4: {message}"):
        parse_article(f"@id x\n\nN none | Rain.\n{line}\n", "x.txt")


@pytest.mark.parametrize("source", ["", "N none | Rain.", "@id x\n", "@id x\n~ By Liv Aas\n"])
def test_a_file_without_id_or_sentence_is_refused(source):
    with pytest.raises(SaysoError, match=r"^x\.txt: no @id line, or no sentence line \(KIND TYPE \| text\)\.$"):
        parse_article(source, "x.txt")


def test_an_unknown_layout_is_refused():
    with pytest.raises(SaysoError, match=r"^x\.txt: @layout is 'wide', not one of paragraphs, scraped\.$"):
        parse_article("@id x\n@layout wide\n\nN none | Rain.", "x.txt")


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path):
    for name in ("b", "a"):
        (tmp_path / f"{name}.txt").write_text(f"@id {name}\n\nN none | Rain.", encoding="utf-8")
    (tmp_path / "notes.md").write_text("no article", encoding="utf-8")
    assert [a.article.id for a in read_corpus(tmp_path)] == ["a", "b"]
