"""Which work ``sayso annotate`` is asked for: articles into one output, an archive file by file, or figures of one."""

from collections.abc import Sequence

from ...data.articles.tables import Columns
from ...errors import SaysoError
from ..files.annotate_files import Labelling, Outputs, annotate_paths
from .inputs import Part
from .run import RunOptions, annotate_archive, is_archive_run


def annotate_any(
    paths: Sequence[str],
    labelling: Labelling,
    outputs: Outputs,
    columns: Columns,
    *,
    jobs: int = 1,
    part: str | None = None,
    dask: str | None = None,
) -> bool:
    """Annotate what a command names, in the way that its options ask for; tell whether all came out."""
    if not is_archive_run(paths, outputs.out, outputs.form):
        for option, value in (("--part", part), ("--dask", dask)):
            if value:
                raise SaysoError(f"{option} is for archives: give --out FOLDER/ and --format parquet or jsonl.")
        return annotate_paths(paths, labelling, outputs, columns)
    if outputs.compare:
        raise SaysoError("--compare is for few articles; --profile FILE.csv gives the figures of an archive.")
    options = RunOptions(outputs.form or "", Part.parse(part) if part else None, jobs, dask, outputs.force, outputs.why)
    return annotate_archive(paths, outputs.out or "", labelling, options, columns)
