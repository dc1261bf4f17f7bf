"""What the register gives to those who read a release by the batch: what it holds of earlier ones, how to prepare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from db.number_set import NumberSet
from db.parameters import chunks, marks
from db.statements import Named, Prepared, RowSaid
from db.store.changelog import Changelog
from db.store.prepare import Preparing
from db.store.row_comparer import RowComparer
from db.store.statement_rows import decode


@dataclass(frozen=True, slots=True)
class HeldRows(Preparing):
    """Meets `db.statements.Held`."""

    changelog: Changelog
    digests: Mapping[int, int]
    comparer: RowComparer | None = None
    _began: NumberSet = field(default_factory=NumberSet)
    """The numbers of `digests`, from when they are asked for."""

    def prepare_to_compare(self, row: RowSaid) -> Prepared:
        """Return the fields of a `PreparedRow`; where it will be compared, what the index holds of it is put off."""
        return self.prepare(row, put_off=self.comparer is not None)

    def compare(self, rows: Sequence[Prepared]) -> Sequence[Prepared]:
        """Return rows with what they change, where a process that only reads finds that out."""
        return rows if self.comparer is None else self.comparer.compare(rows, self)

    def named(self, keys: Iterable[str]) -> dict[str, Named]:
        """Return those of some records, by key, that one row says all of, or did when the run began."""
        if not self._began:
            self._began.update(self.digests.values())
        found: dict[str, Named] = {}
        for some in chunks(keys):
            rows = self.changelog.connection.execute(
                "SELECT r.key, coalesce(n.verbatim, n.name), r.opened, r.id FROM record r "
                "JOIN _sole m ON m.id = r.id JOIN name n ON n.record_id = r.id "
                f"WHERE r.key IN ({marks(some)})",
                some,
            )
            for key, name, opened, record in rows:
                found[key] = Named(name, opened, record if record in self._began else None)
            found |= self._written_down([key for key in some if key not in found])
        return found

    def _written_down(self, keys: Sequence[str]) -> dict[str, Named]:
        """Return those of some records of which one row said all until something else was said in this run."""
        query = f"SELECT id, key FROM record WHERE key IN ({marks(keys)})"
        rows = self.changelog.connection.execute(query, keys).fetchall()
        return {key: self._as_it_was(record) for record, key in rows if record in self._began}

    def _as_it_was(self, record: int) -> Named:
        """Return what was held of a record that was written down since."""
        self.changelog.flush_table("_statement")
        query = "SELECT body FROM _statement WHERE record_id = ? ORDER BY id"
        said = (decode(body, None) for (body,) in self.changelog.connection.execute(query, (record,)))
        # Nothing was written down of it before this run, which begins with what was held.
        whole = next(one for one in said if not one.partial)
        name = whole.names[0]
        return Named(name.verbatim or name.name, whole.opened, record)

    def earlier(self, record: int) -> tuple[str, Named]:
        """Return the key of one of `digests` and what was held of it: as it is, or as it was written down since."""
        (key,) = self.changelog.connection.execute("SELECT key FROM record WHERE id = ?", (record,)).fetchone()
        return key, self.named([key])[key]
