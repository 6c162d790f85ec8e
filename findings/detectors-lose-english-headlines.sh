#!/usr/bin/env bash
# Language detectors on English headlines of three to six words, which are all that many tables and feeds hold: langdetect 1.0.9 and py3langid 0.4.0 take
# some for German, Afrikaans, Romanian or Aragonese, since names decide. On an article both are right.
# So decide by the article, and label what is too short to tell. Exit 0: as described. Exit 1: something has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check langdetect==1.0.9 py3langid==0.4.0
env/bin/python - <<'PY'
import sys

import langdetect
import py3langid

langdetect.DetectorFactory.seed = 0
HEADLINES = [
    "Orla bridge closed", "Velm mayor resigns", "Minister denies Tolland claim", "Kerrow ferry sinks, nine dead",
    "Storm hits Brede coast", "Rail strike enters week two", "Senate votes down Moll plan", "Bakers in Orla fear for ovens",
    "Holm Ferries sells two boats", "Court frees Arno Weil",
]
ARTICLE = (
    "The port of Kerrow will close for a month while divers mend the northern quay, the port office said on Monday. The pilot, Una "
    "Brack, told reporters that they had waited nine years for the work, and that the town would pay half of the bill."
)
wrong = {"langdetect": [], "py3langid": []}
for line in HEADLINES:
    for name, language in (("langdetect", langdetect.detect(line)), ("py3langid", py3langid.classify(line)[0])):
        if language != "en":
            wrong[name].append((language, line))
for name, lines in wrong.items():
    print(name, len(lines), "of", len(HEADLINES), "headlines are not English:", lines)
print("the article:", langdetect.detect(ARTICLE), py3langid.classify(ARTICLE)[0])
right = langdetect.detect(ARTICLE) == py3langid.classify(ARTICLE)[0] == "en"
sys.exit(0 if right and all(len(lines) >= 2 for lines in wrong.values()) else 1)
PY
