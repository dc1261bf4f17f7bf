"""`interlock compare`: two records side by side, what both have first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.errors import UsageError
from tui.cli import printed, shapes
from tui.cli.arguments import AS_OF, Arguments, Command
from tui.cli.database import open_chosen
from tui.cli.lists import note
from tui.text import compare as words
from tui.text.page_sources import source_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMAND = Command(
    name="compare",
    usage="KEY KEY",
    options=(AS_OF,),
    least=2,
    most=2,
    epilogue="A name of several words needs quotes. A page shows ten links under each heading that only one has; "
    "JSON, JSONL, CSV and TSV have all. interlock shared tells what more than two records have in common.",
)

_FIELDS = ("section", "of", "heading", "what", "key", "one", "other", "same")
GROUP = 10
"""Lines that a page shows under each heading of what one alone is linked to."""
_ONE_LINE = 72
"""Letters up to which what two records tell under a label stands on one line."""


def run(arguments: Arguments) -> int:
    """Write what two records have in common, and what only one of them has."""
    as_of = arguments.text("--as-of")
    with open_chosen(arguments) as register:
        one, other = map(register.resolve, arguments.words)
        if one == other:
            raise UsageError(f"both stand for {one}; name two records to compare")
        found = words.compare(register.record(one, as_of=as_of), register.record(other, as_of=as_of))
    printed.write_answer(arguments, found, _shape, _rows, _FIELDS, _page)
    if arguments.form in ("table", "markdown") and (left_out := words.left_out(found)):
        note(left_out)
    return 0


def _page(found: words.Comparison, sheet: printed.Sheet) -> Iterator[str]:
    """Yield what both have, then what only one has, and who says so."""
    cited = {one for group in found.groups for line in _shown(group) for side in line.evidence for one in side}
    sources = list(source_lines(found.evidence, cited))
    numbers = printed.numbered(sources)
    yield sheet.title(words.headline(found))
    for title, groups in words.parts(found):
        yield ""
        yield sheet.title(title)
        for group in groups:
            if group.heading:
                heading = ((group.heading, "dim"), (f"{len(group.lines):,}", "dim"))
                yield from sheet.lines([printed.Printed(heading)])
            shown = _shown(group)
            for line in shown:
                yield from sheet.lines(_print(line, found, numbers, 2 if group.heading else 1))
            if len(shown) < len(group.lines):
                left = f"… {len(group.lines) - len(shown):,} more"
                yield from sheet.lines([printed.Printed(((left, "dim"),), 2)])
    yield from sheet.part(printed.WHO_SAYS_SO, printed.source_print(sources, numbers))


def _shown(group: words.PairedGroup) -> tuple[words.PairedLine, ...]:
    """Return the lines of a group that a page shows."""
    return group.lines[:GROUP] if group.of is not None and group.heading else group.lines


def _print(
    line: words.PairedLine, found: words.Comparison, numbers: printed.Numbers, depth: int
) -> Iterator[printed.Printed]:
    """Yield what a line tells of both, of each or of one."""
    label: printed.Piece = (line.label, "" if line.target else "dim")
    key: printed.Piece = (line.target.key if line.target else "", "key")
    sides = []
    for who, text, evidence in words.told(line, found):
        marks: printed.Piece = (printed.marks(evidence, numbers), "reference")
        sides.append(((f"{who}:" if who else "", "title"), (text, ""), marks))
    if sum(len(text) for side in sides for text, _ in side) <= _ONE_LINE or len(sides) == 1:
        yield printed.Printed((label, key, *(piece for side in sides for piece in side)), depth)
        return
    yield printed.Printed((label, key), depth)
    for side in sides:
        yield printed.Printed(side, depth + 1)


def _shape(found: words.Comparison) -> shapes.Shape:
    """Return the answer as JSON has it."""
    return {
        "keys": [page.key for page in found.pages],
        "names": {page.key: page.name for page in found.pages},
        "common": found.common,
        "lines": _lines(found),
        "evidence": [shapes.evidence(one) for one in found.evidence],
        **({"as_of": found.as_of, "not_dated": found.not_dated} if found.as_of else {}),
    }


def _lines(found: words.Comparison) -> list[shapes.Shape]:
    keys = [page.key for page in found.pages]
    return [
        {
            "section": group.section,
            "of": None if group.of is None else keys[group.of],
            "heading": group.heading or None,
            "what": line.label,
            "key": line.target.key if line.target else None,
            "texts": dict(zip(keys, (text or None for text in line.texts), strict=True)),
            "same": line.is_same,
            "evidence": dict(zip(keys, map(list, line.evidence), strict=True)),
        }
        for group, line in _each(found)
    ]


def _rows(found: words.Comparison) -> list[shapes.Shape]:
    """Return the lines for programs, what each of the two tells in a field of its own."""
    return [
        {**row, "one": line.texts[0] or None, "other": line.texts[1] or None}
        for row, (_, line) in zip(_lines(found), _each(found), strict=True)
    ]


def _each(found: words.Comparison) -> Iterator[tuple[words.PairedGroup, words.PairedLine]]:
    return ((group, line) for group in found.groups for line in group.lines)
