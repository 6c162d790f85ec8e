import json
import os
from pathlib import Path

import pytest
from builders import run_sayso

import sayso

EXAMPLES = Path(__file__).parents[2] / "examples"
TEXT = "The quay at Halm will close in May, the harbour board said on Friday.\r\nFour boats lie there now."
FRENCH = (
    "Le maire a dit que les bateaux ne partiront pas demain parce que le vent est trop fort pour les marins "
    "et que la mer est mauvaise dans la baie."
)


def test_a_text_is_annotated_as_it_stands():
    annotation = sayso.annotate(TEXT)
    assert [TEXT[a.start : a.end] for a in annotation] == TEXT.split("\r\n") == [a.text for a in annotation]
    assert [(a.kind, a.source, a.cue) for a in annotation] == [
        ("official_claim", "the harbour board", "said"),
        ("narrative", None, None),
    ]
    assert annotation.article.text == TEXT
    assert annotation.article.language == "en"


def test_a_text_without_a_sentence_has_none():
    assert sayso.annotate("").sentences == ()
    assert len(sayso.annotate(" \n ")) == 0


def test_a_path_is_a_file_with_one_article(tmp_path):
    file = tmp_path / "quay.txt"
    file.write_text(TEXT, "utf-8", newline="")
    annotation = sayso.annotate(file)
    assert annotation.article.id == str(file)
    assert [a.text for a in annotation] == TEXT.split("\r\n")


def test_an_annotation_is_what_the_command_writes(monkeypatch):
    monkeypatch.chdir(EXAMPLES)
    annotation = sayso.annotate(Path("scraped.txt"), why=5)
    asked = ("annotate", "scraped.txt", "--why", "5", "--format")
    assert json.loads(run_sayso(*asked, "json").stdout) == annotation.to_dict()["sentences"]
    assert run_sayso(*asked, "html").stdout == annotation.to_html()


def test_a_path_written_as_a_text_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("quay.txt").write_text(TEXT, "utf-8")
    with pytest.raises(ValueError, match=r"'quay\.txt' is the path of an existing file.*give pathlib\.Path\('quay\.txt'\)"):
        sayso.annotate("quay.txt")
    with pytest.warns(UserWarning, match=r"^'other\.txt' looks like the path of a file, but there is no such file"):
        assert [a.text for a in sayso.annotate("other.txt")] == ["other.txt"]


@pytest.mark.parametrize("text", ["Rain.", "Halm", "It rained at example.txt", "3.5", ""])
def test_a_short_text_is_no_mistyped_path(text):
    assert sayso.annotate(text).article.text == text


def test_a_folder_is_refused_at_once(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("news").mkdir()
    Path("news", "broken.csv").write_bytes(b"\xff\0")  # nothing in it is read
    advice = r"annotate\(\) takes one article.*annotate_all\(read_articles\('news'\)\)"
    with pytest.raises(ValueError, match=rf"^news is a folder, and {advice}"):
        sayso.annotate(Path("news"))
    with pytest.raises(ValueError, match=rf"^'news' is the path of an existing folder, .* {advice}"):
        sayso.annotate("news")


def test_texts_that_can_be_no_path_are_texts():
    assert len(sayso.annotate("It rained.\0" * 3)) >= 1
    assert len(sayso.annotate("It rained. " * 1000)) == 1000


def test_a_file_with_several_articles_says_how_many_and_what_to_use(tmp_path):
    file = tmp_path / "news.csv"
    file.write_text("title,text\nFerry,The ferry from Halm is late.\nPier,The pier at Halm is shut.\n", "utf-8")
    with pytest.raises(
        ValueError, match=r"news\.csv: 2 articles, and annotate\(\) takes one.*annotate_all\(read_articles\("
    ):
        sayso.annotate(file)


def test_files_that_cannot_be_read_are_named(tmp_path):
    with pytest.raises(sayso.SaysoError, match=r"nothing\.txt: No such file or directory"):
        sayso.annotate(tmp_path / "nothing.txt")


@pytest.mark.parametrize("source", [None, 7, b"It rained.", ["It rained."]])
def test_what_is_no_article_is_refused(source):
    with pytest.raises(TypeError, match=rf"takes a text \(str\), .* not {type(source).__name__}\. For several articles use"):
        sayso.annotate(source)


def test_an_article_that_is_not_english_is_refused_unless_asked_for():
    with pytest.raises(sayso.SaysoError, match=r"^mer: this article is not in English \(language: fr\).*any_language=True"):
        sayso.annotate(sayso.Article("mer", FRENCH))
    assert sayso.annotate(sayso.Article("mer", FRENCH), any_language=True).article.language == "fr"


def test_stances_reasons_and_loaded_wording_are_given_when_asked_for():
    plain = sayso.annotate(TEXT)[0]
    assert (plain.stance, plain.why) == ({}, {})
    assert plain.bias is not None
    full = sayso.annotate(TEXT, targets="the harbour board", why=2, bias=False)[0]
    assert list(full.stance) == ["the harbour board"]
    assert set(full.why) == {"kind", "source_type"}
    assert full.bias is None


@pytest.mark.parametrize(
    "targets", [["Ida Berg=the mayor,she"], {"Ida Berg": ["the mayor", "she"]}, {"Ida Berg": "the mayor,she"}]
)
def test_targets_are_written_in_several_ways(targets):
    text = "The mayor of Halm was wrong, the harbour board said. Ida Berg was right."
    expected = sayso.annotate(text, targets="Ida Berg=the mayor,she")
    assert [list(a.stance) for a in expected] == [["Ida Berg"]] * 2
    assert sayso.annotate(text, targets=targets) == expected


def test_targets_that_are_none_are_refused():
    with pytest.raises(TypeError, match=r"A target is a str, NAME or NAME=ALIAS,ALIAS, not int\."):
        sayso.annotate(TEXT, targets=[3])
    with pytest.raises(TypeError, match=r"; give one, a list of them, or a dict of names and aliases, not int\.$"):
        sayso.annotate(TEXT, targets=3)
    with pytest.raises(TypeError, match=r"^The name of a target is a str, not int\.$"):
        sayso.annotate(TEXT, targets={3: []})
    for aliases in (3, [3]):
        with pytest.raises(TypeError, match=r"^The other names of the target 'Halm' are a list of str, not int\.$"):
            sayso.annotate(TEXT, targets={"Halm": aliases})
    with pytest.raises(sayso.SaysoError, match=r"the target 'Halm' is given twice; give its other names as Halm=ALIAS"):
        sayso.annotate(TEXT, targets=["Halm", "Halm"])
    with pytest.raises(sayso.SaysoError, match=r"the target ' ' names nobody"):
        sayso.annotate(TEXT, targets=" ")


@pytest.mark.parametrize("why", [-1, 1.5, "all", True])
def test_reasons_are_a_number(why):
    with pytest.raises(ValueError, match=r"why is the number of reasons for each label, 0 or more, not"):
        sayso.annotate(TEXT, why=why)


def test_half_a_character_is_refused_and_spoils_no_later_article():
    broken = "It rained in Ha\ud83dlm."
    with pytest.raises(ValueError, match=r"^The text: character 15 is half of a character"):
        sayso.annotate(broken)
    with pytest.raises(ValueError, match=r"^wet: character 15 is half of a character"):
        sayso.annotate(sayso.Article("wet", broken))
    assert [a.text for a in sayso.load_annotator().annotate(sayso.Article("wet", broken))] == [broken]
    assert len(sayso.annotate(TEXT)) == 2


@pytest.mark.parametrize(
    ("article", "message"),
    [
        (sayso.Article("none", None), r"^Article 'none': text must be a str, not NoneType\.$"),
        (sayso.Article(3, TEXT), r"^Article 3: id must be a str, not int\.$"),
        (sayso.Article("a", TEXT, date=3), r"^Article 'a': date must be a str or None, not int\.$"),
        (sayso.Article("a", TEXT, title=["Ferry"]), r"^Article 'a': title must be a str or None, not list\.$"),
    ],
)
def test_an_article_that_holds_something_else_than_text_is_refused(article, message):
    with pytest.raises(TypeError, match=message):
        sayso.annotate(article)
    with pytest.raises(TypeError, match=message):
        next(sayso.load_annotator().annotate_all([article]))


def test_none_stands_for_the_default():
    assert sayso.annotate(TEXT, models=None, targets=None) == sayso.annotate(TEXT)
    assert sayso.load_annotator(None).annotate(sayso.Article("text", TEXT)).sentences == sayso.annotate(TEXT).sentences


def test_an_annotator_takes_articles():
    annotator = sayso.load_annotator()
    with pytest.raises(TypeError, match=r"^An Article is needed, not str\. For a text use sayso\.annotate\(text\)"):
        annotator.annotate(TEXT)
    with pytest.raises(TypeError, match=r"^An Article is needed, not str\."):
        next(annotator.annotate_all([TEXT]))
    for given in (TEXT, sayso.Article("a", TEXT), {"a": TEXT}, None):  # at once, not when the first is asked for
        with pytest.raises(TypeError, match=rf"^annotate_all\(\) takes several articles, .* not {type(given).__name__}\."):
            annotator.annotate_all(given)
    with pytest.raises(ValueError, match=r"^why is the number of reasons"):
        annotator.annotate(sayso.Article("a", TEXT), "2")


@pytest.mark.parametrize("models", [3, b"voice.sayso", [None], {"kind": "voice.sayso"}])
def test_models_are_paths(models):
    with pytest.raises(TypeError, match=r"^models takes the path of a model file, or a list of paths, not \w+\.$"):
        sayso.annotate(TEXT, models=models)


def test_models_take_the_place_of_the_built_in_ones(fake_models):
    models = [fake_models / "voice.sayso", str(fake_models / "attribution.sayso")]
    by_them = sayso.load_annotator(models).annotate(sayso.Article("a", TEXT))
    assert sayso.annotate(sayso.Article("a", TEXT), models=models)[0].kind_scores == by_them[0].kind_scores
    assert by_them[0].kind_scores != sayso.annotate(TEXT)[0].kind_scores
    one = sayso.annotate(TEXT, models=fake_models / "voice.sayso")
    assert one[0].kind_scores != sayso.annotate(TEXT)[0].kind_scores


def test_a_model_file_that_was_replaced_is_loaded_anew(fake_models, tmp_path):
    model = tmp_path / "voice.sayso"
    model.write_bytes((Path(sayso.__file__).parent / "classify" / "models" / "voice.sayso").read_bytes())
    assert sayso.annotate(TEXT, models=model)[0].kind_scores == sayso.annotate(TEXT)[0].kind_scores
    model.write_bytes((fake_models / "voice.sayso").read_bytes())
    os.utime(model, (1, 1))
    assert sayso.annotate(TEXT, models=model)[0].kind_scores != sayso.annotate(TEXT)[0].kind_scores


def test_a_missing_model_is_named():
    with pytest.raises(sayso.SaysoError, match=r"nowhere\.sayso"):
        sayso.annotate(TEXT, models="nowhere.sayso")


def test_an_annotator_annotates_one_article_after_the_other():
    annotator = sayso.load_annotator(bias=False)
    articles = [sayso.Article("first", TEXT), sayso.Article("second", "It rained in Halm.")]
    found = list(annotator.annotate_all(iter(articles)))
    assert [annotation.article for annotation in found] == articles
    assert found == [annotator.annotate(article) for article in articles]
    assert found[0][0].bias is None


def test_an_encoder_is_a_folder_or_a_name():
    with pytest.raises(TypeError, match=r"^encoder is the folder or the name of an encoder \(str\), not int\.$"):
        sayso.load_annotator(encoder=3)


def test_an_annotator_without_a_stance_model_refuses_targets():
    annotator = sayso.load_annotator()
    with pytest.raises(ValueError, match=r"Targets need a stance model; .*load_annotator\(stance=True\)"):
        annotator.annotate(sayso.Article("a", TEXT), targets=["Halm"])
    with pytest.raises(ValueError, match=r"Targets need a stance model"):  # at once, not when the first is asked for
        annotator.annotate_all([sayso.Article("a", TEXT)], targets=["Halm"])


def test_a_table_without_a_text_says_whose_parameter_names_it(tmp_path):
    table = tmp_path / "news.csv"
    table.write_text("headline,zone\nFerry,7\n", "utf-8")
    with pytest.raises(sayso.SaysoError, match=r"Give its name with the parameter text of read_articles\(\)\.$"):
        sayso.annotate(table)
