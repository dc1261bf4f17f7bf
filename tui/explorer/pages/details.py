"""The end of a record: its other names and codes, form and address, and the sources that speak of it."""

from __future__ import annotations

from collections.abc import Mapping

from db.keys import OWN_SCHEMES
from db.model import Address, Record, SourceRef
from tui.explorer.pages.groups import cut, how_many
from tui.explorer.pages.items import NUMBER, Entry, Frame, Group, Row, Target, copied, length, piece, wrap
from tui.explorer.symbols import Symbols
from tui.text import wording


def detail_groups(record: Record, frame: Frame) -> list[Group]:
    """Return names, codes, form, legal basis, dates and address, as far as anyone states them."""
    others = [name for name in record.names if name.name != record.name or name.kind != "official"]
    names = [
        Entry(
            _told(name.name, wording.name_words(name), frame), f"name:{n}", evidence=name.evidence,
            copy=copied(name.name, name.kind, name.start, name.end),
        )
        for n, name in enumerate(others)
    ]  # fmt: skip
    codes = [
        Entry(
            _told(code.value, code.scheme.upper() if len(code.scheme) < 5 else code.scheme, frame), f"code:{n}",
            evidence=code.evidence, copy=copied(code.scheme, code.value),
        )
        for n, code in enumerate(record.identifiers)
        if code.scheme not in OWN_SCHEMES
    ]  # fmt: skip
    return [Group("Other names", names), Group("Codes", codes), *_plain_groups(record, frame)]


def _plain_groups(record: Record, frame: Frame) -> list[Group]:
    """Return what the record says of itself in single fields."""
    basis = record.legal_basis
    if record.basis_status and record.kind == "arrangement":
        basis = f"{basis} ({record.basis_status})" if basis else record.basis_status
    legal = wording.period_words(record.legal_start, record.legal_end)
    told = (
        ("Form", record.form and record.form.replace("-", " "), ("form",)),
        ("Legal form", record.legal_form and record.legal_form.replace("-", " "), ("legal_form",)),
        ("Legal basis", basis, ("legal_basis",)),
        ("Opened", record.opened and wording.date_words(record.opened), ("opened",)),
        ("Closed", record.closed and wording.date_words(record.closed), ("closed",)),
        ("Legal dates", legal, ("legal_start", "legal_end")),
        ("Address", _address(record.address) if record.address else None, ("address",)),
    )
    groups = []
    for label, text, fields in told:
        if text:
            evidence, copy = record.evidence_of(*fields), copied(label, text)
            groups.append(Group(label, [Entry(_prose(text, frame), f"field:{label}", evidence=evidence, copy=copy)]))
    return groups


def _address(address: Address) -> str:
    parts = (*address.lines, address.town, address.county, address.postcode, address.country)
    return ", ".join(part for part in parts if part)


def _prose(text: str, frame: Frame) -> list[Row]:
    return [(piece(line, "prose"),) for line in wrap(text, frame.body, 6)]


def _told(text: str, told: str, frame: Frame) -> list[Row]:
    """Return a value and what is to be said of it, on one row where both fit."""
    value, words = piece(text, "prose"), piece(told, "dim")
    if length((value, words)) + 2 <= frame.body:
        return [(value, piece("  "), words)]
    return [*_prose(text, frame), *((piece(line, "dim"),) for line in wrap(told, frame.body, 2))]


def source_group(record: Record, frame: Frame, symbols: Symbols, shown: Mapping[str, int]) -> Group:
    """Return the sources that speak of the record, each with how many places in it are cited."""
    places: dict[str, int] = {}
    sources: dict[str, SourceRef] = {}
    cited: dict[str, list[int]] = {}
    for evidence in record.evidence:
        sources[evidence.source.key] = evidence.source
        places[evidence.source.key] = places.get(evidence.source.key, 0) + 1
        cited.setdefault(evidence.source.key, []).append(evidence.id)
    entries = []
    for key, source in list(sources.items())[: how_many("sources", shown)]:
        told = f"{wording.source_words(source)}{symbols.dot}{wording.count(places[key], 'place')} cited"
        first, *others = wrap(source.title, frame.body - 4, 3)
        link = source_target(source)
        sign = piece(f"{symbols.document} ", "kind-document")
        rows: list[Row] = [(NUMBER if link else piece("  "), sign, piece(first, "link" if link else "prose"))]
        rows += [(piece("    "), piece(line, "link" if link else "prose")) for line in others]
        rows += [(piece("    "), piece(line, "dim")) for line in wrap(told, frame.body - 4, 2)]
        copy = copied(source.key, source.title, source.publisher, source.date, source.url)
        entries.append(Entry(rows, f"source:{key}", link, evidence=tuple(cited[key]), copy=copy))
    return cut(Group("Evidence", entries, len(sources)), "sources", len(sources), frame)


def source_target(source: SourceRef) -> Target | None:
    """Return where a source leads: documents have a page of their own, imported files have not."""
    return Target(source.key, source.title, "document") if source.key.startswith("doc:") else None
