import json
import threading

import pytest
from builders import json_rows, labelled_article, run_sayso

from sayso.data.datasets.build import read_labelled
from sayso.data.project.project import Project
from sayso.data.project.records import key_of
from sayso.errors import SaysoError
from sayso.train.serve.work.decisions import Decisions
from sayso.train.serve.work.disputes import Disputes
from sayso.train.serve.work.labels import TeamLabels

RAIN, BEK = key_of("rain"), key_of("bek")
STATE = {"kind": "quote", "source_type": "state"}
MEDIA = {"kind": "narrative", "source_type": "media"}


@pytest.fixture
def disputed(folder, label):
    """Have anna and ben agree on sentences 0 and 2, and dispute 1 (kind and source type), 3 (kind) and 5 (loaded words)."""
    label("anna", {0: {"kind": "narrative"}, 1: STATE, 2: MEDIA, 3: {"kind": "narrative"}})
    label("anna", {5: {"bias": "biased", "loaded": [{"start": 95, "end": 103}]}})
    label("ben", {0: {"kind": "narrative"}, 1: MEDIA, 2: MEDIA, 3: {"kind": "quote"}})
    label("ben", {5: {"bias": "biased", "loaded": [{"start": 85, "end": 103}]}})
    return folder


@pytest.fixture
def anna(disputed):
    """Give the project as anna's server has it open, and its disputes."""
    with Project.open(disputed, "anna", tell=print) as project:
        yield project, Disputes(TeamLabels(project))


def test_disputes_are_listed_worst_first_with_both_answers(anna):
    found = anna[1].now()
    assert found["annotators"] == ["anna", "ben"]
    assert found["counts"] == {"open": 4, "decided": 0, "changed": 0}
    # sentence 1 is disputed in two columns, whose weights add up
    assert [(d["article"], d["n"]) for d in found["disputes"]][:2] == [("rain", 1), ("rain", 1)]
    kind = next(d for d in found["disputes"] if (d["n"], d["column"]) == (1, "kind"))
    assert (kind["key"], kind["title"], kind["state"], kind["decision"]) == (RAIN, "Rain", "open", None)
    assert (kind["before"], kind["text"]) == ("Rain fell on Tolm.", "“It will stop,” the mayor said.")
    assert kind["answers"] == [
        {"annotator": "anna", "label": "quote", "spans": None},
        {"annotator": "ben", "label": "narrative", "spans": None},
    ]
    assert kind["labels"] == ["quote", "official_claim", "independent_assessment", "narrative"]
    loaded = next(d for d in found["disputes"] if d["column"] == "loaded")
    assert [(of["label"], of["spans"]) for of in loaded["answers"]] == [
        ("shameful", [{"start": 95, "end": 103, "text": "shameful"}]),
        ("the delay shameful", [{"start": 85, "end": 103, "text": "the delay shameful"}]),
    ]
    assert json.loads(json.dumps(found)) == found
    assert [d["column"] for d in anna[1].now("loaded")["disputes"]] == ["loaded"]
    assert len(anna[1].now(most=1)["disputes"]) == 1


def test_a_decision_is_kept_in_a_file_that_merging_takes(anna, tmp_path, monkeypatch):
    _, disputes = anna
    told = disputes.decide(RAIN, 1, {"kind": "quote", "source_type": "anna"})
    assert {column: of["decision"] for column, of in told.items()} == {"kind": "quote", "source_type": "anna"}
    disputes.decide(BEK, 2, {"loaded": "ben"})
    found = disputes.now()
    assert found["counts"] == {"open": 1, "decided": 3, "changed": 0}
    assert {d["decision"]["by"] for d in found["disputes"] if d["state"] == "decided"} == {"anna"}
    rows = json_rows((tmp_path / "p" / "disputes.jsonl").read_text(encoding="utf-8"))
    assert [(row["article"], row["n"], row["column"], row["anna"], row["ben"], row["decision"]) for row in rows] == [
        ("rain", 1, "kind", "quote", "narrative", "quote"),
        ("rain", 1, "source_type", "state", "media", "anna"),
        ("bek", 2, "loaded", "shameful", "the delay shameful", "ben"),
    ]
    monkeypatch.chdir(tmp_path)
    words = ("p/labels/anna", "p/labels/ben", "--adjudicate", "p/disputes.jsonl", "--undecided", "unlabelled")
    code, _, err = run_sayso("data", "merge", *words, "--out", "gold")
    assert (code, err.splitlines()[0]) == (
        0,
        "Labels: 4 agreed, 0 by one annotator only, 3 decided, 0 by majority, 1 left open.",
    )


def test_what_is_decided_is_written_as_a_dataset(anna, tmp_path):
    project, disputes = anna
    disputes.decide(RAIN, 1, {"kind": "narrative", "source_type": "unnamed"})
    disputes.decide(BEK, 2, {"loaded": "ben"})
    told = disputes.write_decided()
    assert told["line"] == "Labels: 4 agreed, 0 by one annotator only, 3 decided, 1 left open."
    articles = {of.article.id: of for of in read_labelled([tmp_path / "p" / "labels" / "decided"])}
    assert [(s.kind, s.source_type) for s in articles["rain"].sentences] == [
        ("narrative", None),
        ("narrative", "unnamed"),
        ("narrative", "media"),
    ]
    assert [s.kind for s in articles["bek"].sentences] == [None, None, None]
    assert articles["bek"].sentences[2].loaded == ((85, 103),)
    assert disputes.write_decided()["decided"] == 3
    assert project.annotators() == ["anna", "ben"]


def test_a_decision_is_changed_and_taken_back(anna):
    _, disputes = anna
    disputes.decide(BEK, 0, {"kind": "ben"})
    disputes.decide(BEK, 0, {"kind": "official_claim"})
    (kind,) = [d for d in disputes.now("kind")["disputes"] if d["article"] == "bek"]
    assert kind["decision"]["decision"] == "official_claim"
    assert disputes.decide(BEK, 0, {"kind": None}) == {}
    assert disputes.now()["counts"] == {"open": 4, "decided": 0, "changed": 0}


def test_a_decision_whose_labels_changed_afterwards_does_not_count(anna, label, tmp_path):
    _, disputes = anna
    disputes.decide(BEK, 0, {"kind": "ben"})
    disputes.decide(RAIN, 1, {"source_type": "state"})
    label("ben", {3: {"kind": "official_claim"}, 1: {"kind": "quote", "source_type": "state"}})
    found = disputes.now()
    (kind,) = [d for d in found["disputes"] if d["column"] == "kind"]
    assert (kind["state"], kind["decision"]["decision"]) == ("changed", "ben")
    assert kind["decision"]["answers"] == {"anna": "narrative", "ben": "quote"}
    assert [(of["article"], of["n"], of["column"]) for of in found["agreed"]] == [("rain", 1, "source_type")]
    told = disputes.write_decided()
    assert told["line"].endswith("0 decided, 2 left open. Not counted, because labels changed afterwards: 2 decisions.")
    assert disputes.now()["counts"] == {"open": 2, "decided": 0, "changed": 0}
    rows = json_rows((tmp_path / "p" / "disputes.jsonl").read_text(encoding="utf-8"))
    assert [(row["decision"], row["void_decision"]) for row in rows] == [(None, "ben"), (None, "state")]
    labels = (tmp_path / "p" / "labels" / name for name in ("anna", "ben"))
    words = ("--adjudicate", tmp_path / "p" / "disputes.jsonl", "--undecided", "unlabelled", "--out", tmp_path / "gold")
    assert run_sayso("data", "merge", *labels, *words).exit_code == 0


@pytest.mark.parametrize(
    ("place", "decisions", "message"),
    [
        (
            (RAIN, 0),
            {"kind": "quote"},
            "there is no longer a dispute about kind in sentence 0 of this article; reload the list",
        ),
        ((RAIN, 1), {"kind": "rumour"}, "kind 'rumour' is neither one of quote, official_claim, .* nor an annotator"),
        (
            (BEK, 2),
            {"loaded": "shameful"},
            "loaded 'shameful' is not one of anna, ben; give the annotator whose spans are right",
        ),
        ((RAIN, 1), {"kind": "quote", "source_type": "media", "bias": "biased"}, "there is no longer a dispute about bias"),
        (
            (RAIN, 1),
            {"kind": "official_claim", "source_type": "ben"},
            "article 'rain', sentence 1: official_claim cannot have the source type media",
        ),
    ],
)
def test_what_cannot_be_decided_is_refused_and_nothing_kept(anna, tmp_path, place, decisions, message):
    with pytest.raises(SaysoError, match=message):
        anna[1].decide(*place, decisions)
    assert not (tmp_path / "p" / "disputes.jsonl").exists()


def test_a_decision_that_an_earlier_one_excludes_is_refused(anna):
    _, disputes = anna
    disputes.decide(RAIN, 1, {"source_type": "media"})
    with pytest.raises(SaysoError, match=r"official_claim cannot have the source type media; .* Decide both"):
        disputes.decide(RAIN, 1, {"kind": "official_claim"})
    disputes.decide(RAIN, 1, {"kind": "official_claim", "source_type": "state"})
    assert disputes.now()["counts"]["decided"] == 2


def test_ben_sees_what_anna_decided_and_may_decide_otherwise(anna, disputed):
    _, of_anna = anna
    of_anna.decide(BEK, 0, {"kind": "anna"})
    with Project.open(disputed, "ben", tell=print) as project:
        of_ben = Disputes(TeamLabels(project))
        (kind,) = [d for d in of_ben.now("kind")["disputes"] if d["article"] == "bek"]
        assert (kind["state"], kind["decision"]["by"]) == ("decided", "anna")
        of_ben.decide(BEK, 0, {"kind": "ben"})
    (kind,) = [d for d in of_anna.now("kind")["disputes"] if d["article"] == "bek"]
    assert (kind["decision"]["decision"], kind["decision"]["by"]) == ("ben", "ben")


def test_without_disputes_it_is_said_why(folder, tmp_path):
    with Project.open(folder, "anna", tell=print) as project:
        found = Disputes(TeamLabels(project)).now()
        assert (found["disputes"], found["line"]) == ([], "anna and ben do not differ in any label so far.")
    with Project.open(tmp_path / "alone", "anna", tell=print) as project:
        disputes = Disputes(TeamLabels(project))
        assert disputes.now()["line"] == "Only anna has labelled here so far."
        with pytest.raises(SaysoError, match="anna is the only annotator, so there is nothing to decide"):
            disputes.write_decided()


def test_a_broken_file_of_decisions_is_named(anna, tmp_path):
    (tmp_path / "p" / "disputes.jsonl").write_text('{"article": "rain"}\n', encoding="utf-8")
    with pytest.raises(SaysoError, match=r"disputes\.jsonl: a row without article, n and column; correct the file"):
        anna[1].now()


def test_decisions_that_are_written_at_once_are_all_kept(tmp_path):
    (tmp_path / "history").mkdir()

    def decide(name):
        decisions = Decisions(tmp_path)
        for n in range(12):
            decisions.write([{"article": name, "n": n, "column": "kind", "anna": "quote", "decision": "quote"}], name)

    threads = [threading.Thread(target=decide, args=(name,)) for name in ("anna", "ben")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = Decisions(tmp_path).read()
    assert sorted(kept) == [(name, n, "kind") for name in ("anna", "ben") for n in range(12)]
    assert all(decided.by == name for (name, _, _), decided in kept.items())


def test_an_annotator_whose_name_is_a_column_of_the_file_is_refused(folder, label):
    with Project.open(folder, "text", tell=print) as project:
        project.add([labelled_article("rain", ("Rain fell on Tolm.", {"kind": "quote"}))])
    label("ben", {0: {"kind": "narrative"}})
    with Project.open(folder, "anna", tell=print) as project:
        disputes = Disputes(TeamLabels(project))
        (found,) = disputes.now()["disputes"]
        with pytest.raises(
            SaysoError, match="'text' cannot be an annotator's name, because the file has a column of that name"
        ):
            disputes.decide(found["key"], 0, {"kind": "ben"})
