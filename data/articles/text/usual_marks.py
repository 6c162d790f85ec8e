"""Quotation marks of every style as those of American English, each in its place: ``„No“`` as ``“No”``.

All that looks at marks looks at these: no text becomes longer or shorter.
"""

import re

from .dash_speech import with_marks_for_dashes

_FOREIGN = (
    "„",
    "‟",
    "«",
    "»",
    "‹",
    "›",
    "‚",
    "‛",
    "〝",
    "〞",
    "＂",
    "「",
    "」",
    "″",
    "´",
    "<<",
    ",,",
    '""',
    "\n—",
    "\n–",
    "\n―",
)
_DASHES = ("—", "–", "―")
_ANGLES = re.compile(r"<<(?=\S)([^<>\n]{1,3000})>>")
_COMMAS = re.compile(r"(?<![\w,]),,(?=\w)")
_TWICE = re.compile(r'""(?<![\w"]..)(?=[^\s"])([^"\n]{1,3000})(?<=\S)""(?![\w"])')  # of a table's cell: ""No,"" he said
_COMMAS_CLOSED = re.compile(r"``([^`\n]{1,3000}?)(?:''|(?<=\S)[“\"](?!\w))")
_LOW_MARKS = re.compile(r"[„“”\"]")
_LOW_SINGLE = re.compile(r"‚(?=\S)([^‚\n]{1,3000}?)[‘’'](?!\w)")
_CLOSING_OPENER = re.compile(r"“(?<=[\w.,!?…)%’'”].)(?=[\s.,;:!?)\]—–]|\Z)")  # “No“ he said
_OUTWARD = re.compile(r"(?<![^\s(\[—–-])[»›](?=\w)")  # »No«
_INWARD = re.compile(r"(?<![^\s(\[—–-])[«‹](?=\s?\S)")  # «No» and « No »
_SAME = str.maketrans("‟〝〞「」＂″‛´", '““”“”""‘’')
_INWARD_MARKS = str.maketrans("«»‹›", "“”‘’")
_OUTWARD_MARKS = str.maketrans("»«›‹", "“”‘’")
_CLOSE_TO_WORDS = re.compile(r"[»›](?!(?<=\s.)(?:\s|\Z))")  # »No», but no arrow


def usual_marks(text: str) -> str:
    """Return a text with every style of quotation marks as curly ones, character for character.

    Marks that are usual in American news stay as they are, single ones too.

    >>> usual_marks("„No“, she said. »Never.« <<Why?>>")
    "“No”, she said. “Never.” ``Why?''"
    """
    if not any(mark in text for mark in _FOREIGN) and not text.startswith(_DASHES):
        return _CLOSING_OPENER.sub("”", text)
    text = _with_doubled(text).translate(_SAME)
    if "„" in text:
        text = "\n".join(_low(line) if "„" in line else line for line in text.split("\n"))
    text = _LOW_SINGLE.sub(r"‘\1’", text)
    text = _guillemets(text)
    text = _CLOSING_OPENER.sub("”", text)
    return with_marks_for_dashes(text)


def _with_doubled(text: str) -> str:
    if '""' in text:
        text = _TWICE.sub(r"``\1''", text)
    if "<<" in text:
        text = _ANGLES.sub(r"``\1''", text)
    if ",," in text:
        text = _COMMAS_CLOSED.sub(_closed, _COMMAS.sub("``", text))
    return text


def _closed(m: re.Match[str]) -> str:
    return m[0] if m[0].endswith("''") else m[0][:-1] + "”"


def _low(paragraph: str) -> str:
    """Rewrite low marks and what closes them: ``“``, ``”`` or a straight mark, each as often as the next."""
    marks = list(paragraph)
    depth = 0
    for m in _LOW_MARKS.finditer(paragraph):
        at = m.start()
        spaced = at == 0 or paragraph[at - 1].isspace() or paragraph[at - 1] in "([—–-"
        opens = m[0] == "„" and (spaced or not depth)
        if opens or (depth and spaced and m[0] == "“" and paragraph[at + 1 : at + 2].strip()):
            marks[at] = "“"
            depth += 1
        elif depth:
            marks[at] = "”"
            depth -= 1
    return "".join(marks)


def _guillemets(text: str) -> str:
    """Rewrite guillemets; which of them opens differs between languages, hardly within an article."""
    if not ("»" in text or "«" in text or "›" in text or "‹" in text):
        return text
    if "«" not in text and "‹" not in text:
        return _CLOSE_TO_WORDS.sub('"', text)
    n_outward, n_inward = len(_OUTWARD.findall(text)), len(_INWARD.findall(text))
    return text.translate(_OUTWARD_MARKS if n_outward > n_inward else _INWARD_MARKS)
