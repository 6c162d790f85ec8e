"""Command lines: every command with every option, each with a usual or an odd value, on small files."""

import json
import random
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

import typer

from sayso import cli

from .. import command, samples
from ..case import Case
from ..tables import as_csv, as_json_lines

_NOT_RUN = frozenset(("serve",))
"""It would wait for requests."""
_LEFT_OUT = frozenset(("--push", "--dask", "--encoder", "--install-completion", "--polnear", "--newsmtsc", "--search"))
"""Options that need the network, other processes or corpora."""
_LEARNING = ("train", "evaluate", "compare")
_ROWS: list[dict[str, Any]] = [
    {"article": f"a{n // 2}", "n": n % 2, "text": words, "kind": kind, "source_type": source_type, "topic": "water"}
    for n, (words, kind, source_type) in enumerate(samples.LABELLED)
]
_CODEBOOK = (
    'name = "Topics"\nbuiltin = ["kind"]\n\n[[column]]\nname = "topic"\nquestion = "What of?"\n'
    '\n[[column.labels]]\nname = "water"\nkey = "w"\ntext = "Of water."\n\n[[column.labels]]\nname = "roads"\n'
)
_RULES = '[[rule]]\nname = "marks"\ncolumn = "kind"\nlabel = "quote"\npattern = "[“”]"\n'
_FILES: Mapping[str, bytes] = {
    "article.txt": samples.ARTICLES[0].encode(),
    "articles.csv": as_csv([{"id": "a", "text": samples.ARTICLES[1], "outlet": "Gull", "date": "2031-04-02"}]),
    "anna.jsonl": as_json_lines(_ROWS),
    "ben.jsonl": as_json_lines([row | {"kind": "narrative", "source_type": "none", "annotator": "ben"} for row in _ROWS]),
    "codebook.toml": _CODEBOOK.encode(),
    "rules.toml": _RULES.encode(),
    "roster.csv": b"speaker,sort,full_name,source_type,party\nIlva Tarn,person,yes,political,Gull\nRoe,person,no,,\n",
    "page.html": b"<html><body><p>Snow fell.</p></body></html>",
    "other/notes.txt": b"Keep this.",
}
_OLD = (
    "article.txt",
    "articles.csv",
    "anna.jsonl",
    "ben.jsonl",
    "codebook.toml",
    "rules.toml",
    "roster.csv",
    "other",
    "nope",
)
_NEW = ("out", "out/", "out.csv", "out.jsonl", "out.json", "out.html", "out.parquet", "new/out.csv", "out.sayso", "-", ".")
_COLUMNS = ("text", "kind", "source_type", "topic", "article", "outlet", "date", "id", "annotator", "n", "nope")
_USUAL: Mapping[str, tuple[str, ...]] = {
    "FILE": (*_OLD, *_NEW),
    "DIR": ("out", "other", ".", "out/deep", "article.txt"),
    "PATH…": ("article.txt", "articles.csv", "page.html", "other", "-"),
    "PATH": ("article.txt", "articles.csv", "other"),
    "SOURCE…": ("article.txt", "articles.csv", "anna.jsonl", "other", "-"),
    "DATA": ("anna.jsonl", "ben.jsonl", "articles.csv", "other"),
    "DATA…": ("anna.jsonl", "ben.jsonl"),
    "MACHINE": ("anna.jsonl", "ben.jsonl", "articles.csv"),
    "N": ("0", "1", "2", "3", "5"),
    "X": ("0", "0.5", "1", "0.15"),
    "N/N/N": ("80/10/10", "50/50", "0/0/100", "34/33/33"),
    "K/N": ("1/1", "1/2", "2/2"),
    "NAME": (*_COLUMNS, "ben", "anna", "Tarn=mayor", "cc-by-4.0"),
    "COLUMN": _COLUMNS,
    "LABEL": ("quote", "water", "narrative"),
    "FORMAT": ("jsonl", "json", "csv", "html", "brat", "parquet", "terminal", "label-studio", "prodigy", "conll", "conllu"),
    "WHAT": ("sentences", "articles", "auto", "article", "outlet", "date"),
    "HOW": ("refuse", "unlabelled", "majority", "weighted"),
    "ORDER": ("day-first", "month-first", "year-first"),
    "TASK": ("kind", "topic", "source_type", "voice", "attribution", "stance", "bias"),
    "CORPUS": ("polnear", "babe", "basil", "semeval2016"),
}
_OF_OPTION: Mapping[str, tuple[str, ...]] = {"--jobs": ("1", "1", "0", "-2", "x", "²", "1.5")}
"""What is given to an option whatever its value is called: other processes would not be seen here."""
_ODD = (
    *("", " ", "-", "--", "²", "١", "-1", "1.5", "nan", "inf", "1e999", "9" * 25, "9" * 5000, "0x10", "1_0", "true", "../x"),
    *("/dev/null", "/dev/full", "/dev/zero", "/nope/x", "/proc/self/mem", ".", "..", "~", "a" * 300, "CON", "a\nb", "a\rb"),
    *(
        "\x1b[31mred",
        "\u202eabc",
        "=1+1",
        "<b>",
        "{0}",
        "%s",
        "a=b=c",
        "=",
        ",",
        "a,b;c",
        "\udcff",
        "\ufeff",
        "é",
        "e\u0301",
    ),
    *("article.txt/x", "other/", "out.CSV", "out.txt", ".csv", "out.csv.gz", "kind,topic", "[a]", "*", "a/" * 50),
)


class Option(NamedTuple):
    """An option or argument of a command: its name, what its value is called, and whether it has to be given."""

    name: str
    metavar: str
    is_flag: bool
    is_needed: bool


@cache
def commands() -> Mapping[tuple[str, ...], tuple[Option, ...]]:
    """Give every command with its options, as the program itself knows them."""
    found = dict(_walk(typer.main.get_command(cli.app), ()))
    return {words: options for words, options in found.items() if not _NOT_RUN & {*words}}


def _walk(group: Any, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], tuple[Option, ...]]]:
    if not hasattr(group, "list_commands"):
        yield words, tuple(_options(group))
        return
    for name in group.list_commands(None):
        yield from _walk(group.get_command(None, name), (*words, name))


def _options(of_command: Any) -> Iterator[Option]:
    for p in of_command.params:
        is_argument = p.param_type_name == "argument"
        if not _LEFT_OUT & {*p.opts}:
            yield Option("" if is_argument else p.opts[0], p.metavar or "NAME", getattr(p, "is_flag", False), p.required)


def make(draw: random.Random) -> Case:
    """Make a command line."""
    known = commands()
    words = draw.choice(list(known))
    if words[0] in _LEARNING and draw.random() < 0.7:  # they take longer
        words = draw.choice(list(known))
    line = list(words)
    for option in known[words]:
        if option.is_needed or not option.name or _is_needed(words, option) or draw.random() < 0.2:
            line += _given(draw, option)
    if draw.random() < 0.03:
        line.insert(draw.randint(0, len(line)), draw.choice(_ODD))
    return Case("options", _FILES, tuple(line))


def _is_needed(words: tuple[str, ...], option: Option) -> bool:
    """Tell whether a command without an option would read the built-in corpus, which takes long."""
    return words[0] in _LEARNING and option.name == "--data"


def _given(draw: random.Random, option: Option) -> list[str]:
    if option.is_flag:
        return [option.name]
    if option.name in _OF_OPTION:
        return [f"{option.name}={draw.choice(_OF_OPTION[option.name])}"]
    values = [_value(draw, option.metavar) for _ in range(draw.choice((1, 1, 2)) if option.metavar.endswith("…") else 1)]
    return (
        [f"{option.name}={values[0]}"] if option.name and values[0][:1] == "-" else [*filter(None, [option.name]), *values]
    )


def _value(draw: random.Random, metavar: str) -> str:
    usual = _USUAL.get(metavar)
    return draw.choice(usual) if usual and draw.random() < 0.8 else draw.choice(_ODD)


def run(case: Case) -> bytes:
    """Run the command; what it says of a JSON output has to be JSON."""
    said = command.run(case)
    if "--json" in case.words and said.startswith(b"exit code 0"):
        shown = said.partition(b"\n")[2]
        json.loads(shown[shown.find(b"{") :] or b"{}") if shown.lstrip().startswith(b"{") else None
    return said
