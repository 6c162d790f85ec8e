"""A codebook from TOML; ``docs/codebook.md`` describes the file."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from ...errors import SaysoError
from ..display import printable
from ..rows.label_values import folded
from ..system.whole_file import whole_file
from .codebook import BUILT_IN, Codebook, Column, Label
from .keys import with_keys
from .names import check_column_name, check_label_name
from .toml_errors import in_words

_DEFAULT = Path(__file__).parent / "default.toml"
_MOST_BYTES = 4_000_000  # 500 labels with long texts are a tenth of it; a file of another kind is told before it is parsed
_HINT = 'start each column with [[column]], put texts in straight quotation marks: "…", and lists in brackets: ["…", "…"].'
_OF_FILE: Mapping[str, type] = {"name": str, "builtin": list, "column": list}
_OF_COLUMN: Mapping[str, type] = {"name": str, "question": str, "text": str, "asked": bool, "labels": list}
_OF_LABEL: Mapping[str, type] = {"name": str, "key": str, "text": str, "examples": list, "not_examples": list}
_TYPES = {str: "a text in quotation marks", list: 'a list: ["…", "…"]', bool: "true or false"}


def default_codebook() -> Codebook:
    """Give the codebook that comes along: the project's own columns, with the texts of the labelling guide in short."""
    return parse_codebook(default_text(), _DEFAULT.name)


@lru_cache(maxsize=1)
def default_text() -> str:
    """Give the text of the codebook that comes along, with its comments."""
    return _DEFAULT.read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _built_in() -> Mapping[str, Column]:
    tables = tomllib.loads(default_text())["column"]
    return {table["name"]: _read_column(table, _DEFAULT.name, Column(table["name"], builtin=True)) for table in tables}


def read_codebook(path: Path, before: Codebook | None = None) -> Codebook:
    """Read a codebook from a file.

    Parameters
    ----------
    path : Path
    before : Codebook, optional
        What it was made from: labels that have no key of their own keep those that they have there.

    Raises
    ------
    SaysoError
        If it cannot be read, or something in it is wrong: named by line, or by column and label.
    """
    return parse_codebook(codebook_text(path), str(path), before)


def codebook_text(path: Path) -> str:
    """Read the text of a codebook's file.

    Raises
    ------
    SaysoError
        If it cannot be read, is too long, or not UTF-8.
    """
    try:
        return whole_file(path, most=_MOST_BYTES, what="a codebook").decode("utf-8-sig")
    except OSError as error:
        raise SaysoError(f"{path}: {error.strerror or error}; check the path.") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise SaysoError(f"{path}:{line}: not UTF-8; save the file as UTF-8.") from error


def parse_codebook(text: str, where: str, before: Codebook | None = None) -> Codebook:
    """Read a codebook from its text; ``where`` stands in front of what is wrong.

    Raises
    ------
    SaysoError
        If something in it is wrong.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SaysoError(f"{where}: {in_words(error, text)}; {_HINT}") from error
    except ValueError as error:  # a number of more digits than Python reads
        raise SaysoError(f"{where}: not valid TOML: {error}; {_HINT}") from error
    except RecursionError as error:
        raise SaysoError(f"{where}: nested too deeply; this is not a codebook.") from error
    _check_keys(table, _OF_FILE, where, "a codebook", lenient=("column",))
    columns = _columns(table, where)
    if not any(column.asked for column in columns):
        raise SaysoError(f"{where}: no column to label; add one with [[column]], or name built-in columns in builtin.")
    usual = (*(before.columns if before else ()), *_built_in().values())
    return Codebook(_text(table, "name"), with_keys(columns, usual, where))


def _columns(table: Mapping[str, Any], where: str) -> list[Column]:
    """Give the columns in order: those of the user as they stand, and those that come along where nobody wrote them down."""
    builtin = _wanted(table, where)
    found: list[Column] = []
    for number, one in enumerate(_tables(table, "column", where), 1):
        column = _column(one, f"{where}: column {number}", builtin)
        place = f"{where}: column {number} ({column.name})"
        if twin := next((x for x in found if folded(x.name) == folded(column.name)), None):
            raise SaysoError(f"{place}: a column {twin.name!r} is already defined above; give this one another name.")
        found.append(column)
    at = 0
    for name in builtin:
        there = next((i for i, column in enumerate(found) if column.name == name), None)
        if there is None:
            found.insert(at, _without_keys(_built_in()[name]))
            there = at
        at = there + 1
    return found


def _wanted(table: Mapping[str, Any], where: str) -> dict[str, Column]:
    """Give the built-in columns that the codebook has."""
    names = table.get("builtin", list(BUILT_IN))
    for name in names:
        if name not in BUILT_IN:
            raise SaysoError(f"{where}: builtin: {name!r} is not one of {', '.join(BUILT_IN)}.")
    return {name: _built_in()[name] for name in dict.fromkeys(names)}


def _without_keys(column: Column) -> Column:
    """Leave the keys open: they give way to those that the user wrote."""
    return replace(column, labels=tuple(replace(label, key=None) for label in column.labels))


def _column(table: Mapping[str, Any], where: str, builtin: Mapping[str, Column]) -> Column:
    name = table.get("name")
    where += f" ({printable(name)})" if isinstance(name, str) and name.strip() else ""
    if "multiple" in table:
        raise SaysoError(
            f"{where}: a sentence has one label per column; for labels that can be combined, make a column for each."
        )
    _check_keys(table, _OF_COLUMN, where, "a column", lenient=("labels",))
    name = _needed(table, "name", where)
    if name in BUILT_IN and name not in builtin:
        raise SaysoError(f"{where}: not named in builtin; add {name!r} there, or remove the column.")
    if name not in BUILT_IN:
        check_column_name(name, where)
    return _read_column(table, where, builtin.get(name) or Column(name))


def _read_column(table: Mapping[str, Any], where: str, usual: Column) -> Column:
    """Read a column; ``usual`` gives what it leaves out."""
    return Column(
        usual.name,
        _text(table, "question", usual.question),
        _text(table, "text", usual.text),
        _labels(table, where, usual) if "labels" in table else _without_keys(usual).labels,
        table.get("asked", True),
        usual.builtin,
    )


def _labels(table: Mapping[str, Any], where: str, usual: Column) -> tuple[Label, ...]:
    """Read the labels of a column: names, tables, or a table of names and texts."""
    labels: dict[str, Label] = {}
    for number, (name, one) in enumerate(_label_tables(table["labels"], where), 1):
        place = f"{where}: label {number}" + (f" ({printable(name)})" if isinstance(name, str) and name.strip() else "")
        label = _label(one, place, usual)
        check_label_name(label.name, place, usual)
        if twin := labels.get(folded(label.name)):
            alike = (
                "is already defined above"
                if twin.name == label.name
                else f"differs from {twin.name!r} only in capital letters"
            )
            raise SaysoError(f"{place}: {label.name!r} {alike}; give each label once.")
        labels[folded(label.name)] = label
    if not labels:
        raise SaysoError(f"{where}: labels is empty; add labels, or leave labels out to collect free text.")
    return tuple(labels.values())


def _label_tables(value: object, where: str) -> Iterator[tuple[object, Mapping[str, Any]]]:
    """Yield name and table of each label, however they were written."""
    if isinstance(value, Mapping):
        for name, of in value.items():
            if not isinstance(of, str | Mapping):
                raise SaysoError(f"{where}: labels: {name!r} is {of!r}; give its text in quotation marks.")
            yield name, {"name": name, **({"text": of} if isinstance(of, str) else of)}
        return
    if not isinstance(value, list):
        raise SaysoError(f'{where}: labels is {value!r}; it must be a list such as ["war", "economy"].')
    for number, of in enumerate(value, 1):
        if isinstance(of, Mapping):
            yield of.get("name"), of
        elif isinstance(of, str):
            yield of, {"name": of}
        else:
            raise SaysoError(f'{where}: label {number} is {_shown(of)}; write it in quotation marks: "{_shown(of)}".')


def _label(table: Mapping[str, Any], where: str, column: Column) -> Label:
    _check_keys(table, _OF_LABEL, where, "a label")
    name = _needed(table, "name", where).strip()
    usual = column.label(name) or Label(name)
    return Label(
        name,
        table.get("key"),
        _text(table, "text", usual.text),
        _texts(table, "examples", where, usual.examples),
        _texts(table, "not_examples", where, usual.not_examples),
    )


def _check_keys(
    table: Mapping[str, Any], allowed: Mapping[str, type], where: str, what: str, lenient: Sequence[str] = ()
) -> None:
    """Refuse what is not known, or is of another type; those that are ``lenient`` are judged where they are read."""
    for key, value in table.items():
        if key not in allowed:
            raise SaysoError(f"{where}: unknown key {key!r}; {what} can have {', '.join(allowed)}.")
        if key not in lenient and not isinstance(value, allowed[key]):
            raise SaysoError(f"{where}: {key} is {_shown(value)}; it must be {_TYPES[allowed[key]]}.")


def _tables(table: Mapping[str, Any], key: str, where: str) -> list[Mapping[str, Any]]:
    tables = table.get(key, [])
    for one in tables if isinstance(tables, list) else [tables]:
        if not isinstance(one, Mapping) or one is tables:
            raise SaysoError(f"{where}: {key} is {_shown(one)}; start each {key} with [[{key}]].")
    return list(tables)


def _needed(table: Mapping[str, Any], key: str, where: str) -> str:
    if not table.get(key, "").strip():
        raise SaysoError(f"{where}: {key} is missing; give it as a text in quotation marks.")
    return str(table[key])


def _text(table: Mapping[str, Any], key: str, usual: str = "") -> str:
    return str(table.get(key, usual)).strip()


def _texts(table: Mapping[str, Any], key: str, where: str, usual: tuple[str, ...]) -> tuple[str, ...]:
    for one in table.get(key, ()):
        if not isinstance(one, str):
            raise SaysoError(f"{where}: {key} holds {_shown(one)}; it must be a text in quotation marks.")
    return tuple(one.strip() for one in table[key] if one.strip()) if key in table else usual


def _shown(value: object) -> str:
    """Give a value as TOML has it, in short."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return "a table"
    shown = repr(value) if isinstance(value, str) else str(value)
    return shown if len(shown) <= 40 else shown[:39] + "…"
