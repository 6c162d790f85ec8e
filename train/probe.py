"""A probe of the code that models look through: a SHA-256 over what it makes of some articles.

A model is stale where the code behind it *does* something else, not where it is written in another way. Each shipped model
file holds the probe of the code that it was fitted with, and a test compares it with today's. Floats are rounded to six
digits, so that machines whose last digits differ agree.

The models on top of a word reader have a probe too. In the network's place stands a stand-in, because the network rounds
otherwise on other processors: what the code makes of its answers is the same everywhere.
"""

import hashlib
import zlib
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path

import numpy as np

from ..classify.attribution.candidate_rerank import measure
from ..classify.attribution.extractor import Arguments, AttributionModel, Candidate, Extractor
from ..classify.attribution.token_arrays import token_arrays
from ..classify.entities.mentions import introductions
from ..classify.kinds.article_features import article_features
from ..classify.kinds.features import Features, main_attributions, resolve_sources
from ..classify.language.article_tokens import View, view
from ..classify.language.word_forms import FEATURED
from ..classify.linear.hashed import Sum, Table
from ..classify.linear.label_pairs import VOICE
from ..classify.model_files.files import ATTRIBUTION, BIAS, STANCE
from ..classify.stance_bias.bias import joined_rows
from ..classify.stance_bias.bias_features import WordFacts, word_hashes
from ..classify.stance_bias.stance import around, describe, targets_of
from ..classify.stance_bias.stance_features import speaker_of
from ..classify.word_reader.network import Outputs, WordPieces, read_article
from ..classify.word_reader.pieces import Window
from ..classify.word_reader.reader import WordReader
from ..classify.word_reader.reads import MAIN, N_ANSWERS, N_FAR, N_OUTPUTS, ROLES, WIDTH, Read
from ..data.arrays import Floats64, Ints
from ..data.articles.sentences import find_sentences
from ..data.corpora.own import own_corpus, read_corpus
from ..data.records import Article, LabelledArticle, Sentence
from .attribution.marked_tokens import gold_of

EVERY = 11  # 37 of 407 articles: two seconds, and each way of writing that the corpus has
DIGITS = 6
_FIRST_PIECE = 1000
_SCORES = (0.95, 0.55, 0.25, 0.75)  # that marked attributions get in turn, for features that look at them


def probes(attribution: AttributionModel | None = None) -> dict[str, str]:
    """Give the probe of each shipped model's code, by the name of its file.

    Parameters
    ----------
    attribution : AttributionModel, optional
        Its words are features of its own; without it no probe of attributions is given. With one that was fitted with a
        word reader, the probes are those of the models on top of a reader: of attributions, and of kind and source type.

    Returns
    -------
    dict of str to str
        SHA-256 in hexadecimal digits.
    """
    read = attribution is not None and attribution.reader is not None
    names = (VOICE, *(() if read else (STANCE, BIAS)), *([ATTRIBUTION] if attribution else []))
    totals = {name: hashlib.sha256() for name in names}
    for parts in article_parts(attribution):
        for name, part in parts:
            for total in [totals[name]] if name else totals.values():
                total.update(part.encode("utf-8", "surrogatepass"))
    return {name: total.hexdigest() for name, total in totals.items()}


def article_parts(attribution: AttributionModel | None = None) -> Iterator[Iterator[tuple[str, str]]]:
    """Write out what the models see of each article of the probe.

    Yields
    ------
    iterator of (str, str)
        Of one article: the model's name, empty where every model sees it, and what it sees.
    """
    reader = StandInReader() if attribution and attribution.reader else None
    extractor = _HeardExtractor.of(attribution, reader) if attribution else None
    for labelled in probe_articles():
        yield _parts(labelled, extractor, reader)


def probe_articles() -> Iterator[LabelledArticle]:
    """Give the articles of the probe: odd ones written for it, and some of the corpus."""
    folder = resources.files("sayso.train") / "probe_articles"
    yield from read_corpus(folder)
    for path in sorted((folder / "plain").iterdir(), key=lambda p: p.name):
        yield LabelledArticle(Article(path.name, path.read_text(encoding="utf-8")), ())
    yield from own_corpus()[::EVERY]


def _parts(
    labelled: LabelledArticle, extractor: "_HeardExtractor | None", reader: WordReader | None = None
) -> Iterator[tuple[str, str]]:
    text = labelled.article.text
    seen = view(text, find_sentences(text))
    yield "", _tokens(seen)
    yield VOICE, _names(seen)
    candidates = _marked(labelled, seen)
    yield VOICE, _named(article_features(_cut(labelled, seen), candidates, reader=reader))
    if extractor is not None:
        yield ATTRIBUTION, extractor.write_out(seen)
    if seen.spans and reader is None:
        yield STANCE, _stance(labelled, seen, candidates)
        yield BIAS, _bias(seen, candidates)


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


class _StandInPieces(WordPieces):
    """One to three pieces for a word, by its letters alone."""

    def __init__(self) -> None:
        super().__init__(None)

    def learn(self, words: Sequence[str]) -> None:
        """Cut words."""
        for word in words:
            number = zlib.crc32(word.encode("utf-8", "surrogatepass"))
            self[word] = tuple(_FIRST_PIECE + (number >> 9 * k) % 500 for k in range(1 + number % 3))


def _answers(window: Window, n: int, seed: int) -> Floats64:
    """Give numbers for each piece, eighths from -2 to 2: sums of their products are exact, on every machine."""
    piece = (window.pieces * 9 + window.case * 3 + window.quoted)[:, None]
    return ((piece * 2_654_435_761 + (np.arange(n) + seed) * 40_503 >> 11) % 33 - 16) / 8


def _stand_in(window: Window) -> Outputs:
    outputs = _answers(window, N_OUTPUTS, 0)
    outputs[:, MAIN] = outputs[:, MAIN] ** 3 - 5  # few words are cues
    asks, answers = _answers(window, len(ROLES) * WIDTH, 1_000), _answers(window, N_ANSWERS, 2_000)
    return outputs.astype(np.float32), asks.astype(np.float32), answers.astype(np.float32)


class StandInReader(WordReader):
    """A word reader without a network: its answers depend on each word, its case and quotation marks."""

    __slots__ = ()

    def __init__(self) -> None:
        far = np.arange(N_FAR * len(ROLES)).reshape(N_FAR, -1) % 17 / 8 - 1
        super().__init__("stand-in", "0" * 16, Path(), far.astype(np.float32))

    def read(self, view: View) -> Read:
        """Read an article in windows, as the network does."""
        pieces = _StandInPieces()
        pieces.learn(view.words)
        return read_article(view, pieces, _stand_in)


class _HeardTable(Table):
    """A table that also keeps a digest of every feature that is looked up in it."""

    digest = hashlib.sha256()

    def sum(self, n_rows: int) -> Sum:
        """Start sums; see `Table.sum`."""
        return _HeardSum(self, np.zeros((n_rows, self.values.shape[1]), dtype=np.int16))


class _HeardSum(Sum):
    def __call__(self, numbers: Ints) -> None:
        _HeardTable.digest.update(numbers.astype("<i4").tobytes())
        super().__call__(numbers)


class _HeardExtractor(Extractor):
    """An extractor that writes out every feature of every step, and what comes out."""

    @classmethod
    def of(cls, model: AttributionModel, reader: WordReader | None = None) -> "_HeardExtractor":
        """Lay a model's weights out; see `Extractor.of`."""
        arguments = (model.argument, model.content, model.source, model.reach)
        steps = map(Table.of, (model.glance, model.cue, model.judge, *arguments))
        glance, cue, judge, *heard = [_HeardTable(t.rows, t.values, t.scale, t.bias) for t in steps]
        return cls(model.words, glance, cue, Arguments(*heard), model.rerank, judge, model.threshold, reader)

    def write_out(self, seen: View) -> str:
        """Write out what the steps see of an article, and which attributions they find."""
        _HeardTable.digest = hashlib.sha256()
        arrays = token_arrays([seen], self.words, self.reader.read_all([seen]) if self.reader else None)
        found = self.found(arrays)
        measures, scores = _numbers(measure(found, arrays)), _numbers(self.scores(found, arrays))
        chosen = [_written(c) for c in self.extract(seen)]
        return measures + scores + repr(chosen) + _HeardTable.digest.hexdigest()


def _written(c: Candidate) -> str:
    nested = [_written(inner) for inner in c.nested]
    return repr((c.anchor, c.cue, c.source, c.content.tolist(), round(c.score, DIGITS), nested))


def _stance(labelled: LabelledArticle, seen: View, found: Sequence[Candidate]) -> str:
    spoken = main_attributions(seen, found, resolve_sources(seen, found, introductions(seen)).resolved)
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
    facts = WordFacts.of([seen])
    whose = facts.whose([seen], [found])
    hashes = word_hashes(facts, whose)
    scores = ((hashes[:, 0] % 1000) / 100 - 6).astype(np.float32)  # no model: any scores that words keep will do
    rows = joined_rows([(scores[a:b], whose[a:b]) for a, b in seen.sentences])
    return hashlib.sha256(hashes.astype("<i4").tobytes()).hexdigest() + _named(rows)


def _tokens(seen: View) -> str:
    cues = [
        [(m.first, m.last, m.role, m.entry.lemma, sorted(m.entry.groups), m.entry.tone) for m in row] for row in seen.cues
    ]
    arrays = [x.tolist() for x in (seen.starts, seen.ends, seen.quote, seen.facts & FEATURED)]
    return repr(
        [seen.spans, seen.words, seen.lower, seen.sentences, seen.paragraph, seen.n_words, seen.n_quoted, cues, arrays]
    )


def _names(seen: View) -> str:
    """Write out whom the article names, and what it tells of them: sources are resolved by it."""
    named = introductions(seen)
    entities = dict.fromkeys(entity for known in named.names.values() for entity in known)
    told = [(e.name, e.sort, e.source_type, e.sure, e.words, sorted(e.nouns), e.gender, e.types) for e in entities]
    keys = [(key, [e.name for e in known]) for key, known in named.names.items()]
    return repr([told, keys, [(m.at, m.opens, m.quoted, m.entity.name) for m in named.mentions]])


def _named(rows: Sequence[Features] | Sequence[Mapping[str, float]]) -> str:
    return "".join(repr(sorted((name, round(float(value), DIGITS) + 0.0) for name, value in row.items())) for row in rows)


def _numbers(values: Floats64) -> str:
    return repr([round(x, DIGITS) + 0.0 for x in values.ravel().tolist()])
