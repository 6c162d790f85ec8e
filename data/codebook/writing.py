"""A codebook as TOML, always in the same form, and the digest by which two are known to be the same."""

import hashlib
import json
from collections.abc import Iterator, Sequence

from .codebook import Codebook, Column, Label


def as_toml(codebook: Codebook) -> str:
    """Write a codebook as TOML, all of it: reading it back gives the same, whatever texts come along by then."""
    builtin = [column.name for column in codebook.columns if column.builtin]
    head = [f"name = {_string(codebook.name)}"] if codebook.name else []
    lines = [*head, f"builtin = {_list(builtin)}"]
    for column in codebook.columns:
        lines += ["", *_column(column)]
    return "\n".join(lines) + "\n"


def digest(codebook: Codebook) -> str:
    """Return the SHA-256 of what a codebook says, however it is laid out."""
    return hashlib.sha256(as_toml(codebook).encode()).hexdigest()


def _column(column: Column) -> Iterator[str]:
    yield "[[column]]"
    yield f"name = {_string(column.name)}"
    if column.question or column.builtin:
        yield f"question = {_string(column.question)}"
    if column.text or column.builtin:
        yield f"text = {_string(column.text)}"
    if not column.asked:
        yield "asked = false"
    for label in column.labels:
        yield from ("", *_label(label, of_builtin=column.builtin))


def _label(label: Label, *, of_builtin: bool) -> Iterator[str]:
    """Give the lines of a label; of a built-in column also what is empty, which would be filled from what comes along."""
    yield "[[column.labels]]"
    yield f"name = {_string(label.name)}"
    yield f"key = {_string(label.key or '')}"
    if label.text or of_builtin:
        yield f"text = {_string(label.text)}"
    for name, texts in (("examples", label.examples), ("not_examples", label.not_examples)):
        if texts or of_builtin:
            yield f"{name} = {_list(texts)}"


def _list(texts: Sequence[str]) -> str:
    if len(texts) < 2:
        return f"[{', '.join(map(_string, texts))}]"
    one_line = f"[{', '.join(map(_string, texts))}]"
    return one_line if len(one_line) <= 80 else "[\n" + "".join(f"  {_string(text)},\n" for text in texts) + "]"


def _string(text: str) -> str:
    """Give a basic string of TOML: JSON has the same escapes, but for a delete character, which it leaves as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
