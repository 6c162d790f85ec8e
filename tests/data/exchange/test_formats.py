"""What goes out to another tool comes back equal; what is wrong there is told by file and record."""

import json
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from builders import json_rows, labelled_article
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.data.datasets.build import read_labelled
from sayso.data.exchange.formats import FORMATS, write_exchange
from sayso.data.records import Article, Attribution, LabelledArticle, Sentence, Span
from sayso.data.rows.suggestions import with_suggestions
from sayso.data.scheme import BIASES, KINDS, SOURCE_TYPES, SOURCE_TYPES_OF, STANCES
from sayso.errors import SaysoError

WORDS = st.text(
    st.sampled_from("abé e\u0301 😀👩\u200d🚒 “”‘’\"'`«» \t\u00a0\u2028\u0085 =+-@,;|#\\/<&\u05d0 Z9.,"),
    min_size=1,
    max_size=12,
)
NAMES = WORDS.filter(lambda word: word.strip() == word)
GAPS = st.sampled_from([" ", "\n", "\n\n", " \n KIEV – "])


@st.composite
def laid_out(draw):
    """Give a text and its sentences."""
    text, spans = draw(st.sampled_from(["", "\n", "By A. B. 😀\n\n"])), []
    for _ in range(draw(st.integers(1, 4))):
        pieces = draw(st.lists(NAMES.filter(bool), min_size=1, max_size=3))
        sentence = draw(st.sampled_from([" ", "\n"])).join(pieces)
        spans.append(Span(len(text), len(text) + len(sentence)))
        text += sentence + draw(GAPS)
    return text, spans


def span_in(draw, text, sentence):
    """Draw a span that begins and ends with a sign."""
    places = [i for i in range(*sentence) if not text[i].isspace()]
    start = draw(st.sampled_from(places))
    return Span(start, draw(st.sampled_from([i for i in places if i >= start])) + 1)


def draw_attribution(draw, text, spans, home):
    cue = draw(st.none() | st.just(home))
    cue = cue and span_in(draw, text, cue)
    first = span_in(draw, text, home)
    later = [span for span in spans if span.start >= first.end]
    content = (first, *([span_in(draw, text, later[0])] if later and draw(st.booleans()) else []))
    content = content if cue is None or draw(st.booleans()) else ()
    source = span_in(draw, text, draw(st.sampled_from(spans))) if draw(st.booleans()) else None
    speaker, source_type = draw(st.none() | NAMES), draw(st.none() | st.sampled_from(SOURCE_TYPES))
    return Attribution(source, cue, content, speaker, source_type)


@st.composite
def labelled_articles(draw, name="a/1 😀", place=None):
    """Give an article with any labels; ``place`` is its text and its sentences."""
    text, spans = place or draw(laid_out())
    targets = draw(st.lists(NAMES, max_size=2, unique=True))
    sentences = []
    for n, span in enumerate(spans):
        kind = draw(st.none() | st.sampled_from(KINDS))
        types = SOURCE_TYPES_OF[kind] if kind else SOURCE_TYPES
        sentences.append(
            Sentence(
                n,
                span,
                kind=kind,
                source_type=draw(st.none() | st.sampled_from(types)),
                bias=draw(st.none() | st.sampled_from(BIASES)),
                stance={t: draw(st.sampled_from(STANCES)) for t in targets if draw(st.booleans())},
                loaded=(span_in(draw, text, span),) if draw(st.booleans()) else (),
                attributions=tuple(draw_attribution(draw, text, spans, span) for _ in range(draw(st.integers(0, 2)))),
                extra=draw(st.dictionaries(st.sampled_from(["topic", "frame 1", "straße"]), NAMES, max_size=2)),
            )
        )
    about = {key: draw(st.none() | NAMES) for key in ("title", "outlet", "date", "url", "language")}
    complete = draw(st.frozensets(st.sampled_from(["kind", "attribution", "bias"])))
    meta = {**({"country": draw(NAMES)} if draw(st.booleans()) else {}), **draw(st.sampled_from([{}, {"split": "test"}]))}
    return LabelledArticle(Article(name, text, **about), tuple(sentences), {t: (t + "!",) for t in targets}, complete, meta)


@st.composite
def with_a_models_word(draw):
    """Give an article with labels or without, and a model's suggestion for it."""
    labelled = draw(labelled_articles())
    spans = [s.span for s in labelled.sentences]
    model = draw(labelled_articles(place=(labelled.article.text, spans)))
    model = replace(model, targets=labelled.targets, complete=frozenset())
    if draw(st.booleans()):
        bare = tuple(Sentence(s.n, s.span) for s in labelled.sentences)
        labelled = replace(labelled, sentences=bare, complete=frozenset())
    return with_suggestions(labelled, model)


def there_and_back(articles, folder, name, **how):
    path = folder / f"out{FORMATS[name].suffix}"
    write_exchange(articles, path, name, force=True, **how)
    return read_labelled([path])


EACH = [(name, {}) for name in FORMATS] + [("csv", {"excel": True})]
QUIET = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize(("name", "how"), EACH, ids=[f"{name}{' excel' * bool(how)}" for name, how in EACH])
@QUIET
@given(one=labelled_articles(), other=labelled_articles(name="b"))
def test_what_goes_out_comes_back_equal(tmp_path_factory, name, how, one, other):
    folder = tmp_path_factory.mktemp("exchange")
    assert there_and_back([one, other], folder, name, **how) == [one, other]


@pytest.mark.parametrize("name", FORMATS)
@QUIET
@given(article=with_a_models_word())
def test_suggestions_come_back_apart_from_labels(tmp_path_factory, name, article):
    assert there_and_back([article], tmp_path_factory.mktemp("exchange"), name) == [article]


@pytest.mark.parametrize("name", FORMATS)
def test_very_long_text_comes_back_equal(tmp_path, name):
    sentence = "😀 he said " + "so " * 20_000 + "."
    said = Attribution(Span(2, 4), Span(5, 9), (Span(10, len(sentence)),))
    article = labelled_article("long", (sentence, {"kind": "quote", "attributions": (said,)}), "Rain.", gap="\n\n")
    assert there_and_back([article], tmp_path, name) == [article]


SAID = Attribution(Span(10, 12), Span(13, 17), (Span(2, 9),), "Ed", "individual")
ONE = labelled_article(
    "a1",
    ("😀 “Rain,” he said.", {"kind": "quote", "source_type": "individual", "attributions": (SAID,)}),
    ("It froze.", {"kind": "narrative", "source_type": "none"}),
    gap="\n",
)


def exported(tmp_path, name):
    path = tmp_path / f"out{FORMATS[name].suffix}"
    write_exchange([ONE], path, name)
    return path


# offsets at the border


def test_label_studio_counts_characters(tmp_path):
    (task,) = json.loads(exported(tmp_path, "label-studio").read_text("utf-8"))
    cue = next(r for r in task["annotations"][0]["result"] if r["value"].get("labels") == ["cue"])
    assert cue["value"] == {"start": 13, "end": 17, "text": "said", "labels": ["cue"]}


@pytest.mark.parametrize("name", ["label-studio", "prodigy", "web-annotation"])
def test_utf16_units_are_understood_by_the_words(tmp_path, name):
    """An emoji is two units in JavaScript: whatever follows it stands one further on."""
    path = exported(tmp_path, name)
    raw = path.read_text("utf-8")
    for n in sorted({2, 9, 10, 12, 13, 17, 18, 19, 28}, reverse=True):
        for key in ("start", "end"):
            raw = raw.replace(f'"{key}": {n},', f'"{key}": {n + 1},').replace(f'"{key}": {n}}}', f'"{key}": {n + 1}}}')
    assert '"start": 14' in raw
    path.write_text(raw, "utf-8")
    assert read_labelled([path]) == [ONE]


def test_the_configuration_of_label_studio_shows_every_label(tmp_path):
    targets = replace(ONE, targets={'the "union" & <co>': ()})
    write_exchange([targets], tmp_path / "out.json", "label-studio")
    view = ElementTree.parse(tmp_path / "out.xml").getroot()
    assert [label.get("value") for label in view.find("Labels")] == ["sentence", "source", "cue", "content", "loaded"]
    assert [relation.get("value") for relation in view.iter("Relation")] == ["source", "cue", "content"]
    choices = {tag.get("name"): [c.get("value") for c in tag.findall("Choice")] for tag in view.findall("Choices")}
    assert choices == {
        "kind": list(KINDS),
        "source_type": list(SOURCE_TYPES),
        "bias": list(BIASES),
        "stance_1": list(STANCES),
        "attribution_source_type": list(SOURCE_TYPES),
    }
    titles = [header.get("value") for header in view.iter("Header")]
    assert 'stance towards the "union" & <co>' in titles


def test_line_ends_of_windows_come_back_as_ours(tmp_path):
    path = exported(tmp_path, "label-studio")
    (task,) = json.loads(path.read_text("utf-8"))
    task["data"]["text"] = task["data"]["text"].replace("\n", "\r\n")
    del task["data"]["sayso"]
    for result in task["annotations"][0]["result"]:
        value = result.get("value", {})
        if value.get("start") == 19:
            value.update(start=20, end=29)
    path.write_text(json.dumps([task]), "utf-8")
    (found,) = read_labelled([path])
    assert (found.article, found.sentences) == (ONE.article, ONE.sentences)


def test_brat_cuts_marks_at_line_ends(tmp_path):
    article = labelled_article("a", ("He said it\n rained.", {"kind": "narrative"}))
    write_exchange([article], tmp_path / "out", "brat")
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["00001-a.ann", "00001-a.txt", "annotation.conf"]
    first = (tmp_path / "out" / "00001-a.ann").read_text("utf-8").splitlines()[0]
    assert first == "T1\tnarrative 0 10;12 19\tHe said it rained."
    assert read_labelled([tmp_path / "out"]) == [article]


def test_conll_holds_a_token_a_line(tmp_path):
    lines = exported(tmp_path, "conll").read_text("utf-8").splitlines()
    assert lines[7:16] == [
        "1\t😀\t0\t1\tO\tO\tO\tO",
        "2\t“\t2\t3\tO\tO\tB-0\tO",
        "3\tRain\t3\t7\tO\tO\tI-0\tO",
        "4\t,\t7\t8\tO\tO\tI-0\tO",
        "5\t”\t8\t9\tO\tO\tI-0\tO",
        "6\the\t10\t12\tB-0\tO\tO\tO",
        "7\tsaid\t13\t17\tO\tB-0\tO\tO",
        "8\t.\t17\t18\tO\tO\tO\tO",
        "",
    ]


def test_conllu_has_ten_columns_and_its_tags_in_misc(tmp_path):
    lines = exported(tmp_path, "conllu").read_text("utf-8").splitlines()
    blanks = "\t".join("_" * 7)
    assert lines[:6] == [
        "# newdoc id = a1",
        '# sayso_article = "a1"',
        '# sayso_about = {"targets": [], "complete": []}',
        '# sayso_said = {"0": {"speaker": "Ed", "source_type": "individual"}}',
        "# sent_id = a1-0",
        "# text = 😀 “Rain,” he said.",
    ]
    assert lines[9:18] == [
        f"1\t😀\t{blanks}\tStart=0|End=1",
        f"2\t“\t{blanks}\tStart=2|End=3|Content=B-0|SpaceAfter=No",
        f"3\tRain\t{blanks}\tStart=3|End=7|Content=I-0|SpaceAfter=No",
        f"4\t,\t{blanks}\tStart=7|End=8|Content=I-0|SpaceAfter=No",
        f"5\t”\t{blanks}\tStart=8|End=9|Content=I-0",
        f"6\the\t{blanks}\tStart=10|End=12|Source=B-0",
        f"7\tsaid\t{blanks}\tStart=13|End=17|Cue=B-0|SpaceAfter=No",
        f"8\t.\t{blanks}\tStart=17|End=18",
        "",
    ]


def test_conllu_has_no_value_that_readers_cut(tmp_path):
    """conllu 6.0 ends a value of MISC at its second equals sign, and takes what begins with a hashtag for a comment."""
    words = "#Kerrow = wet | cold\u2028#2, he said."
    said = (Attribution(None, Span(28, 32), (Span(0, 7),)), Attribution(None, Span(28, 32), (Span(0, 20),)))
    article = labelled_article("a=1|b", (words, {"attributions": said, "extra": {"topic": "x=y|z"}}))
    write_exchange([article], tmp_path / "out.conllu", "conllu")
    raw = (tmp_path / "out.conllu").read_text("utf-8")
    assert raw.splitlines() == raw.removesuffix("\n").split("\n")  # no other line ends
    tokens = [line.split("\t") for line in raw.split("\n") if line and not line.startswith("# ")]
    assert [cells[0] for cells in tokens] == [str(n) for n in range(1, len(tokens) + 1)]
    assert {len(cells) for cells in tokens} == {10}
    assert all(pair.count("=") == 1 for cells in tokens for pair in cells[9].split("|"))
    assert tokens[0][9] == "Start=0|End=1|Content=B-0,B-1|SpaceAfter=No"
    assert read_labelled([tmp_path / "out.conllu"]) == [article]


@pytest.mark.parametrize(
    ("before", "prefix"),
    [
        ("a" * 40, "a" * 32),
        ("b" + "😀" * 20, "😀" * 16),
        ("😀" + "a" * 31, "a" * 31),  # with the emoji these were 33
        ("😀" + "a" * 30, "😀" + "a" * 30),
        ("", ""),
    ],
)
def test_context_of_a_web_annotation_has_32_units_of_utf16(tmp_path, before, prefix):
    """An emoji is two units; dom-anchor-text-quote 4.0.2 raises on more than 32."""
    said = Attribution(None, Span(len(before), len(before) + 4), ())
    article = labelled_article("a", (f"{before}said{before[::-1]}", {"attributions": (said,)}))
    write_exchange([article], tmp_path / "out.jsonl", "web-annotation")
    (page,) = json_rows((tmp_path / "out.jsonl").read_text("utf-8"))
    (quote,) = [item["target"]["selector"][1] for item in page["items"] if item["body"][0]["value"] == "cue"]
    assert (quote["prefix"], quote["exact"], quote["suffix"]) == (prefix, "said", prefix[::-1])


def test_a_spreadsheet_runs_nothing(tmp_path):
    evil = replace(ONE, sentences=(replace(ONE.sentences[0], extra={"topic": '=HYPERLINK("x")', "t2": "'tis"}),))
    write_exchange([evil], tmp_path / "out.csv", "csv", excel=True)
    raw = (tmp_path / "out.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert "'=HYPERLINK" in raw.decode()
    assert [dict(s.extra) for a in read_labelled([tmp_path / "out.csv"]) for s in a.sentences] == [
        {"topic": '=HYPERLINK("x")', "t2": "'tis"}
    ]


def test_a_relation_drawn_by_hand_joins_an_attribution(tmp_path):
    """A person marks three stretches in Label Studio and joins them, in whatever direction."""

    def region(key, start, end, label):
        return {"id": key, "type": "labels", "value": {"start": start, "end": end, "labels": [label]}}

    results = [region("s", 0, 4, "source"), region("c", 5, 9, "cue"), region("x", 10, 19, "content")]
    results += [{"type": "relation", "from_id": a, "to_id": b} for a, b in (("s", "c"), ("x", "c"))]
    tasks = [{"id": 7, "data": {"text": "Anna said it rained."}, "annotations": [{"result": results}]}]
    (tmp_path / "t.json").write_text(json.dumps(tasks), "utf-8")
    (found,) = read_labelled([tmp_path / "t.json"])
    assert found.article.id == "7"
    assert found.sentences[0].attributions == (Attribution(Span(0, 4), Span(5, 9), (Span(10, 19),)),)


def test_a_task_that_is_not_answered_is_no_label(tmp_path):
    lines = [
        {"text": "Rain.", "spans": [{"start": 0, "end": 5, "label": "sentence", "kind": "narrative"}], **answer}
        for answer in ({"meta": {"id": "a"}}, {"answer": "accept"}, {"answer": "reject"})
    ]
    (tmp_path / "t.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    one, other = read_labelled([tmp_path / "t.jsonl"])
    assert (one.sentences[0].kind, dict(one.sentences[0].extra)) == (None, {"suggested_kind": "narrative"})
    assert (other.sentences[0].kind, dict(other.sentences[0].extra)) == ("narrative", {})


# bad input


def broken(tmp_path, name, change):
    path = exported(tmp_path, name)
    path = next(path.glob("*.ann")) if name == "brat" else path
    raw = path.read_text("utf-8")
    assert change(raw) != raw
    path.write_text(change(raw), "utf-8")
    return path.parent if name == "brat" else path


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "label-studio",
            '["quote"]',
            '["qoute"]',
            r"out\.json:1, sentence at 0: kind 'qoute' is not one of quote, official_claim",
        ),
        (
            "label-studio",
            '["cue"]',
            '["verb"]',
            r'out\.json:1: region a0_0 is labelled \["verb"\]; it must be one of sentence',
        ),
        (
            "label-studio",
            '"end": 17',
            '"end": 900',
            r"out\.json:1, sentence at 0: attribution 1: cue is 13 to 900, outside the article's 28",
        ),
        (
            "label-studio",
            '"said"',
            '"sang"',
            r"out\.json:1, sentence at 0: attribution 1: cue is 13 to 17, which is 'said', not 'sang'",
        ),
        (
            "label-studio",
            '"start": 0',
            '"start": "x"',
            r"out\.json:1: region s0: start is 'x'; it must be a whole number, 0 or more",
        ),
        ("label-studio", '"data": {', '"data": ', r"out\.json: broken JSON"),
        ("prodigy", '"quote"', '"qoute"', r"out\.jsonl:1, sentence at 0: kind 'qoute' is not one of"),
        (
            "prodigy",
            '"label": "cue"',
            '"label": "verb"',
            r"out\.jsonl:1: span \d is labelled 'verb'; it must be one of sentence",
        ),
        (
            "prodigy",
            '"end": 17',
            '"end": 900',
            r"out\.jsonl:1, sentence at 0: attribution 1: cue is 13 to 900, outside the article's 28",
        ),
        ("prodigy", '"accept"', '"yes"', r"out\.jsonl:1: answer 'yes' is not one of accept, reject, ignore"),
        ("web-annotation", '"quote"', '"qoute"', r"out\.jsonl:1, sentence at 0: kind 'qoute' is not one of"),
        (
            "web-annotation",
            '"value": "cue"',
            '"value": "verb"',
            r"out\.jsonl:1: annotation \d: tagged as " r"'verb'; it must be one of",
        ),
        (
            "web-annotation",
            '"end": 17',
            '"end": 900',
            r"out\.jsonl:1, sentence at 0: attribution 1: cue is 13 to 900, outside",
        ),
        ("web-annotation", "TextPosition", "Text", r"out\.jsonl:1: annotation 1: no TextPositionSelector"),
        ("brat", "T3\tCue 13 17", "T3\tCue 13 900", r"00001-a1\.ann:\d: T3 ends at 900, but the text ends at 28"),
        ("brat", "\tsaid", "\tsang", r"00001-a1\.ann:\d: T3 is 'said' in the text, not 'sang'"),
        ("brat", "T3\tCue 13 17\tsaid", "T3 Cue", r"00001-a1\.ann:\d: not a line of brat's standoff format"),
        (
            "brat",
            "SourceType T1 individual",
            "SourceType T1 nobody",
            r"a1\.ann, sentence at 0: source_type 'nobody' is not one of state",
        ),
        ("conll", '"quote"', '"qoute"', r"out\.conll:2, sentence at 0: kind 'qoute' is not one of"),
        ("conll", "7\tsaid\t13\t17", "7\tsaid\t13\t900", r"out\.conll:14: 13 to 900 is 'said\..*', not 'said'"),
        ("conll", "\tB-0\tO\tO\n", "\tX\tO\tO\n", r"out\.conll:14: cue is 'X'; it must be O, B-N or I-N"),
        ("conll", "8\t.\t17\t18\tO", "8\t.\t17\t18", r"out\.conll:15: 7 columns instead of eight"),
        ("conll", '# article = "a1"\n', "", r"out\.conll:\d+: a token before the first article"),
        ("csv", ",quote,", ",qoute,", r"out\.csv:1: kind 'qoute' is not one of"),
        ("jsonl", '"quote"', '"qoute"', r"out\.jsonl:1: kind 'qoute' is not one of"),
    ],
)
def test_what_is_wrong_is_told_by_file_and_record(tmp_path, name, old, new, message):
    with pytest.raises(SaysoError, match=message):
        read_labelled([broken(tmp_path, name, lambda raw: raw.replace(old, new))])


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in ("brat", "parquet")])
def test_half_a_file_is_refused(tmp_path, name):
    with pytest.raises(SaysoError, match=r"out\.\w+(:\d+)?: "):
        read_labelled([broken(tmp_path, name, lambda raw: raw[: len(raw) // 2])])


@pytest.mark.parametrize("name", ["prodigy", "web-annotation", "conll"])
def test_an_article_stands_once(tmp_path, name):
    path = exported(tmp_path, name)
    raw = path.read_text("utf-8")
    path.write_text(raw + raw, "utf-8")
    with pytest.raises(
        SaysoError,
        match=r"article 'a1' is already given at .*out\.\w+:\d, possibly by another "
        r"annotator; save each annotator's labels as a file of their own",
    ):
        read_labelled([path])
    path.write_text(raw + raw.replace("froze", "thawed").replace('28, "', '29, "'), "utf-8")
    with pytest.raises(SaysoError, match=r"is already given at .*, with another text|not 'thawed'"):
        read_labelled([path])


def test_two_people_in_one_task_are_refused(tmp_path):
    source = {"id": "a", "type": "labels", "value": {"start": 0, "end": 4, "labels": ["source"]}}
    people = [{"completed_by": 3, "result": [source]}, {"completed_by": 5, "result": []}]
    tasks = [{"id": 1, "data": {"text": "Rain."}, "annotations": people}]
    (tmp_path / "t.json").write_text(json.dumps(tasks), "utf-8")
    with pytest.raises(SaysoError, match=r"t\.json:1: annotations by several people \(3, 5\); export each person"):
        read_labelled([tmp_path / "t.json"])


def test_two_cues_make_no_attribution(tmp_path):
    spans = [
        {"start": 0, "end": 4, "label": "cue", "attribution": 0},
        {"start": 5, "end": 7, "label": "cue", "attribution": 0},
    ]
    (tmp_path / "t.jsonl").write_text(json.dumps({"text": "Said he.", "spans": spans, "answer": "accept"}), "utf-8")
    with pytest.raises(SaysoError, match=r"t\.jsonl:1: an attribution has 2 cues"):
        read_labelled([tmp_path / "t.jsonl"])


def test_a_text_of_brat_must_be_there(tmp_path):
    (tmp_path / "a.ann").write_text("", "utf-8")
    with pytest.raises(SaysoError, match=r"a\.ann: its text is missing; put a\.txt into the same folder"):
        read_labelled([tmp_path])


def test_nothing_is_replaced_unasked(tmp_path):
    path = exported(tmp_path, "label-studio")
    before = path.read_bytes()
    with pytest.raises(SaysoError, match=r"out\.json already exists; choose another name, or add --force"):
        write_exchange([ONE], path, "label-studio")
    path.unlink()
    with pytest.raises(SaysoError, match=r"out\.xml already exists"):
        write_exchange([ONE], path, "label-studio")
    assert not path.exists()
    write_exchange([ONE], path, "label-studio", force=True)
    assert path.read_bytes() == before


def test_a_folder_with_something_else_is_kept(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.doc").touch()
    with pytest.raises(SaysoError, match=r"contains 'thesis\.doc', which sayso did not write"):
        write_exchange([ONE], tmp_path / "out", "brat", force=True)
