"""How a text classifier is put together, in the sentences of a methods section: everything follows from its recipe."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...classify.wording.knowledge import measure_names
from ...classify.wording.recipe import Recipe
from ..wording.blend import KNOWN_C, VECTORS_C

_NUMBERS: Mapping[int, str] = {1: "one", 2: "two", 3: "three"}
_DECIDED = (
    "how much each of them counts was decided within the training articles, and the blend was calibrated by temperature "
    "scaling on held-out training articles"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a command asks of the text classifier beside its recipe.

    Parameters
    ----------
    encoder : str or None
        Its name.
    search : bool
        The settings were chosen inside the training articles.
    """

    encoder: str | None = None
    search: bool = False


def recipe_text(recipe: Recipe, asked: Asked | None = None) -> str:
    """Say what is learned from what, in a paragraph's sentences.

    Examples
    --------
    >>> print(recipe_text(Recipe(words=(1, 1), chars=(0, 0), C=0.5, balance=0.0)))
    The label was predicted by an L2-penalised logistic regression (scikit-learn; C, the inverse strength of the \
penalty, is 0.5) on single words, weighted by inverse document frequency. \
It was calibrated by temperature scaling on held-out training articles. All sentences counted alike.
    """
    asked = asked or Asked()
    models = list(_models(recipe, asked))
    if len(models) == 1:
        first = (
            f"The label was predicted by an L2-penalised logistic regression (scikit-learn; C, the inverse strength "
            f"of the penalty, is {models[0][0]:g}) on {models[0][1]}. It was calibrated by temperature scaling on held-out "
            "training articles."
        )
    else:
        listed = "; ".join(f"({n}) with C = {C:g} on {words}" for n, (C, words) in enumerate(models, 1))
        number = _NUMBERS[len(models)]
        first = (
            f"The label was predicted by a blend of {number} L2-penalised logistic regressions (scikit-learn; C is the "
            f"inverse strength of the penalty): {listed}; {_DECIDED}."
        )
    return " ".join([first, _balance(recipe.balance), *_further(recipe, asked)])


def _models(recipe: Recipe, asked: Asked) -> Iterator[tuple[float, str]]:
    """Give the penalty of each model of the blend, and what it looks at."""
    yield recipe.C, "; ".join([*_runs(recipe), *_beside(recipe, asked)])
    if recipe.known:
        names = measure_names(judged=recipe.judged)
        own = (
            ", among them the probabilities that sayso's built-in models give for each kind, each source type and loaded "
            "wording"
            if recipe.judged
            else ""
        )
        yield (
            KNOWN_C,
            f"{len(names)} measures of the sentence that need no training on these labels: words of sayso's word lists, "
            f"evaluations, tense, person, form, quotation and attribution{own}",
        )
    if asked.encoder and recipe.vectors and not recipe.own:
        yield VECTORS_C, f"sentence vectors of the encoder {asked.encoder} alone"


def _runs(recipe: Recipe) -> Iterator[str]:
    low, high = recipe.words
    runs = []
    if high:
        runs.append("single words" if high == 1 else f"sequences of {_range(low, high)} words")
    low, high = recipe.chars
    if high:
        where = "across words" if recipe.across else "within words"
        runs.append(f"sequences of {low if low == high else f'{low} to {high}'} characters {where}")
    if runs:
        yield f"{' and '.join(runs)}, weighted by inverse document frequency"


def _range(low: int, high: int) -> str:
    numbers = [_NUMBERS.get(n, str(n)) for n in (low, high)]
    return f"{numbers[0]} {'or' if high == low + 1 else 'to'} {numbers[1]}" if low != high else numbers[0]


def _beside(recipe: Recipe, asked: Asked) -> Iterator[str]:
    """Name the blocks of features that stand beside the words, in the same model."""
    blocks = {
        "quotation marks, cues, attributions and sources of the sentence and its neighbours, and its place in the article": (
            recipe.article
        ),
        "the labels that a first model predicted for the neighbouring sentences, in a second pass": recipe.again,
        "where the target stands and what is said of it": recipe.seen,
        "the words around the target's mentions": recipe.seen and recipe.mentions,
        "a model of loaded words, fitted on the marked ones": recipe.loaded and not recipe.default,
        "the loaded words that sayso's built-in model finds": recipe.default,
        f"predictions for {', '.join(recipe.also)}": bool(recipe.also),
        f"sentence vectors of the encoder {asked.encoder}": bool(asked.encoder and recipe.vectors),
    }
    yield from (words for words, there in blocks.items() if there)


def _balance(power: float) -> str:
    """Say how the labels are weighted."""
    if power == 0:
        return "All sentences counted alike."
    raised = "" if power == 1 else f", raised to the power {power:g}"
    return f"Sentences were weighted by the inverse frequency of their label in the training articles{raised}."


def _further(recipe: Recipe, asked: Asked) -> Iterator[str]:
    if recipe.judged or recipe.default:
        yield "The built-in models learned from none of these articles."
    if recipe.own:
        yield "Targets with enough sentences had a model of their own, blended with the shared one."
    if asked.search:
        yield "These settings are where a search inside each fold's training articles began, which chose the final ones."
