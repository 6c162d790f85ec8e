"""What models say of sentences that are to be labelled: of kinds and source types the same as annotating says."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from ...data.arrays import Floats64, Ints
from ...data.records import LABEL_COLUMNS, LabelledArticle
from ...data.rows.places import ABOUT_ARTICLE, RESERVED
from ...data.rows.suggestions import is_suggestion
from ...errors import OwnError, SaysoError
from ..annotation.annotator import Annotator, load_annotator
from ..attribution.extractor import Candidate, Extractor
from ..language.article_tokens import view
from ..linear.label_pairs import PAIRED, VOICE, kind_and_type
from ..model_files.files import ATTRIBUTION, BIAS, STANCE, load, reader_of, sort_of
from ..model_files.shipped import shipped_model
from ..model_files.shipped_attributions import extract, shipped_extractor
from ..tasks.protocol import ColumnReader
from ..word_reader.reader import WordReader, check_word_reader


class Said(NamedTuple):
    """What a model says of the sentences of an article, or of several.

    Parameters
    ----------
    chances : ndarray of shape (n_sentences, n_labels)
    labels : ndarray of int, shape (n_sentences,)
        Numbers of the labels that are told: of a source type the likeliest that goes with the kind.
    """

    chances: Floats64
    labels: Ints

    @classmethod
    def of(cls, chances: Floats64) -> "Said":
        """Tell the likeliest label of each."""
        return cls(chances, chances.argmax(axis=1))

    def only(self, numbers: Sequence[int]) -> "Said":
        """Give what is said of some of the sentences."""
        return Said(self.chances[numbers], self.labels[numbers])


class Asker(Protocol):
    """What is asked about a column."""

    @property
    def column(self) -> str:
        """The column."""
        ...

    @property
    def labels(self) -> Sequence[str]:
        """The labels, in the order of the chances."""
        ...

    def ask(self, articles: Sequence[LabelledArticle]) -> list[Said]:
        """Ask about all sentences of articles."""
        ...


@dataclass(frozen=True)
class AskedAnnotator:
    """Says of kind or source type what annotating says: by the model, by forms and by who speaks."""

    annotator: Annotator
    column: str

    @property
    def labels(self) -> Sequence[str]:
        """The labels, in the order of the chances."""
        return PAIRED[self.column]

    def ask(self, articles: Sequence[LabelledArticle]) -> list[Said]:
        """Ask about all sentences of articles."""
        pairs = self.annotator.pair_chances((of.article, [s.span for s in of.sentences]) for of in articles)
        i = tuple(PAIRED).index(self.column)
        return [Said(chances.sum(axis=2 - i), kind_and_type(chances)[i]) for chances in pairs]


@dataclass(frozen=True)
class AskedReader:
    """A model of another column, with what finds the attributions that it looks at."""

    reader: ColumnReader
    column: str
    extractor: Extractor | None

    @property
    def labels(self) -> Sequence[str]:
        """The labels, in the order of the chances."""
        return self.reader.labels

    def ask(self, articles: Sequence[LabelledArticle]) -> list[Said]:
        """Ask about all sentences of articles."""
        found = extract(self.extractor, articles) if self.extractor else [[] for _ in articles]
        return [Said.of(self._chances(of, candidates)) for of, candidates in zip(articles, found, strict=True)]

    def _chances(self, labelled: LabelledArticle, candidates: Sequence[Candidate]) -> Floats64:
        tokens = view(labelled.article.text, [s.span for s in labelled.sentences])
        return self.reader.chances(tokens, labelled.article.title, candidates)


def ask_each(
    asker: Asker, articles: Sequence[LabelledArticle], on_error: Callable[[SaysoError], object]
) -> list[Said | None]:
    """Ask about articles; one on which a bug of ours comes up is told to ``on_error``, and has None."""
    try:
        return [*asker.ask(articles)]
    except (SaysoError, MemoryError):
        raise
    except Exception as error:
        failure = OwnError.of(articles[0].article.id, error)
    if len(articles) == 1:
        on_error(failure)
        return [None]
    return [said for article in articles for said in ask_each(asker, [article], on_error)]


def load_asker(
    path: Path | None, column: str | None, beside: Sequence[Path] = (), reader: WordReader | None = None
) -> Asker | None:
    """Load the model to ask: that of a file, or the package's of the column.

    Parameters
    ----------
    path : Path or None
    column : str or None
        None for what the model labels.
    beside : sequence of Path, optional
        Files of other models in use, with which kinds and source types are told together.
    reader : WordReader, optional
        Reads the articles too.

    Returns
    -------
    Asker or None
        None for a column of the user's own for which no file is given.

    Raises
    ------
    SaysoError
        If it labels no sentences, or not the column that is asked for, or the column can have no labels.
    """
    if path is None and column is not None and column not in LABEL_COLUMNS:
        _check_own(column)
        return None
    file = path or shipped_model(BIAS if column == BIAS else VOICE)
    if file is None:
        raise SaysoError("the built-in models are missing from this installation; give a model with --model.")
    model = load(file)
    name = path or "the built-in model"
    if model.task in (ATTRIBUTION, STANCE):
        raise SaysoError(
            f"{name}: this model does not label sentences; give a model for kind, source_type, bias or a column of your own."
        )
    sort = sort_of(model)
    if expected := sort.encoder(model):
        raise SaysoError(
            f"{name}: this model needs the encoder {expected['name']!r}; to choose sentences, train a "
            "model without --encoder."
        )
    labelled = PAIRED if model.task == VOICE else (model.task,)
    asked = column or next(iter(labelled))
    if asked not in labelled:
        raise SaysoError(
            f"{name}: a model for the task {model.task!r}, which does not label {column!r}; give another with --model."
        )
    if asked in PAIRED:
        return AskedAnnotator(load_annotator([str(one) for one in (path, *beside) if one], bias=False, reader=reader), asked)
    check_word_reader(sort.word_reader(model), reader, str(name))
    extractor = load_annotator(bias=False, reader=reader).extractor if reader else shipped_extractor()
    return AskedReader(reader_of(model, None, reader), asked, extractor)


def _check_own(column: str) -> None:
    """Refuse a column that holds something else than labels of sentences."""
    if column in (*RESERVED, ATTRIBUTION) or column.startswith(ABOUT_ARTICLE) or is_suggestion(column):
        raise SaysoError(
            f"{column!r} is not a column of sentence labels; give kind, source_type, bias or a column of your own."
        )
