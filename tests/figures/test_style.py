"""The style: read in grey, by colour-blind readers and on a phone; and it is the only place that names colours."""

import re
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest

from ctanalysis.figures import style

FOLDER = Path(style.__file__).parent
PHONE = 360 - 2 * 12  # pixels: a phone's page without its margins (style.css)
SMALLEST = 9  # pixels
# Machado, Oliveira and Fernandes, IEEE Transactions on Visualization and Computer Graphics 15, 2009: severity 1.0.
BLIND = {
    "nobody": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}


def linear(colour):
    """The parts of red, green and blue of a colour, as light."""
    parts = np.array([int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def luminance(light):
    return float(np.dot([0.2126, 0.7152, 0.0722], light))


def contrast(one, other):
    """By WCAG 2."""
    light = sorted((luminance(linear(one)), luminance(linear(other))))
    return (light[1] + 0.05) / (light[0] + 0.05)


def lab(light):
    """CIE L*a*b* of a light under D65."""
    to_xyz = [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]]
    x, y, z = np.cbrt(np.clip(np.dot(to_xyz, light) / [0.95047, 1, 1.08883], 1e-6, None))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def apart(one, other, eyes):
    """How far two colours are from each other, as somebody sees them (CIE 1976)."""
    lights = [np.clip(np.dot(BLIND[eyes], linear(colour)), 0, 1) for colour in (one, other)]
    return float(np.linalg.norm(lab(lights[0]) - lab(lights[1])))


@pytest.mark.parametrize("eyes", BLIND)
def test_colours_that_meet_differ_for_everybody(eyes):
    """Ten is well beyond what is just seen to differ."""
    assert not [pair for pair in style.MEET if apart(*pair, eyes) < 20]


def test_colours_that_meet_differ_in_grey():
    """As a photocopy has them: one is half again as light as the other."""
    assert not [pair for pair in style.MEET if contrast(*pair) < 1.5]


def test_text_can_be_read_on_what_it_stands_on():
    """WCAG 2.2 AA: 4.5 to 1."""
    assert not [pair for pair in style.READ if contrast(*pair) < 4.5]


def test_marks_can_be_seen_on_paper():
    """WCAG 2.2 AA, of graphics: 3 to 1."""
    marks = (style.BLUE, style.ORANGE, style.GREY, style.WOMEN, style.MEN)
    assert not [colour for colour in marks if contrast(colour, style.PAPER) < 3]


def test_shades_grow_darker_step_by_step():
    light = [luminance(linear(colour)) for colour in style.SHADES]
    assert all(one > other for one, other in pairwise(light))
    assert all(contrast(one, other) > 1.1 for one, other in combinations(style.SHADES, 2))


def test_text_can_be_read_on_a_phone():
    """A drawing is made as narrow as the phone's page; its text is then nine pixels high."""
    assert style.TEXT * PHONE / style.WIDTH >= SMALLEST


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.name)
def test_no_other_module_names_a_colour_or_a_font(path):
    if path.name != "style.py":
        found = re.findall(r'"#[0-9a-fA-F]{3,8}"|Arial|"(?:red|blue|green|grey|gray|orange)"', path.read_text("utf-8"))
        assert not found
