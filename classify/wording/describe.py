"""What the text classifier looks at in an article: the wording, the article around it, and where the target stands in it."""

from collections.abc import Sequence

from ..attribution.extractor import Candidate
from ..kinds.features import Features, MainAttribution, sentence_features
from ..kinds.reading import Reading
from ..kinds.speech_features import said_words
from ..language.article_tokens import View
from ..stance_bias.stance_features import stance_features
from ..stance_bias.stance_wording import beside_words, without_wording
from ..stance_bias.targets import Target
from .features import AROUND, SEEN, TOWARDS, WORDS, text_features
from .knowledge import known_features
from .recipe import Recipe

_PLACES = (0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9)
_SINGLE = "word: "  # words by themselves, which the wording tells already


def describe_article(
    seen: View,
    title: str | None,
    candidates: Sequence[Candidate],
    asked: Sequence[tuple[int, str]],
    targets: Sequence[Target],
    recipe: Recipe,
) -> list[Features]:
    """Describe sentences of an article.

    Parameters
    ----------
    seen : View
        Of all of its sentences.
    title : str or None
    candidates : sequence of Candidate
        The attributions found in it.
    asked : sequence of (int, str)
        Numbers of sentences, each with the name of a target (empty without).
    targets : sequence of Target
        Who may be asked about.
    recipe : Recipe
        Which blocks of features there are.

    Returns
    -------
    list of dict of str to float, length n_asked
    """
    wanted = {name for _, name in asked} - {""}
    around: Sequence[Features] = [{}] * len(seen.spans)
    by_target: dict[str, list[Features]] = {}
    known: Sequence[Features] = around
    if recipe.article or recipe.seen or recipe.known:
        reading = Reading.of(seen, candidates)
        if recipe.article:
            around = _around(seen, title or "", candidates, sentence_features(seen, reading.guesses, reading.spoken))
        if recipe.known:
            known = known_features(reading, judged=recipe.judged)
        if recipe.seen:
            rows = _by_target(seen, candidates, reading.spoken, [t for t in targets if t.name in wanted])
            by_target = {name: [_weighed(row, recipe) for row in its_own] for name, its_own in rows.items()}
    wording = {
        n: text_features(seen.spans[n].of(seen.text), recipe.words, recipe.chars, across=recipe.across) for n, _ in asked
    }
    return [
        {**wording[n], **known[n], **around[n], **(by_target[name][n] if name in by_target else {}), **_towards(name)}
        for n, name in asked
    ]


def _towards(target: str) -> Features:
    return {TOWARDS + target: 1.0} if target else {}


def _around(seen: View, title: str, candidates: Sequence[Candidate], rows: Sequence[Features]) -> list[Features]:
    """Describe the sentences by their article (``rows``), by who says how much of them, and by their place."""
    places = place_features([span.of(seen.text) for span in seen.spans], title)
    parts = zip(rows, said_words(seen, candidates), places, strict=True)
    return [{AROUND + name: value for name, value in (row | said | place).items()} for row, said, place in parts]


def _by_target(
    seen: View, candidates: Sequence[Candidate], spoken: Sequence[MainAttribution], targets: Sequence[Target]
) -> dict[str, list[Features]]:
    """Describe the sentences as each target sees them."""
    found = {}
    for target in targets:
        rows = stance_features(seen, candidates, spoken, target, [t for t in targets if t is not target])
        found[target.name] = rows
    return found


def _weighed(row: Features, recipe: Recipe) -> Features:
    """Weigh what a target sees beside the words of the sentence."""
    row = beside_words(row) if recipe.mentions else without_wording(row)
    return {SEEN + name: value for name, value in row.items() if not name.startswith(_SINGLE)}


def place_features(texts: Sequence[str], title: str) -> list[Features]:
    """Tell where each sentence stands in its article, and how much of the headline and of the beginning it takes up.

    Parameters
    ----------
    texts : sequence of str
        The sentences of the article.
    title : str
        Empty where there is none.
    """
    words, headline = [_long_words(text) for text in texts], _long_words(title)
    rows: list[Features] = []
    for n in range(len(texts)):
        share = n / max(len(texts) - 1, 1)
        f: Features = {"place": share, f"sentence {min(n, 6)}": 1.0, f"from the end {min(len(texts) - 1 - n, 4)}": 1.0}
        f[f"place: {sum(share >= edge for edge in _PLACES)}"] = 1.0
        for name, other in (("headline", headline), ("beginning", words[0] if n else set())):
            if other:
                common = len(words[n] & other)
                f[f"words of the {name}"] = common / len(other)
                f[f"words of the {name}: {min(common, 5)}"] = 1.0
        rows.append(f)
    return rows


def _long_words(text: str) -> set[str]:
    return {name.removeprefix(WORDS) for name in text_features(text, (1, 1), (0, 0)) if len(name) > len(WORDS) + 3}
