import pytest
from builders import spans_in_a_row
from hypothesis import given
from hypothesis import strategies as st

from sayso.classify.entities import coreference, entities, recency
from sayso.classify.entities.coreference import Memory
from sayso.classify.entities.entities import Entity
from sayso.classify.entities.mentions import introductions
from sayso.classify.entities.recency import EVERYBODY, NEAR, Group, Recency, salience
from sayso.classify.language.article_tokens import view

BODIES = Group("bodies", lambda e: e.sort == "body")


def reader(*sentences):
    return Memory(introductions(view("\n".join(sentences), spans_in_a_row(sentences, "\n"))))


def ask(memory, phrase):
    resolved = memory.resolve(phrase.split())
    memory.note(phrase.split(), resolved)
    return resolved.speaker


def met(*steps):
    found = Recency()
    for entity, at in steps:
        entity.seen = at
        found.touch(entity, at)
    return found


@pytest.fixture(params=[1, 1000])
def few(request, monkeypatch):
    """Have two be many, and have all be few: the answers are the same."""
    for module in (coreference, entities, recency):
        monkeypatch.setattr(module, "FEW", request.param)


@pytest.mark.usefixtures("few")
def test_the_most_salient_of_a_group_is_found():
    anna, firm, guild = Entity("Anna Roe", "person"), Entity("Velm", "body"), Entity("Guild", "body")
    found = met((firm, 10), (guild, 20), (anna, 30), (firm, 25))
    assert found.best(EVERYBODY, salience) == (30, anna)
    assert found.best(BODIES, salience) == (25, firm)
    guild.spoke = 20
    found.touch(guild, 20)
    assert found.best(BODIES, salience) == (20 + NEAR, guild)


@pytest.mark.usefixtures("few")
def test_of_two_that_are_as_salient_the_one_met_first_is_found():
    firm, guild = Entity("Velm", "body"), Entity("Guild", "body")
    found = met((firm, 10), (guild, 20), (firm, 20))
    assert found.best(BODIES, salience) == (20, firm)


@pytest.mark.usefixtures("few")
def test_who_leaves_a_group_is_not_found_and_who_comes_to_it_is():
    firm, guild = Entity("Velm", "name"), Entity("Guild", "body")
    found = met((guild, 10), (firm, 20))
    assert found.best(BODIES, salience) == (10, guild)
    firm.sort, guild.sort = "body", "many"
    found.touch(firm, 20)
    assert found.best(BODIES, salience) == (20, firm)


@pytest.mark.usefixtures("few")
def test_scores_below_the_least_do_not_count():
    found = met((Entity("Velm", "body"), 10), (Entity("Guild", "body"), 20))
    assert found.best(BODIES, salience, least=21) is None
    assert found.best(Group("people", lambda e: e.sort == "person"), salience) is None


@pytest.mark.usefixtures("few")
def test_who_has_a_name_goes_before_who_has_none():
    firm, group = Entity("Velm", "body"), Entity("the group", "body")
    found = met((firm, 10), (group, 20))
    assert found.best_named_first(BODIES, salience) == (True, 10, firm)
    assert found.best_named_first(Group("late", lambda e: e.seen > 15), salience) == (False, 20, group)
    assert found.best_named_first(Group("nobody", lambda e: False), salience) is None


@given(
    steps=st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 300), st.booleans(), st.sampled_from(["body", "person"])),
        min_size=2,
        max_size=30,
    )
)
def test_many_are_searched_to_the_same_end_as_few(steps):
    everybody = [Entity(f"Velm {k}", "body") for k in range(6)]
    found = Recency()
    for number, at, spoke, sort in steps:
        entity = everybody[number]
        entity.seen, entity.spoke, entity.sort = at, at if spoke else entity.spoke, sort
        found.touch(entity, max(entity.seen, entity.spoke))
        wanted = [e for e in found.numbers if e.sort == "body"]
        best = max(wanted, key=salience, default=None)
        assert found._best_of_many(BODIES, salience, 0, 0) == (best and (salience(best), best))


@pytest.mark.usefixtures("few")
def test_a_surname_that_three_bear_is_the_one_met_last():
    memory = reader(
        "Ana Roe , a farmer , came .", "Piet Roe , a baker , came .", "Ms Ida Roe , a judge , left .", "Roe spoke ."
    )
    assert ask(memory, "Ana Roe") == "Ana Roe"
    assert memory.resolve(["Roe"], 20).speaker == "Ida Roe"
    assert memory.resolve(["Mr", "Roe"], 20).speaker == "Piet Roe"


@pytest.mark.usefixtures("few")
def test_a_longer_name_is_told_by_a_word_before_the_surname():
    memory = reader("Ana Roe , a farmer , came .", "Piet Roe , a baker , came .", "Ida Roe left .", "Piet Jan Roe spoke .")
    assert ask(memory, "Piet Jan Roe") == "Piet Jan Roe"
    assert [len(known) for known in memory.article.names.values() if len(known) > 1] == [3]


@pytest.mark.usefixtures("few")
def test_a_body_is_told_by_the_words_of_its_longer_name():
    memory = reader("The Lower Ems Council met .", "The Upper Velm Council met .", "The Velm Council voted .")
    assert ask(memory, "The Velm Council") == "Upper Velm Council"


@pytest.mark.usefixtures("few")
def test_a_pronoun_is_nobody_whom_it_does_not_fit():
    memory = reader("Ms Ida Roe came .", "Ms Ana Lund came .", "Mrs Vera Moll came .", "He left .")
    assert memory.resolve(["He"], 15).speaker is None
    assert memory.resolve(["She"], 15).speaker == "Vera Moll"
