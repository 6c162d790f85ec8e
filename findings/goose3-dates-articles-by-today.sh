#!/usr/bin/env bash
# goose3 3.1.22: for `<time datetime="2021-03-04T08:00:00Z">4 March</time>` the date is not the attribute's: goose3 reads the words that are shown, and takes
# what they lack from the day on which it runs. So the article is of 4 March this year; with "Thursday" it is of the next Thursday, in the future;
# with "8 am" of today; with "March 2021" of today's day of that March. "04.03.2021" is 3 April, though dates with full stops have
# the day first. A corpus read again next year has other dates. newspaper4k 0.9.6 takes the attribute, for all of them.
# With itemprop="datePublished" goose3 takes the attribute too. Exit 0: as described. Exit 1: something has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check goose3==3.1.22 newspaper4k==0.9.6
env/bin/python -W ignore - <<'PY'
import sys
from datetime import date, timedelta

from goose3 import Goose
from newspaper import Article

STORY = "<p>The quay will close for a month, the harbour board said, after a crack was found in its wall. The boats will land at Sorrel until May.</p>" * 3
SHOWN = ("4 March", "Thursday", "8 am", "March 2021", "04.03.2021")


def page(words, more=""):
    time = f'<time {more} datetime="2021-03-04T08:00:00Z">{words}</time>'
    return f'<html lang="en"><head><title>Quay to close</title></head><body><article><h1>Quay to close</h1>{time}{STORY}</article></body></html>'


def by_goose(html):
    return Goose().extract(raw_html=html).publish_datetime_utc.date()


def by_newspaper(html):
    article = Article("https://news.example/quay")
    article.download(input_html=html)
    article.parse()
    return article.publish_date.date()


today, right = date.today(), date(2021, 3, 4)
found = {words: by_goose(page(words)) for words in SHOWN}
others = {by_newspaper(page(words)) for words in SHOWN} | {by_goose(page(words, 'itemprop="datePublished"')) for words in SHOWN}
for words, day in found.items():
    print(f"{words}: goose3 {day}")
print("newspaper4k, and goose3 with itemprop:", *others)
thursday = today + timedelta((3 - today.weekday()) % 7)
expected = [date(today.year, 3, 4), thursday, today, date(2021, 3, today.day), date(2021, 4, 3)]
sys.exit(0 if list(found.values()) == expected and others == {right} else 1)
PY
