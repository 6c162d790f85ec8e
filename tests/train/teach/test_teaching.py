import json
import shlex
from dataclasses import replace

import pytest
from builders import run_sayso
from taught_articles import articles, ministries_count_as_nobody, project

from sayso.classify.annotation.annotator import load_annotator
from sayso.classify.model_files.container import read_model
from sayso.data.records import Article
from sayso.errors import SaysoError
from sayso.train.evaluation.evaluate import cross_validate
from sayso.train.evaluation.plan import Plan
from sayso.train.teach import teaching
from sayso.train.teach.before import before_of
from sayso.train.teach.recipes import recipes_for
from sayso.train.teach.teaching import check_enough, teach

PLAN = Plan()


@pytest.fixture(scope="module")
def ministries(tmp_path_factory):
    """Give a folder, the labels in it, and what was taught by somebody for whom ministries are nobody."""
    folder = tmp_path_factory.mktemp("project")
    labels = project(folder, articles(ministries_count_as_nobody))
    told = []
    taught = teach("kind", labels, [], lambda step, part: told.append((step, part)))
    return folder, labels, taught, told


def test_labels_that_differ_from_the_packages_model_teach_it(ministries):
    result = ministries[2].result
    assert (result["articles"], result["sentences"], result["model"], result["base"]) == (6, 36, "voice", None)
    assert result["before"]["name"] == "the built-in model"
    assert result["before"]["how"] == "The built-in model was trained on none of these articles."
    assert result["difference"] == result["after"]["macro_f1"] - result["before"]["macro_f1"] > 0.1
    assert result["settled"] is True
    assert result["verdict"].startswith("The new model is better than the built-in model by")
    assert result["labels"][0]["label"] == "quote"
    assert sum(row["n"] for row in result["labels"]) == 36
    for row in result["labels"]:
        for when in ("before", "after"):
            if row[when] is not None:
                low, high = row[f"{when}_interval"]
                assert low <= row[when] <= high
    assert result["accepted"] == {"n": 0, "of": 36, "by_hand": None}
    mended = [flip for flip in result["flips"] if flip["truth"] == flip["after"]]
    assert len(mended) == result["flip_counts"]["mended"] > 3
    assert {(flip["before"], flip["after"]) for flip in mended} == {("official_claim", "narrative")}
    assert all("ministry said" in flip["text"] for flip in mended)
    assert [also["column"] for also in result["also"]] == ["source_type"]
    assert result["curve"][0]["macro_f1"] == result["before"]["macro_f1"]
    json.dumps(result)


@pytest.mark.usefixtures("undrawn")
def test_the_commands_that_are_told_give_the_result(ministries, tmp_path, monkeypatch):
    _, labels, taught, _ = ministries
    compared, evaluated, trained = (shlex.split(line)[1:] for line in taught.result["commands"])
    assert compared == ["compare", "package", "adapted", "--task", "kind", "--data", str(labels)]
    assert evaluated[:4] == ["evaluate", "kind", "--adapt", "package"]
    assert trained == ["train", "kind", "--adapt", "package", "--data", str(labels), "--out", "kind.sayso"]
    shown = run_sayso(*compared, "--jobs", 1, "--json")
    assert shown.exit_code == 0, shown.stderr
    of_command = json.loads(shown.stdout)
    for name in ("difference", "interval", "articles", "sentences"):
        assert taught.result[name] == of_command[name]
    assert taught.result["p"] == of_command["permutation_p"]
    assert taught.result["before"]["macro_f1"] == of_command["a"]["macro_f1"]
    assert taught.result["after"]["interval"] == of_command["b"]["interval"]
    monkeypatch.chdir(tmp_path)
    done = run_sayso(*evaluated, "--jobs", 1)
    assert done.exit_code == 0, done.stderr
    figures = json.loads((tmp_path / "kind.json").read_text(encoding="utf-8"))
    assert figures["macro_f1"] == taught.result["after"]["macro_f1"]
    steps = [step["macro_f1"] for step in figures["learning_curve"]["steps"]]
    assert steps == [step["macro_f1"] for step in taught.result["curve"][1:]]
    assert "--adapt package" in figures["command"]


def test_the_model_is_what_training_gives_and_annotating_takes_it(ministries, tmp_path):
    _, labels, taught, _ = ministries
    taught.save(tmp_path)
    done = run_sayso("train", "kind", "--adapt", "package", "--data", labels, "--out", tmp_path / "k.sayso", "--no-scores")
    assert done.exit_code == 0, done.stderr
    by_page, by_command = read_model(tmp_path / "kind.sayso"), read_model(tmp_path / "k.sayso")
    assert by_page.digest == by_command.digest
    assert by_page.manifest["adapted_from"]["name"] == "package"
    assert by_page.manifest["seen"] == by_command.manifest["seen"]
    annotator = load_annotator([str(tmp_path / "kind.sayso")])
    (label,) = annotator.annotate(Article("new", "The health ministry said the clinic would stay open."))
    assert (label.kind, label.source_type) == ("narrative", "none")
    (before,) = load_annotator().annotate(Article("new", "The health ministry said the clinic would stay open."))
    assert (before.kind, before.source_type) == ("official_claim", "state")


def test_progress_is_told_and_never_goes_back(ministries):
    told = ministries[3]
    assert [part for _, part in told] == sorted(part for _, part in told)
    assert ("fold 2 of 5", 0.26) in [(step, round(part, 2)) for step, part in told]
    assert 0 < told[0][1] < told[-1][1] < 1


def test_labels_that_say_what_the_model_says_change_nothing(tmp_path):
    labelled = []
    annotator = load_annotator()
    for a in articles():
        said = annotator.annotate(a.article)
        assert len(said) == len(a.sentences)
        pairs = zip(a.sentences, said, strict=True)
        accepted = {"codebook": '{"kind": {"version": 1, "accepted": true}, "source_type": 1}'}
        sentences = tuple(replace(s, kind=x.kind, source_type=x.source_type, extra=accepted) for s, x in pairs)
        labelled.append(replace(a, sentences=sentences))
    result = teach("kind", project(tmp_path, labelled), [], lambda *_: None).result
    assert (result["difference"], result["before"]["accuracy"], result["flips"]) == (0.0, 1.0, [])
    assert result["notes"][0].startswith("No change was clearly better on held-out articles")
    assert result["verdict"].startswith("The new model and the built-in model score the same")
    said = "36 of 36 labels were accepted from the model's suggestions, so the score means little"
    assert result["cautions"][0].startswith(said)
    assert result["accepted"] == {"n": 36, "of": 36, "by_hand": None}
    (check,) = [check for check in result["trust"] if check["check"] == "accepted labels"]
    assert check["mark"] == "bad"
    assert check["verdict"] == f"{said}; label some articles with `sayso serve --blind`."
    other = teach("source_type", tmp_path / "labels" / "me", [], lambda *_: None).result
    assert other["accepted"] == {"n": 0, "of": 36, "by_hand": None}  # of this column each was given by hand
    assert "accepted labels" not in [check["check"] for check in other["trust"]]


WORSE = "The package's model is better than the new model by 9.0 points."


@pytest.fixture(scope="module")
def partly_accepted(tmp_path_factory):
    """Give what is taught where a label in six was accepted, and the other column is labelled worse than before."""
    accepted = {"codebook": '{"kind": {"accepted": true}}'}
    labelled = [
        replace(a, sentences=(replace(a.sentences[0], extra=accepted), *a.sentences[1:]))
        for a in articles(ministries_count_as_nobody)
    ]
    worse = {"column": "source_type", "settled": True, "difference": -0.09, "verdict": WORSE}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(teaching, "_beside", lambda *_: [worse, {**worse, "settled": False}])
        return teach("kind", project(tmp_path_factory.mktemp("project"), labelled), [], lambda *_: None).result


def test_on_labels_that_were_given_by_hand_both_are_scored_alone(partly_accepted):
    result = partly_accepted
    found = result["accepted"]
    assert (found["n"], found["of"]) == (6, 36)
    by_hand = found["by_hand"]
    assert (by_hand["articles"], by_hand["sentences"]) == (6, 30)
    assert by_hand["difference"] == by_hand["after"]["macro_f1"] - by_hand["before"]["macro_f1"] > 0.1
    assert f"On the 30 labels given by hand: {by_hand['verdict'].replace('The', 'the', 1)}" in result["cautions"]
    (check,) = [check for check in result["trust"] if check["check"] == "accepted labels"]
    assert check["mark"] == "good"
    assert check["verdict"].startswith(
        "6 of 36 labels were accepted from the model's suggestions. On the 30 labels given by"
    )


@pytest.fixture
def in_use(ministries, tmp_path):
    """Give the file of a model that was taught before."""
    ministries[2].save(tmp_path)
    return tmp_path / "kind.sayso"


def test_a_second_run_begins_where_the_first_did_and_scores_nothing_that_was_learned_by_heart(in_use):
    labelled = articles(ministries_count_as_nobody)
    text = labelled[0].article.text.replace("Orl", "Elv")
    labelled.append(replace(labelled[0], article=replace(labelled[0].article, id="new", text=text)))
    (recipe,) = recipes_for("kind", labelled, [in_use])
    before = before_of(recipe, labelled, PLAN)
    assert (recipe.base.given, recipe.in_use.name) == ("package", "kind.sayso")
    assert before.how == (
        "kind.sayso was trained on 6 of these articles; on them it is replaced by models trained on the others; "
        "on the other 1 it was scored itself."
    )
    assert (len(before.predictions), len(before.articles)) == (42, 7)
    assert len(set(before.predictions.groups.tolist())) == 7
    anew = cross_validate("kind", labelled[:6], PLAN, instead=recipe.task)._predictions
    stood_in = before.predictions.predicted[before.predictions.articles != "new"]
    assert sorted(stood_in) == sorted(anew.predicted)


def test_too_few_articles_that_a_model_learned_from_are_not_scored(in_use):
    known = articles(ministries_count_as_nobody)
    new = [replace(a, article=replace(a.article, id=f"{a.article.id} 2", text=a.article.text.upper())) for a in known]
    (recipe,) = recipes_for("kind", [*known[:4], *new], [in_use])
    before = before_of(recipe, [*known[:4], *new], PLAN)
    assert (before.how, len(before.articles)) == ("kind.sayso was trained on none of these articles.", 6)
    assert before.notes == ["4 articles are not scored, because an earlier model was trained on them."]


def test_articles_that_the_package_was_fitted_on_are_not_scored(our_corpus):
    labelled = [*articles(), our_corpus[0]]
    (recipe,) = recipes_for("kind", labelled)
    before = before_of(recipe, labelled, PLAN)
    assert before.notes == ["1 article is not scored, because an earlier model was trained on it."]
    assert {a.article.id for a in before.articles} == {a.article.id for a in articles()}


def test_too_few_articles_that_can_be_scored_are_told(our_corpus):
    labelled = [*articles()[:3], *our_corpus[:3]]
    (recipe,) = recipes_for("kind", labelled)
    with pytest.raises(SaysoError, match=r"^3 articles can be scored, but 5 are needed; label 2 more\. 3 articles are not"):
        before_of(recipe, labelled, PLAN)


@pytest.mark.parametrize(
    ("articles_left", "said"),
    [
        (5, None),
        (
            4,
            "^topic: 24 sentences in 4 articles are labelled; label 1 more article and 6 more sentences "
            "before you can teach",
        ),
        (
            0,
            "^topic: 0 sentences in 0 articles are labelled; label 5 more articles and 30 more sentences "
            "before you can teach",
        ),
    ],
)
def test_what_is_lacking_is_told(articles_left, said):
    if said is None:
        check_enough("topic", articles()[:articles_left])
        return
    with pytest.raises(SaysoError, match=said):
        check_enough("topic", articles()[:articles_left])


def test_a_column_of_one_label_teaches_nothing(tmp_path):
    same = [replace(a, sentences=tuple(replace(s, extra={"topic": "road"}) for s in a.sentences)) for a in articles()]
    with pytest.raises(SaysoError, match="topic has only one label, 'road'; training needs two or more"):
        teach("topic", project(tmp_path, same), [], lambda *_: None)


def test_a_model_that_gets_worse_at_the_other_column_is_cautioned_of(partly_accepted):
    told = [caution for caution in partly_accepted["cautions"] if WORSE in caution]
    assert told == [f"It labels source type too: {WORSE}"]


def test_labels_that_stand_in_one_article_each_teach_nothing(tmp_path):
    by_article = [
        replace(a, sentences=tuple(replace(s, extra={"topic": a.article.id}) for s in a.sentences)) for a in articles()
    ]
    with pytest.raises(
        SaysoError, match="topic has 6 labels, of which fewer than two occur in at least two articles; label"
    ):
        teach("topic", project(tmp_path, by_article), [], lambda *_: None)


def ways(column, labelled, models=()):
    """Name the model that each way to teach a column begins with; None for none."""
    return [recipe.base and recipe.base.given for recipe in recipes_for(column, labelled, models)]


def test_a_column_is_taught_from_the_model_that_is_there_or_from_nothing():
    biased = [replace(a, sentences=(replace(a.sentences[0], bias="biased"), *a.sentences[1:])) for a in articles()]
    biased = [replace(a, sentences=(*a.sentences[:-1], replace(a.sentences[-1], bias="neutral"))) for a in biased]
    assert ways("kind", articles()) == ["package"]
    assert ways("source_type", articles()) == ["package"]
    assert ways("topic", articles()) == [None]
    assert ways("bias", biased) == ["package", None]


def test_a_model_of_the_users_own_is_adapted_instead_of_the_packages(fake_models):
    path = fake_models / "voice.sayso"
    (recipe,) = recipes_for("kind", articles(), [path])
    assert (recipe.base.given, recipe.in_use.name, recipe.told) == (
        str(path),
        "voice.sayso",
        "The weights of voice.sayso are adjusted to the labels.",
    )
