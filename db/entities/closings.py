"""Bodies that passed on: closed where lists tell that nothing of them was left, else asked about.

Whether a body has closed depends on what lists tell of its successors, and so on records that others speak of: it is
decided anew when a run ends, by what the register then holds.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping

from db.dates import today
from db.parameters import id_list
from db.store.changelog import Changelog
from db.store.identity import RecordIndex
from db.store.kept_open import RULE
from db.store.projection import Projection
from db.store.resolve_closing import NOTE, SUCCESSION, Passing
from db.store.resolver import Resolver
from db.store.sole_statements import SoleStatements
from db.store.sources import SourceIndex

_FEW = 2_000
"""Records touched by a run up to which only what has to do with them is looked at."""
_PASSED_ON = f"""
SELECT DISTINCT l.source_id FROM {{links}} JOIN record r ON r.id = l.source_id
 WHERE l.type_id = ?2 AND l.since IS NOT NULL
   AND (r.kind = 'organisation' OR (r.kind = 'arrangement' AND r.status = 'closed'))
   AND (r.type IS NOT NULL OR EXISTS (SELECT 1 FROM name WHERE record_id = r.id))
   AND (r.open IS NOT 0 OR NOT EXISTS (SELECT 1 FROM _sole WHERE id = r.id))
   AND NOT EXISTS (
         SELECT 1 FROM _sole m JOIN evidence e ON e.id = m.evidence_id JOIN source s ON s.id = e.source_id
          WHERE m.id = r.id AND s.published >= l.since)
   AND (r.open IS NOT 0 OR r.closed IS NULL OR EXISTS (
         SELECT 1 FROM value v JOIN _citation c ON c.subject = 'value' AND c.subject_id = v.id
           JOIN evidence e ON e.id = c.evidence_id
          WHERE v.record_id = r.id AND v.what = 'closed' AND e.note = '{NOTE}'))
"""
"""Bodies with a dated succession whose closing no source states. One of which a single row says all is open or closed
by that row, unless it tells what was yet to come."""
_EVERYWHERE = "(SELECT ?1) CROSS JOIN link l"
_NEAR = """(
  SELECT l.* FROM json_each(?1) j CROSS JOIN link l ON l.source_id = j.value AND l.type_id = ?2
  UNION SELECT l.* FROM json_each(?1) j CROSS JOIN link l ON l.target_id = j.value AND l.type_id = ?2
) l"""


def close_passed_on(
    changelog: Changelog, records: RecordIndex, sources: SourceIndex, projection: Projection, touched: Collection[int],
    everywhere: bool = False,
) -> set[int]:  # fmt: skip
    """Close the bodies that passed on, or have them asked about; return the records that changed.

    Those among the `touched` records and those with a successor among them; or everywhere, where a list weighs more or
    less than before, so that it tells until another day of records of which it says what was said.
    """
    if not touched and not everywhere:
        return set()
    changelog.flush()
    everywhere = everywhere or len(touched) > _FEW
    query = _PASSED_ON.format(links=_EVERYWHERE if everywhere else _NEAR)
    values = id_list(touched) if not everywhere else "", projection.words.link_type(SUCCESSION).id
    concerned = sorted(record for (record,) in changelog.connection.execute(query, values))
    SoleStatements(changelog, records, projection.words).write_down(concerned)
    resolver = Resolver(changelog, records, sources, projection, {})
    outcomes = resolver.resolve(concerned)
    _ask(changelog, resolver.passed_on, None if everywhere else {*touched, *concerned})
    changelog.flush()
    return {record for record, outcome in outcomes.items() if outcome.updated or outcome.made}


def _ask(changelog: Changelog, passed_on: Mapping[int, Passing], concerned: Collection[int] | None) -> None:
    """Have a question for each body of which nobody can tell whether all of it passed on, among those concerned."""
    now = today()
    listed = id_list(record for record, passed in passed_on.items() if not passed.whole and passed.day <= now)
    wanted: dict[str, tuple[int, str]] = {}
    for record, key in changelog.connection.execute(
        "SELECT r.id, r.key FROM json_each(?) j CROSS JOIN record r ON r.id = j.value", (listed,)
    ):
        passed = passed_on[record]
        to = " and ".join(passed.to)
        what = f"{key} passed on to {to} on {passed.day}: was that all of it, so that it closed?"
        asked = [{"key": one, "on": passed.day, "closed": passed.last_day} for one in passed.to]
        wanted[what] = record, json.dumps(asked)
    held = changelog.connection.execute(
        "SELECT id, record_id, what, state FROM suggestion WHERE rule = ?", (RULE,)
    ).fetchall()
    for row, record, what, state in held:
        if state == "open" and what not in wanted and (concerned is None or record in concerned):
            changelog.delete("suggestion", row)
    for what in sorted(wanted.keys() - {what for _, _, what, _ in held}):
        record, candidates = wanted[what]
        changelog.insert("suggestion", (changelog.run, record, RULE, what, None, candidates, "open"))
