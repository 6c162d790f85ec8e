import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest
from builders import labelled_article
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.data.splits.near_articles import BOILERPLATE
from sayso.data.splits.report import check_no_leaks, find_leaks, notes_on_split, seed_chooser
from sayso.data.splits.split import Placed, Rule, earlier_split, parse_rule, parse_shares, place_of, split_articles
from sayso.errors import SaysoError


def article(name, text=None, *, kind=None, **about):
    text = text or f"Words that only {name} has, {name} and {name} again, {name}."
    return labelled_article(name, (text, {"kind": kind}), **about)


def sides_of(placed):
    return {a.article.id: a.split for a in placed.articles}


names = st.lists(st.text("abcdefghij", min_size=3, max_size=8), min_size=60, max_size=90, unique=True)


def test_a_place_is_the_first_8_bytes_of_a_sha256():
    expected = int(hashlib.sha256(b"3:rain").hexdigest()[:16], 16) / 2**64
    assert place_of("rain", 3) == expected


@settings(max_examples=40, deadline=None)
@given(names, st.integers(0, 3))
def test_more_articles_move_none(ids, seed):
    rule = Rule(seed=seed, shares=(0.5, 0.25, 0.25))
    few = sides_of(split_articles([article(name) for name in ids[:50]], rule))
    many = sides_of(split_articles([article(name) for name in ids], rule))
    assert {name: many[name] for name in few} == few


@settings(deadline=None)
@given(names)
def test_test_stays_when_train_gets_more_of_validation(ids):
    rules = [Rule(shares=shares) for shares in ((0.5, 0.3, 0.2), (0.7, 0.1, 0.2))]
    tested = [{name for name in ids if rule.side_of(name) == "test"} for rule in rules]
    assert tested[0] == tested[1]


def test_shares_come_out_over_many_ids():
    sides = [Rule().side_of(f"id-{n}") for n in range(20_000)]
    assert [round(sides.count(s) / 20_000, 2) for s in ("train", "validation", "test")] == [0.8, 0.1, 0.1]


def test_near_duplicates_stay_together_on_the_side_of_the_oldest():
    text = " ".join(f"w{n}" for n in range(40))
    rule = Rule(shares=(0.5, 0, 0.5))
    others = [article(f"other{n}") for n in range(20)]
    for oldest in ("x1", "x2", "x3", "x4"):
        copies = [
            article(name, f"{text} {name}", date="2026-01-01" if name == oldest else "2026-01-02")
            for name in ("x1", "x2", "x3", "x4")
        ]
        sides = sides_of(split_articles([*others, *copies], rule))
        assert {sides[a.article.id] for a in copies} == {rule.side_of(oldest)}


def test_articles_that_share_a_long_sentence_stay_together_unless_it_is_boilerplate():
    shared = "This sentence of nine words stands in several articles"
    few = [article(f"a{n}", f"{shared} a{n}"[: len(shared)]) for n in range(3)]
    placed = split_articles([*few, *(article(f"b{n}") for n in range(30))], Rule())
    assert (placed.groups, placed.largest) == (31, 3)
    house = [
        labelled_article(f"c{n}", shared, " ".join(f"c{n}w{k}" for k in range(9)), gap=". ") for n in range(BOILERPLATE + 1)
    ]
    placed = split_articles(house, Rule(shares=(0.5, 0, 0.5)))
    assert placed.groups == BOILERPLATE + 1
    assert (find_leaks(placed.articles).sentences, find_leaks(placed.articles).boilerplate) == (0, 1)


def test_what_is_kept_stays_and_its_copies_join_it():
    text = " ".join(f"w{n}" for n in range(40))
    fill = [article(f"f{n}") for n in range(40)]
    for side in ("train", "validation", "test"):
        placed = split_articles([article("old", text), article("new", text + " more"), *fill], Rule(), {"old": side})
        assert sides_of(placed)["new"] == sides_of(placed)["old"] == side


def test_a_new_article_like_articles_of_two_sides_is_left_out():
    fill = [article(f"f{n}") for n in range(40)]
    sentence = "The mayor of the town closed the old bridge today"
    held = "A second sentence of nine words stands over here"
    both = labelled_article("bridge", sentence, held)
    placed = split_articles(
        [article("one", sentence), article("other", held), both, *fill], Rule(), {"one": "train", "other": "test"}
    )
    assert placed.left_out == ["bridge"]
    assert find_leaks(placed.articles).sentences == 0


def test_an_outlet_stands_on_one_side():
    articles = [article(f"a{n}", outlet=f"{' ' * (n % 2)}Outlet {n % 12}") for n in range(60)]
    sides = sides_of(split_articles(articles, Rule("outlet", (0.5, 0, 0.5))))
    for k in range(12):
        assert len({sides[f"a{n}"] for n in range(60) if n % 12 == k}) == 1


def test_numbers_are_days_by_the_order_that_fits_all_dates():
    articles = [article(f"a{n}", date=f"{n + 1:02}/02/2026") for n in range(20)]
    placed = split_articles(articles, Rule("date"))
    assert placed.rule.cuts == ("2026-02-17", "2026-02-19")


def test_by_date_the_oldest_are_for_training():
    articles = [article(f"a{n}", date=f"{n + 1} January 2026") for n in range(20)]
    placed = split_articles(articles, Rule("date"))
    assert placed.rule.cuts == ("2026-01-17", "2026-01-19")
    assert list(sides_of(placed).values()) == ["train"] * 16 + ["validation"] * 2 + ["test"] * 2
    more = [*articles, *(article(f"b{n}", date="2026-02-01") for n in range(30))]
    later = sides_of(split_articles(more, placed.rule))
    assert {name: later[name] for name in sides_of(placed)} == sides_of(placed)


@pytest.mark.parametrize(
    ("by", "about", "message"),
    [
        ("outlet", {}, "article 'a' has no outlet; add one, or split with --by article."),
        ("date", {}, "article 'a' has no date; give a date such as 2026-03-01, or split with --by article."),
        ("date", {"date": "March 1"}, "article 'a' has the date 'March 1'; give a date such as"),
        ("date", {"date": "2026-03-01"}, "1 different dates are too few for 3 splits"),
        ("article", {}, "validation and test would be empty: 1 articles"),
    ],
)
def test_what_cannot_be_placed_is_said(by, about, message):
    with pytest.raises(SaysoError, match=f"^{re.escape(message)}"):
        split_articles([article("a", **about)], Rule(by, (0.8, 0.1, 0.1), seed=2))


@pytest.mark.parametrize("words", ["80/20", "80/10/10", "0.8/0.1/0.1", "70/0/30"])
def test_shares_are_read(words):
    shares = parse_shares(words)
    assert sum(shares) == pytest.approx(1)
    assert shares[0] in (pytest.approx(0.8), pytest.approx(0.7))


@pytest.mark.parametrize("words", ["80", "80/30", "a/b", "100/0", "-10/60/50", "0/50/50", "nan/50/50", "50/50/0/0", ""])
def test_shares_that_make_no_whole_are_refused(words):
    with pytest.raises(SaysoError, match=r"^--shares .*: give the percentages for train, validation and test,"):
        parse_shares(words)


@pytest.mark.parametrize(
    "rule", [Rule(), Rule("outlet", (0.7, 0.05, 0.25), 12), Rule("date", (0.8, 0, 0.2), 0, ("2026-01-02", "2026-01-02"))]
)
def test_a_rule_is_read_from_what_it_says(rule):
    assert parse_rule(str(rule)) == rule


def test_something_else_is_no_rule():
    assert parse_rule("by hand") is None


def test_an_earlier_split_tells_its_rule_and_sides():
    rule = Rule(shares=(0.5, 0, 0.5))
    placed = split_articles([article(f"a{n}") for n in range(8)], rule)
    assert earlier_split(placed.articles, Path("x")) == (rule, sides_of(placed))


def test_an_earlier_split_with_an_article_on_two_sides_is_refused():
    articles = [article("a"), replace(article("a"), meta={"split": "test"})]
    with pytest.raises(SaysoError, match=r"^x: article 'a' is in two splits; split again\.$"):
        earlier_split(articles, Path("x"))


def test_what_a_split_kept_lost_and_left_out_is_said():
    placed = Placed([article("a"), article("b"), article("c")], Rule(), groups=2, largest=2, left_out=["d"])
    assert list(notes_on_split(placed, {"a": "train", "z": "test"})) == [
        "1 article stay in their split, 2 new.",
        "1 article of the earlier split are no longer in the data and are not in this split.",
        "Left out because they are near-duplicates of articles in two splits: 1 (d).",
        "2 of 3 articles are connected as near-duplicates and stay together, so the splits cannot have the requested sizes.",
    ]
    assert list(notes_on_split(replace(placed, largest=1, left_out=[]), {})) == []


def test_stratifying_chooses_a_seed_with_more_even_sides():
    articles = [article(f"a{n}", kind="quote" if n % 5 == 0 else "narrative") for n in range(60)]
    placed = split_articles(articles, Rule(shares=(0.5, 0, 0.5)), choose_seed=seed_chooser(articles, "kind"))
    on_test = [a.sentences[0].kind for a in placed.articles if a.split == "test"]
    assert (len(on_test), on_test.count("quote")) == (30, 6)
    again = split_articles(articles[:40], placed.rule)  # the seed alone says where each goes
    assert sides_of(again).items() <= sides_of(placed).items()


def test_nothing_to_stratify_by_is_said():
    with pytest.raises(SaysoError, match=r"^no sentence has a label 'topic' to stratify by\.$"):
        seed_chooser([article("a")], "topic")


def test_leaks_are_counted_in_whatever_split():
    same = "One and the same sentence of ten words stands here."
    articles = [
        article("a", same),
        replace(article("b", same), meta={"split": "test"}),
        replace(article("a"), meta={"split": "test"}),
    ]
    leaks = find_leaks(articles)
    assert (leaks.ids, leaks.texts, leaks.near, leaks.sentences, leaks.boilerplate) == (1, 1, 1, 1, 0)
    with pytest.raises(
        SaysoError, match=r"^'a' \(train\) and 'b' \(test\) are in different splits but " r"share content: ids 1, "
    ):
        check_no_leaks(leaks)
