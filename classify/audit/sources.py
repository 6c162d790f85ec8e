"""The source audit of many articles: who is quoted and paraphrased, how often, by whom."""

import json
import pickle
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...data.articles.files import read_articles
from ...data.articles.tables import Columns
from ...data.atomic_write import check_folder_name, check_not_there, replace_file
from ...data.records import Article
from ...errors import SaysoError
from ..annotation.annotator import load_annotator
from ..annotation.records import Annotated
from ..files.copies import Copies
from ..files.destinations import is_terminal
from ..files.english import EnglishOnly
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
FILES = ("roster.csv", "groups.csv", "shares.csv", "audit.json", "index.html")
"""What an audit writes into its folder."""
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
    any_language : bool, default=False
        Audit articles that are not English too.
    keep_duplicates : bool, default=False
        Count every copy of an article.
    force : bool, default=False
        Replace the files of an earlier audit.
    """

    by: Sequence[str] = ()
    roster: str | None = None
    models: Sequence[str] = ()
    bom: bool = False
    any_language: bool = False
    keep_duplicates: bool = False
    force: bool = False


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
    check_audit_folder(out, options)
    progress = Progress(shown=is_terminal(sys.stderr))
    kept = read_roster(options.roster, progress.say) if options.roster else Kept((), {})
    annotator = load_annotator(options.models, bias=False)
    for note in beside_others(options.models):
        progress.say(note)
    english = EnglishOnly(any_language=options.any_language)
    articles = english.kept(read_articles(paths, notice=progress.say, on_error=progress.report, columns=columns))
    by = list(dict.fromkeys([*options.by, *USUAL]))
    audit = Audit(Roster(by, kept.same), PrevalenceCounts(by, errors_of(annotator)), kept.columns)
    copies = Copies(keep=options.keep_duplicates)
    _count(progress.counted(annotator.annotate_all(articles)), audit, copies, progress)
    english.tell(progress.say)
    kept.carry_on(audit.roster)
    if progress.n_articles:
        progress.report_unknown_columns(audit.drop_unknown(options.by))
        write_audit(audit, out, bom=options.bom)
    else:
        progress.say(f"Nothing was written to {out}.")
    progress.clear()
    return not progress.n_errors and progress.n_articles > 0


def _count(annotated: Iterable[tuple[Article, list[Annotated]]], audit: Audit, copies: Copies, progress: Progress) -> None:
    """Count articles, copies once: which of them counts shows when all have come, so what was heard waits on disk."""
    n_articles = 0
    with tempfile.TemporaryFile() as waiting:
        for article, sentences in annotated:
            n_articles += 1
            copies.add(article)
            audit.prevalence.add(article, sentences)
            pickle.dump(audit.roster.heard_in(article, sentences), waiting)
        progress.clear()
        not_counted = copies.not_to_count(progress.say)
        audit.prevalence.without(not_counted)
        waiting.seek(0)
        for number in range(n_articles):
            heard = pickle.load(waiting)
            if number not in not_counted:
                audit.roster.count(heard)


def check_audit_folder(out: str, options: AuditOptions) -> None:
    """Refuse a folder that cannot be made, or in which one of our files stands already; what else is in it stays."""
    path = Path(out)
    check_folder_name(out)
    if path.exists() and not path.is_dir():
        raise SaysoError(f"{out}: this is a file; give --out a folder.")
    if not path.exists() and not path.absolute().parent.is_dir():
        raise SaysoError(f"{out}: the folder that it should be in is not there.")
    for name in FILES:
        check_not_there(path / name, force=options.force)


def write_audit(audit: Audit, out: str, *, bom: bool = False) -> None:
    """Write the files of an audit into a folder; what else is in it stays."""
    mark, groups = _BOM if bom else "", group_rows(audit.roster)
    texts = (
        mark + roster_csv(audit.roster, audit.added),
        mark + table(GROUP_COLUMNS, [list(row.values()) for row in groups]),
        mark + prevalence_csv(audit.prevalence_rows()),
        json.dumps(audit.as_json(), ensure_ascii=False, indent=1) + "\n",
        audit_page(audit),
    )
    Path(out).mkdir(exist_ok=True)
    for name, text in zip(FILES, texts, strict=True):
        with replace_file(Path(out) / name) as stream:
            stream.write(text.encode())
