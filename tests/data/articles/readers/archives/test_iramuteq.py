"""IRaMuTeQ and Alceste: variables with stars before each text."""

from sayso.data.articles.files import read_articles

CORPUS = """\
**** *source_quillmouth_courier *date_2024-06-04 *genre_news *long
The ferry to Harrowfen left at dawn.
-*travel
Forty people were on board.

**** *source_fen_telegraph *date_2024_06_03 *auteur_ada_penhallow
Wild bees were counted again.
"""


def read(path, content):
    path.write_text(content, encoding="utf-8")
    errors, notices = [], []
    articles = list(read_articles([str(path)], on_error=errors.append, notice=notices.append))
    return articles, [str(error) for error in errors], notices


def test_one_article_out_of_each_text(tmp_path):
    path = tmp_path / "corpus.txt"
    (ferry, bees), errors, notices = read(path, CORPUS)
    assert (errors, notices) == ([], [])
    assert (ferry.id, ferry.outlet, ferry.date) == (f"{path}:1", "quillmouth courier", "2024-06-04")
    assert ferry.extra == {"genre": "news", "long": "yes"}
    assert ferry.text == "The ferry to Harrowfen left at dawn.\nForty people were on board."
    assert (bees.outlet, bees.date, bees.extra) == ("fen telegraph", "2024-06-03", {"byline": "ada penhallow"})
    assert bees.text == "Wild bees were counted again."


def test_alcestes_numbers(tmp_path):
    articles, _, _ = read(tmp_path / "c.txt", CORPUS.replace("****", "0001", 1).replace("****", "0002"))
    assert [article.text[:4] for article in articles] == ["The ", "Wild"]


def test_names_of_their_own(tmp_path):
    articles, _, _ = read(tmp_path / "c.txt", CORPUS.replace("*genre", "*id_f1 *genre"))
    assert articles[0].id == "f1"


def test_a_text_without_words_is_an_error(tmp_path):
    path = tmp_path / "c.txt"
    articles, errors, _ = read(path, CORPUS + "\n**** *source_none\n\n")
    assert len(articles) == 2
    assert errors == [f"{path}:3: the export has no full text; leave it out, or export it with its text."]


def test_a_line_of_stars_begins_no_corpus(tmp_path):
    articles, _, _ = read(tmp_path / "a.txt", "****\nIt rained.\n")
    assert [article.text for article in articles] == ["****\nIt rained.\n"]
