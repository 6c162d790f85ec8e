#!/usr/bin/env bash
# cffconvert 2.0.0 on a valid CITATION.cff of a corpus whose author is a body. BibTeX has the body without braces, so "Kerrow Post and Sorrel Times" is
# two people for its readers (pybtex 0.26.1: Post, first name Kerrow, and Times, first name Sorrel); the % in the title is not escaped, so in LaTeX it
# begins a comment; and the version is missing. RIS ends with "ER", without the hyphen that makes it a tag: rispy 0.10.0 reads no reference
# from it, without an error. In schema.org the body is a Person and the dataset is SoftwareSourceCode.
# So write a corpus's BibTeX yourself, or add braces and backslashes by hand.
# Exit 0: as described. Exit 1: something has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check cffconvert==2.0.0 pybtex==0.26.1 rispy==0.10.0
cat > CITATION.cff <<'CFF'
cff-version: 1.2.0
message: Please cite the corpus.
title: The 5 % of claims without a source
type: dataset
version: 1.2.0
date-released: 2026-03-04
authors:
  - name: Kerrow Post and Sorrel Times
CFF
env/bin/cffconvert --validate
for format in bibtex ris schema.org; do env/bin/cffconvert -f "$format" > "corpus.$format"; done
cat corpus.bibtex
env/bin/python - <<'PY'
import json
import sys
from pathlib import Path

import rispy
from pybtex.database import parse_file

(entry,) = parse_file("corpus.bibtex", "bibtex").entries.values()
people = [(person.first_names, person.last_names) for person in entry.persons["author"]]
ris = Path("corpus.ris").read_text()
of_ris, of_corrected = (len(rispy.loads(text)) for text in (ris, ris.replace("\nER\n", "\nER  - \n")))
about = json.loads(Path("corpus.schema.org").read_text())
print("pybtex:", people, "| fields:", sorted(entry.fields))
print(f"rispy: {of_ris} references; {of_corrected} with 'ER  - '")
print("schema.org:", about["@type"], about["author"])
holds = (
    people == [(["Kerrow"], ["Post"]), (["Sorrel"], ["Times"])]
    and " % " in entry.fields["title"]
    and "1.2.0" not in entry.fields.values()
    and (of_ris, of_corrected) == (0, 1)
    and (about["@type"], about["author"][0]["@type"]) == ("SoftwareSourceCode", "Person")
)
sys.exit(0 if holds else 1)
PY
