"""Who is who while a run writes: records by key, words by name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from db import keys
from db.acts import is_act
from db.crosswalk import CrosswalkBody, same_body
from db.errors import InputError
from db.logged_rows import COLUMNS
from db.number_set import NumberSet
from db.parameters import id_list
from db.statements import End, LinkTypeSaid, TermSaid
from db.store.abolished import abolished_kinds
from db.store.changelog import Changelog
from db.store.current_rows import CurrentRecord, RowsByKey, natural_identifier
from db.store.doubted_names import doubted_names
from db.store.kept_open import kept_open
from db.store.matched_statements import SCHEME, Meant
from db.store.statement_rows import as_json
from db.store.unknown_words import unknown_link_type
from db.store.unlisted_bodies import unlisted_bodies


@dataclass(frozen=True, slots=True)
class LinkType:
    """A link type as writing needs it."""

    id: int
    owner: str


_JOINED = f"""
SELECT i.scheme || ':' || i.value, r.key, (
         SELECT min(e.basis = 'inferred') FROM _citation c JOIN evidence e ON e.id = c.evidence_id
          WHERE c.subject = 'identifier' AND c.subject_id = i.id)
  FROM identifier i JOIN record r ON r.id = i.record_id
 WHERE i.scheme = '{SCHEME}' AND r.key <> i.scheme || ':' || i.value
"""


_FIND = """
SELECT id, name, placeholder AND NOT EXISTS (SELECT 1 FROM name WHERE record_id = record.id)
  FROM record WHERE key = ?
"""
"""A record, and whether it is called as those who link to it call it, since nobody gives it a name."""


_HOLDING = """
SELECT j.value, r.key FROM json_each(?) j
  JOIN identifier i ON i.scheme = substr(j.value, 1, instr(j.value, ':') - 1)
       AND i.value = substr(j.value, instr(j.value, ':') + 1)
  JOIN record r ON r.id = i.record_id
 WHERE r.key <> j.value
"""


_FIND_NAMED = """
SELECT r.key, r.id FROM json_each(?) j CROSS JOIN record r ON r.key = j.value WHERE NOT r.placeholder
"""


_PLACEHOLDER = COLUMNS["record"].index("placeholder")
_FRESH = 50_000
"""Records that this run made from which on it is looked which of them are still queued."""


class RecordIndex:
    """Finds the record that a key or identifier means, and makes a placeholder where there is none."""

    def __init__(self, changelog: Changelog) -> None:
        self._changelog = changelog
        self._ids: dict[str, int] = {}
        self._code_rows: dict[int, int] = {}
        """Of the records that are queued, and of others until these are many."""
        self._most_code_rows = _FRESH
        self._claimed: dict[str, int] = {}
        """Keys of records that are not in the database: known by a crosswalk, or until a statement is resolved."""
        self._nameless = NumberSet()
        """Records that are called as those who link to them call them."""
        self._called: dict[int, str] = {}
        """What that is, where anybody calls them anything."""
        self.placeholders = NumberSet()
        """Records that this run made because something names them, and that nothing describes yet."""
        self._called_anew = NumberSet()
        joined = changelog.connection.execute(_JOINED)
        self.joined = {key: Meant(target, bool(inferred)) for key, target, inferred in joined}
        """What keys that are made of a name mean, where that is another record."""
        self.doubted = doubted_names(changelog)
        """By record, names that are another's official ones and are left out, each with the rule of its question."""
        self.kept_open = kept_open(changelog)
        """By key, the days on which bodies passed on in part, as a person says."""
        self.unlisted = unlisted_bodies(changelog)
        """By key, the lists that have bodies no longer which other series listed."""

    def join(self, key: str, own: int, meant: Meant, target: int, codes: Iterable[str] = ()) -> None:
        """Let a key mean a record, in place of one of its own, which had these codes."""
        self.placeholders.discard(own)
        self._called_anew.discard(own)
        self.named(own)
        self.doubted.setdefault(target, {}).update(self.doubted.pop(own, {}))
        self._ids.pop(key, None)
        self._claimed[key] = target
        for code in codes:
            before = self.joined.get(code)
            if before is not None and before.key == key:
                self.joined[code] = Meant(meant.key, before.inferred or meant.inferred)
        if key.startswith(f"{SCHEME}:"):
            self.joined[key] = meant

    def part(self, keys: Iterable[str]) -> None:
        """Let keys mean no other record any more."""
        for key in keys:
            self._drop(key)
            self.joined.pop(key, None)

    def holding(self, keys: Iterable[str]) -> dict[str, Meant]:
        """Return those of some keys that are a code of a record with another key, and that record."""
        held: dict[int, list[str]] = {}
        found: dict[str, str] = {}
        unknown: list[str] = []
        for key in keys:
            record = self.find(key) if same_body(key) is not None else self._held(key)
            queued = None if record is None else self._changelog.waiting("record", record)
            if queued is not None:
                found[key] = queued[1]
            elif record is not None:
                held.setdefault(record, []).append(key)
            else:
                unknown.append(key)
        execute = self._changelog.connection.execute
        query = "SELECT r.id, r.key FROM json_each(?) j CROSS JOIN record r ON r.id = j.value"
        rows = execute(query, (id_list(held),)) if held else ()
        found.update((code, key) for record, key in rows for code in held[record])
        if unknown:
            found.update(execute(_HOLDING, (as_json(unknown),)))
        return {code: Meant(key, inferred=False) for code, key in found.items() if code != key}

    def key(self, record: int) -> str | None:
        """Return the key of a record, None where it is no more: it may have been joined with another."""
        self.flush()
        row = self._changelog.connection.execute("SELECT key FROM record WHERE id = ?", (record,)).fetchone()
        return None if row is None else str(row[0])

    def find(self, key: str, kind: str | None = None) -> int | None:
        """Return the record that `key` names, as its key or identifier; by a crosswalk one of a kind."""
        found = self._held(key)
        if found is not None:
            return found
        found = self._look_up(key)
        if found is not None:
            self._ids[key] = found
            return found
        body = same_body(key)
        found = next(iter(self.of_body(body)), None) if body is not None and kind in (None, body.kind) else None
        if found is not None:
            self._claimed[key] = found
        return found

    def _held(self, key: str) -> int | None:
        found = self._ids.get(key)
        return self._claimed.get(key) if found is None else found

    def _drop(self, key: str) -> None:
        self._ids.pop(key, None)
        self._claimed.pop(key, None)

    def of_body(self, body: CrosswalkBody) -> list[int]:
        """Return the records of its kind that have codes of a body: one, unless an older program made them."""
        found: dict[int, None] = {}
        for code in body.codes:
            record = self._held(code) or self._look_up(code)
            if record is not None and self._stub(record)[1] == body.kind:
                found[record] = None
        return list(found)

    def is_elsewhere(self, key: str) -> bool:
        """Whether a crosswalk leads a key to a record that is there, or to another key."""
        body = same_body(key)
        return body is not None and (body.key != key or self.find(key) is not None)

    def is_only(self, record: int, code: str) -> bool:
        """Whether a record is no more than a code that something names."""
        key, _, placeholder = self._stub(record)
        return bool(placeholder) and key == code

    def _stub(self, record: int) -> tuple[str, str, int]:
        """Return key and kind of a record, and whether it is a placeholder."""
        waiting = self._changelog.waiting("record", record)
        if waiting is not None:
            return waiting[1], waiting[2], waiting[_PLACEHOLDER]
        query = "SELECT key, kind, placeholder FROM record WHERE id = ?"
        key, kind, placeholder = self._changelog.connection.execute(query, (record,)).fetchone()
        changed = self._changelog.changed_to("record", record)
        return key, kind, placeholder if changed is None else changed["placeholder"]

    def _look_up(self, key: str) -> int | None:
        """Return the record with a key or identifier, as the database has it."""
        execute = self._changelog.connection.execute
        row = execute(_FIND, (key,)).fetchone()
        parts = keys.split(key) if row is None else None
        if parts is not None:
            # As it is written today, or as a register of before or a plug-in wrote it.
            query = "SELECT record_id, NULL, 0 FROM identifier WHERE scheme = ? AND value IN (?, ?)"
            row = execute(query, (*parts, key.partition(":")[2])).fetchone()
        if row is None:
            return None
        record, name, nameless = row
        changed = self._changelog.changed_to("record", record) if nameless else None
        if nameless and (changed is None or changed["placeholder"]):
            self._nameless.add(record)
            if name != key.partition(":")[2]:
                self._called[record] = name
        return int(record)

    def let_go(self) -> None:
        """Let go of keys, once all is resolved: a release has one for each record."""
        self.let_go_of_keys()
        self._claimed.clear()

    def let_go_of_keys(self) -> None:
        """Let go of the keys that are found in the database, once all records are written."""
        self._ids.clear()
        self._called.clear()
        self._nameless.clear()

    def load(self, names: Iterable[str]) -> None:
        """Find records by their keys at once, where these have names: one by one takes four times as long."""
        wanted = as_json([key for key in names if key not in self._ids])
        self._ids.update(self._changelog.connection.execute(_FIND_NAMED, (wanted,)))

    def need(self, end: End) -> int:
        """Return the record that an end names, made as a placeholder where it is not there."""
        record = self.find(end.key, end.kind)
        if record is None:
            record = self.make(end)
        if end.name is not None and record in self._nameless:
            self._call(record, end.name)
        return record

    def _call(self, record: int, name: str) -> None:
        """Give a placeholder a name that someone uses for it: of several always the same, whoever comes first."""
        called = self._called.get(record)
        if called is None or name < called:
            self._called[record] = name
            self._changelog.update("record", record, name=name)
            self._called_anew.add(record)

    def uncall(self, record: int) -> None:
        """Forget how a placeholder was called, so that whoever leads to it calls it anew."""
        self._called.pop(record, None)

    def make(self, end: End, number: int | None = None) -> int:
        """Make a placeholder, with a number that it was given where there is one. Raises InputError for no key."""
        if keys.split(end.key) is None:
            raise InputError(f"'{end.key[:60]}' is not a key: write scheme:value, such as ods:RLQ")
        body = same_body(end.key)
        # What has the body's key without being the body is of another kind, and keeps it.
        is_free = body is not None and body.kind == end.kind and self.find(body.key, "") is None
        key = body.key if body is not None and is_free else end.key
        scheme, value = key.split(":", 1)
        values = (key, end.kind, None, value, *[None] * 14, 1, None, None, None)
        if number is None:
            row = self._changelog.insert("record", values)
        else:
            row = number
            self._changelog.insert_reserved("record", [(row, *values)])
        self._ids[key] = row
        if key != end.key:
            self._claimed[end.key] = row
        self._nameless.add(row)
        self.placeholders.add(row)
        self._called_anew.add(row)
        if len(self._code_rows) > self._most_code_rows:
            self._code_rows = {one: code for one, code in self._code_rows.items() if self._is_queued(one)}
            self._most_code_rows = max(_FRESH, 2 * len(self._code_rows))
        self._code_rows[row] = self._changelog.insert("identifier", (row, scheme, value))
        return row

    def _is_queued(self, record: int) -> bool:
        return self._changelog.waiting("record", record) is not None

    def called_anew(self) -> NumberSet:
        """Return the placeholders that were made, or got another name, since this was last asked."""
        found, self._called_anew = self._called_anew, NumberSet()
        return found

    def flush(self) -> None:
        """Write the records that are queued."""
        self._changelog.flush_table("record")

    def described(self, record: int) -> None:
        """Note that a record is no placeholder any more."""
        self.placeholders.discard(record)
        self.named(record)

    def named(self, record: int) -> None:
        """Note that a record has names of its own, whatever those who link to it call it."""
        self._nameless.discard(record)
        self._called.pop(record, None)

    def fresh(self, record: int) -> CurrentRecord | None:
        """Return what is held of a record that this run made and that is still queued; None for any other."""
        values = self._changelog.waiting("record", record)
        code = values and self._changelog.waiting("identifier", self._code_rows[record])
        if not values or not code:
            return None
        return CurrentRecord(
            record=values[1:], identifiers=RowsByKey({natural_identifier(code[1:]): (code[0], code[1:])})
        )

    def forget(self, scheme: str, value: str) -> None:
        """Forget who held an identifier that is no longer in the register, and whom a crosswalk found by it."""
        code = f"{scheme}:{value}"
        body = same_body(code)
        for one in (code,) if body is None else body.codes:
            self._drop(one)

    def claim(self, record: int, key: str) -> None:
        """Note that a key that nobody holds is an identifier of a record, which is written when that is resolved."""
        if self.find(key) is None:
            self._claimed[key] = record

    def identify(self, record: int, scheme: str, value: str) -> int:
        """Return the record that holds an identifier: `record` from now on where nobody did, or a crosswalk alone."""
        body = same_body(key := f"{scheme}:{value}")
        is_free = body is not None and self._held(key) is None and self._look_up(key) is None
        found = None if body is not None and is_free and record in self.of_body(body) else self.find(key)
        if found is None:
            self._ids[key] = record
            return record
        return found


def is_open_by(opens: Mapping[str, bool | None], status: str | None, closed: str | None) -> bool | None:
    """Say whether a status means open, by which of them do; without one, only a closing date tells."""
    if status is None:
        return False if closed else None
    return opens.get(status)


class VocabularyIndex:
    """The vocabulary as writing needs it: link types, and which statuses mean open."""

    def __init__(self, changelog: Changelog) -> None:
        self._changelog = changelog
        connection = changelog.connection
        rows = connection.execute("SELECT id, name, owner FROM link_type")
        self.link_types = {name: LinkType(row, owner) for row, name, owner in rows}
        kinds = connection.execute("SELECT name, category FROM link_type")
        self.acts = {name for name, category in kinds if is_act(name, category)}
        """Which types of links tell of something done on a day."""
        self._terms = set(connection.execute("SELECT vocabulary, name FROM term"))
        self.opens: dict[str, bool | None] = {
            name: json.loads(extra).get("open")
            for name, extra in connection.execute(
                "SELECT name, extra FROM term WHERE vocabulary = 'statuses' AND extra IS NOT NULL"
            )
        }
        """Which statuses mean that a record is open."""
        self.abolished = abolished_kinds(connection)
        """Which types of bodies are no more."""

    def is_open(self, status: str | None, closed: str | None) -> bool | None:
        """Say whether a record is open, as `is_open_by` does."""
        return is_open_by(self.opens, status, closed)

    def link_type(self, name: str) -> LinkType:
        """Return a link type. Raises InputError where nobody defined it."""
        if name not in self.link_types:
            raise unknown_link_type(name)
        return self.link_types[name]

    def add_terms(self, terms: tuple[TermSaid, ...]) -> None:
        """Take words that a source defines; a word that is there already keeps its meaning."""
        for term in terms:
            if (term.vocabulary, term.name) not in self._terms:
                self._terms.add((term.vocabulary, term.name))
                extra = None
                self._changelog.insert(
                    "term", (term.vocabulary, term.name, term.label, term.definition, term.source, extra)
                )

    def add_link_types(self, types: tuple[LinkTypeSaid, ...]) -> None:
        """Take link types that a source defines, after those that are there."""
        for said in types:
            if said.name not in self.link_types:
                kinds = " ".join(said.source_kinds), " ".join(said.target_kinds)
                row = self._changelog.insert(
                    "link_type",
                    (said.name, said.forward, said.reverse, said.category, said.owner, *kinds, said.definition,
                     said.source, 1000 + len(self.link_types)),
                )  # fmt: skip
                self.link_types[said.name] = LinkType(row, said.owner)
                if is_act(said.name, said.category):
                    self.acts.add(said.name)
