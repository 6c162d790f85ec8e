"""Reading what Label Studio exports as JSON."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ...errors import SaysoError
from .passages import LABELS, LOADED, ROLES, SENTENCE, Judged, Mark, Passage, Said, listed, mapping, settled

_STANCE = "stance_"


def is_label_studio(found: Any) -> bool:
    """Tell whether a JSON document is a list of Label Studio's tasks."""
    first = found[0] if isinstance(found, list) and found else None
    return isinstance(first, Mapping) and isinstance(first.get("data"), Mapping) and "text" in first["data"]


def read_tasks(found: list[Any], path: Path) -> Iterator[Judged]:
    """Yield the labels of each task, and what was suggested for it.

    Raises
    ------
    SaysoError
        If a task has annotations of several people, or a part of it is none of Label Studio's.
    """
    for number, given in enumerate(found, 1):
        where = f"{path}:{number}"
        one = mapping(given, where, "the task")
        given_annotations = listed(one.get("annotations"), where, "annotations")
        annotations = [x for x in given_annotations if not mapping(x, where, "annotation").get("was_cancelled")]
        if len(annotations) > 1:
            people = ", ".join(str(x.get("completed_by", "?")) for x in annotations)
            raise SaysoError(f"{where}: annotations of several people ({people}); export those of one, each to a file.")
        predictions = listed(one.get("predictions"), where, "predictions")
        labels = _passage(one, annotations[0] if annotations else None, where, "extra")
        model = _passage(one, mapping(predictions[-1], where, "prediction"), where, "suggested") if predictions else None
        yield labels, model


def _passage(one: Mapping[str, Any], judged: Mapping[str, Any] | None, where: str, kept: str) -> Passage:
    data = mapping(one.get("data"), where, "data")
    text, own = data.get("text"), data.get("sayso") or {}
    if not isinstance(text, str):
        raise SaysoError(f"{where}: data.text is a {type(text).__name__}; text is needed there.")
    own = mapping(own, where, "data.sayso")
    about = dict(mapping(own.get("about") or {}, where, "data.sayso.about"))
    found = Passage(str(data.get("id") or one.get("id") or where), text, where, about)
    regions = _Regions(found, mapping(own.get("targets") or {}, where, "data.sayso.targets"))
    for result in listed(judged.get("result") if judged else None, where, "result"):
        regions.add(mapping(result, where, "a result"))
    regions.put_together()
    _restore(found, own, where, kept)
    return found


def _restore(found: Passage, own: Mapping[str, Any], where: str, kept: str) -> None:
    """Bring back what Label Studio only carries along: numbers and columns of sentences."""
    known = [mapping(x, where, "a sentence") for x in listed(own.get("sentences"), where, "data.sayso.sentences")]
    extras = [x.get("extra") or {} for x in known] if kept == "extra" else listed(own.get(kept), where, kept)
    if not found.sentences:
        found.sentences = [Mark(SENTENCE, x["start"], x["end"]) for x in known if "start" in x and "end" in x]
    of = {(x.get("start"), x.get("end")): (x.get("n"), extra) for x, extra in zip(known, extras, strict=False)}
    for mark in found.sentences:
        n, extra = of.get((mark.start, mark.end), (None, {}))
        if n is not None and all((m.start, m.end) in of for m in found.sentences):
            mark.values["n"] = n
        mark.values["extra"] = {**extra, **mark.values.get("extra", {})}


class _Regions:
    """Gathers results, which stand a line each: a region's label, its choices, and what joins two regions."""

    def __init__(self, passage: Passage, targets: Mapping[str, Any]) -> None:
        self.passage, self.targets = passage, targets
        self.marks: dict[str, Mark] = {}
        self.joined: dict[str, str] = {}  # a region to another of the same attribution; a forest

    def add(self, result: Mapping[str, Any]) -> None:
        where, kind = self.passage.where, result.get("type")
        if kind == "relation":
            self._join(str(result.get("from_id")), str(result.get("to_id")))
            return
        key, value = str(result.get("id")), mapping(result.get("value") or {}, where, "value")
        if kind == "labels":
            labels = listed(value.get("labels"), where, "labels")
            if len(labels) != 1 or labels[0] not in ROLES:
                raise SaysoError(f"{where}: region {key} is labelled {labels!r}; one of {', '.join(ROLES)} is needed.")
            words = value.get("text")
            words = words.replace("\\n", "\n") if isinstance(words, str) and "\\n" not in self.passage.text else words
            start, end = settled(self.passage.text, value.get("start"), value.get("end"), words, f"{where}: region {key}")
            mark = Mark(labels[0], start, end, words)
            mark.values = self.marks[key].values if key in self.marks else {}
            self.marks[key] = mark
        elif kind in ("choices", "textarea"):
            chosen = listed(value.get("choices" if kind == "choices" else "text"), where, str(kind))
            of = self.marks.setdefault(key, Mark("", 0, 0)).values
            if chosen:
                of[str(result.get("from_name"))] = str(chosen[0])

    def _join(self, one: str, other: str) -> None:
        a, b = self._root(one), self._root(other)
        if a != b:
            self.joined[b] = a

    def _root(self, key: str) -> str:
        while key in self.joined:
            key = self.joined[key]
        return key

    def put_together(self) -> None:
        """Sort the regions: sentences, loaded words, and attributions, which are what relations hold together."""
        said: dict[str, Said] = {}
        for key, mark in self.marks.items():
            if mark.role == SENTENCE:
                mark.values = self._labels(mark.values)
                self.passage.sentences.append(mark)
            elif mark.role == LOADED:
                self.passage.loaded.append(mark)
            elif mark.role:
                of = said.setdefault(self._root(key), Said())
                of.marks.append(mark)
                renamed = {"speaker": "speaker", "attribution_source_type": "source_type"}
                of.values |= {renamed[name]: value for name, value in mark.values.items() if name in renamed}
                mark.values = {}
        self.passage.said = list(said.values())

    def _labels(self, values: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {name: value for name, value in values.items() if name in LABELS}
        stance = {name: value for name, value in values.items() if name.startswith(_STANCE)}
        found["stance"] = {str(self.targets.get(name, name)): value for name, value in stance.items()}
        own = {name: value for name, value in values.items() if name not in LABELS and name not in stance}
        return {**found, "extra": own}
