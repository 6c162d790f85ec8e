"""Everything that a dataset is built from, as a stream of articles: labelled sentences, and articles without labels."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, groupby, islice
from pathlib import Path

from ...errors import OwnError, SaysoError
from ..articles.amounts import Amount
from ..articles.cells.characters import checked_characters
from ..articles.files import read_articles
from ..articles.kinds import article_suffixes
from ..articles.metadata.article_language import article_language
from ..articles.metadata.date_columns import labelled_with_iso_dates, with_iso_dates
from ..articles.metadata.dates import ORDERS
from ..articles.notices import Notices, Say
from ..articles.reader import suffix_of
from ..articles.sentences import in_sentences
from ..articles.tables import Columns, article_of
from ..records import Article, LabelledArticle
from ..rows.files import TABLES, holds_table
from ..rows.labelled_rows import count_rows, stream_articles
from ..rows.places import Row, RowError, row_key
from ..rows.recognition.names import USUAL, RowNames
from ..rows.recognition.reading import named_once
from ..rows.recognition.sort_of_rows import are_articles
from .as_file import AsFile, as_file
from .build import corpus_texts, labelled_rows, parse_text
from .card import Provenance
from .contents import holds_articles, holds_long_rows, mixture
from .tally import text_key

ROWS = ("auto", "sentences", "articles")
Drop = Callable[[str, str], None]
"""Told of what is left out: where it stood, and why."""
_HUB = "hf:"


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
    row_names : RowNames
        The columns that the user named, of tables of labelled sentences.
    columns : Columns
        Those of tables of articles.
    amount : Amount
        Counts the bytes of files of articles that have been read.
    failed : list of OwnError
        Is given the articles that were lost by a bug of ours.
    """

    names: Sequence[str]
    rows: str
    licence: str | None
    drop: Drop
    tell: Say
    refuse: Callable[[RowError], None] | None = None
    row_names: RowNames = USUAL
    columns: Columns = field(default_factory=Columns)
    amount: Amount = field(default_factory=Amount)
    failed: list[OwnError] = field(default_factory=list)
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
                f"{name}: article {article.id!r} is already given in {source}{other}; to compare two "
                "annotators, use sayso data agree; for two articles, give each its own id."
            )

    def _of(self, name: str) -> Iterator[LabelledArticle]:
        path = Path(name)
        if name.startswith(_HUB) or (not path.exists() and _is_name(name)):
            from .hub import hub_rows

            yield from self._labelled_or_not(hub_rows(name.removeprefix(_HUB)), name)
            return
        with as_file(path, self.tell, partial(holds_articles, rows=self.rows, names=self.row_names)) as file:
            yield from map(file.article, self._told_by(file)._of_path(file.path))

    def _told_by(self, file: AsFile) -> "Sources":
        """Tell what is to say by the name that users know."""
        return replace(
            self,
            tell=file.tell(self.tell),
            drop=lambda where, reason: self.drop(file.shown(where), file.shown(reason)),
            refuse=file.refuse(self.refuse),
        )

    def _of_path(self, path: Path) -> Iterator[LabelledArticle]:
        if path.is_dir() and (line := mixture(path, self.rows, self.row_names)):
            self.tell(line)
        if holds_articles(path, self.rows, self.row_names):
            read = read_articles(
                [str(path)], columns=self.columns, notice=self.tell, on_error=self._drop_error, amount=self.amount
            )
            yield from self._unlabelled(read)
        elif texts := corpus_texts(path):
            for text in texts:
                yield from parse_text(text, self.refuse)
                self.amount.add(text)
        else:
            lines: list[str] = []  # told when all was read: what is refused is told in one line
            notices = Notices(lines.append)
            if self.rows == "auto" and holds_table(path):
                self._tell_of_long_rows(path, notices)
            rows = labelled_rows(path, self.row_names, notices)
            labelled = stream_articles(rows(notices), self.refuse, count_rows(rows(None)))
            yield from labelled_with_iso_dates(labelled, notices, self._date_order)
            notices.tell_counts()
            for line in lines:
                self.tell(line)

    def _tell_of_long_rows(self, path: Path, notices: Notices) -> None:
        """Say where rows that are read as sentences could be articles."""
        if holds_long_rows(path, self.row_names):
            notices.say(
                f"{path}: rows are read as labelled sentences, although most are longer than a "
                "sentence; if they are articles, give --rows articles."
            )

    def _labelled_or_not(self, rows: Iterator[tuple[str, Row]], name: str) -> Iterator[LabelledArticle]:
        """Read rows that can be read once: those of one article stand together, or else the id is told to be twice."""
        first = list(islice(rows, 1))
        if not first:
            raise SaysoError(f"{name}: this dataset has no rows.")
        whole, notices = chain(first, rows), Notices(self.tell)
        if self.rows == "articles" or (self.rows == "auto" and are_articles([first[0][1]], self.row_names)):
            articles = _articles(whole, self.columns, self._drop_error, notices)
            yield from self._unlabelled(with_iso_dates(articles, notices, order=self._date_order))
        else:
            labelled = _neighbours(named_once(whole, name, notices, self.row_names), self.refuse)
            yield from labelled_with_iso_dates(labelled, notices, self._date_order)
        notices.tell_counts()

    def _unlabelled(self, articles: Iterable[Article]) -> Iterator[LabelledArticle]:
        for article in articles:
            key = text_key(" ".join(article.text.split()))
            if key in self._id_by_text:
                self.drop(article.id, f"the same text as {self._id_by_text[key]}")
                continue
            self._id_by_text[key] = article.id
            meta = {name.removeprefix("article_"): value for name, value in article.extra.items() if value}
            try:
                article = replace(article, language=article_language(article)[0] or article.language)
                labelled = in_sentences(article, meta)
            except MemoryError:
                raise
            except Exception as error:  # a bug of ours costs this article alone
                self._drop_error(OwnError.of(article.id, error))
                continue
            if labelled.sentences:
                yield labelled
            else:
                self.drop(article.id, "no sentence in it")

    @property
    def _date_order(self) -> str | None:
        return ORDERS[self.columns.date_order] if self.columns.date_order else None

    def _drop_error(self, error: SaysoError) -> None:
        where, _, reason = str(error).partition(": ")
        self.drop(where, reason)
        if isinstance(error, OwnError):
            self.failed.append(error)


def _is_name(name: str) -> bool:
    """Tell whether what is no file can be a dataset's name: two words, and no folder of the first."""
    owner, slash, rest = name.partition("/")
    plain = owner.replace("-", "").replace("_", "").replace(".", "").isalnum() and "/" not in rest
    return bool(slash and rest) and plain and not Path(owner).exists() and suffix_of(name) not in article_suffixes() | TABLES


def _articles(
    rows: Iterable[tuple[str, Row]], columns: Columns, drop: Callable[[SaysoError], None], notices: Notices
) -> Iterator[Article]:
    for where, row in rows:
        try:
            yield checked_characters(article_of(row, where, columns, notices), notices, mend=columns.mend_encoding)
        except SaysoError as error:
            drop(error)


def _neighbours(rows: Iterable[tuple[str, Row]], refuse: Callable[[RowError], None] | None) -> Iterator[LabelledArticle]:
    """Read an article wherever neighbouring rows are of one."""
    for _, group in groupby(rows, key=lambda row: row_key(row[1], row[0])):
        yield from stream_articles(group, refuse)
