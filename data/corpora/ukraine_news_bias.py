"""Crowd judgements of news on the Ukraine crisis, as their authors publish them.

Färber, Burkard, Jatowt, Lim: A Multidimensional Dataset Based on Crowdsourcing for Analyzing and Detecting News Bias,
CIKM 2020.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ...errors import SaysoError
from ..articles.notices import Say
from ..citing.reference import Reference
from ..records import Article, LabelledArticle, Sentence
from ..schemas.shown import shown
from .reader import Corpus, find_in, lay_out, need, need_text, need_whole, read_object, tell_counts

_QUESTIONS = ("subjectivity", "hidden_assumptions", "framing", "bias")
_FOLDER = "all-data-as-json"
_MOST = 1000.0  # a score; they go to 5
_SCORES = {
    "subjectivity_avg": ("subjectivity", "score", "avg"),
    "hidden_assumptions_avg": ("hidden_assumptions", "score", "avg"),
    "framing_russia_avg": ("framing", "score", "russia", "avg"),
    "framing_ukraine_avg": ("framing", "score", "ukraine", "avg"),
    "framing_west_avg": ("framing", "score", "west", "avg"),
    "pro_russia_avg": ("bias", "score", "pro-russia", "avg"),
    "pro_west_avg": ("bias", "score", "pro-west", "avg"),
}


def _read(path: Path, notice: Say) -> Iterator[LabelledArticle]:
    folder = find_in(path, CORPUS.title, _FOLDER)
    files = sorted(folder.glob("article_*.json"), key=lambda p: (len(p.name), p.name))
    if not files:
        raise SaysoError(f"{folder}: no article_N.json in it; use the folder as its authors published it.")
    counts: Counter[str] = Counter()
    for file in files:
        yield _article(file, counts)
    tell_counts(counts, folder, notice)


def _article(file: Path, counts: Counter[str]) -> LabelledArticle:
    article, where = read_object(file), str(file)
    counts["articles with scores of their own, left out"] += any(name in article for name in _QUESTIONS)
    judged = need(article, where, "sentences")
    if not isinstance(judged, list) or not judged:
        raise SaysoError(f"{file}: no sentences; use the file as its authors published it.")
    places = [f"{file}: sentence {n}" for n in range(len(judged))]
    rows = sorted(zip(judged, places, strict=True), key=lambda row: need_whole(row[0], row[1], "position_in_article"))
    text, spans = lay_out((" ", need_text(row, place, "content")) for row, place in rows)
    given = [row[name] for row, _ in rows for name in _QUESTIONS if isinstance(row.get(name), Mapping)]
    counts["individual judgements and annotators' countries, left out"] += sum("judgements" in one for one in given)
    sentences = (
        Sentence(n, span, extra=_extra(row, place)) for n, ((row, place), span) in enumerate(zip(rows, spans, strict=True))
    )
    return LabelledArticle(Article(need_text(article, where, "id"), text), tuple(sentences), meta={"split": "train"})


def _extra(row: Mapping[str, Any], place: str) -> dict[str, str]:
    scores = {name: _number(need(row, place, *path), name, place) for name, path in _SCORES.items()}
    return {
        "subjectivity": "subjective" if scores["subjectivity_avg"] > 1 else "objective",
        "slant": "slanted" if max(scores["pro_russia_avg"], scores["pro_west_avg"]) > 1 else "even",
        **{name: f"{score:.4f}" for name, score in scores.items()},
    }


def _number(value: object, name: str, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= _MOST:
        raise SaysoError(f"{place}: {name} is {shown(value)}; it must be a number.")
    return float(value)


CORPUS = Corpus(
    title="ukraine-news-bias",
    home="https://github.com/michaelfaerber/ukraine-news-bias",
    licence=None,
    labels={
        "subjectivity": "column subjectivity: subjective where the crowd's average is above 1, as its authors cut it, else "
        "objective; subjectivity_avg",
        "hidden_assumptions, framing": "columns hidden_assumptions_avg, framing_russia_avg, framing_ukraine_avg, "
        "framing_west_avg",
        "bias (pro-russia, pro-west)": "not converted to sayso's bias, which means loaded wording: it "
        "says which side is taken, and most "
        "articles have one list of judgements for all sentences. Columns pro_russia_avg, pro_west_avg (1 is neutral); "
        "slant: slanted where the larger is above 1, else even",
        "maj, intensified": "left out: in bias maj is 1 for 99 % of the sentences",
    },
    read=_read,
    references=(
        Reference(
            "farber2020multidimensional",
            "inproceedings",
            "A Multidimensional Dataset Based on Crowdsourcing for Analyzing and Detecting News Bias",
            ("Färber, Michael", "Burkard, Victoria", "Jatowt, Adam", "Lim, Sora"),
            "2020",
            {
                "booktitle": "Proceedings of the 29th ACM International Conference on Information and Knowledge Management "
                "(CIKM 2020)",
                "doi": "10.1145/3340531.3412876",
            },
        ),
    ),
)
