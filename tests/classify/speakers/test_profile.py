"""The figures are counted by hand: 25 words below the headline, of which the mayor says 9 and engineers 6."""

from collections import Counter
from dataclasses import replace

import pytest
from builders import annotated_sentence, found_attribution, span_of

from sayso.classify.annotation.records import BiasLabel, FoundAttribution, StanceLabel
from sayso.classify.speakers.profile import Count, profile_dict, profile_of, together
from sayso.classify.speakers.speeches import NOT_NAMED, name_of, speeches_of
from sayso.data.records import Article, Span

TEXT = (
    "Quarry to reopen\n\n"
    "Mayor Ada Holm said the quarry would reopen in May. “It is safe,” she claimed.\n\n"
    "Engineers confirmed that the north wall had moved. Rain fell.\n"
)
ARTICLE = Article("quarry", TEXT)


def sentence(n, words, kind, source_type, text=TEXT, **about):
    return annotated_sentence(n, span_of(text, words), kind, source_type, **about)


def said(source, cue, content, speaker=None, text=TEXT, **about):
    return (found_attribution(text, source, cue, content, speaker=speaker, **about),)


MAYOR = said("Mayor Ada Holm", "said", "the quarry would reopen in May", "Ada Holm", source_type="state")
SHE = said("she", "claimed", "“It is safe,”", "Ada Holm", tone="distancing", quoted=True, source_type="state")
ENGINEERS = said("Engineers", "confirmed", "that the north wall had moved", tone="endorsing", source_type="expert")
ANNOTATED = [
    sentence(0, "Quarry to reopen", "narrative", "none", abstain=True),
    sentence(1, "Mayor Ada Holm said the quarry would reopen in May.", "official_claim", "state", attributions=MAYOR),
    sentence(2, "“It is safe,” she claimed.", "quote", "state", attributions=SHE),
    sentence(
        3, "Engineers confirmed that the north wall had moved.", "independent_assessment", "expert", attributions=ENGINEERS
    ),
    sentence(4, "Rain fell.", "narrative", "none"),
]


def test_the_figures_of_a_small_article():
    profile = profile_of(ARTICLE, ANNOTATED)
    assert (profile.articles, profile.sentences, profile.words, profile.abstained) == (1, 4, 25, 0)
    assert profile.headlines == 1
    assert profile.kinds == {
        "quote": Count(1, 5),
        "official_claim": Count(1, 10),
        "independent_assessment": Count(1, 8),
        "narrative": Count(1, 2),
    }
    assert {label: c for label, c in profile.source_types.items() if c.words} == {
        "state": Count(2, 15),
        "expert": Count(1, 8),
        "none": Count(1, 2),
    }
    assert profile.unattributed == 2 / 25
    assert profile.passed_on == Count()
    mayor, engineers = profile.ranked()
    assert (mayor.name, mayor.source_type, mayor.sentences, mayor.articles) == ("Ada Holm", "state", 2, 1)
    assert (mayor.quotes, mayor.paraphrases, mayor.quoted, mayor.paraphrased) == (1, 1, 3, 6)
    assert (mayor.tones, mayor.sources) == (Counter(neutral=1, distancing=1), Counter({"Mayor Ada Holm": 1, "she": 1}))
    assert (engineers.name, engineers.quoted, engineers.paraphrased) == ("Engineers", 0, 6)
    assert engineers.tones == Counter(endorsing=1)
    assert (profile.first, profile.last) == (Counter({"Ada Holm": 1}), Counter(Engineers=1))
    assert profile.tones == Counter(neutral=1, distancing=1, endorsing=1)


def test_the_same_figures_as_plain_values():
    values = profile_dict(profile_of(ARTICLE, ANNOTATED))
    assert values["kinds"]["quote"] == {"sentences": 1, "words": 5, "share": 0.2}
    assert (values["unattributed"], values["headline_sentences"]) == (0.08, 1)
    assert values["speakers"][0] == {
        "name": "Ada Holm",
        "source_type": "state",
        "articles": 1,
        "sentences": 2,
        "quotes": 1,
        "paraphrases": 1,
        "words_quoted": 3,
        "words_paraphrased": 6,
        "share": 0.36,
        "tones": {"neutral": 1, "endorsing": 0, "distancing": 1},
        "sources": {"Mayor Ada Holm": 1, "she": 1},
    }
    assert values["not_named"]["share"] == 0
    assert (values["first_word"], values["last_word"]) == ({"Ada Holm": 1}, {"Engineers": 1})


def test_profiles_add_up_and_the_same_full_name_is_one_speaker():
    one = profile_of(ARTICLE, ANNOTATED)
    both = together([one, profile_of(ARTICLE, ANNOTATED)])
    assert (both.articles, both.sentences, both.words, both.headlines) == (2, 8, 50, 2)
    assert both.kinds["official_claim"] == Count(2, 20)
    assert [(s.name, s.articles, s.words) for s in both.ranked()] == [("Ada Holm", 2, 18), ("Engineers", 2, 12)]
    assert both.first == Counter({"Ada Holm": 2})
    assert one.words == 25


def test_stance_and_loaded_words_are_counted():
    about = {
        "stance": {"the quarry": StanceLabel("against", 0.8)},
        "bias": BiasLabel("biased", 0.9, (span_of(TEXT, "Rain"),)),
    }
    profile = profile_of(ARTICLE, [*ANNOTATED[:4], sentence(4, "Rain fell.", "narrative", "none", **about)])
    assert profile.stance == {"the quarry": Counter(against=1, named=1)}
    assert (profile.biased, profile.loaded) == (1, Counter(rain=1))


def test_an_article_without_sentences_has_no_shares():
    profile = profile_of(Article("empty", ""), [])
    assert (profile.words, profile.unattributed, profile.ranked(), profile.first) == (0, 0, [], Counter())


def test_an_attributed_sentence_without_an_attribution_goes_to_its_source():
    text = "“It is safe,” the mayor said. He left."
    found = [
        sentence(0, "“It is safe,” the mayor said.", "quote", "state", text, source="the mayor", cue="said"),
        sentence(1, "He left.", "official_claim", "state", text),
    ]
    heard = speeches_of(Article("a", text), found)
    assert [(s.name, s.quoted, s.paraphrased, s.tone) for s in heard.speeches] == [
        ("mayor", 3, 0, "neutral"),
        (NOT_NAMED, 0, 2, None),
    ]
    assert heard.speakers == ["mayor", NOT_NAMED]


def test_words_that_two_attributions_give_are_the_larger_ones():
    text = "The mayor said guards had told her the gate was open."
    found = said("The mayor", "said", "guards had told her the gate was open", text=text, source_type="state")
    found += said("guards", "told", "the gate was open", text=text, source_type="individual")
    annotated = [sentence(0, text, "official_claim", "state", text, attributions=found)]
    heard = speeches_of(Article("a", text), annotated)
    assert [(s.name, s.paraphrased) for s in heard.speeches] == [("mayor", 8), ("guards", 0)]
    assert heard.speakers == ["mayor"]


def test_words_of_sentences_that_are_not_attributed_count_for_nobody():
    text = "Guards thought that it was open. It rained."
    found = said("Guards", "thought", "that it was open", text=text, source_type="individual")
    annotated = [sentence(0, text[:32], "narrative", "none", text, attributions=found)]
    heard = speeches_of(Article("a", text), annotated)
    assert (heard.speeches, heard.speakers) == ([], [None])


def test_a_saying_reaches_into_the_sentences_that_it_covers():
    text = "“It is safe,” she said. “Nobody was hurt.”"
    about = {"speaker": "Ada Holm", "quoted": True, "source_type": "state"}
    found = (found_attribution(text, "she", "said", "“It is safe,”", "“Nobody was hurt.”", **about),)
    annotated = [
        sentence(0, "“It is safe,” she said.", "quote", "state", text, attributions=found),
        sentence(1, "“Nobody was hurt.”", "quote", "state", text),
    ]
    heard = speeches_of(Article("a", text), annotated)
    assert [(s.name, s.quoted, dict(s.sentences)) for s in heard.speeches] == [("Ada Holm", 6, {0: 3, 1: 3})]
    assert heard.speakers == ["Ada Holm", "Ada Holm"]


@pytest.mark.parametrize(
    ("names", "joined"),
    [
        (["Ada Holm", "Holm"], ["Ada Holm", "Ada Holm"]),
        (["Mr. Holm", "Ada Holm", "Ben Holm"], ["Holm", "Ada Holm", "Ben Holm"]),
        (["The police", "Police"], ["police", "police"]),
        (["Oslo police", "police"], ["Oslo police", "police"]),
    ],
)
def test_a_short_form_is_joined_with_the_one_name_that_it_ends(names, joined):
    clauses = [f"– {name} said it {n} times." for n, name in enumerate(names)]
    text = " ".join(clauses)
    annotated = []
    for n, (name, clause) in enumerate(zip(names, clauses, strict=True)):
        a = sentence(n, clause, "official_claim", "state", text)
        source = Span(a.span.start + 2, a.span.start + 2 + len(name))
        found = FoundAttribution(source, None, (Span(a.span.end - 9, a.span.end - 1),), source_type="state")
        annotated.append(replace(a, attributions=(found,)))
    assert [s.name for s in speeches_of(Article("a", text), annotated).speeches] == joined


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("The Interior Ministry", "Interior Ministry"),
        ("Eric Holm, who", "Eric Holm"),
        ("President Ada Holm", "Ada Holm"),
        ("Ada Holm, a baker in Tolle,", "Ada Holm"),
        ("the Justice Department", "Justice Department"),
        ("Anna", "Anna"),
        ("I’ve", NOT_NAMED),
        ("an assessment by observers of", "assessment by observers"),
        ("they", NOT_NAMED),
        ("A", NOT_NAMED),
        ("25", NOT_NAMED),
        ("an\n  official", "official"),
    ],
)
def test_names_of_sources(printed, name):
    assert name_of(printed) == name


@pytest.mark.parametrize("speaker", ["of them", "One", "Two", "another"])
def test_what_is_left_of_one_of_them_names_nobody(speaker):
    text = "“We lost two boats,” one of them said."
    attributions = said("one of them", "said", "“We lost two boats,”", speaker, text, quoted=True, source_type="individual")
    annotated = [sentence(0, text, "quote", "individual", text, attributions=attributions)]
    profile = profile_of(Article("a", text), annotated)
    assert (profile.ranked(), profile.first, profile.last) == ([], {NOT_NAMED: 1}, {NOT_NAMED: 1})
