import json
import warnings

import pytest
from builders import labelled_article, sentences_of, write_rows
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.data.corpora.own import parse_article
from sayso.data.datasets.build import read_labelled
from sayso.data.datasets.folder import digest, write_dataset
from sayso.data.records import Article, Attribution, LabelledArticle, Sentence, Span
from sayso.data.scheme import BIASES, KINDS, SOURCE_TYPES, SOURCE_TYPES_OF, STANCES
from sayso.errors import SaysoError

ARTICLE = """\
@id harbour-strike
@outlet Tidal Post
@topic companies
@target U = Dockers' Union | the union

N none | Strike shuts harbour
~ By Ása Lind

O state -U ! | {d HÚSAVÍK –} {s1 The ministry =Ports Ministry} {c1 said} {t1 the {b silly} strike had ended}.

Q individual +U | {t2 “We stay,”} {c2 said} {s2 Una Berg}, {t2 “all of us.”}
"""


@pytest.fixture
def labelled():
    return parse_article(ARTICLE, "harbour-strike.txt")


def put(folder, name, *rows):
    folder.mkdir(parents=True, exist_ok=True)
    write_rows(folder / name, rows)
    return folder


def test_the_own_corpus_comes_back_as_it_was(tmp_path, our_corpus):
    write_dataset(our_corpus, tmp_path / "own")
    assert read_labelled([tmp_path / "own"]) == our_corpus


@st.composite
def labelled_articles(draw, name):
    words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=12)
    text, spans = draw(words), []
    for _ in range(draw(st.integers(1, 4))):
        words_of_sentence = draw(words.filter(str.strip))
        spans.append(Span(len(text), len(text) + len(words_of_sentence)))
        text += words_of_sentence + draw(words)

    def span():
        start = draw(st.integers(0, len(text) - 1))
        return Span(start, draw(st.integers(start + 1, len(text))))

    def attribution():
        return Attribution(
            source=span() if draw(st.booleans()) else None,
            cue=span() if draw(st.booleans()) else None,
            content=tuple(span() for _ in range(draw(st.integers(0, 2)))),
            speaker=draw(st.none() | words.filter(bool)),
            source_type=draw(st.none() | st.sampled_from(SOURCE_TYPES)),
        )

    targets = draw(st.dictionaries(words, st.tuples(words), max_size=2))
    labels = words.filter(bool)

    def sentence(n, place):
        kind = draw(st.none() | st.sampled_from(KINDS))
        return Sentence(
            n=n,
            span=place,
            kind=kind,
            source_type=draw(st.none() | st.sampled_from(SOURCE_TYPES_OF[kind or "quote"])),
            bias=draw(st.none() | st.sampled_from(BIASES)),
            stance={target: draw(st.sampled_from(STANCES)) for target in targets if draw(st.booleans())},
            loaded=tuple(span() for _ in range(draw(st.integers(0, 1)))),
            attributions=tuple(attribution() for _ in range(draw(st.integers(0, 2)))),
            extra=draw(st.dictionaries(st.sampled_from(["label", "Topic", "a b"]), labels, max_size=2)),
        )

    meta = draw(st.dictionaries(st.sampled_from(["country", "voice"]), labels, max_size=2))
    if split := draw(st.sampled_from(["", "validation", "test"])):
        meta["split"] = split
    known = st.none() | labels
    return LabelledArticle(
        Article(name, text, draw(known), draw(known), draw(known), draw(known), draw(known)),
        tuple(sentence(n, place) for n, place in enumerate(spans)),
        targets,
        draw(st.frozensets(st.sampled_from(["kind", "source_type", "attribution", "stance", "bias"]))),
        meta,
    )


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_article_comes_back_as_it_was(tmp_path_factory, data):
    articles = [data.draw(labelled_articles(name)) for name in ("first", "second\n")]
    folder = tmp_path_factory.mktemp("dataset") / "any"
    write_dataset(articles, folder)
    found = {a.article.id: a for a in read_labelled([folder])}
    assert found == {a.article.id: a for a in articles}


def test_the_same_articles_give_the_same_bytes(tmp_path, labelled):
    for name in ("one", "two"):
        write_dataset([labelled], tmp_path / name / "same")
    for part in ("README.md", "data/train-00000-of-00001.parquet"):
        assert (tmp_path / "one/same" / part).read_bytes() == (tmp_path / "two/same" / part).read_bytes()


def test_the_digest_is_of_everything_said(tmp_path, labelled):
    write_dataset([labelled], tmp_path / "x")
    assert digest(read_labelled([tmp_path / "x"])) == digest([labelled])
    other = parse_article(ARTICLE.replace("+U", "-U"), "x.txt")
    assert digest([other]) != digest([labelled])
    assert digest([labelled]) in (tmp_path / "x/README.md").read_text(encoding="utf-8")


def test_the_hub_library_opens_the_folder_with_its_labels(tmp_path, monkeypatch, labelled):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # other people's deprecations
        import datasets
        import yaml

        write_dataset([labelled], tmp_path / "x", licence="cc-by-4.0")
        found = datasets.load_dataset(str(tmp_path / "x"), cache_dir=str(tmp_path / "cache"))
    train = found["train"]
    assert train.num_rows == 3
    assert train.features["kind"].names == list(KINDS)
    assert train.features["source_type"].names == list(SOURCE_TYPES)
    assert train.features["bias"].names == list(BIASES)
    assert train["kind"][:] == [3, 1, 0]
    assert train[1]["attributions"][0]["cue"] == {"start": 58, "end": 62, "text": "said"}
    front = yaml.safe_load((tmp_path / "x/README.md").read_text(encoding="utf-8").split("---\n")[1])
    assert front["license"] == "cc-by-4.0"
    assert datasets.Features._from_yaml_list(front["dataset_info"]["features"]) == train.features


def test_no_name_and_no_empty_split_hides_sentences_from_the_hub_library(tmp_path, monkeypatch):
    """datasets 5.2.0 takes a split from any name, and refuses a folder with an empty one."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    rained = labelled_article("a", "It rained.", meta={"split": "validation"})
    empty = LabelledArticle(Article("b", " "), (), meta={"split": "test"})
    folder = tmp_path / "test-run" / "train and dev"
    write_dataset([rained, empty], folder)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # other people's deprecations
        import datasets

        found = datasets.load_dataset(str(folder), cache_dir=str(tmp_path / "cache"))
    assert {name: rows["text"] for name, rows in found.items()} == {"validation": ["It rained."]}


def test_a_sentence_without_a_label_is_null(tmp_path):
    import pyarrow.parquet as pq

    article = labelled_article("x", "It rained.")
    write_dataset([article], tmp_path / "x")
    (row,) = pq.read_table(tmp_path / "x/data/train-00000-of-00001.parquet").to_pylist()
    assert (row["kind"], row["source_type"], row["bias"], row["attributions"]) == (None, None, None, None)


def test_an_article_goes_into_the_split_it_names(tmp_path):
    articles = [
        labelled_article(name, "It rained.", meta=meta)
        for name, meta in (("a", {}), ("b", {"split": "test"}), ("c", {"split": "train"}))
    ]
    write_dataset(articles, tmp_path / "x")
    assert sorted(p.name for p in (tmp_path / "x/data").iterdir()) == [
        "test-00000-of-00001.parquet",
        "train-00000-of-00001.parquet",
    ]
    found = {a.article.id: a.meta.get("split") for a in read_labelled([tmp_path / "x"])}
    assert found == {"a": None, "b": "test", "c": None}


def test_what_stands_there_is_only_replaced_by_force(tmp_path, labelled):
    folder = tmp_path / "x"
    write_dataset([labelled], folder)
    with pytest.raises(SaysoError, match=r"x already exists; choose another name, or add --force to overwrite it\.$"):
        write_dataset([labelled], folder)
    write_dataset([labelled], folder, force=True)
    (folder / "thesis.doc").write_text("years of work", encoding="utf-8")
    with pytest.raises(SaysoError, match=r"contains 'thesis\.doc', which is not part of a dataset"):
        write_dataset([labelled], folder, force=True)
    with pytest.raises(SaysoError, match=r"thesis\.doc is a file; choose another name\.$"):
        write_dataset([labelled], folder / "thesis.doc", force=True)


def test_a_write_that_fails_leaves_the_old_dataset(tmp_path, labelled):
    write_dataset([labelled], tmp_path / "x")
    before = (tmp_path / "x/README.md").read_bytes()
    bad = labelled_article("y", ("It rained.", {"kind": "rumour"}))
    with pytest.raises(SaysoError, match=r"^y: kind 'rumour' is not one of quote, official_claim"):
        write_dataset([bad], tmp_path / "x", force=True)
    assert (tmp_path / "x/README.md").read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["x"]


def test_nothing_to_write_is_refused(tmp_path):
    with pytest.raises(SaysoError, match=r"x: no sentences to write\.$"):
        write_dataset([LabelledArticle(Article("x", "It rained."), ())], tmp_path / "x")


@pytest.mark.parametrize("name", ["text", "source", "why", "article_country"])
def test_a_label_column_cannot_have_a_name_of_ours(tmp_path, name):
    article = labelled_article("x", ("It rained.", {"extra": {name: "1"}}))
    with pytest.raises(SaysoError, match=f"^x: '{name}' is the name of a sayso column; give your column another name.$"):
        write_dataset([article], tmp_path / "x")


def test_overlapping_sentences_are_refused(tmp_path):
    article = LabelledArticle(Article("x", "It rained."), (Sentence(0, Span(0, 10)), Sentence(1, Span(9, 10))))
    with pytest.raises(SaysoError, match=r"^x: sentence 1 begins before the previous sentence ends\.$"):
        write_dataset([article], tmp_path / "x")


def test_others_datasets_need_only_text(tmp_path):
    folder = put(tmp_path / "x", "train.jsonl", {"text": "It rained.", "label": 1}, {"text": "It hailed."})
    first, second = read_labelled([folder])
    assert (first.article.text, first.sentences[0].extra) == ("It rained.", {"label": "1"})
    assert first.article.id != second.article.id
    assert first.complete == frozenset()


def test_sentences_of_one_article_are_joined_by_a_space(tmp_path):
    rows = [
        {"sentence": "It hailed.", "article_id": 7, "n": 1},
        {"sentence": "It rained.", "article_id": 7, "n": 0},
    ]
    (found,) = read_labelled([put(tmp_path / "x", "test.jsonl", *rows)])
    assert (found.article.id, found.article.text) == ("7", "It rained. It hailed.")
    assert sentences_of(found) == ["It rained.", "It hailed."]
    assert found.meta == {"split": "test"}


def test_characters_that_no_row_holds_are_blank(tmp_path):
    rows = [
        {"text": "It rained.", "article": "x", "start": 9, "end": 19},
        {"text": "It hailed.", "article": "x", "start": 20},
        {"text": "End.", "article": "x", "start": 33},
    ]
    (found,) = read_labelled([put(tmp_path / "x", "data.jsonl", *rows)])
    assert found.article.text == "\n" * 9 + "It rained. It hailed.\n\n\nEnd."


def test_label_numbers_get_their_names_back(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    features = {"label": {"names": ["ham", "spam"], "_type": "ClassLabel"}}
    table = pa.table({"text": ["a", "b", "c"], "label": [1, 0, -1]})
    table = table.replace_schema_metadata({"huggingface": json.dumps({"info": {"features": features}})})
    (tmp_path / "x/data").mkdir(parents=True)
    pq.write_table(table, tmp_path / "x/data/validation-00000-of-00001.parquet")
    found = read_labelled([tmp_path / "x"])
    assert [a.sentences[0].extra for a in found] == [{"label": "spam"}, {"label": "ham"}, {}]
    assert {a.meta["split"] for a in found} == {"validation"}


def test_a_folder_without_tables_is_refused(tmp_path):
    with pytest.raises(
        SaysoError, match=r": not a dataset; a dataset folder has files such as " r"data/train-00000-of-00001\.parquet"
    ):
        read_labelled([tmp_path])


def test_an_article_in_two_splits_is_read_as_two(tmp_path):
    for split in ("train", "test"):
        put(tmp_path / "x", f"{split}.jsonl", {"text": "It rained.", "article": "a", "n": 0})
    assert [(a.article.id, a.meta) for a in read_labelled([tmp_path / "x"])] == [
        ("a", {}),
        ("a", {"split": "test"}),
    ]
