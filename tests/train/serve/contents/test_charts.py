from sayso.train.serve.contents.charts import Figure, whiskers


def test_scores_are_placed_between_0_and_1_with_before_above_after():
    drawn = whiskers([("macro F1", Figure(0.5, 0.25, 1.0), Figure(0.75, 0.5, 1.0)), ("all", *[Figure(0, 0, 0)] * 2)])
    # from 96 to 348 across: 252 wide; rows of 38 from 8 on
    assert drawn.rows[0].before == (222.0, 159.0, 348.0, 20.0)
    assert drawn.rows[0].after == (285.0, 222.0, 348.0, 34.0)
    assert drawn.rows[1].before == (96.0, 96.0, 96.0, 58.0)
    assert [label for _, label in drawn.ticks] == ["0", "0.2", "0.4", "0.6", "0.8", "1"]
    assert (drawn.ticks[0][0], drawn.ticks[-1][0], drawn.height) == (96.0, 348.0, 106.0)
