"""What the register gives to those who read a release by the batch: what it holds of earlier ones, how to prepare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from db.statements import Named
from db.store.changelog import Changelog
from db.store.current_rows import chunks
from db.store.prepare import Preparing
from db.store.statement_rows import decode


@dataclass(frozen=True, slots=True)
class HeldRows(Preparing):
    """Meets `db.statements.Held`."""

    changelog: Changelog
    digests: Mapping[int, int]

    def named(self, keys: Iterable[str]) -> dict[str, Named]:
        """Return those of some records, by key, that one row says all of."""
        found: dict[str, Named] = {}
        for some in chunks(keys):
            rows = self.changelog.connection.execute(
                "SELECT r.key, coalesce(n.verbatim, n.name), r.opened, m.digest FROM record r "
                "JOIN _sole m ON m.id = r.id JOIN name n ON n.record_id = r.id "
                f"WHERE r.key IN ({','.join('?' * len(some))})",
                some,
            )
            found |= {key: Named(name, opened, digest) for key, name, opened, digest in rows}
        return found

    def earlier(self, record: int) -> tuple[str, Named]:
        """Return the key of one of `digests` and what was held of it: as it is, or as it was written down since."""
        execute = self.changelog.connection.execute
        (key,) = execute("SELECT key FROM record WHERE id = ?", (record,)).fetchone()
        found = self.named([key]).get(key)
        if found is None:
            self.changelog.flush_table("_statement")
            rows = execute("SELECT body, digest FROM _statement WHERE record_id = ? ORDER BY id", (record,))
            said = ((decode(body, None), digest) for body, digest in rows)
            # Nothing was written down of it before this run, which begins with what was held.
            whole, digest = next((one, digest) for one, digest in said if not one.partial)
            name = whole.names[0]
            found = Named(name.verbatim or name.name, whole.opened, digest)
        return key, found
