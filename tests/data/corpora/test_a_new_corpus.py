"""To add a public corpus: one `Corpus`, and a line of `CORPORA`."""

from dataclasses import replace
from functools import partial

import pytest
from builders import run_sayso

from sayso.data.corpora.reader import Corpus, choose, find_in, lay_out, read_records
from sayso.data.corpora.registry import CORPORA, import_corpus
from sayso.data.datasets.build import read_labelled
from sayso.data.records import Article, LabelledArticle, Sentence
from sayso.errors import SaysoError

BIASES = {"L": "biased", "F": "neutral"}


def read(path, notice):
    """Read ``leads.csv``, a sentence an article; rows without a label are left out and counted."""
    table = find_in(path, "Leads", "leads.csv")
    n_skipped = 0
    for where, row in read_records(table, ",", ("id", "lead", "label")):
        if not row["label"]:
            n_skipped += 1
            continue
        text, (span,) = lay_out([("", row["lead"])])
        sentence = Sentence(0, span, bias=choose(BIASES, row["label"], "label", where))
        yield LabelledArticle(Article(row["id"], text), (sentence,), complete=frozenset({"bias"}), meta={"split": "train"})
    if n_skipped:
        notice(f"{table}: rows without a label left out: {n_skipped}.")


def derive(labelled):
    """Add what a table of ours gives."""
    (sentence,) = labelled.sentences
    return replace(labelled, sentences=(replace(sentence, kind="narrative", source_type="none"),))


LEADS = Corpus(
    title="Leads",
    home="https://example.org/leads",
    licence="CC-BY-4.0",
    labels={"L": "bias biased", "F": "bias neutral"},
    read=read,
    derive=derive,
)
ROWS = "id,lead,label\na,The thugs struck.,L\nb,It rained.,F\nc,It froze.,\n"


@pytest.fixture(autouse=True)
def registered(monkeypatch):
    monkeypatch.setitem(CORPORA, "leads", LEADS)


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "leads"
    path.mkdir()
    (path / "leads.csv").write_text(ROWS)
    return path


run = partial(run_sayso, "data", "import")


def test_its_labels_become_ours(folder):
    notices = []
    articles = import_corpus("leads", folder, notice=notices.append)
    assert [(a.article.id, s.bias, s.kind) for a in articles for s in a.sentences] == [
        ("a", "biased", "narrative"),
        ("b", "neutral", "narrative"),
    ]
    assert notices == [f"{folder / 'leads.csv'}: rows without a label left out: 1."]


def test_what_our_table_adds_can_be_left_out(folder):
    assert [s.kind for a in import_corpus("leads", folder, kinds=False) for s in a.sentences] == [None, None]


def test_a_label_it_does_not_know_is_refused(folder):
    (folder / "leads.csv").write_text(ROWS.replace(",F", ",X"))
    with pytest.raises(SaysoError, match=r"leads\.csv:2: label 'X' is not one of L, F; use the file as"):
        import_corpus("leads", folder)


def test_the_command_makes_a_dataset_of_it(folder, tmp_path):
    out = tmp_path / "out"
    assert "leads\tL\tbias biased\n" in run("--list")[1]
    assert run("leads", folder, "--out", out) == (
        0,
        "",
        f"{folder / 'leads.csv'}: rows without a label left out: 1.\n"
        "2 sentences in 2 articles\nkind: narrative 2\nsource_type: none 2\nbias: biased 1, neutral 1\n"
        f"Written to {out}.\n",
    )
    assert [s.bias for a in read_labelled([out]) for s in a.sentences] == ["biased", "neutral"]
    assert "CC-BY-4.0" in (out / "README.md").read_text("utf-8")
