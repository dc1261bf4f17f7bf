"""The first rows of a dry run as they would be taken: each record in words, then its links, facts and events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from tui.cli.shapes import Shape
from tui.text.fact_words import valued
from tui.text.phrases import address, date, period, readable

if TYPE_CHECKING:
    from db.statements import FactSaid, LinkSaid, LinkTypeSaid, RowSaid, Statement

MOST = 6
"""Names, links, facts and events of a record that are shown of each."""


def lines(rows: Sequence[RowSaid]) -> Iterator[str]:
    """The rows in words, a line for each thing that they say."""
    from db.vocabularies import load_vocabularies  # loads YAML for a dry run, 40 ms

    types = {one.name: one for one in load_vocabularies()[1]}
    for row in rows:
        yield f"line {row.line} would be taken as:"
        for one in row.statements:
            yield f"  {_record(one)}"
            yield from (f"    {line}" for line in _parts(one, types))


def shapes(rows: Sequence[RowSaid]) -> list[Shape]:
    """The rows for JSON."""
    return [{"line": row.line, "records": [_shape(one) for one in row.statements]} for row in rows]


def _record(said: Statement) -> str:
    name = said.names[0].name if said.names else "without a name here"
    told = [readable(said.type) or said.kind, readable(said.status), period(said.opened, said.closed)]
    return f"{said.key}  {name} ({', '.join(part for part in told if part)})"


def _parts(said: Statement, types: Mapping[str, LinkTypeSaid]) -> Iterator[str]:
    yield from _some([f"{readable(name.kind)} name: {name.name}" for name in said.names[1:]], "names")
    codes = [f"{one.scheme}: {one.value}" for one in said.identifiers if f"{one.scheme}:{one.value}" != said.key]
    yield from _some(codes, "codes")
    if said.address is not None and (place := address(said.address)):
        yield f"address: {place}"
    if said.summary:
        yield f"summary: {said.summary}"
    yield from _some([_link(one, types) for one in said.links], "links")
    yield from _some([_fact(one) for one in said.facts], "facts")
    events = [f"event: {date(one.date)}, {readable(one.kind)}: {one.text}" for one in said.events]
    yield from _some(events, "events")


def _some(texts: list[str], what: str) -> Iterator[str]:
    yield from texts[:MOST]
    if len(texts) > MOST:
        yield f"… {len(texts) - MOST} more {what}"


def _link(link: LinkSaid, types: Mapping[str, LinkTypeSaid]) -> str:
    known = types.get(link.type)
    label = readable(link.type) if known is None else known.forward if link.outward else known.reverse
    other = f"{link.other.name} ({link.other.key})" if link.other.name else link.other.key
    told = [readable(link.role), readable(link.status), period(link.start, link.end, link.status)]
    return ", ".join([f"{label}: {other}", *(part for part in told if part)])


def _fact(fact: FactSaid) -> str:
    return f"{readable(fact.property)}: {valued(fact.value, fact.unit, fact.text, fact.as_of)}"


def _shape(said: Statement) -> Shape:
    return {
        "key": said.key,
        "kind": said.kind,
        "type": said.type,
        "name": said.names[0].name if said.names else None,
        "status": said.status,
        "opened": said.opened,
        "closed": said.closed,
        "names": [{"name": one.name, "kind": one.kind} for one in said.names],
        "identifiers": [{"scheme": one.scheme, "value": one.value} for one in said.identifiers],
        "address": address(said.address) if said.address is not None else None,
        "facts": [{"property": one.property, "value": one.value, "text": one.text} for one in said.facts],
        "links": [
            {
                "type": one.type,
                "direction": "out" if one.outward else "in",
                "key": one.other.key,
                "name": one.other.name,
                "role": one.role,
                "start": one.start,
                "end": one.end,
                "status": one.status,
            }
            for one in said.links
        ],
        "events": [{"date": one.date, "kind": one.kind, "text": one.text} for one in said.events],
    }
