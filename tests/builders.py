"""What tests are made of: articles and sentences, rows in files, the command, and models that stand in for trained ones."""

import csv
import io
import json
from collections import namedtuple
from dataclasses import fields
from itertools import accumulate
from pathlib import Path

import numpy as np
from typer.testing import CliRunner

from sayso import cli
from sayso.classify.annotation.records import AnnotatedSentence, FoundAttribution
from sayso.classify.attribution.candidate_rerank import N_MEASURES
from sayso.classify.attribution.extractor import AttributionModel
from sayso.classify.attribution.word_features import Words
from sayso.classify.language.article_tokens import view
from sayso.classify.linear.hashed import Weights
from sayso.classify.linear.label_pairs import OUTPUTS
from sayso.classify.model_files.files import SentenceModel
from sayso.data.articles.sentences import find_sentences
from sayso.data.records import Article, LabelledArticle, Sentence, Span
from sayso.data.scheme import KINDS, SOURCE_TYPES

Run = namedtuple("Run", "exit_code stdout stderr")


def run_sayso(*words, stdin=None):
    """Run a command as a shell would; give exit code, output and messages."""
    result = CliRunner().invoke(cli.app, [str(word) for word in words], input=stdin, prog_name="sayso")
    return Run(result.exit_code, result.stdout, result.stderr)


def write_rows(path, rows):
    """Write rows as JSON lines; give the path."""
    Path(path).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def json_rows(text):
    """Give the rows of JSON lines."""
    return [json.loads(line) for line in text.splitlines()]


def csv_rows(text):
    """Give the rows of a table with a head as dictionaries."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def span_of(text, words):
    """Say where words stand first in a text."""
    start = text.index(words)
    return Span(start, start + len(words))


def sentences_of(labelled):
    """Give the words of each sentence."""
    return [s.span.of(labelled.article.text) for s in labelled.sentences]


def spans_in_a_row(sentences, gap=" "):
    """Give the spans of sentences that follow each other with a gap between."""
    starts = accumulate((len(words) + len(gap) for words in sentences), initial=0)
    return [Span(start, start + len(words)) for start, words in zip(starts, sentences, strict=False)]


def labelled_article(name, *sentences, gap=" ", **about):
    """
    Make an article of sentences, each (words, labels) or words alone.

    Loaded words are given as words. ``about`` are fields of the article (title, outlet, date) and of its labels
    (targets, complete, meta).
    """
    pairs = [(s, {}) if isinstance(s, str) else s for s in sentences]
    spans = spans_in_a_row([words for words, _ in pairs], gap)
    text = gap.join(words for words, _ in pairs)
    made = [
        labelled_sentence(text, n, span, **labels) for n, (span, (_, labels)) in enumerate(zip(spans, pairs, strict=True))
    ]
    of_article = {key: about.pop(key) for key in ("title", "outlet", "date") if key in about}
    return LabelledArticle(Article(name, text, **of_article), tuple(made), **about)


def labelled_sentence(text, n, span, loaded=(), **labels):
    """Make a sentence of a text, its loaded words given as words."""
    places = (span_of(span.of(text), words) for words in loaded)
    return Sentence(n, span, loaded=tuple(Span(span.start + at.start, span.start + at.end) for at in places), **labels)


def annotated_sentence(n, span, kind="quote", source_type="state", **about):
    """Make what the annotator says of a sentence: 0.7 for its kind, 0.92 for its source type, no source and no cue."""
    usual = {
        "kind_scores": {label: 0.7 if label == kind else 0.1 for label in KINDS},
        "source_type_scores": {label: 0.92 if label == source_type else 0.01 for label in SOURCE_TYPES},
        **{"text": "", "abstain": False, "source": None, "cue": None},
    }
    return AnnotatedSentence(n, span, kind=kind, source_type=source_type, **(usual | about))


def found_attribution(text, source, cue, *content, **about):
    """Make an attribution that was found in a text, its parts given as words."""
    content_spans = tuple(span_of(text, words) for words in content)
    return FoundAttribution(span_of(text, source), span_of(text, cue), content_spans, **about)


def tokens_of(text):
    """Give the tokens of an article's text, in the sentences that we find."""
    return view(text, find_sentences(text))


def tokens_of_labelled(labelled):
    """Give the tokens of an article in its labelled sentences."""
    return view(labelled.article.text, [s.span for s in labelled.sentences])


def tokens_of_sentence(text):
    """Give the tokens of a text that is one sentence."""
    return view(text, [Span(0, len(text))])


def build_voice(threshold=0.5, strength=6.0):
    """Say what the rule says, with a chance that grows with ``strength``."""
    features = ["rule: quote", *(f"rule type: {label}" for label in SOURCE_TYPES)]
    weights = np.zeros((len(features), len(OUTPUTS)), np.float32)
    weights[0, 0] = 2 * strength
    weights[-1, 1] = -2 * strength
    for n in range(len(SOURCE_TYPES) - 1):
        weights[1 + n, 2 + n] = strength
    bias = np.array([-strength, strength, *[0] * 8], np.float32)
    return SentenceModel("voice", OUTPUTS, features, weights, bias, threshold=threshold)


def build_attribution():
    """Find nothing: no word reaches the chance of a cue."""
    parts = {}
    for field in fields(AttributionModel):
        if field.name not in ("words", "rerank", "threshold", "reader"):
            n = 7 if field.name == "argument" else 1
            parts[field.name] = Weights(np.zeros(0, np.int32), np.zeros((0, n), np.int8), 1.0, np.full(n, -20, np.float32))
    return AttributionModel(Words({}, {}), **parts, rerank=np.zeros(N_MEASURES + 1), threshold=0.4)
