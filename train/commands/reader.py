"""The task reader of train: a word reader anew, from the built-in corpus and PolNeAR."""

import importlib.util
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...data.atomic_write import check_folder_name, check_not_there, replace_folder
from ...data.commands.console import show_lines, tell, unread_is_no_error
from ...data.progress import waiting
from ...errors import SaysoError

_NEEDED = ("torch", "safetensors", "onnx", "onnxruntime", "tokenizers")
_PARTS = ("model.safetensors", "tokenizer.json")


def check_reader_options(asked: Mapping[str, Any]) -> None:
    """Refuse options that the task reader has no use for.

    Parameters
    ----------
    asked : mapping of str to object
        Their values, by option.
    """
    if wrong := next((option for option, value in asked.items() if value), None):
        raise SaysoError(f"{wrong} has no effect on sayso train reader; leave it out.")


def train_reader(
    polnear: Path | None, weights: Path | None, out: Path | None, seed: int, jobs: int | None, *, force: bool
) -> None:
    """Train a word reader and write its folder."""
    if weights is None or out is None:
        raise SaysoError(
            "give the weights to start from and the folder to write: sayso train reader --weights DIR --polnear DIR "
            "--out DIR"
        )
    for part in _PARTS:
        if not (weights / part).is_file():
            raise SaysoError(f"{weights / part}: no such file; give the folder of all-MiniLM-L6-v2 with --weights.")
    if missing := [name for name in _NEEDED if importlib.util.find_spec(name) is None]:
        raise SaysoError(
            f"sayso train reader needs {' and '.join(missing)}; install it with: pip install 'sayso[reader-train]'"
        )
    from ...classify.word_reader.reader import CARD, PACKAGES, is_name

    check_folder_name(out)
    name = out.resolve().name
    if not is_name(name):
        raise SaysoError(
            f"{out}: the reader is called as its folder, and {name!r} is no name; choose another one with --out."
        )
    check_not_there(out, force=force)
    if out.is_dir() and any(out.iterdir()) and not (out / CARD).is_file():
        raise SaysoError(f"{out}: this folder holds no reader; choose another name with --out.")
    from joblib import cpu_count

    from ...data.corpora.own import own_corpus
    from ..shipped_voice import read_polnear_articles
    from ..word_reader.make import Making, make_reader

    articles = read_polnear_articles(polnear, tell) if polnear else []
    how = Making(name, weights, seed=seed, threads=jobs or int(cpu_count()))
    with replace_folder(out) as folder, waiting("training"):
        about = make_reader(own_corpus(), articles, folder, how, tell)
    print_scores(about)
    shown = os.path.join(os.curdir, out) if str(out) in PACKAGES else out  # the name alone means the installed one
    tell(f"Written to {out}. Read articles with it: sayso annotate --reader {shown} ARTICLES")


def print_scores(about: Mapping[str, Any]) -> None:
    """Print the scores that a manifest holds, a line for each corpus."""
    with unread_is_no_error("the scores"):
        for name, scores in about["scores"].items():
            show_lines("\t".join([name, *(f"{what} {figure:.3f}" for what, figure in scores.items())]))
