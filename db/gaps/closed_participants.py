"""Participations that dangle: an arrangement names a participant that has closed."""

from __future__ import annotations

import sqlite3

from db.dates import earliest, latest
from db.gaps.mend import by_hand
from db.gaps.rules import NOT_ENDED, named
from db.parameters import id_list
from db.parties import ClosedParty
from db.reading.ties import last_listed, successors
from db.reading.vocabulary import Labels
from db.reports import CLOSED_PARTICIPANT, Gap

_DANGLING = f"""
SELECT l.id, a.id, a.key, a.name, b.id, b.key, b.name, b.closed, l.role, NULL
  FROM link l JOIN link_type t ON t.id = l.type_id AND t.name = 'participates-in'
  JOIN record b ON b.id = l.source_id AND b.open = 0 JOIN record a ON a.id = l.target_id AND a.open IS NOT 0
 WHERE {NOT_ENDED}
UNION ALL
SELECT l.id, a.id, a.key, a.name, b.id, b.key, b.name, b.closed, l.role, t.reverse
  FROM link l JOIN link_type t ON t.id = l.type_id AND t.name = 'convened-by'
  JOIN record b ON b.id = l.target_id AND b.open = 0 JOIN record a ON a.id = l.source_id AND a.open IS NOT 0
 WHERE {NOT_ENDED}
 ORDER BY 8 DESC, 7, 6, 4, 3, 1"""
_TAKING_PART = f"""
SELECT DISTINCT l.target_id, b.key
  FROM json_each(:arrangements) j CROSS JOIN link l ON l.target_id = j.value
  JOIN link_type t ON t.id = l.type_id AND t.name = 'participates-in' JOIN record b ON b.id = l.source_id
 WHERE {NOT_ENDED}"""


def closed_participants(connection: sqlite3.Connection) -> list[Gap]:
    """Return who is named as taking part in an arrangement or convening it, and has closed; who closed last first.

    Those that a list names after they had closed come before all others.
    """
    rows = connection.execute(_DANGLING, named()).fetchall()
    became = successors(connection, {row[4] for row in rows})
    listed = last_listed(connection, {row[0]: row[1] for row in rows})
    values = {**named(), "arrangements": id_list({row[1] for row in rows})}
    taking_part = set(connection.execute(_TAKING_PART, values))
    words = Labels(connection)
    found = [
        Gap(
            CLOSED_PARTICIPANT, key, name, ClosedParty(member_key, member, closed),
            words.label_or_none("roles", role) or convenes, became.get(member_id, ()), listed[link],
            _is_still_named(listed[link], closed), mend=by_hand(key),
            heirs=tuple(heir for heir in became.get(member_id, ()) if (arrangement, heir.key) in taking_part),
        )
        for link, arrangement, key, name, member_id, member_key, member, closed, role, convenes in rows
    ]  # fmt: skip
    return sorted(found, key=lambda gap: gap.still_named is not True)


def _is_still_named(listed: str | None, closed: str | None) -> bool | None:
    """Tell whether a list that names a body was made after that had closed; None where the days do not tell."""
    if not listed or not closed:
        return None
    if (latest(closed) or "~") < (earliest(listed) or ""):
        return True
    return False if (latest(listed) or "~") <= (earliest(closed) or "") else None
