#!/usr/bin/env bash
# conllu 6.0.0: a value of MISC ends at its second equals sign, and with columns of one's own a line whose first column begins with
# a hashtag is taken for a comment, so that the token is gone without a word.
# Exit 0: as described. Exit 1: something has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check conllu==6.0.0
env/bin/python - <<'PY'
import sys

import conllu

line = "1\tRain\t_\t_\t_\t_\t_\t_\t_\tTopic=sea=level|Source=B-0"
(token,) = conllu.parse(f"{line}\n\n")[0]
print(token["misc"])
(sentence,) = conllu.parse("#rain\tB-cue\nfell\tO\n\n", fields=["form", "tag"])
print([word["form"] for word in sentence], sentence.metadata)
sys.exit(0 if token["misc"]["Topic"] == "sea" and [word["form"] for word in sentence] == ["fell"] else 1)
PY
