import contextlib
import importlib.util
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from builders import labelled_article, run_sayso

from sayso.data.datasets.folder import write_dataset
from sayso.data.project.project import Project

TEXT = "Piers closed\n\nThe harbour office closed both piers on Sunday. “We had no choice,” its head said."
pytestmark = pytest.mark.loopback
PATIENCE = 60  # seconds: a busy machine


class Running:
    """A server in a process of its own."""

    def __init__(self, *words, cwd):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "sayso", "serve", *map(str, words), "--no-browser"],
            cwd=cwd,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")},
        )
        self.address = self.process.stdout.readline().strip()

    def ask(self, path, values=None):
        base, _, token = self.address.partition("/?token=")
        body = None if values is None else json.dumps(values).encode()
        request = urllib.request.Request(base + path, body, {"X-Sayso-Token": token, "X-Sayso": "1"})
        return json.loads(urllib.request.urlopen(request, timeout=PATIENCE).read())

    def key(self):
        """Paste an article, and give its key."""
        return self.ask("/api/paste", {"text": TEXT})["added"][0]["key"]

    def read(self):
        """Wait until all sources are read."""
        while self.ask("/api/changes")["sources"]["reading"]:
            time.sleep(0.02)

    def end(self, number=signal.SIGTERM):
        """End it; give exit code, further output and messages."""
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, out, err.splitlines()


@pytest.fixture
def start(tmp_path):
    running = []

    def started(*words):
        running.append(Running(*words, cwd=tmp_path))
        assert running[-1].address, running[-1].process.communicate(timeout=PATIENCE)
        return running[-1]

    yield started
    for server in running:
        if server.process.poll() is None:
            server.process.kill()
        with contextlib.suppress(ValueError):
            server.process.communicate(timeout=PATIENCE)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_what_is_labelled_on_the_page_is_a_dataset_for_the_command_line(start, tmp_path):
    (tmp_path / "piers.txt").write_text(TEXT)
    server = start("piers.txt", "--project", "my-project", "--annotator", "anna", "--port", 0)
    server.read()
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{32}", server.address)
    key = server.key()
    server.ask("/api/change", {"key": key, "n": 2, "set": {"kind": "quote", "source_type": "state"}})
    server.ask("/api/change", {"key": key, "n": 0, "set": {"kind": "narrative"}})
    with socket.create_connection(("127.0.0.1", int(server.address.split(":")[2].split("/")[0]))):
        code, out, err = server.end()
    assert (code, out) == (0, "")
    assert err[0] == "piers.txt: only read, never changed; all is kept in my-project."
    assert "Ctrl-C ends it." in err
    assert "piers.txt: 1 article added." in err
    assert (
        err[-1]
        == "3 labels in my-project/labels/anna; train with: sayso train kind --data my-project/labels/anna --out kind.sayso"
    )
    shown = run_sayso("data", "show", tmp_path / "my-project" / "labels" / "anna", "--json")
    assert json.loads(shown.stdout)["labels"] == {"kind": {"quote": 1, "narrative": 1}, "source_type": {"state": 1}}
    assert (tmp_path / "piers.txt").read_text() == TEXT


def test_what_was_answered_survives_a_kill_and_ctrl_c_ends_it(start, tmp_path):
    server = start("--port", 0)
    key = server.key()
    for n, label in enumerate(("narrative", "official_claim", "quote")):
        assert server.ask("/api/change", {"key": key, "n": n, "set": {"kind": label}})["change"] == n + 1
    server.process.kill()
    server.process.wait(PATIENCE)
    again = start("sayso-project", "--port", 0)
    kinds = [s["labels"]["kind"] for s in again.ask(f"/api/article/{key}")["sentences"]]
    assert kinds == ["narrative", "official_claim", "quote"]
    assert again.ask("/api/undo", {})["n"] == 2
    code, _, err = again.end(signal.SIGINT)
    folder = "sayso-project/labels/me"
    assert (code, err[-1]) == (0, f"2 labels in {folder}; train with: sayso train kind --data {folder} --out kind.sayso")
    assert not (tmp_path / "sayso-project" / "sayso-project").exists()


@pytest.mark.skipif(os.name != "posix", reason="the browser is a shell script")
def test_the_command_that_opens_a_browser_shows_nobody_the_token(tmp_path, monkeypatch):
    browser, opened = tmp_path / "browser.sh", tmp_path / "opened.txt"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}.part && mv {opened}.part {opened}\n')
    browser.chmod(0o700)
    monkeypatch.setenv("BROWSER", str(browser))
    monkeypatch.setenv("DISPLAY", ":0")
    command = [sys.executable, "-m", "sayso", "serve", "--project", "p", "--port", "0"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        base, _, token = server.stdout.readline().strip().partition("/?token=")
        until = time.monotonic() + PATIENCE
        while not opened.exists() and time.monotonic() < until:
            time.sleep(0.02)
        address = opened.read_text().strip()
        assert address.startswith(f"{base}/?token=")
        assert token not in address
        let_in = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        assert b"Articles" in let_in.open(address, timeout=PATIENCE).read()
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(address, timeout=PATIENCE)
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=PATIENCE)


def test_two_annotators_work_side_by_side_and_one_name_only_once(start, tmp_path):
    (tmp_path / "piers.txt").write_text(TEXT)
    anna = start("piers.txt", "--project", "p", "--annotator", "anna", "--port", 0)
    ben = start("piers.txt", "--project", "p", "--annotator", "ben", "--blind", "--port", 0)
    for server in (anna, ben):
        server.read()
    assert sorted(path.name for path in (tmp_path / "p" / "labels").iterdir()) == ["anna", "ben"]
    third = run_sayso("serve", "--project", tmp_path / "p", "--annotator", "anna", "--port", 0, "--no-browser")
    assert third.exit_code == 1
    assert re.match(rf"Error: .*by process {anna.process.pid} ", third.stderr.splitlines()[-1])


def test_a_dataset_is_copied_into_the_project_and_stays_as_it_is(start, tmp_path):
    labelled = labelled_article("trains", ("The rail board objected.", {"kind": "official_claim"}))
    write_dataset([labelled], tmp_path / "gold")
    before = {path: path.read_bytes() for path in (tmp_path / "gold").rglob("*") if path.is_file()}
    server = start("gold", "--project", "p", "--port", 0)
    server.read()
    code, _, err = server.end()
    assert (code, err[-1]) == (0, "1 label in p/labels/me; train with: sayso train kind --data p/labels/me --out kind.sayso")
    assert {path: path.read_bytes() for path in before} == before


def test_a_folder_is_read_without_the_project_that_is_kept_in_it(start, tmp_path):
    (tmp_path / "news").mkdir()
    (tmp_path / "piers.txt").write_text(TEXT)
    (tmp_path / "news" / "more.txt").write_text(TEXT + " It rained.")
    (tmp_path / "photo.png").write_bytes(b"no article")
    with Project.open(tmp_path / "sayso-project", "me", tell=print) as project:
        project.add([labelled_article("earlier", "Rain fell.")])
    server = start(".", "--port", 0)
    server.read()
    assert server.ask("/api/changes")["sources"]["errors"] == []
    _, _, err = server.end()
    assert err[-1] == "No labels yet in sayso-project."
    with Project.open(tmp_path / "sayso-project", "me", tell=print) as project:
        assert [entry.id for entry in project.entries()] == ["earlier", "news/more.txt", "piers.txt"]


def test_standard_input_is_a_source(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-m", "sayso", "serve", "-", "--project", "p", "--port", "0", "--no-browser"],
        cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    process.stdin.write(TEXT)
    process.stdin.close()
    process.stdin = None
    assert process.stdout.readline().startswith("http://")
    for line in process.stderr:
        if line == "-: 1 article added.\n":
            break
    process.terminate()
    process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    with Project.open(tmp_path / "p", "me", tell=print) as project:
        assert [entry.id for entry in project.entries()] == ["-"]


def test_the_usual_port_makes_room_and_one_that_was_asked_for_does_not(start):
    taken = socket.create_server(("127.0.0.1", free_port()))
    port = taken.getsockname()[1]
    refused = run_sayso("serve", "--port", port, "--no-browser")
    assert refused.exit_code == 1
    assert refused.stderr.splitlines()[-1] == (
        f"Error: 127.0.0.1:{port}: Address already in use; give another --port, or 0 for any free port."
    )
    taken.close()
    first, second = start("--project", "a"), start("--project", "b")
    ports = [int(server.address.split(":")[2].split("/")[0]) for server in (first, second)]
    assert 8010 <= ports[0] < ports[1]
    _, _, err = second.end()
    assert f"Port 8010 is taken, so this is port {ports[1]}." in err


@pytest.mark.loopback("every interface")
def test_other_machines_are_let_in_only_by_a_flag_that_says_what_it_means(start):
    refused = run_sayso("serve", "--host", "0.0.0.0", "--no-browser")
    assert (refused.exit_code, refused.stderr) == (
        1,
        "Error: --host 0.0.0.0: other machines could reach the page; add --beyond-this-machine if that is wanted.\n",
    )
    nobody = run_sayso("serve", "--beyond-this-machine", "--no-browser")
    assert nobody.stderr == (
        "Error: --beyond-this-machine: no other machine reaches 127.0.0.1; add --host 0.0.0.0, or an address.\n"
    )
    server = start("--host", "0.0.0.0", "--beyond-this-machine", "--port", 0)
    assert server.ask("/api/changes")["changes"] == []
    _, _, err = server.end()
    assert err[:2] == [
        "Everybody in the network who has the address can read the articles and change the labels.",
        "Nothing is encrypted: who listens in on the network can read everything, the address included.",
    ]


def test_without_the_extra_one_line_says_what_to_install(monkeypatch):
    known = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name in ("starlette", "uvicorn") else known(name))
    result = run_sayso("serve")
    assert (result.exit_code, result.stderr) == (
        1,
        'Error: sayso serve needs starlette and uvicorn; install it with: pip install "sayso[web]"\n',
    )


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["missing.txt"], "missing.txt: no such file or folder."),
        (["--project", "file"], "file is a file; name another folder by --project."),
        (
            ["--project", "things"],
            "things holds 'letter.txt', which is no part of a project; name another folder by --project.",
        ),
        (["--project", "p.csv"], "p.csv: the output is a folder; give a name without .csv."),
        (["--annotator", "../anna"], "annotator '../anna': use up to "),
        (["--annotator", "decided"], "annotator 'decided': this name is reserved "),
        (["--model", "file"], "file: "),
        (["--codebook", "file"], "file"),
        (["--target", "=x"], "the target '=x' names nobody"),
    ],
)
def test_what_cannot_be_is_one_line_and_nothing_is_left_behind(words, line, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("nothing = [")
    (tmp_path / "things").mkdir()
    (tmp_path / "things" / "letter.txt").write_text("Dear Mara")
    result = run_sayso("serve", *words, "--port", 0, "--no-browser")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.splitlines()[-1].startswith(f"Error: {line}")
    assert "Traceback" not in result.stderr
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "letter.txt", "things"]


def test_help_needs_neither_server_nor_models():
    code = (
        "import sys\nfrom sayso.cli import app\n"
        "try: app(['serve', '--help'])\n"
        "except SystemExit as end: assert not end.code\n"
        "print(*[m for m in ('starlette', 'uvicorn', 'numpy', 'sklearn', 'pyarrow') if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd="/")
    assert "--beyond-this-machine" in done.stdout
    assert done.stderr == "\n"
