import io

import pytest
from builders import annotated_sentence, csv_rows, found_attribution

from sayso.classify.annotation.records import FoundAttribution
from sayso.classify.audit.roster import Roster
from sayso.classify.audit.roster_file import NOT_GIVEN, added_counts, group_rows, read_roster, roster_csv
from sayso.classify.audit.sentence_pages import marked_up
from sayso.classify.audit.sentences import SentenceStore
from sayso.data.records import Article, Span
from sayso.errors import SaysoError


def annotate(text, *parts):
    """Give one sentence with attributions, each as (source, cue, content) in its words."""
    found = tuple(found_attribution(text, *words, **about) for *words, about in parts)
    types = {f.source_type for f in found}
    source_type = types.pop() if len(types) == 1 else "state"
    return [annotated_sentence(0, Span(0, len(text)), "official_claim", source_type, attributions=found)]


def one(name, text, *parts, **about):
    return Article(name, text, **about), annotate(text, *parts)


BERG = "Foreign Minister Anna Berg said the port would “stay closed” for good."
HOLM = "Berg claimed the cranes were lost, officials said it rained."
STATE = {"source_type": "state"}


@pytest.fixture
def roster():
    """Two articles: one names Anna Berg in full, the other too, outside its attributions, and has nameless officials."""
    roster = Roster(["outlet"])
    said = ("Foreign Minister Anna Berg", "said", "the port would “stay closed” for good", STATE)
    roster.add(*one("a", BERG, said, outlet="Post", date="2020-02-01"))
    text = f"{HOLM} Anna Berg left."
    claimed = ("Berg", "claimed", "the cranes were lost", STATE | {"tone": "distancing"})
    also = ("officials", "said", "it rained", STATE)
    roster.add(*one("b", text, claimed, also, outlet="Mail", date="2020-01-01"))
    return roster


def test_a_speaker_is_one_across_articles_by_the_full_name(roster):
    (berg,) = roster.named()
    assert (berg.name, berg.sort, berg.source_type, berg.articles, berg.sentences) == ("Anna Berg", "person", "state", 2, 2)
    assert (berg.words.quoted, berg.words.paraphrased) == (
        2,
        5 + 4,
    )  # "stay closed"; the port would for good; the cranes were lost
    assert berg.descriptions == {"Foreign Minister": 1}
    assert berg.cues == {("said", "neutral"): 1, ("claimed", "distancing"): 1}
    assert (berg.first, berg.last) == ("2020-01-01", "2020-02-01")


def test_whoever_is_not_named_is_counted_by_type(roster):
    unnamed = next(s for s in roster.ranked() if s.sort == "unnamed")
    assert (unnamed.name, unnamed.words.all, unnamed.descriptions) == ("(state, not named)", 2, {"officials": 1})


def test_of_trivial_variants_the_most_frequent_name_stands():
    roster = Roster()
    for name in ("Anna T. Berg", "Anna Berg", "Anna Berg"):
        roster.add(*one("a", f"{name} said it rained.", (name, "said", "it rained", STATE)))
    assert [(s.name, s.articles) for s in roster.named()] == [("Anna Berg", 3)]


def test_a_surname_without_the_full_name_in_its_article_stays_alone():
    roster = Roster()
    roster.add(*one("a", BERG, ("Foreign Minister Anna Berg", "said", "the port", STATE)))
    roster.add(*one("b", HOLM, ("Berg", "claimed", "the cranes were lost", STATE)))
    assert sorted((s.name, s.is_full) for s in roster.named()) == [("Anna Berg", True), ("Berg", False)]


def test_a_surname_that_two_share_is_left_alone():
    roster = Roster()
    text = f"{HOLM} John Berg met Anna Berg."
    roster.add(*one("a", text, ("Berg", "claimed", "the cranes were lost", STATE)))
    assert [s.name for s in roster.named()] == ["Berg"]


@pytest.mark.parametrize(
    ("printed", "speaker"),
    [
        ("Berg aides", "(state, not named)"),
        ("Berg spokesman John Roe", "John Roe"),
        ("the Berg Foundation", "Berg Foundation"),
        ("Ms. Berg", "Anna Berg"),
        ("her", "Anna Berg"),
        ("many", "(state, not named)"),
    ],
)
def test_what_is_printed_says_that_it_is_another(printed, speaker):
    text = f"{printed} said it rained. Anna Berg left."
    sentence = annotate(text, (printed, "said", "it rained", STATE | {"speaker": "Anna Berg"}))
    roster = Roster()
    roster.add(Article("a", text), sentence)
    assert [s.name for s in roster.ranked()] == [speaker]


def test_groups_count_articles_words_and_speakers(roster):
    rows = [
        (r["by"], r["value"], r["articles"], r["words_quoted"], r["words_paraphrased"], r["speakers"], r["state"])
        for r in group_rows(roster)
    ]
    assert rows == [("", "", 2, 2, 11, 1, 13), ("outlet", "Mail", 1, 0, 6, 1, 6), ("outlet", "Post", 1, 2, 5, 1, 7)]


def test_the_table_has_a_row_a_source(roster):
    first, second = csv_rows(roster_csv(roster))
    assert (first["speaker"], first["sort"], first["full_name"], first["articles"]) == ("Anna Berg", "person", "yes", "2")
    assert first["cues"] == "said 1; claimed 1 (distancing)"
    assert float(first["share_of_words"]) == pytest.approx(11 / (12 + 13), abs=1e-6)
    assert second["speaker"] == "(state, not named)"


def keep(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "kept.csv"
    path.write_bytes(text.encode(encoding))
    return read_roster(str(path), print)


@pytest.mark.parametrize(("mark", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16")])
def test_the_newsrooms_columns_are_carried_on(tmp_path, roster, mark, encoding):
    text = "speaker,articles,role,community\nAnna Berg,9,minister,coast\nJane Roe,1,baker,hills\n".replace(",", mark)
    kept = keep(tmp_path, text, encoding)
    kept.carry_on(roster)
    rows = {row["speaker"]: row for row in csv_rows(roster_csv(roster, kept.columns))}
    assert (rows["Anna Berg"]["articles"], rows["Anna Berg"]["role"], rows["Anna Berg"]["community"]) == (
        "2",
        "minister",
        "coast",
    )
    assert (rows["Jane Roe"]["articles"], rows["Jane Roe"]["role"]) == ("0", "baker")  # says nothing this time
    assert rows["(state, not named)"]["role"] == ""
    assert [(value, n, words.all) for value, n, words in added_counts(roster, "role")] == [("minister", 1, 11)]


def test_sources_without_an_added_value_are_counted_too(roster):
    assert [(value, n) for value, n, _ in added_counts(roster, "role")] == [(NOT_GIVEN, 1)]


def test_the_same_table_comes_back(tmp_path, roster):
    text = roster_csv(roster, ["role"])
    kept = keep(tmp_path, text)
    kept.carry_on(roster)
    assert kept.columns == ("role",)
    assert roster_csv(roster, kept.columns) == text


def test_the_newsroom_says_who_is_the_same(tmp_path):
    kept = keep(tmp_path, "speaker,sort,same_as\nBerg,person,Anna Berg\n")
    roster = Roster(same=kept.same)
    roster.add(*one("b", HOLM, ("Berg", "claimed", "the cranes were lost", STATE)))
    assert [s.name for s in roster.named()] == ["Anna Berg"]


@pytest.mark.parametrize("accepted", ["yes", "Yes", "x"])
def test_a_proposal_that_is_accepted_joins_the_rows(tmp_path, accepted):
    kept = keep(tmp_path, f"speaker,sort,same_as,same_as_proposed\nBerg,person,{accepted},Anna Berg\n")
    assert kept.same["person berg"].name == "Anna Berg"
    assert kept.rows["person berg"][1] == {"same_as": "Anna Berg"}  # so that it holds the next time too


def test_a_proposal_that_is_not_accepted_joins_nothing(tmp_path):
    assert keep(tmp_path, "speaker,sort,same_as,same_as_proposed\nBerg,person,,Anna Berg\n").same == {}


def test_a_yes_to_no_proposal_is_refused(tmp_path):
    message = r"kept.csv: 'Berg' has 'yes' in same_as, but no same_as_proposed; write the other speaker's name instead."
    with pytest.raises(SaysoError, match=message):
        keep(tmp_path, "speaker,same_as\nBerg,yes\n")


def test_rows_joined_one_after_the_other_join_the_last(tmp_path):
    rows = "Berg,person,A. Berg\nA. Berg,person,Anna Berg\nAnna Berg,person,\n"
    kept = keep(tmp_path, f"speaker,sort,same_as\n{rows}")
    assert {key: known.name for key, known in kept.same.items()} == {
        "person berg": "Anna Berg",
        "person a berg": "Anna Berg",
    }


def test_rows_joined_in_a_circle_are_refused(tmp_path):
    with pytest.raises(SaysoError, match=r"same_as joins '(Anna )?Berg' to itself; empty one of these cells."):
        keep(tmp_path, "speaker,sort,same_as\nBerg,person,Anna Berg\nAnna Berg,person,Berg\n")


def test_a_row_is_joined_to_the_sort_that_its_row_has(tmp_path):
    kept = keep(tmp_path, "speaker,sort,same_as\nVelm,body,Dana Velm\nDana Velm,body,\n")
    assert kept.same["body velm"].sort == "body"


PRONOUNS = "Foreign Minister Anna Berg said it rained. She said it poured. He said it snowed."


def three(*speakers):
    """Give an article of three sentences, each said to be of somebody."""
    parts = [("Foreign Minister Anna Berg", "it rained"), ("She", "it poured"), ("He", "it snowed")]
    annotated, start = [], 0
    for n, ((source, content), speaker) in enumerate(zip(parts, speakers, strict=True)):
        end = PRONOUNS.index(".", start) + 1
        spans = [Span(at := PRONOUNS.index(words, start), at + len(words)) for words in (source, "said", content)]
        found = FoundAttribution(spans[0], spans[1], (spans[2],), speaker, source_type="state")
        annotated.append(annotated_sentence(n, Span(start, end), attributions=(found,)))
        start = end + 1
    return Article("a", PRONOUNS, title="Rain"), annotated


def test_pronouns_are_counted_for_whom_they_stand_for():
    roster = Roster()
    roster.add(*three("Anna Berg", "Anna Berg", None))
    row = csv_rows(roster_csv(roster))[0]
    assert (row["speaker"], row["pronouns_printed"], row["pronoun_she"], row["pronoun_he"]) == (
        "Anna Berg",
        "she 1",
        "1",
        "0",
    )
    assert roster.pronoun_words(roster.total) == {"she": 4}  # it rained, it poured; the snow is nobody's
    assert {s.name: s.pronouns for s in roster.ranked() if s.sort == "unnamed"} == {"(state, not named)": {}}


def test_how_each_attribution_is_justified_and_named(roster):
    first, second = csv_rows(roster_csv(roster))
    assert [first[c] for c in ("by_title", "by_body", "not_justified", "named", "described")] == ["1", "0", "1", "2", "0"]
    assert [second[c] for c in ("by_title", "not_justified", "named", "described", "unnamed")] == ["1", "0", "0", "1", "0"]
    total = group_rows(roster)[0]
    words = {column: n for column, n in total.items() if column.startswith("words_") and n}
    assert words == {
        "words_quoted": 2,
        "words_paraphrased": 11,
        "words_named": 11,
        "words_described": 2,
        "words_by_title": 9,  # the foreign minister's seven, the officials' two
        "words_not_justified": 4,
        "words_pronoun_none": 11,
    }


def test_stated_pronouns_count_and_link_they():
    text = "Robin Hale (they/them), a baker, said it rained. They said it poured."
    ends = [text.index(". ") + 1, len(text)]
    first = found_attribution(text, "Robin Hale", "said", "it rained", source_type="individual", speaker="Robin Hale")
    they = text.index("They")
    spans = Span(they, they + 4), Span(they + 5, they + 9), (Span(they + 10, they + 19),)
    second = FoundAttribution(*spans, "the bakery", source_type="organisation")
    roster = Roster()
    annotated = [
        annotated_sentence(0, Span(0, ends[0]), attributions=(first,)),
        annotated_sentence(1, Span(they, ends[1]), attributions=(second,)),
    ]
    roster.add(Article("a", text), annotated)
    (hale,) = roster.named()
    assert (hale.name, hale.pronouns, hale.attributions) == ("Robin Hale", {"they": 2}, 2)


def test_they_without_a_statement_is_not_taken_for_one_person():
    text = "Robin Hale said it rained. They said it poured."
    first = found_attribution(text, "Robin Hale", "said", "it rained", source_type="individual", speaker="Robin Hale")
    they = text.index("They")
    spans = Span(they, they + 4), Span(they + 5, they + 9), (Span(they + 10, they + 19),)
    roster = Roster()
    annotated = [
        annotated_sentence(0, Span(0, 26), attributions=(first,)),
        annotated_sentence(
            1, Span(they, len(text)), attributions=(FoundAttribution(*spans, None, source_type="individual"),)
        ),
    ]
    roster.add(Article("a", text), annotated)
    assert [(s.name, dict(s.pronouns), s.attributions) for s in roster.named()] == [("Robin Hale", {}, 1)]


def test_the_sentences_of_a_source_are_kept_with_their_marks(tmp_path):
    with (tmp_path / "store").open("w+b") as file:
        roster = Roster(store=SentenceStore(file))
        roster.add(*three("Anna Berg", "Anna Berg", None))
        (article,) = roster.store.of("person anna berg")
        assert list(roster.store.of("person nobody")) == []
    assert (article.title, [s.n for s in article.sentences]) == ("Rain", [0, 1])
    rain, pour = article.sentences
    assert [(mark, span.of(rain.text)) for mark, span in rain.marks] == [
        ("source", "Foreign Minister Anna Berg"),
        ("cue neutral", "said"),
        ("said", "it rained"),
    ]
    assert (rain.pronoun, rain.justification, rain.naming) == ("", "title", "named")
    assert (pour.pronoun, pour.marks[0]) == ("she", ("source pronoun", Span(0, 3)))
    assert marked_up(pour) == (
        '<span class="source pronoun">She</span> <span class="cue neutral">said</span> <span class="said">it poured</span>.'
    )


def test_no_formula_runs_and_none_is_lost(tmp_path):
    kept = keep(tmp_path, "speaker,=note\nAnna Berg,'=1+1\nJane Roe,=2\n")
    roster = Roster()
    kept.carry_on(roster)
    text = roster_csv(roster, kept.columns)
    assert "'=1+1" in text
    assert text.splitlines()[0].endswith(",'=note")
    assert kept.rows["person anna berg"][1] == {"=note": "=1+1"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"nothing|no column 'speaker'|no text|empty"),
        ("name,role\nAnna Berg,minister\n", r"kept.csv: no column 'speaker' in the first line"),
        ("speaker,role,role\nAnna Berg,a,b\n", r"kept.csv: two columns have the name 'role'; rename one."),
        ("speaker\nAnna Berg\nSen. Anna Berg\n", r"are the same speaker; make one row of them"),
    ],
)
def test_what_is_no_roster_is_refused(tmp_path, text, message):
    with pytest.raises(SaysoError, match=message):
        keep(tmp_path, text)


def test_a_missing_roster_is_one_line(tmp_path):
    with pytest.raises(SaysoError, match=r"no.csv: No such file or directory; check the path."):
        read_roster(str(tmp_path / "no.csv"), print)


def test_a_pronoun_that_two_attributions_share_is_printed_once():
    store, roster = kept_sentences()
    text = "Anna Berg left. She said it rained and hoped that it would stop. "
    she = {"speaker": "Anna Berg", **STATE}
    (sentence,) = annotate(text, ("She", "said", "it rained", she), ("She", "hoped", "it would stop", she))
    roster.add(Article("a", text), [sentence])
    (berg,) = roster.named()
    assert (berg.attributions, berg.pronouns) == (2, {"she": 1})
    assert [shown.pronoun for article in store.of("person anna berg") for shown in article.sentences] == ["she"]


def test_two_printed_pronouns_of_a_sentence_are_both_given():
    store, roster = kept_sentences()
    text = "Anna Berg left. She said it rained, she hoped that it would stop. "
    she = {"speaker": "Anna Berg", **STATE}
    (sentence,) = annotate(text, ("She", "said", "it rained", she), ("she", "hoped", "it would stop", she))
    roster.add(Article("a", text), [sentence])
    assert [source.pronouns for source in roster.named()] == [{"she": 2}]
    assert [shown.pronoun for article in store.of("person anna berg") for shown in article.sentences] == ["she, she"]


def test_a_cue_is_counted_without_its_day():
    roster = Roster()
    said = ("The Coast Herald", "reported last month", "the mill would close", {"source_type": "media"})
    roster.add(*one("a", "The Coast Herald reported last month the mill would close.", said))
    assert roster.named()[0].cues == {("reported", "neutral"): 1}


def kept_sentences():
    store = SentenceStore(io.BytesIO())
    return store, Roster(store=store)
