import pytest
from builders import run_sayso, write_rows

from sayso.train.folds import cross_validation as folds
from sayso.train.folds.cache import forget_folds

pytestmark = pytest.mark.usefixtures("no_shipped_model", "undrawn")
LINES = {
    ("narrative", "none"): "Rain fell on the valley for {n} days.",
    ("official_claim", "state"): "The finance ministry said {n} people were held.",
    ("quote", "individual"): "“I saw {n} of them,” said Ana Bravo.",
}


@pytest.fixture
def data(tmp_path):
    rows = [
        {"article": f"a{i}", "n": n, "text": text.format(n=10 * i + n), "kind": kind, "source_type": source_type}
        | {"topic": "money" if (i + n) % 2 else "weather"}
        for i in range(9)
        for n, ((kind, source_type), text) in enumerate(LINES.items())
    ]
    return write_rows(tmp_path / "labelled.jsonl", rows)


def evaluate(task, data, report):
    return run_sayso("evaluate", task, "--data", data, "--folds", 3, "--jobs", 1, "--report", report)


def figures(report):
    return report.with_suffix(".json").read_text(encoding="utf-8").replace(report.stem, "NAME")


@pytest.mark.parametrize("task", ["kind", "topic"])
def test_a_stopped_evaluation_goes_on_where_it_was(data, tmp_path, monkeypatch, task):
    worked_on, work_on = [], folds.work_on

    def stopped(of, train, test, how):
        if how.calibrated:
            worked_on.append(len(test.labels))
            if len(worked_on) == 3:
                raise KeyboardInterrupt
        return work_on(of, train, test, how)

    monkeypatch.setattr(folds, "work_on", stopped)
    first = evaluate(task, data, tmp_path / "xq1.html")
    assert first.exit_code == 130
    assert sorted(p.name for p in tmp_path.iterdir()) == [".xq1.html.folds", "labelled.jsonl"]
    kept = sorted((tmp_path / ".xq1.html.folds").iterdir())
    assert len(kept) == 2
    kept[0].write_bytes(kept[0].read_bytes()[:-200])  # damaged: it is worked on again
    again = evaluate(task, data, tmp_path / "xq1.html")
    assert again.exit_code == 0, again.stderr
    assert len(worked_on) == 5
    assert not (tmp_path / ".xq1.html.folds").exists()
    assert evaluate(task, data, tmp_path / "xq2.html").exit_code == 0
    assert len(worked_on) == 8
    assert figures(tmp_path / "xq1.html") == figures(tmp_path / "xq2.html")


def test_a_report_is_replaced_only_when_asked(data, tmp_path):
    (tmp_path / "xq1.json").write_text("mine")
    result = evaluate("kind", data, tmp_path / "xq1.html")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: {tmp_path / 'xq1.json'} exists; choose another --report, or add --force")
    assert (tmp_path / "xq1.json").read_text() == "mine"


@pytest.mark.loopback
def test_dask_gives_the_same_figures(data, tmp_path):
    distributed = pytest.importorskip("distributed")
    plain = run_sayso("evaluate", "kind", "--data", data, "--folds", 3, "--jobs", 1, "--json")
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address="127.0.0.1:0", scheduler_port=0, protocol="tcp"
    ) as cluster:
        address = cluster.scheduler_address
        result = run_sayso("evaluate", "kind", "--data", data, "--folds", 3, "--dask", address, "--json")
    assert result.exit_code == 0, result.stderr
    assert result.stdout == plain.stdout


def test_what_a_killed_run_was_writing_is_forgotten_too_and_nothing_else(tmp_path):
    for name in ("a-0.fold.npz", ".a-1.fold.npz.abcdefgh.part", "notes.txt"):
        (tmp_path / name).write_text("half")
    forget_folds(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
