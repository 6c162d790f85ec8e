"""The page of an annotated article, and of a folder of them."""

from collections.abc import Iterable, Iterator, Sequence

from ...data.articles.metadata.language import ENGLISH
from ...data.records import Article
from ...data.scheme import STANCES, UNDECIDED
from ..annotation.article_name import name_of_article, web_address
from ..annotation.records import AnnotatedSentence
from ..speakers.profile import Profile, profile_of
from ..speakers.speeches import NOT_NAMED, speeches_of
from .html import KIND_NAMES, render
from .marked_text import paragraphs, show


def article_page(article: Article, annotated: Sequence[AnnotatedSentence], *, index: bool = False) -> str:
    """Give the page of one article.

    Parameters
    ----------
    article : Article
    annotated : sequence of AnnotatedSentence
        All of its sentences, in order.
    index : bool, default=False
        It stands beside an ``index.html``.
    """
    heard = speeches_of(article, annotated)
    profile = profile_of(article, annotated, heard)
    shown = show(article, annotated, heard.speakers, heard.n_words)
    counted = shown[heard.n_in_headline :]
    return render(
        "article.html.j2",
        styles=("article.css",),
        script="article.js",
        article=article,
        name=name_of_article(article),
        heading=heading_of(article, has_headline=bool(heard.n_in_headline)),
        byline=byline_of(article),
        link=web_address(article.url),
        lead=lead_of(profile),
        strip_label=spelled(s.kind for s in counted),
        profile=profile,
        shown=shown,
        counted=counted,
        paragraphs=paragraphs(article.text, shown, heard.n_in_headline),
        targets=targets_of(annotated),
        speakers=_known_first(heard.speakers),
        index=index,
        reasons=any(a.why for a in annotated),
    )


def heading_of(article: Article, *, has_headline: bool) -> str:
    """Give the heading that a page puts above an article: nothing where its text begins with its headline.

    Without a title it is the id: how the text begins can be read right below.
    """
    return "" if has_headline else " ".join((article.title or "").split()) or article.id


def targets_of(annotated: Sequence[AnnotatedSentence]) -> dict[str, list[str]]:
    """Give the targets of stances, and which labels sentences have towards each; undecided is `scheme.UNDECIDED`."""
    found: dict[str, dict[str, None]] = {}
    for a in annotated:
        for target, stance in a.stance.items():
            labels = found.setdefault(target, {})
            if stance.told or stance.named:
                labels[stance.label] = None
    return {target: [label for label in (*STANCES, UNDECIDED) if label in labels] for target, labels in found.items()}


def byline_of(article: Article) -> list[str]:
    """Give what stands under the title: outlet, date, and the language where it is not English."""
    language = f"language: {article.language}" if article.language not in (None, ENGLISH) else ""
    return [part for part in (article.outlet, article.date, language) if part]


def lead_of(profile: Profile) -> str:
    """Say in a few sentences on whose word the reader takes the text."""
    if not profile.sentences:
        return "No sentences were found."
    whose = "article’s" if profile.articles == 1 else "articles’"
    own = profile.unattributed
    narration = f"the {whose} own narration"
    parts = f"{1 - own:.0%} of the words are attributed to somebody; {own:.0%} are {narration}, attributed to nobody."
    shares = {0.0: "All words are attributed to somebody.", 1.0: f"All words are {narration}."}.get(own, parts)
    return " ".join([shares, *_heard(profile)])


def _heard(profile: Profile) -> Iterator[str]:
    ranked = profile.ranked()
    if ranked and ranked[0].words:
        yield f"Heard most: {ranked[0].name} ({profile.share(ranked[0].words):.0%})."
    first, last = (next(iter(counter), None) for counter in (profile.first, profile.last))
    if profile.articles == 1 and first is not None and last is not None:
        nobody = "an unnamed source"
        both = f"First and last to speak: {first or nobody}."
        yield both if first == last else f"First to speak: {first or nobody}; last to speak: {last or nobody}."


def spelled(kinds: Iterable[str]) -> str:
    """Spell a strip for who cannot see it."""
    return ", ".join([KIND_NAMES[kind].lower() for kind in kinds])


def _known_first(speakers: Sequence[str | None]) -> list[str]:
    names = dict.fromkeys(name for name in speakers if name is not None)
    return sorted(names, key=lambda name: (name == NOT_NAMED, name.lower()))
