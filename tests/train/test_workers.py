"""How many folds are worked on at once, and what is said where memory may not do."""

import os

import joblib
import pytest

from sayso.data.records import Article, LabelledArticle
from sayso.train.commands.options import memory_needed, workers

MEGABYTE = [LabelledArticle(Article("a", "x" * 1_000_000), ())]


@pytest.fixture(autouse=True)
def eight_processors(monkeypatch):
    monkeypatch.setattr(joblib, "cpu_count", lambda: 8)


def test_features_of_attributions_need_more_than_those_of_a_column():
    assert memory_needed("kind", MEGABYTE) == 250_000_000 + 325_000_000
    assert memory_needed("topic", MEGABYTE) == 250_000_000 + 75_000_000
    assert memory_needed("attribution", MEGABYTE, read=True) == 250_000_000 + 325_000_000 + 200_000_000


def test_as_many_folds_as_two_gigabytes_hold(capsys):
    assert workers(None) == 8
    assert capsys.readouterr().err == ""
    assert workers(None, 510_000_000) == 3
    assert "Folds in parallel: 3, about 0.5 GB each; for more, give --jobs N." in capsys.readouterr().err
    assert workers(None, 20_000_000_000) == 1


def test_who_asks_for_a_number_gets_it(capsys):
    assert workers(5, 20_000_000_000) == 5
    assert capsys.readouterr().err == ""


def test_what_does_not_fit_into_this_machine_is_said_with_what_to_do(capsys, monkeypatch):
    monkeypatch.setattr(os, "sysconf", {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": 100_000}.get)
    memory_needed("topic", MEGABYTE)
    assert capsys.readouterr().err == ""
    memory_needed("kind", MEGABYTE)
    expected = (
        "need about 0.6 GB of memory, and this machine has 0.4 GB; if memory runs out, train on a random part of the rows."
    )
    assert expected in capsys.readouterr().err
