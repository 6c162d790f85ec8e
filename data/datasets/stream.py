"""Everything that a dataset is built from, as a stream of articles: labelled sentences, and articles without labels."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby, islice
from pathlib import Path

from ...errors import SaysoError
from ..articles.files import article_suffixes, read_articles
from ..articles.notices import Notices
from ..articles.sentences import find_sentences
from ..articles.tables import Columns, article_of
from ..exchange.formats import exchange_suffixes, exports_in, format_of
from ..records import Article, LabelledArticle, Sentence
from ..rows.annotated_page import PAGES
from ..rows.files import TABLES, read_rows
from ..rows.labelled_rows import count_rows, stream_articles
from ..rows.places import Row, RowError, row_key
from .build import corpus_texts, labelled_rows, parse_text
from .card import Provenance
from .tally import text_key

ROWS = ("auto", "sentences", "articles")
Drop = Callable[[str, str], None]
"""Told of what is left out: where it stood, and why."""
_HUB = "hf:"
"""Files that hold labelled sentences, whatever is in them."""
_HEAD = 4000  # bytes of a text in which our corpus format shows


@dataclass(slots=True)
class Sources:
    """What a dataset is built from.

    Parameters
    ----------
    names : sequence of str
        Files, folders, or names of datasets on the hub (``hf:owner/name``).
    rows : str
        What the rows of a table are: ``sentences``, ``articles``, or ``auto``.
    licence : str or None
        Of all of them, as far as it is known.
    drop : callable
        Told of each article that is left out.
    tell : callable
        Told, in a line each, what else there is to say of reading.
    refuse : callable or None
        Given what is wrong with labelled sentences; None: the first is raised.
    """

    names: Sequence[str]
    rows: str
    licence: str | None
    drop: Drop
    tell: Callable[[str], None]
    refuse: Callable[[RowError], None] | None = None
    provenance: list[Provenance] = field(default_factory=list)
    _id_by_text: dict[bytes, str] = field(default_factory=dict)
    _source_by_id: dict[bytes, tuple[str, bytes]] = field(default_factory=dict)

    def articles(self) -> Iterator[LabelledArticle]:
        """Yield the articles of all sources; how much each gave is in ``provenance`` then."""
        for name in self.names:
            n_articles = n_sentences = 0
            for labelled in self._of(name):
                if len(self.names) > 1:
                    self._check_new(labelled, name)
                n_articles += bool(labelled.sentences)
                n_sentences += len(labelled.sentences)
                yield labelled
            shown = Path(name).name if Path(name).exists() else name  # no folder of somebody's home goes onto a card
            self.provenance.append(Provenance(shown or name, self.licence, n_articles, n_sentences))

    def _check_new(self, labelled: LabelledArticle, name: str) -> None:
        """Refuse an article that an earlier source holds: labels of two people are compared, not piled up."""
        article = labelled.article
        text = text_key(article.text)
        source, earlier_text = self._source_by_id.setdefault(text_key(article.id), (name, text))
        if source != name:
            other = "" if text == earlier_text else " with another text"
            raise SaysoError(
                f"{name}: article {article.id!r} stands in {source} already{other}; "
                "for two annotators there is sayso data agree, for two articles give each an id of its own."
            )

    def _of(self, name: str) -> Iterator[LabelledArticle]:
        path = Path(name)
        if name.startswith(_HUB) or (not path.exists() and _is_name(name)):
            from .hub import hub_rows

            yield from self._labelled_or_not(hub_rows(name.removeprefix(_HUB)), name)
        elif name != "-" and not path.exists():
            raise SaysoError(f"{path}: no such file or folder.")
        elif name == "-" or _holds_articles(path, self.rows):
            yield from self._unlabelled(read_articles([name], notice=self.tell, on_error=self._drop_error))
        elif texts := corpus_texts(path):
            for text in texts:
                yield from parse_text(text, self.refuse)
        else:
            yield from stream_articles(labelled_rows(path, self.tell), self.refuse, count_rows(labelled_rows(path)))

    def _labelled_or_not(self, rows: Iterator[tuple[str, Row]], name: str) -> Iterator[LabelledArticle]:
        """Read rows that can be read once: those of one article stand together, or else the id is told to be twice."""
        first = list(islice(rows, 1))
        if not first:
            raise SaysoError(f"{name}: no rows in this dataset.")
        whole = chain(first, rows)
        if self.rows == "articles" or (self.rows == "auto" and _looks_like_an_article(first[0][1])):
            yield from self._unlabelled(_articles(whole, self.drop, Notices(self.tell)))
        else:
            yield from _neighbours(whole, self.refuse)

    def _unlabelled(self, articles: Iterable[Article]) -> Iterator[LabelledArticle]:
        for article in articles:
            key = text_key(" ".join(article.text.split()))
            if key in self._id_by_text:
                self.drop(article.id, f"the same text as {self._id_by_text[key]}")
                continue
            self._id_by_text[key] = article.id
            spans = find_sentences(article.text)
            if not spans:
                self.drop(article.id, "no sentence in it")
                continue
            meta = {name.removeprefix("article_"): value for name, value in article.extra.items() if value}
            yield LabelledArticle(article, tuple(Sentence(n, span) for n, span in enumerate(spans)), meta=meta)

    def _drop_error(self, error: SaysoError) -> None:
        where, _, reason = str(error).partition(": ")
        self.drop(where, reason)


def _is_name(name: str) -> bool:
    """Tell whether what is no file can be a dataset's name: two words, and no folder of the first."""
    owner, slash, rest = name.partition("/")
    plain = owner.replace("-", "").replace("_", "").replace(".", "").isalnum() and "/" not in rest
    return (
        bool(slash and rest)
        and plain
        and not Path(owner).exists()
        and Path(name).suffix.lower() not in article_suffixes() | TABLES
    )


def _holds_articles(path: Path, rows: str) -> bool:
    """Tell whether a file or folder holds articles without labels."""
    if format_of(path) or (path.is_dir() and exports_in(path)):
        return False  # what another tool wrote
    if path.is_dir():
        return _folder_holds_articles(path, rows)
    suffix = path.suffix.lower()
    if suffix == ".txt":
        return not path.read_bytes()[:_HEAD].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"@id ")  # our corpus format
    if suffix in PAGES:
        return b'data-sayso="article"' not in path.read_bytes()  # a page that annotating wrote
    if suffix in TABLES - {".parquet"}:
        return _table_holds_articles(path) if rows == "auto" else rows == "articles"
    return suffix not in TABLES | exchange_suffixes()


def _folder_holds_articles(folder: Path, rows: str) -> bool:
    """Judge a folder by its first file, unless a file of another tool stands in it."""
    files = [p for p in sorted(folder.rglob("*")) if p.is_file() and not p.name.startswith(".")]
    if any(p.suffix.lower() in (".parquet", ".ann") for p in files):
        return False
    first = next((p for p in files if p.suffix.lower() in article_suffixes() and p.name != "README.md"), None)
    return first is not None and _holds_articles(first, rows)


def _table_holds_articles(path: Path) -> bool:
    try:
        first_row = next(iter(read_rows(path)), ("", {}))[1]
    except SaysoError:
        return False  # reading it tells what is wrong
    return _looks_like_an_article(first_row)


def _looks_like_an_article(row: Row) -> bool:
    """Tell an article by its columns, none of which is a label's, and by having several sentences."""
    try:
        chosen = Columns().find([str(name) for name in row], "")
    except SaysoError:
        return False
    if set(map(str, row)) - set(chosen.values()):
        return False
    text = row[chosen["text"]]
    return isinstance(text, str) and len(find_sentences(text)) > 1


def _articles(rows: Iterable[tuple[str, Row]], drop: Drop, notices: Notices) -> Iterator[Article]:
    for where, row in rows:
        try:
            yield article_of(row, where, Columns(), notices)
        except SaysoError as error:
            drop(where, str(error).removeprefix(f"{where}: "))


def _neighbours(rows: Iterable[tuple[str, Row]], refuse: Callable[[RowError], None] | None) -> Iterator[LabelledArticle]:
    """Read an article wherever neighbouring rows are of one."""
    for _, group in groupby(rows, key=lambda row: row_key(row[1], row[0])):
        yield from stream_articles(group, refuse)
