import csv

import pytest
from builders import run_sayso, write_rows

from sayso.data.articles.notices import Notices
from sayso.data.estimates.draw import draw_rows
from sayso.data.estimates.tables import read_table
from sayso.errors import SaysoError


def machine(tmp_path, n=40):
    rows = [
        {
            "article": f"a{i // 4}",
            "n": i % 4,
            "text": f"Gull {i} left.",
            "year": 2020 + i // 20,
            "claim": "yes" if i < 3 or i == 4 else "no",
        }
        for i in range(n)
    ]
    return write_rows(tmp_path / "llm.jsonl", rows)


def test_all_sentences_are_drawn_alike(tmp_path):
    table = read_table(machine(tmp_path), (), Notices())
    rows, probability = draw_rows(table, 10, 0, None)
    assert len(set(rows.tolist())) == 10
    assert probability.tolist() == [0.25] * 10
    assert draw_rows(table, 10, 0, None)[0].tolist() == rows.tolist()
    assert draw_rows(table, 10, 1, None)[0].tolist() != rows.tolist()


def test_rare_labels_can_be_drawn_more_often(tmp_path):
    table = read_table(machine(tmp_path), (), Notices())
    rows, probability = draw_rows(table, 22, 0, "claim")
    drawn = {row: p for row, p in zip(rows.tolist(), probability.tolist(), strict=True)}
    assert [drawn.get(row) for row in (0, 1, 2, 4)] == [1.0] * 4
    assert sorted(drawn.values())[:18] == [0.5] * 18  # 18 of the other 36


def test_more_than_there_are_cannot_be_drawn(tmp_path):
    with pytest.raises(SaysoError, match=r"llm\.jsonl: 41 sentences requested, but there are only 40\.$"):
        draw_rows(read_table(machine(tmp_path), (), Notices()), 41, 0, None)


def test_a_sample_that_was_filled_in_corrects_shares(tmp_path):
    labels = machine(tmp_path)
    done = run_sayso("data", "sample", labels, "--n", "20", "--balance", "claim", "--out", tmp_path / "gold.csv")
    assert done.exit_code == 0
    assert "20 of 40 sentences; fill in claim." in done.stderr
    rows = list(csv.DictReader((tmp_path / "gold.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert list(rows[0]) == ["article", "n", "text", "claim", "pi"]
    assert {row["claim"] for row in rows} == {""}
    # People say yes where the machine does and nowhere else: four of forty.
    filled = [{**row, "claim": "yes" if row["pi"] == "1" else "no"} for row in rows]
    write_rows(tmp_path / "filled.jsonl", filled)
    found = run_sayso("shares", labels, "--gold", tmp_path / "filled.jsonl")
    assert "yes\t4\t10.0\t4\t10.0\t10.0\t" in found.stdout
    assert "simple random sample" not in found.stderr
    refused = run_sayso("data", "sample", labels, "--out", tmp_path / "gold.txt")
    assert refused.stderr.endswith("gold.txt: the sample is written as .csv; choose a name that ends in .csv.\n")
