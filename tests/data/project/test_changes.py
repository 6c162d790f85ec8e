import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from projects import BRIDGE, COLUMNS, FERRY, begun

from sayso.data.checks.spans import span_problems
from sayso.data.datasets.folder import digest
from sayso.data.project.changes import Facts, applied, holds, plan, values_of
from sayso.data.project.records import Change, ConflictError
from sayso.data.records import Span
from sayso.data.scheme import BIASES, KINDS, SOURCE_TYPES, STANCES, go_together
from sayso.errors import SaysoError

TEXT = BRIDGE.article.text
FACTS = Facts(COLUMNS, 3)


def _span(words):
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words)}


def _planned(values, n=0, labelled=BRIDGE, facts=FACTS):
    return plan(Change(labelled.article.id, n, values), labelled, facts)


def _changed(values, n=0, labelled=BRIDGE, facts=FACTS):
    planned = _planned(values, n, labelled, facts)
    return applied(labelled, n, planned.set, planned.also_set)


def test_labels_are_set_under_the_version_that_is_in_force():
    after = _changed(
        {"kind": "quote", "source_type": "political", "bias": "neutral", "own": {"topic": "roads", "remark": " a\r\nb "}}
    )
    s = after.sentences[0]
    assert (s.kind, s.source_type, s.bias) == ("quote", "political", "neutral")
    assert s.extra == {"topic": "roads", "remark": "a\nb", "codebook": "3"}
    assert after.sentences[1:] == BRIDGE.sentences[1:]
    assert _changed({"own": {"remark": "  "}, "kind": None}, labelled=after).sentences[0].extra == {
        "topic": "roads",
        "codebook": "3",
    }


def test_without_labels_there_is_no_version():
    after = _changed({"kind": "quote"})
    assert _changed({"kind": None}, labelled=after) == BRIDGE
    assert _changed({"kind": None}) == BRIDGE
    assert _changed({"kind": None, "bias": "neutral"}, labelled=after).sentences[0].extra == {"codebook": "3"}
    assert _changed({"kind": "quote"}, facts=replace(FACTS, codebook=None)).sentences[0].extra == {}


def _cell(labelled, n=0):
    return labelled.sentences[n].extra.get("codebook")


def test_each_label_has_the_version_under_which_it_was_set_last():
    first = _changed({"kind": "quote", "own": {"topic": "roads"}}, facts=replace(FACTS, codebook=1))
    assert _cell(first) == "1"
    second = _changed({"source_type": "state", "stance": {"Tarn": "favor"}}, labelled=first)
    assert json.loads(_cell(second)) == {"kind": 1, "source_type": 3, "stance: Tarn": 3, "topic": 1}
    third = _changed({"own": {"topic": "water"}, "stance": {"Tarn": None}}, labelled=second)
    assert json.loads(_cell(third)) == {"kind": 1, "source_type": 3, "topic": 3}
    assert _cell(_changed({"kind": None}, labelled=third)) == "3"
    assert json.loads(_cell(_changed({"kind": "narrative"}, 1), 1)) == {"kind": 3}  # of its loaded words it is not known


def test_a_source_type_that_goes_with_a_new_kind_takes_its_version_along():
    before = _changed({"source_type": "none"}, 2, facts=replace(FACTS, codebook=1))
    planned = _planned({"kind": "official_claim"}, 2, before)
    assert planned.also_set["codebook"] == "3"
    back = applied(applied(before, 2, planned.set, planned.also_set), 2, planned.was, planned.also_was)
    assert back == before


def test_what_was_accepted_is_told_from_what_was_given():
    accept = Change("bridge", 0, {"kind": "quote", "source_type": "state", "bias": "neutral"}, accepted=True)
    planned = plan(accept, BRIDGE, FACTS)
    after = applied(BRIDGE, 0, planned.set, planned.also_set)
    accepted = {"version": 3, "accepted": True}
    assert json.loads(_cell(after)) == {"kind": accepted, "source_type": accepted, "bias": accepted}
    corrected = _changed({"source_type": "political"}, labelled=after)
    assert json.loads(_cell(corrected)) == {"kind": accepted, "source_type": 3, "bias": accepted}
    assert _cell(_changed({"kind": None, "bias": None}, labelled=corrected)) == "3"
    planned = plan(accept, BRIDGE, replace(FACTS, codebook=None))
    assert json.loads(planned.also_set["codebook"])["kind"] == {"accepted": True}


def test_a_kind_takes_a_source_type_away_that_it_excludes_and_says_so():
    planned = _planned({"kind": "official_claim"}, 2)
    assert planned.set == {"kind": "official_claim", "source_type": None}
    assert planned.was == {"kind": "narrative", "source_type": "none"}
    assert _planned({"kind": "narrative"}, 2).set == {"kind": "narrative"}
    assert _planned({"kind": None}, 2).set == {"kind": None}
    assert _planned({"kind": "quote", "source_type": "state"}, 2).set == {"kind": "quote", "source_type": "state"}


@pytest.mark.parametrize("values", [{"source_type": "state"}, {"kind": "official_claim", "source_type": "none"}])
def test_a_source_type_that_the_kind_excludes_is_refused(values):
    with pytest.raises(SaysoError, match=r"cannot have the source type (state|none); it has "):
        _planned(values, 2)


def test_stances_are_merged_per_target():
    once = _changed({"stance": {"Tarn": "favor", "Tolm": "against"}})
    assert once.sentences[0].stance == {"Tarn": "favor", "Tolm": "against"}
    assert once.targets == {"Tarn": ("the mayor",), "Tolm": ()}
    planned = _planned({"stance": {"Tarn": None}}, labelled=once)
    assert (planned.set, planned.was) == ({"stance": {"Tarn": None}}, {"stance": {"Tarn": "favor"}})
    assert _changed({"stance": {"Tarn": None}}, labelled=once).sentences[0].stance == {"Tolm": "against"}


def test_where_a_target_stands_comes_back_with_its_stance():
    s = replace(BRIDGE.sentences[0], stance={"Tarn": "favor", "Tolm": "neutral"}, mentions={"Tarn": (Span(5, 14),)})
    before = replace(BRIDGE, sentences=(s, *BRIDGE.sentences[1:]), targets={"Tarn": (), "Tolm": ()})
    planned = _planned({"stance": {"Tarn": None}}, labelled=before)
    after = applied(before, 0, planned.set, planned.also_set)
    assert (after.sentences[0].stance, after.sentences[0].mentions) == ({"Tolm": "neutral"}, {})
    back = applied(after, 0, planned.was, planned.also_was)
    assert back == before
    assert list(back.sentences[0].stance) == ["Tarn", "Tolm"]


def test_attributions_and_loaded_words_are_kept_without_blanks_at_their_ends():
    cue = _span(" said ")
    content = [_span("the bridge over the Oster"), _span("was safe")]
    given = {"source": {**_span("Mayor Ilva Tarn"), "text": "Mayor Ilva Tarn"}, "cue": cue, "content": content[::-1]}
    after = _changed({"attributions": [{**given, "speaker": " Ilva  Tarn", "source_type": "political"}]})
    (x,) = after.sentences[0].attributions
    assert [span.of(TEXT) for span in (x.source, x.cue, *x.content)] == [
        "Mayor Ilva Tarn",
        "said",
        "the bridge over the Oster",
        "was safe",
    ]
    assert (x.speaker, x.source_type) == ("Ilva Tarn", "political")
    assert list(span_problems(after)) == []
    loaded = _changed({"loaded": [_span("shameful lie"), _span("shameful lie"), _span("A")]}, 1).sentences[1].loaded
    assert [span.of(TEXT) for span in loaded] == ["A", "shameful lie"]


def test_an_attribution_that_stood_in_another_sentence_already_may_stay():
    elsewhere = _changed({"attributions": [{"cue": _span("replied")}]}, 1).sentences[1].attributions
    before = replace(BRIDGE, sentences=(replace(BRIDGE.sentences[0], attributions=elsewhere), *BRIDGE.sentences[1:]))
    assert (
        _changed({"attributions": values_of(before, 0)["attributions"]}, labelled=before).sentences[0].attributions
        == elsewhere
    )
    with pytest.raises(SaysoError, match=r"^attribution 1: its cue \('replied'\) is not in sentence 0; an attribution"):
        _planned({"attributions": [{"cue": _span("replied")}]})


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, r"^nothing to change; give at least one of kind, source_type, "),
        ({"stance": {}, "own": {}}, r"^nothing to change; give at least one of kind, source_type, "),
        ({"kinds": "quote"}, r"^set has the unknown key 'kinds'; it can have kind, source_type, bias,"),
        ([], r"^set is \[\]; it must be an object\.$"),
        ({"done": True}, r"^set has the unknown key 'done'; it can have kind"),
        ({"kind": "Quote"}, r"^kind is 'Quote'; it must be one of quote, official_claim, .*, or empty\.$"),
        ({"kind": ""}, r"^kind is ''; it must be one of "),
        ({"bias": float("nan")}, r"^bias is nan; it must be one of biased, neutral, or empty\.$"),
        ({"stance": {"Tarn": "pro"}}, r"^stance towards 'Tarn' is 'pro'; it must be one of favor, against, neutral"),
        ({"stance": {" ": "favor"}}, r"^a target's name is empty; give a name\.$"),
        ({"own": {"colour": "red"}}, r"^'colour' is not a column of the codebook; its own columns are topic, remark\.$"),
        ({"own": {"topic": "sport"}}, r"^topic is 'sport'; it must be one of water, roads, or empty\.$"),
        (
            {"own": {"remark": "a\0"}},
            r"^remark contains a NUL character or half of a character: 'a\\x00'; write it again\.$",
        ),
        (
            {"own": {"remark": "\ud83d"}},
            r"^remark contains a NUL character or half of a character: '\\ud83d'; write it again\.$",
        ),
        ({"note": 7}, r"^note is 7; it must be a text\.$"),
        ({"note": "x" * 10_001}, r"^note has 10,001 characters; the limit is 10,000\.$"),
        ({"loaded": {"start": 0, "end": 5}}, r"^loaded is \{'start': 0, 'end': 5\}; it must be a list\.$"),
        ({"loaded": [{"start": 0.0, "end": 5}]}, r"^loaded 1 is .*; it must have start and end, two whole numbers\.$"),
        ({"loaded": [{"start": True, "end": 5}]}, r"^loaded 1 is .*; it must have start and end, two whole numbers\.$"),
        ({"loaded": [{"start": 5, "end": 5}]}, r"^loaded 1 is 5 to 5, outside the article's 118 characters, or empty; "),
        ({"loaded": [{"start": -1, "end": 5}]}, r"^loaded 1 is -1 to 5, outside"),
        ({"loaded": [{"start": 0, "end": 10**30}]}, r"^loaded 1 is 0 to 1000000000000000000000000000000, outside"),
        ({"loaded": [{"start": 5, "end": 6}]}, r"^loaded 1 is 5 to 6, where there are no words; mark at least one word\.$"),
        ({"loaded": [{"start": 0, "end": 5, "text": "Mayer"}]}, r"^loaded 1 is 0 to 5, which is 'Mayor', not 'Mayer'\.$"),
        ({"loaded": [_span("shameful")]}, r"^loaded words at 59 to 67 are not in sentence 0; mark words inside it\.$"),
        ({"attributions": [{}]}, r"^attribution 1 has neither source, cue nor content; mark at least one\.$"),
        ({"attributions": [{"cue": _span("said"), "tone": 1}]}, r"^attribution 1 has the unknown key "
         r"'tone'; it can have source, cue"),
        ({"attributions": [{"cue": []}]}, r"^attribution 1: cue is \[\]; it must be an object\.$"),
        ({"attributions": [{"content": [_span("was safe"), _span("safe")]}]}, r"^attribution 1: two content spans overlap"),
        ({"attributions": [{"cue": _span("said"), "source_type": "king"}]}, r"^attribution 1: "
         r"source_type is 'king'; it must be one of"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_in_a_line(values, said):
    with pytest.raises(SaysoError, match=said) as error:
        _planned(values)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("n", [3, -1, True, 0.0, "0", [0], 10**40])
def test_a_sentence_that_is_not_there_is_named(n):
    with pytest.raises(SaysoError, match=r"^article 'bridge' has no sentence .*; reload the article\.$"):
        _planned({"kind": "quote"}, n)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"done": 1}, r"^done is 1; it must be true or false\.$"),
        ({"kind": "quote"}, r"^set has the unknown key 'kind'; it can have done, targets, note\.$"),
        ({"targets": {"Tarn": "the mayor"}}, r"^aliases of 'Tarn' is 'the mayor'; it must be a list\.$"),
        ({"targets": {"Tarn": [], " Tarn": []}}, r"^two targets have the name 'Tarn'; give each its own name\.$"),
        (
            {"targets": {}},
            r"^some sentences have a stance towards 'Tarn'; remove these stances before " r"you remove the target\.$",
        ),
    ],
)
def test_what_is_wrong_with_an_article_is_told_in_a_line(values, said):
    with pytest.raises(SaysoError, match=said):
        _planned(values, None, labelled=_changed({"stance": {"Tarn": "favor"}}))


def test_a_column_is_complete_when_every_sentence_has_a_label():
    labelled = FERRY
    assert _changed({"kind": "quote"}, 0, labelled).complete == frozenset()
    labelled = _changed({"kind": "narrative"}, 1, labelled)
    assert labelled.complete == {"kind"}
    assert _changed({"bias": "neutral"}, 1, labelled).complete == {"kind"}
    labelled = _changed({"stance": {"crew": "favor"}}, 0, labelled)
    assert labelled.complete == {"kind"}
    labelled = _changed({"stance": {"crew": "neutral"}}, 1, labelled)
    assert labelled.complete == {"kind", "stance"}
    assert _changed({"targets": {"crew": [], "owner": []}}, None, labelled).complete == {"kind"}
    assert _changed({"kind": None}, 1, labelled).complete == {"stance"}


def test_done_says_that_what_is_missing_is_not_there():
    done = _changed({"done": True}, None, FERRY)
    assert done.complete == {"attribution"}
    assert _changed({"done": False}, None, done).complete == frozenset()
    assert _changed({"done": True}, None, BRIDGE).complete == {"attribution", "bias"}  # one sentence has loaded words
    facts = replace(FACTS, done=True)
    assert _changed(
        {"loaded": [], "bias": None}, 1, replace(BRIDGE, complete=frozenset({"attribution", "bias"})), facts
    ).complete == {"attribution"}
    assert _changed({"loaded": [{"start": 0, "end": 4}]}, 0, FERRY, facts).complete == {"bias"}


def test_a_change_is_held_as_long_as_nobody_else_changes_it():
    after = _changed({"kind": "quote", "own": {"topic": "roads"}, "note": "x"})
    facts = replace(FACTS, note="x")
    assert holds(after, 0, {"kind": "quote", "own": {"topic": "roads"}, "note": "x"}, facts)
    assert not holds(after, 0, {"kind": "quote", "note": ""}, facts)
    assert not holds(after, 0, {"own": {"topic": "water"}}, facts)
    assert not holds(after, 9, {"kind": "quote"}, facts)
    assert holds(after, None, {"targets": {"Tarn": ["the mayor"]}, "done": False}, facts)


_NAMES = ("kind", "source_type", "bias", "stance", "loaded", "attributions", "own", "note", "done", "targets",
          "source", "cue", "content", "speaker", "start", "end", "text", "topic", "remark", "Tarn")  # fmt: skip
_LABELS = (*KINDS, *SOURCE_TYPES, *BIASES, *STANCES, "water", "said", "")
_leaves = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 130), st.integers(), st.floats(), st.sampled_from(_LABELS), st.text(max_size=8)
)
_json = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(st.sampled_from(_NAMES), st.text(max_size=4)), inner, max_size=4),
    ),
    max_leaves=12,
)
_bodies = st.one_of(_json, st.dictionaries(st.sampled_from(_NAMES[:10]), _json, max_size=3))


def _planned_or_told(values, n):
    try:
        return _planned(values, n)
    except SaysoError as error:
        return str(error)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.sampled_from((None, 0, 1, 2)), _json), _bodies)
def test_whatever_a_browser_sends_is_taken_or_told(n, values):
    planned = _planned_or_told(values, n)
    if isinstance(planned, str):
        assert len(planned.encode().splitlines()) == 1
        return
    after = applied(BRIDGE, n, planned.set, planned.also_set)
    assert applied(after, n, planned.was, planned.also_was) == BRIDGE
    json.dumps([planned.set, planned.was], allow_nan=False).encode()


def _spans_in(start, end):
    def made(pair):
        a, b = sorted(pair)
        return {"start": start + a, "end": start + b + 1}

    size = end - start - 1
    return st.tuples(st.integers(0, size), st.integers(0, size)).map(made)


def _valid(labelled):
    def of_sentence(s):
        kinds = st.one_of(st.none(), st.sampled_from(KINDS))
        types = st.one_of(st.none(), st.sampled_from(SOURCE_TYPES))
        span = _spans_in(*s.span)
        attribution = st.fixed_dictionaries(
            {"cue": span},
            optional={
                "source": st.one_of(st.none(), _spans_in(0, len(labelled.article.text))),
                "content": st.lists(span, max_size=1),
                "speaker": st.one_of(st.none(), st.just("Ilva Tarn")),
                "source_type": types,
            },
        )
        stance = st.one_of(st.none(), st.sampled_from(STANCES))
        keys = {
            "bias": st.one_of(st.none(), st.sampled_from(BIASES)),
            "stance": st.dictionaries(st.sampled_from(("Tarn", "Tolm", "Oster")), stance, max_size=3),
            "loaded": st.lists(span, max_size=2),
            "attributions": st.lists(attribution, max_size=2),
            "own": st.fixed_dictionaries(
                {}, optional={"topic": st.sampled_from((None, "water", "roads")), "remark": st.sampled_from((None, "odd"))}
            ),
            "note": st.sampled_from(("", "hm", "„?“")),
        }
        pair = st.fixed_dictionaries({}, optional={"kind": kinds, "source_type": types})
        values = st.tuples(pair, st.fixed_dictionaries({}, optional=keys)).map(lambda both: both[0] | both[1])
        made = st.tuples(values, st.booleans())
        return made.map(lambda of: Change(labelled.article.id, s.n, of[0], accepted=of[1]))

    of_article = st.fixed_dictionaries(
        {},
        optional={
            "done": st.booleans(),
            "note": st.sampled_from(("", "long")),
            "targets": st.just({"Tarn": [], "Tolm": ["it"]}),
        },
    )
    return st.one_of(*map(of_sentence, labelled.sentences), of_article.map(lambda of: Change(labelled.article.id, None, of)))


_CHANGES = st.lists(st.one_of(_valid(BRIDGE), _valid(FERRY), st.sampled_from(("undo", "redo"))), max_size=9)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    with begun(tmp_path_factory.mktemp("undone") / "p") as opened:
        yield opened


def _until_none(step):
    n = 0
    while step():
        n += 1
    return n


@settings(max_examples=12, deadline=None)
@given(_CHANGES)
def test_changes_that_are_undone_one_after_the_other_give_back_what_was(project, changes):
    before = project.labels_of("anna")
    states = [project.state(name) for name in ("bridge", "ferry")]
    for change in changes:
        try:
            getattr(project, change)() if isinstance(change, str) else project.change(change)
        except ConflictError:
            raise
        except SaysoError:  # nothing to change, or what does not go together
            continue
        for name in ("bridge", "ferry"):
            labelled = project.article(name)
            assert all(not (s.kind and s.source_type) or go_together(s.kind, s.source_type) for s in labelled.sentences)
    read = project.labels_of("anna")
    assert read == [project.article("bridge"), project.article("ferry")]
    entries = project.entries()
    project._load()
    assert project.entries() == entries  # counted along is what is counted anew
    n_undone = _until_none(project.undo)
    for _ in range(n_undone):
        project.redo()
    assert project.labels_of("anna") == read
    _until_none(project.undo)
    after = project.labels_of("anna")
    assert (after, digest(after)) == (before, digest(before))
    for name, state in zip(("bridge", "ferry"), states, strict=True):
        now = project.state(name)
        assert (now["done"], now["note"], now["notes"]) == (state["done"], state["note"], state["notes"])
