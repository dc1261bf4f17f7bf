"""What a source said before, held against what it says now: the same, or replaced, ended or withdrawn."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

from db.number_set import NumberSet
from db.statements import SourceSaid, Statement
from db.store.changelog import Changelog
from db.store.sole_statements import SOLE_LINE, WrittenDown
from db.store.sources import SourceIndex

_LOT = 1_000
"""Rows that are looked at together."""


class _HeldRow(NamedTuple):
    """A row of `_statement`, its line and source, and whose sole row said it where this run wrote that down."""

    row: int
    line: int | None
    source: int
    speaker: int | None = None


class HeldStatements:
    """The statements of one source, or of the releases that one repeats, as they were before it was taken.

    Of each of a million a few numbers are kept; what they say stays where it is held. All files that an import has of a
    source are held against the same: what one does not say, another may.
    """

    def __init__(self, changelog: Changelog, sources: SourceIndex, source: int, said: SourceSaid) -> None:
        self._changelog = changelog
        self._source = source
        self._said = said
        self.spoken = NumberSet()
        """Records of which the source says something."""
        self._written: dict[tuple[int, int], list[_HeldRow]] = {}
        """By record and digest."""
        self._spoken_by: dict[int, list[WrittenDown]] = {}
        self._matched = NumberSet()
        """The rows that were said again."""
        self._repeated = Counter[tuple[int, int]]()
        """By record and digest, how many rows of several that say the same were said again."""
        newer = sources.repeating(source) if said.living else None
        self.ended: int | None = newer.id if newer else None
        """The newer release that has taken the place of this one already."""
        changelog.flush_table("source")
        changelog.flush_table("_statement")
        last = changelog.connection.execute("SELECT coalesce(max(id), 0) FROM _statement").fetchone()[0]
        self._standing = f"withdrawn IS NULL AND id <= {last}"
        if said.living and self.ended is None:
            self._standing += " AND ended IS NULL"
        self._releases = self._find_releases()
        self._marks, self._rows, self._records, self._lines = (array("q") for _ in range(4))
        """Of the statements in the order of their digests and records."""
        self._load()

    def _find_releases(self) -> list[int]:
        """Return the sources whose statements are those of this one."""
        if not self._said.living or self.ended is not None:
            return [self._source]
        query = "SELECT id FROM source WHERE series = ? AND living"
        return [row for (row,) in self._changelog.connection.execute(query, (self._said.series,))]

    def _load(self) -> None:
        listed = ",".join(map(str, self._releases))
        for mark, row, record, line in self._changelog.connection.execute(
            f"SELECT digest, id, record_id, coalesce(line, -1) FROM _statement "
            f"WHERE source_id IN ({listed}) AND {self._standing} ORDER BY digest, record_id, id DESC"
        ):
            self._marks.append(mark)
            self._rows.append(row)
            self._records.append(record)
            self._lines.append(line)

    def records(self) -> Iterator[int]:
        """Yield the records that something is held of."""
        return iter(self._records)

    def add(self, written: WrittenDown) -> None:
        """Hold a statement that was not written down until now."""
        held = _HeldRow(written.row, written.line, written.source, written.speaker)
        self._written.setdefault((written.record, written.digest), []).append(held)
        self._spoken_by.setdefault(written.speaker, []).append(written)

    def let_go(self, speaker: int, record: int) -> int | None:
        """Hold no more what a sole row said of another record, and return the row where it was written down since."""
        several = self._spoken_by.get(speaker, [])
        written = next((one for one in several if one.record == record), None)
        if written is None:
            return None
        self._spoken_by[speaker] = [one for one in several if one is not written]
        place = (record, written.digest)
        self._written[place] = [one for one in self._written[place] if one.row != written.row]
        if not self._written[place]:
            del self._written[place]
        return written.row

    def matches(self, record: int, mark: int, statement: Statement) -> tuple[bool, bool]:
        """Tell whether a statement is held, and then whether its place in the file has moved."""
        row, line = self._match(record, mark)
        if not row:
            return False, False
        # The lines of a file that is edited by hand move; those of a list are as it was first read.
        moved = self._said.series is None and line != statement.line
        if moved:
            self._changelog.update("_statement", row, line=statement.line)
        return True, moved

    def _match(self, record: int, mark: int) -> tuple[int, int | None]:
        """Return a row that says so and that nothing was matched to, the newest first, and its line; else 0."""
        written = self._written.get((record, mark))
        if written:
            return written.pop()[:2]
        alike = bisect_left(self._marks, mark), bisect_right(self._marks, mark)
        first, end = (find(self._records, record, *alike) for find in (bisect_left, bisect_right))
        place = first + self._repeated[record, mark]
        if place >= end or self._rows[place] in self._matched:
            return 0, None
        if end - first > 1:
            self._repeated[record, mark] += 1
        self._matched.add(self._rows[place])
        return self._rows[place], None if self._lines[place] < 0 else self._lines[place]

    def drop_of(self, speakers: Iterable[int]) -> Iterator[int]:
        """Deal with what sole rows said and newer rows of theirs do not say, and yield whom it was said of."""
        for speaker in speakers:
            for written in self._spoken_by.pop(speaker, ()):
                held = self._written.get((written.record, written.digest), [])
                for one in held:
                    if one.row == written.row:
                        held.remove(one)
                        self._end(one)
                        yield written.record
                        break
                if not held:
                    # A release in which all differs would leave one for each of its records.
                    self._written.pop((written.record, written.digest), None)

    def drop(self, is_met: Callable[[int], bool]) -> Iterator[int]:
        """Deal with what is not said any more, and yield its records.

        What sole rows say of others stands as long as those rows do, and where they are met as they were.
        """
        standing, reread = _Places(), _Places()
        if self._said.living:
            left = _Places()
            for record, one in self._left():
                left.add(one)
                if record in self.spoken:
                    reread.add(one)
            standing = self._sole_rows(left)
        for record, one in self._left():
            if one in standing or (one.speaker is not None and is_met(one.speaker)):
                continue
            if self._said.living and not (self._said.full or record in self.spoken or one in reread):
                continue
            if one.source != self._source or record in self.spoken:
                self._end(one)
            elif not self._said.complete:
                self._changelog.update("_statement", one.row, withdrawn=self._changelog.run)
            else:
                continue
            yield record

    def _left(self) -> Iterator[tuple[int, _HeldRow]]:
        """Yield what nothing was matched to, with its record, some at a time: rows may be changed meanwhile."""
        query = (
            f"SELECT record_id, id, line FROM _statement WHERE source_id = ? AND {self._standing} "
            "AND (record_id, id) > (?, ?) ORDER BY record_id, id LIMIT ?"
        )
        for source in self._releases if self._rows else ():
            last = (0, 0)
            while rows := self._changelog.connection.execute(query, (source, *last, _LOT)).fetchall():
                last = rows[-1][:2]
                for record, row, line in rows:
                    if row not in self._matched:
                        yield record, _HeldRow(row, line, source)
        yield from ((record, one) for (record, _), held in self._written.items() for one in held)

    def _end(self, held: _HeldRow) -> None:
        if held.source != self._source:
            self._changelog.update("_statement", held.row, ended=self._source)
        else:
            self._changelog.delete("_statement", held.row)

    def _sole_rows(self, rows: _Places) -> _Places:
        """Return those of some rows that say all there is of a record."""
        listed = ",".join(map(str, rows.sources))
        sole = self._changelog.connection.execute(
            f"SELECT e.source_id, {SOLE_LINE} FROM _sole m CROSS JOIN evidence e ON e.id = m.evidence_id "
            f"WHERE e.source_id IN ({listed})"
        )
        found = _Places()
        for source, line in sole:
            one = _HeldRow(0, line, source)
            if one in rows:
                found.add(one)
        return found


class _Places:
    """Rows of files, by source and line."""

    def __init__(self) -> None:
        self._lines: dict[int, NumberSet] = {}

    @property
    def sources(self) -> Collection[int]:
        return self._lines.keys()

    def add(self, one: _HeldRow) -> None:
        self._lines.setdefault(one.source, NumberSet()).add(one.line or 0)

    def __contains__(self, one: _HeldRow) -> bool:
        lines = self._lines.get(one.source)
        return lines is not None and (one.line or 0) in lines
