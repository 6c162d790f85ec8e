"""Posts of social media that were pasted into a text: name, handle, words and time, a line each."""

import re
from functools import cache

_DAY = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?|\d{1,2} [A-Z][a-z]{2,8}\.?(?: \d{4})?|\d{1,2}[hms])"
_HOUR = r"\d{1,2}:\d\d(?:\s?[AaPp]\.?[Mm]\.?)?"
_TIME = rf"(?:{_HOUR}\s*[·•|,-]\s*{_DAY}|{_DAY}\s*(?:[·•|,-]|at)\s*{_HOUR}|{_DAY})(?:\s*[·•|].{{0,60}})?"
_COUNTED = "Reposts?|Retweets?|Quotes?|Quote Tweets|Likes?|Bookmarks|Views|Replies|Comments|Shares"
_COUNTER = rf"(?:\n\s*(?:[\d.,]+[KM]?\s*)?(?:{_COUNTED})\b[^\n.]{{0,60}})"
_NAME = r"(?P<name>(?!(?:By|BY|From|Follow)\b)[^\W\d_][^\n@:]{1,50}?)"
_HANDLE = r"\(?@\w{1,30}\)?"
_POST = (
    r"^[ \t]*(?P<name>[^\W\d_][^\n@:]{1,50}?)[ \t✓✔☑️]*(?:\n[ \t]*|[ \t]+)@\w{1,30}[ \t]*(?:[·•][^\n]{0,30})?\n"
    r"(?:[ \t]*Replying to [^\n]{1,80}\n)?"
    r"(?P<words>(?![ \t]*[·•][ \t]*\n)(?:[^\n@][^\n]*\n{1,2}){1,12}?)"
    rf"[ \t]*{_TIME}[ \t]*{_COUNTER}{{0,6}}[ \t]*$"
)
# The time above the words, which end with their paragraph. Without a dot before the time it may be a byline, so that a
# sentence has to stand above it.
_NUMBERS = rf"(?:\n[ \t]*(?:[\d.,]+[KM]?|(?:[\d.,]+[KM]?[ \t]+)?(?:{_COUNTED})\b[^\n.]{{0,60}})(?=[ \t]*(?:\n|\Z))){{0,8}}"
_WORDS = rf"\n(?P<words>[^\n]+(?:\n[^\n]+){{0,7}}?){_NUMBERS}(?=[ \t]*(?:\n[ \t]*\n|\n?\Z))"
_TIMED = (
    rf"^[ \t]*{_NAME}[ \t✓✔☑️]*(?:\n[ \t]*|[ \t]+){_HANDLE}(?:[ \t]*|[ \t]*\n[ \t]*)[·•](?:[ \t]*|[ \t]*\n[ \t]*)"
    rf"{_DAY}[ \t]*{_WORDS}|"
    rf"(?<=[.:!?”\"]\n\n){_NAME.replace('name', 'author')}[ \t]+{_HANDLE}[ \t,|-]*{_DAY}[ \t]*"
    rf"{_WORDS.replace('words', 'text')}"
)
# Of Facebook: a name and a time are a byline too, and the buttons below tell the post.
_BUTTONS = (
    r"(?:\n[ \t]*(?:(?:Like|Comment|Share|Reply|Send)(?:[ \t·]+(?:Like|Comment|Share|Reply|Send)){1,3}|"
    r"All reactions:[^\n]{0,60}|"
    rf"[\d.,]+[KM]?[ \t]+(?i:{_COUNTED})\b[^\n.]{{0,60}})(?=[ \t]*(?:\n|\Z))){{1,6}}"
)
_SHARED = rf"^[ \t]*{_NAME}[ \t✓✔☑️]*\n[ \t]*{_TIME}[ \t·•]*\n(?P<words>(?:[^\n]+\n{{1,2}}){{0,8}}?[^\n]+){_BUTTONS}"
_POSSIBLY_SHARED = re.compile(
    r"\n[ \t]*(?:Like|Comment|Share|All reactions|[\d.,]+[KM]?[ \t]+(?:like|comment|share|repl)s?)\b", re.I
)
_SIGNED = rf"(?:[—–]|--)[ \t]*(?P<name>[^\W\d_][^\n@:()—–]{{1,50}}?)[ \t]+\(@\w{{1,30}}\)[ \t]*{_DAY}[ \t]*$"
_REPEATED = r"^[ \t]*RT (?P<name>@\w{1,30}): ?(?P<words>[^\n“”\"]{3,400}?)[ \t]*$"
_BLOCK = (
    r"(?:\A|(?<=\n))(?P<words>(?:>[ \t]?[^\s>—–-][^\n]*\n){1,12})(?:>[ \t]*\n)?"
    r">[ \t]?(?:[—–]|--)[ \t]*(?P<name>[A-Z][\w.’'-]*(?: (?:de|van|von|al|[A-Z][\w.’'-]*)){1,3}(?:, [^\n.:]{2,60})?)"
    r"[ \t]*(?=\n(?!>)|\Z)"
)
_MOST_SIGNED = 600  # characters of a post with its author behind it; a longer paragraph is more than a post


def with_posts_as_quotations(text: str) -> str:
    r"""Return a text in which pasted posts say whose words they are; the same text where none is.

    >>> with_posts_as_quotations("Bo Lind\n@bolind\nI won.\n7:02 PM · Mar 3, 2024")
    'Bo Lind posted: “I won.”'
    >>> with_posts_as_quotations("> I won.\n> — Bo Lind, baker")
    'Bo Lind, baker, said: “I won.”'
    """
    if "@" in text:
        text = _compiled(_TIMED).sub(_quotation, _compiled(_POST).sub(_quotation, text))
        text = _compiled(_REPEATED).sub(_quotation, _with_signed(text))
    if _POSSIBLY_SHARED.search(text):
        text = _compiled(_SHARED).sub(_quotation, text)
    return _compiled(_BLOCK).sub(_block, text) if ">" in text else text


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern that few articles need."""
    return re.compile(pattern, re.MULTILINE)


def _quotation(m: re.Match[str]) -> str:
    parts = m.groupdict()
    return _posted(parts["name"] or parts["author"], parts["words"] or parts["text"])


def _posted(name: str, words: str) -> str:
    return f"{name.strip()} posted: “{_inner_marks(' '.join(words.split()))}”"


def _inner_marks(words: str) -> str:
    """Write quotations within a post in single marks, so that they do not end that of the post."""
    return re.sub(r"[“\"]([^“”\"]{1,400})[”\"]", r"‘\1’", words)


def _block(m: re.Match[str]) -> str:
    name, words = m["name"].strip(), " ".join(line.lstrip("> \t") for line in m["words"].splitlines())
    comma = "," if "," in name else ""
    quoted = words if words[:1] in '“"' else f"“{words.strip()}”"
    return f"{name}{comma} said: {quoted}"


def _with_signed(text: str) -> str:
    """Put the author of a post in front of it: ``I won. — Bo Lind (@bolind) March 3, 2024``."""
    parts, at = [], 0
    for m in _compiled(_SIGNED).finditer(text):
        end = at + len(text[at : m.start()].rstrip())
        start = max(at, text.rfind("\n\n", at, end) + 2 if "\n\n" in text[at:end] else at)
        if end - start > _MOST_SIGNED or "\n\n" not in text:
            start = max(at, text.rfind("\n", at, end) + 1)
        words = text[start:end].strip().strip('“”"')
        if words:
            parts += [text[at:start], _posted(m["name"], words)]
            at = m.end()
    return "".join([*parts, text[at:]])
