"""What filters come to: conditions in SQL and as full-text expressions."""

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from db.search.expressions import Beginnings
from db.search.layout import END, EVERY, RECORD_MASK
from db.search.memory import Memory
from db.search.text import is_outward, place_words

_PLACE = "(SELECT ' ' || t.place || ' ' FROM _search_text t WHERE t.record_id = r.id)"
_LONGEST_AREA = 3
_MOST_LISTED = 2000
"""Records up to which those that pass are listed; of more, each record found is asked whether it passes."""
_OWNERS = (
    ("name", "record_id"),
    ("identifier", "record_id"),
    ("fact", "record_id"),
    ("event", "record_id"),
    ("link", "source_id"),
    ("link", "target_id"),
)
"""What evidence may be cited for besides records, and the column of the record."""
_LIVING = "(SELECT id FROM source WHERE id IN ({among}) AND living AND format IS NOT NULL)"
_OWNED = """
SELECT l.{far} FROM _statement s JOIN link l ON l.{near} = s.record_id
  JOIN link_type y ON y.id = l.type_id AND y.owner = '{owner}'
  JOIN _citation c ON c.subject = 'link' AND c.subject_id = l.id
  JOIN evidence e ON e.id = c.evidence_id AND e.source_id IN {living}
 WHERE s.source_id IN {living} AND s.withdrawn IS NULL"""
"""Records at the far end of links that cite living sources, of which nearly all records are the rows: no evidence of
theirs is read that belongs to those."""


class Condition(NamedTuple):
    """A condition on a record: in SQL on `r` with values for its question marks, and as a full-text expression."""

    sql: str
    values: tuple[object, ...] = ()
    match: str = ""
    """Holds for every record that passes; empty where no expression does."""
    exact: bool = False
    """Whether it holds for no other."""
    first: int = 0
    """No index id before this one passes."""
    end: int = END
    """No index id from this one on passes; with an exact condition, all between do."""
    others: str = ""
    """A full-text expression for all that does not pass an exact condition, where that is less than what does."""
    few: tuple[int, ...] | None = None
    """All records that pass, where they are few."""


class Statuses(NamedTuple):
    """A condition on a record's status; `closed_too` where it asks for something closed."""

    sql: str
    names: tuple[str, ...]
    hint: str | None
    closed_too: bool
    openness: tuple[int, int] | None = None
    """The first and the last openness that is meant, where a status is nothing else."""


class FilterConditions(NamedTuple):
    """All that the filters of a query come to."""

    all_of: tuple[Condition, ...] = ()
    """What has to be asked in SQL."""
    match: str = ""
    """A full-text expression for what passes."""
    refused: str = ""
    """A full-text expression for what does not."""
    hints: tuple[str, ...] = ()
    closed_too: bool = False
    """Whether a filter asks for closed ones by name."""
    first: int = 0
    end: int = END
    """The index ids between which all is that passes."""
    few: tuple[int, ...] | None = None
    """Records that all that pass are among, where they are few."""

    @property
    def sql(self) -> str:
        """The conditions, each with `AND` before it."""
        return "".join(f" AND ({one.sql})" for one in self.all_of)

    @property
    def values(self) -> tuple[object, ...]:
        """The values for the question marks of `sql`, in order."""
        return tuple(value for one in self.all_of for value in one.values)

    def among(self, match: str) -> str:
        """Return the expression for what another finds, all where that is empty, and the filters let through."""
        wanted = " AND ".join(f"({one})" for one in (match, self.match) if one) or f"({EVERY})"
        return f"({wanted}) NOT ({self.refused})" if self.refused else wanted


NONE = FilterConditions()
"""What no filters come to."""
NEVER = Condition("0", match='"~"', exact=True)
"""What a filter comes to that nothing passes."""


def place(conn: sqlite3.Connection, value: str) -> Condition:
    """Whole words of a place, for London is not Londonderry; the start of one where no place is so called."""
    words = place_words(value)
    if not words:
        return NEVER
    *others, last = words.split()
    begun = [f'{{place}} : "{word}"' for word in others]
    whole = " AND ".join([*begun, f'{{place}} : "{last}"'])
    if _is_place(conn, words, whole):
        return Condition(f"instr({_PLACE}, ?)", (f" {words} ",), whole, not others)
    start = " AND ".join([*begun, f"{{place}} : ({Beginnings(conn)(last).expression})"])
    return Condition(f"instr({_PLACE}, ?)", (f" {words}",), start, not others)


def _is_place(conn: sqlite3.Connection, words: str, match: str) -> bool:
    sql = (
        f"SELECT 1 FROM _search s CROSS JOIN _search_text t ON t.record_id = (s.rowid & {RECORD_MASK})"
        " WHERE s._search MATCH ? AND instr(' ' || t.place || ' ', ?) LIMIT 1"
    )
    return conn.execute(sql, (match, f" {words} ")).fetchone() is not None


def postcode(conn: sqlite3.Connection, value: str) -> Condition:
    """An area (LA), an outward code (LA1 is not LA10), that with the start of what follows, or a whole postcode."""
    outward, inward = _halves(value)
    compact = "replace(upper(r.postcode), ' ', '')"
    if outward.isalpha() and not inward:
        area = [f"{outward.lower()}{digit}" for digit in range(10)]
        match = " OR ".join(f"{{place}} : ({Beginnings(conn)(one).expression})" for one in area)
        return Condition(f"{compact} GLOB ?", (f"{outward}[0-9]*",), match, len(outward) < _LONGEST_AREA)
    if not outward:
        return NEVER
    match = f'{{place}} : "{outward.lower()}"' if inward or is_outward(outward.lower()) else ""
    same = f"substr({compact}, 1, length({compact}) - 3) = ?"
    if not inward:
        return Condition(same, (outward,), match)
    return Condition(f"{same} AND {compact} GLOB ?", (outward, f"{outward}{inward}*"), match)


def _halves(value: str) -> tuple[str, str]:
    """Return the outward code and what is given of the inward one, in capitals."""
    words = place_words(value).upper().split()
    return (words[0], "".join(words[1:])) if words and words[0].isascii() else ("", "")


def spoken_of_by(conn: sqlite3.Connection, sources: Sequence[int], memory: Memory | None, *, none: bool) -> Condition:
    """Some source among those says something of the record, of its names, codes, facts and events, or of its links.

    Where `none`, none of them does.
    """
    among = ",".join(str(number) for number in sources)
    said = _said(among)
    sole = f"SELECT m.id FROM _sole m CROSS JOIN evidence e ON e.id = m.evidence_id WHERE e.source_id IN ({among})"
    passes = f"EXISTS ({sole} AND m.id = r.id) OR r.id IN ({said})"
    much = _few(conn, sole, memory) is None
    if none:
        passes = f"NOT ({passes})"
    if none == much:
        wanted = f"SELECT r.id FROM record r WHERE {passes}" if none else f"{sole} UNION {said}"
        few = _few(conn, wanted, memory)
        if few is not None:
            return Condition(f"r.id IN ({','.join(map(str, few))})", few=few)
    return Condition(passes)


def _few(conn: sqlite3.Connection, sql: str, memory: Memory | None) -> tuple[int, ...] | None:
    """Return the records that SQL finds, where they are few."""
    kept = memory.listed if memory is not None else {}
    if sql not in kept:
        found = [row[0] for row in conn.execute(f"SELECT * FROM ({sql}) LIMIT {_MOST_LISTED + 1}")]
        kept[sql] = tuple(sorted(found)) if len(found) <= _MOST_LISTED else None
    return kept[sql]


def _said(among: str) -> str:
    """Return SQL for the records that sources say something of, but for those of which one row says all."""
    living = _LIVING.format(among=among)
    cited = "FROM source z JOIN evidence e ON e.source_id = z.id JOIN _citation c ON c.evidence_id = e.id"
    where = f"WHERE z.id IN ({among}) AND NOT (z.living AND z.format IS NOT NULL)"
    parts = [
        f"SELECT record_id FROM _statement WHERE source_id IN ({among}) AND withdrawn IS NULL",
        f"SELECT record_id FROM source WHERE id IN ({among}) AND record_id IS NOT NULL",
        f"SELECT c.subject_id {cited} {where} AND c.subject = 'record'",
        _OWNED.format(near="source_id", far="target_id", owner="source", living=living),
        _OWNED.format(near="target_id", far="source_id", owner="target", living=living),
    ]
    parts += (
        f"SELECT p.{column} {cited} JOIN {table} p ON p.id = c.subject_id"
        f" {where} AND c.subject = '{table}' AND p.{column} IS NOT NULL"
        for table, column in _OWNERS
    )
    return " UNION ".join(parts)
