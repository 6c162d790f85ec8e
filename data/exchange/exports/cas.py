"""UIMA CAS as XMI or JSON, as INCEpTION and DKPro write it, read by dkpro-cassis.

Every feature that holds words is a question, and each of its values a label of a stretch.
"""

import io
import warnings
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from ....errors import SaysoError
from ...records import Span
from ...system.whole_file import whole_file
from ..answers.record import Record, SpanLabel, span_label
from ..answers.rows import Export
from ..format import Format
from .items import first_items

_TYPES = "TypeSystem.xml"
_MOST_BYTES = 400_000_000
_FOLDERS_UP = 2  # in which the types are looked for
_GRAMMAR = (
    "segmentation.type.Token segmentation.type.Paragraph segmentation.type.Lemma segmentation.type.Stem "
    "lexmorph.type.pos lexmorph.type.morph syntax.type metadata.type tcas.DocumentAnnotation type.TagDescription"
).split()
_GENERAL = ("value", "label", "identifier")
_ENDS = (("Governor", "Dependent"), ("source", "target"))


def _knows(path: Path) -> bool:
    if path.suffix.lower() == ".json":
        return any(isinstance(item, dict) and "%FEATURE_STRUCTURES" in item for item in first_items(path, 1))
    return True


def _records(path: Path, unused: Counter[str]) -> Iterator[Record]:
    try:
        import cassis
    except ImportError as error:
        raise SaysoError(f"{path}: reading UIMA CAS needs a library; install it with: pip install 'sayso[files]'") from error
    if path.suffix.lower() == ".json":
        yield _record(_loaded(cassis.load_cas_from_json, path, _whole(path)), str(path), path.stem, unused)
        return
    places = (folder / _TYPES for folder in list(path.parents)[:_FOLDERS_UP])
    types = next((place for place in places if place.is_file()), None)
    if types is None:
        raise SaysoError(f"{path}: {_TYPES} is missing next to it; export as UIMA CAS XMI and unpack the whole export.")
    yield _record(_xmi(_whole(path), _whole(types), str(path)), str(path), path.stem, unused)


def _whole(path: Path) -> bytes:
    return whole_file(path, most=_MOST_BYTES, what="a UIMA CAS")


def _xmi(document: bytes, types: bytes, where: str) -> Any:
    import cassis

    system = _loaded(cassis.load_typesystem, where, types)
    return _loaded(partial(cassis.load_cas_from_xmi, typesystem=system), where, document)


def _loaded(load: Any, where: object, raw: bytes) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of offsets behind the text, which are refused below
            return load(io.BytesIO(raw))
    except Exception as error:  # whatever the libraries for XML and JSON raise
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0][:120]
        raise SaysoError(f"{where}: not UIMA CAS, or damaged ({reason}); export it again.") from error


def _record(cas: Any, where: str, name: str, unused: Counter[str]) -> Record:
    text = cas.sofa_string  # of any type, as JSON has it
    record = Record(where, text if isinstance(text, str) else "", name)
    if not record.text.strip():
        raise SaysoError(f"{where}: no text; export the document again.")
    for one in cas.select_all_annotations():
        kind = one.type.name
        begin, end = getattr(one, "begin", None), getattr(one, "end", None)
        if begin is None or end is None:
            continue
        if not (isinstance(begin, int) and isinstance(end, int)):
            raise SaysoError(f"{where}: an annotation is {begin!r} to {end!r}; start and end must be whole numbers.")
        if kind.endswith("segmentation.type.Sentence"):
            record.sentences.append(Span(begin, end))
        elif any(part in kind for part in _GRAMMAR):
            continue
        elif ends := _ends(one):
            record.answers.relations.append(ends)
        elif begin < end:
            record.answers.spans += _spans(one, record, (begin, end))
        else:
            unused["annotations without words, left out"] += 1
    return record


def _ends(one: Any) -> tuple[str, str] | None:
    for names in _ENDS:
        ends = [str(getattr(getattr(one, name, None), "xmiID", "")) for name in names]
        if all(ends):
            return ends[0], ends[1]
    return None


def _spans(one: Any, record: Record, place: tuple[int, int]) -> Iterator[SpanLabel]:
    """Yield a label for each feature with words in it; without any the layer's name is the label."""
    layer = one.type.name.rpartition(".")[2]
    features = [feature.name for feature in one.type.all_features if feature.name not in ("begin", "end", "sofa")]
    values = [(name, value) for name in features if isinstance(value := getattr(one, name, None), str) and value]
    for name, value in values or [("", layer)]:
        control = layer if name in _GENERAL else name
        label = span_label(record, control, value, place)
        label.key = str(one.xmiID)
        yield label


FORMAT = Format(
    tool="INCEpTION and DKPro (UIMA CAS XMI, JSON)",
    holds="span labels, relations",
    suffixes=(".xmi", ".json"),
    read_rows=lambda path, notice: Export("UIMA CAS", path, partial(_records, path)).rows(notice),
    knows=_knows,
    needs="sayso[files]",
)
