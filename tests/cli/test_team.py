import json
from functools import partial
from pathlib import Path

import pytest
from builders import run_sayso, write_rows

from sayso.data.datasets.build import read_labelled


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
    write_rows(tmp_path / "plans.jsonl", rows(30))

    return partial(run_sayso, "data")


def sides(folder):
    return {a.article.id: a.meta.get("split", "train") for a in read_labelled([Path(folder)])}


def test_split_writes_sides_and_prints_what_leaks(run):
    code, out, err = run("split", "plans.jsonl", "--out", "x", "--shares", "60/20/20")
    assert (code, err) == (0, "Written to x.\n")
    assert out.startswith("# split by article, 60/20/20, seed 0\nside\twanted\tarticles\tshare\t")
    assert "near-duplicate articles\t0\n" in out
    assert {a.meta["split_rule"] for a in read_labelled([Path("x")])} == {"by article, 60/20/20, seed 0"}
    code, out, _ = run("split", "plans.jsonl", "--out", "y", "--shares", "60/20/20", "--json")
    found = json.loads(out)
    assert sum(of["articles"] for of in found["sides"].values()) == 30
    assert found["labels"]["kind"]["quote"]["all"] == pytest.approx(1 / 3)
    assert sides("x") == sides("y")


def test_split_keeps_an_earlier_split(run, tmp_path):
    write_rows(tmp_path / "few.jsonl", rows(20))
    assert run("split", "few.jsonl", "--out", "x", "--stratify", "kind", "--shares", "50/50")[0] == 0
    code, _, err = run("split", "plans.jsonl", "--keep", "x", "--out", "y")
    assert (code, err) == (0, "20 articles stay in their split, 10 new.\nWritten to y.\n")
    assert sides("x").items() < sides("y").items()
    code, _, err = run("split", "few.jsonl", "--keep", "y", "--out", "z")
    assert "10 articles of the earlier split are no longer in the data and are not in this split.\n" in err


def test_split_refuses_and_writes_nothing(run, tmp_path):
    (tmp_path / "twice.jsonl").write_text(
        '{"article": "a", "text": "Rain.", "split": "train"}\n{"article": "a", "text": "Sun.", "split": "test"}\n'
    )
    for words, message in (
        (["twice.jsonl"], "article 'a' is in test and train; an article belongs to one split."),
        (["plans.jsonl", "--shares", "80/30"], "--shares '80/30': give the percentages for train"),
        (["plans.jsonl", "--by", "outlet"], "article 'a0' has no outlet"),
        (["plans.jsonl", "--keep", "plans.jsonl"], "plans.jsonl: its column article_split_rule does not hold one rule"),
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


@pytest.fixture
def team(tmp_path):
    """Write the labels of two annotators, who dispute three kinds of twenty."""
    for name, changed in (("anna", ()), ("ben", (5, 10, 15))):
        found = list(rows(10))
        for i in changed:
            found[i]["kind"] = "quote" if found[i]["kind"] == "narrative" else "narrative"
        write_rows(tmp_path / f"{name}.jsonl", found)


def test_agree_prints_figures_and_disputes(run, team):
    code, out, err = run("agree", "anna.jsonl", "ben.jsonl", "--most", 2)
    assert (code, err) == (0, "")
    assert out.startswith("# anna, ben: 20 sentences in 10 articles\ncolumn\tlabel\tn\tsame\tkappa (95 %)\t")
    assert "\nkind\tall\t20\t85.0%\t" in out
    assert "# the 2 worst disputes of 3\narticle\tn\tcolumn\tanna\tben\tthe [sentence] in its context\n" in out


def test_agree_as_json_holds_everything(run, team):
    _, out, _ = run("agree", "anna.jsonl", "ben.jsonl", "--json")
    found = json.loads(out)
    assert found["columns"]["kind"]["same"]["value"] == 0.85
    assert found["columns"]["kind"]["labels"]["quote"]["n"] == 15  # 7 by anna; ben gives 2 more and 1 less
    assert len(found["disputes"]) == 3


def test_disputes_are_written_decided_and_merged(run, team):
    code, _, err = run("agree", "anna.jsonl", "ben.jsonl", "--disputes", "d.csv")
    assert (code, err) == (0, "Written to d.csv: 3 disputes; fill in the column decision.\n")
    code, out, err = run("merge", "anna.jsonl", "ben.jsonl", "--adjudicate", "d.csv", "--out", "gold")
    assert (code, out) == (1, "")
    assert err.startswith("Error: 3 disputes are undecided (")
    assert not Path("gold").exists()
    lines = Path("d.csv").read_text(encoding="utf-8").splitlines()
    Path("d.csv").write_text("\r\n".join([lines[0], *(line + "ben" for line in lines[1:])]), encoding="utf-8")
    code, out, err = run("merge", "anna.jsonl", "ben.jsonl", "--adjudicate", "d.csv", "--out", "gold")
    assert (code, out) == (0, "")
    assert err.startswith("Labels: 17 agreed, 0 by one annotator only, 3 decided, 0 by majority, 0 left open.\n")
    ben, gold = (
        {(a.article.id, s.n): s.kind for a in articles for s in a.sentences}
        for articles in (read_labelled([Path("ben.jsonl")]), read_labelled([Path("gold")]))
    )
    assert gold == ben


def test_merge_names_what_stays_open(run, team):
    code, _, err = run("merge", "anna.jsonl", "ben.jsonl", "--undecided", "unlabelled", "--out", "gold")
    assert code == 0
    assert "3 left open.\nopen: a2:1 kind\nopen: a5:0 kind\nopen: a7:1 kind\n" in err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["agree", "anna.jsonl", "gone.jsonl"], "gone.jsonl: no such file or folder."),
        (["agree", "anna.jsonl", "anna.jsonl"], "anna.jsonl: given twice; give each annotator once."),
        (["agree", "anna.jsonl", "plans.jsonl", "--disputes", "d.txt"], "d.txt: disputes are written as .csv or .jsonl"),
        (["agree", "anna.jsonl", "half.jsonl"], "half.jsonl:1: broken JSON"),
        (["agree", "anna.jsonl", "wrong.jsonl"], "wrong.jsonl:1: kind 'qoute' is not one of"),
        (["merge", "anna.jsonl", "ben.jsonl", "--out", "x", "--adjudicate", "gone.csv"], "gone.csv: No such file"),
    ],
)
def test_agree_and_merge_name_what_is_wrong(run, team, words, message):
    Path("half.jsonl").write_text('{"article": "a0", "n": 0, "te', encoding="utf-8")
    Path("wrong.jsonl").write_text('{"article": "a0", "n": 0, "text": "x", "kind": "qoute"}', encoding="utf-8")
    code, out, err = run(*words)
    assert (code, out) == (1, "")
    assert err.startswith(f"Error: {message}"), err
    assert err.count("\n") == 1
    assert not Path("x").exists()


def test_one_annotator_is_a_usage_error(run, team):
    assert run("agree", "anna.jsonl")[0] == 2
    assert run("merge", "anna.jsonl", "ben.jsonl", "--out", "x", "--undecided", "dice")[0] == 2


RULES = "[[rule]]\nname = 'quay'\ncolumn = 'topic'\nlabel = 'port'\npattern = 'quay 1'\n"


@pytest.mark.parametrize("vote", ["majority", "dawid-skene"])
def test_rules_print_a_table_and_write_weak_labels(run, vote):
    Path("r.toml").write_text(RULES, encoding="utf-8")
    code, out, err = run("rules", "plans.jsonl", "--rules", "r.toml", "--vote", vote, "--out", "w")
    assert (code, err) == (0, "Written to w; the weak labels are in weak_topic.\n")
    # of items 0 to 29 eleven begin with 1, each twice
    assert out == (
        "# topic; the vote becomes weak_topic\nrule\tlabel\tcoverage\toverlap\tconflict\tjudged\taccuracy (95 %)\n"
        f"quay\tport\t36.7%\t0.0%\t0.0%\t0\t-\nvote: {vote}\t-\t36.7%\t0.0%\t0.0%\t0\t-\n\n"
    )
    written = read_labelled([Path("w")])
    assert sum(s.extra.get("weak_topic") == "port" for a in written for s in a.sentences) == 22
    assert json.loads(run("rules", "plans.jsonl", "--rules", "r.toml", "--json")[1])[0]["coverage"] == 22 / 60


def test_rules_tell_what_cannot_be_looked_at(run):
    Path("r.toml").write_text(RULES + "where = 'cue'\n", encoding="utf-8")
    code, _, err = run("rules", "plans.jsonl", "--rules", "r.toml")
    assert (code, err) == (0, "Rule 'quay' looks at cues, but plans.jsonl has none marked.\n")


def test_rules_refuse_and_write_nothing(run):
    Path("r.toml").write_text(RULES.replace("quay 1", "(quay"), encoding="utf-8")
    for file, message in (("r.toml", "r.toml: rule 1 (quay): the pattern is no"), ("gone.toml", "gone.toml: No such file")):
        code, out, err = run("rules", "plans.jsonl", "--rules", file, "--out", "w")
        assert (code, out) == (1, "")
        assert err.startswith(f"Error: {message}")
        assert not Path("w").exists()
    assert run("rules", "plans.jsonl", "--rules", "r.toml", "--vote", "dice")[0] == 2
