"""The word reader that an estimator or a command was given."""

import pickle

import numpy as np
import pytest
from builders import build_voice, tokens_of

from sayso.classify.model_files.files import save
from sayso.classify.word_reader.reader import CARD, WordReader, load_word_reader
from sayso.classify.word_reader.reads import Read
from sayso.errors import SaysoError
from sayso.train import given_reader
from sayso.train.estimators.sentence_in import DataError
from sayso.train.given_reader import (
    RememberingReader,
    about_reader,
    corpora_of_reader,
    data_of_reader,
    loaded_reader,
    reader_for,
    seen_by_reader,
)


def read_of(n):
    """What was read of an article: 32 bytes for each of its tokens."""
    return Read(*(np.zeros(n) for _ in range(4)))


@pytest.fixture
def kept(monkeypatch):
    found = given_reader._Kept(most=100)
    monkeypatch.setattr(given_reader, "_KEPT", found)
    return found


def test_what_was_read_is_forgotten_before_it_is_too_much(kept):
    for number in range(20):
        kept.keep(("digest", str(number)), read_of(1))
        assert kept.bytes == 32 * len(kept) <= 100
    assert len(kept) == 3
    kept.keep(("digest", "long"), read_of(4))
    assert len(kept) == 0


def test_an_article_is_read_once_in_a_process(kept, monkeypatch):
    asked = []

    def read(reader, view):
        asked.append(view.text)
        return read_of(1)

    monkeypatch.setattr(WordReader, "read", read)
    reader = RememberingReader("tiny", "0" * 16, None, None)
    one, again = (tokens_of("The pier is closed.") for _ in range(2))
    assert reader.read(one) is reader.read(again)
    reader.read(tokens_of("The pier is open."))
    RememberingReader("tiny", "1" * 16, None, None).read(one)
    assert asked == ["The pier is closed.", "The pier is open.", "The pier is closed."]
    assert one.memo == {}


def test_a_reader_is_opened_once_and_goes_to_other_processes(tiny_reader):
    reader = loaded_reader(tiny_reader)
    assert loaded_reader(str(tiny_reader)) is reader
    back = pickle.loads(pickle.dumps(reader))
    assert (type(back), back.as_json()) == (RememberingReader, reader.as_json())
    given = loaded_reader(load_word_reader(str(tiny_reader)))
    assert (type(given), given.digest) == (RememberingReader, reader.digest)
    tokens = tokens_of("The mayor said that the ferry will be late.")
    assert np.array_equal(given.read(tokens).outputs, load_word_reader(str(tiny_reader)).read(tokens).outputs)
    assert loaded_reader(None) is None


def test_the_reader_of_a_model_is_asked_for_in_the_words_of_python(tiny_reader):
    reader = loaded_reader(tiny_reader)
    assert reader_for(reader.as_json(), tiny_reader, "KindClassifier") is reader
    assert reader_for(None, tiny_reader, "KindClassifier") is reader
    with pytest.raises(DataError, match=r"^this model needs the reader 'tiny'; set reader to its name or folder\.$"):
        reader_for(reader.as_json(), None, "KindClassifier")
    other = {"name": "minilm", "digest": "0123"}
    with pytest.raises(
        ValueError, match=r"^KindClassifier: this model needs the reader 'minilm' \(digest 0123\), not 'tiny'"
    ):
        reader_for(other, tiny_reader, "KindClassifier")
    with pytest.raises(
        SaysoError, match=r"^nowhere: no reader of this name \(minilm\), and no folder with a reader\.json\.$"
    ):
        loaded_reader("nowhere")


@pytest.mark.parametrize(
    ("card", "data", "corpora"),
    [
        ('{"data": [{"name": "PolNeAR 1.0"}, "own"]}', [{"name": "PolNeAR 1.0"}, {"name": "own"}], ["polnear"]),
        ('{"data": "PolNeAR 1.0", "about": {"seen": "0123456789"}}', [{"name": "PolNeAR 1.0"}], ["polnear"]),
        ('{"data": 7, "seen": 7}', [], []),
    ],
)  # fmt: skip
def test_the_card_says_what_was_learned_from(tmp_path, card, data, corpora):
    (tmp_path / CARD).write_text(card)
    reader = WordReader("tiny", "0" * 16, tmp_path, None)
    assert (data_of_reader(reader), corpora_of_reader(reader)) == (data, corpora)
    assert seen_by_reader(reader) == (frozenset({"0123456789"}) if "0123456789" in card else frozenset())


def test_what_the_models_on_top_learned_from_the_reader_has_seen(tmp_path):
    (tmp_path / CARD).write_text('{"seen": "0123456789"}')
    save(build_voice(), tmp_path / "voice.sayso", seen="abcdef01230123456789")
    assert seen_by_reader(WordReader("tiny", "0" * 16, tmp_path, None)) == {"0123456789", "abcdef0123"}


@pytest.mark.parametrize(
    ("card", "said"),
    [("[", "this is not JSON"), ("[]", "this must be an object of JSON"), (None, "this part of the reader is missing")],
)
def test_a_card_that_is_gone_or_broken_is_one_line(tmp_path, card, said):
    if card is not None:
        (tmp_path / CARD).write_text(card)
    with pytest.raises(SaysoError, match=rf"reader\.json: {said}; install the reader again\.$"):
        about_reader(WordReader("tiny", "0" * 16, tmp_path, None))
    assert about_reader(None) == about_reader(object()) == {}
