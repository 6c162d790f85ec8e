"""Whether the probe of shipped models notices when the code that they look through changes.

Changes every function of that code, one thing at a time: a comparison, a number, a list of words, a pattern, what is
returned. For each change the probe (``train/probe.py``) is taken again, in a process of its own, article by article until
something differs. A change that makes no difference is one that could slip into a release and leave the shipped models
stale: it is printed, so that an article can be added to ``train/probe_articles``, or a reason to ``probe-reasons.tsv``
beside this file. The exit code is 1 if there is a function of which no change is noticed and no reason is given.

    python benchmarks/probe_mutations.py            # a quarter of an hour on two cores
    python benchmarks/probe_mutations.py kinds      # only modules with "kinds" in their name
"""

import argparse
import ast
import copy
import csv
import gc
import hashlib
import importlib
import importlib.abc
import importlib.util
import os
import re
import signal
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import CodeType, FrameType, ModuleType
from typing import Any, NamedTuple


def reasons(table: str) -> Iterator[dict[str, str]]:
    """Read why changes may go unnoticed: those without effect, functions that make no feature, modules that are not seen."""
    with Path(__file__).with_name("probe-reasons.tsv").open(encoding="utf-8", newline="") as file:
        yield from (row for row in csv.DictReader(file, delimiter="\t") if row["table"] == table)


WITHOUT_EFFECT = {(row["module"], row["function"], row["before"]): row["reason"] for row in reasons("without effect")}
NO_FEATURE = {(row["module"], row["function"]): row["reason"] for row in reasons("no feature")}
NOT_SEEN = {row["module"]: row["reason"] for row in reasons("not seen")}
FOLDERS = (
    "classify.language",
    "classify.entities",
    "classify.attribution",
    "classify.kinds",
    "classify.stance_bias",
    "classify.linear",
)
IN_TEXT = (
    "abbreviations boundaries dash_speech datelines furniture_patterns line_breaks notes single_marks usual_marks".split()
)
MODULES = tuple(
    f"data.articles.{name}" for name in ("sentences", "furniture", "quotation_marks", *(f"text.{name}" for name in IN_TEXT))
)
PROBE = "sayso.train.probe"
OUTSIDE = 3  # times as many changes in what stands outside of functions as in one function
CHECKS = frozenset({"strict"})  # arguments that only refuse what does not happen
TOO_LONG = 60  # seconds; a change that makes a loop endless is noticed too
UNNOTICED = "UNNOTICED"
NEVER = "(?!)"  # a pattern that matches nothing
PATTERN = re.compile(r"\\[bdsSwWZ]|\(\?|\[[^]]+\]")  # what tells a pattern from other text
FLIPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}


class Change(NamedTuple):
    """One thing to change: the ``number``-th node of a module, in a function (empty outside) and in a statement's lines."""

    module: str
    function: str
    line: int
    number: int
    before: str
    after: str
    statement: range

    @property
    def reason(self) -> str:
        """Tell why it may go unnoticed; empty where nobody said so."""
        module = self.module.removeprefix("sayso.")
        every = WITHOUT_EFFECT.get((module, self.function, ""), "")
        return WITHOUT_EFFECT.get((module, self.function, self.before), every)


def modules() -> list[str]:
    """Name the modules that make what models see."""
    listed = [f"sayso.{name}" for name in MODULES]
    for folder in FOLDERS:
        path = Path(importlib.import_module(f"sayso.{folder}").__path__[0])
        listed += [f"sayso.{folder}.{p.stem}" for p in sorted(path.glob("*.py")) if p.stem != "__init__"]
    return [name for name in listed if name.removeprefix("sayso.") not in NOT_SEEN]


def source_tree(module: str) -> ast.Module:
    """Parse a module."""
    return ast.parse(Path(file_of(module)).read_text(encoding="utf-8"))


def file_of(module: str) -> str:
    """Tell where a module stands, without running it."""
    spec = importlib.util.find_spec(module)
    assert spec is not None
    assert spec.origin is not None
    return spec.origin


def changes(module: str, most: int) -> list[Change]:
    """List what is changed in a module: at most so much in each function, evenly spread."""
    return [
        one
        for function, possible in possible_changes(module).items()
        if (module.removeprefix("sayso."), function) not in NO_FEATURE
        for one in spread(possible, most if function else OUTSIDE * most)
    ]


def possible_changes(module: str) -> dict[str, list[Change]]:
    """List all that can be changed in a module, by function; a function's whole body only where nothing else can be."""
    by_function: dict[str, list[Change]] = {}
    bodies: dict[str, Change] = {}
    for number, (node, function, statement) in enumerate(nodes(source_tree(module))):
        changed = change(copy.deepcopy(node))
        if changed is None:
            continue
        one = Change(module, function, node.lineno, number, *changed, statement)
        if isinstance(node, ast.FunctionDef):
            bodies[function] = one
        else:
            by_function.setdefault(function, []).append(one)
    return {function: [one] for function, one in bodies.items() if function not in by_function} | by_function


def functions(module: str) -> list[str]:
    """Name the functions of a module, methods with their class."""
    return [function for node, function, _ in nodes(source_tree(module)) if isinstance(node, ast.FunctionDef)]


def spread(found: Sequence[Change], most: int) -> list[Change]:
    """Take at most so many, at even steps."""
    n = min(len(found), most)
    return [found[i * len(found) // n] for i in range(n)]


def nodes(tree: ast.AST, function: str = "", statement: range = range(0)) -> Iterator[tuple[Any, str, range]]:
    """Yield every node that runs, with its function and the lines of its statement; no docstrings, no annotations."""
    for name, value in ast.iter_fields(tree):
        if name in {"annotation", "returns", "format_spec", "decorator_list"}:
            continue
        for node in value if isinstance(value, list) else [value]:
            if not isinstance(node, ast.AST) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
                continue
            if isinstance(node, ast.keyword) and node.arg in CHECKS:
                continue
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
                continue
            within, lines = function, statement
            if isinstance(node, ast.FunctionDef):
                within = f"{function}.{node.name}".lstrip(".")
            elif isinstance(node, ast.ClassDef):
                within = node.name
            if isinstance(node, ast.stmt):
                lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
            yield node, within, lines
            if not (is_word_list(node) or is_pattern(node)):  # these are changed as a whole
                yield from nodes(node, within, lines)


def is_word_list(node: ast.AST) -> bool:
    """Tell a set, list or tuple of words."""
    if not isinstance(node, ast.Set | ast.List | ast.Tuple):
        return False
    words = [x.value for x in node.elts if isinstance(x, ast.Constant) and isinstance(x.value, str)]
    n_others = sum(not isinstance(x, ast.Constant | ast.Starred) for x in node.elts)
    return len(words) > 1 and not n_others and not any(map(PATTERN.search, words))


def is_pattern(node: ast.AST) -> bool:
    """Tell a call of the module `re` with a pattern written out, or a pattern with parts filled in."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(x, ast.Constant) and PATTERN.search(x.value) for x in node.values)
    if not (isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.")):
        return False
    return bool(node.args) and isinstance(node.args[0], ast.Constant | ast.JoinedStr)


def change(node: Any) -> tuple[str, str] | None:
    """Change a node in place, and give its code before and after; None where there is nothing to change."""
    if isinstance(node, ast.FunctionDef):
        node.body = [ast.Pass()]
        return f"def {node.name}", "pass"
    if isinstance(node, ast.If | ast.IfExp | ast.While) and isinstance(node.test, ast.Name | ast.Call | ast.UnaryOp):
        before = ast.unparse(node.test)
        node.test = ast.UnaryOp(ast.Not(), node.test)
        return short(f"if {before}"), short(f"if not {before}")
    before = ast.unparse(node)
    if change_operator(node) or change_literal(node):
        return short(before), short(ast.unparse(node))
    return None


def change_operator(node: Any) -> bool:
    """Turn a comparison, sum or condition round, or return nothing; False where the node is none of these."""
    if isinstance(node, ast.Compare):
        node.ops[0] = FLIPPED[type(node.ops[0])]()
    elif isinstance(node, ast.BoolOp):
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        node.op = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
    elif isinstance(node, ast.Return | ast.Yield) and ast.unparse(node) not in {"return", "return None", "return False"}:
        node.value = ast.Constant(None)
    else:
        return False
    return True


def change_literal(node: Any) -> bool:
    """Put another pattern, list of words, number or text in place of one; False where the node is none of these."""
    if isinstance(node, ast.JoinedStr) and is_pattern(node):
        node.values = [ast.Constant(NEVER)]
    elif is_pattern(node):
        node.args[0] = ast.Constant(NEVER)
    elif is_word_list(node):
        for word in [x for x in node.elts if isinstance(x, ast.Constant)]:
            word.value = other_value(word.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool | int | float | str):
        node.value = other_value(node.value)
    else:
        return False
    return True


def other_value(value: bool | float | str) -> bool | float | str:
    """Give a value that is a little different."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return other_text(value)
    return value + max(1, value // 10) if isinstance(value, int) else value * 1.5 or 0.1


def other_text(text: str) -> str:
    """Change every word of a text; keep the first half of several marks."""
    if PATTERN.search(text):
        return NEVER
    if re.search(r"\w", text):
        return re.sub(r"\w+", r"\g<0>x", text)
    return text[: len(text) // 2] or "x"


def short(text: str) -> str:
    """Shorten what is printed of code."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:30]} … {line[-27:]}"


class Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module with a change in it to whoever imports it."""

    def __init__(self, module: str, code: CodeType) -> None:
        self._module, self._code = module, code

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """Find the changed module; no other."""
        return ModuleSpec(fullname, self) if fullname == self._module else None

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed code."""
        exec(self._code, vars(module))


class Importers:
    """Which of our modules import which, at first hand or not."""

    def __init__(self) -> None:
        self._imported: dict[str, set[str]] = {}
        for name in [name for name in sys.modules if name.startswith("sayso.")]:
            if hasattr(sys.modules[name], "__file__"):
                self._imported[name] = set(self._imports(name))

    def _imports(self, name: str) -> Iterator[str]:
        package = sys.modules[name].__package__
        for node in ast.walk(source_tree(name)):
            if isinstance(node, ast.ImportFrom):
                base = importlib.util.resolve_name("." * node.level + (node.module or ""), package)
                yield from (base, *(f"{base}.{alias.name}" for alias in node.names))

    def of(self, module: str) -> set[str]:
        """Name the module and all that import it."""
        found = {module}
        while more := {name for name, imported in self._imported.items() if imported & found} - found:
            found |= more
        return found


def digests(raw_model: Any) -> Iterator[str]:
    """Give the probe bit by bit."""
    files: Any = importlib.import_module("sayso.classify.model_files.files")  # "from … import" would give the old one
    files.read_model = lambda path: raw_model
    for number, parts in enumerate(importlib.import_module(PROBE).article_parts(files.load(""))):
        for name, part in parts:
            yield f"{number} {name} {hashlib.sha256(part.encode('utf-8', 'surrogatepass')).hexdigest()}"


def is_noticed(one: Change, purged: set[str], raw_model: Any, expected: Sequence[str]) -> bool:
    """Take the probe with a change, in a forked process."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
    signal.alarm(TOO_LONG)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    try:
        tree = source_tree(one.module)
        change(next(node for number, (node, *_) in enumerate(nodes(tree)) if number == one.number))
        code = compile(ast.fix_missing_locations(tree), one.module, "exec")
        for name in purged:
            sys.modules.pop(name, None)
        sys.meta_path.insert(0, Changed(one.module, code))
        for now, before in zip(digests(raw_model), expected, strict=True):
            if now != before:
                os._exit(1)
    except BaseException:
        os._exit(2)
    os._exit(0)


def lines_run(raw_model: Any) -> set[tuple[str, int]]:
    """Take the probe, and give the file and number of every line of the modules that ran."""
    files = {file_of(name) for name in modules()}
    found: set[tuple[str, int]] = set()

    def trace(frame: FrameType, event: str, _: object) -> Any:
        if frame.f_code.co_filename not in files:
            return None
        found.add((frame.f_code.co_filename, frame.f_lineno))
        return trace

    sys.settrace(trace)
    list(digests(raw_model))
    sys.settrace(None)
    return found


class Results(NamedTuple):
    """What came of the changes to one module: which were noticed, and what is printed of the others."""

    module: str
    noticed: list[Change]
    unnoticed: list[tuple[Change, str]]

    def show(self) -> None:
        """Print the module's figures and the changes that went unnoticed."""
        n_noticed, n_excused = len(self.noticed), sum(why != UNNOTICED for _, why in self.unnoticed)
        n_tried = n_noticed + len(self.unnoticed)
        print(f"{self.module.removeprefix('sayso.')}\t{n_noticed} of {n_tried}, {n_excused} with a reason", flush=True)
        for one, why in self.unnoticed:
            print(f"    {one.line}\t{one.function or '(module)'}\t{one.before} → {one.after}\t{why}", flush=True)

    def functions_left(self) -> list[str]:
        """Name the functions of which no change was noticed, and no reason is given."""
        excused = {one.function for one, _ in self.unnoticed if one.reason}
        covered = {one.function for one in self.noticed} | excused
        name = self.module.removeprefix("sayso.")
        return [f"{name}.{f}" for f in functions(self.module) if f not in covered and (name, f) not in NO_FEATURE]


class Bench(NamedTuple):
    """What changes are tried against: the shipped model, the lines that the probe runs, and the probe bit by bit."""

    raw_model: Any
    lines: set[tuple[str, int]]
    expected: list[str]
    importers: Importers

    @classmethod
    def of_today(cls) -> "Bench":
        """Take the probe of the code as it is."""
        from sayso.classify.model_files.container import read_model
        from sayso.classify.model_files.shipped import shipped_model

        path = shipped_model("attribution")
        assert path is not None
        raw_model = read_model(path)
        lines = lines_run(raw_model)  # before anything is imported or remembered
        return cls(raw_model, lines, list(digests(raw_model)), Importers())

    def results(self, module: str, most: int, jobs: int) -> Results:
        """Try the changes to a module."""
        planned, purged, file = changes(module, most), self.importers.of(module), file_of(module)

        def runs(one: Change) -> bool:
            return any((file, line) in self.lines for line in one.statement)

        def is_seen(one: Change) -> bool:
            return runs(one) and is_noticed(one, purged, self.raw_model, self.expected)

        with ThreadPoolExecutor(jobs) as pool:
            seen = list(pool.map(is_seen, planned))
        unnoticed = [one for one, was_noticed in zip(planned, seen, strict=True) if not was_noticed]
        explained = [(one, one.reason or (UNNOTICED if runs(one) else "never runs")) for one in unnoticed]
        return Results(module, [one for one in planned if one not in unnoticed], explained)


def stale_reasons() -> list[str]:
    """List the entries of ``probe-reasons.tsv`` whose function or code no longer exists."""
    stale = [f"{module}.{function}" for module, function in NO_FEATURE if function not in functions(f"sayso.{module}")]
    for module, function, before in WITHOUT_EFFECT:
        possible = possible_changes(f"sayso.{module}").get(function, [])
        if before not in {"" if possible else None, *(one.before for one in possible)}:
            stale.append(f"{module}.{function or '(module)'}: {before}")
    return stale


def main() -> None:
    """Change, look, and print what went unnoticed."""
    parser = argparse.ArgumentParser(description="Mutation test of the probe of shipped models.")
    parser.add_argument("only", nargs="*", help="parts of the names of the modules to change")
    parser.add_argument("--most", type=int, default=2, help="changes in a function at most; thrice as many outside")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    if stale := stale_reasons():
        parser.error("no longer to be found: " + "; ".join(stale))
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")  # forked processes must not wait for threads
    bench = Bench.of_today()
    gc.freeze()
    results = []
    for module in modules():
        if not asked.only or any(part in module for part in asked.only):
            results.append(bench.results(module, asked.most, asked.jobs))
            results[-1].show()
    n_noticed, n_unnoticed = sum(len(r.noticed) for r in results), sum(len(r.unnoticed) for r in results)
    print(f"noticed\t{n_noticed} of {n_noticed + n_unnoticed}")
    left = [function for r in results for function in r.functions_left()]
    print("functions without a noticed change\t" + (", ".join(left) or "none"))
    sys.exit(1 if left else 0)


if __name__ == "__main__":
    main()
