"""Counting what goes by: a dataset is summed up while its articles pass, none of them kept."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from ...errors import SaysoError
from ..display import clean, counted, sentences_in_articles
from ..records import LABEL_COLUMNS, LabelledArticle, Sentence, label_of
from ..rows.labelled_rows import rows_of
from ..rows.places import ABOUT_ARTICLE, SPLITS
from ..rows.suggestions import CODEBOOK, is_label_column

TASKS = (*LABEL_COLUMNS, "stance")


def count_labels(sentences: Iterable[Sentence]) -> dict[str, Counter[str]]:
    """Count the labels of each of `TASKS`; a sentence counts for stance once a target."""
    counts: dict[str, Counter[str]] = {task: Counter() for task in TASKS}
    for s in sentences:
        for column in LABEL_COLUMNS:
            if label := label_of(s, column):
                counts[column][label] += 1
        counts["stance"].update(s.stance.values())
    return counts


@dataclass(slots=True)
class Tally:
    """What has gone by.

    Parameters
    ----------
    articles, sentences : Counter of str
        By split.
    labels : dict of str to Counter of str
        Of each task: label to number of sentences (of stance: of sentences and targets).
    own, suggested : Counter of str
        Sentences that have a value in a column of the user's own, and in one that is no label: suggestions, and the version
        of the codebook.
    about : set of str
        Columns about articles.
    """

    articles: Counter[str] = field(default_factory=Counter)
    sentences: Counter[str] = field(default_factory=Counter)
    labels: dict[str, Counter[str]] = field(default_factory=lambda: {task: Counter() for task in TASKS})
    own: Counter[str] = field(default_factory=Counter)
    suggested: Counter[str] = field(default_factory=Counter)
    about: set[str] = field(default_factory=set)
    _digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)
    _split_by_id: dict[bytes, str] = field(default_factory=dict)

    def add(self, labelled: LabelledArticle) -> None:
        """Count an article.

        Raises
        ------
        SaysoError
            If its split is none of ours, or its id stood already.
        """
        split = labelled.split
        if split not in SPLITS:
            raise SaysoError(f"{labelled.article.id}: split {split!r} is not one of {', '.join(SPLITS)}.")
        self._check_new(labelled.article.id, split)
        self.articles[split] += 1
        self.sentences[split] += len(labelled.sentences)
        self.about |= {ABOUT_ARTICLE + key for key in labelled.meta if key != "split"}
        for task, counts in count_labels(labelled.sentences).items():
            self.labels[task].update(counts)
        for s in labelled.sentences:
            for name in s.extra:
                (self.own if is_label_column(name) else self.suggested)[name] += 1
        add_to_digest(self._digest, labelled)

    def _check_new(self, name: str, split: str) -> None:
        key = text_key(name)
        earlier = self._split_by_id.get(key)
        if earlier is None:
            self._split_by_id[key] = split
            return
        if earlier != split:
            both = " and ".join(sorted({earlier, split}))
            raise SaysoError(f"article {name!r} is in {both}; an article belongs to one split.")
        raise SaysoError(f"two articles have the id {name!r}; give each its own id.")

    @property
    def digest(self) -> str:
        """The SHA-256 of everything that the articles say, whatever file they came from."""
        return self._digest.hexdigest()

    @property
    def n_articles(self) -> int:
        """All of them."""
        return self.articles.total()

    @property
    def n_sentences(self) -> int:
        """All of them."""
        return self.sentences.total()


def text_key(text: str) -> bytes:
    """Give eight bytes that stand for a text, so that memory need not hold millions of them."""
    return hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=8).digest()


def add_to_digest(total: "hashlib._Hash", labelled: LabelledArticle) -> None:
    """Add everything that an article says to a digest, in a form that does not depend on the file it came from."""
    for row in rows_of(labelled):
        row["split"] = labelled.split
        total.update(json.dumps(row, sort_keys=True, ensure_ascii=True).encode() + b"\n")


def tally_of(articles: Iterable[LabelledArticle]) -> Tally:
    """Count articles."""
    tally = Tally()
    for labelled in articles:
        tally.add(labelled)
    return tally


def summary_of(tally: Tally) -> str:
    """Say in a few lines what went by."""
    lines = [sentences_in_articles(tally.n_sentences, tally.n_articles)]
    if len(tally.articles) > 1:
        splits = [f"{split} {tally.articles[split]:,}" for split in SPLITS if split in tally.articles]
        lines[0] += f" ({', '.join(splits)})"
    for task, counts in tally.labels.items():
        if counts:
            lines.append(f"{task}: " + ", ".join(f"{label} {n:,}" for label, n in counts.most_common()))
    lines += [f"{name}: {counted(n, 'sentence')} (a label column of your own)" for name, n in sorted(tally.own.items())]
    lines += [
        f"{name}: {counted(n, 'sentence')} ({_beside(name)}; not a label)" for name, n in sorted(tally.suggested.items())
    ]
    return "\n".join(map(clean, lines))


def _beside(name: str) -> str:
    return "how labels were given" if name == CODEBOOK else "a model's"
