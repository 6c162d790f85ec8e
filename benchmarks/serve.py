"""Measure the local page: how soon a large project opens, how long changes and pages take, and keys in Chromium.

Run ``python benchmarks/serve.py [PLACE] [--sentences 50000] [--times 5] [--presses 30]``. The project is made in PLACE,
where it is used again the next time; without PLACE it is made anew and removed. Times are those of the clock; in brackets
stand seconds of the processor, which a busy machine changes less.
"""

import argparse
import http.client
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sayso.data.articles.sentences import in_sentences
from sayso.data.project.project import Project
from sayso.data.project.records import key_of
from sayso.data.records import Article, LabelledArticle

sys.path.append(str(Path(__file__).parent.parent / "tests"))
from browser import CHROMIUMS, Browser

SENTENCES = (
    "The ferry stayed in port, the harbour office said.",
    "“We cannot heat a ship that leaks,” said Ilya Brandt.",
    "Nobody has painted the pier since March.",
    "One crossing in four was cancelled, according to the Velmar Institute.",
)
_LONG, _USUAL = 60, 30  # sentences of an article
_AT_ONCE = 200  # changes
_BETWEEN = 0.2  # seconds: a quick person
TIMED = """new Promise((done) => {
  window.times = [];
  document.addEventListener("keydown", () => {
    const pressed = performance.now();
    requestAnimationFrame(() => { const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => times.push(performance.now() - pressed); port2.postMessage(0); });
  }, { capture: true });
  done(1);
})"""


def article_of(name: str, n: int) -> LabelledArticle:
    """Make an article of n sentences, none of them like another."""
    said = [f"{SENTENCES[i % len(SENTENCES)][:-1]} on day {i + 1}." for i in range(n)]
    paragraphs = [" ".join(said[i : i + 4]) for i in range(0, n, 4)]
    return in_sentences(Article(name, "\n\n".join(paragraphs), title=f"The ferry ({name})"))


def make_project(folder: Path, n_sentences: int) -> None:
    """Make a project of usual articles, and one that is longer."""
    one = article_of("usual", _USUAL)
    usual = (
        replace(one, article=replace(one.article, id=f"article {i}", title=f"The ferry ({i})"))
        for i in range((n_sentences - _LONG) // _USUAL)
    )
    with Project.open(folder, "me", tell=print) as project:
        project.add([article_of("long", _LONG), *usual])


class Running:
    """A server in a process of its own."""

    def __init__(self, folder: Path) -> None:
        begin = time.perf_counter()
        command = [sys.executable, "-m", "sayso", "serve", str(folder), "--no-browser", "--port", "0"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.address = (self.process.stdout.readline() if self.process.stdout else "").strip()
        parts = urlsplit(self.address)
        self.port, self.token = parts.port or 0, parse_qs(parts.query)["token"][0]
        self.seconds = time.perf_counter() - begin

    def ask(self, path: str, values: Any = None) -> bytes:
        """Ask for something, or send values."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        headers = {"X-Sayso-Token": self.token, "X-Sayso": "1"}
        connection.request(*(("GET", path, None) if values is None else ("POST", path, json.dumps(values))), headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status} {body[:200]!r}")
        return body

    def processor(self) -> float:
        """Give the seconds of the processor that the process has taken; 0 where the system does not tell."""
        with suppress(OSError):
            fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return 0.0

    def end(self) -> None:
        """Stop it as Ctrl-C does."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait()


@contextmanager
def running(folder: Path) -> Iterator[Running]:
    """Start a server, and stop it."""
    server = Running(folder)
    try:
        yield server
    finally:
        server.end()


def told(name: str, milliseconds: Sequence[float], more: str = "") -> None:
    """Print a row of times."""
    ranked = sorted(milliseconds)
    print(f"{name:52} median {statistics.median(ranked):7.1f} ms  most {ranked[-1]:7.1f} ms  ({len(ranked)} times){more}")


def timed(work: Callable[[], object]) -> float:
    """Give how many milliseconds something takes."""
    begin = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begin)


def opening(folder: Path, times: int) -> None:
    """Start the command again and again, until the first page is there."""
    starts, first, processor = [], [], []
    for _ in range(times):
        with running(folder) as server:
            starts.append(1000 * server.seconds)
            first.append(starts[-1] + timed(lambda: server.ask("/")))
            processor.append(server.processor())
    told("from the command to the address", starts)
    told("from the command to the whole first list", first, f" [{statistics.median(processor):.2f} s]")


def changing(server: Running, long: str, times: int) -> None:
    """Change labels one after the other, then many at once in other articles."""
    kinds = ("quote", "narrative")

    def change(key: str, n: int, kind: str) -> object:
        return server.ask("/api/change", {"key": key, "n": n, "set": {"kind": kind}})

    told("one change, on disk", [timed(lambda i=i: change(long, 2, kinds[i % 2])) for i in range(2 * times)])
    keys = [key_of(f"article {i}") for i in range(_AT_ONCE)]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        taken = timed(lambda: list(pool.map(lambda key: change(key, 0, "official_claim"), keys)))
    print(f"{f'{_AT_ONCE} changes at once, all on disk':52} {taken:14.1f} ms")


def painting(server: Running, key: str, times: int) -> None:
    """Ask for the page of an article again and again."""
    print(f"{'page of an article, while the models are loaded':52} {timed(lambda: server.ask(f'/article/{key}')):14.1f} ms")
    told(
        f"page of {_LONG} sentences, on the server", [timed(lambda: server.ask(f"/article/{key}")) for _ in range(4 * times)]
    )
    told("list of articles", [timed(lambda: server.ask("/")) for _ in range(4 * times)])


def pressing(server: Running, key: str, folder: Path, n: int) -> None:
    """Press keys that label, and time each until its frame is painted."""
    program = next((found for name in CHROMIUMS if (found := shutil.which(name))), None)
    if program is None:
        print("no Chromium here; keys are not measured")
        return
    browser = Browser(program, folder)
    try:
        page = browser.open(server.address, 1400, 900)
        page.go(f"http://127.0.0.1:{server.port}/article/{key}")
        page.until("document.documentElement.classList.contains('ready')")
        page.press("ArrowDown")
        page.evaluate(TIMED)
        for i in range(n):
            for pressed in ("qoin"[i % 4], "j"):
                page.press(pressed)
                time.sleep(_BETWEEN)
        page.until(f"times.length >= {2 * n}")
        times = page.evaluate("times")
        told("a key that labels, until it is painted", times[::2])
        told("a key that moves, until it is painted", times[1::2])
    finally:
        browser.close()


def main() -> None:
    """Measure all of it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("place", type=Path, nargs="?")
    parser.add_argument("--sentences", type=int, default=50_000)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--presses", type=int, default=30)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = (asked.place or Path(temporary)) / "project"
        if not folder.exists():
            make_project(folder, asked.sentences)
        print(f"load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
        opening(folder, asked.times)
        with running(folder) as server:
            key = key_of("long")
            server.ask("/")
            painting(server, key, asked.times)
            changing(server, key, asked.times)
            pressing(server, key, Path(temporary) / "chromium", asked.presses)


if __name__ == "__main__":
    main()
