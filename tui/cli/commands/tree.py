"""`interlock tree`: a record with what it is linked to, what that is linked to, and so on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli import printed, shapes
from tui.cli.arguments import AS_OF, Arguments, Command, Option, number
from tui.cli.database import open_chosen
from tui.cli.lists import note
from tui.text import tree as words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.graph.answers import Branch, Tree

COMMAND = Command(
    name="tree",
    usage="KEY",
    options=(
        Option("--depth", f"how many links deep, instead of {words.DEPTH}", "N", number),
        Option("--width", f"how many of each label, instead of {words.WIDTH}", "N", number),
        Option("--direction", "only links that point in or out", "in|out", choices=("in", "out")),
        Option("--type", "only links of this type; again, or after a comma, for more types", "TYPE", many=True),
        Option("--not", "no links of this type; again, or after a comma, for more types", "TYPE", many=True),
        Option("--all", "also what connects everything: regions, national bodies, areas, documents"),
        AS_OF,
    ),
    least=1,
    epilogue="What is past is left out. A record is opened once, where it stands nearest to the root.",
)

_FIELDS = (
    "depth", "parent_key", "parent_name", "label", "direction", "role", "start", "end", "status", "key", "kind", "name",
    "shown", "total", "evidence",
)  # fmt: skip


def run(arguments: Arguments) -> int:
    """Write the tree around the record that the words stand for."""
    with open_chosen(arguments) as register:
        found = register.tree(
            register.resolve(arguments.phrase),
            depth=arguments.number("--depth", words.DEPTH),
            width=arguments.number("--width", words.WIDTH),
            direction=arguments.text("--direction"),
            wanted=arguments.links,
            as_of=arguments.text("--as-of"),
        )
    printed.write_answer(arguments, found, _shape, _rows, _FIELDS, _page)
    for remark in words.remarks(found):
        note(remark)
    return 0


def _page(found: Tree, page: printed.Sheet) -> Iterator[str]:
    root = 1 if page.form == "markdown" else 0
    for line in words.lines(found):
        pieces = (line.text, "dim" if line.is_label else ""), (line.key, "key"), (line.about, line.style)
        yield from page.lines((printed.Printed(pieces, line.depth + root),))


def _shape(found: Tree) -> shapes.Shape:
    """Return the answer as JSON has it."""
    return {
        "root": _branch(found.root),
        "evidence": [shapes.evidence(one) for one in found.evidence],
        **({"as_of": found.as_of, "total_not_dated": found.not_dated} if found.as_of else {}),
    }


def _branch(branch: Branch) -> shapes.Shape:
    """Return a record with what hangs on it, below the label by which it hangs itself."""
    hanging = shapes.tie(branch.link) if branch.link else {}
    first = {field: hanging.pop(field) for field in ("label", "direction", "role") if hanging}
    return {
        **first,
        "key": branch.key,
        "kind": branch.kind,
        "name": branch.name,
        "shown": branch.shown,
        "total": branch.total,
        "children": [_branch(child) for child in branch.children],
        "left_out": [one._asdict() for one in branch.left_out],
        "opened": branch.opened,
        "elsewhere": branch.elsewhere,
        **({"link": hanging} if hanging else {}),
    }


def _rows(found: Tree) -> Iterator[shapes.Shape]:
    """Yield a row for each link of the tree."""
    return _rows_below(found.root, 1)


def _rows_below(branch: Branch, depth: int) -> Iterator[shapes.Shape]:
    for child in branch.children:
        ends = {"depth": depth, "parent_key": branch.key, "parent_name": branch.name}
        named = {"key": child.key, "kind": child.kind, "name": child.name, "shown": child.shown, "total": child.total}
        yield {**(shapes.tie(child.link) if child.link else {}), **ends, **named}
        yield from _rows_below(child, depth + 1)
