"""What is wrong with a TOML file, in the words of somebody who has never heard of TOML."""

import re
from tomllib import TOMLDecodeError

_AT = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_WORDS = (
    ("Illegal character '\\n'", "a quotation mark is missing at the end of the line"),
    ("Illegal character", "this character is not allowed here"),
    ("Unterminated string", "a closing quotation mark is missing"),
    ("Invalid value", "this is not a value; check for a missing quotation mark, or one that is not straight"),
    ("Unclosed array", "a bracket ] or a comma is missing"),
    ("Expected '='", "a name must be followed by ="),
    ("Cannot", "this is already in the file; write it once"),
    ("Expected newline", "unexpected text after the value; check for a missing bracket, comma or quotation mark"),
    ("Expected ']", "a bracket ] is missing"),
    ("Unescaped '\\'", "write a backslash twice: \\\\"),
    ("Invalid", "a name is missing here"),
)


def in_words(error: TOMLDecodeError, text: str) -> str:
    r"""Say where a file is broken, and what is probably missing there.

    >>> import tomllib
    >>> text = 'name = "x\nlabels = ["sea"]'
    >>> try:
    ...     tomllib.loads(text)
    ... except TOMLDecodeError as error:
    ...     in_words(error, text)
    'line 1: a quotation mark is missing at the end of the line'
    """
    said = str(error)
    at = _AT.search(said)
    line = int(at[1]) if at and at[1] else text.rstrip().count("\n") + 1
    bare = _AT.sub("", said)
    words = next((words for begins, words in _WORDS if bare.startswith(begins)), bare)
    return f"line {line}: {words}"
