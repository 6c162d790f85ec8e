#!/usr/bin/env bash
# onnxruntime 1.32.0: in a network that `quantize_dynamic` has rounded to int8, what a row of a batch gives depends on the other rows. The scale of
# the inputs is that of the largest number in the whole batch, so a row of small numbers beside a row of large ones becomes zero. The network that
# was not rounded gives the same for a row whatever is beside it. Padding counts, too. So who needs the same result for a text, whatever it is read
# with, runs one text at a time. Exit 0: as described. Exit 1: something has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check onnxruntime==1.32.0 onnx==1.23.2
env/bin/python - <<'PY'
import logging
import sys

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

logging.disable(logging.WARNING)
weights = numpy_helper.from_array(np.ones((4, 1), np.float32), "w")
inputs = [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["rows", 4])]
outputs = [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["rows", 1])]
graph = helper.make_graph([helper.make_node("MatMul", ["x", "w"], ["y"])], "sums", inputs, outputs, [weights])
onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), "whole.onnx")
quantize_dynamic("whole.onnx", "int8.onnx", weight_type=QuantType.QInt8, reduce_range=True)
small, large = np.full((1, 4), 0.01, np.float32), np.full((1, 4), 9.0, np.float32)


def first_row(name, *rows):
    session = onnxruntime.InferenceSession(name, providers=["CPUExecutionProvider"])
    return round(float(session.run(None, {"x": np.concatenate(rows)})[0][0, 0]), 3)


found = {name: (first_row(name, small), first_row(name, small, large)) for name in ("whole.onnx", "int8.onnx")}
for name, (alone, beside) in found.items():
    print(f"{name}: the row alone gives {alone}, beside a row of nines {beside}")
sys.exit(0 if found == {"whole.onnx": (0.04, 0.04), "int8.onnx": (0.04, 0.0)} else 1)
PY
