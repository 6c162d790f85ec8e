"""What goes wrong on the user's side, in one line each."""


class SaysoError(Exception):
    """Something the user can mend: the message says what was found, where, and what to do."""
