"""Kill a run over an archive at random moments, let it go on, and compare what comes out with a run that nobody killed.

    python benchmarks/killed_runs.py SHARED --kills 20

SHARED is the folder that holds ``articles/news-500.jsonl``.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

_FILES, _ARTICLES = 50, 10  # of the archive: files, and articles in each


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory() as work:
        archive, whole, killed = (Path(work, name) for name in ("archive", "whole", "killed"))
        _make(Path(options.shared, "articles", "news-500.jsonl"), archive)
        seconds = _run(archive, whole, options)
        draw = random.Random(options.seed)
        for number in range(options.kills):
            after = (
                seconds * draw.random() / options.kills
            )  # after its first file is begun, so that each run gets on a little
            code = _run_and_kill(archive, killed, options, after)
            n_outputs = len(list(killed.rglob(f"*.{options.format}")))
            told = f"killed {after:.2f} s after its first file was begun" if code == -9 else f"ended with {code}"
            print(f"{number + 1:3}  {told}, {n_outputs} files of {_FILES} there")
        _run(archive, killed, options)
        same = _contents(whole) == _contents(killed)
        leftovers = [path.name for path in killed.rglob("*.part")]
        print(f"{'the same bytes' if same else 'NOT THE SAME'}, {len(leftovers)} temporary files left")
        return 0 if same and not leftovers else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--format", default="parquet", choices=("parquet", "jsonl"))
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


def _make(source: Path, archive: Path) -> None:
    """Write articles in files of two years; every tenth file has a broken row."""
    with source.open(encoding="utf-8") as lines:
        rows = [json.loads(next(lines)) for _ in range(_FILES * _ARTICLES)]
    for n in range(_FILES):
        path = archive / f"year={2023 + n % 2}" / f"{n:02}.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = "".join(f"{json.dumps(row)}\n" for row in rows[n * _ARTICLES : (n + 1) * _ARTICLES])
        path.write_text(text + ("{\n" if n % 10 == 0 else ""), encoding="utf-8")


def _command(archive: Path, out: Path, options: argparse.Namespace) -> list[str]:
    more = ["--format", options.format, "--jobs", str(options.jobs)]
    return [sys.executable, "-m", "sayso", "annotate", archive.name, "--out", f"{out.name}/", *more]


def _run(archive: Path, out: Path, options: argparse.Namespace) -> float:
    start = time.monotonic()
    subprocess.run(_command(archive, out, options), cwd=archive.parent, stderr=subprocess.DEVNULL, check=False)
    return time.monotonic() - start


def _run_and_kill(archive: Path, out: Path, options: argparse.Namespace, after: float) -> int:
    command, before = _command(archive, out, options), set(_begun(out, options))
    with subprocess.Popen(command, cwd=archive.parent, stderr=subprocess.DEVNULL) as running:
        while running.poll() is None and set(_begun(out, options)) <= before:
            time.sleep(0.01)
        time.sleep(after)
        running.kill()
        return running.wait()


def _begun(out: Path, options: argparse.Namespace) -> Iterator[Path]:
    return out.rglob(f".*.{options.format}.*.part")


def _contents(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file() and _is_result(path)
    }


def _is_result(path: Path) -> bool:
    return "_sayso" not in path.parts


if __name__ == "__main__":
    sys.exit(main())
