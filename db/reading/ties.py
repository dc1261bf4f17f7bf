"""Links with all that tells how they stand: the days of the sources that have them, and what became of their ends."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from db.dates import latest
from db.model import Party
from db.parameters import id_list
from db.reading.evidence import Cited, cited
from db.reading.link_rows import LinkRow
from db.reading.standing import Listed, Tie, TieEnd

_BODY = "SELECT key, name, status, open, opened, closed FROM record WHERE id = ?"
_SUCCESSORS = """
SELECT j.value AS earlier, l.since, o.key, o.name
  FROM json_each(?1) j CROSS JOIN link l ON l.source_id = j.value
  JOIN link_type t ON t.id = l.type_id AND t.name IN ('succeeded-by', 'became') JOIN record o ON o.id = l.target_id
UNION
SELECT j.value, l.since, o.key, o.name
  FROM json_each(?1) j CROSS JOIN link l ON l.target_id = j.value
  JOIN link_type t ON t.id = l.type_id AND t.name = 'follows' JOIN record o ON o.id = l.source_id
 ORDER BY 1, 4, 3"""


def link_evidence(connection: sqlite3.Connection, record_id: int, rows: Sequence[LinkRow]) -> Cited:
    """Return the evidence of links of a record; a link without any has that of the end it belongs to."""
    own = cited(connection, "link", (row.id for row in rows))
    owners = {row.id: row.other_id if row.owned_by_other else record_id for row in rows if row.id not in own.evidence}
    inherited = cited(connection, "record", owners.values())
    found = own.evidence | {link: inherited.evidence.get(owner, ()) for link, owner in owners.items()}
    return Cited(found, {}, own.days | inherited.days)


def ties(connection: sqlite3.Connection, record_id: int, rows: Sequence[LinkRow], evidence: Cited) -> dict[int, Tie]:
    """Return links of a record with all that tells how they stand, by their numbers."""
    key, name, status, is_open, opened, closed_on = connection.execute(_BODY, (record_id,)).fetchone()
    closed = {row.other_id for row in rows if row.open == 0}
    became = _successors(connection, {*closed, record_id} if is_open == 0 else closed)
    near = TieEnd(Party(key, name), status, _known(is_open), opened, closed_on, became.get(record_id, ()))
    releases = _releases(connection)
    found: dict[int, Tie] = {}
    listings: dict[tuple[tuple[int, ...], str | None], tuple[Listed, ...]] = {}
    for row in rows:
        told = evidence.evidence.get(row.id, ()), row.gone_day
        if told not in listings:
            listings[told] = tuple(_listings(evidence, told[0], releases, told[1]))
        far = TieEnd(
            Party(row.key, row.name), row.other_status, _known(row.open), row.opened, row.closed,
            became.get(row.other_id, ()),
        )  # fmt: skip
        found[row.id] = Tie(
            row.type, row.category, row.since, row.until, row.status, near, far, listings[told],
            row.gone is not None, row.gone_day,
        )  # fmt: skip
    return found


def _known(value: int | None) -> bool | None:
    return None if value is None else bool(value)


def _successors(connection: sqlite3.Connection, bodies: Iterable[int]) -> dict[int, tuple[Party, ...]]:
    """Return what followed bodies last: by the latest day of their successions, or all where none is dated."""
    found: dict[int, dict[Party, str]] = {}
    for earlier, since, key, name in connection.execute(_SUCCESSORS, (id_list(bodies),)):
        day = latest(since) or ""
        of = found.setdefault(earlier, {})
        of[Party(key, name)] = max(day, of.get(Party(key, name), ""))
    return {body: tuple(end for end, day in ends.items() if day == max(ends.values())) for body, ends in found.items()}


def _releases(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Return the days of the releases of living sources by their series."""
    found: dict[str, list[str]] = {}
    for series, published in connection.execute(
        "SELECT series, published FROM source WHERE living AND series IS NOT NULL AND published IS NOT NULL"
    ):
        found.setdefault(series, []).append(published)
    return found


def _listings(
    evidence: Cited, ids: Iterable[int], releases: Mapping[str, Sequence[str]], gone: str | None
) -> Iterable[Listed]:
    """Yield when sources have a link; a living one repeats it up to its newest release, or the last that has it."""
    for one in ids:
        published, series = evidence.days.get(one, (None, None))
        if published is None or latest(published) is None:
            continue
        before = latest(gone) or "~"
        later = [day for day in releases.get(series or "", ()) if (latest(day) or "") < before]
        yield Listed(published, max((*later, published), key=lambda day: latest(day) or ""))
