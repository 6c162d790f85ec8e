import csv
import io
import json
import subprocess
import sys
from functools import partial

import pyarrow.parquet as pq
import pytest
from builders import annotated_sentence
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.classify.annotation.conversions import as_dict
from sayso.classify.annotation.records import AnnotatedSentence, BiasLabel, FoundAttribution, OwnLabel, StanceLabel
from sayso.classify.output.csv import Csv
from sayso.classify.output.formats import NAMES, all_formats
from sayso.classify.output.html import OnePage, Pages
from sayso.classify.output.json import Json
from sayso.classify.output.jsonl import JsonLines
from sayso.classify.output.parquet import Parquet
from sayso.classify.output.terminal import Comparison, Terminal
from sayso.classify.output.terminal_text import columns, wrap
from sayso.classify.speakers.explained import LABELS_LINE
from sayso.classify.speakers.profile import CAUTION, profile_of
from sayso.classify.speakers.profile_table import write_profiles
from sayso.data.display import clean
from sayso.data.records import Article, Span
from sayso.data.scheme import BIASES, KINDS, SOURCE_TYPES, STANCES, TONES
from sayso.errors import SaysoError

TEXT = 'Rain fell. Police confirmed, "more or less", that it burned.'
ARTICLE = Article("news/fire.txt", TEXT)
FOUND = FoundAttribution(
    source=Span(11, 17), cue=Span(18, 27), content=(Span(46, 60),), tone="endorsing", source_type="state"
)


def make_annotated(n, start, end, kind, chance, source_type="none", **about):
    scores = {
        "kind_scores": {label: chance if label == kind else (1 - chance) / 3 for label in KINDS},
        "source_type_scores": dict.fromkeys(SOURCE_TYPES, 0.05) | {source_type: 0.6},
    }
    return annotated_sentence(n, Span(start, end), kind, source_type, **scores, **about)


ANNOTATED = [
    make_annotated(0, 0, 10, "narrative", 0.97),
    make_annotated(
        1,
        11,
        60,
        "official_claim",
        0.4,
        "state",
        abstain=True,
        source="Police",
        cue="confirmed",
        attributions=(FOUND,),
        why={"kind": [("cue: confirm", 1.23456), ("quoted", -0.5)]},
    ),
]


def test_a_sentence_has_the_keys_of_the_format():
    assert as_dict(ARTICLE, ANNOTATED[1]) == {
        "article": "news/fire.txt",
        "n": 1,
        "start": 11,
        "end": 60,
        "text": 'Police confirmed, "more or less", that it burned.',
        "language": None,
        "is_headline": False,
        "kind": "official_claim",
        "kind_confidence": 0.4,
        "kind_scores": {
            "quote": 0.2,
            "official_claim": 0.4,
            "independent_assessment": 0.2,
            "narrative": 0.2,
        },
        "abstain": True,
        "source_type": "state",
        "source_type_confidence": 0.6,
        "source": "Police",
        "cue": "confirmed",
        "attributions": [
            {
                "source": {"start": 11, "end": 17, "text": "Police"},
                "speaker": None,
                "cue": {"start": 18, "end": 27, "text": "confirmed", "tone": "endorsing"},
                "content": [{"start": 46, "end": 60}],
                "quoted": False,
                "source_type": "state",
                "via": None,
                "nested": [],
            }
        ],
        "stance": {},
        "bias": None,
        "why": {"kind": [["cue: confirm", 1.2346], ["quoted", -0.5]]},
    }


def test_what_is_not_known_is_null():
    bare = FoundAttribution(None, None, (Span(0, 4),))
    written = as_dict(ARTICLE, make_annotated(0, 0, 10, "narrative", 0.97, attributions=(bare,)))
    assert (written["source"], written["cue"], written["why"]) == (None, None, {})
    assert written["attributions"][0]["source"] is None
    assert written["attributions"][0]["cue"] is None


def write(writer, *articles):
    return writer.begin() + "".join(writer.article(*pair) for pair in articles) + writer.end()


def test_json_lines_and_json_hold_the_same():
    lines = write(JsonLines(), (ARTICLE, ANNOTATED), (ARTICLE, ANNOTATED[:1])).splitlines()
    array = json.loads(write(Json(), (ARTICLE, ANNOTATED), (ARTICLE, ANNOTATED[:1])))
    assert [json.loads(line) for line in lines] == array
    assert [sentence["n"] for sentence in array] == [0, 1, 0]


chances = st.floats(0, 1)
words = st.text(min_size=1, max_size=8)
spans = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda ends: Span(min(ends), max(ends)))
maybe = partial(st.one_of, st.none())


def labels_of(names):
    return st.fixed_dictionaries(dict.fromkeys(names, chances))


def attributions(nested):
    return st.builds(
        FoundAttribution,
        *(maybe(spans), maybe(spans), st.lists(spans, max_size=2).map(tuple), maybe(words)),
        *(st.sampled_from(TONES), st.booleans(), st.sampled_from(SOURCE_TYPES)),
        *(nested, maybe(spans)),
    )


innermost = attributions(st.just(()))
found_attributions = attributions(st.lists(innermost, max_size=2).map(tuple))
annotated_sentences = st.builds(
    AnnotatedSentence,
    *(st.integers(0, 9), spans, words, st.sampled_from(KINDS), st.sampled_from(SOURCE_TYPES)),
    *(labels_of(KINDS), labels_of(SOURCE_TYPES), st.booleans(), maybe(words), maybe(words)),
    attributions=st.lists(found_attributions, max_size=2).map(tuple),
    why=st.dictionaries(words, st.lists(st.tuples(words, st.floats(-99, 99)), max_size=2), max_size=2),
    stance=st.dictionaries(
        words,
        st.builds(StanceLabel, st.sampled_from([*STANCES, "?"]), chances, labels_of(STANCES), st.booleans()),
        max_size=2,
    ),
    bias=maybe(st.builds(BiasLabel, st.sampled_from(BIASES), chances, st.lists(spans, max_size=2).map(tuple))),
    own=st.fixed_dictionaries({"mood": st.builds(OwnLabel, words, chances)}),
)
articles = st.builds(Article, words, st.text(max_size=40), language=maybe(words))


@given(articles, annotated_sentences)
def test_a_line_is_what_the_json_module_would_write(article, a):
    (line,) = JsonLines().article(article, [a]).removesuffix("\n").split("\n")
    values = json.loads(line)
    assert json.dumps(values, ensure_ascii=False) == line
    assert values["text"] == a.span.of(article.text)
    assert values["kind_confidence"] == pytest.approx(a.kind_scores[a.kind], abs=5.1e-5)
    assert values["mood_confidence"] == round(a.own["mood"].confidence * 10_000) / 10_000
    assert values["why"] == {task: [[r, round(w * 10_000) / 10_000] for r, w in of] for task, of in a.why.items()}


@given(articles, st.lists(annotated_sentences, min_size=1, max_size=3))
@settings(max_examples=30, deadline=None)  # the first imports pyarrow.parquet
def test_parquet_holds_the_values_of_the_lines(article, annotated):
    writer = Parquet(["mood"])
    rows = pq.read_table(io.BytesIO(writer.begin() + writer.article(article, annotated) + writer.end())).to_pylist()
    for row, a in zip(rows, annotated, strict=True):
        line = as_dict(article, a)
        assert list(row) == list(line)
        line["stance"] = [{"target": target, **of} for target, of in line["stance"].items()]
        line["why"] = [{"task": task, "reason": r, "weight": w} for task, of in line["why"].items() for r, w in of]
        for inner in (inner for of in line["attributions"] for inner in of["nested"]):
            assert inner.pop("nested") == []
        assert row == line


def test_a_number_that_is_no_chance_is_not_written():
    with pytest.raises(ValueError, match=r"^1\.5 is no chance$"):
        JsonLines().article(ARTICLE, [make_annotated(0, 0, 10, "quote", 1.5)])


def test_json_without_a_sentence_is_an_empty_array():
    assert write(Json()) == "[]\n"


def test_csv_has_a_header_and_a_row_a_sentence():
    assert write(Csv(), (ARTICLE, ANNOTATED)) == (
        "article,n,start,end,text,is_headline,kind,kind_confidence,abstain,source_type,source_type_confidence,source,speaker,cue,"
        "bias,bias_confidence,loaded,stance,language\n"
        "news/fire.txt,0,0,10,Rain fell.,false,narrative,0.97,false,none,0.6,,,,,,,,\n"
        'news/fire.txt,1,11,60,"Police confirmed, ""more or less"", that it burned.",'
        "false,official_claim,0.4,true,state,0.6,Police,Police,confirmed,,,,,\n"
    )


@pytest.mark.parametrize(
    ("stance", "cell"),
    [
        ({"rain": StanceLabel("?", 0.9, named=False)}, ""),
        ({"rain": StanceLabel("?", 0.9)}, '{"rain": "?"}'),
        ({"rain": StanceLabel("?", 0.9, named=False), "sun": StanceLabel("favor", 0.8)}, '{"sun": "favor"}'),
    ],
)
def test_csv_has_no_stance_towards_what_a_sentence_does_not_speak_of(stance, cell):
    found = [make_annotated(0, 0, 10, "narrative", 0.97, stance=stance)]
    (row,) = csv.DictReader(io.StringIO(write(Csv(), (ARTICLE, found)), newline=""))
    assert row["stance"] == cell


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_comes_back_from_json_lines_and_csv(text):
    article = Article(text, text)
    annotated = [make_annotated(0, 0, len(text), "quote", 0.5, source=text, cue=text)]
    (line,) = write(JsonLines(), (article, annotated)).split("\n")[:-1]
    assert json.loads(line)["text"] == json.loads(line)["article"] == text
    rows = list(csv.DictReader(io.StringIO(write(Csv(), (article, annotated)), newline="")))
    assert [row["text"] for row in rows] == [text]


def test_plain_text_marks_sources_and_cues_and_ends_with_counts():
    assert write(Terminal(colour=False, width=None), (ARTICLE, ANNOTATED)) == (
        "news/fire.txt\n"
        "N  97%  none          Rain fell.\n"
        'O? 40%  state         _Police_ *confirmed*, "more or less", that it burned.\n'
        "\n"
        "1 article, 2 sentences, 10 words\n"
        "Q quote                       0 sentences    0% of the words\n"
        "O official_claim               1 sentence   80% of the words\n"
        "I independent_assessment      0 sentences    0% of the words\n"
        "N narrative                    1 sentence   20% of the words\n"
        "  attributed to nobody         1 sentence   20% of the words\n"
        "? 1 sentence where the program is less than 50% sure of the kind\n"
        "\n"
        "speaker                                         quoted paraphrased  endorsed doubted\n"
        "Police                             state             –         20%         1       –\n"
        "First to speak: Police. Last to speak: Police.\n"
        "\n"
        "What the labels mean, and what they do not: sayso docs labels\n"
    )


def test_stance_and_loaded_words_are_shown_where_they_are_known():
    about = {"stance": {"rain": StanceLabel("against", 0.71)}, "bias": BiasLabel("biased", 0.9, (Span(5, 9),))}
    out = write(Terminal(colour=False, width=None), (ARTICLE, [make_annotated(0, 0, 10, "narrative", 0.97, **about)]))
    assert out.splitlines()[1] == "N  97%  none          Rain ~fell~. [rain: against 71%]"
    assert out.endswith(
        "\nStance towards rain: 0 favor, 1 against, 0 neutral, decided in the one sentence that mentions it.\n"
        f"{CAUTION}\nSlanted wording: 1 sentence (fell).\n\n{LABELS_LINE}\n"
    )


def test_an_undecided_stance_shows_no_chance():
    about = {"stance": {"rain": StanceLabel("?", 0.93)}}
    out = write(Terminal(colour=False, width=None), (ARTICLE, [make_annotated(0, 0, 10, "narrative", 0.97, **about)]))
    assert out.splitlines()[1] == "N  97%  none          Rain fell. [rain: ?]"


def test_colour_goes_with_the_kind_sources_are_underlined_and_cues_bold():
    lines = write(Terminal(colour=True, width=80), (ARTICLE, ANNOTATED)).splitlines()
    assert lines[0] == "\x1b[2mnews/fire.txt\x1b[0m"
    assert lines[1].startswith("\x1b[39mN  97%  none         \x1b[0m Rain fell.")
    assert lines[2].startswith("\x1b[33mO? 40%  state        \x1b[0m \x1b[4mPolice\x1b[0m \x1b[1mconfirmed\x1b[0m, ")


def test_without_attributions_the_source_and_cue_of_the_sentence_are_marked():
    claim = make_annotated(1, 11, 60, "official_claim", 0.9, "state", source="Police", cue="confirmed")
    assert "_Police_ *confirmed*, " in write(Terminal(colour=False, width=None), (ARTICLE, [claim]))


def test_long_sentences_are_wrapped_under_themselves():
    text = "Police confirmed " + "that it burned " * 5
    article = Article("a", text.rstrip())
    claim = make_annotated(0, 0, len(article.text), "official_claim", 0.9, "state")
    lines = write(Terminal(colour=False, width=60), (article, [claim])).splitlines()[1:4]
    assert lines == [
        "O  90%  state         Police confirmed that it burned that",
        "                      it burned that it burned that it",
        "                      burned that it burned",
    ]


def test_a_narrow_terminal_does_without_the_source_type():
    lines = write(Terminal(colour=False, width=40), (ARTICLE, ANNOTATED)).splitlines()
    assert lines[1:5] == [
        "N  97%  Rain fell.",
        'O? 40%  _Police_ *confirmed*, "more or',
        '        less", that it burned.',
        "",
    ]


def test_a_blank_line_parts_articles():
    lines = write(Terminal(colour=False, width=None), (ARTICLE, ANNOTATED[:1]), (ARTICLE, ANNOTATED[:1])).splitlines()
    assert lines[:5] == ["news/fire.txt", "N  97%  none          Rain fell.", "", "news/fire.txt", lines[1]]
    assert "2 articles, 2 sentences, 4 words" in lines


@pytest.mark.parametrize(
    "hostile",
    ["\x1b[2J", "\x1b]0;title\x07", "\x9b31m", "a\bb", "\u202eevil", "\u2066x", "\ufeff", "\x7f", "\u200b", "\U000e0041"],
)
def test_what_would_steer_a_terminal_is_shown_as_a_mark(hostile):
    article = Article(f"id{hostile}", f"Rain {hostile} fell.")
    annotated = [make_annotated(0, 0, len(article.text), "narrative", 0.9, source=hostile, cue=f"{hostile} fell")]
    for writer in (Terminal(colour=False, width=None), Terminal(colour=False, width=30)):
        written = write(writer, (article, annotated))
        assert "�" in written
        assert all(c.isprintable() or c == "\n" for c in written)


def test_white_space_of_any_sort_becomes_a_blank():
    assert clean("a\tb\nc\u2028d\u00a0e\x85f") == "a b c d e f"


def test_wide_characters_take_two_columns_and_accents_none():
    assert columns("abc") == 3
    assert columns("日本") == 4
    assert columns("e\u0301") == 1


@given(st.text(), st.integers(2, 30))
def test_lines_hold_every_word_and_are_never_too_long(text, room):
    shown = clean(text)
    lines = [shown[start:end] for start, end in wrap(shown, room)]
    assert "".join("".join(lines).split()) == "".join(shown.split())
    assert all(columns(line) <= room for line in lines)


def test_parquet_holds_stance_and_loaded_words():
    scores = {"favor": 0.1, "against": 0.71, "neutral": 0.19}
    about = {"stance": {"rain": StanceLabel("against", 0.71, scores)}, "bias": BiasLabel("biased", 0.9, (Span(5, 9),))}
    found = [make_annotated(0, 0, 10, "narrative", 0.97, **about), make_annotated(1, 11, 60, "official_claim", 0.9, "state")]
    writer = Parquet()
    table = pq.read_table(io.BytesIO(writer.begin() + writer.article(ARTICLE, found) + writer.end())).to_pylist()
    assert [row["stance"] for row in table] == [
        [{"target": "rain", "label": "against", "confidence": 0.71, "scores": scores, "abstain": False, "named": True}],
        [],
    ]
    assert table[0]["bias"] == {"label": "biased", "confidence": 0.9, "words": [{"start": 5, "end": 9, "text": "fell"}]}
    assert table[1]["bias"] is None


def test_a_comparison_stays_within_the_terminal_and_cannot_steer_it():
    writer = Comparison(colour=False, width=72)
    for name in ("A very long headline about the harbour office of Tolle and its ferries", "\x1b[31mred"):
        writer.article(Article(name, "", title=name), [])
    lines = writer.end().splitlines()
    assert max(map(columns, lines)) <= 72
    assert not any("\x1b" in line for line in lines)
    assert lines[0].split() == ["A", "very", "long", "headline", "�[31mred"]


def test_counts_of_stances_stand_beside_how_far_to_trust_them():
    rain = [make_annotated(0, 0, 10, "narrative", 0.97, stance={"rain": StanceLabel("against", 0.71)})]
    out = write(Comparison(colour=False, width=60), (ARTICLE, rain), (ARTICLE, rain))
    assert CAUTION in " ".join(out.split())
    assert max(map(columns, out.splitlines())) <= 60
    table, rest = write(OnePage(compare=True), (ARTICLE, rain), (ARTICLE, rain)).split("</main>")
    assert (table.count(CAUTION), rest.count(CAUTION)) == (1, 1)
    assert CAUTION not in write(Comparison(colour=False, width=60), (ARTICLE, ANNOTATED), (ARTICLE, ANNOTATED))


def test_the_index_of_pages_says_how_far_to_trust_counts_of_stances():
    pages = Pages()
    pages.article(ARTICLE, [make_annotated(0, 0, 10, "narrative", 0.97, stance={"rain": StanceLabel("against", 0.71)})])
    assert pages.end()["index.html"].count(CAUTION) == 1


def test_a_profile_says_how_far_to_trust_stances_and_how_many_were_told(tmp_path):
    found = [
        make_annotated(0, 0, 10, "narrative", 0.97, stance={"rain": StanceLabel("against", 0.71)}),
        make_annotated(1, 11, 60, "official_claim", 0.9, "state", stance={"rain": StanceLabel("?", 0.5)}),
    ]
    write_profiles(str(tmp_path / "p.json"), [(ARTICLE, profile_of(ARTICLE, found))])
    assert json.loads((tmp_path / "p.json").read_text(encoding="utf-8"))["all"]["stance_caution"] == CAUTION
    write_profiles(str(tmp_path / "none.json"), [(ARTICLE, profile_of(ARTICLE, ANNOTATED))])
    assert "stance_caution" not in (tmp_path / "none.json").read_text(encoding="utf-8")
    write_profiles(str(tmp_path / "p.csv"), [(ARTICLE, profile_of(ARTICLE, found))])
    rows = list(csv.DictReader(io.StringIO((tmp_path / "p.csv").read_text(encoding="utf-8"))))
    told = [(r["sentences"], r["named"], r["told"]) for r in rows if r["of"] == "stance: against"]
    assert told == [("1", "2", "1")] * 2


def test_one_article_cannot_be_compared():
    writer = Comparison(colour=False, width=None)
    writer.article(Article("a", ""), [])
    with pytest.raises(SaysoError, match="--compare needs at least two articles; give another one"):
        writer.end()


def test_a_format_is_called_like_its_module():
    assert [form.name for form in all_formats()] == list(NAMES)


def test_no_suffix_belongs_to_two_formats():
    suffixes = [suffix for form in all_formats() for suffix in form.suffixes]
    assert len(suffixes) == len(set(suffixes)) > 6


def test_the_help_imports_no_format():
    code = "import sys, sayso.cli; print(*sorted(m for m in sys.modules if m.startswith('sayso.classify.output.')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd="/")
    assert done.stdout == "\n"
