"""Short articles with marked attributions, as many as a test wants."""

from sayso.data.records import Attribution

SPEAKERS = {
    "Ines Tolk": "The pier is closed, {} said on Monday.",
    "Ben Aru": "{} said that the ropes had held.",
    "the harbour board": "Repairs take a year, according to {}.",
    "Mia Lund": "“Nobody warned us,” {} said.",
    "the ministry": "In Aldmar {} said the ferry would sail again.",
}
CONTENTS = (
    "The pier is closed",
    "the ropes had held",
    "Repairs take a year",
    "“Nobody warned us,”",
    "the ferry would sail again",
)
BESIDE = ("Rain fell on {n} streets.", "The ferry sails at {n} and returns at noon.", "Some {n} people live by the harbour.")


def reports(n):
    """Give an article with five attributions and sentences without, and where these stand."""
    order = [(k + n) % 5 for k in range(5)]
    text, found = "", []
    for k in order:
        who, line = list(SPEAKERS.items())[k]
        sentence = line.format(who)
        at = len(text)
        cue = "according to" if "according" in sentence else "said"
        places = [at + sentence.index(words) for words in (who, cue, CONTENTS[k])]
        source, cue, content = (
            (start, start + len(words)) for start, words in zip(places, (who, cue, CONTENTS[k]), strict=True)
        )
        found.append(Attribution(source, cue, (content,)))
        text += f"{sentence} {BESIDE[(k + n) % 3].format(n=n + k + 2)} "
    return text, found
