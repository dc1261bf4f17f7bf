"""The rows of a text: what each record says, each counted once, those that cannot be taken with the reason."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from db.statements import RejectSaid, RowSaid, Statement
from importers.documents.nodes import MappingNode, Node
from importers.ods_json.forms import Form, Found
from importers.ods_json.parts import Item
from importers.ods_json.trees import written
from importers.ods_xml.organisation import Organisation, RefusedError
from importers.ods_xml.saying import Speaker

Said = RowSaid | RejectSaid


@dataclass(frozen=True, slots=True)
class Read:
    """A record as far as it could be read."""

    row: int
    item: Item | None
    reason: str = ""
    value: str | None = None


def read_one(row: int, found: Found, form: Form) -> Read:
    """Read a record of a text whose records have this form."""
    if found.form is None:
        return Read(row, None, found.reason, _called(found.node))
    if found.form is not form:
        return Read(row, None, f"is a {found.form.name} among {form.title}; import it by itself", _called(found.node))
    if not isinstance(found.node, MappingNode):
        return Read(row, None, "is no object")
    try:
        item = form.read(found.node)
    except RefusedError as error:
        return Read(row, None, str(error), _called(found.node) or found.code or None)
    if found.code not in ("", item.said.code):
        return Read(row, None, f"is the record of {item.said.code} under the key {found.code}", item.said.name)
    return Read(row, item)


@dataclass(slots=True)
class Teller:
    """Makes rows; a record that a text holds twice counts once, and two that differ are the first one."""

    speaker: Speaker
    form: Form
    _told: dict[str, tuple[int, Organisation]] = field(default_factory=dict)

    def row(self, read: Read) -> Said:
        """The row of one record."""
        if read.item is None:
            return RejectSaid(read.row, read.reason, read.value)
        said = read.item.said
        first, before = self._told.setdefault(said.code, (read.row, said))
        if first != read.row:
            if before == said:
                return RowSaid(read.row, ())
            return RejectSaid(read.row, f"{said.code} is described by row {first} as well, which counts", said.name)
        try:
            return RowSaid(read.row, (self._statement(said, read.row),))
        except RefusedError as error:
            return RejectSaid(read.row, str(error), said.name)

    def _statement(self, said: Organisation, row: int) -> Statement:
        statement = self.speaker.statement(said, row)
        # A role without its dates would stand beside the same one with them, which a fuller source tells.
        return replace(statement, brief=True, facts=()) if self.form.brief else statement


def _called(node: Node | None) -> str | None:
    """What a refused record is called, for the list of rejects."""
    try:
        return next(filter(None, (written(node, name) for name in ("Name", "name", "OrgLink"))), "")[:80] or None
    except RefusedError:
        return None
