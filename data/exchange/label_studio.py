"""Label Studio: tasks with annotations (labels) and predictions (suggestions), and the labelling configuration.

Offsets are characters (code points), as Label Studio's editor stores them today (HumanSignal/label-studio pull request
1559, "Store code points instead of js length", merged as label-studio-frontend 308; its test "Should calculate offsets by
code points in text"). It stored UTF-16 units before (issue 1347); such files are read too, by the words of each span.
Line ends count as they stand in the task's text (documentation of the ``Text`` tag).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from ...errors import SaysoError
from ..articles.notices import Say
from ..codebook.codebook import Codebook
from ..records import LabelledArticle
from ..rows.places import ABOUT_ARTICLE
from ..rows.suggestions import has_labels, has_suggestions, suggested, without_suggestions
from ..schemas.shown import shown
from ..scheme import LABELS_OF
from .exports import label_studio_answers
from .exports.items import JSON, knows
from .exports.label_studio_answers import answered, predicted, tasks
from .format import Format, Rows, write_lines
from .label_studio_view import SPEAKER, STANCE, TYPE, View, configuration, view_of
from .passages import (
    CONTENT,
    CUE,
    LOADED,
    ROLES,
    SENTENCE,
    SOURCE,
    Judged,
    Mark,
    MarkedAttribution,
    Passage,
    about_of,
    as_line,
    listed,
    mapping,
    name_of,
    objects_of,
    passage_of,
    rows_of_judged,
    settled,
)

_OWN = "sayso"
_MODEL = "sayso"
_PREDICTED = "predicted"
"""Key of our own data that holds the results of the prediction: Label Studio exports predictions as numbers."""


def task(labelled: LabelledArticle, view: View) -> dict[str, Any]:
    """Give the task of an article.

    Parameters
    ----------
    labelled : LabelledArticle
    view : View
        Of `view_of` all articles.
    """
    passage = passage_of(without_suggestions(labelled))
    sentences = [
        {"start": m.start, "end": m.end, "n": m.values["n"], "extra": _not_shown(m, view)} for m in passage.sentences
    ]
    own = {"about": passage.about, "sentences": sentences, "targets": dict(view.targets)}
    task: dict[str, Any] = {"data": {"id": passage.id, "text": passage.text, _OWN: own}}
    task["annotations"] = [{"result": _results(passage, view)}] if has_labels(labelled) else []
    if has_suggestions(labelled):
        model = passage_of(suggested(labelled))
        own["suggested"] = [_not_shown(mark, view) for mark in model.sentences]
        own[_PREDICTED] = _results(model, view)
        task["predictions"] = [{"model_version": _MODEL, "result": own[_PREDICTED]}]
    return task


def _not_shown(mark: Mark, view: View) -> dict[str, Any]:
    """Give the columns of a sentence that Label Studio only carries along: those shown come back as they were answered."""
    own = view.own
    return {name: value for name, value in mark.values["extra"].items() if name not in own}


def _results(passage: Passage, view: View) -> list[dict[str, Any]]:
    controls, columns = {target: name for name, target in view.targets.items()}, view.own
    results: list[dict[str, Any]] = []
    for n, mark in enumerate(passage.sentences):
        values = {name: mark.values[name] for name in LABELS_OF if name in mark.values}
        values |= {controls[target]: label for target, label in mark.values["stance"].items()}
        own = {name: value for name, value in mark.values["extra"].items() if name in columns}
        values |= {name: label for name, label in own.items() if columns[name].labels}
        results += _region(f"s{n}", mark, values)
        texts = {name: {"text": [text]} for name, text in own.items() if not columns[name].labels}
        results += [_result(f"s{n}", mark, name, "textarea", text) for name, text in texts.items()]
    for n, mark in enumerate(passage.loaded):
        results += _region(f"l{n}", mark, {})
    for n, attribution in enumerate(passage.attributions):
        order = sorted(attribution.marks, key=lambda mark: (CUE, CONTENT, SOURCE).index(mark.role))
        values = {TYPE: attribution.values["source_type"]} if "source_type" in attribution.values else {}
        for k, mark in enumerate(order):
            results += _region(f"a{n}_{k}", mark, values if not k else {})
        if "speaker" in attribution.values:
            speaker = {"text": [attribution.values["speaker"]]}
            results.append(_result(f"a{n}_0", order[0], SPEAKER, "textarea", speaker))
        results += [_relation(f"a{n}_0", f"a{n}_{k}", mark.role) for k, mark in enumerate(order) if k]
    return results


def _region(key: str, mark: Mark, values: Mapping[str, str]) -> list[dict[str, Any]]:
    results = [_result(key, mark, "span", "labels", {"text": mark.words, "labels": [mark.role]})]
    return results + [_result(key, mark, name, "choices", {"choices": [value]}) for name, value in values.items()]


def _result(key: str, mark: Mark, name: str, kind: str, value: dict[str, Any]) -> dict[str, Any]:
    place = {"start": mark.start, "end": mark.end}
    return {"id": key, "from_name": name, "to_name": "text", "type": kind, "value": {**place, **value}}


def _relation(one: str, other: str, role: str) -> dict[str, Any]:
    return {"type": "relation", "from_id": one, "to_id": other, "direction": "right", "labels": [role]}


def _write(articles: Sequence[LabelledArticle], path: Path, codebook: Codebook | None = None) -> None:
    """Write the tasks, and the labelling configuration beside them."""
    view = view_of(articles, codebook)
    write_lines(path.with_suffix(".xml"), [configuration(view)])
    tasks = (as_line(task(labelled, view)) for labelled in articles)
    write_lines(path, chain(["["], ((",\n" if n else "\n") + one for n, one in enumerate(tasks)), ["\n]\n"]))


def _read_rows(path: Path, notice: Say) -> Rows:
    """Give the rows of tasks: of our labelling configuration, or of the user's own."""
    if not any(_is_ours(task) for _, task in tasks(path)):
        return label_studio_answers.export(path).rows(notice)
    return rows_of_judged(_read(path, notice))


def _is_ours(task: Mapping[str, Any]) -> bool:
    """Tell tasks that we wrote, and those in which regions are labelled with our roles or joined by relations."""
    data = task.get("data")
    if isinstance(data, Mapping) and isinstance(data.get(_OWN), Mapping):
        return True
    annotations = task.get("annotations")
    given = [x for x in annotations if isinstance(x, Mapping)] if isinstance(annotations, list) else []
    results = [r for x in given if isinstance(x.get("result"), list) for r in x["result"] if isinstance(r, Mapping)]
    return any(label in ROLES for result in results for label in _labels_of(result))


def _labels_of(result: Mapping[str, Any]) -> list[Any]:
    value = result.get("value")
    labels = value.get("labels") if isinstance(value, Mapping) else None
    return labels if isinstance(labels, list) else []


def _read(path: Path, notice: Say) -> Iterator[Judged]:
    """Yield the labels of each task, and what was suggested for it; annotations of several people are refused."""
    unused: Counter[str] = Counter()
    for where, one in tasks(path):
        kept = answered(one, where, unused)
        if len(kept) > 1:
            people = ", ".join(str(x.get("completed_by", "?")) for x in kept)
            raise SaysoError(
                f"{where}: annotations by several people ({people}); export each person's "
                "annotations to a file of their own."
            )
        labels = _passage(one, kept[0] if kept else None, where, unused)
        prediction = _prediction(one, where, unused)
        yield labels, _passage(one, prediction, where, unused, "suggested") if prediction else None
    for what, n in sorted((+unused).items()):
        notice(f"{path}: Label Studio: {what}: {n:,}.")


def _prediction(one: Mapping[str, Any], where: str, unused: Counter[str]) -> Mapping[str, Any] | None:
    """Give what was suggested for a task: its export may have lost it, so our own data has it too."""
    data = one.get("data")
    own = data.get(_OWN) if isinstance(data, Mapping) else None
    ours = own.get(_PREDICTED) if isinstance(own, Mapping) else None
    if ours is not None:
        return {"result": ours}
    return predicted(one, where, unused)


def _passage(
    one: Mapping[str, Any], annotation: Mapping[str, Any] | None, where: str, unused: Counter[str], kept: str = "extra"
) -> Passage:
    data = mapping(one.get("data"), where, "data")
    text, own = data.get("text"), data.get("sayso") or {}
    if not isinstance(text, str):
        raise SaysoError(f"{where}: data.text is {shown(text)}; it must be text.")
    own = mapping(own, where, "data.sayso")
    about = about_of(own.get("about"), where, "data.sayso.about")
    passage = Passage(name_of(data.get("id") or one.get("id") or where, where, "data.id"), text, where, about)
    regions = _Regions(passage, mapping(own.get("targets") or {}, where, "data.sayso.targets"), unused)
    for result in objects_of(annotation.get("result") if annotation else None, where, "result"):
        regions.add(result)
    regions.put_together()
    _restore(passage, own, where, kept)
    return passage


def _restore(passage: Passage, own: Mapping[str, Any], where: str, kept: str) -> None:
    """Bring back what Label Studio only carries along: numbers and columns of sentences."""
    known = objects_of(own.get("sentences"), where, "data.sayso.sentences")
    extras = [x.get("extra") for x in known] if kept == "extra" else listed(own.get(kept), where, kept)
    of_sentence = [f"data.sayso.sentences[{at}]" for at in range(len(known))]
    extras = [mapping(x or {}, where, f"{kept} of {at}") for x, at in zip(extras, of_sentence, strict=False)]
    places = zip(known, of_sentence, strict=True)
    spans = [settled(passage.text, x.get("start"), x.get("end"), None, f"{where}: {at}") for x, at in places]
    if not passage.sentences:
        passage.sentences = [Mark(SENTENCE, *span) for span in spans]
    of = {span: (x.get("n"), extra) for span, x, extra in zip(spans, known, extras, strict=False)}
    for mark in passage.sentences:
        n, extra = of.get((mark.start, mark.end), (None, {}))
        if n is not None and all((m.start, m.end) in of for m in passage.sentences):
            mark.values["n"] = n
        mark.values["extra"] = {**extra, **mark.values.get("extra", {})}


class _Regions:
    """Gathers results, which stand a line each: a region's label, its choices, and what joins two regions."""

    def __init__(self, passage: Passage, targets: Mapping[str, Any], unused: Counter[str]) -> None:
        self.passage, self.targets, self._unused = passage, targets, unused
        self._whole: dict[str, str] = {}  # choices about the text, not about a region of it
        self.marks: dict[str, Mark] = {}
        self.joined: dict[str, str] = {}  # a region to another of the same attribution; a forest

    def add(self, result: Mapping[str, Any]) -> None:
        where, kind = self.passage.where, result.get("type")
        if kind == "relation":
            self._join(str(result.get("from_id")), str(result.get("to_id")))
            return
        key, value = str(result.get("id")), mapping(result.get("value") or {}, where, f"value of region {result.get('id')}")
        if kind == "labels":
            labels = listed(value.get("labels"), where, f"labels of region {key}")
            if len(labels) != 1 or labels[0] not in ROLES:
                raise SaysoError(f"{where}: region {key} is labelled {shown(labels)}; it must be one of {', '.join(ROLES)}.")
            words = value.get("text")
            words = words.replace("\\n", "\n") if isinstance(words, str) and "\\n" not in self.passage.text else words
            start, end = settled(self.passage.text, value.get("start"), value.get("end"), words, f"{where}: region {key}")
            mark = Mark(labels[0], start, end, words)
            mark.values = self.marks[key].values if key in self.marks else {}
            self.marks[key] = mark
        elif kind in ("choices", "textarea"):
            chosen = listed(value.get("choices" if kind == "choices" else "text"), where, f"{kind} of region {key}")
            is_whole = "start" not in value and kind == "choices"
            of = self._whole if is_whole else self.marks.setdefault(key, Mark("", 0, 0)).values
            if chosen:
                names = [name_of(one, where, f"{kind} of region {key}") for one in chosen]
                of[str(result.get("from_name"))] = "; ".join(names) if is_whole else names[0]
        else:
            self._unused[f"answers of the type {str(kind)[:40]}, left out"] += 1

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
        attributions: dict[str, MarkedAttribution] = {}
        self.passage.about |= {ABOUT_ARTICLE + name: value for name, value in self._whole.items()}
        for key, mark in self.marks.items():
            if not mark.role and mark.values:
                self._unused["choices and notes on regions without a label, left out"] += 1
            if mark.role == SENTENCE:
                mark.values = self._labels(mark.values)
                self.passage.sentences.append(mark)
            elif mark.role == LOADED:
                self.passage.loaded.append(mark)
            elif mark.role:
                attribution = attributions.setdefault(self._root(key), MarkedAttribution())
                attribution.marks.append(mark)
                renamed = {SPEAKER: "speaker", TYPE: "source_type"}
                attribution.values |= {renamed[name]: value for name, value in mark.values.items() if name in renamed}
                mark.values = {}
        self.passage.attributions = list(attributions.values())

    def _labels(self, values: dict[str, Any]) -> dict[str, Any]:
        labels: dict[str, Any] = {name: value for name, value in values.items() if name in LABELS_OF}
        stance = {name: value for name, value in values.items() if name.startswith(STANCE)}
        labels["stance"] = {str(self.targets.get(name, name)): value for name, value in stance.items()}
        own = {name: value for name, value in values.items() if name not in LABELS_OF and name not in stance}
        return {**labels, "extra": own}


def _fits(item: Mapping[str, Any]) -> bool:
    """Tell a task by its data and what stands beside it, or an annotation that holds its task."""
    if "result" in item and isinstance(item.get("task"), Mapping):
        return "data" in item["task"]
    data = item.get("data")
    if not isinstance(data, Mapping):
        return "data" in item and bool({"annotations", "predictions"} & item.keys())
    return "text" in data or bool({"annotations", "predictions", "completions"} & item.keys())


FORMAT = Format(
    tool="Label Studio",
    holds="everything; suggestions as predictions; with a labelling configuration",
    suffixes=JSON,
    write=_write,
    write_by=_write,
    read_rows=_read_rows,
    knows=knows(_fits),
    beside=".xml",
)
