"""Which work a command is asked for: articles into one output, an archive file by file, or figures of what is annotated."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ...data.articles.tables import Columns
from ...data.atomic_write import is_device
from ...data.settings.taken import is_taken
from ...errors import SaysoError
from ..files.annotate_files import Labelling, Outputs, annotate_paths
from ..output.formats import load_format
from .inputs import Part, read_run

if TYPE_CHECKING:  # its pages and tables take a while to load
    from ..audit.sources import AuditOptions


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
        raise SaysoError(f"{ours[0]} contains annotations, but {other} contains articles; give only one of the two.")
    return bool(ours)


def is_archive_run(paths: Sequence[str], out: str | None, form: str | None) -> bool:
    """Tell whether files are to be written beside each other into a folder, rather than all into one file."""
    if out is None or is_device(out) or form is None or not load_format(form).of_archives:
        return False
    is_folder = out.endswith(("/", os.sep)) or os.path.isdir(out)
    return is_folder or (not Path(out).suffix and any(os.path.isdir(path) for path in paths))


def annotate_any(
    paths: Sequence[str],
    labelling: Labelling,
    outputs: Outputs,
    columns: Columns,
    *,
    part: str | None = None,
    dask: str | None = None,
) -> bool:
    """Annotate what a command names, in the way that its options ask for; tell whether all came out."""
    if is_merged(paths):
        return _figures(paths, labelling, outputs, part or dask)
    if not is_archive_run(paths, outputs.out, outputs.form):
        for option, value in (("--part", part), ("--dask", dask)):
            if value:
                raise SaysoError(
                    f"{option} works only when annotating to a folder; give --out FOLDER/ and --format parquet or jsonl."
                )
        return annotate_paths(paths, labelling, outputs, columns)
    return _archive(paths, labelling, outputs, columns, part, dask)


def _archive(
    paths: Sequence[str], labelling: Labelling, outputs: Outputs, columns: Columns, part: str | None, dask: str | None
) -> bool:
    """Annotate an archive, and give its figures where they are asked for."""
    from .merged import figures_merged
    from .run import RunOptions, annotate_archive

    if outputs.compare:
        raise SaysoError("--compare is for a few articles; for a large collection, give --profile FILE.csv.")
    if part and (outputs.shares or outputs.profile):
        raise SaysoError(
            "one part cannot give figures for all articles; when all parts are done, run: sayso annotate OUT/ --shares …"
        )
    form, out, parsed = outputs.form or "", outputs.out or "", Part.parse(part) if part else None
    options = RunOptions(form, parsed, outputs.jobs, dask, outputs.force, outputs.why, outputs.debug)
    done = annotate_archive(paths, out, labelling, options, columns)
    if outputs.shares or outputs.profile:
        return figures_merged([out], outputs.summaries, force=outputs.force) and done
    return done


def _figures(paths: Sequence[str], labelling: Labelling, outputs: Outputs, of_runs: str | None) -> bool:
    """Give figures of folders of outputs, of which nothing is annotated."""
    from .merged import figures_merged

    asked_of_models = labelling.models or labelling.targets or (labelling.reader is not None and not is_taken("reader"))
    if outputs.out or outputs.form or outputs.compare or asked_of_models or of_runs:
        raise SaysoError(
            f"{paths[0]} contains annotations; from annotations you can make --shares, --profile and sayso audit only."
        )
    if not (outputs.shares or outputs.profile):
        raise SaysoError(
            f"{paths[0]} already contains annotations; add --shares FILE or --profile FILE to get figures from them."
        )
    return figures_merged(paths, outputs.summaries, force=outputs.force)


def audit_any(paths: Sequence[str], out: str, options: "AuditOptions", columns: Columns) -> bool:
    """Audit articles, or what runs have annotated; tell whether all was counted."""
    if is_merged(paths):
        from .merged import audit_merged

        return audit_merged(paths, out, options)
    from ..audit.sources import audit_paths

    return audit_paths(paths, out, options, columns)
