"""How right the models are on real news that nobody wrote for them, how sure they may be, and what their errors come from.

    python benchmarks/gold.py SHARED [--models FOLDER] [--only {gold,polnear}] [--errors FILE]
                              [--keep FILE] [--against FILE] [--curve]

SHARED holds ``gold-dev-2``, ``gold-dev``, ``corpora`` and ``tools`` (the scorers). What is scored is what a user gets: each
article is read from a text file and annotated as ``sayso annotate -f jsonl`` does, with the shipped models or those of
FOLDER. Printed of each labelled set, for the rule alone and for the models:

- accuracy and macro F1 of kind and source type with 95 % intervals (2,000 draws of articles), F1 of sources, and
  precision and recall of speakers where they are labelled;
- the same of each part of the set: articles of one origin, or of outlets of one leaning;
- of the labels said at a confidence or above it, how many there are and how many are right; expected calibration error;
- how many sentences are wrong for each cause (``real_news/causes.py`` says what they are), of how many articles and
  sources, and what the scores would be without them.

Then the attribution scores on PolNeAR's dev part, of the extractor alone and of what annotating tells. ``--errors`` writes
the wrong sentences to FILE, a table with tabs (it quotes articles: keep it out of the repository). To choose between two
builds, run the one with ``--keep FILE`` and the other with ``--against FILE``: how far the scores moved is told with 95 %
intervals of the difference, which are much narrower than those of the scores. With ``--curve``, models are fitted on 20, 40,
… 100 % of the project's corpus alone, and scored too.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from real_news.causes import causes, write_errors
from real_news.changes import keep, print_changes, read_kept
from real_news.gold_sets import SETS, Annotate, by_models, by_rule, judge
from real_news.polnear import by_annotator, by_extractor, print_polnear
from real_news.tables import print_calibration, print_causes, print_parts, print_scores

from sayso.classify.annotation.annotator import Annotator, load_annotator
from sayso.classify.attribution.extractor import AttributionModel, Extractor
from sayso.classify.model_files.files import SentenceModel
from sayso.data.corpora.own import own_corpus
from sayso.train.shipped_voice import fit_defaults


class Files(NamedTuple):
    """Where errors and labels are written, and labels of another build are read."""

    errors: Path | None = None
    kept: Path | None = None
    against: Path | None = None


def print_gold(shared: Path, annotate: Annotate, name: str) -> None:
    """Print the scores on both labelled sets."""
    for gold_set in SETS:
        print_scores(judge(shared, gold_set, annotate), name)


def print_details(shared: Path, annotate: Annotate, name: str, files: Files) -> None:
    """Print all that is to be told of both labelled sets."""
    for old in (files.errors, files.kept):
        if old:
            old.unlink(missing_ok=True)
    for gold_set in SETS:
        judged = judge(shared, gold_set, annotate)
        print_scores(judged, name)
        if files.against:
            print_changes(judged, read_kept(files.against))
        print_parts(judged)
        print_calibration(judged)
        found = causes(judged)
        print_causes(judged, found)
        if files.errors:
            write_errors(judged, found, files.errors)
        if files.kept:
            keep(judged, files.kept)


def print_attributions(shared: Path, annotator: Annotator, name: str) -> None:
    """Print the scores of attributions, before and after annotating."""
    if annotator.extractor:
        print_polnear(shared, by_extractor(annotator.extractor), f"{name}, extractor")
    print_polnear(shared, by_annotator(annotator), f"{name}, annotator")


def print_curve(shared: Path) -> None:
    """Fit on growing shares of the project's corpus, and score."""
    articles = own_corpus()
    order = np.random.default_rng(0).permutation(len(articles))
    for percent in (20, 40, 60, 80, 100):
        models = fit_defaults([articles[i] for i in order[: len(articles) * percent // 100]]).models
        attribution, voice = models["attribution"], models["voice"]
        if isinstance(attribution, AttributionModel) and isinstance(voice, SentenceModel):
            annotator = Annotator(voice=voice, extractor=Extractor.of(attribution))
            print_gold(shared, by_models(annotator), f"own corpus, {percent} %")
            print_attributions(shared, annotator, f"{percent} %")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--models", type=Path, help="folder with attribution.sayso, voice.sayso, or both")
    parser.add_argument("--only", choices=("gold", "polnear"))
    parser.add_argument("--errors", type=Path, help="table of the wrong sentences to write")
    parser.add_argument("--keep", type=Path, help="file to keep the labels in")
    parser.add_argument("--against", type=Path, help="file that --keep wrote with another build")
    parser.add_argument("--curve", action="store_true")
    given = parser.parse_args(arguments)
    models = [given.models / f"{name}.sayso" for name in ("attribution", "voice")] if given.models else []
    chosen = [str(file) for file in models if file.is_file()]
    if given.models and not chosen:
        sys.exit(f"{given.models}: neither attribution.sayso nor voice.sayso in it.")
    annotator = load_annotator(chosen, bias=False)
    if given.only != "polnear":
        print_gold(given.shared, by_rule, "the rule alone")
        files = Files(given.errors, given.keep, given.against)
        print_details(given.shared, by_models(annotator), "the models", files)
    if given.only != "gold":
        print("\nattributions on PolNeAR's dev part")
        print_attributions(given.shared, annotator, "the models")
    if given.curve:
        print_curve(given.shared)


if __name__ == "__main__":
    main()
