"""Pages of HTML that stand alone: one file, nothing loaded, nothing sent, and text from outside only ever as text."""

import base64
import hashlib
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ...data.scheme import KINDS
from ..annotation.marks import LETTERS
from ..speakers.profile import CAUTION, told_in

if TYPE_CHECKING:
    import jinja2

GENERATOR = "sayso"
"""The first word of a page's ``<meta name="generator">``."""

KIND_NAMES = dict(zip(KINDS, ("Quote", "Official claim", "Independent assessment", "Narrative"), strict=True))
_LEAST = 0.005  # what would round to 0 % is shown as <1 %
_HEIGHTS = dict(zip(KINDS, (40, 30, 20, 7), strict=True))  # of the columns of a strip, so that kinds differ without colour
_POLICY = "default-src 'none'; style-src {style}; script-src {script}; img-src data:; base-uri 'none'; form-action 'none'"


def render(template: str, *, styles: tuple[str, ...] = (), script: str | None = None, **about: Any) -> str:
    """Fill a template of this package.

    Parameters
    ----------
    template : str
        It extends ``base.html.j2``; everything that it prints is escaped.
    styles : tuple of str
        Style sheets of the templates' folder, after ``base.css``.
    script : str, optional
        The one script that may run, of the same folder.
    **about
        What the template speaks of.
    """
    style = "".join(_read(name) for name in ("base.css", *styles))
    code = _read(script) if script else ""
    policy = _POLICY.format(style=allowed(style), script=allowed(code) if code else "'none'")
    page: str = _environment().get_template(template).render(policy=policy, style=style, script=code, **about)
    return page


@cache
def _environment() -> "jinja2.Environment":
    return with_names(templates_of(_read, keep_trailing_newline=True))


def with_names(environment: "jinja2.Environment") -> "jinja2.Environment":
    """Give templates what `parts.html.j2` needs beside what it is filled with."""
    environment.filters["percent"] = _percent
    environment.globals.update(generator=f"{GENERATOR} {version('sayso')}")
    environment.globals.update(told_in=told_in, stance_caution=CAUTION)
    environment.globals.update(kinds=KINDS, kind_names=KIND_NAMES, letters=LETTERS, heights=_HEIGHTS)
    return environment


def templates_of(read: Callable[[str], str], *, keep_trailing_newline: bool) -> "jinja2.Environment":
    """Make what fills templates, which ``read`` gives by name: all that is printed is escaped, nothing may be missing."""
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FunctionLoader(read),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=keep_trailing_newline,
    )


def _percent(share: float) -> str:
    shown = "<1%" if 0 < share < _LEAST else f"{share:.0%}"
    return shown.replace("%", "\N{NARROW NO-BREAK SPACE}%")


@cache
def _read(name: str) -> str:
    return (files("sayso.classify") / "templates" / name).read_text(encoding="utf-8")


def allowed(code: str) -> str:
    """Name a text by its digest, so that a browser takes this one and no other."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"
