"""What a change does to an article: judged before, and applied; forth and back give the same."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ...errors import SaysoError
from ..records import LABEL_COLUMNS, LabelledArticle, Sentence
from ..rows.given import STANCE_TOWARDS, Given, cell_of, given_of, labels_there
from ..rows.labels import as_json, labels_of
from ..rows.suggestions import CODEBOOK, own_labels
from ..scheme import LABELS_OF, SOURCE_TYPES_OF, STANCES, go_together
from .records import Change
from .values import (
    LONGEST_TEXT,
    checked_attribution,
    checked_label,
    checked_list,
    checked_mapping,
    checked_name,
    checked_span,
    checked_text,
    shown,
    span_json,
)

OF_SENTENCE = (*LABEL_COLUMNS, "stance", "loaded", "attributions", "own", "note")
OF_ARTICLE = ("done", "targets", "note")
_NO_LABELS = frozenset(("done", "targets", "note"))
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a change is judged by, beside the article.

    Parameters
    ----------
    columns : mapping of str to sequence of str or None
        The columns of the project's own, with their labels; None for any text.
    codebook : int or None
        The version that is in force.
    done : bool
        Whether the article is labelled to the end.
    note : str
        The note that is there.
    """

    columns: Mapping[str, Sequence[str] | None] = field(default_factory=dict)
    codebook: int | None = None
    done: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a change sets and what stood there; ``also`` has what follows from it and is no key of a change."""

    set: Values
    was: Values
    also_set: Values
    also_was: Values


def sentence_at(labelled: LabelledArticle, n: object) -> Sentence:
    """Give a sentence by its number."""
    found = next((s for s in labelled.sentences if s.n == n), None) if type(n) is int else None
    if found is None:
        raise SaysoError(f"article {shown(labelled.article.id)} has no sentence {shown(n)}; reload the article.")
    return found


def values_of(labelled: LabelledArticle, n: int) -> Values:
    """Give the labels of a sentence under the keys of a change; no note, which is not in the dataset."""
    return sentence_values(labelled, sentence_at(labelled, n))


def sentence_values(labelled: LabelledArticle, s: Sentence) -> Values:
    """Give the labels of a sentence of an article under the keys of a change."""
    row = as_json(s, labelled)
    return {
        **{column: row[column] for column in LABEL_COLUMNS},
        "stance": dict(s.stance),
        "loaded": row["loaded"],
        "attributions": row["attributions"] or [],
        "own": own_labels(s),
    }


def holds(labelled: LabelledArticle, n: int | None, values: Mapping[str, Any], facts: Facts) -> bool:
    """Tell whether an article has the values that a change set; a change that others wrote over cannot be taken back."""
    if n is None:
        there: Values = {"targets": {t: list(also) for t, also in labelled.targets.items()}}
    elif any(s.n == n for s in labelled.sentences):
        there = values_of(labelled, n)
    else:
        return False
    there |= {"done": facts.done, "note": facts.note}
    return all(_is_held(value, there.get(key)) for key, value in values.items())


def _is_held(value: Any, there: Any) -> bool:
    """Compare values; of targets and columns those that are named."""
    if isinstance(value, Mapping) and isinstance(there, Mapping):
        return all(there.get(key) == one for key, one in value.items())
    return bool(value == there)


def plan(change: Change, labelled: LabelledArticle, facts: Facts) -> Plan:
    """Judge a change, and give all that it does.

    Raises
    ------
    SaysoError
        If anything in it is wrong; one line says what.
    """
    known = OF_ARTICLE if change.n is None else OF_SENTENCE
    given = {key: value for key, value in checked_mapping(change.set, "set", known).items() if not _is_empty(key, value)}
    if not given:
        raise SaysoError(f"nothing to change; give at least one of {', '.join(known)}.")
    if change.n is None:
        planned = _plan_article(given, labelled, facts)
    else:
        planned = _plan_sentence(given, change.n, labelled, facts)
        _follow_given(planned, change, labelled, facts)
    after = applied(labelled, change.n, planned.set, planned.also_set)
    done = planned.set.get("done", facts.done)
    complete = _complete(labelled, after, done, planned.set)
    if complete != labelled.complete:
        planned.also_set["complete"], planned.also_was["complete"] = sorted(complete), sorted(labelled.complete)
    return planned


def _is_empty(key: str, value: Any) -> bool:
    """Tell whether a key names nothing to change: no target, no column."""
    return key in ("stance", "own") and isinstance(value, Mapping) and not value


def _plan_article(given: Mapping[str, Any], labelled: LabelledArticle, facts: Facts) -> Plan:
    planned = Plan({}, {}, {}, {})
    if "done" in given:
        if not isinstance(given["done"], bool):
            raise SaysoError(f"done is {shown(given['done'])}; it must be true or false.")
        planned.set["done"], planned.was["done"] = given["done"], facts.done
    if "targets" in given:
        planned.set["targets"] = _checked_targets(given["targets"], labelled)
        planned.was["targets"] = {name: list(also) for name, also in labelled.targets.items()}
    if "note" in given:
        planned.set["note"], planned.was["note"] = checked_text(given["note"], "note"), facts.note
    return planned


def _checked_targets(value: object, labelled: LabelledArticle) -> dict[str, list[str]]:
    targets: dict[str, list[str]] = {}
    for name, also in checked_mapping(value, "targets").items():
        target = checked_name(name, "a target's name")
        if target in targets:
            raise SaysoError(f"two targets have the name {shown(target)}; give each its own name.")
        aliases = checked_list(also, f"aliases of {shown(target)}")
        targets[target] = [checked_name(alias, f"an alias of {shown(target)}") for alias in aliases]
    used = next((t for s in labelled.sentences for t in s.stance if t not in targets), None)
    if used is not None:
        raise SaysoError(
            f"some sentences have a stance towards {shown(used)}; remove these stances before you remove the target."
        )
    return targets


def _plan_sentence(given: Mapping[str, Any], n: int, labelled: LabelledArticle, facts: Facts) -> Plan:
    s, now = sentence_at(labelled, n), values_of(labelled, n)
    planned = Plan({}, {}, {}, {})
    for key, value in given.items():
        planned.set[key], planned.was[key] = _CHECKED[key](value, s, labelled, facts)
    _let_go_together(planned, now)
    if "stance" in planned.set:
        _follow_stance(planned, s, labelled)
    return planned


def _follow_given(planned: Plan, change: Change, labelled: LabelledArticle, facts: Facts) -> None:
    """Note of each label that is set under which version of the codebook it is, and whether it was accepted."""
    if change.n is None or not (touched := _names_of(planned.set)):
        return
    before = sentence_at(labelled, change.n)
    after = sentence_at(applied(labelled, change.n, planned.set, planned.also_set), change.n)
    given = given_of(before) | dict.fromkeys(touched, Given(facts.codebook, change.accepted))
    was, cell = before.extra.get(CODEBOOK), cell_of(given, labels_there(after))
    if cell != was:
        planned.also_set[CODEBOOK], planned.also_was[CODEBOOK] = cell, was


def _names_of(values: Values) -> list[str]:
    """Name the labels that a change sets, as `labels_there` does."""
    names = [key for key in values if key not in ("stance", "own", *_NO_LABELS)]
    return [*names, *(STANCE_TOWARDS + target for target in values.get("stance", ())), *values.get("own", ())]


def _let_go_together(planned: Plan, now: Values) -> None:
    """Take away the source type that a new kind excludes; refuse one that is given beside a kind that excludes it."""
    kind = planned.set.get("kind", now["kind"])
    source_type = planned.set.get("source_type", now["source_type"])
    if not kind or not source_type or go_together(kind, source_type):
        return
    if "source_type" in planned.set:
        raise SaysoError(f"{kind} cannot have the source type {source_type}; it has {', '.join(SOURCE_TYPES_OF[kind])}.")
    planned.set["source_type"], planned.was["source_type"] = None, source_type


def _follow_stance(planned: Plan, s: Sentence, labelled: LabelledArticle) -> None:
    """Keep the whole of a sentence's stances: where targets stand, and their order, come back with an undo."""
    stance = {t: label for t, label in {**s.stance, **planned.set["stance"]}.items() if label}
    after = replace(s, stance=stance, mentions={t: at for t, at in s.mentions.items() if t in stance})
    planned.also_set["stance"], planned.also_was["stance"] = (as_json(x, labelled)["stance"] for x in (after, s))
    if new := [t for t in stance if t not in labelled.targets]:
        was = {name: list(also) for name, also in labelled.targets.items()}
        planned.also_set["targets"], planned.also_was["targets"] = {**was, **{t: [] for t in new}}, was


_Checked = Callable[[Any, Sentence, LabelledArticle, Facts], tuple[Any, Any]]
"""Gives what is set, and what stood there."""


def _label(column: str) -> _Checked:
    def checked(value: Any, s: Sentence, labelled: LabelledArticle, facts: Facts) -> tuple[Any, Any]:
        return checked_label(value, column, LABELS_OF[column]), getattr(s, column)

    return checked


def _stance(value: Any, s: Sentence, labelled: LabelledArticle, facts: Facts) -> tuple[Any, Any]:
    given = checked_mapping(value, "stance")
    named = {checked_name(target, "a target's name"): label for target, label in given.items()}
    checked = {t: checked_label(label, f"stance towards {shown(t)}", STANCES) for t, label in named.items()}
    return checked, {target: s.stance.get(target) for target in checked}


def _loaded(value: Any, s: Sentence, labelled: LabelledArticle, facts: Facts) -> tuple[Any, Any]:
    text = labelled.article.text
    items = checked_list(value, "loaded")
    spans = sorted({checked_span(item, f"loaded {i}", text) for i, item in enumerate(items, 1)})
    outside = next((x for x in spans if not s.span.start <= x.start < x.end <= s.span.end and x not in s.loaded), None)
    if outside is not None:
        raise SaysoError(
            f"loaded words at {outside.start} to {outside.end} are not in sentence {s.n}; mark words inside it."
        )
    return [span_json(span, text) for span in spans], as_json(s, labelled)["loaded"]


def _attributions(value: Any, s: Sentence, labelled: LabelledArticle, facts: Facts) -> tuple[Any, Any]:
    was = as_json(s, labelled)["attributions"] or []
    items = checked_list(value, "attributions")
    checked = [checked_attribution(item, f"attribution {i}", labelled.article.text) for i, item in enumerate(items, 1)]
    for number, x in enumerate(checked, 1):
        role, at = next((role, span) for role, span in (("cue", x["cue"]), ("content", (x["content"] or [None])[0]),
                                                        ("source", x["source"])) if span)  # fmt: skip
        if not s.span.start <= at["start"] < s.span.end and x not in was:
            raise SaysoError(
                f"attribution {number}: its {role} ({shown(at['text'])}) is not in sentence {s.n}; an "
                "attribution belongs to the sentence with its cue or, without a cue, to the sentence "
                "where its content begins."
            )
    return checked, was


def _own(value: Any, s: Sentence, labelled: LabelledArticle, facts: Facts) -> tuple[Any, Any]:
    given = checked_mapping(value, "own")
    unknown = next((column for column in given if column not in facts.columns), None)
    if unknown is not None:
        known = ", ".join(facts.columns) or "none"
        raise SaysoError(f"{shown(unknown)} is not a column of the codebook; its own columns are {known}.")
    checked: dict[str, str | None] = {}
    for column, label in given.items():
        labels = facts.columns[column]
        if label is None or labels is not None:
            checked[column] = checked_label(label, column, labels or ())
        else:
            checked[column] = checked_text(label, column) or None
    return checked, {column: s.extra.get(column) for column in checked}


def _note(value: Any, s: Sentence, labelled: LabelledArticle, facts: Facts) -> tuple[Any, Any]:
    return checked_text(value, "note", LONGEST_TEXT), facts.note


_CHECKED: Mapping[str, _Checked] = {
    **{column: _label(column) for column in LABEL_COLUMNS},
    "stance": _stance,
    "loaded": _loaded,
    "attributions": _attributions,
    "own": _own,
    "note": _note,
}


def applied(labelled: LabelledArticle, n: int | None, values: Mapping[str, Any], also: Mapping[str, Any]) -> LabelledArticle:
    """Give an article with values that were judged."""
    targets = also.get("targets", values.get("targets"))
    if targets is not None:
        labelled = replace(labelled, targets={name: tuple(others) for name, others in targets.items()})
    if n is not None:
        changed = _applied_to(sentence_at(labelled, n), labelled, values, also)
        labelled = replace(labelled, sentences=tuple(changed if s.n == n else s for s in labelled.sentences))
    return replace(labelled, complete=frozenset(also["complete"])) if "complete" in also else labelled


def _applied_to(s: Sentence, labelled: LabelledArticle, values: Mapping[str, Any], also: Mapping[str, Any]) -> Sentence:
    row = {key: values[key] for key in ("loaded", "attributions") if key in values}
    if "stance" in also:
        row["stance"] = also["stance"]
    read, _ = labels_of(row, s.span, labelled.article.text)
    fields = {key: read[key] for key in row}
    if "stance" in row:
        fields["mentions"] = read["mentions"]
    fields |= {column: values[column] for column in LABEL_COLUMNS if column in values}
    own = {**values.get("own", {}), **({CODEBOOK: also[CODEBOOK]} if CODEBOOK in also else {})}
    if own:
        fields["extra"] = {column: label for column, label in {**s.extra, **own}.items() if label}
    return replace(s, **fields)


_TASKS_OF = {
    **{column: (column,) for column in LABEL_COLUMNS},
    "loaded": ("bias",),
    "stance": ("stance",),
    "targets": ("stance",),
    "done": ("attribution", "bias"),
}
"""What may become complete, or be so no longer, where a key of a change is set."""


def _complete(before: LabelledArticle, after: LabelledArticle, done: bool, touched: Iterable[str]) -> frozenset[str]:
    """Tell what is labelled throughout; what was not touched stays as it was said to be."""
    tasks = {task for key in touched for task in _TASKS_OF.get(key, ())}
    return (before.complete - tasks) | {task for task in tasks if _is_complete(task, after, done)}


def _is_complete(task: str, after: LabelledArticle, done: bool) -> bool:
    """Tell whether every sentence has a label, or a person said that the article is labelled to the end."""
    if task == "attribution":
        return done
    if task == "stance":
        return bool(after.targets) and all(after.targets.keys() <= s.stance.keys() for s in after.sentences)
    if task == "bias" and done:  # then no loaded words mean that there are none
        return any(s.bias or s.loaded for s in after.sentences)
    return all(getattr(s, task) for s in after.sentences)
