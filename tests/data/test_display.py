import pytest

from sayso.data.display import p_shown, significant


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.000123456, "0.000123"),
        (-0.000123456, "-0.000123"),
        (0.5, "0.500"),
        (0.99961, "1.00"),
        (10.385, "10.4"),
        (-81.374, "-81.4"),
        (102.145, "102"),
        (1234.5678, "1235"),
        (0.0, "0"),
        (-0.0, "0"),
        (1.5e-12, "1.50e-12"),
        (float("nan"), "nan"),
    ],
)
def test_a_figure_has_three_significant_digits(value, shown):
    assert significant(value) == shown


@pytest.mark.parametrize(("p", "shown"), [(0.0, "< 0.0001"), (0.00009, "< 0.0001"), (0.0001, "0.0001"), (0.25, "0.2500")])
def test_no_p_value_is_nought(p, shown):
    assert p_shown(p) == shown
