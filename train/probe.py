"""A probe of the code that models look through: a SHA-256 over what it makes of some articles.

A model is stale where the code behind it *does* something else, not where it is written in another way. Each shipped model
file holds the probe of the code that it was fitted with, and a test compares it with today's. Floats are rounded to six
digits, so that machines whose last digits differ agree.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from ..classify.attribution.extractor import Arguments, AttributionModel, Candidate, Extractor
from ..classify.attribution.token_arrays import frame
from ..classify.kinds.article_features import article_features
from ..classify.kinds.features import Features, resolve_sources, voices
from ..classify.language.article_tokens import View, view
from ..classify.language.mentions import introductions
from ..classify.linear.hashed import Sum, Table
from ..classify.linear.label_pairs import VOICE
from ..classify.model_files.files import ATTRIBUTION, BIAS, STANCE
from ..classify.stance_bias.bias import joined_rows
from ..classify.stance_bias.bias_features import somebody_elses, word_hashes
from ..classify.stance_bias.stance import around, describe, targets_of
from ..classify.stance_bias.stance_features import speaker_of
from ..data.arrays import Floats64, Ints
from ..data.articles.sentences import find_sentences
from ..data.corpora.own import own_corpus
from ..data.records import Article, LabelledArticle, Sentence
from .attribution.marked_tokens import gold_of
from .probe_articles import ODD

EVERY = 11  # 26 of 280 articles: two seconds, and each way of writing that the corpus has
DIGITS = 6
_SCORES = (0.95, 0.55, 0.25, 0.75)  # that marked attributions get in turn, for features that look at them


def probes(attribution: AttributionModel | None = None) -> dict[str, str]:
    """Give the probe of each shipped model's code, by the name of its file.

    Parameters
    ----------
    attribution : AttributionModel, optional
        Its words are features of its own; without it no probe of attributions is given.

    Returns
    -------
    dict of str to str
        SHA-256 in hexadecimal digits.
    """
    articles = [a for a in probe_articles() if a.sentences]
    views = [view(a.article.text, find_sentences(a.article.text)) for a in articles]
    found = [_marked(a, seen) for a, seen in zip(articles, views, strict=True)]
    told: dict[str, Iterable[str]] = {
        VOICE: (
            _named(article_features(_cut(a, seen), c, words=True)) for a, seen, c in zip(articles, views, found, strict=True)
        ),
        STANCE: (_stance(a, seen, c) for a, seen, c in zip(articles, views, found, strict=True)),
        BIAS: (_bias(seen, c) for seen, c in zip(views, found, strict=True)),
    }
    if attribution is not None:
        told[ATTRIBUTION] = _attribution(attribution, views)
    read = "".join(_tokens(seen) for seen in views)
    return {name: _digest([read, *lines]) for name, lines in told.items()}


def probe_articles() -> Iterator[LabelledArticle]:
    """Give the articles of the probe: some of the corpus, and odd ones written for it."""
    yield from own_corpus()[::EVERY]
    for number, text in enumerate(ODD):
        spans = find_sentences(text)
        targets = {"Marland": ("Marland", "the Marlanders")}
        yield LabelledArticle(
            Article(f"odd-{number}", text), tuple(Sentence(n, span) for n, span in enumerate(spans)), targets=targets
        )


def _cut(labelled: LabelledArticle, seen: View) -> LabelledArticle:
    """Give the article in the sentences that the splitter finds, without labels."""
    return LabelledArticle(labelled.article, tuple(Sentence(n, span) for n, span in enumerate(seen.spans)))


def _marked(labelled: LabelledArticle, seen: View) -> list[Candidate]:
    """Give the marked attributions as candidates: no model has a hand in it."""
    marks = [a for s in labelled.sentences for a in s.attributions]
    gold = sorted((g for g in gold_of(seen, marks, {}) if g.cue), key=lambda g: g.anchor)
    return [
        Candidate(g.anchor, g.cue or (0, 0), g.source, np.array(sorted(g.content), dtype=np.int64), score, score)
        for k, g in enumerate(gold)
        for score in (_SCORES[k % len(_SCORES)],)
    ]


class _Heard(Table):
    """A table that also keeps a digest of every feature that is looked up in it."""

    digest = hashlib.sha256()

    def sum(self, n_rows: int) -> Sum:
        """Start sums; see `Table.sum`."""
        return _HeardSum(self, np.zeros((n_rows, self.values.shape[1]), dtype=np.int16))


class _HeardSum(Sum):
    def __call__(self, numbers: Ints) -> None:
        _Heard.digest.update(numbers.astype("<i4").tobytes())
        super().__call__(numbers)


def _attribution(model: AttributionModel, views: Sequence[View]) -> Iterator[str]:
    """Tell every feature of every step, and what comes out."""
    _Heard.digest = hashlib.sha256()
    steps = [_Heard.of(w) for w in (model.glance, model.cue, model.argument, model.content, model.source, model.reach)]
    heard = [_Heard(t.rows, t.values, t.scale, t.bias) for t in steps]
    extractor = Extractor(model.words, heard[0], heard[1], Arguments(*heard[2:]), model.rerank, model.threshold)
    for seen in views:
        framed = frame([seen], model.words)
        found = extractor.found(framed)
        yield _numbers(extractor.scores(found, framed))
        yield repr([(c.anchor, c.cue, c.source, c.content.tolist()) for c in extractor.extract(seen)])
    yield _Heard.digest.hexdigest()


def _stance(labelled: LabelledArticle, seen: View, found: Sequence[Candidate]) -> str:
    spoken = voices(seen, found, resolve_sources(seen, found, introductions(seen)))
    speakers = [speaker_of(voice) for voice in spoken]
    targets = targets_of(labelled)
    out = []
    for target in targets:
        rows = describe(seen, found, spoken, target, [t for t in targets if t is not target])
        n = len(rows)
        chances = np.stack([np.linspace(0.1, 0.6, n), np.linspace(0.5, 0.2, n), np.linspace(0.4, 0.2, n)], axis=1)
        out += [_named(rows), _named(around(chances.astype(np.float32), speakers, rows))]
    return "".join(out)


def _bias(seen: View, found: Sequence[Candidate]) -> str:
    whose = somebody_elses(seen, found)
    hashes = word_hashes(seen, whose)
    scores = ((hashes[:, 0] % 1000) / 100 - 6).astype(np.float32)  # no model: any scores that words keep will do
    rows = joined_rows([(scores[a:b], whose[a:b]) for a, b in seen.sentences])
    return hashlib.sha256(hashes.astype("<i4").tobytes()).hexdigest() + _named(rows)


def _tokens(seen: View) -> str:
    cues = [
        [(m.first, m.last, m.role, m.entry.lemma, sorted(m.entry.groups), m.entry.tone) for m in row] for row in seen.cues
    ]
    arrays = [x.tolist() for x in (seen.starts, seen.ends, seen.quote, seen.facts)]
    return repr(
        [seen.spans, seen.words, seen.lower, seen.sentences, seen.paragraph, seen.n_words, seen.n_quoted, cues, arrays]
    )


def _named(rows: Sequence[Features] | Sequence[Mapping[str, float]]) -> str:
    return "".join(repr(sorted((name, round(float(value), DIGITS) + 0.0) for name, value in row.items())) for row in rows)


def _numbers(values: Floats64) -> str:
    return repr([round(x, DIGITS) + 0.0 for x in values.tolist()])


def _digest(parts: Iterable[str]) -> str:
    total = hashlib.sha256()
    for part in parts:
        total.update(part.encode("utf-8", "surrogatepass"))
    return total.hexdigest()
