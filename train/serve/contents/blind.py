"""What is closed to somebody who labels blind: what models say, and what other annotators do."""

from typing import Any

from ....data.system.file_systems import quoted
from ....errors import SaysoError
from ..desk import Desk

CLOSED = "You label blind."
OTHERS = "to compare your labels with other annotators'"
MODELS = "to teach models and see how good they are"


def closed_line(why: str = OTHERS) -> str:
    """Say what to do to see what is hidden.

    >>> closed_line()
    'You label blind. Start sayso serve without --blind to compare your labels with other annotators'.'
    """
    return f"{CLOSED} Start sayso serve without --blind {why}."


def check_sees(desk: Desk, why: str = OTHERS) -> None:
    """Refuse what would tell somebody who labels blind of models or of other annotators.

    Raises
    ------
    SaysoError
        When blind.
    """
    if desk.settings.blind:
        raise SaysoError(closed_line(why))


def closed_page(desk: Desk, title: str, why: str) -> dict[str, Any]:
    """Give what the page of something that is closed speaks of."""
    project = desk.project
    command = f"sayso serve {quoted(str(project.layout.root))} --annotator {quoted(project.annotator)}"
    return {"title": title, "line": closed_line(why), "command_line": command}
