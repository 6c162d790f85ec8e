"""Invented corpora in the layouts of public ones: sentences and marks are ours."""

import json

import pytest
from builders import run_sayso, sentences_of

from sayso.data.corpora.reader import GROUP
from sayso.data.corpora.registry import CORPORA, import_corpus
from sayso.data.datasets.build import read_labelled
from sayso.errors import SaysoError
from sayso.train.folds.cross_validation import article_groups


@pytest.fixture
def write(tmp_path):
    """Write a file of a corpus, whose folder is given."""

    def write_file(name, text):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        return tmp_path

    return write_file


def read(name, folder):
    told = []
    return import_corpus(name, folder, notice=told.append), told


def words(article, spans):
    return [span.of(article.article.text) for span in spans]


# SemEval-2016


def semeval(write, texts="Ban it now 😀 \nWho knows\n", labels="1\n0\n"):
    write("climate/train_labels.txt", labels)
    return write("climate/train_text.txt", texts)


def test_tweets_have_a_stance_towards_their_target(write):
    folder = semeval(write)
    write("hillary/train_labels.txt", "2\n")
    write("hillary/train_text.txt", "She has my vote\n")
    write("climate/val_labels.txt", "2")
    write("climate/val_text.txt", "Warm. So warm")
    articles, told = read("semeval2016", folder)
    assert [(a.article.id, a.article.text, a.meta["split"]) for a in articles] == [
        ("climate-train-1", "Ban it now 😀", "train"),
        ("climate-train-2", "Who knows", "train"),
        ("climate-val-1", "Warm. So warm", "validation"),
        ("hillary-train-1", "She has my vote", "train"),
    ]
    assert [dict(s.stance) for a in articles for s in a.sentences] == [
        {"climate change is a real concern": "against"},
        {"climate change is a real concern": "neutral"},
        {"climate change is a real concern": "favor"},
        {"Hillary Clinton": "favor"},
    ]
    assert all(a.complete == {"stance"} and len(a.targets) == 1 for a in articles)
    assert told == []


def test_one_target_can_be_read_on_its_own(write):
    articles, _ = read("semeval2016", semeval(write) / "climate")
    assert len(articles) == 2


@pytest.mark.parametrize(
    ("texts", "labels", "message"),
    [
        ("One\nTwo\n", "1\n", r"climate/train_labels\.txt: 1 labels for the 2 tweets of train_text\.txt"),
        ("One\nTwo\n", "1\n3\n", r"train_labels\.txt:2: label '3' is not one of 0, 1, 2; use the file"),
        ("One\n \n", "1\n0\n", r"train_text\.txt:2: no tweet on this line"),
    ],
)
def test_tweets_and_labels_must_fit(write, texts, labels, message):
    with pytest.raises(SaysoError, match=message):
        read("semeval2016", semeval(write, texts, labels))


def test_a_missing_file_is_named(write):
    folder = write("climate/train_text.txt", "One\n")
    with pytest.raises(SaysoError, match=r"climate/train_labels\.txt: this file of the corpus is missing"):
        read("semeval2016", folder)


# GWSD


GWSD_HEADER = "\t".join(
    [
        *("", "round", "batch", "sent_id", "sentence"),
        *(f"worker_{n}" for n in range(8)),
        *("disagree", "agree", "neutral", "guid", "in_held_out_test"),
    ]
)


def gwsd_row(sent_id, sentence, chances, guid, test="False"):
    votes = ["agrees"] * 5 + ["neutral"] * 3
    return "\t".join(["0", "1", "0", sent_id, sentence, *votes, *chances, guid, test])


def gwsd(write, *rows):
    return write("GWSD.tsv", "\n".join([GWSD_HEADER, *rows]) + "\n")


def test_the_largest_probability_is_the_stance(write):
    folder = gwsd(
        write,
        gwsd_row("s0", "Snow is white.", ("", "", ""), "1_0_s0"),
        gwsd_row("t0", '"The ""ice"" melts, he said."', ("0.1", "0.7", "0.2"), "1_0_t0"),
        gwsd_row("t1", "It is a fuss.", ("0.5", "0.2", "0.3"), "1_0_t1", "True"),
        gwsd_row("t2", "It is a fuss.", ("0.5", "0.2", "0.3"), "1_0_t2"),
    )
    (one, two, _), told = read("gwsd", folder)
    assert (one.article.id, one.article.text, one.meta["split"]) == ("1_0_t0", 'The "ice" melts, he said.', "train")
    assert one.sentences[0].stance == {"climate change is a serious concern": "favor"}
    assert one.sentences[0].extra == {
        "stance_p_favor": "0.700000",
        "stance_p_against": "0.100000",
        "stance_p_neutral": "0.200000",
        "stance_votes": "agrees 5, neutral 3",
    }
    assert (two.meta["split"], *two.sentences[0].stance.values()) == ("test", "against")
    assert [line.rpartition("/")[2] for line in told] == [
        "GWSD.tsv: rows of screening sentences, left out: 1.",
        "GWSD.tsv: sentences whose text occurred before, each read as an article of its own: 1.",
    ]


@pytest.mark.parametrize(
    ("chances", "message"),
    [
        (("0.1", "0.7", "much"), r"GWSD\.tsv:1: neutral is 'much'; it must be a probability from 0 to 1"),
        (("0.1", "0.7", "0.7"), r"GWSD\.tsv:1: the probabilities add up to 1\.500, not 1"),
        (("", "", ""), r"GWSD\.tsv:1: no probabilities"),
    ],
)
def test_probabilities_are_checked(write, chances, message):
    with pytest.raises(SaysoError, match=message):
        read("gwsd", gwsd(write, gwsd_row("t0", "It melts.", chances, "a")))


def test_a_changed_column_is_named(write):
    folder = write("GWSD.tsv", GWSD_HEADER.replace("guid", "id") + "\n" + gwsd_row("t0", "It melts.", ("0", "1", "0"), "a"))
    with pytest.raises(SaysoError, match=r"GWSD\.tsv:1: no 'guid'; there are '', 'round'"):
        read("gwsd", folder)


# BABE


BABE_HEADER = "text;news_link;outlet;topic;type;label_bias;label_opinion;biased_words"


def babe(write, *rows, header=BABE_HEADER):
    return write("data/final_labels_SG2.csv", "\ufeff" + "\r\n".join([header, *rows]) + "\r\n")


def test_sentences_of_one_link_are_one_article(write):
    folder = babe(
        write,
        '"A ""vile"" plan; the vile, Vile mayor.";https://www.a.example/x?y=1;A;taxes;left;Biased;Entirely factual;'
        "['vile', 'vile', 'gone']",
        "Rain fell.;;B;taxes;;Non-biased;Entirely factual;[]",
        "It passed.;http://a.example/x/;A;taxes;left;No agreement;Entirely factual;['passed']",
    )
    (one, other), told = read("babe", folder)
    assert (one.article.id, one.article.outlet, other.article.outlet) == ("a.example/x", "A", "B")
    assert sentences_of(one) == ['A "vile" plan; the vile, Vile mayor.', "It passed."]
    assert [s.bias for s in one.sentences] == ["biased", None]
    assert [s.bias for s in other.sentences] == ["neutral"]
    assert [span.start for span in one.sentences[0].loaded] == [3, 19]
    assert words(one, one.sentences[0].loaded) == ["vile", "vile"]
    assert one.sentences[1].loaded == ()
    assert one.sentences[0].extra == {
        "label_opinion": "Entirely factual",
        "topic": "taxes",
        "type": "left",
        "biased_words": "vile; vile; gone",
    }
    assert (one.complete, other.complete) == (frozenset(), {"bias"})
    assert [line.rpartition("/")[2] for line in told] == [
        "final_labels_SG2.csv: marked words in sentences that are not biased, kept in the column biased_words only: 1 of 4.",
        "final_labels_SG2.csv: marked words that do not occur in their sentence, left out: 1 of 4.",
    ]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("It.;;B;t;;Slanted;;[]", r"SG2\.csv:1: label_bias 'Slanted' is not one of Biased, Non-biased, No agreement"),
        ("It.;;B;t;;Biased;;bad words", r"SG2\.csv:1: biased_words is 'bad words'; it must be a list of words"),
        ("It.;;B;t;;Biased;;[];more", r"SG2\.csv:1: 9 fields, but the header has 8"),
        ("It.;;B;t;;Biased", r"SG2\.csv:1: no 'label_opinion'; there are 'text', .*; use the file"),
    ],
)
def test_rows_of_babe_are_checked(write, row, message):
    with pytest.raises(SaysoError, match=message):
        read("babe", babe(write, row))


# BASIL


def basil(write, marks, number=1, event="e1"):
    article = {
        "title": "Mayor wins",
        "date": "2011-01-02",
        "url": "https://a.example/1",
        "source": "NYT",
        "triplet-uuid": event,
        "body-paragraphs": [[" The smug mayor won.", "Rain fell."], ["", f"He lost {number}."]],
    }
    said = {"article-level-annotations": {"relative_stance": "left"}, "phrase-level-annotations": marks}
    name = f"{event}_{number}"
    write(f"data/annotations/resolved/2011/{name}_ann.json", json.dumps(said))
    return write(f"data/articles/2011/{name}.json", json.dumps(article))


def mark(name, txt, start, bias="lex", **more):
    return {"id": name, "txt": txt, "start": start, "end": start + len(txt), "bias": bias, **more}


def test_a_sentence_with_a_span_is_biased(write):
    folder = basil(
        write,
        [
            mark("p0", "smug ", 5, target="mayor"),
            mark("p0_1", "won", 0, "inf"),  # not there, but the words stand in the sentence once
            mark("p1", "snow", 0),
            mark("p3", "He", 0, "inf"),
            mark("title", "Mayor", 0),
        ],
    )
    (article,), told = read("basil", folder)
    assert sentences_of(article) == ["The smug mayor won.", "Rain fell.", "He lost 1."]
    assert [(s.bias, s.extra["lexical"], s.extra["informational"]) for s in article.sentences] == [
        ("biased", "yes", "yes"),
        ("neutral", "no", "no"),
        ("biased", "no", "yes"),
    ]
    assert words(article, article.sentences[0].loaded) == ["smug"]
    spans = json.loads(article.sentences[0].extra["bias_spans"])
    assert [(x["kind"], article.article.text[x["start"] : x["end"]]) for x in spans] == [
        ("lexical", "smug"),
        ("informational", "won"),
    ]
    assert spans[0]["target"] == "mayor"
    assert (article.article.outlet, article.article.date, article.article.title) == (
        "The New York Times",
        "2011-01-02",
        "Mayor wins",
    )
    assert article.meta == {"split": "train", GROUP: "e1", "relative_stance": "left", "title_bias": "lexical"}
    assert [line.rpartition("articles: ")[2] for line in told] == [
        "empty sentences left out: 1.",
        "headline spans, kept as the column article_title_bias: 1.",
        "spans moved to where their words occur: 1.",
        "spans whose words are not in the sentence: 1.",
    ]


def test_what_no_column_takes_of_basil_is_counted(write):
    more = {"notes": "unsure", "indirect-target-name": "Ann Roe"}
    folder = basil(write, [mark("p0", "smug", 5), mark("p0", "won", 16, **more), mark("p1", "Rain", 0)])
    (article,), told = read("basil", folder)
    assert [len(json.loads(s.extra.get("bias_spans", "[]"))) for s in article.sentences] == [2, 1, 0]
    assert [line.rpartition("articles: ")[2] for line in told] == [
        "empty sentences left out: 1.",
        "indirect-target-name of spans, left out: 1.",
        "notes of spans, left out: 1.",
        "spans that share their id with another span of the article, all kept: 1.",
    ]


def test_articles_on_one_event_are_one_group(write):
    for number, event in ((1, "e1"), (2, "e2"), (3, "e1")):
        folder = basil(write, [], number, event)
    articles, _ = read("basil", folder / "data")
    groups = dict(zip((a.article.id for a in articles), article_groups(articles), strict=True))
    assert groups["e1_1"] == groups["e1_3"] != groups["e2_2"]


@pytest.mark.parametrize(
    ("marks", "message"),
    [
        ([mark("p4", "He", 0)], r"e1_1_ann\.json: annotation 1: id 'p4', but e1_1\.json has sentences p0 to p3"),
        ([mark("p0", "He", 0, "odd")], r"annotation 1: bias 'odd' is not one of lex, inf"),
        ([{"id": "p0", "bias": "lex"}], r"e1_1_ann\.json: annotation 1: no 'txt'; use the file as its"),
    ],
)
def test_spans_of_basil_are_checked(write, marks, message):
    with pytest.raises(SaysoError, match=message):
        read("basil", basil(write, marks))


def test_half_a_file_is_named(write):
    folder = basil(write, [])
    write("data/articles/2011/e1_1.json", '{"title": "Ma')
    with pytest.raises(SaysoError, match=r"e1_1\.json: broken JSON"):
        read("basil", folder)


def damaged(folder, name, key, value):
    path = folder / name
    path.write_text(json.dumps(json.loads(path.read_text()) | {key: value}))
    return folder


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("body-paragraphs", True, r"e1_1\.json: body-paragraphs is true; it must be a list; use the file as its"),
        (
            "body-paragraphs",
            [["Rain.", 7]],
            r"e1_1\.json: paragraph 1 of body-paragraphs is \[.*\]; it must be a list of sent",
        ),
        ("body-paragraphs", ["x" * 99], r"paragraph 1 of body-paragraphs is 'x{58}…; it must be a list of sentences"),
        ("title", ["Mayor"], r"e1_1\.json: title is \[\"Mayor\"\]; it must be text"),
        ("triplet-uuid", None, r"e1_1\.json: triplet-uuid is null; it must be text"),
        ("url", "\ud800", r"e1_1\.json: contains half of a character"),
    ],
)
def test_values_of_the_wrong_type_in_basil_are_named(write, key, value, message):
    with pytest.raises(SaysoError, match=message):
        read("basil", damaged(basil(write, []), "data/articles/2011/e1_1.json", key, value))


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (7, r"e1_1_ann\.json: phrase-level-annotations is 7; it must be a list"),
        ([mark("p0", "smug", 5) | {"start": True}], r"e1_1_ann\.json: annotation 1: start is true, not a whole number"),
        ([mark("p0", "smug", 5) | {"txt": {}}], r"e1_1_ann\.json: annotation 1: txt is {}; it must be text"),
    ],
)
def test_marks_of_the_wrong_type_in_basil_are_named(write, value, message):
    with pytest.raises(SaysoError, match=message):
        read(
            "basil",
            damaged(basil(write, []), "data/annotations/resolved/2011/e1_1_ann.json", "phrase-level-annotations", value),
        )


# NewsDiscourse


STORY = (
    "URL https://a.example/1\n\nDATE/ AUTHOR 2018-10-05\tAUTHORS: A\n\nH Mayor wins\n\n"
    "S1 The mayor won.\n\nS2  “Good,” he said.\nS3 Like us.\n"
)


def news_discourse(write, marks, story=STORY):
    write("data/train/Crime/A_1.ann", "\n".join(marks))
    return write("data/train/Crime/A_1.txt", story)


def place(word):
    return f"{STORY.index(word)} {STORY.index(word) + len(word)}"


def test_marks_tell_the_role_of_a_sentence(write):
    folder = news_discourse(
        write,
        [
            f"T1\tMain {place('S1')}\tS1",
            "E1\tMain:T1 ",
            f"T2\tDistant_Evaluation {place('S2')}\tS2",
            f"T3\tSpeech {STORY.index('S2') + 1} {STORY.index('S2') + 2}\t2",  # half of its sentence's mark
            f"T4\tNA {place('S3')}\tS3",
        ],
    )
    write("data/validation/A_1.ann", "")
    write("data/validation/A_1.txt", STORY.replace("2018-10-05", "None"))
    (one, other), told = read("news-discourse", folder)
    assert one.article.text == "The mayor won.\n\n“Good,” he said. Like us."
    assert [dict(s.extra) for s in one.sentences] == [
        {"content_type": "Main", "speech": "no"},
        {"content_type": "Distant_Evaluation", "speech": "yes"},
        {"content_type": "NA", "speech": "no"},
    ]
    assert (one.article.id, one.article.title, one.article.date) == ("train/Crime/A_1", "Mayor wins", "2018-10-05")
    assert one.meta == {"split": "train", "domain": "Crime"}
    assert (other.article.id, other.article.date, other.meta) == ("validation/A_1", None, {"split": "validation"})
    assert [line.rpartition("data: ")[2] for line in told] == [
        "article authors, left out: 2.",
        "sentences without a content type: 3.",
    ]


@pytest.mark.parametrize(
    ("marks", "story", "message"),
    [
        (["T1\tMian 0 2\tS1"], STORY, r"A_1\.ann:1: label 'Mian' is not one of Main, .*, Speech"),
        (["T1\tMain 900 902\tS1"], STORY, r"A_1\.ann:1: a mark ends at 902, its text at"),
        (
            [],
            "H Mayor\nThe mayor won.\n",
            r"A_1\.txt:2: the line has neither URL, DATE/ AUTHOR, H nor a " r"sentence such as S1",
        ),
        ([], "H Mayor\n", r"A_1\.txt: no sentences"),
    ],
)
def test_stories_and_marks_are_checked(write, marks, story, message):
    with pytest.raises(SaysoError, match=message):
        read("news-discourse", news_discourse(write, marks, story))


# ukraine-news-bias


def ukraine(write, pro_russia=1.2, subjectivity=1.0):
    def sentence(n, text):
        three = {"russia": {"avg": 0.0}, "ukraine": {"avg": -0.2}, "west": {"avg": 0.0}}
        return {
            "content": text,
            "position_in_article": n,
            "subjectivity": {"score": {"avg": subjectivity}},
            "hidden_assumptions": {"score": {"avg": 0.6}},
            "framing": {"score": three},
            "bias": {"score": {"pro-russia": {"avg": pro_russia}, "pro-west": {"avg": 1.0}}},
        }

    found = {"id": "article_0", "sentences": [sentence(1, "It froze."), sentence(0, "Rain fell.")]}
    return write("all-data-as-json/article_0.json", json.dumps(found))


def test_crowd_judgements_stay_columns_of_their_own(write):
    (article,), told = read("ukraine-news-bias", ukraine(write))
    assert told == []
    assert sentences_of(article) == ["Rain fell.", "It froze."]
    assert article.sentences[0].extra == {
        "subjectivity": "objective",
        "slant": "slanted",
        "subjectivity_avg": "1.0000",
        "hidden_assumptions_avg": "0.6000",
        "framing_russia_avg": "0.0000",
        "framing_ukraine_avg": "-0.2000",
        "framing_west_avg": "0.0000",
        "pro_russia_avg": "1.2000",
        "pro_west_avg": "1.0000",
    }
    assert (article.sentences[0].bias, article.complete) == (None, frozenset())


def test_a_score_that_is_no_number_is_named(write):
    with pytest.raises(SaysoError, match=r"article_0\.json: sentence 1: pro_russia_avg is 'x'; it must be a number\."):
        read("ukraine-news-bias", ukraine(write, "x"))


# CheckThat! subjectivity

HEAD = "sentence_id\tsentence\tlabel\n"


def test_sentences_of_every_language_are_read_by_part(write):
    write("english/train_en.tsv", "sentence_id\tsentence\tlabel\tsolved_conflict\nu1\tSuch a waste!\tSUBJ\tTrue\n")
    write("english/dev_en.tsv", "sentence_id\tsentence\tlabel\tsolved_conflict\nu2\tIt rained.\tOBJ\n")
    write("english/dev_test_en.tsv", f"{HEAD}u3\tA joke.\tSUBJ\n")
    write("german/test_de_labeled.tsv", f"{HEAD}v1\tEs regnete.\tOBJ\n")
    write("german/test_de_unlabeled.tsv", "sentence_id\tsentence\nv2\tEs schneite.\n")
    folder = write("german/train_de.tsv", f"\ufeff{HEAD}v1\tWelch ein Unsinn!\tSUBJ\r\n")
    articles, told = read("checkthat-subjectivity", folder)
    assert [(a.article.id, a.article.language, a.split, a.article.text) for a in articles] == [
        ("en-u1", "en", "train", "Such a waste!"),
        ("en-u2", "en", "validation", "It rained."),
        ("en-u3", "en", "test", "A joke."),
        ("de-v1", "de", "train", "Welch ein Unsinn!"),
        ("de-v1-2", "de", "test", "Es regnete."),  # an id that stood before
    ]
    assert [dict(a.sentences[0].extra) for a in articles] == [
        {"subjectivity": "subjective", "solved_conflict": "yes"},
        {"subjectivity": "objective"},
        {"subjectivity": "subjective"},
        {"subjectivity": "subjective"},
        {"subjectivity": "objective"},
    ]
    assert told == [f"{folder}: files of other names, left out: 1."]


def test_a_quotation_mark_that_closes_nowhere_is_a_character(write):
    rows = 'u1\t"We won, he says.\tOBJ\nu2\tThey call it a "plan"\tSUBJ\nu3\t5" of rain"\tOBJ\n'
    articles, _ = read("checkthat-subjectivity", write("train_en.tsv", HEAD + rows) / "train_en.tsv")
    assert [a.article.text for a in articles] == ['"We won, he says.', 'They call it a "plan"', '5" of rain"']


def test_sentences_of_one_arabic_article_are_never_parted(write):
    rows = "Manar_7_1\tأمطرت.\tOBJ\nManar_7_2\tيا للعار!\tSUBJ\nX_62-curl_01_005\tأثلجت.\tOBJ\n"
    articles, _ = read("checkthat-subjectivity", write("arabic/train_ar.tsv", HEAD + rows))
    assert [a.meta[GROUP] for a in articles] == ["ar-Manar_7", "ar-Manar_7", "ar-X_62-curl_01"]
    assert len(set(article_groups(articles))) == 2


def test_files_without_labels_are_told(write):
    write("english/test_en.tsv", "sentence_id\tsentence\nu1\tIt rained.\n")
    folder = write("english/train_en.tsv", f"{HEAD}u2\tIt froze.\tOBJ\n")
    articles, told = read("checkthat-subjectivity", folder)
    assert (len(articles), told) == (1, [f"{folder}: files without labels, left out: 1."])


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("id\tsentence\tlabel\n", r"train_en\.tsv: no 'sentence_id'; there are 'id', 'sentence', 'label'"),
        (f"{HEAD}u1\tIt rained.\n", r"train_en\.tsv:2: 2 fields, but the header has 3"),
        (f"{HEAD}u1\tIt\trained.\tOBJ\n", r"train_en\.tsv:2: 4 fields, but the header has 3"),
        (f"{HEAD}u1\tIt rained.\tobj\n", r"train_en\.tsv:2: label 'obj' is not one of SUBJ, OBJ"),
        (f"{HEAD}u1\t \tOBJ\n", r"train_en\.tsv:2: no sentence in this row"),
    ],
)
def test_a_table_of_another_shape_is_refused(write, table, message):
    with pytest.raises(SaysoError, match=message):
        read("checkthat-subjectivity", write("train_en.tsv", table))


# NewsMTSC


def mtsc(write, *rows, name="train.jsonl"):
    return write(name, "".join(json.dumps(row) + "\n" for row in rows))


def sentence(gid, text, *targets):
    """Give a row whose targets are (mention, which of the same words, polarity), maybe with further mentions."""
    made = []
    for mention, at, polarity, *further in targets:
        places = [{"from": start, "to": start + len(words), "mention": words} for words, start in further]
        about = {"mention": mention, "from": at, "to": at + len(mention), "polarity": polarity}
        made.append(about | ({"further_mentions": places} if places else {}))
    return {"primary_gid": gid, "sentence_normalized": text, "targets": made}


def test_polarity_is_a_stance_towards_a_mention_at_its_place(write):
    first = sentence(
        "allsides_10_4_2_Ada_0_3", "Ada thanked her, and Bo left.", ("Ada", 0, 6.0), ("her", 12, 4.0), ("Bo", 21, 2.0)
    )
    second = sentence("allsides_10_4_3_He_0_2", "He mocked him.", ("He", 0, 2.0, ("him", 10)))
    other = sentence("polusa_v1_77_-1_5_Cy_0_2", "Cy won.", ("Cy", 0, 6.0))
    mtsc(write, other, second, name="devtest_rw.jsonl")
    folder = mtsc(write, first, second)
    articles, told = read("newsmtsc", folder)
    assert [(a.article.id, a.split, a.meta[GROUP]) for a in articles] == [
        ("allsides_10_4_2_Ada_0_3", "train", "allsides_10_4"),
        ("allsides_10_4_3_He_0_2", "train", "allsides_10_4"),
        ("polusa_v1_77_-1_5_Cy_0_2", "test", "polusa_v1_77_-1"),
    ]
    assert [dict(s.stance) for a in articles for s in a.sentences] == [
        {"Ada": "favor", "her": "neutral", "Bo": "against"},
        {"He": "against"},
        {"Cy": "favor"},
    ]
    assert words(articles[1], articles[1].sentences[0].mentions["He"]) == ["He", "him"]
    assert told == [f"{folder}: sentences that occur in another part as well, read once: 1."]


def test_the_same_words_at_two_places_are_two_targets(write):
    row = sentence("a", "He said he won.", ("he", 8, 6.0), ("He", 0, 2.0), ("he", 8, 2.0))
    twice = sentence("b", "Bo hit Bo.", ("Bo", 0, 2.0), ("Bo", 7, 6.0))
    folder = mtsc(write, row, twice)
    (one, other), told = read("newsmtsc", folder / "train.jsonl")
    assert dict(one.sentences[0].stance) == {"he": "favor", "He": "against"}
    assert dict(other.sentences[0].stance) == {"Bo": "against", "Bo (2)": "favor"}
    assert other.targets == {"Bo": (), "Bo (2)": ("Bo",)}
    assert other.sentences[0].mentions == {"Bo": ((0, 2),), "Bo (2)": ((7, 9),)}
    assert GROUP not in one.meta
    assert told == [f"{folder}/train.jsonl: mentions repeated at the same place, read once: 1."]


def test_mentions_come_back_from_a_dataset(write, tmp_path):
    folder = mtsc(write, sentence("a", "“He” mocked him.", ("him", 12, 2.0), ("He", 1, 4.0)))
    assert run_sayso("data", "import", "newsmtsc", folder, "--out", tmp_path / "built").exit_code == 0
    (article,) = read_labelled([tmp_path / "built"])
    assert article.sentences[0].mentions == {"him": ((12, 15),), "He": ((1, 3),)}
    assert dict(article.sentences[0].stance) == {"him": "against", "He": "neutral"}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (sentence("a", "Bo won.", ("Bo", 3, 2.0)), r"train\.jsonl:1: target 1: 'Bo' does not occur at 3 to 5"),
        (sentence("a", "Bo won.", ("Bo", 0, 2.0, ("he", 3))), r"train\.jsonl:1: target 1: 'he' does not occur at 3 to 5"),
        (sentence("a", "Bo won.", ("Bo", 0, 3)), r"train\.jsonl:1: target 1: polarity 3 is not one of 2, 4, 6"),
        (sentence("a", "Bo won."), r"train\.jsonl:1: no target"),
        ({"primary_gid": "a", "targets": []}, r"train\.jsonl:1: no 'sentence_normalized'"),
    ],
)
def test_mentions_that_do_not_fit_are_refused(write, row, message):
    with pytest.raises(SaysoError, match=message):
        read("newsmtsc", mtsc(write, row))


# all of them


@pytest.mark.parametrize("name", CORPORA)
def test_the_wrong_folder_is_refused(tmp_path, name):
    with pytest.raises(SaysoError, match=r"no .* here; .*(|train/text)"):
        import_corpus(name, tmp_path)


@pytest.mark.parametrize("name", CORPORA)
def test_a_folder_that_is_missing_is_refused(tmp_path, name):
    with pytest.raises(SaysoError, match="no such file or folder"):
        import_corpus(name, tmp_path / "nowhere")
