"""The language of an article, out of its text and of what its table says."""

from collections import Counter
from collections.abc import Mapping, Sequence

from ...records import Article
from .language import ENGLISH, OTHER, languages_of
from .language_names import language_code

_SAMPLE = 400  # articles of which the text is looked at, evenly spread
_OPENING = 2_000  # characters of each


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


def other_language(articles: Sequence[Article]) -> str | None:
    """Return the language that most of some articles are in, where it is not English.

    Sentences that stand alone are too short to tell one by one, so that what their table says goes first, and their
    texts are looked at together.

    Parameters
    ----------
    articles : sequence of Article

    Returns
    -------
    str or None
        Code of ISO 639, or `OTHER`; None for English, and where nothing tells.

    Examples
    --------
    >>> other_language([Article("a", "Der Rat hat es nicht gesagt."), Article("b", "Das war auch für die Stadt neu.")])
    'de'
    """
    declared = Counter(code for a in articles if a.language and (code := language_code(a.language)))
    shares: Mapping[str, float] = declared
    if 2 * declared.total() < len(articles):
        sample = articles[:: max(len(articles) // _SAMPLE, 1)]
        shares = languages_of("\n".join(a.text[:_OPENING] for a in sample))
    total = sum(shares.values())
    if not total or 2 * shares.get(ENGLISH, 0) >= total:
        return None
    return max((language for language in shares if language != ENGLISH), key=lambda language: shares[language])
