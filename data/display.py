"""How results are shown to people: counts in words, text that is safe on a terminal, tables."""

Rows = list[tuple[str, ...]]
Table = tuple[tuple[str, ...], Rows]
"""Names of columns, and rows."""


def counted(n: int, what: str) -> str:
    """Say how many of something there are.

    >>> counted(1, "error"), counted(1200, "error")
    ('1 error', '1,200 errors')
    """
    return f"{n:,} {what}{'' if n == 1 else 's'}"


def sentences_in_articles(n_sentences: int, n_articles: int) -> str:
    """Say how large a dataset is.

    >>> sentences_in_articles(40, 1)
    '40 sentences in 1 article'
    """
    return f"{counted(n_sentences, 'sentence')} in {counted(n_articles, 'article')}"


def printable(text: str) -> str:
    """Return a text on one line, without what would steer a terminal."""
    return "".join(c if c.isprintable() else "�" for c in " ".join(text.split()))
