import pytest
from said import candidate, seen, words_of

from sayso.classify.speech.forms.hearsay import BROADCAST, HEARSAY, broadcasts, hearsay


def found(text, *candidates):
    """Give what nobody in particular says in a text: the cues' words."""
    viewed = seen(text)
    given = [candidate(viewed, *one) for one in candidates]
    return [words_of(viewed, c.cue) for c in hearsay(viewed, given) if c.form == HEARSAY]


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("The deal is reportedly worth nine million.", "reportedly"),
        ("Reportedly, the mill will close.", "reportedly"),
        ("On Friday the rebels allegedly burned three farms.", "allegedly"),
        ("Two thieves are believed to have fled by boat.", "believed"),
        ("It is understood that the talks will go on.", "understood"),
        ("It is widely believed that the king is ill.", "believed"),
        ("It has been suggested that the fire was set.", "suggested"),
        ("Mayor criticised for flood response", "criticised"),
        ("Minister accused of lying about flood", "accused"),
        ("Rumour has it that the king is ill.", "rumour"),
        ("There are reports that the king is ill.", "reports"),
        ("Nine miners were reported missing.", "reported"),
        ("The mayor was widely criticised for his silence.", "criticised"),
        ("The airline has been accused of greed.", "accused"),
    ],
)
def test_what_nobody_stands_behind_is_found(text, cue):
    assert [one.lower() for one in found(text)] == [cue]


@pytest.mark.parametrize(
    "text",
    [
        "Lena Amo, who reportedly left the town, was seen in Ems.",
        "He phoned the judges, reportedly to win them over.",
        "The mayor was criticised for his silence by the union.",
        "A ferry may be criticised for its price.",
        "The thief was accused of arson.",
        "Mayor criticised the guild for its greed",
        "The mayor said to the guild that it rained",
        "The army believed to the last that the bridge would hold.",
        "The witness was said at last in a whisper.",
        "“The mill is reportedly for sale.”",
    ],
)
def test_side_remarks_and_named_critics_are_left(text):
    assert found(text) == []


def test_what_somebody_says_is_left_to_whoever_says_it():
    text = "The bank is reportedly for sale, Ada Quist said."
    assert found(text, ("Ada Quist", "said", "The bank is reportedly for sale")) == []


def test_whom_a_report_is_about_does_not_speak():
    assert found("The mayor reportedly plans to resign.", ("The mayor", "plans", "to resign")) == ["reportedly"]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The king was shown on television shaking hands.", "television"),
        ("Soldiers were seen on state television raising the flag.", "state television"),
        ("Two men were seen in video footage near the gate.", "video"),
        ("The king was seen in the garden.", None),
        ("The film was shown on Monday.", None),
        ("The men, who were seen on television, fled.", None),
    ],
)
def test_what_television_showed_is_its_own(text, source):
    viewed = seen(text)
    assert [words_of(viewed, c.source) for c in broadcasts(viewed, []) if c.form == BROADCAST] == (
        [source] if source else []
    )
