import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sayso import cli
from sayso.data.dataset import read_dataset


def rows(n):
    for i in range(n):
        for k in range(2):
            text = f"Item {i} says {'yes' if k else 'no'} to harbour plan {i}{k} and to quay {i}{k}."
            yield {
                "article": f"a{i}",
                "n": k,
                "text": text,
                "kind": "narrative" if (i + k) % 3 else "quote",
                "date": f"2026-01-{i + 1:02}",
            }


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a command in a folder with plans.jsonl in it; give exit code, output and messages."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plans.jsonl").write_text("\n".join(map(json.dumps, rows(30))), encoding="utf-8")

    def run_command(*words):
        result = CliRunner().invoke(cli.app, ["data", *map(str, words)], prog_name="sayso")
        return result.exit_code, result.stdout, result.stderr

    return run_command


def sides(folder):
    return {a.article.id: a.meta.get("split", "train") for a in read_dataset(Path(folder))}


def test_split_writes_sides_and_prints_what_leaks(run):
    code, out, err = run("split", "plans.jsonl", "--out", "x", "--shares", "60/20/20")
    assert (code, err) == (0, "Written to x.\n")
    assert out.startswith("# split by article, 60/20/20, seed 0\nside\twanted\tarticles\tshare\t")
    assert "articles that are nearly the same\t0\n" in out
    assert {a.meta["split_rule"] for a in read_dataset(Path("x"))} == {"by article, 60/20/20, seed 0"}
    code, out, _ = run("split", "plans.jsonl", "--out", "y", "--shares", "60/20/20", "--json")
    found = json.loads(out)
    assert sum(of["articles"] for of in found["sides"].values()) == 30
    assert found["labels"]["kind"]["quote"]["all"] == pytest.approx(1 / 3)
    assert sides("x") == sides("y")


def test_split_keeps_an_earlier_split(run, tmp_path):
    (tmp_path / "few.jsonl").write_text("\n".join(map(json.dumps, rows(20))), encoding="utf-8")
    assert run("split", "few.jsonl", "--out", "x", "--stratify", "kind", "--shares", "50/50")[0] == 0
    code, _, err = run("split", "plans.jsonl", "--keep", "x", "--out", "y")
    assert (code, err) == (0, "20 articles stay where they were, 10 new.\nWritten to y.\n")
    assert sides("x").items() < sides("y").items()
    code, _, err = run("split", "few.jsonl", "--keep", "y", "--out", "z")
    assert "10 articles of the earlier split are not in the data, and not in this split.\n" in err


def test_split_refuses_and_writes_nothing(run, tmp_path):
    (tmp_path / "twice.jsonl").write_text(
        '{"article": "a", "text": "Rain.", "split": "train"}\n{"article": "a", "text": "Sun.", "split": "test"}\n'
    )
    for words, message in (
        (["twice.jsonl"], "article 'a' is in test and train; an article belongs to one split."),
        (["plans.jsonl", "--shares", "80/30"], "--shares '80/30': give what train"),
        (["plans.jsonl", "--by", "outlet"], "article 'a0' has no outlet"),
        (["plans.jsonl", "--keep", "plans.jsonl"], "plans.jsonl: its column article_split_rule does not tell one rule"),
        (["gone.jsonl"], "gone.jsonl: no such file or folder."),
    ):
        code, out, err = run("split", *words, "--out", "x")
        assert (code, out) == (1, ""), words
        assert err.startswith(f"Error: {message}")
        assert err.count("\n") == 1
        assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("words", [["--by", "moon"], ["--stratify", "kind", "--seed", "3"], ["--keep", "x", "--by", "date"]])
def test_split_tells_options_that_do_not_fit(run, words):
    assert run("split", "plans.jsonl", "--out", "x", *words)[0] == 2
