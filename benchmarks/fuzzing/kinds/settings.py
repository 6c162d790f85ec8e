"""Files that people write by hand: settings, codebooks, rosters, rules, decisions on disputes."""

import os
import random
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from .. import command, mutations, samples
from ..case import Case
from ..tables import as_csv, as_json_lines

_SETTINGS = (
    '# what this project always does\n[annotate]\nformat = "jsonl"\nwhy = 2\ntarget = ["Tarn"]\nno-bias = true\n\n'
    '[data.build]\ndrop = true\nrows = "sentences"\n\n[data.show]\nexamples = 1\n'
)
_CODEBOOK = (
    'name = "Topics"\nbuiltin = ["kind", "stance"]\n\n[[column]]\nname = "topic"\nquestion = "What of?"\ntext = """\n'
    'Take the\nfirst."""\n\n[[column.labels]]\nname = "water"\nkey = "w"\ntext = "Of water."\nexamples = ["Snow fell."]\n'
    '\n[[column.labels]]\nname = "roads"\nnot_examples = ["It rained."]\n\n[[column]]\nname = "remark"\n'
)
_RULES = (
    '[[rule]]\nname = "marks"\ncolumn = "kind"\nlabel = "quote"\npattern = "[“”]"\n\n'
    '[[rule]]\nname = "says"\ncolumn = "topic"\nlabel = "water"\npattern = "snow|dyke"\nignore_case = true\n'
)
_ROSTER = (
    "speaker,sort,full_name,source_type,party,same_as\nIlva Tarn,person,yes,political,Gull,\n"
    "Ida Brack,person,yes,individual,,Ilva Tarn\nRoe,person,no,,,\n(state, not named),unnamed,no,state,,\n"
)
_DISPUTES = "article,n,column,text,anna,ben,decision\n" + "".join(
    f"a,{n},kind,{words},{kind},quote,{kind}\n" for n, (words, kind, _) in enumerate(samples.LABELLED) if "," not in words
)
_ROWS = [
    {"article": "a", "n": n, "text": words, "kind": kind, "topic": "water"}
    for n, (words, kind, _) in enumerate(samples.LABELLED)
]
_OTHERS: Mapping[str, bytes] = {
    "article.txt": samples.ARTICLES[0].encode(),
    "anna.jsonl": as_json_lines(_ROWS),
    "ben.jsonl": as_json_lines([row | {"kind": "quote"} for row in _ROWS]),
    "ben.csv": as_csv(_ROWS),
}
_COMMANDS: Mapping[str, tuple[str, tuple[tuple[str, ...], ...]]] = {
    "sayso.toml": (
        _SETTINGS,
        (("config",), ("config", "annotate"), ("annotate", "article.txt"), ("data", "show", "anna.jsonl")),
    ),
    "codebook.toml": (
        _CODEBOOK,
        (
            ("data", "codebook", "codebook.toml"),
            ("data", "codebook", "codebook.toml", "--json"),
            ("data", "check", "anna.jsonl", "--codebook", "codebook.toml"),
            ("data", "export", "anna.jsonl", "--format", "label-studio", "--out", "t.json", "--codebook", "codebook.toml"),
            ("data", "build", "anna.jsonl", "--codebook", "codebook.toml", "--out", "out"),
        ),
    ),
    "rules.toml": (
        _RULES,
        (
            ("data", "rules", "anna.jsonl", "--rules", "rules.toml"),
            ("data", "rules", "anna.jsonl", "--rules", "rules.toml", "--out", "out"),
        ),
    ),
    "roster.csv": (_ROSTER, (("audit", "article.txt", "--roster", "roster.csv", "--out", "out"),)),
    "disputes.csv": (
        _DISPUTES,
        (("data", "merge", "anna.jsonl", "ben.jsonl", "--adjudicate", "disputes.csv", "--out", "out"),),
    ),
}
_VALUES = (
    *(
        b"",
        b"0",
        b"-1",
        b"1.5",
        b"1e999",
        b"inf",
        b"nan",
        b"true",
        b"[]",
        b"{}",
        b'""',
        b"''",
        b'"\\u0000"',
        b'"\\uD800"',
        b"[1]",
    ),
    *(
        b'["a", 1]',
        b'[["a"]]',
        b"{a = 1}",
        b"2031-04-02",
        b"10:00:00",
        b"9" * 30,
        b"9" * 5000,
        b"0x10",
        b'"(a+)+$"',
        b'"("',
        b"'[a'",
    ),
    *(
        b'"' + b"x" * 2000 + b'"',
        b'"\\u202e"',
        b'"kind"',
        b'"quote"',
        b'"topic"',
        b'"text"',
        b"kind",
        b"quote",
        b"name",
        b"label",
    ),
    *(
        b"[[column]]",
        b"[[rule]]",
        b"[annotate]",
        b"[data]",
        b"[column.labels]",
        b"[[a.b.c]]",
        b"a.b",
        b'"="',
        b"=",
        b"\xc2\xb2",
    ),
)
_SPEEDS = {"roster.csv": 1, "sayso.toml": 4, "codebook.toml": 6, "rules.toml": 4, "disputes.csv": 4}
"""How many of the inputs are of each file; audits take longest."""


@cache
def _default_codebook() -> bytes:
    return (files("sayso.data.codebook") / "default.toml").read_bytes()


def make(draw: random.Random) -> Case:
    """Change one of the files, and choose a command that reads it."""
    name = draw.choices(list(_SPEEDS), list(_SPEEDS.values()))[0]
    whole, lines = _COMMANDS[name]
    raw = _default_codebook() if name == "codebook.toml" and draw.random() < 0.1 else whole.encode()
    words = draw.choice(lines)
    changed = _other_value(draw, raw) if draw.random() < 0.5 else mutations.raw(draw, raw)
    others = {other: content for other, content in _OTHERS.items() if other in words}
    return Case("settings", {name: changed, **others}, words)


def _other_value(draw: random.Random, raw: bytes) -> bytes:
    """Put an odd value, or another line's, in the place of a cell or of what stands behind an equals sign."""
    for _ in range(draw.choice((1, 1, 2))):
        found = list(
            re.finditer(rb'(?<== )[^\n]+|(?<=[,\n])[^,\n="\[]+(?=[,\n])|^\[+[\w. -]+\]+|^[\w-]+(?= =)', raw, re.MULTILINE)
        )
        if not found:
            return raw
        at = draw.choice(found)
        raw = raw[: at.start()] + draw.choice((*_VALUES, draw.choice(found)[0])) + raw[at.end() :]
    return raw


def run(case: Case) -> bytes:
    """Run the command, with the settings in force where there are some."""
    if "sayso.toml" in case.files:
        os.environ["SAYSO_CONFIG"] = "sayso.toml"
    return command.run(case)
