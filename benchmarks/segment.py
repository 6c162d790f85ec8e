"""Measure how well and how fast sentences are split, beside nupunkt alone.

    python benchmarks/segment.py SHARED_DIR

SHARED_DIR holds `tools/score_segment.py`, the measure, and the corpora it reads. Two builds of each article
are scored: with a space between sentences, and with every third space lost.
"""

import importlib.util
import sys
import time
from pathlib import Path
from types import ModuleType

from sayso.data.articles.sentences import split


def load_scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_segment", shared / "tools" / "score_segment.py")
    if spec is None or spec.loader is None:
        sys.exit(f"{shared}: no tools/score_segment.py there")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    scorer = load_scorer(Path(sys.argv[1]))
    began = time.perf_counter()
    split("The town was founded in 1968. Joe Hill was there.")
    print(f"first call {time.perf_counter() - began:.3f} s, nupunkt's import and model included where needed")
    peers = {
        "sayso": split,
        "nupunkt": scorer.seg_nupunkt(),
        "nupunkt, glue mended": scorer.mend(scorer.seg_nupunkt()),
    }
    for name, glue in (("space", 0), ("glued", 3)):
        docs = scorer.load(scorer.DATA, glue)
        speeds = {}
        for peer, segment in peers.items():
            s = scorer.score(segment, docs, repeat=5)
            speeds[peer] = s["sentences_per_s"]
            print(
                f"{name:6} {peer:21} F1 {s['f1']:.4f}  P {s['precision']:.4f}  R {s['recall']:.4f}  "
                f"exact {s['exact_sentences']:.4f}  lossy {s['lossy_articles']}  {s['sentences_per_s']:>7,}/s"
            )
        print(f"{name:6} speed of sayso to nupunkt's own: {speeds['sayso'] / speeds['nupunkt']:.2f}")


if __name__ == "__main__":
    main()
