"""The folder of a report: figures, tables and texts that a paper takes, and what happens to files that are there."""

import csv
import json
import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest

from sayso.errors import SaysoError
from sayso.train.report import files
from sayso.train.report.files import check_report, kept_files, write_report
from sayso.train.report.folder import FOLDER
from sayso.train.report.printed import COUNT, INTERVAL, SHARE, TEXT, PrintedTable, slug
from sayso.train.report.sections.scores import Confusion, Scores

FIGURES = {
    "scores",
    "by-label",
    "confusion",
    "precision-recall",
    "roc",
    "calibration",
    "confidence",
    "risk-coverage",
    "learning-curve",
}


def names_in(folder):
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def test_each_figure_is_there_in_three_forms(folder):
    there = {name for name in names_in(folder) if name.startswith("figures/")}
    assert there == {f"figures/{name}.{form}" for name in FIGURES for form in ("pdf", "svg", "png")}
    assert {(folder / name).read_bytes()[:4] for name in there} == {b"%PDF", b"<?xm", b"\x89PNG"}


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_a_figure_fits_one_column_and_embeds_its_letters(folder, name):
    pdf = (folder / f"figures/{name}.pdf").read_bytes()
    width, height = map(float, re.search(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", pdf).groups())
    assert 8 <= width / 72 * 2.54 <= 9
    assert height < 1.2 * width
    assert b"/FontFile2" in pdf  # TrueType, embedded
    assert b"/Type3" not in pdf
    assert b"CreationDate" not in pdf
    svg = (folder / f"figures/{name}.svg").read_text(encoding="utf-8")
    assert "<text" not in svg  # letters are drawn: they look the same everywhere
    assert "dc:date" not in svg


def test_the_same_figures_give_the_same_bytes(evaluation, folder, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    for name, chart in {**Scores(evaluation).charts(), **Confusion(evaluation).charts()}.items():
        drawn = chart.printed()
        assert set(drawn) == {"pdf", "png", "svg"}
        assert [form for form in drawn if drawn[form] != (folder / f"figures/{name}.{form}").read_bytes()] == []


ESCAPES = re.compile(
    r"\\multicolumn\{1\}\{p\{[\d.]+\\linewidth\}\}|\\[&%$#_{}]|\\text\w+\{\}|\\allowbreak\{\}|\\,|\$[-\\a-z]+\$"
)


def rows_of(tex):
    """Give the rows of a table's body and its head as cells; fails where LaTeX would."""
    shape = re.search(r"\\begin\{tabular\}\{([lrp]+)\}", tex.replace(r"p{0.35\linewidth}", "p"))[1]
    body = tex.partition(r"\toprule")[2].partition(r"\bottomrule")[0]
    rows = [line.strip() for line in body.splitlines() if line.strip() not in ("", r"\midrule")]
    cells = []
    for row in rows:
        assert row.endswith(r" \\"), row
        plain = ESCAPES.sub("x", row[:-3])
        assert not re.search(r"[%$#_^~\\]", plain), row
        assert not plain.startswith(("[", "*"))
        cells.append([cell.strip() for cell in re.split(r"(?:^| )& ", plain)])
        assert len(cells[-1]) == len(shape), row
    return cells


def test_each_table_is_one_that_latex_reads_and_csv_has_the_same_rows(folder):
    tables = sorted((folder / "tables").glob("*.tex"))
    assert {"scores", "by-label", "by-fold", "confusion", "calibration", "learning-curve"} <= {path.stem for path in tables}
    for path in tables:
        tex = path.read_text(encoding="utf-8")
        for part in (
            r"\toprule",
            r"\midrule",
            r"\bottomrule",
            r"\caption{",
            rf"\label{{tab:kind-{path.stem}}}",
            r"\end{table}",
        ):
            assert tex.count(part) == 1, (path, part)
        assert r"\hline" not in tex
        plain = re.sub(r"\\[{}]", "", tex)
        assert plain.count("{") == plain.count("}")
        head, *body = rows_of(tex)
        with path.with_suffix(".csv").open(newline="", encoding="utf-8") as file:
            names, *rows = list(csv.reader(file))
        assert len(rows) == len(body)
        assert {len(row) for row in rows} == {len(names)}
        assert len(names) >= len(head)


def test_the_numbers_of_a_table_are_those_of_the_report(folder):
    figures = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    with (folder / "tables/by-label.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["label"] for row in rows] == [label["label"] for label in figures["labels"]]
    for row, label in zip(rows, figures["labels"], strict=True):
        assert float(row["F1"]) == pytest.approx(label["f1"], abs=1e-6)
        assert int(row["sentences"]) == label["support"]
    tex = (folder / "tables/scores.tex").read_text(encoding="utf-8")
    low, high = figures["interval"]
    assert f"the model & {figures['macro_f1']:.3f} & {low:.3f} to {high:.3f} & {figures['accuracy']:.3f} \\\\" in tex


def test_a_table_with_any_text_is_escaped():
    columns = [("[a]", TEXT), ("n", COUNT), ("x_%", SHARE), ("95 %", INTERVAL)]
    rows = [("[50 % & $x_1$] {~^\\} <b>", 1234, 0.256, (0.5, 0.6251)), ("*", None, None, None)]
    table = PrintedTable("odd", "What & why", columns, rows)
    tex = table.tex("my label")
    assert r"\label{tab:my-label-odd}" in tex
    assert r"\caption{What \& why}" in tex
    assert r"{[}a] & n & x\_\% & 95 \% \\" in tex
    first = r"{[}50 \% \& \$x\_1\$] \{\textasciitilde{}\textasciicircum{}\textbackslash{}\} \textless{}b\textgreater{}"
    assert rf"{first} & 1,234 & 25.6\,\% & 0.500 to 0.625 \\" in tex
    assert r"{*} & -- & -- & -- \\" in tex
    assert table.csv() == ('[a],n,x_%,"95 %, low","95 %, high"\n[50 % & $x_1$] {~^\\} <b>,1234,0.256,0.5,0.6251\n*,,,,\n')


def test_long_labels_get_a_column_of_a_fixed_width_in_which_any_word_breaks():
    long = "official claim of a ministry that nobody else has confirmed"
    tex = PrintedTable("odd", "Any", [("label", TEXT), (long, COUNT)], [("x_" * 20, 1)]).tex("kind")
    assert r"\begin{tabular}{p{0.35\linewidth}r}" in tex
    assert (
        r"    x\_x\_x\_x\_x\_x\_\allowbreak{}x\_x\_x\_x\_x\_x\_\allowbreak{}x\_x\_x\_x\_x\_x\_\allowbreak{}x\_x\_ & 1 \\"
        in tex
    )
    assert (
        r"label & \multicolumn{1}{p{0.15\linewidth}}{official claim of a ministry that nobody else has confirmed} \\" in tex
    )
    assert rows_of(tex) == [["label", f"x{{{long}}}"], ["x" * 43, "1"]]


def test_the_comment_of_a_table_says_what_its_letters_need():
    def comments(label):
        tex = PrintedTable("odd", "Any – “caption”", [("label", TEXT)], [(label,)]).tex("kind")
        return [line for line in tex.splitlines() if line.startswith("%")]

    assert comments("naïve, 5 €") == [r"% Needs \usepackage{booktabs}."]
    assert comments("мир 中文") == [
        r"% Needs \usepackage{booktabs}.",
        "% Has characters that pdflatex does not set as it is (и м р 中 文): run xelatex or lualatex,",
        r"% with \usepackage{fontspec} and \setmainfont{a font that has them, such as a Noto font}.",
    ]


def test_columns_whose_names_come_to_the_same_have_files_of_their_own(folder):
    assert (slug("a b"), slug("a_b"), slug("声")) == ("a-b", "a-b", "x")
    slices = sorted(path.stem for path in (folder / "tables").glob("slices-*.csv"))
    assert slices == [
        "slices-1-outlet", "slices-2-date", "slices-3-length", "slices-4-quotation", "slices-5-source-type", "slices-6-desk"
    ]  # fmt: skip


def test_the_methods_have_two_paragraphs_with_the_numbers_of_the_run(folder):
    text = (folder / "methods.txt").read_text(encoding="utf-8")
    figures = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    first, second = text.rstrip("\n").split("\n\n")
    assert f"SHA-256 of the content: {figures['data']['digest'][:12]}…" in first
    assert "144 sentences in 16 articles" in first
    assert "3 folds, stratified by label and grouped: all sentences of an article" in first
    assert "2 repeats with the seeds 0 to 1" in first
    assert "2 groups of desk were held out as a whole, in 2 rounds" in first
    for label in figures["labels"]:
        assert f"{label['label']} ({label['support']})" in first
    assert "Platt scaling" in second
    assert "2,000 bootstrap draws of whole articles" in second
    assert "15 bins of equal width" in second
    assert f"agreement (Cohen's kappa) is {figures['human']['kappa']:.3f}" in second
    assert f"scikit-learn {figures['versions']['scikit-learn']}" in second


def test_the_references_are_those_of_what_was_used(folder):
    keys = re.findall(r"^@\w+\{(\w+),$", (folder / "references.bib").read_text(encoding="utf-8"), re.MULTILINE)
    assert keys == sorted(keys)
    assert {"sayso", "pedregosa2011scikit", "platt1999probabilistic", "field2007bootstrapping", "cohen1960coefficient"} <= {
        *keys
    }
    assert "nadeau2003inference" not in keys  # nothing was compared


class Links(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.links, self.order = set(), []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        about = dict(attrs)
        if tag == "a" and not about["href"].startswith("#"):
            self.links.add(about["href"])
        if tag == "section":
            self.order.append(about["id"])


def test_the_page_lists_every_file_and_begins_with_the_scores(folder):
    page = (folder / "index.html").read_text(encoding="utf-8")
    outline = Links(page)
    assert outline.links == names_in(folder)
    assert outline.order[:2] == ["scores", "trust"]
    assert outline.order[-1] == "about"
    assert page.index("SHA-256") > page.index('id="sentences"')
    assert json.loads((folder / "report.json").read_text(encoding="utf-8"))[FOLDER][0] == "index.html"


@pytest.mark.parametrize(("scheme", "media"), [("light", "screen"), ("dark", "screen"), ("light", "print")])
def test_the_page_of_a_folder_fits_any_window(browser, folder, scheme, media):
    shown = browser.open(folder / "index.html", scheme=scheme, media=media)
    for width in (400, 800, 1400):
        shown.call("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=width < 600)
        assert shown.overflow() == 0, width
    assert shown.errors() == shown.requests() == []
    shown.close()


@pytest.mark.parametrize(
    ("width", "scheme", "media"), [(400, "dark", "screen"), (800, "light", "screen"), (1400, "light", "print")]
)
def test_the_page_of_a_folder_keeps_nobody_out(browser, folder, width, scheme, media):
    shown = browser.open(folder / "index.html", width=width, scheme=scheme, media=media)
    assert shown.barriers() == []
    shown.close()


def test_a_folder_is_never_half_there(evaluation, articles, tmp_path, monkeypatch):
    def fail(*_):
        raise RuntimeError("out of paint")

    monkeypatch.setattr(files, "paper_files", lambda *_: {"tables/scores.tex": b"x"})
    monkeypatch.setattr(files, "compute_sections", lambda *_: [])
    monkeypatch.setattr(files, "report_page", fail)
    with pytest.raises(RuntimeError, match="out of paint"):
        write_report(tmp_path / "new", evaluation, articles, "sayso evaluate kind")
    assert list(tmp_path.iterdir()) == []


def test_only_a_reports_own_files_are_overwritten(folder, tmp_path):
    import shutil

    there = tmp_path / "kind-report"
    shutil.copytree(folder, there)
    with pytest.raises(SaysoError, match=r"kind-report holds a report; choose another --report, or add --force"):
        check_report(there, force=False)
    (there / ".DS_Store").touch()
    check_report(there, force=True)
    (there / "tables" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(SaysoError, match=r"no part of a report \(tables/notes\.txt\); they would be lost\. Choose another"):
        check_report(there, force=True)


def test_places_that_are_no_folder_for_a_report_are_refused(tmp_path, monkeypatch):
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    with pytest.raises(SaysoError, match=r"taken: this is a file; name a folder, or a page that ends in \.html\.$"):
        check_report(tmp_path / "taken", force=True)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.tex").touch()
    with pytest.raises(SaysoError, match=r"mine holds files that are no part of a report \(thesis\.tex\)"):
        check_report(tmp_path / "mine", force=True)
    with pytest.raises(SaysoError, match=r"--report /: this is no place for a report; name a new folder, such as"):
        check_report(tmp_path.__class__("/"), force=True)
    (tmp_path / "empty").mkdir()
    check_report(tmp_path / "empty", force=False)
    monkeypatch.chdir(tmp_path / "empty")
    with pytest.raises(SaysoError, match=r"--report \.: you are in this folder; name another one"):
        check_report(tmp_path.__class__("."), force=False)


def test_a_report_is_found_by_its_folder_its_page_and_its_figures(folder, report):
    for path in (folder, folder / "index.html", folder / "report.json"):
        assert kept_files(path)["predictions"] == folder / "predictions.parquet"
    for path in (report, report.with_suffix(".json")):
        assert kept_files(path)["predictions"] == report.with_name("predictions.parquet")


def test_matplotlib_is_imported_for_reports_only():
    code = "import sys, sayso.train.report.files, sayso.train.report.kept; print('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
