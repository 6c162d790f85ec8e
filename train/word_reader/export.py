"""Writing a word reader's folder: the network as int8 ONNX, its tokenizer, its card, the linear models on top."""

import json
import shutil
import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch

from ...classify.word_reader.reader import CARD, FORMAT, NETWORK, TOKENIZER, digest_of
from .network import Network

_OPSET = 17
_INPUTS, _OUTPUTS = ("pieces", "case", "quoted"), ("outputs", "asks", "answers")


def quantised(network: Network) -> bytes:
    """Give the network in the format of ONNX, its weights in 8 bits with a scale for each column.

    One bit of the eight stays free: without it the sums of older processors overflow, and an article's labels would depend
    on the machine.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    example = torch.ones((1, 8), dtype=torch.int64)
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter's advice to its own developers
        whole, small = Path(folder) / "whole.onnx", Path(folder) / "small.onnx"
        torch.onnx.export(
            network.eval(),
            (example, example, example),
            whole,
            input_names=list(_INPUTS),
            output_names=list(_OUTPUTS),
            dynamic_axes={name: {0: "window", 1: "piece"} for name in (*_INPUTS, *_OUTPUTS)},
            opset_version=_OPSET,
            dynamo=False,
        )
        quantize_dynamic(
            whole,
            small,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            op_types_to_quantize=["MatMul", "Gather"],
            extra_options={"MatMulConstBOnly": True},
        )
        return small.read_bytes()


def write_reader(folder: Path, network: Network, tokenizer: Path, name: str, about: Mapping[str, Any]) -> None:
    """Write network, tokenizer and card into a folder.

    Parameters
    ----------
    folder : Path
        Exists.
    network : Network
    tokenizer : Path
        A ``tokenizer.json``.
    name : str
        What the reader is called.
    about : mapping
        What its card says besides.
    """
    of_network = quantised(network)
    (folder / NETWORK).write_bytes(of_network)
    shutil.copyfile(tokenizer, folder / TOKENIZER)
    far = [[round(value, 4) for value in row] for row in network.far.weight.tolist()]
    digest = digest_of(of_network, (folder / TOKENIZER).read_bytes())
    card = {"format": FORMAT, "name": name, "digest": digest, "far": far, **about}
    (folder / CARD).write_bytes((json.dumps(card, indent=1, ensure_ascii=False) + "\n").encode())
