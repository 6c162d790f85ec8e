"""The columns of a dataset, and how Arrow and the hub write down their types."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..scheme import BIASES, KINDS, SOURCE_TYPES

if TYPE_CHECKING:
    import pyarrow as pa

Feature = Any
"""A type name, a tuple of labels, a list with the type of its items, or a mapping of field to type."""

_SPAN = {"start": "int32", "end": "int32", "text": "string"}
COLUMNS: Mapping[str, Feature] = {
    "article": "string",
    "n": "int32",
    "start": "int32",
    "end": "int32",
    "before": "string",
    "text": "string",
    "after": "string",
    "kind": KINDS,
    "source_type": SOURCE_TYPES,
    "bias": BIASES,
    "attributions": [{"source": _SPAN, "cue": _SPAN, "content": [_SPAN], "speaker": "string", "source_type": "string"}],
    "stance": [{"target": "string", "label": "string", "mentions": [_SPAN]}],
    "loaded": [_SPAN],
    "title": "string",
    "outlet": "string",
    "date": "string",
    "url": "string",
    "language": "string",
    "targets": [{"name": "string", "aliases": ["string"]}],
    "complete": ["string"],
}


def arrow_type(feature: Feature) -> "pa.DataType":
    """Return the Arrow type of a column."""
    import pyarrow as pa

    if isinstance(feature, tuple):
        return pa.int64()
    if isinstance(feature, list):
        return pa.list_(arrow_type(feature[0]))
    if isinstance(feature, Mapping):
        return pa.struct([(name, arrow_type(inner)) for name, inner in feature.items()])
    return pa.int32() if feature == "int32" else pa.string()


def json_features(columns: Mapping[str, Feature]) -> dict[str, Any]:
    """Return the columns as `datasets` writes them into Parquet files."""
    return {name: _as_json(feature) for name, feature in columns.items()}


def _as_json(feature: Feature) -> Any:
    if isinstance(feature, tuple):
        return {"names": list(feature), "_type": "ClassLabel"}
    if isinstance(feature, list):
        return [_as_json(feature[0])]
    if isinstance(feature, Mapping):
        return json_features(feature)
    return {"dtype": feature, "_type": "Value"}


def yaml_features(columns: Mapping[str, Feature], indent: str) -> list[str]:
    """Return the columns as lines of a dataset card's front matter."""
    lines = []
    for name, feature in columns.items():
        lines.append(f"{indent}- name: {quoted(name)}")
        if isinstance(feature, tuple):
            lines += [f"{indent}  dtype:", f"{indent}    class_label:", f"{indent}      names:"]
            lines += [f"{indent}        '{i}': {quoted(label)}" for i, label in enumerate(feature)]
        elif isinstance(feature, list) and isinstance(feature[0], str):
            lines.append(f"{indent}  list: {feature[0]}")
        elif isinstance(feature, list):
            lines += [f"{indent}  list:", *yaml_features(feature[0], indent + "  ")]
        elif isinstance(feature, Mapping):
            lines += [f"{indent}  struct:", *yaml_features(feature, indent + "  ")]
        else:
            lines.append(f"{indent}  dtype: {feature}")
    return lines


def quoted(word: str) -> str:
    """Return a word as YAML takes it for text and nothing else."""
    if word.replace("_", "").isalpha() and word.isascii() and word.lower() not in _YAML_WORDS:
        return word
    escaped = "".join(_escaped(c) for c in word)
    return f'"{escaped}"'


_YAML_WORDS = frozenset("none null true false yes no on off y n".split())


def _escaped(c: str) -> str:
    if c in '"\\':
        return "\\" + c
    if "\ud800" <= c <= "\udfff":  # half of a character, as the name of a folder may have one: YAML cannot say it
        return "�"
    return c if c.isprintable() else f"\\U{ord(c):08x}"
