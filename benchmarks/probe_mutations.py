"""Whether the probe of shipped models notices when the code that they look through changes.

Changes every function of that code, one small thing at a time: a comparison, a number, a word, what is returned. For each
change the probe (``train/probe.py``) is taken again, in a process of its own, article by article until something differs.
A change that makes no difference is one that could slip into a release and leave the shipped models stale: it is printed,
so that an article can be added to ``train/probe_articles``, or a reason to the tables at the end of this file.

    python benchmarks/probe_mutations.py            # half an hour of processor time
    python benchmarks/probe_mutations.py kinds      # only modules with "kinds" in their name
"""

import argparse
import ast
import copy
import gc
import hashlib
import importlib
import importlib.abc
import importlib.util
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import CodeType, FrameType, ModuleType
from typing import Any, NamedTuple

FOLDERS = ("classify.language", "classify.attribution", "classify.kinds", "classify.stance_bias", "classify.linear")
MODULES = tuple(f"data.articles.{name}" for name in ("sentences", "boundaries", "furniture", "quotation_marks"))
PROBE = "sayso.train.probe"
OUTSIDE = 3  # times as many changes in what stands outside of functions as in one function
CHECKS = frozenset({"strict"})  # arguments that only refuse what does not happen
TOO_LONG = 60  # seconds; a change that makes a loop endless is noticed too
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
    by_function: dict[str, list[Change]] = {}
    for number, (node, function, statement) in enumerate(nodes(source_tree(module))):
        changed = change(copy.deepcopy(node))
        if changed and (module.removeprefix("sayso."), function) not in NO_FEATURE:
            found = Change(module, function, node.lineno, number, *changed, statement)
            by_function.setdefault(function, []).append(found)
    return [one for name, found in by_function.items() for one in spread(found, most if name else OUTSIDE * most)]


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
            within, lines = function, statement
            if isinstance(node, ast.FunctionDef):
                within = f"{function}.{node.name}".lstrip(".")
            elif isinstance(node, ast.ClassDef):
                within = node.name
            if isinstance(node, ast.stmt):
                lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
            yield node, within, lines
            yield from nodes(node, within, lines)


def change(node: Any) -> tuple[str, str] | None:
    """Change a node in place, and give its code before and after; None where there is nothing to change."""
    before = ast.unparse(node)
    if isinstance(node, ast.Compare):
        node.ops[0] = FLIPPED[type(node.ops[0])]()
    elif isinstance(node, ast.BoolOp):
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        node.op = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
    elif isinstance(node, ast.Return | ast.Yield) and node.value is not None and before != "return None":
        node.value = ast.Constant(None)
    elif isinstance(node, ast.If | ast.IfExp | ast.While) and isinstance(node.test, ast.Name | ast.Call | ast.UnaryOp):
        before = ast.unparse(node.test)
        node.test = ast.UnaryOp(ast.Not(), node.test)
        return short(f"if {before}"), short(f"if not {before}")
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool | int | float | str):
        node.value = other_value(node.value)
    else:
        return None
    return short(before), short(ast.unparse(node))


def other_value(value: bool | float | str) -> bool | float | str:
    """Give a value that is a little different."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return value + "x"
    return value + max(1, value // 10) if isinstance(value, int) else value * 1.1 or 0.1


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


def main() -> None:
    """Change, look, and print what went unnoticed."""
    parser = argparse.ArgumentParser(description="Mutation test of the probe of shipped models.")
    parser.add_argument("only", nargs="?", default="", help="part of the names of the modules to change")
    parser.add_argument("--most", type=int, default=8, help="changes in a function at most")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")  # forked processes must not wait for threads
    from sayso.classify.model_files.container import read_model
    from sayso.classify.model_files.shipped import shipped_model

    path = shipped_model("attribution")
    assert path is not None
    raw_model = read_model(path)
    ran = lines_run(raw_model)  # before anything is imported or remembered
    expected = list(digests(raw_model))
    importers = Importers()
    gc.freeze()
    total = noticed = 0
    for module in modules():
        if asked.only not in module:
            continue
        planned, purged, file = changes(module, asked.most), importers.of(module), file_of(module)

        def is_seen(one: Change, purged: set[str] = purged, file: str = file) -> bool:
            return any((file, line) in ran for line in one.statement) and is_noticed(one, purged, raw_model, expected)

        with ThreadPoolExecutor(asked.jobs) as pool:
            seen = list(pool.map(is_seen, planned))
        total, noticed = total + len(seen), noticed + sum(seen)
        print(f"{module.removeprefix('sayso.')}\t{sum(seen)} of {len(seen)}", flush=True)
        for one, was_noticed in zip(planned, seen, strict=True):
            if not was_noticed:
                runs = "" if any((file, line) in ran for line in one.statement) else "never runs"
                told = one.reason or runs or "UNNOTICED"
                print(f"    {one.line}\t{one.function or '(module)'}\t{one.before} → {one.after}\t{told}", flush=True)
    print(f"noticed\t{noticed} of {total}")


NOT_SEEN: dict[str, str] = {
    "classify.kinds.speech_features": "for text classifiers, which users train",
    "classify.attribution.source_ends": "how much of a source is told, once all is labelled",
    "classify.kinds.word_features": "for label columns of the user's own",
    "classify.linear.composed": "holds the weights",
    "classify.linear.known_errors": "corrects counts of labels",
    "classify.linear.label_pairs": "makes labels of outputs",
    "classify.linear.named": "makes outputs of features",
    "classify.linear.neighbours": "for text classifiers, which users train",
    "classify.linear.quantification": "corrects counts of labels",
}
"""Modules that make nothing a shipped model is fitted on, and why."""

_REMEMBERED = "how much is remembered, for speed"
_SAME = "the same in every case"
_UNUSED = "a default or a name that nothing uses"
WITHOUT_EFFECT: dict[tuple[str, str, str], str] = {
    ("classify.attribution.candidate_rerank", "", ""): "names for readers; a limit for text without sentences",
    ("classify.attribution.candidate_rerank", "_touches", "4"): "any width that keeps rows apart will do",
    ("classify.attribution.candidate_rerank", "_claims", "'stable'"): _SAME,
    ("classify.attribution.candidate_spans", "", "0.0001"): "further out than the odds are cut off",
    ("classify.attribution.candidate_spans", "most", "first + 1"): "only where the answer is 0 anyway",
    ("classify.attribution.candidate_spans", "surest", "1"): "any number that is no row's will do",
    ("classify.attribution.content_candidates", "_unlike", "0"): "any random codes will do",
    ("classify.attribution.content_extent", "reach", "2"): "room for more than is asked for",
    ("classify.attribution.extractor", "Candidate", ""): _UNUSED,
    ("classify.attribution.extractor", "AttributionModel", ""): _UNUSED,
    ("classify.attribution.extractor", "choose", "'stable'"): _SAME,
    ("classify.attribution.features", "_neighbour_signatures", "1"): "any number that is no article's will do",
    ("classify.attribution.label_spans", "", ""): "names, of which only the number counts; nowhere is any number below 0",
    ("classify.attribution.label_spans", "_search", "'stable'"): _SAME,
    ("classify.attribution.label_spans", "Found.nothing", ""): "sizes of nothing",
    ("classify.attribution.token_arrays", "", "4"): "steps further than features go",
    ("classify.attribution.token_arrays", "", "5"): "steps further than features go",
    ("classify.attribution.token_arrays", "_bounds", "1"): _SAME,
    ("classify.attribution.token_arrays", "_previous", "1"): _SAME,
    ("classify.attribution.word_features", "", "'word'"): _UNUSED,
    ("classify.attribution.word_features", "", "'source'"): _UNUSED,
    ("classify.attribution.word_features", "Words", "1024"): _REMEMBERED,
    ("classify.attribution.word_features", "Words", "1"): _REMEMBERED,
    ("classify.attribution.word_features", "Words.attributes", "self._n_rows > _LIMIT"): _REMEMBERED,
    ("classify.kinds.features", "Voice", "0.0"): _UNUSED,
    ("classify.kinds.features", "_everything", "len(_open[0]) > _MOST_NAMES"): _REMEMBERED,
    ("classify.language.cues", "entries", "groups <= _QUIET"): "spares looking at what is no attribution anyway",
    ("classify.language.kind_rule", "apply_rule", "named or introductions(view)"): _SAME,
    ("classify.language.source_types", "", "'Judged'"): "what the module hands out, by name",
    ("classify.language.word_forms", "", "100000"): _REMEMBERED,
    ("classify.language.word_forms", "Lexicon.__missing__", "len(self) >= _MOST"): _REMEMBERED,
    ("classify.linear.feature_matrix", "", "50000"): _REMEMBERED,
    ("classify.linear.feature_matrix", "Vocabulary", "1"): "any number that is no column's will do",
    ("classify.linear.feature_matrix", "Vocabulary.__init__", "False"): "the probe's vocabularies are open",
    ("classify.linear.feature_matrix", "Vocabulary.__missing__", "return self.unseen"): "the probe's vocabularies are open",
    ("classify.linear.hashed", "", "1000"): "more constants than features need",
    ("classify.linear.hashed", "Buckets.__init__", "1"): _SAME,
    ("classify.stance_bias.bias", "", "1"): _UNUSED,
    ("classify.stance_bias.bias_features", "", "'word'"): _UNUSED,
    ("classify.stance_bias.bias_features", "", "'classes'"): _UNUSED,
    ("classify.stance_bias.bias_features", "attributes", "len(_rows) > _LIMIT"): _REMEMBERED,
    ("classify.stance_bias.bias_features", "Places.of", "1"): _SAME,
    ("classify.stance_bias.evaluative_words", "", "1"): _REMEMBERED,
    ("classify.stance_bias.evaluative_words", "", "16"): _REMEMBERED,
}
"""Changes that may go unnoticed, by module, function and what they change (empty: whatever it is), and why."""

_AT_WORK = "applies a fitted model to features"
_TOGETHER = "articles worked on together: the same as one by one, as tests hold"
_FITTING = "for fitting"
NO_FEATURE: dict[tuple[str, str], str] = {
    ("classify.attribution.extractor", "Arguments.of"): _AT_WORK,
    ("classify.attribution.extractor", "Extractor.likely"): "what is told, once all is found",
    ("classify.attribution.extractor", "Extractor.of"): _AT_WORK,
    ("classify.attribution.extractor", "_by_article"): _TOGETHER,
    ("classify.attribution.extractor", "_grouped"): _TOGETHER,
    ("classify.attribution.extractor", "_moved"): _TOGETHER,
    ("classify.language.article_tokens", "View.span"): "what is told, once all is found",
    ("classify.language.coreference", "Memory._place"): "for callers who do not know where a source stands",
    ("classify.language.cues", "find_cues"): "for callers who have no facts of the words",
    ("classify.language.cues", "is_auxiliary"): "names a set",
    ("classify.language.kind_rule", "source_span"): "what is told, once all is found",
    ("classify.linear.feature_matrix", "Described.strongest"): "gives reasons",
    ("classify.linear.feature_matrix", "Vocabulary.describe"): _AT_WORK,
    ("classify.linear.hashed", "Table.of"): _AT_WORK,
    ("classify.linear.hashed", "Table.scores"): _FITTING,
    ("classify.linear.hashed", "Table.sum"): _AT_WORK,
    ("classify.linear.hashed", "_width"): "fills up rows of weights, for speed",
    ("classify.linear.hashed", "prune"): _FITTING,
    ("classify.stance_bias.bias", "BiasReader.of"): _AT_WORK,
    ("classify.stance_bias.bias", "BiasReader.read"): _AT_WORK,
    ("classify.stance_bias.bias", "BiasReader.read_all"): _AT_WORK,
    ("classify.stance_bias.bias", "BiasReader._chances"): _AT_WORK,
    ("classify.stance_bias.bias", "loaded_spans"): "what is told, once all is found",
    ("classify.stance_bias.stance", "StanceReader.read"): _AT_WORK,
    ("classify.stance_bias.stance", "decide"): _AT_WORK,
    ("classify.stance_bias.stance", "own_targets"): _AT_WORK,
    ("classify.stance_bias.stance", "stances"): _FITTING,
    ("data.articles.sentences", "split"): "for callers who want what is no sentence too",
}
"""Functions that make no feature, and why."""


if __name__ == "__main__":
    main()
