"""What is known of a record, told item by item, so that two states of it can be compared in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from db.reports import Change

if TYPE_CHECKING:
    from db.model import Value
    from db.reading.vocabulary import Labels


class Item(NamedTuple):
    """One thing known of a record: what it is, what of that kind it can replace (`about`), and the thing in words."""

    what: str
    about: str
    words: str


OWN = {
    "kind": "kind",
    "type": "type",
    "name": "name",
    "status": "status",
    "opened": "opened",
    "closed": "closed",
    "legal_opened": "legal start",
    "legal_closed": "legal end",
    "form": "form",
    "legal_form": "legal form",
    "legal_basis": "legal basis",
    "basis_status": "basis status",
    "summary": "summary",
}
"""A record's own columns that are told as they are, and what each is called."""


_PLACE = ("town", "county", "postcode", "country")


def own_items(row: Mapping[str, object], gone: str | None) -> Iterator[Item]:
    """Tell a record's own fields; `gone` is the key of the source that no longer lists it."""
    for column, what in OWN.items():
        value = row[column]
        if value is not None:
            yield Item(what, "", str(value))
    lines = str(row["address"] or "").split("\n")
    place = ", ".join(str(part) for part in (*lines, *(row[part] for part in _PLACE)) if part)
    if place:
        yield Item("address", "", place)
    if gone is not None:
        yield Item("gone from", "", gone)
    if row["placeholder"]:
        yield Item("placeholder", "", "known only from what others say")


def name_items(
    words: Labels, name: str, kind: str, start: str | None, end: str | None, verbatim: str | None
) -> Iterator[Item]:
    """Tell a name; the official one is told as the record's own, so that only its dates are left."""
    if kind == "official":
        parts = (("name start", start), ("name end", end), ("name as written", verbatim))
        yield from (Item(what, "", value) for what, value in parts if value)
        return
    what = words.label("name_kinds", kind)
    yield Item(what, name.casefold(), name + _brackets(_span(start, end)))
    if verbatim:
        yield Item(f"{what}, as written", name.casefold(), verbatim)


def identifier_item(scheme: str, value: str) -> Item:
    """Tell an identifier."""
    return Item("identifier", scheme, f"{scheme}:{value}")


def fact_item(label: str, value: Value, unit: str | None, as_of: str | None, text: str | None) -> Item:
    """Tell a fact; `label` is its property in words."""
    return Item(f"fact: {label}", "", _fact_words(value, unit, as_of, text))


def event_item(words: Labels, date: str | None, kind: str, text: str) -> Item:
    """Tell an event."""
    return Item(f"event: {words.label('event_kinds', kind)}", "", f"{date or 'date unknown'}: {text}")


class Tie(NamedTuple):
    """A link as one of its ends sees it: `label` reads from there, `key` and `name` are the other end's."""

    label: str
    key: str
    name: str

    @property
    def other(self) -> str:
        """The other end's key and name; a name that is but the code again says nothing more."""
        return self.key if self.key.endswith(f":{self.name}") else f"{self.key} {self.name}"


def link_item(
    words: Labels,
    tie: Tie,
    role: str | None,
    start: str | None,
    end: str | None,
    legal_start: str | None,
    legal_end: str | None,
    status: str | None,
) -> Item:
    """Tell a link."""
    legal = _span(legal_start, legal_end)
    parts = (
        tie.other,
        words.label_or_none("roles", role),
        _span(start, end),
        legal and f"legally {legal}",
        words.label_or_none("link_statuses", status),
    )
    return Item(f"link: {tie.label}", tie.key, ", ".join(part for part in parts if part))


def link_fact_item(
    label: str, tie: Tie, value: Value, unit: str | None, as_of: str | None, text: str | None
) -> Item:  # fmt: skip
    """Tell a fact about a link; `label` is its property in words."""
    said = _fact_words(value, unit, as_of, text)
    return Item(f"link: {tie.label}, {label}", tie.key, f"{tie.other}: {said}")


def changes(before: Counter[Item], after: Counter[Item]) -> tuple[Change, ...]:
    """Return what two states of a record differ in; what replaces something is paired with it."""
    lost, won = _grouped(before - after), _grouped(after - before)
    found: list[Change] = []
    for what, about in sorted(lost.keys() | won.keys(), key=_order):
        old, new = lost.get((what, about), []), won.get((what, about), [])
        for place in range(max(len(old), len(new))):
            was = old[place] if place < len(old) else None
            found.append(Change(what, was, new[place] if place < len(new) else None))
    return tuple(found)


def _grouped(items: Counter[Item]) -> dict[tuple[str, str], list[str]]:
    groups: dict[tuple[str, str], list[str]] = {}
    for item in sorted(items.elements()):
        groups.setdefault(item[:2], []).append(item.words)
    return groups


_FIRST = {what: place for place, what in enumerate(("name", "status", "closed", "opened", "gone from"))}


def _order(group: tuple[str, str]) -> tuple[int, bool, str, str]:
    """Sort what matters most first: the name and the status, then own fields, then links."""
    what, about = group
    return (_FIRST.get(what, len(_FIRST)), what.startswith("link: "), what, about)


def _span(start: str | None, end: str | None) -> str:
    return " ".join(part for part in (start and f"from {start}", end and f"to {end}") if part)


def _brackets(text: str) -> str:
    return f" ({text})" if text else ""


def _fact_words(value: Value, unit: str | None, as_of: str | None, text: str | None) -> str:
    amount = "" if value is None else f"{value} {unit}" if unit else str(value)
    said: Iterable[str] = (part for part in (amount, text) if part)
    return (": ".join(said) or "unknown") + (f" (as of {as_of})" if as_of else "")
