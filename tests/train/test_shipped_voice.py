import pytest

from sayso.classify.model_files.container import read_model
from sayso.classify.model_files.files import load
from sayso.classify.model_files.shipped import mark_of, seen_by
from sayso.errors import SaysoError
from sayso.train import digests as digests_module
from sayso.train import probe
from sayso.train.digests import digests
from sayso.train.probe import probes
from sayso.train.shipped_voice import fit_defaults, read_polnear_articles


@pytest.fixture(scope="module")
def articles(our_corpus):
    """Give short articles in which every step of the fit finds both of its answers."""
    short = "b-yukon-ferry a-pokrovsk-brief b-robot-dog b-oaxaca-quake b-mexico-spyware b-westmoreland-bus".split()
    return sorted((a for a in our_corpus if a.article.id in short), key=lambda a: short.index(a.article.id))


@pytest.fixture(scope="module", autouse=True)
def _short_probe(our_corpus):
    """Have the probe look at one article of the corpus."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(probe, "EVERY", len(our_corpus))
        yield


@pytest.fixture(scope="module")
def first(articles, tmp_path_factory):
    return fit_defaults(articles[:4], articles[4:]).save(tmp_path_factory.mktemp("first") / "models")


def test_the_same_data_and_seed_give_the_same_bytes(articles, first, tmp_path):
    again = fit_defaults(articles[:4], articles[4:]).save(tmp_path)
    assert [p.name for p in again] == ["attribution.sayso", "voice.sayso"]
    assert [p.read_bytes() for p in again] == [p.read_bytes() for p in first]


def test_the_manifest_tells_data_scores_and_digests(articles, first):
    today = probes(load(first[0]))
    for path in first:
        manifest = read_model(path).manifest
        assert manifest["digests"] == {**digests(), "probe": today[path.stem]}
        assert [(d["name"], d["articles"]) for d in manifest["data"]] == [
            ("sayso corpus", 4),
            ("PolNeAR 1.0", 2),
        ]
        assert manifest["scores"].keys() == {"sayso corpus", "PolNeAR 1.0"}
        assert 0 < manifest["scores"]["sayso corpus"]["kind macro F1"] <= 1
        assert manifest["seed"] == 0
        assert seen_by(manifest) == {mark_of(a.article) for a in articles}


def test_the_voice_model_knows_its_errors_on_either_data_first_those_that_hold_for_real_news(articles, first):
    known = [(e.column, e.data, len(e.given)) for e in load(first[1]).errors]
    assert [x for x in known if x[0] == "kind"] == [("kind", "sayso corpus", 4), ("kind", "PolNeAR 1.0", 2)]
    types = [("source_type", "PolNeAR 1.0", 2), ("source_type", "sayso corpus", 4)]
    assert [x for x in known if x[0] == "source_type"] == types


def test_a_model_that_tells_nothing_has_seen_nothing():
    assert seen_by({}) == frozenset()
    assert seen_by({"seen": 3}) == frozenset()


def test_another_folder_than_polnear_is_refused(tmp_path):
    with pytest.raises(SaysoError, match=r"neither this folder nor its train folder has a text folder; give PolNeAR/data"):
        read_polnear_articles(tmp_path, print)


def test_polnear_is_found_in_its_folder_or_above(tmp_path):
    (tmp_path / "train" / "text").mkdir(parents=True)
    (tmp_path / "train" / "text" / "usa_2016-01-01_a.txt").write_text("The mayor spoke. It rained.")
    for folder in (tmp_path, tmp_path / "train"):
        assert [a.article.id for a in read_polnear_articles(folder, print)] == ["usa_2016-01-01_a"]


def test_a_word_list_counts_but_its_line_ends_do_not(tmp_path):
    for name, raw in (("unix", b"a\nb\n"), ("dos", b"a\r\nb\r\n"), ("other", b"a\nc\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.tsv").write_bytes(raw)
        (tmp_path / name / "notes.md").write_bytes(name.encode())
    unix, dos, other = (digests_module._files_digest(tmp_path / n, ".tsv") for n in ("unix", "dos", "other"))
    assert unix == dos != other
