"""What a queue is chosen from: sentences of datasets and labelled files, and articles, which are cut into sentences."""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from ...data.articles.files import read_articles
from ...data.articles.notices import Notices
from ...data.articles.sentences import find_sentences
from ...data.articles.tables import Columns
from ...data.datasets.build import read_labelled
from ...data.records import Article, LabelledArticle, Sentence
from ...data.rows.files import TABLES, holds_table, read_rows
from ...data.rows.recognition.names import USUAL, RowNames
from ...data.rows.recognition.sort_of_rows import tells_sentences
from ...errors import SaysoError
from ..files.english import EnglishOnly


def read_pool(
    paths: Sequence[Path],
    on_error: Callable[[SaysoError], None],
    tell: Callable[[str], None],
    names: RowNames = USUAL,
    *,
    mend_encoding: bool = False,
    any_language: bool = False,
) -> list[LabelledArticle]:
    """Read sentences to choose from: datasets and labelled files, or articles, which are cut into sentences.

    Parameters
    ----------
    paths : sequence of Path
    on_error : callable
        Is given each article that cannot be read, which is left out.
    tell : callable
        Is told, in a line each, what else there is to say of reading.
    names : RowNames, optional
        The columns that the user named, of tables.
    mend_encoding : bool, default=False
        Undo a wrong encoding in articles.
    any_language : bool, default=False
        Take articles that are not English too; the models know English only.
    """
    english = EnglishOnly(any_language=any_language)
    articles: list[LabelledArticle] = []
    for path in paths:
        if not path.exists():
            raise SaysoError(f"{path}: no such file or folder.")
        if holds_sentences(path, names):
            articles += read_labelled([path], names=names, notices=Notices(tell))
        else:
            columns = Columns(text=names.text, id=names.article, mend_encoding=mend_encoding)
            articles += map(_in_sentences, read_articles([str(path)], columns=columns, notice=tell, on_error=on_error))
    articles = [labelled for labelled in articles if english.known(labelled.article)]
    english.tell(tell)
    counts = Counter(labelled.article.id for labelled in articles)
    if twice := next((name for name, n in counts.items() if n > 1), None):
        raise SaysoError(f"two articles are called {twice!r}; give each an id of its own.")
    return articles


def holds_sentences(path: Path, names: RowNames = USUAL) -> bool:
    """Tell whether a file or folder holds sentences by rows (or our corpus format), not whole articles."""
    if path.is_dir():
        inside = sorted(p for p in path.rglob("*") if p.suffix.lower() in {*TABLES, ".txt", ".html"} and p.is_file())
        first = next((p for p in inside if p.suffix.lower() == ".parquet"), next(iter(inside), None))
        return first is not None and holds_sentences(first, names)
    if path.suffix.lower() == ".txt" and not holds_table(path):
        with path.open(encoding="utf-8", errors="replace") as lines:
            return lines.readline().startswith("@id ")
    if not holds_table(path):
        return False
    try:
        return any(tells_sentences(row, names, ("article",)) for _, row in islice(read_rows(path, names=names), 1))
    except SaysoError:
        return False  # articles are read with more patience


def _in_sentences(article: Article) -> LabelledArticle:
    spans = find_sentences(article.text)
    return LabelledArticle(article, tuple(Sentence(n, span) for n, span in enumerate(spans)))
