"""Writing the whole index anew where most records changed, with rows that were made where those were read."""

from __future__ import annotations

import sqlite3
from array import array

from db.number_set import NumberSet
from db.parameters import chunks, id_list
from db.search.called import nicknames
from db.search.made_rows import MadeRows
from db.search.record_texts import NO_TYPE, is_public, is_tied, types_known
from db.search.write import BATCH, Filling, kept_rows


def rewrite(conn: sqlite3.Connection, made: MadeRows, changed: NumberSet) -> None:
    """Make the whole index anew, but for rows that are made already and rows of records that did not change."""
    dependent = _dependent(conn)
    conn.execute("INSERT INTO _search (_search) VALUES ('delete-all')")
    conn.execute("DELETE FROM _search_tie")
    conn.execute("DELETE FROM _search_text WHERE record_id NOT IN (SELECT id FROM record)")
    filling = Filling(conn)
    ids = array("q", (row[0] for row in conn.execute("SELECT id FROM record ORDER BY id")))
    for some in chunks(ids, BATCH):
        kept = [one for one in some if one not in changed and one not in dependent]
        ready = [one for one in some if one in made and one not in dependent]
        left = sorted({*some}.difference(kept, ready))
        conn.executemany("DELETE FROM _search_text WHERE record_id = ?", [(one,) for one in (*ready, *left)])
        filling.put(list(made.rows(ready)))
        filling.make(left)
        for few in chunks(kept):
            filling.keep(kept_rows(conn, few))
    conn.execute("DELETE FROM _search_more WHERE id NOT IN (SELECT more_id FROM _search_text)")
    filling.finish(())


def _dependent(conn: sqlite3.Connection) -> NumberSet:
    """Return the records whose rows take what others say, and those to which links of these lead, theirs among them."""
    types, given = types_known(conn), nicknames(conn)
    found, tied = NumberSet(), NumberSet()
    for record, key, kind, name in conn.execute("SELECT id, key, kind, type FROM record"):
        words = types.get(name or "", NO_TYPE)
        if is_tied(kind, name):
            tied.add(record)
        elif is_public(kind, words) or words.by_area or words.inherits or key in given:
            found.add(record)
    found |= tied
    for some in map(id_list, chunks(tied)):
        for near, far in (("source_id", "target_id"), ("target_id", "source_id")):
            sql = f"SELECT l.{far} FROM json_each(?) j CROSS JOIN link l ON l.{near} = j.value"
            found.update(row[0] for row in conn.execute(sql, (some,)))
    return found
