"""Exact values as frames that say so: in red, in every row, in every number's name, in all that is made of them."""

from html import escape

import pandas as pd

from ctanalysis.project import MARKING

RED, PALE, INK = "#a50e0e", "#fdecea", "#3c0a0a"  # the same in light and in dark: it is to be seen
WARNING = "Exact values, past the gate: a number here may stand for one person. For those who may see the records."
PLACES = 10  # significant figures of a number on a page
Q = "title"  # of attrs: what was asked


class ExactFrame(pd.DataFrame):
    """A frame of exact values: not for publication, and so is what is filtered, sorted or summed up of it.

    >>> ExactFrame({"exact_value": [3]}).head(1)
    INTERNAL - NOT FOR PUBLICATION
    Exact values, past the gate: a number here may stand for one person. For those who may see the records.
       exact_value
    0            3
    """

    @property
    def _constructor(self) -> "type[ExactFrame]":
        return ExactFrame

    @property
    def _constructor_sliced(self) -> "type[ExactSeries]":
        return ExactSeries

    def __repr__(self) -> str:
        return "\n".join([*_said(self), super().__repr__()])

    def _repr_html_(self) -> str:
        return _boxed(self, self)


class ExactSeries(pd.Series):
    """A column or row of exact values, marked as the frame is."""

    @property
    def _constructor(self) -> "type[ExactSeries]":
        return ExactSeries

    @property
    def _constructor_expanddim(self) -> type[ExactFrame]:
        return ExactFrame

    def __repr__(self) -> str:
        return "\n".join([*_said(self), super().__repr__()])

    def _repr_html_(self) -> str:
        return _boxed(self, self.to_frame())


def _said(values: ExactFrame | ExactSeries) -> list[str]:
    return [text for text in (MARKING, str(values.attrs.get(Q, "")), WARNING) if text]


def _boxed(values: ExactFrame | ExactSeries, frame: pd.DataFrame) -> str:
    """The table in a red box, below what it is."""
    first, *others = map(escape, _said(values))
    table = pd.DataFrame.to_html(pd.DataFrame(frame), float_format=f"{{:,.{PLACES}g}}".format, border=0)
    table = table.replace("<td>", f'<td style="color: {INK}">').replace("<th>", f'<th style="color: {INK}">')
    box = f"border: 4px solid {RED}; background: {PALE}; color: {INK}; width: fit-content; padding: 0 0 .5em"
    head = f"background: {RED}; color: #ffffff; font-weight: bold; padding: .3em .8em; margin: 0"
    told = "".join(f'<p style="margin: .4em .8em">{text}</p>' for text in others)
    return f'<div class="ct-exact" style="{box}"><p style="{head}">{first}</p>{told}{table}</div>'
