"""The commands that write, each with what it reads, what it writes, and what stood there before."""

import hashlib
import json
import shlex
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fault_runs.runs import Outcome, run

ROOT = Path(__file__).resolve().parents[2]
_EXAMPLES = ROOT / "examples"
PROJECT_ARTICLES = 40
_OF_RUNS = "_sayso"  # in the folder of an archive run: notes with times
_EXPORTS = {
    "brat": "brat", "label-studio": "tasks.json", "conll": "out.conll", "conllu": "out.conllu", "csv": "out.csv",
    "parquet": "out.parquet", "jsonl": "out.jsonl", "prodigy": "prodigy.jsonl", "web-annotation": "web.jsonl",
}  # fmt: skip
_FORMATS = {
    "html": "pages",
    "csv": "a.csv",
    "json": "a.json",
    "jsonl": "a.jsonl",
    "parquet": "a.parquet",
    "brat": "standoff",
}


@dataclass(frozen=True, slots=True)
class Work:
    """A command that writes.

    Parameters
    ----------
    name : str
    words : tuple of str
        Its command line.
    targets : tuple of str
        What it writes.
    before : tuple of str or None
        The command that wrote what is there before; None where nothing is.
    again : tuple of str
        The command that is run after a disturbance: the same one, unless it goes on where it was ended.
    by_file : bool
        Each file of the output is whole by itself (a run over an archive).
    """

    name: str
    words: tuple[str, ...]
    targets: tuple[str, ...]
    before: tuple[str, ...] | None = None
    again: tuple[str, ...] = ()
    by_file: bool = False

    @property
    def only_files(self) -> bool:
        """Whether it writes a single file, which is whole at any moment."""
        return len(self.targets) == 1 and "." in self.targets[0]


def works(*, quick: bool = False) -> list[Work]:
    """Give the commands; a quick run takes one of each kind of output."""
    found = [*_annotating(), *_of_data(), *_of_models()]
    wanted = ("annotate-two", "audit", "build", "sample")
    return [work for work in found if not quick or work.name in wanted]


def _work(name: str, line: str, targets: str, before: str = "") -> Work:
    """Make a command that overwrites what another input gave, unless it is said what was there."""
    words = tuple(shlex.split(f"{line} --force"))
    old = tuple(shlex.split(before or line.replace("few.jsonl", "one.jsonl").replace(" gold ", " silver ")))
    return Work(name, words, tuple(targets.split()), old, words)


def _annotating() -> Iterator[Work]:
    for name, out in _FORMATS.items():
        yield _work(f"annotate-{name}", f"annotate few.jsonl -f {name} -o {out}", out)
    line = "annotate few.jsonl -o a.jsonl --profile p.csv --shares s.json --keep-duplicates"
    yield _work("annotate-two", line, "a.jsonl p.csv s.json")
    yield _work("annotate-jobs", "annotate few.jsonl -f html -o pages --jobs 2", "pages")
    words = ("annotate", "archive", "-f", "jsonl", "-o", "runs/", "--jobs", "2")
    yield Work("archive-jobs", words, ("runs",), None, words, by_file=True)
    words = ("annotate", "archive", "-f", "parquet", "-o", "runs/")
    yield Work("archive", words, ("runs",), None, words, by_file=True)
    yield _work("audit", "audit few.jsonl --out audit", "audit")
    yield _work("audit-outputs", "audit annotated.jsonl --out audit", "audit", "audit one.jsonl --out audit")


def _of_data() -> Iterator[Work]:
    yield _work(
        "build", "data build few.jsonl wrong.jsonl --drop -o out", "out out.dropped.jsonl", "data build few.jsonl -o out"
    )
    yield _work("prelabel", "data build few.jsonl --prelabel -o out", "out")
    yield _work("import", "data import babe babe-files -o out", "out", "data build few.jsonl -o out")
    yield _work("split", "data split gold -o out", "out", "data split silver -o out")
    yield _work("merge", "data merge anna.jsonl ben.jsonl --undecided majority -o out", "out", "data split gold -o out")
    yield _work("rules", "data rules gold --rules rules.toml -o out", "out", "data split gold -o out")
    yield _work("agree", "data agree anna.jsonl ben.jsonl --disputes d.csv", "d.csv", "data sample llm.csv --n 5 -o d.csv")
    yield _work("sample", "data sample llm.csv --n 20 -o d.csv", "d.csv", "data sample llm.csv --n 5 -o d.csv")
    yield _work("suggest", "data suggest few.jsonl --n 5 -o q.csv", "q.csv", "data suggest few.jsonl --n 2 -o q.csv")
    words = ("data", "codebook", "--new", "c.toml", "--force")
    yield Work("codebook", words, ("c.toml",), None, words)
    for name, out in _EXPORTS.items():
        targets = f"{out} tasks.xml" if name == "label-studio" else out
        line = f"data export gold -f {name} -o {out}"
        yield _work(f"export-{name}", line, targets, line.replace("gold", "silver"))
    shares = "shares llm.csv --gold anna.csv --column voice"
    yield _work("shares", f"{shares} --by outlet -o s.csv", "s.csv", f"{shares} -o s.csv")
    effects = "effects llm.csv --gold anna.csv --column voice --on"
    yield _work("effects", f"{effects} outlet,year --label official -o s.csv", "s.csv", f"{shares} -o s.csv")


def _of_models() -> Iterator[Work]:
    yield _work(
        "train",
        "train kind --data gold --no-scores -o k.sayso",
        "k.sayso",
        "train kind --data silver --no-scores -o k.sayso",
    )
    line = "evaluate kind --data gold --folds 2 --report"
    yield _work("evaluate", f"{line} report", "report", f"{line} report --seed 3")
    yield _work("evaluate-page", f"{line} r.html", "r.html r.json r.predictions.parquet", f"{line} r.html --seed 3")
    line = "compare rule plain --task kind --data gold --folds 2 --report"
    yield _work("compare", f"{line} report", "report", f"{line} report --seed 3")


def write_inputs(folder: Path) -> None:
    """Write what the commands read: the project's own examples, and invented articles."""
    folder.mkdir()
    for path in (*_EXAMPLES.glob("*.jsonl"), *(_EXAMPLES / "team").iterdir(), *(_EXAMPLES / "machine").iterdir()):
        shutil.copy(path, folder)
    rows = [json.dumps({"id": f"a{n}", "text": _article(n), "outlet": f"Paper {n % 3}"}) for n in range(3)]
    (folder / "few.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (folder / "one.jsonl").write_text(rows[0] + "\n", encoding="utf-8")
    for n in range(3):
        path = folder / "archive" / f"year={2030 + n % 2}" / f"{n}.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(rows[n % 2 : n + 1]) + ("\n{\n" if n == 1 else "\n"), encoding="utf-8")
    heading = "text;news_link;outlet;topic;type;label_bias;label_opinion;biased_words\n"
    lines = [f"The bridge of Osk is a {w} idea.;http://osk.example/{w};Osk Post;roads;left;Biased;No opinion;['{w}']\n"
             for w in ("shameful", "glorious", "stupid")]  # fmt: skip
    (folder / "babe-files" / "data").mkdir(parents=True)
    (folder / "babe-files" / "data" / "final_labels_SG2.csv").write_text(heading + "".join(lines), encoding="utf-8")
    _write_labelled(folder / "project.jsonl", PROJECT_ARTICLES)
    for name, rows_of in (("gold", 12), ("silver", 8)):
        _write_labelled(folder / f"{name}.jsonl", rows_of)
        _made(run(["data", "build", f"{name}.jsonl", "-o", name], folder), name)
    _made(run(["annotate", "few.jsonl", "-o", "annotated.jsonl"], folder), "annotated.jsonl")


def _made(outcome: Outcome, what: str) -> None:
    if outcome.code:
        raise SystemExit(f"{what} cannot be made, exit code {outcome.code}: {outcome.err[-2000:]}")


def _article(n: int) -> str:
    name = ("Ilva Tarn", "Jon Meske", "Ada Quill", "Per Osk")[n % 4]
    whose = ("police", "ministry", "union")[n % 3]
    return (
        f"The council of Osk met on day {n}. Mayor {name} said the bridge would close in May. “We have no money left,” "
        f"{name.split()[1]} told the council. According to the {whose}, {n + 2} people came. "
        "It was a shameful evening, a resident wrote."
    )


def _write_labelled(path: Path, n_articles: int) -> None:
    texts = (
        ("narrative", "The ferry to Tolm left at {n} in the morning."),
        ("quote", "“We row for {n} hours,” the ferryman said."),
        ("official_claim", "The ministry said that {n} boats would be built."),
        ("independent_assessment", "The union warned that {n} crews would strike."),
    )
    rows = [
        {"article": f"t{n}", "n": k, "text": text.format(n=n + 3), "kind": kind, "outlet": f"Paper {n % 3}"}
        for n in range(n_articles)
        for k, (kind, text) in enumerate(texts)
    ]
    path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")


def state_of(folder: Path, targets: Sequence[str]) -> dict[str, str]:
    """Give the digests of all files of some outputs; an output that is not there has none."""
    found: dict[str, str] = {}
    for target in targets:
        path = folder / target
        for file in [path] if path.is_file() else sorted(path.rglob("*")):
            name = file.relative_to(folder).as_posix()
            if file.is_file() and ".part" not in name and _OF_RUNS not in file.relative_to(folder).parts:
                found[name] = hashlib.sha256(file.read_bytes()).hexdigest()
    return found


def leftovers(folder: Path) -> list[str]:
    """Give the names of temporary files and work folders."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob(".*.part"))
