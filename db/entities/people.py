"""Whether a person of another source is the same person: the same name is not enough, a post in common is.

Names are the same where they may be one person's: `R. Webster` and `Robert Webster`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace

from db.entities.person_names import family_name, may_be_one
from db.statements import Cite, Statement
from db.store.changelog import Changelog
from db.store.identity import RecordIndex
from db.store.matched_statements import with_cites

_PEOPLE = """
SELECT r.key, r.id, r.name FROM record r
 WHERE r.kind = 'person' AND EXISTS (
         SELECT 1 FROM _statement s WHERE s.record_id = r.id AND s.source_id <> ? AND s.withdrawn IS NULL)
 ORDER BY r.key"""


def _without_number(key: str) -> str:
    """Return the key that a person has whose namesake came first: `person:a-b` of `person:a-b-2`."""
    name, _, number = key.rpartition("-")
    return name if number.isdecimal() else key


class PeopleIndex:
    """Gives each person of one source the key of their own record, and remembers whom they may be."""

    def __init__(self, changelog: Changelog, records: RecordIndex, source: int) -> None:
        self._changelog = changelog
        self._records = records
        self._source = source
        self._met: set[str] = set()
        self._renamed: dict[str, str] = {}
        """The keys of those whose own record has another."""
        self.namesakes: list[tuple[str, str]] = []
        """Pairs of (key given here, key of the record that has the name already)."""
        self._by_family: dict[str, dict[str, tuple[int, str]]] | None = None
        """By family name the people whom other sources describe: their records and names by key."""

    def meet(self, statements: Iterable[Statement]) -> None:
        """Decide for every person that the source describes, before anything of it is written."""
        for statement in statements:
            if statement.kind == "person" and not statement.partial and statement.key not in self._met:
                self._met.add(statement.key)
                key = self._key_for(statement)
                if key != statement.key:
                    self._renamed[statement.key] = key

    def _key_for(self, statement: Statement) -> str:
        key = statement.key
        number = 1
        while True:
            candidate = key if number == 1 else f"{key}-{number}"
            record = self._records.find(candidate)
            if record is None or self._is_ours(record) or statement.same_person or self._shares_post(record, statement):
                break
            number += 1
        if self._records.find(candidate) is not None:
            return candidate
        if candidate != key:
            self.namesakes.append((candidate, key))
        alike = self._alike(statement, key)
        same = [other for other, record in alike.items() if self._shares_post(record, statement)]
        if len(same) == 1 and candidate == key:
            return same[0]
        self.namesakes += ((candidate, other) for other in alike)
        return candidate

    def _alike(self, statement: Statement, key: str) -> dict[str, int]:
        """Return the people of other sources who have another key, and a name that may be the person's."""
        if self._by_family is None:
            self._by_family = {}
            self._changelog.flush()
            for other, record, name in self._connection.execute(_PEOPLE, (self._source,)):
                self._by_family.setdefault(family_name(name), {})[other] = record, name
        own = [one.name for one in statement.names if one.kind != "title"]
        return {
            other: record
            for family in dict.fromkeys(map(family_name, own))
            for other, (record, name) in self._by_family.get(family, {}).items()
            if other != key
            and other not in self._met
            and any(may_be_one(one, name) for one in own)
            # One who has the very same name was met already, under the key that it makes.
            and _without_number(other) != key
        }

    def _is_ours(self, record: int) -> bool:
        """Whether this source described the record before, or nobody has yet."""
        self._changelog.flush_table("_statement")
        speakers = {
            row
            for (row,) in self._connection.execute("SELECT source_id FROM _statement WHERE record_id = ?", (record,))
        }
        return not speakers or self._source in speakers

    @property
    def _connection(self) -> sqlite3.Connection:
        return self._changelog.connection

    def _shares_post(self, record: int, statement: Statement) -> bool:
        posts = {
            (self._records.find(link.other.key), link.role)
            for link in statement.links
            if link.type == "holds-post-in" and link.outward
        }
        held = self._connection.execute(
            "SELECT link.target_id, link.role FROM link JOIN link_type ON link_type.id = link.type_id "
            "WHERE link.source_id = ? AND link_type.name = 'holds-post-in'",
            (record,),
        ).fetchall()
        return any(post in posts for post in held)

    def rename(self, statement: Statement) -> Statement:
        """Return the statement with the people of this source under the keys that are theirs."""
        changed = self._renamed
        if not changed:
            return statement

        def cites(those: tuple[Cite, ...]) -> tuple[Cite, ...]:
            return tuple(
                replace(one, claimant=changed.get(one.claimant or "", one.claimant or "") or None) for one in those
            )

        links = tuple(
            replace(one, other=replace(one.other, key=changed.get(one.other.key, one.other.key)))
            for one in statement.links
        )
        key = changed.get(statement.key, statement.key)
        return with_cites(replace(statement, key=key, links=links), cites)
