"""Reports of both commands as folders, through the command line."""

import csv
import json

import pytest
from builders import labelled_article, run_sayso

from sayso.data.corpora.registry import CORPORA
from sayso.data.datasets.folder import write_dataset

pytestmark = pytest.mark.usefixtures("no_shipped_model")
CALM, ANGRY = (
    "The council of {} met for {} hours on the budget.",
    "What {} has put up with for {} years is a shabby disgrace.",
)
PLACES = ["Osk", "Lind", "Marnow", "Pravik", "Dunmere"]
PAPER = (718, "light", "print")


def article(number):
    lines = [
        ((ANGRY if (number + n) % 3 == 0 else CALM).format(PLACES[number % 5], 10 * number + n), (number + n) % 3 == 0)
        for n in range(3)
    ]
    return labelled_article(f"a{number}", *((words, {"extra": {"tone": "angry" if a else "calm"}}) for words, a in lines))


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """Give a dataset whose card names a public corpus."""
    path = tmp_path_factory.mktemp("data") / "town-news"
    write_dataset([article(number) for number in range(8)], path, name="town news", licence=None)
    card = path / "README.md"
    card.write_text(f"{card.read_text('utf-8')}\n| BABE, {CORPORA['babe'].home} | AGPL-3.0 | 8 | 24 |\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def evaluated(data, tmp_path_factory):
    path = tmp_path_factory.mktemp("reports") / "tone"
    result = run_sayso("evaluate", "tone", "--data", data, "--folds", 2, "--jobs", 1, "--report", path)
    assert result.exit_code == 0, result.stderr
    return path, result


def test_an_evaluation_writes_a_folder_and_removes_its_folds(evaluated):
    path, result = evaluated
    figures = json.loads((path / "report.json").read_text(encoding="utf-8"))
    assert f"Written to {path}, {len(figures['folder'])} files; open {path / 'index.html'}." in result.stderr
    assert sorted(p.relative_to(path).as_posix() for p in path.rglob("*") if p.is_file()) == sorted(figures["folder"])
    assert [p.name for p in path.parent.iterdir()] == ["tone"]
    assert figures["command"].endswith("--folds 2 --seed 0 --report tone")
    assert figures["references"]["corpora"] == ["babe", "polnear"]  # built-in models help, and learned from the second
    assert "spinde2021neural" in (path / "references.bib").read_text(encoding="utf-8")
    methods = (path / "methods.txt").read_text(encoding="utf-8")
    assert "The dataset town-news (SHA-256" in methods
    assert "covers 24 sentences in 8 articles with a label of tone: angry (8), calm (16)." in methods
    assert "a blend of two L2-penalised logistic regressions" in methods


def test_an_existing_report_stays_without_force(evaluated, data):
    path, _ = evaluated
    before = (path / "report.json").read_bytes()
    again = run_sayso("evaluate", "tone", "--data", data, "--folds", 2, "--jobs", 1, "--report", path)
    assert again.exit_code == 1
    assert again.stderr == f"Error: {path} holds a report; choose another --report, or add --force to overwrite it.\n"
    assert (path / "report.json").read_bytes() == before


def test_a_comparison_writes_a_folder_too(data, tmp_path, browser):
    path = tmp_path / "compared"
    words = ("compare", "most_frequent", "stratified", "--task", "tone", "--data", data, "--folds", 2, "--jobs", 1)
    result = run_sayso(*words, "--report", path)
    assert result.exit_code == 0, result.stderr
    figures = json.loads((path / "report.json").read_text(encoding="utf-8"))
    assert (figures["a_name"], figures["b_name"]) == ("most_frequent", "stratified")
    assert figures["command"] == (
        f"sayso compare most_frequent stratified --task tone --data {data} --report compared --folds 2 --seed 0 --repeats 1"
    )
    with (path / "tables/scores.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["labels by"] for row in rows] == ["most_frequent", "stratified", "always the most frequent label (calm)"]
    assert float(rows[0]["macro F1"]) == pytest.approx(figures["a"]["macro_f1"], abs=1e-6)
    assert (path / "figures/by-fold.pdf").is_file()
    assert not (path / "predictions.parquet").exists()
    methods = (path / "methods.txt").read_text(encoding="utf-8")
    assert "on the 24 sentences in 8 articles that both labelled" in methods
    assert "the same 2 folds" in methods
    cited = (path / "references.bib").read_text(encoding="utf-8")
    assert all(key in cited for key in ("nadeau2003inference", "yeh2000more", "spinde2021neural"))
    page = (path / "index.html").read_text(encoding="utf-8")
    assert "<h1>tone: most_frequent and stratified compared</h1>" in page
    assert page.index('id="scores"') < page.index("SHA-256")
    shown = browser.open(path / "index.html")
    for width, scheme, media in ((400, "light", "screen"), (800, "dark", "screen"), (1400, "light", "screen"), PAPER):
        shown.show(width, scheme=scheme, media=media)
        assert shown.problems(barriers=width == 400) == {}, (width, scheme, media)
    shown.close()


@pytest.mark.parametrize("sides", [("own", "own"), ("{tone}", "{tone}/../tone")])
def test_a_side_is_not_compared_with_itself(evaluated, data, sides):
    words = [side.format(tone=evaluated[0]) for side in sides]
    result = run_sayso("compare", *words, "--task", "tone", "--data", data)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        f"Error: A and B are the same, {words[0]}; give two models, reports or ways of learning that differ.\n"
    )


def test_the_root_of_the_disk_is_no_place_for_a_report(data):
    result = run_sayso("evaluate", "tone", "--data", data, "--folds", 2, "--jobs", 1, "--report", "/")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Error: --report /: this is no place for a report; name a new folder, such as --report report.\n"


def test_a_difference_has_one_name_and_methods_describe_the_model_of_a_report(evaluated, data, tmp_path):
    path = tmp_path / "compared"
    words = ("compare", evaluated[0], "stratified", "--task", "tone", "--data", data, "--folds", 2, "--jobs", 1)
    result = run_sayso(*words, "--report", path)
    assert result.exit_code == 0, result.stderr
    with (path / "tables/by-fold.csv").open(newline="", encoding="utf-8") as file:
        (*_, name) = next(csv.reader(file))
    assert name in ("tone minus stratified", "stratified minus tone")
    assert f"\t{name}\n" in result.stdout
    assert f"{name} & " in (path / "tables/difference.tex").read_text(encoding="utf-8")
    methods = (path / "methods.txt").read_text(encoding="utf-8")
    assert "Model of tone: The label was predicted by a blend of two L2-penalised logistic regressions" in methods


def test_two_reports_are_compared_by_their_folders(evaluated, tmp_path):
    tone, _ = evaluated
    result = run_sayso("compare", tone, tone / "predictions.parquet", "--report", tmp_path / "same.html")
    assert result.exit_code == 0, result.stderr
    assert "score the same, 95 % interval 0.0 to 0.0; not certain: the interval includes 0." in result.stdout
    figures = json.loads((tmp_path / "same.json").read_text(encoding="utf-8"))
    assert figures["data"]["name"] == "town-news"
    assert figures["ways"] == ["an evaluation of 2-fold cross-validation, seed 0", "predictions that an evaluation kept"]
    assert figures["references"]["corpora"] == ["babe", "polnear"]  # built-in models help, and learned from the second
    page = (tmp_path / "same.html").read_text(encoding="utf-8")
    assert "Labelled differently" not in page  # nothing is: no heading with nothing under it


def test_a_model_names_the_corpora_in_its_data(data, tmp_path):
    model = tmp_path / "tone.sayso"
    assert run_sayso("train", "tone", "--data", data, "--out", model, "--no-scores").exit_code == 0
    assert "spinde2021neural" in run_sayso("cite", model).stdout
