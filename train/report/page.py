"""A report as a page that stands alone: one file, nothing loaded, text from outside only ever as text."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ...classify.pages.html import allowed, templates_of
from ...data.display import Rows
from .contents import left_out
from .sections.section import AnyEvaluation, Section, count, f3, pct, span
from .sections.trust import Trust

if TYPE_CHECKING:
    import jinja2

_POLICY = "default-src 'none'; style-src {style}; img-src data:; base-uri 'none'; form-action 'none'"


def report_page(evaluation: AnyEvaluation, sections: Sequence[Section[Any]], about: Mapping[str, Any]) -> str:
    """Render the report of an evaluation.

    Parameters
    ----------
    evaluation : Evaluation or AttributionEvaluation
    sections : sequence of Section
        Those that apply, in the order of the page.
    about : mapping
        ``command``, ``versions``, ``settings``, ``code`` and ``files``.
    """
    environment = _environment()
    style: str = environment.get_template("report.css").render()
    page: str = environment.get_template("report.html.j2").render(
        evaluation=evaluation,
        sections=sections,
        left_out=left_out(evaluation),
        caution=next((s.caution for s in sections if isinstance(s, Trust)), None),
        about=about,
        title=f"{evaluation.task}: evaluation",
        lead=evaluation.lead,
        style=style,
        policy=_POLICY.format(style=allowed(style)),
    )
    return page


@cache
def _environment() -> "jinja2.Environment":
    folder = files("sayso.train") / "templates"
    environment = templates_of(lambda name: (folder / name).read_text(encoding="utf-8"), keep_trailing_newline=False)
    environment.filters |= {"f3": f3, "span": span, "count": count, "pct": pct, "pairs": _pairs}
    return environment


def _pairs(x: Sequence[float], y: Sequence[float]) -> Rows:
    return [(f3(a), f3(b)) for a, b in zip(x, y, strict=True)]
