from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.data.articles.metadata.dates import DMY, MDY, YMD, date_readings, iso_date

THE_FOURTH_OF_MARCH = [
    "20240304T233000Z",
    "20240304",
    "20240304T233000-0500",
    "20240304233000",
    "202403042330",
    "2024-03-04T23:30:00-05:00",
    "2024-03-04T23:30:00.123456789Z",
    "2024-03-04 00:00:00",
    "2024-03-04 23:30:00 UTC",
    "2024-03-04T23:30",
    "2024-3-4",
    "2024/03/04",
    "2024/3/4 10:00",
    "2024.03.04",
    "2024. 3. 4.",
    "2024年3月4日",
    "2024년 3월 4일",
    "2024-W10-1",
    "Mon, 04 Mar 2024 23:30:00 -0500",
    "Mon, 04 Mar 2024 23:30:00 CET",
    "Mon, 4 Mar 24 23:30 GMT",
    "Mon Mar  4 23:30:00 EST 2024",
    "Mon Mar 4 23:30:00 2024",
    "Mon Mar 04 23:30:00 +0000 2024",
    "Mon Mar 04 2024 23:30:00 GMT-0500 (Eastern Standard Time)",
    "March 4, 2024 Monday",
    "March 4, 2024",
    "March 4 2024",
    "MARCH 4, 2024, MONDAY, Late Edition - Final",
    "Monday, March 4, 2024 11:30 PM EST",
    "Monday, March 4, 2024 at 11:30 p.m. ET",
    "11:30 PM ET, Mon March 4, 2024",
    "4 March 2024",
    "4th March 2024",
    "the 4th of March, 2024",
    "March 4th, 2024",
    "Mar. 4, 2024",
    "4-Mar-24",
    "04-MAR-2024",
    "4 Mar '24",
    "Mar 4 '24",
    "Mar-04-24",
    "4Mar2024",
    "4.Mar.2024",
    "2024-Mar-04",
    "2024 March 4",
    "4/Mar/2024:10:00:00 +0000",
    "Mar 4 2024 12:00AM",
    "1709550000",
    "1709550000.0",
    "1709550000000",
    "1709550000000000",
    "1709550000000000000",
    "/Date(1709550000000)/",
    "/Date(1709550000000+0000)/",
    "D:20240304100000Z'",
    "Published March 4, 2024 | Updated March 6, 2024",
    "Updated March 6, 2024 | Published March 4, 2024",
    "First published on Mon 4 Mar 2024 10.30 GMT",
    "Last modified on Wed 6 Mar 2024 10.30 GMT, first published on Mon 4 Mar 2024",
    "Updated March 4, 2024",
    "4 March 2024 Last updated at 10:01 GMT",
    "Mon 04/03/2024",
    "04.03.2024 10:00 Uhr",
    "Publié le 04/03/2024 à 10h30",
    "04/03/2024 à 10h30",
    "lundi 4 mars 2024",
    "lundi 4 mars 2024 - 10:30",
    "Montag, 4. März 2024",
    "4. Maerz 2024",
    "lunes, 4 de marzo de 2024",
    "4 marzo 2024",
    "lunedì 4 marzo 2024",
    "4 de março de 2024",
    "4 maart 2024",
    "March 4-5, 2024",
    "4-5 March 2024",
    "4 & 5 March 2024",
    "March 4 – 5, 2024",
    "Datetime: 2024-03-04T10:00",
    'ISODate("2024-03-04T10:00:00Z")',
    "Timestamp('2024-03-04 00:00:00')",
    "2024-03-04-05:00",
    "2024-03-04Z",
    "2024-03-04+01:00",
    "5 p.m. March 4, 2024",
    "Volume 12, Issue 4, 4 March 2024",
    "March, 4 2024",
    "2024-03-04 to 2024-03-06",
    "20240304 10:00",
    "2024_03_04",
    "2024-03-04_10-00-00",
    "Monday March 04, 2024 23.30 IST",
    "12 noon, 4 March 2024",
    "4 March 2024 10",
]
OTHERS = {
    "datetime.datetime(2023, 5, 2, 0, 0)": "2023-05-02",
    "1682985600.123": "2023-05-02",
    "2 мая 2023": "2023-05-02",
    "2 maja 2023": "2023-05-02",
    "Stand: 03.05.2023": "2023-05-03",
    "Mis à jour le 2 mai 2023 | Publié le 1er mai 2023": "2023-05-01",
    "UPDATED: 10:00 EDT, 2 May 2023 | PUBLISHED: 09:00 EDT, 1 May 2023": "2023-05-01",
    "12 hours ago (May 2, 2023)": "2023-05-02",
    "May 2, 2023 | 12 Comments": "2023-05-02",
    "2023-Q2": "2023",
    "2024年3月": "2024-03",
    "2024-03": "2024-03",
    "2024/03": "2024-03",
    "03/2024": "2024-03",
    "March 2024": "2024-03",
    "Mar. 2024": "2024-03",
    "März 2024": "2024-03",
    "mars 2024": "2024-03",
    "marzo de 2024": "2024-03",
    "2024": "2024",
    "Spring 2024": "2024",
    "2024-00-00": "2024",
    "2024-03-00": "2024-03",
    "10:30 Sept 4, 2024": "2024-09-04",
    "Sept. 4, 2024": "2024-09-04",
    "Sept 4 2024": "2024-09-04",
    "04/04/2024": "2024-04-04",
    "23/05/2023": "2023-05-23",
    "05/23/2023": "2023-05-23",
    "05/23/23": "2023-05-23",
    "31/12/1999 23:59": "1999-12-31",
    "12/31/99": "1999-12-31",
    "Wednesday 04/03/2024": "2024-04-03",
    "1er mars 2024": "2024-03-01",
    "4 août 2024": "2024-08-04",
    "4 févr. 2024": "2024-02-04",
    "15 déc. 2023": "2023-12-15",
    "10 March 2024, 4:30 pm": "2024-03-10",
    "Load-Date: March 5, 2024": "2024-03-05",
    "Thursday 22 February 2024 06:00, UK": "2024-02-22",
    "Feb 22, 2024, 6:00am EST": "2024-02-22",
    "6:00 AM · Feb 22, 2024": "2024-02-22",
    "22 FEB 2024 - 06:00 CET": "2024-02-22",
    "22.02.24, 06:00": "2024-02-22",
    "Fri 1 Mar 2024 06.00 CET": "2024-03-01",
    "2 May 2023": "2023-05-02",
    "Tue, 02 May 2023 10:00:00 GMT": "2023-05-02",
    "May 2, 2023 Tuesday": "2023-05-02",
    "November 9, 2009 Monday 8:45 PM GMT": "2009-11-09",
    "9 November 2009 Monday": "2009-11-09",
    "8:45 pm on November 9, 2009": "2009-11-09",
    "Nov 09, 2009 (Mon)": "2009-11-09",
    "Nov/09/2009": "2009-11-09",
    "12/2023": "2023-12",
    "1970-01-01": "1970-01-01",
    "Issue 14 March 2024": "2024-03-14",
}
NO_DATES = [
    "Updated 3 hours ago",
    "yesterday",
    "Published 3h ago",
    "March 4",
    "Sept. 4",
    "04/03/2024",
    "04.03.2024",
    "03-04-2024",
    "04/03/24",
    "24-03-04",
    "04 03 2024",
    "30 February 2024",
    "2024-02-30",
    "31/02/2024",
    "13/13/2024",
    "99/99/9999",
    "0",
    "-1",
    "nan",
    "None",
    "n.d.",
    "undated",
    "NaT",
    "unknown",
    "45355",
    "1.70955E+12",
    "4 March 10 pm",
    "March 4, 10:30 p.m.",
    "Mar-24",
    "4-Mar",
    "201403",
    "240304",
    "2024-064",
    "202402",
]


@pytest.mark.parametrize("words", THE_FOURTH_OF_MARCH)
def test_a_day_is_read_in_any_spelling(words):
    assert iso_date(words) == "2024-03-04"


@pytest.mark.parametrize(("words", "expected"), OTHERS.items())
def test_what_is_not_written_is_not_added(words, expected):
    assert iso_date(words) == expected


@pytest.mark.parametrize("words", NO_DATES)
def test_no_date_is_made_up(words):
    assert iso_date(words) is None


@pytest.mark.parametrize(
    ("words", "readings"),
    [
        ("04/03/2024", {DMY: "2024-03-04", MDY: "2024-04-03"}),
        ("13.3.2024", {DMY: "2024-03-13"}),
        ("3-13-2024", {MDY: "2024-03-13"}),
        ("24-03-04", {DMY: "2004-03-24", YMD: "2024-03-04"}),
    ],
)
def test_numbers_can_be_read_in_several_orders(words, readings):
    assert date_readings(words) == readings


def test_an_order_decides_only_between_readings():
    assert [iso_date("04/03/2024", order) for order in (DMY, MDY)] == ["2024-03-04", "2024-04-03"]
    assert [iso_date("23/05/2023", order) for order in (DMY, MDY)] == ["2023-05-23", "2023-05-23"]
    assert iso_date("May 2, 2023", DMY) == "2023-05-02"


@given(
    st.dates(date(1970, 1, 1), date(2037, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%A, %B %d, %Y", "%d-%b-%y", "%c", "%Y%m%d"]),
)
def test_every_day_is_read_as_it_was_written(day, spelling):
    assert iso_date(day.strftime(spelling)) == day.isoformat()


@given(st.text())
def test_any_text_gives_dates_in_iso_or_none(words):
    for day in date_readings(words).values():
        assert date.fromisoformat((day + "-01-01")[:10]).isoformat().startswith(day)
