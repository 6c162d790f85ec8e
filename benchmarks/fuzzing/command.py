"""Runs a command of sayso in this process, and judges how it ends and what it says."""

import re
from collections.abc import Sequence
from functools import cache
from unittest import mock

import typer
from typer import testing

from sayso import cli
from sayso.data.commands import console

from .case import Case, FaultError, fault_of

_RUNNER = testing.CliRunner()
_MADE_ONCE = cache(typer.main.get_command)
"""Making the commands and their types takes longer than most of them do."""
_RAW = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_HEARD: list[str] = []
"""What the command has said on standard error, message by message: in the stream no end of one can be seen."""
_WRITE_ERROR = vars(console)["_write_error"]


def _heard(text: str) -> None:
    """Hear of each message as it is written."""
    _HEARD.append(f"{text}\n")
    _WRITE_ERROR(text)


def run(case: Case) -> bytes:
    """Run the command of an input.

    Returns
    -------
    bytes
        The exit code, standard output and standard error.

    Raises
    ------
    FaultError
        If it ends in a traceback or with another code than 0, 1 and 2, or says what no message may hold.
    """
    return run_words(case.words)


def run_words(words: Sequence[str]) -> bytes:
    """Run a command; see `run`."""
    _HEARD.clear()
    with mock.patch.object(console, "_write_error", _heard), mock.patch.object(testing, "_get_command", _MADE_ONCE):
        result = _RUNNER.invoke(cli.app, list(words), prog_name="sayso")
    command = " ".join(word for word in words[:2] if word.isalpha())
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        error = FaultError("traceback", command)
        error.fault = fault_of(result.exception)
        raise error from result.exception
    if result.exit_code not in (0, 1, 2):
        raise FaultError(f"exit code {result.exit_code}", command, result.stderr[-300:])
    _judge(command, result.stderr)
    text = f"exit code {result.exit_code}\n{result.stderr}\n{result.stdout}"
    return text.encode("utf-8", "surrogateescape")


def _judge(command: str, said: str) -> None:
    """Judge what was said on standard error."""
    if "there is not enough memory" in said:
        raise FaultError("memory", command, said[-300:])
    if found := _RAW.search(said):
        around = said[max(found.start() - 60, 0) : found.end() + 60]
        raise FaultError("raw character in a message", f"{command} {_kind_of_line(said, found.start())}", ascii(around))
    if "internal error of sayso" in said:
        raise FaultError("internal error", command, said[-300:])
    if long := next((line for line in _HEARD if line.startswith("Error: ") and line.count("\n") > 1), None):
        raise FaultError("message of several lines", command, ascii(long[:300]))
    if said != "".join(_HEARD):
        raise FaultError("printed", command, ascii(said[:300]))


def _kind_of_line(said: str, at: int) -> str:
    """Name a message by the plain words that it has nearest before something odd."""
    words = re.findall(r"[a-z]{3,}", said[:at][-80:])
    return " ".join(words[-3:])
