"""That a stranger guesses right: one meaning for each class name, files named after what they hold, no circles."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest

from db.garbage_collection import without_collecting
from tests.syntax import statements_in

ROOT = Path(__file__).resolve().parents[1]
CODE = ("db", "importers", "tui")

SHARED: dict[str, str] = {}
"""Class names that stand in two files, each with the reason; at most six."""

MOST_IN_ING = 25
"""Files named after an activity: where a thing has no better name, as in `spelling.py`."""


@pytest.fixture(scope="module")
def modules() -> dict[str, ast.Module]:
    """Every module of the code by its dotted name, parsed; not kept, as looks for garbage there would slow others."""
    files = [path for package in CODE for path in sorted((ROOT / package).rglob("*.py"))]
    names = (".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in files)
    with without_collecting():
        return {name: ast.parse(path.read_text()) for name, path in zip(names, files, strict=True)}


def imported(name: str, tree: ast.Module, modules: Collection[str]) -> Iterator[str]:
    """Modules of ours that a module loads, when it is loaded or later in a function of its own."""
    for node in statements_in(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                if inner in modules:
                    yield inner
                elif node.module in modules and node.module != name:
                    yield node.module


def test_a_class_name_means_one_thing(modules: dict[str, ast.Module]) -> None:
    where: dict[str, list[str]] = defaultdict(list)
    for name, tree in modules.items():
        for node in statements_in(tree):
            if isinstance(node, ast.ClassDef):
                where[node.name].append(name)
    twice = {name: places for name, places in where.items() if len(places) > 1}
    assert {name: places for name, places in twice.items() if name not in SHARED} == {}
    assert SHARED.keys() <= twice.keys()
    assert len(SHARED) <= 6


def test_files_are_named_after_what_they_hold() -> None:
    doing = [path.stem for package in CODE for path in (ROOT / package).rglob("*ing.py")]
    assert len(doing) <= MOST_IN_ING, doing


def test_no_module_needs_itself(modules: dict[str, ast.Module]) -> None:
    edges = {name: set(imported(name, tree, modules)) for name, tree in modules.items()}
    assert circle(edges) == []


def circle(edges: dict[str, set[str]]) -> list[str]:
    """Return the modules of one circle, none where there is none."""
    done: set[str] = set()

    def follow(name: str, path: list[str]) -> list[str]:
        if name in path:
            return path[path.index(name) :]
        if name in done:
            return []
        for other in sorted(edges.get(name, ())):
            if found := follow(other, [*path, name]):
                return found
        done.add(name)
        return []

    for name in edges:
        if found := follow(name, []):
            return found
    return []
