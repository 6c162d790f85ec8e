"""The page of an annotated article, and of a folder of them."""

from collections.abc import Iterable, Iterator, Sequence

from ...data.articles.metadata.language import ENGLISH
from ...data.records import Article
from ...data.scheme import KINDS
from ..annotation.article_name import name_of_article, web_address
from ..annotation.records import Annotated
from ..speakers.profile import Profile, profile_of
from ..speakers.speeches import NOT_NAMED, speeches_of
from .html import KIND_NAMES, render
from .marked_text import paragraphs, show

_LEAST = 0.005  # what rounds to 0 % is left out


def article_page(article: Article, annotated: Sequence[Annotated], *, index: bool = False) -> str:
    """Give the page of one article.

    Parameters
    ----------
    article : Article
    annotated : sequence of Annotated
        All of its sentences, in order.
    index : bool, default=False
        It stands beside an ``index.html``.
    """
    heard = speeches_of(article, annotated)
    profile = profile_of(article, annotated)
    shown = show(article, annotated, heard.speakers, heard.n_words)
    return render(
        "article.html.j2",
        styles=("article.css",),
        script="article.js",
        article=article,
        name=name_of_article(article),
        byline=byline_of(article),
        link=web_address(article.url),
        lead=lead_of(profile),
        strip_label=spelled(s.kind for s in shown),
        profile=profile,
        shown=shown,
        paragraphs=paragraphs(article.text, shown),
        speakers=_known_first(heard.speakers),
        index=index,
        reasons=any(a.why for a in annotated),
    )


def byline_of(article: Article) -> list[str]:
    """Give what stands under the title: outlet, date, and the language where it is not English."""
    language = f"language: {article.language}" if article.language not in (None, ENGLISH) else ""
    return [part for part in (article.outlet, article.date, language) if part]


def lead_of(profile: Profile) -> str:
    """Say in a few sentences whose word the reader takes."""
    shares = {kind: profile.share(profile.kinds[kind].words) for kind in KINDS[:3]}
    passed_on = profile.share(profile.kinds["narrative"].words) - profile.unattributed
    parts = [(share, f"{share:.0%} {KIND_NAMES[kind].lower()}s") for kind, share in shares.items()]
    parts.append((passed_on, f"{passed_on:.0%} passed on unquoted from witnesses, other media or unnamed sources"))
    phrases = [words for share, words in sorted(parts, key=lambda part: -part[0]) if share >= _LEAST]
    rest = f"; for the rest the reader takes somebody’s word: {', '.join(phrases)}." if phrases else ", all but a few."
    own = f"{profile.unattributed:.0%} of the words are the outlet’s own telling{rest}"
    return " ".join([own, *_heard(profile)])


def _heard(profile: Profile) -> Iterator[str]:
    ranked = profile.ranked()
    if ranked and ranked[0].words:
        yield f"Most is heard from {ranked[0].name} ({profile.share(ranked[0].words):.0%} of the words)."
    first, last = (next(iter(counter), None) for counter in (profile.first, profile.last))
    if profile.articles == 1 and first is not None and last is not None:
        nobody = "somebody not named"
        both = f"The first and the last word go to {first or nobody}."
        yield both if first == last else f"The first word goes to {first or nobody}, the last to {last or nobody}."


def spelled(kinds: Iterable[str]) -> str:
    """Spell a strip for who cannot see it."""
    return ", ".join([KIND_NAMES[kind].lower() for kind in kinds])


def _known_first(speakers: Sequence[str | None]) -> list[str]:
    names = dict.fromkeys(name for name in speakers if name is not None)
    return sorted(names, key=lambda name: (name == NOT_NAMED, name.lower()))
