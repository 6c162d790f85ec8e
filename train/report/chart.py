"""Charts of matplotlib as pictures that stand in the page itself."""

import base64
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INK, MUTED, LINE = "#1e1d1a", "#5d594f", "#dcd6c8"
SERIES = ("#1f5fae", "#b45309", "#1b6a3c", "#7a3fa0", "#0f7c86", "#a3274f", "#6a665c", "#6b7a00")
"""The page's colours in the light (``report.css``, which turns the pictures dark where the page is)."""
DASHES = ("-", "--", "-.", ":")
UNIT_SQUARE: Mapping[str, Any] = {"xlim": (-0.02, 1.02), "ylim": (-0.02, 1.03), "aspect": "auto"}
"""From 0 to 1 both ways, with room for lines along the edge; scikit-learn's displays alone would draw a square."""
_SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none",  # text stays text: smaller, and sharp at any size
    "svg.hashsalt": "sayso",  # the same figures give the same bytes
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


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture, and what it shows in words, for whom it cannot be seen.

    Parameters
    ----------
    description : str
    source : str
        The SVG as a ``data:`` address: an image runs nothing, loads nothing, and keeps its styles to itself.
    """

    description: str
    source: str


def draw_chart(
    title: str, description: str, draw: "Callable[[Axes], None]", size: tuple[float, float] = (5.2, 3.6)
) -> Chart:
    """Draw one chart.

    Parameters
    ----------
    title, description : str
        Read out where the chart cannot be seen.
    draw : callable
        Draws on the axes, in the colours of this module.
    size : (float, float)
        In inches, of which each is 72 units.
    """
    import matplotlib as mpl
    from matplotlib.figure import Figure

    written = io.BytesIO()
    with mpl.rc_context(_SETTINGS):
        figure = Figure(figsize=size, layout="constrained")
        draw(figure.subplots())
        figure.savefig(written, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    encoded = base64.b64encode(written.getvalue()).decode()
    return Chart(f"{title}. {description}", f"data:image/svg+xml;base64,{encoded}")


def legend_below(axes: "Axes") -> None:
    """Put the legend below the axis, where it hides nothing."""
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.17), ncols=2)
