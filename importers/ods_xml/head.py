"""What stands before the organisations: the manifest, which tells what the file is, and the names of codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from db.dates import parse
from db.errors import InputError
from importers.base import Input
from importers.ods_xml.markup import BARE, elements, value

VERSION = "2-0-0"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a file of a release says of itself."""

    archive: bool
    """Whether it is the archive, which holds what closed long ago, or else the full file."""
    published: str | None
    count: int | None
    """Organisations in the file, stubs included; None where it is not told."""


@dataclass(frozen=True, slots=True)
class Head:
    """A manifest, None in a fragment, and the names of roles and relationships by their ids."""

    manifest: Manifest | None = None
    names: Mapping[str, str] = field(default_factory=dict)


def read_head(source: Input) -> Head:
    """Read a file up to its first organisation; raises `InputError` where it is no release at all."""
    manifest: Manifest | None = None
    names: dict[str, str] = {}
    told = False
    for element in elements(source):
        told = True
        name = BARE[element.tag]
        if name == "Manifest":
            manifest = _manifest(element, source)
        elif name == "CodeSystems":
            names = _names(element)
        else:
            break
    if not told:
        raise InputError(f"{source.label}: holds no organisations; it is no XML of the Organisation Data Service")
    return Head(manifest, names)


def _manifest(element: etree._Element, source: Input) -> Manifest:
    said = {BARE[child.tag]: value(child) for child in element}
    if said.get("Version") != VERSION:
        version = said.get("Version") or "not told"
        raise InputError(f"{source.label}: the version of its format is {version[:40]}, only {VERSION} is known")
    count = said.get("RecordCount", "")
    if count and not (count.isascii() and count.isdigit() and len(count) < 12):
        raise InputError(f"{source.label}: its RecordCount '{count[:40]}' is no number; fetch it again")
    kind = f"{said.get('PublicationType', '')} {said.get('ContentDescription', '')}".lower()
    archive = "archive" in kind or ("full" not in kind and "archive" in source.name.lower())
    return Manifest(archive, _published(said.get("PublicationDate", ""), source), int(count) if count else None)


def _published(text: str, source: Input) -> str | None:
    if not text:
        return None
    try:
        return parse(text[:10])
    except ValueError as error:
        raise InputError(f"{source.label}: PublicationDate {error}") from error


def _names(element: etree._Element) -> dict[str, str]:
    """Names by id of all code systems together, since ids tell them apart (RO…, RE…, RC…)."""
    return {
        concept.get("id", ""): concept.get("displayName", "").strip()
        for concept in element.iter("{*}concept")
        if concept.get("id") and concept.get("displayName", "").strip()
    }
