"""What the register does not know, or what nobody has put right yet: gaps of several kinds."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection

from db.dates import earliest, latest
from db.errors import UsageError, quoted
from db.model import ClosedParty
from db.nearest_word import nearest_word
from db.reading.likely_twins import likely_twins
from db.reading.ties import last_listed, successors
from db.reading.vocabulary import Labels
from db.reports import CLOSED_PARTICIPANT, LIKELY_TWIN, Gap

_DANGLING = """
SELECT l.id, a.id, a.key, a.name, b.id, b.key, b.name, b.closed, l.role
  FROM link l JOIN link_type t ON t.id = l.type_id AND t.name = 'participates-in'
  JOIN record b ON b.id = l.source_id AND b.open = 0 JOIN record a ON a.id = l.target_id AND a.open IS NOT 0
 WHERE l.gone IS NULL AND l.status IS NOT 'past' AND l.until IS NULL
 ORDER BY b.closed DESC, a.name, a.key, b.name, b.key, l.id"""


def gaps(connection: sqlite3.Connection, kinds: Collection[str]) -> tuple[Gap, ...]:
    """Return the gaps of some kinds, or of all. Raises UsageError for a kind that there is not."""
    for kind in kinds:
        if kind not in KINDS_OF_GAPS:
            near = nearest_word(kind, KINDS_OF_GAPS)
            meant = f", did you mean '{near}'?" if near else f": write one of {', '.join(KINDS_OF_GAPS)}"
            raise UsageError(f"unknown kind of gap {quoted(kind)}{meant}")
    return tuple(gap for kind, find in KINDS_OF_GAPS.items() if not kinds or kind in kinds for gap in find(connection))


def _closed_participants(connection: sqlite3.Connection) -> list[Gap]:
    """Return who is named as taking part in an arrangement, and has closed; the last that closed first.

    Those that a list names after they had closed come before those of lists of unknown day, and of lists made earlier.
    """
    rows = connection.execute(_DANGLING).fetchall()
    became = successors(connection, {row[4] for row in rows})
    listed = last_listed(connection, {row[0]: row[1] for row in rows})
    words = Labels(connection)
    found = [
        Gap(
            CLOSED_PARTICIPANT, key, name, ClosedParty(member_key, member, closed),
            words.label_or_none("roles", role), became.get(member_id, ()), listed[link],
            _is_still_named(listed[link], closed),
        )
        for link, _, key, name, member_id, member_key, member, closed, role in rows
    ]  # fmt: skip
    return sorted(found, key=lambda gap: (True, None, False).index(gap.still_named))


def _is_still_named(listed: str | None, closed: str | None) -> bool | None:
    """Tell whether a list that names a body was made after that had closed; None where the days do not tell."""
    if not listed or not closed:
        return None
    if (latest(closed) or "~") < (earliest(listed) or ""):
        return True
    return False if (latest(listed) or "~") <= (earliest(closed) or "") else None


KINDS_OF_GAPS: dict[str, Callable[[sqlite3.Connection], list[Gap]]] = {
    CLOSED_PARTICIPANT: _closed_participants,
    LIKELY_TWIN: likely_twins,
}
"""What finds the gaps of a kind."""
