import shutil
from pathlib import Path

import pytest
from builders import annotated_sentence, json_rows, labelled_article, run_sayso

from sayso.classify.annotation.annotator import load_annotator
from sayso.classify.annotation.conversions import as_dict, as_sentence
from sayso.classify.annotation.labels import most_named, parse_targets
from sayso.classify.annotation.records import BiasLabel, StanceLabel
from sayso.classify.model_files.files import save
from sayso.classify.output.csv import Csv
from sayso.classify.output.jsonl import JsonLines
from sayso.classify.stance_bias.targets import Target
from sayso.data.datasets.build import read_labelled
from sayso.data.records import Article, Span
from sayso.data.scheme import BIASES, STANCES, UNDECIDED
from sayso.errors import SaysoError
from sayso.train.sentences.fit_bias import bias_rows, fit_bias
from sayso.train.sentences.fit_stance import fit_stance, stance_rows

LINES = (
    ("The shameless Oulu Union spoke.", "against", "biased"),
    ("Many praised the Oulu Union.", "favor", "neutral"),
    ("It rained on Monday.", "neutral", "neutral"),
)
ARTICLE = Article("a", "Critics condemned the Turku Union.\n\nThe shameless Turku Union spoke.")


def labelled(name):
    sentences = [
        (
            line.replace("Oulu", name),
            {"stance": {f"{name} Union": stance}, "bias": bias, "loaded": ["shameless"] if bias == "biased" else []},
        )
        for line, stance, bias in LINES
    ]
    return labelled_article(name, *sentences, targets={f"{name} Union": ()})


@pytest.fixture(scope="module")
def models(fake_models, tmp_path_factory):
    folder = Path(shutil.copytree(fake_models, tmp_path_factory.mktemp("models") / "m"))
    articles = [labelled(name) for name in ("Ulm", "Brest", "Gent", "Faro", "Lodz", "Cork")]
    nothing = [[] for _ in articles]
    save(fit_bias(bias_rows(articles, nothing), BIASES), folder / "bias.sayso")
    save(fit_stance(stance_rows(articles, nothing), STANCES), folder / "stance.sayso")
    return folder


def annotated(**labels):
    return annotated_sentence(0, Span(0, 34), **labels)


def test_without_targets_no_stance_is_told_and_its_model_is_not_read(models):
    annotator = load_annotator(shipped=models)
    assert annotator.stance is None
    found = annotator.annotate(ARTICLE)
    assert [a.stance for a in found] == [{}, {}]
    assert [a.bias.label for a in found] == ["neutral", "biased"]
    assert [span.of(ARTICLE.text) for span in found[1].bias.words] == ["shameless"]


def test_each_target_gets_a_stance_in_each_sentence(models):
    annotator = load_annotator(shipped=models, stance=True)
    found = annotator.annotate(ARTICLE, targets=parse_targets(["Turku Union", "Gent=Ghent"]))
    assert [list(a.stance) for a in found] == [["Turku Union", "Gent"]] * 2
    assert {of.label for a in found for of in a.stance.values()} <= {*STANCES, UNDECIDED}
    assert all(sum(of.scores.values()) == pytest.approx(1) for a in found for of in a.stance.values())
    assert all(0 < of.confidence <= 1 for a in found for of in a.stance.values())


def test_a_folder_without_a_model_of_bias_tells_nothing_of_it(fake_models):
    assert load_annotator(shipped=fake_models).annotate(ARTICLE)[0].bias is None


def test_stance_needs_its_model(fake_models):
    with pytest.raises(SaysoError, match=r"stance\.sayso: the model file that comes with the package is missing"):
        load_annotator(shipped=fake_models, stance=True)


def test_targets_are_read_with_their_aliases():
    assert parse_targets(["Ukraine = Kyiv, Ukrainian ,", "Russia"]) == [
        Target("Ukraine", ("Kyiv", "Ukrainian", "Ukrainians")),
        Target("Russia"),
    ]


def test_a_surname_is_a_name_unless_two_targets_share_it():
    assert parse_targets(["Anna Feld=AF"]) == [Target("Anna Feld", ("AF", "Feld"))]
    assert parse_targets(["Anna Feld=Feld"]) == [Target("Anna Feld", ("Feld",))]
    assert [t.aliases for t in parse_targets(["Anna Feld", "Peter Feld", "Tolm Bank"])] == [(), (), ()]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (["=Kyiv"], r"^the target '=Kyiv' names nobody; write NAME, or NAME=ALIAS,ALIAS\.$"),
        (["  "], r"names nobody"),
        (["A", "A=B"], r"^the target 'A' is given twice; give its other names as A=ALIAS,ALIAS\.$"),
    ],
)
def test_what_is_no_target_is_refused(given, message):
    with pytest.raises(SaysoError, match=message):
        parse_targets(given)


def test_stance_and_bias_are_written_and_read_back(tmp_path):
    scores = {"favor": 0.1, "against": 0.71239, "neutral": 0.18761}
    stance = {"Union": StanceLabel("against", 0.71239, scores), "Roe": StanceLabel("?", 0.4, {}, named=False)}
    a = annotated(stance=stance, bias=BiasLabel("biased", 0.9, (Span(8, 17),)))
    row = as_dict(ARTICLE, a)
    assert row["stance"] == {
        "Union": {
            "label": "against",
            "confidence": 0.7124,
            "scores": {"favor": 0.1, "against": 0.7124, "neutral": 0.1876},
            "abstain": False,
            "named": True,
        },
        "Roe": {"label": "?", "confidence": 0.4, "scores": {}, "abstain": True, "named": False},
    }
    assert as_sentence(a, {}).stance == {"Union": "against"}
    assert row["bias"] == {
        "label": "biased",
        "confidence": 0.9,
        "words": [{"start": 8, "end": 17, "text": "condemned"}],
    }
    for name, writer in (("x.jsonl", JsonLines()), ("x.csv", Csv())):
        path = tmp_path / name
        path.write_text(writer.begin() + writer.article(ARTICLE, [a]) + writer.end(), encoding="utf-8")
        sentence = read_labelled([path])[0].sentences[0]
        assert (sentence.stance, sentence.bias, sentence.loaded) == ({"Union": "against"}, "biased", (Span(8, 17),))


def test_what_is_not_known_is_empty(tmp_path):
    assert (as_dict(ARTICLE, annotated())["stance"], as_dict(ARTICLE, annotated())["bias"]) == ({}, None)
    assert Csv().article(ARTICLE, [annotated()]).endswith(",,,,,,\n")


def test_whom_an_article_names_most():
    text = "Mayor Ana Roe spoke. Roe left. Councillor Tim Poe stayed. Roe came back. It rained."
    assert most_named(text) == ["Ana Roe"]
    assert most_named("") == []


def test_targets_on_the_command_line(models, tmp_path, monkeypatch):
    from sayso.classify.files import annotate_files as run

    monkeypatch.setattr(run, "load_annotator", lambda paths, **also: load_annotator(paths, models, **also))
    path = tmp_path / "a.txt"
    path.write_text(ARTICLE.text, encoding="utf-8")
    done = run_sayso("annotate", path, "-f", "jsonl", "--target", "Turku Union=dockers")
    assert done.exit_code == 0, done.stderr
    rows = json_rows(done.stdout)
    assert [list(row["stance"]) for row in rows] == [["Turku Union"]] * 2
    wrong = run_sayso("annotate", path, "--target", "=")
    assert (wrong.exit_code, wrong.stderr.splitlines()) == (
        1,
        ["Error: the target '=' names nobody; write NAME, or NAME=ALIAS,ALIAS."],
    )


def test_loaded_wording_can_be_left_out(models, tmp_path, monkeypatch):
    from sayso.classify.files import annotate_files as run

    monkeypatch.setattr(run, "load_annotator", lambda paths, **also: load_annotator(paths, models, **also))
    path = tmp_path / "a.txt"
    path.write_text(ARTICLE.text, encoding="utf-8")
    with_bias, without = (
        json_rows(run_sayso("annotate", path, "-f", "jsonl", *more).stdout) for more in ([], ["--no-bias"])
    )
    assert [row["bias"]["label"] for row in with_bias] == ["neutral", "biased"]
    assert without == [row | {"bias": None} for row in with_bias]
    wrong = run_sayso("annotate", path, "--no-bias", "--model", models / "bias.sayso")
    assert (wrong.exit_code, wrong.stderr.splitlines()) == (
        1,
        ["Error: --no-bias and a --model for loaded wording contradict each other; leave one out."],
    )


def test_actors_are_proposed_to_people_only(models, tmp_path, monkeypatch):
    from sayso.classify.files import annotate_files as run

    monkeypatch.setattr(run, "load_annotator", lambda paths, **also: load_annotator(paths, models, **also))
    path = tmp_path / "a.txt"
    path.write_text("Mayor Ana Roe spoke. Roe left. Roe came back.", encoding="utf-8")
    line = "Most mentioned: Ana Roe. To get each sentence's stance towards a target, add for example --target 'Ana Roe'."
    assert line not in run_sayso("annotate", path).stderr
    monkeypatch.setattr(run, "is_terminal", lambda stream: True)
    assert line in run_sayso("annotate", path).stderr
    assert line not in run_sayso("annotate", path, "-f", "jsonl").stderr
    assert line not in run_sayso("annotate", path, "--target", "Roe").stderr
    assert line not in run_sayso("annotate", path, path).stderr
