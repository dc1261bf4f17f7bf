"""What is in a register: how many records there are of each type, which is where a newcomer begins."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence

from db.keys import CODE_ONLY, KINDS
from db.parameters import marks
from db.reading.vocabulary import TYPES, Labels
from db.results import TypeCount
from db.search.layout import FIRST_CLOSED, of_kind, of_type

_MANY = 20_000
"""Records of a kind from which on they are counted by the search index."""
Counted = tuple[str, str | None, int, int]
"""Kind, type, how many are not known to be closed, and how many there are."""


def contents(connection: sqlite3.Connection) -> tuple[TypeCount, ...]:
    """Count records by kind and type, the most numerous type of each kind first; codes without more are left out."""
    labels = Labels(connection)
    counted: list[Counted] = []
    for kind, number in numbers(connection, placeholders(connection)).items():
        found = [*_by_the_index(connection, kind)] if number > _MANY else []
        if found and _total(found) < number:
            # Some have no type, or one that is no word of the vocabulary.
            found += _by_the_rows(connection, kind, without=[name for _, name, *_ in found if name])
        counted += found if found and _total(found) == number else _by_the_rows(connection, kind)
    counted.sort(key=lambda one: (one[0], -one[2], -one[3], one[1] or ""))
    return tuple(
        TypeCount(kind, name, labels.label_or_none(TYPES[kind], name), current, total)
        for kind, name, current, total in counted
    )


def numbers(connection: sqlite3.Connection, codes: Mapping[str, int]) -> dict[str, int]:
    """Count records by kind, but for `codes` without more, by indexes alone: that of kinds holds no organisations."""
    others = dict(connection.execute("SELECT kind, count(*) FROM record WHERE kind <> 'organisation' GROUP BY kind"))
    (every,) = connection.execute("SELECT count(*) FROM record").fetchone()
    others["organisation"] = every - sum(others.values())
    return {kind: others.get(kind, 0) - codes.get(kind, 0) for kind in KINDS}


def placeholders(connection: sqlite3.Connection) -> dict[str, int]:
    """Count by kind the records of which nothing is known but a code."""
    counted = dict(connection.execute(f"SELECT kind, count(*) FROM record WHERE {CODE_ONLY} GROUP BY kind"))
    return {kind: counted[kind] for kind in KINDS if kind in counted}


def _total(counted: Iterable[Counted]) -> int:
    return sum(total for *_, total in counted)


def _by_the_rows(connection: sqlite3.Connection, kind: str, without: Sequence[str] = ()) -> Iterator[Counted]:
    """Count records of a kind, but for those of some types; to sort many rows by their types takes long."""
    # As the index of kinds has it, which leaves out the most usual one.
    indexed = "" if kind == "organisation" else "kind <> 'organisation' AND "
    yield from connection.execute(
        f"""SELECT kind, type, sum(open IS NOT 0), count(*) FROM record
             WHERE {indexed}kind = ? AND (type IS NULL OR type NOT IN ({marks(without)})) AND NOT ({CODE_ONLY})
             GROUP BY kind, type""",
        (kind, *without),
    )


def _by_the_index(connection: sqlite3.Connection, kind: str) -> Iterator[Counted]:
    """Count records of a kind by the words of the search index for kinds and types: a tenth of the work."""
    listed = connection.execute("SELECT name FROM term WHERE vocabulary = ?", (TYPES[kind],)).fetchall()
    among = {one: f'"{of_kind(one)}"' for one in TYPES if of_kind(one)}
    of_others = " OR ".join(among.values())
    for (name,) in listed:
        match = f'"{of_type(name)}" ' + (f"AND {among[kind]}" if kind in among else f"NOT ({of_others})")
        current, total = connection.execute(
            "SELECT total(rowid < ?), count(*) FROM _search WHERE _search MATCH ?", (FIRST_CLOSED, match)
        ).fetchone()
        if total:
            yield kind, name, int(current), total
