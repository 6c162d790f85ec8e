"""
The limits that SECURITY.md names are those of the code.

``python -m pytest tests/docs --write-docs`` writes the table anew.
"""

import re
from importlib import import_module
from pathlib import Path

PAGE = Path(__file__).parents[2] / "SECURITY.md"
LIMITS = [
    ("an article", "data.articles.tables:MAX_ARTICLE", "{:,} characters"),
    ("a file that holds one article", "data.articles.reader:MAX_BYTES", "{:,} bytes"),
    ("a value in JSON", "data.articles.readers.json_values:MAX_VALUE", "{:,} characters"),
    (
        "a part of a Word, OpenDocument or EPUB file, unpacked",
        "data.articles.readers.documents.package:_LARGEST_PART",
        "{:,} bytes",
    ),
    ("archives in archives", "data.packed.pieces:MAX_DEPTH", "{} levels"),
    ("what a packed file unpacks to", "data.packed.pieces:MAX_RATIO", "{} times its size"),
    ("… but always allowed", "data.packed.pieces:ALWAYS_ALLOWED", "{:,} bytes"),
    ("a model file", "classify.model_files.container:MAX_FILE", "{:,} bytes"),
    ("a model file, unpacked", "classify.model_files.container:MAX_UNPACKED", "{:,} bytes"),
    ("parts of a model file", "classify.model_files.container:MAX_MEMBERS", "{}"),
    ("a reader's folder: the network", "classify.word_reader.reader:_MOST[network.onnx]", "{:,} bytes"),
    ("a reader's folder: the tokenizer", "classify.word_reader.reader:_MOST[tokenizer.json]", "{:,} bytes"),
    ("a reader's folder: reader.json", "classify.word_reader.reader:_MOST[reader.json]", "{:,} bytes"),
    ("a codebook", "data.codebook.reading:_MOST_BYTES", "{:,} bytes"),
    ("a file of rules", "data.checks.rules:_MOST_BYTES", "{:,} bytes"),
    ("a settings file", "data.settings.reading:_MOST_BYTES", "{:,} bytes"),
    ("a roster", "classify.audit.roster_file:_LARGEST", "{:,} bytes"),
    ("a JSON file of labelled sentences, but for JSON lines", "data.rows.files:_MOST_BYTES", "{:,} bytes"),
    ("a row of JSON lines", "data.rows.files:MAX_BYTES", "{:,} bytes"),
    ("`sayso serve`: a file that is dropped on the page", "train.serve.guard:Door.most_bytes", "{:,} bytes"),
    ("`sayso serve`: anything else that is sent", "train.serve.guard:_MOST_JSON", "{:,} bytes"),
    ("`sayso serve`: connections at once", "train.serve.server:_AT_ONCE", "{}"),
]


def number(place):
    """Give a number of the code: of a module, the default of a field, or of a table."""
    module, _, name = place.partition(":")
    if table := re.fullmatch(r"(\w+)\[(.+)\]", name):
        return getattr(import_module(f"sayso.{module}"), table[1])[table[2]]
    owner, _, field = name.partition(".")
    found = getattr(import_module(f"sayso.{module}"), owner)
    return found.__dataclass_fields__[field].default if field else found


def test_the_limits_are_those_of_the_code(request):
    rows = [f"| {what} | {unit.format(number(place))} |" for what, place, unit in LIMITS]
    table = "\n".join(["| what | limit |", "| --- | --- |", *rows]) + "\n"
    page = PAGE.read_text("utf-8")
    shown = re.search(r"\| what \| limit \|\n(?:\|.*\n)+", page)[0]
    if request.config.getoption("--write-docs"):
        PAGE.write_text(page.replace(shown, table), "utf-8")
    else:
        assert shown == table
