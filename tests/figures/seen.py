"""What a figure draws, as a test sees it: the shapes and texts that its drawing has as SVG."""

import re
from dataclasses import replace
from xml.etree import ElementTree

from ctanalysis import figures

SVG = "{http://www.w3.org/2000/svg}"
ONE = ("progress", "cumulative", "women_and_men", "people", "pathway", "spending")
SEVERAL = ("headlines", "before_and_after", "regions", "funnel")
OF_AN_AREA = ("quarters", "breakdowns", "who_and_where")


def charts(evaluation, areas=("prevention", "protection")):
    """Every figure of an evaluation."""
    single = [getattr(figures, name)(evaluation) for name in ONE]
    several = [chart for name in SEVERAL for chart in getattr(figures, name)(evaluation).charts]
    of_area = [one for area in areas for name in OF_AN_AREA for one in getattr(figures, name)(evaluation, area).charts]
    return [*single, *several, *{chart.name: chart for chart in of_area}.values()]


def first(gallery):
    """The first figure of several."""
    return gallery.charts[0]


def texts(chart):
    """The words of a drawing."""
    return [one.text for one in ElementTree.fromstring(chart.svg()).iter(f"{SVG}text")]


def shapes(chart, colour):
    """The boxes (left, top, right, bottom) that are filled with a colour, in pixels."""
    found = []
    for one in ElementTree.fromstring(chart.svg()).iter(f"{SVG}path"):
        if f"fill: {colour}" in one.get("style", ""):
            for part in re.findall(r"M([^M]*)", one.get("d")):
                numbers = [float(number) / 0.75 for number in re.findall(r"-?\d+\.?\d*", part)]
                across, down = numbers[::2], numbers[1::2]
                found.append((min(across), min(down), max(across), max(down)))
    return found


def rows(chart):
    """The rows of a figure that draws some."""
    return chart.draw.keywords["shown"]


def with_data(chart, data):
    """The same figure of other data."""
    return replace(chart, data=data)
