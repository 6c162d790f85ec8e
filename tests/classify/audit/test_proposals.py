from array import array
from dataclasses import replace

import pytest
from builders import annotated_sentence, found_attribution

from sayso.classify.audit.proposals import Proposal, leads_anyway, open_proposals, proposals
from sayso.classify.audit.roster import Roster, Source
from sayso.data.records import Article, Span


def add(roster, *sources, before="", speaker=None):
    """Count an article in which each source says that it rained."""
    sentences, text = [], before
    for source in sources:
        start = len(text)
        text += f"{source} said it rained. "
        sentences.append((start, source, len(text)))
    annotated = []
    for n, (start, source, end) in enumerate(sentences):
        found = found_attribution(text[start:end], source, "said", "it rained", source_type="state", speaker=speaker)
        moved = replace(
            found,
            source=Span(found.source.start + start, found.source.end + start),
            cue=Span(found.cue.start + start, found.cue.end + start),
            content=tuple(Span(c.start + start, c.end + start) for c in found.content),
        )
        annotated.append(annotated_sentence(n, Span(start, end), attributions=(moved,)))
    roster.add(Article(f"a{roster.total.articles}", text), annotated)


def found(*articles):
    roster = Roster()
    for sources in articles:
        add(roster, *sources)
    return {roster.sources[key].name: (p.name, p.reason) for key, p in proposals(roster).items()}


def test_a_surname_is_proposed_to_be_the_one_with_the_same_introduction():
    assert found(["Mayor Anna Berg"], ["Mayor Berg"]) == {"Berg": ("Anna Berg", "both are introduced as mayor")}


def test_a_name_alone_is_no_reason():
    assert found(["Mayor Anna Berg"], ["Berg"]) == {}
    assert found(["Mayor Anna Berg"], ["Professor Berg"]) == {}


def test_of_two_that_come_into_question_none_is_proposed():
    assert found(["Mayor Anna Berg"], ["Mayor John Berg"], ["Mayor Berg"]) == {}


def test_another_bearer_for_whom_nothing_speaks_is_no_obstacle():
    assert found(["Mayor Anna Berg"], ["John Berg"], ["Mayor Berg"])["Berg"][0] == "Anna Berg"


def test_both_in_one_article_is_a_reason():
    roster = Roster()
    for name, articles in (("Anna Berg", [0, 3]), ("Berg", [3]), ("John Berg", [1])):
        roster.sources[name] = Source(name, "person", attributions=1, seen=array("q", articles))
    assert [(p.name, p.reason) for p in proposals(roster).values()] == [("Anna Berg", "both are sources in 1 article")]


def test_pronouns_that_differ_speak_against_it():
    roster = Roster()
    add(roster, "Mayor Anna Berg")
    add(roster, "She", speaker="Anna Berg")
    add(roster, "Mayor Berg")
    add(roster, "He", speaker="Berg")
    assert proposals(roster) == {}


def test_a_son_is_not_his_father():
    assert "Berg Jr" not in found(["Mayor Anna Berg"], ["Mayor Berg Jr"])


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("A. Berg", "Anna Berg", "the same initial and last name"),
        ("Anna Berg", "Anna Lind Berg", "the same first and last name"),
    ],
)
def test_initials_and_names_between(one, other, reason):
    assert found([one], [other]) == {one: (other, reason)}


def test_bodies_by_legal_form_and_by_an_acronym_that_is_introduced():
    legal = {"VELMCO": ("VELMCO Inc", "the same name but for the legal form")}
    assert found(["VELMCO"], ["VELMCO Inc"]) == legal
    roster = Roster()
    add(roster, "the Island Transport Agency", before="The Island Transport Agency (ITA) is new. ")
    add(roster, "the ITA")
    reason = "an article introduces it: Island Transport Agency (ITA)"
    assert list(proposals(roster).values()) == [("Island Transport Agency", reason)]


def test_an_acronym_that_no_article_introduces_is_left_alone():
    assert found(["the Island Transport Agency"], ["the ITA"]) == {}


def leader(*rows):
    """Give who has most words whatever is joined, of persons with words and what is proposed for them."""
    roster = Roster()
    wanted = {}
    for name, n_words, proposed in rows:
        source = Source(name, "person", attributions=1)
        source.words.add(0, n_words)
        roster.sources[name] = source
        if proposed:
            wanted[name] = Proposal(proposed, "")
    first = leads_anyway(roster, wanted)
    return first and first.name


def test_the_first_is_named_where_no_join_changes_it():
    assert leader(("Ada Holm", 90, ""), ("Berg", 50, "Anna Berg"), ("Anna Berg", 40, "")) == "Ada Holm"
    assert leader(("Ada Holm", 90, ""), ("Holm", 80, "Ada Holm"), ("Anna Berg", 40, "")) == "Ada Holm"
    assert leader() is None


def test_nobody_is_the_first_where_a_join_could_change_it():
    assert leader(("Ada Holm", 90, ""), ("Berg", 50, "Anna Berg"), ("Anna Berg", 41, "")) is None
    assert leader(("Holm", 90, "Ada Holm"), ("Ada Holm", 10, "")) is None
    assert leader(("Ada Holm", 90, ""), ("Berg", 50, "A. Berg"), ("A. Berg", 30, "Anna Berg"), ("Anna Berg", 20, "")) is None


def test_what_is_accepted_is_no_longer_open():
    roster = Roster()
    add(roster, "Mayor Anna Berg")
    add(roster, "Mayor Berg")
    assert [proposal.name for proposal in open_proposals(roster).values()] == ["Anna Berg"]
    roster.sources["person berg"].added = {"same_as": "Anna Berg"}
    assert open_proposals(roster) == {}
