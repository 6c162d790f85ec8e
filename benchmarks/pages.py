"""Whether the pages of real articles are quiet, fit, and can be read, in Chromium at three widths, light, dark and print.

Usage: python benchmarks/pages.py SHARED [N]: SHARED holds articles/news-500.jsonl; N of them, spread over it, are looked at.
"""

import importlib.util
import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from sayso.classify.annotation.annotator import load_annotator
from sayso.classify.output.html import N_WHY
from sayso.classify.pages.article_page import article_page
from sayso.data.articles.files import read_articles

WIDTHS = (400, 800, 1400)
FORTY = 40
KINDS = ("requests", "complaints", "too wide", "faint texts")


def browser_class() -> Any:
    """Take the browser that the tests use."""
    path = Path(__file__).parents[1] / "tests" / "conftest.py"
    spec = importlib.util.spec_from_file_location("browser_of_tests", path)
    if spec is None or spec.loader is None:
        sys.exit(f"{path}: missing.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Browser


def main(shared: Path, n: int) -> None:
    """Print what is wrong, by kind, and how large the pages are."""
    articles = list(read_articles([str(shared / "articles" / "news-500.jsonl")]))
    chosen = articles[:: max(len(articles) // n, 1)][:n]
    annotator = load_annotator()
    wrong = dict.fromkeys(KINDS, 0)
    sizes, looks = [], 0
    with tempfile.TemporaryDirectory() as folder:
        browser = browser_class()(shutil.which("chromium"), Path(folder) / "profile")
        for number, article in enumerate(chosen):
            annotated = annotator.annotate(article, n_why=N_WHY)
            path = Path(folder) / f"{number}.html"
            path.write_bytes(article_page(article, annotated).encode())
            sizes.append((len(annotated), path.stat().st_size))
            for width in WIDTHS:
                for about in ({"scheme": "light"}, {"scheme": "dark"}, {"media": "print"}):
                    page = browser.open(path, width, 900, **about)
                    found = page.requests(), page.errors(), [0] * (page.overflow() > 0), page.low_contrast()
                    for kind, seen in zip(KINDS, found, strict=True):
                        wrong[kind] += len(seen)
                        for one in seen:
                            print(f"{article.id} at {width} {about}: {kind}: {one}")
                    looks += 1
        browser.close()
    print(f"{len(chosen)} articles, {looks} looks: " + ", ".join(f"{kind} {count}" for kind, count in wrong.items()))
    each = statistics.linear_regression(*zip(*sizes, strict=True)) if len(sizes) > 1 else None
    print(f"largest page: {max(size for _, size in sizes) / 1024:.0f} KiB")
    if each:
        print(f"a page of {FORTY} sentences, by regression: {(each.intercept + FORTY * each.slope) / 1024:.0f} KiB")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) == 3 else 5)
