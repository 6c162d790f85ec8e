"""PolNeAR 1.0 as its authors publish it: brat standoff beside plain text.

Newell, Margolin, Ruths: An Attribution Relations Corpus for Political News, LREC 2018.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ....errors import SaysoError
from ...articles.notices import Say
from ...articles.sentences import find_sentences
from ...citing.reference import Reference
from ...exchange.standoff import parse_standoff, spans_of, with_plain_ends
from ...records import Article, Attribution, LabelledArticle, Sentence, Span
from ...rows.files import read_utf8
from ...system.file_names import visible
from ..reader import Corpus, tell_counts
from .kinds import label_article

_ANNOTATION = re.compile(r"(.+)_([0-9a-f]{4})\.ann")
_ROLES = {"Source": "source", "Cue": "cue", "Content": "content"}
_UNUSED = ("Discuss", "Discard")
_PARTS = {"train": "train", "dev": "validation", "test": "test"}


def read_polnear(folder: Path, notice: Say = lambda _: None) -> Iterator[LabelledArticle]:
    """Read one part (``data/train``, ``data/dev``) of the corpus.

    Parameters
    ----------
    folder : Path
        Holds ``text/NAME.txt`` and ``attributions/NAME_XXXX.ann``, XXXX being the annotator; of an article with several
        annotators the first by name is read.
    notice : callable of str
        Told what was left out, and how often.

    Raises
    ------
    SaysoError
        If the folder has not that layout, a text is missing, a file is not UTF-8, or a span ends behind its text.
    """
    texts = visible(folder / "text", "*.txt")
    if not texts:
        raise SaysoError(f"{folder}: no text/*.txt in it; give a part of PolNeAR, such as PolNeAR/data/train.")
    chosen: dict[str, Path] = {}
    counts: Counter[str] = Counter()
    for path in visible(folder / "attributions", "*.ann"):
        match = _ANNOTATION.fullmatch(path.name)
        if match:
            counts["files by second annotators, left out"] += match[1] in chosen
            chosen.setdefault(match[1], path)
    if lonely := sorted(chosen.keys() - {path.stem for path in texts}):
        raise SaysoError(f"{chosen[lonely[0]]}: its text is missing; {folder} must contain text/{lonely[0]}.txt.")
    for path in texts:
        raw = read_utf8(path)
        attributions = _read_standoff(chosen[path.stem], len(raw), counts) if path.stem in chosen else []
        counts["texts without a file of attributions"] += path.stem not in chosen
        yield _article(path.stem, raw, attributions, counts)
    tell_counts(counts, folder, notice)


def _article(name: str, raw: str, attributions: list[dict[str, list[Span]]], counts: Counter[str]) -> LabelledArticle:
    text, moved = with_plain_ends(raw)
    spans = find_sentences(text)
    homes: dict[int, list[Attribution]] = {}
    for roles in attributions:
        lifted = {role: tuple(sorted(Span(moved(a), moved(b)) for a, b in spans)) for role, spans in roles.items()}
        anchor = (lifted["cue"] or lifted["content"])[0].start
        home = next((n for n, s in enumerate(spans) if anchor < s.end), None)
        counts["attributions outside all sentences, left out"] += home is None
        for role in ("source", "cue"):
            counts[f"{role}s in several pieces, read as one span"] += len(lifted[role]) > 1
        if home is not None:
            homes.setdefault(home, []).append(Attribution(_hull(lifted["source"]), _hull(lifted["cue"]), lifted["content"]))
    sentences = tuple(Sentence(n, s, attributions=tuple(homes.get(n, ()))) for n, s in enumerate(spans))
    outlet, date, _ = (*name.split("_", 2), "", "")[:3]
    return LabelledArticle(
        Article(id=name, text=text, outlet=outlet, date=date), sentences, complete=frozenset({"attribution"})
    )


def _hull(spans: tuple[Span, ...]) -> Span | None:
    """A source or cue in several pieces becomes the stretch that holds them all."""
    return Span(spans[0].start, spans[-1].end) if spans else None


def _read_standoff(path: Path, length: int, counts: Counter[str]) -> list[dict[str, list[Span]]]:
    """Give the attributions of one annotator, and count what is left out."""
    standoff = parse_standoff(read_utf8(path))
    for mark in standoff.marks.values():
        counts[f"annotations of type {mark.type}, left out"] += mark.type in _UNUSED
        if (end := mark.spans[-1].end) > length:
            raise SaysoError(
                f"{path}:{mark.line}: a span ends at {end}, but the text ends at {length}; "
                "the annotation and the text do not belong together."
            )
    attributions = []
    counts["broken lines, left out"] += len(standoff.broken)
    for parts in standoff.events.values():
        named = [(_ROLES.get(re.sub(r"\d+$", "", name)), key) for name, key in parts]
        roles = {role: spans_of(standoff, [key for name, key in named if name == role]) for role in _ROLES.values()}
        if roles["content"]:
            attributions.append(roles)
        else:
            counts["attributions without content, left out"] += 1
    return attributions


def _read_corpus(path: Path, notice: Say) -> Iterator[LabelledArticle]:
    """Read the corpus's folder, its data folder, or the folder of one part; a part by another name is for training."""
    for folder, split in _parts(path):
        for article in read_polnear(folder, notice):
            yield replace(article, meta={**article.meta, "split": split})


def _parts(path: Path) -> list[tuple[Path, str]]:
    if not path.exists():
        raise SaysoError(f"{path}: no such file or folder.")
    if (path / "text").is_dir():
        return [(path, _PARTS.get(path.resolve().name, "train"))]
    for above in (path, path / "data"):
        if parts := [(above / part, split) for part, split in _PARTS.items() if (above / part / "text").is_dir()]:
            return parts
    names = ", ".join(f"{part}/text" for part in _PARTS)
    raise SaysoError(f"{path}: no {CORPUS.title} here; its folder contains data/ with {names}.")


CORPUS = Corpus(
    title="PolNeAR 1.0",
    home="https://github.com/networkdynamics/PolNeAR",
    licence=None,
    labels={
        "Source": "source of an attribution; if it is in several pieces, the span that holds them",
        "Cue": "cue of an attribution; if it is in several pieces, the span that holds them",
        "Content": "content spans of an attribution",
        "Attribution, Attribution-no-source": "the attribution; without content it is skipped and counted",
        "Discuss, Discard": "left out",
        "(none of its own)": "kind and source_type, derived by rules and a table of sources, and speech (direct, indirect, "
        "none) from the marks alone; leave them out with --no-kinds",
    },
    read=_read_corpus,
    references=(
        Reference(
            "newell2018attribution",
            "inproceedings",
            "An Attribution Relations Corpus for Political News",
            ("Newell, Edward", "Margolin, Drew", "Ruths, Derek"),
            "2018",
            {
                "booktitle": "Proceedings of the Eleventh International Conference on Language Resources and Evaluation "
                "(LREC 2018)",
                "publisher": "European Language Resources Association",
                "url": "https://aclanthology.org/L18-1524",
            },
        ),
    ),
    derive=label_article,
)
