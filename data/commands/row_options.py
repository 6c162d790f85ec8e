"""The options that name the columns of a table of labelled sentences: the same in every command that reads one."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

import typer

from ..rows.recognition.names import RowNames
from .help import INPUT


def _option(flag: str, of: str) -> Any:
    return typer.Option(
        flag, metavar="NAME", rich_help_panel=INPUT, help=f"Column with the {of}.", show_default="found by its name"
    )


_OPTIONS: dict[str, Any] = {
    "text_column": Annotated[str | None, _option("--text-column", "sentence")],
    "label_column": Annotated[
        list[str] | None,
        typer.Option(
            "--label-column", metavar="NAME", rich_help_panel=INPUT, help="A column that holds labels of your own."
        ),
    ],
    "article_column": Annotated[str | None, _option("--article-column", "id of the sentence's article")],
    "target_column": Annotated[str | None, _option("--target-column", "target of a stance")],
    "stance_column": Annotated[str | None, _option("--stance-column", "stance")],
}


def names_columns(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that name columns; its parameter ``row_names`` gets them as a `RowNames`."""

    @wraps(command)
    def with_names(**options: Any) -> None:
        columns = {name: options.pop(name) for name in _OPTIONS}
        row_names = RowNames(
            text=columns["text_column"],
            article=columns["article_column"],
            target=columns["target_column"],
            stance=columns["stance_column"],
            labels=tuple(columns["label_column"] or ()),
        )
        command(**options, row_names=row_names)

    own = [p for name, p in inspect.signature(command).parameters.items() if name != "row_names"]
    added = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation)
        for name, annotation in _OPTIONS.items()
    ]
    keyword = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in own]
    vars(with_names)["__signature__"] = inspect.Signature([*keyword, *added])
    of_command = {name: kind for name, kind in command.__annotations__.items() if name != "row_names"}
    with_names.__annotations__ = of_command | _OPTIONS
    return with_names
