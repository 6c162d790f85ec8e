"""A codebook as people read it: tables of the terminal, JSON, and the part of a dataset card that tells the labels."""

from collections.abc import Iterator
from typing import Any

from ..display import Rows, Table, counted, markdown_text
from .codebook import Codebook, Column
from .writing import digest


def describe_codebook(codebook: Codebook) -> dict[str, Any]:
    """Give all of a codebook as JSON has it."""
    return {
        "name": codebook.name,
        "version": codebook.version,
        "sha256": digest(codebook),
        "columns": [
            {
                "name": column.name,
                "question": column.question,
                "text": column.text,
                "asked": column.asked,
                "builtin": column.builtin,
                "labels": [
                    {
                        "name": label.name,
                        "key": label.key,
                        "text": label.text,
                        "examples": list(label.examples),
                        "not_examples": list(label.not_examples),
                    }
                    for label in column.labels
                ],
            }
            for column in codebook.columns
        ],
    }


def codebook_tables(codebook: Codebook) -> Iterator[tuple[str, Table]]:
    """Give a table for each column, with a row for each label."""
    for column in codebook.columns:
        rows: Rows = [("(all)", "", column.text, "", "")] if column.text else []
        rows += [
            (label.name, label.key or "", label.text, " ".join(label.examples), " ".join(label.not_examples))
            for label in column.labels
        ]
        yield _title(column), (("label", "key", "means", "examples", "not"), rows or [("(free text)", "", "", "", "")])


def _title(column: Column) -> str:
    question = f": {column.question}" if column.question else ""
    return f"{column.name}{question}{'' if column.asked else ' (not asked)'}"


def card_lines(codebook: Codebook) -> list[str]:
    """Give the lines of a dataset card that tell what the labels mean, each column under a heading."""
    version = f", version {codebook.version}" if codebook.version else ""
    called = f" “{markdown_text(codebook.name)}”" if codebook.name else ""
    lines = ["## Labels", "", f"Labelled by the codebook{called}{version} (SHA-256 `{digest(codebook)}`).", ""]
    for column in codebook.asked():
        lines += [f"### {markdown_text(column.name)}", ""]
        about = " ".join(markdown_text(text) for text in (column.question, column.text) if text)
        lines += [about, ""] if about else []
        rows = [
            (label.name, label.text, " · ".join(label.examples), " · ".join(label.not_examples)) for label in column.labels
        ]
        if rows:
            table = [("label", "means", "examples", "not"), ("---",) * 4, *rows]
            lines += [*(f"| {' | '.join(map(markdown_text, row))} |" for row in table), ""]
        else:
            lines += ["Answers are free text.", ""]
    return lines


def summary_of_codebook(codebook: Codebook) -> str:
    """Say in a line how large a codebook is, and which it is."""
    n_labels = sum(len(column.labels) for column in codebook.columns)
    size = f"{counted(len(codebook.columns), 'column')}, {counted(n_labels, 'label')}"
    return f"{size}; SHA-256 {digest(codebook)[:12]}…"
