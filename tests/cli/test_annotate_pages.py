"""Pages, brat, Parquet, profiles and comparisons, through the command line; the browser looks in test_pages_in_browser."""

import csv
import json
import os
import re
from collections import Counter
from functools import partial
from pathlib import Path

import jsonschema
import pyarrow.parquet as pq
import pytest
from builders import json_rows, run_sayso

from sayso.classify.speakers.profile import Profile, profile_dict
from sayso.data.datasets.build import read_labelled

STORM = (
    "Storm closes port\n- 3 Comments\n\n"
    "The ministry said the port would stay closed. “We lost two cranes,” its spokesman said.\n"
)
FIRE = "Police claimed that it burned.\n"


@pytest.fixture
def run(tmp_path, monkeypatch, fake_model_options):
    monkeypatch.chdir(tmp_path)
    Path("storm.txt").write_text(STORM, encoding="utf-8")
    Path("fire.txt").write_text(FIRE, encoding="utf-8")
    return partial(run_sayso, "annotate", *fake_model_options)


def files(folder):
    return sorted(p.name for p in Path(folder).iterdir())


def labels(articles):
    """Give what is labelled, without what stands between sentences, which JSON lines do not keep."""
    return [[(s.n, s.span, s.kind, s.source_type, s.attributions) for s in a.sentences] for a in articles]


def test_a_page_is_written_and_read_back_like_json_lines(run):
    assert run("storm.txt", "--out", "storm.html") == (0, "", "")
    assert run("storm.txt", "--out", "storm.jsonl") == (0, "", "")
    (page,) = read_labelled([Path("storm.html")])
    assert page.article.text == STORM
    assert labels([page]) == labels(read_labelled([Path("storm.jsonl")]))
    assert [s.kind for s in page.sentences] == ["narrative", "official_claim", "quote"]


def test_a_page_gives_reasons_by_default_and_a_comparison_none(run):
    caption = "<caption>Why this kind and no source</caption>"
    pages = {}
    for name, more in (("plain", []), ("five", ["--why", "5"]), ("none", ["--why", "0"])):
        assert run("storm.txt", "--out", f"{name}.html", *more) == (0, "", "")
        pages[name] = Path(f"{name}.html").read_text(encoding="utf-8")
    assert pages["plain"] == pages["five"]
    assert [(page.count(caption), page.count("see here why")) for page in pages.values()] == [(1, 1), (1, 1), (0, 0)]
    both = ("storm.txt", "fire.txt", "--compare", "-f", "html")
    for name, more, n in (("without", [], 0), ("with", ["--why", "2"], 1)):
        assert run(*both, "--out", name, *more) == (0, "", "")
        assert Path(name, "storm.html").read_text(encoding="utf-8").count(caption) == n
    line = "--why: a comparison cannot show reasons; leave out --compare, or give --out FOLDER to get a page per article."
    assert run(*both, "--out", "both.html", "--why", "2") == (1, "", f"Error: {line}\n")


def test_data_build_makes_a_dataset_of_pages(run):
    run("storm.txt", "fire.txt", "--format", "html", "--out", "pages")
    result = run_sayso("data", "build", "pages", "--out", "set")
    assert result.exit_code == 0, result.stderr
    rows = pq.read_table("set/data/train-00000-of-00001.parquet").to_pylist()
    assert [(row["article"], row["n"]) for row in rows] == [("fire.txt", 0), *(("storm.txt", n) for n in range(3))]


def test_a_page_goes_to_standard_output(run):
    code, out, err = run("fire.txt", "-f", "html")
    assert (code, err) == (0, "")
    assert out.startswith("<!doctype html>")
    assert out.endswith("</html>\n")


def test_several_articles_get_a_page_each_and_an_index(run):
    assert run("storm.txt", "fire.txt", "-f", "html", "--out", "pages") == (0, "", "")
    assert files("pages") == ["fire.html", "index.html", "storm.html"]
    index = Path("pages/index.html").read_text(encoding="utf-8")
    assert '<a href="storm.html">Storm closes port</a>' in index
    assert '<a href="index.html">' in Path("pages/fire.html").read_text(encoding="utf-8")


def test_two_articles_do_not_fit_into_one_page(run):
    Path("page.html").write_text("old", encoding="utf-8")
    code, out, err = run("storm.txt", "fire.txt", "--out", "page.html", "--force")
    assert (code, out) == (1, "")
    assert err == "Error: fire.txt: a page holds one article; give --out FOLDER for a page each, or add --compare.\n"
    assert Path("page.html").read_text(encoding="utf-8") == "old"


def test_a_folder_of_ours_is_replaced_and_another_is_not_touched(run):
    run("storm.txt", "-f", "html", "--out", "pages")
    told = "Error: pages already exists; choose another name, or add --force to overwrite it.\n"
    assert run("fire.txt", "-f", "html", "--out", "pages") == (1, "", told)
    assert files("pages") == ["index.html", "storm.html"]
    assert run("fire.txt", "-f", "html", "--out", "pages", "--force")[0] == 0
    assert files("pages") == ["fire.html", "index.html"]
    os.mkdir("mine")
    Path("mine/notes.txt").write_text("mine", encoding="utf-8")
    code, _, err = run("fire.txt", "-f", "html", "--out", "mine", "--force")
    assert (code, err) == (1, "Error: mine: holds 'notes.txt', which sayso did not write; give a new folder with --out.\n")
    assert files("mine") == ["notes.txt"]
    code, _, err = run("fire.txt", "-f", "brat", "--out", "fire.txt")
    assert (code, err) == (1, "Error: fire.txt: this is a file; this format needs --out FOLDER.\n")


def test_nothing_takes_the_place_of_old_pages_when_no_article_came_out(run):
    run("storm.txt", "-f", "html", "--out", "pages")
    code, _, err = run("none.txt", "-f", "html", "--out", "pages", "--profile", "p.csv", "--force")
    assert code == 1
    assert err.splitlines()[1:] == ["pages was not written.", "p.csv was not written."]
    assert files("pages") == ["index.html", "storm.html"]
    assert sorted(os.listdir()) == ["fire.txt", "pages", "storm.txt"]


def test_brat_gets_texts_standoff_and_a_configuration(run):
    assert run("storm.txt", "fire.txt", "-f", "brat", "--out", "ann") == (0, "", "")
    assert files("ann") == ["annotation.conf", "fire.ann", "fire.txt", "storm.ann", "storm.txt"]
    assert Path("ann/storm.txt").read_text(encoding="utf-8") == STORM
    lines = Path("ann/storm.ann").read_text(encoding="utf-8").splitlines()
    marks = [re.fullmatch(r"T\d+\t(\w+) (\d+) (\d+)\t(.+)", line).groups() for line in lines if line[0] == "T"]
    assert [mark[0] for mark in marks] == ["narrative", "official_claim", "quote"]
    assert all(STORM[int(start) : int(end)] == words for _, start, end, words in marks)
    assert [line.split("\t")[1] for line in lines if line[0] == "A"] == [
        "SourceType T1 none",
        "SourceType T2 state",
        "SourceType T3 state",
    ]
    code, _, err = run("storm.txt", "-f", "brat")
    assert (code, err) == (1, "Error: --format brat writes several files; give a folder with --out.\n")


def test_parquet_holds_what_json_lines_hold(run):
    assert run("storm.txt", "fire.txt", "--out", "plain.parquet") == (0, "", "")
    assert pq.read_table("plain.parquet")["why"].to_pylist() == [[]] * 4
    assert run("storm.txt", "fire.txt", "--why", "2", "--out", "a.parquet") == (0, "", "")
    run("storm.txt", "fire.txt", "--why", "2", "--out", "a.jsonl")
    rows = pq.read_table("a.parquet").to_pylist()
    lines = json_rows(Path("a.jsonl").read_text(encoding="utf-8"))
    for row, line in zip(rows, lines, strict=True):
        why = {}
        for part in row.pop("why"):
            why.setdefault(part["task"], []).append([part["reason"], part["weight"]])
        row["why"] = why
        row["stance"] = {part.pop("target"): part for part in row["stance"]}
        assert {key: value for key, value in row.items() if key in line} == line
        assert not {key: value for key, value in row.items() if key not in line and value}
    assert labels(read_labelled([Path("a.parquet")])) == labels(read_labelled([Path("a.jsonl")]))


def test_profiles_are_written_beside_any_format(run):
    code, out, err = run("storm.txt", "fire.txt", "-f", "csv", "--profile", "p.json")
    assert (code, err, out[:9]) == (0, "", "article,n")
    found = json.loads(Path("p.json").read_text(encoding="utf-8"))
    assert [(a["article"], a["words"]) for a in found["articles"]] == [("storm.txt", 15), ("fire.txt", 5)]
    # 8 + 5 words of claims, 7 of quotation: of 20; the headline is not counted
    assert found["all"]["kinds"]["official_claim"] == {"sentences": 2, "words": 13, "share": 0.65}
    assert (found["all"]["unattributed"], found["all"]["headline_sentences"]) == (0, 1)
    assert {s["name"]: (s["words_quoted"], s["words_paraphrased"]) for s in found["all"]["speakers"]} == {
        "spokesman": (4, 0),
        "ministry": (0, 5),
        "Police": (0, 3),
    }
    assert found["articles"][0]["first_word"] == {"ministry": 1}
    assert found["articles"][0]["last_word"] == {"spokesman": 1}


def test_profiles_as_a_table(run):
    assert run("storm.txt", "fire.txt", "-f", "csv", "--profile", "p.csv")[0] == 0
    with open("p.csv", encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    quotes = [row for row in rows if (row["of"], row["name"]) == ("kind", "quote")]
    assert [(row["article"], row["words"], row["share"]) for row in quotes] == [
        ("", "7", "0.35"),
        ("storm.txt", "7", "0.4667"),
        ("fire.txt", "0", "0.0"),
    ]
    police = next(row for row in rows if row["name"] == "Police" and row["article"] == "fire.txt" and row["of"] == "speaker")
    assert (police["source_type"], police["words_paraphrased"], police["distancing"]) == ("state", "3", "1")


def test_a_profile_needs_a_name_that_tells_its_format(run):
    assert run("fire.txt", "--profile", "p.txt") == (
        1,
        "",
        "Error: p.txt: --profile writes only .json or .csv files; choose a name that ends in one of these.\n",
    )


def test_articles_are_set_side_by_side(run):
    code, out, err = run("storm.txt", "fire.txt", "--compare")
    assert (code, err) == (0, "")
    rows = {line[:26].strip(): line[26:].split() for line in out.splitlines()}
    assert rows["words"] == ["15", "5"]
    assert rows["O official_claim"] == ["53%", "100%"]
    assert rows["attributed to nobody"] == ["–", "–"]
    assert rows["first to speak"] == ["ministry", "Police"]
    assert rows["Police"] == ["–", "60%"]
    assert rows["ministry"] == ["33%", "–"]
    assert "\nHeadlines are not counted.\n" in out
    assert out.endswith("\n2 articles, 20 words\nWhat the labels mean, and what they do not: sayso docs labels\n")


def test_a_page_sets_articles_side_by_side(run):
    assert run("storm.txt", "fire.txt", "--compare", "--out", "both.html") == (0, "", "")
    page = Path("both.html").read_text(encoding="utf-8")
    assert "<h1>2 articles side by side</h1>" in page
    assert "100%" in page
    assert run("storm.txt", "fire.txt", "--compare", "-f", "html", "--out", "both") == (0, "", "")
    assert files("both") == ["fire.html", "index.html", "storm.html"]
    assert 'href="storm.html"' in Path("both/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["fire.txt", "--compare"], "--compare needs at least two articles; give another one."),
        (["fire.txt", "--compare", "--out", "a.html"], "--compare needs at least two articles; give another one."),
        (
            ["fire.txt", "storm.txt", "--compare", "-f", "jsonl"],
            "--compare writes terminal or html, not jsonl; for figures, use --profile FILE.csv.",
        ),
        (
            [*["fire.txt", "storm.txt"] * 7, "--compare", "--out", "a.html"],
            "--compare: a page sets 12 articles side by side, not 14; give fewer.",
        ),
    ],
)
def test_what_cannot_be_compared_is_said(run, words, message):
    assert run(*words) == (1, "", f"Error: {message}\n")
    assert sorted(os.listdir()) == ["fire.txt", "storm.txt"]


def test_the_profile_is_as_the_schema_says(run):
    schema = json.loads((Path(__file__).parents[2] / "docs" / "profile.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    run("storm.txt", "fire.txt", "-f", "csv", "--profile", "p.json")
    jsonschema.validate(json.loads(Path("p.json").read_text(encoding="utf-8")), schema, jsonschema.Draft202012Validator)
    stances = profile_dict(Profile(stance={"rain": Counter(named=2, against=1, undecided=1)}))
    assert "stance_caution" in stances
    jsonschema.validate({"all": stances, "articles": []}, schema, jsonschema.Draft202012Validator)
