"""A record's links as groups: one a label, in the register's order, with how many there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from db.model import Link, Record
from db.reading.links import group_links
from tui import wording
from tui.pages.groups import capital, cut, how_many
from tui.pages.items import NUMBER, Entry, Frame, Group, Piece, Row, Target, copied, length, piece, wrap
from tui.symbols import Symbols

_INDENT = 4
"""Cells before a link's name: its number and its sign."""

_AIR = Piece(" " * _INDENT)


def link_groups(record: Record, frame: Frame, symbols: Symbols, shown: Mapping[str, int]) -> list[Group]:
    """Return the links of a record, each label with its count and its first links."""
    groups = []
    for label, total, links in group_links(record):
        ident = f"links:{label}"
        first = links[: how_many(ident, shown)]
        group = Group(capital(label), _entries(first, frame, symbols), total)
        groups.append(cut(group, ident, total, frame))
    return groups


def _entries(links: Sequence[Link], frame: Frame, symbols: Symbols) -> list[Entry]:
    """Return the lines of one label; the same link told twice (two terms of office) gets two idents."""
    room = frame.body - _INDENT
    told = [symbols.dot.join(wording.link_words(link)) for link in links]
    column = min(
        max(length((piece(link.name),)) for link in links),
        max(room - max(length((piece(words),)) for words in told) - 2, 0),
    )
    seen: dict[str, int] = {}
    entries = []
    for link, words in zip(links, told, strict=True):
        ident = f"link:{link.type}:{link.direction}:{link.key}:{link.role}"
        seen[ident] = seen.get(ident, 0) + 1
        rows = [*_rows(link, words, column, room, symbols), *_fact_rows(link, room)]
        evidence = dict.fromkeys([*link.evidence, *(one for fact in link.facts for one in fact.evidence)])
        copy = copied(link.label, link.key, link.name, words)
        target = Target(link.key, link.name, link.kind)
        entries.append(Entry(rows, f"{ident}:{seen[ident]}", target, evidence=tuple(evidence), copy=copy))
    return entries


def _rows(link: Link, told: str, column: int, room: int, symbols: Symbols) -> list[Row]:
    """Return a link's number, sign and name, and its role, standing and dates beside it or, for want of room, below."""
    sign = piece(f"{symbols.of(link.kind)} ", f"kind-{link.kind}")
    style = "standing" if link.status in ("planned", "proposed") else "dim"
    name, words = piece(link.name[: room + 1], "link"), piece(told, style)
    spare = room - length((name, words))
    if told and spare >= 2:
        gap = piece(" " * min(max(column - length((name,)), 0) + 2, spare))
        return [(NUMBER, sign, name, gap, words)]
    first, *others = wrap(link.name, room, 2)
    rows: list[Row] = [(NUMBER, sign, piece(first, "link")), *((_AIR, piece(line, "link")) for line in others)]
    return rows + [(_AIR, piece(line, style)) for line in wrap(told, room, 2) if told]


def _fact_rows(link: Link, room: int) -> list[Row]:
    """Return what is said of the link itself."""
    rows: list[Row] = []
    for fact in link.facts:
        words = f"{fact.label}: {wording.fact_words(fact)}" if fact.label else wording.fact_words(fact)
        rows += [(_AIR, piece(line, "dim")) for line in wrap(words, room, 4)]
    return rows
