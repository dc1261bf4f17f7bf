"""What rules about code look at: statements, without the expressions in them, of which there are ten times as many."""

from __future__ import annotations

import ast
from collections.abc import Iterator

_HELD = ("body", "orelse", "finalbody", "handlers", "cases")
"""Where statements hold others."""


def statements_in(tree: ast.Module) -> Iterator[ast.AST]:
    """Every statement of a module, nested ones included, and what holds some of a statement, such as `except`."""
    waiting: list[ast.AST] = [*tree.body]
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, ast.expr):
            for part in _HELD:
                waiting += getattr(node, part, ())
