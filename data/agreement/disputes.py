"""What annotators dispute: listed worst first, written to be decided by a person, and read back decided."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from ...errors import SaysoError
from ..atomic_write import check_not_there, replace_file
from ..records import LabelledArticle, Sentence
from ..rows.files import read_rows
from ..rows.places import Row, is_word, value_shown, whole
from ..rows.tables import spreadsheet
from ..schemas.shown import shown
from .annotators import Annotator, Labels, Unit, column_ratings, labels_by_column, n_given, task_of_column
from .coefficients import expected_disagreement
from .spans import Pieces, has_looked, pieces_of

ATTRIBUTIONS, LOADED = "attributions", "loaded"
MARKED = (ATTRIBUTIONS, LOADED)
"""Columns of spans: a decision names the annotator who is right."""
_LINES = (".jsonl", ".ndjson")
_KEYS = ("article", "n", "column")
OF_ROWS = (*_KEYS, "before", "text", "after", "decision")
"""The columns of a file of disputes, beside one for each annotator."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """A sentence of which annotators say different things in one column.

    Parameters
    ----------
    unit : Unit
    column : str
        ``kind``, ``stance: TARGET``, ``attributions``, a column of the user's own …
    answers : tuple of str or None
        What each annotator says; None of one who says nothing. Spans are written out.
    weight : float
        The share of pairs of annotators that disagree, divided by how often they would by chance: what the dispute
        takes from Krippendorff's alpha, but for the number of sentences.
    """

    unit: Unit
    column: str
    answers: Labels
    weight: float


class Decision(NamedTuple):
    """What a person decided, and where it stands (``file:row``); what annotators said then, where the file tells."""

    where: str
    words: str
    answers: Mapping[str, str] | None = None


def find_disputes(annotators: Sequence[Annotator], units: Sequence[Unit], columns: Sequence[str] = ()) -> list[Dispute]:
    """List the disputes, worst first: those of one sentence stand together, and what they weigh adds up.

    Parameters
    ----------
    annotators : sequence of Annotator
    units : sequence of Unit
        As `match_units` gives them for these annotators.
    columns : sequence of str
        Only these columns or tasks; all without them.
    """
    expected = {task: expected_disagreement(ratings) for task, ratings in column_ratings(units).items()}
    by_sentence: list[list[Dispute]] = []
    for unit in units:
        labels = [
            Dispute(unit, column, answers, _disagreement(answers) / (expected.get(task_of_column(column)) or 1))
            for column, answers in labels_by_column(unit).items()
        ]
        spans = [Dispute(unit, role, *of) for role in MARKED if (of := _marked(role, unit, annotators))]
        wanted = [d for d in labels + spans if not columns or {d.column, task_of_column(d.column)} & set(columns)]
        by_sentence.append([d for d in wanted if d.weight > 0])
    by_sentence.sort(key=lambda disputes: -sum(d.weight for d in disputes))
    return [dispute for disputes in by_sentence for dispute in sorted(disputes, key=lambda d: -d.weight)]


def _disagreement(answers: Sequence[object | None]) -> float:
    """Give the share of pairs of those who say something that say different things."""
    pairs = list(combinations([answer for answer in answers if answer is not None], 2))
    return sum(a != b for a, b in pairs) / len(pairs) if pairs else 0.0


def _marked(role: str, unit: Unit, annotators: Sequence[Annotator]) -> tuple[Labels, float] | None:
    """Compare what annotators marked in a sentence; None where fewer than two looked."""
    keys: list[frozenset[tuple[Pieces, ...]] | None] = []
    words: list[str | None] = []
    for annotator, s in zip(annotators, unit.sentences, strict=True):
        labelled = annotator.articles.get(unit.article)
        if s is None or labelled is None or not has_looked(labelled, role):
            keys.append(None)
            words.append(None)
            continue
        keys.append(spans_key(role, s, labelled))
        words.append(spans_written(role, s, labelled))
    return (tuple(words), _disagreement(keys)) if n_given(keys) > 1 else None


def spans_key(role: str, s: Sentence, labelled: LabelledArticle) -> frozenset[tuple[Pieces, ...]]:
    """Give what is marked in a sentence as something that can be compared between annotators."""
    if role == LOADED:
        return frozenset((pieces_of((span,), labelled),) for span in s.loaded)
    return frozenset(
        tuple(
            pieces_of(spans, labelled) for spans in ((x.source,) if x.source else (), (x.cue,) if x.cue else (), x.content)
        )
        for x in s.attributions
    )


def spans_written(role: str, s: Sentence, labelled: LabelledArticle) -> str:
    """Write what is marked in a sentence out."""
    text = labelled.article.text
    if role == LOADED:
        return "; ".join(span.of(text) for span in s.loaded) or "nothing"
    written = [
        f"[{x.source.of(text) if x.source else '-'} | {x.cue.of(text) if x.cue else '-'} | "
        f"{' … '.join(part.of(text) for part in x.content) or '-'}]"
        for x in s.attributions
    ]
    return " ".join(written) or "nothing"


def dispute_row(dispute: Dispute, names: Sequence[str]) -> dict[str, Any]:
    """Give a dispute as a row of the file that a person fills in."""
    unit = dispute.unit
    return {
        "article": unit.article,
        "n": unit.n,
        "column": dispute.column,
        "before": unit.before,
        "text": unit.text,
        "after": unit.after,
        **dict(zip(names, dispute.answers, strict=True)),
        "decision": None,
    }


def check_names(names: Sequence[str]) -> None:
    """Refuse names of annotators that are columns of the file."""
    taken = set(OF_ROWS) & set(names)
    if taken:
        raise SaysoError(
            f"{min(taken)!r} cannot be an annotator's name, because the file has a column of that name; rename the input."
        )


def check_disputes_path(path: Path, *, force: bool) -> None:
    """Refuse a file that disputes cannot be written to, or that stands there: it may hold decisions.

    Raises
    ------
    SaysoError
        If its name is neither a table's nor that of JSON lines, or it exists, unless it may be replaced by ``force``.
    """
    if path.suffix.lower() not in (".csv", *_LINES):
        raise SaysoError(f"{path}: disputes are written as .csv or .jsonl; choose a name that ends in one of these.")
    check_not_there(path, force=force)


def write_disputes(disputes: Sequence[Dispute], names: Sequence[str], path: Path) -> None:
    """Write disputes as CSV, or as JSON lines, by what the file's name ends in."""
    check_names(names)
    rows = [dispute_row(dispute, names) for dispute in disputes]
    if path.suffix.lower() in _LINES:
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    else:
        lines = spreadsheet([*OF_ROWS[:-1], *names, OF_ROWS[-1]], rows)
    with replace_file(path) as file:
        file.write(lines.encode())


def read_decisions(path: Path) -> dict[tuple[str, int, str], Decision]:
    """Read a file of disputes that a person has filled in; empty decisions are left out.

    Returns
    -------
    dict
        Article, n and column to the decision.

    Raises
    ------
    SaysoError
        If the file is another one, is broken, or decides one dispute in two ways.
    """
    decisions: dict[tuple[str, int, str], Decision] = {}
    for where, row in read_rows(path):
        missing = [name for name in (*_KEYS, "decision") if name not in row]
        if missing:
            raise SaysoError(
                f"{where}: no column {missing[0]!r}; give the file written by sayso data agree "
                "--disputes, with the decisions filled in."
            )
        odd = next((name for name in ("article", "column", "decision") if not is_word(row[name])), None)
        if odd is not None:
            raise SaysoError(f"{where}: {odd} is {shown(row[odd])}; it must be text.")
        words = str(row["decision"] if row["decision"] is not None else "").strip()
        try:
            key = str(row["article"]), whole(row["n"], "n"), str(row["column"])
        except ValueError as error:
            raise SaysoError(f"{where}: {error}") from error
        if not words:
            continue
        earlier = decisions.get(key)
        if earlier and earlier.words != words:
            raise SaysoError(
                f"{where}: {shown(words)}, but {shown(earlier.words)} at {earlier.where}; keep only one of these decisions."
            )
        decisions[key] = Decision(where, words, _answers(row) if path.suffix.lower() in _LINES else None)
    return decisions


def _answers(row: Row) -> dict[str, str]:
    """Give what annotators said; only of JSON lines, since a spreadsheet writes cells as it likes: ``'-1``, ``TRUE``."""
    return {name: value_shown(value) for name, value in row.items() if name not in OF_ROWS and value is not None}


def count_pairs(disputes: Sequence[Dispute]) -> list[tuple[str, str, int]]:
    """Count which labels are disputed with which: column, both labels, how often; most frequent first."""
    counts: Counter[tuple[str, str]] = Counter()
    for dispute in disputes:
        if dispute.column not in MARKED:
            labels = sorted({x for x in dispute.answers if x is not None})
            counts[task_of_column(dispute.column), " / ".join(labels)] += 1
    return [(column, labels, n) for (column, labels), n in counts.most_common()]
