"""Model files by hand: true to their manifests, whatever these say and whatever the files hold."""

import io
import json
import zipfile
from hashlib import sha256

import numpy as np


def listing(raw):
    return {"size": len(raw), "sha256": sha256(raw).hexdigest()}


def npy(array, **how):
    out = io.BytesIO()
    np.lib.format.write_array(out, array, **how)
    return out.getvalue()


def pack(path, members, method=zipfile.ZIP_DEFLATED):
    """Write a zip by hand; members may stand in it twice."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, raw in members:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr, info.compress_type = 3, 0o644 << 16, method
            archive.writestr(info, raw)


def forge(path, held=(), **manifest):
    """Write a model file whose manifest is true to what it holds, whatever these are."""
    held = dict(held)
    head = {"format": 1, "task": "kind", "members": {name: listing(raw) for name, raw in held.items()}}
    pack(path, [("manifest.json", json.dumps(head | manifest, ensure_ascii=False)), *held.items()])
