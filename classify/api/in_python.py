"""Messages name the options of the command line; here they name the parameters of a Python call.

Reading and scoring do not know who called them. So all that reaches Python goes through `in_python`: warnings by `warn`,
errors by `python_names`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from ...errors import SaysoError

_COLUMNS = {f"{name}-column": name for name in ("text", "article", "target", "stance", "id", "title", "outlet", "date")}
_PARAMETERS: Mapping[str, str] = {
    **_COLUMNS,
    "label-column": "labels",
    "label": "label",
    "folds": "n_folds",
    "repeats": "repeats",
    "seed": "seed",
    "jobs": "n_jobs",
    "encoder": "encoder",
    "reader": "reader",
    "model": "model",
    "also": "also",
    "search": "search",
}
_SWITCHES: Mapping[str, str] = {
    "group-similar": "similar=True",
    "any-language": "any_language=True",
    "mend-encoding": "mend_encoding=True",
}
_COMMAND = re.compile(r"sayso [a-z]+ [^.;]*")  # a whole command is one to be typed: its options stay
_PLACES = frozenset({"where", "article", "text"})  # parts of an error that are names and words of files
_DATE_ORDER = re.compile(r"--date-order (\S+-first)")
_ANOTHER_NAME = re.compile(r"; give another, and --label (.+?): sayso train (.+?) --label \1\.$")
_WITH_VALUE = re.compile(r"(give|with) --([a-z-]+) ([^.\s]+)\.$")
_OF_ANOTHER = re.compile(
    rf"the parameter (?:{'|'.join(sorted({*_COLUMNS.values()}))})\b|date_order=\"\S+?\"|mend_encoding=True"
)
_OPTION = re.compile(r"(?<![\w-])--([a-z][a-z-]*)(?: NAME| [A-Z]\b)?(?![\w-])")


def in_python(text: str, of: str = "") -> str:
    """Name the parameters in place of the options that a message names; ``of``: see `python_names`.

    Examples
    --------
    >>> in_python("news.csv: no text column. Give its name with --text-column.")
    'news.csv: no text column. Give its name with the parameter text.'
    >>> in_python("If these are your own labels, give --label-column kind.")
    "If these are your own labels, give labels=['kind']."
    >>> in_python("Run sayso data check --text-column x; or give --folds 4.")
    'Run sayso data check --text-column x; or give n_folds=4.'
    """
    text = _ANOTHER_NAME.sub(r"; give another, as in cross_validate('\2', data, label='\1').", text)
    text = _DATE_ORDER.sub(r'date_order="\1"', text)
    for option, named in ((_WITH_VALUE, _given), (_OPTION, _named)):
        text = _replaced(text, option, named)
    return _OF_ANOTHER.sub(rf"\g<0> of {of}()", text) if of else text


def _replaced(text: str, option: re.Pattern[str], named: Callable[[re.Match[str]], str]) -> str:
    kept = [found.span() for found in _COMMAND.finditer(text)]
    return option.sub(lambda f: f[0] if any(start <= f.start() < end for start, end in kept) else named(f), text)


def _given(found: re.Match[str]) -> str:
    """Name a parameter with the value that is advised."""
    parameter, value = _PARAMETERS.get(found[2]), found[3]
    if parameter is None:
        return found[0]
    shown = (
        [value]
        if parameter == "labels"
        else int(value)
        if value.isascii() and value.isdigit() and len(value) < 19
        else value
    )
    return f"{found[1]} {parameter}={shown!r}."


def _named(found: re.Match[str]) -> str:
    if found[1] in _SWITCHES:
        return _SWITCHES[found[1]]
    if found[1] not in _PARAMETERS:
        return found[0]
    return f"the parameter {_PARAMETERS[found[1]]}" if found[1].endswith("-column") else _PARAMETERS[found[1]]


@contextmanager
def python_names(of: str = "") -> Iterator[None]:
    """Let errors name the parameters of Python while the context lasts.

    Parameters
    ----------
    of : str
        The function that has the parameters which name columns, where it is not the one that was called.
    """
    try:
        yield
    except SaysoError as error:
        name_parameters(error, of)
        raise


def name_parameters(error: SaysoError, of: str = "") -> SaysoError:
    """Let an error name the parameters of Python, in its message and in the parts that some errors keep of it."""
    for name, value in vars(error).items():
        if isinstance(value, str) and name not in _PLACES:
            setattr(error, name, in_python(value, of))
    error.args = tuple(in_python(part, of) if isinstance(part, str) else part for part in error.args)
    return error
