"""What stands in the way of undoing a run: which later run said, changed or tied something of which of its records."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from db.locators import locator
from db.store.undo_dependencies import laid_out

_ITS = "(SELECT id FROM undo_heard UNION SELECT id FROM undo_known)"
_SAID = f"""
SELECT r.key, r.name, s.key, s.format, st.line
  FROM _change c CROSS JOIN _statement st ON st.id BETWEEN c.first_id AND c.last_id
  JOIN record r ON r.id = st.record_id JOIN source s ON s.id = st.source_id
  JOIN run_source o ON o.run_id = c.run_id AND o.source = s.key
 WHERE c.run_id = ? AND c.tbl = '_statement' AND c.before IS NULL AND +st.record_id IN {_ITS} LIMIT ?
"""
_CHANGED = f"""
SELECT DISTINCT r.key, r.name FROM _change c JOIN record r ON r.id = c.first_id
 WHERE c.run_id = ? AND c.tbl = 'record' AND c.before IS NOT NULL AND +c.first_id IN {_ITS} LIMIT ?
"""
_TIED = f"""
SELECT DISTINCT n.key, f.key, f.name FROM _change c CROSS JOIN link l ON l.id BETWEEN c.first_id AND c.last_id
  JOIN record f ON f.id = iif(l.target_id IN {_ITS}, l.target_id, l.source_id)
  JOIN record n ON n.id = iif(f.id = l.target_id, l.source_id, l.target_id)
 WHERE c.run_id = ? AND c.tbl = 'link' AND c.before IS NULL AND (+l.target_id IN {_ITS} OR +l.source_id IN {_ITS})
 LIMIT ?
"""


def obstacles(connection: sqlite3.Connection, run: int, later: Sequence[int], most: int) -> tuple[str, ...]:
    """Return what later runs rest on of what a run did, in words, the last run first; at most so many, and some of each
    run where there are not more runs."""
    each = max(1, most // len(later))
    with laid_out(connection, run):
        found = {one: tuple(_of_run(connection, one, each + 1)) for one in reversed(later)}
    told = [f"run {one} {words}" for one, several in found.items() for words in several[:each]]
    cut = len(told) > most or any(len(several) > each for several in found.values())
    return (*told[:most], *(("and more",) if cut else ()))


def _of_run(connection: sqlite3.Connection, run: int, most: int) -> Iterator[str]:
    """Yield what a run rests on, by what is plainest: what it said, else what it changed, else what it tied."""
    said = connection.execute(_SAID, (run, most)).fetchall()
    if said:
        for key, name, source, form, line in said:
            where = source if line is None else f"{source}, {locator(form, line)}"
            yield f"tells of {key} {name} ({where})"
        return
    changed = connection.execute(_CHANGED, (run, most)).fetchall()
    if changed:
        yield from (f"changed {key} {name}" for key, name in changed)
        return
    tied = connection.execute(_TIED, (run, most)).fetchall()
    if tied:
        yield from (f"ties {key} to {other} {name}" for key, other, name in tied)
        return
    yield "uses a word, a source or evidence of it"
