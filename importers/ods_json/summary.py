"""A line of an ORD search: what a record is called and where, and neither its dates nor its links."""

from __future__ import annotations

from importers.documents.nodes import MappingNode
from importers.ods_json.parts import Item, active, address, checked_code, checked_name, day_or_none
from importers.ods_json.trees import text
from importers.ods_xml.organisation import Dates, Organisation, Role


def summary(node: MappingNode) -> Item:
    """Read a line of a search; raises `RefusedError` where it cannot be taken."""
    code = checked_code(text(node, "OrgId"))
    role, display = text(node, "PrimaryRoleId"), text(node, "PrimaryRoleDescription")
    status = active(text(node, "Status"))
    return Item(
        Organisation(
            code=code,
            name=checked_name(text(node, "Name"), code),
            stub=False,
            site=text(node, "OrgRecordClass") == "RC2",
            active=status,
            dates=Dates(),
            address=address((), "", "", text(node, "PostCode"), ""),
            uprn="",
            contacts=(),
            roles=(Role(role, True, Dates(), status is not False),) if role else (),
            relationships=(),
            successions=(),
        ),
        day_or_none(text(node, "LastChangeDate")),
        {role: display} if role and display else {},
    )
