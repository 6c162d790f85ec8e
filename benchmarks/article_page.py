"""Measure how long the page of an article takes: on the server, and in Chromium from a key until it is painted.

Run ``python benchmarks/article_page.py [--sentences 60] [--presses 30]``.
"""

import argparse
import http.client
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from sayso.data.articles.sentences import in_sentences
from sayso.data.project.project import Project
from sayso.data.project.records import key_of
from sayso.data.records import Article, LabelledArticle
from sayso.train.serve.app import make_app
from sayso.train.serve.desk import Desk
from sayso.train.serve.guard import Door
from sayso.train.serve.server import Server, listen

sys.path.append(str(Path(__file__).parent.parent / "tests"))
from browser import CHROMIUMS, Browser

SENTENCES = (
    "The ferry stayed in port, the harbour office said.",
    "“We cannot heat a ship that leaks,” said Ilya Brandt.",
    "Nobody has painted the pier since March.",
    "One crossing in four was cancelled, according to the Velmar Institute.",
)
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


def article_of(n: int) -> LabelledArticle:
    """Make an article of n sentences, none of them like another."""
    said = [f"{SENTENCES[i % len(SENTENCES)][:-1]} on day {i + 1}." for i in range(n)]
    paragraphs = [" ".join(said[i : i + 4]) for i in range(0, n, 4)]
    return in_sentences(Article("long", "\n\n".join(paragraphs), title="The ferry"))


def told(name: str, times: Sequence[float]) -> None:
    """Print a row of times in milliseconds."""
    ranked = sorted(times)
    print(f"{name:42} median {statistics.median(ranked):6.1f} ms  most {ranked[-1]:6.1f} ms  ({len(ranked)} times)")


def first_paint(door: Door, key: str, times: int = 20) -> None:
    """Ask for the page again and again."""
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", door.port)
        connection.request("GET", f"/article/{key}", headers={"X-Sayso-Token": door.token})
        body = connection.getresponse().read()
        taken.append(1000 * (time.perf_counter() - begin))
    print(f"size of the page: {len(body):,} bytes")
    print(f"the first time, with the models: {taken[0]:.1f} ms")
    told("page of the article, on the server", taken[1:])


def presses(door: Door, key: str, folder: Path, n: int) -> None:
    """Press keys that label, and time each until its frame is painted."""
    program = next(found for name in CHROMIUMS if (found := shutil.which(name)))
    browser = Browser(program, folder)
    try:
        page = browser.open(door.address, 1400, 900)
        page.go(f"http://127.0.0.1:{door.port}/article/{key}")
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
    """Measure both."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sentences", type=int, default=60)
    parser.add_argument("--presses", type=int, default=30)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Project.open(Path(folder) / "project", "me", tell=print) as project:
        key = key_of(project.add([article_of(asked.sentences)])[0])
        desk = Desk(project)
        desk.annotator()
        listening = listen("127.0.0.1", 0)
        door = Door(listening.getsockname()[1])
        server = Server(make_app(desk, door))
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            first_paint(door, key)
            presses(door, key, Path(folder) / "chromium", asked.presses)
        finally:
            server.should_exit = True
            thread.join()


if __name__ == "__main__":
    main()
