"""Rows of a release as rows of the register, without their numbers: made where they are read. Pure functions.

Everything made here is plain, so that one process can hand it to another.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, NamedTuple

from db.model import Address
from db.search.record_texts import NO_TYPE, TypeWords, is_public, is_tied
from db.search.rows import plain_text
from db.statements import (
    End,
    FactSaid,
    IdentifierSaid,
    LinkSaid,
    NameSaid,
    Prepared,
    RowSaid,
    Statement,
    far_kind,
)
from db.store.identity import is_open_by
from db.store.statement_rows import decode, encode

RECORD = (
    "key", "kind", "type", "name", "status", "open", "opened", "closed", "legal_opened", "legal_closed", "address",
    "town", "postcode", "county", "country",
)  # fmt: skip
"""The columns of table `record` that such a row fills, beside the number; that it is no placeholder is the default."""
STATED = (
    "key", "kind", "type", "status", "opened", "closed", "legal_opened", "legal_closed", "address", "town", "county",
    "postcode", "country",
)  # fmt: skip
"""The columns of table `record` that hold what its row stated, in the order in which `sole_statement` takes them."""
_ADDRESS = RECORD.index("address")
_OUTWARD, _ROLE = 1, 3
"""Places in a link as rows are prepared with it."""
_FILLED = frozenset((
    "key", "kind", "line", "type", "status", "opened", "closed", "legal_start", "legal_end", "address", "names",
    "identifiers", "facts", "links",
))  # fmt: skip
_UNFILLED = [field for field in fields(Statement) if field.name not in _FILLED]
"""What a statement has to leave out to be all that is said of a record, beside what its rows hold."""
_unfilled = attrgetter(*(field.name for field in _UNFILLED))
_LEFT_OUT = tuple(field.default for field in _UNFILLED)

PUT_OFF = (0, "", "", "", "")
"""No record that takes nothing of what others say has the rank of a public body."""


class PreparedRow(NamedTuple):
    """The fields of what `prepare` returns, which is a plain tuple because only those travel between processes."""

    line: int
    digest: int
    key: str
    record: tuple[Any, ...] | None
    """Columns of `RECORD`; None where the row has to be taken as a statement like any other."""
    verbatim: str | None
    facts: tuple[tuple[Any, ...], ...]
    """Property, value, unit, as-of date, text."""
    own: tuple[tuple[Any, ...], ...]
    """Links that the record owns: type, whether outward, far end, then the columns of `link` from `role` on."""
    far: tuple[tuple[Any, ...], ...]
    """The same for links that their far ends own."""
    found_by: tuple[int, str, str, str, str] | None
    """What the search index holds of it, with what was said before where it was compared; None where that takes what
    others say as well, `PUT_OFF` where it is yet to be made."""
    statements: tuple[str, ...] = ()
    """The statements as JSON where there is no record, and where it may be one that the register holds otherwise."""
    compared: tuple[Any, ...] | None = None
    """The fields of the `ComparedRow` that tells what the row changes; then its statement is all there is beside."""

    def leads_to(self, joined: Collection[str]) -> bool:
        """Whether it leads to a key that a person joined with another: the link alone would not tell to which."""
        return bool(joined) and any(link[2] in joined for link in (*self.own, *self.far))


@dataclass(frozen=True, slots=True)
class Preparing:
    """What has to be known of the register to prepare rows for it."""

    opens: Mapping[str, bool | None]
    """Which statuses mean that a record is open."""
    owners: Mapping[str, str]
    """Which end owns a link, `source` or `target`, by link type."""
    types: Mapping[str, TypeWords]
    """What the vocabularies tell of each type."""
    abolished: Collection[str]
    """Types of bodies that are no more: that one has closed may follow from more than its row."""
    nicknamed: Collection[str]
    """Keys of bodies that people call otherwise than any source: they are found by that as well."""
    again: bool
    """Whether rows may say otherwise what the register holds."""

    def prepare(self, row: RowSaid, put_off: bool = False) -> Prepared:
        """Return the fields of a `PreparedRow`, what the index holds of it being `put_off` or made."""
        statement = row.statements[0] if len(row.statements) == 1 else None
        if statement is None or row.digest is None or not self._is_plain(statement):
            key = row.statements[0].key if row.statements else ""
            said = tuple(map(encode, row.statements))
            return tuple(PreparedRow(row.line, row.digest or 0, key, None, None, (), (), (), None, said))
        name = statement.names[0]
        record = self._record(statement, name.name)
        facts = tuple(
            dict.fromkeys([(one.property, one.value, one.unit, one.as_of, one.text) for one in statement.facts])
        )
        own: list[tuple[Any, ...]] = []
        far: list[tuple[Any, ...]] = []
        for link in statement.links:
            owned = (self.owners[link.type] == "source") == link.outward or link.other.key == statement.key
            (own if owned else far).append((
                link.type, link.outward, link.other.key, link.role, link.start, link.end, link.legal_start,
                link.legal_end, link.status,
            ))  # fmt: skip
        kind, kind_type = statement.kind, self.types.get(statement.type or "", NO_TYPE)
        takes_more = is_tied(kind, statement.type) or is_public(kind, kind_type) or statement.key in self.nicknamed
        prepared = PreparedRow(
            row.line, row.digest, statement.key, record, name.verbatim, facts, _distinct(own), _distinct(far),
            None if takes_more else PUT_OFF,
        )  # fmt: skip
        if not put_off:
            prepared = self.findable(prepared)
        if self.again:
            prepared = prepared._replace(statements=tuple(map(encode, statements_of(prepared))))
        return tuple(prepared)

    def _is_plain(self, statement: Statement) -> bool:
        """Whether the rows of the record will be all that the statement says."""
        if len(statement.names) != 1 or len(statement.identifiers) != 1:
            return False
        name, code = statement.names[0], statement.identifiers[0]
        return (
            _unfilled(statement) == _LEFT_OUT
            and (statement.type not in self.abolished or bool(statement.closed))
            and (name.kind, name.start, name.end, name.cites) == ("official", None, None, ())
            and f"{code.scheme}:{code.value}" == statement.key
            and not code.cites
            and not any([fact.cites for fact in statement.facts])
            and all(map(self._is_plain_link, statement.links))
        )

    def _is_plain_link(self, link: LinkSaid) -> bool:
        return (
            link.type in self.owners
            and not (link.facts or link.cites or link.other.name)
            and link.other.kind == far_kind(link.type)
        )

    def _record(self, statement: Statement, name: str) -> tuple[Any, ...]:
        address = statement.address
        place: tuple[str | None, ...] = (None,) * 5
        if address is not None:
            place = ("\n".join(address.lines), address.town, address.postcode, address.county, address.country)
        is_open = is_open_by(self.opens, statement.status, statement.closed)
        return (
            statement.key, statement.kind, statement.type, name, statement.status,
            None if is_open is None else int(is_open), statement.opened, statement.closed, statement.legal_start,
            statement.legal_end, *place,
        )  # fmt: skip

    def findable(self, row: PreparedRow) -> PreparedRow:
        """Return a row with what the search index holds of a record that takes nothing of what others say."""
        if row.found_by != PUT_OFF or row.record is None:
            return row
        _, kind, kind_type, name, status, is_open, *_ = row.record
        _, town, postcode, county, _ = row.record[_ADDRESS:]
        names = [(name, "official")]
        if row.verbatim is not None:
            names.append((row.verbatim, "official"))
        roles = [link[_ROLE] for link in (*row.own, *row.far) if link[_ROLE] is not None and link[_OUTWARD]]
        text = plain_text(
            kind, kind_type, status, is_open, names, [(about, value, text) for about, value, _, _, text in row.facts],
            roles, town, county, postcode, self.types.get(kind_type or "", NO_TYPE),
        )  # fmt: skip
        return row._replace(found_by=text)


def _distinct(links: Sequence[tuple[Any, ...]]) -> tuple[tuple[Any, ...], ...]:
    """Make one of links that share type, ends, role and start: the first counts, others fill what it leaves out.

    As `resolve` does with one statement.
    """
    if len(links) < 2 or len({link[:3] for link in links}) == len(links):
        return tuple(links)
    found: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for link in links:
        key = (*link[:3], link[3] or "", link[4] or "")
        before = found.setdefault(key, link)
        if before is not link:
            filled = (old if old is not None else new for old, new in zip(before[6:], link[6:], strict=True))
            found[key] = (*before[:6], *filled)
    return tuple(found.values())


def statements_of(row: PreparedRow) -> tuple[Statement, ...]:
    """Return what a row said that was prepared."""
    if row.record is None:
        return tuple(decode(body, row.line) for body in row.statements)
    return (statement_of(row, row.facts, (*row.own, *row.far)),)


def statement_of(row: PreparedRow, facts: Iterable[tuple[Any, ...]], links: Iterable[tuple[Any, ...]]) -> Statement:
    """Return what a row said that all of a record was prepared of, with these of its facts and links."""
    key, kind, type_name, name, status, _, *dates, lines, town, postcode, county, country = row.record or ()
    said = (row.line, key, kind, type_name, status, *dates, lines, town, county, postcode, country)
    names = (NameSaid(name, verbatim=row.verbatim),)
    return sole_statement(said, names, [FactSaid(*fact) for fact in facts], links_of(links))


def sole_statement(
    columns: Sequence[Any], names: Iterable[NameSaid], facts: Iterable[FactSaid], links: Iterable[LinkSaid]
) -> Statement:
    """Return the statement that the row of a record is, by its line, key, kind, type, status, dates and address."""
    line, key, kind, type_name, status, opened, closed, legal_start, legal_end, lines, *place = columns
    scheme, value = key.split(":", 1)
    return Statement(
        key,
        kind,
        line,
        type=type_name,
        status=status,
        opened=opened,
        closed=closed,
        legal_start=legal_start,
        legal_end=legal_end,
        address=None if lines is None else Address(tuple(lines.split("\n")) if lines else (), *place),
        names=tuple(names),
        identifiers=(IdentifierSaid(scheme, value),),
        facts=tuple(facts),
        links=tuple(links),
    )


def links_of(links: Iterable[tuple[Any, ...]]) -> list[LinkSaid]:
    """Return links that were prepared as a source states them."""
    return [LinkSaid(link[0], End(link[2], None, far_kind(link[0])), *link[1:2], *link[3:]) for link in links]
