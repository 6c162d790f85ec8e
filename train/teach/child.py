"""The process that teaches: ``python -m sayso.train.teach.child teach/RUN``."""

import contextlib
import os
import sys
import traceback
from pathlib import Path
from typing import Any

from ...errors import SaysoError
from .accepted import model_of
from .alive import alive
from .files import LOCK, RESULT, STATE, digest_of, write_json
from .runs import Run

_NICENESS = 10  # the page goes first


def main(folder: Path) -> int:
    """Do a run, and write what becomes of it into its folder; give the exit code."""
    with contextlib.suppress(OSError, AttributeError):
        os.nice(_NICENESS)
    with alive(folder / LOCK):
        state = _State(folder)
        try:
            state.tell("reading the labels", 0.0)
            _teach(folder, state)
        except SaysoError as error:
            state.end("failed", str(error))
        except MemoryError:
            traceback.print_exc()
            state.end(
                "failed", "There is not enough memory to teach this model; use fewer sentences, or close other programs."
            )
        except Exception as error:  # whatever it is, the page has to say that it is over
            traceback.print_exc()
            line = " ".join(f"{type(error).__name__}: {error}".split())[:300]
            state.end("failed", f"Teaching failed: {line}. The full error message is in {folder / 'log.txt'}.")
        else:
            state.end("done", None)
            return 0
    return 1


def _teach(folder: Path, state: "_State") -> None:
    from .teaching import teach

    run = Run(folder)
    settings = run.settings
    in_use = model_of(run.column, settings["models"])
    taught = teach(settings["column"], Path(settings["data"]), settings["models"], state.tell)
    taught.save(folder)
    # what it was compared with, as that was when the run began: another may have been accepted meanwhile
    replaces = settings["digests"].get(str(in_use))
    write_json(folder / RESULT, {**taught.result, "replaces": replaces, "digest": digest_of(run.candidate)})


class _State:
    """Tells in a file how far the run is."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / STATE
        self.last: dict[str, Any] = {"step": "starting", "part": 0.0}

    def tell(self, step: str, part: float) -> None:
        """Say what is being done, and how much is done, 0 to 1."""
        self.last = {"step": step, "part": round(part, 3)}
        self._write("running", None)

    def end(self, status: str, message: str | None) -> None:
        """Say how it ended."""
        if status == "done":
            self.last = {"step": "done", "part": 1.0}
        self._write(status, message)

    def _write(self, status: str, message: str | None) -> None:
        write_json(self.path, {"status": status, **self.last, "message": message, "pid": os.getpid()})


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
