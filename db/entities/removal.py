"""Taking a record away that somebody entered by mistake, though later runs stand on it: what says so is taken back."""

from __future__ import annotations

import json
from typing import Any

from db.errors import UsageError, no_record
from db.store.changelog import Changelog
from db.store.empty_record import empty_record
from db.store.projection import Projection
from db.store.resolver import Resolver
from db.store.sole_statements import SoleStatements

RULE = "removed"
_WRITTEN = "records"
"""The format of files that people write."""
_BUILT_IN = 1
_SAYING = """
SELECT s.id, o.key, o.format, EXISTS (SELECT 1 FROM run_source b WHERE b.source = o.key AND b.run_id = ?2),
       s.source_id, s.line, json_extract(s.body, '$.partial')
  FROM _statement s JOIN source o ON o.id = s.source_id WHERE s.record_id = ?1 ORDER BY s.id
"""
_OF_ENTRY = """
SELECT id, record_id FROM _statement WHERE source_id = ? AND line = ? AND record_id <> ?
   AND json_extract(body, '$.partial')
"""
_OWNERS = """
SELECT iif(t.owner = 'source', l.source_id, l.target_id) FROM link l JOIN link_type t ON t.id = l.type_id
 WHERE l.source_id = ?1 OR l.target_id = ?1
"""


class Remover:
    """Takes back what is said of one record for a session."""

    def __init__(self, projection: Projection, sole: SoleStatements) -> None:
        self.projection, self.sole = projection, sole
        self.changelog, self.records = projection.changelog, projection.records

    def remove(self, key: str, source: str | None) -> tuple[set[int], tuple[str, ...]]:
        """Take back what is said of the record; return the records that changed, and the sources that had said it."""
        record = self.records.find(key)
        if record is None:
            raise no_record(key)
        self.sole.write_down([record])
        self.changelog.flush()
        said = self._rows(_SAYING, record, _BUILT_IN)
        mistaken = [one for one in said if (one[1] == source if source else one[2] == _WRITTEN and not one[3])]
        if not mistaken:
            raise UsageError(_nothing(key, source, {one[1] for one in said}, any(one[3] for one in said)))
        owners = {owner for (owner,) in self._rows(_OWNERS, record)} - {record}
        for row, *_, source_id, line, partial in mistaken:
            self.changelog.delete("_statement", row)
            # What the entry says of the links that others own goes with it.
            for other, owner in [] if partial else self._rows(_OF_ENTRY, source_id, line, record):
                self.changelog.delete("_statement", other)
                owners.add(owner)
        self._resolve(owners)
        if len(mistaken) < len(said):
            self._resolve({record})
        else:
            self._empty(record)
            # Who leads to it may call it something.
            self._resolve(owners)
        self._ask(record)
        return {record, *owners}, tuple(dict.fromkeys(one[1] for one in mistaken))

    def _resolve(self, dirty: set[int]) -> None:
        self.changelog.flush()
        Resolver(self.projection).resolve(sorted(dirty))
        self.changelog.flush()

    def _rows(self, query: str, *values: object) -> list[Any]:
        return self.changelog.connection.execute(query, values).fetchall()

    def _empty(self, record: int) -> None:
        for row, state in self._rows("SELECT id, state <> 'open' FROM suggestion WHERE record_id = ?", record):
            if state:
                self.changelog.update("suggestion", row, record_id=None)
            else:
                self.changelog.delete("suggestion", row)
        empty_record(self.changelog, self.records, record)

    def _ask(self, record: int) -> None:
        """Ask what is meant by those who still lead to the record, if nobody describes it."""
        row = self.changelog.connection.execute(
            "SELECT key, (SELECT count(*) FROM link WHERE r.id IN (source_id, target_id)) FROM record r "
            "WHERE id = ? AND placeholder",
            (record,),
        ).fetchone()
        if row is not None and row[1]:
            what = f"{row[0]} was removed, and others still lead to it: is another meant?"
            values = (self.changelog.run, record, RULE, what, None, json.dumps([]), "open")
            self.changelog.insert("suggestion", values)
            self.changelog.flush()


def forget_answered(changelog: Changelog) -> None:
    """Ask no more what is meant by a record that was removed, once somebody describes it or nothing leads to it."""
    changelog.flush_table("suggestion")
    for (row,) in changelog.connection.execute(
        "SELECT s.id FROM suggestion s JOIN record r ON r.id = s.record_id WHERE s.rule = ? AND s.state = 'open' "
        "AND NOT (r.placeholder AND EXISTS (SELECT 1 FROM link WHERE source_id = r.id UNION ALL "
        "SELECT 1 FROM link WHERE target_id = r.id))",
        (RULE,),
    ).fetchall():
        changelog.delete("suggestion", row)


def _nothing(key: str, source: str | None, told: set[str], built_in: bool) -> str:
    if source is not None:
        return f"{source} says nothing of {key}; {', '.join(sorted(told)) or 'nobody'} does"
    if not told:
        return f"{key} is described by no source: what leads to it is in the files of others"
    others = ", ".join(sorted(told))
    if built_in and len(told) == 1:
        return f"{key} is of the built-in register, which stays as it is"
    return f"no file that a person wrote tells of {key}; where {others} is mistaken, name it: --source {min(told)}"
