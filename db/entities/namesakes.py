"""Bodies of one name whom sources know by that alone: where another source tells of another postcode, they are two."""

from __future__ import annotations

from dataclasses import replace

from db.keys import slug
from db.statements import End, Statement
from db.store.changelog import Changelog
from db.store.identity import RecordIndex


class NamesakeIndex:
    """Gives a body of one source, whose key is made of its name alone, a key of its own where that is another's.

    Whoever came first keeps the key of the name, as keys that were given stay; the key of the other has its postcode.
    """

    def __init__(self, changelog: Changelog, records: RecordIndex, source: int) -> None:
        self._changelog = changelog
        self._records = records
        self._source = source
        self._renamed: dict[str, str] = {}

    def rename(self, statement: Statement) -> Statement:
        """Return a statement with the bodies of this source under the keys that are theirs."""
        if statement.by_name and statement.address is not None and not statement.partial:
            postcode = _compact(statement.address.postcode)
            if postcode and self._is_of_another(statement.key, postcode):
                self._renamed[statement.key] = f"{statement.key}-{slug(postcode)}"
        renamed = self._renamed
        if not renamed:
            return statement
        links = tuple(
            replace(one, other=End(renamed[one.other.key], one.other.name, one.other.kind))
            if one.other.key in renamed
            else one
            for one in statement.links
        )
        return replace(statement, key=renamed.get(statement.key, statement.key), links=links)

    def _is_of_another(self, key: str, postcode: str) -> bool:
        """Whether others alone tell of the body that has the key, and of another postcode."""
        record = self._records.find(key)
        if record is None or self._records.key(record) != key:
            return False
        self._changelog.flush_table("record")
        self._changelog.flush_table("_statement")
        (held,) = self._changelog.connection.execute("SELECT postcode FROM record WHERE id = ?", (record,)).fetchone()
        if not held or _compact(held) == postcode:
            return False
        own = "SELECT 1 FROM _statement WHERE record_id = ? AND source_id = ? AND withdrawn IS NULL"
        return self._changelog.connection.execute(own, (record, self._source)).fetchone() is None


def _compact(postcode: str | None) -> str:
    return "".join((postcode or "").split()).upper()
