import gzip
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from builders import run_sayso

FIRE = "Police claimed that it burned."
PORT = "The ministry said the port would stay closed. “We lost two cranes,” its spokesman said."


@pytest.fixture
def archive(tmp_path, monkeypatch):
    """Stand beside an archive of five files in four formats, of which one is in folders that say what it is."""
    monkeypatch.chdir(tmp_path)
    orla = Path("news/outlet=Orla%20Post/year=2024")
    orla.mkdir(parents=True)
    rows = [{"id": f"o{n}", "text": f"{PORT} {n} ships wait.", "desk": "port"} for n in range(7)]
    pq.write_table(pa.Table.from_pylist(rows), orla / "a.parquet", row_group_size=2)
    Path("news/may").mkdir()
    lines = "".join(
        json.dumps({"id": f"b{n}", "text": FIRE, "outlet": "Tolm", "date": "2024-05-19"}) + "\n" for n in range(3)
    )
    with gzip.open("news/may/b.jsonl.gz", "wt") as file:
        file.write(lines)
    Path("news/c.csv").write_text(f"id,text,title\nc0,{FIRE},Fire\n", encoding="utf-8")
    Path("news/d.txt").write_text(FIRE, encoding="utf-8")
    Path("news/e.jsonl").write_text(json.dumps({"id": "e0", "text": PORT}) + "\n", encoding="utf-8")
    return Path("news")


OUTPUTS = ["c.csv", "d.txt", "e.jsonl", "may/b.jsonl.gz", "outlet=Orla%20Post/year=2024/a.parquet"]
"""The files of the archive, in the order of their names."""


@pytest.fixture
def run(fake_model_options):
    """Annotate by models that stand in for trained ones; give exit code, output and messages."""
    return lambda *words: run_sayso("annotate", *words, *fake_model_options)


def contents(out):
    """Give the bytes of all that a run gives to others, by place."""
    paths = [path for path in Path(out).rglob("*") if path.is_file() and "_sayso" not in path.parts]
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in paths}
