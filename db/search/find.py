"""Finding records from what a person half remembers: ranked, explained, tolerant of typing errors."""

from __future__ import annotations

from db.results import Hit, Match, Results
from db.search.candidates import Index
from db.search.conditions import NONE, Conditions
from db.search.hints import nothing_hint, typing_hints
from db.search.hits import brief, matched
from db.search.layout import END, FIRST_HIDDEN, RECORD_MASK
from db.search.memory import Shown
from db.search.query import Query, parse
from db.search.rank import OPENNESS, Ranked, explanation, in_order, score
from db.search.steps import ENOUGH, Search
from db.search.sure import closed_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Sequence

    from db.results import Brief
    from db.search.memory import Memory


_MOST_COMPARED = 2_000
"""Sure matches up to which all are looked at where their number cannot be told otherwise."""


def find(
    conn: sqlite3.Connection,
    text: str,
    *,
    limit: int | None = 20,
    closed: bool = False,
    explain: bool = False,
    as_of: str | None = None,
    cancelled: Callable[[], bool] | None = None,
    memory: Memory | None = None,
) -> Results:
    """Search the register, best first; closed organisations only where `closed` or a filter asks for them, or where
    their exact name or code is the text.

    `memory` makes it quicker, where the same is given for each search of a connection that only reads.
    `as_of` leaves out what was closed before that day (ISO 8601) or not yet open. `cancelled` is polled between steps.
    Raises QueryInterruptedError.
    """
    query = parse(text)
    kept = memory.begin(conn) if memory is not None else None
    passing = _conditions(conn, query, kept)
    hidden_too = closed or passing.closed_too or as_of is not None
    index = Index(conn, passing, end=END if hidden_too else FIRST_HIDDEN, memory=kept)
    hints: list[str | None] = [*typing_hints(conn, query), *passing.hints]
    left_out = (0, True)
    if query.readings:
        search = Search(index, query, cancelled, closed_left_out=not hidden_too)
        results = _searched(index, query, search, limit, as_of, closed=closed or passing.closed_too, explain=explain)
        if results.total < ENOUGH:
            left_out = search.count_left_out()
    elif query.filters:
        results = _filtered(index, query, limit, as_of, closed=closed or passing.closed_too, explain=explain)
        if results.total < ENOUGH and not hidden_too:
            left_out = (closed_of(index).number(), True)
    else:
        results = Results(text, 0, ())
    if not results.total and not left_out[0]:
        hints.append(nothing_hint(index, query, cancelled))
    return results._replace(
        query=text,
        hits=_names_on(conn, results.hits, as_of),
        hint="; ".join(filter(None, hints)) or None,
        closed_left_out=left_out[0],
        closed_left_out_is_exact=left_out[1],
    )


def _conditions(conn: sqlite3.Connection, query: Query, memory: Memory | None) -> Conditions:
    if not query.filters:
        return NONE
    # Costs 3 ms, and most searches have no filters.
    from db.search.filters import conditions

    return conditions(conn, query.filters, memory)


def _searched(
    index: Index,
    query: Query,
    search: Search,
    limit: int | None,
    as_of: str | None,
    *,
    closed: bool,
    explain: bool,
) -> Results:
    listed: list[Ranked] = []
    shown: dict[int, Shown] = {}
    is_countable = as_of is None and not query.phrases
    looked_at = 0
    for block in search.blocks():
        stood = _on_day(index, block, as_of, closed)
        # One more than is wanted, to tell whether there are more and why the last one stands before it.
        ordered, some = in_order(index, stood, len(stood) if limit is None else max(limit + 1 - len(listed), 0))
        listed += ordered
        shown.update(some)
        looked_at += len(block)
        if limit is not None and len(listed) > limit and (is_countable or looked_at > _MOST_COMPARED):
            break
    total, is_exact = len(listed), not search.has_more and not search.is_cut
    if search.has_more and is_countable:
        total, is_exact = search.count()
    number = len(listed) if limit is None else limit
    hits = _hits(index, query, listed, shown, number, as_of, explain=explain)
    return Results(query.text, max(total, len(listed)), hits, total_is_exact=is_exact)


def _hits(
    index: Index,
    query: Query,
    listed: Sequence[Ranked],
    shown: dict[int, Shown],
    number: int,
    as_of: str | None,
    *,
    explain: bool,
) -> tuple[Hit, ...]:
    hits = []
    highest = 100.0
    for place, one in enumerate(listed[:number]):
        highest = min(highest, score(one))
        record = shown[one.candidate.record_id]
        match = matched(index.conn, record, one.candidate, one.found, query.text)
        why = None
        if explain:
            following = listed[place + 1] if place + 1 < len(listed) else None
            key = shown[following.candidate.record_id].key if following else ""
            why = explanation(one, following, key, f"{match.how} match of {match.field} “{match.text}”")
        stood = record if as_of is None else _stands(record, as_of, closed=True) or record
        hits.append(Hit(brief(stood), highest, match, why))
    return tuple(hits)


def _filtered(
    index: Index, query: Query, limit: int | None, as_of: str | None, *, closed: bool, explain: bool
) -> Results:
    """Return what the filters let through, where no text says what is wanted of it."""
    most = -1 if limit is None or as_of is not None else limit
    numbers = [one & RECORD_MASK for one in index.matching("", most)]
    shown = index.shown(numbers)
    records = [shown[one] for one in numbers]
    if as_of is not None:
        records = [stood for one in records if (stood := _stands(one, as_of, closed=closed)) is not None]
    first = query.filters[0]
    match = Match(first.field, first.value, "exact")
    total = index.number() if as_of is None else len(records)
    why = (
        "passes the filters; in the order of openness, then bodies before premises, then short names"
        if explain
        else None
    )
    listed = records if limit is None else records[:limit]
    return Results(query.text, total, tuple(Hit(brief(one), 100.0, match, why) for one in listed))


def _on_day(index: Index, matches: list[Ranked], as_of: str | None, closed: bool) -> list[Ranked]:
    """Return the matches that existed on a day, in the order of how they stood on it."""
    if as_of is None:
        return matches
    shown = index.shown(one.candidate.record_id for one in matches)
    found = []
    for one in matches:
        record = _stands(shown[one.candidate.record_id], as_of, closed=closed)
        if record is not None:
            shut = 0 if record.open else 1 if record.open is None else 2
            order = (*one.order[:OPENNESS], shut, *one.order[OPENNESS + 1 :])
            found.append(Ranked(order, one.candidate, one.found))
    return found


def _stands(record: Shown, as_of: str, *, closed: bool) -> Shown | None:
    """Return a record as it stood on a day; None where it was not yet open, or closed and not asked for."""
    # Only searches of the past need it.
    from db.reading.as_of import Day

    day = Day(as_of)
    is_open = None if record.open is None else bool(record.open)
    state, status = day.state(is_open, record.status, record.opened, record.closed)
    hidden = state is False and record.kind in ("organisation", "site") and not closed
    if day.excludes(record.opened, None if closed else record.closed) or hidden:
        return None
    return record._replace(open=None if state is None else int(state), status=status)


def _names_on(conn: sqlite3.Connection, hits: tuple[Hit, ...], as_of: str | None) -> tuple[Hit, ...]:
    """Return the hits as what they were on a day, under the names that were in force."""
    if as_of is None or not hits:
        return hits
    # Only searches of the past need it.
    from db.reading.as_of import Day, Kind, kinds_on, names_on

    day = Day(as_of)
    numbers = {key: number for number, key in _numbers(conn, hits)}
    names = names_on(conn, day, [(numbers[hit.brief.key], hit.brief.name) for hit in hits])
    now = {numbers[hit.brief.key]: Kind(hit.brief.kind, hit.brief.type) for hit in hits}
    then = {**now, **kinds_on(conn, day, now)}

    def as_it_was(brief: Brief) -> Brief:
        number = numbers[brief.key]
        return brief._replace(name=names[number], kind=then[number].kind, type=then[number].type)

    return tuple(hit._replace(brief=as_it_was(hit.brief)) for hit in hits)


def _numbers(conn: sqlite3.Connection, hits: Sequence[Hit]) -> list[tuple[int, str]]:
    marks = ",".join("?" * len(hits))
    return conn.execute(
        f"SELECT id, key FROM record WHERE key IN ({marks})", [hit.brief.key for hit in hits]
    ).fetchall()
