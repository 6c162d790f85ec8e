import re
import xml.etree.ElementTree as ET

import pytest

from sayso.train.serve.work.curve import Point, _Scale, draw_curves, learning_curves

STEPS = [
    {"articles": 4, "sentences": 50, "macro_f1": 0.5, "interval": [0.4, 0.6]},
    {"articles": 8, "sentences": 100, "macro_f1": 0.6, "interval": [0.5, 0.7]},
]


def state(run, column, sentences, macro_f1, started, **about):
    result = {
        "sentences": sentences,
        "articles": sentences // 10,
        "after": {"macro_f1": macro_f1, "interval": [macro_f1 - 0.1, macro_f1 + 0.1], "accuracy": 0.9},
        "curve": about.pop("curve", []),
        "curve_verdict": about.pop("verdict", None),
    }
    usual = {"status": "done", "decision": "open"}
    return {"run": run, "column": column, "started": started, "result": result, **usual, **about}


def test_runs_are_collected_by_column_the_one_taught_last_first():
    states = [
        state("0001-kind", "kind", 100, 0.6, "2026-11-01T08:00:00+00:00", decision="accepted"),
        state("0002-topic", "topic", 40, 0.5, "2026-11-02T08:00:00+00:00"),
        {
            "run": "0003-topic",
            "column": "topic",
            "started": "2026-11-03T08:00:00+00:00",
            "status": "stopped",
            "result": None,
        },
        state("0004-kind", "kind", 300, 0.55, "2026-11-04T08:00:00+00:00", curve=STEPS, verdict="The curve is flat."),
    ]
    kind, topic = learning_curves(states)
    assert (kind["column"], topic["column"]) == ("kind", "topic")
    assert kind["runs"][0] == {
        "run": "0001-kind",
        "started": "2026-11-01T08:00:00+00:00",
        "sentences": 100,
        "articles": 10,
        "macro_f1": 0.6,
        "interval": [0.5, 0.7],
        "decision": "accepted",
    }
    assert (kind["steps"], kind["verdict"]) == (STEPS, "The curve is flat.")
    assert kind["change"].startswith("From 100 to 300 sentences (+200): −5.0 points of macro F1.")
    assert [run["run"] for run in topic["runs"]] == ["0002-topic"]
    assert (topic["steps"], topic["verdict"], topic["change"]) == ([], None, None)
    assert learning_curves([]) == []


def test_the_picture_has_title_and_description_and_no_markup_of_a_columns_name():
    drawn = draw_curves("<b>side & more", [Point(100, 0.6, (0.5, 0.7))], [])
    svg = ET.fromstring(drawn)
    title, described = (svg.find(name) for name in ("title", "desc"))
    assert title.text == "Learning curve of <b>side & more"
    assert described.text == "taught with 100 sentences 0.600 (0.500 to 0.700)."
    assert svg.get("aria-labelledby").split() == [title.get("id"), described.get("id")]
    assert svg.get("role") == "img"
    assert not re.search(r"style=|<script|href", drawn)


def test_points_stand_where_they_belong():
    points = [Point(50, 0.5, (0.4, 0.6)), Point(100, 0.6, (0.5, 0.7))]
    scale = _Scale.of(points)
    assert scale.lines == [0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7]
    assert (scale.x(0), scale.x(50), scale.x(100)) == (44, 216, 388)
    assert (scale.y(0.4), scale.y(0.7)) == (200, 14)
    assert scale.sentences == [100, 50]


@pytest.mark.parametrize(
    "points",
    [
        [],
        [Point(0, 0.0, (0.0, 0.0))],
        [Point(1, 1.0, (1.0, 1.0)), Point(1, 1.0, (1.0, 1.0))],
        [Point(10, 0.33, (0.3, 0.37)), Point(50_000, 0.98, (0.97, 0.99))],
    ],
)
def test_any_points_can_be_drawn_inside_the_picture(points):
    svg = ET.fromstring(draw_curves("kind", points, points[:1]))
    circles = svg.findall(".//circle")
    assert len(circles) == len(points) + len(points[:1])
    assert all(44 <= float(c.get("cx")) <= 388 and 14 <= float(c.get("cy")) <= 200 for c in circles)
