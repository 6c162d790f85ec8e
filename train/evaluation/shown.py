"""How a notebook shows the scores of an evaluation: a line and tables."""

from collections.abc import Iterable
from html import escape

from ...data.display import Table


def tables_as_html(line: str, tables: Iterable[tuple[str, Table]]) -> str:
    """Write a line and tables as HTML.

    Examples
    --------
    >>> tables_as_html("Two < three", [("scores", (("", "F1"), [("the model", "0.9")]))]).splitlines()[:2]
    ['<p>Two &lt; three</p>', '<table><caption>scores</caption>']
    """
    written = [f"<p>{escape(line)}</p>"]
    for title, (names, rows) in tables:
        heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
        written += [f"<table><caption>{escape(title)}</caption>", f"<thead><tr>{heads}</tr></thead>", "<tbody>"]
        for first, *others in rows:
            cells = "".join(f"<td>{escape(cell)}</td>" for cell in others)
            written.append(f'<tr><th scope="row">{escape(first)}</th>{cells}</tr>')
        written.append("</tbody></table>")
    return "\n".join(written)
