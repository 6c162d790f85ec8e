from sayso.classify.speakers.profile import Count, Profile, Speaker
from sayso.classify.speakers.side_by_side import side_by_side


def make_profile(quote, narrative, speakers, first=None):
    profile = Profile(articles=1)
    profile.kinds |= {"quote": Count(1, quote), "narrative": Count(1, narrative)}
    profile.source_types |= {"state": Count(1, quote), "none": Count(1, narrative)}
    for name, words in speakers.items():
        profile.speakers[name.lower()] = Speaker(name, quoted=words)
    profile.first.update([first] if first is not None else [])
    return profile


OURS = make_profile(60, 40, {"Ada Holm": 35, "police": 20, "": 10}, "Ada Holm")
THEIRS = make_profile(10, 90, {"police": 10}, "")


def rows(title):
    (section,) = [s for s in side_by_side([OURS, THEIRS]) if s.title == title]
    return {row.label: row.cells for row in section.rows}


def test_kinds_types_and_speakers_stand_side_by_side():
    assert rows("Share of the words") == {
        "quote": ["60%", "10%"],
        "official_claim": ["", ""],
        "independent_assessment": ["", ""],
        "narrative": ["40%", "90%"],
        "attributed to nobody": ["40%", "90%"],
    }
    assert rows("Source types") == {"state": ["60%", "10%"]}
    assert rows("Who speaks first and last") == {
        "first to speak": ["Ada Holm", "not named"],
        "last to speak": ["nobody", "nobody"],
    }


def test_who_is_heard_most_over_all_articles_comes_first_and_the_unnamed_do_not():
    assert list(rows("Speakers").items()) == [("Ada Holm", ["35%", ""]), ("police", ["20%", "10%"])]


def test_what_no_article_has_is_left_out():
    titles = [s.title for s in side_by_side([OURS, THEIRS])]
    assert titles == ["Size", "Share of the words", "Source types", "Who speaks first and last", "Speakers"]
