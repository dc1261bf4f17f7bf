"""Finding records from what a person half remembers: ranked, explained, tolerant of typing errors."""

import sqlite3
from collections.abc import Callable, Iterable
from typing import NamedTuple

from db.reading.as_of import Day
from db.results import Hit, Match, Results
from db.search.asking import SUCCESSOR
from db.search.by_name import closed_of
from db.search.candidates import SearchIndex
from db.search.conditions import NONE
from db.search.filters import conditions
from db.search.hints import nothing_hint, typing_hints
from db.search.hits import as_they_were, brief, matched, stood, with_posts
from db.search.layout import END, FIRST_HIDDEN, RECORD_MASK
from db.search.memory import Memory, Shown
from db.search.on_day import ANY, StatusFilters, status_filters, there_on
from db.search.query import Query, parse
from db.search.rank import CLOSED, OPENNESS, Ranked, explanation, in_order, score
from db.search.so_far import ENOUGH
from db.search.sorts import speaks_of_the_past
from db.search.steps import Search

_MOST_ASKED = 20_000
"""Records that pass filters alone of which it is asked whether they were there on a day."""
_MOST_COMPARED = 2_000
"""Sure matches up to which all are looked at where their number cannot be told otherwise."""


class Wanted(NamedTuple):
    """How results are wanted: how many, closed ones too, with what put each where it is, and as of which day.

    `asked` are the filters on how records stood on that day.
    """

    limit: int | None
    closed: bool
    explain: bool
    day: Day | None
    asked: StatusFilters


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
    """Search the register, best first; closed organisations only where `closed`, a filter or a question what became of
    one asks for them, or the name of a sort of which all have closed, or where their exact name or code is the text.
    Public bodies also where a name of theirs has all the words, and nothing open has them in its own names.

    `memory` makes it quicker, where the same is given for each search of a connection that only reads.
    `as_of` leaves out what was closed before that day (ISO 8601) or not yet open. `cancelled` is polled between steps.
    Raises QueryInterruptedError.
    """
    query = parse(text)
    kept = memory.begin(conn) if memory is not None else Memory(is_kept=False)
    day = None if as_of is None else Day(as_of)
    asked = ANY if day is None else status_filters(conn, query.filters)
    filters = query.filters if day is None else [one for one in query.filters if one.field != "status"]
    passing = NONE
    if filters:
        passing = conditions(conn, filters, kept)
    wanted = Wanted(limit, closed or passing.closed_too or asked.closed_too, explain, day, asked)
    hidden_too = wanted.closed or as_of is not None
    index = SearchIndex(conn, passing, end=END if hidden_too else FIRST_HIDDEN, memory=kept)
    if not hidden_too and (query.asks == SUCCESSOR or speaks_of_the_past(index, query.readings)):
        index, hidden_too = index.between(0, END), True
    hints: list[str | None] = [*typing_hints(conn, query), *passing.hints, *asked.hints]
    results, left_out = Results(text, 0, ()), (0, True)
    if query.readings:
        search = Search(index, query, cancelled, closed_left_out=not hidden_too)
        results = _by_text(index, query, search, wanted)
        if results.total < ENOUGH:
            left_out = search.count_left_out()
        if search.words_left_out:
            results = results._replace(words_left_out=search.words_left_out)
            hints.append(f"left out: {_listed(search.words_left_out)}, which no record has beside the others")
    elif query.filters:
        results = _by_filters(index, query, wanted)
        if results.total < ENOUGH and not hidden_too:
            left_out = (closed_of(index).number(), True)
    if not (results.total or left_out[0] or (hints and not query.readings)):
        hints.append(nothing_hint(index, query, cancelled))
    return results._replace(
        query=text,
        hits=with_posts(conn, results.hits) if wanted.day is None else as_they_were(conn, results.hits, wanted.day),
        hint="; ".join(filter(None, hints)) or None,
        closed_left_out=left_out[0],
        closed_left_out_is_exact=left_out[1],
    )


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)


def _by_text(index: SearchIndex, query: Query, search: Search, wanted: Wanted) -> Results:
    """Return what a text finds: blocks of matches put in order, as many as it takes for those that are wanted."""
    limit = wanted.limit
    listed: list[Ranked] = []
    shown: dict[int, Shown] = {}
    is_countable = wanted.day is None and not query.phrases
    looked_at = 0
    for block in search.blocks():
        stood = block if wanted.day is None else _on_day(index, block, wanted.day, wanted)
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
    hits = _hits(index, query, listed, shown, wanted)
    return Results(query.text, max(total, len(listed)), hits, total_is_exact=is_exact)


def _hits(
    index: SearchIndex, query: Query, listed: list[Ranked], shown: dict[int, Shown], wanted: Wanted
) -> tuple[Hit, ...]:
    hits = []
    highest = 100.0
    for place, one in enumerate(listed[: wanted.limit]):
        highest = min(highest, score(one))
        record = shown[one.candidate.record_id]
        match = matched(index.conn, record, one.candidate, one.sureness, query.text)
        why = None
        if wanted.explain:
            following = listed[place + 1] if place + 1 < len(listed) else None
            key = shown[following.candidate.record_id].key if following else ""
            why = explanation(one, following, key, f"{match.how} match of {match.field} “{match.text}”")
        hits.append(Hit(brief(_on(record, wanted.day)), highest, match, why))
    return tuple(hits)


def _on(record: Shown, day: Day | None) -> Shown:
    """Return a record as it stood on the day, where one is asked for."""
    return record if day is None else stood(record, day)


def _by_filters(index: SearchIndex, query: Query, wanted: Wanted) -> Results:
    """Return what the filters let through, where no text says what is wanted of it: A to Z, the open ones first."""
    most = -1 if wanted.limit is None else wanted.limit if wanted.day is None else max(wanted.limit, _MOST_ASKED)
    numbers = [one & RECORD_MASK for one in index.by_name(most)]
    is_exact = wanted.day is None or len(numbers) != most
    if wanted.day is not None:
        there = there_on(index.conn, numbers, wanted.day, closed=wanted.closed, asked=wanted.asked)
        numbers = [one for one in numbers if one in there]
    total = index.number() if wanted.day is None else len(numbers)
    shown = index.shown(numbers[: wanted.limit])
    records = [_on(shown[one], wanted.day) for one in numbers[: wanted.limit]]
    first = query.filters[0]
    match = Match(first.field, first.value, "exact")
    why = "passes the filters; in the order of openness, then public bodies first and premises last, then A to Z"
    return Results(
        query.text,
        total,
        tuple(Hit(brief(one), 100.0, match, why if wanted.explain else None) for one in records),
        total_is_exact=is_exact,
    )


def _on_day(index: SearchIndex, matches: list[Ranked], day: Day, wanted: Wanted) -> list[Ranked]:
    """Return the matches that existed on a day, in the order of how they stood on it."""
    numbers = (one.candidate.record_id for one in matches)
    there = there_on(index.conn, numbers, day, closed=wanted.closed, asked=wanted.asked)
    found = []
    for one in matches:
        shut = there.get(one.candidate.record_id)
        if shut is not None:
            order = list(one.order)
            order[CLOSED], order[OPENNESS] = int(shut > 1), shut
            found.append(Ranked(tuple(order), one.candidate, one.sureness))
    return found
