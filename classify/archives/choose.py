"""Which work ``sayso annotate`` is asked for: articles into one output, an archive file by file, or figures of one."""

from collections.abc import Sequence

from ...data.articles.tables import Columns
from ...errors import SaysoError
from ..files.annotate_files import Labelling, Outputs, annotate_paths
from .inputs import Part
from .merged import figures_merged, is_merged
from .run import RunOptions, annotate_archive, is_archive_run


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
                raise SaysoError(f"{option} is for archives: give --out FOLDER/ and --format parquet or jsonl.")
        return annotate_paths(paths, labelling, outputs, columns)
    if outputs.compare:
        raise SaysoError("--compare is for few articles; --profile FILE.csv gives the figures of an archive.")
    if part and (outputs.shares or outputs.profile):
        raise SaysoError("a part has no figures of the whole: run sayso annotate OUT/ --shares … when all parts are done.")
    out = outputs.out or ""
    options = RunOptions(
        outputs.form or "", Part.parse(part) if part else None, outputs.jobs, dask, outputs.force, outputs.why
    )
    done = annotate_archive(paths, out, labelling, options, columns)
    if outputs.shares or outputs.profile:
        return figures_merged([out], outputs.summaries, force=outputs.force) and done
    return done


def _figures(paths: Sequence[str], labelling: Labelling, outputs: Outputs, of_runs: str | None) -> bool:
    """Give figures of folders of outputs, of which nothing is annotated."""
    if outputs.out or outputs.form or outputs.compare or labelling.models or labelling.targets or of_runs:
        raise SaysoError(f"{paths[0]} holds annotations: of these there are --shares and --profile, and sayso audit.")
    if not (outputs.shares or outputs.profile):
        raise SaysoError(f"{paths[0]} holds annotations already; add --shares FILE or --profile FILE for their figures.")
    return figures_merged(paths, outputs.summaries, force=outputs.force)
