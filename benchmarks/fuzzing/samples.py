"""What inputs begin with: invented articles, sentences with labels, and values that programs trip over."""

import random
import re
from copy import deepcopy
from typing import Any

ARTICLES = (
    "The bridge of Tolm will stay shut until June, the transport ministry said. Lorries queue for hours.\n\n"
    "“We warned them twice,” said Ilva Tarn, the mayor. She blamed the contractor, who denied it.\n\n"
    "According to a survey by the Oster Institute, two in three residents want a ferry.",
    "QUILLHAVEN (Gull Press) — Officials said on Monday that the dyke had held. Ida Brack, who lives behind it, "
    "said she had not slept. “Nobody told us,” she added. The council's spokesman, Per Holm, called that “a lie”.",
    "Ferry strike ends\n\nBy Ada Moor\n\nThe ferry sails again, its captain Mara Lund told reporters. "
    "Lund claimed the owners had lost 40,000 crowns. They reportedly paid. Critics say the deal is shameful.",
    "Q: Is the harbour safe?\nA: It is, as I said in May.\nTARN: We counted the boats twice.\nHOLM: You did not.\n\n"
    "The exchange was broadcast on Velm Radio, which is owned by the state.",
    'Anna Roe said "the harvest" was late. Roe, a farmer in Ems, said rain was to blame. Her neighbour, Otto Lind, '
    "did not think so. It rained. Dr. Lind Jr. said the U.S. firm paid $4.5m in 2031.",
    "He said — she said. The minister, Mr Dahl, is said to have resigned; sources close to him deny it. "
    "Police said: “We have no evidence.” A court in Kerrow is to hear the case on 4 March, its clerk said.",
    "Prices rose by 3 per cent, the statistics office reported. Economists at Orla Bank expect more. "
    "“It's a disgrace,” tenants' leader Sonja Fenner shouted. The government, she wrote on Tuesday, “has failed us”.",
)
LABELLED: tuple[tuple[str, str, str], ...] = (
    ("The ministry said the dyke was safe.", "official_claim", "state"),
    ("“It will hold,” Ida Brack said.", "quote", "individual"),
    ("Snow fell.", "narrative", "none"),
    ("Engineers at the Oster Institute found cracks.", "independent_assessment", "expert"),
    ("Mayor Ilva Tarn said the bridge was safe.", "official_claim", "political"),
    ("A shameful lie, residents of Tolm replied.", "quote", "individual"),
)
"""A sentence, its kind and its source type."""
CHARACTERS = tuple(
    "\0\r\n\t\v\f\x1b\x1c\x1e\x7f\x85\xa0\xad²³¹¼①④Ⅷ٣৩１９٫\u0300\u0301\u0345\u034f\u061c\u115f\u1680\u180e\u200b\u200c\u200d"
    "\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069\u2060\u2063\u2212\u3000\ufe0f\ufeff\ufffc\ufffd\uffff\ue000ßİıſΣςǅŉﬁ"
    "\U0001f600\U0001f1e9\U0001f3fd\U000e0041\U0010ffff\"'“”„«»‹›‘’‚`´—–-…·•:;,.!?()[]{}<>&%$#@/\\|=+*~^_"
)
WORDS = (
    *("said", "told", "claimed", "according to", "he said", "she said,", "said —", "“", "”", '"', "' ", "’s", "s’"),
    *("Mr", "Ms Roe", "Roe", "Dr.", "the ministry", "officials", "police said", "10²", "²", "9" * 30, "9" * 5000, "1e400"),
    *(
        "https://ems.example/a?b=c#d",
        "ada@ems.example",
        "@tarn",
        "#tolm",
        "</p>",
        "<script>alert(1)</script>",
        "<!--",
        "]]>",
    ),
    *(
        "&amp;",
        "&#0;",
        "&#xD800;",
        "&#1114112;",
        "&nbsp;",
        "\x1b[31m",
        "=1+1",
        "{{7*7}}",
        "%s%n",
        "\\u0000",
        "\r\n",
        "\n\n\n",
    ),
    *(
        "a" * 300,
        "-" * 80,
        "a-" * 100,
        "e\u0301" * 40,
        "\u202e",
        "…",
        "...",
        "(",
        ")",
        "Q:",
        "TARN:",
        "1.",
        "• ",
        "* ",
        "  ",
    ),
    *(
        "4 March 2031",
        "2031-02-30",
        "31/31/31",
        "٣",
        "①",
        "½",
        "$4.5m",
        "No.",
        "U.S.",
        "p.m.",
        "i.e.",
        "Jan.",
        "\t",
        "\ufeff",
    ),
)
VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 2, 1.5, -0.0, 1e308, 5e-324, 2**31, 2**53 + 1, 2**63, 2**64, -(2**63) - 1, 10**30),
    *(
        "",
        " ",
        "\0",
        "a",
        "²",
        "١",
        "1",
        "-1",
        "1.0",
        "1e999",
        "NaN",
        "Infinity",
        "true",
        "null",
        "[]",
        "{}",
        "[1]",
        "\ud800",
    ),
    *("=1+1", "\x1b[31mred", "<script>", "../../x", "/etc/passwd", "CON", "a\nb", "\u202eabc", "x" * 2000, "9" * 5000),
    *([], {}, [[]], [None], [{}], {"a": 1}, {"": ""}, {"a": {"a": {}}}, ["a", 1], [1, 2], {"start": 0, "end": 1}),
    *(float("nan"), float("inf"), "narrative", "quote", "state", "2031-02-30", "0001-01-01", "9999-12-31T24:00:00Z"),
)
NAMES = (
    *("text", "id", "title", "outlet", "date", "url", "article", "n", "start", "end", "before", "after", "kind", "split"),
    *(
        "source_type",
        "bias",
        "stance",
        "loaded",
        "attributions",
        "annotator",
        "label",
        "topic",
        "complete",
        "meta",
        "targets",
    ),
    *("language", "sentence", "source", "speaker", "cue", "content", "head_span", "mentions", "suggested_kind", "note", ""),
)


def article(draw: random.Random) -> str:
    """Give an invented article, or some sentences of one: most faults need no more."""
    whole = draw.choice(ARTICLES)
    if draw.random() < 0.1:
        return whole
    sentences = re.split(r"(?<=[.”])\s+", whole)
    start = draw.randrange(len(sentences))
    return " ".join(sentences[start : start + draw.choice((1, 1, 2))])


def deep(draw: random.Random) -> Any:
    """Give a value with many lists or objects in each other."""
    value: Any = deepcopy(draw.choice(VALUES))
    for _ in range(draw.choice((3, 20, 200))):
        value = [value] if draw.random() < 0.5 else {"a": value}
    return value


def value(draw: random.Random) -> Any:
    """Give an odd value."""
    return deep(draw) if draw.random() < 0.03 else deepcopy(draw.choice(VALUES))  # lists are changed in place
