import re

import pytest
from builders import build_voice

from sayso.classify.model_files.files import load, save
from sayso.errors import SaysoError
from sayso.train.teach import accepted
from sayso.train.teach.accepted import accept, accepted_models, discard, models_in_use, restore
from sayso.train.teach.files import digest_of, read_json, write_json
from sayso.train.teach.runs import Run


@pytest.fixture
def done(tmp_path):
    """Give what makes a run that is done: its model has the strength that is given."""

    def make(number, strength, base=None):
        run = Run(tmp_path / "teach" / f"{number:04d}-kind")
        run.folder.mkdir(parents=True)
        write_json(run.folder / "settings.json", {"column": "kind"})
        write_json(run.folder / "state.json", {"status": "done", "step": "done", "part": 1.0, "message": None, "pid": 1})
        save(build_voice(strength=strength), run.folder / "kind.sayso")
        about = {"replaces": digest_of(tmp_path / "models" / "voice.sayso"), "digest": digest_of(run.folder / "kind.sayso")}
        result = {"model": "voice", "base": base, "before": {"name": "the built-in model"}, **about}
        write_json(run.folder / "result.json", result)
        return run

    return make


def strength(path):
    return float(load(path).weights[1, 2])


def names(folder):
    return sorted(path.name for path in (folder / "models").iterdir())


def test_an_accepted_model_takes_the_place_of_the_one_before_which_is_kept(done, tmp_path):
    assert accepted_models(tmp_path) == []
    first = done(1, 1.0)
    target = accept(first)
    assert (target, accepted_models(tmp_path)) == (tmp_path / "models" / "voice.sayso", [target])
    assert (first.state()["decision"], names(tmp_path)) == ("accepted", ["voice.sayso"])
    accept(done(2, 2.0))
    assert (strength(target), strength(tmp_path / "models" / "voice.before.sayso")) == (2.0, 1.0)
    assert accepted_models(tmp_path) == [target]


def test_a_discarded_model_leaves_the_one_in_use(done, tmp_path):
    accept(done(1, 1.0))
    run = done(2, 2.0)
    discard(run)
    assert (run.state()["decision"], names(tmp_path)) == ("discarded", ["voice.sayso"])
    assert strength(tmp_path / "models" / "voice.sayso") == 1.0
    with pytest.raises(SaysoError, match=r"^0002-kind: this model was already discarded"):
        accept(run)


def test_a_model_that_was_compared_with_another_than_the_one_in_use_is_not_accepted(done, tmp_path):
    first, second = done(1, 1.0), done(2, 2.0)
    accept(first)
    said = (
        r"^kind: this model was compared with the built-in model, but now another model \(.*voice\.sayso\) is in use; "
        r"teach again\.$"
    )
    with pytest.raises(SaysoError, match=said):
        accept(second)
    assert strength(tmp_path / "models" / "voice.sayso") == 1.0
    assert second.state()["decision"] == "open"


def test_a_model_that_was_compared_with_one_that_is_not_in_use_any_more_is_not_accepted(done, tmp_path, fake_models):
    accept(done(1, 1.0))
    run = done(2, 2.0)
    restore(tmp_path, "voice")
    began = "^kind: this model was compared with the model that was in use when teaching began, but now "
    with pytest.raises(SaysoError, match=began + "none of this project's models is in use"):
        accept(run)
    given = fake_models / "voice.sayso"
    with pytest.raises(SaysoError, match=rf"{began}another model \({re.escape(str(given))}\) is in use"):
        accept(run, [given])
    assert (run.state()["decision"], accepted_models(tmp_path)) == ("open", [])


def test_a_file_that_is_not_the_model_that_was_taught_takes_the_place_of_none(done, tmp_path):
    accept(done(1, 1.0))
    run = done(2, 2.0)
    run.candidate.write_bytes(b"garbage")
    with pytest.raises(SaysoError, match=r"0002-kind.kind\.sayso: this file is not the taught model, so the model in use"):
        accept(run)
    result = read_json(run.folder / "result.json")
    write_json(run.folder / "result.json", {**result, "digest": digest_of(run.candidate)})
    with pytest.raises(SaysoError, match=r"kind\.sayso"):
        accept(run)
    assert (strength(tmp_path / "models" / "voice.sayso"), names(tmp_path)) == (1.0, ["voice.sayso"])


def test_a_run_that_is_not_done_has_nothing_to_accept(done):
    run = done(1, 1.0)
    write_json(run.folder / "state.json", {"status": "failed", "step": "", "part": 0.1, "message": "no", "pid": 1})
    with pytest.raises(SaysoError, match=r"^0001-kind: this run is failed, so it has no model that can be accepted"):
        accept(run)


def test_a_kill_between_the_steps_of_accepting_loses_neither_model(done, tmp_path, monkeypatch):
    accept(done(1, 1.0))
    run = done(2, 2.0)

    def killed(*_):
        raise KeyboardInterrupt("killed")

    with monkeypatch.context() as broken:
        broken.setattr(accepted.os, "replace", killed)
        with pytest.raises(KeyboardInterrupt, match="killed"):
            accept(run)
    assert (run.state()["decision"], strength(tmp_path / "models" / "voice.sayso")) == ("open", 1.0)
    accept(run)
    assert (strength(tmp_path / "models" / "voice.sayso"), names(tmp_path)) == (2.0, ["voice.before.sayso", "voice.sayso"])


def test_one_can_go_back_to_the_model_before_and_to_the_packages_own(done, tmp_path):
    target = accept(done(1, 1.0))
    accept(done(2, 2.0))
    assert (restore(tmp_path, "voice"), strength(target)) == (target, 1.0)
    assert strength(tmp_path / "models" / "voice.undone.sayso") == 2.0
    assert (restore(tmp_path, "voice"), accepted_models(tmp_path)) == (None, [])
    assert strength(tmp_path / "models" / "voice.undone.sayso") == 1.0
    with pytest.raises(SaysoError, match=r"^voice: no taught model was accepted"):
        restore(tmp_path, "voice")


def test_an_accepted_model_is_used_instead_of_a_given_one_of_its_task(done, tmp_path, fake_models):
    given = [fake_models / "voice.sayso", fake_models / "attribution.sayso"]
    assert models_in_use(tmp_path, given) == given
    target = accept(done(1, 1.0))
    assert models_in_use(tmp_path, given) == [target, fake_models / "attribution.sayso"]


def test_a_model_of_the_users_own_that_learning_began_with_is_kept_beside(done, tmp_path, fake_models):
    accept(done(1, 1.0, base=str(fake_models / "voice.sayso")))
    assert names(tmp_path) == ["voice.base.sayso", "voice.sayso"]
    assert strength(tmp_path / "models" / "voice.base.sayso") == 6.0
    assert accepted_models(tmp_path) == [tmp_path / "models" / "voice.sayso"]
