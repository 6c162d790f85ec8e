"""A project of two people over six sentences, and what of it is asked."""

import pytest
from builders import labelled_article

from sayso.data.project.project import Project
from sayso.data.project.records import Change

SENTENCES = (
    "Rain fell on Tolm.",
    "“It will stop,” the mayor said.",
    "Nobody believed her.",
    "The harbour of Bek stayed closed.",
    "A study found cracks in its wall.",
    "Oss Radio called the delay shameful.",
)


@pytest.fixture
def folder(tmp_path):
    """Give a project's folder in which anna and ben have two articles of three sentences each."""
    for name in ("anna", "ben"):
        with Project.open(tmp_path / "p", name, tell=print) as project:
            project.add([labelled_article("rain", *SENTENCES[:3], title="Rain"), labelled_article("bek", *SENTENCES[3:])])
    return tmp_path / "p"


@pytest.fixture
def label(folder):
    """Give what labels sentences: rain 0 to 2, bek 3 to 5."""

    def label(name, labels, project=None):
        if project is None:
            with Project.open(folder, name, tell=print) as opened:
                return label(name, labels, opened)
        for number, values in labels.items():
            project.change(Change("rain" if number < 3 else "bek", number % 3, values))

    return label
