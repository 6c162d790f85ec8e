"""The command ``sayso serve``."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...data.commands.console import show, tell
from ...data.commands.help import MODELS, NETWORK
from ...data.system.file_names import visible
from ...data.system.file_systems import Steps
from ...errors import SaysoError

if TYPE_CHECKING:
    from socket import socket

    from ...classify.stance_bias.targets import Target
    from ...data.project.project import Project
    from ..serve.desk import Settings
    from ..serve.guard import Door

_PORT = 8010
_PROJECT = Path("sayso-project")
_OF_PROJECTS = frozenset(("codebook.toml", "codebook", "labels", "history", "models", "teach"))


def serve(
    sources: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="SOURCE…",
            help="Articles, labelled files or datasets to start with (they are read, never changed), or a project folder "
            "to continue with.",
        ),
    ] = None,
    project: Annotated[
        Path | None,
        typer.Option(
            "--project", "-p", metavar="DIR", help="Project folder, where everything is saved.", show_default=str(_PROJECT)
        ),
    ] = None,
    annotator: Annotated[str, typer.Option(metavar="NAME", help="Your name: whose labels these are.")] = "me",
    blind: Annotated[bool, typer.Option("--blind", help="Hide the models' predictions while you label.")] = False,
    target: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Ask for the stance towards NAME. Give other names as NAME=ALIAS,ALIAS."),
    ] = None,
    codebook: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Codebook (TOML) that says what the labels mean. It is copied into the project."),
    ] = None,
    model: Annotated[
        list[str] | None,
        typer.Option(metavar="FILE", rich_help_panel=MODELS, help="Use this model file in place of the built-in one."),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=65535,
            metavar="N",
            rich_help_panel=NETWORK,
            help="Port to listen on; 0 for any that is free.",
            show_default=f"{_PORT}, or the next that is free",
        ),
    ] = None,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", rich_help_panel=NETWORK, help="Address to listen on.")
    ] = "127.0.0.1",
    beyond: Annotated[
        bool,
        typer.Option(
            "--beyond-this-machine",
            rich_help_panel=NETWORK,
            help="With --host: let other machines in. They can read the articles and change the labels.",
        ),
    ] = False,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Don't open a browser; only print the address.")] = False,
    debug: Annotated[
        bool,
        typer.Option("--debug", help="When something fails, show where in the code of sayso, for a bug report."),
    ] = False,
) -> None:
    """Open a page in your browser to label sentences and teach a model.

    The page runs on your own machine. Read articles, correct the models' labels or label blind, compare annotators, and
    train a model on your labels.

    \b
    Examples:
      sayso serve articles/ --project my-project
      sayso serve my-project --annotator ben --blind

    Docs: sayso docs serve
    """
    _check_extra()
    from ...classify.bulk.jobs import use_one_blas_thread
    from ...data.project.project import Project
    from ..serve.desk import Settings
    from ..serve.server import listen

    use_one_blas_thread()
    _check_host(host, beyond=beyond)
    folder, to_read = _project_and_sources(sources or [], project)
    settings = Settings(model or (), _targets(target or ()), blind, codebook)
    _check_files(settings)
    listening = listen(host, _PORT if port is None else port, or_next=port is None)
    with listening:
        if port is None and (taken := listening.getsockname()[1]) != _PORT:
            tell(f"Port {_PORT} is taken, so this is port {taken}.")
        with Project.open(folder, annotator, tell=tell, blind=blind) as opened:
            _run(opened, settings, to_read, (listening, host), debug=debug, browser=not no_browser)


def _check_extra() -> None:
    from importlib.util import find_spec

    if missing := [name for name in ("starlette", "uvicorn") if find_spec(name) is None]:
        raise SaysoError(f'sayso serve needs {" and ".join(missing)}; install it with: pip install "sayso[web]"')


def _targets(texts: Sequence[str]) -> "Sequence[Target]":
    if not texts:
        return ()
    from ...classify.annotation.labels import parse_targets  # all that reads articles comes with it

    return parse_targets(texts)


def _check_host(host: str, *, beyond: bool) -> None:
    """Let nobody else in unless that was asked for, and say what it means."""
    from ..serve.guard import is_loopback

    if is_loopback(host):
        if beyond:
            raise SaysoError(f"--beyond-this-machine: no other machine reaches {host}; add --host 0.0.0.0, or an address.")
        return
    if not beyond:
        raise SaysoError(f"--host {host}: other machines could reach the page; add --beyond-this-machine if that is wanted.")
    tell("Everybody in the network who has the address can read the articles and change the labels.")
    tell("Nothing is encrypted: who listens in on the network can read everything, the address included.")


def _check_files(settings: "Settings") -> None:
    """Refuse files that are none of what they are to be before anything is made or listened on."""
    if settings.models:
        from ...classify.annotation.annotator import load_annotator

        load_annotator(settings.models)
    if settings.codebook:
        from ...data.codebook.reading import read_codebook

        read_codebook(settings.codebook)


def _project_and_sources(sources: Sequence[Path], project: Path | None) -> tuple[Path, Sequence[Path]]:
    """Tell the folder of the project, and what is read into it."""
    from ...data.atomic_write import check_folder_name
    from ...data.project.folder import is_project

    if len(sources) == 1 and is_project(sources[0]) and project in (None, sources[0]):
        return sources[0], ()
    for path in sources:
        if str(path) != "-" and not path.exists():
            raise SaysoError(f"{path}: no such file or folder.")
    folder = project or _PROJECT
    check_folder_name(folder)
    if folder.exists() and not folder.is_dir():
        raise SaysoError(f"{folder} is a file; name another folder by --project.")
    others = [p.name for p in visible(folder, "*") if p.name not in _OF_PROJECTS]
    if not is_project(folder) and (other := next((name for name in sorted(others) if not name.startswith(".")), None)):
        raise SaysoError(f"{folder} holds {other!r}, which is no part of a project; name another folder by --project.")
    if sources:
        tell(f"{_listed(sources)}: only read, never changed; all is kept in {folder}.")
    return folder, [path for source in sources for path in _beside(source, folder.resolve())]


def _beside(source: Path, project: Path) -> Iterator[Path]:
    """Give a source; of a folder in which the project itself is kept all that stands beside it."""
    from ...data.articles.kinds import article_suffixes
    from ...data.articles.reader import left_out_as
    from ...data.exchange.formats import exchange_suffixes
    from ...data.rows.files import TABLES

    if not source.is_dir() or Steps(project).down_from(source) is None:
        yield source
        return
    known = article_suffixes() | exchange_suffixes() | TABLES
    for path in visible(source, "*"):
        if path.is_dir() and Steps(project).down_from(path) != 0 and not path.name.startswith("."):
            yield from _beside(path, project)
        elif path.is_file() and left_out_as(path.name, known) is None:
            yield path


def _listed(sources: Sequence[Path]) -> str:
    more = f" and {len(sources) - 1:,} more" if len(sources) > 1 else ""
    return f"{sources[0]}{more}"


def _run(
    project: "Project",
    settings: "Settings",
    to_read: Sequence[Path],
    where: "tuple[socket, str]",
    *,
    debug: bool,
    browser: bool,
) -> None:
    """Answer until the end, and say what was saved."""
    from ..serve.app import make_app
    from ..serve.desk import Desk
    from ..serve.guard import Door
    from ..serve.server import Server
    from ..serve.server import serve as run
    from ..serve.uploads import Sources
    from ..serve.work.team import Team

    listening, host = where
    desk = Desk(project, settings, tell)
    door, sources, team = Door(listening.getsockname()[1], host), Sources(desk, to_read), Team(desk)

    def ready(server: Server) -> None:
        _tell_address(door)
        sources.start()
        if browser:
            _open_browser(door.address_for_once())

    try:
        run(make_app(desk, door, sources, team, debug=debug), listening, ready)
    finally:
        sources.stop()
        team.close()
        _tell_saved(project)


def _tell_address(door: "Door") -> None:
    from ..serve.guard import is_any
    from ..serve.server import own_address

    show(door.address)
    if is_any(door.host) and (other := own_address(door.host)):
        tell(f"On other machines: {door.address_at(other)}")
    tell("Ctrl-C ends it.")


def _open_browser(address: str) -> None:
    """Open a browser where there is a display for it."""
    import os
    import sys
    import webbrowser

    from ..serve.desk import in_background

    if sys.platform in ("win32", "darwin") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        in_background(lambda: webbrowser.open(address))


def _tell_saved(project: "Project") -> None:
    from ...data.display import counted

    n_labels = sum(sum(entry.labelled.values()) for entry in project.entries())
    folder = project.labels_folder()
    if n_labels:
        tell(f"{counted(n_labels, 'label')} in {folder}; train with: sayso train kind --data {folder} --out kind.sayso")
    else:
        tell(f"No labels yet in {folder.parent.parent}.")
