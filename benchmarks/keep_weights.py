"""Keep the weights of the shipped models though the code behind them does something else, and say so in their manifests.

    python benchmarks/keep_weights.py [--write]

For a change of the code after which weights fitted anew were measured to be no better (docs/decisions/default-models.md).
Today's probe goes into each manifest, and the probe of the code that the weights were fitted with stands beside it as
``fitted_probe``. All other members of the file stay the same bytes. Without ``--write`` it only says what would change.
"""

import argparse
import tempfile
import zipfile
from pathlib import Path

from sayso.classify.model_files.container import read_model, write_model
from sayso.classify.model_files.files import load
from sayso.classify.model_files.shipped import shipped_model
from sayso.train.digests import digests
from sayso.train.probe import probes

NAMES = ("attribution", "voice", "stance", "bias")


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != "manifest.json"}


def keep(path: Path, probe: str, *, write: bool) -> str:
    model = read_model(path)
    old = model.manifest["digests"]
    if any(old[name] != digest for name, digest in digests().items()):
        return "the corpus or the lexicon is another one; fit it anew"
    if old["probe"] == probe:
        return "is of today"
    now = {**old, "probe": probe, "fitted_probe": old.get("fitted_probe", old["probe"])}
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        write_model(copy, {**model.manifest, "digests": now}, model.arrays, model.texts)
        if members(copy) != members(path):
            return "its weights would change; nothing is written"
        if write:
            path.write_bytes(copy.read_bytes())
    return f"probe {old['probe'][:12]} becomes {probe[:12]}" + ("" if write else "; add --write")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    write = parser.parse_args().write
    today = probes(load(shipped_model("attribution")))
    for name in NAMES:
        print(f"{name}: {keep(Path(str(shipped_model(name))), today[name], write=write)}")


if __name__ == "__main__":
    main()
