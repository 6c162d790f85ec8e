import json
from pathlib import Path

import pytest
from builders import csv_rows, json_rows, run_sayso, write_rows

ENGLISH = "The ministry said the port would stay closed. It rained on the town."
GERMAN = "Der Hafen bleibt geschlossen, sagte das Ministerium am Montag. Es regnete auf die Stadt und die Felder."
ITALIAN = "Il porto resta chiuso, ha detto il ministero lunedì. È piovuto sulla città e nessuno è uscito."
NAMES = "Orla, Brennick, Vella."


@pytest.fixture
def run(tmp_path, monkeypatch, fake_model_options):
    monkeypatch.chdir(tmp_path)
    rows = [
        {"id": "a", "text": ENGLISH, "language": "de"},
        {"id": "b", "text": GERMAN, "language": "en"},
        {"id": "c", "text": ITALIAN},
        {"id": "d", "text": GERMAN.replace("Montag", "Dienstag")},
        {"id": "e", "text": NAMES},
        {"id": "f", "text": NAMES, "language": "Russian"},
    ]
    write_rows("news.jsonl", rows)

    def run_command(command, *words):
        return run_sayso(command, *words, *fake_model_options)

    return run_command


LEFT_OUT = "4 articles are not in English (de 2, it 1, ru 1; first b): left out; to label them anyway, add --any-language.\n"


def test_articles_in_other_languages_are_left_out_and_told(run):
    code, out, err = run("annotate", "news.jsonl", "-f", "jsonl")
    assert (code, err) == (0, LEFT_OUT)
    assert [(row["article"], row["language"]) for row in json_rows(out)] == [("a", "en"), ("a", "en"), ("e", None)]


def test_any_language_is_labelled_when_asked(run):
    code, out, err = run("annotate", "news.jsonl", "-f", "csv", "--any-language")
    assert (code, err) == (0, "")
    languages = {row["article"]: row["language"] for row in csv_rows(out)}
    assert languages == {"a": "en", "b": "de", "c": "it", "d": "de", "e": "", "f": "ru"}


def test_print_and_pages_say_the_language_where_it_is_not_english(run):
    Path("porto.txt").write_text(ITALIAN, encoding="utf-8")
    assert run("annotate", "porto.txt", "--any-language").stdout.startswith("porto.txt (it)\n")
    assert run("annotate", "porto.txt", "--any-language", "-o", "porto.html")[0] == 0
    assert "language: it" in Path("porto.html").read_text(encoding="utf-8")
    Path("port.txt").write_text(ENGLISH, encoding="utf-8")
    assert run("annotate", "port.txt").stdout.startswith("port.txt\n")


def test_nothing_is_written_where_nothing_is_english(run):
    Path("porto.txt").write_text(ITALIAN, encoding="utf-8")
    told = "1 article is not in English (it 1; porto.txt): left out; to label them anyway, add --any-language.\n"
    assert run("annotate", "porto.txt") == (1, "", told)
    assert run("annotate", "porto.txt", "--out", "x.csv") == (1, "", f"x.csv was not written.\n{told}")
    assert not Path("x.csv").exists()
    assert run("audit", "porto.txt", "--out", "audit") == (1, "", f"{told}Nothing was written to audit.\n")


def test_an_article_in_two_languages_is_labelled_and_told(run):
    Path("both.txt").write_text(f"{ENGLISH} {ENGLISH}\n\n{GERMAN}", encoding="utf-8")
    code, _, err = run("annotate", "both.txt")
    assert (code, err) == (0, "1 article is partly in another language (de 1; both.txt): labelled as a whole.\n")


def test_an_audit_leaves_them_out(run):
    written = "Written to audit: 2 articles; 0 named sources. Open audit/index.html.\n"
    assert run("audit", "news.jsonl", "--out", "audit")[::2] == (0, f"{LEFT_OUT}{written}")
    assert csv_rows(Path("audit/groups.csv").read_text(encoding="utf-8"))[0]["articles"] == "2"


def test_a_profile_says_the_language(run):
    assert run("annotate", "news.jsonl", "--profile", "p.json")[0] == 0
    articles = json.loads(Path("p.json").read_text(encoding="utf-8"))["articles"]
    assert [article.get("language") for article in articles] == ["en", None]


def test_a_queue_leaves_them_out(run, fake_models):
    words = ("data", "suggest", "news.jsonl", "--model", fake_models / "voice.sayso", "--out")
    code, _, err = run_sayso(*words, "queue.jsonl")
    assert (code, LEFT_OUT in err) == (0, True)
    assert {row["article"] for row in json_rows(Path("queue.jsonl").read_text(encoding="utf-8"))} == {"a", "e"}
    assert run_sayso(*words, "all.jsonl", "--any-language")[0] == 0
    assert len({row["article"] for row in json_rows(Path("all.jsonl").read_text(encoding="utf-8"))}) == 6


def test_a_dataset_keeps_them_without_suggestions(run, fake_model_options):
    code, _, err = run_sayso(
        "data", "build", "news.jsonl", "--rows", "articles", "--prelabel", *fake_model_options, "--out", "x"
    )
    assert code == 0
    told = (
        "3 articles are not in English (de 2, it 1; first b): without suggestions; to label them anyway, add --any-language."
    )
    assert told in err.splitlines()
    run_sayso("data", "export", "x", "--format", "jsonl", "--out", "x.jsonl")
    rows = json_rows(Path("x.jsonl").read_text(encoding="utf-8"))
    assert {row["article"]: row.get("language") for row in rows} == {"a": "en", "b": "de", "c": "it", "d": "de", "e": None}
