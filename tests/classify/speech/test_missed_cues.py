import pytest
from said import candidate, seen, words_of

from sayso.classify.speech.missed_cues import CONTRACT, LAW, SPOKEN, add_phrases


@pytest.mark.parametrize(
    ("text", "source", "cue", "said"),
    [
        ("The palace issued a firm denial that he was ill.", "The palace", "issued a firm denial", "that he was ill"),
        ("The premier made clear that the tax would stay.", "The premier", "made clear", "that the tax would stay"),
        ("The premier has made it clear that he will go.", "The premier", "made it clear", "that he will go"),
        ("The union was adamant that nobody would go.", "The union", "was adamant", "that nobody would go"),
        ("The general laid the blame for the raid on clerks.", "The general", "laid the blame", "for the raid on clerks"),
        ("The consul expressed hope that they would go.", "The consul", "expressed hope", "that they would go"),
        ("The chancellor left no doubt that he would go.", "The chancellor", "left no doubt", "that he would go"),
        ("The firm put the cost at 40 million crowns.", "The firm", "put", "the cost at 40 million crowns"),
        ("The mayor held the firm responsible for it.", "The mayor", "held", "the firm responsible for it"),
        ("The club was quick to deny the rumour.", "The club", "was quick to deny", "the rumour"),
        ("The senator took to Facebook to deny the claim.", "The senator", "took to Facebook to deny", "the claim"),
        ("The premier appeared to admit that it had failed.", "The premier", "appeared to admit", "that it had failed"),
        ("The officer is heard telling a man to fire.", "The officer", "is heard telling", "a man to fire"),
        ("Prosecutors charge that the firm lied.", "Prosecutors", "charge", "that the firm lied"),
        ("The study links coffee to longer sleep.", "The study", "links", "coffee to longer sleep"),
        ("The ministry’s message was that he would go.", "The ministry", "message was", "that he would go"),
        ("The view of the ministry is that he will go.", "the ministry", "view", "that he will go"),
        ("Per a police report, the van was stolen.", "a police report", "Per", "the van was stolen"),
        ("In the view of the ministry, the law is clear.", "the ministry", "In the view of", "the law is clear"),
        ("To the opposition, the dam is a waste.", "the opposition", "To", "the dam is a waste"),
        ("To Senator Ruiz, the dam is a waste.", "Senator Ruiz", "To", "the dam is a waste"),
        ("By the governor’s count, nine villages were lost.", "the governor", "count", "nine villages were lost"),
        ("The police put the crowd at 9,000.", "The police", "put", "the crowd at 9,000"),
        ("The ministry puts it at 61.", "The ministry", "puts", "it at 61"),
        ("The army pinned the attack on a rival.", "The army", "pinned", "the attack on a rival"),
        ("The army counts 40 dead.", "The army", "counts", "40 dead"),
        ("The law was condemned by judges as a trick.", "judges", "was condemned", "The law as a trick"),
    ],
)
def test_a_phrase_of_speech_is_found(text, source, cue, said):
    viewed = seen(text)
    [found] = add_phrases(viewed, [])
    assert (words_of(viewed, found.source), words_of(viewed, found.cue), found.form) == (source, cue, SPOKEN)
    assert " ".join(viewed.words[t] for t in found.content.tolist()) == said


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("The law provides that a tenant must be heard.", LAW),
        ("The club’s rules state that only members may vote.", LAW),
        ("The contract stipulates that the firm must rebuild the road.", CONTRACT),
    ],
)
def test_what_a_law_says_is_said(text, form):
    assert [c.form for c in add_phrases(seen(text), [])] == [form]


@pytest.mark.parametrize(
    "text",
    [
        "No law says that a bell must ring.",
        "At the weir, where the law says that the lake ends, he sat down.",
        "To the west, the hills are bare.",
        "To help farmers, the state is building a dam.",
        "To the mayor’s surprise, the dam was empty.",
        "To Ana Ruiz, the club paid nine million.",
        "The law requires that boats be lit.",
        "The village counts 300 houses.",
        "The cook put the pan at the back.",
        "The clerk pinned the notice on the door.",
    ],
)
def test_other_laws_and_counts_say_nothing(text):
    assert add_phrases(seen(text), []) == []


@pytest.mark.parametrize(
    "text",
    [
        "The trend has raised concerns about rents.",
        "The visit made clear that the pier was old.",
        "The ministry issued a statement.",
        "The premier made the remarks in Ems.",
        "The premier did not make clear that the tax would stay.",
        "It is clear that the tax will stay.",
        "The waiter put the cup at the end of the table.",
        "The boy held the rope.",
        "The man was quick to run.",
        "The mayor took to the road to see the pier.",
        "“The palace issued a firm denial that he was ill.”",
        "Per Olsen painted the barn.",
        "The bell was cast by monks in May.",
    ],
)
def test_other_phrases_are_none(text):
    assert add_phrases(seen(text), []) == []


def test_what_the_model_found_there_keeps_its_words():
    viewed = seen("The consul expressed hope that the crew would be freed.")
    [found] = add_phrases(
        viewed, [candidate(viewed, "The consul", "expressed hope", "that the crew would be freed", score=0.5)]
    )
    assert (found.form, found.score) == (SPOKEN, 0.75)
    assert words_of(viewed, found.cue) == "expressed hope"
