"""Where a mutant stands: by module, function and statement, so that it is found again when lines have moved."""

from __future__ import annotations

import ast
import copy
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIST = Path(__file__).with_name("mutants.jsonl")

_BODIES = ("body", "orelse", "finalbody", "handlers", "cases")
"""Parts of a statement that are statements of their own, or hold such."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A statement, what it becomes, and the test that fails then; `nth` counts equal statements of the function."""

    number: int
    module: str
    function: str
    was: str
    now: str
    kind: str
    test: str
    nth: int = 0
    rule: str = ""

    @property
    def place(self) -> str:
        """Where it stands, as people write it."""
        return f"{self.module}:{self.function}"


class NotFoundError(LookupError):
    """The statement of a mutant is not where the list says."""


def read_list(path: Path = LIST) -> list[Mutant]:
    """Read the mutants, in the order of the list."""
    return [Mutant(**json.loads(line)) for line in path.read_text("utf-8").splitlines() if line]


def write_list(mutants: Sequence[Mutant], path: Path = LIST) -> None:
    """Write the mutants, one a line, without what is usual."""
    usual = {"nth": 0, "rule": ""}
    lines = (
        {name: value for name, value in asdict(one).items() if name not in usual or value != usual[name]}
        for one in mutants
    )
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")


def path_of(module: str) -> Path:
    """Return the file of a module."""
    base = ROOT.joinpath(*module.split("."))
    file = base.with_suffix(".py")
    return file if file.is_file() else base / "__init__.py"


def functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Yield functions and methods with their qualified names; what is defined inside a function belongs to it."""
    todo: list[tuple[str, ast.stmt]] = [("", node) for node in tree.body]
    while todo:
        inside, node = todo.pop(0)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield inside + node.name, node
        elif isinstance(node, ast.ClassDef):
            todo[:0] = [(f"{inside}{node.name}.", one) for one in node.body]


def statements(function: ast.AST) -> Iterator[tuple[list[ast.stmt], int]]:
    """Yield each statement below a function as the list that holds it and its place there, in the order of lines."""
    for part in _BODIES:
        held: list[ast.stmt] = getattr(function, part, [])
        for place, node in enumerate(held):
            if isinstance(node, ast.stmt):
                yield held, place
            yield from statements(node)


def text_of(statement: ast.stmt) -> str:
    """Return a statement without comments and layout; of one with a body its first line alone."""
    return ast.unparse(bare(statement)).removesuffix("\n    pass")


def bare(statement: ast.stmt) -> ast.stmt:
    """Return a copy of a statement whose bodies hold nothing."""
    node = copy.copy(statement)
    for part in _BODIES:
        if part in node._fields:
            setattr(node, part, [ast.Pass()] if part == "body" else [])
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        node.decorator_list = []
    return node


def parsed(text: str) -> ast.stmt:
    """Parse what `text_of` writes."""
    (node,) = ast.parse(f"{text}\n    pass" if text.endswith(":") else text).body
    return node


def mutated(source: str, mutant: Mutant) -> ast.Module:
    """Return the syntax tree of a module with the mutant in it."""
    tree = ast.parse(source)
    wanted = text_of(parsed(mutant.was))
    held = [node for name, node in functions(tree) if name == mutant.function]
    found = [(body, place) for node in held for body, place in statements(node) if text_of(body[place]) == wanted]
    if len(found) <= mutant.nth:
        raise NotFoundError(mutant.place)
    body, place = found[mutant.nth]
    old, new = body[place], parsed(mutant.now)
    for part in _BODIES:
        if part in new._fields and part in old._fields:
            setattr(new, part, getattr(old, part))
    for node in ast.walk(bare(new)):
        if "lineno" in node._attributes:
            node.lineno = node.end_lineno = old.lineno  # type: ignore[attr-defined]
            node.col_offset = node.end_col_offset = old.col_offset  # type: ignore[attr-defined]
    new.lineno, new.col_offset = old.lineno, old.col_offset
    new.end_lineno, new.end_col_offset = old.end_lineno, old.end_col_offset
    body[place] = new
    return tree
