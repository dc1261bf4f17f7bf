"""What a source said before, held against what it says now: the same, or replaced, ended or withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

from db.statements import SourceSaid, Statement
from db.store.changelog import Changelog
from db.store.sole_statements import SOLE_LINE, WrittenDown
from db.store.sources import SourceIndex


class _HeldRow(NamedTuple):
    """A row of `_statement`, its line and source, and whose sole row said it where this run wrote that down."""

    row: int
    line: int | None
    source: int
    speaker: int | None = None


class HeldStatements:
    """The statements of one source, or of the releases that one repeats, by record and digest."""

    def __init__(self, changelog: Changelog, sources: SourceIndex, source: int, said: SourceSaid) -> None:
        self._changelog = changelog
        self._source = source
        self._said = said
        self._held: dict[tuple[int, int], list[_HeldRow]] = {}
        self._spoken_by: dict[int, list[WrittenDown]] = {}
        newer = sources.repeating(source) if said.living else None
        self.ended: int | None = newer.id if newer else None
        """The newer release that has taken the place of this one already."""
        self._load()

    def _load(self) -> None:
        query = "SELECT id, record_id, line, digest, source_id FROM _statement WHERE withdrawn IS NULL AND "
        values: tuple[object, ...] = (self._source,)
        if self._said.living and self.ended is None:
            query += "ended IS NULL AND source_id IN (SELECT id FROM source WHERE series = ? AND living)"
            values = (self._said.series,)
        else:
            query += "source_id = ?"
        self._changelog.flush_table("source")
        for row, record, line, mark, source in self._changelog.connection.execute(query, values):
            self._held.setdefault((record, mark), []).append(_HeldRow(row, line, source))

    def records(self) -> Iterator[int]:
        """Yield the records that something is held of."""
        for record, _ in self._held:
            yield record

    def add(self, written: WrittenDown) -> None:
        """Hold a statement that was not written down until now."""
        held = _HeldRow(written.row, written.line, written.source, written.speaker)
        self._held.setdefault((written.record, written.digest), []).append(held)
        self._spoken_by.setdefault(written.speaker, []).append(written)

    def matches(self, record: int, mark: int, statement: Statement) -> tuple[bool, bool]:
        """Tell whether a statement is held, and then whether its place in the file has moved."""
        held = self._held.get((record, mark))
        if not held:
            return False, False
        row, line, *_ = held.pop()
        # The lines of a file that is edited by hand move; those of a list are as it was first read.
        moved = self._said.series is None and line != statement.line
        if moved:
            self._changelog.update("_statement", row, line=statement.line)
        return True, moved

    def drop_of(self, speakers: Iterable[int]) -> Iterator[int]:
        """Deal with what sole rows said and newer rows of theirs do not say, and yield whom it was said of."""
        for speaker in speakers:
            for written in self._spoken_by.pop(speaker, ()):
                held = self._held.get((written.record, written.digest), [])
                for one in held:
                    if one.row == written.row:
                        held.remove(one)
                        self._end(one)
                        yield written.record
                        break
                if not held:
                    # A release in which all differs would leave one for each of its records.
                    self._held.pop((written.record, written.digest), None)

    def drop(self, spoken: Collection[int], is_met: Callable[[int], bool]) -> Iterator[int]:
        """Deal with what is not said any more, and yield its records; `spoken` are those of which something was said.

        What sole rows say of others stands as long as those rows do, and where they are met as they were.
        """
        left = [(record, one) for (record, _), rows in self._held.items() for one in rows]
        standing = self._sole_rows({(one.source, one.line) for _, one in left})
        reread = {(one.source, one.line) for record, one in left if record in spoken}
        for record, one in left:
            place = (one.source, one.line)
            if place in standing or (one.speaker is not None and is_met(one.speaker)):
                continue
            if self._said.living and not (self._said.full or record in spoken or place in reread):
                continue
            if one.source != self._source or record in spoken:
                self._end(one)
            elif not self._said.complete:
                self._changelog.update("_statement", one.row, withdrawn=self._changelog.run)
            else:
                continue
            yield record

    def _end(self, held: _HeldRow) -> None:
        if held.source != self._source:
            self._changelog.update("_statement", held.row, ended=self._source)
        else:
            self._changelog.delete("_statement", held.row)

    def _sole_rows(self, rows: set[tuple[int, int | None]]) -> set[tuple[int, int | None]]:
        """Return those of some rows, by source and line, that say all there is of a record."""
        if not rows or not self._said.living:
            return set()
        listed = ",".join(map(str, {source for source, _ in rows}))
        sole = self._changelog.connection.execute(
            f"SELECT e.source_id, {SOLE_LINE} FROM _sole m CROSS JOIN evidence e ON e.id = m.evidence_id "
            f"WHERE e.source_id IN ({listed})"
        )
        return rows.intersection(sole)
