"""How a text classifier is put together: which blocks of features it has, and how strongly it is held back."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from ...data.articles.metadata.article_language import other_language
from ...data.records import LabelledArticle
from ..linear.composed import BIAS, STANCE
from ..word_reader.reader import WordReader
from .encoders import Encoder

_LONG = 2.5  # sentences an article: from here on the article around a sentence tells something
_FEW = 4  # labels
_LIGHT = 0.12  # of the article, where labels hang by the words
_MANY = 8000  # sentences: from here on the words alone say what runs of characters would
_GONE = frozenset({"last"})  # settings that older model files still name
_BLOCKS = ("known", "judged", "article", "again", "loaded", "default", "seen", "own", "mentions")
_LATER = {"known": False, "judged": False, "mentions": False}
"""Settings that older model files do not name yet, and what they had."""
_MANY_TARGETS = 20
"""From here on the words around a mention are worth it: macro F1 of NewsMTSC 0.68 without and 0.70 with them; of gwsd, which
has one target, 0.603 and 0.600."""


@dataclass(frozen=True, slots=True, repr=False)
class Recipe:
    """The settings of a text classifier.

    Parameters
    ----------
    words, chars : (int, int)
        Shortest and longest run of words, of characters; ``(0, 0)`` for none.
    across : bool
        Runs of characters go on over the ends of words.
    C : float
        Inverse strength of the L2 penalty.
    balance : float
        0 counts every sentence alike, 1 every label alike.
    article : bool
        Quotation marks, cues, attributions, sources and the place in the article are features.
    again : bool
        A second pass sees what a first one said of the sentences around.
    also : tuple of str
        Label columns that are learned along: what their models say of a sentence is a feature.
    loaded : bool
        A model of loaded words, where words are marked.
    default : bool
        What the package's own model of loaded words says is a feature.
    around : float
        How much what is told of the article weighs beside the words.
    vectors : float
        How much an encoder's vectors weigh beside the words; nothing without an encoder.
    seen : bool
        Where the target stands in the sentence, and what is said of it, are features.
    own : bool
        Targets with sentences enough have a model of their own beside the shared one.
    mentions : bool
        With `seen`: the words around the target's mentions are features, and so are an encoder's vectors of them.
    known : bool
        What word lists and forms tell of a sentence has a model of its own: style, tense, person, attributions.
    judged : bool
        With it, what the package's own models say: kind, source type, loaded words.
    """

    words: tuple[int, int] = (1, 2)
    chars: tuple[int, int] = (2, 5)
    across: bool = False
    C: float = 1.0
    balance: float = 1.0
    article: bool = False
    again: bool = False
    also: tuple[str, ...] = ()
    loaded: bool = False
    default: bool = False
    around: float = 0.3
    vectors: float = 1.0
    seen: bool = False
    own: bool = False
    mentions: bool = False
    known: bool = False
    judged: bool = False

    def __repr__(self) -> str:
        """Name the settings that are not the default."""
        values = ((f.name, getattr(self, f.name), f.default) for f in fields(self))
        return f"Recipe({', '.join(f'{name}={value!r}' for name, value, default in values if value != default)})"

    def as_json(self) -> dict[str, Any]:
        """Give plain values."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}

    @classmethod
    def of_json(cls, values: Mapping[str, Any]) -> "Recipe":
        """Read what `as_json` gave.

        Raises
        ------
        ValueError
            If a setting is missing, unknown or of another type.
        """
        default, values = cls(), _LATER | {name: value for name, value in values.items() if name not in _GONE}
        if set(values) != {f.name for f in fields(cls)}:
            raise ValueError("settings are missing or unknown")
        read: dict[str, Any] = {}
        for name, value in values.items():
            read[name] = tuple(value) if isinstance(value, list) else value
            if type(read[name]) is not type(getattr(default, name)):
                raise ValueError(f"{name} is {value!r}")
        recipe = cls(**read)
        if any(len(x) != 2 or not all(type(n) is int and 0 <= n < 10 for n in x) for x in (recipe.words, recipe.chars)):
            raise ValueError("runs are told by two small numbers")
        if not all(isinstance(column, str) for column in recipe.also):
            raise ValueError("a column's name is no string")
        if recipe.default and not recipe.loaded:
            raise ValueError("default needs loaded")
        return recipe

    def told(self) -> str:
        """Say it in one line."""
        characters = "characters across words" if self.across else "characters"
        runs = [f"{name} {a}-{b}" for name, (a, b) in (("words", self.words), (characters, self.chars)) if b]
        blocks = [name for name in _BLOCKS if getattr(self, name)]
        return ", ".join([*runs, *blocks, *(f"also {c}" for c in self.also), f"C {self.C:g}", f"balance {self.balance:g}"])


@dataclass(frozen=True, slots=True)
class Setup:
    """What is asked of the text classifier; and the word reader for the other tasks.

    Parameters
    ----------
    encoder : Encoder or None
    also : tuple of str
        Label columns to learn along.
    recipe : Recipe or None
        None: chosen by the data.
    search : bool
        Choose the settings inside the training articles.
    reader : WordReader or None
        For attributions, kinds and source types.
    """

    encoder: Encoder | None = None
    also: tuple[str, ...] = ()
    recipe: Recipe | None = None
    search: bool = False
    reader: WordReader | None = None

    @property
    def asked(self) -> str:
        """Name an option that only the text classifier has; empty where none was given."""
        options = {"--encoder": self.encoder, "--also": self.also, "--search": self.search}
        return next((option for option, given in options.items() if given), "")


def stand_alone(articles: Sequence[LabelledArticle]) -> bool:
    """Tell whether sentences are collected without their articles: a few of each at most."""
    labelled = [a for a in articles if a.sentences]
    return sum(len(a.sentences) for a in labelled) < _LONG * max(len(labelled), 1)


def recipe_for(articles: Sequence[LabelledArticle], column: str, also: Sequence[str] = ()) -> Recipe:
    """Choose the settings by what the data has.

    Parameters
    ----------
    articles : sequence of LabelledArticle
    column : str
        What is learned; not learned along with itself.
    also : sequence of str
        Columns to learn along.
    """
    n_sentences, is_long = sum(len(a.sentences) for a in articles), not stand_alone(articles)
    is_stance, along = column == STANCE, tuple(c for c in also if c != column)
    is_bias = column == BIAS
    recipe = Recipe(article=is_long, again=is_long, also=along, loaded=is_bias, seen=is_stance, own=is_stance)
    recipe = replace(recipe, known=not is_stance, judged=not is_stance)  # which side a sentence takes hangs by the target
    if is_long and is_bias:  # what is biased depends little on whether its neighbours are
        recipe = replace(recipe, again=False, across=True, C=0.6, balance=0.95, around=_LIGHT)
    elif is_bias:  # loaded words tell most, and the rest is held back more
        recipe = replace(recipe, C=0.5)
    elif is_long and len({s.extra.get(column) for a in articles for s in a.sentences} - {None, ""}) > _FEW:
        # of many labels, rare ones as heavy as the rest are given too often
        recipe = replace(recipe, C=2.0, balance=0.6, around=_LIGHT)
    if is_stance:
        recipe = replace(recipe, mentions=len({target for a in articles for target in a.targets}) >= _MANY_TARGETS)
    if other_language([a.article for a in articles]):
        recipe = without_english(recipe)
    return replace(recipe, chars=(0, 0)) if n_sentences >= _MANY else recipe


def without_english(recipe: Recipe) -> Recipe:
    """Leave out the blocks that know English only: cues, sources, evaluating words, the package's own models."""
    return replace(recipe, article=False, seen=False, default=False, known=False, judged=False)
