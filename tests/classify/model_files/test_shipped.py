import numpy as np
import pytest

from sayso.classify.model_files.container import read_model, write_model
from sayso.classify.model_files.shipped import BESIDE, beside_others, learned_beside, shipped_model


def write(path, manifest, weight=1.0, words=("said",)):
    write_model(path, {"task": "kind", **manifest}, {"weights": np.array([weight])}, {"words": list(words)})
    return read_model(path)


def test_the_digest_is_of_the_model_not_of_what_is_told_of_its_making(tmp_path):
    first = write(tmp_path / "a.sayso", {"seed": 0})
    assert write(tmp_path / "b.sayso", {"seed": 1, "scores": {"F1": 0.5}}).digest == first.digest
    assert write(tmp_path / "c.sayso", {"seed": 0}, weight=2.0).digest != first.digest
    assert write(tmp_path / "d.sayso", {"seed": 0}, words=["told"]).digest != first.digest


def test_models_of_the_package_are_known_by_their_digests():
    assert learned_beside(["bias", "no such model"]) == {"bias": read_model(shipped_model("bias")).digest}


OTHER = "0" * 64


@pytest.mark.parametrize(
    ("recorded", "said"),
    [
        ({"bias": OTHER}, "another bias model"),
        ({"bias": OTHER, "attribution": OTHER}, "another attribution and another bias model"),
        ({**learned_beside(["bias"]), "attribution": OTHER}, "another attribution model"),
    ],
)
def test_a_model_that_learned_beside_another_one_says_so(tmp_path, recorded, said):
    path = tmp_path / "mine.sayso"
    write(path, {BESIDE: recorded})
    told = (
        f"{path}: trained together with {said} than the built-in one; train it again, because its scores may have changed."
    )
    assert list(beside_others([path])) == [told]


@pytest.mark.parametrize("manifest", [{}, {BESIDE: learned_beside(["bias"])}, {BESIDE: {"later": OTHER}}])
def test_nothing_is_said_of_a_model_that_learned_beside_this_one_or_none(tmp_path, manifest):
    write(tmp_path / "mine.sayso", manifest)
    assert list(beside_others([tmp_path / "mine.sayso"])) == []
