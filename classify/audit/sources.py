"""The source audit of many articles: who is quoted and paraphrased, how often, by whom."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ...data.articles.files import read_articles
from ...data.articles.tables import Columns
from ...data.atomic_write import replace_file
from ...errors import SaysoError
from ..annotation.annotator import load_annotator
from ..files.destinations import is_terminal
from ..files.progress import Progress
from ..model_files.shipped import beside_others
from ..speakers.prevalence import PrevalenceCounts, errors_of
from ..speakers.prevalence_tables import prevalence_csv
from .audit import Audit
from .page import audit_page
from .roster import Roster
from .roster_file import GROUP_COLUMNS, Kept, group_rows, read_roster, roster_csv, table

USUAL = ("outlet", "month", "byline", "author", "authors")
"""Columns that articles are parted by where they have them."""
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class AuditOptions:
    """How articles are audited.

    Parameters
    ----------
    by : sequence of str
        Columns to part the articles by, besides `USUAL`.
    roster : str, optional
        A roster whose columns are carried on.
    models : sequence of str
        Model files instead of the package's.
    bom : bool, default=False
        Begin CSV files with the mark by which older spreadsheets know UTF-8.
    """

    by: Sequence[str] = ()
    roster: str | None = None
    models: Sequence[str] = ()
    bom: bool = False


def audit_paths(paths: Sequence[str], out: str, options: AuditOptions, columns: Columns | None = None) -> bool:
    """Audit the articles of files and folders, and write what was found into a folder.

    Parameters
    ----------
    paths : sequence of str
        As `data.articles.files.read_articles` takes them.
    out : str
        Folder; ``roster.csv``, ``groups.csv``, ``shares.csv``, ``audit.json`` and ``index.html`` in it are replaced.
    options : AuditOptions
    columns : Columns, optional
        Names in a table; without them the usual ones are looked for.

    Returns
    -------
    bool
        Every article came out; what did not is named on standard error.
    """
    _check_folder(out)
    progress = Progress(shown=is_terminal(sys.stderr))
    kept = read_roster(options.roster, progress.say) if options.roster else Kept((), {})
    annotator = load_annotator(options.models, bias=False)
    for note in beside_others(options.models):
        progress.say(note)
    articles = read_articles(paths, notice=progress.say, on_error=progress.report, columns=columns)
    by = list(dict.fromkeys([*options.by, *USUAL]))
    audit = Audit(Roster(by, kept.same), PrevalenceCounts(by, errors_of(annotator)), kept.columns)
    for article, annotated in progress.counted(annotator.annotate_all(articles)):
        audit.roster.add(article, annotated)
        audit.prevalence.add(article, annotated)
    kept.carry_on(audit.roster)
    if progress.n_articles:
        progress.report_unknown_columns(audit.drop_unknown(options.by))
        write_audit(audit, out, bom=options.bom)
    else:
        progress.say(f"Nothing was written to {out}.")
    progress.clear()
    return not progress.n_errors


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
        "shares.csv": mark + prevalence_csv(audit.prevalence_rows()),
        "audit.json": json.dumps(audit.as_json(), ensure_ascii=False, indent=1) + "\n",
        "index.html": audit_page(audit),
    }
    Path(out).mkdir(exist_ok=True)
    for name, text in files.items():
        with replace_file(Path(out) / name) as stream:
            stream.write(text.encode())
