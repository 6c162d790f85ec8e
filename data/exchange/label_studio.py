"""Label Studio: tasks with annotations (labels) and predictions (suggestions), and the labelling configuration.

Offsets are characters (code points), as Label Studio's editor stores them today (HumanSignal/label-studio pull request
1559, "Store code points instead of js length", merged as label-studio-frontend 308; its test "Should calculate offsets by
code points in text"). It stored UTF-16 units before (issue 1347); such files are read too, by the words of each span.
Line ends count as they stand in the task's text (documentation of the ``Text`` tag).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import quoteattr

from ..records import LabelledArticle
from ..rows.suggestions import has_labels, has_suggestions, suggested, without_suggestions
from ..scheme import BIASES, KINDS, SOURCE_TYPES, STANCES
from .passages import CONTENT, CUE, LABELS, ROLES, SENTENCE, SOURCE, Mark, Passage, passage_of

_OWN = "sayso"
_MODEL = "sayso"
_TYPE, _SPEAKER, _STANCE = "attribution_source_type", "speaker", "stance_"
_CHOICES = {"kind": KINDS, "source_type": SOURCE_TYPES, "bias": BIASES}


def targets_of(articles: Iterable[LabelledArticle]) -> dict[str, str]:
    """Name the control of each stance target: Label Studio's names are words."""
    said = (x for a in articles for x in (a, suggested(a)))
    names = dict.fromkeys(name for a in said for name in (*a.targets, *(t for s in a.sentences for t in s.stance)))
    return {f"{_STANCE}{n}": name for n, name in enumerate(names, 1)}


def configuration(targets: Mapping[str, str]) -> str:
    """Write the labelling configuration (XML) that shows and edits what `tasks` gives."""
    labels = "".join([f"    <Label value={quoteattr(role)}/>\n" for role in ROLES])
    relations = "".join([f"    <Relation value={quoteattr(role)}/>\n" for role in (SOURCE, CUE, CONTENT)])
    controls = [_choices(name, name, values, SENTENCE) for name, values in _CHOICES.items()]
    controls += [_choices(name, f"stance towards {target}", STANCES, SENTENCE) for name, target in targets.items()]
    controls.append(_choices(_TYPE, "source type of the attribution", SOURCE_TYPES, f"{CUE},{CONTENT},{SOURCE}"))
    return (
        "<View>\n  <Style>.htx-text{ white-space: pre-wrap; }</Style>\n"
        f"  <Relations>\n{relations}  </Relations>\n"
        '  <Labels name="span" toName="text">\n' + labels + "  </Labels>\n"
        '  <Text name="text" value="$text"/>\n' + "".join(controls) + f'  <TextArea name="{_SPEAKER}" toName="text" '
        f'perRegion="true" visibleWhen="region-selected" whenLabelValue="{CUE},{CONTENT},{SOURCE}" maxSubmissions="1" '
        'placeholder="whom the source stands for"/>\n</View>\n'
    )


def _choices(name: str, title: str, values: Sequence[str], role: str) -> str:
    inside = "".join([f"    <Choice value={quoteattr(value)}/>\n" for value in values])
    return (
        f'  <Choices name={quoteattr(name)} toName="text" perRegion="true" visibleWhen="region-selected" '
        f'whenLabelValue="{role}" choice="single-radio">\n'
        f'    <Header value={quoteattr(title)} size="6"/>\n{inside}  </Choices>\n'
    )


def task(labelled: LabelledArticle, targets: Mapping[str, str]) -> dict[str, Any]:
    """Give the task of an article.

    Parameters
    ----------
    labelled : LabelledArticle
    targets : mapping of str to str
        Of `targets_of` all articles.
    """
    passage = passage_of(without_suggestions(labelled))
    sentences = [{"start": m.start, "end": m.end, "n": m.values["n"], "extra": m.values["extra"]} for m in passage.sentences]
    own = {"about": passage.about, "sentences": sentences, "targets": dict(targets)}
    found: dict[str, Any] = {"data": {"id": passage.id, "text": passage.text, _OWN: own}}
    found["annotations"] = [{"result": _results(passage, targets)}] if has_labels(labelled) else []
    if has_suggestions(labelled):
        model = passage_of(suggested(labelled))
        own["suggested"] = [mark.values["extra"] for mark in model.sentences]
        found["predictions"] = [{"model_version": _MODEL, "result": _results(model, targets)}]
    return found


def _results(passage: Passage, targets: Mapping[str, str]) -> list[dict[str, Any]]:
    controls = {target: name for name, target in targets.items()}
    found: list[dict[str, Any]] = []
    for n, mark in enumerate(passage.sentences):
        values = {name: mark.values[name] for name in LABELS if name in mark.values}
        values |= {controls[target]: label for target, label in mark.values["stance"].items()}
        found += _region(f"s{n}", mark, values)
    for n, mark in enumerate(passage.loaded):
        found += _region(f"l{n}", mark, {})
    for n, said in enumerate(passage.said):
        order = sorted(said.marks, key=lambda mark: (CUE, CONTENT, SOURCE).index(mark.role))
        values = {_TYPE: said.values["source_type"]} if "source_type" in said.values else {}
        for k, mark in enumerate(order):
            found += _region(f"a{n}_{k}", mark, values if not k else {})
        if "speaker" in said.values:
            found.append(_result("a" + f"{n}_0", order[0], _SPEAKER, "textarea", {"text": [said.values["speaker"]]}))
        found += [_relation(f"a{n}_0", f"a{n}_{k}", mark.role) for k, mark in enumerate(order) if k]
    return found


def _region(key: str, mark: Mark, values: Mapping[str, str]) -> list[dict[str, Any]]:
    found = [_result(key, mark, "span", "labels", {"text": mark.words, "labels": [mark.role]})]
    return found + [_result(key, mark, name, "choices", {"choices": [value]}) for name, value in values.items()]


def _result(key: str, mark: Mark, name: str, kind: str, value: dict[str, Any]) -> dict[str, Any]:
    place = {"start": mark.start, "end": mark.end}
    return {"id": key, "from_name": name, "to_name": "text", "type": kind, "value": {**place, **value}}


def _relation(one: str, other: str, role: str) -> dict[str, Any]:
    return {"type": "relation", "from_id": one, "to_id": other, "direction": "right", "labels": [role]}
