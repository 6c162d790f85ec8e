"""What an article is called on a page, and where it was published."""

from urllib.parse import urlsplit

from ...data.records import Article

_LONGEST_NAME = 200  # characters: a longer first line is a paragraph, not a headline


def name_of_article(article: Article) -> str:
    """Give the title, without one the first line if it is short, else the id."""
    first = article.text.strip().partition("\n")[0].strip()
    named = article.title or (first if 0 < len(first) <= _LONGEST_NAME else "")
    return " ".join(named.split()) or article.id


def web_address(url: str | None) -> str | None:
    """Give back an address of the web, and nothing for what a click might run."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
