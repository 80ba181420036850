"""The house rules of docs/architecture.md that numbers can hold: sizes, mirror, words, hygiene of imports."""

import ast
import re
import statistics
import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("mes_app", "mes_backend")
SOURCES = sorted(chain.from_iterable((ROOT / package).rglob("*.py") for package in PACKAGES))
FRENCH = re.compile(r"[àâçéèêëîïôùûœÀÂÇÉÈÊËÎÏÔÙÛŒ«»’]")
BANNED_CALLS = {"eval", "exec", "compile", "__import__"}
BANNED_MODULES = {"pickle", "random", "marshal", "shelve"}


def tree(source: Path) -> ast.Module:
    return ast.parse(source.read_text("utf-8"))


def name(source: Path) -> str:
    return source.relative_to(ROOT).as_posix()


def functions(source: Path) -> list[tuple[str, int]]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    nodes = [node for node in ast.walk(tree(source)) if isinstance(node, kinds)]
    return [(f"{name(source)}:{node.name}", (node.end_lineno or 0) - node.lineno + 1) for node in nodes]


def test_functions_stay_short_and_files_stay_on_one_topic() -> None:
    sizes = {name(source): source.read_text("utf-8").count("\n") for source in SOURCES}
    lengths = list(chain.from_iterable(functions(source) for source in SOURCES))
    long_files = {file: lines for file, lines in sizes.items() if lines > 300}
    long_functions = [(f, lines) for f, lines in lengths if lines > (60 if "/views/" in f else 40)]
    file_median = statistics.median(lines for file, lines in sizes.items() if not file.endswith("__init__.py"))
    function_median = statistics.median(lines for _, lines in lengths)
    print(f"\nfile median {file_median} lines, function median {function_median} lines")
    assert not long_files
    assert not long_functions
    assert file_median <= 120
    assert function_median <= 8


def test_every_module_has_its_test_under_the_same_name() -> None:
    """Views have stories instead; packages and plain vocabularies have nothing to run."""
    untested = [name(source) for source in SOURCES if _needs_a_test(source) and not _test_of(source).exists()]
    assert untested == []


def _needs_a_test(source: Path) -> bool:
    if source.name in ("__init__.py", "__main__.py") or "views" in source.parts:
        return False
    return any(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) for node in ast.walk(tree(source)))


def _test_of(source: Path) -> Path:
    inside = source.relative_to(ROOT)
    folder = Path("backend", *inside.parts[1:-1]) if inside.parts[0] == "mes_backend" else Path(*inside.parts[1:-1])
    return ROOT / "tests" / folder / f"test_{inside.name}"


@pytest.mark.parametrize("source", [s for s in SOURCES if "mes_app" in s.parts], ids=name)
def test_no_word_for_a_reader_is_written_outside_i18n(source: Path) -> None:
    module = tree(source)
    docs = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    strings = [(id(n), n.value) for n in ast.walk(module) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    french = [words for node, words in strings if node not in docs and FRENCH.search(words)]
    assert french == []


@pytest.mark.parametrize("source", SOURCES, ids=name)
def test_c2_nothing_evaluates_text_or_weakens_a_check(source: Path) -> None:
    calls = [n.func.id for n in ast.walk(tree(source)) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)]
    imports = [a.name for n in ast.walk(tree(source)) if isinstance(n, ast.Import) for a in n.names]
    keywords = [k for n in ast.walk(tree(source)) if isinstance(n, ast.Call) for k in n.keywords]
    disabled = [k.arg for k in keywords if k.arg in ("verify", "shell") and isinstance(k.value, ast.Constant)]
    assert not BANNED_CALLS.intersection(calls)
    assert not BANNED_MODULES.intersection(imports)
    assert disabled == []


@pytest.mark.parametrize("module", ["mes_app.services.session", "mes_app.bootstrap", "mes_app.cli"])
def test_starting_loads_no_screen_no_reader_and_no_printing(module: str) -> None:
    slow = ("flet", "pydicom", "pypdf", "pypdfium2", "reportlab", "striprtf")
    program = f"import sys, {module}; print([m for m in sys.modules if m.split('.')[0] in {slow}])"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"


def test_the_steps_told_in_the_architecture_page_exist() -> None:
    told = set(re.findall(r"`(mes_app/[\w/]+\.py)` `(\w+)", (ROOT / "docs/architecture.md").read_text("utf-8")))
    missing = [(file, step) for file, step in told if not re.search(rf"\b{step}\b", (ROOT / file).read_text("utf-8"))]
    assert told
    assert missing == []


def test_the_stories_of_a_browser_are_where_make_looks_for_them() -> None:
    tests = ROOT / "tests"
    marked = {path.parent for path in tests.rglob("*.py") if re.search(r"mark\.browser", path.read_text("utf-8"))}
    assert marked == {tests / "e2e"}
