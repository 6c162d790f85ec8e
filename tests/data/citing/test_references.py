"""What is cited: entries of BibTeX that hold together, one source for the tool, and references for every corpus."""

import json
import re
import tomllib
from importlib import resources
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sayso.data.citing.methods import METHODS
from sayso.data.citing.reference import Reference, as_text, bibtex
from sayso.data.citing.sources import corpora_by_title, corpora_of_dataset, is_dataset
from sayso.data.citing.tex import escaped
from sayso.data.citing.tool import cff, tool_reference
from sayso.data.corpora.reader import Corpus
from sayso.data.corpora.registry import CORPORA

ROOT = Path(__file__).parents[3]
ALL = [tool_reference(), *(paper for corpus in CORPORA.values() for paper in corpus.cited), *METHODS.values()]
NEEDED = {
    "article": {"journal", "volume", "pages"},
    "inproceedings": {"booktitle"},
    "incollection": {"booktitle", "publisher"},
    "misc": {"howpublished"},
}


def fields_of(entry):
    """Take an entry apart; fails where BibTeX would."""
    head, _, body = entry.partition(",\n")
    assert re.fullmatch(r"@(article|inproceedings|incollection|misc)\{[a-z0-9]+", head), head
    assert body.endswith("\n}\n")
    found = {}
    for line in body.removesuffix("\n}\n").split(",\n"):
        name, value = re.fullmatch(r"  (\w+) = \{(.*)\}", line).groups()
        depth = 0
        for sign in re.sub(r"\\.", "", value):
            depth += (sign == "{") - (sign == "}")
            assert depth >= 0, line
        assert depth == 0, line
        assert name not in found
        found[name] = value
    return found


def test_every_entry_holds_together_and_has_what_its_kind_needs():
    entries = [entry + "\n" for entry in bibtex(ALL).removesuffix("\n").split("\n\n")]
    entries = [entry if entry.endswith("}\n") else f"{entry}}}\n" for entry in entries]
    assert len(entries) == len({of.key for of in ALL}) == len(ALL)
    by_key = {of.key: of for of in ALL}
    for entry in entries:
        found, of = fields_of(entry), by_key[re.match(r"@\w+\{(\w+),", entry)[1]]
        assert {"title", "author", "year"} | NEEDED[of.kind] <= found.keys(), of.key
        assert re.fullmatch(r"(19|20)\d\d", found["year"])
        assert of.key == "sayso" or found["year"] in of.key
        assert not re.search(r"(?<!\\)[&%$#_]", "".join(v for k, v in found.items() if k not in ("doi", "url")))
        assert found.get("doi", "10.").startswith("10.")
        assert found.get("url", "https://").startswith("https://")
        assert re.fullmatch(r"\d+--\d+", found.get("pages", "1--2"))


def test_entries_are_sorted_and_each_stands_once():
    keys = re.findall(r"^@\w+\{(\w+),$", bibtex([*ALL, *ALL]), re.MULTILINE)
    assert keys == sorted({of.key for of in ALL})
    assert bibtex(ALL) == bibtex(reversed(ALL))


def test_names_of_programs_and_places_keep_their_capitals():
    entry = bibtex(
        [Reference("doe2021x", "misc", "News from NATO: what BABE & co. say", ("Doe, Ann", "The Osk Group"), "2021")]
    )
    assert "title = {News from {NATO:} what {BABE} \\& co. say}" in entry
    assert "author = {Doe, Ann and {The Osk Group}}" in entry
    assert "{CheckThat!}" in bibtex(CORPORA["checkthat-subjectivity"].cited)


def test_a_reference_as_text():
    assert as_text([METHODS["corrected resampled t-test"]]) == (
        "Nadeau, Claude; Bengio, Yoshua (2003). Inference for the Generalization Error. Machine Learning, 52(3), 239–281. "
        "https://doi.org/10.1023/A:1024068626366\n"
    )


@pytest.mark.parametrize("key", CORPORA)
def test_every_corpus_names_its_papers(key):
    assert CORPORA[key].references


def test_a_corpus_without_papers_is_cited_by_its_home():
    corpus = Corpus("Osk News 1.0", "https://osk.example/news", None, {}, lambda path, notice: iter(()))
    assert bibtex(corpus.cited) == ("@misc{osknews10,\n  title = {Osk {News} 1.0},\n  url = {https://osk.example/news}\n}\n")


def test_the_tool_is_cited_by_its_citation_file_alone():
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    known = yaml.safe_load(text)
    assert cff()["title"] == known["title"]
    assert cff()["abstract"] == known["abstract"]
    assert cff()["authors"] == [author["name"] for author in known["authors"]]
    of = tool_reference()
    assert (of.title, of.authors, of.year) == (known["title"], tuple(cff()["authors"]), known["date-released"][:4])
    assert of.fields["note"] == f"Version {known['version']}"


def test_the_citation_file_is_installed_with_the_package():
    package_data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["package-data"]
    assert "CITATION.cff" in package_data["sayso"]
    assert resources.files("sayso").joinpath("CITATION.cff").is_file()


def test_the_citation_file_is_complete():
    known = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert known["cff-version"] == "1.2.0"
    assert {"message", "title", "authors", "abstract", "keywords", "date-released"} <= known.keys()
    assert (known["version"], known["license"], known["type"]) == (project["version"], project["license"], "software")
    assert all({"name"} == author.keys() or {"family-names", "given-names"} <= author.keys() for author in known["authors"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", known["date-released"])
    assert json.dumps(known)  # texts only: no date that YAML has read as one


def test_the_corpora_of_a_dataset_are_those_that_its_card_names(tmp_path):
    home = CORPORA["babe"].home
    rows = f"| BABE, {home} | AGPL-3.0 | 2 | 4 |\n| BASIL | x | 1 | 1 |\n"
    card = f"News sentences, one a row, built by `sayso data build`.\n\n{rows}"
    (tmp_path / "README.md").write_text(card, encoding="utf-8")
    assert is_dataset(tmp_path)
    assert corpora_of_dataset(tmp_path) == corpora_of_dataset(tmp_path / "train.csv") == ["babe"]
    assert corpora_of_dataset(tmp_path / "no" / "such") == []
    assert corpora_by_title(["NewsMTSC", "my news", "PolNeAR 1.0"]) == ["newsmtsc", "polnear"]


@given(st.text())
def test_any_text_is_one_line_that_latex_prints(text):
    tex = escaped(text)
    plain = re.sub(r"\\text\w+\{\}|\\[&%$#_{}]|\\,|\$-\$|\$\\kappa\$|\{[\[*]\}", "", tex)
    assert not re.search(r"[\\{}&%$#_^<>|]", plain), tex
    assert tex.isprintable()
    assert not tex.startswith(("[", "*"))
