"""Settings files: what commands take from them, what they refuse, and what `sayso config` prints."""

import json
from pathlib import Path

import pytest
from builders import run_sayso
from typer.main import get_command

from sayso.cli import app
from sayso.data.settings.options import ALIKE, REFUSED, options_of

NEWS = 'body,desk\n"The ferry to Sandholm was late, the harbour master said. Nobody was hurt.",city\n'


@pytest.fixture
def study(tmp_path, monkeypatch):
    """Give a folder to work in, below another one, where settings are looked for."""
    work = tmp_path / "study" / "week"
    work.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("SAYSO_CONFIG", raising=False)
    monkeypatch.chdir(work)
    (work / "news.csv").write_text(NEWS, encoding="utf-8")
    return work.parent


def settings(folder, text, name="sayso.toml"):
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_a_command_takes_columns_and_format_and_says_so(study):
    file = settings(study, 'text-column = "body"\nformat = "jsonl"\n')
    done = run_sayso("annotate", "news.csv")
    assert (done.exit_code, done.stderr) == (0, f"Settings from {file}: format, text-column.\n")
    first = json.loads(done.stdout.splitlines()[0])
    assert first["text"] == "The ferry to Sandholm was late, the harbour master said."


def test_the_command_line_goes_before_a_command_s_table_and_that_before_the_general_one(study):
    file = settings(study, 'format = "jsonl"\ntext_column = "body"\n[annotate]\nformat = "json"\n')
    assert json.loads(run_sayso("annotate", "news.csv").stdout)
    done = run_sayso("annotate", "news.csv", "--format", "csv")
    assert done.stdout.startswith("article,")
    assert done.stderr == f"Settings from {file}: text-column.\n"


def test_a_group_s_command_has_a_table_too(study):
    settings(study, '[data.build]\nrows = "articles"\ntext-column = "body"\nout = "made"\nname = "Ferries"\n')
    done = run_sayso("data", "build", "news.csv")
    assert done.exit_code == 0, done.stderr
    assert (study / "made").is_dir()


def test_a_table_of_a_project_file_is_one_too(study):
    file = settings(study, '[project]\nname = "x"\n[tool.sayso]\ntext-column = "body"\n', "pyproject.toml")
    assert run_sayso("annotate", "news.csv").stderr == f"Settings from {file}: text-column.\n"


def test_relative_paths_are_those_of_the_file(study):
    settings(study, '[annotate]\ntext-column = "body"\nout = "notes.csv"\n')
    assert run_sayso("annotate", "news.csv").exit_code == 0
    assert (study / "notes.csv").read_text(encoding="utf-8").startswith("article,")
    again = run_sayso("annotate", "news.csv")
    assert again.exit_code == 1  # and what is there is not overwritten
    assert "notes.csv" in again.stderr


def test_paths_of_the_working_folder_and_standard_output_stay_as_they_are(study):
    settings(study / "week", '[annotate]\nout = "out/"\nshares = "-"\n[train]\nadapt = "package"\ndata = "~/corpus"\n')
    found = {s["option"]: s["value"] for s in json.loads(run_sayso("config", "--json").stdout)["settings"]}
    home = study.parent
    assert found == {"out": "out/", "shares": "-", "adapt": "package", "data": f"{home}/corpus"}


def test_a_folder_stays_one(study):
    settings(study, '[annotate]\nout = "out/"\n')
    assert json.loads(run_sayso("config", "--json").stdout)["settings"][0]["value"] == f"{study}/out/"


def test_switched_off_by_the_environment(study, monkeypatch):
    settings(study, 'format = "jsonl"\ntext-column = "body"\n')
    monkeypatch.setenv("SAYSO_CONFIG", "")
    done = run_sayso("annotate", "news.csv", "--text-column", "body")
    assert done.stderr == ""
    assert not done.stdout.startswith("{")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("force = true", "force: not taken from a settings file; remove it, and give --force on the command line."),
        ('[serve]\nhost = "0.0.0.0"', "[serve] host: not taken from a settings file; remove it, and give --host on the "
         "command line."),
        ("[anotate]", "[anotate]: there is no such command; did you mean [annotate]?"),
        ('text-colum = "x"', "text-colum: no option of any command; did you mean text-column?"),
        ("[annotate]\nrows = 2", "[annotate] rows: no option of sayso annotate; sayso annotate --help lists them."),
        ('by = "desk"', "by: each command has its own; write it in the table of a command: [annotate], [audit], "
         "[data.agree], [data.split], [evaluate], [shares]."),
        ('[data]\nrows = "auto"', "[data] rows: name the command in the table, such as [data.build]."),
        ('jobs = "4"', 'jobs = "4": give a whole number, without quotation marks (for sayso annotate).'),
        ("[annotate]\nwhy = true", "[annotate] why = true: give a whole number, without quotation marks."),
        ("[annotate]\nno-bias = 1", "[annotate] no-bias = 1: give true or false, without quotation marks."),
        ("[annotate]\ntext-column = 3", "[annotate] text-column = 3: give text, in quotation marks."),
        ('[annotate]\nout = ["a", "b"]', '[annotate] out = ["a", "b"]: give one value, not a list.'),
        ('[annotate]\nformat = "pdf"', "[annotate] format = \"pdf\": 'pdf' is not one of 'terminal', 'jsonl', 'json', "
         "'csv', 'html', 'brat', 'parquet'."),
        ('text-column = "a"\ntext_column = "b"', "text_column: the same as text-column; write it once."),
        ('format = "x', "line 1: a closing quotation mark is missing; correct the line, or set "
         "SAYSO_CONFIG to another file."),
        ('a = "' + "\udcff" + '"', "line 1: not UTF-8; save the file as UTF-8."),
    ],
)  # fmt: skip
def test_what_is_wrong_in_the_file_is_one_line(study, text, error):
    file = study / "sayso.toml"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    done = run_sayso("annotate", "news.csv")
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", f"Error: {file}: {error}\n")


def test_a_file_cannot_steer_the_terminal(study):
    file = settings(study, '"\\u001b[2Jzzzz" = "x"\n')
    error = f"Error: {file}: �[2Jzzzz: no option of any command; sayso COMMAND --help lists them.\n"
    assert run_sayso("annotate", "news.csv").stderr == error


def test_a_huge_file_is_not_read(study):
    file = settings(study, "#" * 1_000_001)
    limit = "longer than 1,000,000 bytes, the limit for a settings file"
    assert run_sayso("annotate", "news.csv").stderr == f"Error: {file}: {limit}; check that it is the right file.\n"


def test_help_is_given_though_the_file_is_broken(study):
    settings(study, "format = ")
    assert run_sayso("annotate", "--help").exit_code == 0
    assert run_sayso("data", "build", "-h").exit_code == 0
    assert run_sayso("files").exit_code == 1


def test_what_is_in_force_is_printed_with_where_it_comes_from(study):
    file = settings(study, 'target = ["Sandholm"]\n[annotate]\ntarget = "Oldhaven"\n')
    assert run_sayso("config").stdout == (
        f'# {file}\nsetting\tvalue\tfor\tfrom\ntarget\t["Oldhaven"]\tannotate\t[annotate]\n'
        'target\t["Sandholm"]\tserve\tgeneral\n\n'
    )
    assert json.loads(run_sayso("config", "--json").stdout) == {
        "file": str(file),
        "settings": [
            {"option": "target", "value": ["Oldhaven"], "commands": ["annotate"], "table": "annotate"},
            {"option": "target", "value": ["Sandholm"], "commands": ["serve"], "table": "general"},
        ],
    }


def test_every_option_of_a_command_is_printed_with_where_it_comes_from(study):
    file = settings(study, "[data.sample]\nn = 300\n")
    rows = [line.split("\t") for line in run_sayso("config", "data", "sample").stdout.splitlines()]
    assert ["n", "300", f"[data.sample] of {file}"] in rows
    assert ["seed", "0", "default"] in rows
    described = json.loads(run_sayso("config", "data", "sample", "--json").stdout)["options"]
    assert {"option": "n", "value": 300, "from": f"[data.sample] of {file}"} in described
    assert run_sayso("config", "nonsense").exit_code == 2


def test_without_a_file_that_is_said(study, monkeypatch):
    done = run_sayso("config")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == f"No sayso.toml in {Path.cwd()} or in a folder above it. All options have their defaults.\n"
    monkeypatch.setenv("SAYSO_CONFIG", "")
    assert run_sayso("config").stderr == "No settings file: SAYSO_CONFIG is empty. All options have their defaults.\n"
    assert json.loads(run_sayso("config", "--json").stdout) == {"file": None, "settings": []}


def test_what_is_refused_or_general_is_an_option_of_some_command():
    options = options_of(get_command(app))
    names = {name for of in options.values() for name in of}
    assert names >= REFUSED
    assert names >= set(ALIKE)
    assert {command for but in ALIKE.values() for command in but} <= set(options)


def test_no_option_that_overwrites_or_opens_a_door_is_taken():
    names = {name for of in options_of(get_command(app)).values() for name in of}
    dangerous = {n for n in names if any(part in n for part in ("force", "host", "beyond", "push", "public", "overwrite"))}
    assert dangerous <= REFUSED


@pytest.mark.parametrize("option", ["out", "profile", "shares"])
@pytest.mark.parametrize("place", ["../made.csv", "/made.csv", "week/../../made.csv"])
def test_a_file_writes_nothing_above_its_folder(study, option, place):
    settings(study, f'[annotate]\n{option} = "{place}"\n')
    done = run_sayso("annotate", "news.csv")
    assert done.exit_code == 1
    assert f'{option} = "{place}": give a path below the folder of the settings file' in done.stderr


@pytest.mark.parametrize(("option", "value"), [("encoder", "ana/words"), ("data", "hf:ana/news")])
def test_a_file_asks_no_other_machine(study, option, value):
    settings(study, f'[train]\n{option} = "{value}"\n')
    done = run_sayso("train", "topic")
    assert done.exit_code == 1
    assert "can only be given on the command line" in done.stderr


def test_a_folder_called_like_the_file_is_said(study):
    (study / "sayso.toml").mkdir()
    done = run_sayso("annotate", "news.csv")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "sayso.toml: this is no file that can be read; remove it" in done.stderr


def test_a_project_s_table_may_be_written_in_any_way(study):
    settings(study, '[tool]\nsayso = {text-column = "body"}\n', "pyproject.toml")
    assert run_sayso("annotate", "news.csv").stderr.endswith("pyproject.toml: text-column.\n")
    settings(study, "[tool]\nsayso = 3\n", "pyproject.toml")
    assert "tool.sayso is a table of settings; begin it with [tool.sayso]" in run_sayso("annotate", "news.csv").stderr


def test_the_name_of_the_output_goes_before_the_file_s_format(study):
    settings(study, '[annotate]\ntext-column = "body"\nformat = "jsonl"\n')
    assert run_sayso("annotate", "news.csv", "--out", "labels.csv").exit_code == 0
    assert Path("labels.csv").read_text(encoding="utf-8").startswith("article,n,")
    assert run_sayso("annotate", "news.csv", "--format", "json", "--out", "labels.csv").exit_code == 1
