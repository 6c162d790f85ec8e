import re
from pathlib import Path

import pytest
from builders import run_sayso

PAGE = (Path(__file__).parents[2] / "docs" / "serve.md").read_text(encoding="utf-8")
COMMANDS = sorted({re.split(r"\s#|`|,", line)[0].strip() for line in re.findall(r"(?:^|`)(sayso [^`\n]+)", PAGE, re.MULTILINE)})


@pytest.mark.parametrize("words", COMMANDS)
def test_every_option_of_the_page_is_one(words):
    command = [word for word in words.split()[1:3] if word.isalpha() and word not in ("kind", "files", "FILES")]
    known = run_sayso(*(command if command[:1] == ["data"] else command[:1]), "--help")
    assert known.exit_code == 0, known
    for option in re.findall(r"(?<=\s)--?[a-z][a-z-]*", words):
        assert re.search(rf"{option}\b", known.stdout), (words, option)
