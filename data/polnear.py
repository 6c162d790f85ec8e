"""PolNeAR 1.0 as its authors publish it: brat standoff beside plain text.

Newell, Margolin, Ruths: An Attribution Relations Corpus for Political News, LREC 2018.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from ..errors import SaysoError
from .records import Article, Attribution, LabelledArticle, Sentence, Span
from .sentences import find_sentences

_ANNOTATION = re.compile(r"(.+)_([0-9a-f]{4})\.ann")
_SPAN = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t")
_EVENT = re.compile(r"E\d+\t(\S.*)")
_ROLES = {"Source": "source", "Cue": "cue", "Content": "content"}


def read_polnear(folder: Path, notice: Callable[[str], None] = lambda _: None) -> Iterator[LabelledArticle]:
    """Read one part (``data/train``, ``data/dev``) of the corpus.

    Parameters
    ----------
    folder : Path
        Holds ``text/NAME.txt`` and ``attributions/NAME_XXXX.ann``, XXXX being the annotator; of an article with several
        annotators the first by name is read.
    notice : callable of str
        Told how many lines were skipped as broken.

    Raises
    ------
    SaysoError
        If the folder has not that layout, a text is missing, a file is not UTF-8, or a span ends behind its text.
    """
    texts = sorted((folder / "text").glob("*.txt"))
    if not texts:
        raise SaysoError(f"{folder}: no text/*.txt in it; give a part of PolNeAR, such as PolNeAR/data/train.")
    chosen: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        match = _ANNOTATION.fullmatch(path.name)
        if match:
            chosen.setdefault(match[1], path)
    skipped = 0
    if lonely := sorted(chosen.keys() - {path.stem for path in texts}):
        raise SaysoError(f"{chosen[lonely[0]]}: its text is missing; text/{lonely[0]}.txt should stand in {folder}.")
    for path in texts:
        raw = _read(path)
        found, broken = _read_standoff(chosen[path.stem], len(raw)) if path.stem in chosen else ([], 0)
        skipped += broken
        yield _article(path.stem, raw, found)
    if skipped:
        notice(f"{folder}: broken lines or attributions skipped: {skipped}.")


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise SaysoError(f"{path}:{line}: not UTF-8; take the file as its authors publish it.") from error


def _article(name: str, raw: str, found: list[dict[str, list[Span]]]) -> LabelledArticle:
    text, moved = _normalise(raw)
    spans = find_sentences(text)
    homes: dict[int, list[Attribution]] = {}
    for roles in found:
        lifted = {role: tuple(sorted(Span(moved(a), moved(b)) for a, b in spans)) for role, spans in roles.items()}
        anchor = (lifted["cue"] or lifted["content"])[0].start
        home = next((n for n, s in enumerate(spans) if anchor < s.end), None)
        if home is not None:
            homes.setdefault(home, []).append(Attribution(_hull(lifted["source"]), _hull(lifted["cue"]), lifted["content"]))
    sentences = tuple(Sentence(n, s, attributions=tuple(homes.get(n, ()))) for n, s in enumerate(spans))
    outlet, date, _ = (*name.split("_", 2), "", "")[:3]
    return LabelledArticle(
        Article(id=name, text=text, outlet=outlet, date=date), sentences, complete=frozenset({"attribution"})
    )


def _normalise(raw: str) -> tuple[str, Callable[[int], int]]:
    r"""Set line ends to ``\n``; the function moves offsets of the raw text along."""
    if "\r" not in raw:
        return raw, lambda at: at
    return raw.replace("\r\n", "\n").replace("\r", "\n"), lambda at: at - raw.count("\r\n", 0, at)


def _hull(spans: tuple[Span, ...]) -> Span | None:
    """A source or cue in several pieces becomes the stretch that holds them all."""
    return Span(spans[0].start, spans[-1].end) if spans else None


def _read_standoff(path: Path, length: int) -> tuple[list[dict[str, list[Span]]], int]:
    """Give the attributions of one annotator, and how many lines or attributions were broken."""
    spans: dict[str, list[Span]] = {}
    events: list[list[str]] = []
    broken = 0
    for n, line in enumerate(_read(path).split("\n"), start=1):
        match, event = _SPAN.match(line), _EVENT.fullmatch(line.rstrip())
        if match:
            pieces = [Span(*map(int, piece.split())) for piece in match[3].split(";")]
            if any(b > length for _, b in pieces):
                end = max(b for _, b in pieces)
                raise SaysoError(f"{path}:{n}: a span ends at {end}, its text at {length}; they do not belong together.")
            if all(a < b for a, b in pieces):
                spans[match[1]] = pieces
            else:
                broken += 1
        elif event:
            events.append(event[1].split())
        elif line.strip() and line[0] not in "#A":
            broken += 1
    found = []
    for parts in events:
        roles: dict[str, list[Span]] = {"source": [], "cue": [], "content": []}
        for part in parts:
            name, _, key = part.partition(":")
            role = _ROLES.get(re.sub(r"\d+$", "", name))
            if role:
                roles[role] += spans.get(key, [])
        if roles["content"]:
            found.append(roles)
        else:
            broken += 1
    return found, broken
