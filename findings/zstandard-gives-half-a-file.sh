#!/usr/bin/env bash
# zstandard 0.25.0: a .zst file that was cut off, as by a download that broke, is read without an error: the readers give what can be
# decompressed and then say that the file ends. pyarrow 26.0.1 raises on the same bytes, and gzip.open and lzma.open do on theirs.
# Only `decompressobj().eof` tells. A corpus that lost half of its articles looks like a small one.
# Exit 0: as described. Exit 1: something has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check zstandard==0.25.0 pyarrow==26.0.1
env/bin/python - <<'PY'
import io
import random
import sys

import pyarrow as pa
import zstandard

rng = random.Random(1)
lines = [f'{{"text": "Ferry {n} left Kerrow with {rng.getrandbits(96)} aboard."}}\n'.encode() for n in range(6000)]
data = b"".join(lines)
whole = zstandard.ZstdCompressor().compress(data)
cut = whole[: len(whole) // 2]

with zstandard.open(io.BytesIO(cut), "rb") as stream:
    opened = stream.read()
streamed = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(cut), read_across_frames=True).read()
tells = zstandard.ZstdDecompressor().decompressobj()
tells.decompress(cut)
try:
    pa.CompressedInputStream(pa.BufferReader(cut), "zstd").read()
    arrow = "no error"
except OSError as error:
    arrow = type(error).__name__
print(f"of {len(data):,} bytes: open gives {len(opened):,}, stream_reader {len(streamed):,}, neither raises")
print("decompressobj().eof:", tells.eof, "- pyarrow:", arrow)
sys.exit(0 if 0 < len(opened) < len(data) and 0 < len(streamed) < len(data) and not tells.eof and arrow == "OSError" else 1)
PY
