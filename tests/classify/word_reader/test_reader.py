import json
import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from said import seen
from tiny_readers import N_PIECES, WORDS, network, tables, tokenizer, write_parts

from sayso.classify.word_reader import network as networks
from sayso.classify.word_reader import reader as readers
from sayso.classify.word_reader.network import WordPieces
from sayso.classify.word_reader.reader import (
    CARD,
    NETWORK,
    PACKAGES,
    TOKENIZER,
    WordReader,
    check_word_reader,
    load_word_reader,
    where_it_is,
)
from sayso.classify.word_reader.reads import APART, N_ANSWERS, N_FAR, N_OUTPUTS, ROLES, WIDTH
from sayso.classify.wording.encoders import WORDLLAMA
from sayso.data.settings.options import NAMED
from sayso.errors import SaysoError

TABLES = tables()
FAR = [[0.5] * len(ROLES)] * N_FAR


@pytest.fixture
def write(tmp_path):
    """Write a reader's parts, or others in their place; give its folder."""
    for needed in ("onnxruntime", "tokenizers"):
        pytest.importorskip(needed)

    def written(of_network=None, of_tokenizer=None, **card):
        write_parts(tmp_path / "own", of_network or network(TABLES), of_tokenizer or tokenizer(WORDS), **card)
        return tmp_path / "own"

    return written


def line_of(folder):
    """Give the line by which a reader is refused."""
    with pytest.raises(SaysoError, match=r"^[^\n]+$") as refused:
        load_word_reader(str(folder))
    return str(refused.value)


def test_a_folder_gives_a_reader_by_its_card(write):
    folder = write(name="fen")
    card = json.loads((folder / CARD).read_text())
    found = load_word_reader(str(folder))
    assert (found.name, found.digest, found.folder) == ("fen", card["digest"], folder)
    assert found.far.tolist() == np.array(card["far"], np.float32).tolist()
    assert found.as_json() == {"name": "fen", "digest": card["digest"]}


def test_two_copies_are_the_same_reader(write, tmp_path):
    one = load_word_reader(str(write()))
    two = load_word_reader(str(shutil.copytree(one.folder, tmp_path / "copy")))
    assert (one == two, hash(one) == hash(two), one.folder == two.folder) == (True, True, False)


@pytest.mark.parametrize(
    ("card", "said"),
    [
        ({"format": 2}, "the reader is of another version of sayso"),
        ({"format": True}, "the reader is of another version of sayso"),
        ({"format": None}, "the reader is of another version of sayso"),
        ({"name": ""}, "the key 'name' is missing or wrong"),
        ({"name": "fen\nland"}, "the key 'name' is missing or wrong"),
        ({"name": 7}, "the key 'name' is missing or wrong"),
        ({"digest": "0"}, "the key 'digest' is missing or wrong"),
        ({"digest": 7}, "the key 'digest' is missing or wrong"),
        ({"digest": "0" * 16}, "network.onnx and tokenizer.json are not those that reader.json names"),
        ({"far": None}, "the key 'far' is missing or wrong"),
        ({"far": FAR[1:]}, "the key 'far' is missing or wrong"),
        ({"far": [*FAR[1:], [0.5]]}, "the key 'far' is missing or wrong"),
        ({"far": [*FAR[1:], [float("nan")] * 3]}, "the key 'far' is missing or wrong"),
        ({"far": [*FAR[1:], [True] * 3]}, "the key 'far' is missing or wrong"),
        ({"far": [*FAR[1:], [10**400] * 3]}, "the key 'far' is missing or wrong"),
        ({"far": [*FAR[1:], "low"]}, "the key 'far' is missing or wrong"),
    ],
)
def test_a_card_that_is_wrong_is_one_line(write, card, said):
    assert said in line_of(write(**card))


@pytest.mark.parametrize("raw", [b"", b"[", b"\xff\xfe", b"9" * 5000, b"[" * 100_000])
def test_a_card_that_is_no_json_is_one_line(write, raw):
    folder = write()
    (folder / CARD).write_bytes(raw)
    assert line_of(folder) == f"{folder / CARD}: this is not JSON; install the reader again."


@pytest.mark.parametrize("raw", [b"[]", b"null", b"7", b'"card"'])
def test_a_card_that_is_no_object_is_one_line(write, raw):
    folder = write()
    (folder / CARD).write_bytes(raw)
    assert line_of(folder) == f"{folder / CARD}: this must be an object of JSON; install the reader again."


@pytest.mark.parametrize("part", [CARD, NETWORK, TOKENIZER])
def test_a_part_that_is_no_file_is_one_line(write, part):
    folder = write()
    (folder / part).unlink()
    (folder / part).symlink_to("nowhere")
    assert line_of(folder) == f"{folder / part}: this part of the reader is missing; install the reader again."
    (folder / part).unlink()
    (folder / part).mkdir()
    assert line_of(folder) == f"{folder / part}: this part of the reader cannot be read; install the reader again."


@pytest.mark.parametrize("part", [CARD, NETWORK, TOKENIZER])
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_part_that_is_a_named_pipe_is_not_waited_for(write, part):
    folder = write()
    (folder / part).unlink()
    os.mkfifo(folder / part)
    assert line_of(folder).startswith(f"{folder / part}: this is a named pipe, not a file")


@pytest.mark.parametrize("part", [CARD, NETWORK, TOKENIZER])
def test_a_part_of_any_size_is_not_read(write, part, monkeypatch):
    folder = write()
    monkeypatch.setitem(readers._MOST, part, (folder / part).stat().st_size - 1)
    assert line_of(folder).startswith(f"{folder / part}: longer than ")


SHORT = {name: table[:50] for name, table in TABLES.items()}
OF_NETWORKS = {
    "no network": b"said the mayor",
    "cut off": network(TABLES)[:5000],
    "other outputs": network({"outputs": TABLES["outputs"], "asks": TABLES["asks"]}),
    "other inputs": network(TABLES, inputs=("pieces",)),
    "more inputs": network(TABLES, inputs=("pieces", "case", "quoted", "more")),
    "other shapes": network({**TABLES, "asks": TABLES["asks"][:, :60]}),
    "no numbers": network({**TABLES, "answers": TABLES["answers"] * np.nan}),
    "numbers beyond 16 bits": network({**TABLES, "asks": TABLES["asks"] * 1e6}),
    "fewer pieces": network(SHORT),
    "names that are no text": network(TABLES).replace(b"Gather", b"Gathe\xff"),
}


@pytest.mark.parametrize("of_network", OF_NETWORKS.values(), ids=OF_NETWORKS.keys())
def test_a_network_that_does_not_fit_is_one_line_before_any_article(write, of_network, capfd):
    folder = write(of_network=of_network)
    assert line_of(folder).startswith(f"{folder / NETWORK}: this ")
    assert capfd.readouterr() == ("", "")


def test_a_network_with_weights_in_other_files_is_one_line(write, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    TABLES["asks"].astype("<f4").tofile("asks")  # where onnxruntime would look for it, and the digest does not
    folder = write(of_network=network(TABLES, elsewhere="asks"))
    said = f"{folder / NETWORK}: this part of the reader cannot be read (ValueError); install the reader again."
    assert line_of(folder) == said


def changed(**parts):
    """Give a tokenizer with other parts."""
    return json.dumps({**json.loads(tokenizer(WORDS)), **parts}).encode()


OF_TOKENIZERS = {
    "no json": b"{",
    "nested without end": b"[" * 100_000,
    "no object": b"[]",
    "without a model": b'{"version": "1.0"}',
    "another model": changed(model={"type": "Unigram", "vocab": [["a", 1]], "unk_id": 7}),
    "without a piece for the unknown": changed(model={**json.loads(tokenizer(WORDS))["model"], "vocab": {"said": 103}}),
    "a normalizer that panics": changed(normalizer={"type": "Precompiled", "precompiled_charsmap": "AAAA"}),
    "a pattern": changed(pre_tokenizer={"type": "Split", "pattern": {"Regex": "(a+)+$"}, "behavior": "Removed"}),
    "numbers below 0": changed(model={**json.loads(tokenizer(WORDS))["model"], "vocab": {"[UNK]": -1}}),
}


@pytest.mark.parametrize("of_tokenizer", OF_TOKENIZERS.values(), ids=OF_TOKENIZERS.keys())
def test_a_tokenizer_that_does_not_fit_is_one_line_before_any_article(write, of_tokenizer, capfd):
    folder = write(of_tokenizer=of_tokenizer)
    assert line_of(folder).startswith(f"{folder / TOKENIZER}: this part of the reader cannot be read (")
    assert capfd.readouterr() == ("", "")


def test_pieces_that_the_network_does_not_have_are_one_line_before_any_article(write):
    folder = write(of_tokenizer=tokenizer([*WORDS, "fen"], first=N_PIECES - len(WORDS)))  # the last is one too many
    said = f"{folder / NETWORK}: this part of the reader cannot read the pieces that tokenizer.json gives ("
    assert line_of(folder).startswith(said)


@pytest.mark.parametrize("name", ["", ".", "/dev/null", "fen\0land", "x" * 5000, "Minilm", "https://fen.example/reader"])
def test_what_is_neither_a_name_nor_a_folder_is_one_line(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "no reader of this name (minilm), and no folder with a reader.json" in line_of(name)


def test_a_package_that_is_not_installed_is_named(monkeypatch):
    monkeypatch.setitem(PACKAGES, "fen", "sayso_reader_of_the_fen")
    said = line_of("fen")
    assert "the reader 'fen' is not installed; in a copy of the project, install its package sayso-reader-of-the-fen" in said
    assert said.rstrip().endswith("with: pip install '.[reader]' ./reader")


def test_a_package_is_never_imported(write, monkeypatch):
    folder = write()
    (folder / "__init__.py").write_text("raise RuntimeError('imported')\n")
    monkeypatch.setitem(PACKAGES, "fen", folder.name)
    monkeypatch.syspath_prepend(folder.parent)
    assert load_word_reader("fen").folder == folder


@pytest.mark.parametrize("needed", ["onnxruntime", "tokenizers"])
def test_a_missing_library_is_named_with_what_installs_it(write, needed, monkeypatch):
    folder = write()
    real = readers.importlib.util.find_spec
    monkeypatch.setattr(readers.importlib.util, "find_spec", lambda name: None if name == needed else real(name))
    with pytest.raises(SaysoError, match=rf"^--reader needs {needed}; install it with: pip install 'sayso\[reader\]'$"):
        load_word_reader(str(folder))


def test_a_library_that_cannot_be_loaded_is_named(write, monkeypatch):
    folder = write()

    def broken(network):
        raise ImportError("undefined symbol", name="onnxruntime")

    monkeypatch.setattr(readers, "open_network", broken)
    assert "--reader cannot load onnxruntime; install it again with: pip install 'sayso[reader]'" in line_of(folder)


class _Panic(BaseException):
    """What the bindings of a library raise that is no Exception."""


def test_a_panic_of_a_library_is_one_line(write, monkeypatch):
    def panics(tokenizer):
        raise _Panic

    monkeypatch.setattr(readers, "open_tokenizer", panics)
    assert "tokenizer.json: this part of the reader cannot be read (_Panic)" in line_of(write())


def test_a_network_that_fails_on_an_article_is_one_line(write, monkeypatch):
    found = load_word_reader(str(write()))
    pieces, run = readers._opened(found.folder, found.digest, os.getpid())
    failing = readers._checked(lambda window: [part * np.float32("nan") for part in run(window)], Path("n.onnx"))
    monkeypatch.setattr(readers, "_opened", lambda *_: (pieces, failing))
    with pytest.raises(SaysoError, match=r"^n\.onnx: this network gives no numbers, or too large ones; install"):
        found.read(seen("The mayor said that the ferry was late."))


def test_the_files_may_not_change_while_it_works(write):
    found = load_word_reader(str(write()))
    readers._opened.cache_clear()
    (found.folder / NETWORK).write_bytes(b"another")
    with pytest.raises(SaysoError, match=r"are not those that reader\.json names; install the reader again\.$"):
        found.read(seen("The ferry was late."))


def reader_of(name, digest):
    return WordReader(name, digest, Path("fen"), np.zeros((N_FAR, len(ROLES)), np.float32))


def test_a_model_needs_the_reader_that_it_was_trained_with():
    expected = {"name": "fen", "digest": "1" * 16}
    check_word_reader(expected, reader_of("other name", "1" * 16), "m.sayso")
    check_word_reader(None, reader_of("fen", "2" * 16), "m.sayso")
    check_word_reader(None, None, "m.sayso")
    with pytest.raises(SaysoError, match=r"^m\.sayso: this model needs the reader 'fen'; add --reader with its name"):
        check_word_reader(expected, None, "m.sayso")
    with pytest.raises(SaysoError, match=r"needs the reader 'fen' \(digest 1{16}\), not 'fen' \(digest 2{16}\); install"):
        check_word_reader(expected, reader_of("fen", "2" * 16), "m.sayso")


def test_settings_know_the_names_of_readers_and_encoders():
    assert {*PACKAGES, WORDLLAMA} == NAMED


def test_a_folder_is_named_whole_for_other_processes(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("fen", "minilm"):
        (tmp_path / name).mkdir()
    found = [where_it_is(name) for name in ("fen", "minilm", "moor", "", None)]
    assert found == [str(tmp_path / "fen"), "minilm", "moor", "", None]


class _Letters:
    """Cut a word into its letters."""

    def encode(self, word, add_special_tokens):
        return type("Cut", (), {"ids": [ord(letter) for letter in word]})


def test_no_word_has_more_than_eight_pieces_or_none():
    pieces = WordPieces(_Letters())
    pieces.learn(["fen", "", "x" * 200_000, "\ud800"])
    assert pieces["fen"] == (102, 101, 110)
    assert (pieces[""], pieces["x" * 200_000], pieces["\ud800"]) == ((100,), (ord("x"),) * 8, (ord("?"),))


def test_words_are_forgotten_before_memory_grows(monkeypatch):
    monkeypatch.setattr(networks, "_MOST_WORDS", 3)
    pieces = WordPieces(_Letters())
    for words in (["a", "b"], ["c", "d"], ["e", "a"]):
        pieces.learn(words)
        assert pieces.keys() >= set(words)
    assert len(pieces) == 2


ODD = [
    "!!! ??? …\n\n... --- ...\n\n1 2 3",
    f"The mayor said that {'x' * 200_000} is long.",
    "He said " + "and he said " * 300 + "so.",
    "“" * 400 + "The ferry is late," + "”" * 400 + " she said.",
    "\u200b\n\n\u200b said\n\n.\n\n",
    "日本語 said 😀. 😀 told 日本語.",
]


@pytest.mark.parametrize("text", ODD, ids=[text[:12] for text in ODD])
def test_every_word_of_an_odd_article_is_read(tiny_reader, text):
    viewed = seen(text)
    read = load_word_reader(str(tiny_reader)).read(viewed)
    n = len(viewed.words)
    assert [part.shape for part in read] == [(n, N_OUTPUTS), (n, len(ROLES) * WIDTH), (n, N_ANSWERS), (n,)]
    assert np.isfinite(read.outputs).all()
    assert (np.diff(read.window) >= 0).all()


def test_words_of_different_windows_are_not_linked(tiny_reader):
    viewed = seen("The mayor said that the ferry was late and the harbour was shut. " * 12)
    reads = load_word_reader(str(tiny_reader)).read_all([viewed])
    apart = reads.links(np.array([2, 2]), np.array([1, len(viewed.words) - 1]))
    assert apart[:, 1].tolist() == [APART] * len(ROLES)
    assert (apart[:, 0] > APART).all()


@settings(max_examples=25)
@given(
    st.lists(st.lists(st.sampled_from([*WORDS, "fen", "Tolk", "\n\n"]), max_size=60).map(" ".join), min_size=1, max_size=4)
)
def test_articles_are_read_together_as_alone(tiny_reader, texts):
    found = load_word_reader(str(tiny_reader))
    together = found.read_all([seen(text) for text in texts])
    start = 0
    for text in texts:
        viewed = seen(text)
        alone = found.read_all([viewed])
        n = len(viewed.words)
        cues, tokens = (at.ravel() for at in np.indices((min(n, 12), min(n, 12))))
        assert together.main[start : start + n].tolist() == alone.main[:n].tolist()
        assert together.links(cues + start, tokens + start).tolist() == alone.links(cues, tokens).tolist()
        start += n
