"""What is known of a record, item by item, so that two states of it can be compared.

An item's `words` are those of the contract, which scripts read; `thing` is what they are made of, for other words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from db.model import Event, Fact, Identifier, Link, Name
from db.reports import Change

if TYPE_CHECKING:
    from db.model import Value
    from db.reading.vocabulary import Labels
    from db.reports import Thing


@dataclass(frozen=True, order=True, slots=True)
class DiffItem:
    """One thing known of a record: what it is, what of that kind it can replace (`about`), and the thing in words."""

    what: str
    about: str
    words: str
    thing: Thing | None = field(default=None, compare=False)


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


def own_items(row: Mapping[str, object], gone: str | None) -> Iterator[DiffItem]:
    """Tell a record's own fields; `gone` is the key of the source that no longer lists it."""
    for column, what in OWN.items():
        value = row[column]
        if value is not None:
            yield DiffItem(what, "", str(value))
    lines = str(row["address"] or "").split("\n")
    place = ", ".join(str(part) for part in (*lines, *(row[part] for part in _PLACE)) if part)
    if place:
        yield DiffItem("address", "", place)
    if gone is not None:
        yield DiffItem("gone from", "", gone)
    if row["placeholder"]:
        yield DiffItem("placeholder", "", "known only from what others say")


def name_items(
    words: Labels, name: str, kind: str, start: str | None, end: str | None, verbatim: str | None
) -> Iterator[DiffItem]:
    """Tell a name; the official one is told as the record's own, so that only its dates are left."""
    if kind == "official":
        parts = (("name start", start), ("name end", end), ("name as written", verbatim))
        yield from (DiffItem(what, "", value) for what, value in parts if value)
        return
    what = words.label("name_kinds", kind)
    thing = Name(name, kind, start, end, None, ())
    yield DiffItem(what, name.casefold(), name + _brackets(_span(start, end)), thing)
    if verbatim:
        yield DiffItem(f"{what}, as written", name.casefold(), verbatim)


def identifier_item(scheme: str, value: str) -> DiffItem:
    """Tell an identifier."""
    return DiffItem("identifier", scheme, f"{scheme}:{value}", Identifier(scheme, value, ()))


def fact_item(label: str, value: Value, unit: str | None, as_of: str | None, text: str | None) -> DiffItem:
    """Tell a fact; `label` is its property in words."""
    thing = Fact("", label, value, unit, as_of, text, ())
    return DiffItem(f"fact: {label}", "", _fact_words(thing), thing)


def event_item(words: Labels, date: str | None, kind: str, text: str) -> DiffItem:
    """Tell an event."""
    what = f"event: {words.label('event_kinds', kind)}"
    return DiffItem(what, "", f"{date or 'date unknown'}: {text}", Event(date, kind, text, ()))


class LinkEnd(NamedTuple):
    """A link as one of its ends sees it: `label` reads from there, `key` and `name` are the other end's."""

    label: str
    key: str
    name: str

    @property
    def other(self) -> str:
        """The other end's key and name; a name that is but the code again says nothing more."""
        return self.key if self.key.endswith(f":{self.name}") else f"{self.key} {self.name}"

    def link(
        self,
        role: str | None = None,
        role_label: str | None = None,
        status: str | None = None,
        dates: tuple[str | None, str | None, str | None, str | None] = (None, None, None, None),
        facts: tuple[Fact, ...] = (),
    ) -> Link:
        """Return the link as far as two states of it are compared; `dates` are its own and its legal ones."""
        start, end, legal_start, legal_end = dates
        return Link(
            id=0, type="", label=self.label, category="", direction="", role=role, role_label=role_label, start=start,
            end=end, legal_start=legal_start, legal_end=legal_end, status=status, key=self.key, kind="", name=self.name,
            other_open=None, facts=facts, evidence=(),
        )  # fmt: skip


def link_item(
    words: Labels,
    tie: LinkEnd,
    role: str | None,
    start: str | None,
    end: str | None,
    legal_start: str | None,
    legal_end: str | None,
    status: str | None,
) -> DiffItem:
    """Tell a link."""
    legal, role_label = _span(legal_start, legal_end), words.label_or_none("roles", role)
    parts = (
        tie.other,
        role_label,
        _span(start, end),
        legal and f"legally {legal}",
        words.label_or_none("link_statuses", status),
    )
    thing = tie.link(role=role, role_label=role_label, status=status, dates=(start, end, legal_start, legal_end))
    return DiffItem(f"link: {tie.label}", tie.key, ", ".join(part for part in parts if part), thing)


def link_fact_item(
    label: str, tie: LinkEnd, value: Value, unit: str | None, as_of: str | None, text: str | None
) -> DiffItem:  # fmt: skip
    """Tell a fact about a link; `label` is its property in words."""
    fact = Fact("", label, value, unit, as_of, text, ())
    return DiffItem(
        f"link: {tie.label}, {label}", tie.key, f"{tie.other}: {_fact_words(fact)}", tie.link(facts=(fact,))
    )


def changes(before: Counter[DiffItem], after: Counter[DiffItem]) -> tuple[Change, ...]:
    """Return what two states of a record differ in; what replaces something is paired with it."""
    lost, won = _grouped(before - after), _grouped(after - before)
    found: list[Change] = []
    for what, about in sorted(lost.keys() | won.keys(), key=_order):
        old, new = lost.get((what, about), []), won.get((what, about), [])
        for place in range(max(len(old), len(new))):
            (was, thing_was), (now, thing_now) = _side(old, place), _side(new, place)
            found.append(Change(what, was, now, thing_was, thing_now))
    return tuple(found)


def _side(items: list[DiffItem], place: int) -> tuple[str | None, Thing | None]:
    """Return one side of a change, in words and as a thing; nothing where there is none."""
    return (items[place].words, items[place].thing) if place < len(items) else (None, None)


def _grouped(items: Counter[DiffItem]) -> dict[tuple[str, str], list[DiffItem]]:
    groups: dict[tuple[str, str], list[DiffItem]] = {}
    for item in sorted(items.elements()):
        groups.setdefault((item.what, item.about), []).append(item)
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


def _fact_words(fact: Fact) -> str:
    amount = "" if fact.value is None else f"{fact.value} {fact.unit}" if fact.unit else str(fact.value)
    said: Iterable[str] = (part for part in (amount, fact.text) if part)
    return (": ".join(said) or "unknown") + (f" (as of {fact.as_of})" if fact.as_of else "")
