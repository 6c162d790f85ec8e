"""A report as a page that stands alone: one file, nothing loaded, text from outside only ever as text."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ..evaluation.attribution import AttributionEvaluation
from ..evaluation.result import Evaluation
from .contents import left_out
from .sections.section import Rows, Section, count, f3, pct, span

if TYPE_CHECKING:
    import jinja2

_POLICY = "default-src 'none'; style-src {style}; img-src data:; base-uri 'none'; form-action 'none'"


def report_page(
    evaluation: Evaluation | AttributionEvaluation, sections: Sequence[Section[Any]], about: Mapping[str, Any]
) -> str:
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
    allowed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    title, lead = _opening(evaluation)
    page: str = environment.get_template("report.html.j2").render(
        evaluation=evaluation,
        sections=sections,
        left_out=left_out(evaluation),
        about=about,
        title=title,
        lead=lead,
        style=style,
        policy=_POLICY.format(style=f"'sha256-{allowed}'"),
    )
    return page


def _opening(of: Evaluation | AttributionEvaluation) -> tuple[str, str]:
    """Give the title, and the main thing in a sentence or two."""
    if isinstance(of, AttributionEvaluation):
        marked = f"{count(of.attributions)} marked attributions in {count(of.articles)} articles"
        return "attribution: evaluation", f"Of {marked}, how many are found, and how right they are."
    what = f"{of.column} of {count(of.sentences)} sentences in {count(of.articles)} articles"
    judged = (
        "Every sentence was judged by a model that had seen no sentence of its article."
        if of.folds
        else "Judged by a given model."
    )
    scored = f"macro F1 {f3(of.score.macro_f1)}, 95 % interval {span(of.score.interval)}"
    return f"{of.task}: evaluation", f"{what}: {scored}.\n{judged}"


@cache
def _environment() -> "jinja2.Environment":
    import jinja2

    folder = files("sayso.train") / "templates"
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: (folder / name).read_text(encoding="utf-8")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"f3": f3, "span": span, "count": count, "pct": pct, "pairs": _pairs}
    return environment


def _pairs(x: Sequence[float], y: Sequence[float]) -> Rows:
    return [(f3(a), f3(b)) for a, b in zip(x, y, strict=True)]
