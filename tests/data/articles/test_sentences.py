from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.data.articles.sentences import blocks, find_sentences, split
from sayso.data.articles.text import boundaries


def words_of(text, spans):
    return [span.of(text) for span in spans]


def assert_lossless(text, spans):
    at = 0
    for start, end in spans:
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()


@pytest.mark.parametrize(
    "sentences",
    [
        ["Gen. Ada Brook met Sen. Lee.", "Lt. Col. Ives stayed away."],
        ["The U.S. Senate voted."],
        ["It was then-Gov. Ann Lee (D-Calif.) Monday who slept.", "She woke."],
        ["They left the U.S.", "The others stayed."],
        ["It opens at 9 a.m. Monday.", "It shuts at 5 p.m.", "He was late."],
        ["No. 10 Downing Street kept quiet.", "He said no.", "Nobody minded."],
        ["Harbour Inc. sold its boats.", "Acme Corp. Chairman Bo Lind resigned."],
        ["On Jan. 5 it snowed.", "In Sept. the river froze."],
        ["J. K. Ames wrote it.", "George W. Hill read it."],
        ["It was plan B.", "The mayor had no plan C."],
        ["Arsenal vs. Leeds was dull.", "Both teams, i.e. Arsenal and Leeds, slept."],
        ["He lives in Concord, N.H.", "Dover is close."],
        ["“Why?” he asked.", "“No!” said Ann Lee.", "She left."],
        ["“Will it rain?” Mr. Ito asked.", "Nobody knew."],
        ["Is it over?", "Yes!", "It is."],
        ['"It is done."', "Nobody cheered."],
        ["“We came.", "We saw.", "We left,” she said."],
        ["The vote (it was close. Very close.) ended the debate.", "(He left early.)", "She stayed."],
        ["Crowds met him with shouts of “Shame! Shame!” and eggs.", "He ran."],
        ["Yahoo! shares fell.", "Jeopardy! Champion Bo Lind won."],
        ["It rose 3.5 percent.", "It fell 2.1%.", "15 people noticed."],
        ["He waited … and waited.", "Then he left ...", "Nobody saw him."],
        ["See example.com for more.", "Node.js is slow."],
        ["iPhone sales rose.", "eBay said nothing."],
        ["He holds a Ph.D.", "The firm pays his rent."],
        ["She holds a Ph.D. from Velm.", "Her sister has an LL.B.", "It took years."],
        ["Roe’s lawyer said he was ill.", "Roe’s wife said he was not."],
        ["The priest said mass.", "Roe’s sons carried the coffin."],
        ["He lives in Velm, Ill.", "Roe lives in Orla, Mass.", "Nobody else does."],
        ["The hall opens at 9 p.m.", "Doors close at 10."],
        ["It opens at 9 a.m. Monday and shuts at 5 p.m. Eastern time on Friday.", "Roe said so."],
        ["It opens at 9 a.m. Velm time.", "It shuts at 9 p.m. ET.", "Roe was late."],
        ["The 9 p.m. Velm Tonight show was cut.", "Roe wept."],
        ["Q. Who was told?", "A. The harbour master was."],
        ["On Monday Gen. (ret.) Max Roth said the war was lost.", "Supporters cheered."],
        ["Coun. Ann Roe said no.", "Const. Max Roth said yes.", "Cllr. Ivo Stark slept."],
        ["Supt. Ada Brook left.", "Det. Insp. Ivo Stark stayed.", "Rev. Max Roth prayed."],
        ["Atty. Gen. Max Roth left.", "Asst. Supt. Roe stayed.", "Ald. Stark sang."],
        ["Govs. Ada Brook and Max Roth met.", "He spoke to the Gov.", "The mayor did not."],
        ["The network is called RT.", "The firm owns it."],
        ["She is a sales rep.", "Roe met her."],
        ["He bought boats, nets, etc.", "Roe bought none."],
        ["They voted no.", "Mayor Ann Roe voted yes.", "He said no.", "15 people left."],
        ["Roe is no. 3 in the world.", "The No. 10 seed lost."],
        ["He left Yahoo!", "The firm slept.", "Yum! Brands rose."],
        ["„Why?“ Roe asked.", "„Who?“", "The others left."],
        ["« Nous partons. »", "The mayor left."],
        ["Roe took vitamin D.", "Roth did not.", "Queen Elizabeth II.", "Roe met her."],
        ["He ran Kerrow Inc.", "Shares fell.", "Kerrow Inc. Chairman Max Roth quit."],
        ["On Tues. Jan. 5 it rained.", "It rained on Wed.", "Roe slept."],
        ["See bbc.example.co.uk.", "Roe wrote it."],
        ["Roe earned $3.2m.", "Roth earned 5p.", "The train left at 5pm.", "Roe at 6."],
        ['" The boats are full , " said Orla Finn .', '" The nets are torn . "'],
        ["' The boats are full , ' said Orla Finn .", "' The nets are torn . '"],
    ],
)
def test_sentences_with_a_space_between_are_found(sentences):
    text = " ".join(sentences)
    assert words_of(text, split(text)) == sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["It gains momentum.", "Troops left the city."],
        ["Troops left.", "“We will stay,” he wrote.", "Nobody else did."],
        ["“We stay.”", "The others left."],
        ['He said: "We stay."', "The others left."],
        ["The others left.", '"We stay," he said.'],
        ["It grew by 17%.", "It shrank (a little).", "It grew again."],
        ["They met NATO.", "The talks failed."],
        ["It lasts until Aug.31.", "What comes next is open."],
        ["Is it over?", "Nobody knows!", "It is."],
        ["The talks began in May.", "12:40 - A bus was seen."],
    ],
)
def test_sentences_without_a_space_between_are_found(sentences):
    text = "".join(sentences)
    assert words_of(text, split(text)) == sentences


@pytest.mark.parametrize(
    "sentence",
    [
        "The U.S.Congress met.",
        "Sen. Al Reed, D-N.M., and J.R.Ames met in St.Petersburg.",
        "Visit www.Example.Com or mail A.Lee@Example.Org now.",
        "The file Report.PDF is 2.5MB big.",
        "Mr.Smith and Gen.Lee met.",
        "She reads Web.NET and ASP.NET books.",
    ],
)
def test_periods_inside_names_do_not_split(sentence):
    assert words_of(sentence, split(sentence)) == [sentence]


def test_a_lower_case_word_never_begins_a_sentence():
    text = "He shouted no! and left. and so on. And then?"
    assert words_of(text, split(text)) == ["He shouted no! and left. and so on.", "And then?"]


def test_an_empty_line_ends_a_sentence():
    text = "Rain stops play\n\nthe umpires said so"
    assert words_of(text, split(text)) == ["Rain stops play", "the umpires said so"]


def test_a_line_each_stays_a_paragraph_each():
    text = "Rain stops play\nPlay stopped at noon in Leeds.\nIt began again at two.\n"
    assert words_of(text, blocks(text)) == text.strip().split("\n")


def test_hard_wrapped_lines_run_on():
    text = (
        "Play stopped at noon because\nof the rain. It began again\n"
        "at two. Leeds won. The Leeds\nTimes was glad.\n\nSo we.\n"
    )
    assert words_of(text, split(text)) == [
        "Play stopped at noon because\nof the rain.",
        "It began again\nat two.",
        "Leeds won.",
        "The Leeds\nTimes was glad.",
        "So we.",
    ]


def test_a_heading_over_wrapped_lines_stands_alone():
    text = "Rain\nThe match stopped at noon in\nheavy rain and it began again\nat two when the sky was\nblue.\n"
    assert words_of(text, split(text))[0] == "Rain"


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "\t\r\n \u2028"])
def test_white_space_has_no_sentences(text):
    assert split(text) == []
    assert find_sentences(text) == []


MARKS = '"“”’()[]…—%5. \n\0é\u2028\xa0'
WORDS = ". |? |\r\n|\n\n|...|U.S.|Mr. |He said|the|A|e\u0301|👩‍👩‍👧|Dr.|KIEV|By |iPhone|(Reuters) - "
PIECES = st.sampled_from([*MARKS, *WORDS.split("|")])


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join)))
def test_split_loses_nothing_and_keeps_the_order(text):
    assert_lossless(text, split(text))


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_found_sentences_lie_within_split_ones(text):
    whole = split(text)
    found = find_sentences(text)
    assert all(any(start <= span.start < span.end <= end for start, end in whole) for span in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_the_same_text_gives_the_same_sentences(text):
    assert split(text) == split(text)


@pytest.mark.parametrize(
    "unit", ['"', "“", "?”", '."', ". ", "a. ", "a.", "Mr. ", "(", ") ", "1. ", "…", "A.B", "\n", "a\n", " ("]
)
def test_a_long_run_of_anything_is_split_in_time(unit):
    text = unit * (200_000 // len(unit))
    assert_lossless(text, split(text))


def test_a_megabyte_without_a_space_is_one_sentence():
    text = "x" * 1_000_000
    assert split(text) == [(0, 1_000_000)]


def test_a_mark_that_is_the_same_on_both_sides_opens_a_sentence():
    text = "”We go”, said Roe. ”It is over.” It rained."
    assert [span.of(text) for span in split(text)] == ["”We go”, said Roe.", "”It is over.”", "It rained."]


PIECES = [*"board Orla Mrs U.S No etc approx sen Rain fell 5 . ! … ” “ ) (".split(), " "]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=4, max_size=40))
def test_what_is_told_at_a_glance_is_what_the_rules_tell(pieces):
    text = "".join(pieces)
    found = split(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(boundaries, "_ends_plainly", lambda source, at: False)
        assert split(text) == found
