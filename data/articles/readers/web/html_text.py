"""The text of HTML that stands inside of something else: a cell, a field of JSON, a mail, a chapter, an item of a feed."""

from ...notices import Notices
from .mend import STRUCK, mend
from .tree import paragraphs, parse_html


def html_text(html: str, where: str = "", notices: Notices | None = None) -> str:
    r"""Return the text of a piece of HTML, an empty line between paragraphs.

    Parameters
    ----------
    html : str
        A piece of a page or a whole one; nothing is taken for navigation.
    where : str, default=""
        For messages.
    notices : Notices, optional
        Counts passages that were struck out.

    Returns
    -------
    str
        Without tags and entities; ``<br>`` is a line end, ``<q>`` has its marks, hidden and struck-out words are gone.
        Empty where there are no words.

    Raises
    ------
    SaysoError
        If it is nested too deeply to be read whole.

    Examples
    --------
    >>> html_text("<p>Roe said: <q>No.</q></p><p>Snow fell &amp; melted.</p>")
    'Roe said: “No.”\n\nSnow fell & melted.'
    """
    tree = parse_html(html, where)
    n_struck = mend(tree)
    if notices is not None:
        notices.count(STRUCK, where, n_struck)
    return "\n\n".join(paragraphs(tree))
