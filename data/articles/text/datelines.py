"""Datelines and the beginnings of captions, which stand before a sentence and are no part of it."""

import re

from ...records import Span

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
AGENCIES = (
    r"(?:Reuters|REUTERS|AP|AFP|CNN\w*|Xinhua|UPI|dpa|DPA|Bloomberg|IANS|PTI|ANI|TASS|Interfax|BBC|Sputnik|"
    r"Kyodo|Yonhap|EFE|ANSA|MarketWatch|Politico|POLITICO|Getty Images|(?:The )?Associated Press|"
    r"EPA|RIA Novosti)"
)
_DASH = r"\s*(?:[—–―]|--+|-(?=\s))\s*"
_CAPITALS = r"[A-Z][A-Z.’'-]{2,}(?:[ /][A-Z][A-Z.’'-]+){0,3}"
_PLACE = r"[A-Z][\w.’'-]*(?:[ /](?:[A-Z][\w.’'-]*|de|la|el)){0,3}"
_CITY = r"[A-Z][\w.’'-]+(?: (?:de )?[A-Z][\w.’'-]+)?"
_FURTHER = r"(?:,\s[^\s—–―()][^—–―()\n]{0,40}?)?"
_WITH_AGENCY = re.compile(
    rf"(?:(?:{_PLACE}|{_CAPITALS}){_FURTHER}\s*)?"
    rf"\(\s*(?:[A-Z]\w* )?{AGENCIES}(?:[^\w()\n][^()\n]{{0,30}})?\)"
    rf"(?:{_DASH}|:?\s*(?=[A-Z“\"]))"
)
_ANY_AGENCY = r"\([A-Z][\w&.’'-]*(?: [A-Z][\w&.’'-]*){0,3}\)"
_WITH_ANY_AGENCY = re.compile(  # one that the list does not have: behind capitals or a day, and before a dash
    rf"(?:{_CAPITALS}{_FURTHER}|{_MONTH} \d{{1,2}})\s*{_ANY_AGENCY}{_DASH}(?=[\"“‘']?[A-Z\d])"
)
_IN_CAPITALS = re.compile(rf"{_CAPITALS}{_FURTHER}{_DASH}(?=[\"“‘']?[A-Z\d])")
_WITH_COUNTRY = re.compile(rf"{_CITY}, {_CITY}(?:, {_MONTH} \d{{1,2}})?\s(?:[—―]|--)\s(?=[\"“‘']?[A-Z])")
_CAPTION = re.compile(
    r"FILE(?: PHOTO)?\s*(?:[:—–―]|-(?=\s))\s*|"
    r"(?:(?:Image copyright|Media playback)[^.]{1,80}?)?(?:Image|Media) caption "
)
_ENDED = re.compile(r"[.!?…][\"'”’)\]]*\Z")
_GLUED_PLACE = re.compile(r"((?:[A-Z][a-z]+ ){0,2}[A-Z][a-z]{2,})(?=[A-Z])([A-Z]\w*)")
_CITIES = frozenset(
    "Abuja|Accra|Addis Ababa|Algiers|Almaty|Amman|Amsterdam|Ankara|Athens|Atlanta|Baghdad|"
    "Baku|Bangkok|Beijing|Beirut|Belgrade|Berlin|Bogota|Boston|Brasilia|Bratislava|Brussels|"
    "Bucharest|Budapest|Buenos Aires|Cairo|Canberra|Caracas|Chicago|Colombo|Copenhagen|Dallas|"
    "Damascus|Davos|Delhi|Detroit|Dhaka|Doha|Donetsk|Dubai|Dublin|Frankfurt|Geneva|Hanoi|"
    "Harare|Havana|Helsinki|Hong Kong|Houston|Islamabad|Istanbul|Jakarta|Jerusalem|"
    "Johannesburg|Kabul|Kampala|Karachi|Kathmandu|Kharkiv|Khartoum|Kiev|Kigali|Kuala Lumpur|"
    "Kyiv|Lagos|Lima|Lisbon|London|Los Angeles|Luanda|Luhansk|Lviv|Madrid|Manila|Melbourne|"
    "Mexico City|Miami|Minsk|Mogadishu|Montreal|Moscow|Mumbai|Munich|Nairobi|New Delhi|"
    "New York|Nicosia|Odesa|Odessa|Oslo|Ottawa|Paris|Philadelphia|Phoenix|Prague|Pretoria|"
    "Pyongyang|Quito|Ramallah|Reykjavik|Riga|Rio de Janeiro|Riyadh|Rome|San Francisco|"
    "Santiago|Sarajevo|Seattle|Seoul|Shanghai|Simferopol|Singapore|Skopje|Sofia|Stockholm|"
    "Strasbourg|Sydney|Taipei|Tallinn|Tashkent|Tbilisi|Tehran|Tel Aviv|Tokyo|Toronto|Tripoli|"
    "Tunis|Vatican City|Vienna|Vilnius|Warsaw|Washington|Wellington|Yerevan|Zagreb|Zurich".split("|")
)
_WITH_COLON = re.compile(rf"(?:{'|'.join(city for name in sorted(_CITIES) for city in (name, name.upper()))}):\s+(?=[A-Z])")

_WHERE_DATELINES_STAND = 5  # paragraphs, furniture left out; datelines that name an agency or caption stand anywhere


def dateline_end(text: str, sentences: list[Span], i: int) -> int:
    """Return where the news begins in the i-th paragraph left: after its dateline, or at its start."""
    start, end = sentences[0].start, sentences[-1].end
    if text[start] in "FIM" and (m := _CAPTION.match(text, start, end)):
        return m.end()
    if text.find("(", start, end) >= 0 and (m := _WITH_AGENCY.match(text, start, end)):
        return m.end()
    if i >= _WHERE_DATELINES_STAND or not _ENDED.search(text, max(start, end - 9), end):
        return start
    for pattern in (_WITH_ANY_AGENCY, _IN_CAPITALS, _WITH_COUNTRY, _WITH_COLON):
        if m := pattern.match(text, start, end):
            return m.end()
    m = _GLUED_PLACE.match(text, start, min(end, start + 80)) if i < 2 else None
    return m.end(1) if m and _is_glued(text, m) else start


def _is_glued(text: str, m: re.Match[str]) -> bool:
    """Tell `MoscowRussian` from `YouTube`: the place is known or named again, and the whole is not."""
    place, word, whole = m[1], m[2], m[0].rpartition(" ")[2]
    if len(re.findall(rf"\b{re.escape(whole)}\b", text)) > 1:
        return False
    if place in _CITIES or word in {"The", "An", "At", "In"}:  # a name does not end like that
        return True
    return all(len(part) > 3 and re.search(rf"\b{re.escape(part)}\b", text) for part in (place, word))
