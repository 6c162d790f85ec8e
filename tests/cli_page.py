"""The second half of docs/cli.md: every command and option, made of their help."""

from pathlib import Path

from typer.main import get_command

from sayso.cli import app
from sayso.data.commands.help import about, first_sentence, names_of

PAGE = Path(__file__).parents[1] / "docs" / "cli.md"
BEGINS = "## All commands\n"


def written():
    """Give the page: what people wrote, and what is made behind it."""
    text = PAGE.read_text(encoding="utf-8")
    return text[: text.index(BEGINS)] + made()


def made():
    """Give the tables of commands and of their options."""
    commands = dict(_commands(get_command(app), "sayso"))
    rows = [f"| [`{name}`](#{_anchor(name)}) | {first_sentence(c.help)} | {_docs(c.help)} |" for name, c in commands.items()]
    parts = [BEGINS, "| command | what it is for | more |", "| --- | --- | --- |", *rows, "", "## All options"]
    for name, command in commands.items():
        parts += ["", f"### {name}", "", f"`{_usage(name, command)}`", "", *_options(command)]
    return "\n".join(parts) + "\n"


def _commands(command, words):
    if not hasattr(command, "commands"):
        yield words, command
        return
    for name in command.commands:
        yield from _commands(command.commands[name], f"{words} {name}")


def _anchor(name):
    return name.replace(" ", "-")


def _docs(text):
    page = text.split("Docs: sayso docs ")[1].split()[0] + ".md"
    return "this page" if page == "cli.md" else f"[{page}]({page})"


def _usage(name, command):
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    return " ".join([name, *(names_of(p) if p.required else f"[{names_of(p)}]" for p in arguments)])


def _options(command):
    shown = [p for p in command.params if p.name != "help"]
    if not shown:
        return ["It has no options."]
    rows = [f"| `{names_of(p)}` | {about(p)} |".replace("FILE|package", "FILE\\|package") for p in shown]
    return ["| argument or option | what it is for |", "| --- | --- |", *rows]
