"""Count how often each form of cues.tsv is a cue in real news: the figures of data/lexicon/cue-rates.tsv.

    python benchmarks/cue_rates.py POLNEAR/data/train

Prints the table. A form counts as seen where it stands outside quotation marks, and as a cue where all of its words
stand in a marked one. Forms seen fewer than three times are left out.
"""

import sys
from collections import Counter
from pathlib import Path

from sayso.classify.language.article_tokens import view
from sayso.data.corpora.polnear.corpus import read_polnear
from sayso.data.records import LabelledArticle

LEAST = 3
HEADER = """\
# How often a form of cues.tsv, outside quotation marks, was marked as a cue in the training part of PolNeAR:
# counts, made by benchmarks/cue_rates.py. Forms seen fewer than three times are left out.
form\tseen\tcue"""


def count(labelled: LabelledArticle, seen: Counter[str], cued: Counter[str]) -> None:
    """Count the forms of an article."""
    viewed = view(labelled.article.text, [s.span for s in labelled.sentences])
    cues = [a.cue for s in labelled.sentences for a in s.attributions if a.cue]
    for match in (m for matches in viewed.cues for m in matches if not viewed.inside[m.first]):
        form, span = " ".join(viewed.lower[match.first : match.last]), viewed.span(match.first, match.last)
        seen[form] += 1
        cued[form] += any(cue.start <= span.start and span.end <= cue.end for cue in cues)


def main(part: Path) -> None:
    """Print the table."""
    seen: Counter[str] = Counter()
    cued: Counter[str] = Counter()
    for labelled in read_polnear(part):
        count(labelled, seen, cued)
    print(HEADER)
    for form in sorted(form for form, n in seen.items() if n >= LEAST):
        print(form, seen[form], cued[form], sep="\t")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
