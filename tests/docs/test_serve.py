import re
from pathlib import Path

import pytest
from builders import run_sayso

PAGE = (Path(__file__).parents[2] / "docs" / "serve.md").read_text(encoding="utf-8")
NAMED = re.findall(r"(?:^|`)(sayso [^`\n]+)", PAGE, re.MULTILINE)
COMMANDS = sorted({words.partition(" # ")[0].strip() for words in NAMED})


@pytest.mark.parametrize("words", COMMANDS)
def test_every_option_of_the_page_is_one(words):
    _, *command = words.split()
    known = run_sayso(*command[: 2 if command[0] == "data" else 1], "--help")
    assert known.exit_code == 0, known
    for option in re.findall(r"(?<=\s)--?[a-z][a-z-]*", words):
        assert re.search(rf"{option}\b", known.stdout), (words, option)
