"""What is advised can be done: options named in remarks on a score exist in the command that prints them."""

import ast
import re
from pathlib import Path

import pytest
import typer
from builders import run_sayso

import sayso
from sayso.cli import app

ROOT = Path(sayso.__file__).parent
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")
PRINTED_BY = {"train/trust": ("train", "evaluate"), "train/report/sections": ("evaluate",)}
"""Folders whose texts these commands print as they stand."""


def options_of(command):
    found = typer.main.get_command(app).commands[command]
    return {name for parameter in found.params for name in parameter.opts}


def constants(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def texts(path):
    """Yield the texts of a module with the command that they are given to by `evaluate_with`; docstrings are no advice."""
    tree = ast.parse(path.read_text("utf-8"))
    nodes = list(ast.walk(tree))
    calls = [n for n in nodes if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == "evaluate_with"]
    given = {id(constant) for call in calls for constant in constants(call)}
    documented = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    yield from ((c.value, id(c) in given) for c in constants(tree) if id(c) not in documented)


@pytest.mark.parametrize("folder", PRINTED_BY)
def test_options_that_are_advised_exist(folder):
    """An option stands after its command, is given to `evaluate_with`, or is one of every command that prints the text."""
    found = []
    for path in sorted((ROOT / folder).rglob("*.py")):
        for text, of_evaluate in texts(path):
            for option in OPTION.findall(text):
                named = re.search(rf"sayso (\w+)[^`]*{option}", text)
                commands = (named[1],) if named else ("evaluate",) if of_evaluate else PRINTED_BY[folder]
                found += [(option, command) for command in commands]
    assert len(found) > 2
    assert [(option, command) for option, command in found if option not in options_of(command)] == []


def advised(printed):
    """Give the commands and options that an output advises; without a command of its own the option is of ``train``."""
    for quoted in re.findall(r"`([^`]*--[^`]*)`", printed):
        command = re.match(r"sayso (\w+)", quoted)
        yield from ((command[1] if command else "train", option) for option in OPTION.findall(quoted))


@pytest.mark.usefixtures("no_shipped_model")
def test_what_train_prints_can_be_done_with_train(tmp_path):
    """Sentences of two outlets, two of them nearly the same: what is not tested is said with its command."""
    lines = ["article,outlet,text,tone"]
    for number, place in enumerate(("Osk", "Lind", "Marnow", "Pravik", "Dunmere", "Vellin")):
        outlet = ("Orla Post", "Lind Mail")[number % 2]
        lines.append(
            f"a{number},{outlet},The council of {place} met at noon and talked about the school roof at length.,calm"
        )
        lines.append(f"a{number},{outlet},What {place} has put up with is a disgrace.,angry")
    data, model = tmp_path / "tone.csv", tmp_path / "t.sayso"
    data.write_text("\n".join(lines) + "\n", "utf-8")
    words = ("train", "mood", "--label", "tone", "--data", data, "--folds", 2, "--jobs", 1)
    printed = run_sayso(*words, "--out", model).stdout
    found = set(advised(printed))
    assert {("train", "--group-similar"), ("evaluate", "--report"), ("evaluate", "--group")} <= found
    assert all(option in options_of(command) for command, option in found)
    assert "`sayso evaluate mood --label tone --data … --report DIR`" in printed
    similar = run_sayso(*words, "--out", tmp_path / "s.sayso", "--group-similar")
    assert similar.exit_code == 1
    assert similar.stderr.endswith(
        "Error: --group-similar joined 6 articles into 1 group of similar sentences, too few for 2 folds; leave it out.\n"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("tone", "--no-scores"), "--group-similar changes only the scores; leave it out, or leave out --no-scores."),
        (("attribution",), "--group-similar works only for sentence labels, not for attribution."),
    ],
)
def test_what_does_not_go_with_group_similar_of_train(words, said, tmp_path):
    task, *more = words
    out = tmp_path / "x.sayso"
    refused = run_sayso("train", task, "--data", tmp_path / "none.csv", "--out", out, "--group-similar", *more)
    assert (refused.exit_code, refused.stderr) == (1, f"Error: {said}\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("title",), "give --label-column title, and title_label as the task."),
        (("tone", "--label", "title"), "give --label-column title and --label title_label."),
        (("voice",), "give another, and --label voice: sayso train my_voice --label voice."),
    ],
)
def test_a_label_column_with_a_name_of_ours_is_learned_as_the_error_says(words, said, tmp_path):
    data = tmp_path / "own.csv"
    text = ("The pier is shut.", "Bread sold well.")
    rows = [f"a{n},{text[n % 2]},{'xy'[n % 2]}{'z' * (n % 2)}" for n in range(8)]
    name = "voice" if words == ("voice",) else "title"
    data.write_text("\n".join([f"article,text,{name}", *rows]) + "\n", "utf-8")
    out = ("--data", data, "--out", tmp_path / "own.sayso", "--no-scores")
    refused = run_sayso("train", *words, *out)
    assert refused.exit_code == 1
    assert refused.stderr.endswith(f"{said}\n")
    advised = {
        ("title",): ("title_label", "--label-column", "title"),
        ("tone", "--label", "title"): ("tone", "--label", "title_label", "--label-column", "title"),
        ("voice",): ("my_voice", "--label", "voice"),
    }
    done = run_sayso("train", *advised[words], *out)
    assert done.exit_code == 0, done.stderr
