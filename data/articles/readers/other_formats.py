"""Text of other formats (programs, logs, styles, tagged corpora): refused in a line, since none of it is prose."""

import re
from collections.abc import Iterator

from ....errors import SaysoError
from ..reader import Document
from ..tables import Result

_SAMPLE = 8_192  # bytes
_FEW = 4  # lines or words, from which on a form that all of them have is no chance
_MOST = 0.8  # of the words have a tag behind them
_ADVICE = "give the article texts as plain text or a table"

SUFFIXES = {
    ".bat": "a program", ".c": "a program", ".cpp": "a program", ".css": "CSS", ".diff": "a list of changes (diff)",
    ".ics": "a calendar (iCalendar)", ".ini": "settings", ".java": "a program", ".js": "a program", ".patch":
    "a list of changes (diff)", ".php": "a program", ".ps1": "a program", ".py": "a program", ".sh": "a program",
    ".sql": "SQL", ".tex": "LaTeX", ".toml": "settings", ".ts": "a program", ".vcf": "an address card (vCard)",
    ".yaml": "YAML", ".yml": "YAML",
}  # fmt: skip
"""Of files that are refused when they are named, whatever they begin with."""

_TIME = r"\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d\S*"
_LEVEL = r"\[?(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|CRITICAL|FATAL)\]?"
_BEGINNINGS = {
    "LaTeX": r"(?>(?:%.*\n|[ \t]*\n)*)\\(?:documentclass|documentstyle|usepackage|begin\{document\}"
    r"|(?:part|chapter|section|title)\*?\{)",
    "a calendar (iCalendar)": r"BEGIN:VCALENDAR\s",
    "an address card (vCard)": r"BEGIN:VCARD\s",
    "a list of changes (diff)": r"diff --git a/|(?:Index: .*\n=+\n)?--- \S.*\n\+\+\+ \S.*\n@@ -\d|commit [0-9a-f]{40}\b.*\n"
    r"(?:Merge: .*\n)?Author: |From [0-9a-f]{40} Mon Sep 17",
    "SQL": r"(?>(?:--.*\n|/\*(?s:.){0,2000}?\*/;?[ \t]*|[ \t]*\n)*)(?:(?:INSERT (?:IGNORE )?INTO|insert into)\s+\S+\s*"
    r"(?:\([^()]*\)\s*)?(?:VALUES|SELECT|values|select)\b|CREATE (?:TEMPORARY )?(?:TABLE|DATABASE|VIEW|INDEX)"
    r"\s[^.!?\n]{1,120}(?:\(|;)"
    r"|create table (?:if not exists )?\S+\s?\(|DROP TABLE (?:IF EXISTS )?\S+;|BEGIN TRANSACTION;|PRAGMA \w+ ?="
    r"|SELECT\s[^.!?]{1,300}\sFROM\s[^!?]{1,300};)",
    "CSS": r"(?>(?:/\*(?s:.){0,2000}?\*/\s*)*)(?:@charset \"|@import (?:url\(|[\"'])|@font-face\s*\{|@media [^{}\n]{1,200}\{"
    r"|[.#:*\w\[][^{};]{0,200}\{\s*(?:(?:--)?[a-z-]+\s*:\s*[^;{}]{1,300};\s*)+(?:[a-z-]+\s*:\s*[^;{}]{1,300})?\})",
    "a program": r"#!\s*/\S+|#include\s*[<\"]|<\?php\b|(?>(?:(?:#|//).*\n|[ \t]*\n)*)(?:['\"]use strict['\"];"
    r"|import (?:[\w*{}, ]+ from )?['\"][^'\"\n]+['\"];?\n|(?:const|let|var) [\w$]+ = .*(?:;|[({\[])\s*\n"
    r"|(?:async )?function \w+\([^()\n]*\) ?\{|\(function ?\(|package [\w.]+(?:;|\n\s*import )"
    r"|public (?:(?:final|abstract) )?(?:class|interface|enum) \w+[^{}.\n]{0,80}\{|import java[\w.]+;"
    r"|(?:def|class) \w+(?:\([^()\n]*\))?(?: -> [^:\n]+)?:[ \t]*\n[ \t]+\S)",
    "a log": rf"{_TIME}\]?[\s,|-]+(?:\S+[ \t]+){{0,3}}{_LEVEL}[\s:|-]|{_LEVEL}:[\w.]+:\S"
    r"|\S+ \S+ \S+ \[\d\d/[A-Z][a-z]{2}/\d{4}"
    r":\d\d:\d\d:\d\d [+-]\d{4}\] \"[A-Z]+ ",
    "an HTTP response with its header": r"HTTP/\d(?:\.\d)? \d{3}\b.*\n[\w-]+:",
    "text with grammatical annotation (CoNLL-U)": r"(?>(?:#.*\n)*)\d+(?:-\d+)?\t[^\t\n]+\t[^\t\n]+\t[A-Z_]+\t"
    r"(?:[^\t\n]*\t){4}[^\t\n]*\t",
    "text with grammatical annotation (trees)": r"(?:\((?:ROOT|TOP|S1?)?\s*)?\((?:S|NP|VP|PP|SBAR|SINV|FRAG)\s*\(",
    "a chess game (PGN)": r"\[Event \"",
    "an HTTP request": r"(?:GET|POST|PUT|HEAD) \S+ HTTP/\d",
}
_KINDS = {kind: re.compile(begins) for kind, begins in _BEGINNINGS.items()}
_PYTHON = re.compile(
    r"(?>(?:#.*\n|[ \t]*\n|(\"{3}|'{3})(?s:.){0,3000}?\1)*)"
    r"(?:import [\w.]+(?: as \w+)?(?:, ?[\w.]+)*|from [\w.]+ import .+)\n"
)
_CODE = re.compile(
    r"^(?:import [\w.]+|from [\w.]+ import .+|(?:def|class) \w.*:|[\w.]+ ?\+?= ?\S.*|[\w.]+\(.*\))[ \t]*$", re.M
)
_SYSTEM_LOG = re.compile(r"[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ [\w./-]+(?:\[\d+\])?: ")
_KEY = re.compile(r"[ ]*(?:- )*[a-z_][\w-]*:(?:[ ].*)?|[ ]*- \S.*|#.*|---")
_NESTED = re.compile(r"^([ ]*)(?:- )?[a-z_][\w-]*:[ ]*\n\1(?:[ ]+|(?=- ))(?:- )?\S", re.M)
_SETTING = re.compile(r"\[{1,2}[\w.: \"-]+\]{1,2}|[\w.-]+ ?= ?.*|[#;].*")
_SURELY_TAGGED = re.compile(r"\S[_/](?:NNP?S?|NN[12]|DT|DET|AT0?|NOUN|VERB|VB[DGNPZ]?|IN|ADP)(?!\S)")
_TAGGED = re.compile(r"\S+[_/](?:[A-Z]{1,5}\d{0,2}\$?|[.,:;!?]|``|''|-[LR]RB-)")


def _kind_of(start: bytes) -> str | None:
    text = _text(start)
    kind = next((kind for kind, begins in _KINDS.items() if begins.match(text)), None)
    if kind is not None:
        return kind
    python = _PYTHON.match(text)
    if python and _CODE.search(text, python.end()):
        return "a program"
    return _kind_of_lines(text) or ("text with part-of-speech tags" if _is_tagged(text) else None)


def _text(start: bytes) -> str:
    encoding = "utf-16" if start.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    text = start[:_SAMPLE].decode(encoding, "replace").removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\n \t")


def _kind_of_lines(text: str) -> str | None:
    """Tell what is known only by all of its lines; the last of the sample may be cut off."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(text) >= _SAMPLE // 2 and len(lines) > 1:
        lines.pop()
    if len(lines) > 1 and all(map(_SYSTEM_LOG.match, lines[:_FEW])):
        return "a log"
    if len(lines) > 1 and _NESTED.search(text) and all(map(_KEY.fullmatch, lines)):
        return "YAML"
    is_settings = text.startswith("[") and sum("=" in line for line in lines) > 1
    return "settings" if is_settings and all(map(_SETTING.fullmatch, lines)) else None


def _is_tagged(text: str) -> bool:
    words = text.split()[:200]
    if not _SURELY_TAGGED.search(text):
        return False
    return len(words) >= _FEW and sum(map(bool, map(_TAGGED.fullmatch, words))) >= _MOST * len(words)


def knows(start: bytes) -> bool:
    """Tell it by its beginning."""
    return _kind_of(start) is not None


def read(document: Document) -> Iterator[Result]:
    """Yield the error that names the format."""
    suffix = next((suffix for suffix in SUFFIXES if document.name.lower().endswith(suffix)), "")
    kind = _kind_of(document.stream.peek(_SAMPLE)) or SUFFIXES.get(suffix, "no prose")
    yield SaysoError(f"{document.name}: this is {kind}, which cannot be read; {_ADVICE}.")
