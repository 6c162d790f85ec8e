"""What the shipped models are made of, as digests: corpus, word lists and feature code."""

import ast
import hashlib
from collections.abc import Iterator, Sequence
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

_ROOTS = ("train.features", "train.ngrams", "train.attribution", "train.pairs")
"""The modules that turn an article into what models see; what they import belongs to them."""
LABEL_ROOTS = (*_ROOTS, "train.bias", "train.stance", "train.text_ngrams")
"""Those of the models of stance and bias."""
_PLACES = frozenset({"lineno", "col_offset", "end_lineno", "end_col_offset", "ctx", "type_comment", "kind"})


def digests(roots: Sequence[str] = _ROOTS) -> dict[str, str]:
    """Give the SHA-256 of the project's corpus, its word lists, and the code that makes features.

    Comments, docstrings and the way code is laid out do not count.

    Parameters
    ----------
    roots : sequence of str
        The modules that make features; what they import belongs to them.

    Returns
    -------
    dict of str to str
        Keys ``corpus``, ``lexicon`` and ``features``.
    """
    data = resources.files("sayso.data")
    return {
        "corpus": _files_digest(data / "corpus", ".txt"),
        "lexicon": _files_digest(data / "lexicon", ".tsv"),
        "features": _code_digest(roots),
    }


def _files_digest(folder: Traversable, ending: str) -> str:
    total = hashlib.sha256()
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if path.name.endswith(ending):
            raw = path.read_bytes().replace(b"\r\n", b"\n")
            total.update(f"{path.name} {len(raw)}\n".encode() + raw)
    return total.hexdigest()


def _code_digest(roots: Sequence[str]) -> str:
    total = hashlib.sha256()
    for name, tree in sorted(feature_modules(roots).items()):
        total.update(f"{name}\n{_shape(tree)}\n".encode())
    return total.hexdigest()


def feature_modules(roots: Sequence[str] = _ROOTS) -> dict[str, ast.Module]:
    """Give the modules that make features, parsed: the roots and all of ours that they import."""
    found: dict[str, ast.Module] = {}
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        folder, _, module = name.rpartition(".")
        source = resources.files("sayso").joinpath(*folder.split("."), f"{module}.py").read_text("utf-8")
        found[name] = ast.parse(source)
        waiting += _imported(found[name], folder)
    return found


def _imported(tree: ast.Module, folder: str) -> Iterator[str]:
    """Name the modules that one of ours imports: ``from .near import x``, ``from ..data.far import y``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            module = node.module or ""
            if node.level == 1:
                yield f"{folder}.{module}"
            elif "." in module:
                yield module


def _shape(node: Any) -> str:
    """Write a tree down without places, docstrings and what is empty: the same for every Python."""
    if isinstance(node, list):
        return f"[{','.join(map(_shape, node))}]"
    if not isinstance(node, ast.AST):
        return repr(node)
    fields = []
    for name, value in ast.iter_fields(node):
        if name in _PLACES or value is None or value == []:
            continue
        if name == "body" and isinstance(value, list):
            value = [part for part in value if not _is_text(part)]
        fields.append(f"{name}={_shape(value)}")
    return f"{type(node).__name__}({','.join(fields)})"


def _is_text(node: ast.AST) -> bool:
    """Tell whether a statement is a text that does nothing: a docstring."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
