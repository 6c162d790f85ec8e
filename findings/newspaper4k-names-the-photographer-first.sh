#!/usr/bin/env bash
# newspaper4k 0.9.6, `authors`: a role behind the name is one more author ("health editor"). Where a photographer, or the writer of another story that the
# page links to, stands in an element of class "author" and the byline in one of class "byline", both are authors, and the wrong one comes first
# wherever it stands. "Tom Lee & Ida Moss" is one author. A byline "By Ana Ruiz in Sorrel for the Kerrow Post" and a meta tag "Ruiz, Ana" give nobody.
# The address of a profile becomes two authors, the site and the last part of the path. Counts of bylines, and folds by author, are wrong
# without a warning. A name in JSON-LD alone is read correctly. Exit 0: as described. Exit 1: something has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check newspaper4k==0.9.6
env/bin/python -W ignore - <<'PY'
import sys

from newspaper import Article

STORY = "<p>The quay will close for a month, the harbour board said, after a crack was found in its wall. The boats will land at Sorrel until May.</p>" * 3
BYLINE = '<p class="byline">By Ana Ruiz</p>'
RELATED = '<aside><a href="/fish">Fish are back</a> <span class="author">By Zed Crow</span></aside>'
PICTURE = '<figure><img src="quay.jpg"><figcaption>The quay. Photo: <span class="author">Zed Crow</span></figcaption></figure>'
JSON_LD = '{"@context": "https://schema.org", "@type": "NewsArticle", "author": [{"@type": "Person", "name": "Jan van den Berg"}]}'
PAGES = {
    "role": ("", '<p class="byline">By Ana Ruiz, health editor</p>', ["Ana Ruiz", "health editor"]),
    "picture": ("", PICTURE + BYLINE, ["Zed Crow", "Ana Ruiz"]),
    "related story": ("", BYLINE + STORY + RELATED, ["Zed Crow", "Ana Ruiz"]),
    "three": ("", '<p class="author">Ana Ruiz, Tom Lee &amp; Ida Moss</p>', ["Ana Ruiz", "Tom Lee & Ida Moss"]),
    "place": ("", '<p class="byline">By Ana Ruiz in Sorrel for the Kerrow Post</p>', []),
    "last name first": ('<meta name="author" content="Ruiz, Ana">', "", []),
    "profile": ('<meta property="article:author" content="https://news.example/people/ana-ruiz">', "", ["news.example", "ana-ruiz"]),
    "JSON-LD": (f'<script type="application/ld+json">{JSON_LD}</script>', "", ["Jan van den Berg"]),
}
holds = True
for name, (head, body, expected) in PAGES.items():
    article = Article("https://news.example/quay")
    html = f"<html lang='en'><head><title>Quay to close</title>{head}</head><body><article><h1>Quay to close</h1>{body}{STORY}</article></body></html>"
    article.download(input_html=html)
    article.parse()
    print(f"{name}: {article.authors}")
    holds &= article.authors == expected
sys.exit(0 if holds else 1)
PY
