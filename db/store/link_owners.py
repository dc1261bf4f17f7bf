"""Puts each link with the record that owns it, so that one record holds all that a link is resolved from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from db.statements import End, LinkSaid, NameSaid, Statement
from db.store.identity import LinkType
from db.store.unknown_words import unknown_link_type


def by_owner(statement: Statement, types: Mapping[str, LinkType]) -> Iterator[tuple[Statement, End]]:
    """Yield the statement with the links that its record owns, then what it says of the other links' owners.

    Each comes with the record it is about, as it is called where it is named.

    A participation belongs to its arrangement, a post to its person. Raises InputError for an unknown link type.
    """
    own: list[LinkSaid] = []
    others: list[tuple[End, LinkSaid]] = []
    for link in statement.links:
        kind = types.get(link.type)
        if kind is None:
            raise unknown_link_type(link.type)
        if (kind.owner == "source") == link.outward or link.other.key == statement.key:
            own.append(link)
        else:
            others.append((link.other, _turned(link, statement)))
    here = End(statement.key, None, statement.kind)
    if not others:
        yield statement, here
        return
    yield replace(statement, links=tuple(own)), here
    for owner in dict.fromkeys(end.key for end, _ in others):
        links = tuple(link for end, link in others if end.key == owner)
        named = next((end for end, _ in others if end.key == owner and end.name), None)
        end = named or next(end for end, _ in others if end.key == owner)
        yield Statement(owner, end.kind, line=statement.line, partial=True, links=links), end


def _turned(link: LinkSaid, statement: Statement) -> LinkSaid:
    """The same link as its other end would state it, with the evidence that it inherits here."""
    named: NameSaid | None = next((name for name in statement.names if name.kind == "official"), None)
    here = End(statement.key, named.name if named else None, statement.kind)
    return replace(link, other=here, outward=not link.outward, cites=link.cites or statement.cites)
