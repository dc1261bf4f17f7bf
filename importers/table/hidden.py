"""Which sheets and rows of a workbook are hidden, by hand or by a filter, which the reader of cells does not say.

A filter hides what does not interest somebody today, so its rows are data like any other; a row that is hidden by hand,
or a hidden sheet, is meant not to be seen. Office Open XML (ECMA-376, part 1): `row/@hidden` 18.3.1.73, `autoFilter`
18.3.1.2, `sheetPr/@filterMode` 18.3.1.82, `sheet/@state` 18.2.19.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_ROW = re.compile(rb"<(?:\w{1,20}:)?row(?=[\s>/])([^<>]*)>")
_HIDDEN = re.compile(rb"""\shidden\s*=\s*["'](?:1|true)["']""")
_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d{1,9})["']""")
_FILTER = re.compile(
    rb"""<(?:\w{1,20}:)?autoFilter\s[^<>]*?\bref\s*=\s*["']\$?[A-Z]*\$?(\d{1,9})(?::\$?[A-Z]*\$?(\d{1,9}))?"""
)
_FILTERING = re.compile(rb"""<(?:\w{1,20}:)?filterColumn\b|\bfilterMode\s*=\s*["'](?:1|true)["']""")
_ELEMENT = re.compile(r"<(?:\w{1,20}:)?(sheet|Relationship)\s([^<>]*)>")
_ATTRIBUTE = re.compile(r"""([\w:]{1,40})\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_SMALL = 4 * 1024 * 1024
"""Bytes of the parts that tie sheets together; what is beyond ties nothing."""


@dataclass(slots=True)
class SheetPart:
    """What one part of a workbook tells of hiding: a sheet, or a table on one."""

    rows: set[int] = field(default_factory=set)
    """Rows that are hidden, counted from 1."""
    filters: list[tuple[int, int]] = field(default_factory=list)
    """First and last row of what can be filtered."""
    filtering: bool = False
    """Whether a filter is at work."""
    _count: int = 0

    def take(self, text: bytes) -> None:
        """Look at a piece of the part, in which no element is cut in two."""
        for attributes in _ROW.findall(text):
            self._count += 1
            if b"hidden" in attributes and _HIDDEN.search(attributes):
                number = _NUMBER.search(attributes)
                self.rows.add(int(number[1]) if number else self._count)
        self.filters += [(int(first), int(last or first)) for first, last in _FILTER.findall(text)]
        self.filtering = self.filtering or _FILTERING.search(text) is not None


@dataclass(frozen=True, slots=True)
class Hidden:
    """What is hidden on a sheet."""

    whole: bool = False
    by_hand: frozenset[int] = frozenset()
    by_filter: frozenset[int] = frozenset()


@dataclass(slots=True)
class HiddenParts:
    """The parts of a workbook, as they are unpacked, and what they come to for each sheet."""

    parts: dict[str, SheetPart] = field(default_factory=dict)
    texts: dict[str, bytes] = field(default_factory=dict)
    """The parts that tie others together."""
    _size: int = 0

    def take(self, name: str, text: bytes) -> None:
        """Look at a piece of a part."""
        if name.endswith(".rels") or name.endswith("workbook.xml"):
            self._size += len(text)
            if self._size < _SMALL:
                self.texts[name] = self.texts.get(name, b"") + text
        elif "worksheets/" in name or "tables/" in name:
            self.parts.setdefault(name, SheetPart()).take(text)

    def of_sheets(self) -> dict[str, Hidden]:
        """What is hidden on each sheet, by its name; sheets of which nothing is told are left out."""
        book = next((name for name in self.texts if name.endswith("workbook.xml")), None)
        found: dict[str, Hidden] = {}
        if book is None:
            return found
        targets = self._targets(book)
        for attributes in _elements(self.texts[book], "sheet"):
            ident = next((value for name, value in attributes.items() if name.endswith(":id")), "")
            part = targets.get(ident, "")
            whole = attributes.get("state", "visible") != "visible"
            found[attributes.get("name", "")] = self._sheet(part, whole)
        return found

    def _sheet(self, name: str, whole: bool) -> Hidden:
        part = self.parts.get(name)
        if part is None or not part.rows:
            return Hidden(whole)
        tables = [self.parts[one] for one in self._targets(name).values() if one in self.parts]
        ranges = [span for one in (part, *tables) if one.filtering for span in one.filters]
        # A filter whose range nobody gives, as an advanced one, may be the reason for every row.
        ranges = ranges or ([(1, max(part.rows))] if part.filtering else [])
        filtered = set(_within(sorted(part.rows), sorted(ranges)))
        return Hidden(whole, frozenset(part.rows - filtered), frozenset(filtered))

    def _targets(self, name: str) -> dict[str, str]:
        """The parts that a part refers to, by the name of the reference."""
        folder, base = posixpath.split(name)
        text = self.texts.get(f"{folder}/_rels/{base}.rels", b"")
        found: dict[str, str] = {}
        for attributes in _elements(text, "Relationship"):
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[attributes.get("Id", "")] = path
        return found


def _within(rows: list[int], ranges: list[tuple[int, int]]) -> Iterator[int]:
    """Yield those of some rows that are in one of some ranges, both in order."""
    place, end = 0, 0
    for row in rows:
        while place < len(ranges) and ranges[place][0] <= row:
            end = max(end, ranges[place][1])
            place += 1
        if row <= end:
            yield row


def _elements(text: bytes, name: str) -> list[dict[str, str]]:
    """The attributes of each element of a name."""
    found: list[dict[str, str]] = []
    for element, attributes in _ELEMENT.findall(text.decode("utf-8", "replace")):
        if element == name:
            found.append({key: html.unescape(one or two) for key, one, two in _ATTRIBUTE.findall(attributes)})
    return found
