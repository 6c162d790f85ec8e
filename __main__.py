"""Run the command line with ``python -m sayso``."""

import signal


def main() -> None:
    """Run the command line; Ctrl-C while it is loaded or ends leaves nothing to clean up, and is no error of ours."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else it is ignored: in the background of a script
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from .cli import app

    app(prog_name="sayso")


if __name__ == "__main__":
    main()
