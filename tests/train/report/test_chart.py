"""The colours of charts, to eyes that see them and to those that do not."""

from itertools import combinations

import numpy as np
import pytest

from sayso.train.report.drawing.chart import SERIES, STYLES

# Machado, Oliveira, Fernandes 2009, severity 1: what linear red, green and blue come to
EYES = {
    "all colours": np.eye(3),
    "no red": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "no green": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
}
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def linear(colour):
    parts = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(light):
    x, y, z = (np.cbrt(v) if v > 0.008856 else 7.787 * v + 16 / 116 for v in XYZ @ np.clip(light, 0, 1) / [0.9505, 1, 1.089])
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("eyes", EYES)
def test_no_two_colours_look_alike(eyes):
    seen = {colour: lab(EYES[eyes] @ linear(colour)) for colour in SERIES}
    assert min(np.linalg.norm(seen[a] - seen[b]) for a, b in combinations(SERIES, 2)) > 20  # 2 is just seen, side by side


def test_each_colour_stands_out_from_paper():
    assert all(1.05 / ((XYZ @ linear(colour))[1] + 0.05) >= 3 for colour in SERIES)


def test_lines_of_one_colour_have_other_dashes():
    assert len(set(STYLES)) == len(STYLES) == 16
