import json
from datetime import timedelta, timezone

import pytest
from builders import labelled_article

from sayso.data.datasets.folder import write_dataset
from sayso.data.project.project import Project
from sayso.data.project.records import Change, Recorded
from sayso.train.serve.work.labels import TeamLabels
from sayso.train.serve.work.progress import Progress, _Days

ZONE = timezone(timedelta(hours=2))


def test_labels_are_counted_by_column_and_annotator(folder, label):
    label("ben", {0: {"kind": "narrative"}})
    with Project.open(folder, "anna", tell=print) as project:
        label("anna", {0: {"kind": "narrative", "bias": "neutral"}, 1: {"kind": "quote"}, 3: {"kind": "narrative"}}, project)
        progress = Progress(TeamLabels(project))
        first = progress.now()
        label("anna", {1: {"kind": None, "stance": {"mayor": "favor"}}}, project)
        project.change(Change("rain", None, {"done": True}))
        now = progress.now()
    assert (first["annotator"], first["articles"], first["sentences"], first["done"]) == ("anna", 2, 6, 0)
    assert first["columns"] == [
        {
            "column": "kind",
            "sentences": 3,
            "articles": 2,
            "labels": [{"label": "narrative", "n": 2}, {"label": "quote", "n": 1}],
        },
        {"column": "bias", "sentences": 1, "articles": 1, "labels": [{"label": "neutral", "n": 1}]},
    ]
    assert first["annotators"] == [
        {"name": "anna", "articles": 2, "columns": {"kind": 3, "bias": 1}},
        {"name": "ben", "articles": 1, "columns": {"kind": 1}},
    ]
    assert now["done"] == 1
    assert now["annotators"][0] == {"name": "anna", "articles": 2, "columns": {"kind": 2, "bias": 1, "stance": 1}}
    assert [day["labels"] for day in now["days"]] == [5]
    assert json.loads(json.dumps(now)) == now


def test_what_others_label_meanwhile_and_new_articles_are_counted(folder, label):
    with Project.open(folder, "anna", tell=print) as project:
        progress = Progress(TeamLabels(project))
        assert [of["columns"] for of in progress.now()["annotators"]] == [{}, {}]
        label("ben", {4: {"kind": "independent_assessment"}})
        project.add([labelled_article("oss", ("Trams stood still.", {"kind": "narrative"}))])
        now = progress.now()
    assert (now["articles"], now["sentences"]) == (3, 7)
    assert [of["columns"] for of in now["annotators"]] == [{"kind": 1}, {"kind": 1}]


def test_labels_of_a_day_are_those_that_were_not_taken_back():
    def change(number, day, undoes=None, **values):
        return Recorded("rain", 0, values, number, f"2026-11-{day}T23:30:00.000Z", undoes=undoes)

    days = _Days(ZONE)
    first = [change(1, 28, kind="quote", own={"topic": "sea"}), change(2, 29, bias="neutral"), change(3, 29, note="hard")]
    assert days.upto(first) == [{"day": "2026-11-29", "labels": 2}, {"day": "2026-11-30", "labels": 1}]
    assert days.last == 3
    assert days.upto([change(4, 29, 2, bias=None)]) == [{"day": "2026-11-29", "labels": 2}]
    assert days.upto([change(5, 29, 4, bias="neutral")]) == [
        {"day": "2026-11-29", "labels": 2},
        {"day": "2026-11-30", "labels": 1},
    ]


@pytest.mark.parametrize("change", ["label", "add"])
def test_an_article_that_did_not_change_is_not_read_again(folder, label, change):
    with Project.open(folder, "anna", tell=print) as project:
        team = TeamLabels(project)
        before = {of.article.id: of for of in team.own(project.entries())}
        version = team.version()
        if change == "label":
            label("anna", {0: {"kind": "narrative"}}, project)
        else:
            project.add([labelled_article("oss", "Trams stood still.")])
        after = {of.article.id: of for of in team.own(project.entries())}
        assert after["bek"] is before["bek"]
        assert (after["rain"] is before["rain"]) == (change == "add")
        assert team.version() != version


def test_what_is_written_by_other_means_is_read_again(folder):
    with Project.open(folder, "anna", tell=print) as project:
        progress = Progress(TeamLabels(project))
        project.change(Change("rain", 0, {"kind": "narrative"}))
        assert progress.now()["annotators"][0]["columns"] == {"kind": 1}
        edited = labelled_article("rain", ("Rain fell.", {"kind": "narrative"}), ("It ended.", {"kind": "narrative"}))
        write_dataset([edited, labelled_article("bek", "Trams stood still.")], folder / "labels" / "anna", force=True)
        assert progress.now()["annotators"][0]["columns"] == {"kind": 2}


def test_a_dataset_of_another_that_is_no_projects_is_read_too(folder, tmp_path):
    write_dataset([labelled_article("rain", ("Rain fell.", {"kind": "narrative"}), "It ended.")], tmp_path / "p/labels/cora")
    with Project.open(folder, "anna", tell=print) as project:
        of_cora = Progress(TeamLabels(project)).now()["annotators"][2]
    assert of_cora == {"name": "cora", "articles": 1, "columns": {"kind": 1}}


def test_chances_and_labels_of_single_annotators_are_not_counted(tmp_path):
    beside = {"mood": "sad", "mood_p_sad": "0.8", "mood_by_ana": "sad", "suggested_mood": "glad", "codebook": "1"}
    with Project.open(tmp_path / "p", "anna", tell=print) as project:
        project.add([labelled_article("rain", ("Rain fell.", {"kind": "narrative", "extra": beside}), "It stopped.")])
        assert project.entries()[0].labelled == {"kind": 1, "mood": 1}
        project.change(Change("rain", 0, {"kind": "quote"}))
        assert project.entries()[0].labelled == {"kind": 1, "mood": 1}
        columns = Progress(TeamLabels(project)).now()["columns"]
    assert [(column["column"], column["sentences"]) for column in columns] == [("kind", 1), ("mood", 1)]
