"""Makes the tables say what was resolved, touching only the rows that differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from db.logged_rows import COLUMNS
from db.statements import Cite, SourceSaid
from db.store.changelog import Changelog
from db.store.current_rows import (
    CurrentRecord,
    Natural,
    RowsByKey,
    natural_event,
    natural_fact,
    natural_identifier,
    natural_link,
    natural_name,
    natural_value,
)
from db.store.identity import RecordIndex, VocabularyIndex
from db.store.matched_statements import SCHEME, Meant
from db.store.outcomes import Outcome
from db.store.resolve import Resolved
from db.store.resolve_facts import ResolvedFact
from db.store.resolve_links import ResolvedLink
from db.store.resolve_values import ResolvedValue, unlisted
from db.store.sources import EvidenceIndex, SourceIndex

_RECORD = COLUMNS["record"][1:]


class _Wanted(NamedTuple):
    """A row that should be there: values without the id, its evidence, and facts upon it."""

    values: tuple[Any, ...]
    evidence: frozenset[int]
    facts: tuple[ResolvedFact, ...] = ()
    details: tuple[ResolvedValue, ...] = ()


class Projection:
    """Writes resolved records through the changelog."""

    def __init__(
        self, changelog: Changelog, records: RecordIndex, sources: SourceIndex, words: VocabularyIndex
    ) -> None:
        self.changelog = changelog
        self.records = records
        self.sources = sources
        self.words = words
        self.evidence = EvidenceIndex(changelog, records, sources)
        self.conflicts: list[tuple[int, str]] = []
        """Identifiers that a record claims and another holds, which may change before the run ends."""
        self.declared: list[tuple[int, int, str]] = []
        """The same for keys made of a name which somebody says is that of the record: record, holder, key."""
        self.one_body: list[tuple[int, str]] = []
        """The same for codes whose records are one with this, as a person says."""

    def let_go(self) -> list[tuple[int, str]]:
        """Forget what conflicts with what, and return the records that claim what others hold, and what that is."""
        found = [*self.conflicts, *self.one_body, *((record, code) for record, _, code in self.declared)]
        for one in (self.conflicts, self.one_body, self.declared):
            one.clear()
        return found

    def write(self, record: int, key: str, resolved: Resolved, current: CurrentRecord) -> Outcome:
        """Make the register hold `resolved` of a record, whose row is there already."""
        outcome = Outcome()
        own = self.evidence.ids(resolved.cites)
        self._record(record, key, resolved, current, outcome)
        if resolved.names:
            self.records.named(record)
        self._evidence("record", record, own, current)
        names = {
            natural_name(values): _Wanted(values, self._ids(name.cites))
            for name in resolved.names
            for values in [(record, name.name, name.kind, name.start, name.end, name.verbatim)]
        }
        outcome.updated |= self._sync("name", current.names, names, own, current)
        identifiers = self._identifiers(record, key, resolved, own)
        outcome.updated |= self._sync("identifier", current.identifiers, identifiers, own, current)
        if resolved.facts or current.facts.by_key:
            outcome.updated |= self._facts(current.facts, resolved.facts, record, None, own, current)
        if resolved.events or current.events.by_key:
            self._events(record, resolved, own, current, outcome)
        if resolved.links or current.links.by_key:
            self._links(record, key, resolved.links, own, current, outcome)
        self._values(current.values, self._details(resolved), record, None, current)
        if resolved.document is not None:
            self._document(key, resolved)
        return outcome

    def _events(
        self, record: int, resolved: Resolved, own: frozenset[int], current: CurrentRecord, outcome: Outcome
    ) -> None:  # fmt: skip
        events = {
            natural_event(values): _Wanted(values, self._ids(event.cites))
            for event in resolved.events
            for values in [(record, event.date, event.kind, event.text)]
        }
        outcome.updated |= self._sync("event", current.events, events, own, current)

    def _details(self, resolved: Resolved) -> tuple[ResolvedValue, ...]:
        """Return what is stated of single details; that a list omits the record is said of its status."""
        if resolved.gone_from is None or self._is_closed(resolved):
            return resolved.values
        return unlisted(resolved.values, resolved.scalars["status"], resolved.cites, resolved.gone_from)

    def _is_closed(self, resolved: Resolved) -> bool:
        return self.words.is_open(resolved.scalars["status"], resolved.scalars["closed"]) is False

    def _ids(self, cites: frozenset[Cite]) -> frozenset[int]:
        return self.evidence.ids(cites)

    def _record(self, record: int, key: str, resolved: Resolved, current: CurrentRecord, outcome: Outcome) -> None:
        held = dict(zip(_RECORD, current.record or (), strict=True))
        wanted = self._columns(key, resolved, held)
        if wanted == held:
            return
        before, after = held["open"], wanted["open"]
        outcome.made = bool(held["placeholder"]) and not wanted["placeholder"]
        outcome.closed = after == 0 and before != 0 and not outcome.made
        outcome.reopened = before == 0 and bool(after)
        outcome.gone = wanted["gone"] is not None and held["gone"] is None
        outcome.updated = not outcome.made
        self.changelog.replace("record", record, current.record or (), tuple(wanted[column] for column in _RECORD))
        if outcome.made:
            self.records.described(record)

    def _columns(self, key: str, resolved: Resolved, held: Mapping[str, Any]) -> dict[str, Any]:
        scalars = resolved.scalars
        status, is_open = scalars["status"], self.words.is_open(scalars["status"], scalars["closed"])
        if resolved.gone_from is not None and is_open is not False:
            status, is_open = "unlisted", None
        address = resolved.address
        return {
            "key": key,
            "kind": resolved.kind if resolved.described or held["placeholder"] else held["kind"],
            "type": scalars["type"],
            "name": resolved.names[0].name if resolved.names else held["name"],
            "status": status,
            "open": None if is_open is None else int(is_open),
            "opened": scalars["opened"],
            "closed": scalars["closed"],
            "legal_opened": scalars["legal_start"],
            "legal_closed": scalars["legal_end"],
            "form": scalars["form"],
            "legal_form": scalars["legal_form"],
            "legal_basis": scalars["legal_basis"],
            "basis_status": scalars["basis_status"],
            "summary": scalars["summary"],
            "address": "\n".join(address.lines) if address else None,
            "town": address.town if address else None,
            "postcode": address.postcode if address else None,
            "placeholder": int(not resolved.described),
            "gone": resolved.gone_from and self.sources.need(resolved.gone_from),
            "county": address.county if address else None,
            "country": address.country if address else None,
        }

    def _identifiers(self, record: int, key: str, resolved: Resolved, own: frozenset[int]) -> dict[Natural, _Wanted]:
        scheme, value = key.split(":", 1)
        wanted = {(scheme, value): _Wanted((record, scheme, value), own)}
        for (scheme, value), cites in resolved.identifiers.items():
            holder = self.records.identify(record, scheme, value)
            if holder == record:
                wanted[scheme, value] = _Wanted((record, scheme, value), self._ids(cites))
                if scheme == SCHEME and f"{scheme}:{value}" != key:
                    self.records.joined.setdefault(f"{scheme}:{value}", Meant(key, inferred=False))
            elif (scheme, value) in resolved.one_body:
                self.one_body.append((record, f"{scheme}:{value}"))
            elif scheme == SCHEME:
                self.declared.append((record, holder, f"{scheme}:{value}"))
            else:
                self.conflicts.append((record, f"{scheme}:{value}"))
        return {natural_identifier(one.values): one for one in wanted.values()}

    def _facts(
        self, rows: RowsByKey, facts: Iterable[ResolvedFact], record: int | None, link: int | None,
        owner: frozenset[int], current: CurrentRecord,
    ) -> bool:  # fmt: skip
        wanted = {
            natural_fact(values): _Wanted(values, self._ids(fact.cites))
            for fact in facts
            for values in [(record, link, fact.property, fact.value, fact.unit, fact.as_of, fact.text)]
        }
        return self._sync("fact", rows, wanted, owner, current)

    def _values(
        self, rows: RowsByKey, details: Iterable[ResolvedValue], record: int | None, link: int | None,
        current: CurrentRecord,
    ) -> None:  # fmt: skip
        """Write what is stated of details; that is evidence, and no change of what the register says."""
        wanted = {
            natural_value(values): _Wanted(values, self._ids(one.cites))
            for one in details
            for values in [(record, link, one.what, one.value, int(one.chosen), one.why)]
        }
        if wanted or rows.by_key:
            self._sync("value", rows, wanted, frozenset(), current)

    def _links(
        self, record: int, key: str, links: Sequence[ResolvedLink], own: frozenset[int], current: CurrentRecord,
        outcome: Outcome,
    ) -> None:  # fmt: skip
        wanted: dict[Natural, _Wanted] = {}
        for link in links:
            other = self.records.need(link.other)
            if other == record and link.other.key != key:
                continue  # It ties together what is one record under several keys.
            ends = (record, other) if link.outward else (other, record)
            values = (*ends, self.words.link_type(link.type).id, link.role, link.start, link.end, link.legal_start,
                      link.legal_end, link.status, link.gone_from and self.sources.need(link.gone_from))  # fmt: skip
            wanted[natural_link(values)] = _Wanted(values, self._ids(link.cites), link.facts, link.values)
        outcome.links = sum(key not in current.links.by_key for key in wanted)

        def upon(row: int, one: _Wanted | None) -> bool:
            rows = current.link_facts.get(row, RowsByKey())
            stated = current.link_values.get(row, RowsByKey())
            if (one and one.details) or stated.by_key:
                self._values(stated, one.details if one else (), None, row, current)
            if one is None:
                return self._facts(rows, (), None, row, own, current)
            return (bool(one.facts) or bool(rows.by_key)) and self._facts(
                rows, one.facts, None, row, one.evidence, current
            )

        outcome.updated |= self._sync("link", current.links, wanted, own, current, upon)

    def _sync(
        self, table: str, rows: RowsByKey, wanted: Mapping[Natural, _Wanted], owner: frozenset[int],
        current: CurrentRecord, upon: Callable[[int, _Wanted | None], bool] | None = None,
    ) -> bool:  # fmt: skip
        """Insert, update and delete until `rows` are `wanted`; `upon` does the same for what hangs on a row."""
        changed = False
        for key, (row, _) in rows.by_key.items():
            if key not in wanted:
                if upon:
                    upon(row, None)
                self.changelog.delete(table, row)
                if table == "identifier":
                    self.records.forget(*key)
                changed = True
        for key, one in wanted.items():
            evidence = frozenset() if one.evidence == owner else one.evidence
            held = rows.by_key.get(key)
            if held is None:
                row = self.changelog.insert(table, one.values)
                self.changelog.cite(table, row, sorted(evidence))
                changed = True
            else:
                row, values = held
                if values != one.values:
                    self.changelog.replace(table, row, values, one.values)
                    changed = True
                self._evidence(table, row, evidence, current)
            if upon:
                changed |= upon(row, one)
        return changed

    def _evidence(self, subject: str, row: int, wanted: frozenset[int], current: CurrentRecord) -> None:
        held = current.cited.get((subject, row), frozenset())
        if held != wanted:
            self.changelog.recite_from(subject, row, held, wanted)

    def _document(self, key: str, resolved: Resolved) -> None:
        """Let a document record describe itself as the source that evidence names."""
        document = resolved.document
        title = resolved.names[0].name if resolved.names else key
        if document is not None:
            self.sources.describe(
                SourceSaid(key, title, None, document.publisher, document.published, document.url, document.licence)
            )
