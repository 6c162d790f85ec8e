"""Posts of social media that were pasted into a text: name, handle, words and time, a line each."""

import re

_DAY = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?|\d{1,2} [A-Z][a-z]{2,8}\.?(?: \d{4})?|\d{1,2}[hms])"
_HOUR = r"\d{1,2}:\d\d(?:\s?[AaPp]\.?[Mm]\.?)?"
_TIME = rf"(?:{_HOUR}\s*[·•|,-]\s*{_DAY}|{_DAY}\s*(?:[·•|,-]|at)\s*{_HOUR}|{_DAY})(?:\s*[·•|].{{0,60}})?"
_COUNTED = "Reposts?|Retweets?|Quotes?|Quote Tweets|Likes?|Bookmarks|Views|Replies|Comments|Shares"
_COUNTER = rf"(?:\n\s*(?:[\d.,]+[KM]?\s*)?(?:{_COUNTED})\b[^\n.]{{0,60}})"
_POST = re.compile(
    r"^[ \t]*(?P<name>[^\W\d_][^\n@:]{1,50}?)[ \t✓✔☑️]*(?:\n[ \t]*|[ \t]+)@\w{1,30}[ \t]*(?:[·•][^\n]{0,30})?\n"
    r"(?:[ \t]*Replying to [^\n]{1,80}\n)?"
    r"(?P<words>(?:[^\n@][^\n]*\n{1,2}){1,12}?)"
    rf"[ \t]*{_TIME}[ \t]*{_COUNTER}{{0,6}}[ \t]*$",
    re.MULTILINE,
)


def with_posts_as_quotations(text: str) -> str:
    r"""Return a text in which pasted posts say whose words they are; the same text where none is.

    >>> with_posts_as_quotations("Bo Lind\n@bolind\nI won.\n7:02 PM · Mar 3, 2024")
    'Bo Lind posted: “I won.”'
    """
    return _POST.sub(_quotation, text) if "@" in text else text


def _quotation(m: re.Match[str]) -> str:
    return f"{m['name'].strip()} posted: “{' '.join(m['words'].split())}”"
