"""Public corpora as their authors publish them, read into our records: one entry of `CORPORA` each."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ..errors import SaysoError
from .polnear import read_polnear
from .polnear_kinds import label_article
from .records import LabelledArticle

Notice = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Corpus:
    """A public corpus and how it is read.

    Parameters
    ----------
    title : str
        What its authors call it.
    home : str
        Where they publish it.
    parts : mapping of str to str
        Folder of a part, as they name it, to our split.
    labels : mapping of str to str
        Each of its labels, and what becomes of it.
    read : callable of (Path, callable of str)
        Yields the articles of one part; the callable is told what was skipped.
    derive : callable of LabelledArticle
        Adds the labels that a table of ours gives.
    """

    title: str
    home: str
    parts: Mapping[str, str]
    labels: Mapping[str, str]
    read: Callable[[Path, Notice], Iterator[LabelledArticle]]
    derive: Callable[[LabelledArticle], LabelledArticle]


CORPORA: Mapping[str, Corpus] = {
    "polnear": Corpus(
        title="PolNeAR 1.0",
        home="https://github.com/networkdynamics/PolNeAR",
        parts={"train": "train", "dev": "validation", "test": "test"},
        labels={
            "Source": "source of an attribution; in several pieces, the stretch that holds them",
            "Cue": "cue of an attribution; in several pieces, the stretch that holds them",
            "Content": "content spans of an attribution",
            "Attribution, Attribution-no-source": "the attribution; without content it is skipped and counted",
            "Discuss, Discard": "left out",
            "(none of its own)": "kind and source_type, by rules and a table of sources of ours; --no-kinds leaves them out",
        },
        read=read_polnear,
        derive=label_article,
    ),
}


def import_corpus(name: str, path: Path, *, kinds: bool = True, notice: Notice = lambda _: None) -> list[LabelledArticle]:
    """Read a public corpus, or one part of it.

    Parameters
    ----------
    name : str
        A key of `CORPORA`.
    path : Path
        The corpus's folder, its data folder, or the folder of one part.
    kinds : bool, default=True
        Add the labels that a table of ours gives.
    notice : callable of str
        Told what was skipped.

    Returns
    -------
    list of LabelledArticle
        ``meta["split"]`` names the split.

    Raises
    ------
    SaysoError
        If there is no such corpus, or it cannot be read.
    """
    corpus = corpus_named(name)
    found: list[LabelledArticle] = []
    for folder, split in _parts(path, corpus):
        for article in corpus.read(folder, notice):
            labelled = corpus.derive(article) if kinds else article
            found.append(replace(labelled, complete=_complete(labelled), meta={**labelled.meta, "split": split}))
    return found


def _complete(labelled: LabelledArticle) -> frozenset[str]:
    """Say what is labelled throughout: kinds are not where the source of a sentence is not known."""
    lacking = {task for s in labelled.sentences for task in ("kind", "source_type") if getattr(s, task) is None}
    return labelled.complete - lacking


def corpus_named(name: str) -> Corpus:
    """Look a corpus up."""
    if name not in CORPORA:
        raise SaysoError(f"no corpus {name!r}; sayso data import --list names those that can be read.")
    return CORPORA[name]


def as_rows() -> list[tuple[str, ...]]:
    """Give the table of corpora: corpus, label of its own, what it becomes."""
    return [(name, label, ours) for name, corpus in CORPORA.items() for label, ours in corpus.labels.items()]


def _parts(path: Path, corpus: Corpus) -> list[tuple[Path, str]]:
    """Find the parts of a corpus, with their splits; a part by another name is for training."""
    if not path.exists():
        raise SaysoError(f"{path}: no such file or folder.")
    if (path / "text").is_dir():
        return [(path, corpus.parts.get(path.resolve().name, "train"))]
    for above in (path, path / "data"):
        if found := [(above / part, split) for part, split in corpus.parts.items() if (above / part / "text").is_dir()]:
            return found
    names = ", ".join(f"{part}/text" for part in corpus.parts)
    raise SaysoError(f"{path}: no {corpus.title} here; its folder holds data/ with {names}.")
