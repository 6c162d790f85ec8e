"""Models of the user's own whose features come from models of the package."""

import pytest
from builders import run_sayso, write_rows

from sayso.classify.model_files.container import read_model, write_model
from sayso.classify.model_files.shipped import BESIDE, learned_beside

SENTENCES = {"biased": "The reckless minister bungled it again in {n}.", "neutral": "The minister opened bridge {n}."}


def run(*words):
    done = run_sayso(*words)
    assert done.exit_code == 0, done.stderr
    return done


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    rows = [
        {"article": f"{label}{n}", "text": text.format(n=n), "bias": label, "topic": label}
        for n in range(12)
        for label, text in SENTENCES.items()
    ]
    return write_rows(tmp_path_factory.mktemp("data") / "judged.jsonl", rows)


def trained(task, data):
    path = data.with_name(f"{task}.sayso")
    run("train", task, "--data", data, "--out", path, "--folds", 2, "--jobs", 1)
    return path


def test_a_model_of_loaded_words_records_what_it_learned_beside_and_tells_where_that_is_another_one(data):
    path = trained("bias", data)
    held = read_model(path)
    assert held.manifest[BESIDE] == learned_beside(["attribution", "bias", "voice"])
    article = data.with_name("a.txt")
    article.write_text("The minister opened it. She spoke.", encoding="utf-8")
    assert "learned beside" not in run("annotate", article, "--model", path).stderr
    assert "learned beside" not in run("evaluate", "bias", "--data", data, "--model", path).stdout
    other = held.manifest | {BESIDE: held.manifest[BESIDE] | {"bias": "0" * 64}}
    write_model(path, other, held.arrays, held.texts)
    told = (
        f"{path}: trained together with another bias model than the built-in one; train it again, "
        "because its scores may have changed.\n"
    )
    assert told in run("annotate", article, "--model", path).stderr
    assert told in run("evaluate", "bias", "--data", data, "--model", path).stdout
    out = data.parent
    assert told in run("audit", article, "--model", path, "--out", out / "audit").stderr
    assert told in run("data", "suggest", article, "--model", path, "--out", out / "queue.csv").stderr
    assert told in run("data", "build", article, "--prelabel", "--model", path, "--out", out / "prelabelled").stderr


def test_a_model_of_words_alone_records_nothing(tmp_path):
    rows = [
        {"article": f"{word}{n}", "text": f"Der Hafen {n} war {word}.", "topic": word, "language": "de"}
        for n in range(8)
        for word in ("offen", "leer")
    ]
    assert BESIDE not in read_model(trained("topic", write_rows(tmp_path / "german.jsonl", rows))).manifest
