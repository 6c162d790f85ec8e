#!/usr/bin/env bash
# feedparser 6.0.14: where a feed's item has media:description (the caption of its picture) before description, `summary` is the
# caption and the story stands in `content`; the other way round the caption stands in `content`. A reader that takes either by
# name annotates captions. A date with the zone CET is taken for UTC, and words in angle brackets vanish.
# Exit 0: as described. Exit 1: something has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check feedparser==6.0.14
env/bin/python - <<'PY'
import sys

import feedparser

CAPTION = "<media:description>The quay at dawn.</media:description>"
STORY = "<description>The port office closed the quay for a month.</description>"
FEED = (
    '<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Kerrow Post</title>'
    "<item><title>Quay</title>{}<pubDate>Mon, 03 Feb 2031 00:30:00 CET</pubDate></item></channel></rss>"
)


def texts(first, second):
    entry = feedparser.parse(FEED.format(first + second)).entries[0]
    return entry.summary, [part.value for part in entry.get("content", [])], entry


before = texts(CAPTION, STORY)
after = texts(STORY, CAPTION)
print("caption first: summary", repr(before[0]), "content", before[1])
print("story first:   summary", repr(after[0]), "content", after[1])
hour = after[2].published_parsed.tm_hour, after[2].published_parsed.tm_mday
print("00:30 CET on the 3rd as UTC:", hour)
angle = feedparser.parse(FEED.format("<description>A clerk &lt;unnamed&gt; said no.</description>")).entries[0].summary
print("A clerk <unnamed> said no. ->", repr(angle))
holds = (
    before[0] == "The quay at dawn."
    and before[1] == ["The port office closed the quay for a month."]
    and after[0] == "The port office closed the quay for a month."
    and after[1] == ["The quay at dawn."]
    and hour == (0, 3)
    and "unnamed" not in angle
)
sys.exit(0 if holds else 1)
PY
