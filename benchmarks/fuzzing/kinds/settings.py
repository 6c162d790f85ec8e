"""Files that people write by hand: settings, codebooks, rosters, rules, decisions on disputes."""

import os
import random
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from .. import command, mutations, samples
from ..case import Case
from ..tables import as_csv, as_json_lines

_SETTINGS = (
    '# what this project always does\n[annotate]\nformat = "jsonl"\nwhy = 2\ntarget = ["Tarn"]\nno-bias = true\n\n'
    '[data.build]\ndrop = true\nrows = "sentences"\n\n[data]\ntext-column = "text"\n'
)
_CODEBOOK = (
    'name = "Topics"\nbuiltin = ["kind", "stance"]\n\n[[column]]\nname = "topic"\nquestion = "What of?"\ntext = """\n'
    'Take the\nfirst."""\n\n[[column.labels]]\nname = "water"\nkey = "w"\ntext = "Of water."\nexamples = ["Snow fell."]\n'
    '\n[[column.labels]]\nname = "roads"\nnot_examples = ["It rained."]\n\n[[column]]\nname = "remark"\n'
)
_RULES = (
    '[[rule]]\nname = "marks"\ncolumn = "kind"\nlabel = "quote"\npattern = "[“”]"\n\n'
    '[[rule]]\nname = "says"\ncolumn = "topic"\nlabel = "water"\nwords = ["snow", "dyke"]\n'
)
_ROSTER = "name,source_type,party,same_as\nIlva Tarn,political,Gull,\nIda Brack,individual,,Brack\nRoe,,,\n"
_DISPUTES = "article,n,column,text,anna,ben,decision\na,0,kind,Snow fell.,narrative,quote,narrative\n"
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
    others = {other: content for other, content in _OTHERS.items() if other in words}
    return Case("settings", {name: mutations.raw(draw, raw), **others}, words)


def run(case: Case) -> bytes:
    """Run the command, with the settings in force where there are some."""
    if "sayso.toml" in case.files:
        os.environ["SAYSO_CONFIG"] = "sayso.toml"
    return command.run(case)
