import os
import socket
import subprocess
import sys

import pytest

from sayso.classify.audit.roster_file import read_roster
from sayso.data.checks.rules import read_label_rules
from sayso.data.codebook.reading import read_codebook
from sayso.data.system.whole_file import is_already_open, opened_file, whole_file
from sayso.errors import SaysoError

needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
needs_devices = pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="the system has no devices")


def test_a_file_up_to_the_limit_is_read_whole(tmp_path):
    (tmp_path / "roster.csv").write_bytes(b"speaker\r\n")
    assert whole_file(tmp_path / "roster.csv", most=9, what="a roster") == b"speaker\r\n"


def test_a_longer_file_is_refused_with_the_limit(tmp_path):
    (tmp_path / "roster.csv").write_bytes(b"x" * 1235)
    with pytest.raises(SaysoError, match=r"roster\.csv: longer than 1,234 bytes, the limit for a roster; check that it is"):
        whole_file(str(tmp_path / "roster.csv"), most=1234, what="a roster")


def test_a_sparse_file_is_not_read(tmp_path):
    with open(tmp_path / "rules.toml", "wb") as file:
        file.truncate(10**11)
    with pytest.raises(SaysoError, match="longer than 10 bytes"):
        whole_file(tmp_path / "rules.toml", most=10, what="rules")


@needs_devices
@pytest.mark.parametrize("path", ["/dev/zero", "/dev/urandom", "/dev/full", "/dev/null"])
def test_a_device_is_refused(path):
    with pytest.raises(SaysoError, match=rf"^{path}: this is a device, not a file; give a codebook\.$"):
        whole_file(path, most=10, what="a codebook")


@needs_pipes
def test_a_pipe_that_nobody_writes_to_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(
        SaysoError,
        match=r"pipe: this is a named pipe, not a file; give rules\. What a command prints can be given as <\(COMMAND\)\.",
    ):
        whole_file(tmp_path / "pipe", most=10, what="rules")


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="the system has no sockets in folders")
def test_a_socket_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # the address of a socket must be short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("wire")
        with pytest.raises(SaysoError, match=r"^wire: this is a socket, not a file; give a roster\.$"):
            whole_file("wire", most=10, what="a roster")


def test_what_is_not_there_and_a_folder_are_errors_of_the_system(tmp_path):
    with pytest.raises(FileNotFoundError, match="No such file"):
        opened_file(tmp_path / "none", "a roster")
    with pytest.raises(OSError, match=r"directory|denied"):
        opened_file(tmp_path, "a roster")


@needs_pipes
def test_a_loop_of_links_and_a_link_to_nowhere_are_errors_of_the_system(tmp_path):
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "lost").symlink_to("gone")
    with pytest.raises(OSError, match="Too many levels"):
        opened_file(tmp_path / "loop", "a roster")
    with pytest.raises(FileNotFoundError, match="lost"):
        opened_file(tmp_path / "lost", "a roster")


@pytest.mark.skipif(not os.path.exists("/dev/fd"), reason="the system has no /dev/fd")
@pytest.mark.parametrize(("raw", "code"), [(b"speaker\n", 0), (b"speaker" * 100, 1)])
def test_what_a_shell_has_opened_is_read_as_it_comes(raw, code):
    """In another process: a test must not read the standard input of its own."""
    program = (
        "from sayso.data.system.whole_file import whole_file\nprint(whole_file('/dev/stdin', most=100, what='a roster'))"
    )
    done = subprocess.run([sys.executable, "-c", program], input=raw, capture_output=True)
    assert done.returncode == code
    assert b"b'speaker\\n'" in done.stdout if code == 0 else b"/dev/stdin: longer than 100 bytes" in done.stderr


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/dev/stdin", True), ("/dev/fd/63", True), ("/proc/self/fd/0", True), ("/dev/zero", False), ("dev/stdin", False)],
)
def test_streams_that_are_open_are_told_by_their_path(path, expected):
    assert is_already_open(path) is expected


@needs_devices
@pytest.mark.parametrize(
    ("read", "what"),
    [
        (lambda path: read_roster(path, print), "a roster"),
        (read_label_rules, "a file of rules"),
        (read_codebook, "a codebook"),
    ],
)
def test_the_files_beside_the_articles_are_opened_so(read, what):
    with pytest.raises(SaysoError, match=rf"^/dev/zero: this is a device, not a file; give {what}\.$"):
        read("/dev/zero")


def test_rules_with_a_number_that_python_does_not_read_are_refused(tmp_path):
    (tmp_path / "rules.toml").write_text("rule = " + "9" * 5000)
    with pytest.raises(SaysoError, match=r"rules\.toml: not valid TOML: .*; correct the number\."):
        read_label_rules(tmp_path / "rules.toml")
