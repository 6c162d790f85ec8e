"""Charts of matplotlib: pictures in the page itself, and figures for a paper."""

import base64
import io
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .fonts import fonts_for
from .names import LEGEND, cut, width

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, MUTED, LINE = "#1e1d1a", "#5d594f", "#dcd6c8"
SERIES = ("#0072b2", "#d55e00", "#1e1d1a", "#788860", "#900000", "#4868f0", "#087880", "#080090")
"""Told apart with red-green blindness too, each with a contrast of 3 to white (``tests/train/report/test_chart.py``)."""
DASHES = ("-", "--", "-.", ":")
STYLES = tuple((SERIES[n % len(SERIES)], DASHES[(n + n // len(SERIES)) % len(DASHES)]) for n in range(2 * len(SERIES)))
"""Colour and dash of each line of a chart with many: two lines of one colour have other dashes."""
UNIT_SQUARE: Mapping[str, Any] = {"xlim": (-0.02, 1.02), "ylim": (-0.02, 1.03), "aspect": "auto"}
"""From 0 to 1 both ways, with room for lines along the edge; scikit-learn's displays alone would draw a square."""
PAGE_WIDTH = 5.2  # inches
_COLUMN_WIDTH = 3.35  # inches: 8.5 cm, a column of a paper
_HALF = 12.0  # ems of an entry that leaves room for another one beside it in the legend
_SETTINGS: dict[Any, Any] = {
    "text.parse_math": False,  # a label with two dollar signs is a label, and no formula
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
_SCORE = 7.0  # ems of a score behind a name in a legend


@dataclass(slots=True)
class Trouble:
    """What went wrong while figures were drawn; the report is written all the same.

    Parameters
    ----------
    failed : dict of str to str
        Titles of figures that are missing, and why.
    boxes : set of str
        Letters that no installed font has: figures show boxes in their place.
    """

    failed: dict[str, str] = field(default_factory=dict)
    boxes: set[str] = field(default_factory=set)


_TROUBLE: ContextVar[Trouble | None] = ContextVar("trouble", default=None)


@contextmanager
def noting_trouble() -> Iterator[Trouble]:
    """Collect what goes wrong with charts that are drawn within, instead of raising it."""
    trouble = Trouble()
    token = _TROUBLE.set(trouble)
    try:
        yield trouble
    finally:
        _TROUBLE.reset(token)


def missing_figures() -> dict[str, str]:
    """Give the titles of the figures that could not be drawn so far, and why; see `noting_trouble`."""
    trouble = _TROUBLE.get()
    return {**trouble.failed} if trouble else {}


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture, and what it shows in words, for whom it cannot be seen. It is drawn when it is asked for.

    Parameters
    ----------
    title, figures : str
        What it shows, and the main figures of it in words.
    draw : callable
        Draws on the axes, in the colours of this module.
    height, width : float
        In inches on a page; the page's width of 5.2 inches is a column's width in print.
    """

    title: str
    figures: str
    draw: "Callable[[Axes], None]"
    height: float = 3.6
    width: float = PAGE_WIDTH

    @property
    def description(self) -> str:
        """What is read out where the chart cannot be seen."""
        return f"{self.title}. {self.figures}"

    @property
    def source(self) -> str:
        """The SVG as a ``data:`` address: an image runs nothing, loads nothing, and keeps its styles to itself.

        Empty where it cannot be drawn; see `noting_trouble`.
        """
        drawn = self._drawn(("svg",), _SETTINGS, (self.width, self.height)).get("svg")
        return f"data:image/svg+xml;base64,{base64.b64encode(drawn).decode()}" if drawn else ""

    def printed(self) -> dict[str, bytes]:
        """Draw it as a figure for one column of a paper, 8.5 cm wide, in each of `FORMATS`; wide ones in proportion.

        The same figures give the same bytes: nothing says when they were drawn. A format that cannot be drawn is missing;
        see `noting_trouble`.
        """
        width = self.width * _COLUMN_WIDTH / PAGE_WIDTH
        height = self.height * _COLUMN_WIDTH / PAGE_WIDTH * 1.15  # letters are larger, beside the chart
        return self._drawn(FORMATS, _PRINTED, (width, height), transparent=False)

    def _drawn(
        self, forms: Sequence[str], settings: Mapping[Any, Any], size: tuple[float, float], *, transparent: bool = True
    ) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        with self._noting(self.title), warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Glyph|Matplotlib currently does not support")
            figure, families, boxes = self._laid_out(settings, size)
            if (trouble := _TROUBLE.get()) is not None and len(forms) > 1:  # on a page the browser has other fonts
                trouble.boxes |= boxes
            for form in forms:
                with self._noting(f"{self.title} ({form.upper()})"), _settings(settings, families):
                    written = io.BytesIO()
                    figure.savefig(written, format=form, transparent=transparent, dpi=_DOTS, metadata=_NO_DATES[form])
                    found[form] = written.getvalue()
        return found

    def _laid_out(
        self, settings: Mapping[Any, Any], size: tuple[float, float]
    ) -> "tuple[Figure, tuple[str, ...], frozenset[str]]":
        """Draw the figure; once more where its letters need other fonts. Give the fonts, and letters that none has."""
        from matplotlib.figure import Figure
        from matplotlib.text import Text

        families: tuple[str, ...] = ()
        while True:
            with _settings(settings, families):
                figure = Figure(figsize=size, layout="constrained")
                self.draw(figure.subplots())
                figure.draw_without_rendering()  # marks of the axes get their texts
            said = {text.get_text() for text in figure.findobj(Text)}
            needed, boxes = fonts_for("".join(sorted(said)))
            if needed == families:
                return figure, families, boxes
            families = needed

    @contextmanager
    def _noting(self, what: str) -> Iterator[None]:
        """Note an error where trouble is collected: one figure that fails must not lose a report after hours of work."""
        try:
            yield
        except Exception as error:
            if (trouble := _TROUBLE.get()) is None:
                raise
            reason = " ".join(str(error).split())
            trouble.failed[what] = f"{type(error).__name__}: {reason}" if reason else type(error).__name__


@contextmanager
def _settings(settings: Mapping[Any, Any], families: Sequence[str]) -> Iterator[None]:
    """Set the style of figures, and fonts for letters that the usual one lacks."""
    import matplotlib as mpl

    others: dict[Any, Any] = {"font.family": ["sans-serif", *families]} if families else {}
    with mpl.rc_context({**settings, **others}):
        yield


def legend_below(axes: "Axes", names: "Sequence[tuple[Artist, str]]" = (), title: str | None = None) -> None:
    """Put the legend below the axis, where it hides nothing.

    Parameters
    ----------
    axes : Axes
    names : sequence of (Artist, str), optional
        Lines and what they are called. Default: the labels of all that was drawn; matplotlib leaves out those that begin
        with an underscore.
    title : str, optional
        Over the legend.
    """
    if own := axes.get_legend():  # of one of scikit-learn's displays
        own.remove()
    found = list(names) or list(zip(*axes.get_legend_handles_labels(), strict=True))
    entries = [cut(name, LEGEND + _SCORE) for _, name in found]
    columns = 1 if max(map(width, entries)) > _HALF else 2
    handles, plain = [handle for handle, _ in found], [str(n) for n in range(len(found))]
    legend = axes.figure.legend(
        handles, plain, loc="outside lower center", ncols=columns, title=title, title_fontsize="small"
    )
    for text, entry in zip(legend.get_texts(), entries, strict=True):
        text.set_text(entry)  # only now: matplotlib would leave out a name that begins with an underscore
