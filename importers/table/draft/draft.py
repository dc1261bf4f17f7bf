"""A mapping written for a file: accepted by `import --map` as it is, with comments on what is to be corrected."""

from __future__ import annotations

import re
from collections.abc import Sequence, Sized
from itertools import islice

from db import keys
from db.statements import RejectSaid
from importers.base import Input, ReadOptions
from importers.table.draft.lines import as_item, comment, quoted
from importers.table.draft.record_lines import head_lines, record_lines
from importers.table.draft.table_draft import TableDraft
from importers.table.draft.tables import TableInFile, tables_of
from importers.table.language.map_file import load_map
from importers.table.language.map_format import FORMAT
from importers.table.source import read

CHECKED = 1_000
"""Rows of which a draft tells whether it takes them."""


def draft(source: Input) -> str:
    """A mapping for a file as YAML. Raises `InputError` where the file holds no table."""
    tables = tables_of(source)
    named = _named(tables)
    made = [TableDraft(table) for table in tables]
    patterns = dict.fromkeys(pattern for one in made for pattern in one.patterns)
    identity = keys.slug(re.sub(r"\.\w+$", "", source.name))[:60] or "table"
    top = [
        "# Drafted by `interlock map`: what is marked `unsure` is a guess from headings and values. Correct it, then",
        "# see what becomes of it: interlock import FILE --map THIS --dry-run",
        f"format: {FORMAT}",
        f"id: {identity}",
        f"title: {quoted(re.sub(r'[-_]+', ' ', identity))}  # unsure: what the list is called",
        "# Where each file lists all there are, take these two in: what a newer one lacks is then no longer listed.",
        f"# series: {identity}",
        "# full: true",
        *([f"dates: [{', '.join(quoted(one) for one in patterns)}]"] if patterns else []),
        *(f"delimiter: {quoted(one.delimiter)}" for one in tables[:1] if one.delimiter),
    ]
    body: list[str] = []
    if len(tables) == 1:
        body = [*head_lines(made[0]), *record_lines(made[0])]
    else:
        body.append("tables:")
        for table, name, one in zip(tables, named, made, strict=True):
            told = [
                f"name: {name}",
                *([f"sheet: {quoted(table.sheet)}"] if table.sheet else []),
                *head_lines(one),
                *record_lines(one),
            ]
            body += as_item(told)
    text = "\n".join([*top, *body]) + "\n"
    return _told(text, source)


def _told(text: str, source: Input) -> str:
    """The draft with what would become of the rows by it, at its top."""
    mapping = load_map(text.encode(), "draft", "draft")
    reading = read(source, ReadOptions(), mapping)
    reasons: dict[str, int] = {}
    taken = refused = 0
    for row in islice(reading.rows, CHECKED):
        if isinstance(row, RejectSaid):
            refused += 1
            reasons[row.reason] = reasons.get(row.reason, 0) + 1
        else:
            taken += 1
    total = len(reading.rows) if isinstance(reading.rows, Sized) else taken + refused
    which = "" if total <= CHECKED else "the first "
    said = [f"# As it stands it takes {taken:,} of {which}{taken + refused:,} rows."]
    for reason, count in sorted(reasons.items(), key=lambda one: -one[1])[:3]:
        said.append(f"# refused, {count:,}: {comment(reason)}")
    return "\n".join(said) + "\n" + text


def _named(tables: Sequence[TableInFile]) -> list[str]:
    """Names of several tables: of their sheets or paths."""
    names: list[str] = []
    for number, table in enumerate(tables, 1):
        name = keys.slug(table.sheet or table.path or "")[:40] or f"table-{number}"
        names.append(name if name not in names else f"{name}-{number}")
    return names
