import json

import numpy as np
import pytest
from builders import run_sayso, write_rows

from sayso.data.articles.notices import Notices
from sayso.data.estimates.sample import Names, doubt_sample, find_sample
from sayso.data.estimates.shares import Labels
from sayso.data.estimates.tables import read_table, with_articles
from sayso.errors import SaysoError

WORDS = "one two three four five six seven eight nine ten eleven twelve".split()
MACHINE = [
    {"article": f"a{i // 3}", "n": i % 3, "text": f"Gull number {word} left.", "outlet": "Post" if i < 6 else "Herald",
     "topic": "sea" if i % 2 else "land"} for i, word in enumerate(WORDS)
]  # fmt: skip


def tables(tmp_path, machine, people):
    return [
        read_table(write_rows(tmp_path / name, rows), (), Notices())
        for name, rows in (("llm.jsonl", machine), ("gold.jsonl", people))
    ]


def found(tmp_path, people, machine=MACHINE, **names):
    return find_sample(*tables(tmp_path, machine, people), Names(**names))


def test_sentences_are_found_by_article_and_number(tmp_path):
    sample = found(tmp_path, [{"article": "a1", "n": 2, "topic": "sea"}, {"article": "a0", "n": 0, "topic": "sea"}])
    assert sample.rows.tolist() == [5, 0]
    assert sample.articles.tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]
    assert sample.by_article


def test_sentences_are_found_by_their_words_whatever_the_spaces(tmp_path):
    assert found(tmp_path, [{"text": "Gull  number three left. ", "topic": "sea"}]).rows.tolist() == [2]


def test_equal_sentences_are_found_one_after_the_other(tmp_path):
    machine = [{"text": "Rain fell.", "topic": "sea"}, {"text": "Rain fell.", "topic": "land"}]
    people = [{"text": "Rain fell.", "topic": "sea"}] * 2
    assert found(tmp_path, people, machine).rows.tolist() == [0, 1]


def test_sentences_are_found_by_an_id(tmp_path):
    machine = [{**row, "sentence_id": 100 + i} for i, row in enumerate(MACHINE)]
    assert found(tmp_path, [{"sentence_id": "107", "topic": "sea"}], machine).rows.tolist() == [7]
    named = [{**row, "code": f"c{i}"} for i, row in enumerate(MACHINE)]
    assert found(tmp_path, [{"code": "c4", "topic": "sea"}], named, id="code").rows.tolist() == [4]


@pytest.mark.parametrize(("people", "message"), [
    ([{"text": "Gull number one left.", "topic": "sea"}, {"text": "A crow came.", "topic": "sea"}],
     r"gold\.jsonl:2: this sentence \(A crow came\.\) is not in .*llm\.jsonl \(matched by text\)\. Draw "
      r"the sample from the"),
    ([{"text": f"Crow {i} came.", "topic": "sea"} for i in range(3)],
     r"gold\.jsonl:1: this sentence \(Crow 0 came\.\) is not in .*llm\.jsonl, nor are 2 others of 3 \("),
    ([{"text": f"Crow {i} came.", "topic": "sea"} for i in range(13)],
     r"\(matched by text\)\. Check whether the files are swapped: .*llm\.jsonl should hold all sentences, "
     r".*gold\.jsonl the sample\."),
    ([{"topic": "sea"}], r"gold\.jsonl: rows cannot be matched with the sentences of .*llm\.jsonl"),
])  # fmt: skip
def test_a_sentence_that_is_not_there_is_named(tmp_path, people, message):
    with pytest.raises(SaysoError, match=message):
        found(tmp_path, people)


def gold(n=12, **more):
    return [{**{key: row[key] for key in ("article", "n", "topic")}, **more} for row in MACHINE[:n]]


def test_labels_of_people_are_placed_and_written_as_the_machine_writes_them(tmp_path):
    labels = found(tmp_path, [{"article": "a1", "n": 0, "topic": "Sea"}, {"article": "a0", "n": 1, "topic": "air"}]).labels(
        "topic"
    )
    assert labels.names == ("air", "land", "sea")
    assert labels.people.tolist() == [-1, 0, -1, 2, *[-1] * 8]
    assert labels.probability is None


@pytest.mark.parametrize(("people", "column", "message"), [
    ([*gold(1), {**gold(1)[0], "topic": "sea"}], "topic",
     r"gold\.jsonl:2: 'sea', but 'land' in another row of the same sentence; decide between them, for "
      r"example with sayso data agree"),
    (gold(2, topic="air"), "topic",
     r"gold\.jsonl: column 'topic' shares no label with the machine: people used 'air', the machine 'land', 'sea'\."),
    (gold(2), "tone", r"llm\.jsonl: no column 'tone'; columns with labels in it: 'outlet'|'topic'"),
    (gold(2, pi=1.5), "topic", r"gold\.jsonl:1: pi is '1.5'; it must be the probability that the sentence was drawn"),
    (gold(2, pi=0), "topic", r"gold\.jsonl:1: pi is '0'; it must be the probability"),
    ([*gold(1, pi=0.5), gold(2)[1]], "topic", r"gold\.jsonl:2: pi is empty; it must be the probability"),
])  # fmt: skip
def test_what_is_wrong_with_labels_is_named(tmp_path, people, column, message):
    with pytest.raises(SaysoError, match=message):
        found(tmp_path, people).labels(column)


def test_a_probability_that_is_named_has_to_be_there(tmp_path):
    with pytest.raises(SaysoError, match=r"gold\.jsonl: no column 'drawn'; it has 'article', 'n'"):
        found(tmp_path, gold(2), probability="drawn").labels("topic")


def test_probabilities_make_weights_that_sum_to_all_sentences(tmp_path):
    people = [{**row, "pi": pi} for row, pi in zip(gold(2), (0.5, 0.25), strict=True)]
    weights = found(tmp_path, people).labels("topic").weights
    assert weights[:3].tolist() == [pytest.approx(4), pytest.approx(8), 0]


def test_values_come_from_columns_dates_and_articles(tmp_path):
    rows = [
        {"article": "a", "n": 0, "text": "Rain fell.", "topic": "sea", "published": "2024-05-19", "article_side": "left"}
    ]
    table = read_table(write_rows(tmp_path / "x.jsonl", rows), (), Notices())
    assert [table.values(name) for name in ("month", "year", "side", "date")] == [
        ["2024-05"],
        ["2024"],
        ["left"],
        ["2024-05-19"],
    ]
    with pytest.raises(SaysoError, match=r"x\.jsonl: no column 'outlet'; it has 'article', .* --articles FILE\."):
        table.values("outlet")
    articles = write_rows(tmp_path / "news.jsonl", [{"id": "a", "text": "Rain fell.", "outlet": "Post", "owner": "Crown"}])
    joined = with_articles(table, articles, Notices())
    assert (joined.values("outlet"), joined.values("owner")) == (["Post"], ["Crown"])
    others = write_rows(tmp_path / "other.jsonl", [{"id": "b", "text": "Rain fell.", "outlet": "Post"}])
    with pytest.raises(SaysoError, match=r"other\.jsonl: none of its 1 articles occurs in .*x\.jsonl, such as 'a'"):
        with_articles(table, others, Notices())


def test_what_annotate_writes_is_read(tmp_path):
    row = {"article": "a", "n": 0, "text": "Rain fell.", "kind": "narrative", "kind_confidence": 0.97,
           "kind_scores": {"quote": 0.01}, "abstain": False, "source_type": "none",
           "bias": {"label": "neutral", "confidence": 0.9, "words": []}, "stance": {"Hull": {"label": "favor"}}}  # fmt: skip
    table = read_table(write_rows(tmp_path / "x.jsonl", [row]), (), Notices())
    assert table.label_columns() == ["kind", "source_type", "bias", "stance: Hull"]
    assert [table.cells(name) for name in table.label_columns()] == [["narrative"], ["none"], ["neutral"], ["favor"]]


def test_a_sample_that_is_unlike_all_sentences_is_doubted():
    machine = np.array([0, 1] * 100)
    people = np.where((machine == 1) & (np.arange(200) < 80), 1, -1)
    labels = Labels(("land", "sea"), machine, people, None, np.arange(200))
    assert doubt_sample(labels).startswith(
        "The sample does not look like a simple random sample: the machine's label is 'land' in 0% of it, "
        "but in 50% of all sentences."
    )
    even = np.where(np.arange(200) < 80, machine, -1)
    assert doubt_sample(Labels(labels.names, machine, even, None, labels.articles)) is None
    outlets = ["Post"] * 80 + ["Herald"] * 120
    doubt = doubt_sample(Labels(labels.names, machine, even, None, labels.articles), [("outlet", outlets)])
    assert "outlet is 'Herald' in 0% of it, but in 60% of all" in doubt


def many(tmp_path, n=60):
    """Write 60 sentences in 20 articles of two outlets, of which people labelled all; every fifth label is wrong."""
    rows = [
        {"article": f"a{i // 3}", "n": i % 3, "text": f"Gull {i} left.", "outlet": "Post" if i % 2 else "Herald",
         "year": 2020 + i // 15, "claim": "yes" if i % 3 == 0 else "no"} for i in range(n)
    ]  # fmt: skip
    people = [{**row, "claim": "no" if i % 5 == 0 else row["claim"]} for i, row in enumerate(rows)]
    return write_rows(tmp_path / "llm.jsonl", rows), write_rows(tmp_path / "gold.jsonl", people)


def test_shares_are_shown_by_group_and_written(tmp_path):
    machine, people = many(tmp_path)
    done = run_sayso("shares", machine, "--gold", people, "--by", "outlet", "--out", tmp_path / "s.csv")
    assert done.exit_code == 0
    # Twenty of sixty by machine; four of them (0, 15, 30, 45) are no by people.
    assert "claim, 60 sentences in 20 articles, 60 in the sample" in done.stdout
    assert "yes\t20\t33.3\t16\t26.7\t26.7\t" in done.stdout
    assert "outlet Herald: claim, 30 sentences in 20 articles, 30 in the sample" in done.stdout
    assert (
        (tmp_path / "s.csv")
        .read_text()
        .splitlines()[0]
        .startswith("by,value,sentences,articles,sample,column,label,n,counted,")
    )
    found = json.loads(run_sayso("shares", machine, "--gold", people, "--json").stdout)
    assert found[0]["labels"]["yes"]["corrected"] == pytest.approx(16 / 60)
    again = run_sayso("shares", machine, "--gold", people, "--out", tmp_path / "s.csv")
    assert again.exit_code == 1
    assert "--force" in again.stderr


def test_both_labels_may_stand_in_one_file(tmp_path):
    rows = [{"text": f"Gull {i} left.", "llm": "yes" if i % 2 else "no", "ann": "yes" if i % 4 else "no"} for i in range(24)]
    for row in rows[12:]:
        del row["ann"]
    path = write_rows(tmp_path / "all.jsonl", rows)
    done = run_sayso("shares", path, "--column", "llm", "--gold-column", "ann")
    assert "yes\t12\t50.0\t9\t75.0\t75.0\t" in done.stdout
    assert "12 sentences in the sample are treated as a simple random sample of the 24." in done.stderr
    assert "No column names the article" in done.stderr


def test_the_only_label_columns_are_taken_for_one(tmp_path):
    machine, people = many(tmp_path)
    rows = [json.loads(line) for line in people.read_text().splitlines()]
    renamed = [{"article": row["article"], "n": row["n"], "truth": row["claim"]} for row in rows]
    done = run_sayso("shares", machine, "--gold", write_rows(tmp_path / "other.jsonl", renamed))
    assert "yes\t20\t33.3\t16\t26.7\t26.7\t" in done.stdout
    assert "columns 'claim' of" in done.stderr
    assert "are treated as the same column." in done.stderr
    strange = [{**row, "truth": "perhaps"} for row in renamed]
    refused = run_sayso("shares", machine, "--gold", write_rows(tmp_path / "other.jsonl", strange))
    assert "no label column is in both files: " in refused.stderr
    assert "has 'truth'. Name the people's column with --column and the machine's with --machine-column." in refused.stderr


@pytest.mark.parametrize(("words", "code", "message"), [
    (["shares", "LLM"], 2, "give the labels by people: --gold FILE"),
    (["shares", "LLM", "--gold-column", "claim"], 2, "--gold-column NAME needs exactly one --column"),
    (["shares", "LLM", "--gold", "GOLD", "--out", "x.txt"], 1, "results can be written only to .json or .csv files"),
    (["shares", "LLM", "--gold", "GOLD", "--by", "owner"], 1, "llm.jsonl: no column 'owner'"),
    (["effects", "LLM", "--gold", "GOLD", "--on", "outlet", "--label", "maybe"], 1, "'maybe': claim is one of no, yes"),
    (["effects", "LLM", "--gold", "GOLD", "--on", "outlet,outlet"], 1, "--on outlet,outlet: outlet is given twice"),
    (["effects", "LLM", "--gold", "GOLD", "--on", "outlet=Sun"], 1, "outlet is never 'Sun'; its values are Herald, Post"),
    (["effects", "LLM", "--gold", "GOLD", "--on", "claim"], 1, "claim is both outcome and predictor; give the column"),
    (["effects", "LLM", "--gold", "GOLD", "--on", "outlet", "--outcome", "year"], 1,
     "claim must then be one of the predictors (--on)"),
    (["effects", "LLM", "--gold", "GOLD", "--on", "claim", "--outcome", "text"], 1, "the column must hold "
     "numbers or exactly two"),
    (["effects", "LLM", "--gold", "GOLD", "--on", "claim", "--outcome", "year", "--model", "logistic"], 1, "two values"),
    (["effects", "LLM", "--gold", "GOLD", "--on", "text"], 1, "text has 60 values; at most 30 groups"),
])  # fmt: skip
def test_what_cannot_be_done_is_said_in_a_line(tmp_path, words, code, message):
    machine, people = many(tmp_path)
    done = run_sayso(*({"LLM": machine, "GOLD": people}.get(word, word) for word in words))
    assert done.exit_code == code
    assert message in " ".join(done.stderr.replace("│", " ").split())


def test_effects_are_shown_with_what_they_are_compared_with(tmp_path):
    machine, people = many(tmp_path)
    done = run_sayso("effects", machine, "--gold", people, "--on", "outlet=Herald,year", "--out", tmp_path / "e.json")
    assert "claim = yes, linear regression: 60 sentences in 20 articles, 60 in the sample" in done.stdout
    assert [line.split("\t")[0] for line in done.stdout.splitlines()[2:6]] == ["intercept", "outlet: Post", "year", ""]
    assert "Compared with: outlet Herald." in done.stderr
    # All are labelled by people: the difference of outlets is that of their labels, 8 of 30 each.
    only = json.loads(run_sayso("effects", machine, "--gold", people, "--on", "outlet", "--json").stdout)
    assert only[0]["terms"]["outlet: Post"]["corrected"] == pytest.approx(0)
    assert only[0]["terms"]["intercept"]["corrected"] == pytest.approx(8 / 30)
    assert json.loads((tmp_path / "e.json").read_text())[0]["baselines"] == {"outlet": "Herald"}
    turned = run_sayso("effects", machine, "--gold", people, "--on", "claim", "--outcome", "year", "--json").stdout
    assert list(json.loads(turned)[0]["terms"]) == ["intercept", "claim: yes"]
