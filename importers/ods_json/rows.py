"""What a text of ODS is as a source, and its rows: each record once, those that cannot be taken with the reason."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from db.dates import earliest, latest
from db.files.text_numbers import TextNumbers
from db.statements import Reading, RejectSaid, RowSaid, SourceSaid, Statement
from importers.documents.nodes import MappingNode, Node
from importers.ods.codes import codes, link_types, publisher, terms
from importers.ods.organisation import Organisation, RefusedError
from importers.ods.statements import StatementMaker
from importers.ods_json.fields import JsonRecord, json_codes, written
from importers.ods_json.forms import FoundRecord, JsonForm
from importers.vintage import in_words

Said = RowSaid | RejectSaid


@dataclass(frozen=True, slots=True)
class ReadRecord:
    """A record as far as it could be read."""

    row: int
    item: JsonRecord | None
    reason: str = ""
    value: str | None = None


def read_one(row: int, found: FoundRecord, form: JsonForm) -> ReadRecord:
    """Read a record of a text whose records have this form."""
    if found.form is None:
        return ReadRecord(row, None, found.reason, _called(found.node))
    if found.form is not form:
        return ReadRecord(
            row, None, f"is a {found.form.name} among {form.title}; import it by itself", _called(found.node)
        )
    if not isinstance(found.node, MappingNode):
        return ReadRecord(row, None, "is no object")
    try:
        item = form.read(found.node)
    except RefusedError as error:
        return ReadRecord(row, None, str(error), _called(found.node) or found.code or None)
    if found.code not in ("", item.said.code):
        return ReadRecord(row, None, f"is the record of {item.said.code} under the key {found.code}", item.said.name)
    return ReadRecord(row, item)


@dataclass(slots=True)
class JsonRows:
    """Makes rows; a record that a text holds twice counts once, and two that differ are the first one."""

    maker: StatementMaker
    form: JsonForm
    _first: TextNumbers = field(default_factory=TextNumbers)
    """By code the first row of it."""
    _told: array[int] = field(default_factory=lambda: array("q", [0]))
    """By row the hash of what it says."""

    def row(self, read: ReadRecord) -> Said:
        """The row of one record."""
        if read.item is None:
            return RejectSaid(read.row, read.reason, read.value)
        said = read.item.said
        told = hash(said)
        self._told.extend([0] * (read.row + 1 - len(self._told)))
        self._told[read.row] = told
        first = self._first.setdefault(said.code, read.row)
        if first != read.row:
            if self._told[first] == told:
                return RowSaid(read.row, ())
            return RejectSaid(read.row, f"{said.code} is described by record {first} as well, which counts", said.name)
        try:
            return RowSaid(read.row, self._statements(said, read.row))
        except RefusedError as error:
            return RejectSaid(read.row, str(error), said.name)

    def _statements(self, said: Organisation, row: int) -> tuple[Statement, ...]:
        statements = self.maker.statements(said, row)
        # A role without its dates would stand beside the same one with them, which a fuller source tells.
        return tuple(replace(one, brief=True, facts=()) for one in statements) if self.form.brief else statements


def _called(node: Node | None) -> str | None:
    """What a refused record is called, for the list of rejects."""
    try:
        return next(filter(None, (written(node, name) for name in ("Name", "name", "OrgLink"))), "")[:80] or None
    except RefusedError:
        return None


def statement_maker(today: str, named: Mapping[str, str]) -> StatementMaker:
    """Who makes the statements: roles are called as the source calls them, else by the names that we know."""
    return StatementMaker(today, {**json_codes()["roles"], **named})


def reading(
    source: SourceSaid, rows: Iterable[RowSaid | RejectSaid], named: Mapping[str, str], remarks: tuple[str, ...] = ()
) -> Reading:
    """All of a source, with words for the roles and relationships that it names and nobody foresaw."""
    return Reading(source, rows, terms=terms(named), link_types=link_types(named), remarks=remarks)


def described(
    key: str, title: str, published: str | None, form: JsonForm, format: str, path: str | None, digest: str
) -> SourceSaid:
    """A source that lists some records and not all there are, so that nothing is gone because it lacks it."""
    title = f"NHS Organisation Data Service: {title}"
    return SourceSaid(
        key=key,
        title=f"{title}, {in_words(published)}" if published else title,
        format=format,
        publisher=publisher(earliest(published), latest(published)),
        published=published,
        licence=codes().licence,
        series=form.series,
        path=path,
        digest=digest,
    )
