"""Profiles as a table of figures, JSON or CSV."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ...data.atomic_write import replace_file
from ...data.records import Article
from ...data.scheme import STANCES
from ...data.tabular.spreadsheets import BOM, csv_text
from ...errors import SaysoError
from .profile import NAMED, STANCE_COUNTS, Profile, profile_dict, together

COLUMNS = (
    *("article", "of", "name", "source_type", "articles", "sentences", "words", "share"),
    *("quotes", "paraphrases", "words_quoted", "words_paraphrased", "neutral", "endorsing", "distancing"),
    *("named", "told"),
)
_ABOUT = ("title", "outlet", "date", "url", "language")


def check_profile_path(path: str) -> None:
    """Refuse a file name that does not tell JSON from CSV."""
    if Path(path).suffix.lower() not in (".json", ".csv"):
        raise SaysoError(f"{path}: --profile writes only .json or .csv files; choose a name that ends in one of these.")


def write_profiles(path: str, profiles: Sequence[tuple[Article, Profile]], *, excel: bool = False) -> None:
    """Write the profile of each article and of all together.

    Parameters
    ----------
    path : str
        ``.json`` or ``.csv``.
    profiles : sequence of (Article, Profile)
        Of an article only what is known of it is looked at.
    excel : bool, default=False
        Of CSV: with a byte order mark, and so that no cell is run as a formula.
    """
    everything = profile_dict(together(profile for _, profile in profiles))
    each = [(article, profile_dict(profile)) for article, profile in profiles]
    is_csv = Path(path).suffix.lower() == ".csv"
    text = _csv(everything, each, excel=excel) if is_csv else _json(everything, each)
    with replace_file(path) as file:
        file.write(text.encode())


def _json(everything: dict[str, Any], each: Sequence[tuple[Article, dict[str, Any]]]) -> str:
    rows = [{"article": a.id, **{k: getattr(a, k) for k in _ABOUT if getattr(a, k)}, **values} for a, values in each]
    return json.dumps({"all": everything, "articles": rows}, ensure_ascii=False, indent=1) + "\n"


def _csv(everything: dict[str, Any], each: Sequence[tuple[Article, dict[str, Any]]], *, excel: bool) -> str:
    """Give a row for each figure: of all articles where the article is empty."""
    cells: list[Sequence[Any]] = [COLUMNS]
    for name, values in (("", everything), *((article.id, values) for article, values in each)):
        for row in _rows(values):
            about = {"article": name, **row}
            cells.append([about.get(column, "") for column in COLUMNS])
    return (BOM if excel else "") + csv_text(cells, safe=excel, end="\n")


def _rows(values: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    yield {
        "of": "all",
        "articles": values["articles"],
        "sentences": values["sentences"],
        "words": values["words"],
        "share": 1.0,
        **values["tones"],
    }
    yield {"of": "headline", "sentences": values["headline_sentences"]}
    for of, labels in (("kind", values["kinds"]), ("source_type", values["source_types"])):
        for label, counts in labels.items():
            yield {"of": of, "name": label, **counts}
    for speaker in [*values["speakers"], values["not_named"]]:
        known = {key: value for key, value in speaker.items() if key in COLUMNS}
        words = speaker["words_quoted"] + speaker["words_paraphrased"]
        if speaker["name"] or words:
            yield {"of": "speaker", **known, "words": words, **speaker["tones"]}
    for of in ("first_word", "last_word"):
        for name, articles in values[of].items():
            yield {"of": of, "name": name, "articles": articles}
    for target, labels in values["stance"].items():
        covered = {"named": labels[NAMED], "told": sum(labels[label] for label in STANCES)}
        for label in STANCE_COUNTS:
            yield {"of": f"stance: {label}", "name": target, "sentences": labels[label], **covered}
    for word, n in values["loaded"].items():
        yield {"of": "loaded", "name": word, "words": n}
