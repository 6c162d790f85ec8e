"""The commands of ``sayso data``."""

import typer

data_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Build, look at and check labelled datasets.",
)


@data_app.callback()
def data() -> None:
    """Build, look at and check labelled datasets."""
