"""One entry of a file made into the statement it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from db import identifiers
from db.model import Address
from db.statements import (
    Cite,
    DocumentSaid,
    End,
    EventSaid,
    FactSaid,
    IdentifierSaid,
    LinkSaid,
    NameSaid,
    Statement,
)
from importers.documents.nodes import MappingNode
from importers.records.checked import Checked, Checker
from importers.records.names import without_titles
from importers.records.record_format import RECORD
from importers.records.words import KIND_OF_SCHEME, PARTICIPATION, POST, FileWords, likely_kind


@dataclass(frozen=True, slots=True)
class RecordEntry:
    """A record as it stands in the file, its kind and key already known."""

    node: MappingNode
    kind: str
    key: str


class EntryReader:
    """Makes statements of the entries of one file."""

    def __init__(self, words: FileWords, cites: str | None, kinds: Mapping[str, str]) -> None:
        """`cites` is the source that evidence means when it names none, `kinds` those of all records in the file."""
        self._words = words
        self._cites = cites
        self._kinds = kinds
        self._taker = Checker(words)

    def statement(self, entry: RecordEntry) -> Statement:
        """Return what an entry says; raises `FaultError` at the first thing that is wrong with it."""
        taken = self._taker.take(entry.node, RECORD, kind=entry.kind)
        said_kind = taken.text("kind")
        if said_kind is not None and said_kind != entry.kind:
            raise taken.fault("kind", f"is {said_kind}, but the record stands in the list for kind {entry.kind}")
        cites = self._evidence(taken)
        if "evidence" not in taken.shapes and self._cites is not None:
            cites = (Cite(self._cites),)
        names = self._names(taken, entry.kind)
        return Statement(
            key=entry.key,
            kind=entry.kind,
            line=entry.node.line,
            partial=not any(name.kind == "official" for name in names),
            type=taken.text("type"),
            form=taken.text("form"),
            status=taken.text("status"),
            legal_form=taken.text("legal_form"),
            legal_basis=taken.text("legal_basis"),
            basis_status=taken.text("basis_status"),
            summary=taken.text("summary"),
            opened=taken.text("opened"),
            closed=taken.text("closed"),
            legal_start=taken.text("legal_start"),
            legal_end=taken.text("legal_end"),
            address=_address(taken),
            document=_document(taken) if entry.kind == "document" else None,
            names=names,
            identifiers=tuple(self._identifier(one) for one in taken.many("identifiers")),
            facts=self._facts(taken),
            links=tuple(self._links(taken, entry)),
            events=tuple(self._event(one) for one in taken.many("events")),
            cites=cites,
            same_person=taken.flags.get("same_person", False),
        )

    def _evidence(self, taken: Checked) -> tuple[Cite, ...]:
        """The evidence named beside something; nothing means as the record."""
        return tuple(self._cite(one) for one in taken.many("evidence"))

    def _cite(self, taken: Checked) -> Cite:
        source = taken.text("source") or self._cites
        if source is None:
            raise taken.fault("", "names no source, and the file has no `cites` for it to mean")
        claimant = taken.text("claimant")
        return Cite(
            source,
            taken.text("locator"),
            taken.text("quote"),
            taken.text("basis") or ("claimed" if claimant else "stated"),
            taken.numbers.get("confidence"),
            claimant,
            taken.text("note"),
        )

    def _names(self, taken: Checked, kind: str) -> tuple[NameSaid, ...]:
        """The official name first; a person's titles come off it and the whole becomes a further name."""
        names = [self._name(one) for one in taken.many("names")]
        if "name" in taken.texts and "title" in taken.texts:
            raise taken.fault("title", "means the same as 'name'; leave one of them out")
        main = taken.text("name") or taken.text("title")
        if main is None:
            if "verbatim" in taken.texts:
                raise taken.fault("verbatim", "is the spelling of a name, and the record gives none")
            return tuple(names)
        plain = without_titles(main) if kind == "person" else main
        further = [NameSaid(plain, "official", verbatim=taken.text("verbatim"))]
        if plain != main:
            further.append(NameSaid(main, "title"))
        said = {(name.name, name.kind) for name in names}
        return (*(name for name in further if (name.name, name.kind) not in said), *names)

    def _name(self, taken: Checked) -> NameSaid:
        return NameSaid(
            taken.texts["name"],
            taken.text("kind") or "short",
            taken.text("start"),
            taken.text("end"),
            taken.text("verbatim"),
            self._evidence(taken),
        )

    def _identifier(self, taken: Checked) -> IdentifierSaid:
        scheme = taken.texts["scheme"]
        try:
            value = identifiers.normalised(scheme, taken.texts["value"])
        except ValueError as error:
            raise taken.fault("value", str(error)) from error
        return IdentifierSaid(scheme, value, self._evidence(taken))

    def _facts(self, taken: Checked) -> tuple[FactSaid, ...]:
        return tuple(self._fact(one) for one in taken.many("facts"))

    def _fact(self, taken: Checked) -> FactSaid:
        value, text = taken.values.get("value"), taken.text("text")
        if value is None and text is None:
            raise taken.fault("", "says nothing: it needs a value, a text or both")
        return FactSaid(
            taken.texts["property"], value, taken.text("unit"), taken.text("as_of"), text, self._evidence(taken)
        )

    def _event(self, taken: Checked) -> EventSaid:
        return EventSaid(taken.text("date"), taken.texts["kind"], taken.texts["text"], self._evidence(taken))

    def _links(self, taken: Checked, entry: RecordEntry) -> list[LinkSaid]:
        links = [self._link(one, entry, PARTICIPATION, "who", False) for one in taken.many("participants")]
        links += [self._link(one, entry, POST, "in", True) for one in taken.many("posts")]
        for one in taken.many("links"):
            if ("to" in one.texts) == ("from" in one.texts):
                raise one.fault("", "wants either 'to' or 'from', the key of the record at the other end")
            outward = "to" in one.texts
            links.append(self._link(one, entry, one.texts["type"], "to" if outward else "from", outward))
        return links

    def _link(self, taken: Checked, entry: RecordEntry, type_name: str, field: str, outward: bool) -> LinkSaid:
        return LinkSaid(
            type=type_name,
            other=self._end(taken, entry, type_name, field, outward),
            outward=outward,
            role=taken.text("role"),
            start=taken.text("start"),
            end=taken.text("end"),
            legal_start=taken.text("legal_start"),
            legal_end=taken.text("legal_end"),
            status=taken.text("status"),
            facts=self._facts(taken),
            cites=self._evidence(taken),
        )

    def _end(self, taken: Checked, entry: RecordEntry, type_name: str, field: str, outward: bool) -> End:
        """The far end, checked against the kinds that the link's type may join as far as its own kind is known."""
        link_type = self._words.link_types[type_name]
        own, others = link_type.source_kinds, link_type.target_kinds
        if not outward:
            own, others = others, own
        if entry.kind not in own:
            raise taken.fault("type", f"'{type_name}' {_cannot(outward, entry.kind, own)}")
        key, said = taken.texts[field], taken.text("kind")
        if key == entry.key:
            raise taken.fault(field, "ties the record to itself")
        held = self._kinds.get(key)
        if held is not None and said is not None and said != held:
            raise taken.fault("kind", f"is {said}, but {key} is in this file as {held}")
        scheme_kind = KIND_OF_SCHEME.get(key.partition(":")[0])
        known = held or said or (scheme_kind if scheme_kind != "organisation" else None)
        if known is not None and known not in others:
            raise taken.fault(field, f"{key}: '{type_name}' {_cannot(not outward, known, others)}")
        return End(key, taken.text("name"), known or likely_kind(link_type, outward, key))


def _cannot(starts: bool, kind: str, allowed: tuple[str, ...]) -> str:
    """What a link's type says to a record of the wrong kind at one of its ends."""
    verb = "start at" if starts else "lead to"
    return f"cannot {verb} a record of kind {kind}, only {' or '.join(allowed)}"


def _address(taken: Checked) -> Address | None:
    found = next(iter(taken.many("address")), None)
    if found is None:
        return None
    address = Address(
        tuple(found.lists.get("lines", ())),
        found.text("town"), found.text("county"), found.text("postcode"), found.text("country"),
    )  # fmt: skip
    return address if address != Address((), None, None, None, None) else None


def _document(taken: Checked) -> DocumentSaid:
    return DocumentSaid(taken.text("publisher"), taken.text("published"), taken.text("url"), taken.text("licence"))
