"""Run the command line with ``python -m sayso``."""

from .cli import app

if __name__ == "__main__":
    app(prog_name="sayso")
