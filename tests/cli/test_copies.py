from pathlib import Path

import pytest
from builders import csv_rows, run_sayso, write_rows

STORY = (
    "The ministry said the port would stay closed until the storm had passed. Two ferries turned back on Monday, and "
    "the harbour master sent the pilots home. Nobody was hurt, but a crane fell into the dock and broke."
)


@pytest.fixture
def run(tmp_path, monkeypatch, fake_model_options):
    """Three copies of one story, the earliest last, and another one."""
    monkeypatch.chdir(tmp_path)
    rows = [
        {"id": "wire", "text": STORY, "outlet": "Post", "date": "March 4, 2024"},
        {"id": "other", "text": "Rents rose in Brennick, the mayor said. It is the third year.", "outlet": "Post"},
        {"id": "reprint", "text": STORY.replace("Two ferries", "Three ferries"), "outlet": "Mail"},
        {"id": "first", "text": f"{STORY}\n", "outlet": "Echo", "date": "3 March 2024"},
    ]
    write_rows("news.jsonl", rows)
    return lambda *words: run_sayso(*words, *fake_model_options)


TOLD = "2 articles are near-duplicates of others (wire of first): not counted; to count them all, add --keep-duplicates.\n"


def written(n_articles):
    return f"Written to audit: {n_articles} articles; 0 named sources. Open audit/index.html.\n"


def articles_by_outlet(path):
    return {
        row["value"]: row["articles"] for row in csv_rows(Path(path).read_text(encoding="utf-8")) if row["by"] == "outlet"
    }


def test_the_earliest_of_copies_counts_in_an_audit(run):
    assert run("audit", "news.jsonl", "--out", "audit") == (0, "", f"{TOLD}{written(2)}")
    assert articles_by_outlet("audit/groups.csv") == {"Echo": "1", "Post": "1"}
    assert articles_by_outlet("audit/shares.csv") == {"Echo": "1", "Post": "1"}
    # the mayor of the other story, and the ministry of one of the copies
    (row,) = [row for row in csv_rows(Path("audit/roster.csv").read_text(encoding="utf-8")) if row["attributions"] != "0"]
    assert (row["speaker"], row["articles"], row["first_date"]) == ("(state, not named)", "2", "2024-03-03")


def test_all_copies_count_when_asked(run):
    assert run("audit", "news.jsonl", "--out", "audit", "--keep-duplicates") == (0, "", written(4))
    assert articles_by_outlet("audit/groups.csv") == {"Echo": "1", "Mail": "1", "Post": "2"}


def test_shares_count_copies_once_and_annotate_all(run):
    code, out, err = run("annotate", "news.jsonl", "-f", "csv", "--shares", "s.csv", "--by", "outlet")
    assert (code, err) == (0, TOLD)
    assert {row["article"] for row in csv_rows(out)} == {"wire", "other", "reprint", "first"}
    assert articles_by_outlet("s.csv") == {"Echo": "1", "Post": "1"}
    code, _, err = run("annotate", "news.jsonl", "-f", "csv", "--shares", "t.csv", "--by", "outlet", "--keep-duplicates")
    assert (code, err) == (0, "")
    assert articles_by_outlet("t.csv") == {"Echo": "1", "Mail": "1", "Post": "2"}


def test_copies_are_for_what_counts(run):
    told = "Error: --keep-duplicates affects only the shares; add --shares FILE.json, FILE.csv or -.\n"
    assert run("annotate", "news.jsonl", "--keep-duplicates") == (1, "", told)
