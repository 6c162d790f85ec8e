"""Why a sentence is labelled wrongly, told by what can be seen in its label, our annotation and its article.

Each sentence whose kind or source type is wrong has one cause, the first of these that fits:

bounds         The sentence is no sentence of ours (it was taken for furniture), or the two share less than four fifths of
               their text.
transcript     The article has three turns or more that begin with a name and a colon, the sentence is labelled a quotation,
               and has no quotation mark.
quotation      Labelled a quotation and not ours, or ours and not labelled.
relay          Both say that somebody speaks, name other words as the source (or only one names any), and the sentence has
               a word that passes speech on (*as saying*, *citing*, *quoted*, *told*, *reported* …).
missed cue     Labelled as attributed, ours not.
false cue      Ours attributed, not labelled.
other source   Both say that somebody speaks, but name other words as the source.
entity         Who speaks is agreed on, the source type is wrong. Told apart by what a reader could go by:
  description    our word lists read the right type off words beside the name, somewhere in the article;
  name           a name that nothing of the kind stands beside: it has to be known;
  noun           a common noun, such as *officials*;
  pronoun        a pronoun, and the label does not say whose;
  nobody         the sentence names nobody: a quotation that runs on.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType

import numpy as np

from sayso.classify.language.source_types import judge

from .gold_sets import Judged, Pair

_SAME_PLACE = 0.8  # of the two sentences together
_TURNS = 3  # from so many on an article has a transcript in it
_TURN = re.compile(r"^(?:[QA]|[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}(?: \([^)]*\))?): \S")
_MARK = re.compile(r"[“”\"«»„‘]")
_RELAY = re.compile(
    r"\b(?:as saying|as telling|quot(?:ed|es|ing)|cit(?:ed|es|ing)|told (?!reporters)|report(?:ed|s)\b|in an interview with)"
)
_PRONOUNS = frozenset("he she they it we i who which that his her their its one".split())
_HANGING = re.compile(r" (?:of|from|for|in|at|on|with|who|which|that)\b")
_SUFFIXES = frozenset({"Jr", "Sr", "II", "III"})
_BEFORE, _BEHIND = 8, 14  # words beside a name in which a description is looked for
_WORD = re.compile(r"\w[\w’'.-]*\w|\w|[^\w\s]")
_COLUMNS = ("kind", "source_type", "source", "cue")
CAUSES = (
    "bounds",
    "transcript",
    "quotation",
    "relay",
    "missed cue",
    "false cue",
    "other source",
    "entity: description",
    "entity: name",
    "entity: noun",
    "entity: pronoun",
    "entity: nobody",
)


def causes(judged: Judged) -> list[str | None]:
    """Give the cause of each sentence's error; None of the right ones."""
    turns = Counter(p.article for p in judged.pairs if _TURN.match(p.gold["text"]))
    return [None if p.right else _cause(judged, p, turns[p.article]) for p in judged.pairs]


def _cause(judged: Judged, pair: Pair, turns: int) -> str:
    gold, given = pair.gold, pair.given
    quotes = gold["kind"] == "quote", given["kind"] == "quote"
    spoken = gold["source_type"] != "none", given["source_type"] != "none"
    if pair.overlap < _SAME_PLACE:
        return "bounds"
    if turns >= _TURNS and quotes[0] and not _MARK.search(gold["text"]):
        return "transcript"
    if quotes[0] != quotes[1]:
        return "quotation"
    if not all(spoken):
        return "missed cue" if spoken[0] else "false cue"
    sources = gold["source"] or None, given.get("source") or None
    if any(sources) and not judged.scorer.same_source(*sources):
        return "relay" if _RELAY.search(gold["text"]) else "other source"
    return f"entity: {_told_by(judged.texts[pair.article], gold)}"


def _told_by(text: str, gold: Mapping[str, str]) -> str:
    """Tell what a reader could go by to know of what type the source is."""
    phrases = [name for name in (gold["source"], gold.get("speaker")) if name]
    if any(_type_of(_WORD.findall(phrase)) == gold["source_type"] for phrase in phrases):
        return "description"
    named = [p for p in phrases if p.lower() not in _PRONOUNS]
    if not named:
        return "pronoun" if phrases else "nobody"
    names = {word for phrase in named for word in _names(phrase, gold["text"])}
    if any(gold["source_type"] in _types_beside(text, name) for name in names):
        return "description"
    return "name" if names else "noun"


def _names(phrase: str, sentence: str) -> Iterator[str]:
    """Give the last word of each part of a phrase that is a name, such as *Roe* of *the clerk of Velm, Ann Roe*."""
    for part in phrase.split(","):
        words = [w for w in _WORD.findall(_HANGING.split(part)[0]) if w[0].isalnum() and w not in _SUFFIXES]
        opens = len(words) == 1 and sentence.startswith(part)
        if words and words[-1][0].isupper() and not (opens and words[0].endswith("s")):
            yield words[-1]


def _types_beside(text: str, name: str) -> Iterator[str | None]:
    """Judge the words before a name, and the description behind it, wherever it stands."""
    for line in text.splitlines():
        words = _WORD.findall(line)
        for at in (i for i, word in enumerate(words) if word == name):
            before = words[max(at - _BEFORE, 0) : at]
            first = max((i + 1 for i, word in enumerate(before) if not word[0].isalnum() and word != "-"), default=0)
            yield _type_of(before[first:])
            if words[at + 1 : at + 2] == [","]:
                behind = words[at + 2 : at + 2 + _BEHIND]
                end = next((i for i, word in enumerate(behind) if word in {",", ".", ";", "—", "”"}), len(behind))
                yield _type_of(behind[:end])


def _type_of(words: Sequence[str]) -> str | None:
    found = judge(words) if words else None
    return found.source_type if found else None


def speaker_errors(judged: Judged) -> list[str | None]:
    """Tell, as the scorer counts them, what is wrong with the speakers of each sentence; None where nothing is."""
    if "speaker" not in judged.scores:
        return [None] * len(judged.pairs)
    return [_speaker_error(judged.scorer, pair) for pair in judged.pairs]


def _speaker_error(scorer: ModuleType, pair: Pair) -> str | None:
    named, given = pair.gold["speaker"], pair.speakers
    if named and not given:
        return "nobody is given"
    if named:
        return None if any(scorer.same_speaker(named, name) for name in given) else "another name is given"
    if not given:
        return None
    return "labelled as nobody's words" if pair.gold["source_type"] == "none" else "labelled without a name"


def mended(judged: Judged, found: Sequence[str | None], cause: str) -> dict[str, float]:
    """Give both macro F1 as they would be if the errors of a cause were none."""
    wrong = np.array([c is not None and c.startswith(cause) for c in found])
    scores = {}
    for column in ("kind", "source_type"):
        truth, given = judged.column(column)
        scores[column] = _macro(judged.scorer, list(zip(truth, np.where(wrong, truth, given), strict=True)))
    return scores


def _macro(scorer: ModuleType, pairs: list[tuple[str, str]]) -> float:
    return float(scorer.macro(pairs))


def write_errors(judged: Judged, found: Sequence[str | None], file: Path) -> None:
    """Add the wrong sentences to a table with tabs, for reading; one whose speaker is wrong has a row for that too."""
    heads = [f"{column}{side}" for column in _COLUMNS for side in ("", "_ours")]
    new = not file.exists()
    with file.open("a", encoding="utf-8") as out:
        if new:
            print("set", "article", "n", "cause", "sure", *heads, "speaker", "speakers_ours", "text", sep="\t", file=out)
        for pair, cause, speaker in zip(judged.pairs, found, speaker_errors(judged), strict=True):
            for told in (cause, speaker and f"speaker: {speaker}"):
                if told:
                    print(*_row(judged.name, pair, told), sep="\t", file=out)


def _row(name: str, pair: Pair, cause: str) -> list[str]:
    labels = [side.get(column) or "" for column in _COLUMNS for side in (pair.gold, pair.given)]
    sure = f"{pair.given['kind_confidence']:.2f}" if "kind_confidence" in pair.given else ""
    names = pair.gold.get("speaker", ""), " | ".join(dict.fromkeys(pair.speakers))
    cells = [name, pair.article, pair.gold["n"], cause, sure, *labels, *names, pair.gold["text"]]
    return [" ".join(str(cell).split()) for cell in cells]
