"""The articles that were read or changed last, so that the next change of one need not read it from its table."""

import threading

from ...records import LabelledArticle

MOST = 20_000
"""So many sentences are kept at most, but for one longer article: some ten megabytes."""


class Kept:
    """Articles by their ids; any number of threads may use them.

    Parameters
    ----------
    most : int
        So many sentences are kept, but always the last article.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most, self._n_sentences = most, 0
        self._articles: dict[str, LabelledArticle] = {}  # that which was used last stands last
        self._lock = threading.Lock()

    def get(self, name: str) -> LabelledArticle | None:
        """Give an article, if it is kept."""
        with self._lock:
            found = self._articles.pop(name, None)
            if found is not None:
                self._articles[name] = found
            return found

    def put(self, labelled: LabelledArticle) -> None:
        """Keep an article as it is now, and let go of those that were used least lately."""
        name = labelled.article.id
        with self._lock:
            if (before := self._articles.pop(name, None)) is not None:
                self._n_sentences -= len(before.sentences)
            self._articles[name] = labelled
            self._n_sentences += len(labelled.sentences)
            while self._n_sentences > self._most and len(self._articles) > 1:
                self._n_sentences -= len(self._articles.pop(next(iter(self._articles))).sentences)

    def clear(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._articles, self._n_sentences = {}, 0
