"""Labelling rules: patterns with a label, read from a small file and applied to sentences.

The file is TOML, a table for each rule; ``docs/label.md`` describes it.
"""

import re
import signal
import threading
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np

from ...errors import SaysoError
from ..agreement.vote import ABSTAINS
from ..arrays import Bools, Ints
from ..records import LabelledArticle, Sentence
from ..rows.places import ABOUT_ARTICLE, RESERVED
from ..scheme import LABELS_OF
from ..system.whole_file import whole_file

WHERE = ("text", "source", "cue")
WEAK = "weak_"
"""Weak labels stand in columns of their own, whose names begin so: they never pass for what a person gave."""
SECONDS = 5.0
"""So long may one rule take over one article; a pattern that backtracks without end is refused."""
_MOST_BYTES = 4_000_000  # thousands of rules are a tenth of it
_NEEDED, _ALSO = ("name", "column", "label", "pattern"), ("where", "ignore_case")


@dataclass(frozen=True, slots=True)
class LabelRule:
    """A pattern that gives a label to the sentences it is found in.

    Parameters
    ----------
    name : str
    column : str
        ``kind``, ``source_type``, ``bias``, or a column of the user's own.
    label : str
    pattern : re.Pattern
    where : str
        What is searched: the sentence, or the sources or cues that are marked in it.
    """

    name: str
    column: str
    label: str
    pattern: re.Pattern[str]
    where: str = "text"

    def fires(self, s: Sentence, text: str) -> bool:
        """Tell whether the pattern is found in a sentence of an article's text."""
        if self.where == "text":
            return self.pattern.search(s.span.of(text)) is not None
        spans = (getattr(x, self.where) for x in s.attributions)
        return any(self.pattern.search(span.of(text)) for span in spans if span is not None)


def read_label_rules(path: Path) -> list[LabelRule]:
    """Read a file of rules.

    Raises
    ------
    SaysoError
        If it cannot be read, or a rule is wrong: named by its number and name.
    """
    try:
        parsed = tomllib.loads(whole_file(path, most=_MOST_BYTES, what="a file of rules").decode("utf-8-sig"))
    except OSError as error:
        raise SaysoError(f"{path}: {error.strerror or error}; check the path.") from error
    except UnicodeDecodeError as error:
        raise SaysoError(f"{path}: not UTF-8; convert the file.") from error
    except tomllib.TOMLDecodeError as error:
        raise SaysoError(f"{path}: not valid TOML: {error}; write patterns in single quotation marks '…'.") from error
    except ValueError as error:  # a number of more digits than Python reads
        raise SaysoError(f"{path}: not valid TOML: {error}; correct the number.") from error
    except RecursionError as error:
        raise SaysoError(f"{path}: nested too deeply; give a file of rules, each starting with [[rule]].") from error
    tables = parsed.get("rule")
    if set(parsed) != {"rule"} or not isinstance(tables, list) or not all(isinstance(x, dict) for x in tables):
        raise SaysoError(f"{path}: the file must hold rules, each starting with [[rule]], and nothing else.")
    rules = [_rule(f"{path}: rule {i}", table) for i, table in enumerate(tables, 1)]
    for i, rule in enumerate(rules, 1):
        if rule.name in {other.name for other in rules[: i - 1]}:
            raise SaysoError(f"{path}: rule {i}: another rule is already named {rule.name!r}; give it a name of its own.")
    return rules


def _rule(where: str, table: Mapping[str, Any]) -> LabelRule:
    """Read one rule and judge it."""
    name = table.get("name")
    where += f" ({name})" if isinstance(name, str) else ""
    unknown = next((key for key in table if key not in _NEEDED + _ALSO), None)
    if unknown is not None:
        raise SaysoError(f"{where}: unknown key {unknown!r}; a rule can have {', '.join(_NEEDED + _ALSO)}.")
    for key in _NEEDED:
        if not isinstance(table.get(key), str) or not table[key].strip():
            raise SaysoError(f"{where}: {key} is missing; give it as a text.")
    column, label, place = table["column"], table["label"], table.get("where", "text")
    if (column in RESERVED and column not in LABELS_OF) or column.startswith((ABOUT_ARTICLE, WEAK)):
        raise SaysoError(
            f"{where}: rules cannot label {column!r}; they can label {', '.join(LABELS_OF)}, or a column of your own."
        )
    if column in LABELS_OF and label not in LABELS_OF[column]:
        raise SaysoError(f"{where}: {column} {label!r} is not one of {', '.join(LABELS_OF[column])}.")
    if place not in WHERE:
        raise SaysoError(f"{where}: where {place!r} is not one of {', '.join(WHERE)}.")
    ignore_case = table.get("ignore_case", True)
    if not isinstance(ignore_case, bool):
        raise SaysoError(f"{where}: ignore_case must be true or false.")
    return LabelRule(table["name"], column, label, _compiled(where, table["pattern"], ignore_case), place)


def _compiled(where: str, pattern: str, ignore_case: bool) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.IGNORECASE if ignore_case else 0)
    except (re.error, OverflowError, RecursionError) as error:
        raise SaysoError(f"{where}: the pattern is not a valid regular expression: {error}.") from error


def apply_label_rules(rules: Sequence[LabelRule], articles: Sequence[LabelledArticle], seconds: float = SECONDS) -> Bools:
    """Find which rules fire where.

    Parameters
    ----------
    rules : sequence of LabelRule
    articles : sequence of LabelledArticle
    seconds : float
        Limit of one rule on one article. It needs the main thread and a system with ``SIGALRM`` (not Windows);
        elsewhere there is no limit.

    Returns
    -------
    ndarray of bool, shape (n_sentences, n_rules)

    Raises
    ------
    SaysoError
        If a rule takes longer.
    """
    fired = np.zeros((sum(len(a.sentences) for a in articles), len(rules)), dtype=bool)
    at = 0
    for labelled in articles:
        text, n = labelled.article.text, len(labelled.sentences)
        for i, rule in enumerate(rules):
            with _limit(seconds, rule, labelled.article.id):
                fired[at : at + n, i] = [rule.fires(s, text) for s in labelled.sentences]
        at += n
    return fired


@contextmanager
def _limit(seconds: float, rule: LabelRule, article: str) -> Iterator[None]:
    """Stop a search that takes too long: Python's matcher looks for signals while it works."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise SaysoError(
            f"rule {rule.name!r} took more than {seconds:g} s over article {article!r}: its pattern can match in too many "
            "ways; make repetitions possessive (a++ for a+) or narrower ([^,]* for .*)."
        )

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def votes_of(rules: Sequence[LabelRule], fired: Bools, labels: Sequence[str]) -> Ints:
    """Turn what fired into votes: shape (n_sentences, n_rules), number of the label or -1."""
    numbers = np.array([labels.index(rule.label) for rule in rules], dtype=np.int64)
    return np.where(fired, numbers, ABSTAINS)
