import re

import pytest

from sayso.data.checks.rules import apply_label_rules, read_label_rules
from sayso.data.checks.rules_report import weak_labels
from sayso.data.rows.labelled_rows import articles_of
from sayso.errors import SaysoError

QUOTES = "[[rule]]\nname = 'marks'\ncolumn = 'kind'\nlabel = 'quote'\npattern = '[“”]'\n"
CLAIMS = "[[rule]]\nname = 'says'\ncolumn = 'kind'\nlabel = 'official_claim'\npattern = '\\bSAID\\b'\n"


def read(tmp_path, text):
    path = tmp_path / "r.toml"
    path.write_text(text, encoding="utf-8")
    return read_label_rules(path)


def articles(*rows):
    return articles_of((f"x:{i}", {"article": f"a{i // 2}", "n": i % 2, **row}) for i, row in enumerate(rows))


FOUR = (
    {"text": "“Rain,” she said.", "kind": "quote"},
    {"text": "The mayor said so.", "kind": "official_claim"},
    {"text": "“Sun.”", "kind": "narrative"},
    {"text": "It fell."},
)


def test_rules_are_applied_and_judged(tmp_path):
    weak, reports = weak_labels(read(tmp_path, QUOTES + CLAIMS), articles(*FOUR))
    found = [(of.name, of.coverage, of.overlap, of.conflict, of.judged, of.accuracy.value) for of in reports]
    assert found == [
        ("marks", 0.5, 0.25, 0.25, 2, 0.5),
        ("says", 0.5, 0.25, 0.25, 2, 0.5),
        ("majority", 0.5, 0.25, 0.25, 2, 0.5),  # where the two contradict there is no majority
    ]
    given = [s.extra for a in weak for s in a.sentences]
    assert given == [{}, {"weak_kind": "official_claim"}, {"weak_kind": "quote"}, {}]
    assert [s.kind for a in weak for s in a.sentences] == ["quote", "official_claim", "narrative", None]


def test_a_label_needs_the_share_of_votes_that_is_asked_for(tmp_path):
    more = CLAIMS.replace("'says'", "'says so'").replace("SAID", "so")
    rules = read(tmp_path, QUOTES.replace("[“”]", "[“.]") + CLAIMS + more)
    for at_least, expected in ((0.6, "official_claim"), (0.7, None)):
        weak, _ = weak_labels(rules, articles(*FOUR), at_least=at_least)
        assert weak[0].sentences[1].extra.get("weak_kind") == expected  # two votes of three


def test_older_weak_labels_are_replaced(tmp_path):
    old = articles({"text": "It fell.", "weak_kind": "quote", "topic": "sky"})
    weak, _ = weak_labels(read(tmp_path, QUOTES), old)
    assert weak[0].sentences[0].extra == {"topic": "sky"}


def test_sources_and_cues_are_searched_where_they_are_marked(tmp_path):
    marked = {"source": {"start": 0, "end": 9}, "cue": {"start": 10, "end": 14}}
    rules = [
        f"[[rule]]\nname = '{where} {word}'\ncolumn = 'topic'\nlabel = 'x'\npattern = '{word}'\nwhere = '{where}'\n"
        for where in ("source", "cue")
        for word in ("mayor", "said")
    ]
    sentence = {"text": "The mayor said it.", "attributions": [marked]}
    fired = apply_label_rules(read(tmp_path, "".join(rules)), articles(sentence))
    assert fired.tolist() == [[True, False, False, True]]


def test_case_counts_where_it_is_asked_to(tmp_path):
    rules = read(tmp_path, CLAIMS + CLAIMS.replace("'says'", "'shouts'") + "ignore_case = false\n")
    assert apply_label_rules(rules, articles(*FOUR))[1].tolist() == [True, False]


def test_a_pattern_that_backtracks_without_end_is_stopped_and_named(tmp_path):
    rules = read(tmp_path, QUOTES.replace("[“”]", "^(a+)+$"))
    message = "rule 'marks' took more than 0.2 s over article 'a0': its pattern can match in too many ways;"
    with pytest.raises(SaysoError, match=f"^{re.escape(message)}"):
        apply_label_rules(rules, articles({"text": "a" * 60 + "!"}), seconds=0.2)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (QUOTES + CLAIMS.replace("official_claim", "claim"), "r.toml: rule 2 (says): kind 'claim' is not one of quote, "),
        (
            QUOTES.replace("[“”]", "(“"),
            "r.toml: rule 1 (marks): the pattern is not a valid regular expression: missing ), unterm",
        ),
        (QUOTES + QUOTES, "r.toml: rule 2: another rule is already named 'marks'; give it a name of its own."),
        (QUOTES.replace("name = 'marks'\n", ""), "r.toml: rule 1: name is missing; give it as a text."),
        (QUOTES.replace("'quote'", "4"), "r.toml: rule 1 (marks): label is missing; give it as a text."),
        (QUOTES + "wehre = 'cue'\n", "r.toml: rule 1 (marks): unknown key 'wehre'; a rule can have name, column, label,"),
        (QUOTES + "where = 'title'\n", "r.toml: rule 1 (marks): where 'title' is not one of text, source, cue."),
        (QUOTES + "ignore_case = 'no'\n", "r.toml: rule 1 (marks): ignore_case must be true or false."),
        (QUOTES.replace("'kind'", "'stance'"), "r.toml: rule 1 (marks): rules cannot label 'stance'; they can label kind,"),
        (QUOTES.replace("'kind'", "'weak_kind'"), "r.toml: rule 1 (marks): rules cannot label 'weak_kind';"),
        (QUOTES[:-3], "r.toml: not valid TOML: "),
        ("name = 'marks'", "r.toml: the file must hold rules, each starting with [[rule]], and nothing else."),
        ("", "r.toml: the file must hold rules, each starting with [[rule]], and nothing else."),
    ],
)
def test_what_is_wrong_with_a_rule_is_named(tmp_path, monkeypatch, text, message):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SaysoError, match=f"^{re.escape(message)}"):
        read(tmp_path.relative_to(tmp_path), text)
