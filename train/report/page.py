"""A report as a page that stands alone: one file, nothing loaded, text from outside only ever as text."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ...classify.pages.html import allowed, templates_of
from ...data.display import Rows
from .compared import Compared
from .contents import left_out
from .sections.section import AnyResult, Section, count, f3, pct, span
from .sections.trust import Trust

if TYPE_CHECKING:
    import jinja2

_POLICY = "default-src 'none'; style-src {style}; img-src data:; base-uri 'none'; form-action 'none'"
_GROUPS = {"figures": "Figures", "tables": "Tables"}
"""Folders of a report, and what the page calls their files."""


def report_page(result: AnyResult, sections: Sequence[Section[Any]], about: Mapping[str, Any]) -> str:
    """Render the report of an evaluation or a comparison.

    Parameters
    ----------
    result : Evaluation, AttributionEvaluation or Compared
    sections : sequence of Section
        Those that apply, in the order of the page; the empty ones are left out.
    about : mapping
        ``command``, ``versions``, ``settings``, ``code``, ``files``, ``listed``: the report's files, and of a folder
        ``missing``: the titles of figures that could not be drawn, and why.
    """
    environment = _environment()
    style: str = environment.get_template("report.css").render()
    page: str = environment.get_template("report.html.j2").render(
        evaluation=result,
        sections=[section for section in sections if not section.is_empty],
        left_out={**left_out(result), **_missing(about)},
        caution=next((s.caution for s in sections if isinstance(s, Trust)), None),
        about=about,
        groups=file_groups(about["listed"]),
        title=result.title if isinstance(result, Compared) else f"{result.task}: evaluation",
        lead=result.lead,
        style=style,
        policy=_POLICY.format(style=allowed(style)),
    )
    return page


def _missing(about: Mapping[str, Any]) -> dict[str, str]:
    """Name the figures that the folder lacks."""
    missing: Mapping[str, str] = about.get("missing", {})
    return {f"figure {title}": f"it could not be drawn ({reason})" for title, reason in missing.items()}


def file_groups(listed: Iterable[str]) -> dict[str, dict[str, list[tuple[str, str]]]]:
    """Group a report's files for the page: by folder, then by name; each a link and what it is called.

    >>> file_groups(["report.json", "figures/roc.pdf", "figures/roc.svg"])["Figures"]
    {'roc': [('figures/roc.pdf', 'PDF'), ('figures/roc.svg', 'SVG')]}
    """
    groups: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for name in listed:
        path = PurePosixPath(name)
        group = _GROUPS.get(path.parent.name, "Files")
        shown = path.suffix[1:].upper().replace("TEX", "LaTeX") if group != "Files" else path.name
        groups.setdefault(group, {}).setdefault(path.stem if group != "Files" else "", []).append((quote(name), shown))
    return groups


@cache
def _environment() -> "jinja2.Environment":
    folder = files("sayso.train") / "templates"
    environment = templates_of(lambda name: (folder / name).read_text(encoding="utf-8"), keep_trailing_newline=False)
    environment.filters |= {"f3": f3, "span": span, "count": count, "pct": pct, "pairs": _pairs}
    return environment


def _pairs(x: Sequence[float], y: Sequence[float]) -> Rows:
    return [(f3(a), f3(b)) for a, b in zip(x, y, strict=True)]
