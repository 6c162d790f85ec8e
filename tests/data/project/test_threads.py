import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from builders import labelled_article
from projects import BRIDGE, FERRY, begun, opened

from sayso.data.project.disk.tables import write_table
from sayso.data.project.records import Change, ConflictError
from sayso.errors import SaysoError


def _at_once(n, act):
    """Do something in many threads that start together; give what each got, or the error."""
    barrier = threading.Barrier(n)

    def done(number):
        barrier.wait()
        try:
            return act(number)
        except SaysoError as error:
            return error

    with ThreadPoolExecutor(n) as pool:
        return list(pool.map(done, range(n)))


def test_two_hundred_changes_at_once_all_land_and_are_written_together(tmp_path, monkeypatch):
    written = []
    with begun(tmp_path / "p") as project:
        write = project._present.history.write
        monkeypatch.setattr(
            project._present.history, "write", lambda changes: written.append(len(changes)) or write(changes)
        )

        def note(number):
            name, n = (("bridge", 0), ("bridge", 1), ("ferry", 0), ("ferry", 1))[number % 4]
            recorded = project.change(Change(name, n, {"note": f"note {number}"}))
            logged = {r.number: r.set["note"] for r in project.since(0)}
            assert logged[recorded.number] == f"note {number}"  # on disk when it is answered
            return recorded

        answers = _at_once(200, note)
        assert sorted(r.number for r in answers) == list(range(1, 201))
        assert sum(written) == 200
        assert len(written) < 200
        logged = project.since(0)
        assert [r.number for r in logged] == list(range(1, 201))
        assert {r.set["note"] for r in logged} == {f"note {n}" for n in range(200)}
    with opened(tmp_path / "p") as project:
        last = {(r.article, r.n): r.set["note"] for r in logged}
        assert {(note.article, note.n): note.note for note in project.notes()} == last


def test_of_two_who_saw_the_same_one_is_refused(tmp_path):
    with begun(tmp_path / "p") as project:
        answers = _at_once(20, lambda n: project.change(Change("bridge", 0, {"kind": "quote"}), base=0))
        assert sum(isinstance(answer, ConflictError) for answer in answers) == 19
        assert project.last == 1


def test_what_is_wrong_with_one_does_not_touch_those_written_with_it(tmp_path):
    def change(n):
        return project.change(Change("bridge", n % 3, {"kind": "quote" if n % 2 else "quoth"}))

    with begun(tmp_path / "p") as project:
        answers = _at_once(40, change)
        assert [isinstance(answer, SaysoError) for answer in answers] == [True, False] * 20
        assert project.last == 20


def test_reading_adding_and_undoing_go_on_beside_changes(tmp_path):
    def act(n):
        if n % 5 == 0:
            return project.undo()
        if n % 5 == 1:
            return project.add([FERRY])
        if n % 5 == 2:
            return [project.article(entry.key) for entry in project.entries()]
        return project.change(Change("bridge", n % 3, {"kind": ("quote", "narrative")[n % 2], "note": str(n)}))

    told = []
    with opened(tmp_path / "p", tell=told.append) as project:
        project.add([BRIDGE, FERRY])
        answers = _at_once(60, act)
        assert not [answer for answer in answers if isinstance(answer, Exception)]
        assert len(project.entries()) == 14
        while project.undo():
            pass
        assert project.article("bridge") == BRIDGE


def test_articles_can_be_listed_and_read_while_others_are_written(tmp_path, monkeypatch):
    is_writing, go_on = threading.Event(), threading.Event()

    def write_when_told(*given):
        is_writing.set()
        assert go_on.wait(60)
        write_table(*given)

    with begun(tmp_path / "p") as project, ThreadPoolExecutor(2) as pool:
        monkeypatch.setattr("sayso.data.project.disk.shards.write_table", write_when_told)
        adding = pool.submit(project.add, [labelled_article("quay", "The quay is wet.")])
        try:
            assert is_writing.wait(60)
            read = pool.submit(lambda: [project.article(entry.key) for entry in project.entries()]).result(60)
        finally:
            go_on.set()
        assert [labelled.article.id for labelled in read] == ["bridge", "ferry"]
        assert adding.result(60) == ["quay"]
        assert [entry.id for entry in project.entries()] == ["bridge", "ferry", "quay"]


def test_nothing_is_changed_where_the_log_cannot_be_written(tmp_path, monkeypatch):
    def full(changes):
        raise SaysoError("the disk is full.")

    with begun(tmp_path / "p") as project:
        project.change(Change("bridge", 0, {"kind": "quote"}))
        before = {path: path.read_bytes() for path in (tmp_path / "p").rglob("*") if path.is_file()}
        with monkeypatch.context() as patched:
            patched.setattr(project._present.history, "write", full)
            with pytest.raises(SaysoError, match=r"^the disk is full\.$"):
                project.change(Change("bridge", 0, {"kind": "narrative"}))
        assert {path: path.read_bytes() for path in (tmp_path / "p").rglob("*") if path.is_file()} == before
        assert project.article("bridge").sentences[0].kind == "quote"
        assert project.change(Change("bridge", 0, {"kind": "narrative"})).number == 2
