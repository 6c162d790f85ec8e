import json
import socket

import numpy as np
import pytest

from sayso.classify.wording import encoders
from sayso.classify.wording.encoders import Encoder, check_encoder, load_encoder, remembered
from sayso.errors import SaysoError


@pytest.fixture
def letters(monkeypatch, tmp_path):
    """Give an encoder that counts two letters."""
    monkeypatch.setattr(encoders, "_runner", lambda *_: lambda texts: [[t.count("a"), t.count("b")] for t in texts])
    return Encoder("letters", "0" * 16, tmp_path)


def test_vectors_have_length_one_and_nothing_known_gives_zeros(letters):
    np.testing.assert_allclose(letters.encode(["aaabbbb", "c"]), [[0.6, 0.8], [0, 0]])


def test_a_text_is_encoded_once_until_too_many_are_known():
    asked = []

    def run(texts):
        asked.append(list(texts))
        return [[len(text), 0] for text in texts]

    once = remembered(run, most=3)
    assert once(["ab", "c", "ab"]).tolist() == [[2, 0], [1, 0], [2, 0]]
    assert once(["c", "def"]).tolist() == [[1, 0], [3, 0]]
    assert asked == [["ab", "c"], ["def"]]
    assert once(["ab", "ghij"]).tolist() == [[2, 0], [4, 0]]  # a fourth: those from before are forgotten
    assert asked[2:] == [["ab", "ghij"]]


def test_another_encoder_than_the_models_is_refused(letters):
    known = {"name": "letters", "digest": "1" * 16}
    with pytest.raises(SaysoError, match=r"m\.sayso: this model needs the encoder 'letters' \(weights 1111"):
        check_encoder(known, letters, "m.sayso")


def test_a_model_that_needs_an_encoder_says_so(letters):
    with pytest.raises(SaysoError, match="this model needs the encoder 'letters'; add --encoder"):
        check_encoder(letters.as_json(), None, "m.sayso")
    check_encoder(letters.as_json(), letters, "m.sayso")


def test_a_model_without_an_encoder_wants_none(letters):
    with pytest.raises(SaysoError, match="trained without an encoder"):
        check_encoder(None, letters, "m.sayso")
    check_encoder(None, None, "m.sayso")


def test_a_folder_without_weights_is_no_encoder(tmp_path):
    with pytest.raises(SaysoError, match="no weights in this folder"):
        load_encoder(str(tmp_path))
    with pytest.raises(SaysoError, match="no such folder; give an encoder"):
        load_encoder(str(tmp_path / "none"))


def test_a_broken_folder_is_told_in_one_line(tmp_path):
    pytest.importorskip("model2vec")
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "model2vec"}))
    (tmp_path / "model.safetensors").write_bytes(b"nothing")
    with pytest.raises(SaysoError, match="cannot be read"):
        load_encoder(str(tmp_path))


def test_a_hub_that_cannot_be_reached_is_not_waited_for(monkeypatch, tmp_path):
    pytest.importorskip("huggingface_hub")

    def refuse(*_args, **_kwargs):
        raise OSError("no network")

    monkeypatch.setattr(socket, "create_connection", refuse)
    with pytest.raises(SaysoError, match="the Hugging Face hub cannot be reached; give a folder"):
        load_encoder("nobody-at-all/no-such-model-anywhere")
