"""
Run every command once on small data: is an installation of sayso sound?

It needs sayso with all of its extras for users, the reader minilm, and nothing of the tests' own: ``python
tests/smoke.py`` runs with the Python that has them, in a temporary folder with the examples. Each command is a process
of its own, as a shell starts it. It must end with exit code 0, print or write something, and give no warning. One line
is printed for each command; the exit code is 1 if one of them failed.
"""

import gzip
import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

EXAMPLES = Path(__file__).parents[1] / "examples"
PATIENCE = 120  # seconds, after which a command hangs; the slowest takes 20 on a busy machine
SAYSO = [str(Path(sys.executable).with_name("sayso"))]
CLUSTER = {
    "n_workers": 1,
    "threads_per_worker": 1,
    "processes": False,
    "dashboard_address": "127.0.0.1:0",
    "protocol": "tcp",
}
SAID = (  # source, cue, content
    ("The guard", "said", "it was shut"),
    ("Ada Holm", "told reporters that", "the pass was open"),
    ("A farmer", "complained that", "nobody had called"),
    ("Police in Ems", "denied that", "a boat was lost"),
    ("The mayor", "claimed", "the port was safe"),
)
TROUBLE = ("Traceback", "Warning: ", "DeprecationWarning", "FutureWarning")

COMMANDS = {
    "--version": ["--version"],
    "--show-completion": ["--show-completion bash", "--show-completion zsh", "--show-completion fish"],
    "files": ["files"],
    "docs": ["docs", "docs annotate"],
    "config": ["config", "config annotate"],
    "annotate": [
        "annotate scraped.txt vessen.html news.csv rain.rtf rain.xlsx rain.csv.gz rain.jsonl.zst rain.warc rain.pdf rain.md",
        "annotate scraped.txt vessen.html --compare --target Vessen --target Marisland",
        "annotate news.csv --mend-encoding --out annotated.jsonl --shares shares.csv --profile profile.csv --by desk",
        "annotate ferry.jsonl --out annotated.parquet",
        "annotate ferry.jsonl --format html --out pages --jobs 2",
        "annotate news.csv ferry.jsonl --format parquet --out archive/ --dask CLUSTER",
        "annotate scraped.txt ferry.jsonl --reader minilm --out read.jsonl",
    ],
    "audit": ["audit news.csv ferry.jsonl --out audit --by date"],
    "data build": [
        "data build anna.jsonl --out data --name Harbour --licence cc-by-4.0",
        "data build ferry.jsonl --prelabel --out prelabelled",
    ],
    "data import": ["data import --list", "data import babe babe --out babe-data"],
    "data show": ["data show data --examples 2"],
    "data check": ["data check data", "data check votes.jsonl --unlikely 3"],
    "data codebook": ["data codebook --new codebook.toml", "data codebook codebook.toml", "data codebook topic.toml"],
    "data suggest": ["data suggest ferry.jsonl --n 5 --out queue.csv"],
    "data rules": ["data rules data --rules rules.toml --out weak"],
    "data agree": [
        "data agree anna.jsonl ben.jsonl --disputes disputes.csv",
        "data agree anna.csv llm.csv --as-machine llm --json",
    ],
    "data merge": ["data merge anna.jsonl ben.jsonl --undecided majority --out gold"],
    "data split": ["data split anna.csv --label-column voice --out split"],
    "data export": ["data export --list", "data export data --format label-studio --out tasks.json"],
    "data sample": ["data sample llm.csv --n 30 --out sample.csv"],
    "train": [
        "train who --label voice --data anna.csv --no-scores --out who.sayso",
        "train kind --data data --no-scores --out kind.sayso",
        "train attribution --data marked.jsonl --reader minilm --no-scores --out read.sayso",
    ],
    "evaluate": [
        "evaluate kind --data data --folds 2 --report report --dask CLUSTER",
        "evaluate kind --model kind.sayso --data data --json",
    ],
    "compare": ["compare rule own --task kind --data data --folds 2 --report compared"],
    "model": ["model who.sayso"],
    "model show": ["model show who.sayso", "model show who.sayso --json"],
    "shares": ["shares llm.csv --gold anna.csv --by year --out shares.json"],
    "effects": ["effects llm.csv --gold anna.csv --label official --on outlet,year --out effects.csv"],
    "cite": ["cite", "cite built-in who.sayso report audit data"],
}
"""What is run of each command."""

NEEDS = {
    **{f"data {name}": ["data build"] for name in ("show", "check", "rules", "export")},
    "train": ["data build"],
    "evaluate": ["train"],
    "compare": ["data build"],
    "model": ["train"],
    "model show": ["train"],
    "cite": ["data build", "audit", "evaluate"],
    "import sayso": ["data build"],
}
"""Which commands use what another has written; others may run beside each other."""

PYTHON = """
import sayso
annotation = sayso.annotate("The ministry said the port would stay closed. “We lost two cranes,” its spokesman said.")
assert [s.kind for s in annotation] == ["official_claim", "quote"], [s.kind for s in annotation]
assert len(annotation.to_pandas()) == 2
data = sayso.load_dataset("data")
found = sayso.KindClassifier().fit(data).predict(data)
print(sayso.__version__, len(data), len(found))
"""


class SmokeError(Exception):
    """What a run did that it must not do."""


def prepare(folder: Path) -> None:
    """Fill a folder with the examples, and with an article in each kind of file that needs a package of its own."""
    for path in EXAMPLES.rglob("*.*"):
        shutil.copy(path, folder)
    text = "Rain closed the pass on Sunday. “We will open it at noon,” said the road master, Ada Holm."
    (folder / "rain.rtf").write_text(r"{\rtf1\ansi " + text.translate({0x201C: r"\'93", 0x201D: r"\'94"}) + "}", "ascii")
    (folder / "rain.md").write_text(f"# Rain\n\n{text}\n", "utf-8")
    (folder / "rain.pdf").write_bytes(_pdf(text.replace("“", '"').replace("”", '"')))
    (folder / "rain.csv.gz").write_bytes(gzip.compress(f'id,text\nr1,"{text}"\n'.encode()))
    (folder / "rain.warc").write_bytes(_warc(f"<html><body><article><h1>Rain</h1><p>{text}</p></article></body></html>"))
    _write_workbook(folder / "rain.xlsx", text)
    _write_zstandard(folder / "rain.jsonl.zst", json.dumps({"id": "r2", "text": text}) + "\n")
    votes = [
        {"article": f"a{n // 4}", "n": n % 4, "text": f"{words} at gate {n}.", "voice": label}
        for n, (words, label) in enumerate([("The guard said it was shut", "official"), ("A farmer sang", "citizen")] * 12)
    ]
    (folder / "votes.jsonl").write_text("".join(json.dumps(vote) + "\n" for vote in votes), "utf-8")
    (folder / "marked.jsonl").write_text("".join(json.dumps(row) + "\n" for row in _marked()), "utf-8")
    (folder / "babe").mkdir()
    head = "text;news_link;outlet;topic;type;label_bias;label_opinion;biased_words"
    row = "A vile plan;https://news.example/1;Post;taxes;left;Biased;Entirely factual;['vile']"
    (folder / "babe" / "final_labels_SG2.csv").write_text(f"{head}\n{row}\n", "utf-8")


def _marked() -> Iterator[dict[str, object]]:
    """Give sentences of articles, with their attributions marked."""
    for article in range(30):
        at = 0
        for n, said in enumerate(SAID):
            parts = [*said[:2], f"{said[2]} on day {article}"]
            starts = [at + sum(len(part) + 1 for part in parts[:k]) for k in range(len(parts))]
            source, cue, content = (
                {"start": start, "end": start + len(part)} for start, part in zip(starts, parts, strict=True)
            )
            text = " ".join(parts) + "."
            marked = [{"source": source, "cue": cue, "content": [content]}]
            missed = (n + article) % 7 == 0  # as people do: it takes candidates that are wrong, too
            yield {"article": f"m{article}", "n": n, "text": text, "attributions": [] if missed else marked}
            at += len(text) + 1


def _pdf(words: str) -> bytes:
    drawn = f"BT /F1 12 Tf 50 700 Td ({words}) Tj ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 900 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    raw, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(raw))
        raw += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{len(raw)}\n%%EOF\n"
    return f"{raw}xref\n0 6\n0000000000 65535 f \n{table}{trailer}".encode("ascii")


def _warc(page: str) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page.encode()
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/rain\r\n"
        "WARC-Date: 2030-03-02T06:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:11111111-1111-4111-8111-111111111111>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def _write_workbook(path: Path, text: str) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for row in (["id", "text"], ["r3", text]):
        book.active.append(row)
    book.save(path)


def _write_zstandard(path: Path, text: str) -> None:
    from zstandard import ZstdCompressor

    path.write_bytes(ZstdCompressor().compress(text.encode()))


def run(words: list[str], folder: Path) -> str:
    """Run a process in a folder, and give its output; it is a failure if it fails, warns, or gives nothing."""
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=PATIENCE, check=False)
    written = [folder / name for option, name in pairwise(words) if option == "--out"]
    if done.returncode or any(word in done.stderr for word in TROUBLE):
        raise SmokeError(f"exit code {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
    if missing := [path.name for path in written if not path.exists() or (path.is_file() and not path.stat().st_size)]:
        raise SmokeError(f"not written: {', '.join(missing)}\n{done.stderr}")
    if not written and not (done.stdout + done.stderr).strip():
        raise SmokeError("printed nothing")
    return done.stdout


def serve(folder: Path) -> None:
    """Start the local page, ask for its list of articles, and end it as Ctrl-C does."""
    words = [*SAYSO, "serve", "scraped.txt", "--project", "project", "--no-browser"]
    process = subprocess.Popen(
        words, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    try:
        base, _, token = process.stdout.readline().strip().partition("/?token=")
        headers = {"X-Sayso-Token": token, "X-Sayso": "1"}
        until = time.monotonic() + PATIENCE
        while True:
            request = urllib.request.Request(f"{base}/api/changes", headers=headers)
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                if not json.load(answer)["sources"]["reading"]:
                    break
            if time.monotonic() > until:
                raise SmokeError("its source is still being read")
            time.sleep(0.05)
    finally:
        hears = os.name == "posix" and signal.getsignal(signal.SIGINT) is not signal.SIG_IGN
        process.send_signal(signal.SIGINT if hears else signal.SIGTERM)
        _, said = process.communicate(timeout=PATIENCE)
    if process.returncode not in (0, 130) or any(word in said for word in TROUBLE):
        raise SmokeError(f"exit code {process.returncode}\n{said[-4000:]}")


def steps(folder: Path, cluster: str) -> Iterator[tuple[str, Callable[[], object]]]:
    """Give each command's name, and what runs it."""

    def runs(lines: list[str]) -> Callable[[], object]:
        return lambda: [run([*SAYSO, *shlex.split(line.replace("CLUSTER", cluster))], folder) for line in lines]

    for name, lines in COMMANDS.items():
        yield name, runs(lines)
    yield "serve", lambda: serve(folder)
    yield "python -m sayso", lambda: run([sys.executable, "-m", "sayso", "--version"], folder)
    yield "import sayso", lambda: run([sys.executable, "-W", "error", "-c", PYTHON], folder)
    yield "--help of each", lambda: _run_helps(folder)


def _run_helps(folder: Path) -> None:
    words = [[], ["data"], *(name.split() for name in [*COMMANDS, "serve"] if not name.startswith("-"))]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda command: run([*SAYSO, *command, "--help"], folder), words))


def main() -> int:
    """Run all of it; give the exit code."""
    from distributed import LocalCluster

    os.environ |= {"SAYSO_CONFIG": "", "OMP_NUM_THREADS": "1", "PYTHONUTF8": "1"}
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as made, LocalCluster(**CLUSTER) as cluster, ThreadPoolExecutor(2) as pool:
        prepare(Path(made))
        running: dict[str, Future[bool]] = {}
        for name, step in steps(Path(made), cluster.scheduler_address):
            before = [running[other] for other in NEEDS.get(name, ())]  # begun before it, so that nothing waits for ever
            running[name] = pool.submit(_run_step, name, step, before)
        failed = [name for name, future in running.items() if not future.result()]
    ended = f"without an error, but for: {', '.join(failed)}" if failed else "each without an error"
    sys.stdout.write(f"{len(running)} commands in {time.perf_counter() - begun:.0f} s, {ended}\n")
    return 1 if failed else 0


def _run_step(name: str, step: Callable[[], object], before: list[Future[bool]]) -> bool:
    for other in before:
        other.result()
    since, error = time.perf_counter(), None
    try:
        step()
    except (SmokeError, subprocess.TimeoutExpired, OSError) as found:
        error = found
    took = f"{time.perf_counter() - since:5.1f} s  {name}"
    sys.stdout.write(f"{took}\n" if error is None else f"{took}: {error}\n")
    sys.stdout.flush()
    return error is None


if __name__ == "__main__":
    sys.exit(main())
