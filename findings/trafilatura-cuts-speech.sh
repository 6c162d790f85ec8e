#!/usr/bin/env bash
# trafilatura 2.3.1: <q>, <time> and <s> inside a paragraph change what the paragraph says.
#   <q>: no quotation marks come out, and the line ends where the quotation ends;
#   <time>: its words vanish from the middle of the sentence;
#   <s>, <del>: struck words are read as if they stood.
# A reader of quotations has to mend the tree before extraction: marks for <q>, <time> unwrapped, struck words out.
# Exit 0: as described. Exit 1: something has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check trafilatura==2.3.1 lxml_html_clean==0.4.6
cat > page.html <<'HTML'
<html><head><title>Ferry</title></head><body><article>
<p>The harbour of Kerrow will close for a month while divers mend the northern quay, the port office told shipping lines in a letter.</p>
<p>The pilot, Una Brack, said <q>we have waited nine years for this</q> and went back to her boat before anybody could ask her more.</p>
<p>On <time datetime="2031-02-03">Monday</time> the mayor said the town would pay half of the bill, and that the other half was the state's to find.</p>
<p>The port will pay <s>nine</s> four million crowns to the yard, by a contract that both of them had signed before the winter storms.</p>
</article></body></html>
HTML
env/bin/python - <<'PY'
import sys
import trafilatura

text = trafilatura.extract(open("page.html", encoding="utf-8").read()) or ""
print(text)
seen = {
    "<q> gives no marks": "said “we" not in text and 'said "we' not in text,
    "the line ends where <q> ends": "this and went back" not in text.replace("  ", " "),
    "the words of <time> vanish": "On the mayor said" in " ".join(text.split()),
    "struck words are kept": "nine four million" in " ".join(text.split()),
}
for what, holds in seen.items():
    print(f"{what}: {holds}")
sys.exit(0 if all(seen.values()) else 1)
PY
