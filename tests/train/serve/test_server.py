import contextlib
import http.client
import json
import socket
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from builders import labelled_article

from sayso.data.project.project import Project
from sayso.errors import SaysoError
from sayso.train.serve import downloads
from sayso.train.serve import server as serving
from sayso.train.serve.server import listen
from sayso.train.serve.uploads import Taken

TEXT = "\n\n".join(f"Pier {n} opened again on Friday, the harbour office said." for n in range(40))
MEGABYTE = b"a" * 1_000_000


@pytest.fixture
def impatient(monkeypatch):
    """Have the server wait for tenths of a second instead of half a minute."""
    monkeypatch.setattr("sayso.train.serve.guard._PATIENCE", 0.3)
    monkeypatch.setattr("sayso.train.serve.server._PATIENCE", 0.3)
    monkeypatch.setattr("sayso.train.serve.server._LOOKS", 0.1)


@pytest.fixture
def scratch(tmp_path, monkeypatch):
    """Give the folder in which the server puts what it keeps for a moment."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def wait_until(is_so):
    until = time.monotonic() + 30
    while not is_so() and time.monotonic() < until:
        time.sleep(0.02)


def head_of(server, path, *more):
    lines = [
        f"POST {path} HTTP/1.1",
        f"Host: 127.0.0.1:{server.port}",
        f"X-Sayso-Token: {server.door.token}",
        "X-Sayso: 1",
        "X-Sayso-Name: a.txt",
        *more,
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def test_two_hundred_requests_at_once_get_their_answers_and_no_change_is_lost(served):
    server = served()
    key = server.paste(TEXT)

    def ask(n):
        if n % 5:
            return server.get("/" if n % 2 else f"/api/article/{key}").status
        return server.post("/api/change", {"key": key, "n": n // 5, "set": {"kind": "official_claim"}}).status

    with ThreadPoolExecutor(200) as threads:
        assert set(threads.map(ask, range(200))) == {200}
    labels = [s["labels"]["kind"] for s in server.article(key)["sentences"]]
    assert labels == ["official_claim"] * 40
    assert json.loads(server.get("/api/changes").body)["last"] == 40


def test_a_hundred_megabytes_are_refused_and_kept_nowhere(served, scratch):
    server = served()

    def pieces():
        for _ in range(100):
            yield MEGABYTE

    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    sent = {**server.let_in, "X-Sayso-Name": "a.txt"}
    connection.request("POST", "/api/upload", pieces(), {**sent, "Content-Length": "100000000"})
    assert connection.getresponse().status == 413
    connection.close()
    connection.request("POST", "/api/upload", pieces(), {**sent, "Connection": "close"}, encode_chunked=True)
    answer = connection.getresponse()
    assert (answer.status, answer.headers["x-content-type-options"]) == (413, "nosniff")
    connection.close()
    assert list(scratch.iterdir()) == []
    assert server.get("/").status == 200


def test_json_that_grows_without_end_is_refused(served):
    server = served()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    pieces = iter([b'{"key": "'] + [MEGABYTE] * 20)
    sent = {**server.let_in, "Connection": "close"}
    connection.request("POST", "/api/change", pieces, sent, encode_chunked=True)
    assert connection.getresponse().status == 413
    connection.close()


def test_who_sends_nothing_or_half_a_head_is_let_go(served, impatient):
    server = served()
    for sent in (b"", b"GET / HTTP/1.1\r\nHost: 127", b"GET / HTTP/1.1\r\n"):
        with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
            connection.sendall(sent)
            with contextlib.suppress(ConnectionResetError):
                assert connection.recv(100) == b""


def test_who_sends_a_byte_now_and_then_is_let_go_and_holds_nobody_up(served, impatient, scratch):
    server = served()
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as slow:
        slow.sendall(head_of(server, "/api/upload", "Content-Length: 1000"))
        stopped = threading.Event()

        def dribble():
            while not stopped.wait(0.05):
                try:
                    slow.sendall(b"a")
                except OSError:
                    return

        thread = threading.Thread(target=dribble)
        thread.start()
        key = server.paste(TEXT)
        assert server.change(key, 3, kind="narrative")["change"] == 1
        answer = slow.recv(65536)
        stopped.set()
        thread.join()
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert list(scratch.iterdir()) == []


def test_who_does_not_read_the_answer_is_let_go(served, impatient):
    server = served()
    key = server.paste(" ".join([TEXT] * 30))
    with socket.create_connection(("127.0.0.1", server.port)) as deaf:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        asked = (
            f"GET /api/article/{key} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nX-Sayso-Token: {server.door.token}\r\n\r\n"
        )
        deaf.sendall(asked.encode() * 20)
        connections = server._server.server_state.connections
        wait_until(lambda: connections)
        wait_until(lambda: not connections)
        assert not connections


def test_long_readings_hold_up_neither_changes_nor_pastes(served, monkeypatch):
    may_go_on, reading = threading.Event(), threading.Semaphore(0)
    monkeypatch.setattr("sayso.train.serve.api.from_file", lambda *_: (reading.release(), may_go_on.wait(20), Taken())[2])
    server = served()
    with ThreadPoolExecutor(4) as threads:
        sent = [threads.submit(server.upload, f"{n}.txt", b"Rain fell.") for n in range(4)]
        assert [reading.acquire(timeout=20) for _ in range(2)] == [True, True]
        key = server.paste(TEXT)
        assert server.change(key, 0, kind="narrative")["change"] == 1
        assert not reading.acquire(blocking=False)  # two at a time
        may_go_on.set()
        assert [one.result().status for one in sent] == [200] * 4


def test_one_download_is_made_at_a_time_and_who_waits_too_long_is_told_so(served, monkeypatch, scratch):
    may_go_on, writing = threading.Event(), threading.Semaphore(0)
    write = downloads.write
    monkeypatch.setattr("sayso.train.serve.api.write", lambda *of: (writing.release(), may_go_on.wait(20), write(*of))[2])
    monkeypatch.setattr("sayso.train.serve.api._LONGEST_LINE", 0.3)
    server = served()
    key = server.paste(TEXT)
    with ThreadPoolExecutor(4) as threads:
        first = threads.submit(server.get, "/api/export?format=jsonl")
        assert writing.acquire(timeout=20)
        others = [threads.submit(server.get, "/api/export?format=csv") for _ in range(3)]
        assert {(other.result().status, other.result().body) for other in others} == {
            (503, b'{"error":"Another download is being prepared; try again when it is finished."}')
        }
        assert not writing.acquire(blocking=False)
        assert server.change(key, 0, kind="narrative")["change"] == 1
        may_go_on.set()
        assert first.result().status == 200
    assert server.get("/api/export?format=csv").status == 200
    wait_until(lambda: not list(scratch.iterdir()))
    assert list(scratch.iterdir()) == []


def test_a_download_of_a_large_project_is_the_same_and_made_in_another_process(served, monkeypatch, scratch):
    server = served()
    key = server.paste(TEXT)
    server.change(key, 0, kind="narrative")
    asked = [f"/api/export?format={form}" for form in ("jsonl", "csv&excel", "label-studio")]
    here = [server.get(path) for path in asked]
    monkeypatch.setattr(downloads, "_FEW", 10)
    monkeypatch.setattr("sayso.train.serve.api.write", None)
    there = [server.get(path) for path in asked]
    assert {answer.status for answer in there} == {200}
    names = [answer.headers["content-disposition"] for answer in here]
    assert [answer.headers["content-disposition"] for answer in there] == names
    assert [answer.body for answer in there[:2]] == [answer.body for answer in here[:2]]
    refused = server.get("/api/export?format=csv&annotator=ben")
    assert (refused.status, json.loads(refused.body)["error"]) == (400, "No labels by 'ben'; the annotators here are me.")
    wait_until(lambda: not list(scratch.iterdir()))
    assert list(scratch.iterdir()) == []


def test_what_another_process_cannot_write_is_one_line(tmp_path, capsys):
    wanted = {"labels": str(tmp_path / "gone"), "name": "p-me", "form": "csv", "excel": False, "columns": None}
    downloads.main(json.dumps(wanted), str(tmp_path))
    assert json.loads(capsys.readouterr().out)["error"].startswith(f"{tmp_path / 'gone'}: ")


def test_a_connection_that_breaks_in_the_middle_of_a_file_leaves_nothing(served, scratch):
    server = served()
    for _ in range(3):
        with socket.create_connection(("127.0.0.1", server.port)) as connection:
            connection.sendall(head_of(server, "/api/upload", "Content-Length: 5000000") + MEGABYTE)
            wait_until(lambda: list(scratch.iterdir()))
        wait_until(lambda: not list(scratch.iterdir()))
    assert list(scratch.iterdir()) == []
    assert server.project.entries() == []
    assert not [line for line in server.told if line.startswith("Error")]


def test_connections_on_which_nothing_happens_make_room_for_others(served, monkeypatch):
    server = served()
    monkeypatch.setattr(serving, "_AT_ONCE", 4)
    used = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    used.request("GET", "/api/changes", headers=server.let_in)
    assert used.getresponse().read()
    idle = [socket.create_connection(("127.0.0.1", server.port), timeout=20) for _ in range(6)]
    assert [connection.recv(100) for connection in idle[:3]] == [b""] * 3  # the oldest are let go
    assert server.get("/").status == 200
    used.request("GET", "/api/changes", headers=server.let_in)  # what was of use stays longest
    assert used.getresponse().status == 200
    for connection in (used, *idle):
        connection.close()


def test_one_connection_too_many_is_told_so(served, monkeypatch):
    server = served()

    def connections():
        return server._server.server_state.connections

    monkeypatch.setattr(serving, "_AT_ONCE", 2)
    waiting = [socket.create_connection(("127.0.0.1", server.port), timeout=20) for _ in range(2)]
    for connection in waiting:
        connection.sendall(head_of(server, "/api/upload", "Content-Length: 9"))
    wait_until(lambda: [c for c in connections() if c.cycle is not None] == list(connections()) and len(connections()) == 2)
    answer = server.raw(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"x" * 60_000 + b"\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 503 Service Unavailable\r\n")
    assert b"X-Content-Type-Options: nosniff\r\n" in answer
    assert answer.endswith(b"Too many connections at once; try again.\n")
    for connection in waiting:
        connection.close()
    wait_until(lambda: not server._server.server_state.connections)
    assert server.get("/").status == 200


def test_a_keep_alive_connection_that_is_used_stays(served, monkeypatch):
    monkeypatch.setattr(serving, "_PATIENCE", 0.2)
    monkeypatch.setattr(serving, "_LOOKS", 0.1)
    server = served()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    for _ in range(10):
        connection.request("GET", "/api/changes", headers=server.let_in)
        assert connection.getresponse().read()
        time.sleep(0.06)
    connection.close()


def test_it_ends_with_connections_open(served):
    server = served()
    with (
        socket.create_connection(("127.0.0.1", server.port)) as idle,
        socket.create_connection(("127.0.0.1", server.port)) as half,
    ):
        half.sendall(b"GET / HTTP/1.1\r\nHost: 127")
        server.stop()
        with contextlib.suppress(ConnectionResetError):
            assert idle.recv(100) == b""


def test_a_port_that_is_taken_is_told_or_the_next_one_is_taken():
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SaysoError, match=f"127.0.0.1:{port}: Address already in use; give another --port, or 0"):
            listen("127.0.0.1", port)
        with listen("127.0.0.1", port, or_next=True) as other:
            assert port < other.getsockname()[1] <= port + 19


@pytest.mark.parametrize("host", ["192.0.2.1", "nowhere.invalid", "::ffff:1:2:3:4:5:6", "a" * 70])
def test_an_address_that_is_none_of_this_machine_is_one_line(host):
    with pytest.raises(SaysoError, match=f"{host}:8010: .*; give another --port"):
        listen(host, 8010)


def test_what_is_taught_is_stopped_with_the_server_and_told(served):
    server = served()
    stopped = []
    state = {"status": "running", "decision": None, "column": "kind", "part": 0.5, "result": None, "run": "0001-kind"}
    server.team.teaching._started = SimpleNamespace(
        name="0001-kind", column="kind", state=lambda: state, stop=lambda: stopped.append("kind")
    )
    server.stop()
    assert stopped == ["kind"]
    assert server.told[-1] == "Teaching of kind was stopped; the model in use is unchanged."


_FIRST_PAGE = """
import asyncio, sys
from pathlib import Path
from sayso.data.project.project import Project
from sayso.train.serve import app, desk
from sayso.train.serve.guard import Door

desk.QUIET = app.QUIET = 60
at_first = []

async def ask(application, door):
    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}
    async def send(message):
        at_first.append((message.get("status"), [name for name in sys.argv[2:] if name in sys.modules]))
    headers = [(b"host", b"127.0.0.1:80"), (b"x-sayso-token", door.token.encode())]
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": headers, "http_version": "1.1"}
    await application(scope, receive, send)

with Project.open(Path(sys.argv[1]), "me", tell=print) as project:
    door = Door(80)
    asyncio.run(ask(app.make_app(desk.Desk(project), door), door))
print(at_first[0], at_first[-1])
"""


def test_the_list_of_articles_waits_for_no_module_that_reads_files_or_asks_models(tmp_path):
    with Project.open(tmp_path / "project", "me", tell=print) as project:
        project.add([labelled_article("rain", "Rain fell.", "It stopped.")])
    late = ["pandas", "sklearn", "sayso.data.exchange.formats", "sayso.data.articles.files", "sayso.data.datasets.build"]
    late += ["sayso.classify.annotation.annotator", "sayso.classify.queue.queue", "sayso.train.serve.api"]
    command = [sys.executable, "-c", _FIRST_PAGE, tmp_path / "project", *late]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "(200, []) (None, [])\n"
