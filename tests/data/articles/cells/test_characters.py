import sys

import pytest
from builders import json_rows, run_sayso

from sayso.data.articles.cells.characters import checked_characters, is_mojibake
from sayso.data.articles.notices import Notices
from sayso.data.records import Article
from sayso.errors import SaysoError

GOOD = "“No,” said André of the café – it’s 5 °C, £3."
BROKEN = GOOD.encode().decode("cp1252", "replace").replace("�", "")  # without what Windows-1252 does not have


def checked(text, *, mend, title=None):
    told = []
    notices = Notices(told.append)
    article = checked_characters(Article("a", text, title=title), notices, mend=mend)
    notices.tell_counts()
    return article.text, article.title, told


@pytest.mark.parametrize(
    "text", [GOOD, "São Paulo, Ålesund, NÃO", "„Nein“, « non », ‹sì›", "Київ і Харків", "â l’âge, Â", "naïve 5€", "x² ± 3 ¼"]
)
def test_good_characters_are_no_mojibake(text):
    assert not is_mojibake(text)
    assert checked(text, mend=True) == (text, None, [])


def test_broken_characters_are_told_and_mended_on_request():
    assert BROKEN.startswith("â€œNo,â€ said AndrÃ©")
    told = (
        "articles with characters read in the wrong encoding (such as â€œ for “); add --mend-encoding "
        "to repair them: once, at a."
    )
    assert checked(BROKEN, mend=False) == (BROKEN, None, [told])
    assert checked(BROKEN, mend=True) == (
        GOOD,
        None,
        ["articles with characters in the wrong encoding, repaired: once, at a."],
    )


@pytest.mark.parametrize("encoding", ["cp1250", "cp1251", "latin-1"])
def test_other_wrong_encodings_are_seen(encoding):
    good = "“It’s late,” he said."
    broken = good.encode().decode(encoding, "ignore")
    assert is_mojibake(broken)
    assert checked(broken, mend=True)[0].endswith("late,” he said.")


def test_only_what_is_broken_is_mended():
    assert checked("‘ﬁne’ — “x” … but cafÃ©", mend=True)[0] == "‘ﬁne’ — “x” … but café"


def test_marks_that_became_control_characters_are_mended():
    assert checked("\x93No,\x94 he said. It\x92s wet.", mend=True)[0] == "“No,” he said. It’s wet."
    assert checked("One.\x85Two.", mend=True)[2] == []  # a line end of mainframes


def test_marks_that_became_question_marks_are_told():
    told = "articles with ? in place of characters that were already lost (It?s): once, at a."
    assert checked("It?s wet. They don?t mind.", mend=False)[2] == [told]
    assert checked("Is it wet?so what? See orla.example/a?s=1&b?t=2.", mend=False)[2] == []


def test_titles_are_mended():
    assert checked("It rained.", mend=True, title="AndrÃ© stays")[1] == "André stays"


def test_lost_characters_are_told():
    assert checked("It�s wet.", mend=False)[2] == [
        "articles with characters that were already lost (U+FFFD, �): once, at a."
    ]


def test_without_the_library_the_line_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "ftfy", None)
    with pytest.raises(
        SaysoError, match=r'a: reading broken characters needs ftfy; install it with: pip install "sayso\[files\]"'
    ):
        checked(BROKEN, mend=True)


@pytest.mark.parametrize("command", ["annotate", "build", "suggest", "audit"])
def test_the_commands_mend(tmp_path, command):
    path = tmp_path / "a.txt"
    path.write_text(f"The mayor of Orla met the guild. {BROKEN}")
    words = {
        "annotate": ["annotate", path, "--no-bias", "--format", "jsonl"],
        "build": ["data", "build", path, "--out", tmp_path / "out"],
        "suggest": ["data", "suggest", path, "--out", tmp_path / "queue.jsonl"],
        "audit": ["audit", path, "--out", tmp_path / "out"],
    }[command]
    result = run_sayso(*words, "--mend-encoding")
    assert result.exit_code == 0
    assert "articles with characters in the wrong encoding, repaired: once, at" in result.stderr
    if command == "annotate":
        assert json_rows(result.stdout)[1]["text"].startswith("“No,” said André")
