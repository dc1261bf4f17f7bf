"""What a JSON text of ODS is, and the records in it, one by one: refusals of a server are told from records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from db.identifiers import is_as_written
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

    @property
    def is_link(self) -> bool:
        """Whether it only names a record, as lists of changes do."""
        return isinstance(self.node, MappingNode) and "OrgLink" in self.node.entries and self.form is None


def records(root: Node) -> Iterator[FoundRecord]:
    """The records of a text in order; raises `NoRecordsError` for a refusal and for what is something else."""
    if isinstance(root, SequenceNode):
        for item in root.items:
            yield _one(item)
    elif not isinstance(root, MappingNode):
        raise NoRecordsError("is JSON, but no record of the Organisation Data Service")
    elif _text(root, "resourceType") == "Bundle":
        yield from _bundled(root)
    elif "Organisations" in root.entries:
        listed = step(root, "Organisations")
        yield from (_one(item) for item in (listed.items if isinstance(listed, SequenceNode) else [listed]) if item)
    elif _is_keyed(root):
        yield from (replace(_one(entry.value), code=code) for code, entry in root.entries.items())
    else:
        found = _one(root)
        if found.form is None:
            raise NoRecordsError(found.reason)
        yield found


def _is_keyed(root: MappingNode) -> bool:
    """Whether every key is a code, and stands for an object."""
    held = root.entries.items()
    return bool(held) and all(is_as_written("ods", key) and isinstance(entry.value, MappingNode) for key, entry in held)


def more_to_come(root: Node) -> str | None:
    """What a page of a FHIR search lacks, as a remark; None where nothing tells that it lacks anything."""
    if text(root, "resourceType") != "Bundle" or not any(text(one, "relation") == "next" for one in many(root, "link")):
        return None
    total = written(root, "total")
    held = len(many(root, "entry"))
    return f"is one page of a search, {held:,} of {total or 'more'} organisations; import the next pages as well"


def _bundled(bundle: MappingNode) -> Iterator[FoundRecord]:
    held = step(bundle, "entry")
    for entry in held.items if isinstance(held, SequenceNode) else [held] if held else []:
        resource = step(entry, "resource")
        yield _one(resource) if resource else FoundRecord(None, entry, "is an entry without a resource")


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
        return FoundRecord(None, node, "is a link to a record that changed, and says nothing of it")
    return FoundRecord(None, node, "is no record of the Organisation Data Service")


def _text(node: MappingNode, name: str) -> str:
    return _words(lambda one: text(one, name), node)


def _words(read: Callable[[MappingNode], str], node: MappingNode) -> str:
    """A text for a message: on one line, and short."""
    try:
        said = " ".join(read(node).split())
    except RefusedError:
        return "…"
    shown = "".join(letter if letter.isprintable() else "�" for letter in said)
    return shown if len(shown) <= 200 else shown[:199] + "…"
