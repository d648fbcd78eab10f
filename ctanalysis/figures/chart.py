"""A chart that shows itself: an image, the text that says what it shows, and the data that it draws."""

from collections.abc import Callable, Container
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pandas as pd

from ctanalysis.figures import layout
from ctanalysis.figures.drawn import kept

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.typing import RcKeyType

BLUE, ORANGE, GREY, INK = "#1f5a8a", "#c8641e", "#c4c9ce", "#22303c"
LIGHT = "#9fc0da"  # of a range, in which the number may be anywhere
WIDTH, DPI = 7.2, 110  # inches and dots an inch: what a page and a projector show
STYLE: "dict[RcKeyType, Any]" = {
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": GREY,
    "text.color": INK,
    "axes.titlesize": 9,
    "axes.titlelocation": "left",
    "text.parse_math": False,
    "text.hinting": "no_hinting",  # two thirds of the time, and letters as far apart at any size
    "axes.titley": 1.0,  # where it stands, so that it is not looked for
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
}
TITLE, NOTE, SMALL = 10, 7.5, 6.5  # points
SYNTHETIC = "Synthetic records"


@dataclass(frozen=True)
class Chart:
    """A chart: its name (of its files), title, alternative text, the data drawn, and how to draw it.

    draw(figure, data) puts the data into a matplotlib figure, as panels one below the other, for which
    there are `height` inches, and sees to their sides; notes stand below them, and belong to the
    alternative text. In a notebook the data stands beside the image as CSV, so that it can be compared
    where images cannot.
    """

    name: str
    title: str
    alt: str
    data: pd.DataFrame = field(repr=False)
    height: float = field(repr=False)
    draw: Callable[["Figure", pd.DataFrame], None] = field(repr=False)
    synthetic: bool = True
    notes: tuple[str, ...] = ()

    @property
    def _csv(self) -> str:
        return self.data.to_csv(index=False, lineterminator="\n")

    def _repr_mimebundle_(
        self, include: Container[str] | None = None, exclude: Container[str] | None = None
    ) -> tuple[dict[str, str | bytes], dict[str, dict[str, str]]]:
        texts = {
            "text/plain": f"{self.title}\n{self.alt}",
            "text/csv": self._csv,
        }
        return {"image/png": self.png(), **texts}, {"image/png": {"alt": self.alt, "name": self.name}}

    def png(self) -> bytes:
        """The image, bytes; the same for the same data."""
        if not isinstance(self.draw, partial) or self.draw.func.__module__ == "__main__":
            return self._drawn()  # no name says for certain what a notebook's own function draws
        how = (self.draw.func.__module__, self.draw.func.__qualname__, self.draw.args, self.draw.keywords)
        what = (self.name, self.title, self.alt, self.height, self.synthetic, self.notes, self._csv, STYLE, WIDTH, DPI)
        return kept(repr((how, what)), self._drawn)

    def _drawn(self) -> bytes:
        import matplotlib  # only who draws waits for it
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        room = WIDTH - 2 * layout.EDGE
        with matplotlib.rc_context():
            matplotlib.rcdefaults()  # whatever a matplotlibrc of the user or the working folder says
            matplotlib.rcParams.update(STYLE)
            beside = layout.width(SYNTHETIC, SMALL) + 2 * layout.EDGE if self.synthetic else 0
            title = layout.wrapped(self.title, room - beside, TITLE, "bold")
            notes = [line for note in self.notes for line in layout.wrapped(note, room, NOTE)]
            above, below = layout.height(len(title), TITLE), layout.height(len(notes), NOTE)
            figure = Figure((WIDTH, self.height + above + below), DPI)
            self.draw(figure, self.data)
            self._write(figure, "\n".join(title), "\n".join(notes))
            layout.stack(figure, above, below)
            FigureCanvasAgg(figure).print_png(file := BytesIO(), metadata={"Software": None})  # type: ignore[no-untyped-call]  # matplotlib's
        return file.getvalue()

    def _write(self, figure: "Figure", title: str, notes: str) -> None:
        """What stands above and below the panels."""
        right, top = (1 - layout.EDGE / inches for inches in figure.get_size_inches())
        figure.text(1 - right, top, title, va="top", fontsize=TITLE, fontweight="bold")
        if notes:
            figure.text(1 - right, 1 - top, notes, va="bottom", fontsize=NOTE)
        if self.synthetic:
            figure.text(right, top, SYNTHETIC, ha="right", va="top", fontsize=SMALL, color="#6a737b")


@dataclass(frozen=True)
class Gallery:
    """Several charts, shown one after the other."""

    charts: tuple[Chart, ...]

    def _ipython_display_(self) -> None:
        from IPython.display import display

        for chart in self.charts:
            display(chart)  # type: ignore[no-untyped-call]  # IPython's is not typed
