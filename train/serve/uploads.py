"""Articles that come from the browser: pasted, or in files of every kind that `sayso annotate` reads."""

import tempfile
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from ...classify.files.english import EnglishOnly
from ...data.articles.files import read_articles
from ...data.articles.kinds import article_suffixes
from ...data.articles.sentences import in_sentences
from ...data.records import Article, LabelledArticle
from ...errors import SaysoError

_LONGEST_NAME = 120
_ABOUT = ("title", "outlet", "date", "url")


@dataclass(slots=True)
class Taken:
    """What was read.

    Parameters
    ----------
    articles : list of LabelledArticle
        Cut into sentences, without labels.
    notices : list of str
        What was guessed or left out, a line each.
    """

    articles: list[LabelledArticle] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def from_text(values: Mapping[str, Any]) -> Taken:
    """Make an article of pasted text.

    Parameters
    ----------
    values : mapping
        ``text``, and what is known of ``title``, ``outlet``, ``date``, ``url``.

    Raises
    ------
    SaysoError
        If there is no text, or something is not text.
    """
    for name in ("text", *_ABOUT):
        if not isinstance(values.get(name), str | None):
            raise SaysoError(f"{name}: text is needed.")
    text = (values.get("text") or "").replace("\r\n", "\n").replace("\r", "\n").strip()
    if not text:
        raise SaysoError("The article is empty; paste its text.")
    about = {name: words for name in _ABOUT if (words := (values.get(name) or "").strip())}
    first_line = text.partition("\n")[0][:_LONGEST_NAME]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pasted.txt"
        path.write_text(text, encoding="utf-8")
        taken = _read(path, about.get("title") or first_line)
    taken.articles = [_with(labelled, about) for labelled in taken.articles]
    return taken


def _with(labelled: LabelledArticle, about: Mapping[str, str]) -> LabelledArticle:
    from dataclasses import replace

    return replace(labelled, article=replace(labelled.article, **about))


def safe_name(name: str) -> str:
    """Give the last part of a file's name as something to show; it is never used as a path.

    >>> safe_name("../../etc/Harbour fire.html")
    'Harbour fire.html'
    """
    last = PurePosixPath(name.replace("\\", "/")).name
    shown = "".join(c for c in last if unicodedata.category(c)[0] != "C")
    return shown[-_LONGEST_NAME:].strip() or "file"


def suffix_of_upload(name: str) -> str:
    """Give the ending of a file's name, if it is one of a kind that can be read.

    Raises
    ------
    SaysoError
        If it is none.
    """
    suffix = PurePosixPath(safe_name(name)).suffix.lower()
    if suffix not in article_suffixes():
        raise SaysoError(f"{safe_name(name)}: not a kind of file that holds articles; sayso files lists those that do.")
    return suffix


def from_file(path: Path, name: str) -> Taken:
    """Read the articles of a file that was sent.

    Parameters
    ----------
    path : Path
        Where it was put, under a name of ours with the ending of its own.
    name : str
        What it is called; ids and messages name it so.
    """
    return _read(path, safe_name(name))


def _read(path: Path, name: str) -> Taken:
    taken = Taken()
    english = EnglishOnly(then="without the models' view")
    try:
        for article in read_articles(
            [str(path)],
            names={str(path): name},
            notice=taken.notices.append,
            on_error=lambda e: taken.notices.append(str(e)),
        ):
            taken.articles.append(in_sentences(_known(english, article)))
    except SaysoError as error:
        taken.notices.append(str(error))
    english.tell(taken.notices.append)
    return taken


def _known(english: EnglishOnly, article: Article) -> Article:
    return english.known(article) or article
