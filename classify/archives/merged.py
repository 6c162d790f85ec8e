"""Figures over what runs have annotated, without articles or models: audits, shares and profiles of a folder of outputs."""

import pickle
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ...data.atomic_write import check_not_there, together
from ...data.display import counted
from ...data.settings.taken import is_taken
from ...errors import SaysoError
from ..audit.audit import Audit
from ..audit.made_with import made_with_run
from ..audit.roster import Roster
from ..audit.roster_file import Kept, read_roster
from ..audit.sources import AuditOptions, Made, check_audit_folder, count_articles, finish_audit
from ..files.copies import Copies
from ..files.destinations import is_terminal
from ..files.progress import Progress
from ..files.summaries import Gathered, Summaries, Summary
from ..linear.known_errors import Errors
from ..speakers.prevalence import PrevalenceCounts
from ..speakers.prevalence_tables import check_prevalence_path
from ..speakers.profile_table import check_profile_path
from .inputs import read_run
from .notes import lines_of, notes_of, read_listing, read_note
from .settings import read_errors_of_models
from .sums import ArticleSums, sums_from


class _Merging:
    """Reads what runs kept of articles."""

    def __init__(self, outs: Sequence[str], progress: Progress) -> None:
        self._outs, self._progress = outs, progress
        first, *others = (read_run(out) or {} for out in outs)
        for out, run in zip(outs[1:], others, strict=True):
            if run.get("models") != first.get("models"):
                raise SaysoError(f"{out}: annotated with other models than {outs[0]}; their figures cannot be combined.")
        self.made_with = made_with_run(first)
        self.errors: Mapping[str, Errors | str] = read_errors_of_models(outs[0])

    def sums(self) -> Iterator[ArticleSums]:
        """Yield what is known of each article, in the order in which the articles would be read."""
        for out in self._outs:
            listed = read_listing(out)
            n_missing = 0
            for output in [*listed, *sorted({note.output for note in notes_of(out)} - set(listed))]:
                note = read_note(out, output)
                if note and note.finished and Path(out, output).is_file():
                    yield from self._sums_of(out, output)
                else:
                    n_missing += 1
            if n_missing:
                of = f"{counted(n_missing, 'file')} of {len(listed):,}"
                verb = "is" if n_missing == 1 else "are"
                told = f"{out}: {of} {verb} not annotated and not counted; run sayso annotate again to continue with them."
                self._progress.report(SaysoError(told))

    def _sums_of(self, out: str, output: str) -> Iterator[ArticleSums]:
        for line in lines_of(out, output):
            if "error" in line:
                continue
            if "headlines" not in line:
                raise SaysoError(
                    f"{out}: an earlier version of sayso annotated this folder, and counted headlines; annotate the "
                    "articles again, into a new folder or with --force."
                )
            try:
                sums = sums_from(line)
            except (KeyError, TypeError, ValueError) as error:
                told = f"{out}: the saved figures of {output} are damaged; delete that file and run sayso annotate again."
                raise SaysoError(told) from error
            yield sums
            self._progress.n_articles += 1
            self._progress.n_sentences += sums.profile.sentences


def audit_merged(outs: Sequence[str], out: str, options: AuditOptions) -> bool:
    """Audit the sources of articles that runs have annotated; see `audit.sources.audit_paths`."""
    if options.models:
        raise SaysoError(f"{outs[0]} is already annotated; leave out --model.")
    if options.reader is not None and not is_taken("reader"):
        raise SaysoError(f"{outs[0]} is already annotated; leave out --reader.")
    check_audit_folder(out, outs, options)
    with Progress(shown=is_terminal(sys.stderr)) as progress:
        merging = _Merging(outs, progress)
        kept = read_roster(options.roster, progress.say) if options.roster else Kept((), {})
        counts = PrevalenceCounts(options.columns, merging.errors)
        audit = Audit(Roster(options.columns, kept.same), counts, kept.columns, merging.made_with)
        made = (
            (sums.article, Made(pickle.dumps(audit.roster.heard_of(sums.article, sums.said)), sums.labels, sums.signature))
            for sums in merging.sums()
        )
        count_articles(made, audit, Copies(keep=options.keep_duplicates), progress)
        kept.carry_on(audit.roster)
        finish_audit(audit, out, options, progress)
    return not progress.n_errors and progress.n_articles > 0


def figures_merged(outs: Sequence[str], wanted: Summaries, *, force: bool) -> bool:
    """Write the shares and profiles of articles that runs have annotated; tell whether none is missing."""
    for path, check in ((wanted.profile, check_profile_path), (wanted.shares, check_prevalence_path)):
        if path:
            check(path)
            check_not_there(path, force=force)
    with Progress(shown=is_terminal(sys.stderr)) as progress:
        merging = _Merging(outs, progress)
        gathered = Gathered(wanted, merging.errors)
        for sums in merging.sums():
            gathered.add(sums.article, Summary(sums.profile, sums.labels, sums.signature))
        progress.clear()
        if progress.n_articles:
            with together():
                gathered.write(progress, sys.stdout)
        else:
            progress.say("No annotated articles found; nothing was written.")
    return not progress.n_errors and progress.n_articles > 0
