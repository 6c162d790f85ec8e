"""The network as torch has it, and as it is written; left out where the extra reader-train is not installed."""

from importlib import import_module

import numpy as np
import pytest

from sayso.classify.word_reader.network import open_network
from sayso.classify.word_reader.pieces import Window
from sayso.classify.word_reader.reads import N_ANSWERS, N_OUTPUTS, ROLES, WIDTH

torch, _ = (pytest.importorskip(name, reason="the extra reader-train is not installed") for name in ("torch", "onnx"))
Network = import_module("sayso.train.word_reader.network").Network
quantised = import_module("sayso.train.word_reader.export").quantised


def test_the_written_network_gives_nearly_what_torch_gives():
    torch.manual_seed(0)
    network = Network().eval()
    pieces, case, quoted = np.array([101, 2054, 3000, 102]), np.array([0, 1, 2, 0]), np.array([0, 1, 2, 0])
    with torch.no_grad():
        expected = [part[0].numpy() for part in network(*(torch.from_numpy(x[None]) for x in (pieces, case, quoted)))]
    found = open_network(quantised(network))(Window(pieces, case, quoted, np.array([1, 2]), np.array([0, 1])))
    assert [part.shape for part in found] == [(4, n) for n in (N_OUTPUTS, len(ROLES) * WIDTH, N_ANSWERS)]
    for given, wanted in zip(found, expected, strict=True):
        assert np.corrcoef(given.ravel(), wanted.ravel())[0, 1] > 0.98


def test_padding_changes_nothing():
    torch.manual_seed(0)
    network = Network().eval()
    short = torch.tensor([[101, 2054, 102]])
    padded = torch.cat([short, torch.zeros((1, 5), dtype=torch.int64)], 1)
    with torch.no_grad():
        alone, beside = (network(x, x * 0, x * 0)[0] for x in (short, padded))
    assert torch.allclose(alone, beside[:, :3], atol=1e-5)


def test_what_is_new_begins_at_nothing():
    network = Network()
    assert not any(part.weight.any() for part in (network.case, network.quoted, network.far))
