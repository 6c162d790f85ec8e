"""The language of an article, out of its text and of what its table says."""

from collections.abc import Mapping

from ...records import Article
from .language import OTHER, languages_of
from .language_names import language_code


def article_language(article: Article) -> tuple[str | None, Mapping[str, float]]:
    """Return the language of an article, and the parts of its text that are in each language.

    Parameters
    ----------
    article : Article

    Returns
    -------
    str or None
        Code of ISO 639. The text decides; where it is too short to tell, the article's own ``language``; None where that
        says nothing either.
    mapping of str to float
        As `languages_of` gives them.
    """
    shares = languages_of(article.text)
    declared = language_code(article.language) if article.language else None
    likeliest = next(iter(shares), None)
    return (declared if likeliest is None or (likeliest == OTHER and declared) else likeliest), shares
