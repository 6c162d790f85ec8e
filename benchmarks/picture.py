"""Make the picture of the annotated page in the README: docs/images/article.png, of examples/vessen.html, in Chromium.

Usage: python benchmarks/picture.py
"""

import base64
import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
SIZE = (1120, 700)
COLOURS = 128  # enough for text on tints; makes the file a third as large
OPEN_THE_PANEL = "document.querySelector('article [data-n=\"2\"] a').focus({preventScroll: true})"
SCROLL = "window.scrollTo(0, document.querySelector('article').getBoundingClientRect().top - 20)"


def save_small(data: bytes, path: Path) -> None:
    """Save a picture with few colours."""
    from PIL import Image

    path.parent.mkdir(exist_ok=True)
    Image.open(io.BytesIO(data)).convert("RGB").quantize(COLOURS).save(path, optimize=True)


def main() -> None:
    """Annotate the example, open the panel of a sentence, and save what the window shows."""
    sys.path.insert(0, str(ROOT / "tests"))
    from browser import CHROMIUMS, Browser

    program = next((found for name in CHROMIUMS if (found := shutil.which(name))), None)
    if program is None:
        sys.exit("Chromium is missing; install it, for example with: apt-get install chromium")
    picture = ROOT / "docs" / "images" / "article.png"
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "article.html"
        command = [sys.executable, "-m", "sayso", "annotate", str(ROOT / "examples" / "vessen.html"), "--out", str(page)]
        subprocess.run(command, check=True)
        browser = Browser(program, Path(folder) / "profile")
        try:
            shown = browser.open(page, *SIZE)
            shown.evaluate(SCROLL)
            shown.evaluate(OPEN_THE_PANEL)
            data = shown.call("Page.captureScreenshot")["data"]
            save_small(base64.b64decode(data), picture)
        finally:
            browser.close()
    print(f"{picture.relative_to(ROOT)}: {picture.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
