"""Small mistakes that a person might make in a statement, made on its syntax tree, and a seeded choice of them.

python -m tests.mutants.operators SEED db.search db.reading    write candidates, one a line, in an order
"""

from __future__ import annotations

import ast
import copy
import json
import random
import re
import sys
from collections.abc import Iterable, Iterator

from tests.mutants.places import ROOT, functions, path_of, statements, text_of

BOUNDARY = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}
OPPOSITE = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
TWINS = {
    "min": "max", "any": "all", "startswith": "endswith", "removeprefix": "removesuffix", "lstrip": "rstrip",
    "find": "rfind", "partition": "rpartition", "union": "intersection", "keys": "values", "append": "extend",
}  # fmt: skip
TWINS |= {other: one for one, other in TWINS.items()}
IN_SQL = (
    (" AND ", " OR "), (" = ?", " <> ?"), ("<=", "<"), (">=", ">"), ("IS NULL", "IS NOT NULL"), ("max(", "min("),
    ("NOT IN", "IN"), ("count(DISTINCT", "count("), ("UNION ALL", "UNION"), ("DISTINCT ", ""), (" DESC", ""),
    ("LEFT JOIN", "JOIN"), ("IS NOT NULL", "IS NULL"),
)  # fmt: skip

WEIGHTS = {"string": 1, "return": 1, "statement": 2, "arithmetic": 2, "arguments": 3, "condition": 3, "value": 3}
WEIGHTS |= dict.fromkeys(("boundary", "slice", "filter", "and-or", "operand", "query", "not", "set", "argument"), 12)
"""How likely a kind is among those that a statement allows, all others being 6; what is hard to notice is likeliest."""

UNSAFE = re.compile(r"rmtree|unlink|rmdir|os\.(remove|kill|replace|rename|_exit|dup2)|killpg|truncate|\bfork|setrlimit")
"""What a function that may harm more than a test when it goes wrong calls."""
SPEAKS = re.compile(r"print|warn|write|log|debug|info|error|cast|TypeVar|Error$|_error$|_note$|notify")
"""Calls whose texts are for people, or for type checkers."""

Mutation = tuple[str, str]
"""Kind and the new text of a statement."""


def mutations(statement: ast.stmt) -> Iterator[Mutation]:
    """Yield all mistakes that the operators know to make in the first line of a statement, bodies left out."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Try | ast.Match | ast.Import):
        return
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return
    if isinstance(statement, ast.Raise | ast.Assert):
        return
    seen = {text_of(statement)}
    for kind, text in (*_whole(statement), *_parts(statement)):
        if text not in seen:
            seen.add(text)
            yield kind, text


def _whole(statement: ast.stmt) -> Iterator[Mutation]:
    """Mistakes with a statement as a whole."""
    match statement:
        case ast.Continue() | ast.Break() | ast.AugAssign() | ast.Expr(value=ast.Call()) | ast.Delete():
            yield "statement", "pass"
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield "statement", "pass"
        case ast.If(orelse=[]):
            yield "if", "pass"
        case ast.Return(value=ast.Constant(value=bool() as value)):
            yield "return", f"return {not value}"
        case ast.Return(value=ast.expr() as given) if not isinstance(given, ast.Constant):
            yield "return", "return None"
        case _:
            pass
    if isinstance(statement, ast.If | ast.While) and not isinstance(statement.test, ast.Compare | ast.BoolOp):
        yield "condition", _with(statement, statement.test, _negated(statement.test))


def _parts(statement: ast.stmt) -> Iterator[Mutation]:
    """Mistakes in the expressions of a statement."""
    for node, silent in _expressions(statement):
        for kind, new in _changes(node, silent):
            yield kind, _with(statement, node, new)


def _expressions(statement: ast.stmt) -> Iterator[tuple[ast.expr, bool]]:
    """Yield each expression of the first line, and whether texts in it are for people and stay."""
    todo: list[tuple[ast.AST, bool]] = []
    for name, value in ast.iter_fields(statement):
        if name not in ("body", "orelse", "annotation", "targets", "target", "type_params"):
            held = value if isinstance(value, list) else [value]
            todo += [(node, False) for node in held if isinstance(node, ast.AST)]
    while todo:
        node, silent = todo.pop()
        if isinstance(node, ast.expr):
            yield node, silent
        speaks = isinstance(node, ast.JoinedStr) or (
            isinstance(node, ast.Call) and SPEAKS.search(ast.unparse(node.func).rpartition(".")[2])
        )
        todo += [(one, silent or bool(speaks)) for one in ast.iter_child_nodes(node)]


def _changes(node: ast.expr, silent: bool) -> Iterator[tuple[str, ast.expr]]:
    """Yield what an expression may become."""
    match node:
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            if new := BOUNDARY.get(type(op)):
                yield "boundary", ast.Compare(left, [new()], [right])
                yield "condition", ast.UnaryOp(ast.Not(), node)
            elif other := OPPOSITE.get(type(op)):
                yield "comparison", ast.Compare(left, [other()], [right])
        case ast.BoolOp(op=op, values=values):
            yield "and-or", ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
            for place in range(len(values)):
                rest = values[:place] + values[place + 1 :]
                yield "operand", rest[0] if len(rest) == 1 else ast.BoolOp(op, rest)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield "not", operand
        case ast.IfExp(test=test, body=body, orelse=orelse):
            yield "branches", ast.IfExp(test, orelse, body)
            yield "branch", body
            yield "branch", orelse
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as op, right=right) if not (
            _is_text(left) or _is_text(right)
        ):
            yield "arithmetic", ast.BinOp(left, ast.Sub() if isinstance(op, ast.Add) else ast.Add(), right)
        case ast.BinOp(left=left, op=ast.BitAnd() | ast.BitOr() as op, right=right):
            yield "set", ast.BinOp(left, ast.BitOr() if isinstance(op, ast.BitAnd) else ast.BitAnd(), right)
        case ast.Slice(lower=lower, upper=upper, step=None):
            yield from _slices(lower, upper)
        case ast.Constant(value=bool() as value):
            yield "value", ast.Constant(not value)
        case ast.Constant(value=int() as value):
            yield "number", ast.Constant(value + 1)
        case ast.Constant(value=str() as value) if not silent:
            yield from _texts(value)
        case ast.Call():
            yield from _calls(node)
        case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
            yield from _filters(node)
        case _:
            pass


def _slices(lower: ast.expr | None, upper: ast.expr | None) -> Iterator[tuple[str, ast.expr]]:
    """Bounds that are one off, where they are no numbers."""
    one = ast.Constant(1)
    if upper is not None and not isinstance(upper, ast.Constant):
        yield "slice", ast.Slice(lower, ast.BinOp(upper, ast.Sub(), one), None)
    if lower is not None and not isinstance(lower, ast.Constant):
        yield "slice", ast.Slice(ast.BinOp(lower, ast.Add(), one), upper, None)


def _texts(value: str) -> Iterator[tuple[str, ast.expr]]:
    """Another query, or another word."""
    if any(word in value for word in ("SELECT ", "WHERE ", " JOIN ", "UPDATE ", "DELETE ", " AND ", "ORDER BY")):
        for old, new in IN_SQL:
            if old in value:
                yield "query", ast.Constant(value.replace(old, new, 1))
    elif 0 < len(value) < 30 and "\n" not in value and value.isprintable():
        yield "string", ast.Constant(f"{value}x" if value.strip() else "")


def _calls(node: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    """A function that is mistaken for its twin, and arguments in another order or left out."""
    func, args, keywords = node.func, node.args, node.keywords
    name = func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""
    if twin := TWINS.get(name):
        other = ast.Attribute(func.value, twin) if isinstance(func, ast.Attribute) else ast.Name(twin)
        yield "twin", ast.Call(other, args, keywords)
    plain = not any(isinstance(one, ast.Starred) for one in args)
    alike = plain and len(args) >= 2 and _sort(args[0]) == _sort(args[1])
    if alike and name not in ("isinstance", "cast", "getattr", "zip"):
        yield "arguments", ast.Call(func, [args[1], args[0], *args[2:]], keywords)
    if name in ("sorted", "reversed", "strip", "lower", "casefold") and (args or isinstance(func, ast.Attribute)):
        inner = func.value if isinstance(func, ast.Attribute) else args[0]
        yield "call", inner if name != "sorted" else ast.Call(ast.Name("list"), args, [])
    for place, keyword in enumerate(keywords):
        if keyword.arg in ("key", "default", "reverse"):
            yield "argument", ast.Call(func, args, keywords[:place] + keywords[place + 1 :])


def _filters(node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> Iterator[tuple[str, ast.expr]]:
    """Conditions of a comprehension that are left out."""
    for place, generator in enumerate(node.generators):
        for nth in range(len(generator.ifs)):
            new = copy.copy(node)
            ifs = generator.ifs[:nth] + generator.ifs[nth + 1 :]
            other = ast.comprehension(generator.target, generator.iter, ifs, generator.is_async)
            new.generators = [*node.generators[:place], other, *node.generators[place + 1 :]]
            yield "filter", new


def _is_text(node: ast.expr) -> bool:
    """Whether an expression plainly is a text or a list, which has no minus."""
    return isinstance(node, ast.JoinedStr | ast.List | ast.Tuple) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def _sort(node: ast.expr) -> str:
    """What sort of thing an argument may be, as far as its form tells."""
    return "constant" if isinstance(node, ast.Constant) else "call" if isinstance(node, ast.Call) else "name"


def _negated(test: ast.expr) -> ast.expr:
    return (
        test.operand if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not) else ast.UnaryOp(ast.Not(), test)
    )


class _Swap(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self._old, self._new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        """Put the new node where the old one is, leaving the tree that both are of as it is."""
        if node is self._old:
            return self._new
        fields = {name: self._visited(value) for name, value in ast.iter_fields(node)}
        return type(node)(**fields)

    def _visited(self, value: object) -> object:
        if isinstance(value, list):
            return [self._visited(one) for one in value]
        return self.visit(value) if isinstance(value, ast.AST) else value


def _with(statement: ast.stmt, old: ast.AST, new: ast.AST) -> str:
    """Return the text of a statement with one node replaced."""
    swapped = _Swap(old, new).visit(statement)
    assert isinstance(swapped, ast.stmt)
    return text_of(ast.fix_missing_locations(swapped))


def candidates(modules: Iterable[str], seed: int) -> Iterator[tuple[str, str, int, str, str, str, tuple[int, int]]]:
    """Yield one mutant for each statement of some modules, in an order that the seed tells.

    A module, its function, how many equal statements stand before, the statement, what it becomes, the kind, the lines.
    """
    found = [one for module in sorted(modules) for one in _statements(module)]
    choice = random.Random(seed)
    choice.shuffle(found)
    for module, function, nth, statement in found:
        known = list(mutations(statement))
        if not known:
            continue
        kind, now = choice.choices(known, [WEIGHTS.get(kind, 6) for kind, _ in known])[0]
        first = statement.lineno
        body = getattr(statement, "body", None)
        last = max(first, body[0].lineno - 1) if isinstance(body, list) and body else statement.end_lineno or first
        yield module, function, nth, text_of(statement), now, kind, (first, last)


def _statements(module: str) -> Iterator[tuple[str, str, int, ast.stmt]]:
    source = path_of(module).read_text("utf-8")
    for name, function in functions(ast.parse(source)):
        if name.endswith("__repr__") or UNSAFE.search(ast.unparse(function)):
            continue
        seen: dict[str, int] = {}
        for body, place in statements(function):
            text = text_of(body[place])
            yield module, name, seen.get(text, 0), body[place]
            seen[text] = seen.get(text, 0) + 1


def modules_below(package: str) -> Iterator[str]:
    """Yield the modules of a package, or the one module of that name."""
    base = path_of(package)
    paths = base.parent.rglob("*.py") if base.name == "__init__.py" else [base]
    for path in paths:
        yield ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


if __name__ == "__main__":
    names = {module for package in sys.argv[2:] for module in modules_below(package)}
    for found in candidates(names, int(sys.argv[1])):
        print(json.dumps(found, ensure_ascii=False))
