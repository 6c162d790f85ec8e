import pytest
from said import candidate, find, seen

from sayso.classify.speech.deeds import DEED, UNTOLD, is_deed, mark_deeds


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("The governor called the fire brigade at four.", "called"),
        ("The king called early elections.", "called"),
        ("The club called a press conference for noon.", "called"),
        ("The senate rejected the bill by 41 votes to 30.", "rejected"),
        ("The committee rejected a levy on dogs in a secret ballot.", "rejected"),
        ("On Thursday the council rejected the plan by sending it back.", "rejected"),
        ("Nineteen of the deputies supported the toll in the vote.", "supported"),
        ("The board approved the merger.", "approved"),
        ("The senate confirmed the judge by 52 votes to 48.", "confirmed"),
        ("The judge denied bail to the men.", "denied"),
        ("The embassy denied him a visa.", "denied"),
        ("The bank offered him a loan.", "offered"),
        ("The book would offer a rare view of the siege.", "offer"),
        ("The two sides agreed on a date.", "agreed"),
        ("The committee agreed the text of the treaty.", "agreed"),
        ("He pleaded not guilty to fraud.", "pleaded"),
        ("Iceland is considering selling its oldest lighthouse.", "considering"),
        ("Seventy deputies voted for the motion.", "voted"),
        ("The mayor said nothing about the leak.", "said"),
        ("The brewer reported a profit of 12 million euros.", "reported"),
        ("Hale answered the telephone in the galley.", "answered"),
        ("The postman pressed the bell twice.", "pressed"),
        ("The club dismissed its coach.", "dismissed"),
        ("The judge dismissed the case.", "dismissed"),
        ("The school admitted 300 pupils.", "admitted"),
        ("The envoy accepted a bouquet from a child.", "accepted"),
        ("The players challenged for the ball.", "challenged"),
        ("The firm appealed against the fine.", "appealed"),
        ("The blast claimed nine lives.", "claimed"),
        ("The coach recalled the striker to the squad.", "recalled"),
        ("The army called off the exercise.", "called"),
        ("The supreme court agreed to hear the case.", "agreed"),
        ("The judge ruled in favour of the farmers.", "ruled"),
        ("The court refused to hear the appeal.", "refused"),
        ("Regulators declined to approve the drug.", "declined"),
        ("A judge denied the motion on Monday.", "denied"),
        ("The tribunal dismissed the claim.", "dismissed"),
        ("The mine reported a 12 percent fall in first-half profit.", "reported"),
        ("The bishop addressed the envelope to the palace.", "addressed"),
        ("He said not a word about the leak.", "said"),
        ("Some 900 voters were asked between 3 and 9 May.", "asked"),
        ("The institute questioned 1,004 adults by phone.", "questioned"),
        ("The sisters embraced on the steps.", "embraced"),
        ("She hugged her son.", "hugged"),
        ("Villagers show us the dry well.", "show"),
        ("Neighbours quarrelled over the fence.", "quarrelled"),
        ("The two ministers argued with the referee.", "argued"),
        ("The coach slammed the door behind him.", "slammed"),
        ("The captain put down his cup.", "put"),
        ("A van slammed into the gate.", "slammed"),
        ("He recalled his driver from leave.", "recalled"),
        ("The well is not as deep as geologists had estimated.", "estimated"),
        ("The harvest was better than farmers had feared.", "feared"),
        ("Sales fell less than analysts had expected.", "expected"),
        ("Snow fell for nine days, not three, as the office had claimed.", "claimed"),
    ],
)
def test_deeds_and_comparisons_are_no_speech(text, verb):
    viewed = seen(text)
    assert is_deed(viewed, find(viewed, verb)[0])


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("The premier called the plan a disgrace.", "called"),
        ("The premier called the strike illegal.", "called"),
        ("The premier called for calm.", "called"),
        ("The premier ruled out a strike.", "ruled"),
        ("The premier agreed to resign.", "agreed"),
        ("The premier refused to rule out a strike.", "refused"),
        ("The premier dismissed the claim.", "dismissed"),
        ("He said not a word of it was true.", "said"),
        ("The premier called himself a farmer.", "called"),
        ("Voters were asked to leave.", "asked"),
        ("The envoy is asking two questions.", "asking"),
        ("He was asked, “Did you pay?”", "asked"),
        ("The party embraced the plan.", "embraced"),
        ("The figures show that rents fell.", "show"),
        ("The ministers argued that the cuts were fair.", "argued"),
        ("The union slammed the cuts.", "slammed"),
        ("The firm put the delay down to snow.", "put"),
        ("The firm put down the delay to snow.", "put"),
        ("He recalled the night of the fire.", "recalled"),
        ("The premier called the truce “a gift”.", "called"),
        ("The mayor rejected the claim that the water was bad.", "rejected"),
        ("The mayor rejected calls for a new court.", "rejected"),
        ("The police denied the allegations.", "denied"),
        ("The governor offered an apology to the families.", "offered"),
        ("The governor offered to resign.", "offered"),
        ("The minister agreed that the talks were slow.", "agreed"),
        ("The minister agreed on Monday that the talks were slow.", "agreed"),
        ("The vicar pleaded for help.", "pleaded"),
        ("The mayor said nothing was decided.", "said"),
        ("The brewer reported that its profit had doubled.", "reported"),
        ("The palace dismissed the report as nonsense.", "dismissed"),
        ("The firm admitted that 300 pupils were ill.", "admitted"),
        ("The cabinet accepted the criticism.", "accepted"),
        ("The king appealed for calm.", "appealed"),
        ("The army claimed victory.", "claimed"),
        ("Rents have risen, as economists had predicted.", "predicted"),
        ("He has more than 80 million followers, he said.", "said"),
    ],
)
def test_the_same_verbs_are_speech_where_their_objects_are(text, verb):
    viewed = seen(text)
    assert not is_deed(viewed, find(viewed, verb)[0])


def test_the_first_word_of_a_heading_is_not_told():
    viewed = seen("Explained: Why the dam was never built")
    [found] = mark_deeds(viewed, [candidate(viewed, None, "Explained", "Why the dam was never built")])
    assert (found.form, found.score) == (DEED, UNTOLD)


def test_a_deed_is_marked_and_a_plain_one_is_not_told():
    viewed = seen("The mayor called the police at four. The senate rejected the bill.")
    called, rejected = mark_deeds(
        viewed,
        [
            candidate(viewed, "The mayor", "called", "the police at four"),
            candidate(viewed, "The senate", "rejected", "the bill"),
        ],
    )
    assert (called.form, called.score) == (DEED, UNTOLD)
    assert (rejected.form, rejected.score) == (DEED, 0.9)


@pytest.mark.parametrize(
    ("text", "given", "content"),
    [
        (
            "The ministry’s warning of a flood came late.",
            ("The ministry’s", "warning", "of a flood came late"),
            ["of", "a", "flood"],
        ),
        (
            "The senator’s plan of last spring included a rebate.",
            ("The senator’s", "plan", "of last spring included a rebate"),
            ["of", "last", "spring"],
        ),
    ],
)
def test_a_noun_of_speech_that_is_the_subject_says_no_more_than_hangs_on_it(text, given, content):
    viewed = seen(text)
    [found] = mark_deeds(viewed, [candidate(viewed, *given)])
    assert [viewed.words[t] for t in found.content.tolist()] == content
    assert found.form == DEED


def test_a_noun_that_brings_what_is_said_is_speech():
    viewed = seen("The ministry’s warning of a flood is that the river will rise.")
    [found] = mark_deeds(viewed, [candidate(viewed, "The ministry’s", "warning", "the river will rise")])
    assert found.form == ""
