"""NewsMTSC, polarity towards who is mentioned in news sentences, as its authors publish it.

Hamborg, Donnay: NewsMTSC: A Dataset for (Multi-)Target-dependent Sentiment Classification in Political News Articles,
EACL 2021.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ...errors import SaysoError
from ..articles.notices import Say
from ..citing.reference import Reference
from ..records import Article, LabelledArticle, Sentence, Span
from ..rows.files import read_json
from ..schemas.shown import shown
from .reader import GROUP, Corpus, find_in, lay_out, need, need_list, need_text, read_text, tell_counts

_POLARITIES = {2: "against", 4: "neutral", 6: "favor"}
TRAINING = "train"
_PARTS = {
    "train.jsonl": TRAINING,
    "dev.jsonl": "validation",
    "devtest_rw.jsonl": "test",
    "devtest_mt.jsonl": "test",
    "test.jsonl": "test",
}
_GID = re.compile(r"((?:allsides_\d+_\d+|polusa_v1_\d+_-?\d+))_\d+_.*", re.DOTALL)
"""An outlet's or a collection's name and the number of the article, then the number of the sentence and the mention."""
_TWICE = "sentences that occur in another part as well, read once"
_SAME = "mentions repeated at the same place, read once"


def _read(path: Path, notice: Say) -> Iterator[LabelledArticle]:
    """Read one part, or all parts of a folder."""
    found = find_in(path, CORPUS.title, *_PARTS)
    files = [found] if found == path else [path / name for name in _PARTS if (path / name).exists()]
    counts: Counter[str] = Counter()
    seen: set[str] = set()
    for file in files:
        for number, line in enumerate(read_text(file).split("\n"), 1):
            if line.strip():
                where = f"{file}:{number}"
                row = read_json(line, where)
                gid = need_text(row, where, "primary_gid")
                if gid in seen:
                    counts[_TWICE] += 1
                else:
                    seen.add(gid)
                    yield _article(row, gid, where, _PARTS[file.name], counts)
    tell_counts(counts, found if found == path else path, notice)


def _article(row: Mapping[str, Any], gid: str, where: str, split: str, counts: Counter[str]) -> LabelledArticle:
    """Give a sentence, an article of its own: the corpus has single ones of each article."""
    sentence = need_text(row, where, "sentence_normalized")
    text, (span,) = lay_out([("", sentence)])
    stance: dict[str, str] = {}
    mentions: dict[str, tuple[Span, ...]] = {}
    for n, target in enumerate(need_list(row, where, "targets"), 1):
        here = f"{where}: target {n}"
        spans = _spans(target, text, here)
        if any(spans[0] == known[0] for known in mentions.values()):
            counts[_SAME] += 1
            continue
        name = _name(spans[0].of(text), stance)
        stance[name], mentions[name] = _polarity(target, here), spans
    if not stance:
        raise SaysoError(f"{where}: no target; use the file as its authors published it.")
    match = _GID.fullmatch(gid)
    aliases = {name: (first,) if (first := mentions[name][0].of(text)) != name else () for name in stance}
    return LabelledArticle(
        Article(gid, text),
        (Sentence(0, span, stance=stance, mentions=mentions),),
        aliases,
        frozenset({"stance"}),
        {"split": split} | ({GROUP: match[1]} if match else {}),
    )


def _spans(target: Mapping[str, Any], text: str, where: str) -> tuple[Span, ...]:
    """Give the places of a target in its sentence, the one that was judged first."""
    further: Sequence[Any] = need_list(target, where, "further_mentions") if "further_mentions" in target else ()
    return tuple(_span(mention, text, where) for mention in (target, *further))


def _span(mention: Any, text: str, where: str) -> Span:
    start, end, words = (need(mention, where, name) for name in ("from", "to", "mention"))
    if not (isinstance(start, int) and isinstance(end, int)) or text[start:end] != words or not words:
        at = f"{shown(start)} to {shown(end)}"
        raise SaysoError(f"{where}: {shown(words)} does not occur at {at}; use the file as its authors published it.")
    return Span(start, end)


def _polarity(target: Mapping[str, Any], where: str) -> str:
    polarity = need(target, where, "polarity")
    if not isinstance(polarity, int | float) or polarity not in _POLARITIES:
        raise SaysoError(f"{where}: polarity {shown(polarity)} is not one of {', '.join(map(str, _POLARITIES))}.")
    return _POLARITIES[int(polarity)]


def _name(words: str, taken: Mapping[str, str]) -> str:
    """Name a target by its mention; a second one of the same words gets a number."""
    name, n = words, 1
    while name in taken:
        n += 1
        name = f"{words} ({n})"
    return name


CORPUS = Corpus(
    title="NewsMTSC",
    home="https://github.com/fhamborg/NewsMTSC",
    licence="MIT",
    labels={
        "polarity 6, 4, 2": "stance favor, neutral, against towards the mention at its place; each sentence is an article",
        "mention, from, to": "the target and its place; the same words elsewhere in the sentence are a separate target",
        "further_mentions": "further places of the target in the sentence",
        "primary_gid": "the article's id; its beginning is the column article_group: the sentences of an "
        "article stay in one fold",
    },
    read=_read,
    references=(
        Reference(
            "hamborg2021newsmtsc",
            "inproceedings",
            "NewsMTSC: A Dataset for (Multi-)Target-dependent Sentiment Classification in Political News Articles",
            ("Hamborg, Felix", "Donnay, Karsten"),
            "2021",
            {
                "booktitle": "Proceedings of the 16th Conference of the European Chapter of the Association for "
                "Computational Linguistics: Main Volume",
                "pages": "1663--1675",
                "doi": "10.18653/v1/2021.eacl-main.142",
            },
        ),
    ),
)
