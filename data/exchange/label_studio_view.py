"""What Label Studio shows for a codebook: the labelling configuration, and which control asks for which column."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from xml.sax.saxutils import quoteattr

from ...errors import SaysoError
from ..codebook.codebook import Codebook, Column, Label
from ..codebook.reading import default_codebook
from ..records import LabelledArticle, Sentence, label_of
from ..rows.suggestions import suggested, without_suggestions
from ..scheme import LABELS_OF, SOURCE_TYPES
from .passages import CONTENT, CUE, LOADED, SENTENCE, SOURCE

TYPE, SPEAKER, STANCE = "attribution_source_type", "speaker", "stance_"
"""Controls of an attribution's source type and speaker; those of stances begin with the last, and count the targets."""

_MARKS = f"{CUE},{CONTENT},{SOURCE}"
_REGION_KEYS = {SENTENCE: "e", SOURCE: "s", CUE: "c", CONTENT: "x", LOADED: "b"}  # no label has one of these
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0 has no way to write these
_FIELD = re.compile(r"\$(?=[\w\[\]{}.])")  # Label Studio puts a field of the task there


@dataclass(frozen=True, slots=True)
class View:
    """What Label Studio asks for.

    Parameters
    ----------
    columns : tuple of Column
        In order; labels that sentences carry and the codebook lacks stand behind its own.
    targets : mapping of str to str
        Control of each stance target to its name.
    """

    columns: tuple[Column, ...]
    targets: Mapping[str, str]

    @property
    def own(self) -> Mapping[str, Column]:
        """The user's own columns by name, which is that of their controls."""
        return {column.name: column for column in self.columns if not column.builtin}

    def shows(self, name: str) -> bool:
        """Tell whether a column is asked for."""
        return any(column.name == name for column in self.columns)


def view_of(articles: Iterable[LabelledArticle], codebook: Codebook | None = None) -> View:
    """Give what is shown for articles: what the codebook asks, and what comes along and is labelled already.

    Raises
    ------
    SaysoError
        If Label Studio cannot show a label.
    """
    chosen = codebook or default_codebook()
    both = [x for a in articles for x in (without_suggestions(a), suggested(a))]
    carried = _carried([s for a in both for s in a.sentences])
    targets = dict.fromkeys(name for x in both for name in (*x.targets, *(t for s in x.sentences for t in s.stance)))
    columns = [column for column in chosen.columns if column.asked or (column.builtin and column.name in carried)]
    lacking = (c for c in default_codebook().columns if c.name in carried and c.name not in [x.name for x in columns])
    shown = tuple(_with_labels(column, carried.get(column.name, ())) for column in (*columns, *lacking))
    asks_stance = any(column.name == "stance" for column in shown)
    return View(shown, {f"{STANCE}{n}": name for n, name in enumerate(targets, 1)} if asks_stance else {})


def _carried(sentences: Sequence[Sentence]) -> dict[str, list[str]]:
    """Give the columns that are labelled, and the labels of each."""
    carried: dict[str, dict[str, None]] = {}
    for s in sentences:
        for column in (*LABELS_OF, *s.extra):
            if label := label_of(s, column):
                carried.setdefault(column, {})[label] = None
        if s.stance:
            carried.setdefault("stance", {}).update(dict.fromkeys(s.stance.values()))
        if s.attributions:
            carried.setdefault("attribution", {})
        if s.loaded:
            carried.setdefault("bias", {})
    return {column: list(labels) for column, labels in carried.items()}


def _with_labels(column: Column, carried: Iterable[str]) -> Column:
    """Add the labels that sentences carry: Label Studio drops a choice that it does not know."""
    if not column.labels:
        return column
    labels = (*column.labels, *(Label(name) for name in carried if not column.label(name)))
    if odd := next((label.name for label in labels if _FIELD.search(label.name)), None):
        raise SaysoError(f"{column.name}: Label Studio would read {odd!r} as a task field; rename the label.")
    return replace(column, labels=labels)


def configuration(view: View) -> str:
    """Write the labelling configuration (XML) that shows and edits what `label_studio.task` gives."""
    roles = [SENTENCE, *([SOURCE, CUE, CONTENT] if view.shows("attribution") else []), *([LOADED] * view.shows("bias"))]
    hints = {label.name: _hint(label) for column in view.columns if column.name == "attribution" for label in column.labels}
    regions = [
        f"    <Label {_attributes(value=role, hotkey=_REGION_KEYS[role], hint=hints.get(role, ''))}/>" for role in roles
    ]
    relations = [f"    <Relation {_attributes(value=role)}/>" for role in (SOURCE, CUE, CONTENT) if role in roles]
    lines = ["<View>", "  <Style>.htx-text{ white-space: pre-wrap; }</Style>"]
    lines += ["  <Relations>", *relations, "  </Relations>"] if relations else []
    lines += ['  <Labels name="span" toName="text">', *regions, "  </Labels>", '  <Text name="text" value="$text"/>']
    for column in view.columns:
        lines += _controls(column, view)
    return "\n".join([*lines, *_texts(view.columns), "</View>", ""])


def _controls(column: Column, view: View) -> Iterator[str]:
    """Give the controls of a column: one for most, one for each target of stances, two for attributions."""
    if column.name == "stance":
        for n, (name, target) in enumerate(view.targets.items()):
            labels = column.labels if n == 0 else [replace(label, key=None) for label in column.labels]
            yield from _choices(name, f"stance towards {target}", labels, SENTENCE)  # a key would answer for all targets
    elif column.name == "attribution":
        yield from _choices(TYPE, "source type of the attribution", [Label(name) for name in SOURCE_TYPES], _MARKS)
        yield _text_area(SPEAKER, _MARKS, "the speaker that the source refers to")
    else:
        title = f"{column.name}: {column.question}" if column.question else column.name
        if column.labels:
            yield from _choices(column.name, title, column.labels, SENTENCE)
        else:
            yield f"  <View {_attributes(visibleWhen='region-selected', whenLabelValue=SENTENCE)}>"
            yield f"    <Header {_attributes(value=_shown(title), size='6')}/>"
            yield f"  {_text_area(column.name, SENTENCE, 'free text')}"
            yield "  </View>"


def _choices(name: str, title: str, labels: Sequence[Label], role: str) -> Iterator[str]:
    yield f'  <Choices {_attributes(name=name, toName="text", **_when(role))} choice="single-radio">'
    yield f"    <Header {_attributes(value=_shown(title), size='6')}/>"
    for label in labels:
        yield f"    <Choice {_attributes(value=label.name, hotkey=_hotkey(label.key), hint=_hint(label))}/>"
    yield "  </Choices>"


def _text_area(name: str, role: str, title: str) -> str:
    return f"  <TextArea {_attributes(name=name, toName='text', **_when(role), maxSubmissions='1', placeholder=title)}/>"


def _when(role: str) -> dict[str, str]:
    return {"perRegion": "true", "visibleWhen": "region-selected", "whenLabelValue": role}


def _texts(columns: Iterable[Column]) -> Iterator[str]:
    """Give the codebook's texts, folded away below the text: hints show one at a time, and not everywhere."""
    panels = [(column, list(_lines_of(column))) for column in columns]
    if not any(lines for _, lines in panels):
        return
    yield '  <Collapse accordion="true">'
    for column, lines in panels:
        if lines:
            yield f"    <Panel {_attributes(value=_shown(f'{column.name}: what the labels mean'))}>"
            yield "      <View>"
            yield from (f"        <Header {_attributes(value=_shown(line), size='6')}/>" for line in lines)
            yield "      </View>"
            yield "    </Panel>"
    yield "  </Collapse>"


def _lines_of(column: Column) -> Iterator[str]:
    if column.text:
        yield column.text
    for label in column.labels:
        if label.text or label.examples or label.not_examples:
            yield f"{label.name}: {label.text}".rstrip()
        yield from (f"{label.name}, for example: {x}" for x in label.examples)
        yield from (f"not {label.name}: {x}" for x in label.not_examples)


def _hint(label: Label) -> str:
    return " ".join(label.text.split())


def _hotkey(key: str | None) -> str:
    """Give a key as Label Studio names it, which takes capitals for small letters; empty for what it cannot name."""
    if key is None or not (key.isascii() and key.isalnum()):
        return ""
    return f"shift+{key.lower()}" if key.isupper() else key


def _shown(text: str) -> str:
    """Give text that is shown as it is: a dollar sign before a word would stand for a field of the task."""
    return _FIELD.sub("$\u2060", " ".join(text.split()))


def _attributes(**values: str) -> str:
    return " ".join(f"{name}={quoteattr(_NOT_XML.sub('�', value))}" for name, value in values.items() if value)
