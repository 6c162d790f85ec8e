"""The roster as a table that a newsroom opens, adds columns to, and gives back."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...data.articles.decode import decode
from ...data.articles.notices import Say
from ...data.scheme import SOURCE_TYPES, TONES
from ...data.system.whole_file import whole_file
from ...data.tabular.spreadsheets import csv_text, unquoted
from ...errors import SaysoError
from ..speakers.aliases import SORTS, UNNAMED, Known, known_as
from ..speakers.justification import JUSTIFICATIONS, NAMINGS
from ..speakers.pronouns import HE, OTHER, PRONOUN_GROUPS, SHE, THEY
from .proposals import open_proposals
from .roster import SAME_AS, Group, Roster, Source, Words

_JUSTIFIED = (*(f"by_{label}" for label in JUSTIFICATIONS[:-1]), "not_justified")
_PRONOUNS = tuple(f"pronoun_{label}" for label in (HE, SHE, THEY, OTHER))
COLUMNS = (
    *("speaker", "sort", "full_name", "source_type", "articles", "sentences", "attributions"),
    *("words_quoted", "words_paraphrased", "share_of_words", *TONES, "cues", "descriptions", "first_date", "last_date"),
    *("pronouns_printed", *_PRONOUNS, *_JUSTIFIED, *NAMINGS, "same_as_proposed", "same_as_reason"),
)
ACCEPTED = frozenset({"yes", "y", "x", "true"})
"""What says in `SAME_AS` that the speaker proposed is the right one."""
NOT_GIVEN = "(not given)"
Row = dict[str, str | int | float]
"""A row of the roster by column."""
_MOST = 5  # cues, and descriptions, in a cell
_LARGEST = 50_000_000  # bytes: a roster of some 300,000 speakers


@dataclass(frozen=True, slots=True)
class Kept:
    """What a newsroom's roster holds.

    Parameters
    ----------
    columns : tuple of str
        Those that are not ours, in their order.
    rows : mapping of str to (Known, mapping of str to str)
        By the speaker's key: who it is, and the columns.
    """

    columns: tuple[str, ...]
    rows: Mapping[str, tuple[Known, Mapping[str, str]]]

    @property
    def same(self) -> dict[str, Known]:
        """Give the names that are another's, and whose: of several joined one after the other, the last."""
        wanted = {key: added[SAME_AS] for key, (_, added) in self.rows.items() if added.get(SAME_AS)}
        by_name = {known.name.casefold(): known for known, _ in self.rows.values()}
        targets = {key: by_name.get(name.casefold()) or known_as(name)._replace(name=name) for key, name in wanted.items()}
        return {key: _end_of(key, targets) for key in targets}

    def carry_on(self, roster: Roster) -> None:
        """Put the columns to the speakers; who says nothing this time stays in the roster."""
        for key, (known, added) in self.rows.items():
            source = roster.sources.setdefault(key, Source(known.name, known.sort))
            source.added = added


def _end_of(key: str, targets: Mapping[str, Known]) -> Known:
    """Follow a speaker to whom it is joined to in the end."""
    known, passed = targets[key], [key]
    while known.key in targets:
        if known.key in passed:
            raise SaysoError(f"same_as joins {known.name!r} to itself; empty one of these cells.")
        passed.append(known.key)
        known = targets[known.key]
    return known


def read_roster(path: str, notice: Say) -> Kept:
    """Read a roster, as a spreadsheet saved it: commas, semicolons or tabs, any encoding.

    Raises
    ------
    SaysoError
        If it is no table with a column ``speaker``, or a speaker stands twice.
    """
    header, lines = _table_in(decode(_read(path), path, notice), path)
    if "speaker" not in header:
        raise SaysoError(f"{path}: no column 'speaker' in the first line; give a roster that sayso audit wrote.")
    if twice := [name for name, n in Counter(filter(None, header)).items() if n > 1]:
        raise SaysoError(f"{path}: two columns have the name {twice[0]!r}; rename one.")
    columns = tuple(name for name in header if name and name not in COLUMNS)
    kept = Kept(columns, _kept_rows(path, [dict(zip(header, line, strict=False)) for line in lines], columns))
    for known in kept.same.values():
        if known.sort == UNNAMED and known.key not in kept.rows:
            raise SaysoError(f"{path}: same_as {known.name!r} is no name; copy it from the column speaker.")
    return kept


def _read(path: str) -> bytes:
    try:
        return whole_file(path, most=_LARGEST, what="a roster")
    except (OSError, ValueError) as error:
        raise SaysoError(f"{path}: {getattr(error, 'strerror', None) or error}; check the path.") from error


def _table_in(text: str, path: str) -> tuple[list[str], list[list[str]]]:
    """Give the column names and the other lines that are not empty; what divides the first line most divides cells."""
    header_line = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=header_line.count))
    try:
        lines = [line for line in reader if any(cell.strip() for cell in line)]
    except csv.Error as error:
        raise SaysoError(f"{path}: broken at line {reader.line_num} ({error}); save it as CSV again.") from error
    return ([unquoted(name.strip()) for name in lines[0]], lines[1:]) if lines else ([], [])


def _kept_rows(
    path: str, rows: Iterable[Mapping[str, str]], columns: Sequence[str]
) -> dict[str, tuple[Known, Mapping[str, str]]]:
    kept: dict[str, tuple[Known, Mapping[str, str]]] = {}
    for row in rows:
        speaker = unquoted(row["speaker"].strip())
        if not speaker:
            continue
        key, known = _who(speaker, row.get("sort", "").strip())
        if key in kept:
            raise SaysoError(f"{path}: {speaker!r} and {kept[key][0].name!r} are the same speaker; make one row of them.")
        added = {name: unquoted(row.get(name) or "").strip() for name in columns}
        if added.get(SAME_AS, "").casefold() in ACCEPTED:
            added[SAME_AS] = _accepted(path, speaker, row)
        kept[key] = known, added
    return kept


def _accepted(path: str, speaker: str, row: Mapping[str, str]) -> str:
    """Give the speaker proposed for a row, whose ``same_as`` says *yes*."""
    proposed = unquoted((row.get("same_as_proposed") or "").strip())
    if not proposed:
        raise SaysoError(
            f"{path}: {speaker!r} has 'yes' in same_as, but no same_as_proposed; write the other speaker's name instead."
        )
    return proposed


def _who(speaker: str, sort: str) -> tuple[str, Known]:
    label = speaker.strip("()").split(",")[0]
    if speaker.startswith("(") and label in SOURCE_TYPES:
        return f"{UNNAMED} {label}", Known(speaker, UNNAMED, "")
    known = Known(speaker, sort, "") if sort in SORTS else known_as(speaker)
    return known.key, known


def roster_csv(roster: Roster, added: Sequence[str] = ()) -> str:
    """Give the roster as a table, most words first."""
    return csv_text([[*COLUMNS, *added], *(list(row.values()) for row in roster_rows(roster, added))])


def roster_rows(roster: Roster, added: Sequence[str] = ()) -> Iterator[Row]:
    """Yield the rows of the roster by column, most words first."""
    proposed = open_proposals(roster)
    for key, source in roster.keyed():
        own: Row = {column: source.added.get(column, "") for column in added}
        name, reason = proposed.get(key, ("", ""))
        yield {**source_row(source, roster.total.words), "same_as_proposed": name, "same_as_reason": reason, **own}


def source_row(source: Source, n_words: int) -> Row:
    """Give a row of the roster by column, without those added."""
    cues = [f"{cue} {n}" + ("" if tone == "neutral" else f" ({tone})") for (cue, tone), n in source.cues.most_common(_MOST)]
    words = source.words
    values: tuple[str | int | float, ...] = (
        *(source.name, source.sort, "yes" if source.is_full else "no", source.source_type),
        *(source.articles, source.sentences, source.attributions, words.quoted, words.paraphrased),
        round(words.all / max(n_words, 1), 6),
        *(source.tones[tone] for tone in TONES),
        "; ".join(cues),
        "; ".join(text for text, _ in source.descriptions.most_common(_MOST)),
        *(source.first, source.last),
        pronouns_shown(source),
        *_pronoun_counts(source),
        *(source.justifications[label] for label in JUSTIFICATIONS),
        *(source.namings[label] for label in NAMINGS),
        *("", ""),
    )
    return dict(zip(COLUMNS, values, strict=True))


def pronouns_shown(source: Source) -> str:
    """Write the pronouns printed for somebody: *she 4, he 1*."""
    return ", ".join(f"{pronoun} {n}" for pronoun, n in source.pronouns.most_common())


def _pronoun_counts(source: Source) -> list[int]:
    known = [source.pronouns[label] for label in (HE, SHE, THEY)]
    return [*known, source.pronouns.total() - sum(known)]


GROUP_COLUMNS = (
    *("by", "value", "articles", "sentences", "words", "words_quoted", "words_paraphrased", "speakers"),
    *SOURCE_TYPES[:-1],
    *(f"words_{label}" for label in NAMINGS),
    *(f"words_{column}" for column in _JUSTIFIED),
    *(f"words_pronoun_{label}" for label in PRONOUN_GROUPS),
)


def group_row(roster: Roster, by: str, value: str, group: Group) -> dict[str, str | int]:
    """Give the counts of a group by column: words, but for articles, sentences and speakers."""
    said, pronouns = group.said, roster.pronoun_words(group)
    figures = (group.articles, group.sentences, group.words, said.quoted, said.paraphrased, len(group.speakers))
    types = [group.by_type[label].all for label in SOURCE_TYPES[:-1]]
    how = (
        *(group.named(label) for label in NAMINGS),
        *(group.justifications[label] for label in JUSTIFICATIONS),
        *(pronouns[label] for label in PRONOUN_GROUPS),
    )
    return dict(zip(GROUP_COLUMNS, (by, value, *figures, *types, *how), strict=True))


def group_rows(roster: Roster) -> list[dict[str, str | int]]:
    """Give the counts of all articles, then by each column; articles that say nothing of it come last."""
    rows = [group_row(roster, "", "", roster.total)]
    for by, groups in roster.groups.items():
        rows += [group_row(roster, by, value, groups[value]) for value in sorted(groups, key=lambda v: (not v, v))]
    return rows


def added_counts(roster: Roster, column: str) -> list[tuple[str, int, Words]]:
    """Give for each value of an added column its named speakers and their words, most words first."""
    counts: dict[str, tuple[int, Words]] = {}
    for source in roster.named():
        value = source.added.get(column) or NOT_GIVEN
        n, words = counts.get(value, (0, Words()))
        words.add(source.words.quoted, source.words.paraphrased)
        counts[value] = n + 1, words
    return sorted([(value, n, words) for value, (n, words) in counts.items()], key=lambda row: (-row[2].all, row[0]))
