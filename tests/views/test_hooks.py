"""Hooks of Flet are told apart by their order: each is called at every drawing of its component, whatever is drawn."""

import ast
from collections.abc import Iterator
from pathlib import Path

import flet as ft
import pytest

from mes_app.domain.record import Kind
from mes_app.i18n import t
from mes_app.views import routes
from tests.views.rooms import Rooms, tell

VIEWS = Path(__file__).parents[2] / "mes_app" / "views"
APART = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
"""What is called at another time, if at all."""
HEALTH = 2


def list_sometimes(function: ast.FunctionDef) -> list[int]:
    """The lines of the hooks that ``function`` calls at some drawings only."""
    lines, over = [], False
    for statement in function.body:
        nodes = list(_walk(statement, sometimes=over))
        lines += [
            node.lineno for node, sometimes in nodes if sometimes and isinstance(node, ast.Call) and _is_hook(node)
        ]
        over = over or any(isinstance(node, ast.Return) for node, _ in nodes)
    return sorted(lines)


def _is_hook(call: ast.Call) -> bool:
    return ast.unparse(call.func).split(".")[-1].lstrip("_").startswith("use_")


def _walk(node: ast.AST, *, sometimes: bool) -> Iterator[tuple[ast.AST, bool]]:
    """All that is reached as ``node`` is, and whether only ``sometimes``."""
    if isinstance(node, APART):
        return
    yield node, sometimes
    for branches, child in _list_children(node):
        yield from _walk(child, sometimes=sometimes or branches)


def _list_children(node: ast.AST) -> Iterator[tuple[bool, ast.AST]]:
    """Each part of ``node``, and whether it is reached only sometimes."""
    for field, value in ast.iter_fields(node):
        for rank, child in enumerate(value if isinstance(value, list) else [value]):
            if not isinstance(child, ast.AST):
                continue
            branches = isinstance(node, ast.If | ast.IfExp | ast.While) and field != "test"
            loops = isinstance(node, ast.For) and field != "iter"
            tries = isinstance(node, ast.Match | ast.Try) and field in ("cases", "body", "handlers", "orelse")
            yields = (
                isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp) and field != "generators"
            )
            yield branches or loops or tries or yields or (isinstance(node, ast.BoolOp) and rank > 0), child


@pytest.mark.parametrize("source", sorted(VIEWS.rglob("*.py")), ids=lambda source: source.relative_to(VIEWS).as_posix())
def test_no_hook_is_called_at_some_drawings_only(source: Path) -> None:
    functions = [node for node in ast.walk(ast.parse(source.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)]
    assert {function.name: lines for function in functions if (lines := list_sometimes(function))} == {}


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("a = use_a()\n    b = [x for x in use_b()]\n    return a and b", []),
        ("return use_a() if use_b() else None", [2]),
        ("return here or use_a()", [2]),
        ("if use_a():\n        return 1\n    return use_b()", [4]),
        ("def later():\n        use_a()\n    return lambda: use_b()", []),
    ],
)
def test_what_is_called_sometimes_is_found(body: str, lines: list[int]) -> None:
    (function,) = ast.parse(f"def drawn():\n    {body}\n").body
    assert isinstance(function, ast.FunctionDef)
    assert list_sometimes(function) == lines


def test_in_two_panes_every_part_of_the_health_profile_follows_every_other(tmp_path: Path) -> None:
    async def story(rooms: Rooms) -> None:
        await rooms.app.fire(rooms.app.one(ft.NavigationRail), "change", HEALTH, selected_index=HEALTH)
        pid = rooms.app.page.route.split("/")[1]
        ways = (
            routes.section(pid, Kind.MEASURES),
            routes.measure_import(pid),
            routes.prevention(pid),
            routes.section(pid, Kind.TEETH),
            routes.booklet(pid),
            routes.growth(pid),
        )
        for way in (*ways, *reversed(ways)):
            await _visit(rooms, way)
            assert t("app.draw_failed") not in rooms.app.texts()

    tell(story, tmp_path, width=1280)


async def _visit(rooms: Rooms, address: str) -> None:
    routes.go(address)
    await rooms.until(lambda: rooms.app.page.route == address)
    await rooms.app.settle()
