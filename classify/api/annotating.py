"""Annotating one article from Python."""

import os
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, partial
from itertools import islice
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from ...data.articles.files import read_articles
from ...data.articles.kinds import article_suffixes
from ...data.articles.reader import suffix_of
from ...data.records import Article
from ...errors import SaysoError
from ..annotation import annotator as annotators
from ..annotation.annotation import Annotation
from ..annotation.annotator import Annotator
from ..annotation.arguments import Targets, check_article, check_why, is_whole, named_targets
from ..files.english import EnglishOnly
from ..word_reader.reader import CARD, where_it_is, word_reader
from ..wording.encoders import load_encoder
from .in_python import python_names
from .warned import warn

Models = str | PathLike[str] | Sequence[str | PathLike[str]] | None
Reader = str | PathLike[str] | None
_TEXT_ID = "text"
_MOST_COUNTED = 1000  # articles of a file that holds too many: who gave it need not wait for the count of an archive
_LONGEST_PATH = 4096  # characters, of most systems: what is longer is no path
_KEPT = 4  # annotators: some 20 MB each


def annotate(
    source: str | Path | Article,
    *,
    models: Models = (),
    targets: Targets = (),
    why: int = 0,
    bias: bool = True,
    any_language: bool = False,
    reader: Reader = None,
) -> Annotation:
    """Annotate one article: label each sentence, and find who is quoted and reported.

    Parameters
    ----------
    source : str, Path or Article
        A ``str`` is always the text itself, taken as it stands: offsets count its characters. A ``Path`` is a file with
        one article, of any kind that ``sayso annotate`` reads.
    models : str, Path, or sequence of these
        Model files to use instead of the built-in models for the same task.
    targets : str, sequence of str, or mapping of str to sequence of str
        Targets of the stance of each sentence: ``"NAME"``, ``"NAME=ALIAS,ALIAS"``, or names with their aliases:
        ``{"NAME": ["ALIAS", "ALIAS"]}``.
    why : int, default=0
        How many reasons to give for each label, in the sentences' ``why``.
    bias : bool, default=True
        Look for loaded wording. Without it annotating is a little faster.
    any_language : bool, default=False
        Label an article even if it is not in English.
    reader : str or Path, optional
        ``"minilm"``, or a reader's folder: read the article with a small transformer too. Slower, finds more.

    Returns
    -------
    Annotation
        A sequence of the sentences, empty where the text has none.

    Raises
    ------
    ValueError
        If a ``str`` is the path of an existing file or folder, a ``Path`` is a folder or a file with several articles, or
        a text contains half of a character (a lone surrogate).
    TypeError
        If ``source`` is something else.
    SaysoError
        If a file cannot be read, a model cannot be used, or the article is not in English.

    Warns
    -----
    UserWarning
        If a ``str`` looks like the path of a file that does not exist, or something in a file was guessed or changed.

    See Also
    --------
    annotate_frame : A table of articles.
    load_annotator : Many articles, one after the other.

    Notes
    -----
    The models are loaded by the first call, and kept. Several threads may annotate; they take turns.

    Examples
    --------
    >>> import sayso
    >>> text = "The bridge will stay shut until June, the transport ministry said. Lorries queue for hours."
    >>> annotation = sayso.annotate(text)
    >>> for sentence in annotation:
    ...     print(sentence.kind, sentence.source_type, sentence.source)
    official_claim state the transport ministry
    narrative none None
    >>> text[annotation[1].start : annotation[1].end]
    'Lorries queue for hours.'
    """
    check_why(why)
    named = named_targets(targets)
    article = in_english(_article_of(source), any_language=any_language)
    return kept_annotator(models, stance=bool(named), bias=bias, reader=reader).annotate(article, why, named)


def load_annotator(
    models: Models = (),
    *,
    stance: bool = False,
    bias: bool = True,
    encoder: str | PathLike[str] | None = None,
    reader: Reader = None,
) -> Annotator:
    """Load models to annotate many articles with.

    Parameters
    ----------
    models : str, Path, or sequence of these
        Model files to use instead of the built-in models for the same task.
    stance : bool, default=False
        Load the stance model too, which is needed for ``targets``.
    bias : bool, default=True
        Load the model of loaded wording.
    encoder : str or Path, optional
        Folder or name of the encoder that a model was trained with.
    reader : str or Path, optional
        ``"minilm"``, or a reader's folder: read articles with a small transformer too. Slower, finds more.

    Returns
    -------
    Annotator
        ``annotate(article)`` gives an `Annotation`; ``annotate_all(articles)`` an iterator of them, which is faster.

    Raises
    ------
    SaysoError
        If a file is missing, damaged, or cannot be used to annotate.

    Examples
    --------
    >>> import sayso
    >>> annotator = sayso.load_annotator()
    >>> articles = [sayso.Article("ferry", "The ferry is late."), sayso.Article("pier", "The mayor said: “It is shut.”")]
    >>> [[sentence.kind for sentence in annotation] for annotation in annotator.annotate_all(articles)]
    [['narrative'], ['quote']]
    """
    if encoder is not None and not isinstance(encoder, str | PathLike):
        raise TypeError(f"encoder is the folder or the name of an encoder (str), not {type(encoder).__name__}.")
    with python_names():
        loaded = load_encoder(fspath(encoder)) if encoder else None
        found = word_reader(name_of_reader(reader))
        return annotators.load_annotator(paths_of(models), stance=stance, bias=bias, encoder=loaded, reader=found)


def name_of_reader(reader: Reader) -> str | None:
    """Give a reader's name, or the whole path of its folder.

    Raises
    ------
    TypeError
        If it is neither.
    """
    if reader is not None and not isinstance(reader, str | PathLike):
        raise TypeError(f"reader is the name or the folder of a reader (str), not {type(reader).__name__}.")
    return None if reader is None else where_it_is(fspath(reader))


def paths_of(models: Models) -> list[str]:
    """Give the paths of model files: one may be given by itself, and None stands for the built-in models.

    Raises
    ------
    TypeError
        If one is no path.
    """
    if models is None:
        return []
    several: Any = [models] if isinstance(models, str | bytes | Mapping | PathLike) else models
    paths = list(several) if isinstance(several, Iterable) else [several]
    if wrong := [path for path in paths if not isinstance(path, str | PathLike)]:
        raise TypeError(f"models takes the path of a model file, or a list of paths, not {type(wrong[0]).__name__}.")
    return [fspath(path) for path in paths]


def kept_annotator(models: Models, *, stance: bool, bias: bool, reader: Reader = None) -> Annotator:
    """Give an annotator that is loaded anew only when a model file or the reader has changed."""
    paths, name = paths_of(models), name_of_reader(reader)
    of_reader = None if name is None else (name, *_stamp(os.path.join(name, CARD)))
    with python_names():
        return _loaded(tuple((path, *_stamp(path)) for path in paths), stance, bias, of_reader)


@lru_cache(maxsize=_KEPT)
def _loaded(
    files: tuple[tuple[str, int, int], ...], stance: bool, bias: bool, of_reader: tuple[str, int, int] | None
) -> Annotator:
    reader = word_reader(of_reader[0]) if of_reader else None
    return annotators.load_annotator([path for path, *_ in files], stance=stance, bias=bias, reader=reader)


def _stamp(path: str) -> tuple[int, int]:
    """Tell one state of a file from another; what is missing is told by who loads it."""
    try:
        status = Path(path).stat()
    except (OSError, ValueError):
        return 0, 0
    return status.st_mtime_ns, status.st_size


def in_english(article: Article, *, any_language: bool) -> Article:
    """Give an article with the code of its language.

    Raises
    ------
    SaysoError
        If it is not in English, and not to be labelled all the same.
    """
    known = EnglishOnly(any_language=any_language).known(article)
    if known is None:
        from ...data.articles.metadata.article_language import article_language

        language = article_language(article)[0]
        raise SaysoError(
            f"{article.id}: this article is not in English (language: {language}), and the models know no other language. "
            "Add any_language=True to label it all the same."
        )
    return known


def _article_of(source: str | Path | Article) -> Article:
    """Give the article that a caller means.

    Raises
    ------
    TypeError, ValueError, SaysoError
        As `annotate` says.
    """
    if isinstance(source, Article):
        check_article(source)
        check_text(source.text, source.id)
        return source
    if isinstance(source, PathLike):
        return _only_article(fspath(source))
    if not isinstance(source, str):
        raise TypeError(
            f"annotate() takes a text (str), a file with one article (pathlib.Path) or an Article, not "
            f"{type(source).__name__}. For several articles use load_annotator().annotate_all(articles), for a table "
            "annotate_frame(frame)."
        )
    if kind := _kind_of_path(source):
        advice = f"To annotate the {kind}, give pathlib.Path({source!r})." if kind == "file" else _of_folder(source)
        raise ValueError(
            f"{source!r} is the path of an existing {kind}, and a str is always taken as the text itself. {advice}"
        )
    check_text(source, "The text")
    if _looks_like_path(source):
        warn(
            f"{source!r} looks like the path of a file, but there is no such file: it was annotated as a text. "
            "For a file, give pathlib.Path of its right path."
        )
    return Article(_TEXT_ID, source)


def check_text(text: str, what: str) -> None:
    """Refuse a text that no output could be written of.

    Raises
    ------
    ValueError
        If it holds half of a surrogate pair, as a broken escape in JSON gives.
    """
    if not is_whole(text):
        place = next(n for n, character in enumerate(text) if not is_whole(character))
        raise ValueError(
            f"{what}: character {place} is half of a character (a lone surrogate). Replace it first: "
            'text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").'
        )


def _kind_of_path(text: str) -> str:
    """Tell whether a text is the path of an existing ``file`` or ``folder``; empty where it is neither."""
    if len(text) > _LONGEST_PATH or not text or "\n" in text or "\0" in text:
        return ""
    try:
        path = Path(text)
        return "file" if path.is_file() else "folder" if path.is_dir() and _is_one_word(text) else ""
    except (OSError, ValueError):
        return ""


def _looks_like_path(text: str) -> bool:
    """Tell whether a text is one word that ends as files of articles do."""
    return _is_one_word(text) and suffix_of(text) in article_suffixes() and len(text) <= _LONGEST_PATH


def _is_one_word(text: str) -> bool:
    return len(text.split()) == 1


def _of_folder(path: str) -> str:
    """Say how the articles of a folder are annotated."""
    return (
        "annotate() takes one article. To annotate all articles of the folder use "
        f"load_annotator().annotate_all(read_articles({path!r}))."
    )


def _only_article(path: str) -> Article:
    """Read the one article of a file.

    Raises
    ------
    ValueError
        If there are more.
    SaysoError
        If there is none, or it cannot be read.
    """
    if Path(path).is_dir():
        raise ValueError(f"{path} is a folder, and {_of_folder(path)}")
    with python_names("read_articles"):
        articles = list(islice(read_articles([path], notice=partial(warn, of="read_articles")), _MOST_COUNTED + 1))
    if not articles:
        raise SaysoError(f"{path}: no article in it.")
    if len(articles) > 1:
        number = f"more than {_MOST_COUNTED:,}" if len(articles) > _MOST_COUNTED else f"{len(articles):,}"
        raise ValueError(
            f"{path}: {number} articles, and annotate() takes one. To annotate all of them use "
            f"load_annotator().annotate_all(read_articles({path!r}))."
        )
    return articles[0]
