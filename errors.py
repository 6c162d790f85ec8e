"""What goes wrong on the user's side, in one line each; and what a bug of ours costs."""

import traceback


class SaysoError(Exception):
    """Something the user can correct: the message says what was found, where, and what to do."""


class OwnError(SaysoError):
    """A bug of ours, by which an article or a file was lost, and nothing else.

    Parameters
    ----------
    lost : str
        What was lost.
    said : str
        The error, in a line.
    trace : str
        Where it came up, in many lines.
    """

    def __init__(self, lost: str, said: str, trace: str) -> None:
        super().__init__(lost, said, trace)  # all of it, so that it comes whole out of another process
        self.lost, self.said, self.trace = lost, said, trace

    def __str__(self) -> str:
        return f"{self.lost}: left out because of an internal error of sayso ({self.said}); please report it."

    @classmethod
    def of(cls, lost: str, error: Exception) -> "OwnError":
        """Make one of the error that is being handled."""
        return cls(lost, *described(error))


OF_THE_RUN = (SaysoError, MemoryError, OSError)
"""Errors that are no fault of one article: the others would fare no better."""


def described(error: Exception) -> tuple[str, str]:
    """Give an error in a line, and its trace in many."""
    return " ".join(f"{type(error).__name__}: {error}".split()), "".join(traceback.format_exception(error))
