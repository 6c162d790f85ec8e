from pathlib import Path

import pytest

from sayso.data.articles.furniture import is_credit, is_furniture_line
from sayso.data.articles.sentences import find_sentences


def found(text):
    return [span.of(text) for span in find_sentences(text)]


@pytest.mark.parametrize(
    "line",
    [
        "- May 2, 2021",
        "Published: Mon 5 May 2014, 10:30 am BST",
        "Updated at 3:40 a.m. ET on Wednesday",
        "2021-05-02T10:30:00Z",
        "6 years ago",
        "52",
        "- No Comment",
        "14 Comments",
        "Share on Facebook",
        "Share Tweet Email Print",
        "– Amara Silva –",
        "By Amara Silva",
        "By Amara Silva and Joe de Witt, Harbour News",
        "Reporting by Amara Silva in Colombo; Editing by Joe Witt",
        "(Additional reporting by Amara Silva; writing by Joe Witt.)",
        "Joe Witt contributed to this report.",
        "REUTERS/Amara Silva",
        "(AFP photo)",
        "(Amara Silva/Reuters)",
        "Photo: Amara Silva/AP",
        "Image: Getty Images",
        "Source: Xinhua|2014-05-02 10:30:00|Editor: ann",
        "Read more: Rain stops play again",
        "Related: Why does it rain?",
        "Also read: Five ways to stay dry",
        "Advertisement",
        "Story continues below advertisement",
        "Follow us on Twitter",
        "Follow @harbournews",
        "Copyright © 2021 Harbour News. All rights reserved.",
        "https://harbour.example/rain",
        "[RELATED] Rain stops play again",
        "/PRNewswire/",
        "To contact the reporter on this story: Amara Silva in Velm at asilva@harbour.example",
        "Story continues",
        "DON'T MISS: Rain stops play again",
        "Updated on May 2, 2021 / 10:30 AM",
        "Estimated read time: 3 minutes",
        "Fact-checked by Amara Silva",
        "You have 2 free articles left.",
        "What do you think? Leave a comment below.",
        "Getty Images",
        "Opens new tab",
        "Required fields are marked *",
        "AMARA SILVA, STAFF WRITER",
        "Amara Silva, Harbour Courier",
        "Image caption: A boat in Velm",
        "Disclaimer: This content is provided for information only.",
        "Stay up to date with our WhatsApp channel.",
        "Strictly embargoed",
        "The Associated Press contributed.",
        "The AP's Amara Silva in Velm contributed.",
        "The views expressed here are those of the author.",
        "More stories by Amara Silva",
        "* * *",
    ],
)
def test_page_furniture_is_no_sentence(line):
    text = f"Rain stops play\n\nIt rained in the town.\n\n{line}\n"
    assert found(text) == ["Rain stops play", "It rained in the town."]


@pytest.mark.parametrize(
    "line",
    [
        "Rain stops play",
        "By noon it rained.",
        "By Friday the town was dry",
        "“No comment.”",
        "No comment came from the ministry.",
        "Share prices fell by 5 percent.",
        "Source close to mayor: he will go",
        "More than 50 people came.",
        "Related companies were fined.",
        "May 2 was a dry day.",
        "In May 2014 rain fell.",
        "Editing by hand takes time.",
        "Photo shows mayor asleep",
        "The rain, which fell for days, contributed to the report of losses.",
        "Follow the money, the mayor said.",
        "Copyright law was changed.",
        "Advertisement sales fell.",
        "“Read more: it helps,” she said.",
        "Two.",
        "Watch: the mayor will not go.",
    ],
)
def test_a_sentence_that_looks_like_furniture_stays(line):
    text = f"Town news\n\nIt rained in the town.\n\n{line}\n"
    assert found(text) == ["Town news", "It rained in the town.", line]


@pytest.mark.parametrize(
    "dateline",
    [
        "KIEV, April 5 (Reuters) – ",
        "WASHINGTON (AP) — ",
        "JUBA, Aug. 24 (Xinhua) -- ",
        "CONCORD, N.H. (AP) — ",
        "LISBON, Portugal — ",
        "Lisbon, Portugal — ",
        "WASHINGTON ― ",
        "LOS ANGELES – ",
        "PARIS/ROME (Reuters) - ",
        "London (CNN)",
        "(CNN) -- ",
        "TARNOW, Minn. (NSW) — ",
        "TARNOW, Feb 11 (Meridian Press) - ",
        "July 24 (PFW) - ",
        "NEW DELHI: ",
        "Mumbai: ",
        "Moscow",
    ],
)
def test_a_dateline_is_cut_off(dateline):
    text = f"Town news\n\n{dateline}The mayor slept. Nobody knew.\n"
    assert found(text) == ["Town news", "The mayor slept.", "Nobody knew."]


def test_a_place_that_is_named_again_is_cut_off_where_it_is_glued():
    text = "Town news\nTarnowMayor Bo Lind slept. The Mayor of Tarnow said nothing.\n"
    assert found(text) == ["Town news", "Mayor Bo Lind slept.", "The Mayor of Tarnow said nothing."]


@pytest.mark.parametrize(
    "line",
    ["MAYOR: The hall is closed.", "Tarnow (the old town) - Bo Lind slept there.", "HARBOUR TALKS (Day Two): Nobody came."],
)
def test_a_speaker_or_an_aside_before_a_colon_or_dash_is_no_dateline(line):
    assert found(f"Town news\n\n{line} Nobody knew.\n")[1] == line


@pytest.mark.parametrize("name", ["McDonald", "DeSantis", "YouTube", "iPhone", "WikiLeaks", "FedEx", "PlayStation"])
def test_a_name_with_a_capital_inside_is_no_dateline(name):
    text = f"Town news\n{name} users slept. Nobody knew.\n"
    assert found(text) == ["Town news", f"{name} users slept.", "Nobody knew."]


@pytest.mark.parametrize(
    "sentence",
    [
        "NATO — the alliance of the north — met in the town.",
        "The town (AP said) slept.",
        "OPEC - which met here - said nothing.",
    ],
)
def test_a_sentence_with_a_dash_or_brackets_is_not_cut(sentence):
    assert found(f"Town news\n\n{sentence}\n") == ["Town news", sentence]


def test_a_caption_that_is_a_sentence_stays():
    text = "FILE PHOTO: The mayor sleeps in May. REUTERS/Amara Silva\n\nThe mayor woke."
    assert found(text) == ["The mayor sleeps in May.", "The mayor woke."]


def test_a_name_alone_is_a_byline_only_above_its_outlet():
    assert found("Town news\n\nAmara Silva\n\nUSA TODAY\n\nIt rained.") == ["Town news", "It rained."]
    assert found("Town news\n\nAmara Silva\n\nIt rained.") == ["Town news", "Amara Silva", "It rained."]


def test_a_scraped_page_gives_its_headline_and_sentences():
    text = (
        "Mayor sleeps through council of town\n- May 11, 2022\n- No Comment\n- 7\n"
        "PragueThe mayor slept, the council said on Monday.Nobody woke him.“He was tired,” his clerk wrote.\n"
        "– Amara Silva –"
    )
    assert found(text) == [
        "Mayor sleeps through council of town",
        "The mayor slept, the council said on Monday.",
        "Nobody woke him.",
        "“He was tired,” his clerk wrote.",
    ]


@pytest.mark.parametrize("unit", ["A, ", "A. ", "and A ", "A/", "Reporting by A. ", "1 ", "by A; "])
def test_a_line_made_to_be_slow_is_judged_in_time(unit):
    for start in ("Reporting by ", "By ", "Photo: ", "(", "Follow ", "- "):
        line = (start + unit * 200)[:248] + "!"
        assert not is_furniture_line(line) or line
        assert is_credit(line) in (True, False)


LINES = Path(__file__).parent / "lines"


def lines_of(name):
    """Give the lines of a list: invented ones, a line each."""
    return (LINES / name).read_text(encoding="utf-8").splitlines()


def sentences_behind_news(line):
    text = f"Bakers walk out\n\nBakers left their ovens at noon.\n\nThe guild offered four percent.\n\n{line}\n"
    return found(text)[3:]


def test_lines_of_every_kind_that_pages_leave_behind_are_no_sentences():
    assert [line for line in lines_of("furniture.txt") if sentences_behind_news(line)] == []


def test_news_that_begins_like_such_lines_stays():
    assert [line for line in lines_of("news.txt") if " ".join(sentences_behind_news(line)) != line] == []


@pytest.mark.parametrize(
    "headline",
    [
        "Video: Mayor slaps baker",
        "Mayor Slaps Baker | Velm Gazette",
        "Photos show mayor asleep",
        "Read more books, says mayor",
        "Poll: Bakers Turn Against Mayor",
        "Language: The Last Barrier",
    ],
)
def test_a_headline_that_looks_like_a_promotion_stays(headline):
    assert found(f"{headline}\n\nBakers left their ovens at noon.")[0] == headline


def test_who_the_author_is_is_told_at_the_end_only_and_only_of_somebody_else():
    bio = "Bo Lind is a reporter for the Velm Gazette."
    story = "Bakers walk out\n\nBakers left their ovens at noon.\n\nThe guild offered four percent."
    assert found(f"{story}\n\n{bio}") == found(story)
    arrested = f"{story}\n\nPolice arrested Bo Lind at noon.\n\n{bio}"
    assert found(arrested)[-1] == bio
    assert found(f"{bio}\n\n{story}")[0] == bio


def test_a_paragraph_of_several_such_sentences_goes_and_a_sentence_among_news_too():
    assert sentences_behind_news("Support local journalism today. Donate now.") == []
    assert sentences_behind_news("The guild met. This story has been updated. Nobody came.") == [
        "The guild met.",
        "Nobody came.",
    ]


@pytest.mark.parametrize(
    "unit", ["A | ", "Bo Lind/", "read more: ", "Aa Bb, ", "get our newsletter ", "this story was ", "photo by A "]
)
def test_a_line_of_any_kind_made_to_be_slow_is_judged_in_time(unit):
    for start in ("", "Photo: ", "Bo Lind is ", "Watch the ", "For more information "):
        line = (start + unit * 100)[:248] + "!"
        assert sentences_behind_news(line) is not None


@pytest.mark.parametrize(
    "line",
    [
        "Play video games, she told the class.",
        "Comments are closed, the clerk ruled.",
        "Click on the wrong link and the money is gone, Mira Hale warned.",
        "Download the app, the harbour board told skippers.",
        "Subscribe to a view of her own, she did not.",
        "Share this story, he begged.",
        "Subscribe now, read one sign.",
        "Embargoed until May, the letter names the mayor.",
        "The opinions expressed in court do not reflect well on the author.",
        "Write to us at post@harbour.example, the board told skippers.",
    ],
)
def test_what_somebody_says_is_news_though_it_begins_as_furniture_does(line):
    first = ["Rain stops play", "It rained in the town."]
    assert found(f"Rain stops play\n\nIt rained in the town.\n\n{line}\n") == [*first, line]
    assert found(f"Rain stops play\n\nIt rained in the town. {line}\n") == [*first, line]


def test_a_name_and_an_outlet_above_the_article_are_its_byline():
    assert found("Amara Silva, Harbour Courier\n\nIt rained in the town.") == ["It rained in the town."]
    assert found("Amara Silva, Harbour Courier") == ["Amara Silva, Harbour Courier"]


@pytest.mark.parametrize(
    "line",
    [
        "Story continues to haunt Velm.",
        "The AP contributed money to the fund, the mayor said.",
        "To contact the reporter on this story, police went to Velm.",
        "Strictly embargoed goods were found on the boat.",
        "Disclaimer letters were sent to all voters.",
        "Amara Silva, a staff writer, was freed.",
        "The views of the author were read out.",
        "More stories by the water were flooded.",
        "File photos of the boat were burned.",
        "[The mayor] left the hall.",
        "You have two free hands.",
        "Produced by farmers, the milk was sold in Velm.",
        "Have your say on the dam, Roe told the town.",
        "Save the ferry.",
    ],
)
def test_news_that_looks_like_furniture_stays(line):
    assert found(f"Rain stops play\n\nIt rained in the town.\n\n{line}\n")[2:] == [line]
