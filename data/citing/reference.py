"""A publication, as an entry of BibTeX and as a line of text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..display import printable
from .tex import escaped

_AS_THEY_ARE = frozenset({"doi", "url"})
"""Fields that bibliography styles print verbatim: nothing in them is escaped."""
_VENUE = ("booktitle", "journal", "howpublished", "series", "publisher")


@dataclass(frozen=True, slots=True)
class Reference:
    """A publication.

    Parameters
    ----------
    key : str
        Of the entry: surname, year and a word, such as ``fan2019basil``.
    kind : str
        ``article``, ``inproceedings``, ``incollection``, ``book`` or ``misc``.
    title : str
    authors : tuple of str
        ``Surname, Given names``; the name of a group without a comma.
    year : str
        Empty if it is not known.
    fields : mapping of str to str
        Further fields of BibTeX, as plain text.
    """

    key: str
    kind: str
    title: str
    authors: tuple[str, ...]
    year: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


def bibtex(references: Iterable[Reference]) -> str:
    r"""Write references as BibTeX: each key once, sorted by key.

    Examples
    --------
    >>> print(bibtex([Reference("doe2020osk", "misc", "On Osk & NATO", ("Doe, Ann", "Osk Group"), "2020")]), end="")
    @misc{doe2020osk,
      title = {On {Osk} \& {NATO}},
      author = {Doe, Ann and {Osk Group}},
      year = {2020}
    }
    """
    return "\n".join(_entry(reference) for reference in _each_once(references))


def as_text(references: Iterable[Reference]) -> str:
    r"""Write references as lines of text, in the order of `bibtex`.

    Examples
    --------
    >>> as_text([Reference("doe2020osk", "misc", "On Osk", ("Doe, Ann",), "2020", {"howpublished": "Osk Press"})])
    'Doe, Ann (2020). On Osk. Osk Press.\n'
    """
    return "".join(f"{_line(reference)}\n" for reference in _each_once(references))


def _each_once(references: Iterable[Reference]) -> list[Reference]:
    by_key = {reference.key: reference for reference in references}
    return [by_key[key] for key in sorted(by_key)]


def _entry(of: Reference) -> str:
    authors = " and ".join(_author(name) for name in of.authors)
    fields = {"title": _protected(of.title), "author": authors, "year": escaped(of.year)}
    fields |= {name: text if name in _AS_THEY_ARE else escaped(text) for name, text in of.fields.items()}
    lines = ",\n".join(f"  {name} = {{{text}}}" for name, text in fields.items() if text)
    return f"@{of.kind}{{{of.key},\n{lines}\n}}\n"


def _author(name: str) -> str:
    """Put the name of a group into braces: BibTeX would take its last word for a surname."""
    return escaped(name) if "," in name else f"{{{escaped(name)}}}"


def _protected(title: str) -> str:
    """Put words with capitals into braces: many styles print titles in lower case, but for their first letter."""
    words = title.split()
    return " ".join(
        f"{{{escaped(word)}}}" if any(map(str.isupper, word[1:] if n == 0 else word)) else escaped(word)
        for n, word in enumerate(words)
    )


def _line(of: Reference) -> str:
    venue = [text for name in _VENUE if (text := of.fields.get(name))]
    volume = of.fields.get("volume", "") + (f"({of.fields['number']})" if "number" in of.fields else "")
    place = ", ".join(part for part in (*venue, volume, of.fields.get("pages", "").replace("--", "–")) if part)
    link = f"https://doi.org/{of.fields['doi']}" if "doi" in of.fields else of.fields.get("url", "")
    names = "; ".join(of.authors) + (f" ({of.year})" if of.year else "")
    sentences = [f"{part.rstrip('.')}." for part in (names, of.title, place, of.fields.get("note", "")) if part]
    return printable(" ".join([*sentences, *([link] if link else [])]))
