"""The numbers of the built-in corpus that pages name are those of the corpus."""

import re
from collections import Counter
from pathlib import Path

import pytest

from sayso.data.scheme import KINDS, SOURCE_TYPES

ROOT = Path(__file__).parents[2]
PAGES = {page.name: page.read_text(encoding="utf-8") for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]}
PAGE = (ROOT / "docs" / "corpus.md").read_text(encoding="utf-8")


def row(name):
    """Give what the first row of this name in the page's tables says."""
    cell, *_ = re.findall(rf"^\| {re.escape(name)} \| (.*) \|$", PAGE, re.MULTILINE)
    return cell


def counted(labels):
    """Write counts as the page does: most frequent first."""
    return ", ".join(f"{label} {n:,}" for label, n in Counter(labels).most_common() if label)


def test_the_size_of_the_corpus(our_corpus):
    n_sentences = sum(len(labelled.sentences) for labelled in our_corpus)
    assert f"holds {len(our_corpus)} invented news articles, {n_sentences:,} sentences" in PAGE
    lengths = sorted(len(labelled.sentences) for labelled in our_corpus)
    median = lengths[len(lengths) // 2]
    assert row("articles").startswith(f"{len(our_corpus)}, of {lengths[0]} to {lengths[-1]} sentences, median {median}")


def test_the_labels_of_the_corpus(our_corpus):
    sentences = [sentence for labelled in our_corpus for sentence in labelled.sentences]
    assert row("kind") == counted(s.kind for s in sentences)
    assert row("source type") == counted(s.source_type for s in sentences)
    assert row("bias") == counted(s.bias for s in sentences)
    assert row("stance (a sentence towards a target)") == counted(label for s in sentences for label in s.stance.values())
    assert set(re.findall(r"[a-z_]+", row("kind"))) == set(KINDS)
    assert set(re.findall(r"[a-z_]+", row("source type"))) == set(SOURCE_TYPES)


def test_the_spans_of_the_corpus(our_corpus):
    found = [attribution for labelled in our_corpus for s in labelled.sentences for attribution in s.attributions]
    n_named = sum(attribution.source is not None for attribution in found)
    n_cues = sum(attribution.cue is not None for attribution in found)
    assert row("attributions").startswith(f"{len(found):,}, of which {n_named:,} name a source, {n_cues:,} have a cue")
    assert row("loaded words") == f"{sum(len(s.loaded) for labelled in our_corpus for s in labelled.sentences)} spans"


@pytest.mark.parametrize("name", sorted(set(PAGES) - {"CHANGELOG.md"}))
def test_other_pages_name_the_same_number_of_articles(name, our_corpus):
    named = re.findall(r"built-in corpus (?:of|\()\s*(\d+) articles", PAGES[name])
    assert set(named) <= {str(len(our_corpus))}
