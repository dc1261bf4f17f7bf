"""One entry of a file made into the statement it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

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
    ValueSaid,
)
from importers.documents.nodes import MappingNode
from importers.documents.shapes import Shape, Want
from importers.records.checked import Checked, Checker
from importers.records.names import without_titles
from importers.records.record_format import ADDRESS, LINK, RECORD
from importers.records.words import KIND_OF_SCHEME, PARTICIPATION, POST, FileWords, likely_kind


@dataclass(frozen=True, slots=True)
class RecordEntry:
    """A record as it stands in the file, its kind and key already known."""

    node: MappingNode
    kind: str
    key: str


class KindsByKey(Protocol):
    """Tells the kinds of the records in a file; a dict does."""

    def get(self, key: str, /) -> str | None:
        """The kind of the record that has a key, None where none has."""


class EntryReader:
    """Makes statements of the entries of one file."""

    def __init__(self, words: FileWords, cites: str | None, kinds: KindsByKey) -> None:
        """`cites` is the source that evidence means when it names none, `kinds` those of all records in the file."""
        self._words = words
        self._cites = cites
        self._kinds = kinds
        self._checker = Checker(words)

    def statement(self, entry: RecordEntry) -> Statement:
        """Return what an entry says; raises `FaultError` at the first thing that is wrong with it."""
        checked = self._checker.check(entry.node, RECORD, kind=entry.kind)
        said_kind = checked.text("kind")
        if said_kind is not None and said_kind != entry.kind:
            raise checked.fault("kind", f"is {said_kind}, but the record stands in the list for kind {entry.kind}")
        cites = self._evidence(checked)
        if "evidence" not in checked.shapes and self._cites is not None:
            cites = (Cite(self._cites),)
        names = self._names(checked, entry.kind)
        return Statement(
            key=entry.key,
            kind=entry.kind,
            line=entry.node.line,
            partial=not _named(checked) and not any(name.kind == "official" for name in names),
            type=checked.text("type"),
            form=checked.text("form"),
            status=checked.text("status"),
            legal_form=checked.text("legal_form"),
            legal_basis=checked.text("legal_basis"),
            basis_status=checked.text("basis_status"),
            summary=checked.text("summary"),
            opened=checked.text("opened"),
            closed=checked.text("closed"),
            legal_start=checked.text("legal_start"),
            legal_end=checked.text("legal_end"),
            address=_address(checked),
            document=_document(checked) if entry.kind == "document" else None,
            names=names,
            identifiers=tuple(self._identifier(one) for one in checked.many("identifiers")),
            facts=self._facts(checked),
            links=tuple(self._links(checked, entry)),
            events=tuple(self._event(one) for one in checked.many("events")),
            cites=cites,
            same_person=checked.flags.get("same_person", False),
            values=self._values(checked, (RECORD, ADDRESS), entry.kind),
            unlisted_by=checked.text("unlisted_by"),
        )

    def _evidence(self, checked: Checked) -> tuple[Cite, ...]:
        """The evidence named beside something; nothing means as the record."""
        return tuple(self._cite(one) for one in checked.many("evidence"))

    def _cite(self, checked: Checked) -> Cite:
        source = checked.text("source") or self._cites
        if source is None:
            raise checked.fault("", "names no source, and the file has no `cites` for it to mean")
        claimant = checked.text("claimant")
        return Cite(
            source,
            checked.text("locator"),
            checked.text("quote"),
            checked.text("basis") or ("claimed" if claimant else "stated"),
            checked.numbers.get("confidence"),
            claimant,
            checked.text("note"),
            checked.text("as_of"),
        )

    def _names(self, checked: Checked, kind: str) -> tuple[NameSaid, ...]:
        """What the record is called first; a person's titles come off it and the whole becomes a further name."""
        names = [self._name(one) for one in checked.many("names")]
        if "name" in checked.texts and "title" in checked.texts:
            raise checked.fault("title", "means the same as 'name'; leave one of them out")
        main = _named(checked)
        if main is None:
            for field, about in (("verbatim", "spelling"), ("name_kind", "kind")):
                if field in checked.texts:
                    raise checked.fault(field, f"is the {about} of a name, and the record gives none")
            return tuple(names)
        plain = without_titles(main) if kind == "person" else main
        further = [NameSaid(plain, checked.text("name_kind") or "official", verbatim=checked.text("verbatim"))]
        if plain != main:
            further.append(NameSaid(main, "title"))
        said = {(name.name, name.kind) for name in names}
        return (*(name for name in further if (name.name, name.kind) not in said), *names)

    def _name(self, checked: Checked) -> NameSaid:
        return NameSaid(
            checked.texts["name"],
            checked.text("kind") or "short",
            checked.text("start"),
            checked.text("end"),
            checked.text("verbatim"),
            self._evidence(checked),
        )

    def _identifier(self, checked: Checked) -> IdentifierSaid:
        scheme = checked.texts["scheme"]
        try:
            value = identifiers.normalised(scheme, checked.texts["value"])
        except ValueError as error:
            raise checked.fault("value", str(error)) from error
        return IdentifierSaid(scheme, value, self._evidence(checked))

    def _facts(self, checked: Checked) -> tuple[FactSaid, ...]:
        return tuple(self._fact(one) for one in checked.many("facts"))

    def _fact(self, checked: Checked) -> FactSaid:
        value, text = checked.values.get("value"), checked.text("text")
        if value is None and text is None:
            raise checked.fault("", "says nothing: it needs a value, a text or both")
        return FactSaid(
            checked.texts["property"], value, checked.text("unit"), checked.text("as_of"), text, self._evidence(checked)
        )

    def _event(self, checked: Checked) -> EventSaid:
        return EventSaid(checked.text("date"), checked.texts["kind"], checked.texts["text"], self._evidence(checked))

    def _links(self, checked: Checked, entry: RecordEntry) -> list[LinkSaid]:
        links = [self._link(one, entry, PARTICIPATION, "who", False) for one in checked.many("participants")]
        links += [self._link(one, entry, POST, "in", True) for one in checked.many("posts")]
        for one in checked.many("links"):
            if ("to" in one.texts) == ("from" in one.texts):
                raise one.fault("", "wants either 'to' or 'from', the key of the record at the other end")
            outward = "to" in one.texts
            links.append(self._link(one, entry, one.texts["type"], "to" if outward else "from", outward))
        return links

    def _link(self, checked: Checked, entry: RecordEntry, type_name: str, field: str, outward: bool) -> LinkSaid:
        return LinkSaid(
            type=type_name,
            other=self._end(checked, entry, type_name, field, outward),
            outward=outward,
            role=checked.text("role"),
            start=checked.text("start"),
            end=checked.text("end"),
            legal_start=checked.text("legal_start"),
            legal_end=checked.text("legal_end"),
            status=checked.text("status"),
            facts=self._facts(checked),
            cites=self._evidence(checked),
            values=self._values(checked, (LINK,), entry.kind),
            unlisted_by=checked.text("unlisted_by"),
        )

    def _values(self, checked: Checked, shapes: tuple[Shape, ...], kind: str) -> tuple[ValueSaid, ...]:
        """Values of details, each as the key of that detail in one of the shapes wants it."""
        found: list[ValueSaid] = []
        for one in checked.many("values"):
            what, value = one.texts["what"], one.texts["value"]
            field = next(filter(None, (shape.field(what) for shape in shapes)))
            if field.want is not Want.SHAPE:
                value = self._checker.detail(one, "value", field, kind)
            found.append(ValueSaid(what, value, one.text("why"), self._evidence(one)))
        return tuple(found)

    def _end(self, checked: Checked, entry: RecordEntry, type_name: str, field: str, outward: bool) -> End:
        """The far end, checked against the kinds that the link's type may join as far as its own kind is known."""
        link_type = self._words.link_types[type_name]
        own, others = link_type.source_kinds, link_type.target_kinds
        if not outward:
            own, others = others, own
        if entry.kind not in own:
            raise checked.fault("type", f"'{type_name}' {_cannot(outward, entry.kind, own)}")
        key, said = checked.texts[field], checked.text("kind")
        if key == entry.key:
            raise checked.fault(field, "ties the record to itself")
        held = self._kinds.get(key)
        if held is not None and said is not None and said != held:
            raise checked.fault("kind", f"is {said}, but {key} is in this file as {held}")
        scheme_kind = KIND_OF_SCHEME.get(key.partition(":")[0])
        known = held or said or (scheme_kind if scheme_kind != "organisation" else None)
        if known is not None and known not in others:
            raise checked.fault(field, f"{key}: '{type_name}' {_cannot(not outward, known, others)}")
        return End(key, checked.text("name"), known or likely_kind(link_type, outward, key))


def _named(checked: Checked) -> str | None:
    """What an entry calls its record, so that it is more than an addition to what others say of it."""
    return checked.text("name") or checked.text("title")


def _cannot(starts: bool, kind: str, allowed: tuple[str, ...]) -> str:
    """What a link's type says to a record of the wrong kind at one of its ends."""
    verb = "start at" if starts else "lead to"
    return f"cannot {verb} a record of kind {kind}, only {' or '.join(allowed)}"


def _address(checked: Checked) -> Address | None:
    found = next(iter(checked.many("address")), None)
    if found is None:
        return None
    address = Address(
        tuple(found.lists.get("lines", ())),
        found.text("town"), found.text("county"), found.text("postcode"), found.text("country"),
    )  # fmt: skip
    return address if address != Address((), None, None, None, None) else None


def _document(checked: Checked) -> DocumentSaid:
    return DocumentSaid(
        checked.text("publisher"), checked.text("published"), checked.text("url"), checked.text("licence")
    )
