import pytest

from sayso.data.articles.metadata.date_columns import order_of_all
from sayso.data.articles.metadata.dates import DMY, MDY, YMD


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        (["04/03/2024", "23/03/2024"], DMY),
        (["04/03/2024", "03/23/2024", "01/02/2024"], MDY),
        (["24-03-04", "99-12-31"], YMD),
        (["4 March 2024", "2024-03-05", "Wed 04/03/2024", "01/02/2024"], MDY),
        (["04/03/2024", "05/03/2024"], None),
        (["23/03/2024", "03/23/2024"], None),
        (["4 March 2024", "soon", ""], None),
        ([], None),
    ],
)
def test_the_order_is_the_one_that_fits_all(dates, order):
    assert order_of_all(dates) == order
