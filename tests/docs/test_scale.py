import json
import os
import re
import shlex
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from builders import run_sayso

PAGE = (Path(__file__).parents[2] / "docs" / "scale.md").read_text(encoding="utf-8")
CODE = {
    name: code
    for code, name in re.findall(r"```python\n(import (duckdb|glob, pandas|glob, pyarrow|datasets).*?)```", PAGE, re.DOTALL)
}
SLURM = {"--job-name", "--array", "--cpus-per-task", "--mem", "--requeue", "--nthreads"}
FIRE = "Police claimed that it burned."
PORT = "The ministry said the port would stay closed. “We lost two cranes,” its spokesman said."


@pytest.fixture
def annotated(tmp_path, monkeypatch, fake_model_options):
    """Annotate two files of two outlets as the page's SLURM array does, in three parts."""
    monkeypatch.chdir(tmp_path)
    for outlet, texts in (("Orla%20Post", [FIRE, FIRE]), ("Tolm", [PORT])):
        folder = Path(f"archive/outlet={outlet}/year=2024")
        folder.mkdir(parents=True)
        pq.write_table(pa.table({"text": texts}), folder / "a.parquet")
    Path("archive/outlet=Tolm/year=2024/b.jsonl").write_text(json.dumps({"text": PORT}), encoding="utf-8")
    script = next(block for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) if "SBATCH" in block)
    monkeypatch.setenv("SLURM_ARRAY_TASK_COUNT", "3")
    for number in "123":
        monkeypatch.setenv("SLURM_ARRAY_TASK_ID", number)
        command = shlex.split(os.path.expandvars(script.splitlines()[-1]))
        assert run_sayso(*command[1:], *fake_model_options).exit_code == 0
    return {("Orla Post", "official_claim"): 2, ("Tolm", "official_claim"): 2, ("Tolm", "quote"): 2}


def run_code(name):
    names = {}
    exec(CODE[name], names)
    return names


def test_pandas_reads_the_outputs(annotated):
    assert run_code("glob, pandas")["shares"].to_dict() == annotated


def test_pyarrow_reads_the_outputs(annotated):
    recent = run_code("glob, pyarrow")["recent"].to_pandas()
    assert recent.value_counts(["outlet", "kind"]).to_dict() == annotated


def test_datasets_reads_the_outputs(annotated, tmp_path, monkeypatch):
    monkeypatch.setattr("datasets.config.HF_DATASETS_CACHE", tmp_path / "cache")
    monkeypatch.setattr("datasets.config.HF_UPDATE_DOWNLOAD_COUNTS", True)  # put back afterwards; the page's code sets it
    names = run_code("datasets")
    assert names["rows"].to_pandas().value_counts(["outlet", "kind"]).to_dict() == annotated
    assert (names["rows"].num_rows, names["quotes"].num_rows) == (6, 2)


def test_duckdb_reads_the_outputs(annotated):
    pytest.importorskip("duckdb")
    rows = run_code("duckdb")["shares"].itertuples(index=False)
    assert {(row.outlet, row.kind): row.n for row in rows} == annotated


def test_arrow_takes_the_columns_of_folders_and_files_for_the_same(annotated):
    import pyarrow.dataset as ds

    files = sorted(str(path) for path in Path("out").rglob("*.parquet"))
    table = ds.dataset(files, partitioning="hive").to_table(columns=["outlet", "year"])
    assert table.to_pandas().value_counts(["outlet", "year"]).to_dict() == {("Tolm", 2024): 4, ("Orla Post", 2024): 2}


def test_every_option_of_the_page_is_there(annotated):
    assert {path.name for path in Path("out").iterdir()} == {"run.json", "_sayso", "outlet=Orla%20Post", "outlet=Tolm"}
    options = ["--shares", "shares.csv", "--by", "outlet", "--by", "year", "--keep-duplicates"]
    assert run_sayso("annotate", "out/", *options) == (0, "", "")
    assert "outlet,Orla Post," in Path("shares.csv").read_text(encoding="utf-8")
    for option in set(re.findall(r"(?<!-)--[a-z][a-z-]+", re.sub(r"dask (worker|scheduler).*", "", PAGE))) - SLURM:
        assert option in run_sayso("annotate", "--help").stdout + run_sayso("audit", "--help").stdout
