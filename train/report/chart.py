"""Charts of matplotlib: pictures in the page itself, and figures for a paper."""

import base64
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INK, MUTED, LINE = "#1e1d1a", "#5d594f", "#dcd6c8"
SERIES = ("#0072b2", "#d55e00", "#1e1d1a", "#788860", "#900000", "#4868f0", "#087880", "#080090")
"""Told apart with red-green blindness too, each with a contrast of 3 to white (``tests/train/report/test_chart.py``)."""
DASHES = ("-", "--", "-.", ":")
STYLES = tuple((SERIES[n % len(SERIES)], DASHES[(n + n // len(SERIES)) % len(DASHES)]) for n in range(2 * len(SERIES)))
"""Colour and dash of each line of a chart with many: two lines of one colour have other dashes."""
UNIT_SQUARE: Mapping[str, Any] = {"xlim": (-0.02, 1.02), "ylim": (-0.02, 1.03), "aspect": "auto"}
"""From 0 to 1 both ways, with room for lines along the edge; scikit-learn's displays alone would draw a square."""
_PAGE_WIDTH = 5.2  # inches
_COLUMN_WIDTH = 3.35  # inches: 8.5 cm, a column of a paper
_LONGEST = 22  # letters of an entry that leaves room for another one beside it in the legend
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
    "legend.fontsize": "small",
    "axes.axisbelow": True,
}
_PRINTED: dict[Any, Any] = {
    **_SETTINGS,
    "svg.fonttype": "path",  # looks the same wherever it is opened
    "pdf.fonttype": 42,  # TrueType, embedded: what publishers ask for
    "font.size": 8,
    "lines.linewidth": 1.1,
    "lines.markersize": 4,
    "axes.linewidth": 0.6,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
}
_NO_DATES: Mapping[str, dict[str, None]] = {
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    "png": {"Software": None},
}
FORMATS = tuple(sorted(_NO_DATES))
_DOTS = 300  # an inch, of PNG


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture, and what it shows in words, for whom it cannot be seen. It is drawn when it is asked for.

    Parameters
    ----------
    title, figures : str
        What it shows, and the main figures of it in words.
    draw : callable
        Draws on the axes, in the colours of this module.
    height : float
        In inches, at the page's width of 5.2 inches.
    """

    title: str
    figures: str
    draw: "Callable[[Axes], None]"
    height: float = 3.6

    @property
    def description(self) -> str:
        """What is read out where the chart cannot be seen."""
        return f"{self.title}. {self.figures}"

    @property
    def source(self) -> str:
        """The SVG as a ``data:`` address: an image runs nothing, loads nothing, and keeps its styles to itself."""
        (drawn,) = self._drawn(("svg",), _SETTINGS, (_PAGE_WIDTH, self.height))
        return f"data:image/svg+xml;base64,{base64.b64encode(drawn).decode()}"

    def printed(self) -> dict[str, bytes]:
        """Draw it as a figure for one column of a paper, 8.5 cm wide, in each of `FORMATS`.

        The same figures give the same bytes: nothing says when they were drawn.
        """
        height = self.height * _COLUMN_WIDTH / _PAGE_WIDTH * 1.15  # letters are larger, beside the chart
        drawn = self._drawn(FORMATS, _PRINTED, (_COLUMN_WIDTH, height), transparent=False)
        return dict(zip(FORMATS, drawn, strict=True))

    def _drawn(
        self, forms: Sequence[str], settings: Mapping[Any, Any], size: tuple[float, float], *, transparent: bool = True
    ) -> list[bytes]:
        import matplotlib as mpl
        from matplotlib.figure import Figure

        found = []
        with mpl.rc_context({**settings}):
            figure = Figure(figsize=size, layout="constrained")
            self.draw(figure.subplots())
            for form in forms:
                written = io.BytesIO()
                figure.savefig(written, format=form, transparent=transparent, dpi=_DOTS, metadata=_NO_DATES[form])
                found.append(written.getvalue())
        return found


def legend_below(axes: "Axes") -> None:
    """Put the legend below the axis, where it hides nothing."""
    if own := axes.get_legend():  # of one of scikit-learn's displays
        own.remove()
    handles, names = axes.get_legend_handles_labels()
    columns = 1 if max(map(len, names)) > _LONGEST else 2
    axes.figure.legend(handles, names, loc="outside lower center", ncols=columns)
