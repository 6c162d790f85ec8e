import json

import numpy as np
import pytest
from builders import labelled_article, run_sayso, write_rows
from marked_articles import reports

import sayso
from sayso.data.records import Attribution
from sayso.errors import SaysoError
from sayso.train.attribution.fit import FittedAttribution
from sayso.train.estimators import attribution
from sayso.train.estimators.attribution import AttributionExtractor
from sayso.train.estimators.cross_validation import cross_validate
from sayso.train.estimators.kind import KindClassifier
from sayso.train.estimators.sentence_in import DataError, SentenceIn
from sayso.train.estimators.text import TextClassifier

LINES = {"food": "Soup and bread cost {n} crowns.", "money": "Shares and bonds fell by {n} points."}


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    rows = [
        {"article": f"a{i}", "n": n, "text": text.format(n=10 * i + n), "theme": theme}
        for i in range(6)
        for n, (theme, text) in enumerate(LINES.items())
    ]
    return write_rows(tmp_path_factory.mktemp("data") / "labelled.jsonl", rows)


def test_a_task_is_scored_as_the_command_does(data):
    found = cross_validate("theme", data, n_folds=3)
    done = run_sayso("evaluate", "theme", "--data", data, "--folds", 3, "--jobs", 1, "--json")
    printed = json.loads(done.stdout)
    assert found.to_dict() == {key: value for key, value in printed.items() if key not in ("caution", "trust")}
    table = found.to_pandas()
    assert table.columns[:6].tolist() == ["article", "n", "start", "end", "text_sha256", "target"]
    assert table[["truth", "predicted"]].iloc[:2].to_numpy().tolist() == [["food", "food"], ["money", "money"]]
    assert np.allclose(table[["score_food", "score_money"]].sum(axis=1), 1)
    assert len(cross_validate("theme", str(data), n_folds=3, repeats=2).to_pandas()) == 24


def test_an_estimator_has_the_figures_of_its_task(data):
    by_name = cross_validate("theme", data, n_folds=3).to_dict()
    assert cross_validate(TextClassifier(column="theme"), data, n_folds=3).to_dict() == by_name
    assert cross_validate("subject", data, label="theme", n_folds=3).to_dict()["macro_f1"] == by_name["macro_f1"]


def strings():
    X = [text.format(n=i) for i in range(6) for text in LINES.values()]
    return X, [0, 1] * 6


def test_sentences_are_divided_by_groups():
    X, y = strings()
    groups = [i // 4 for i in range(12)]
    found = cross_validate(TextClassifier(column="theme"), X, y, groups=groups, n_folds=3)
    table = found.to_pandas()
    assert (found.articles, found.sentences) == (3, 12)
    assert table.groupby("fold")["article"].apply(lambda of: {int(name) - 1 for name in of}).map(
        lambda numbers: len({n // 4 for n in numbers})
    ).tolist() == [1, 1, 1]
    assert sorted(set(table["truth"])) == ["0", "1"]
    with pytest.raises(SaysoError, match=r"^3 labelled articles are too few for 5 folds"):
        cross_validate(TextClassifier(column="theme"), X, y, groups=groups)


def test_an_article_is_never_divided():
    articles = [
        labelled_article(
            f"a{i}",
            (f"Rain fell for {i} days.", {"kind": "narrative"}),
            (f"“We held {i} ropes,” said Ines Tolk.", {"kind": "quote"}),
        )
        for i in range(6)
    ]
    X, y, _ = SentenceIn.labelled(articles, "kind")
    table = cross_validate(KindClassifier(), X, y, n_folds=3).to_pandas()
    assert table.groupby("article")["fold"].nunique().tolist() == [1] * 6
    assert cross_validate(KindClassifier(), articles, n_folds=3).score.macro_f1 == 1
    joint = cross_validate(KindClassifier(), X, y, groups=[*"abcdefghijkl"], n_folds=3)
    assert joint.articles == 6


@pytest.mark.parametrize(
    ("words", "options", "message"),
    [
        ((7, []), {}, r"^7 is not a task; give kind, source_type, stance, bias, attribution, the name of a label"),
        (("kind", "DATA", ["quote"]), {}, r"^a dataset has its own labels and articles; leave out y and groups\.$"),
        (("kind", ["It rained."]), {}, r"^a task needs labelled articles or a dataset; for X and y, give an estimator"),
        ((TextClassifier(), ["It rained."], ["a"]), {}, r"^y has only one label, 'a'; training needs two or more\.$"),
        ((KindClassifier(), ["It rained.", "It snowed."], [0, 1]), {}, (r"^'0' is not a label of kind; the "
            r"labels are quote, ")),
        ((TextClassifier(), "DATA"), {"label": "theme"}, (r"^label works only with the name of a task; give the "
            r"column to the estimator")),
        ((AttributionExtractor(), ["It rained."], [[]]), {"groups": [1]}, (r"^an extractor takes no groups: its "
            r"folds hold out whole articles")),
    ],
)  # fmt: skip
def test_what_does_not_fit_together_is_refused(data, words, options, message):
    with pytest.raises(ValueError, match=message):
        cross_validate(*[data if word == "DATA" else word for word in words], **options)


@pytest.fixture(scope="module")
def marked():
    made = [reports(n) for n in range(20)]
    return [text for text, _ in made], [found for _, found in made]


def test_attributions_are_learned_found_and_scored(marked, tmp_path):
    X, y = marked
    extractor = AttributionExtractor()
    assert extractor.fit(X, y) is extractor
    assert extractor.scores_["f1"] > 0.9
    text, expected = reports(77)
    (found,) = extractor.predict([text])
    assert [a.cue for a in found] == [a.cue for a in expected]
    assert extractor.score([text], [expected]) == 1
    extractor.save(tmp_path / "attribution.sayso")
    article = tmp_path / "article.txt"
    article.write_text(text)
    done = run_sayso("annotate", article, "--model", tmp_path / "attribution.sayso", "--format", "jsonl")
    assert [
        row["attributions"][0]["cue"]["text"] for row in map(json.loads, done.stdout.splitlines()) if row["attributions"]
    ] == [text[a.cue[0] : a.cue[1]] for a in expected]


def test_attributions_have_an_evaluation_of_their_own(marked, monkeypatch):
    X, y = marked
    model = AttributionExtractor().fit(X, y).model_
    monkeypatch.setattr(attribution, "fit_attribution", lambda articles, **_: FittedAttribution(model, []))
    found = cross_validate(AttributionExtractor(), X, y, n_folds=2)
    assert (found.attributions, found.articles, found.folds) == (100, 20, 2)
    table = found.to_pandas()
    assert table["scope"].unique().tolist() == list(found.scores)
    f1 = table[(table["scope"] == "all") & (table["measure"] == "overlap")]["f1"].item()
    assert f1 == found.to_dict()["all"]["overlap"]["f1"] == 1


def test_too_little_or_what_are_no_attributions_is_refused(marked):
    X, y = marked
    extractor = AttributionExtractor()
    for given, labels, message in (
        (X[0], y, r"^X is one str; give a list of texts or articles, such as \[x\]\.$"),
        ([], [], r"^X is empty; give one or more texts or articles\.$"),
        (X, y[:3], r"^X has 20 articles and y has 3; give a list of attributions for each article\.$"),
        (X, None, r"^X has 20 articles and y has none; give a list of attributions for each article\.$"),
        (
            X[:3],
            y[:3],
            r"^attribution needs 20 articles with all their attributions marked, and 100 attributions in total; "
            r"the data has 3 such articles\.$",
        ),
        (["It rained."], [["said"]], r"^y\[0\] holds a str; give a list of Attribution for each article\.$"),
        (
            ["It rained."],
            [[Attribution()]],
            r"^y\[0\]: an attribution has no span in its article; give it a cue or content\.$",
        ),
        ([None], [[]], r"^X\[0\] has no value; leave it out\.$"),
        ([" "], [[]], r"^X\[0\] is an empty text; leave it out\.$"),
        ([7], [[]], r"^X\[0\] is a int, not a text or an Article\.$"),
    ):
        with pytest.raises(DataError, match=message):
            extractor.fit(given, labels)
    with pytest.raises(DataError, match=r"^the extractor takes no groups"):
        extractor.fit(X, y, groups=[1] * 20)


def test_a_table_is_scored_by_the_columns_that_are_named(tmp_path):
    table = tmp_path / "codiert.csv"
    rows = ["Beitrag,Satz,Urteil"]
    for n in range(4):
        rows += [f"b{n},Es regnet seit {n} Tagen.,ruhig", f"b{n},Was für ein Skandal um {n} Euro!,laut"]
    table.write_text("\n".join(rows) + "\n", "utf-8")
    found = sayso.cross_validate("Urteil", table, text="Satz", article="Beitrag", n_folds=2)
    assert (found.articles, found.sentences) == (4, 8)
    with pytest.raises(sayso.SaysoError, match=r"^4 labelled articles are too few for 5 folds; .* a smaller n_folds\.$"):
        sayso.cross_validate("Urteil", table, text="Satz", article="Beitrag")
    with pytest.raises(sayso.SaysoError, match=r"Give its name with the parameter text\.$"):
        sayso.cross_validate("Urteil", table)
    with pytest.raises(ValueError, match="columns belong to a table; give its path as data"):
        sayso.cross_validate("Urteil", sayso.load_dataset(table, text="Satz", article="Beitrag"), text="Satz")
