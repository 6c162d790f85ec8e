"""A server of the local page for tests: in a thread, over real sockets, with a project in a folder of the test's own."""

import http.client
import json
import socket
import threading
from collections import namedtuple
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import pytest

from sayso.classify.annotation import annotator
from sayso.classify.annotation.labels import parse_targets
from sayso.data.project.project import Project
from sayso.errors import SaysoError
from sayso.train.serve.app import make_app
from sayso.train.serve.desk import Desk, Settings
from sayso.train.serve.guard import Door
from sayso.train.serve.server import Server, listen
from sayso.train.serve.uploads import Sources
from sayso.train.serve.work.team import Team

Answer = namedtuple("Answer", "status headers body")
HERE = Path(__file__).parent
PATIENCE = 30  # seconds: a busy machine


def pytest_collection_modifyitems(items):
    """Allow the tests of this folder to connect to this machine."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.loopback)


class Served:
    """A server; ``folder`` is its project, ``address`` what a person opens, ``told`` what was said on stderr."""

    _before = None  # a desk: its models are loaded before others are, for within a process only one thread may annotate

    def __init__(self, folder, sources=(), annotator="me", team=Team, **about):
        self.folder, self.told = folder, []
        if Served._before is not None:
            with suppress(SaysoError):
                Served._before.annotator()
        self.project = Project.open(folder, annotator, tell=self.told.append)
        try:
            self.desk = Desk(self.project, _settings(**about), self.told.append)
        except BaseException:
            self.project.close()
            raise
        Served._before = self.desk
        self.desk.first_shown.set()  # nothing waits for a page that may not come
        self.sources = Sources(self.desk, sources)
        listening = listen("127.0.0.1", 0)
        self.port = listening.getsockname()[1]
        self.door, self.team = Door(self.port), team(self.desk)
        self._server = Server(make_app(self.desk, self.door, self.sources, self.team))
        self._thread = threading.Thread(target=self._server.run, args=([listening],))
        self._thread.start()
        self.sources.start()
        self.sources.done.result(PATIENCE)

    @property
    def address(self):
        return self.door.address

    def stop(self):
        """End the server and close its project; a second time nothing happens."""
        self.sources.stop()
        self._server.should_exit = True
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive(), "the server does not end"
        if self.project is not None:
            self.team.close()
            self.project.close()
            self.project = None

    def request(self, method, path, body=None, headers=None, host=None):
        """Ask as a program does that may say anything; give status, headers and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            sent = {"Host": host or f"127.0.0.1:{self.port}", **(headers or {})}
            if body is not None:
                sent.setdefault("Content-Length", str(len(body)))
            for name, value in sent.items():
                for one in value if isinstance(value, list) else [value]:
                    connection.putheader(name, one)
            connection.endheaders(body)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    @property
    def let_in(self):
        """The headers of a program that may do everything."""
        return {"X-Sayso-Token": self.door.token, "X-Sayso": "1"}

    def get(self, path, **headers):
        """Get a page or JSON as a program that is let in."""
        return self.request("GET", path, headers={**self.let_in, **headers})

    def post(self, path, values=None, **headers):
        """Send JSON as a program that is let in."""
        body = b"" if values is None else json.dumps(values).encode()
        return self.request("POST", path, body, {**self.let_in, **headers})

    def upload(self, name, content):
        """Send a file as a program that is let in."""
        return self.request("POST", "/api/upload", content, {**self.let_in, "X-Sayso-Name": quote(name)})

    def paste(self, text, **about):
        """Paste an article, which may be there already; give its key."""
        answer = self.post("/api/paste", {"text": text, **about})
        assert answer.status == 200, answer
        taken = json.loads(answer.body)
        return [*taken["added"], *taken["there"]][0]["key"]

    def article(self, key):
        """Give an article as the page gets it."""
        answer = self.get(f"/api/article/{key}")
        assert answer.status == 200, answer
        return json.loads(answer.body)

    def change(self, key, n, **values):
        """Change labels; give the answer's values."""
        answer = self.post("/api/change", {"key": key, "n": n, "set": values})
        assert answer.status == 200, answer
        return json.loads(answer.body)

    def raw(self, sent):
        """Send bytes, and give all that comes until the server closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as connection:
            connection.sendall(sent)
            parts = []
            while part := connection.recv(65536):
                parts.append(part)
        return b"".join(parts)


def _settings(models=(), targets=(), blind=False, codebook=None):
    return Settings(models, parse_targets(targets), blind, codebook)


@contextmanager
def _servers(folder):
    running = []

    def start(*sources, folder=folder, **about):
        running.append(Served(folder, sources, **about))
        return running[-1]

    try:
        yield start
    finally:
        for server in running:
            server.stop()


@pytest.fixture(scope="session", autouse=True)
def built_in_models_once():
    """Let the servers of all tests share the built-in models: loading them takes half a second and 100 MB each time."""
    load, shared = annotator.load_annotator, []

    def load_once(paths=(), **about):
        if [*paths] or about != {"stance": True}:
            return load(paths, **about)
        shared.extend([] if shared else [load(paths, **about)])
        return shared[0]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(annotator, "load_annotator", load_once)
        yield


@pytest.fixture
def served(tmp_path):
    """
    Give what starts a server: ``served(*sources, annotator=…, blind=…, models=…, targets=…, codebook=…, folder=…)``.

    All servers end with the test; ``folder`` is ``my-project`` in the test's own folder unless it is given, and the same
    folder may be served again after ``stop``.
    """
    with _servers(tmp_path / "my-project") as start:
        yield start


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """Give a server that the tests of a module share."""
    with _servers(tmp_path_factory.mktemp("running") / "my-project") as start:
        yield start()
