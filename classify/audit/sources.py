"""The source audit of many articles: who is quoted and paraphrased, how often, by whom."""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from ...data.articles.files import read_articles
from ...data.articles.tables import Columns
from ...data.atomic_write import replace_file
from ...data.records import Article
from ...errors import SaysoError
from ..annotation.annotator import Annotator, load_annotator
from ..files.destinations import is_terminal
from ..files.progress import Progress
from ..output.share_tables import shares_csv
from ..speakers.share_counts import ShareCounts, errors_of
from .audit import Audit
from .page import audit_page
from .roster import Roster
from .roster_file import GROUP_COLUMNS, Kept, group_rows, read_roster, roster_csv, table

USUAL = ("outlet", "month", "byline", "author", "authors")
"""Columns that articles are parted by where they have them."""
_BOM = "\ufeff"


def audit_paths(
    paths: Sequence[str],
    out: str,
    *,
    by: Sequence[str] = (),
    roster: str | None = None,
    models: Sequence[str] = (),
    columns: Columns | None = None,
    bom: bool = False,
) -> bool:
    """Audit the articles of files and folders, and write what was found into a folder.

    Parameters
    ----------
    paths : sequence of str
        As `read_articles` takes them.
    out : str
        Folder; ``roster.csv``, ``groups.csv``, ``shares.csv``, ``audit.json`` and ``index.html`` in it are replaced.
    by : sequence of str
        Columns to part the articles by, besides `USUAL`.
    roster : str, optional
        A roster whose columns are carried on.
    models : sequence of str
        Model files instead of the package's.
    columns : Columns, optional
        Names in a table; without them the usual ones are looked for.
    bom : bool, default=False
        Begin CSV files with the mark by which older spreadsheets know UTF-8.

    Returns
    -------
    bool
        Every article came out; what did not is named on standard error.
    """
    _check_folder(out)
    progress = Progress(shown=is_terminal(sys.stderr))
    kept = read_roster(roster, progress.say) if roster else Kept((), {})
    annotator = load_annotator(models, bias=False)
    bad: list[SaysoError] = []

    def report(error: SaysoError) -> None:
        bad.append(error)
        progress.say(f"Error: {error}")

    articles = read_articles(paths, notice=progress.say, on_error=report, columns=columns)
    audit = _count(annotator, articles, [*dict.fromkeys([*by, *USUAL])], kept, progress, report)
    if progress.n_articles:
        for column in audit.drop_unknown(by):
            report(SaysoError(f"--by {column}: no article says anything of it; is it a column of the table?"))
        write_audit(audit, out, bom=bom)
    else:
        progress.say(f"Nothing was written to {out}.")
    progress.clear()
    return not bad


def _count(
    annotator: Annotator,
    articles: Iterable[Article],
    by: Sequence[str],
    kept: Kept,
    progress: Progress,
    report: Callable[[SaysoError], None],
) -> Audit:
    audit = Audit(Roster(by, kept.same), ShareCounts(by, errors_of(annotator)), kept.columns)
    for article, annotated in annotator.annotate_all(articles):
        if not annotated:
            report(SaysoError(f"{article.id}: no sentence of an article in it; is it the right file?"))
            continue
        audit.roster.add(article, annotated)
        audit.shares.add(article, annotated)
        progress.count(len(annotated))
    kept.carry_on(audit.roster)
    return audit


def _check_folder(out: str) -> None:
    path = Path(out)
    if path.exists() and not path.is_dir():
        raise SaysoError(f"{out}: this is a file; give --out a folder.")
    if not path.exists() and not path.absolute().parent.is_dir():
        raise SaysoError(f"{out}: the folder that it should be in is not there.")


def write_audit(audit: Audit, out: str, *, bom: bool = False) -> None:
    """Write the files of an audit into a folder; what else is in it stays."""
    mark, groups = _BOM if bom else "", group_rows(audit.roster)
    files = {
        "roster.csv": mark + roster_csv(audit.roster, audit.added),
        "groups.csv": mark + table(GROUP_COLUMNS, [list(row.values()) for row in groups]),
        "shares.csv": mark + shares_csv(audit.rows_of_shares()),
        "audit.json": json.dumps(audit.as_json(), ensure_ascii=False, indent=1) + "\n",
        "index.html": audit_page(audit),
    }
    Path(out).mkdir(exist_ok=True)
    for name, text in files.items():
        with replace_file(Path(out) / name) as stream:
            stream.write(text.encode())
