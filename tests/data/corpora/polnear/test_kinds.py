"""Invented sentences with marks as PolNeAR sets them; expected labels by the labelling guide."""

import pytest
from builders import labelled_article

from sayso.data.corpora.polnear.kinds import label_article
from sayso.data.records import Article, Attribution, LabelledArticle, Sentence, Span


def labelled(*sentences):
    """Label sentences: [ ] hold a source, < > a cue, { } content."""
    text, found, n = "", [], 0
    for marked in sentences:
        roles, opened, start = {"[": [], "<": [], "{": []}, {}, len(text)
        for char in marked:
            if char in "[<{":
                opened[char] = len(text)
            elif char in "]>}":
                role = {"]": "[", ">": "<", "}": "{"}[char]
                roles[role].append(Span(opened[role], len(text)))
            else:
                text += char
        attributions = ()
        if roles["{"]:
            source, cue = (roles[role][0] if roles[role] else None for role in "[<")
            attributions = (Attribution(source, cue, tuple(roles["{"])),)
        found.append(Sentence(n, Span(start, len(text)), attributions=attributions))
        text, n = text + "\n", n + 1
    article = label_article(LabelledArticle(Article("a", text), tuple(found), complete=frozenset({"attribution"})))
    assert article.complete == {"attribution", "kind", "source_type"}
    return article.sentences


def labels(*sentences):
    return [(s.kind, s.source_type) for s in labelled(*sentences)]


@pytest.mark.parametrize(
    ("sentence", "speech"),
    [
        ("It rained.", "none"),
        ("{“Taxes will fall,”} [Trump] <said>.", "direct"),  # 3 of 5 words
        ("{“Taxes fall,”} [Donald Trump] <said>.", "indirect"),  # 2 of 5, but somebody's
        ("[Police] <said> {they found a boat}.", "indirect"),
        ("[Police] in the old town on the river <said> {it sank}.", "none"),  # 2 of 11
        ("{“”}", "none"),
    ],
)
def test_speech_is_what_the_marks_alone_tell(sentence, speech):
    assert labelled(sentence)[0].extra == {"speech": speech}


@pytest.mark.parametrize(
    ("sentence", "kind", "source_type"),
    [
        ("It rained.", "narrative", "none"),
        ("{“Taxes will fall,”} [Donald Trump] <said>.", "quote", "political"),
        ("[Police] <said> {they had found a boat}.", "official_claim", "state"),
        ("[Economists] <say> {prices will rise}.", "independent_assessment", "expert"),
        ("[Her mother] <said> {she had left early}.", "narrative", "individual"),
        ("[Critics] <say> {the bridge is unsafe}.", "narrative", "unnamed"),
    ],
)
def test_the_source_decides(sentence, kind, source_type):
    assert labels(sentence) == [(kind, source_type)]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("{“Hate burns,”} [police] <said> on a small stage in the old town.", "quote"),
        ("[Police] <called> it {a “failed” plan to rob the bank}.", "official_claim"),
        ("[Police] <said> {the thief “ran as if wolves were after him”}.", "quote"),
        ("[Police] <said> {he “paints over the rust each spring”}.", "quote"),
        ("[Police] <said> {the thief was “running as if wolves were after him”}.", "official_claim"),
        ("[Police] <called> it {“a plan to rob every bank on the island”}.", "official_claim"),
        ("[Police] <called> it {“a plan that was made by wolves”}.", "quote"),
        ("[Police] <said> {that “the thief ran as if wolves were after him”}.", "quote"),
        ("In an interview with the local radio, [police] <said> {a boat sank}.", "official_claim"),
        ("The bridge that joins both old towns, [police] <said>, {is unsafe}, and it was shut on Monday.", "narrative"),
        ("The boat, [which] <said> {it was bound for the islands in the south}, sank.", "narrative"),
        ("[Police] <closed off> {the bridge and the road to the town}.", "narrative"),
        ("[Police] <were a strong supporter of> {the bridge and the road}.", "narrative"),
        ("[Police] <supported> {the bridge and the road to the town}.", "narrative"),
        ("[Police] <agreed> {to close the bridge and the road}.", "narrative"),
        ("[Police] <agreed> {that the bridge and the road were closed}.", "official_claim"),
        ("[Police] <declined> {to say when the bridge would open}.", "narrative"),
        ("[Police] <praised> {the neighbours, who had brought a rope}.", "official_claim"),
        ("[61 percent] <support> {the bridge and the road}.", "independent_assessment"),
        ("[61 percent] <know> {the bridge and the road}.", "narrative"),
        ("[I] <think> {the bridge is lost}.", "narrative"),
    ],
)
def test_the_main_clause_decides(sentence, kind):
    assert labels(sentence)[0][0] == kind


def test_who_is_not_named():
    assert labels("{The bridge} <is expected> {to close}.") == [("narrative", "none")]
    assert labels("<Reportedly>, {the bridge will close}.") == [("narrative", "unnamed")]
    assert labels("<Apparently>, {the bridge will close}.") == [("narrative", "none")]
    assert labels("{The bridge} <was criticised for> {its toll}.") == [("narrative", "unnamed")]
    assert labels("{“The bridge will close,”} <it was said>.") == [("quote", "unnamed")]


def test_a_pronoun_takes_the_type_of_the_source_named_last():
    first, second, third = (
        "[Police] <said> {a boat sank}.",
        "[They] <said> {it was old}.",
        "[It] <said> {more boats were on their way}.",
    )
    assert labels(first, second, third) == [("official_claim", "state")] * 3


def test_a_personal_pronoun_passes_over_bodies_in_lower_case():
    assert labels(
        "[Donald Trump] <said> {taxes would fall}.",
        "[the police] <said> {a boat sank}.",
        "[He] <said> {it was old}.",
    ) == [("official_claim", "political"), ("official_claim", "state"), ("official_claim", "political")]


def test_a_personal_pronoun_passes_over_crowds_that_begin_a_sentence():
    assert labels(
        "[Donald Trump] <said> {taxes would fall}.",
        "[Critics] <said> {a boat sank}.",
        "[He] <said> {it was old}.",
    ) == [("official_claim", "political"), ("narrative", "unnamed"), ("official_claim", "political")]


def test_a_surname_with_a_description_takes_the_type_of_its_full_name():
    assert (
        labels(
            "[Representative Zebulon Plinth of Ohio] <said> {it rained}.", "[Mr. Plinth, who keeps bees,] <said> {it froze}."
        )
        == [("official_claim", "political")] * 2
    )


def test_a_relay_is_looked_through():
    assert labels("[CNN] <quoted> {a police spokesman as saying the bridge had been closed}.") == [
        ("official_claim", "state")
    ]


def test_a_pronoun_before_any_source_is_not_known():
    assert labels("[She] <said> {it had rained}.") == [(None, None)]


def test_a_surname_takes_the_type_of_its_full_name():
    assert labels("[Zebulon Trump, a professor of law,] <said> {it rained}.", "[Trump] <said> {it froze}.") == [
        ("independent_assessment", "expert"),
        ("independent_assessment", "expert"),
    ]
    assert labels("[Trump] <said> {it froze}.") == [("official_claim", "political")]


def test_a_sentence_of_an_unknown_source_stays_unlabelled():
    assert labels("[Xyzzy Plugh] <said> {it rained}.", "{“It rained,”} [Xyzzy Plugh] <said>.") == [(None, None)] * 2


def test_a_turn_of_a_transcript_is_a_quote_but_a_colon_headline_is_not():
    assert labels("[Trump]<:> {taxes will fall}", "It rained.", "[TRUMP]<:> {They will fall.}") == [
        ("official_claim", "political"),
        ("narrative", "none"),
        ("quote", "political"),
    ]


def test_a_quotation_that_runs_on_is_a_quote_in_each_sentence():
    text = "Police spoke. “It rained. It froze,” police said."
    said = Attribution(Span(37, 43), Span(44, 48), (Span(14, 36),))
    assert [text[a:b] for a, b in (said.source, said.cue, *said.content)] == ["police", "said", "“It rained. It froze,”"]
    last = ("It froze,” police said.", {"attributions": (said,)})
    found = label_article(labelled_article("a", "Police spoke.", "“It rained.", last))
    assert found.article.text == text
    assert [s.kind for s in found.sentences] == ["narrative", "quote", "quote"]


def test_a_sentence_without_words_is_no_trouble():
    assert labels("{…}", "[Police] <said> {…}")[0] == ("narrative", "none")
