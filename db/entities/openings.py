"""Bodies that others passed on to, opened on that day where lists tell that they were not there before.

Whether they were depends on what became of others and which lists have those: it is decided anew when a run ends.
"""

from __future__ import annotations

from collections.abc import Collection

from db.parameters import id_list
from db.store.projection import Projection
from db.store.resolve_closing import SUCCESSION
from db.store.resolve_opening import WHY, openings
from db.store.resolver import Resolver
from db.store.sole_statements import SoleStatements

_EVERYWHERE = "SELECT l.target_id FROM (SELECT ?1) CROSS JOIN link l WHERE l.type_id = ?2 AND l.since IS NOT NULL"
_NEAR = """
SELECT value FROM json_each(?1)
 UNION SELECT l.target_id FROM json_each(?1) j CROSS JOIN link l ON l.source_id = j.value AND l.type_id = ?2"""
_FOLLOWING = """
SELECT r.id FROM ({near}) n JOIN record r ON r.id = n.{column}
 WHERE r.kind = 'organisation' AND r.type IS NOT NULL AND r.opened IS NULL"""
_OPENED = "SELECT record_id FROM value WHERE what = 'opened' AND why = ? AND record_id IS NOT NULL"
"""Bodies whose opening was inferred so."""


def open_followers(projection: Projection, near: Collection[int] | None) -> set[int]:
    """Open the bodies that follow others; return the records that changed.

    Those among the records that they are looked for `near`, and those that these passed on to; None is everywhere.
    """
    if near is not None and not near:
        return set()
    changelog = projection.changelog
    changelog.flush()
    succession = projection.words.link_type(SUCCESSION).id
    table, column = (_EVERYWHERE, "target_id") if near is None else (_NEAR, "value")
    query = _FOLLOWING.format(near=table, column=column)
    values = "" if near is None else id_list(near), succession
    following = {record for (record,) in changelog.connection.execute(query, values)}
    held = {record for (record,) in changelog.connection.execute(_OPENED, (WHY,))}
    found = openings(changelog.connection, following | held, succession)
    concerned = sorted(found.keys() | held)
    SoleStatements(changelog, projection.records, projection.words).write_down(concerned)
    outcomes = Resolver(projection, openings=found).resolve(concerned)
    changelog.flush()
    return {record for record, outcome in outcomes.items() if outcome.updated or outcome.made}
