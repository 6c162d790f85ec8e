"""Tables of labelled sentences, with odd columns, types and values; all is invented."""

import csv
import io
import json
import random
from typing import Any

from . import samples
from .mutations import text

Rows = list[dict[str, Any]]
_PLACES = ("start", "end", "before", "after")
_WITH_PLACES = {"loaded", "attributions"}
COLUMNS = ("article", "n", "text", "start", "end", "before", "after", "title", "outlet", "date", "split")


def rows(draw: random.Random, annotator: str | None = None) -> Rows:
    """Give rows of labelled sentences, in one of the forms that are read."""
    chosen = draw.sample(samples.LABELLED, draw.randint(1, len(samples.LABELLED)))
    made: Rows = []
    article, at = draw.choice(("bridge", "dyke")), 0
    for n, (words, kind, source_type) in enumerate(chosen):
        row: dict[str, Any] = {"article": article, "n": n, "text": words, "kind": kind, "source_type": source_type}
        row |= {"start": at, "end": at + len(words), "before": " " if n else "", "after": ""}
        at += len(words) + 1
        row |= _labels(draw, words, row["start"])
        made.append(row)
    if annotator:
        made = [row | {"annotator": annotator} for row in made]
    kept = {*COLUMNS[:3], "kind", *draw.sample(sorted(made[0]), draw.randint(3, len(made[0])))}
    kept = kept | {*_PLACES} if draw.random() < 0.4 else kept - {*_PLACES} - _WITH_PLACES
    return [{name: cell for name, cell in row.items() if name in kept} for row in made]


def _labels(draw: random.Random, words: str, at: int) -> dict[str, Any]:
    """Give further labels of a sentence."""
    end = draw.randint(1, len(words))
    span = {"start": at, "end": at + end, "text": words[:end]}
    return {
        "bias": draw.choice(("biased", "neutral", None)),
        "loaded": [span],
        "stance": {"Tarn": draw.choice(("favor", "neutral", "against"))},
        "attributions": [
            {"source": span, "cue": None, "content": [span], "speaker": "Ida Brack", "source_type": "individual"}
        ],
        "complete": ["kind", "attribution"],
        "topic": draw.choice(("water", "roads", "")),
        "title": "The bridge of Tolm",
        "outlet": "Tolm Herald",
        "date": "2031-04-02",
        "split": draw.choice(("train", "test")),
        "targets": {"Tarn": ["the mayor"]},
        "meta": {"country": "Orla"},
    }


def odd(draw: random.Random, made: Rows) -> Rows:
    """Change columns and cells of rows."""
    for _ in range(draw.choice((0, 1, 1, 2, 4))):
        row = draw.choice(made)
        name = draw.choice(sorted(row)) if row else "text"
        change = draw.randrange(7)
        if change == 0:
            row.pop(name, None)
        elif change == 1:
            new = draw.choice(samples.NAMES)
            made = [{new if key == name else key: cell for key, cell in one.items()} for one in made]
        elif change == 2:
            made.append(dict(row))
        elif change == 3:
            made = [one | {name: samples.value(draw)} for one in made]
        elif change == 4 and isinstance(row.get(name), str):
            row[name] = text(draw, row[name])
        else:
            row[name] = samples.value(draw)
    return made


def as_json_lines(made: Rows) -> bytes:
    """Write rows as JSON lines."""
    return "".join(json.dumps(row) + "\n" for row in made).encode()


def as_json(made: Rows) -> bytes:
    """Write rows as a list."""
    return json.dumps(made).encode()


def as_csv(made: Rows) -> bytes:
    """Write rows as a table of text."""
    out = io.StringIO(newline="")
    names = list(dict.fromkeys(name for row in made for name in row))
    writer = csv.writer(out)
    writer.writerow(names)
    writer.writerows([_cell(row.get(name)) for name in names] for row in made)
    return out.getvalue().encode("utf-8", "surrogatepass")


def _cell(cell: Any) -> Any:
    return json.dumps(cell) if isinstance(cell, dict | list) else cell


def as_parquet(made: Rows) -> bytes:
    """Write rows as Parquet; columns that have no type there become text."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    names = list(dict.fromkeys(name for row in made for name in row)) or ["text"]
    columns = {}
    for name in names:
        cells = [row.get(name) for row in made]
        try:
            columns[name] = pa.array(cells)
            if not _can_be_written(columns[name].type):
                raise pa.ArrowInvalid("a list or object without a value")
        except (pa.ArrowException, UnicodeError, OverflowError, TypeError, ValueError):
            columns[name] = pa.array([ascii(cell) for cell in cells])
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


def _can_be_written(kind: Any) -> bool:
    import pyarrow as pa

    if pa.types.is_struct(kind):
        return kind.num_fields > 0 and all(_can_be_written(kind.field(n).type) for n in range(kind.num_fields))
    return _can_be_written(kind.value_type) if pa.types.is_list(kind) else True


FORMS = {".jsonl": as_json_lines, ".json": as_json, ".csv": as_csv, ".parquet": as_parquet}
