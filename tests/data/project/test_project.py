from builders import labelled_article

from sayso.data.project.project import Project
from sayso.data.project.records import Change


def test_a_change_is_there_when_the_project_is_opened_again(tmp_path):
    with Project.open(tmp_path / "p", "anna", tell=print, columns={"topic": ("water", "roads")}, codebook=2) as project:
        assert project.add([labelled_article("a", "The mayor of Tolm said the bridge was safe.", "It fell.")]) == ["a"]
        recorded = project.change(Change("a", 0, {"kind": "official_claim", "own": {"topic": "roads"}}))
        assert (recorded.number, recorded.was) == (1, {"kind": None, "own": {"topic": None}})
    with Project.open(tmp_path / "p", "anna", tell=print) as project:
        (entry,) = project.entries()
        assert (entry.id, entry.n_sentences, entry.labelled) == ("a", 2, {"kind": 1, "topic": 1})
        first = project.article(entry.key).sentences[0]
        assert (first.kind, first.extra) == ("official_claim", {"topic": "roads", "codebook": "2"})
        assert project.undo().undoes == 1
        assert project.article("a").sentences[0].extra == {}
        assert project.redo().undoes == 2
        assert project.article("a").sentences[0] == first
