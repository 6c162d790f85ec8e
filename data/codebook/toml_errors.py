"""What is wrong with a TOML file, in the words of somebody who has never heard of TOML."""

import re
from tomllib import TOMLDecodeError

_AT = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_WORDS = (
    ("Illegal character '\\n'", "a quotation mark is missing at the end of the line"),
    ("Illegal character", "there is a character that cannot stand here"),
    ("Unterminated string", "a quotation mark is missing: a text begins and never ends"),
    ("Invalid value", "what stands here is no value; is a quotation mark missing, or is it not a straight one?"),
    ("Unclosed array", "a bracket ] or a comma is missing"),
    ("Expected '='", "after a name = is needed"),
    ("Cannot", "this stands in the file already; write it once"),
    ("Expected newline", "something is left over behind the value; is a bracket, a comma or a quotation mark missing?"),
    ("Expected ']", "a bracket ] is missing"),
    ("Unescaped '\\'", "write a backslash twice: \\\\"),
    ("Invalid", "a name is needed here"),
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
