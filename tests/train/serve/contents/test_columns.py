import numpy as np

from sayso.classify.linear.named import SentenceModel
from sayso.classify.model_files.files import save
from sayso.data.codebook.reading import parse_codebook
from sayso.train.serve.contents.columns import counted, models_beside
from sayso.train.teach.accepted import model_of


def test_columns_that_nobody_needs_to_answer_are_counted_only_where_somebody_did():
    codebook = parse_codebook('[[column]]\nname = "frame"\nlabels = ["war"]\n[[column]]\nname = "remark"\n', "x")
    usual = ["kind", "source_type", "attribution", "bias", "frame"]
    assert sorted(c.name for c in counted(codebook, {}, has_targets=False)) == sorted(usual)
    assert sorted(c.name for c in counted(codebook, {"remark": 1}, has_targets=True)) == sorted([*usual, "stance", "remark"])
    assert "stance" in [c.name for c in counted(codebook, {"stance": 1}, has_targets=False)]


def test_kinds_and_source_types_are_asked_of_all_models_that_tell_them(tmp_path, fake_models):
    topic, voice, attribution = tmp_path / "topic.sayso", fake_models / "voice.sayso", fake_models / "attribution.sayso"
    save(SentenceModel("topic", ("sea", "sky"), [], np.zeros((0, 2), np.float32), np.zeros(2, np.float32)), topic)
    models = [str(topic), str(voice), str(attribution)]
    assert (model_of("kind", models), models_beside("kind", models)) == (voice, (attribution,))
    assert (model_of("topic", models), models_beside("topic", models)) == (topic, ())
    models.remove(str(voice))
    assert (model_of("kind", models), models_beside("kind", models)) == (None, (attribution,))
