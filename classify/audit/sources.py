"""The source audit of many articles: who is quoted and paraphrased, how often, by whom."""

import json
import pickle
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ...data.articles.files import read_articles
from ...data.articles.tables import Columns
from ...data.atomic_write import check_folder_name, check_not_there, fill_folder
from ...data.display import counted
from ...data.records import Article
from ...data.splits.near_articles import Least, signature_of
from ...data.system.file_names import check_can_be_named
from ...data.tabular.spreadsheets import BOM, csv_text
from ...errors import SaysoError
from ..annotation.annotator import load_annotator
from ..annotation.records import AnnotatedSentence
from ..bulk.jobs import n_processes
from ..bulk.parallel import Work, worked_on
from ..bulk.processes import started
from ..files.copies import Copies
from ..files.destinations import check_is_not_read, check_may_write, is_terminal
from ..files.english import EnglishOnly
from ..files.progress import Progress
from ..model_files.shipped import beside_others
from ..speakers.aliases import Known
from ..speakers.prevalence import PrevalenceCounts, errors_of, label_sums
from ..speakers.prevalence_tables import prevalence_csv
from ..word_reader.reader import word_reader
from .audit import Audit
from .made_with import made_with
from .page import audit_page
from .proposals import open_proposals
from .roster import Roster
from .roster_file import GROUP_COLUMNS, Kept, group_rows, read_roster, roster_csv
from .sentence_pages import COLUMNS, FOLDER, PAGES, sentence_pages
from .sentences import SentenceStore

USUAL = ("outlet", "month", "byline", "author", "authors")
"""Columns that articles are parted by where they have them."""
PAGE, AUDIT = "index.html", "audit.json"
FILES = ("roster.csv", "groups.csv", "shares.csv", AUDIT, PAGE)
"""What an audit writes into its folder."""
SENTENCES = "sentences.csv"
"""What it writes too where it has the sentences: a row a sentence of a source, and a folder of pages."""


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
    excel : bool, default=False
        Begin CSV files with the mark by which Excel knows UTF-8.
    any_language : bool, default=False
        Audit articles that are not English too.
    keep_duplicates : bool, default=False
        Count every copy of an article.
    force : bool, default=False
        Replace the files of an earlier audit.
    jobs : int, default=1
        Processes that annotate; what is written is the same.
    debug : bool, default=False
        Show where an error of ours came up.
    reader : str, optional
        Name or folder of a word reader.
    """

    by: Sequence[str] = ()
    roster: str | None = None
    models: Sequence[str] = ()
    excel: bool = False
    any_language: bool = False
    keep_duplicates: bool = False
    force: bool = False
    jobs: int = 1
    debug: bool = False
    reader: str | None = None

    @property
    def columns(self) -> list[str]:
        """All columns to part the articles by."""
        return list(dict.fromkeys([*self.by, *USUAL]))


class Made(NamedTuple):
    """What an audit needs of an article; what was heard in it is pickled, as it waits on disk."""

    heard: bytes
    sums: list[float]
    signature: Least | None


@dataclass(frozen=True, slots=True)
class _Making:
    """Makes what an audit needs of an article."""

    roster: Roster
    keep_duplicates: bool

    def __call__(self, article: Article, annotated: Sequence[AnnotatedSentence]) -> Made:
        heard = pickle.dumps(self.roster.heard_in(article, annotated))
        return Made(heard, label_sums(article, annotated), None if self.keep_duplicates else signature_of(article.text))


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
    check_audit_folder(out, paths, options)
    n_jobs = n_processes(options.jobs)
    progress = Progress(shown=is_terminal(sys.stderr), traces=options.debug, paths=paths)
    kept = read_roster(options.roster, progress.say) if options.roster else Kept((), {})
    work = _work(options, kept.same)
    for note in beside_others(options.models, work.annotator.reader):
        progress.say(note)
    english = EnglishOnly(any_language=options.any_language)
    articles = read_articles(
        paths,
        columns=columns,
        notice=progress.say,
        on_error=progress.report,
        amount=progress.amount,
        rows_together=True,
    )
    counts = PrevalenceCounts(options.columns, errors_of(work.annotator))
    copies = Copies(keep=options.keep_duplicates)
    with tempfile.TemporaryFile() as sentences:
        audit = Audit(
            Roster(options.columns, kept.same, SentenceStore(sentences)),
            counts,
            kept.columns,
            made_with(options.models, options.reader),
        )
        with progress, started(n_jobs, partial(_work, options, kept.same), work) as processes:
            made = progress.counted(worked_on(progress.watched(articles), work, processes), english)
            count_articles(made, audit, copies, progress)
        english.tell(progress.say)
        for name in [name for key, name in audit.roster.not_heard.items() if key not in kept.rows]:
            progress.say(f"same_as names {name!r}, who is neither in the roster nor in these articles; check the spelling.")
        kept.carry_on(audit.roster)
        finish_audit(audit, out, options, progress)
    return not progress.n_errors and progress.n_articles > 0


def _work(options: AuditOptions, same: Mapping[str, Known]) -> Work[Made]:
    """Load what a process needs for its work."""
    annotator = load_annotator(options.models, bias=False, reader=word_reader(options.reader))
    making = _Making(Roster(options.columns, same), options.keep_duplicates)
    return Work(annotator, making, any_language=options.any_language)


def count_articles(made: Iterable[tuple[Article, Made]], audit: Audit, copies: Copies, progress: Progress) -> None:
    """Count articles, copies once: which of them counts shows when all have come, so what was heard waits on disk."""
    n_articles = 0
    with tempfile.TemporaryFile() as waiting:
        for article, (heard, sums, signature) in made:
            with progress.one_article(article.id):
                audit.prevalence.add_row(article, sums)
                copies.add(article, signature)
                n_articles += 1
                pickle.dump((article.id, heard), waiting)
        progress.clear()
        not_counted = copies.not_to_count(progress.say)
        audit.prevalence.without(not_counted)
        waiting.seek(0)
        for number in range(n_articles):
            article_id, heard = pickle.load(waiting)
            if number not in not_counted:
                with progress.one_article(article_id):
                    audit.roster.count(pickle.loads(heard))


def finish_audit(audit: Audit, out: str, options: AuditOptions, progress: Progress) -> None:
    """Write an audit if any article was counted, and say which columns to count by no article has."""
    if progress.n_articles:
        progress.report_unknown_columns(audit.drop_unknown(options.by))
        write_audit(audit, out, excel=options.excel)
        progress.say(f"Written to {out}: {summary_of(audit.roster)}. Open {Path(out) / PAGE}.")
    else:
        progress.say(f"Nothing was written to {out}.")
    progress.clear()


def summary_of(roster: Roster) -> str:
    """Say in a line what was counted: articles, named sources, rows that were joined, and rows that may be."""
    parts = [counted(roster.total.articles, "article"), counted(len(roster.named()), "named source")]
    if n_joined := len(roster.joined()):
        parts.append(f"{counted(n_joined, 'row')} joined")
    if n_proposed := len(open_proposals(roster)):
        parts.append(f"{counted(n_proposed, 'row')} may be the same as another")
    return "; ".join(parts)


def check_audit_folder(out: str, paths: Sequence[str], options: AuditOptions) -> None:
    """Refuse a folder that cannot be made, or in which one of our files stands already; what else is in it stays."""
    path = Path(out)
    check_can_be_named(out)
    check_folder_name(out)
    if path.exists() and not path.is_dir():
        raise SaysoError(f"{out}: this is a file; give a folder with --out.")
    if not path.exists() and not path.absolute().parent.is_dir():
        raise SaysoError(f"{out}: the folder that it should be in is not there.")
    for name in (*FILES, SENTENCES):
        check_not_there(path / name, force=options.force)
    check_not_there(path / FOLDER, force=options.force)
    check_is_not_read(out, paths, force=options.force)
    check_may_write(str(path / FILES[0]) if path.exists() else out)


def write_audit(audit: Audit, out: str, *, excel: bool = False) -> None:
    """Write the files of an audit into a folder, all or none; what else is in it stays."""
    mark, groups = BOM if excel else "", group_rows(audit.roster)
    written: set[str] = set()

    def earlier(folder: Path) -> Iterator[Path]:
        """Find what an earlier audit wrote, which had more pages or was not of outputs."""
        if audit.roster.store is None:
            yield folder / SENTENCES
        yield from (page for page in (folder / FOLDER).glob(PAGES) if page.name not in written)

    with fill_folder(out, remove=earlier) as new:
        links = _write_sentences(audit.roster, new, mark)
        texts = (
            mark + roster_csv(audit.roster, audit.added),
            mark + csv_text([GROUP_COLUMNS, *(list(row.values()) for row in groups)]),
            mark + prevalence_csv(audit.prevalence_rows()),
            json.dumps(audit.as_json(), ensure_ascii=False, indent=1) + "\n",
            audit_page(audit, links),
        )
        for name, text in zip(FILES, texts, strict=True):
            (new / name).write_bytes(text.encode())
        written |= {page.name for page in (new / FOLDER).glob(PAGES)}


def _write_sentences(roster: Roster, folder: Path, mark: str) -> dict[str, str]:
    """Write the pages and the table of sentences, where they were kept; give where each source is found."""
    links: dict[str, str] = {}
    if roster.store is None:
        return links
    pages = folder / FOLDER
    with (folder / SENTENCES).open("wb") as stream:
        stream.write((mark + csv_text([COLUMNS])).encode())
        for name, text, rows in sentence_pages(roster, links):
            pages.mkdir(exist_ok=True)
            (pages / name).write_bytes(text.encode())
            stream.write(rows.encode())
    return links
