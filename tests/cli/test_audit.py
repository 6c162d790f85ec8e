import csv
import io
import json
import re
from functools import partial
from pathlib import Path

import pytest
from builders import csv_rows, run_sayso, write_rows

TEXT = "The Interior Ministry said the port would stay closed. It rained."
ROOT = Path(__file__).parents[2]
FERRY = ROOT / "examples" / "ferry.jsonl"
WRITTEN = "Written to audit: 6 articles; 1 named source. Open audit/index.html.\n"
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def run(tmp_path, monkeypatch, fake_model_options):
    """Audit in a folder with a table of six articles of two outlets."""
    monkeypatch.chdir(tmp_path)
    rows = [
        {"text": TEXT, "outlet": "=Post" if n else HOSTILE, "date": f"2020-0{n // 3 + 1}-01", "desk": "city"}
        for n in range(6)
    ]
    write_rows("news.jsonl", rows)
    return partial(run_sayso, "audit", "--keep-duplicates", *fake_model_options)


def table(path):
    return csv_rows(Path(path).read_text(encoding="utf-8"))


def test_an_audit_is_tables_json_and_a_page(run):
    assert run("news.jsonl", "--out", "audit", "--by", "desk") == (0, "", WRITTEN)
    assert sorted(p.name for p in Path("audit").iterdir()) == [
        "audit.json",
        "groups.csv",
        "index.html",
        "roster.csv",
        "sentences.csv",
        "shares.csv",
        "sources",
    ]
    (ministry,) = table("audit/roster.csv")
    assert (ministry["speaker"], ministry["sort"], ministry["source_type"]) == ("Interior Ministry", "body", "state")
    # all of the sentence but source and cue
    assert (ministry["articles"], ministry["words_quoted"], ministry["words_paraphrased"]) == ("6", "0", "30")
    assert (ministry["first_date"], ministry["last_date"], ministry["cues"]) == ("2020-01-01", "2020-02-01", "said 6")
    groups = [(row["by"], row["value"], row["articles"]) for row in table("audit/groups.csv")]
    assert groups == [
        ("", "", "6"),
        ("desk", "city", "6"),
        ("outlet", HOSTILE, "1"),
        ("outlet", "'=Post", "5"),
        ("month", "2020-01", "3"),
        ("month", "2020-02", "3"),
    ]
    record = json.loads(Path("audit/audit.json").read_text(encoding="utf-8"))
    assert record["roster"][0]["speaker"] == "Interior Ministry"
    assert record["groups"][0]["words"] == 66
    assert [s["by"] for s in record["shares"][:4]] == [None, None, "desk", "desk"]
    assert len({row["value"] for row in table("audit/shares.csv")}) == 6


def test_text_from_outside_is_only_text_on_the_page(run):
    run("news.jsonl", "--out", "audit")
    page = Path("audit/index.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)" in page
    assert HOSTILE not in page
    assert "default-src 'none'" in page


def test_a_roster_is_carried_on_and_counted(run):
    run("news.jsonl", "--out", "audit")
    rows = table("audit/roster.csv")
    Path("mine.csv").write_text(f"speaker;role\n{rows[0]['speaker']};ministry\nJane Roe;baker\n", encoding="utf-8")
    assert run("news.jsonl", "--out", "audit", "--roster", "mine.csv", "--bom", "--force") == (0, "", WRITTEN)
    raw = Path("audit/roster.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfspeaker,")
    assert {row["role"]: row["articles"] for row in csv.DictReader(io.StringIO(raw.decode("utf-8-sig")))} == {
        "ministry": "6",
        "baker": "0",
    }
    record = json.loads(Path("audit/audit.json").read_text(encoding="utf-8"))
    assert record["added"]["role"] == [{"value": "ministry", "speakers": 1, "words_quoted": 0, "words_paraphrased": 30}]
    page = Path("audit/index.html").read_text(encoding="utf-8")
    assert "By role, as the roster has it" in page
    assert "1 source of the given roster says nothing in these articles; it stays in roster.csv with 0 attributions" in page


def test_what_else_is_in_the_folder_stays(run):
    Path("audit").mkdir()
    Path("audit/notes.txt").write_text("ours", encoding="utf-8")
    assert run("news.jsonl", "--out", "audit")[0] == 0
    assert Path("audit/notes.txt").read_text(encoding="utf-8") == "ours"


def test_an_audit_of_before_is_replaced_only_when_asked(run):
    Path("audit").mkdir()
    Path("audit/shares.csv").write_text("mine", encoding="utf-8")
    told = "Error: audit/shares.csv already exists; choose another name, or add --force to overwrite it.\n"
    assert run("news.jsonl", "--out", "audit") == (1, "", told)
    assert [p.name for p in Path("audit").iterdir()] == ["shares.csv"]
    assert run("news.jsonl", "--out", "audit", "--force")[0] == 0
    assert len(list(Path("audit").iterdir())) == 7


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["news.jsonl", "--out", "news.jsonl"], "Error: news.jsonl: this is a file; give a folder with --out.\n"),
        (["news.jsonl", "--out", "no/audit"], "Error: no/audit: the folder that it should be in is not there.\n"),
        (
            ["no.txt", "--out", "audit"],
            "Error: no.txt: No such file or directory; check the path.\nNothing was written to audit.\n",
        ),
        (
            ["news.jsonl", "--out", "audit", "--roster", "news.jsonl"],
            "Error: news.jsonl: no column 'speaker' in the first line; give a roster that sayso audit wrote.\n",
        ),
        (
            ["news.jsonl", "--out", "audit", "--by", "mood"],
            "Error: --by mood: no article has a value in this column; check that the table has a column of that name.\n",
        ),
    ],
)
def test_what_goes_wrong_is_one_line(run, words, message):
    code, printed, err = run(*words)
    assert (code, printed, err.removesuffix(WRITTEN)) == (1, "", message)


def test_every_source_links_to_its_sentences(run):
    run("news.jsonl", "--out", "audit")
    page = Path("audit/index.html").read_text(encoding="utf-8")
    (href,) = re.findall(r'<th scope="row"><a href="(sources/[^"]+)">Interior Ministry</a>', page)
    name, anchor = href.split("#")
    sentences = Path("audit", name).read_text(encoding="utf-8")
    assert f'id="{anchor}"' in sentences
    assert sentences.count('<span class="source">The Interior Ministry</span>') == 6
    assert "default-src 'none'" in sentences
    assert HOSTILE not in sentences
    rows = table("audit/sentences.csv")
    assert {(row["speaker"], row["sentence"], row["justified_by"], row["naming"]) for row in rows} == {
        ("Interior Ministry", TEXT.split(". ")[0] + ".", "body", "named")
    }
    assert [row["date"] for row in rows] == [f"2020-0{n // 3 + 1}-01" for n in range(6)]


def test_pages_of_an_earlier_audit_go_and_what_else_is_there_stays(run):
    Path("audit/sources").mkdir(parents=True)
    for name in ("0001.html", "0007.html", "notes.html"):
        Path("audit/sources", name).write_text("old", encoding="utf-8")
    told = "Error: audit/sources already exists; choose another name, or add --force to overwrite it.\n"
    assert run("news.jsonl", "--out", "audit") == (1, "", told)
    assert run("news.jsonl", "--out", "audit", "--force")[0] == 0
    assert sorted(p.name for p in Path("audit/sources").iterdir()) == ["0001.html", "notes.html"]


@pytest.fixture(scope="module")
def ferry(tmp_path_factory):
    """Audit the five articles of the examples with the built-in models."""
    out = tmp_path_factory.mktemp("ferry") / "audit"
    code, _, err = run_sayso("audit", FERRY, "--out", out)
    assert (code, err) == (
        0,
        f"Written to {out}: 5 articles; 13 named sources; 2 rows may be the same as another. Open {out / 'index.html'}.\n",
    )
    return out


def test_the_roster_in_the_docs_is_that_of_the_example(ferry):
    rows = {row["speaker"]: row for row in table(ferry / "roster.csv")}
    docs = (ROOT / "docs" / "source-audit.md").read_text(encoding="utf-8")
    shown = [[cell.strip() for cell in line.strip("|").split("|")] for line in docs.splitlines() if line.startswith("| ")]
    header = next(cells for cells in shown if cells[0] == "speaker")
    told = [dict(zip(header, cells, strict=True)) for cells in shown[shown.index(header) + 1 :] if cells[0] in rows]
    assert len(told) > 5
    for row in told:
        assert row == {column: rows[row["speaker"]][column] for column in header}


def test_a_proposal_that_is_accepted_joins_the_rows(ferry, tmp_path):
    text = (ferry / "roster.csv").read_text(encoding="utf-8")
    header, *lines = text.splitlines()
    accepted = [line + (",yes" if line.startswith("Quill,") else ",") for line in lines]
    (tmp_path / "mine.csv").write_text("\n".join([f"{header},same_as", *accepted]), encoding="utf-8")
    before = {row["speaker"]: int(row["attributions"]) for row in table(ferry / "roster.csv")}
    out = tmp_path / "again"
    code, printed, err = run_sayso("audit", FERRY, "--out", out, "--roster", tmp_path / "mine.csv")
    told = "5 articles; 12 named sources; 1 row joined; 1 row may be the same as another."
    assert (code, printed, err) == (0, "", f"Written to {out}: {told} Open {out / 'index.html'}.\n")
    after = {row["speaker"]: row for row in table(out / "roster.csv")}
    assert int(after["Andrew Quill"]["attributions"]) == before["Andrew Quill"] + before["Quill"]
    assert (after["Quill"]["attributions"], after["Quill"]["same_as"]) == ("0", "Andrew Quill")
    assert after["ITA"]["attributions"] == str(before["ITA"])  # proposed, and not accepted
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "1 row of the roster is counted with another" in page
    assert "It stays in roster.csv with 0 attributions" in page
    assert len([row for row in after.values() if row["attributions"] != "0" and row["sort"] != "unnamed"]) == 12


def test_the_lead_names_nobody_whom_a_join_could_overtake(ferry, tmp_path):
    page = (ferry / "index.html").read_text(encoding="utf-8")
    assert "13 named sources speak.</p>" in page  # Andrew Quill and Quill together say more than Clara Pell
    line = r'<a href="#proposed">2 rows may be the same source as another</a>: Quill → Andrew Quill, ITA → Island Transport'
    assert re.search(line, page)
    assert '<h2 id="proposed">' in page


def test_the_table_of_sentences_joins_with_annotations(ferry, tmp_path):
    assert run_sayso("annotate", FERRY, "--out", tmp_path / "labels.csv")[0] == 0
    labels = {(row["article"], row["n"]): row for row in table(tmp_path / "labels.csv")}
    rows = table(ferry / "sentences.csv")
    assert len(rows) > 15
    for row in rows:
        other = labels[row["article"], row["n"]]
        assert (row["start"], row["sentence"]) == (other["start"], " ".join(other["text"].split()))
    assert {(row["article"], row["title"]) for row in rows} >= {("ferry-2", "School on Tolle may close")}


SHOWN = (
    "[...document.querySelectorAll('#sources tbody tr:not([hidden])')].map(r => r.cells[0].querySelector('a').textContent)"
)


def test_sources_are_filtered_and_sorted_by_keyboard(ferry, browser):
    tab = browser.open(ferry / "index.html", width=1400)
    everybody = tab.evaluate(SHOWN)
    assert everybody[0] == "Clara Pell"
    tab.evaluate("document.querySelector('#tools input').focus()")
    tab.type("mayor")
    assert tab.evaluate(SHOWN) == ["Andrew Quill", "Quill"]
    assert tab.evaluate("document.querySelector('#tools output').textContent") == f"2 of {len(everybody)} sources"
    tab.evaluate("document.querySelector('#tools input').value = ''")
    tab.evaluate("document.querySelector('#tools input').dispatchEvent(new Event('input'))")
    tab.evaluate("document.querySelector('#sources thead button').focus()")
    tab.press("Enter")
    assert tab.evaluate(SHOWN) == sorted(everybody, key=str.lower)
    head = "document.querySelector('#sources thead th').getAttribute('aria-sort')"
    assert tab.evaluate(head) == "ascending"
    tab.press("Enter")
    assert tab.evaluate(SHOWN) == sorted(everybody, key=str.lower, reverse=True)
    assert tab.evaluate(head) == "descending"
    assert tab.evaluate("document.querySelectorAll('[aria-sort]').length") == 1


def test_sources_are_sorted_by_a_list_on_a_narrow_screen(ferry, browser):
    tab = browser.open(ferry / "index.html", width=400)
    tab.evaluate(
        "(() => { const s = document.querySelector('#tools select');"
        " s.value = [...s.options].find(o => o.text === 'paraphrased').value; s.dispatchEvent(new Event('change')); })()"
    )
    words = tab.evaluate("[...document.querySelectorAll('#sources tbody tr')].map(r => Number(r.cells[7].textContent) || 0)")
    assert words == sorted(words, reverse=True)
    assert len(set(words)) > 3


def test_without_a_script_the_whole_table_is_there(ferry, browser):
    tab = browser.open(ferry / "index.html", width=1400, script=False)
    assert tab.evaluate("document.querySelectorAll('#sources tbody tr').length") > 10
    assert not tab.evaluate("document.querySelector('#tools').checkVisibility()")


def test_the_page_fits_and_is_quiet(run, browser):
    Path("mine.csv").write_text("speaker,role\nInterior Ministry,ministry\n", encoding="utf-8")
    run("news.jsonl", "--out", "audit", "--roster", "mine.csv")
    tab = browser.open(Path("audit/index.html"))
    for width in (400, 800, 1400):
        for scheme in ("light", "dark"):
            tab.show(width, scheme=scheme)
            assert tab.problems(barriers=False) == {}, (width, scheme)


def test_months_and_first_and_last_are_by_time_whatever_the_spelling(run):
    dates = [
        "September 4, 2023 Monday",
        "Wed, 02 Aug 2023 10:00:00 GMT",
        1709550000000,
        "03/10/2023",
        "13/10/2023",
        "soon",
        "2022",
    ]
    write_rows("dates.jsonl", [{"text": f"{TEXT} Day {n}.", "date": words} for n, words in enumerate(dates)])
    code, _, err = run("dates.jsonl", "--out", "audit")
    told = "dates not understood, left out: once, at dates.jsonl:6 ('soon').\n"
    assert (code, err) == (0, f"{told}{WRITTEN.replace('6 articles', '7 articles')}")
    (ministry,) = table("audit/roster.csv")
    assert (ministry["first_date"], ministry["last_date"]) == ("2022", "2024-03-04")
    months = [(row["value"], row["articles"]) for row in table("audit/groups.csv") if row["by"] == "month"]
    assert months == [("2023-08", "1"), ("2023-09", "1"), ("2023-10", "2"), ("2024-03", "1"), ("", "2")]


def test_a_name_in_same_as_is_one_of_the_roster_or_the_articles(run):
    who = "Written to audit: "
    run("news.jsonl", "--out", "audit")
    first = table("audit/roster.csv")[0]["speaker"]
    kept = f"speaker,same_as\n{first},\nBerg,{first.upper()}\nKarl Olm,Jane Rooe\n"
    Path("mine.csv").write_text(kept, encoding="utf-8")
    code, _, told = run("news.jsonl", "--out", "audit", "--force", "--roster", "mine.csv")
    assert code == 0
    assert "same_as names 'Jane Rooe', who is neither in the roster nor in these articles; check the spelling.\n" in told
    assert first.upper() not in told.partition(who)[0]
    Path("mine.csv").write_text("speaker,same_as\nKarl Olm,jane rooe\n", encoding="utf-8")
    assert run("news.jsonl", "--out", "audit", "--force", "--roster", "mine.csv")[2] == (
        "Error: mine.csv: same_as 'jane rooe' is no name; copy it from the column speaker.\n"
    )
