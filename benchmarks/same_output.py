"""Does a build give the same bytes as the one before? Runs the commands on real and on own data, and compares.

    python benchmarks/same_output.py SHARED OUT --sayso PATH            # of the build before
    python benchmarks/same_output.py SHARED OUT2 --sayso PATH --against OUT

SHARED holds ``articles`` and ``corpora``. Each command writes into OUT; with ``--against`` every file that differs, lacks or
is new is listed, and the exit code is 1 where there is any. ``--only NAME`` runs the commands whose name begins with NAME.
"""

import argparse
import filecmp
import os
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
CORPORA = ("polnear", "babe", "basil", "semeval2016", "gwsd", "ukraine-news-bias", "news-discourse")
EXCHANGE = ("label-studio", "prodigy", "brat", "conll", "web-annotation", "csv", "parquet", "jsonl")
SUFFIX = {"csv": ".csv", "parquet": ".parquet", "brat": "", "label-studio": ".json", "conll": ".conll"}
RULES = '[[rule]]\nname = "according"\ncolumn = "kind"\nlabel = "official_claim"\npattern = "according to"\n'


def commands(shared: Path, out: Path) -> dict[str, list[str]]:
    """Name each command; ``>`` before a file takes its standard output."""
    articles, news = shared / "articles", shared / "articles" / "news-500.jsonl"
    scraped, few = out / "scraped.txt", out / "few.jsonl"
    scraped.write_bytes((HERE / "examples" / "scraped.txt").read_bytes())
    few.write_text("".join(news.read_text(encoding="utf-8").splitlines(keepends=True)[:40]), encoding="utf-8")
    (out / "rules.toml").write_text(RULES, encoding="utf-8")
    targets = ["--target", "Ukraine=Kyiv", "--target", "Russia"]
    named: dict[str, list[str]] = {
        "annotate-all": ["annotate", str(scraped), str(articles), *targets, "-o", f"{out}/all.jsonl"],
        "annotate-shares": [
            "annotate",
            str(few),
            "-o",
            f"{out}/few.csv",
            "--shares",
            f"{out}/shares.json",
            "--by",
            "outlet",
        ],
        "annotate-profile": ["annotate", str(few), "-o", f"{out}/few.json", "--profile", f"{out}/profile.csv"],
        "annotate-parquet": ["annotate", str(few), *targets, "-o", f"{out}/few.parquet"],
        "annotate-html": ["annotate", str(few), *targets, "-f", "html", "-o", f"{out}/pages"],
        "annotate-page": ["annotate", str(scraped), "-o", f"{out}/scraped.html"],
        "annotate-brat": ["annotate", str(few), "-f", "brat", "-o", f"{out}/brat"],
        "annotate-terminal": ["annotate", str(scraped), *targets, ">", f"{out}/scraped.terminal"],
        "annotate-compare": [
            "annotate",
            str(scraped),
            f"{articles}/kharkiv-scraped.txt",
            "--compare",
            ">",
            f"{out}/two.terminal",
        ],
        "audit": ["audit", str(few), "--out", f"{out}/audit", "--by", "topic"],
        "build-annotated": ["data", "build", f"{out}/all.jsonl", "-o", f"{out}/built-annotated"],
        "build-page": ["data", "build", f"{out}/pages", "-o", f"{out}/built-pages"],
        "build-prelabel": ["data", "build", str(scraped), "--prelabel", "-o", f"{out}/prelabelled"],
        "suggest": ["data", "suggest", str(few), "--n", "30", "-o", f"{out}/queue.csv"],
        "show": ["data", "show", "--examples", "2", ">", f"{out}/show.txt"],
        "check": ["data", "check", f"{out}/prelabelled", ">", f"{out}/check.txt"],
    }
    for corpus in CORPORA:
        named[f"import-{corpus}"] = [
            "data",
            "import",
            corpus,
            str(shared / "corpora" / corpus),
            "-o",
            f"{out}/corpus-{corpus}",
        ]
    for form in EXCHANGE:
        file = f"{out}/export-{form}" + SUFFIX.get(form, ".jsonl")
        named[f"export-{form}"] = ["data", "export", f"{out}/built-annotated", "-f", form, "-o", file]
        named[f"reread-{form}"] = ["data", "build", file, "-o", f"{out}/reread-{form}"]
    named |= {
        "unlikely": ["data", "check", f"{out}/reread-csv", "--unlikely", "20", ">", f"{out}/unlikely.txt"],
        "split": ["data", "split", f"{out}/built-annotated", "-o", f"{out}/split"],
        "rules": ["data", "rules", f"{out}/built-annotated", "--rules", f"{out}/rules.toml", ">", f"{out}/rules.txt"],
        "agree": ["data", "agree", f"{out}/export-csv.csv", f"{out}/few.csv", ">", f"{out}/agree.txt"],
        "babe": ["evaluate", "bias", "--data", f"{out}/corpus-babe", "--json", ">", f"{out}/evaluate-babe.json"],
        "semeval": [
            "evaluate",
            "stance",
            "--data",
            f"{out}/corpus-semeval2016",
            "--json",
            ">",
            f"{out}/evaluate-semeval.json",
        ],
        "train-babe": ["train", "bias", "--data", f"{out}/corpus-babe", "-o", f"{out}/babe.sayso"],
        "babe-applied": ["annotate", str(few), "--model", f"{out}/babe.sayso", "-o", f"{out}/by-babe.jsonl"],
        "report-kind": ["evaluate", "kind", "--seed", "1", "--report", f"{out}/report.html"],
        "compare": ["compare", "rule", "plain", "--task", "kind", "--seed", "1", "--json", ">", f"{out}/compare.json"],
    }
    for task in ("kind", "source_type", "stance", "bias", "attribution"):
        named[f"evaluate-{task}"] = ["evaluate", task, "--seed", "1", "--json", ">", f"{out}/evaluate-{task}.json"]
    return named


def run(named: dict[str, list[str]], sayso: str, out: Path) -> None:
    """Run each command, and keep what it said; an output folder of an earlier run is in the way, so take a new one."""
    env = {**os.environ, "COLUMNS": "120", "SOURCE_DATE_EPOCH": "0"}
    for name, words in named.items():
        start = time.perf_counter()
        file = words[words.index(">") + 1] if ">" in words else None
        done = subprocess.run(
            [sayso, *(words[: words.index(">")] if file else words)], capture_output=True, env=env, stdin=subprocess.DEVNULL
        )
        if file:
            Path(file).write_bytes(done.stdout)
        (out / f"{name}.said").write_bytes(f"exit {done.returncode}\n".encode() + done.stdout[-4000:] + done.stderr)
        print(f"{name:24}exit {done.returncode}  {time.perf_counter() - start:6.1f} s", flush=True)


def compare(old: Path, new: Path, whole: bool) -> int:
    """List the files that differ, and with ``whole`` those that are not there any more."""
    there = [new, old] if whole else [new]
    names = sorted({str(p.relative_to(root)) for root in there for p in root.rglob("*") if p.is_file()})
    wrong = [name for name in names if not same(old, new, name)]
    for name in wrong:
        print("differs:", name)
    print(f"{len(names) - len(wrong)} of {len(names)} files are the same")
    return bool(wrong)


def same(old: Path, new: Path, name: str) -> bool:
    """Compare a file, but for the folder's own name in it."""
    a, b = old / name, new / name
    if not (a.is_file() and b.is_file()):
        return False
    return filecmp.cmp(a, b, shallow=False) or a.read_bytes().replace(bytes(old), b"OUT") == b.read_bytes().replace(
        bytes(new), b"OUT"
    )


def main() -> None:
    """Run what is asked for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("shared", type=Path)
    asked.add_argument("out", type=Path)
    asked.add_argument("--sayso", default="sayso")
    asked.add_argument("--against", type=Path)
    asked.add_argument("--only", default="")
    given = asked.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    given.out = given.out.resolve()
    named = {
        name: words for name, words in commands(given.shared.resolve(), given.out).items() if name.startswith(given.only)
    }
    run(named, given.sayso, given.out)
    if given.against:
        sys.exit(compare(given.against.resolve(), given.out, not given.only))


if __name__ == "__main__":
    main()
