import pytest

import sayso


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
