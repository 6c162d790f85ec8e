"""NewsDiscourse, the role of each sentence in its story, as its authors publish it.

Choubey, Lee, Huang, Wang: Discourse as a Function of Event: Profiling Discourse Structure in News Articles around the
Main Event, ACL 2020.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ...errors import SaysoError
from ..articles.notices import Say
from ..citing.reference import Reference
from ..exchange.standoff import parse_standoff
from ..records import Article, LabelledArticle, Sentence
from ..rows.files import read_utf8
from ..system.file_names import visible
from .reader import Corpus, find_in, lay_out, tell_counts

_ROLES = (
    "Main Main_Consequence Cause_Specific Cause_General Distant_Historical Distant_Anecdotal Distant_Evaluation "
    "Distant_Expectations_Consequences NA"
).split()
_SPEECH = "Speech"
_PARTS = {"train": "train", "validation": "validation", "test": "test"}
_LINE = re.compile(r"(URL|DATE/ AUTHOR|H|S\d+)(?=\s|$)[ \t\r]*(.*)")


def _read(path: Path, notice: Say) -> Iterator[LabelledArticle]:
    """Read the parts below ``data``, each with folders of domains or without."""
    folder = find_in(path, CORPUS.title, "data", *_PARTS)
    parts = [folder] if folder.name in _PARTS else [folder / part for part in _PARTS if (folder / part).is_dir()]
    counts: Counter[str] = Counter()
    for part in parts:
        for file in visible(part, "**/*.txt"):
            yield _article(file, part, counts)
    tell_counts(counts, folder, notice)


def _article(file: Path, part: Path, counts: Counter[str]) -> LabelledArticle:
    raw = read_utf8(file)
    labels = _labels(file, raw, counts)
    about, pieces, extras, gap = {"URL": "", "DATE/ AUTHOR": "", "H": ""}, [], [], " "
    for number, line in enumerate(raw.split("\n")):
        match = _LINE.match(line)
        if match and match[1] in about:
            about[match[1]] = match[2].strip()
        elif match and match[2].strip():
            pieces.append((gap, match[2]))
            extras.append(labels.get(number, {}))
            gap = " "
        elif line.strip():
            raise SaysoError(f"{file}:{number + 1}: the line has neither URL, DATE/ AUTHOR, H nor a sentence such as S1.")
        else:
            gap = "\n\n"
    if not pieces:
        raise SaysoError(f"{file}: no sentences (S1, S2, …); use the file as its authors published it.")
    text, spans = lay_out(pieces)
    counts["sentences without a content type"] += sum("content_type" not in extra for extra in extras)
    inside = file.relative_to(part)
    counts["article authors, left out"] += bool(about["DATE/ AUTHOR"].partition("\t")[2].strip("None \t"))
    date = about["DATE/ AUTHOR"].partition("\t")[0].removeprefix("None")
    name = "/".join((part.name, *inside.with_suffix("").parts))
    return LabelledArticle(
        Article(name, text, title=about["H"] or None, date=date or None, url=about["URL"] or None),
        tuple(Sentence(n, span, extra=extra) for n, (span, extra) in enumerate(zip(spans, extras, strict=True))),
        meta={"split": _PARTS.get(part.name, "train"), **({"domain": inside.parts[0]} if len(inside.parts) > 1 else {})},
    )


def _labels(file: Path, raw: str, counts: Counter[str]) -> dict[int, dict[str, str]]:
    """Give the labels of each line, which a mark's place tells: the words of some marks are cut short."""
    path = file.with_suffix(".ann")
    begins = [0, *(m.end() for m in re.finditer("\n", raw))]
    labels_by_line: dict[int, dict[str, str]] = {}
    for mark in parse_standoff(read_utf8(path)).marks.values():
        if mark.spans[-1].end > len(raw):
            raise SaysoError(f"{path}:{mark.line}: a mark ends at {mark.spans[-1].end}, its text at {len(raw)}.")
        of = labels_by_line.setdefault(bisect_right(begins, mark.spans[0].start) - 1, {})
        if mark.type == _SPEECH:
            of["speech"] = "yes"
        elif mark.type not in _ROLES:
            raise SaysoError(f"{path}:{mark.line}: label {mark.type!r} is not one of {', '.join(_ROLES)}, {_SPEECH}.")
        elif of.setdefault("content_type", mark.type) != mark.type:
            counts["second content types of a sentence, left out"] += 1
    for of in labels_by_line.values():
        of.setdefault("speech", "no")
    return labels_by_line


CORPUS = Corpus(
    title="NewsDiscourse",
    home="https://github.com/prafulla77/Discourse_Profiling",
    licence=None,
    labels={
        ", ".join(_ROLES): "column content_type, under the same names (NA: not part of the article)",
        _SPEECH: "column speech (yes, no); a paraphrase or a quotation, so it is not converted to a kind",
        "H, URL, DATE": "title, url and date of the article",
        "folder of a domain": "column article_domain; the validation part has none",
    },
    read=_read,
    references=(
        Reference(
            "choubey2020discourse",
            "inproceedings",
            "Discourse as a Function of Event: Profiling Discourse Structure in News Articles around the Main Event",
            ("Choubey, Prafulla Kumar", "Lee, Aaron", "Huang, Ruihong", "Wang, Lu"),
            "2020",
            {
                "booktitle": "Proceedings of the 58th Annual Meeting of the Association for Computational Linguistics",
                "pages": "5374--5386",
                "doi": "10.18653/v1/2020.acl-main.478",
            },
        ),
    ),
)
