"""The folder of a labelling project on the command line."""

import threading

import pytest
from builders import json_rows, run_sayso
from projects import BRIDGE, FERRY, begun

from sayso.data.datasets.build import read_labelled
from sayso.data.project.records import Change


@pytest.fixture
def folder(tmp_path):
    """A project in which anna labelled two sentences."""
    with begun(tmp_path / "p") as project:
        project.change(Change("bridge", 0, {"kind": "quote", "own": {"topic": "water"}}))
        project.change(Change("ferry", 1, {"kind": "narrative", "own": {"topic": "roads"}}))
    return tmp_path / "p"


def _second(folder):
    with begun(folder, "ben") as project:
        project.change(Change("bridge", 0, {"kind": "narrative", "own": {"topic": "water"}}))
        project.change(Change("ferry", 1, {"kind": "narrative"}))


def test_the_folder_of_one_annotator_is_taken_for_the_dataset(folder, tmp_path):
    shown = run_sayso("data", "show", folder)
    assert shown.stdout.startswith("# 5 sentences in 2 articles\n")
    assert "codebook" not in shown.stdout
    assert "topic\twater\t1\t50.0%" in shown.stdout
    assert run_sayso("data", "check", folder).exit_code == 0
    built = run_sayso("data", "build", folder, "--out", tmp_path / "built")
    assert (
        "topic: 2 sentences (a label column of your own)\ncodebook: 2 sentences (how labels were given; not a label)"
        in built.stderr
    )
    assert read_labelled([tmp_path / "built"]) == read_labelled([folder / "labels" / "anna"])
    exported = run_sayso("data", "export", folder, "--format", "jsonl", "--out", tmp_path / "rows.jsonl")
    assert exported.exit_code == 0
    rows = json_rows((tmp_path / "rows.jsonl").read_text(encoding="utf-8"))
    assert [(row["kind"], row.get("topic"), row.get("codebook")) for row in rows[::4]] == [
        ("quote", "water", "1"),
        ("narrative", "roads", "1"),
    ]


def test_a_version_of_the_codebook_cannot_be_learned(folder, tmp_path):
    done = run_sayso("train", "codebook", "--data", folder, "--out", tmp_path / "m.sayso")
    assert done.stderr == "Error: 'codebook' holds the version of a codebook, not labels; give the name of a label column.\n"
    done = run_sayso("train", "mood", "--label", "codebook", "--data", folder, "--out", tmp_path / "m.sayso")
    assert "holds the version of a codebook, not labels" in done.stderr
    done = run_sayso("train", "mood", "--data", folder, "--out", tmp_path / "m.sayso")
    assert "label columns in the data: bias, kind, source_type, topic;" in done.stderr


def test_of_several_annotators_one_is_to_be_named(folder, tmp_path):
    _second(folder)
    anna, ben = folder / "labels" / "anna", folder / "labels" / "ben"
    said = (
        f"Error: {folder}: holds the labels of anna and ben; give the folder of one annotator, or merge "
        f"them: sayso data merge {anna} {ben} --out gold\n"
    )
    for words in (["data", "show", folder], ["data", "build", folder, "--out", tmp_path / "d"],
                  ["train", "kind", "--data", folder, "--out", tmp_path / "m.sayso"]):  # fmt: skip
        done = run_sayso(*words)
        assert (done.exit_code, done.stderr) == (1, said)


def test_all_annotators_of_a_project_are_compared_and_merged(folder, tmp_path):
    _second(folder)
    for paths in ([folder], [folder / "labels" / "anna", folder / "labels" / "ben"]):
        agreed = run_sayso("data", "agree", *paths, "--disputes", tmp_path / "disputes.csv", "--force")
        assert agreed.stdout.startswith("# anna, ben: 5 sentences in 2 articles\n")
        assert "codebook" not in agreed.stdout
        table = (tmp_path / "disputes.csv").read_text(encoding="utf-8-sig")
        assert [line.split(",")[:3] for line in table.splitlines()[1:]] == [["bridge", "0", "kind"]]
    (tmp_path / "disputes.csv").write_text(table.rstrip("\r\n") + "quote\n", encoding="utf-8")
    merged = run_sayso("data", "merge", folder, "--adjudicate", tmp_path / "disputes.csv", "--out", tmp_path / "gold")
    assert merged.exit_code == 0
    bridge, ferry = read_labelled([tmp_path / "gold"])
    assert (bridge.sentences[0].kind, bridge.sentences[0].extra) == ("quote", {"topic": "water", "codebook": "1"})
    assert ferry.sentences[1].extra == {"topic": "roads", "codebook": "1"}


def test_a_project_without_labels_is_told(tmp_path):
    (tmp_path / "p" / "labels").mkdir(parents=True)
    (tmp_path / "p" / "history").mkdir()
    done = run_sayso("data", "show", tmp_path / "p")
    assert done.stderr == (
        f"Error: {tmp_path / 'p'}: a labelling project without labels yet; "
        f"open it with sayso serve --project {tmp_path / 'p'}.\n"
    )


def test_a_dataset_is_whole_whenever_it_is_read(tmp_path):
    texts = [BRIDGE.article.text, FERRY.article.text]
    with begun(tmp_path / "p") as project:

        def work():
            for n in range(40):
                project.change(Change("bridge", n % 3, {"kind": ("quote", "narrative")[n % 2], "note": "x" * n}))

        writer = threading.Thread(target=work)
        writer.start()
        while writer.is_alive():
            articles = project.labels_of("anna")
            assert [a.article.text for a in articles] == texts
            assert [a.article.text for a in read_labelled([project.labels_folder()])] == texts
        writer.join()
