"""Several articles in a text that no archive wrote."""

import pytest

from sayso.data.articles.files import read_articles

FERRY = (
    "The ferry to Harrowfen left at dawn with forty people on board, and most of them had waited for it a whole year. "
    '"We knew it would come back," said its captain, Tom Orrick. The county pays for two crossings a day until autumn, '
    "and wants to know then how many people used them. Fishermen had hoped for a third one, late in the evening."
)
BEES = (
    "Wild bees were counted in the fen again, the survey of the county found. It had looked at forty meadows in May. "
    "Nobody knows why they came back after nine years. A farmer at the northern dyke said that he had sown clover, and "
    "that his neighbours had laughed at him. The survey will go on until the end of August, with six people more."
)


def read(path, content):
    path.write_text(content, encoding="utf-8")
    errors, notices = [], []
    articles = list(read_articles([str(path)], on_error=errors.append, notice=notices.append))
    return articles, [str(error) for error in errors], notices


@pytest.mark.parametrize("sign", ["=" * 20, "-" * 8, "*****", "___", "#####", "~~~~~~", "\f"])
def test_articles_between_lines_of_signs(tmp_path, sign):
    path = tmp_path / "all.txt"
    content = (
        f"Ferry sails again\nQuillmouth Courier\n4 June 2024\n\n{FERRY}\n\n{sign}\n\n"
        f"Bees return to the fen\nBy Ada Penhallow\nThe Fen Telegraph, June 3, 2024\n\n{BEES}\n{sign}\n"
    )
    (ferry, bees), errors, notices = read(path, content)
    assert (errors, notices) == ([], [])
    assert (ferry.id, ferry.title, ferry.outlet) == (f"{path}:1", "Ferry sails again", "Quillmouth Courier")
    assert ferry.date == "2024-06-04"
    assert ferry.text == FERRY
    assert (bees.title, bees.outlet) == ("Bees return to the fen", "The Fen Telegraph")
    assert bees.extra == {"byline": "By Ada Penhallow"}
    assert bees.text == BEES


@pytest.mark.parametrize("number", ["Article {}", "ARTICLE {} of 2", "Document {}:", "Story #{}", "[Article {}/2]"])
def test_numbered_articles(tmp_path, number):
    content = (
        f"{number.format(1)}\nFerry sails again\n4 June 2024\n\n{FERRY}\n\n"
        f"{number.format(2)}\nBees return\n3 June 2024\n\n{BEES}\n"
    )
    articles, errors, notices = read(tmp_path / "all.txt", content)
    assert (errors, notices) == ([], [])
    assert [(article.title, article.text) for article in articles] == [("Ferry sails again", FERRY), ("Bees return", BEES)]


@pytest.mark.parametrize(
    ("content", "sign"),
    [
        (f"{FERRY}\n\n======\n\n{BEES}\n\n======\n\n{FERRY}\n", "3 parts between separator lines"),
        (f"Article 1\n{FERRY}\n\nArticle 2\n{BEES}\n", "2 lines with an article number"),
        (f"{FERRY}\nCopyright 2024 Courier Press\n\n{BEES}\n© 2024 Telegraph Group\n", "2 copyright lines"),
        (
            f"[1]\nFerry\nPost, 4 June 2024\n\n{FERRY}\n\n[2]\nBees\nPost, 5 June 2024\n\n{BEES}\n",
            "2 numbers, each followed by a title and a date",
        ),
        (
            "THE FERRY SAILS\n\nIt left.\n\n*****\nTHE BEES RETURN\n\nThey flew.\n\n*****\nTHE FEN DRIES\n\nIt is dry.\n",
            "2 separator lines, each followed by a headline in capitals",
        ),
        ("The ferry sails\n\nIt left.\n\fThe bees return\n\nThey flew.\n", "2 pages, each with a title"),
        (f"Ferry\nBy Ada Penhallow\n{FERRY}\n\nBees\nBy Tom Orrick\n{BEES}\n", "2 bylines"),
        (
            f"{FERRY}\nnews·20240604·QC·1\n\n{BEES}\nnews·20240603·FT·2\n",
            "2 Europresse document numbers; export from Europresse as HTML",
        ),
        (f"Title: Ferry\n{FERRY}\n\nTitle: Bees\n{BEES}\n", "2 lines that begin with Title:, Date: or similar"),
    ],
)
def test_what_only_looks_like_several_is_told(tmp_path, content, sign):
    path = tmp_path / "all.txt"
    articles, errors, notices = read(path, content)
    assert [article.text for article in articles] == [content]
    assert errors == []
    assert notices == [
        f"{path}: looks like several articles ({sign}), but is read as one; save each as a file of its "
        "own, or make a table with one row per article."
    ]


@pytest.mark.parametrize(
    "content",
    [
        f"Ferry sails again\nBy Ada Penhallow\n4 June 2024\n\n{FERRY}\n\n* * *\n\n{BEES}\n\n***\n\n{FERRY}\n",
        f"Ferry sails again\n4 June 2024\n\n{FERRY}\n\n----------\nAda Penhallow writes on ports.\n",
        f"{FERRY}\n\nCopyright 2024 Courier Press\nAll rights reserved\n© 2024\n",
        f"Ferry\nBy Ada Penhallow\nBy Tom Orrick\n\n{FERRY}\n",
        f"Ferry sails\n4 June 2024\n{FERRY}\n\fFerry sails\n4 June 2024\n{BEES}\n",
    ],
)
def test_one_article_is_one_without_a_word(tmp_path, content):
    articles, errors, notices = read(tmp_path / "one.txt", content)
    assert [article.text for article in articles] == [content]
    assert (errors, notices) == ([], [])
