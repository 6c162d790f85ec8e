"""Annotating a table of articles from Python: a row an article in, a row a sentence out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

from ...data.display import counted
from ...data.records import Article
from ...data.rows.recognition.names import listed
from ...errors import SaysoError
from ..annotation.annotator import Annotator
from ..annotation.arguments import Targets, is_whole, named_targets
from ..annotation.table import SentenceTable
from ..files.english import EnglishOnly
from ..stance_bias.targets import Target
from .annotating import Models, Reader, kept_annotator
from .warned import warn

if TYPE_CHECKING:
    from pandas import DataFrame

_MOST_NAMED = 5  # rows that a warning names
_ID = "article"  # the column of the result that holds the article's id


@overload
def annotate_frame(
    frame: "DataFrame",
    *,
    text: str = ...,
    id: str | None = ...,
    title: str | None = ...,
    outlet: str | None = ...,
    date: str | None = ...,
    models: Models = ...,
    targets: Targets = ...,
    bias: bool = ...,
    any_language: bool = ...,
    reader: Reader = ...,
    chunk: None = ...,
) -> "DataFrame": ...


@overload
def annotate_frame(
    frame: "DataFrame | Iterable[DataFrame]",
    *,
    text: str = ...,
    id: str | None = ...,
    title: str | None = ...,
    outlet: str | None = ...,
    date: str | None = ...,
    models: Models = ...,
    targets: Targets = ...,
    bias: bool = ...,
    any_language: bool = ...,
    reader: Reader = ...,
    chunk: int | None = ...,
) -> "Iterator[DataFrame]": ...


def annotate_frame(
    frame: "DataFrame | Iterable[DataFrame]",
    *,
    text: str = "text",
    id: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    date: str | None = None,
    models: Models = (),
    targets: Targets = (),
    bias: bool = True,
    any_language: bool = False,
    reader: Reader = None,
    chunk: int | None = None,
) -> "DataFrame | Iterator[DataFrame]":
    """Annotate a table of articles: one row per article in, one row per sentence out.

    Parameters
    ----------
    frame : DataFrame, or iterable of DataFrame
        One row per article, such as ``pandas.read_csv("news.csv")``. An iterable of frames, such as
        ``pandas.read_csv("news.csv", chunksize=1000)``, is annotated frame by frame.
    text : str, default="text"
        The column that holds the articles' texts, each as a string; offsets count its characters.
    id, title, outlet, date : str, optional
        Further columns of the articles. Without ``id`` the row's label in the index is the article's id.
    models, targets, bias, any_language, reader
        As `annotate` takes them. Articles that are not in English are left out with a warning.
    chunk : int, optional
        Give an iterator of frames, each with the sentences of this number of rows: memory does not grow with the table.

    Returns
    -------
    DataFrame of shape (n_sentences, n_columns), or iterator of DataFrame
        The other columns of ``frame`` and then those of `Annotation.to_pandas`. A sentence has the index label of its
        article's row. An iterator for ``chunk``, and for an iterable of frames.

    Raises
    ------
    ValueError
        If a column is missing, two have one name, a column of ``frame`` has the name of one of the result, or a text is
        no string.
    TypeError
        If ``frame`` is no DataFrame.
    SaysoError
        If two targets or models would have one column.

    Warns
    -----
    UserWarning
        If rows have no text, or no sentence, hold half a character (a lone surrogate), or are not in English: they have
        no row in the result.

    Examples
    --------
    >>> import pandas as pd
    >>> import sayso
    >>> frame = pd.DataFrame(
    ...     {
    ...         "outlet": ["Orla Post", "Tolle News"],
    ...         "body": ["Rain is expected, the weather office said.", "The pier is shut. “For good,” Ida Berg said."],
    ...     }
    ... )
    >>> sentences = sayso.annotate_frame(frame, text="body")
    >>> sentences[["outlet", "n", "kind"]]
           outlet  n            kind
    0   Orla Post  0  official_claim
    1  Tolle News  0       narrative
    1  Tolle News  1           quote
    >>> pd.crosstab(sentences["outlet"], sentences["kind"])["quote"].to_dict()
    {'Orla Post': 0, 'Tolle News': 1}
    """
    named = named_targets(targets)
    annotator = kept_annotator(models, stance=bool(named), bias=bias, reader=reader)
    work = _Work(annotator, named, _Columns(text, id, title, outlet, date), any_language)
    if chunk is not None and (isinstance(chunk, bool) or not isinstance(chunk, int) or chunk < 1):
        raise ValueError(f"chunk is the number of rows of each frame, 1 or more, not {chunk!r}.")
    one = _as_frame(frame)
    if one is None:
        return (work.sentences_of(part) for part in _parts(_frames(frame), chunk))
    work.check(one)
    if chunk is None:
        return work.sentences_of(one)
    return (work.sentences_of(part) for part in _parts(iter([one]), chunk))


def _as_frame(value: Any) -> "DataFrame | None":
    """Give a table as a frame of pandas, that of another library too; None for what may be an iterable of frames."""
    import pandas as pd

    if isinstance(value, pd.DataFrame):
        return value
    if hasattr(value, "to_pandas"):
        return value.to_pandas()
    if isinstance(value, str | Mapping | pd.Series) or not isinstance(value, Iterable):
        raise TypeError(
            f"annotate_frame() takes a DataFrame, or an iterable of them, not {type(value).__name__}. "
            "For a file, read it first: pandas.read_csv(path)."
        )
    return None


def _frames(values: Iterable[Any]) -> "Iterator[DataFrame]":
    for value in values:
        frame = None if isinstance(value, list | tuple) else _as_frame(value)
        if frame is None:
            raise TypeError(f"annotate_frame() takes an iterable of DataFrames; this one gave {type(value).__name__}.")
        yield frame


def _parts(frames: "Iterator[DataFrame]", chunk: int | None) -> "Iterator[DataFrame]":
    """Cut frames into parts of at most ``chunk`` rows; an empty frame is one part."""
    for frame in frames:
        size = chunk or max(len(frame), 1)
        for start in range(0, max(len(frame), 1), size):
            yield frame.iloc[start : start + size]


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns that hold the parts of an article."""

    text: str
    id: str | None
    title: str | None
    outlet: str | None
    date: str | None

    def check(self, names: Sequence[Any]) -> None:
        """Refuse columns that a frame does not have, or has twice."""
        if self.text is None:
            raise ValueError("text is the name of the column that holds the articles' texts, not None.")
        for part in ("text", "id", "title", "outlet", "date"):
            column = getattr(self, part)
            n = list(names).count(column)
            if column is not None and not n:
                given = listed([str(name) for name in names])
                raise ValueError(f"No column {column!r} in the frame; it has {given}. Give {part}=NAME of one of them.")
            if n > 1:
                raise ValueError(f"The frame has {n} columns {column!r}; give each a name of its own.")


@dataclass(frozen=True, slots=True)
class _Work:
    """Annotates one frame after the other."""

    annotator: Annotator
    targets: Sequence[Target]
    columns: _Columns
    any_language: bool

    def check(self, frame: "DataFrame") -> list[Any]:
        """Refuse a frame that cannot be annotated; give the columns that stay beside the sentences."""
        names = list(frame.columns)
        self.columns.check(names)
        replaced = {self.columns.text, *([_ID] if self.columns.id == _ID else [])}
        kept = [name for name in names if name not in replaced]
        if twice := [name for name, n in Counter(kept).items() if n > 1]:
            raise ValueError(
                f"The frame has several columns of one name: {listed(list(map(str, twice)))}. Rename them first."
            )
        taken = set(self._table().columns)
        if clashing := [name for name in kept if name in taken]:
            raise ValueError(
                f"The frame has columns that the result has too: {listed(clashing)}. Rename them first, as in "
                f"frame.rename(columns={{{clashing[0]!r}: 'own_{clashing[0]}'}})."
            )
        return kept

    def sentences_of(self, frame: "DataFrame") -> "DataFrame":
        """Annotate the rows of a frame."""
        import pandas as pd

        kept = self.check(frame)
        places, articles = self._articles(frame)
        table, rows, empty, lost = self._table(), [], [], list[SaysoError]()
        annotations = self.annotator.annotate_all(articles, 0, self.targets, lost.append)
        for place, annotation in zip(places, annotations, strict=True):
            table.add(annotation.article, annotation.sentences)
            rows += [place] * len(annotation)
            empty += [] if annotation else [place]
        _tell_of_rows(frame, empty, f"{'an internal error of sayso, or ' * bool(lost)}no sentence in the text")
        for error in lost[:_MOST_NAMED]:
            warn(str(error))
        beside = frame[kept].iloc[rows]
        return pd.concat([beside, table.to_pandas(beside.index)], axis=1)

    def _table(self) -> SentenceTable:
        return SentenceTable([target.name for target in self.targets], tuple(self.annotator.own))

    def _articles(self, frame: "DataFrame") -> tuple[list[int], list[Article]]:
        """Give the articles of a frame that are to be annotated, and the numbers of their rows."""
        english = EnglishOnly(any_language=self.any_language, hint="any_language=True labels them all the same")
        missing, broken, places, articles = [], [], [], []
        known = [_cells(frame, getattr(self.columns, part)) for part in ("id", "title", "outlet", "date")]
        for place, (label, value) in enumerate(zip(frame.index, frame[self.columns.text], strict=True)):
            text = self._text(label, value)
            if not text.strip():
                missing.append(place)
                continue
            name, title, outlet, date = [cells[place] for cells in known]
            given = Article(name or str(label), text, title, outlet, date)
            if not all(map(is_whole, (given.id, text, title or ""))):
                broken.append(place)
                continue
            article = english.known(given)
            if article is not None:
                places.append(place)
                articles.append(article)
        _tell_of_rows(frame, missing, f"no text in column {self.columns.text!r}")
        _tell_of_rows(frame, broken, "half a character (a lone surrogate) in the text, title or id")
        english.tell(warn)
        return places, articles

    def _text(self, label: Any, value: Any) -> str:
        if isinstance(value, str):
            return value
        if _is_missing(value):
            return ""
        raise ValueError(f"Row {label!r}: column {self.columns.text!r} holds {type(value).__name__}, not a string.")


def _cells(frame: "DataFrame", column: str | None) -> list[str | None]:
    """Give the values of a column as words; None where there is no value, or no column."""
    if column is None:
        return [None] * len(frame)
    return [None if _is_missing(value) else str(value) for value in frame[column]]


def _is_missing(value: Any) -> bool:
    import pandas as pd

    return bool(pd.api.types.is_scalar(value) and pd.isna(value))


def _tell_of_rows(frame: "DataFrame", places: Sequence[int], why: str) -> None:
    """Warn of rows that have no sentence in the result."""
    if not places:
        return
    named = ", ".join(str(frame.index[place]) for place in places[:_MOST_NAMED])
    more = f" and {len(places) - _MOST_NAMED:,} more" if len(places) > _MOST_NAMED else ""
    warn(f"{len(places):,} of {counted(len(frame), 'row')}: {why}, so the result has no row for {named}{more} (index).")
