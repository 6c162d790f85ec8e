"""Datasets of the Hugging Face hub: read row by row, and sent there."""

import os
from collections.abc import Iterator
from pathlib import Path

from ...errors import SaysoError
from ..rows.places import Row, split_named
from ..tabular.parquet import with_names

_OFFLINE = ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE")
_SECONDS = 15.0  # a hub that does not answer for so long is told as one that cannot be reached


def hub_rows(name: str) -> Iterator[tuple[str, Row]]:
    """Yield the rows of a dataset, streamed; numbers of a ClassLabel column get their names.

    Parameters
    ----------
    name : str
        ``owner/name``, with ``:config`` behind it where the dataset has several.

    Raises
    ------
    SaysoError
        If there is no such dataset, or no network.
    """
    import datasets

    repository, _, config = name.partition(":")
    _check_there(repository)
    try:
        splits = datasets.load_dataset(repository, config or None, streaming=True)
        for split, rows in splits.items():
            labels = {column: f.names for column, f in (rows.features or {}).items() if isinstance(f, datasets.ClassLabel)}
            ours = _split(split)
            for number, row in enumerate(rows, 1):
                yield f"{name}/{split}:{number}", {"split": ours, **with_names(row, labels)}
    except (OSError, ValueError, RuntimeError) as error:
        raise SaysoError(f"{name}: cannot be read from the Hugging Face hub ({_first_line(error)}).") from error


def _split(name: str) -> str:
    try:
        return split_named(name)
    except ValueError:
        return "train"


def _check_there(repository: str) -> None:
    """Ask the hub once, so that no network is told at once and not after many tries."""
    from huggingface_hub import HfApi
    from huggingface_hub.errors import RepositoryNotFoundError

    if any(os.environ.get(name, "").lower() in ("1", "true", "yes", "on") for name in _OFFLINE):
        raise SaysoError(f"{repository}: no such file or folder, and the Hugging Face hub is switched off ({_OFFLINE[0]}).")
    try:
        HfApi().dataset_info(repository, timeout=_SECONDS)
    except RepositoryNotFoundError as error:
        raise SaysoError(
            f"{repository}: no such file or folder, and no such dataset on the Hugging Face hub (or it is private)."
        ) from error
    except Exception as error:  # whatever the HTTP library of the day raises
        raise SaysoError(
            f"{repository}: no such file or folder, and the Hugging Face hub cannot be reached "
            f"({_first_line(error)}); check the network connection."
        ) from error


def push(folder: Path, name: str, *, public: bool = False) -> str:
    """Send a dataset folder to the hub with the user's own token.

    Parameters
    ----------
    folder : Path
    name : str
        ``owner/name``; made where there is none.
    public : bool, default=False
        A new one can be seen by everybody.

    Returns
    -------
    str
        Its address.

    Raises
    ------
    SaysoError
        If there is no token, no right to write, or no network.
    """
    import huggingface_hub

    if not huggingface_hub.get_token():
        raise SaysoError(
            "no Hugging Face token; log in with hf auth login, or set HF_TOKEN. The dataset was written but not uploaded."
        )
    api = huggingface_hub.HfApi()
    try:
        api.create_repo(name, repo_type="dataset", private=not public, exist_ok=True)
        api.upload_folder(folder_path=folder, repo_id=name, repo_type="dataset", delete_patterns=["data/*.parquet"])
    except Exception as error:  # whatever the HTTP library of the day raises
        raise SaysoError(
            f"{name}: cannot be uploaded to the Hugging Face hub ({_first_line(error)}). The dataset was "
            "written but not uploaded."
        ) from error
    return f"https://huggingface.co/datasets/{name}"


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200].rstrip(".")
