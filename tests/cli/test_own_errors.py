"""A bug of ours at each stage of the work on an article: that article is lost and named, the others come out whole."""

import importlib

import pytest
from builders import run_sayso, write_rows

import sayso

ARTICLES = [
    {"id": "fire", "text": "Rain fell. Police claimed that it burned.", "outlet": "Ems Post"},
    {"id": "end", "text": "The bridge is shut, Mayor Ana Moll said. Nobody was hurt.", "outlet": "Sol Radio"},
    {"id": "vote", "text": "“We lost,” Otto Brem said. The council met on Monday.", "outlet": "Ems Post"},
]
JSONL = "annotate NEWS -f jsonl -o OUT/a.jsonl --profile OUT/p.json --shares OUT/s.csv --why 2"
AUDIT = "audit NEWS -o OUT/audit"
STAGES = {
    "a line": ("data.articles.readers.json_lines", "articles_of", JSONL),
    "date": ("data.articles.metadata.date_columns", "_words_of", JSONL),
    "sentences": ("classify.annotation.annotator", "find_sentences", JSONL),
    "attributions": ("classify.annotation.annotator", "corrected", JSONL),
    "kinds": ("classify.annotation.annotator", "Reading.of", JSONL),
    "speakers": ("classify.annotation.annotator", "attributions_by_sentence", JSONL),
    "stance": ("classify.annotation.annotator", "stance_labels", JSONL),
    "profile": ("classify.files.summaries", "profile_of", JSONL),
    "shares": ("classify.files.summaries", "label_sums", JSONL),
    "groups": ("classify.speakers.prevalence", "group_of", f"{JSONL} --by outlet"),
    "terminal": ("classify.output.terminal", "profile_of", "annotate NEWS -f terminal"),
    "csv": ("classify.output.csv", "speeches_of", "annotate NEWS -o OUT/a.csv"),
    "parquet": ("classify.output.parquet", "_columns", "annotate NEWS -o OUT/a.parquet"),
    "html": ("classify.output.html", "article_page", "annotate NEWS -f html -o OUT/pages"),
    "brat": ("classify.output.brat", "standoff", "annotate NEWS -f brat -o OUT/brat"),
    "audit": ("classify.audit.roster", "speeches_of", AUDIT),
    "audit, counting": ("classify.audit.sources", "PrevalenceCounts.add_row", AUDIT),
    "dataset": ("data.datasets.stream", "article_language", "data build NEWS -o OUT/set --rows articles"),
    "queue": ("classify.queue.pool", "in_sentences", "data suggest NEWS -o OUT/q.csv"),
}
ANNOTATES = ("annotate", "audit")


def files_below(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def holds(value):
    """Tell whether something is of the bad article."""
    if isinstance(value, str | bytes):
        return ("bridge" if isinstance(value, str) else b"bridge") in value
    if isinstance(value, list | tuple):
        return any(map(holds, value))
    if isinstance(value, dict):
        return holds([*value.values()])
    return any(holds(getattr(value, name, "")) for name in ("text", "article", "view") if not callable(value))


def break_at(monkeypatch, module, path, error):
    """Make a function fail on the bad article."""
    owner, name = importlib.import_module(f"sayso.{module}"), path
    if "." in path:
        of, name = path.split(".")
        owner = getattr(owner, of)
    whole = getattr(owner, name)

    def fails(*given, **named):
        if holds([*given[-2:], *given]) or holds(named):
            raise error
        return whole(*given, **named)

    monkeypatch.setattr(owner, name, staticmethod(fails) if hasattr(whole, "__self__") else fails)


def run(folder, command, rows, options=()):
    folder.mkdir()
    news = write_rows(folder.parent / f"{folder.name}.jsonl", rows)
    words = command.replace("NEWS", str(news)).replace("OUT", str(folder)).split()
    code, out, err = run_sayso(*words, *options)
    return code, out, err, files_below(folder)


@pytest.mark.parametrize("stage", STAGES)
def test_an_error_at_a_stage_costs_one_article(tmp_path, monkeypatch, fake_model_options, stage):
    module, path, command = STAGES[stage]
    options = fake_model_options if command.startswith(ANNOTATES) else ()
    _, out, _, files = run(tmp_path / "out", command, [ARTICLES[0], ARTICLES[2]], options)
    (tmp_path / "out").rename(tmp_path / "good")
    break_at(monkeypatch, module, path, RecursionError("too deep"))
    code, bad_out, err, bad_files = run(tmp_path / "out", command, ARTICLES, options)
    assert code == 1
    lines = [line for line in err.splitlines() if "internal error of sayso (RecursionError: too deep)" in line]
    assert len(lines) == 1
    assert "end: " in lines[0] or f"{tmp_path}/out.jsonl:2: " in lines[0]
    assert bad_out == out
    assert {name for name in files if ".dropped" not in name} <= set(bad_files)
    if command.startswith("annotate"):
        assert bad_files == files


def test_in_python_the_others_are_annotated_where_errors_are_asked_for(monkeypatch):
    articles = [sayso.Article(row["id"], row["text"]) for row in ARTICLES]
    annotator = sayso.load_annotator()
    good = [list(annotator.annotate(article)) for article in articles]
    break_at(monkeypatch, "classify.annotation.annotator", "corrected", IndexError("no such cue"))
    errors = []
    found = list(annotator.annotate_all(articles, on_error=errors.append))
    assert [list(annotation) for annotation in found] == [good[0], [], good[2]]
    assert [annotation.article.id for annotation in found] == ["fire", "end", "vote"]
    assert list(map(str, errors)) == [
        "end: left out because of an internal error of sayso (IndexError: no such cue); please report it."
    ]
    with pytest.raises(IndexError, match="no such cue"):
        list(annotator.annotate_all(articles))


def test_a_frame_loses_the_row_with_a_warning(monkeypatch):
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(ARTICLES)
    break_at(monkeypatch, "classify.annotation.annotator", "corrected", IndexError("no such cue"))
    with pytest.warns(UserWarning, match="internal error of sayso") as warned:
        found = sayso.annotate_frame(frame, id="id")
    assert found["article"].unique().tolist() == ["fire", "vote"]
    assert [str(one.message) for one in warned] == [
        "1 of 3 rows: an internal error of sayso, or no sentence in the text, so the result has no row for 1 (index).",
        "end: left out because of an internal error of sayso (IndexError: no such cue); please report it.",
    ]
