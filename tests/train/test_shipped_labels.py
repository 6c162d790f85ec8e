from sayso.classify.model_files.container import read_model
from sayso.classify.model_files.files import BiasModel, StanceModel, load
from sayso.train import probe
from sayso.train.digests import digests
from sayso.train.probe import probes
from sayso.train.shipped_labels import fit_default_labels


def test_the_same_corpus_gives_the_same_bytes_and_says_what_it_was_made_of(our_corpus, tmp_path, monkeypatch):
    monkeypatch.setattr(probe, "EVERY", len(our_corpus))  # the probe, three times, of one article of the corpus
    loaded = (a for a in our_corpus if any(s.bias == "biased" for s in a.sentences))
    articles = sorted(loaded, key=lambda a: len(a.article.text))[:6]
    first = fit_default_labels(articles).save(tmp_path / "one")
    again = fit_default_labels(articles, ["bias"]).save(tmp_path / "two")
    assert [p.name for p in first] == ["stance.sayso", "bias.sayso"]
    assert again[0].read_bytes() == first[1].read_bytes()
    assert [type(load(p)) for p in first] == [StanceModel, BiasModel]
    today = probes()
    for path in first:
        manifest = read_model(path).manifest
        assert manifest["digests"] == {**digests(), "probe": today[path.stem]}
        assert f"{path.stem} macro F1" in manifest["scores"]["sayso corpus"]
