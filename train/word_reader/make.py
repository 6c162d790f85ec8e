"""Making a word reader: its network, and the linear models on top, fitted on scores of articles that were held out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import torch

from ...classify.language.article_tokens import View, view
from ...classify.model_files.shipped import marks_of
from ...classify.word_reader.network import WordPieces, open_tokenizer
from ...classify.word_reader.reader import WordReader, load_word_reader
from ...classify.word_reader.reads import Read, Reads
from ...data.arrays import Floats32
from ...data.articles.notices import Say
from ...data.corpora.polnear.kinds import label_article
from ...data.records import LabelledArticle
from ...data.splits.near_articles import near_articles
from ..attribution.fit import cue_priors, priors_of
from ..folds.cross_validation import joined
from ..given_reader import sketches_for_card
from ..manifest import about_data, versions
from ..shipped_voice import POLNEAR_WEIGHT, fit_defaults
from .export import write_reader
from .fit import Passes, fit_network, learn_pieces
from .targets import Targets

ENCODER = "sentence-transformers/all-MiniLM-L6-v2"
LICENCE = "Apache-2.0 AND MIT"
_PACKAGES = ("torch", "onnxruntime", "tokenizers")
_TOKENIZER = "tokenizer.json"


@dataclass(frozen=True, slots=True)
class Making:
    """How a reader is made.

    Parameters
    ----------
    name : str
        What it is called.
    weights : Path
        Folder of all-MiniLM-L6-v2, with ``model.safetensors`` and ``tokenizer.json``.
    folds : int
        Into how many parts the articles are divided, so that each is read by a network that did not learn from it.
    epochs : int
    seed : int
    threads : int
        Processors to use.
    """

    name: str
    weights: Path
    folds: int = 3
    epochs: int = 3
    seed: int = 0
    threads: int = 1


@dataclass(frozen=True, slots=True)
class _HeldOutReader(WordReader):
    """Reads each training article with a network that did not learn from it, and any other text with the final one."""

    final: WordReader = field(kw_only=True)
    kept: Mapping[str, tuple[Read, Floats32]] = field(kw_only=True, repr=False)

    def read(self, view: View) -> Read:
        """Give what is known of an article, or read it."""
        known = self.kept.get(view.text)
        return known[0] if known else self.final.read(view)

    def read_all(self, views: Sequence[View]) -> Reads:
        """Give what is known of articles that the same network has read."""
        known = [self.kept.get(view.text) for view in views]
        fars = {id(of[1]): of[1] for of in known if of}
        if len(fars) > 1:
            raise ValueError("these articles were read by several networks; give those of one.")
        far = next(iter(fars.values()), self.far)
        return Reads.of([self.read(view) for view in views], far)


def make_reader(
    own: Sequence[LabelledArticle],
    polnear: Sequence[LabelledArticle],
    folder: Path,
    how: Making,
    notice: Say = lambda _: None,
) -> Mapping[str, Any]:
    """Train a reader, and write its files into a folder.

    Parameters
    ----------
    own : sequence of LabelledArticle
        With attributions, kinds and source types.
    polnear : sequence of LabelledArticle
        With attributions; kinds and source types come from `corpora.polnear.kinds`, and count `POLNEAR_WEIGHT`.
    folder : Path
        Exists, and is empty.
    how : Making
    notice : callable of str
        Told what is being done.

    Returns
    -------
    mapping
        What the models on top say of themselves, with their scores on held-out articles.
    """
    torch.set_num_threads(how.threads)
    tokenizer = how.weights / _TOKENIZER
    pieces, _ = open_tokenizer(tokenizer.read_bytes())
    articles = _targets(own, polnear)
    learn_pieces(pieces, articles)
    passes = Passes(how.weights, how.epochs, how.seed)
    about = _about(own, polnear, how)
    network = fit_network(articles, pieces, passes, _named("all articles", notice))
    write_reader(folder, network, tokenizer, how.name, about)
    final = load_word_reader(str(folder))
    kept = _read_by_others(articles, _folds([*own, *polnear], how), pieces, how, notice)
    reader = _HeldOutReader(final.name, final.digest, final.folder, final.far, final=final, kept=kept)
    models = fit_defaults(own, polnear, seed=how.seed, notice=notice, reader=reader)
    models.save(folder)
    return models.about["attribution"]


def _targets(own: Sequence[LabelledArticle], polnear: Sequence[LabelledArticle]) -> list[Targets]:
    labelled = [*own, *map(label_article, polnear)]
    views = [view(a.article.text, [s.span for s in a.sentences]) for a in labelled]
    priors = priors_of(*cue_priors(views, labelled))
    weights = [1.0] * len(own) + [POLNEAR_WEIGHT] * len(polnear)
    return [Targets.of(v, a, priors, weight) for v, a, weight in zip(views, labelled, weights, strict=True)]


def _read_by_others(
    articles: Sequence[Targets], fold: Sequence[int], pieces: WordPieces, how: Making, notice: Say
) -> dict[str, tuple[Read, Floats32]]:
    """Read each article with a network that did not learn from it; it is written and read as the final one is."""
    kept: dict[str, tuple[Read, Floats32]] = {}
    for k in range(how.folds):
        others = [a for a, of in zip(articles, fold, strict=True) if of != k]
        passes = Passes(how.weights, how.epochs, how.seed + 1 + k)
        network = fit_network(others, pieces, passes, _named(f"without part {k + 1} of {how.folds}", notice))
        with TemporaryDirectory() as made:
            write_reader(Path(made), network, how.weights / _TOKENIZER, how.name, {})
            reader = load_word_reader(made)
            for article, of in zip(articles, fold, strict=True):
                if of == k:
                    kept[article.view.text] = reader.read(article.view), reader.far
                    article.view.memo.clear()
    return kept


def _folds(articles: Sequence[LabelledArticle], how: Making) -> list[int]:
    """Number the part of each article; those that are nearly the same are in one part."""
    alike = [[f"article {n}"] for n in range(len(articles))]
    for one, other, _ in near_articles(articles):
        alike[other].append(f"article {one}")
    part = np.random.default_rng(how.seed).permutation(len(articles)) % how.folds
    return [int(part[first]) for first in joined(alike)]


def _named(what: str, notice: Say) -> Say:
    return lambda said: notice(f"{what}: {said}")


def _about(own: Sequence[LabelledArticle], polnear: Sequence[LabelledArticle], how: Making) -> dict[str, Any]:
    data = {"sayso corpus": own, "PolNeAR 1.0": polnear}
    return {
        "licence": LICENCE,
        "encoder": ENCODER,
        "data": [about_data(name, articles) for name, articles in data.items() if articles],
        "epochs": how.epochs,
        "seed": how.seed,
        "versions": {**versions(), **{name: version(name) for name in _PACKAGES}},
        "seen": marks_of(a.article for a in (*own, *polnear)),
        "near": sketches_for_card([*own, *polnear]),
    }
