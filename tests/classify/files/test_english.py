import pytest

from sayso.classify.files.english import EnglishOnly
from sayso.data.records import Article

ENGLISH = "The mayor said on Monday that it would rain on the town."
CODES = ["de", "fr", "es", "it", "pt", "nl", "pl", "cs", "tr", "ru"]


@pytest.mark.parametrize(
    ("text", "told", "language", "stays"),
    [
        (ENGLISH, None, "en", True),
        (ENGLISH, "de", "en", True),
        ("Orla.", None, None, True),
        ("Orla.", "en-GB", "en", True),
        ("Orla.", "Deutsch", "de", False),
        ("Orla.", "n/a", "n/a", True),
        ("Der Hafen bleibt zu, sagte das Ministerium, und es regnete auf die Stadt.", "en", "de", False),
    ],
)
def test_the_text_decides_before_its_table(text, told, language, stays):
    article = Article("a", text, language=told)
    kept = EnglishOnly().known(article)
    assert (kept is not None) == stays
    anyway = EnglishOnly(any_language=True).known(article)
    assert anyway is not None
    assert anyway.language == language


def test_many_languages_are_told_in_one_line():
    english, told = EnglishOnly(then="not counted"), []
    articles = [Article(f"a{n}", "Orla.", language=code) for n, code in enumerate([*CODES, "de"])]
    assert list(english.kept(articles)) == []
    english.tell(told.append)
    assert told == [
        "11 articles are not in English (de 2, fr 1, es 1, it 1, pt 1, nl 1, pl 1, cs 1, others 2; first "
        "a0): not counted; to label them anyway, add --any-language."
    ]


def test_where_all_is_english_nothing_is_told():
    english, told = EnglishOnly(), []
    assert [article.language for article in english.kept([Article("a", ENGLISH)])] == ["en"]
    english.tell(told.append)
    assert told == []
