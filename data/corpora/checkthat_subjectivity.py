"""CheckThat! Lab at CLEF, subjectivity in news articles, as its organizers publish it, 2023 to 2025.

Struß et al.: Overview of the CLEF-2024 CheckThat! Lab Task 2 on Subjectivity in News Articles, CLEF 2024.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from ...errors import SaysoError
from ..articles.notices import Say
from ..citing.reference import Reference
from ..records import Article, LabelledArticle, Sentence
from .reader import GROUP, Corpus, choose, lay_out, read_text, tell_counts

COLUMN = "subjectivity"
_LABELS = {"SUBJ": "subjective", "OBJ": "objective"}
_PARTS = {"train": "train", "dev": "validation", "dev_test": "test", "test": "test"}
_FILE = re.compile(r"(?P<part>train|dev_test|dev|test)_(?P<language>[a-z]{2})(?:_labell?ed|_gold)?\.tsv")
_COLUMNS = ("sentence_id", "sentence", "label")
_IN_DOCUMENT = re.compile(r"(.+_\d+)_\d+")
"""Ids of Arabic sentences: an outlet and the number of one of its articles, then the number of the sentence."""


def _read(path: Path, notice: Say) -> Iterator[LabelledArticle]:
    """Read one file, or all files of the folder and of those in it."""
    if not path.exists():
        raise SaysoError(f"{path}: no such file or folder.")
    files = [path] if path.is_file() else sorted(path.rglob("*.tsv"))
    known = [(file, match) for file in files if (match := _FILE.fullmatch(file.name))]
    if not known:
        raise SaysoError(f"{path}: no {CORPUS.title} here; it must contain files such as english/train_en.tsv.")
    known.sort(key=lambda found: (str(found[0].parent), list(_PARTS).index(found[1]["part"])))
    counts = Counter({"files of other names, left out": len(files) - len(known)})
    ids: Counter[str] = Counter()
    for file, match in known:
        yield from _read_file(file, match["language"], _PARTS[match["part"]], ids, counts)
    tell_counts(counts, path, notice)


def _read_file(file: Path, language: str, split: str, ids: Counter[str], counts: Counter[str]) -> Iterator[LabelledArticle]:
    """Read a table whose fields are not quoted: a quotation mark is a character like any other."""
    lines = read_text(file).removeprefix("\ufeff").split("\n")
    header = lines[0].split("\t")
    if lacking := [name for name in _COLUMNS[:2] if name not in header]:
        raise SaysoError(f"{file}: no {lacking[0]!r}; there are {', '.join(map(repr, header))}.")
    if "label" not in header:
        counts["files without labels, left out"] += 1
        return
    for number, line in enumerate(lines[1:], 2):
        if line.strip():
            cells = line.split("\t")
            if not len(_COLUMNS) <= len(cells) <= len(header):
                raise SaysoError(f"{file}:{number}: {len(cells)} fields, but the header has {len(header)}.")
            yield _article(dict(zip(header, cells, strict=False)), f"{file}:{number}", language, split, ids)


def _article(row: Mapping[str, str], where: str, language: str, split: str, ids: Counter[str]) -> LabelledArticle:
    label = choose(_LABELS, row["label"].strip(), "label", where)
    text, (span,) = lay_out([("", row["sentence"])])
    if not text.strip():
        raise SaysoError(f"{where}: no sentence in this row; use the file as its authors published it.")
    key = f"{language}-{row['sentence_id'].strip()}"
    ids[key] += 1
    document = _IN_DOCUMENT.fullmatch(row["sentence_id"].strip())
    conflict = {"True": "yes", "False": "no"}.get(row.get("solved_conflict", "").strip())
    extra = {COLUMN: label} | ({"solved_conflict": conflict} if conflict else {})
    return LabelledArticle(
        Article(key if ids[key] == 1 else f"{key}-{ids[key]}", text, language=language),
        (Sentence(0, span, extra=extra),),
        meta={"split": split} | ({GROUP: f"{language}-{document[1]}"} if document else {}),
    )


CORPUS = Corpus(
    title="CheckThat! subjectivity",
    home="https://gitlab.com/checkthat_lab",
    licence="CC BY-NC-SA 4.0",
    labels={
        "SUBJ": f"column {COLUMN}: subjective; each sentence is an article of its own",
        "OBJ": f"column {COLUMN}: objective",
        "solved_conflict": "column of the same name (yes, no), where the file has it",
        "language of the file": "language of the sentence; the files of all languages are read",
        "sentence_id": "id of the article; for Arabic also the column article_group, which keeps the "
        "sentences of an article in one fold",
    },
    read=_read,
    references=(
        Reference(
            "galassi2023overview",
            "inproceedings",
            "Overview of the CLEF-2023 CheckThat! Lab: Task 2 on Subjectivity in News Articles",
            (
                "Galassi, Andrea",
                "Ruggeri, Federico",
                "Barrón-Cedeño, Alberto",
                "Alam, Firoj",
                "Caselli, Tommaso",
                "Kutlu, Mucahid",
                "Struß, Julia Maria",
                "Antici, Francesco",
                "Hasanain, Maram",
                "Köhler, Juliane",
                "Korre, Katerina",
                "Leistra, Folkert",
                "Muti, Arianna",
                "Siegel, Melanie",
                "Türkmen, Mehmet Deniz",
                "Wiegand, Michael",
                "Zaghouani, Wajdi",
            ),
            "2023",
            {
                "booktitle": "Working Notes of the Conference and Labs of the Evaluation Forum (CLEF 2023)",
                "series": "CEUR Workshop Proceedings",
                "volume": "3497",
                "pages": "236--249",
            },
        ),
        Reference(
            "struss2024overview",
            "inproceedings",
            "Overview of the CLEF-2024 CheckThat! Lab Task 2 on Subjectivity in News Articles",
            (
                "Struß, Julia Maria",
                "Ruggeri, Federico",
                "Barrón-Cedeño, Alberto",
                "Alam, Firoj",
                "Dimitrov, Dimitar",
                "Galassi, Andrea",
                "Pachov, Georgi",
                "Koychev, Ivan",
                "Nakov, Preslav",
                "Siegel, Melanie",
                "Wiegand, Michael",
                "Hasanain, Maram",
                "Suwaileh, Reem",
                "Zaghouani, Wajdi",
            ),
            "2024",
            {
                "booktitle": "Working Notes of the Conference and Labs of the Evaluation Forum (CLEF 2024)",
                "series": "CEUR Workshop Proceedings",
                "volume": "3740",
                "pages": "287--298",
            },
        ),
    ),
)
