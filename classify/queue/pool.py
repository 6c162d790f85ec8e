"""What a queue is chosen from: sentences of datasets and labelled files, and articles, which are cut into sentences."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from ...data.articles.files import read_articles
from ...data.articles.notices import Notices, Say
from ...data.articles.sentences import in_sentences
from ...data.articles.tables import Columns
from ...data.datasets.as_file import as_file
from ...data.datasets.build import read_labelled
from ...data.datasets.contents import holds_articles, mixture
from ...data.records import Article, LabelledArticle
from ...data.rows.recognition.names import USUAL, RowNames
from ...errors import OwnError, SaysoError
from ..files.english import EnglishOnly


def read_pool(
    paths: Sequence[Path],
    on_error: Callable[[SaysoError], None],
    tell: Say,
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
    columns = Columns(text=names.text, id=names.article, mend_encoding=mend_encoding)
    for path in paths:
        with as_file(path, tell, partial(holds_articles, names=names)) as file:
            read = _read_one(file.path, file.on_error(on_error), file.tell(tell), names, columns)
            articles += map(file.article, read)
    articles = [labelled for labelled in articles if english.known(labelled.article)]
    english.tell(tell)
    counts = Counter(labelled.article.id for labelled in articles)
    if twice := next((name for name, n in counts.items() if n > 1), None):
        raise SaysoError(f"two articles have the id {twice!r}; give each its own id.")
    return articles


def _read_one(
    path: Path,
    on_error: Callable[[SaysoError], None],
    tell: Say,
    names: RowNames,
    columns: Columns,
) -> list[LabelledArticle]:
    if path.is_dir() and (line := mixture(path, names=names)):
        tell(line)
    if holds_articles(path, names=names):
        articles = read_articles([str(path)], columns=columns, notice=tell, on_error=on_error)
        return [labelled for article in articles if (labelled := _in_sentences(article, on_error))]
    return read_labelled([path], names=names, notices=Notices(tell))


def _in_sentences(article: Article, on_error: Callable[[SaysoError], None]) -> LabelledArticle | None:
    try:
        return in_sentences(article)
    except MemoryError:
        raise
    except Exception as error:  # a bug of ours costs this article alone
        on_error(OwnError.of(article.id, error))
        return None
