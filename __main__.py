"""Run the command line with ``python -m sayso``."""

import signal


def main() -> None:
    """Run the command line; Ctrl-C while it is loaded or ends leaves nothing to clean up, and is no error of ours."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from .cli import app

    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        app(prog_name="sayso")
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


if __name__ == "__main__":
    main()
