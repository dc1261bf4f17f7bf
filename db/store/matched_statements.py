"""What is said of a body under its name alone, as it counts for the record that is meant: a pure function."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from db.crosswalk import same_body
from db.keys import OWN_SCHEMES
from db.statements import Cite, End, EventSaid, FactSaid, IdentifierSaid, LinkSaid, NameSaid, Statement
from db.store.resolve_names import same_name
from db.store.sourced import Sourced

SCHEME = "org"
"""Scheme of the keys that are made of a name."""
_Said = TypeVar("_Said", NameSaid, IdentifierSaid, FactSaid, EventSaid, LinkSaid)
NOTE = "Named without a code: that this record is meant is inferred from the name."


@dataclass(frozen=True, slots=True)
class Meant:
    """The record that a key made of a name means; `inferred` unless somebody says so."""

    key: str
    inferred: bool


def declares(statement: Statement, key: str) -> bool:
    """Whether a statement itself gives the key made of a name as an identifier of its record."""
    if statement.key == key and statement.identifiers and not statement.by_name:
        return True
    return any(one.scheme == SCHEME and f"{SCHEME}:{one.value}" == key for one in statement.identifiers)


def with_keys(said: Sequence[Sourced], key: str) -> Sequence[Sourced]:
    """Return what was said of the record with `key`, with the keys of statements among the codes that they give.

    Whoever gives a body other codes beside the key by which it is known there says that all are of one body.
    """
    return [
        replace(spoken, statement=_with_key(spoken.statement))
        if spoken.statement.identifiers and spoken.statement.key != key
        else spoken
        for spoken in said
    ]


def _with_key(statement: Statement) -> Statement:
    scheme, value = statement.key.split(":", 1)
    return replace(statement, identifiers=(*statement.identifiers, IdentifierSaid(scheme, value)))


def held_keys(said: Sequence[Sourced], key: str) -> dict[tuple[str, str], frozenset[Cite]]:
    """Return the other keys under which something was said of the record with `key`, with the evidence of who did.

    As long as what they said is kept there, it has to be found there, whoever else gives the code or has taken it back.
    """
    found: dict[tuple[str, str], frozenset[Cite]] = {}
    for spoken in said:
        if spoken.statement.key != key:
            scheme, value = spoken.statement.key.split(":", 1)
            found[scheme, value] = found.get((scheme, value), frozenset()) | spoken.cites
    return found


def as_meant(said: Sequence[Sourced], key: str, joined: Mapping[str, Meant]) -> Sequence[Sourced]:
    """Return what was said of the record with `key`, with names that mean a record put as that record's key.

    Statements that know the record by its name alone describe it no more: they never override what a list with codes
    says of it, and add names, links and facts with evidence that says what is inferred.
    """
    if not joined and all(spoken.statement.key == key for spoken in said):
        return said
    by_name = [_is_by_name(spoken.statement, key) for spoken in said]
    stated = {
        same_name(name.name)
        for spoken, of_a_name in zip(said, by_name, strict=True)
        for name in spoken.statement.names
        if not of_a_name and not spoken.withdrawn
    }
    return [_one(spoken, key, joined, stated if named else None) for spoken, named in zip(said, by_name, strict=True)]


def as_joined(said: Sequence[Sourced], key: str) -> Sequence[Sourced]:
    """Return what was said of the record with `key`, with the official names of what a person joined with it as further
    names, and of what a crosswalk has as one with it under a key that the register made.

    That they are other than those under the key tells of no renaming; they are official where none is given there.
    """
    joined = {
        f"{code.scheme}:{code.value}" for one in said if one.statement.one_body for code in one.statement.identifiers
    }
    others = {one.statement.key for one in said if one.statement.key != key}
    joined |= {one for one in others if one.partition(":")[0] in OWN_SCHEMES and _is_crosswalked(one, key)}
    if joined.isdisjoint(others):
        return said
    named = any(
        name.kind == "official" and one.statement.key not in joined - {key} and not one.withdrawn
        for one in said
        for name in one.statement.names
    )
    if not named:
        return said
    return [_with_further_names(one) if one.statement.key in joined - {key} else one for one in said]


def _is_crosswalked(code: str, key: str) -> bool:
    body = same_body(code)
    return body is not None and body.key == key


def _with_further_names(spoken: Sourced) -> Sourced:
    return replace(spoken, statement=replace(spoken.statement, names=_further(spoken.statement.names)))


def _further(names: Iterable[NameSaid]) -> tuple[NameSaid, ...]:
    return tuple(replace(one, kind="as-written") if one.kind == "official" else one for one in names)


def _is_by_name(statement: Statement, key: str) -> bool:
    if statement.key == key:
        return False
    if statement.one_body:
        # That two names are one body's comes to the record that they mean by these names.
        return statement.key.startswith(f"{SCHEME}:")
    return statement.by_name and not declares(statement, statement.key)


def _one(spoken: Sourced, key: str, joined: Mapping[str, Meant], stated: Collection[str] | None) -> Sourced:
    """One statement; `stated` are the names that others give where it knows the record by its name alone."""
    statement = spoken.statement
    if stated is None and not any(link.other.key in joined or link.other.key == key for link in statement.links):
        return spoken
    if stated is not None:
        meant = joined.get(statement.key)
        statement = _demoted(spoken, stated, inferred=meant is None or meant.inferred)
    links = tuple(
        _link(link, spoken, statement, joined)
        for link in statement.links
        if not _is_within(link, spoken.statement, key, joined)
    )
    return replace(spoken, statement=replace(statement, links=links))


def _is_within(link: LinkSaid, statement: Statement, key: str, joined: Mapping[str, Meant]) -> bool:
    """Whether a link ties together what is one record under several keys."""
    other = joined[link.other.key].key if link.other.key in joined else link.other.key
    return other == key and not link.other.key == statement.key == key


def _demoted(spoken: Sourced, stated: Collection[str], *, inferred: bool) -> Statement:
    """The statement as one that adds to a record that others describe; their names are as they give them."""
    statement = replace(spoken.statement, cites=tuple(sorted(spoken.cites, key=repr)))
    if inferred:
        statement = with_cites(statement, _inferred)
    scheme, value = statement.key.split(":", 1)
    return replace(
        statement,
        partial=True, type=None, form=None, status=None, legal_form=None, legal_basis=None, basis_status=None,
        summary=None, opened=None, closed=None, legal_start=None, legal_end=None, address=None, document=None,
        names=_further(one for one in statement.names if same_name(one.name) not in stated),
        identifiers=(*statement.identifiers, IdentifierSaid(scheme, value)),
    )  # fmt: skip


def with_cites(statement: Statement, cites: Callable[[tuple[Cite, ...]], tuple[Cite, ...]]) -> Statement:
    """Return a statement with other evidence for all that it says."""

    def anew(said: Iterable[_Said]) -> tuple[_Said, ...]:
        return tuple(replace(one, cites=cites(one.cites)) for one in said)

    return replace(
        statement,
        cites=cites(statement.cites),
        names=anew(statement.names),
        identifiers=anew(statement.identifiers),
        facts=anew(statement.facts),
        events=anew(statement.events),
        links=anew(replace(one, facts=anew(one.facts)) for one in statement.links),
    )


def _link(link: LinkSaid, spoken: Sourced, statement: Statement, joined: Mapping[str, Meant]) -> LinkSaid:
    """A link whose far end is known by its name alone, led to the record that is meant."""
    meant = joined.get(link.other.key)
    if meant is None:
        return link
    cites = link.cites or statement.cites or tuple(sorted(spoken.cites, key=repr))
    other = End(meant.key, link.other.name, link.other.kind)
    return replace(link, other=other, cites=_inferred(cites) if meant.inferred else cites)


def _inferred(cites: tuple[Cite, ...]) -> tuple[Cite, ...]:
    return tuple(replace(one, basis="inferred", note=f"{one.note} {NOTE}" if one.note else NOTE) for one in cites)
