#!/usr/bin/env bash
# markdown-it-py 4.3.0: a paragraph of an article that begins with a year and a full stop is a numbered list by CommonMark, so that the year is no
# word of the text; `2*3*4` loses its signs, and a word in angle brackets is a tag. The number is kept apart, in the list's attributes and the
# token's `info`: a reader of articles has to put it back.
# Exit 0: as described. Exit 1: something has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check markdown-it-py==4.3.0
env/bin/python - <<'PY'
import sys

from markdown_it import MarkdownIt

seen = {}
for text in ("1984. That was the year of the flood.", "The bill was 2*3*4 crowns.", "A clerk <unnamed> said no."):
    tokens = MarkdownIt().parse(text)
    words = [child.content for token in tokens for child in token.children or [] if child.type == "text"]
    kinds = [token.type for token in tokens][:1] + [c.type for t in tokens for c in t.children or [] if c.type == "html_inline"]
    seen[text] = ("".join(words), kinds)
    print(repr(text), "->", *seen[text])
start = MarkdownIt().parse("1984. That was the year of the flood.")[0].attrs
print("the year stands in", start)
expected = [
    ("That was the year of the flood.", ["ordered_list_open"]),
    ("The bill was 234 crowns.", ["paragraph_open"]),
    ("A clerk  said no.", ["paragraph_open", "html_inline"]),
]
sys.exit(0 if list(seen.values()) == expected and start == {"start": 1984} else 1)
PY
