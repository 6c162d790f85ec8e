"""A word reader of a few kilobytes: real files of ONNX and of tokenizers, made by hand, with a table in place of a network.

Each piece of a word has its own outputs, whatever stands around it.
"""

import json
from dataclasses import replace
from itertools import chain
from pathlib import Path

import numpy as np

from sayso.classify.attribution.candidate_rerank import N_MEASURES, READ_NAMES
from sayso.classify.model_files.files import load, save
from sayso.classify.model_files.shipped import shipped_model
from sayso.classify.word_reader.network import _UNKNOWN
from sayso.classify.word_reader.reader import CARD, FORMAT, NETWORK, TOKENIZER, digest_of
from sayso.classify.word_reader.reads import N_ANSWERS, N_FAR, N_OUTPUTS, ROLES, WIDTH
from sayso.data.scheme import KINDS

N_PIECES = 300
WIDTHS = {"outputs": N_OUTPUTS, "asks": len(ROLES) * WIDTH, "answers": N_ANSWERS}
_FLOAT, _WHOLE = 1, 7  # types of ONNX


def _number(value):
    """Write a whole number as protocol buffers do."""
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def _field(number, value):
    if isinstance(value, int):
        return _number(number << 3) + _number(value)
    raw = value.encode() if isinstance(value, str) else value
    return _number(number << 3 | 2) + _number(len(raw)) + raw


def _message(*fields):
    return b"".join(_field(number, value) for number, value in fields)


def _value(name, sort, *sizes):
    dims = [(1, _message((2, size) if isinstance(size, str) else (1, size))) for size in sizes]
    return _message((1, name), (2, _message((1, _message((1, sort), (2, _message(*dims)))))))


def network(tables, inputs=("pieces", "case", "quoted")):
    """Give a network that looks each piece up in a table for each output; tables of shape (n_pieces, n)."""
    nodes, stored, outputs = [], [], []
    for name, table in tables.items():
        nodes.append((1, _message((1, f"{name} of piece"), (1, "pieces"), (2, name), (4, "Gather"))))
        sizes = [(1, n) for n in table.shape]
        stored.append((5, _message(*sizes, (2, _FLOAT), (8, f"{name} of piece"), (9, table.astype("<f4").tobytes()))))
        outputs.append((12, _value(name, _FLOAT, "window", "piece", table.shape[1])))
    given = [(11, _value(name, _WHOLE, "window", "piece")) for name in inputs]
    graph = _message(*nodes, (2, "tiny"), *stored, *given, *outputs)
    return _message((1, 8), (7, graph), (8, _message((2, 17))))


def tables(seed=25, n_pieces=N_PIECES):
    """Give a table for each output."""
    draw = np.random.default_rng(seed)
    return {name: draw.normal(0, 1.5, (n_pieces, width)).astype(np.float32) for name, width in WIDTHS.items()}


def tokenizer(words, first=_UNKNOWN + 3):
    """Give a tokenizer that knows some words, and has one piece for all others."""
    known = {"[UNK]": _UNKNOWN, **{word: number for number, word in enumerate(words, first)}}
    model = {"type": "WordPiece", "vocab": known, "unk_token": "[UNK]"}
    model |= {"continuing_subword_prefix": "##", "max_input_chars_per_word": 100}
    return json.dumps({"version": "1.0", "model": model, "added_tokens": [], "normalizer": None}).encode()


WORDS = tuple("The said says that . , “ ” minister mayor ferry of a according to told will be and in It he she".split())


def write_parts(folder: Path, of_network: bytes, of_tokenizer: bytes, **card) -> dict[str, str]:
    """Write network, tokenizer and card; give the name and the digest."""
    folder.mkdir(exist_ok=True)
    (folder / NETWORK).write_bytes(of_network)
    (folder / TOKENIZER).write_bytes(of_tokenizer)
    far = np.linspace(-1, 1, N_FAR * len(ROLES)).reshape(N_FAR, len(ROLES)).round(3).tolist()
    whole = {"format": FORMAT, "name": "tiny", "digest": digest_of(of_network, of_tokenizer), "far": far, **card}
    (folder / CARD).write_text(json.dumps(whole))
    return {"name": whole["name"], "digest": whole["digest"]}


def attribution_with(reader):
    """Give the built-in model of attributions, that also measures what a reader says, and weighs none of it."""
    model = load(shipped_model("attribution"))
    rerank = np.concatenate([model.rerank[:N_MEASURES], np.zeros(len(READ_NAMES)), model.rerank[N_MEASURES:]])
    return replace(model, rerank=rerank, reader=reader)


def voice_with(reader):
    """Give the built-in model of kind and source type, with a weight for each kind that a reader estimates."""
    model = load(shipped_model("voice"))
    weights = np.zeros((len(KINDS), len(model.labels)), np.float32)
    weights[:, :2] = np.arange(2 * len(KINDS)).reshape(-1, 2) / 8
    names = [*model.features, *(f"read kind: {kind}" for kind in KINDS)]
    return replace(model, features=names, weights=np.concatenate([model.weights, weights]), reader=reader)


def write_reader(folder: Path, seed=25) -> Path:
    """Write a whole reader, with models on top."""
    reader = write_parts(folder, network(tables(seed)), tokenizer(WORDS))
    save(attribution_with(reader), folder / "attribution.sayso")
    save(voice_with(reader), folder / "voice.sayso")
    return folder


def names_of_parts():
    """Give the names of all files of a reader."""
    return list(chain((CARD, NETWORK, TOKENIZER), ("attribution.sayso", "voice.sayso")))
