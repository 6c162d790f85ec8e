"""Figures over what runs have annotated, without articles or models: audits, shares and profiles of a folder of outputs."""

import os
import pickle
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ...data.atomic_write import check_not_there
from ...data.display import counted
from ...errors import SaysoError
from ..audit.audit import Audit
from ..audit.roster import Roster
from ..audit.roster_file import Kept, read_roster
from ..audit.sources import USUAL, AuditOptions, check_audit_folder, write_audit
from ..files.annotate_files import Outputs
from ..files.copies import Copies
from ..files.destinations import is_terminal
from ..files.progress import Progress
from ..linear.known_errors import Errors
from ..speakers.prevalence import PrevalenceCounts
from ..speakers.prevalence_tables import check_prevalence_path, prevalence_text, write_prevalence
from ..speakers.profile_table import check_profile_path, write_profiles
from .notes import lines_of, notes_of, read_listing, read_note
from .settings import read_errors_of_models, read_run
from .sums import ArticleSums, sums_from


def is_merged(paths: Sequence[str]) -> bool:
    """Tell whether paths are folders of outputs.

    Raises
    ------
    SaysoError
        If some are, and others are not.
    """
    ours = [path for path in paths if path != "-" and os.path.isdir(path) and read_run(path)]
    if ours and len(ours) < len(paths):
        other = next(path for path in paths if path not in ours)
        raise SaysoError(f"{ours[0]} holds annotations and {other} articles: give one or the other.")
    return bool(ours)


class _Merging:
    """Reads what runs kept of articles."""

    def __init__(self, outs: Sequence[str], progress: Progress) -> None:
        self._outs, self._progress = outs, progress
        first, *others = (read_run(out) or {} for out in outs)
        for out, run in zip(outs[1:], others, strict=True):
            if run.get("models") != first.get("models"):
                raise SaysoError(f"{out}: annotated by other models than {outs[0]}; their figures cannot be added up.")
        self.errors: Mapping[str, Errors | str] = read_errors_of_models(outs[0])
        self.n_missing = 0

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
                told = f"{out}: {of} {verb} not annotated, and not counted; sayso annotate goes on with them."
                self._progress.report(SaysoError(told))

    def _sums_of(self, out: str, output: str) -> Iterator[ArticleSums]:
        for line in lines_of(out, output):
            if "error" in line:
                continue
            try:
                sums = sums_from(line)
            except (KeyError, TypeError, ValueError) as error:
                told = f"{out}: what was kept of {output} is broken; remove that file, and run sayso annotate again."
                raise SaysoError(told) from error
            yield sums
            self._progress.count(sums.profile.sentences)


def audit_merged(outs: Sequence[str], out: str, options: AuditOptions) -> bool:
    """Audit the sources of articles that runs have annotated; see `audit.sources.audit_paths`."""
    if options.models:
        raise SaysoError(f"{outs[0]} is annotated already: leave out --model.")
    check_audit_folder(out, options)
    progress = Progress(shown=is_terminal(sys.stderr))
    merging = _Merging(outs, progress)
    kept = read_roster(options.roster, progress.say) if options.roster else Kept((), {})
    by = list(dict.fromkeys([*options.by, *USUAL]))
    audit = Audit(Roster(by, kept.same), PrevalenceCounts(by, merging.errors), kept.columns)
    copies = Copies(keep=options.keep_duplicates)
    with tempfile.TemporaryFile() as waiting:
        n_articles = 0
        for sums in merging.sums():
            n_articles += 1
            copies.add_known(sums.article, sums.signature)
            audit.prevalence.add_sums(sums.article, sums.labels)
            pickle.dump(audit.roster.heard_of(sums.article, sums.said), waiting)
        _count_waiting(audit, copies, waiting, n_articles, progress)
    kept.carry_on(audit.roster)
    if n_articles:
        progress.report_unknown_columns(audit.drop_unknown(options.by))
        write_audit(audit, out, bom=options.bom)
    else:
        progress.say(f"Nothing was written to {out}.")
    progress.clear()
    return not progress.n_errors and n_articles > 0


def _count_waiting(audit: Audit, copies: Copies, waiting: Any, n_articles: int, progress: Progress) -> None:
    progress.clear()
    not_counted = copies.not_to_count(progress.say)
    audit.prevalence.without(not_counted)
    waiting.seek(0)
    for number in range(n_articles):
        heard = pickle.load(waiting)
        if number not in not_counted:
            audit.roster.count(heard)


def figures_merged(outs: Sequence[str], outputs: Outputs) -> bool:
    """Give the shares and profiles of articles that runs have annotated; see `files.annotate_files.annotate_paths`."""
    for path, check in ((outputs.profile, check_profile_path), (outputs.shares, check_prevalence_path)):
        if path:
            check(path)
            check_not_there(path, force=outputs.force)
    progress = Progress(shown=is_terminal(sys.stderr))
    merging = _Merging(outs, progress)
    counts, copies, profiles = PrevalenceCounts(outputs.by, merging.errors), Copies(keep=outputs.keep_duplicates), []
    n_articles = 0
    for sums in merging.sums():
        n_articles += 1
        if outputs.profile:
            profiles.append((sums.article, sums.profile))
        if outputs.shares:
            copies.add_known(sums.article, sums.signature)
            counts.add_sums(sums.article, sums.labels)
    progress.clear()
    if not n_articles:
        progress.say("No article is annotated there; nothing was written.")
        return False
    if outputs.profile:
        write_profiles(outputs.profile, profiles)
    if outputs.shares:
        counts.without(copies.not_to_count(progress.say))
        progress.report_unknown_columns(counts.unknown_columns())
        if outputs.shares == "-":
            sys.stdout.write(prevalence_text(list(counts.estimates())))
        else:
            write_prevalence(outputs.shares, counts)
    return not progress.n_errors
