import numpy as np

from sayso.classify.linear.named import SentenceModel
from sayso.classify.model_files.files import save
from sayso.train.serve.contents.columns import models_beside
from sayso.train.teach.accepted import model_of


def test_kinds_and_source_types_are_asked_of_all_models_that_tell_them(tmp_path, fake_models):
    topic, voice, attribution = tmp_path / "topic.sayso", fake_models / "voice.sayso", fake_models / "attribution.sayso"
    save(SentenceModel("topic", ("sea", "sky"), [], np.zeros((0, 2), np.float32), np.zeros(2, np.float32)), topic)
    models = [str(topic), str(voice), str(attribution)]
    assert (model_of("kind", models), models_beside("kind", models)) == (voice, (attribution,))
    assert (model_of("topic", models), models_beside("topic", models)) == (topic, ())
    models.remove(str(voice))
    assert (model_of("kind", models), models_beside("kind", models)) == (None, (attribution,))
