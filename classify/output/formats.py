"""The formats that annotations are written in: each is a module of this folder that holds its ``FORMAT``."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ...errors import SaysoError

if TYPE_CHECKING:  # the help needs the names only
    from ...data.records import Article
    from ..annotation.records import AnnotatedSentence
    from .article_columns import ArticleColumns

NAMES = ("terminal", "jsonl", "json", "csv", "html", "brat", "parquet")
"""The modules of the formats, in the order of the help; a module is imported when its format is looked at."""


class Writer(Protocol):
    """Turns annotated articles into text, or bytes, one after the other.

    A format needs ``article`` alone, or ``part`` and ``add`` in its place. The second way is quicker where several
    processes annotate: they make the parts.
    """

    def begin(self) -> str | bytes:
        """Give what stands before the first article."""
        return ""

    def article(self, article: "Article", annotated: Sequence["AnnotatedSentence"]) -> str | bytes:
        """Give what stands for one article; it has a sentence."""
        return self.add(self.part(article, annotated))

    def part(self, article: "Article", annotated: Sequence["AnnotatedSentence"]) -> Any:
        """Give what one article comes to, whatever came before; a process makes it and sends it to another, pickled."""
        return article, annotated

    def add(self, part: Any) -> str | bytes:
        """Give what stands for an article by its part."""
        return self.article(*part)

    def end(self) -> str | bytes:
        """Give what stands behind the last article."""
        return ""


class WriterOfEach(Writer):
    """A writer by which an article looks the same whatever stands before it: it needs ``article`` alone."""

    def part(self, article: "Article", annotated: Sequence["AnnotatedSentence"]) -> str | bytes:
        """Give what stands for the article."""
        return self.article(article, annotated)

    def add(self, part: str | bytes) -> str | bytes:
        """Give the part as it is."""
        return part


class FolderWriter(Protocol):
    """Turns annotated articles into the files of a folder, one article after the other."""

    def article(self, article: "Article", annotated: Sequence["AnnotatedSentence"]) -> Mapping[str, str]:
        """Give the name and text of each file for one article."""
        return self.add(self.part(article, annotated))

    def part(self, article: "Article", annotated: Sequence["AnnotatedSentence"]) -> Any:
        """Give what one article comes to, whatever came before: see `Writer`."""
        return article, annotated

    def add(self, part: Any) -> Mapping[str, str]:
        """Give the name and text of each file for an article by its part."""
        return self.article(*part)

    def end(self) -> Mapping[str, str]:
        """Give the files that stand for all."""
        ...


@dataclass(frozen=True, slots=True)
class WriterOptions:
    """What a writer may want to know.

    Parameters
    ----------
    compare : bool
        Set the articles side by side; only where the format ``compares``.
    own_columns : tuple of str
        Columns of the user's own that models label.
    on_terminal : bool
        Somebody reads along on a terminal.
    article_columns : ArticleColumns, optional
        What is told of the article beside each sentence; JSON lines and Parquet only.
    excel : bool
        Write CSV for Excel, see `data.tabular.spreadsheets`.
    """

    compare: bool = False
    own_columns: tuple[str, ...] = ()
    on_terminal: bool = False
    article_columns: "ArticleColumns | None" = None
    excel: bool = False


@dataclass(frozen=True, slots=True)
class FolderFormat:
    """How a format fills a folder.

    Parameters
    ----------
    open : callable
        Makes the writer.
    sign : (str, str)
        A file, and words near its beginning, by which a folder that we wrote is known: it may be replaced.
    wrote : callable of Path
        Tells whether another file in such a folder is one that the writer wrote.
    """

    open: Callable[[WriterOptions], FolderWriter]
    sign: tuple[str, str]
    wrote: Callable[[Path], bool]


@dataclass(frozen=True, slots=True)
class OutputFormat:
    """A format, and how it is opened.

    Parameters
    ----------
    name : str
        As ``--format`` takes it; its module is called the same.
    suffixes : tuple of str
        A file whose name ends in one is written in this format; lower case.
    open : callable, optional
        Makes the writer of a file or of standard output; None where only a folder will do.
    folder : FolderFormat, optional
        How a folder is written; None where only a file will do. With both, a file is what has one of the suffixes.
    gives_reasons : bool
        It holds why a label was given, where reasons are asked for.
    n_why : int
        How many reasons for a label are worked out where no number is asked for.
    compares : bool
        It can set articles side by side.
    for_reading : bool
        It is for people, in whatever encoding their terminal has; other output is UTF-8.
    is_binary : bool
        It is not shown on a terminal.
    of_archives : bool
        It can be written file by file for an archive, with columns of the article beside each sentence.
    """

    name: str
    suffixes: tuple[str, ...] = ()
    open: Callable[[WriterOptions], Writer] | None = None
    folder: FolderFormat | None = None
    gives_reasons: bool = False
    n_why: int = 0
    compares: bool = False
    for_reading: bool = False
    is_binary: bool = False
    of_archives: bool = False


def load_format(name: str) -> OutputFormat:
    """Import the module of a format, one of `NAMES`, and give its ``FORMAT``."""
    loaded: OutputFormat = import_module(f".{name}", __package__).FORMAT
    return loaded


def all_formats() -> Iterator[OutputFormat]:
    """Import one format after the other, in the order of the help."""
    return map(load_format, NAMES)


def format_for(name: str | None, out: str | None) -> OutputFormat:
    """Give the format that is asked for by name, else by the suffix of the file, else the first, which is for reading.

    Raises
    ------
    SaysoError
        If the file has a suffix that no format writes.
    """
    if name:
        return load_format(name)
    suffix = Path(out).suffix.lower() if out else ""
    if not suffix:
        return load_format(NAMES[0])
    suffixes = {suffix: form for form in all_formats() for suffix in form.suffixes}
    if suffix not in suffixes:
        raise SaysoError(f"{out}: {suffix} is no format of ours; name the file {_listed(list(suffixes))}.")
    return suffixes[suffix]


def check_suffix(form: OutputFormat, out: str) -> None:
    """Refuse a file whose name says that it is of another kind than what is written to it.

    Raises
    ------
    SaysoError
        If it has a suffix, and none of the format's.
    """
    suffix = Path(out).suffix.lower()
    if suffix and suffix not in form.suffixes:
        raise SaysoError(f"{out}: {form.name} is written to a {_listed(form.suffixes)} file; name it so.")


def _listed(suffixes: Sequence[str]) -> str:
    return f"{', '.join(suffixes[:-1])} or {suffixes[-1]}" if len(suffixes) > 1 else suffixes[0]
