import csv
import io

from sayso.data.estimates.effects import LINEAR, Effects, Term
from sayso.data.estimates.report import effect_tables, write_effects

SMALL = Term("clicks", None, 0.00021, -0.0000456, 0.000466, 0.000123, 0.0000871, -0.0000477, 0.000294)
FOUND = Effects("kind = quote", LINEAR, 40, 8, 20, {}, 0.5, (SMALL,), ())


def test_small_coefficients_keep_three_digits():
    ((_, (_, rows)),) = effect_tables([FOUND])
    assert rows == [
        ("clicks", "0.000210", "-0.0000456 to 0.000466", "0.000123", "0.0000871", "-0.0000477 to 0.000294"),
    ]


def test_small_coefficients_are_not_nought_in_a_file(tmp_path):
    write_effects(tmp_path / "e.csv", [FOUND])
    (row,) = csv.DictReader(io.StringIO((tmp_path / "e.csv").read_text(encoding="utf-8")))
    assert (row["corrected"], row["error"], row["trust"]) == ("0.000123", "0.0000871", "0.5000")
