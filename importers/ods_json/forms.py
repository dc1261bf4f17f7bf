"""What a JSON text of ODS is, and the records in it, one by one: refusals of a server are told from records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from db.errors import printable
from db.identifiers import is_as_written
from importers.documents.builder import GIVEN, Part, Place
from importers.documents.nodes import MappingNode, Node, ScalarNode, SequenceNode
from importers.ods.organisation import RefusedError
from importers.ods_json.fhir import organization, refusal
from importers.ods_json.fields import JsonRecord, many, step, text, written
from importers.ods_json.ord import record, summary


class NoRecordsError(Exception):
    """A text that holds no records at all; the text is the reason and what to do."""


@dataclass(frozen=True, slots=True)
class JsonForm:
    """A way of writing records; the newest of a `series` tells how things are now."""

    name: str
    title: str
    read: Callable[[MappingNode], JsonRecord]
    series: str
    brief: bool = False
    """Whether it leaves out so much that what anyone else says of a record stands against it."""


ORD = JsonForm("ORD record", "ORD records", record, "ods-xml")
"""Says all that the XML release says of a record, so it belongs to that series."""

SEARCH = JsonForm("line of an ORD search", "ORD search", summary, "ods-search", brief=True)
FHIR = JsonForm("FHIR Organization", "FHIR Organizations", organization, "ods-fhir")
"""Without relationships, which it must not seem to end: hence a series of its own."""


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A record in its form, or what stands in the place of one, with no form."""

    form: JsonForm | None
    node: Node | None
    reason: str = ""
    code: str = ""
    """The key under which it stands, where records stand under their codes."""

    is_link: bool = False
    """Whether it only names a record, as lists of changes do."""


_LISTS = ("entry", "Organisations")
"""Keys of a text under which its records stand in a list."""
BY_CODE = "by code"
"""What is said for the place of records that stand under their codes."""
BARE = "bare"
"""The same for a list without a key."""


def is_record(place: Place, node: Node) -> bool:
    """Whether what stands at a place of a text may be one of its records; only its end tells which of them are."""
    if len(place) == 1:
        return place[0] is None or (isinstance(node, MappingNode) and is_as_written("ods", place[0]))
    return place[0] in _LISTS and place[1] is None


def listed_in(part: Part) -> str:
    """What a part stands in: under one of the keys, by code or in a bare list."""
    if len(part.place) == 1:
        return BARE if part.place[0] is None else BY_CODE
    return part.place[0] or BARE


def place_of_records(root: Node) -> str | None:
    """Where the records of a text stand, as `listed_in` says it; None where the text is one itself.

    Raises `NoRecordsError` for what is no JSON of ODS.
    """
    if isinstance(root, SequenceNode):
        return BARE
    if not isinstance(root, MappingNode):
        raise NoRecordsError("is JSON, but no record of the Organisation Data Service")
    if _text(root, "resourceType") == "Bundle":
        return "entry"
    if "Organisations" in root.entries:
        return "Organisations"
    return BY_CODE if _is_keyed(root) else None


def records(root: Node) -> Iterator[FoundRecord]:
    """The records of a text in order, but for those that were given away as parts.

    Raises `NoRecordsError` for a refusal and for what is something else.
    """
    where = place_of_records(root)
    if where is None:
        found = _one(root)
        if found.form is None:
            raise NoRecordsError(found.reason)
        yield found
    elif isinstance(root, MappingNode) and where != BY_CODE:
        held = step(root, where)
        for item in held.items if isinstance(held, SequenceNode) else [held] if held else []:
            yield found_at(where, item)
    elif isinstance(root, MappingNode):
        yield from (found_at(where, one.value, code) for code, one in root.entries.items() if one.value is not GIVEN)
    else:
        yield from (found_at(where, item) for item in root.items) if isinstance(root, SequenceNode) else ()


def found_at(where: str, node: Node, code: str | None = None) -> FoundRecord:
    """What stands in the place of a record."""
    if where == "entry":
        resource = step(node, "resource")
        return _one(resource) if resource else FoundRecord(None, node, "is an entry without a resource")
    return replace(_one(node), code=code) if where == BY_CODE and code else _one(node)


def _is_keyed(root: MappingNode) -> bool:
    """Whether every key is a code, and stands for an object."""
    return bool(root.entries) and all(
        entry.value is GIVEN or (isinstance(entry.value, MappingNode) and is_as_written("ods", key))
        for key, entry in root.entries.items()
    )


def more_to_come(root: Node, held: int) -> str | None:
    """What a page of a FHIR search lacks that holds so many records, as a remark; None where nothing tells of it."""
    if text(root, "resourceType") != "Bundle" or not any(text(one, "relation") == "next" for one in many(root, "link")):
        return None
    total = written(root, "total")
    return f"is one page of a search, {held:,} of {total or 'more'} organisations; import the next pages as well"


def _one(node: Node) -> FoundRecord:
    """What a single object is."""
    if not isinstance(node, MappingNode):
        return FoundRecord(None, node, "is no object")
    kind = _text(node, "resourceType")
    if kind == "Organization":
        return FoundRecord(FHIR, node)
    if kind == "OperationOutcome":
        return FoundRecord(None, node, f"the server refused: {_words(refusal, node)}")
    if kind:
        return FoundRecord(None, node, f"is a FHIR {kind[:40]}; Organization and Bundles of them are read")
    inner = step(node, "Organisation")
    if isinstance(inner, MappingNode):
        return FoundRecord(ORD, inner)
    if "errorCode" in node.entries or "errorText" in node.entries:
        said = _text(node, "errorText") or "it gives no reason"
        number = _words(lambda one: written(one, "errorCode"), node)[:10] or "no code"
        return FoundRecord(None, node, f"the server refused ({number}): {said[:160]}")
    code = step(node, "OrgId")
    if isinstance(code, MappingNode):
        return FoundRecord(ORD, node)
    if isinstance(code, ScalarNode):
        return FoundRecord(SEARCH, node)
    if "OrgLink" in node.entries:
        return FoundRecord(None, node, "is a link to a record that changed, and says nothing of it", is_link=True)
    return FoundRecord(None, node, "is no record of the Organisation Data Service")


def _text(node: MappingNode, name: str) -> str:
    return _words(lambda one: text(one, name), node)


def _words(read: Callable[[MappingNode], str], node: MappingNode) -> str:
    """A text for a message: on one line, and short."""
    try:
        said = " ".join(read(node).split())
    except RefusedError:
        return "…"
    shown = printable(said)
    return shown if len(shown) <= 200 else shown[:199] + "…"
