from pathlib import Path

import pytest

from sayso.data.corpus import own_corpus
from sayso.train.default_labels import LABELS, fit_default_labels
from sayso.train.digests import LABEL_ROOTS, digests, feature_modules
from sayso.train.model_file import read_model
from sayso.train.models import BiasModel, StanceModel, load
from sayso.train.shipped import shipped_model


def test_the_same_corpus_gives_the_same_bytes_and_says_what_it_was_made_of(tmp_path):
    articles = own_corpus()[::25]
    first = fit_default_labels(articles).save(tmp_path / "one")
    again = fit_default_labels(articles, ["bias"]).save(tmp_path / "two")
    assert [p.name for p in first] == ["stance.sayso", "bias.sayso"]
    assert again[0].read_bytes() == first[1].read_bytes()
    assert [type(load(p)) for p in first] == [StanceModel, BiasModel]
    for path in first:
        manifest = read_model(path).manifest
        assert manifest["digests"] == digests(LABEL_ROOTS)
        assert manifest["scores"]["sayso corpus"].keys() == {f"{path.stem} macro F1"}


def test_the_feature_code_of_both_is_followed():
    assert {"train.bias_features", "train.judging", "train.stance_features", "train.targets"} <= feature_modules(
        LABEL_ROOTS
    ).keys()


@pytest.mark.parametrize("name", LABELS)
def test_shipped_models_are_of_today(name):
    path = shipped_model(name)
    assert path is not None
    stale = {k: v for k, v in digests(LABEL_ROOTS).items() if read_model(path).manifest["digests"].get(k) != v}
    assert not stale, f"{Path(str(path)).name} was made of another {', '.join(stale)}: sayso train defaults --only {name}"
    assert len(path.read_bytes()) <= 2_000_000
