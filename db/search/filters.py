"""Filters as SQL: which records `kind: type: role: place: postcode: status: source:` let through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.search.conditions import Condition, Conditions
from db.search.expressions import Beginnings
from db.search.layout import RECORD_MASK
from db.search.meanings import kinds_meant, roles_meant, sources_meant, statuses_meant, types_meant
from db.search.normalise import is_outward, place_words

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from db.search.query import Filter


_NEVER = Condition("0")


def conditions(conn: sqlite3.Connection, filters: Sequence[Filter]) -> Conditions:
    """Return what the filters come to: values of one field are alternatives, different fields must all hold."""
    hints: list[str] = []
    wanted: dict[str, list[Condition]] = {}
    refused: list[Condition] = []
    matches: dict[str, list[str]] = {}
    closed_too = False
    for one in filters:
        condition, hint = _condition(conn, one)
        if hint:
            hints.append(hint)
        if one.negated:
            refused.append(Condition(f"NOT coalesce(({condition.sql}), 0)", condition.values))
            continue
        wanted.setdefault(one.field, []).append(condition)
        matches.setdefault(one.field, []).append(_match(conn, one))
        closed_too |= one.field == "status" and statuses_meant(conn, one.value).closed_too
    either = (
        Condition(" OR ".join(f"({one.sql})" for one in some), tuple(value for one in some for value in one.values))
        for some in wanted.values()
    )
    narrowing = (f"({' OR '.join(some)})" for some in matches.values() if all(some))
    return Conditions((*either, *refused), " AND ".join(narrowing), tuple(dict.fromkeys(hints)), closed_too)


def _condition(conn: sqlite3.Connection, one: Filter) -> tuple[Condition, str | None]:
    """Return a filter's condition without its negation, and a hint where its value means nothing."""
    if one.field == "place":
        return _place(conn, one.value), None
    if one.field == "postcode":
        return _postcode(one.value), None
    if one.field == "status":
        statuses = statuses_meant(conn, one.value)
        return Condition(statuses.sql, statuses.names), statuses.hint
    if one.field == "source":
        sources = sources_meant(conn, one.value)
        return _spoken_of_by(sources), None if sources else f"no source has “{one.value}” in its title or key"
    if one.field == "role":
        roles = roles_meant(conn, one.value)
        return _role(roles.names, roles.types, one.value), roles.hint
    meant = kinds_meant(one.value) if one.field == "kind" else types_meant(conn, one.value)
    return _among(f"r.{one.field}", meant.names), meant.hint


def _among(what: str, names: Sequence[object]) -> Condition:
    return Condition(f"{what} IN ({','.join('?' * len(names))})", tuple(names)) if names else _NEVER


def _match(conn: sqlite3.Connection, one: Filter) -> str:
    """Return the full-text expression that goes before a filter on a place."""
    if one.field == "place" and (words := place_words(one.value)):
        return _place_match(conn, words)
    if one.field == "postcode":
        outward, inward = _halves(one.value)
        if inward or is_outward(outward.lower()):
            return f'{{place}} : "{outward.lower()}"'
    return ""


def _place_match(conn: sqlite3.Connection, words: str) -> str:
    """Whole words of a place, for London is not Londonderry; the start of one where no place is so called."""
    *others, last = words.split()
    all_of = [f'{{place}} : "{word}"' for word in others]
    whole = " AND ".join([*all_of, f'{{place}} : "{last}"'])
    return (
        whole
        if _is_place(conn, words, whole)
        else " AND ".join([*all_of, f"{{place}} : ({Beginnings(conn)(last).expression})"])
    )


def _is_place(conn: sqlite3.Connection, words: str, match: str) -> bool:
    sql = (
        f"SELECT 1 FROM search s CROSS JOIN search_text t ON t.record_id = (s.rowid & {RECORD_MASK})"
        " WHERE s.search MATCH ? AND instr(' ' || t.place || ' ', ?) LIMIT 1"
    )
    return conn.execute(sql, (match, f" {words} ")).fetchone() is not None


def _place(conn: sqlite3.Connection, value: str) -> Condition:
    words = place_words(value)
    if not words:
        return _NEVER
    whole = " AND ".join(f'{{place}} : "{word}"' for word in words.split())
    after = " " if _is_place(conn, words, whole) else ""
    return Condition("instr(' ' || t.place || ' ', ?)", (f" {words}{after}",))


def _postcode(value: str) -> Condition:
    """An area (LA), an outward code (LA1 is not LA10), that with the start of what follows, or a whole postcode."""
    outward, inward = _halves(value)
    compact = "replace(upper(r.postcode), ' ', '')"
    if outward.isalpha() and not inward:
        return Condition(f"{compact} GLOB ?", (f"{outward}[0-9]*",))
    if not outward:
        return _NEVER
    same = f"substr({compact}, 1, length({compact}) - 3) = ?"
    if not inward:
        return Condition(same, (outward,))
    return Condition(f"{same} AND {compact} GLOB ?", (outward, f"{outward}{inward}*"))


def _halves(value: str) -> tuple[str, str]:
    """Return the outward code and what is given of the inward one, in capitals."""
    words = place_words(value).upper().split()
    return (words[0], "".join(words[1:])) if words and words[0].isascii() else ("", "")


def _role(names: Sequence[str], types: Sequence[str], value: str) -> Condition:
    """Has the role in a link of its own, or is of the type or has the fact that an ODS role makes."""
    role = _among("l.role", names)
    kind = _among("r.type", types)
    return Condition(
        f"EXISTS (SELECT 1 FROM link l WHERE l.source_id = r.id AND {role.sql}) OR {kind.sql} OR EXISTS"
        " (SELECT 1 FROM fact f WHERE f.record_id = r.id AND f.property = 'ods-role' AND (f.value = ? OR f.text = ?))",
        (*role.values, *kind.values, value.upper(), value.upper()),
    )


def _spoken_of_by(sources: Sequence[int]) -> Condition:
    """Some source among those says something of the record, of its names, codes, facts and events, or of its links."""
    if not sources:
        return _NEVER
    among = ",".join(str(number) for number in sources)
    cited = "SELECT 1 FROM cited c JOIN evidence e ON e.id = c.evidence_id AND e.source_id IN (" + among + ")"
    parts = "".join(
        f" OR EXISTS (SELECT 1 FROM {table} p WHERE p.{column} = r.id AND EXISTS"
        f" ({cited} WHERE c.subject = (SELECT id FROM subject WHERE name = '{subject}') AND c.subject_id = p.id))"
        for table, column, subject in _PARTS
    )
    return Condition(
        f"EXISTS (SELECT 1 FROM said s WHERE s.record_id = r.id AND s.source_id IN ({among}) AND s.withdrawn IS NULL)"
        f" OR EXISTS (SELECT 1 FROM source s WHERE s.record_id = r.id AND s.id IN ({among}))"
        f" OR EXISTS ({cited} WHERE c.subject = (SELECT id FROM subject WHERE name = 'record') AND c.subject_id = r.id)"
        + parts
    )


_PARTS = (
    ("name", "record_id", "name"),
    ("identifier", "record_id", "identifier"),
    ("fact", "record_id", "fact"),
    ("event", "record_id", "event"),
    ("link", "source_id", "link"),
    ("link", "target_id", "link"),
)
