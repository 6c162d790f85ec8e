"""Nothing of the network is touched unless an option asks for it; the guard that sees to it over all tests does refuse."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from network_guard import NetworkRefusedError, is_refused

ROOT = Path(__file__).parent.parent
ASKS = "import socket; socket.socket().connect(('192.0.2.7', 80))"


@pytest.fixture
def expected(attempts):
    """Give what was refused, in a test that means to be refused."""

    def told():
        lines = attempts.read_text("utf-8").splitlines()
        attempts.write_text("", "utf-8")
        return lines

    yield told
    attempts.write_text("", "utf-8")


def test_another_machine_is_refused_before_anything_is_sent(expected):
    with (
        socket.socket() as asking,
        pytest.raises(NetworkRefusedError, match=r"socket\.connect 192\.0\.2\.7: a test reached"),
    ):
        asking.connect(("192.0.2.7", 80))
    with socket.socket(type=socket.SOCK_DGRAM) as sending, pytest.raises(NetworkRefusedError, match="sendto 198"):
        sending.sendto(b"x", ("198.51.100.7", 53))
    with pytest.raises(NetworkRefusedError, match=r"getaddrinfo news\.example"):
        socket.getaddrinfo("news.example", 443)
    assert expected() == ["socket.connect 192.0.2.7", "socket.sendto 198.51.100.7", "socket.getaddrinfo news.example"]


def test_a_process_that_a_test_starts_is_refused_too(expected):
    done = subprocess.run([sys.executable, "-c", ASKS], capture_output=True, text=True, check=False, cwd="/")
    assert done.returncode == 1
    assert "NetworkRefusedError: socket.connect 192.0.2.7" in done.stderr
    assert expected() == ["socket.connect 192.0.2.7"]


def test_this_machine_is_refused_without_the_mark(expected):
    with socket.socket() as asking, pytest.raises(NetworkRefusedError, match=r"socket\.bind 127\.0\.0\.1"):
        asking.bind(("127.0.0.1", 0))
    assert expected() == ["socket.bind 127.0.0.1"]


@pytest.mark.loopback
def test_with_the_mark_this_machine_is_allowed_and_no_other(expected):
    with socket.create_server(("127.0.0.1", 0)) as listening, socket.create_connection(listening.getsockname()):
        pass
    with socket.socket() as asking, pytest.raises(NetworkRefusedError, match="connect 192"):
        asking.connect(("192.0.2.7", 80))
    assert expected() == ["socket.connect 192.0.2.7"]


@pytest.mark.parametrize(
    ("event", "args", "mode", "refused"),
    [
        ("socket.getaddrinfo", (None, 0, 0, 0, 0), "loopback", False),
        ("socket.getaddrinfo", (b"localhost", 0, 0, 0, 0), "loopback", False),
        ("socket.getaddrinfo", ("localhost.news.example", 0, 0, 0, 0), "loopback", True),
        ("socket.bind", (None, ("0.0.0.0", 80)), "loopback", True),
        ("socket.bind", (None, ("0.0.0.0", 80)), "every interface", False),
        ("socket.connect", (None, ("198.51.100.7", 80)), "every interface", True),
        ("socket.bind", (None, ("::1", 0)), "nothing", False),
        ("socket.bind", (None, ("::1", 80)), "nothing", True),
        ("socket.connect", (None, "/run/a.socket"), "nothing", False),
        ("socket.connect", (None, ("::1", 80, 0, 0)), "loopback", False),
        ("socket.gethostname", (), "nothing", False),
        ("open", ("/etc/hosts", "r", 0), "nothing", False),
    ],
)
def test_what_is_refused(event, args, mode, refused):
    assert is_refused(event, args, mode) is refused


def test_commands_neither_import_nor_ask_the_hub_unless_they_are_asked_to(tmp_path):
    team = str(ROOT / "examples" / "team" / "anna.jsonl")
    model = str(tmp_path / "kind.sayso")
    commands = [
        ["annotate", str(ROOT / "examples" / "scraped.txt")],
        ["data", "build", team, "-o", str(tmp_path / "data")],
        ["train", "kind", "--data", str(tmp_path / "data"), "--no-scores", "--out", model],
        ["evaluate", "kind", "--data", team, "--model", model],
    ]
    code = (
        "import json, sys\nsys.modules['cleanlab'] = None  # another's package, which imports datasets for itself\n"
        "from sayso.cli import app\n"
        "for words in json.loads(sys.argv[1]):\n"
        "    try: app(words)\n"
        "    except SystemExit as end: assert not end.code, (words, end.code)\n"
        "print('loaded:', *sorted({'datasets', 'huggingface_hub', 'httpx', 'requests'} & {*sys.modules}))"
    )
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("HF_", "TRANSFORMERS_"))}
    command = [sys.executable, "-c", code, json.dumps(commands)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd="/", env=kept)
    assert done.stdout.splitlines()[-1] == "loaded:"
