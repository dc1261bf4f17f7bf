"""Our screens and widgets keep what they know under names that Textual does not use for itself."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import textwrap
from functools import cache

from textual.message_pump import MessagePump

import tui

MEANT = {
    "ExploreScreen._compositor_refresh",
    "Explorer._display",
    "Explorer._fatal_error",
    "Explorer._print_error_renderables",
    "ReadingScreen._update_timer",
}
"""What is put in the place of something of Textual's on purpose."""


def pumps() -> list[type[MessagePump]]:
    """Every class of ours that Textual runs: the app, the screens and the widgets."""
    found = []
    for module in pkgutil.walk_packages(tui.__path__, "tui."):
        held = vars(importlib.import_module(module.name)).values()
        found += [one for one in held if inspect.isclass(one) and one.__module__ == module.name]
    return [one for one in found if issubclass(one, MessagePump)]


@cache
def private_names(owner: type) -> frozenset[str]:
    """The private names that stand in a class or that its methods keep on `self`."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(owner)))
    names = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and ast.unparse(node.value) == "self":
            names.add(node.attr)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
    return frozenset(name for name in names if name.startswith("_") and not name.endswith("__"))


def test_no_screen_or_widget_keeps_something_under_a_private_name_of_textual() -> None:
    """A screen that called its flag `_closed` was taken by Textual for a closed one: it never answered again."""
    clashes = {
        f"{ours.__name__}.{name}"
        for ours in pumps()
        for base in ours.__mro__
        if base.__module__.startswith("textual.")
        for name in private_names(ours) & private_names(base)
    }
    assert clashes - MEANT == set()
