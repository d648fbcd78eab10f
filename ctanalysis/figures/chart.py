"""A chart that shows itself: a drawing with its message, the text that says what it shows, and the data that it draws.

Chart ─▶ svg(): the drawing, for a page, which has message, notes and data beside it as text
      ├▶ png(): the same as an image that stands by itself, with its message above and its notes below
      └▶ html: message, drawing, notes, and the data as a table that folds
"""

import warnings
from collections.abc import Callable, Container
from dataclasses import dataclass, field
from functools import cached_property, partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from markupsafe import Markup

from ctanalysis.base.templates import filled
from ctanalysis.figures import layout, svg
from ctanalysis.figures.canvas import wrapped
from ctanalysis.figures.drawn import kept
from ctanalysis.figures.style import DPI, INCH, INK, LINE, NOTE, PALE, POINT, STYLE, TITLE, WIDTH
from ctanalysis.figures.words import say
from ctanalysis.language import Speech
from ctanalysis.tables.table import Table

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TEMPLATE = Path(__file__).parent / "figure.html.j2"
SPLIT = b"\x00ct\x00"  # between the two images that are kept together
MOST = 60  # words of an alternative text
ABOVE = 8  # pixels between what stands above, the drawing, and what stands below


@dataclass(frozen=True)
class Chart:
    """A chart: its name (of its files), its message, alternative text, the data drawn, and how to draw it.

    title: the message, of about ten words; subtitle: what is measured, where and when. alt: at most 60 words.
    draw(figure, data) puts the data into a matplotlib figure, for which there are `height` pixels; with a Canvas, or
    as panels of matplotlib one below the other. notes, source: below it. table: the data in words; without one, it is
    made from the data. In a notebook the data stands beside it as CSV, so that it can be compared where images cannot.
    """

    name: str
    title: str
    alt: str
    data: pd.DataFrame = field(repr=False)
    height: float = field(repr=False)
    draw: Callable[["Figure", pd.DataFrame], None] = field(repr=False)
    synthetic: bool = True
    notes: tuple[str, ...] = ()
    subtitle: str = ""
    source: str = ""
    table: Table | None = field(default=None, repr=False)
    speech: Speech = field(default=Speech(), repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "alt", limited(self.alt, self.speech))  # a frozen field, set once

    @property
    def below(self) -> tuple[str, ...]:
        """All that stands below it: its notes, its source, and that the records are synthetic."""
        last = " ".join(filter(None, [self.source, say(self.speech, "synthetic") if self.synthetic else ""]))
        return (*self.notes, *([last] if last else []))

    @property
    def plain(self) -> str:
        """All of it in words."""
        texts = [self.title, self.subtitle, self.alt, *(["\t".join(row) for row in self._rows]), *self.below]
        return "\n".join(filter(None, texts))

    @property
    def html(self) -> str:
        """The figure as it stands in a page: its message, the drawing, notes, and its data, which folds."""
        parts = {
            "words": say(self.speech, "data"),
            "drawing": Markup(svg.inline(self.svg())),
            "table": Markup(self._table.html),
        }
        return filled(TEMPLATE, chart=self, **parts)

    @property
    def _csv(self) -> str:
        return self.data.to_csv(index=False, lineterminator="\n")

    @property
    def _table(self) -> Table:
        if self.table:
            return self.table
        header = tuple(str(name).replace("_", " ") for name in self.data.columns)
        return Table(self.title, header, tuple(tuple(map(_cell, row)) for row in self.data.itertuples(index=False)))

    @property
    def _rows(self) -> list[tuple[str, ...]]:
        return [self._table.header, *self._table.rows]

    def _repr_mimebundle_(
        self, include: Container[str] | None = None, exclude: Container[str] | None = None
    ) -> tuple[dict[str, str | bytes], dict[str, dict[str, str]]]:
        found: dict[str, str | bytes] = {"text/plain": self.plain, "text/csv": self._csv, "text/html": self.html}
        of_image = {"alt": self.alt, "name": self.name, "title": self.title, "subtitle": self.subtitle}
        images: dict[str, str | bytes] = {"image/png": self.png(), "image/svg+xml": self.svg()}
        return images | found, {"image/png": of_image}

    def svg(self) -> str:
        """The drawing alone, as SVG whose text is text; the same for the same data."""
        return self._images[1]

    def png(self) -> bytes:
        """The image that stands by itself; the same for the same data."""
        return self._images[0]

    @cached_property
    def _images(self) -> tuple[bytes, str]:
        if not isinstance(self.draw, partial) or self.draw.func.__module__ == "__main__":
            both = self._drawn()  # no name says for certain what a notebook's own function draws
        else:
            how = (self.draw.func.__module__, self.draw.func.__qualname__, self.draw.args, self.draw.keywords)
            what = (self.name, self.title, self.subtitle, self.alt, self.height, self.below, self._csv, STYLE, DPI)
            both = kept(repr((how, what)), self._drawn)
        image, _, drawing = both.partition(SPLIT)
        return image, drawing.decode()

    def _drawn(self) -> bytes:
        """Both images, of one figure: the drawing is written before its message and its notes are put around it."""
        import matplotlib  # only who draws waits for it
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.backends.backend_svg import FigureCanvasSVG
        from matplotlib.figure import Figure

        with matplotlib.rc_context(), warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Glyph")  # a letter that the font has not is a box in the image
            matplotlib.rcdefaults()  # whatever a matplotlibrc of the user or the working folder says
            matplotlib.rcParams.update(STYLE | {"svg.hashsalt": self.name})
            texts = [*_texts(self.title, TITLE, "bold"), *_texts(self.subtitle, TEXT_BELOW, "normal")]
            notes = [line for note in self.below for line in _texts(note, NOTE, "normal")]
            above, below = (sum(high for _, _, _, high in part) + ABOVE for part in (texts, notes))
            high = above + self.height + below
            figure = Figure((WIDTH / INCH, high / INCH), DPI)
            figure.subplots_adjust(top=1 - above / high, bottom=below / high)
            self.draw(figure, self.data)
            layout.stack(figure, above / INCH, below / INCH)
            FigureCanvasSVG(figure).print_svg(vector := BytesIO(), metadata={"Date": None, "Creator": None})  # type: ignore[no-untyped-call]  # matplotlib's
            figure.set_dpi(DPI)  # of which the other canvas has made 72
            _write(figure, texts, 0)
            _write(figure, notes, above + self.height + ABOVE / 2)
            how = {"compress_level": 2}  # a third of the time of 6, and flat colours are small all the same
            FigureCanvasAgg(figure).print_png(raster := BytesIO(), metadata={"Software": None}, pil_kwargs=how)  # type: ignore[no-untyped-call]  # matplotlib's
        drawing = svg.cropped(vector.getvalue().decode(), above, self.height, self.title, self.alt)
        return raster.getvalue() + SPLIT + drawing.encode()


TEXT_BELOW = 15  # pixels, of the subtitle in the image that stands by itself
Line = tuple[str, float, str, float]  # its words, size, weight, and how high it is


def _texts(words: str, size: float, weight: str) -> list[Line]:
    """The lines of a text that stands above or below a drawing."""
    lines = wrapped(words, WIDTH, size, weight) if words else []
    return [(line, size, weight, size * LINE / 16) for line in lines]


def _write(figure: "Figure", lines: list[Line], top: float) -> None:
    high = float(figure.get_figheight()) * INCH
    for words, size, weight, each in lines:
        top += each
        place = (0.0, (high - top + each / 4) / INCH)
        colour = INK if size != NOTE else PALE
        figure.text(
            *place, words, transform=figure.dpi_scale_trans, fontsize=size * POINT, fontweight=weight, color=colour
        )


def limited(text: str, speech: Speech) -> str:
    """A text of at most MOST words: a longer one ends behind a whole part of it, and says that there is more."""
    words, more = text.split(), say(speech, "more")
    if len(words) <= MOST:
        return text
    kept = words[: MOST - len(more.split())]
    last = max((place for place, word in enumerate(kept) if word[-1] in ",.;:"), default=len(kept) - 1)
    return " ".join(kept[: last + 1]).rstrip(",.;:") + more


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return "–" if pd.isna(value) else f"{value:,.10g}"
    return str(value)


@dataclass(frozen=True)
class Gallery:
    """Several charts, shown one after the other."""

    charts: tuple[Chart, ...]

    def _ipython_display_(self) -> None:
        from IPython.display import display

        for chart in self.charts:
            display(chart)  # type: ignore[no-untyped-call]  # IPython's is not typed
