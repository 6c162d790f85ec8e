"""What the pages are made of: a project's articles with this person's labels, and what the models in use say of them."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any, TypeVar

from ...data.articles.metadata.article_language import article_language
from ...data.articles.metadata.language import ENGLISH
from ...data.codebook.versions import TakenUp, Versions
from ...data.project.project import Project
from ...data.records import Article, LabelledArticle
from ...errors import SaysoError

if TYPE_CHECKING:
    from ...classify.annotation.annotator import Annotator
    from ...classify.annotation.records import AnnotatedSentence
    from ...classify.stance_bias.targets import Target

T = TypeVar("T")
Say = Callable[[str], None]
QUIET = 2.0
"""Seconds after which all that the first page does not need is loaded, even if nobody has asked for that page yet."""
_SETTLED = 1.0  # seconds in which a codebook was not written to, so that it is whole
_KEPT = 64  # articles whose annotations are kept in memory
_N_WHY = 5  # reasons for a label, as on an annotated page
_FIRST_WORDS = "The port stayed shut, the harbour office said. “We lost two cranes,” its spokesman added."


@dataclass(frozen=True, slots=True)
class Settings:
    """What the command was asked for.

    Parameters
    ----------
    models : sequence of str
        Model files instead of the package's, each until one that is taught here is accepted.
    targets : sequence of Target
        Whom stances are asked about in every article.
    blind : bool
        The models' view is not sent to the browser.
    codebook : Path, optional
        The label scheme that takes the place of the project's.
    """

    models: Sequence[str] = ()
    targets: Sequence["Target"] = ()
    blind: bool = False
    codebook: Path | None = None


@dataclass(frozen=True, slots=True)
class ModelView:
    """What the models say of an article.

    Parameters
    ----------
    rows : mapping
        What `sayso annotate` writes as JSON lines, by where each sentence begins and ends.
    why_not : str or None
        Why there is nothing.
    annotated : sequence of AnnotatedSentence
        The same as records; none where there is nothing.
    """

    rows: Mapping[tuple[int, int], Any] = field(default_factory=dict)
    why_not: str | None = None
    annotated: "Sequence[AnnotatedSentence]" = ()


_BLIND = ModelView(why_not="The models’ predictions are hidden (--blind).")


class Desk:
    """A project and the models that read its articles; any number of threads may use it.

    Parameters
    ----------
    project : Project
    settings : Settings, optional
    tell : callable of str, optional
        Is told, in a line each, what the person who started the server should know.
    """

    def __init__(self, project: Project, settings: Settings | None = None, tell: Say = lambda line: None) -> None:
        self.project, self.settings, self.tell = project, settings or Settings(), tell
        self.adding = Lock()
        self.codebook_error: str | None = None
        self._taking_up = Lock()
        self._told: set[str] = set()  # of models that cannot be used, so that it is said once
        self._versions = Versions(project.layout.root)
        self._codebook_state: tuple[int, int, int] | None = None
        self._codebook_seen: tuple[object, float] = None, 0.0  # a state that is not in force, and since when it is known
        self._views: dict[tuple[Any, ...], ModelView] = {}
        self._annotating = Lock()
        self.first_shown = Event()  # then everything else is loaded, which would keep the first page waiting
        self._annotator: Future[Annotator] = Future()
        self.take_up(self.settings.codebook)
        self.load()

    def take_up(self, file: Path | None = None) -> TakenUp:
        """Put the project's codebook into force as its file is now.

        Parameters
        ----------
        file : Path, optional
            Takes its place.

        Raises
        ------
        SaysoError
            If a file is broken; the version in force stays in force.
        """
        with self._taking_up:
            state = self._state_of_codebook()  # before reading: what is written meanwhile is looked at again
            try:
                taken = self._versions.take_up(file)
            except (SaysoError, OSError) as error:
                self._codebook_state, self.codebook_error = state, str(error)
                raise
            self._codebook_state = state if file is None and state else self._state_of_codebook()
            self.project.use(taken.codebook.own_columns(), taken.codebook.version)
            self.codebook_error = None
        for line in taken.changes:
            self.tell(line)
        return taken

    def codebook_is_new(self) -> bool:
        """Tell whether the file of the codebook is another one than was put into force or refused.

        It is not yet while it may be being written: some editors empty or remove a file before they write it.
        """
        state = self._state_of_codebook()
        if state == self._codebook_state or not self.project.is_there():  # in a folder that has gone nothing is made anew
            return False
        if state != self._codebook_seen[0]:
            self._codebook_seen = state, time.monotonic()
        age = time.time() - state[0] / 1e9 if state else 0.0
        return max(age, time.monotonic() - self._codebook_seen[1]) >= _SETTLED

    def keep_up(self) -> None:
        """Put the codebook into force that somebody has edited; what is wrong with it is told once."""
        if not self.codebook_is_new():
            return
        try:
            self.take_up()
        except (SaysoError, OSError) as error:
            self.tell(f"Error: {error} The previous version stays in force.")

    def _state_of_codebook(self) -> tuple[int, int, int] | None:
        try:
            about = self.project.layout.codebook.stat()
        except OSError:
            return None
        return about.st_mtime_ns, about.st_size, about.st_ino

    def load(self) -> None:
        """Load the models that are in use now, beside all else; what older ones said is forgotten."""
        with self._annotating:
            self._annotator = in_background(self._loaded)
            self._views.clear()

    def models(self) -> list[str]:
        """Give the files of the models in use that are not the package's: those accepted here, then those asked for."""
        from ..teach.accepted import models_in_use

        return [str(path) for path in models_in_use(self.project.layout.root, self.settings.models, self._tell_of_model)]

    def _tell_of_model(self, error: SaysoError) -> None:
        """Tell of an accepted model that cannot be used, once."""
        if str(error) not in self._told:
            self._told.add(str(error))
            self.tell(f"{error} It is not used.")

    def _loaded(self) -> "Annotator":
        self.first_shown.wait(QUIET)
        from ...classify.annotation.annotator import load_annotator
        from ...classify.model_files.shipped import beside_others

        paths = self.models()
        for note in beside_others(paths):
            self.tell(note)
        annotator = load_annotator(paths, stance=True)
        annotator.annotate(Article("first", _FIRST_WORDS), _N_WHY)  # what is made at first use is made before somebody waits
        return annotator

    def annotator(self) -> "Annotator":
        """Give the models in use, as soon as they are loaded.

        Raises
        ------
        SaysoError
            If one of them cannot be used.
        """
        self.first_shown.set()
        return self._annotator.result()

    def model_view(self, key: str, labelled: LabelledArticle) -> ModelView:
        """Give what the models say of an article, in the sentences that it has; nothing when blind."""
        if self.settings.blind:
            return _BLIND
        targets = self.targets(labelled)
        with self._annotating:
            known = (key, *targets)
            if known not in self._views:
                while len(self._views) >= _KEPT:
                    self._views.pop(next(iter(self._views)))
                self._views[known] = self._viewed(labelled, targets)
            return self._views[known]

    def targets(self, labelled: LabelledArticle) -> "list[Target]":
        """Give whom stances are asked about in an article: its own targets, and those of all articles."""
        from ...classify.stance_bias.targets import Target

        own = [Target(name, tuple(aliases)) for name, aliases in labelled.targets.items()]
        return [*own, *(target for target in self.settings.targets if target.name not in labelled.targets)]

    def _viewed(self, labelled: LabelledArticle, targets: "Sequence[Target]") -> ModelView:
        from ...classify.annotation.conversions import as_json

        article = labelled.article
        language, _ = article_language(article)
        if language not in (ENGLISH, None):
            return ModelView(why_not=f"The article is not in English ({language}), and the models work only for English.")
        try:
            annotator = self.annotator()
        except SaysoError as error:
            return ModelView(why_not=f"The models cannot be used: {error}")
        annotated = annotator.annotate_sentences(article, [s.span for s in labelled.sentences], _N_WHY, targets)
        rows = map(json.loads, as_json(article, annotated))
        return ModelView({(row["start"], row["end"]): row for row in rows}, annotated=annotated)


def in_background(work: Callable[[], T]) -> Future[T]:
    """Do some work in a thread that does not keep the program from ending."""
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)

    Thread(target=run, daemon=True).start()
    return future
