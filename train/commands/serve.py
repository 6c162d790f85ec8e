"""The command ``sayso serve``."""

from pathlib import Path
from typing import Annotated

import typer

from ...data.commands.console import tell
from ...errors import SaysoError


def serve(
    sources: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[SOURCE]...", help="Articles, labelled files or datasets to begin with; only read."),
    ] = None,
    project: Annotated[Path, typer.Option("--project", "-p", help="Folder in which everything is kept.")] = Path(
        "sayso-project"
    ),
    annotator: Annotated[str, typer.Option(help="Whose labels these are.")] = "me",
    blind: Annotated[bool, typer.Option("--blind", help="Hide what the models say.")] = False,
    model: Annotated[
        list[str] | None, typer.Option(show_default=False, help="Model file instead of the package's; repeatable.")
    ] = None,
    target: Annotated[
        list[str] | None,
        typer.Option(show_default=False, help="Ask for stances towards NAME, or NAME=ALIAS,ALIAS; repeatable."),
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any that is free.")] = 8010,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    beyond: Annotated[
        bool, typer.Option("--beyond-this-machine", help="Let other machines in; they need the printed address.")
    ] = False,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Only print the address.")] = False,
) -> None:
    """Open a page in the browser to read articles, put labels right, and teach a model.

    \b
    Example: sayso serve articles/ --project my-project
    """
    from ...classify.queue.pool import read_pool
    from ...data.project.project import Project
    from ..serve.desk import Desk, Settings
    from ..serve.guard import Door, is_loopback
    from ..serve.server import listen
    from ..serve.server import serve as run

    if not is_loopback(host) and not beyond:
        raise SaysoError(f"--host {host}: other machines could reach the page; add --beyond-this-machine if that is wanted.")
    listening = listen(host, port)
    with Project.open(project, annotator, tell=tell) as opened:
        if sources:
            opened.add(read_pool(sources, lambda error: tell(f"Error: {error}"), tell, any_language=True))

        def ready(door: Door) -> None:
            typer.echo(door.address)
            tell("Ctrl-C ends it.")

        run(Desk(opened, Settings(model or (), (), blind)), listening, host, ready)
