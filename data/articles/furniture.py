"""Taking page furniture and datelines out of an article's sentences.

Furniture is what the page adds to the article: dates, bylines, credits, counters, buttons, links. A paragraph
is furniture only when all of it follows one of the patterns below, so no sentence is lost for a word in it.
"""

import re

from ..records import Span

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_NAME = r"(?:[A-Z][\w.’'-]*|de|del|der|van|von|al|bin|la|le)"
_NAMES = rf"{_NAME}(?:,?\s+(?:and\s+|&\s+|in\s+|for\s+|of\s+|at\s+|the\s+)*{_NAME}){{0,15}}"
_AGENCIES = (
    r"(?:Reuters|REUTERS|AP|AFP|CNN\w*|Xinhua|UPI|dpa|DPA|Bloomberg|IANS|PTI|ANI|TASS|Interfax|BBC|Sputnik|"
    r"Kyodo|Yonhap|EFE|ANSA|MarketWatch|Politico|POLITICO|Getty Images|(?:The )?Associated Press|"
    r"EPA|RIA Novosti)"
)
_OUTLETS = frozenset(
    "reuters|ap|afp|associated press|the associated press|agence france-presse|xinhua|bbc|"
    "bbc news|cnn|cnn.com|npr|usa today|abc news|cbs news|nbc news|fox news|fox news channel|"
    "politico|bloomberg|bloomberg news|dpa|upi|special for usa today|the new york times|"
    "the washington post|the guardian|the wall street journal".split("|")
)
_SITES = r"(?:Twitter|X|Facebook|Instagram|YouTube|Telegram|WhatsApp|LinkedIn|Google\+?|Flipboard|Threads|TikTok)"
_CREDITING = re.compile(
    r"[(\[]?\s*(?:(?:additional )?(?:reporting|writing)|editing|compiled|photographs?|photos?|video|"
    r"graphics?|illustrations?|translated|edited) by (?=[A-Z])",
    re.IGNORECASE,
)
_CREDITING_WORDS = frozenset(
    "additional reporting writing editing compiled photographs photos video graphics illustrations "
    "translated edited by and in for of at the with from de del der van von al bin la le & -".split()
)

# Words of a line that tells nothing but a time: "Published: Mon 5 May 2014, 10:30 am BST", "6 years ago".
_TIME_WORD = re.compile(
    rf"{_MONTH}|(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\.?|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    r"\d{1,4}(?:st|nd|rd|th)?|\d{1,4}(?:[:./-]\d{1,2}){1,2}(?:am|pm)?|\d{4}-\d\d-\d\dT[\d:+.Z-]+|\d+(?:am|pm)|"
    r"[ap]\.?m\.?|E[DS]?T|P[DS]?T|C[DS]?T|GMT|UTC|BST|CEST?|h|hrs?|first|last|published|posted|updated?|created|"
    r"modified|date|on|at|ago|years?|months?|weeks?|days?|hours?|minutes?|mins?|read|o[’']clock",
    re.IGNORECASE,
)
_BUTTON_WORD = re.compile(
    rf"{_SITES}|shares?|tweets?|e-?mail|print|pin|pinterest|reddit|save|comments?|likes?|copy|link|this|article|story|"
    r"on|via|whatsapp|messenger|linkedin|more|\d[\d.,]*[kKmM]?|no|add|leave|a|views?|replies|reactions?|post|your",
    re.IGNORECASE,
)
_BUTTON = re.compile(r"shar|tweet|comment|print|e-?mail|view|like|facebook|twitter|repl|reaction|post", re.IGNORECASE)

# A whole paragraph, its bullet and the white space around it left out.
_LINES = tuple(
    re.compile(pattern)
    for pattern in (
        r"[^\w]*",
        r"\d[\d,.]*[kKmM]?",
        rf"[–—―-]+\s*{_NAMES}\s*[–—―-]*",
        rf"(?:By|BY)[ :]\s*{_NAME}(?:\s+{_NAME}){{1,3}}(?:(?:,| and| \|| for|\s+-)\s+[^.!?]{{2,80}})?",
        r"(?i:advertisements?|ad|sponsored(?: content)?|promoted)(?i: continue reading the main story)?\s*:?",
        r"(?i:story continues? below(?: advertisement)?|story continued below|article continues below|"
        r"continue reading(?: the main story)?|scroll (?:down )?(?:for more|to continue)|"
        r"skip (?:to|advertisement).{0,40}|video player close|loading\W*|"
        r"(?:next|prev|previous) image \d+ of \d+|slideshow \(\d+ images?\))",
        r"(?i:play video)\b.{0,120}",
        r"(?i:analysis/opinion|opinion/analysis|more on this|recommended|"
        r"related (?:stories|articles|news|topics|links)|"
        r"most (?:read|popular|viewed)|trending|tags|topics|share|what to read next)\s*[:.…]*",
        r"[(\[]?\s*(?i:read more|read also|also read|related|see also|also see|watch(?: now| live)?|"
        r"must watch|more|photos|video|gallery|also on politico|"
        r"related (?:story|article|video|link|content)s?|in pictures|"
        r"recommended|more from .{2,30})\s*[:»>→]\s*[^.]{0,160}[\w)’”\]?!»…-]?",
        r"(?i:read more|see more|view more|more)(?i: (?:on|at|about|from) [^.]{2,60})?\s*[»>→…]*",
        r"(?i:read or share this story).{0,160}|(?i:click here) (?i:to|for) .{2,120}",
        r"(?i:sign up (?:for|to|now)|subscribe (?:to|now|today)|register (?:for|now)|"
        r"get the monitor stories)\b.{0,160}",
        r"(?i:jump to|share this|tweet this|print this|email this).{0,60}",
        r"(?i:this article is more than) \d+ .{3,12} old",
    )
)

# A whole sentence, wherever it stands.
_CREDITS = tuple(
    re.compile(pattern)
    for pattern in (
        r"[•*(]?\s*.{3,150} contributed to this (?:report|story|article|dispatch)\.?\s*\)?",
        r"(?:Contributing|Contributors?|Sources?|Photos?|Images?|Photograph|Picture|Credit|Editor|"
        r"Photo credit|Image credit)\s*"
        rf"(?::|\.\.\.|\|| by )\s*(?:\|?\s*{_NAMES}|[\w/&. ]{{1,40}}/\s*{_NAMES}|"
        r".{2,40}\|.{2,80})\.?",
        rf"(?:REUTERS|AP Photo|AFP|AP|Getty(?: Images)?|EPA)\s*/\s*{_NAMES}(?:/{_NAMES})?",
        rf"[(\[]\s*(?:{_NAMES}\s*/\s*)?{_AGENCIES}(?: (?i:photos?|images?|video|file))?"
        rf"(?:\s*/\s*{_NAMES})?\s*[)\]]\.?",
        r"(?i:enlarge this image).{0,160}",
        r"(?i:image copyright|media playback is unsupported)(?:(?!caption).){0,80}",
        r"(?i:\(?c\)|copyright|©|\(?copyright ©).{0,20}\b(?:19|20)\d\d\b.{0,120}",
        r"(?i:©|copyright) [A-Z].{2,100}",
        r"(?i:all rights reserved)\.?|(?i:click here for reprint permission)\.?",
        r"(?i:this material may not be published, broadcast, rewritten).{0,60}",
        rf"(?i:follow|like|join|find) (?:us|me|him|her|them|{_NAMES}|@\w+)(?: and {_NAMES})? (?i:on) "
        rf"{_SITES}\b[^.!?]{{0,60}}[.:]?",
        r"(?i:follow) @\w+(?: on \w+)?\.?|(?i:send (?:tips|letters)|send a tip) to .{3,60}",
        r"(?i:download) [A-Z].{2,60} (?:for|on|app)\b.{0,60}|CLICK HERE TO GET THE .{3,40} APP",
        r"(?:(?i:watch|video|via|link|source)\s*:\s*)?(?:https?://|www\.|pic\.twitter\.com/)\S+",
        r"[\w.+-]{1,64}@[\w-]+\.[\w.]+",
    )
)

# Most lines and sentences are none of these, and begin so that they cannot be.
_LINE_BEGINS = re.compile(
    r"[\W\d_]|by|ad|sponsor|promoted|story|article|continue|scroll|skip|video|loading|next|prev|slideshow|play|analysis|"
    r"opinion|more|recommended|related|most|trending|tags|topics|share|what|read|also|see|watch|must|photos|gallery|in pic|"
    r"view|click|sign|subscribe|register|get|jump|tweet|print|email|this",
    re.IGNORECASE,
)
_CREDIT_BEGINS = re.compile(
    r"[(\[©]|c\)|https?:|www\.|pic\.|contribut|source|photo|image|picture|credit|editor|reuters|ap|afp|getty|epa|enlarge|"
    r"media|copyright|all rights|click|this material|follow|like|join|find|send|download|watch|video|via|link",
    re.IGNORECASE,
)
_BULLET = re.compile(r"[-–—•*·|▪●◦>]+\s+")

_DASH = r"\s*(?:[—–―]|--+|-(?=\s))\s*"
_CAPITALS = r"[A-Z][A-Z.’'-]{2,}(?:[ /][A-Z][A-Z.’'-]+){0,3}"
_PLACE = r"[A-Z][\w.’'-]*(?:[ /](?:[A-Z][\w.’'-]*|de|la|el)){0,3}"
_CITY = r"[A-Z][\w.’'-]+(?: (?:de )?[A-Z][\w.’'-]+)?"
_FURTHER = r"(?:,\s[^\s—–―()][^—–―()\n]{0,40}?)?"
_WITH_AGENCY = re.compile(
    rf"(?:(?:{_PLACE}|{_CAPITALS}){_FURTHER}\s*)?"
    rf"\(\s*(?:[A-Z]\w* )?{_AGENCIES}(?:[^\w()\n][^()\n]{{0,30}})?\)"
    rf"(?:{_DASH}|:?\s*(?=[A-Z“\"]))"
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
_LONGEST_LINE = 250  # characters; no furniture is longer, and patterns that tell it need not try
_WHERE_DATELINES_STAND = 5  # paragraphs, furniture left out; datelines that name an agency or caption stand anywhere


def cut_furniture(text: str, paragraphs: list[list[Span]]) -> list[Span]:
    """Return the sentences of the article among the sentences of its paragraphs, datelines cut off."""
    kept = [p for i, p in enumerate(paragraphs) if not _is_furniture(text, paragraphs, i)]
    sentences_left: list[Span] = []
    for i, sentences in enumerate(kept):
        begin = _dateline_end(text, sentences, i)
        for start, end in sentences:
            if end > begin and not is_credit(text[max(start, begin) : end]):
                sentences_left.append(Span(max(start, begin), end))
    return sentences_left


def is_furniture_line(line: str) -> bool:
    """Tell whether a whole paragraph is page furniture.

    >>> [is_furniture_line(line) for line in ("- No Comment", "May 2, 2021", "No comment came from him.")]
    [True, True, False]
    """
    if len(line) > _LONGEST_LINE:
        return False
    plain = _BULLET.sub("", line, count=1).strip() if _BULLET.match(line) else line.strip()
    return (
        (bool(_LINE_BEGINS.match(line)) and any(pattern.fullmatch(line) or pattern.fullmatch(plain) for pattern in _LINES))
        or is_credit(plain)
        or _is_time(plain)
        or _is_button(plain)
    )


def is_credit(sentence: str) -> bool:
    """Tell whether a sentence credits, links or reserves rights, and says nothing of the story."""
    if len(sentence) > _LONGEST_LINE:
        return False
    if _CREDITING.match(sentence):
        words = (word for word in re.split(r"[\s;,.()\[\]]+", sentence) if word)
        return all(word[0].isupper() or word.lower() in _CREDITING_WORDS for word in words)
    possible = bool(_CREDIT_BEGINS.match(sentence)) or "@" in sentence or " contributed to this " in sentence
    return possible and any(pattern.fullmatch(sentence) for pattern in _CREDITS)


def _is_furniture(text: str, paragraphs: list[list[Span]], i: int) -> bool:
    line = text[paragraphs[i][0].start : paragraphs[i][-1].end]
    if is_furniture_line(line) or line.lower() in _OUTLETS:
        return True
    if i + 1 == len(paragraphs) or i > 3 or len(line) > 60:  # a name alone is a byline where the outlet follows
        return False
    below = text[paragraphs[i + 1][0].start : paragraphs[i + 1][-1].end]
    return below.lower() in _OUTLETS and re.fullmatch(_NAMES, line) is not None


def _is_time(line: str) -> bool:
    n_words = 0
    for word in line.split():
        word = word.strip("(),:;|.")
        if word in ("", "-", "–", "—", "·", "•"):
            continue
        if not _TIME_WORD.fullmatch(word):
            return False
        n_words += 1
    return 0 < n_words <= 14 and any(c.isdigit() for c in line)


def _is_button(line: str) -> bool:
    words = line.split()
    if line.endswith((".", "!", "?")) or not 0 < len(words) <= 12:
        return False
    stripped = (word.strip("():|·•") for word in words)
    return all(_BUTTON_WORD.fullmatch(word) for word in stripped if word) and _BUTTON.search(line) is not None


def _dateline_end(text: str, sentences: list[Span], i: int) -> int:
    """Return where the news begins in the i-th paragraph left: after its dateline, or at its start."""
    start, end = sentences[0].start, sentences[-1].end
    if text[start] in "FIM" and (m := _CAPTION.match(text, start, end)):
        return m.end()
    if text.find("(", start, end) >= 0 and (m := _WITH_AGENCY.match(text, start, end)):
        return m.end()
    if i >= _WHERE_DATELINES_STAND or not _ENDED.search(text, max(start, end - 9), end):
        return start
    for pattern in (_IN_CAPITALS, _WITH_COUNTRY):
        if m := pattern.match(text, start, end):
            return m.end()
    m = _GLUED_PLACE.match(text, start, min(end, start + 80)) if i < 2 else None
    return m.end(1) if m and _is_glued(text, m) else start


def _is_glued(text: str, m: re.Match[str]) -> bool:
    """Tell `MoscowRussian` from `YouTube`: the place is known or named again, and the whole is not."""
    place, word, whole = m[1], m[2], m[0].rpartition(" ")[2]
    if len(re.findall(rf"\b{re.escape(whole)}\b", text)) > 1:
        return False
    if place in _CITIES or word in {"The", "An", "At", "In"}:  # no name ends so
        return True
    return all(len(part) > 3 and re.search(rf"\b{re.escape(part)}\b", text) for part in (place, word))
