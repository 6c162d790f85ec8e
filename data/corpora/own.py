"""The plain-text format of the project's own corpus: one file an article, one line a sentence.

``docs/corpus-format.md`` describes it for people. In short::

    @id lisbon-port-strike
    @layout paragraphs
    @target U = Port Workers' Union | the union

    N none | Walkout at Lisbon docks enters third week
    ~ By Rui Sampaio

    O state -U ! | {d LISBON –} {s1 The ministry =Portuguese Labour Ministry} {c1 said} {t1 it would not pay}.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from ...errors import SaysoError
from ..records import Article, Attribution, LabelledArticle, Sentence, Span
from ..scheme import SOURCE_TYPES

KIND_LETTERS = {"Q": "quote", "O": "official_claim", "I": "independent_assessment", "N": "narrative"}
LAYOUTS = ("paragraphs", "scraped")
LABELLED = frozenset({"kind", "source_type", "attribution", "stance", "bias"})
_HEADER = re.compile(r"@(\w+)\s+(\S.*)")
_TARGET = re.compile(r"(\w+)\s*=\s*(.+)")
_TAG = re.compile(r"\{(?:([sct])(\d+(?:,\d+)*)|([bd])) ")
_SPEAKER = re.compile(r"\s+=([^{}=]+)$")


@dataclass(slots=True)
class _Line:
    """A sentence line: its labels, its plain text and the spans in that text."""

    number: int
    kind: str
    source_type: str
    stance: dict[str, str]
    biased: bool
    text: str = ""
    dateline: int = 0  # length of the dateline at the start of the text
    loaded: list[Span] = field(default_factory=list)
    roles: list[tuple[str, int, Span, str | None]] = field(default_factory=list)
    glued: bool = False


def own_corpus() -> list[LabelledArticle]:
    """Read the corpus that comes with the package, in the order of the files' names."""
    return list(read_corpus(resources.files("sayso.data") / "corpus"))


def read_corpus(folder: Traversable | Path) -> Iterator[LabelledArticle]:
    """Read every ``*.txt`` of a folder.

    Raises
    ------
    SaysoError
        If a file breaks the format; the message names file and line.
    """
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if path.name.endswith(".txt"):
            yield parse_article(path.read_text(encoding="utf-8"), path.name)


def parse_article(source: str, name: str) -> LabelledArticle:
    """Turn one file of the corpus into an article with labelled sentences.

    Parameters
    ----------
    source : str
        The file's text.
    name : str
        What errors call the file.

    Raises
    ------
    SaysoError
        At the first line that breaks the format.
    """
    header: dict[str, str] = {}
    targets: dict[str, tuple[str, ...]] = {}
    letters: dict[str, str] = {}
    blocks: list[_Line | str | None] = []  # a sentence, a line of furniture, or a paragraph break
    for number, raw in enumerate(source.splitlines(), 1):
        line = raw.strip()
        try:
            if line.startswith("@target "):
                letter, names = _target(line.removeprefix("@target "))
                letters[letter] = names[0]
                targets[names[0]] = names[1:]
            elif line.startswith("@"):
                header.update([_header(line)])
            elif line.startswith("~"):
                blocks.append(line.removeprefix("~").strip())
            elif line:
                blocks.append(_sentence_line(line, number, letters))
            elif blocks and blocks[-1] is not None:
                blocks.append(None)
        except ValueError as error:
            raise SaysoError(f"{name}:{number}: {error}") from error
    if "id" not in header or not any(isinstance(block, _Line) for block in blocks):
        raise SaysoError(f"{name}: no @id line, or no sentence line (KIND TYPE | text).")
    if header.setdefault("layout", "paragraphs") not in LAYOUTS:
        raise SaysoError(f"{name}: @layout is {header['layout']!r}, not one of {', '.join(LAYOUTS)}.")
    return _assemble(blocks, header, targets)


def _header(line: str) -> tuple[str, str]:
    match = _HEADER.fullmatch(line)
    if not match:
        raise ValueError(f"{line!r} is not a header line; write '@key value'.")
    return match[1], match[2].strip()


def _target(text: str) -> tuple[str, tuple[str, ...]]:
    match = _TARGET.fullmatch(text.strip())
    if not match:
        raise ValueError(f"{text!r} is not a target; write '@target X = Name | alias'.")
    return match[1], tuple(name.strip() for name in match[2].split("|"))


def _sentence_line(line: str, number: int, letters: dict[str, str]) -> _Line:
    labels, bar, marked = line.partition(" | ")
    parts = labels.split()
    if not bar or len(parts) < 2:
        raise ValueError(f"{line[:40]!r} is not a sentence line; write 'KIND TYPE | text'.")
    kind, source_type, *marks = parts
    if kind not in KIND_LETTERS:
        raise ValueError(f"kind {kind!r} is not one of {' '.join(KIND_LETTERS)}.")
    if source_type not in SOURCE_TYPES:
        raise ValueError(f"source type {source_type!r} is not one of {' '.join(SOURCE_TYPES)}.")
    stance = dict.fromkeys(letters.values(), "neutral")
    for mark in marks:
        if mark == "!":
            continue
        if mark[0] not in "+-" or mark[1:] not in letters:
            raise ValueError(f"{mark!r} is not a label; write +X or -X with a declared target, or !.")
        stance[letters[mark[1:]]] = "favor" if mark[0] == "+" else "against"
    result = _Line(number, KIND_LETTERS[kind], source_type, stance, "!" in marks)
    result.glued = marked.endswith("\\")
    _unmark(marked.removesuffix("\\").strip(), result)
    if result.biased != bool(result.loaded):
        raise ValueError("a biased sentence (!) marks its loaded words with {b …}, and no other sentence does.")
    return result


def _unmark(marked: str, line: _Line) -> None:
    """Take the spans out of the text; ``line`` gets the plain text and the spans."""
    plain: list[str] = []
    length = at = 0
    open_tags: list[tuple[str, tuple[int, ...], int]] = []
    while at < len(marked):
        tag = _TAG.match(marked, at)
        if tag:
            numbers = tuple(int(n) for n in (tag[2] or "0").split(","))
            open_tags.append((tag[1] or tag[3], numbers, length))
            at = tag.end()
        elif marked[at] == "}":
            if not open_tags:
                raise ValueError("a } closes nothing.")
            role, numbers, start = open_tags.pop()
            length = _close(role, numbers, start, plain, line)
            at += 1
        elif marked[at] == "{":
            raise ValueError(f"{marked[at : at + 8]!r} is not a span; write {{s1 …}} {{c1 …}} {{t1 …}} {{b …}} {{d …}}.")
        else:
            plain.append(marked[at])
            length += 1
            at += 1
    if open_tags:
        raise ValueError(f"a {{{open_tags[-1][0]} is not closed.")
    line.text = "".join(plain)


def _close(role: str, numbers: tuple[int, ...], start: int, plain: list[str], line: _Line) -> int:
    """Record a span that ends here; return the length of the plain text so far."""
    text = "".join(plain)[start:]
    speaker = _SPEAKER.search(text) if role == "s" else None
    if speaker:
        text = text[: speaker.start()]
        del plain[start + len(text) :]
    end = start + len(text)
    if not text or text != text.strip():
        raise ValueError(f"the span {text!r} is empty or has white space at its ends.")
    if role == "b":
        line.loaded.append(Span(start, end))
    elif role == "d":
        if start:
            raise ValueError("a dateline must be at the start of its line.")
        line.dateline = end
    else:
        for n in numbers:
            line.roles.append((role, n, Span(start, end), speaker[1].strip() if speaker else None))
    return end


def _assemble(
    blocks: list[_Line | str | None], header: dict[str, str], targets: dict[str, tuple[str, ...]]
) -> LabelledArticle:
    """Lay the lines out as text and move their spans to where they stand in it."""
    line_break = "\n" if header["layout"] == "scraped" else "\n\n"
    text = gap = ""
    placed: list[tuple[_Line, int, int]] = []  # a sentence line, where it begins, where its sentence does
    for block in blocks:
        if block is None:
            gap = line_break if text else ""
        elif isinstance(block, str):
            text += (line_break if text else "") + block
            gap = line_break
        else:
            text += gap
            spaces = len(block.text) - len(block.text[block.dateline :].lstrip())
            placed.append((block, len(text), len(text) + max(block.dateline, spaces)))
            text += block.text
            gap = line_break if len(placed) == 1 else "" if block.glued else " "
    article = Article(
        id=header["id"],
        text=text + "\n",
        title=placed[0][0].text,
        outlet=header.get("outlet"),
        date=header.get("date"),
    )
    sentences = tuple(
        Sentence(
            n=n,
            span=Span(start, offset + len(line.text)),
            kind=line.kind,
            source_type=line.source_type,
            bias="biased" if line.biased else "neutral",
            stance=line.stance,
            loaded=tuple(Span(offset + a, offset + b) for a, b in line.loaded),
        )
        for n, (line, offset, start) in enumerate(placed)
    )
    meta = {key: value for key, value in header.items() if key not in {"id", "outlet", "date"}}
    return LabelledArticle(article, _attribute(sentences, placed), targets, LABELLED, meta)


def _attribute(sentences: tuple[Sentence, ...], placed: list[tuple[_Line, int, int]]) -> tuple[Sentence, ...]:
    """Join spans of one number to attributions and hang each on the sentence of its cue."""
    spans: dict[int, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    speakers: dict[int, str] = {}
    for line, offset, _ in placed:
        for role, n, span, speaker in line.roles:
            spans[n][role].append(Span(offset + span.start, offset + span.end))
            if speaker:
                speakers[n] = speaker
    of_sentence: dict[int, list[Attribution]] = defaultdict(list)
    for n, roles in sorted(spans.items()):
        anchor = (roles["c"] or roles["t"] or roles["s"])[0].start
        home = next(s.n for s in sentences if anchor < s.span.end)
        source = roles["s"][0] if roles["s"] else None
        cue = roles["c"][0] if roles["c"] else None
        content = tuple(sorted(roles["t"]))
        of_sentence[home].append(Attribution(source, cue, content, speakers.get(n)))
    return tuple(replace(s, attributions=_outermost_first(of_sentence[s.n], s.source_type)) for s in sentences)


def _outermost_first(found: Iterable[Attribution], source_type: str | None) -> tuple[Attribution, ...]:
    """Order a sentence's attributions; the first one carries the sentence's source type."""
    ordered = sorted(found, key=lambda a: -sum(s.end - s.start for s in a.content))
    return tuple(replace(a, source_type=source_type if i == 0 else None) for i, a in enumerate(ordered))
