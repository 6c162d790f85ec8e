"""Taking page furniture and datelines out of an article's sentences.

Furniture is what the page adds to the article: dates, bylines, credits, counters, buttons, links. A paragraph
is furniture only when all of it follows one of the patterns below, so no sentence is lost for a word in it.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from ..records import Span
from .text.datelines import AGENCIES, dateline_end
from .text.furniture_patterns import (
    BARE,
    BIOGRAPHY,
    CODE,
    COMMANDS,
    CONTRIBUTED,
    IN_BRACKETS,
    LINE_OF_NAMES,
    MOST_WORDS,
    OBJECTS,
    OF_OUTLET,
    PAGE_WORDS,
    THIRTY,
    line_patterns,
    seldom,
    sentence_patterns,
)

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_NAME = r"(?:[A-Z][\w.’'-]*|de|del|der|van|von|al|bin|la|le)"
_NAMES = rf"{_NAME}(?:,?\s+(?:and\s+|&\s+|in\s+|for\s+|of\s+|at\s+|the\s+)*{_NAME}){{0,15}}"
_OUTLETS = frozenset(
    "reuters|ap|afp|associated press|the associated press|agence france-presse|xinhua|bbc|"
    "bbc news|cnn|cnn.com|npr|usa today|abc news|cbs news|nbc news|fox news|fox news channel|"
    "politico|bloomberg|bloomberg news|dpa|upi|special for usa today|the new york times|"
    "the washington post|the guardian|the wall street journal".split("|")
)
_LONGEST_OUTLET = max(map(len, _OUTLETS))
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

# News that begins as furniture does, and then says who says so: "Comments are closed, the judge ruled."
_TOLD = re.compile(
    r",[”\"’']?\s"
    r"(?!(?:and|or|to|then|but|so|for|you|your|we|our|who|which|that|as|with|by|in|on|at|from|if|when|please|get|read)\b)"
    r"(?:[\w.’'-]+\s){1,6}(?:"
    r"did|heard|hears|says?|said|reads?|told|tells|wrote|writes|begged|thinks?|found|learned|"
    r"(?:add|advis|admitt|announc|argu|ask|caution|claim|complain|conced|declar|demand|deni|explain|insist|jok|not|order|plead|"
    r"pledg|promis|recall|recommend|repeat|repli|report|request|rul|shout|show|stat|suggest|testifi|urg|vow|warn)(?:ed|e?s)"
    r")\b[^.,:;]{0,80}[.!?][”\"’']?\Z|[\w!?],[”\"](?=\s)|"
    r",\s(?:read|reads|said|says) (?:an?|one|another) [\w’'-]+[.]\Z"
)

# Words of a line that tells nothing but a time: "Published: Mon 5 May 2014, 10:30 am BST", "6 years ago".
_TIME_WORD = re.compile(
    rf"{_MONTH}|(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\.?|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    r"\d{1,4}(?:st|nd|rd|th)?|\d{1,4}(?:[:./-]\d{1,2}){1,2}(?:am|pm)?|\d{4}-\d\d-\d\dT[\d:+.Z-]+|\d+(?:am|pm)|"
    r"[ap]\.?m\.?|and|E[DS]?T|P[DS]?T|C[DS]?T|GMT|UTC|BST|CEST?|h|hrs?|first|last|published|posted|updated?|created|"
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
        r"(?i:/(?:PR ?Newswire|Business ?Wire|Globe ?Newswire|Access ?wire|CNW|EIN ?Presswire)[\w /-]{0,20}/)\W*",
        r"\d[\d,.]*[kKmM]?",
        rf"[–—―-]+\s*{_NAMES}\s*[–—―-]*",
        rf"(?:By|BY)[ :]\s*{_NAME}(?:\s+{_NAME}){{1,3}}(?:(?:,| and| \|| for|\s+-)\s+[^.!?]{{2,80}})?",
        r"(?i:advertisements?|ad|sponsored(?: content)?|promoted)(?i: continue reading the main story)?\s*:?",
        r"(?i:(?:story|article) continue[sd]?(?: (?:below|after)"
        r"(?: (?:the |this )?(?:advertisement|ad|video|gallery|photo))?)?\W{0,3}|"
        r"continue reading(?: the main story)?|scroll (?:down )?(?:for more|to continue)|"
        r"skip (?:to|advertisement).{0,40}|video player close|loading\W*|"
        r"(?:next|prev|previous) image \d+ of \d+|slideshow \(\d+ images?\))",
        r"(?i:play video)\b.{0,120}",
        r"(?i:analysis/opinion|opinion/analysis|more on this|recommended|"
        r"related (?:stories|articles|news|topics|links)|"
        r"most (?:read|popular|viewed)|trending|tags|topics|share|what to read next)\s*[:.…]*",
        r"(?i:read more|see more|view more|more)(?i: (?:on|at|about|from) [^.]{2,60})?\s*[»>→…]*",
        r"(?i:read or share this story).{0,160}|(?i:click here) (?i:to|for) .{2,120}",
        r"(?i:sign up (?:for|to|now)|subscribe (?:to(?! the (?:theory|view|idea|notion))|now|today)|register (?:for|now)|"
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
        rf"[(\[]\s*(?:{_NAMES}\s*/\s*)?{AGENCIES}(?: (?i:photos?|images?|video|file))?"
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

# Most lines and sentences are none of these, as their first words show at once.
_LINE_BEGINS = re.compile(
    r"[/\d–—―•*·|▪●◦>-]|\W*\Z|by|ad|sponsor|promoted|story|article|continue|scroll|skip|video|loading|next|prev|slideshow|play|analysis|"
    r"opinion|more|recommended|related|most|trending|tags|topics|share|what|read|also|see|watch|must|photos|gallery|in pic|"
    r"view|click|sign|subscribe|register|get|jump|tweet|print|email|this",
    re.IGNORECASE,
)
_CREDIT_BEGINS = tuple(
    "(|[|©|c)|http|www.|pic.|contribut|source|photo|image|picture|credit|editor|reuters|ap|afp|getty|epa|enlarge|"
    "media|copyright|all rights|click|this material|follow|like|join|find|send|download|watch|video|via|link|"
    "additional|reporting|writing|editing|compiled|graphic|illustration|translated|edited".split("|")
)
_LONGEST_BEGINNING = max(map(len, _CREDIT_BEGINS))
_BULLET = re.compile(r"[-–—•*·|▪●◦>]+\s+")

_OPENING_MARKS, _CLOSING_MARKS = '“"‘„«', '”"’“»'
_QUOTED_BY = re.compile(rf"[–—―-]+\s*{_NAMES}(?:,\s[^.!?]{{2,80}})?|{_NAME}(?:\s{_NAME}){{1,3}},\s{_NAMES}")
_FIRST_WORD = re.compile(r"[\W_]*([^\W_]+(?:[’'][tT]\b)?)")
_ENDS_OF_CODE = ("{", "}", ";", ">")
_ENDS_OF_SENTENCES = '.!?…”"'
_LONGEST_COMMAND = 100  # characters
_LONGEST_TIME = 160  # characters
_LONGEST_LABEL = 450  # characters; what a firm says about itself under a press release is longer than other lines
_MAY_BE_BIOGRAPHY = re.compile(r"(?:[A-Z]\S* |de |van |von |al |bin ){2,4}(?:is|was|covers|writes|reports) ")
_LAST_PARAGRAPHS = 3  # where biographies of authors stand
_LONGEST_LINE = 250  # characters; no furniture is longer, and patterns that tell it need not try


def cut_furniture(text: str, paragraphs: list[list[Span]]) -> list[Span]:
    """Return the sentences of the article among the sentences of its paragraphs, datelines cut off."""
    kept = [p for i, p in enumerate(paragraphs) if not _is_furniture(text, paragraphs, i)]
    _drop_biographies(text, kept)
    sentences_left: list[Span] = []
    for i, sentences in enumerate(kept):
        begin = dateline_end(text, sentences, i)
        if len(sentences) == 1 and begin == sentences[0].start:  # its paragraph has been handled already
            sentences_left += sentences
            continue
        for start, end in sentences:
            if end <= begin:
                continue
            sentence = Span(max(start, begin), end)
            if end - sentence.start > _LONGEST_LINE or not is_credit(words := sentence.of(text)) or _TOLD.search(words):
                sentences_left.append(sentence)
    return sentences_left


def is_furniture_line(line: str) -> bool:
    """Tell whether a whole paragraph is page furniture.

    >>> [is_furniture_line(line) for line in ("- No Comment", "May 2, 2021", "No comment came from him.")]
    [True, True, False]
    """
    plain = _without_bullet(line)
    return _is_furniture_line(line, plain, _first_word(plain))


def _is_furniture_line(line: str, plain: str, word: str) -> bool:
    """Do what `is_furniture_line` does, where the line without its bullet is known, and that line's first word."""
    if len(line) > _LONGEST_LINE:
        return False
    return (
        (bool(_LINE_BEGINS.match(line)) and _is_whole(_LINES, line, plain))
        or (len(line) <= _LONGEST_TIME and (_is_time(plain) or _is_button(plain)))
        or (len(line) <= _LONGEST_COMMAND and (_is_command(plain, word) or _is_bare(line, plain)))
        or _is_credit(plain, word)
    )


def _is_whole(patterns: Iterable[re.Pattern[str]], line: str, plain: str) -> bool:
    """Tell whether a pattern takes in all of a line, with its bullet or without."""
    if plain == line:
        return any(pattern.fullmatch(line) for pattern in patterns)
    return any(pattern.fullmatch(line) or pattern.fullmatch(plain) for pattern in patterns)


def _is_link_line(line: str, plain: str, word: str) -> bool:
    """Tell whether a paragraph behind the headline promotes another story, credits a picture, or is a field of an archive.

    A headline may look like one: *Video: Mayor slaps reporter*.
    """
    if len(line) > (_LONGEST_LABEL if line.startswith("About ") else _LONGEST_LINE):
        return False
    if _is_whole(line_patterns(word), line, plain):
        return True
    if plain[:1] in "([" and seldom(IN_BRACKETS).fullmatch(plain):
        return True
    may_be_names = "/" in plain or "|" in plain or plain[-1] not in _ENDS_OF_SENTENCES
    return may_be_names and seldom(LINE_OF_NAMES).fullmatch(plain) is not None


def is_credit(sentence: str) -> bool:
    """Tell whether a sentence credits, links or reserves rights, and says nothing of the story."""
    return len(sentence) <= _LONGEST_LINE and _is_credit(sentence, _first_word(sentence))


def _is_credit(sentence: str, word: str) -> bool:
    """Do what `is_credit` does, where the first word is known: by it, and by what is in it, most sentences are none."""
    begins = sentence[:_LONGEST_BEGINNING].lower().startswith(_CREDIT_BEGINS)
    if begins and _CREDITING.match(sentence):
        words = filter(None, re.split(r"[\s;,.()\[\]]+", sentence))
        return all(word[0].isupper() or word.lower() in _CREDITING_WORDS for word in words)
    patterns = sentence_patterns(word)
    if " contributed " in sentence or " reported from " in sentence:
        patterns = (*patterns, seldom(CONTRIBUTED))
    if begins or "@" in sentence or " contributed to this " in sentence:
        patterns = (*patterns, *_CREDITS)
    return bool(patterns) and any(pattern.fullmatch(sentence) for pattern in patterns)


def _is_furniture(text: str, paragraphs: list[list[Span]], i: int) -> bool:
    start, end = paragraphs[i][0].start, paragraphs[i][-1].end
    if end - start > _LONGEST_LABEL:
        return False
    line = text[start:end]
    plain = _without_bullet(line)
    word = _first_word(plain)
    if (
        _is_furniture_line(line, plain, word)
        or (len(line) <= _LONGEST_OUTLET and line.lower() in _OUTLETS)
        or (i > 0 and _is_link_line(line, plain, word))
    ):
        return _TOLD.search(line) is None and not (i > 0 and _credits_quotation(text, paragraphs[i - 1], line))
    if i == 0 and len(paragraphs) > 1 and line[-1] not in _ENDS_OF_SENTENCES and seldom(OF_OUTLET).fullmatch(line):
        return True
    if i + 1 == len(paragraphs) or i > 3 or len(line) > 60:  # a name alone is a byline where the outlet follows
        return False
    below = text[paragraphs[i + 1][0].start : paragraphs[i + 1][-1].end]
    return below.lower() in _OUTLETS and re.fullmatch(_NAMES, line) is not None


def _credits_quotation(text: str, above: list[Span], line: str) -> bool:
    """Tell a line that names who says the quotation above it: *— Ana Ruiz*, *Ana Ruiz, Daily Post*."""
    return text[above[-1].end - 1] in _CLOSING_MARKS and _QUOTED_BY.fullmatch(line) is not None


def _drop_biographies(text: str, kept: list[list[Span]]) -> None:
    """Drop the last paragraphs that say who wrote the article, if it speaks of these people nowhere else."""
    for paragraph in kept[-_LAST_PARAGRAPHS:]:
        first = paragraph[0].of(text)
        if paragraph is kept[0] or not _MAY_BE_BIOGRAPHY.match(first) or not (m := seldom(BIOGRAPHY).match(first)):
            continue
        surname = (m["name"] or m["name2"]).split()[-1]
        if not any(surname in span.of(text) for other in kept if other is not paragraph for span in other):
            kept.remove(paragraph)


def _without_bullet(line: str) -> str:
    if line[:1].isalnum():
        return line.rstrip()
    m = _BULLET.match(line)
    return line[m.end() if m else 0 :].strip()


def _first_word(line: str) -> str:
    word = line.partition(" ")[0]
    if word.isalnum():
        return word.lower()
    m = _FIRST_WORD.match(line)
    return m[1].lower() if m else ""


def _is_command(line: str, first: str) -> bool:
    """Tell whether a line asks the reader to do something with the page: *Share this article*, *Show all photos*."""
    if first not in COMMANDS:
        return False
    words = [word.lower() for word in re.findall(r"[\w’'-]+", line)]
    if not 1 < len(words) <= MOST_WORDS or PAGE_WORDS.isdisjoint(words[1:]):
        return False
    return all(word in OBJECTS or word in COMMANDS for word in words)


def _is_bare(line: str, plain: str) -> bool:
    """Tell whether a line is a word of the page's frame, the end of a press release, or a line of its style."""
    if BARE.fullmatch(plain):
        return " " in plain or plain[-1] not in ".!"
    return THIRTY.fullmatch(line) is not None or (plain[-1:] in _ENDS_OF_CODE and CODE.fullmatch(plain) is not None)


def _is_time(line: str) -> bool:
    n_words = 0
    for word in line.split():
        word = word.strip("(),:;|.")
        if word in ("", "-", "–", "—", "·", "•", "/"):
            continue
        if not _is_time_word(word):
            return False
        n_words += 1
    return 0 < n_words <= 20 and any(c.isdigit() for c in line)


@lru_cache(maxsize=2048)
def _is_time_word(word: str) -> bool:
    return _TIME_WORD.fullmatch(word) is not None


def _is_button(line: str) -> bool:
    words = line.split()
    if line.endswith((".", "!", "?")) or not 0 < len(words) <= 12:
        return False
    stripped = (word.strip("():|·•") for word in words)
    return all(_BUTTON_WORD.fullmatch(word) for word in stripped if word) and _BUTTON.search(line) is not None
