"""The odd shapes of article that `shapes.py` measures: a function of a size each, and the table of them. All is invented."""

from collections.abc import Callable, Iterator
from itertools import count, cycle, islice, product
from typing import NamedTuple

_FIRST = "Anna Piet Mirjam Otto Greta Lars Ingrid Emil Paula Henrik Sonja Viktor Helga Bruno Klara Anton Edith Jonas".split()
_START = "Bal Cor Dra Fen Gol Har Kel Lom Mor Nar Pol Ros Sal Tor Vel Wer".split()
_MIDDLE = "a e i o u an en in on er ar il".split()
_WITHIN = "bal cor dra fen gol har kel lom mor nar pol ros sal tor vel wer".split()
_END = "berg dal feld gard holm kamp lund mark nes rud stad vik".split()


class Shape(NamedTuple):
    """A shape of article.

    Parameters
    ----------
    make : callable
        Gives the text by a size.
    size : int
        The smallest size measured.
    """

    make: Callable[[int], str]
    size: int


def surnames() -> Iterator[str]:
    """Give tens of thousands of surnames that nobody bears, each another one, and all of one sort."""
    return map("".join, product(_START, _MIDDLE, _WITHIN, _END))


def people(n: int) -> list[str]:
    """Name ``n`` people with a first name and a surname of their own."""
    return [f"{_FIRST[k % len(_FIRST)]} {surname}" for k, surname in enumerate(islice(surnames(), n))]


def one_surname(n: int) -> str:
    """Make an article on ``n`` people of one surname, half of them called by it alone afterwards."""
    given = islice(surnames(), n)
    return " ".join(f"{name} Roe, a farmer in Ems, said the harvest was late. Roe said rain was to blame." for name in given)


def titled_surname(n: int) -> str:
    """Make an article on ``n`` people of one surname, who are called Mr or Ms afterwards."""
    titles = zip(islice(surnames(), n), ("Mr", "Ms") * n, strict=False)
    return " ".join(f"{name} Roe runs the mill in Ems. {title} Roe said the wheel was broken." for name, title in titles)


def pronouns(n: int) -> str:
    """Make an article on ``n`` people, each followed by *she* or *he*."""
    told = zip(people(n), ("She", "He", "They", "It") * n, strict=False)
    return " ".join(f"{name} opened the gate. {pronoun} said the path was dry." for name, pronoun in told)


def nobody_fits(n: int) -> str:
    """Make an article on ``n`` women, each followed by a *he* who is none of them."""
    return " ".join(f"Ms {name} opened the gate. He said the path was dry." for name in people(n))


def roles(n: int) -> str:
    """Make an article on ``n`` people, each followed by somebody without a name."""
    told = zip(people(n), ("The company", "The farmer", "The union", "Officials") * n, strict=False)
    return " ".join(f"{name} opened the gate. {role} said the path was dry." for name, role in told)


def bodies(n: int) -> str:
    """Make an article on ``n`` bodies whose names end alike, each called by a noun afterwards."""
    return " ".join(
        f"The {name} Council met in Ems. The council said the fee would rise, and it promised a review."
        for name in islice(surnames(), n)
    )


def one_person(n: int) -> str:
    """Make an article that names one person in each of ``n`` sentences."""
    forms = ("Ana Roe said the bridge was closed.", "Roe, the mayor, said so twice.", "Ms Roe opened the meeting.")
    return " ".join(forms[k % len(forms)] for k in range(n))


def captains(n: int) -> str:
    """Make an article on ``n`` captains, who are of a team or of an army by what the article is about."""
    return " ".join(f"Captain {name} said the match was lost." for name in people(n))


def surveys(n: int) -> str:
    """Make an article that comes back to a survey ``n`` times."""
    told = islice(count(1), n)
    return "The Ems Institute published a new survey of tenants. " + " ".join(
        f"In ward {k} rents rose. The survey found that {k} tenants had moved." for k in told
    )


def by_people(clause: str, joint: str = " ", end: str = "") -> Callable[[int], str]:
    """Give the article that has a clause for each of ``n`` people, whose name stands where the clause has ``{}``."""
    return lambda n: joint.join([clause.format(name) for name in people(n)]) + end


def repeated(words: str, end: str = "", *, begin: str = "") -> Callable[[int], str]:
    """Give the article that has some words ``n`` times."""
    return lambda n: begin + words * n + end


def cues(n: int) -> str:
    """Make a sentence with ``n`` cues in a row."""
    verbs = "said told claimed warned added argued insisted noted".split()
    return "Anna Roe " + " ".join(islice(cycle(verbs), n)) + " that the bridge was closed."


def relays(n: int) -> str:
    """Make an article in which ``n`` people say what ``n`` others have told them."""
    names = people(2 * n)
    told = zip(names[:n], names[n:], strict=True)
    return " ".join(f"{one} said {other} had told her that the bridge was closed." for one, other in told)


def lists(n: int) -> str:
    """Make an article that names eight people in each of ``n`` sentences."""
    names = people(8 * n)
    return " ".join(", ".join(names[at : at + 8]) + " said the bridge was closed." for at in range(0, 8 * n, 8))


def line(n: int) -> str:
    """Make one line of ``n`` ordinary sentences, some 90 bytes each."""
    names = cycle(islice(surnames(), 1000))
    return " ".join(
        f"In ward {k % 1000} rents rose by {k % 9} per cent, and the mayor said that tenants of {name} moved."
        for k, name in zip(range(n), names, strict=False)
    )


_MARKS = (
    '"',
    "“”",
    "“",
    "”",
    "'",
    "' ",
    "‘",
    "’",
    "‘’",
    "«",
    "»",
    "«»",
    "„",
    "„“",
    "「",
    "」",
    "「」",
    "``",
    "''",
    "‹",
    "'\"",
    "’s",
)
SHAPES: dict[str, Shape] = {
    "people of one surname": Shape(one_surname, 500),
    "people of one surname, by title": Shape(titled_surname, 500),
    "people, each with a pronoun": Shape(pronouns, 500),
    "people, and a pronoun for none of them": Shape(nobody_fits, 500),
    "people, each with a role": Shape(roles, 500),
    "bodies that are called alike": Shape(bodies, 500),
    "one person, again and again": Shape(one_person, 1000),
    "captains": Shape(captains, 500),
    "one survey, again and again": Shape(surveys, 500),
    "clauses between commas": Shape(by_people("{} said the bridge was closed", ", ", "."), 400),
    "clauses between semicolons": Shape(by_people("{} said the bridge was closed", "; ", "."), 600),
    "clauses of one speaker": Shape(repeated("Roe said the bridge was closed, ", "he said."), 400),
    "clauses with pronouns": Shape(repeated("he said the bridge was closed and she denied it, ", "they said."), 600),
    "inverted clauses": Shape(by_people("the bridge was closed, said {}", ", ", "."), 400),
    "inverted clauses, a sentence each": Shape(by_people("The bridge was closed, said {}."), 1000),
    "clauses with according to": Shape(by_people("according to {} the bridge was closed", ", ", "."), 400),
    "cues in a row": Shape(cues, 4000),
    "a chain of relays": Shape(by_people("{} said", " ", " the bridge was closed."), 600),
    "a chain of relays with that": Shape(by_people("{} told reporters that", " ", " the bridge was closed."), 400),
    "relays by many names": Shape(relays, 500),
    "quotations in one sentence": Shape(by_people('"The bridge is closed," said {}', ", ", "."), 400),
    "quoted words in one sentence": Shape(by_people('"the bridge is closed" by {}', " and ", "."), 1000),
    "short quotations": Shape(repeated('"Yes," he said. '), 3000),
    "a quotation of many sentences": Shape(repeated("The bridge is closed. ", '" Anna Roe said.', begin='"'), 3000),
    "quotations that never end": Shape(repeated('Roe said "the bridge was closed. '), 2000),
    "he said, and a dash": Shape(repeated("He said — "), 500),
    "one list of names": Shape(by_people("{}", ", ", " and Otto Lind said the bridge was closed."), 1000),
    "lists of names": Shape(lists, 100),
    "relative clauses": Shape(repeated("Roe, who said that Lind, ", "was late."), 500),
    "sources without a name": Shape(repeated("officials said, police said, ", "it was late."), 200),
    "hedges": Shape(repeated("reportedly allegedly ", "it was late."), 500),
    "names and cues": Shape(by_people("{} said", " ", "."), 800),
    "one line of 1 to 5 MB": Shape(line, 13_000),
    **{f"quotation marks {marks}": Shape(repeated(marks), 25_000 // len(marks)) for marks in _MARKS},
    "quotation marks, mixed": Shape(repeated("“a\" ‘b” «c' „d» 「e“ "), 1500),
    "quotation marks around words": Shape(repeated('"so" '), 5000),
    "quotation marks between words": Shape(repeated('Roe " said “ so ” '), 2000),
    "single quotation marks around words": Shape(repeated("‘so’ he said, 'no'. "), 2000),
    "line ends": Shape(repeated("\n", "b", begin="a"), 100_000),
    "empty lines": Shape(repeated("\n\n", "b", begin="a"), 50_000),
    "line ends of Windows": Shape(repeated("\r\n", "b", begin="a"), 50_000),
    "line ends of Unicode": Shape(repeated("\u2028", "b", begin="a"), 50_000),
    "words between line ends of Unicode": Shape(repeated("Roe said\u2028"), 3000),
    "words between empty lines": Shape(repeated("Roe said so\n\n"), 2000),
    "lines that end within a sentence": Shape(repeated("the bridge was\nclosed and Roe said\n"), 1000),
    "lines of one character": Shape(repeated("a\n"), 10_000),
    "commas": Shape(repeated("a, "), 25_000),
    "semicolons": Shape(repeated("a; "), 25_000),
    "commas alone": Shape(repeated(","), 25_000),
    "colons alone": Shape(repeated(":"), 25_000),
    "semicolons alone": Shape(repeated(";"), 25_000),
    "dashes": Shape(repeated("a — "), 12_500),
    "dashes alone": Shape(repeated("—"), 25_000),
    "full stops": Shape(repeated("."), 25_000),
    "full stops with spaces": Shape(repeated(". "), 25_000),
    "one letter and a full stop": Shape(repeated("A. "), 10_000),
    "ellipses": Shape(repeated("… he said "), 2000),
    "question marks": Shape(repeated("?! "), 12_500),
    "numbers": Shape(repeated("12 "), 12_500),
    "one long number": Shape(repeated("1"), 250_000),
    "numbers with points": Shape(repeated("1.2.3. "), 5000),
    "amounts": Shape(repeated("$12.50 per cent, "), 3000),
    "dates": Shape(repeated("On 4 March 2024, "), 2000),
    "capitals": Shape(repeated("ROE "), 10_000),
    "words in capitals": Shape(repeated("THE BRIDGE IS CLOSED, ROE SAID. "), 1000),
    "capitalised words": Shape(repeated("Ems Bridge Council "), 3000),
    "one capitalised word": Shape(repeated("Roe "), 10_000),
    "of and of": Shape(repeated("the mayor of ", "Ems said so."), 3000),
    "names joined by and": Shape(by_people("{}", " and ", " said the bridge was closed."), 1000),
    "said": Shape(repeated("said "), 10_000),
    "that": Shape(repeated("that "), 10_000),
    "he said that": Shape(repeated("he said that "), 1500),
    "and": Shape(repeated("and "), 10_000),
    "not": Shape(repeated("not "), 10_000),
    "colons behind names": Shape(by_people("{}: the bridge is closed", " "), 600),
    "colons": Shape(repeated("Roe: "), 25_000),
    "addresses of pages": Shape(repeated("https://ems.example/a-b/c?d=e "), 25_000),
    "one long address": Shape(repeated("a/", begin="https://ems.example/"), 100_000),
    "hyphens": Shape(repeated("a - "), 25_000),
    "one word with hyphens": Shape(repeated("-b", begin="a"), 100_000),
    "possessives": Shape(repeated("Roe's "), 25_000),
    "possessives in a chain": Shape(repeated("Roe's mother's ", "farm was sold."), 3000),
    "brackets": Shape(repeated("(Roe) "), 10_000),
    "opening brackets": Shape(repeated("("), 25_000),
    "square brackets": Shape(repeated("[1] "), 10_000),
    "brackets in brackets": Shape(lambda n: "(a " * n + ")" * n, 5000),
    "addresses of mail": Shape(repeated("roe@ems.example, "), 3000),
    "names of accounts": Shape(repeated("@roe_ems #bridge "), 3000),
    "pictographs": Shape(repeated("\U0001f600 "), 10_000),
    "marks above letters": Shape(repeated("e\u0301"), 25_000),
    "spaces": Shape(repeated(" ", "b", begin="a"), 100_000),
    "spaces without a break": Shape(repeated("\u00a0", "b", begin="a"), 100_000),
    "tabs": Shape(repeated("a\t"), 25_000),
    "a transcript": Shape(by_people("{}: The bridge is closed, and nobody told us.", "\n"), 1000),
    "questions and answers": Shape(repeated("Q: Is the bridge closed?\nA: It is.\n"), 1000),
    "paragraphs of one line": Shape(by_people("{} said the bridge was closed.", "\n\n"), 1000),
    "bullets": Shape(repeated("- Roe said so\n"), 2000),
    "one token of 2 MB": Shape(repeated("a"), 500_000),
}
