"""What a word reader has learned from is neither learned from nor scored with it."""

import json
from dataclasses import replace

import pytest
from builders import labelled_article

from sayso.classify.model_files.shipped import marks_of
from sayso.classify.word_reader.reader import CARD, WordReader
from sayso.data.corpora.reader import GROUP
from sayso.errors import SaysoError
from sayso.train.folds.unseen import leave_out_seen, reader_note, seen_notes
from sayso.train.given_reader import check_unseen, near_to_reader, sketches_for_card

FERRY = (
    "The ferry to Aldmar stays in the harbour until the storm is over, the harbour board said on Monday. "
    "Ines Tolk, who runs the bakery on the quay, said that nobody had been warned. "
    "The last boat had left at noon with forty people, two goats and the post for the islands on board."
)
OTHERS = {
    "school": "The school of Tolle opens again in May, the mayor said. Its roof had fallen in during the winter.",
    "bridge": "Engineers from Osk looked at the bridge over the Tarn for a week. They found rust, Ben Aru said.",
    "ferry, later": f"{FERRY} This report was changed at six.",
}


def article(name, text, **about):
    return labelled_article(name, (text, {"kind": "narrative"}), **about)


@pytest.fixture
def articles():
    return [article("ferry", FERRY), *(article(name, text) for name, text in OTHERS.items())]


def reader_of(folder, seen, about=None):
    """Give a reader with a card that holds the marks of articles."""
    card = {"data": [{"name": "PolNeAR 1.0", "articles": 2, "sentences": 61}, {"name": "Tolle Courier"}]}
    card |= {} if seen is None else {"seen": marks_of(a.article for a in seen)}
    (folder / CARD).write_text(json.dumps({about: card} if about else card))
    return WordReader("tiny", "0123456789abcdef", folder, None)


def ids(articles):
    return [a.article.id for a in articles]


@pytest.mark.parametrize("about", [None, "about"])
def test_what_the_reader_learned_from_is_left_out_with_its_near_duplicates(articles, tmp_path, about):
    unseen = leave_out_seen(reader_of(tmp_path, articles[:1], about), articles)
    assert ids(unseen.articles) == ["school", "bridge"]
    assert (unseen.seen, unseen.near) == (1, 1)
    assert unseen.notes == (
        "Left out: 2 of 4 articles, because the reader 'tiny' learned from 1 of them and near-duplicates of 1 of them, or "
        "articles on the same event.",
    )


def test_an_article_is_known_in_another_layout_and_under_another_name(articles, tmp_path):
    reader = reader_of(tmp_path, [article("x", OTHERS["school"].replace(". ", ".\n\n"))])
    assert ids(leave_out_seen(reader, articles).articles) == ["ferry", "bridge", "ferry, later"]


def test_articles_on_the_same_event_are_left_out_too(articles, tmp_path):
    event = [replace(a, meta={GROUP: "rust"} if n in (1, 2) else {}) for n, a in enumerate(articles)]
    unseen = leave_out_seen(reader_of(tmp_path, articles[2:3]), event)
    assert (ids(unseen.articles), unseen.seen, unseen.near) == (["ferry", "ferry, later"], 1, 1)


def test_what_is_nearly_a_seen_article_of_another_set_is_left_out(articles, tmp_path):
    unseen = leave_out_seen(reader_of(tmp_path, articles[:1]), articles[1:], beside=articles[:1])
    assert (ids(unseen.articles), unseen.seen, unseen.near) == (["school", "bridge"], 0, 1)
    assert unseen.left_out == (
        "Left out: 1 of 3 articles, because the reader 'tiny' learned from near-duplicates of 1 of them, or articles on the "
        "same event.",
    )


def test_the_ids_of_another_set_mean_other_articles(articles, tmp_path):
    test = [article("school", FERRY)]
    unseen = leave_out_seen(reader_of(tmp_path, test), articles[1:3], beside=test)
    assert ids(unseen.articles) == ["school", "bridge"]


def test_where_nothing_is_left_it_is_an_error(articles, tmp_path):
    with pytest.raises(
        SaysoError,
        match=r"^the reader 'tiny' learned from all 2 articles, exactly or as near-duplicates; give other articles with "
        r"--external, or leave out --reader\.$",
    ):
        leave_out_seen(reader_of(tmp_path, articles[:1]), [articles[0], articles[3]], option="--external")


def test_a_reader_that_does_not_say_what_it_learned_from_is_noted(articles, tmp_path):
    unseen = leave_out_seen(reader_of(tmp_path, None), articles)
    assert (unseen.articles, unseen.left_out) == (articles, ())
    assert unseen.notes == (
        "The reader 'tiny' does not record which articles it learned from; if these are among them, the scores are too "
        "high.",
    )


def test_without_a_reader_all_articles_stay(articles):
    unseen = leave_out_seen(None, articles)
    assert (unseen.articles, unseen.notes) == (articles, ())


def test_a_reader_is_named_with_what_it_learned_from(tmp_path):
    assert reader_note(reader_of(tmp_path, [])) == (
        "Read with the word reader tiny (digest 0123456789abcdef), which learned from PolNeAR 1.0 (61 sentences in 2 "
        "articles) and Tolle Courier."
    )


def test_what_a_model_and_its_reader_have_seen_is_said_once(articles, tmp_path):
    reader = reader_of(tmp_path, articles[:2])
    model = {"seen": marks_of(a.article for a in articles[1:3]), "reader": reader.as_json()}
    assert seen_notes(articles, {"kind.sayso": model}, reader) == [
        "kind.sayso or its reader was trained on 2 of these 4 articles: the score is too high.",
        "the reader 'tiny' was trained on 1 of these 4 articles: the score is too high.",
    ]
    assert seen_notes(articles[:1], {"kind.sayso": model}) == []


def sketched(folder, articles):
    """Give a reader whose card has sketches of articles, and no marks."""
    (folder / CARD).write_text(json.dumps({"near": sketches_for_card(articles)}))
    return WordReader("tiny", "0123456789abcdef", folder, None)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: f"{text} (Aldmar Press)",
        lambda text: text.upper(),
        lambda text: text.replace(",", " –").replace(". ", ".\n\n"),
        lambda text: text[: len(text) * 3 // 4],
    ],
)
def test_a_near_duplicate_is_known_though_the_original_is_not_in_the_data(articles, tmp_path, change):
    reader = sketched(tmp_path, articles[:1])
    changed = [article("changed", change(FERRY)), *articles[1:3]]
    unseen = leave_out_seen(reader, changed)
    assert ids(unseen.articles) == ["school", "bridge"]
    assert (unseen.seen, unseen.near) == (0, 1)
    assert unseen.left_out == (
        "Left out: 1 of 3 articles, because the reader 'tiny' learned from near-duplicates of 1 of them, or articles on the "
        "same event.",
    )
    assert seen_notes(changed, {}, reader) == [
        "the reader 'tiny' was trained on near-duplicates of 1 of these 3 articles: the score is too high."
    ]
    with pytest.raises(ValueError, match=r"of these 3 articles or near-duplicates of them \(the first is 'changed'\)"):
        check_unseen(reader, changed)


@pytest.mark.parametrize("near", ["?", "AAAA", 5])
def test_damaged_sketches_are_one_line(articles, tmp_path, near):
    (tmp_path / CARD).write_text(json.dumps({"near": near}))
    with pytest.raises(SaysoError, match="the key 'near' is wrong; install the reader again"):
        near_to_reader(WordReader("tiny", "0123456789abcdef", tmp_path, None), articles)


def test_another_reader_in_the_folder_is_noticed(articles, tmp_path):
    reader = sketched(tmp_path, articles[:1])
    (tmp_path / CARD).write_text(json.dumps({"digest": "f" * 16}))
    with pytest.raises(SaysoError, match="another reader has been put into this folder meanwhile; start again"):
        leave_out_seen(reader, articles)
