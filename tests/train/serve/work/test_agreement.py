import pytest
from builders import labelled_article

from sayso.data.project.project import Project
from sayso.data.project.records import Change
from sayso.train.serve.work.agreement import AgreementSoFar
from sayso.train.serve.work.labels import TeamLabels


def agreement(folder, who="anna"):
    with Project.open(folder, who, tell=print) as project:
        return AgreementSoFar(TeamLabels(project)).now()


BOTH_SAW = "anna and ben saw the models' predictions while labelling; that alone makes them agree more often."


def test_agreement_is_measured_on_what_both_labelled(folder, label):
    # both labelled 0, 1, 3, 4: they agree on three of four; 2 and 5 have one label only
    kinds = ("narrative", "quote", "narrative", "narrative", "independent_assessment")
    label("anna", {n: {"kind": kind} for n, kind in enumerate(kinds)})
    label("ben", {0: {"kind": "narrative"}, 1: {"kind": "quote"}, 3: {"kind": "narrative"}})
    label("ben", {4: {"kind": "narrative"}, 5: {"kind": "quote"}})
    found = agreement(folder)
    assert found["line"] == "anna and ben: 4 sentences in 2 articles that both labelled."
    kind = found["columns"]["kind"]
    assert (kind["units"], kind["same"]["value"]) == (4, 0.75)
    # observed 3/4; by chance 2/4 x 3/4 + 1/4 x 1/4 + 0 = 7/16: (12 - 7) / (16 - 7)
    assert kind["kappa"]["value"] == pytest.approx(5 / 9)
    assert kind["labels"]["quote"]["same"]["value"] == 1.0
    assert found["warnings"] == [BOTH_SAW]


@pytest.mark.parametrize("only", ["anna", "ben", None])
def test_it_is_said_that_there_is_nothing_in_common_yet(folder, label, only):
    if only:
        label(only, {0: {"kind": "narrative"}})
    found = agreement(folder)
    assert (found["columns"], found["line"]) == ({}, "anna and ben have not labelled any of the same sentences yet.")


def test_different_sentences_of_one_article_are_nothing_in_common(folder, label):
    label("anna", {0: {"kind": "narrative"}})
    label("ben", {1: {"kind": "quote"}})
    assert agreement(folder)["line"] == "anna and ben have not labelled any of the same sentences yet."


def test_one_annotator_alone_is_told_so(tmp_path):
    found = agreement(tmp_path / "p")
    assert found["line"] == "Only anna has labelled here so far."
    assert (found["annotators"], found["columns"]) == (["anna"], {})


@pytest.mark.parametrize(
    ("blind", "warnings"),
    [
        ({"anna": [True, True], "ben": [True, True]}, []),
        ({"anna": [False, False], "ben": []}, []),
        ({"anna": [False, False], "ben": [False, False]}, [BOTH_SAW]),
        (
            {"anna": [True, True], "ben": [False, False]},
            ["anna labelled blind, ben saw the models' predictions: some of their differences may come from the models."],
        ),
        (
            {"anna": [True, False], "ben": [True, True]},
            ["anna labelled 1 of these sentences blind and 1 with the models' predictions visible."],
        ),
    ],
)
def test_what_the_models_view_may_have_done_is_told(tmp_path, blind, warnings):
    came = labelled_article("oss", ("Trams stood.", {"kind": "narrative"}), ("Bells rang.", {"kind": "quote"}))
    for name, were_blind in blind.items():
        for n, was_blind in enumerate(were_blind or [False]):
            with Project.open(tmp_path / "p", name, tell=print, blind=was_blind) as project:
                if not project.entries():
                    project.add([came])
                if were_blind:
                    project.change(Change("oss", n, {"kind": "narrative"}))
                project.change(Change("oss", 1 - n, {"note": "odd"}))
    assert agreement(tmp_path / "p")["warnings"] == warnings


def test_agreement_is_measured_again_when_labels_change(folder, label, monkeypatch):
    for name in ("anna", "ben"):
        label(name, {0: {"kind": "narrative"}, 1: {"kind": "quote"}})
    with Project.open(folder, "anna", tell=print) as project:
        so_far = AgreementSoFar(TeamLabels(project))
        first = so_far.now()
        assert so_far.now() is first
        label("ben", {1: {"kind": "narrative"}})
        assert so_far.now()["columns"]["kind"]["same"]["value"] == 0.5
        label("anna", {1: {"kind": "narrative"}}, project)
        assert so_far.now()["columns"]["kind"]["same"]["value"] == 1.0


def test_versions_of_the_codebook_are_no_labels(folder):
    for name, version in (("anna", 1), ("ben", 2)):
        with Project.open(folder, name, tell=print, codebook=version) as project:
            project.change(Change("rain", 0, {"kind": "narrative"}))
    assert list(agreement(folder)["columns"]) == ["kind"]


def test_labels_that_came_with_the_articles_are_told_apart(tmp_path):
    came = labelled_article("oss", ("Trams stood.", {"kind": "narrative"}), ("Bells rang.", {"kind": "narrative"}))
    for name in ("anna", "ben"):
        with Project.open(tmp_path / "p", name, tell=print) as project:
            project.add([came])
            if name == "ben":
                project.change(Change("oss", 0, {"kind": "quote"}))
    found = agreement(tmp_path / "p")
    assert found["line"] == "anna and ben: 2 sentences in 1 article that both labelled."
    assert found["warnings"] == [
        "The labels of 1 sentence came with the articles and nobody changed them, so they agree in any case."
    ]
    (tmp_path / "p" / "history" / "anna.lock").unlink()  # as if her dataset had been put there by hand
    assert agreement(tmp_path / "p", who="ben")["warnings"] == []


def test_labels_that_each_annotator_brought_are_labels_of_their_own(tmp_path):
    for name, kind in (("anna", "narrative"), ("ben", "quote")):
        with Project.open(tmp_path / "p", name, tell=print) as project:
            project.add([labelled_article("oss", ("Trams stood.", {"kind": kind}), ("Bells rang.", {"kind": "narrative"}))])
    assert agreement(tmp_path / "p")["warnings"] == []
