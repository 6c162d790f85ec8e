import json
from collections import Counter
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from builders import json_rows, labelled_article, run_sayso, write_rows
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.classify.annotation.annotator import load_annotator
from sayso.classify.linear.named import SentenceModel
from sayso.classify.model_files.files import save
from sayso.classify.queue.asker import Said, load_asker
from sayso.classify.queue.choose import choose, least_sure
from sayso.classify.queue.queue import Unlabelled, Wanted, unsure
from sayso.data.articles.sentences import in_sentences
from sayso.data.datasets.build import read_labelled
from sayso.data.datasets.contents import holds_articles
from sayso.data.records import Article
from sayso.data.scheme import SOURCE_TYPES
from sayso.errors import SaysoError

ARTICLE = (
    "The mayor opened the bridge. “It is late,” she said. Rain fell.\n\n"
    "The ministry said it would pay. Nobody came. A study found cracks in every pillar.\n"
)


NEWS = (
    "The port of Aldmar closed at noon, witnesses said. “We could not hold the ropes,” said harbour master Ines Tolk.\n\n"
    "According to the ministry, the pier will be rebuilt. Tolk called it late. It was reportedly paid for in May.\n"
)


def chances(*likeliest):
    return np.array([[p, 1 - p] for p in likeliest])


def test_the_least_sure_come_first():
    texts = [f"word{i} of its own" for i in range(4)]
    found = choose(chances(0.9, 0.6, 0.55, 0.99), texts, np.arange(4), 2)
    assert found == [2, 1]


def test_one_of_each_group_of_like_sentences_is_chosen():
    texts = ["rain fell on the town"] * 4 + ["the court ruled on votes"] * 4
    sure = chances(0.51, 0.52, 0.53, 0.54, 0.61, 0.62, 0.63, 0.64)
    assert choose(sure, texts, np.arange(8), 2) == [0, 4]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0.5, 1), st.integers(0, 4), st.integers(0, 6)), min_size=1, max_size=40), st.integers(1, 15)
)
def test_no_sentence_twice_and_never_more_of_an_article_than_asked(rows, n):
    articles = np.array([article for _, article, _ in rows])
    texts = [f"{'abcdefg'[word] * 3} text" for _, _, word in rows]
    found = choose(chances(*(p for p, _, _ in rows)), texts, articles, n, per_article=2)
    counts = Counter(articles[found].tolist())
    assert len(set(found)) == len(found) == min(n, sum(min(2, k) for k in Counter(articles.tolist()).values()))
    assert max(counts.values()) <= 2


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.floats(0.5, 1), st.integers(0, 4), st.integers(0, 6)), min_size=1, max_size=60))
def test_of_the_least_sure_the_same_are_chosen_as_of_all(rows):
    articles, by_model = np.array([article for _, article, _ in rows]), chances(*(p for p, _, _ in rows))
    texts = [f"{'abcdefg'[word] * 3} text" for _, _, word in rows]
    few = least_sure(by_model, articles, 3, per_article=4)
    of_few = choose(by_model[few], [texts[i] for i in few], articles[few], 3, per_article=4)
    assert len(few) <= 15
    assert [few[i] for i in of_few] == choose(by_model, texts, articles, 3, per_article=4)


@pytest.fixture
def run(tmp_path, monkeypatch, fake_models):
    """Suggest with the fake voice model, in a folder with an article in it."""
    monkeypatch.chdir(tmp_path)
    Path("news.txt").write_text(ARTICLE, encoding="utf-8")
    return partial(run_sayso, "data", "suggest", "--model", fake_models / "voice.sayso")


@pytest.mark.parametrize("name", ["q.csv", "q.jsonl"])
def test_a_queue_is_written_filled_in_and_read_back(run, name):
    code, out, err = run("news.txt", "--n", 3, "--out", name)
    assert (code, err) == (0, f"Written to {name}; fill in the column kind.\n")
    assert out.startswith("# 3 sentences of 1 article; with the model's predictions\nlabel\tn\n")
    (queued,) = read_labelled([Path(name)])
    assert [(s.kind, list(s.extra)) for s in queued.sentences] == [(None, ["suggested_kind"])] * 3
    assert all(s.span.of(queued.article.text) == s.span.of(ARTICLE) for s in queued.sentences)
    if name == "q.jsonl":
        rows = json_rows(Path(name).read_text(encoding="utf-8"))
        assert [row["why"]["margin"] for row in rows] == sorted(row["why"]["margin"] for row in rows)
        first = next(row for row in rows if row["n"] > 0)
        assert first["context"]["before"]
        rows[0]["kind"] = "narrative"
        write_rows(name, rows)
        (queued,) = read_labelled([Path(name)])
        assert [s.kind for s in queued.sentences if s.n == rows[0]["n"]] == ["narrative"]


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("label-studio", ".json"),
        ("prodigy", ".jsonl"),
        ("brat", ""),
        ("conll", ".conll"),
        ("conllu", ".conllu"),
        ("web-annotation", ".jsonl"),
        ("csv", ".csv"),
        ("parquet", ".parquet"),
        ("jsonl", ".jsonl"),
    ],
)
def test_a_queue_is_written_for_any_tool(run, name, suffix):
    out = f"queue{suffix}"
    code, _, err = run("news.txt", "--n", 2, "--out", out, "--format", name)
    assert (code, err) == (0, f"Written to {out}; fill in the column kind.\n")
    assert run("news.txt", "--n", 2, "--out", out, "--format", name)[0] == 1
    assert run("news.txt", "--n", 2, "--out", out, "--format", name, "--force")[0] == 0


def test_a_queue_for_a_tool_has_the_tools_suffix(run):
    code, _, err = run("news.txt", "--n", 2, "--out", "queue", "--format", "prodigy")
    assert (code, err) == (1, "Error: queue: prodigy is written to a .jsonl file; name it queue.jsonl.\n")


def test_the_sentences_of_a_queue_for_a_tool_come_back_unlabelled(run):
    run("news.txt", "--n", 2, "--out", "queue.json", "--format", "label-studio")
    (queued,) = read_labelled([Path("queue.json")])
    assert queued.article.text == ARTICLE
    assert [s.kind for s in queued.sentences if s.kind] == []


@pytest.mark.parametrize("named", [True, False])
def test_a_queue_for_label_studio_asks_by_the_codebook(run, named):
    folder = Path("elsewhere" if named else "project")
    (folder / "labels").mkdir(parents=True)
    (folder / "codebook.toml").write_text('builtin = []\n[[column]]\nname = "topic"\nlabels = ["sea"]\n', encoding="utf-8")
    Path("news.txt").rename(folder / "labels" / "news.txt")
    options = ["--codebook", "elsewhere/codebook.toml"] if named else []
    code, _, err = run(folder / "labels" / "news.txt", "--n", 2, "--out", "q.json", "--format", "label-studio", *options)
    told = "" if named else f"Codebook: {Path('project/codebook.toml').resolve()}.\n"
    assert (code, err) == (0, f"{told}Written to q.json; fill in the column kind.\n")
    assert '<Choice value="sea"' in Path("q.xml").read_text(encoding="utf-8")


@pytest.mark.parametrize("options", [[], ["--format", "prodigy"]])
def test_a_codebook_is_refused_where_nothing_takes_it_up(run, options):
    code, _, err = run("news.txt", "--out", "q.jsonl", "--codebook", "topic.toml", *options)
    assert (code, "--codebook works only with --format label-studio." in err) == (2, True), err


def test_labelled_sentences_are_not_suggested(run):
    rows = [
        {"article": "a", "n": n, "text": f"Rain fell on town {n}.", "kind": "narrative" if n else None} for n in range(4)
    ]
    write_rows("part.jsonl", rows)
    code, _, err = run("part.jsonl", "--out", "q.jsonl")
    assert (code, json.loads(Path("q.jsonl").read_text())["n"]) == (0, 0)
    assert err.startswith("Only 1 of the 100 requested: limited by --per-article 3 or the number of unlabelled sentences.\n")
    rows[0]["kind"] = "narrative"
    write_rows("part.jsonl", rows)
    assert run("part.jsonl", "--out", "q.csv")[2] == "Error: every sentence already has a kind; there is nothing to label.\n"
    assert not Path("q.csv").exists()


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["gone.txt", "--out", "q.csv"], 1, "Error: gone.txt: no such file or folder.\n"),
        (["news.txt", "--out", "news.csv"], 1, "Error: news.csv already exists; choose another name, or add --force"),
        (["news.txt", "--out", "q.csv", "--column", "topic"], 1, "Error: "),
        (["news.txt", "news.txt", "--out", "q.csv"], 1, "Error: two articles have the id 'news.txt'; give each its own id"),
        (["half.jsonl", "--out", "q.csv"], 1, "Error: half.jsonl:1: broken JSON"),
        (["news.txt", "--out", "q.txt"], 2, "Usage: "),
        (["news.txt", "--out", "q.csv", "--format", "word"], 2, "Usage: "),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(run, words, code, message):
    Path("news.csv").write_text("mine", encoding="utf-8")
    Path("half.jsonl").write_text('{"article": "a", "te', encoding="utf-8")
    found, _, err = run(*words)
    assert found == code
    assert err.startswith(message), err
    assert not Path("q.csv").exists()
    assert Path("news.csv").read_text(encoding="utf-8") == "mine"


def test_sentences_and_articles_are_told_apart(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    files = {
        "s.jsonl": '{"article": "a", "text": "Rain fell."}',
        "a.jsonl": '{"id": "a", "text": "Rain fell. It stopped.", "outlet": "Courier"}',
        "s.csv": "sentence,kind\nRain fell.,narrative\n",
        "a.csv": "title,text\nRain,Rain fell.\n",
        "corpus.txt": "@id a\n\nN none | Rain fell.\n",
        "article.txt": "Rain fell.",
    }
    for name, text in files.items():
        Path(name).write_text(text, encoding="utf-8")
    assert [name for name in files if not holds_articles(Path(name))] == ["s.jsonl", "s.csv", "corpus.txt"]


def test_a_model_of_a_column_of_ones_own_labels_that_column(tmp_path, fake_models):
    weights, bias = np.zeros((1, 2), np.float32), np.zeros(2, np.float32)
    save(SentenceModel("topic", ("sea", "sky"), ["w:rain"], weights, bias), tmp_path / "topic.sayso")
    asker = load_asker(tmp_path / "topic.sayso", None)
    assert (asker.column, asker.labels) == ("topic", ("sea", "sky"))
    with pytest.raises(SaysoError, match=r"a model for the task 'topic', which does not label 'kind'; give another with"):
        load_asker(tmp_path / "topic.sayso", "kind")
    with pytest.raises(SaysoError, match=r"attribution\.sayso: this model does not label sentences; give a model for kind"):
        load_asker(fake_models / "attribution.sayso", None)
    assert load_asker(fake_models / "voice.sayso", "source_type").column == "source_type"


def test_of_sentences_that_the_model_calls_so_the_least_sure_come_first():
    labelled = labelled_article("a", "Rain fell.", "Kites flew.", "Tolm paid.", "Boats sank.", "Bells rang.")
    by_model = np.array([[0.9, 0.1], [0.4, 0.6], [0.45, 0.55], [0.1, 0.9], [0.52, 0.48]])
    unlabelled = Unlabelled.of([labelled], "topic")
    found = unsure(unlabelled, Said.of(by_model), ("sea", "sky"), Wanted(3, called="sky", per_article=9))
    assert [(q.i, q.guess.label, round(q.guess.margin, 2)) for q in found] == [
        (2, "sky", 0.1),
        (1, "sky", 0.2),
        (3, "sky", 0.8),
    ]
    with pytest.raises(SaysoError, match="the model labels none of the 5 unlabelled sentences as 'land'"):
        unsure(
            unlabelled, Said.of(np.column_stack([by_model, np.zeros(5)])), ("sea", "sky", "land"), Wanted(3, called="land")
        )


def test_a_label_that_is_told_may_be_another_than_the_likeliest_alone():
    labelled = labelled_article("a", "Rain fell.", "Kites flew.")
    said = Said(np.array([[0.4, 0.1, 0.5], [0.2, 0.1, 0.7]]), np.array([0, 2]))  # none is likeliest, but no quote's
    unlabelled = Unlabelled.of([labelled], "source_type")
    found = unsure(unlabelled, said, ("state", "expert", "none"), Wanted(2))
    assert [(q.i, q.guess.label, q.guess.chance, round(q.guess.margin, 2)) for q in found] == [
        (0, "state", 0.4, 0.1),
        (1, "none", 0.7, 0.5),
    ]
    assert [q.i for q in unsure(unlabelled, said, ("state", "expert", "none"), Wanted(2, called="state"))] == [0]


@pytest.mark.parametrize("column", ["kind", "source_type"])
def test_the_queue_says_what_annotating_says(column):
    texts = (ARTICLE, "", NEWS, NEWS.replace("Ines Tolk", "Bo Rask"))
    articles = [in_sentences(Article(f"a{n}", text)) for n, text in enumerate(texts)]
    asker, annotator = load_asker(None, column), load_annotator(bias=False)
    for labelled, said in zip(articles, asker.ask(articles), strict=True):
        annotated = annotator.annotate_sentences(labelled.article, [s.span for s in labelled.sentences])
        assert [asker.labels[i] for i in said.labels] == [getattr(a, column) for a in annotated]
        scores = [list(getattr(a, f"{column}_scores").values()) for a in annotated]
        assert said.chances.tolist() == (scores or [])
        assert said.chances.shape == (len(annotated), len(asker.labels))


def test_models_that_are_used_together_are_asked_together(tmp_path, fake_models):
    weights, bias = np.zeros((0, 9), np.float32), np.zeros(9, np.float32)
    bias[3] = 9  # a monitor, whoever speaks
    only = SentenceModel("source_type", SOURCE_TYPES, [], weights, bias)
    save(only, tmp_path / "source_type.sayso")
    articles = [in_sentences(Article("a", NEWS))]
    asker = load_asker(fake_models / "voice.sayso", "source_type", [tmp_path / "source_type.sayso"])
    annotator = load_annotator([str(fake_models / "voice.sayso"), str(tmp_path / "source_type.sayso")])
    (said,) = asker.ask(articles)
    assert said.chances.tolist() == [list(a.source_type_scores.values()) for a in annotator.annotate(articles[0].article)]


def test_only_sentences_of_the_label_asked_for_are_written(run):
    code, out, err = run("news.txt", "--n", 4, "--per-article", 9, "--called", "narrative", "--out", "q.jsonl")
    assert (code, out) == (0, "# 3 sentences of 1 article; with the model's predictions\nlabel\tn\nnarrative\t3\n\n")
    assert err.startswith(
        "Only 3 of the 4 requested: limited by --per-article 9 or the number of sentences that the model labels narrative.\n"
    )
    rows = json_rows(Path("q.jsonl").read_text(encoding="utf-8"))
    assert sorted(row["text"] for row in rows) == ["Nobody came.", "Rain fell.", "The mayor opened the bridge."]
    assert [row["why"]["margin"] for row in rows] == sorted(row["why"]["margin"] for row in rows)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--called", "rumour"], "Error: kind 'rumour' is not one of quote, official_claim, independent_assessment, narr"),
        (["--called", "official_claim"], "Error: the model labels none of the 6 unlabelled sentences as 'official_claim'"),
    ],
)
def test_a_label_that_no_sentence_is_called_is_said(run, words, message):
    Path("news.txt").write_text("Rain fell. Kites flew. Boats sank. Bells rang. Dogs slept. Trams stood.", encoding="utf-8")
    code, _, err = run("news.txt", "--out", "q.csv", *words)
    assert (code, err.startswith(message)) == (1, True), err
    assert not Path("q.csv").exists()


@pytest.mark.parametrize(("name", "format_"), [("q.csv", None), ("q.jsonl", None), ("q.json", "label-studio")])
def test_without_a_model_for_a_column_the_sentences_are_unlike_each_other(tmp_path, monkeypatch, name, format_):
    monkeypatch.chdir(tmp_path)
    alike = [{"article": f"a{n}", "text": f"Rain fell on the town of Tolm on day {n}."} for n in range(4)]
    other = [{"article": f"b{n}", "text": f"“Judges erred,” attorney {who} argued."} for n, who in enumerate(("Bek", "Oss"))]
    write_rows("s.jsonl", [*alike, *other])
    options = ["--format", format_] if format_ else []
    code, out, err = run_sayso("data", "suggest", "s.jsonl", "--column", "topic", "--n", 2, "--out", name, *options)
    assert (code, out) == (0, "")
    assert err == (
        "There is no model for 'topic' yet, so 2 sentences of 2 articles were chosen that differ from each other.\n"
        f"Written to {name}; fill in the column topic.\n"
    )
    queued = read_labelled([Path(name)])
    assert sorted(of.article.id[0] for of in queued) == ["a", "b"]
    assert [s.extra for of in queued for s in of.sentences] == [{}, {}]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ["--column", "topic", "--called", "sea"],
            "Error: cannot choose sentences labelled 'sea', because there is no model for 'topic'; give",
        ),
        (
            ["--column", "attributions"],
            "Error: 'attributions' is not a column of sentence labels; give kind, source_type, bias or",
        ),
        (
            ["--column", "suggested_kind"],
            "Error: 'suggested_kind' is not a column of sentence labels; give kind, source_type,",
        ),
    ],
)
def test_a_column_without_a_model_cannot_be_asked_for_everything(tmp_path, monkeypatch, words, message):
    monkeypatch.chdir(tmp_path)
    write_rows("s.jsonl", [{"article": "a", "text": "Rain fell."}])
    code, _, err = run_sayso("data", "suggest", "s.jsonl", "--out", "q.csv", *words)
    assert (code, err.startswith(message)) == (1, True), err


def test_the_model_of_bias_that_comes_along_is_asked_about_bias():
    asker = load_asker(None, "bias")
    assert (asker.column, set(asker.labels)) == ("bias", {"biased", "neutral"})
