#!/usr/bin/env bash
# htmldate 1.11.0, which trafilatura asks for a page's date: with its defaults the year of a copyright line, or a day that
# the story tells of, becomes the day of the article; and the day of the last update is taken before that of publication.
# With extensive_search=False and original_date=True the answer is the right day, or none.
# Exit 0: as described. Exit 1: something has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check htmldate==1.11.0
env/bin/python - <<'PY'
import sys

from htmldate import find_date

FOOTER = "<html><body><article><p>The quay will close for a month.</p></article><footer>© 2019 Kerrow Post</footer></body></html>"
STORY = "<html><body><article><p>The bridge, which fell on 4 May 2016, will not be built again.</p></article></body></html>"
UPDATED = (
    '<html><head><meta property="article:published_time" content="2021-03-04T08:00:00Z">'
    '<meta property="article:modified_time" content="2021-03-09T08:00:00Z"></head>'
    "<body><p>The quay will close.</p></body></html>"
)
rows = []
for name, page in (("footer", FOOTER), ("story", STORY), ("updated", UPDATED)):
    usual = find_date(page)
    strict = find_date(page, extensive_search=False, original_date=True)
    rows.append((usual, strict))
    print(f"{name}: by default {usual}; extensive_search=False, original_date=True {strict}")
expected = [("2019-01-01", None), ("2016-05-04", None), ("2021-03-09", "2021-03-04")]
sys.exit(0 if rows == expected else 1)
PY
