"""What a table may say of its articles under a name that is not known: a line says how to name such columns."""

from collections.abc import Iterable, Iterator

from ..records import Article
from ..tabular.column_names import OF_ARTICLES, is_administration, plain
from .folder_columns import folder_columns
from .notices import Notices
from .tables import Result

TABLES = frozenset(("delimited", "json_lines", "parquet", "workbook"))
"""The places of the readers whose files are tables, with columns that a user may have named."""
_PARTS = ("outlet", "date")
"""Whether there is a title matters less: many tables have none."""
_MOST = 6  # columns that a line names
_OTHERS = (
    "author authors byline creator journalist section sections category categories topic topics tag tags keyword keywords "
    "subject subjects desk theme genre type kind format edition page pages word_count words length n_words n_sentences "
    "country city region place location state language lang text_id year month day week weekday hour split label labels "
    "summary description abstract lead lead_paragraph intro teaser snippet excerpt subtitle caption image images image_url "
    "key code copyright licence license query search_term sentiment score likes shares views retweets followers comments "
    "autor autorin autoren ressort seite land ort sprache thema jahr monat tag auteur auteurs rubrique page_number"
)
"""Columns whose names say that they hold something else."""
_KNOWN = frozenset(map(plain, _OTHERS.split())) | {plain(name) for names in OF_ARTICLES.values() for name in names}


def with_unused_columns_told(results: Iterable[Result], name: str, notices: Notices) -> Iterator[Result]:
    """Pass the articles of a table on; where none has an outlet or a date, say which columns may hold it.

    Parameters
    ----------
    results : iterable of Article or SaysoError
    name : str
        What messages call the file.
    notices : Notices
        Is told, after the last article.
    """
    missing, others, n_articles = dict.fromkeys(_PARTS), dict[str, None](), 0
    for result in results:
        if isinstance(result, Article):
            n_articles += 1
            missing = {part: None for part in missing if not getattr(result, part)}
            others |= dict.fromkeys(result.extra)
        yield result
    unused = [column for column in others if column not in folder_columns(name) and _may_be_any(column)]
    if not (n_articles and missing and unused):
        return
    named = ", ".join(unused[:_MOST]) + (f" and {len(unused) - _MOST:,} more" if len(unused) > _MOST else "")
    options = " or ".join(f"--{part}-column" for part in missing)
    what = f"{' and '.join(missing)} not known; columns not used: {named}. If one holds it, name it with {options}."
    notices.count(what, name, line=lambda n, where: f"{where}{f' and {n - 1:,} more' if n > 1 else ''}: {what}")


def _may_be_any(column: str) -> bool:
    """Tell whether the name of a column leaves open what it holds."""
    return not is_administration(column) and plain(column) not in _KNOWN
