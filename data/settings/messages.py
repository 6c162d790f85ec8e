"""What the library that reads command lines says of a value, in plain words."""

import re

_WORDS = (
    (r"Input should be greater than or equal to (\S+?)\.?", r"it must be \1 or more"),
    (r"Input should be less than or equal to (\S+?)\.?", r"it must be \1 or less"),
    (r"Input should be a valid integer\b.*", "it must be a whole number"),
    (r"Input should be a valid number\b.*", "it must be a number"),
    (r"\S+ is not in the range (\S+?)<=x<=(\S+?)\.?", r"it must be from \1 to \2"),
    (r"\S+ is not in the range x>=(\S+?)\.?", r"it must be \1 or more"),
    (r"Value error, (.*?)\.?", r"\1"),
)


def plain_message(message: str) -> str:
    """Say what is wrong with a value in plain words, whichever version of the library said it; the rest stays as it is.

    >>> plain_message("Input should be greater than or equal to 1")
    'it must be 1 or more'
    >>> plain_message("3.0 is not in the range 0<=x<=1.")
    'it must be from 0 to 1'
    >>> plain_message("Value error, 'pdf' is not one of 'csv', 'html'.")
    "'pdf' is not one of 'csv', 'html'"
    """
    for pattern, words in _WORDS:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return found.expand(words)
    return message.rstrip(".")
