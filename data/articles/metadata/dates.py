"""The day of an article, out of the spellings of archives, feeds, pages, spreadsheets and programs.

Only what is written counts: the day is the one in the zone that was written, a month stays a month, and what can be
two days is none until the rest of the file tells which (see `date_columns`).
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date

DMY, MDY, YMD = "day first", "month first", "year first"
"""The orders that the three numbers of a date can stand in."""
ORDERS = {order.replace(" ", "-"): order for order in (DMY, MDY, YMD)}
"""The orders by the names that users give them: ``day-first``."""
CERTAIN = ""
"""In place of an order: there is only one way to read the words."""

_FIRST_YEAR, _LAST_YEAR = 1500, 2199  # other numbers in the place of a year are something else
_EPOCH = date(1970, 1, 1).toordinal()
_TURN = 69  # two digits from here on are of the last century, as in POSIX

_MONTHS = (
    "january jan janvier janv januar jaenner janner enero ene gennaio gen janeiro januari января січня stycznia ocak",
    "february feb fevrier fevr fev februar febrero febbraio fevereiro februari febr февраля лютого lutego subat",
    "march mar mars marz maerz mrz marzo marco maart mrt марта березня marca marts mart",
    "april apr avril avr abril abr aprile апреля квітня kwietnia nisan",
    "may mai mayo maggio mag maio mei мая травня maja maj mayıs",
    "june jun juin juni junio giugno giu junho июня червня czerwca haziran",
    "july jul juillet juil juli julio luglio lug julho июля липня lipca temmuz",
    "august aug aout agosto ago augustus августа серпня sierpnia agustos augusti",
    "september sept sep septembre septiembre set settembre setembro septiembre сентября вересня wrzesnia eylul",
    "october oct octobre oktober okt octubre ottobre ott outubro out октября жовтня pazdziernika ekim",
    "november nov novembre noviembre novembro ноября листопада listopada kasım",
    "december dec decembre dezember dez diciembre dic dicembre dezembro desember декабря грудня grudnia aralık",
)
"""Without accents: in English, French, German, Spanish, Italian, Portuguese, Dutch, Danish, Norwegian, Swedish, Russian,
Ukrainian, Polish and Turkish."""
_MONTH_NUMBERS = {name: k for k, names in enumerate(_MONTHS, 1) for name in names.split()}
_WEEKDAYS = (
    "monday mon lundi lun montag lunes lunedi maandag",
    "tuesday tue tues mardi dienstag martes martedi dinsdag",
    "wednesday wed mercredi mer mittwoch miercoles mie mercoledi woensdag",
    "thursday thu thur thurs jeudi jeu donnerstag jueves jue giovedi gio donderdag",
    "friday fri vendredi ven freitag viernes vie venerdi vrijdag",
    "saturday sat samedi samstag sonnabend sabado sabato zaterdag",
    "sunday sun dimanche dim sonntag domingo dom domenica zondag",
)
_WEEKDAY_NUMBERS = {name: k for k, names in enumerate(_WEEKDAYS) for name in names.split()}

_ZONES = (
    r"(?:(?:[ecmp][ds]?t|ak[ds]t|hst|gmt|utc|ut|z|wet|west|bst|ist|cet|cest|mez|mesz|eet|eest|msk|sast|jst|kst|hkt|sgt|"
    r"a[ce][ds]t|awst|nz[ds]t)\b)"
)
_TIME = re.compile(
    rf"(?:\bt|\b|(?<=\dt))\d{{1,2}}:\d\d(?::\d\d(?:[.,]\d+)?)?\s*(?:[ap]\.?\s?m\b\.?)?\s*{_ZONES}?\s*(?:[+-]\d\d(?::?\d\d)?\b)?"
)
"""A time of day with its zone: it may stand between the day and the year."""
_ISO = re.compile(r"\s*(\d{4})-(\d\d)-(\d\d)(?:\s*$|[T ]\d\d:\d\d)")
_NUMBER = re.compile(r"(?:/?date\()?([+-]?\d{9,19})(?:[+-]\d{4})?(?:\.\d+)?(?:\)/?)?")
_COMPACT = re.compile(r"(?<!\d)(?P<y>1[5-9]\d\d|2[01]\d\d)(?P<m>\d\d)(?P<d>\d\d)(?:t?\d{2}(?:\d\d){0,2}(?:\.\d+)?)?(?!\d)")
_WEEK = re.compile(r"(?<!\d)(\d{4})-?w(\d\d)-?([1-7])(?!\d)")

_NAME = rf"(?<![a-z])(?P<name>{'|'.join(sorted(_MONTH_NUMBERS, key=len, reverse=True))})(?![a-z])\.?"
_ORDINAL = r"(?:st|nd|rd|th|ste|er|[eoa°.])?"
_OF = r"(?:(?:of|the|de|del|do|di)\s+)?"
_DAY = rf"(?<!\d)(?P<d>\d{{1,2}}){_ORDINAL}"
_NEXT_DAY = rf"(?:\s*(?:-|/|&|and|to)\s*\d{{1,2}}{_ORDINAL})?"  # an issue for two days counts on the first
_YEAR = r"(?P<y>\d{4}(?!\d)"
_NO_HOUR = r"(?!\d|[:.]\d|\s*(?:[ap]\.?m\b|h\b|h\d|uhr))"
_SPELLINGS = tuple(
    re.compile(spelling)
    for spelling in (
        r"(?<!\d)(?P<y>\d{4})\s?(?P<s>[-/._])\s?(?P<m>\d{1,2})\s?(?P=s)\s?(?P<d>\d{1,2})(?!\d)",
        rf"{_DAY}{_NEXT_DAY}[\s./-]*{_OF}{_NAME}[\s,./-]*{_OF}{_YEAR}|'?\d\d{_NO_HOUR})",
        rf"{_NAME}[\s,./-]*{_OF}(?P<d>\d{{1,2}}){_ORDINAL}{_NEXT_DAY}[\s,./-]+{_OF}{_YEAR}|'\d\d(?!\d)|(?<=\d[-/])\d\d{_NO_HOUR})",
        rf"(?<!\d){_YEAR})[\s,./-]*{_NAME}[\s,./-]*(?P<d>\d{{1,2}})(?!\d)",
        rf"(?<![\d./-])(?P<a>\d{{1,2}})\s?(?P<s>[-/. ])\s?(?P<b>\d{{1,2}})\s?(?P=s)\s?{_YEAR}|\d\d(?![\d:]))(?!\.?\d)",
        _COMPACT.pattern,
        r"date(?:time)?\((?P<y>\d{4}), ?(?P<m>\d{1,2}), ?(?P<d>\d{1,2})\b",
        rf"{_NAME}[\s,./-]*{_OF}{_YEAR})",
        rf"(?<!\d){_YEAR})[\s,./-]*{_NAME}",
        r"(?<![\d./-])(?P<m>\d{1,2})\s?[-/]\s?(?P<y>\d{4})(?![\d./-])",
        r"(?<![\d./-])(?P<y>\d{4})\s?[-/.]\s?(?P<m>\d\d?)(?:[-/.](?:00)?)?(?!\d)",
        r"^\W*(?:spring|summer|autumn|fall|winter|q[1-4]|fy|ca?|circa)?\W*(?P<y>\d{4})(?:-00-00|\W*q[1-4])?\W*$",
    )
)
"""From the most to the least telling; what one has read no later one reads again."""
_PUBLISHED = re.compile(
    r"publi\w*|first\b|post(?:ed|e)\b|creat\w+|issued?\b|erschienen|veroffentlicht|erstellt|pubblicat\w|geplaatst|gepubliceerd"
)
_UPDATED = re.compile(
    r"updat\w+|modifi\w+|last\b|correct\w+|edited|load|accessed|retrieved|mis(?:e)? a jour|aktualisiert|geandert|stand\b|"
    r"actualizad\w|aggiornat\w|atualizad\w|bijgewerkt"
)
_DAY_FIRST = re.compile(
    r"\b(?:uhr|stand|klo|mis a jour|aktualisiert|actualizado|aggiornato|publie|pubblicato|publicado|veroffentlicht|"
    r"erschienen|le\s+\d+)\b|\d\s?h\s?(?:\d\d)?\b"
)
"""Beside a date in numbers: who writes so writes the day first."""
_EAST_ASIAN = str.maketrans({"年": "-", "月": "-", "日": " ", "년": "-", "월": "-", "일": " "})
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-") | dict.fromkeys("’‘`", "'"))


def iso_date(words: str, order: str | None = None) -> str | None:
    """Return the day that is written, in ISO 8601: ``2024-03-04``; ``2024-03`` or ``2024`` where no more is written.

    Parameters
    ----------
    words : str
        A date in any usual spelling, alone or with a weekday, a time, *Published* or *Updated*.
    order : str, optional
        `DMY`, `MDY` or `YMD`: how the file orders numbers; without it ``04/03/2024`` is no date.

    Returns
    -------
    str or None
        None where nothing is a date, or where it could be two.

    Examples
    --------
    >>> iso_date("Monday, March 4, 2024 11:30 PM EST"), iso_date("lundi 4 mars 2024"), iso_date("20240304T233000Z")
    ('2024-03-04', '2024-03-04', '2024-03-04')
    >>> iso_date("04/03/2024"), iso_date("04/03/2024", DMY), iso_date("Updated 3 hours ago")
    (None, '2024-03-04', None)
    """
    readings = date_readings(words)
    if order and order in readings:
        return readings[order]
    days = set(readings.values())
    return days.pop() if len(days) == 1 else None


def year_of(words: str) -> str:
    """Give the year of a date, whichever of two days it is; empty where it is none.

    >>> year_of("04/03/2024"), year_of("soon")
    ('2024', '')
    """
    years = {day[:4] for day in date_readings(words).values()}
    return years.pop() if len(years) == 1 else ""


def date_readings(words: str) -> Mapping[str, str]:
    """Return every way to read a date: the ISO date by the order that it takes, or by `CERTAIN`; empty for no date.

    >>> date_readings("04/03/2024")
    {'day first': '2024-03-04', 'month first': '2024-04-03'}
    """
    if plain_iso := _ISO.match(words):
        return _certain(*plain_iso.groups())
    plain = _plain(words)
    if number := _NUMBER.fullmatch(plain.strip()):
        return _of_number(number[1])
    if week := _WEEK.search(plain):
        return _of_week(*map(int, week.groups()))
    plain = _TIME.sub(" ", plain)
    best = min(_dates_in(plain), default=None, key=lambda found: found[:2])
    if best is None:
        return {}
    readings = best[2]
    if len(readings) > 1 and DMY in readings and _DAY_FIRST.search(plain):
        return {DMY: readings[DMY]}
    return readings


def _plain(words: str) -> str:
    """Return words in lower case, without accents, with one sort of dash."""
    composed = unicodedata.normalize("NFKC", words[:1000]).translate(_EAST_ASIAN)
    letters = unicodedata.normalize("NFKD", composed.casefold())
    return "".join(c for c in letters if not unicodedata.combining(c)).translate(_DASHES)


def _dates_in(plain: str) -> Iterator[tuple[int, int, Mapping[str, str]]]:
    """Yield the dates in words: how far each is from being the day of publication, where it stands, its readings."""
    weekdays = {_WEEKDAY_NUMBERS[word] for word in re.findall(r"[a-z]+", plain) if word in _WEEKDAY_NUMBERS}
    dates: list[tuple[int, int, Mapping[str, str]]] = []
    for spelling in _SPELLINGS:
        for match in spelling.finditer(plain):
            if all(match.end() <= start or end <= match.start() for start, end, _ in dates):
                readings = _on_weekday(_readings_of(match), weekdays)
                dates.append((match.start(), match.end(), readings))
    behind = 0
    for start, end, readings in sorted(dates, key=lambda one: one[0]):
        if readings:
            yield _distance(plain[behind:start]), start, readings
        behind = end


def _distance(before: str) -> int:
    """Rank the words before a date: 0 for publication, 1 for nothing, 2 for an update."""
    published = max((match.start() for match in _PUBLISHED.finditer(before)), default=-1)
    updated = max((match.start() for match in _UPDATED.finditer(before)), default=-1)
    return 1 if published == updated else 0 if published > updated else 2


def _readings_of(match: re.Match[str]) -> Mapping[str, str]:
    """Return the readings of what a spelling has matched."""
    part = match.groupdict()
    if "a" not in part:
        month = str(_MONTH_NUMBERS[part["name"]]) if part.get("name") else part.get("m")
        return _certain(part["y"], month, part.get("d"))
    first, second, year = part["a"], part["b"], part["y"]
    orders = {DMY: (year, second, first), MDY: (year, first, second)}
    if len(year) == 2 and len(first) == 2 and part["s"] == "-":
        orders[YMD] = (first, second, year)
    readings = {order: _iso(*numbers) for order, numbers in orders.items()}
    return {order: day for order, day in readings.items() if day and len(day) == len("2024-03-04")}


def _on_weekday(readings: Mapping[str, str], weekdays: set[int]) -> Mapping[str, str]:
    """Leave readings out that fall on another day of the week than is written, unless all do."""
    fitting = {order: day for order, day in readings.items() if len(readings) > 1 and _weekday(day) in weekdays}
    return fitting or readings


def _weekday(day: str) -> int:
    return date.fromisoformat(day).weekday()


def _certain(year: str, month: str | None, day: str | None) -> Mapping[str, str]:
    day_in_iso = _iso(year, month, day)
    return {CERTAIN: day_in_iso} if day_in_iso else {}


def _iso(year: str, month: str | None = None, day: str | None = None) -> str | None:
    """Write a date that the calendar has; a month or day of 0 is one that nobody knew."""
    y, m, d = int(year.lstrip("'")), int(month or 0), int(day or 0)
    if len(year.lstrip("'")) == 2:
        y += 1900 if y >= _TURN else 2000
    if not _FIRST_YEAR <= y <= _LAST_YEAR:
        return None
    try:
        whole = date(y, m or 1, d or 1).isoformat()
    except ValueError:
        return None
    return whole if m and d else whole[:7] if m else whole[:4] if not d else None


def _of_number(digits: str) -> Mapping[str, str]:
    """Read a long number: a day and time without signs between, or the time since 1970 in seconds or a part of them."""
    if digits.isdigit() and len(digits) in (10, 12, 14) and (compact := _COMPACT.fullmatch(digits)):
        hours = [int(digits[at : at + 2]) for at in range(8, len(digits), 2)]
        if hours[0] < 24 and all(number < 60 for number in hours) and (day := _certain(*compact.group("y", "m", "d"))):
            return day
    number = abs(int(digits))
    if number < 10**8:
        return {}
    while number >= 10**11:  # milliseconds since 1973, then micro- and nanoseconds
        number //= 1000
    seconds = number if not digits.startswith("-") else -number
    return {CERTAIN: date.fromordinal(_EPOCH + seconds // 86_400).isoformat()} if number < 7 * 10**9 else {}


def _of_week(year: int, week: int, weekday: int) -> Mapping[str, str]:
    try:
        return {CERTAIN: date.fromisocalendar(year, week, weekday).isoformat()}
    except ValueError:
        return {}
