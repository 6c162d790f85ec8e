"""Every command that the documentation names is there, with every option that it is given."""

import re
from pathlib import Path

import pytest
from builders import run_sayso

ROOT = Path(__file__).parents[2]
PAGES = [*(page for page in ROOT.glob("*.md") if page.name != "CHANGELOG.md"), *(ROOT / "docs").glob("*.md")]
BLOCKS = re.compile(r"^ *```.*?^ *```$", re.DOTALL | re.MULTILINE)
GROUPS = ("data", "model")


def named():
    """Give the commands in the blocks and between the backticks of all pages."""
    for page in PAGES:
        text = page.read_text("utf-8")
        for block in BLOCKS.findall(text):
            yield from re.findall(r"^ *(?:\$ )?(sayso [^`\n]+)", block, re.MULTILINE)
        yield from re.findall(r"`(sayso (?!COMMAND)[^`\n]+)`", BLOCKS.sub("", text))


def alone(words):
    """Give a command without a remark or another command behind it, and without what is quoted."""
    return re.sub(r"'[^']*'|\"[^\"]*\"", "", re.split(r" # | \| | > | && ", words)[0]).strip()


@pytest.mark.parametrize("words", sorted(set(map(alone, named()))))
def test_every_option_of_a_command_is_one(words):
    _, *command = words.split()
    group = [word for word in command[: 2 if command[0] in GROUPS else 1] if not word.startswith("-")]
    known = run_sayso(*group, "--help")
    assert known.exit_code == 0, known
    for option in re.findall(r"(?<=\s)--?[a-z][a-z-]*", words):
        assert re.search(rf"{option}\b", known.stdout), (words, option)
