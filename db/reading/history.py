"""What each import read, changed and refused, and what a run did to the register, record by record."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from db.errors import NotFoundError, no_run
from db.reading import diff_items
from db.reading.diff_items import DiffItem, LinkEnd
from db.reading.row_images import Row, Traces
from db.reading.vocabulary import Labels
from db.reports import Changed, Diff, Reject, Run, SourceReport

States = defaultdict[int, tuple[Counter[DiffItem], Counter[DiffItem]]]


def diff(connection: sqlite3.Connection, run: int) -> Diff:
    """Return what a run did, as it left the register. Raises NotFoundError where there is no such run, or no longer."""
    row = connection.execute("SELECT undone FROM run WHERE id = ?", (run,)).fetchone()
    if row is None:
        raise no_run(run)
    if row[0] is not None:
        raise NotFoundError(f"run {run} was undone on {row[0][:10]}, so that nothing of it is left to show")
    return _Comparison(connection, run).diff()


class _Comparison:
    """Gathers, for each record that was there before a run, what is known of it before and after."""

    def __init__(self, connection: sqlite3.Connection, run: int) -> None:
        self._connection = connection
        self._run = run
        self._traces = Traces(connection, run)
        self._words = Labels(connection)
        self._states: States = defaultdict(lambda: (Counter(), Counter()))
        self._records = (self._traces.found("record"), self._traces.left("record"))
        self._described = {
            record
            for record, after in self._records[1].items()
            if record in self._records[0] and self._records[0][record]["placeholder"] and not after["placeholder"]
        }

    def diff(self) -> Diff:
        """Compare, and put each record in one list by the strongest thing that happened to it."""
        self._compare_own()
        self._compare_belongings()
        self._compare_links()
        lists: dict[str, list[Changed]] = {"updated": [], "closed": [], "reopened": [], "gone": []}
        known = self._traces.at_that_time("record", self._states.keys() | self._described)
        for record, (before, after) in self._states.items():
            changes = diff_items.changes(before, after)
            # What was joined with another record is told of that one.
            row = known.get(record)
            if changes and row is not None:
                lists[self._fate(record)].append(Changed(row["key"], row["name"], bool(row["placeholder"]), changes))
        added = [Changed(*new) for new in self._traces.new_records()]
        added += (Changed(known[record]["key"], known[record]["name"]) for record in self._described)
        updated, closed, reopened, gone = (_ordered(changed) for changed in lists.values())
        return Diff(self._run, _ordered(added), updated, closed, reopened, gone, *_rejects(self._connection, self._run))

    def _fate(self, record: int) -> str:
        found, left = (rows.get(record) for rows in self._records)
        if found is None or left is None:
            return "updated"
        if left["open"] == 0 and found["open"] != 0:
            return "closed"
        if left["open"] and found["open"] == 0:
            return "reopened"
        return "gone" if left["gone"] is not None and found["gone"] is None else "updated"

    def _is_added(self, record: int) -> bool:
        return record in self._described or self._traces.is_new(record)

    def _tell(self, side: int, record: int, items: Iterable[DiffItem]) -> None:
        if not self._is_added(record):
            self._states[record][side].update(items)

    def _compare_own(self) -> None:
        sources = dict(self._connection.execute("SELECT id, key FROM source"))
        for side, rows in enumerate(self._records):
            for record, row in rows.items():
                self._tell(side, record, diff_items.own_items(row, sources.get(row["gone"])))

    def _compare_belongings(self) -> None:
        """Compare names, identifiers, events, and facts about records."""
        for side, rows_of in enumerate((self._traces.found, self._traces.left)):
            for row in rows_of("name").values():
                said = (row["name"], row["kind"], row["since"], row["until"], row["verbatim"])
                self._tell(side, row["record_id"], diff_items.name_items(self._words, *said))
            for row in rows_of("identifier").values():
                self._tell(side, row["record_id"], (diff_items.identifier_item(row["scheme"], row["value"]),))
            for row in rows_of("event").values():
                item = diff_items.event_item(self._words, row["date"], row["kind"], row["text"])
                self._tell(side, row["record_id"], (item,))
            for row in rows_of("fact").values():
                if row["record_id"] is not None:
                    item = diff_items.fact_item(
                        self._property(row), row["value"], row["unit"], row["as_of"], row["text"]
                    )
                    self._tell(side, row["record_id"], (item,))

    def _property(self, fact: Row) -> str:
        return self._words.label("properties", fact["property"])

    def _compare_links(self) -> None:
        """Compare links and what is said of them, as each of their ends sees them."""
        links = (self._traces.found("link"), self._traces.left("link"))
        facts = [
            [row for row in rows_of("fact").values() if row["link_id"] is not None]
            for rows_of in (self._traces.found, self._traces.left)
        ]
        spoken_of = {row["link_id"] for rows in facts for row in rows}
        held = self._traces.at_that_time("link", spoken_of)
        every = [*links[0].values(), *links[1].values(), *held.values()]
        ends = dict(self._records[0])
        ends |= self._traces.at_that_time("record", {row[end] for row in every for end in ("source_id", "target_id")})
        labels = {
            row: (forward, reverse)
            for row, forward, reverse in self._connection.execute("SELECT id, forward, reverse FROM link_type")
        }

        def ties(link: Row) -> Iterator[tuple[int, LinkEnd]]:
            source, target = ends[link["source_id"]], ends[link["target_id"]]
            forward, reverse = labels[link["type_id"]]
            yield source["id"], LinkEnd(forward, target["key"], target["name"])
            yield target["id"], LinkEnd(reverse, source["key"], source["name"])

        for side, rows in enumerate(links):
            for row in rows.values():
                said = (row["role"], row["since"], row["until"], row["legal_since"], row["legal_until"], row["status"])
                for record, tie in ties(row):
                    self._tell(side, record, (diff_items.link_item(self._words, tie, *said),))
            for fact in facts[side]:
                link = rows.get(fact["link_id"]) or held[fact["link_id"]]
                what = (fact["value"], fact["unit"], fact["as_of"], fact["text"])
                for record, tie in ties(link):
                    self._tell(side, record, (diff_items.link_fact_item(self._property(fact), tie, *what),))


def _ordered(changed: Iterable[Changed]) -> tuple[Changed, ...]:
    """Sort records by key, those that somebody describes first."""
    return tuple(sorted(changed, key=lambda one: (one.placeholder, one.key)))


def _rejects(connection: sqlite3.Connection, run: int) -> tuple[tuple[Reject, ...], int]:
    """Return the refused rows kept of a run, each with the file of its source, and how many more there were."""
    files = dict(connection.execute("SELECT source, file FROM run_source WHERE run_id = ? ORDER BY id", (run,)))
    query = "SELECT coalesce(sum(rejected), 0) FROM run_source WHERE run_id = ?"
    (refused,) = connection.execute(query, (run,)).fetchone()
    kept = tuple(
        Reject(source, line, reason, value, files.get(source))
        for source, line, reason, value in connection.execute(
            "SELECT source, line, reason, value FROM reject WHERE run_id = ? ORDER BY id", (run,)
        )
    )
    return kept, refused - len(kept)


def runs(connection: sqlite3.Connection) -> tuple[Run, ...]:
    """Return all imports, the newest last, with what they refused."""
    reports: dict[int, list[SourceReport]] = {}
    for run_id, *report in connection.execute(
        """SELECT run_id, source, format, published, read, added, updated, unchanged, closed, rejected, records, links,
                  placeholders, gone, file
             FROM run_source ORDER BY id"""
    ):
        reports.setdefault(run_id, []).append(SourceReport(*report))
    rejects: dict[int, list[Reject]] = {}
    files = {(run_id, report.source): report.file for run_id, listed in reports.items() for report in listed}
    query = "SELECT run_id, source, line, reason, value FROM reject ORDER BY id"
    for run_id, source, line, reason, value in connection.execute(query):
        one = Reject(source, line, reason, value, files.get((run_id, source)))
        rejects.setdefault(run_id, []).append(one)
    return tuple(
        Run(
            run_id,
            started,
            seconds,
            command,
            undone is not None,
            tuple(reports.get(run_id, ())),
            tuple(rejects.get(run_id, ())),
        )
        for run_id, started, seconds, command, undone in connection.execute(
            "SELECT id, started, seconds, command, undone FROM run ORDER BY id"
        )
    )
