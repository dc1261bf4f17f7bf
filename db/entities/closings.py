"""Bodies that passed on: closed where lists tell that nothing of them was left, else asked about.

Whether a body has closed depends on what lists tell of its successors, and so on records that others speak of: it is
decided anew when a run ends, by what the register then holds.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping

from db.dates import today
from db.entities.suggestions import Question, keep_questions
from db.parameters import id_list
from db.store.changelog import Changelog
from db.store.kept_open import RULE
from db.store.projection import Projection
from db.store.resolve_closing import NOTE, SUCCESSION, Passing
from db.store.resolver import Resolver
from db.store.sole_statements import SoleStatements

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


def close_passed_on(projection: Projection, near: Collection[int] | None) -> set[int]:
    """Close the bodies that passed on, or have them asked about; return the records that changed.

    Those among the records that they are looked for `near`, and those with a successor among these; None is everywhere.
    """
    if near is not None and not near:
        return set()
    changelog = projection.changelog
    changelog.flush()
    query = _PASSED_ON.format(links=_EVERYWHERE if near is None else _NEAR)
    values = "" if near is None else id_list(near), projection.words.link_type(SUCCESSION).id
    concerned = sorted(record for (record,) in changelog.connection.execute(query, values))
    SoleStatements(changelog, projection.records, projection.words).write_down(concerned)
    resolver = Resolver(projection)
    outcomes = resolver.resolve(concerned)
    asked_of = None if near is None else {*near, *concerned}
    questions = _questions(changelog, resolver.passed_on)
    keep_questions(changelog, RULE, questions, lambda held: asked_of is None or held.record in asked_of)
    changelog.flush()
    return {record for record, outcome in outcomes.items() if outcome.updated or outcome.made}


def _questions(changelog: Changelog, passed_on: Mapping[int, Passing]) -> Iterator[Question]:
    """Yield a question for each body of which nobody can tell whether all of it passed on."""
    now = today()
    listed = id_list(record for record, passed in passed_on.items() if not passed.whole and passed.day <= now)
    for record, key in changelog.connection.execute(
        "SELECT r.id, r.key FROM json_each(?) j CROSS JOIN record r ON r.id = j.value", (listed,)
    ):
        passed = passed_on[record]
        to = " and ".join(passed.to)
        what = f"{key} passed on to {to} on {passed.day}: was that all of it, so that it closed?"
        asked = [{"key": one, "on": passed.day, "closed": passed.last_day} for one in passed.to]
        yield Question(record, what, json.dumps(asked))
