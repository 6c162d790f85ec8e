"""Figures of matplotlib as SVG that belongs to its page: the page's colours and type, no styles of its own."""

import io
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as Tree

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INK, MUTED, LINE = "#010101", "#020202", "#030303"
SERIES = tuple(f"#04040{n}" for n in range(1, 9))
"""Stand for the page's colours while matplotlib draws."""
DASHES = ("-", "--", "-.", ":")
_NAMES = {INK: "ink", MUTED: "muted", LINE: "line", **{colour: f"s{n}" for n, colour in enumerate(SERIES, 1)}}
_SVG, _XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
_DROPPED = (f"{_SVG}metadata", f"{_SVG}style")
_REFERENCE = re.compile(r"(url\()?#([\w-]+)(\))?")
_KEPT = frozenset("fill stroke stroke-width stroke-dasharray stroke-dashoffset opacity fill-opacity text-anchor".split())


def chart(
    name: str, title: str, description: str, draw: Callable[["Axes"], None], size: tuple[float, float] = (5.2, 3.6)
) -> str:
    """Draw one chart as an SVG element for the body of a page.

    Parameters
    ----------
    name : str
        Unlike that of every other chart of the page.
    title, description : str
        Read out where it cannot be seen.
    draw : callable
        Draws on the axes, in the colours of this module.
    size : (float, float)
        In inches, of which each is 72 units.
    """
    import matplotlib as mpl
    from matplotlib.figure import Figure

    written = io.StringIO()
    with mpl.rc_context(_settings(name)):
        figure = Figure(figsize=size, layout="constrained")
        axes = figure.subplots()
        draw(axes)
        figure.savefig(written, format="svg", transparent=True, metadata={"Date": None})
    return _in_page(written.getvalue(), name, title, description)


def _settings(name: str) -> dict[Any, Any]:
    return {
        "svg.fonttype": "none",
        "svg.hashsalt": name,
        "font.size": 10,
        "text.color": INK,
        "axes.labelcolor": INK,
        "axes.edgecolor": MUTED,
        "xtick.color": MUTED,
        "ytick.color": MUTED,
        "xtick.labelcolor": INK,
        "ytick.labelcolor": INK,
        "axes.grid": True,
        "grid.color": LINE,
        "grid.linewidth": 0.6,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "legend.frameon": False,
        "legend.fontsize": 9,
        "axes.axisbelow": True,
    }


def _in_page(written: str, name: str, title: str, description: str) -> str:
    root = Tree.fromstring(written)  # our own figure's, not a stranger's
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in _DROPPED:
                parent.remove(child)
    for element in root.iter():
        _restyle(element, name)
    for key in ("width", "height", "version"):
        root.attrib.pop(key, None)
    root.attrib |= {"class": "chart", "role": "img", "aria-labelledby": f"{name}-title {name}-desc"}
    for place, (tag, text) in enumerate((("title", title), ("desc", description))):
        said = Tree.Element(f"{_SVG}{tag}", {"id": f"{name}-{tag}"})
        said.text = text
        root.insert(place, said)
    Tree.register_namespace("", _SVG[1:-1])
    return Tree.tostring(root, encoding="unicode")


def _restyle(element: Tree.Element, name: str) -> None:
    """Turn a style into attributes, and make ids the chart's own; those that nothing refers to go."""
    for part in element.attrib.pop("style", "").split(";"):
        key, _, value = part.partition(":")
        if key.strip() in _KEPT:
            element.set(key.strip(), value.strip())
    if f"{_XLINK}href" in element.attrib:
        element.set("href", element.attrib.pop(f"{_XLINK}href"))
    if "id" in element.attrib:
        if element.tag in (f"{_SVG}path", f"{_SVG}clipPath"):
            element.set("id", f"{name}-{element.attrib['id']}")
        else:
            del element.attrib["id"]
    for key in ("href", "clip-path"):
        if key in element.attrib:
            element.set(key, _REFERENCE.sub(rf"\1#{name}-\2\3", element.attrib[key]))
    for key in ("fill", "stroke"):
        if element.get(key) in _NAMES:
            element.set(key, f"var(--{_NAMES[element.attrib[key]]})")
