import pytest

import sayso
from sayso.classify.model_files.shipped import shipped_model


def test_articles_of_several_paths(tmp_path):
    (tmp_path / "a.txt").write_text("The ferry is late.", "utf-8")
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "b.txt").write_text("The pier is shut.", "utf-8")
    file, folder = tmp_path / "a.txt", tmp_path / "more"
    both = ["The ferry is late.", "The pier is shut."]
    assert [article.text for article in sayso.read_articles(file, str(folder))] == both
    assert [article.text for article in sayso.read_articles([file, folder])] == both


def test_columns_are_named(tmp_path):
    table = tmp_path / "news.csv"
    table.write_text("headline,story,paper\nFerry,The ferry is late.,Orla Post\n", "utf-8")
    (article,) = sayso.read_articles(table, text="story", title="headline", outlet="paper")
    assert (article.text, article.title, article.outlet) == ("The ferry is late.", "Ferry", "Orla Post")
    with pytest.raises(sayso.SaysoError, match=r"no column 'body' for the text"):
        next(sayso.read_articles(table, text="body"))


def test_what_cannot_be_read_is_raised_or_given_on(tmp_path):
    (tmp_path / "a.txt").write_text(" ", "utf-8")
    (tmp_path / "b.txt").write_text("The pier is shut.", "utf-8")
    with pytest.raises(sayso.SaysoError, match=r"a\.txt: no text"):
        list(sayso.read_articles(tmp_path))
    errors = []
    assert [a.text for a in sayso.read_articles(tmp_path, on_error=errors.append)] == ["The pier is shut."]
    assert len(errors) == 1


def test_no_path_at_all_is_refused():
    with pytest.raises(TypeError, match=r"read_articles\(\) needs the path of a file or folder"):
        sayso.read_articles()


def test_a_dataset_is_loaded_article_by_article(tmp_path):
    table = tmp_path / "labelled.csv"
    table.write_text("article,text,kind\nferry,The ferry is late.,narrative\n", "utf-8")
    (article,) = sayso.load_dataset(table)
    assert [(s.kind, s.span.of(article.article.text)) for s in article.sentences] == [("narrative", "The ferry is late.")]
    assert sayso.load_dataset(str(table)) == [article]


def test_without_a_path_it_is_the_built_in_corpus(our_corpus):
    assert sayso.load_dataset() == our_corpus


def test_a_dataset_without_labelled_sentences_is_refused(tmp_path):
    (tmp_path / "none").mkdir()
    with pytest.raises(sayso.SaysoError, match="none"):
        sayso.load_dataset(tmp_path / "none")


def german_table(folder):
    table = folder / "codiert.csv"
    rows = ["Beitrag,Satz,Urteil"]
    rows += [
        f"b{n},{text},{label}"
        for n in range(3)
        for text, label in ((f"Es regnet seit {n} Tagen.", "ruhig"), (f"Skandal {n}!", "laut"))
    ]
    table.write_text("\n".join(rows) + "\n", "utf-8")
    return table


def test_columns_of_labelled_sentences_are_named(tmp_path):
    articles = sayso.load_dataset(german_table(tmp_path), text="Satz", article="Beitrag", labels="Urteil")
    assert [a.article.id for a in articles] == ["b0", "b1", "b2"]
    assert [s.extra for s in articles[0].sentences] == [{"Urteil": "ruhig"}, {"Urteil": "laut"}]


def test_messages_name_parameters_not_options(tmp_path):
    table = german_table(tmp_path)
    with pytest.raises(sayso.SaysoError, match=r"Give its name with the parameter text\.$"):
        sayso.load_dataset(table)
    with pytest.raises(sayso.SaysoError, match=r"no column 'Wortlaut' \(the parameter text\); it has 'Beitrag', 'Satz'"):
        sayso.load_dataset(table, text="Wortlaut")
    with pytest.raises(sayso.SaysoError, match=r"no column 'Kode' \(the parameter labels\)"):
        sayso.load_dataset(table, text="Satz", labels=["Kode"])
    with pytest.warns(UserWarning, match=r"name the column with the parameter article\.$"):
        sayso.load_dataset(table, text="Satz")


def test_a_table_of_articles_without_a_text_names_the_parameter(tmp_path):
    table = tmp_path / "news.csv"
    table.write_text("headline,zone\nFerry,7\n", "utf-8")
    with pytest.raises(sayso.SaysoError, match=r"Give its name with the parameter text\.$"):
        next(sayso.read_articles(table))
    errors = []
    assert list(sayso.read_articles(table, on_error=errors.append)) == []
    assert str(errors[0]).endswith("Give its name with the parameter text.")


def test_a_column_topic_that_is_not_read_as_labels_is_a_warning_that_says_how(tmp_path):
    table = tmp_path / "stances.csv"
    table.write_text(
        "article,text,stance,topic\na,The pier is a disgrace.,against,pier\nb,We need the pier.,favor,pier\n", "utf-8"
    )
    with pytest.warns(UserWarning, match=r"column 'topic' is read as the target .* give labels=\['topic'\]\.$"):
        (first, _) = sayso.load_dataset(table)
    assert first.sentences[0].stance == {"pier": "against"}
    other = tmp_path / "topics.csv"
    rows = [f"a{n},The ferry {n} is late.,Topic number {n} of the day is long" for n in range(12)]
    other.write_text("\n".join(["article,text,topic", *rows]) + "\n", "utf-8")
    with pytest.warns(UserWarning, match=r"not used: topic \(.* to read it as labels, give the parameter labels\)\.$"):
        assert all(not s.extra for a in sayso.load_dataset(other) for s in a.sentences)
    assert sayso.load_dataset(other, labels=["topic"])[3].sentences[0].extra == {
        "topic": "Topic number 3 of the day is long"
    }


def test_columns_need_a_table():
    with pytest.raises(ValueError, match="columns belong to a table; give its path too"):
        sayso.load_dataset(text="Satz")


def test_a_wrong_encoding_is_said_and_repaired_by_a_parameter(tmp_path):
    (tmp_path / "pier.txt").write_text("The pier is shut, â€œfor goodâ€\x9d, said AndrÃ© Holm.", "utf-8")
    with pytest.warns(UserWarning, match=r"read in the wrong encoding .*; add mend_encoding=True to repair them"):
        list(sayso.read_articles(tmp_path / "pier.txt"))
    with pytest.warns(UserWarning, match=r"add mend_encoding=True of read_articles\(\) to repair them"):
        sayso.annotate(tmp_path / "pier.txt")
    with pytest.warns(UserWarning, match=r"repaired"):
        (article,) = sayso.read_articles(tmp_path / "pier.txt", mend_encoding=True)
    assert article.text == "The pier is shut, “for good”, said André Holm."


@pytest.mark.parametrize("path", [None, 3, [3], b"news.csv"])
def test_what_is_no_path_is_refused_by_the_name_of_the_function(path):
    with pytest.raises(TypeError, match=r"^read_articles\(\) takes a path \(str or Path\), not \w+\.$"):
        sayso.read_articles(path)
    if path is not None:
        with pytest.raises(TypeError, match=r"^load_dataset\(\) takes a path \(str or Path\), not \w+\.$"):
            sayso.load_dataset(path)
    with pytest.raises(TypeError, match=r"^save\(\) takes a path \(str or Path\), not \w+\.$"):
        sayso.load_model(shipped_model("voice")).save(path)
