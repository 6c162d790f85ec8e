"""Articles that come in: those that the command names, pasted ones, and files of every kind that sayso reads."""

import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from ...classify.annotation.article_name import name_of_article
from ...data.display import counted
from ...data.project.folder import dataset_in
from ...data.project.records import key_of
from ...data.records import LabelledArticle
from ...errors import OwnError, SaysoError
from .desk import QUIET, Desk, Say, in_background

if TYPE_CHECKING:
    from ...data.articles.notices import Notices
    from ...data.datasets.as_file import AsFile
    from ...data.rows.places import Row, RowError

    Refuse = Callable[[RowError], None]

_LONGEST_NAME = 120  # characters
_ABOUT = ("title", "outlet", "date", "url")
_AT_FIRST, _AT_ONCE = 40, 320  # articles taken in together: the first are soon seen, and the rest is quicker
_MOST_NOTICES = 30
_TOLD = 5.0  # seconds after which a line says how many articles have been read
_LAST = 3.0  # seconds that reading may take to come to an end
_DOCUMENTS = (".doc", ".xls", ".ppt", ".pptx", ".msg", ".wps", ".pages")
"""Documents that are refused by what is in them, with what to do."""


@dataclass(slots=True)
class Taken:
    """What became of what was sent.

    Parameters
    ----------
    added, there : list of dict
        ``key``, ``id`` and ``title`` of the articles that were taken in, and of those that had been before.
    notices : list of str
        What was guessed or left out, a line each.
    """

    added: list[dict[str, str]] = field(default_factory=list)
    there: list[dict[str, str]] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def view(self) -> dict[str, Any]:
        """Give it as plain values."""
        more = len(self.notices) - _MOST_NOTICES
        last = [f"{more:,} more lines."] if more > 0 else []
        return {"added": self.added, "there": self.there, "notices": [*self.notices[:_MOST_NOTICES], *last]}


def _entry(labelled: LabelledArticle) -> dict[str, str]:
    article = labelled.article
    return {"key": key_of(article.id), "id": article.id, "title": name_of_article(article)}


def read_any(path: Path, say: Say, fail: Say, *, blind: bool = False) -> Iterator[LabelledArticle]:
    """Read articles, in sentences and with the labels that are there, out of whatever holds them.

    Parameters
    ----------
    path : Path
        A file or folder of articles or of labelled sentences, a dataset folder, or ``-``.
    say : callable of str
        Is told, in a line each, what was guessed or passed over.
    fail : callable of str
        Is told what could not be read; the rest is.
    blind : bool, default=False
        What a model labelled is left out, and not kept as suggestions.
    """
    from ...classify.files.english import EnglishOnly  # all that reads files is loaded when there are files to read
    from ...data.datasets.as_file import as_file
    from ...data.datasets.contents import holds_articles

    english = EnglishOnly(then="added without model predictions", hint="the models work only for English")
    try:
        with as_file(path, say, holds_articles) as file:
            tell = file.tell(say)
            for labelled in map(file.article, _read(file.path, tell, file.tell(fail), blind=blind)):
                english.known(labelled.article)
                yield labelled
    except OSError as error:
        fail(f"{error.filename or path}: {error.strerror or error}.")
    except SaysoError as error:
        fail(str(error))
    english.tell(say)


def _read(path: Path, say: Say, fail: Say, *, blind: bool) -> Iterator[LabelledArticle]:
    """Read a folder file by file: articles are cut into sentences, labelled tables keep their labels."""
    from ...data.articles.files import read_articles, read_folder
    from ...data.articles.notices import Notices
    from ...data.articles.sentences import in_sentences
    from ...data.rows.refused import FewOfEach

    labelled, long = _labelled_files(path)
    with FewOfEach(fail) as errors:
        if labelled != [path]:
            if path.is_dir():
                articles = read_folder(path, frozenset(labelled), notice=say, on_error=errors.add)
            else:
                articles = read_articles([str(path)], notice=say, on_error=errors.add)
            yield from map(in_sentences, articles)
        for file in long:
            say(
                f"{file}: most rows of this labelled table are whole articles; they are split into "
                "sentences, and their labels are left out because they are not labels of sentences."
            )
        if labelled:
            yield from _labelled(labelled, Notices(say), errors.add, blind=blind)


def _labelled_files(path: Path) -> tuple[list[Path], list[Path]]:
    """Give what is read as labelled sentences, and the labelled tables whose rows are whole articles."""
    from ...data.datasets.contents import holds_articles, holds_long_rows, labelled_files

    if holds_articles(path):
        return [], []
    files = labelled_files(path) or [path]
    long = [file for file in files if not file.is_dir() and holds_long_rows(file)]
    return [file for file in files if file not in long], long


def _labelled(paths: Sequence[Path], notices: "Notices", refuse: "Refuse", *, blind: bool) -> Iterator[LabelledArticle]:
    """Read labelled sentences; what a model labelled is suggested, or left out when blind, and told.

    Labels that annotating wrote are told by the chances beside them, which a person who labels does not give.
    """
    from ...data.datasets.build import read_labelled
    from ...data.rows.places import row_key
    from ...data.rows.suggestions import as_suggested, without_suggestions

    of_models: set[tuple[str, str]] = set()

    def watch(rows: "Iterator[tuple[str, Row]]") -> "Iterator[tuple[str, Row]]":
        for where, row in rows:
            if row.get("kind_confidence"):
                of_models.add(row_key(row, where))
            yield where, row

    n = 0
    for labelled in read_labelled(paths, refuse, watch, notices=notices):
        is_of_model = (labelled.article.id, labelled.split) in of_models
        n += is_of_model
        taken = as_suggested(labelled) if is_of_model else labelled
        yield without_suggestions(taken) if is_of_model and blind else taken
    if n:
        became = "left out because you label blind" if blind else "kept as suggestions, not as labels of yours"
        where = str(paths[0]) if len(paths) == 1 else f"{paths[0]} and {counted(len(paths) - 1, 'file')} more"
        notices.say(
            f"{where}: the labels of {counted(n, 'article')} were predicted by a model (sayso annotate); "
            f"they are {became}. If a person has corrected them, build a dataset from them with sayso "
            "data build and give that instead."
        )


def take_in(desk: Desk, articles: Iterable[LabelledArticle], say: Say) -> Iterator[Taken]:
    """Take articles into the project, some at a time; one that is there already is not taken twice.

    An article is there already if one of its id has its text. One of its id with another text is taken in under a new id.
    """
    coming, size = iter(articles), _AT_FIRST
    n_there, first = 0, ""
    while batch := list(islice(coming, size)):
        with desk.adding:
            taken = _take_in(desk, batch, say)
        n_there += len(taken.there)
        first = first or next((one["id"] for one in taken.there), "")
        size = min(2 * size, _AT_ONCE)
        yield taken
    if n_there == 1:
        say(f"{first}: already in the project with the same text; not added again.")
    elif n_there:
        say(f"{n_there:,} articles are already in the project (first {first}); they were not added again.")


def _take_in(desk: Desk, batch: Sequence[LabelledArticle], say: Say) -> Taken:
    taken = Taken()
    new: dict[str, LabelledArticle] = {}
    for labelled in batch:
        name, is_there = _name_here(desk, labelled, new)
        here = replace(labelled, article=replace(labelled.article, id=name))
        if is_there:
            taken.there.append(_entry(here))
        elif not labelled.sentences:
            say(f"{name}: left out, as it has no sentence.")
        else:
            new[name] = here
            if name != labelled.article.id:
                say(f"{labelled.article.id}: another article already has this id; this one is named {name}.")
    added = _added(desk, list(new.values()), say)
    taken.added = [_entry(new[name]) for name in added]
    return taken


def _name_here(desk: Desk, labelled: LabelledArticle, new: Mapping[str, LabelledArticle]) -> tuple[str, bool]:
    """Give the id that an article has in the project or is to have, and whether it is there with its text."""
    name, number = labelled.article.id, 2
    while (text := new[name].article.text if name in new else _text_there(desk, name)) is not None:
        if text == labelled.article.text:
            return name, True
        name, number = f"{labelled.article.id} ({number})", number + 1
    return name, False


def _text_there(desk: Desk, name: str) -> str | None:
    try:
        return desk.project.read(name)[0].article.text
    except SaysoError:
        return None


def _added(desk: Desk, articles: Sequence[LabelledArticle], say: Say) -> list[str]:
    """Take new articles in; one that cannot be kept is told, and keeps no other out."""
    try:
        return desk.project.add(articles) if articles else []
    except SaysoError as error:
        if len(articles) == 1:
            say(str(error))
            return []
    return [name for labelled in articles for name in _added(desk, [labelled], say)]


def from_text(desk: Desk, values: Mapping[str, Any]) -> Taken:
    """Take in an article that was pasted.

    Parameters
    ----------
    desk : Desk
    values : mapping
        ``text``, and what is known of ``title``, ``outlet``, ``date``, ``url``.

    Raises
    ------
    SaysoError
        If there is no text, something is no text, or nothing could be read.
    """
    for name in ("text", *_ABOUT):
        value = values.get(name)
        if not isinstance(value, str | None):
            raise SaysoError(f"{name}: the text is missing.")
        if value and any("\ud800" <= c <= "\udfff" for c in value):
            raise SaysoError(f"{name}: contains half of a character; paste it again.")
    text = (values.get("text") or "").replace("\r\n", "\n").replace("\r", "\n").strip()
    if not text:
        raise SaysoError("The article is empty; paste its text.")
    about = {name: words for name in _ABOUT if (words := " ".join((values.get(name) or "").split()))}
    shown = safe_name(about.get("title") or text.partition("\n")[0], "Pasted text")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pasted.txt"
        path.write_bytes(text.encode())  # no line end becomes two characters
        return _taken(desk, path, shown, about)


def from_file(desk: Desk, path: Path, name: str) -> Taken:
    """Take in the articles of a file that was sent.

    Parameters
    ----------
    desk : Desk
    path : Path
        Where it was put, under a name of ours with the ending of its own.
    name : str
        What it is called; ids and messages name it so.

    Raises
    ------
    SaysoError
        If nothing could be read.
    """
    return _taken(desk, path, name, {})


def _taken(desk: Desk, path: Path, name: str, about: Mapping[str, str]) -> Taken:
    taken = Taken()
    renamed = _renamed(path, name)

    def say(line: str) -> None:
        for file in renamed:
            line = file.shown(line)
        taken.notices.append(line)

    articles: Iterable[LabelledArticle] = read_any(path, say, say, blind=desk.settings.blind)
    for file in renamed:
        articles = map(file.article, articles)
    for some in take_in(desk, _with(articles, about), taken.notices.append):
        taken.added += some.added
        taken.there += some.there
    if not taken.added and not taken.there:
        raise SaysoError(" ".join(taken.notices[:_MOST_NOTICES]) or f"{name}: no article in this file.")
    return taken


def _renamed(path: Path, name: str) -> "list[AsFile]":
    """Give what puts the name that users know in the place of a path of ours, also where what was packed is spoken of."""
    from ...data.datasets.as_file import AsFile

    unpacked = AsFile(path.with_suffix(""), str(PurePosixPath(name).with_suffix("")))
    return [AsFile(path, name), unpacked] if path.suffix else [AsFile(path, name)]


def _with(articles: Iterable[LabelledArticle], about: Mapping[str, Any]) -> Iterator[LabelledArticle]:
    for labelled in articles:
        yield replace(labelled, article=replace(labelled.article, **about)) if about else labelled


def safe_name(name: str, otherwise: str = "file") -> str:
    """Give the last part of a file's name as something to show; it is never used as a path.

    >>> safe_name("../../etc/Harbour fire.html")
    'Harbour fire.html'
    """
    last = PurePosixPath(name.replace("\\", "/")).name
    shown = " ".join("".join(c for c in last if unicodedata.category(c)[0] != "C" or c == "\t").split())
    cut = shown if len(shown) <= _LONGEST_NAME else f"{shown[: _LONGEST_NAME - 12]}…{shown[-11:]}"
    return cut if cut.strip(". ") else otherwise


def suffix_of_upload(name: str) -> str:
    """Give the ending of a file's name, if it is one of a kind that can be read, or of one of which a line says why not.

    Raises
    ------
    SaysoError
        If it is none.
    """
    from ...data.articles.reader import PACKED, suffix_of
    from ...data.packed.compression import SUFFIXES as COMPRESSED

    suffix = suffix_of(safe_name(name))
    packed = {first + then for first in _plain_suffixes() for then in PACKED}
    if suffix and suffix not in _plain_suffixes() | packed | {*COMPRESSED, *PACKED}:
        raise SaysoError(f"{safe_name(name)}: this kind of file cannot be read; `sayso files` lists the kinds that can.")
    return suffix


def _plain_suffixes() -> frozenset[str]:
    from ...data.articles.kinds import article_suffixes
    from ...data.articles.readers.other_formats import SUFFIXES as REFUSED
    from ...data.exchange.formats import exchange_suffixes
    from ...data.rows.files import TABLES

    return article_suffixes() | exchange_suffixes() | TABLES | {".zip", ".tar", ".tgz", *REFUSED, *_DOCUMENTS}


class Sources:
    """Reads what the command named, beside all else, and tells how far it has come.

    Parameters
    ----------
    desk : Desk
    paths : sequence of Path
    """

    def __init__(self, desk: Desk, paths: Sequence[Path]) -> None:
        self._desk, self._paths = desk, paths
        self.n_added = 0
        self.errors: list[str] = []
        self.notices: list[str] = []
        self.now: str | None = None
        self._stopped = False
        self.done: Future[None] = Future()

    def start(self) -> None:
        """Begin."""
        project = self._desk.project
        others = [name for name in project.layout.annotators() if name != project.annotator]
        if self._paths:
            self.now = str(self._paths[0])
            self.done = in_background(self._read)
        elif others:
            self.done = in_background(lambda: self._take_from(others))
        else:
            self.done.set_result(None)

    def _take_from(self, others: Sequence[str]) -> None:
        """Take the articles in that others have in the project and this person has not, without their labels."""
        if self._desk.project.entries():
            self._desk.first_shown.wait(QUIET)
        else:
            self.now = f"the articles of {' and '.join(others)}"
        try:
            self.n_added = len(self._desk.project.take_from_others())
        except SaysoError as error:
            self._fail(str(error))
        finally:
            self.now = None
        if self.n_added:
            articles = counted(self.n_added, "article")
            self._desk.tell(f"{articles} of {' and '.join(others)} added, without anybody's labels.")

    def stop(self) -> None:
        """Read no further; what is just being taken in is waited for."""
        self._stopped = True
        with suppress(TimeoutError):
            self.done.result(_LAST)

    def view(self) -> dict[str, Any]:
        """Give how far it is, as plain values; ``reading`` is None when all is read.

        ``errors`` says what could not be read, ``notices`` what was guessed or left out.
        """
        told = {"errors": self.errors[:_MOST_NOTICES], "notices": self.notices[:_MOST_NOTICES]}
        return {"reading": self.now, "added": self.n_added, **told}

    def _read(self) -> None:
        try:
            for path in self._paths:
                self.now = str(path)
                try:
                    self._read_one(path)
                except SaysoError as error:
                    self._fail(str(error))
        except Exception as error:  # of ours: what was read is there, and labelled on
            self._fail(str(OwnError.of(self.now or "", error)))
        finally:
            self.now = None

    def _read_one(self, path: Path) -> None:
        n_added, tell, told = self.n_added, self._desk.tell, time.monotonic()
        if (dataset_in(path) / "data").is_dir():  # whole files at a time
            self.n_added += len(self._desk.project.take([str(path)]))
            tell(f"{path}: {counted(self.n_added - n_added, 'article')} added.")
            return
        for taken in take_in(self._desk, read_any(path, self._say, self._fail, blind=self._desk.settings.blind), self._say):
            self.n_added += len(taken.added)
            if self._stopped:
                tell(f"{path}: not read to the end; give it again to read the rest.")
                return
            if time.monotonic() > told + _TOLD:
                tell(f"{path}: {counted(self.n_added - n_added, 'article')} so far.")
                told = time.monotonic()
        tell(f"{path}: {counted(self.n_added - n_added, 'article')} added.")

    def _say(self, line: str) -> None:
        self.notices.append(line)
        self._desk.tell(line)

    def _fail(self, line: str) -> None:
        if self._stopped:
            return
        self.errors.append(line)
        self._desk.tell(f"Error: {line}")
