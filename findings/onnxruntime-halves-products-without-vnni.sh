#!/usr/bin/env bash
# onnxruntime 1.32.0: a network that `quantize_dynamic` has rounded to int8 as its defaults do gives other results on an x86-64 processor without
# VNNI instructions: the sum of two products is cut off at 16 bits, so large numbers give too little, here half of it. Nothing warns, and on a processor with
# VNNI, where networks are made and tested, all is right. With `reduce_range=True`, which keeps one bit free, both processors agree.
# The processor without VNNI is emulated (qemu with AVX2): one that is installed, or Debian's package, downloaded into a temporary folder.
# Exit 0: as described. Exit 1: something has changed. Exit 2: no qemu.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
qemu=$(command -v qemu-x86_64-static || command -v qemu-x86_64 || true)
if [ -z "$qemu" ]; then
  chmod 755 . && { apt-get download -qq qemu-user-static && dpkg -x qemu-user-static_*.deb q; } >/dev/null 2>&1 || { echo "no qemu"; exit 2; }
  qemu=$folder/q/usr/bin/qemu-x86_64-static
fi
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check onnxruntime==1.32.0 onnx==1.23.2
cat >make.py <<'PY'
import logging

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

logging.disable(logging.WARNING)
weights = numpy_helper.from_array(np.ones((8, 4), np.float32), "w")
inputs = [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 8])]
outputs = [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 4])]
graph = helper.make_graph([helper.make_node("MatMul", ["x", "w"], ["y"])], "sums", inputs, outputs, [weights])
onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), "whole.onnx")
for name, free in (("default", False), ("reduced", True)):
    quantize_dynamic("whole.onnx", f"{name}.onnx", weight_type=QuantType.QInt8, reduce_range=free)
PY
cat >run.py <<'PY'
import numpy as np
import onnxruntime

row = np.ones((1, 8), np.float32)
for name in ("whole", "default", "reduced"):
    session = onnxruntime.InferenceSession(f"{name}.onnx", providers=["CPUExecutionProvider"])
    print(f"{name} {session.run(None, {'x': row})[0][0, 0]:.1f}", end="  ")
PY
env/bin/python make.py
here=$(env/bin/python run.py)
there=$(OPENBLAS_CORETYPE=Haswell OPENBLAS_NUM_THREADS=1 "$qemu" -cpu max env/bin/python run.py)
echo "8 × 1 × 1, here:          $here"
echo "8 × 1 × 1, without VNNI:  $there"
[ "$(echo $there)" = "whole 8.0 default 4.0 reduced 8.0" ] || exit 1
! grep -q vnni /proc/cpuinfo || [ "$(echo $here)" = "whole 8.0 default 8.0 reduced 8.0" ]
