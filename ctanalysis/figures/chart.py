"""A chart that shows itself: an image, the text that says what it shows, and the data that it draws."""

from collections.abc import Callable, Container
from dataclasses import dataclass, field
from io import BytesIO
from textwrap import fill, wrap
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.typing import RcKeyType

BLUE, ORANGE, GREY, INK = "#1f5a8a", "#c8641e", "#c4c9ce", "#22303c"
WIDTH, DPI = 7.2, 110  # inches and dots an inch: what a page and a projector show
STYLE: "dict[RcKeyType, Any]" = {
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": GREY,
    "text.color": INK,
    "axes.titlesize": 9,
    "axes.titlelocation": "left",
    "figure.titlesize": 10,
    "figure.titleweight": "bold",
    "text.parse_math": False,
    "figure.constrained_layout.use": True,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
}
SYNTHETIC = "Synthetic records"


@dataclass(frozen=True)
class Chart:
    """A chart: its name (of its files), title, alternative text, the data drawn, and how to draw it.

    draw(figure, data) puts the data into a matplotlib figure of `height` inches; notes stand below
    it, and belong to the alternative text. In a notebook the data stands beside the image as CSV,
    so that it can be compared where images cannot.
    """

    name: str
    title: str
    alt: str
    data: pd.DataFrame = field(repr=False)
    height: float = field(repr=False)
    draw: Callable[["Figure", pd.DataFrame], None] = field(repr=False)
    synthetic: bool = True
    notes: tuple[str, ...] = ()

    def _repr_mimebundle_(
        self, include: Container[str] | None = None, exclude: Container[str] | None = None
    ) -> tuple[dict[str, str | bytes], dict[str, dict[str, str]]]:
        texts = {
            "text/plain": f"{self.title}\n{self.alt}",
            "text/csv": self.data.to_csv(index=False, lineterminator="\n"),
        }
        return {"image/png": self.png(), **texts}, {"image/png": {"alt": self.alt, "name": self.name}}

    def png(self) -> bytes:
        """The image, bytes; the same for the same data."""
        import matplotlib  # only who draws waits for it
        from matplotlib.figure import Figure

        notes = [line for note in self.notes for line in wrap(note, 115)]
        with matplotlib.rc_context(STYLE):
            figure = Figure(figsize=(WIDTH, self.height + 0.14 * len(notes)))
            if notes:
                figure.supxlabel("\n".join(notes), x=0.01, ha="left", fontsize=7.5)
            figure.suptitle(fill(self.title, 78), x=0.01, ha="left")
            self.draw(figure, self.data)
            if self.synthetic:
                figure.text(0.995, 0.995, SYNTHETIC, ha="right", va="top", fontsize=6.5, color="#6a737b")
            file = BytesIO()
            figure.savefig(file, format="png", dpi=DPI, metadata={"Software": None})
        return file.getvalue()


@dataclass(frozen=True)
class Gallery:
    """Several charts, shown one after the other."""

    charts: tuple[Chart, ...]

    def _ipython_display_(self) -> None:
        from IPython.display import display

        for chart in self.charts:
            display(chart)  # type: ignore[no-untyped-call]  # IPython's is not typed
