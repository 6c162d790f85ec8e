"""An invented corpus in PolNeAR's layout: the texts and marks are ours."""

import pytest

from sayso.data.corpora.polnear.corpus import read_polnear
from sayso.errors import SaysoError

TEXT = "The mayor spoke.\n\n“It rained,” she said, “and then it froze.”\nReportedly, a bridge fell.\n"


def at(words, text=TEXT):
    """Say where words stand, as brat does."""
    return f"{text.index(words)} {text.index(words) + len(words)}"


MARKS = "\n".join(
    [
        f"T1\tSource {at('she')}\tshe",
        f"T2\tCue {at('said')}\tsaid",
        f"T3\tContent {at('“It rained,”')};{at('“and then it froze.”')}\t“It rained,” “and then it froze.”",
        f"T4\tAttribution {at('said')}\tsaid",
        "E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3",
        f"T5\tCue {at('Reportedly')}\tReportedly",
        f"T6\tContent {at('a bridge fell')}\ta bridge fell",
        f"T7\tAttribution-no-source {at('Reportedly')}\tReportedly",
        "E2\tAttribution-no-source:T7 Cue:T5 Content:T6",
    ]
)


@pytest.fixture
def read(tmp_path):
    """Write one article and its annotators' files; read them back, with what was told."""

    def read_part(text=TEXT, **annotators):
        for folder in ("text", "attributions"):
            (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / "text" / "usa_2016-01-01_a.txt").write_bytes(text.encode())
        for name, marks in annotators.items():
            raw = marks if isinstance(marks, bytes) else marks.encode()
            (tmp_path / "attributions" / f"usa_2016-01-01_a_{name}.ann").write_bytes(raw)
        told = []
        (article,) = read_polnear(tmp_path, told.append)
        return article, told

    return read_part


def words(article):
    """Give source, cue and content of each attribution as words."""
    text = article.article.text
    return [
        (x.source and x.source.of(text), x.cue and x.cue.of(text), [c.of(text) for c in x.content])
        for s in article.sentences
        for x in s.attributions
    ]


FOUND = [
    ("she", "said", ["“It rained,”", "“and then it froze.”"]),
    (None, "Reportedly", ["a bridge fell"]),
]


def test_spans_give_back_the_words(read):
    article, told = read(aaaa=MARKS)
    assert words(article) == FOUND
    assert (article.article.id, article.article.outlet, article.article.date) == ("usa_2016-01-01_a", "usa", "2016-01-01")
    assert article.complete == {"attribution"}
    assert told == []


def test_an_attribution_stands_with_the_sentence_that_holds_its_cue(read):
    article, _ = read(aaaa=MARKS)
    text = article.article.text
    assert [(s.span.of(text), len(s.attributions)) for s in article.sentences] == [
        ("The mayor spoke.", 0),
        ("“It rained,” she said, “and then it froze.”", 1),
        ("Reportedly, a bridge fell.", 1),
    ]


def test_line_ends_of_windows_do_not_move_the_spans(read):
    text = TEXT.replace("\n", "\r\n")
    marks = MARKS
    for line in ("she", "said", "“It rained,”", "“and then it froze.”", "Reportedly", "a bridge fell"):
        marks = marks.replace(at(line), at(line, text))
    article, told = read(text, aaaa=marks.replace("\n", "\r\n"))
    assert (article.article.text, words(article), told) == (TEXT, FOUND, [])


def test_the_first_annotator_by_name_is_read(read):
    article, _ = read(b000="", aaaa=MARKS)
    assert words(article) == FOUND
    article, _ = read(aaaa="", b000=MARKS)
    assert words(article) == []


def test_a_source_in_two_pieces_is_the_stretch_that_holds_both(read):
    article, _ = read(aaaa=MARKS.replace(at("she"), f"{at('It')};{at('rained')}"))
    assert words(article)[0][0] == "It rained"


def test_broken_lines_are_counted(read):
    broken = "\n".join(
        [
            MARKS,
            "T8\tContent from here",  # no place
            "T9\tContent 9 9\t",  # nothing in it
            "T10\tContent 9\tx",  # half a place
            "T11\tContent 1 2;\tx",
            "E3\tAttribution:T4 Source:T1 Cue:T2",  # no content
            "E4\tAttribution:T4 Content:T99",  # no such content
            "left over from an editor",
            "#1\tAnnotatorNotes T1\tnot broken: a note",
            "A1\tNested E1",
        ]
    )
    article, told = read(aaaa=broken)
    assert words(article) == FOUND
    assert [line.split(": ", 1)[1] for line in told] == [
        "attributions without content, left out: 2.",
        "broken lines, left out: 5.",
    ]


def test_a_text_without_marks_has_no_attributions(read):
    article, _ = read()
    assert words(article) == []


def test_a_folder_without_texts_is_refused(tmp_path):
    with pytest.raises(SaysoError, match=r"no text/\*\.txt in it; give a part of PolNeAR"):
        list(read_polnear(tmp_path))


def test_marks_behind_the_end_of_the_text_are_refused(read):
    with pytest.raises(
        SaysoError,
        match=r"a_aaaa\.ann:10: a span ends at 400, but the text ends at 89; "
        r"the annotation and the text do not belong together",
    ):
        read(aaaa=MARKS + "\nT8\tContent 2 400\tx")


def test_marks_without_their_text_are_refused(read, tmp_path):
    read(aaaa=MARKS)
    (tmp_path / "attributions" / "usa_b_aaaa.ann").write_text("")
    with pytest.raises(SaysoError, match=r"usa_b_aaaa\.ann: its text is missing; .* must contain text/usa_b\.txt\."):
        list(read_polnear(tmp_path))


def test_what_is_not_utf8_is_refused(read, tmp_path):
    with pytest.raises(SaysoError, match=r"a_aaaa\.ann:2: not UTF-8; use the file as its authors published it"):
        read(aaaa=b"\n\xff")
    (tmp_path / "text" / "usa_2016-01-01_a.txt").write_bytes(b"caf\xe9")
    with pytest.raises(SaysoError, match=r"a\.txt:1: not UTF-8"):
        list(read_polnear(tmp_path))
