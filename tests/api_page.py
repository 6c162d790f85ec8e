"""The page docs/api.md, made of the docstrings of what ``import sayso`` offers."""

import inspect
import re
import textwrap
from pathlib import Path

import sayso

PAGE = Path(__file__).parents[1] / "docs" / "api.md"
SECTIONS = {
    "Annotate": ("annotate", "annotate_frame", "load_annotator", "Annotator", "Annotation"),
    "Read": ("read_articles", "load_dataset"),
    "Train and evaluate": (
        *("TextClassifier", "KindClassifier", "StanceClassifier", "BiasClassifier", "AttributionExtractor"),
        *("SentenceIn", "load_model", "cross_validate", "Evaluation", "AttributionEvaluation"),
    ),
    "Records": (
        *("Article", "Span", "AnnotatedSentence", "FoundAttribution", "StanceLabel", "BiasLabel", "OwnLabel"),
        *("LabelledArticle", "Sentence", "Attribution", "SaysoError"),
    ),
}
ABOUT = """\
# Python API

`import sayso` gives you every name on this page. The import itself takes almost no time, because a name is loaded when you
first use it. The notebook [`examples/sayso.ipynb`](../examples/sayso.ipynb) annotates an article, makes a table, and trains,
scores, saves and uses a classifier.

```python
>>> import sayso
>>> annotation = sayso.annotate("The bridge will stay shut until June, the transport ministry said.")
>>> annotation[0].kind, annotation[0].source
('official_claim', 'the transport ministry')
```

[labels.md](labels.md) explains the labels. These rules hold for all functions:

- A `str` is a text, and a file is a `pathlib.Path`. Functions that take only paths accept them as strings, too.
- Offsets count characters of the article's text, with the end excluded: `text[start:end]` gives the words.
- If something was guessed or left out, a warning says so with a count. If something is wrong with a file or a model,
  `sayso.SaysoError` is raised; if something is wrong with an argument, `ValueError` or `TypeError`.
- A plain string in an estimator's `X` stands alone. The commands see a sentence in its article, so their scores differ:
  [evaluation.md](evaluation.md#the-same-classifier-from-the-command-line-and-from-python) says how to get the same ones.

This page is made from the docstrings (`python -m pytest tests/docs --write-docs`), and tests run its examples.
"""
_HEADING = re.compile(r"^([A-Z][A-Za-z ]+)\n-{3,}$", re.MULTILINE)
_ENTRIES = ("Parameters", "Attributes", "Returns", "Yields", "Raises", "Warns", "See Also")
_VERBS = ("fit", "predict", "predict_proba", "score", "save")
_INTERNAL = {("Annotator", "pair_chances"), ("Annotator", "targets_of")}
_WIDTH = 125  # of a signature's line


def write_page():
    """Give the page."""
    parts, written = [ABOUT, _contents()], {}
    for title, names in SECTIONS.items():
        parts.append(f"## {title}\n")
        parts += [_section(name, written) for name in names]
    return "\n".join(parts)


def _contents():
    """List the names, each with its first sentence."""
    lines = ["| name | |", "| --- | --- |"]
    for name in [name for names in SECTIONS.values() for name in names]:
        first = " ".join(sections_of(inspect.getdoc(getattr(sayso, name)))[""].split("\n\n")[0].split())
        lines.append(f"| [`{name}`](#{name.lower()}) | {_prose(first)} |")
    return "\n".join([*lines, ""])


def sections_of(text):
    """Part a docstring of numpydoc's kind into what it says first, under "", and its sections by their titles."""
    first, *rest = _HEADING.split(inspect.cleandoc(text))
    titles, bodies = rest[::2], rest[1::2]
    return {"": first.strip(), **{title: body.strip("\n") for title, body in zip(titles, bodies, strict=True)}}


def entries_of(body):
    """Give the entries of a section: name and type as they stand, and what is said of it."""
    entries = []
    for line in body.splitlines():
        if line and not line.startswith(" "):
            entries.append((line, []))
        elif entries:
            entries[-1][1].append(line)
    return [(head, " ".join(textwrap.dedent("\n".join(said)).split())) for head, said in entries]


def members_of(kind):
    """Give the methods and properties of a class that are ours and documented, by name: with those that it inherits."""
    found = {}
    for name, member in [item for base in kind.__mro__ for item in vars(base).items()]:
        if name in found:
            continue
        made = member.__func__ if isinstance(member, classmethod) else member
        function = made.fget if isinstance(made, property) else made
        is_ours = inspect.isfunction(function) and function.__module__.startswith("sayso.")
        if is_ours and not name.startswith("_") and function.__doc__ and not _is_internal(kind, name):
            found[name] = member
    return found


def _is_internal(kind, name):
    """Tell what only the commands use; of an estimator all that is no verb of scikit-learn's, nor ``save``."""
    is_estimator = hasattr(kind, "get_params")
    return (is_estimator and name not in _VERBS) or (kind.__name__, name) in _INTERNAL


def signature_of(value, name):
    """Write a signature, without types: these stand with the parameters."""
    if isinstance(value, property):
        return name
    if inspect.isclass(value) and issubclass(value, Exception):
        return f"{name}({value.__base__.__name__})"
    function = value.__func__ if isinstance(value, classmethod) else value
    signature = inspect.signature(function)
    first = next(iter(signature.parameters), None)
    bare = [
        p.replace(annotation=p.empty, default=_default(p))
        for p in signature.parameters.values()
        if not (p.name == first in ("self", "cls")) and not p.name.startswith("_")
    ]
    written = f"{name}{signature.replace(parameters=bare, return_annotation=signature.empty)}"
    return written if len(written) <= _WIDTH else "\n".join(textwrap.wrap(written, _WIDTH, subsequent_indent="    "))


class _Written:
    def __init__(self, text):
        self.text = text

    def __repr__(self):
        return self.text


def _default(parameter):
    """Give a default as it is written: a factory's as what it makes, and a function's by no address."""
    if parameter.default is parameter.empty:
        return parameter.empty
    if type(parameter.default).__name__ == "_HAS_DEFAULT_FACTORY_CLASS":
        return _Written("{}")
    return _Written("…") if callable(parameter.default) else parameter.default


def _section(name, written):
    """Write what stands under a name; ``written`` are the methods that the page has already, each with its class."""
    value = getattr(sayso, name)
    lines = [f"### {name}\n", _code(signature_of(value, f"sayso.{name}")), _said(inspect.getdoc(value))]
    if inspect.isclass(value) and not issubclass(value, Exception):
        inherited = {}
        for member_name, member in members_of(value).items():
            if member in written:
                inherited.setdefault(written[member], []).append(f"`{member_name}`")
            else:
                written[member] = name
                lines += [f"#### {name}.{member_name}\n", *_member(member, f"{name}.{member_name}")]
        for other, names in inherited.items():
            lines.append(f"{', '.join(names)}: see [{other}](#{other.lower()}).\n")
    return "\n".join(lines)


def _member(member, name):
    function = member.__func__ if isinstance(member, classmethod) else member
    shown = [] if isinstance(member, property) else [_code(signature_of(member, name))]
    return [*shown, _said(inspect.getdoc(function))]


def _code(text):
    """Write a signature; not as Python, which ruff would format where it happens to be valid."""
    return f"```text\n{text}\n```\n"


def _said(docstring):
    """Write a docstring as Markdown."""
    sections = sections_of(docstring)
    parts = [_prose(sections.pop(""))]
    for title, body in sections.items():
        if title == "Examples":
            parts.append(_examples(body))
        elif title in _ENTRIES:
            parts.append(f"**{title}**\n\n" + "\n".join(_entry(title, *entry) for entry in entries_of(body)))
        else:
            parts.append(f"**{title}**\n\n{_prose(body)}")
    return "\n\n".join(parts) + "\n"


def _entry(title, head, said):
    name, _, kind = head.partition(" : ")
    if title == "See Also":
        return f"- [`{name}`](#{name.lower()}): {_prose(kind)}"
    if title in ("Returns", "Yields", "Raises", "Warns") and not kind:
        return f"- {head}: {_prose(said)}" if said else f"- {head}"
    names = ", ".join(f"`{each.strip()}`" for each in name.split(","))
    return f"- {names}{f' ({kind})' if kind else ''}{f': {_prose(said)}' if said else ''}"


def _prose(text):
    return text.replace("``", "`")


def _examples(body):
    """Write examples as blocks of code, and what is said between them as text."""
    parts = []
    for block in re.split(r"\n\s*\n", body):
        parts.append(f"```python\n{block}\n```" if block.startswith(">>>") else _prose(block))
    return "\n\n".join(parts).replace("\n```\n\n```python\n", "\n\n")


def parameters_of(value):
    """Give the names of a callable's parameters, in order."""
    names = list(inspect.signature(value).parameters)
    return [name for name in names if name not in ("self", "cls")]


def documented_parameters(value):
    """Give the names that a docstring's section Parameters has, in order."""
    body = sections_of(inspect.getdoc(value) or "").get("Parameters", "")
    heads = [head.partition(" : ")[0] for head, _ in entries_of(body)]
    return [name.strip().lstrip("*") for head in heads for name in head.split(",")]
