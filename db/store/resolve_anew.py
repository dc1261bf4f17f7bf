"""Resolving anew what an older program resolved, by the rules of this one: in a run of its own, which can be undone."""

from __future__ import annotations

from db.database.resolved import note_resolved
from db.store.projection import Projection
from db.store.resolver import Resolver


def resolve_anew(projection: Projection) -> set[int]:
    """Resolve every record that several statements speak of, and return those; one alone says what it said."""
    changelog = projection.changelog
    query = "SELECT record_id FROM _statement GROUP BY record_id HAVING count(*) > 1 ORDER BY record_id"
    several = [record for (record,) in changelog.connection.execute(query).fetchall()]
    Resolver(projection).resolve(several)
    changelog.flush()
    note_resolved(changelog.connection, changelog.run)
    return set(several)
