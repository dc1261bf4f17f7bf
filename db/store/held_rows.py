"""What the register gives to those who read a release by the batch: what it holds of earlier ones, how to prepare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from db.statements import Named
from db.store.changelog import Changelog
from db.store.current_rows import chunks
from db.store.prepare import Preparing


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
