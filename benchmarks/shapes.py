"""Measure how the time of annotating grows with the length of articles of odd shapes.

    python benchmarks/shapes.py [SHAPE ...]

Makes each shape in three sizes, n, 2n and 4n, annotates each, and prints the CPU time and the exponent between the
smallest and the largest: 1 where the time grows with the length, 2 where it grows with its square. All texts are invented.
Without a name all shapes are measured; a new one is a function of its size and a line in `SHAPES`.
"""

import math
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count, islice, product
from typing import NamedTuple

from sayso.classify.annotation.annotator import Annotator, load_annotator
from sayso.cli import collect_seldom
from sayso.data.records import Article

MOST = 1.1  # the exponent up to which a shape counts as growing with its length
_FIRST = "Anna Piet Mirjam Otto Greta Lars Ingrid Emil Paula Henrik Sonja Viktor Helga Bruno Klara Anton Edith Jonas".split()
_START = "Bal Cor Dra Fen Gol Har Kel Lom Mor Nar Pol Ros Sal Tor Vel Wer".split()
_MIDDLE = "a e i o u an en in on er ar il".split()
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
    """Give surnames that nobody bears, each another one."""
    plain = ("".join(parts) for parts in product(_START, _MIDDLE, _END))
    double = ("".join(parts[:3]) + "-" + "".join(parts[3:]) for parts in product(_START, _MIDDLE, _END, _START, _END))
    yield from plain
    yield from double


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
}


def seconds(annotator: Annotator, text: str) -> tuple[float, int]:
    """Give the CPU time of annotating a text, in seconds, and its number of sentences; the best of three tries."""
    tries = []
    for _ in range(3):
        began = time.process_time()
        rows = annotator.annotate(Article("shape", text))
        tries.append(time.process_time() - began)
    return min(tries), len(rows)


def main() -> None:
    names = sys.argv[1:] or list(SHAPES)
    if unknown := [name for name in names if name not in SHAPES]:
        sys.exit(f"No shape is called {unknown[0]!r}. There are: {'; '.join(SHAPES)}.")
    collect_seldom()  # as the command does
    annotator = load_annotator()
    annotator.annotate(Article("first", people(1)[0] + " said the harvest was late."))
    failed = 0
    for name in names:
        make, size = SHAPES[name]
        texts = [make(size * times) for times in (1, 2, 4)]
        taken = [seconds(annotator, text) for text in texts]
        grown = math.log(taken[-1][0] / taken[0][0]) / math.log(len(texts[-1]) / len(texts[0]))
        failed += grown > MOST
        costs = "  ".join(f"{n:>6,} sentences {cpu:6.2f} s" for cpu, n in taken)
        print(f"{name:40} {costs}  exponent {grown:.2f}{'  too much' if grown > MOST else ''}", flush=True)
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
