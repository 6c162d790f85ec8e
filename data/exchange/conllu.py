"""CoNLL-U, ten columns, as other tools read it: where a token stands, and its tags, in MISC.

``Source``, ``Cue``, ``Content`` and ``Loaded`` hold ``B-0`` or ``I-0``, 0 being the number of the attribution; a token of
several spans has them with a comma between. No value holds an equals sign or a bar, which readers take for the end of a
value, and every line of a token begins with its number: one that begins with a hashtag would be a comment.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from ...errors import SaysoError
from ..records import LabelledArticle
from ..rows.files import read_json, read_utf8
from .conll import ROLES_OF_TOKENS, Reader, Token, tags, token_of, tokens
from .format import Format, write_lines
from .passages import Judged, as_line, name_of, passage_of

_OURS = "# sayso_"
_NEW = f"{_OURS}article = "
_NAMES = tuple(role.capitalize() for role in ROLES_OF_TOKENS)
_LINE_ENDS = {ord(c): f"\\u{ord(c):04x}" for c in "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"}
"""What some readers take for the end of a line."""


def conllu(labelled: LabelledArticle) -> str:
    """Give the lines of an article; an empty line ends each sentence."""
    passage = passage_of(labelled)
    text, last = passage.text, passage.sentences[-1]
    values = {str(n): attribution.values for n, attribution in enumerate(passage.attributions) if attribution.values}
    lines = [f"# newdoc id = {_flat(passage.id)}"]
    lines += [_comment("article", passage.id), _comment("about", passage.about), _comment("said", values)]
    spans, at = tags(passage), 0
    for mark in passage.sentences:
        lines.append(f"# sent_id = {_flat(passage.id)}-{mark.values['n']}")
        lines.append(f"# text = {_flat(text[mark.start : mark.end])}")
        lines += [_comment("before", text[at : mark.start]), _comment("text", mark.words), _comment("labels", mark.values)]
        lines += [_comment("after", text[mark.end :])] if mark is last else []
        rows = list(tokens(text, mark, spans))
        ends = [token.start for token in rows[1:]] + [mark.end]
        lines += [_line(n, token, next_at, text) for n, (token, next_at) in enumerate(zip(rows, ends, strict=True), 1)]
        lines.append("")
        at = mark.end
    return "\n".join(lines) + "\n"


def _flat(text: str) -> str:
    return " ".join(text.split())


def _comment(name: str, value: object) -> str:
    return f"{_OURS}{name} = {as_line(value).translate(_LINE_ENDS)}"


def _line(number: int, token: Token, next_at: int, text: str) -> str:
    misc = [f"Start={token.start}", f"End={token.end}"]
    misc += [f"{name}={cell.replace('|', ',')}" for name, cell in zip(_NAMES, token.cells, strict=True) if cell != "O"]
    is_glued = next_at == token.end and not text[token.end : token.end + 1].isspace()
    misc += ["SpaceAfter=No"] if is_glued else []
    return "\t".join([str(number), token.form, *"_" * 7, "|".join(misc)])


def _read(path: Path) -> Iterator[Judged]:
    """Yield the articles of a file that we wrote; other comments, and the other columns, are passed over.

    Raises
    ------
    SaysoError
        If a line has not ten columns, its MISC has no Start and End, or a form is not what stands there.
    """
    article: Reader | None = None
    for number, line in enumerate(read_utf8(path).replace("\r\n", "\n").split("\n"), 1):
        where = f"{path}:{number}"
        if line.startswith(_NEW):
            if article:
                yield article.passage(), None
            article = Reader(name_of(read_json(line.removeprefix(_NEW), where), where, "article"), where)
        elif article and line.startswith(_OURS):
            name, _, value = line.removeprefix(_OURS).partition(" = ")
            article.comment(name, read_json(value, where), where)
        elif line.strip() and not line.startswith("#"):
            if not article:
                raise SaysoError(f'{where}: no labels written by sayso; put {_NEW}"a1" before the tokens of an article.')
            article.token(_token(line.split("\t"), where))
    if not article:
        raise SaysoError(f'{path}: no article; add a line such as {_NEW}"a1".')
    yield article.passage(), None


def _token(cells: Sequence[str], where: str) -> Token:
    if len(cells) != 10:
        raise SaysoError(f"{where}: {len(cells)} columns, but CoNLL-U has ten.")
    misc = dict(pair.partition("=")[::2] for pair in cells[9].split("|"))
    tag_cells = [misc.get(name, "O").replace(",", "|") for name in _NAMES]
    return token_of(cells[1], (misc.get("Start", ""), misc.get("End", "")), tag_cells, where)


def _write(articles: Sequence[LabelledArticle], path: Path) -> None:
    write_lines(path, map(conllu, articles))


FORMAT = Format(
    tool="CoNLL-U (ten columns, MISC)",
    holds="everything, with spans cut to tokens",
    suffixes=(".conllu",),
    write=_write,
    read=_read,
)
