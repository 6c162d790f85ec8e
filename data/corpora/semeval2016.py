"""SemEval-2016 Task 6A, stance of tweets, as TweetEval publishes it.

Mohammad, Kiritchenko, Sobhani, Zhu, Cherry: SemEval-2016 Task 6: Detecting Stance in Tweets, S16-1003.
"""

from collections.abc import Iterator
from pathlib import Path

from ...errors import SaysoError
from ..articles.notices import Say
from ..citing.reference import Reference
from ..records import Article, LabelledArticle, Sentence, Span
from .reader import Corpus, choose, find_in, read_text

_TARGETS = {
    "abortion": "legalization of abortion",
    "atheism": "atheism",
    "climate": "climate change is a real concern",
    "feminist": "feminist movement",
    "hillary": "Hillary Clinton",
}
_STANCES = {"0": "neutral", "1": "against", "2": "favor"}
_SPLITS = {"train": "train", "val": "validation", "test": "test"}


def _read(path: Path, notice: Say) -> Iterator[LabelledArticle]:
    """Read the folder that holds the targets' folders, or the folder of one target."""
    folder = find_in(path, CORPUS.title, *_TARGETS, *(f"datasets/stance/{target}" for target in _TARGETS))
    folders = [folder] if folder == path else [p for p in sorted(folder.parent.iterdir()) if p.name in _TARGETS]
    for target in folders:
        for part, split in _SPLITS.items():
            if (target / f"{part}_text.txt").exists() or part == "train":
                yield from _read_part(target, part, split)


def _read_part(folder: Path, part: str, split: str) -> Iterator[LabelledArticle]:
    texts, labels = folder / f"{part}_text.txt", folder / f"{part}_labels.txt"
    tweets, stances = (read_text(path).rstrip("\n").split("\n") for path in (texts, labels))
    if len(tweets) != len(stances):
        raise SaysoError(f"{labels}: {len(stances):,} labels for the {len(tweets):,} tweets of {texts.name}.")
    key = folder.resolve().name
    target = _TARGETS[key]
    for n, (tweet, number) in enumerate(zip(tweets, stances, strict=True), 1):
        stance = choose(_STANCES, number.strip(), "label", f"{labels}:{n}")
        text = tweet.strip()
        if not text:
            raise SaysoError(f"{texts}:{n}: no tweet on this line; use the file as its authors published it.")
        yield LabelledArticle(
            Article(f"{key}-{part}-{n}", text),
            (Sentence(0, Span(0, len(text)), stance={target: stance}),),
            {target: ()},
            frozenset({"stance"}),
            {"split": split, "target": key},
        )


CORPUS = Corpus(
    title="SemEval-2016 Task 6A",
    home="https://github.com/cardiffnlp/tweeteval",
    licence=None,
    labels={
        "2 (favor)": "stance favor towards the target, each tweet an article of its own",
        "1 (against)": "stance against",
        "0 (none)": "stance neutral: neither in favor nor against, or unclear",
        **{key: f"target {name!r}; also the column article_target" for key, name in _TARGETS.items()},
    },
    read=_read,
    references=(
        Reference(
            "mohammad2016semeval",
            "inproceedings",
            "SemEval-2016 Task 6: Detecting Stance in Tweets",
            ("Mohammad, Saif", "Kiritchenko, Svetlana", "Sobhani, Parinaz", "Zhu, Xiaodan", "Cherry, Colin"),
            "2016",
            {
                "booktitle": "Proceedings of the 10th International Workshop on Semantic Evaluation (SemEval-2016)",
                "pages": "31--41",
                "doi": "10.18653/v1/S16-1003",
            },
        ),
        Reference(
            "barbieri2020tweeteval",
            "inproceedings",
            "TweetEval: Unified Benchmark and Comparative Evaluation for Tweet Classification",
            ("Barbieri, Francesco", "Camacho-Collados, Jose", "Espinosa Anke, Luis", "Neves, Leonardo"),
            "2020",
            {
                "booktitle": "Findings of the Association for Computational Linguistics: EMNLP 2020",
                "pages": "1644--1650",
                "doi": "10.18653/v1/2020.findings-emnlp.148",
            },
        ),
    ),
)
