"""What is said of a value that does not fit, whichever version of the library says it."""

import pytest

from sayso.data.settings.messages import plain_message


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("Input should be greater than or equal to 1", "it must be 1 or more"),
        ("-1 is not in the range x>=1.", "it must be 1 or more"),
        ("Input should be less than or equal to 1", "it must be 1 or less"),
        ("3.0 is not in the range 0<=x<=1.", "it must be from 0 to 1"),
        ("Input should be a valid integer, unable to parse string as an integer", "it must be a whole number"),
        ("Value error, 'pdf' is not one of 'csv', 'html'.", "'pdf' is not one of 'csv', 'html'"),
        ("Directory 'x' does not exist.", "Directory 'x' does not exist"),
    ],
)
def test_a_message_is_plain(said, plain):
    assert plain_message(said) == plain
