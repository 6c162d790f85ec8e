"""Pages of HTML that stand alone: one file, nothing loaded, nothing sent, and text from outside only ever as text."""

import base64
import hashlib
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ...data.scheme import KINDS, SOURCE_TYPES, STANCES, UNDECIDED
from ..annotation.marks import LETTERS
from ..speakers.explained import LABELS_PAGE, headline_note, narrative_note, narrative_parts
from ..speakers.profile import CAUTION, told_in

if TYPE_CHECKING:
    import jinja2

GENERATOR = "sayso"
"""The first word of a page's ``<meta name="generator">``."""

KIND_NAMES = dict(zip(KINDS, ("Quote", "Official claim", "Independent assessment", "Narrative"), strict=True))
KIND_MEANINGS = dict(
    zip(
        KINDS,
        (
            "Somebody’s own words in quotation marks.",
            "What somebody with a stake says, in the reporter’s words: a government, a party, a company, an association.",
            "What somebody from outside who studies or monitors the matter says, in the reporter’s words: an expert, an "
            "auditor.",
            "The article’s own narration; also what it passes on, not quoted, from other media, individuals or unnamed "
            "sources.",
        ),
        strict=True,
    )
)
"""Each kind in one sentence; ``docs/labels.md`` has examples."""
TYPE_MEANINGS = dict(
    zip(
        SOURCE_TYPES,
        (
            "governments, ministries, councils, police, courts and armies, and who speaks for them",
            "parties, campaigns, candidates, legislators and armed groups",
            "companies, unions, churches, clubs and lobbies that speak for their own interest",
            "researchers, doctors, analysts and studies",
            "bodies that watch or measure from outside: UN agencies, election observers, auditors, pollsters",
            "other outlets, and reporters by what they found themselves",
            "people who speak for themselves: witnesses, residents, victims",
            "sources with neither a name nor an institution: critics, people familiar with the matter",
            "nobody: the sentence is not attributed",
        ),
        strict=True,
    )
)
"""Who has each source type, in a few words."""
STANCE_WORDS = dict(zip((*STANCES, UNDECIDED), ("in favour of", "against", "neutral towards", "undecided on"), strict=True))
"""What stands between a sentence and the target of its stance."""
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
    environment.globals.update(told_in=told_in, stance_caution=CAUTION, labels_page=LABELS_PAGE)
    environment.globals.update(narrative_parts=narrative_parts, narrative_note=narrative_note, headline_note=headline_note)
    environment.globals.update(kind_meanings=KIND_MEANINGS, type_meanings=TYPE_MEANINGS, stance_words=STANCE_WORDS)
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
