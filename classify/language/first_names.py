"""First names and surnames of the world: whether a word is one, and the gender that it tells."""

from collections.abc import Mapping
from functools import cache

from ...data.lexicon import PersonalName, load_personal_names


@cache
def personal_names() -> Mapping[str, PersonalName]:
    """Give the first names and surnames of the word list, by themselves."""
    return {name.name: name for name in load_personal_names()}


def gender_of_first_name(word: str) -> str:
    """Tell the gender of a first name: ``m``, ``f``, or empty where it tells none or is not known.

    Parameters
    ----------
    word : str
        As printed.

    Examples
    --------
    >>> gender_of_first_name("Ngozi"), gender_of_first_name("Oleksiy"), gender_of_first_name("Robin")
    ('f', 'm', '')
    """
    name = personal_names().get(word)
    return name.gender if name else ""


def is_listed_first_name(word: str) -> bool:
    """Tell whether the word list has a word, as printed, as a first name.

    >>> is_listed_first_name("Petra"), is_listed_first_name("Okafor")
    (True, False)
    """
    name = personal_names().get(word)
    return name is not None and name.use != "last"


def is_surname(word: str) -> bool:
    """Tell whether the word list has a word, as printed, as a surname.

    >>> is_surname("Baker"), is_surname("Petra")
    (True, False)
    """
    name = personal_names().get(word)
    return name is not None and name.use != "first"
