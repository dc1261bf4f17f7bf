"""A number for each of many texts: in memory while they are few, else on disk."""

from __future__ import annotations

import sqlite3

_HELD = 50_000
"""Texts from which on they are on disk."""
_CACHE = -8192
"""Of what is on disk, kilobytes that are held, as SQLite wants it said."""


class TextNumbers:
    """Remembers which number a text was given first."""

    def __init__(self) -> None:
        self._held: dict[str, int] = {}
        self._disk: sqlite3.Connection | None = None

    def get(self, text: str) -> int | None:
        """Return the number of a text, None where it has none."""
        found = self._held.get(text)
        if found is None and self._disk is not None:
            row = self._disk.execute("SELECT number FROM held WHERE text = ?", (_bytes(text),)).fetchone()
            found = None if row is None else int(row[0])
        return found

    def setdefault(self, text: str, number: int) -> int:
        """Give a text a number where it has none, and return that which it has."""
        if self._disk is None:
            if len(self._held) < _HELD:
                return self._held.setdefault(text, number)
            self._disk = self._put_on_disk()
        made = self._disk.execute("INSERT OR IGNORE INTO held VALUES (?, ?)", (_bytes(text), number)).rowcount
        found = None if made else self.get(text)
        return number if found is None else found

    def _put_on_disk(self) -> sqlite3.Connection:
        # A database without a name is a temporary file, which goes with its connection.
        disk = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        disk.execute(f"PRAGMA cache_size = {_CACHE}")
        disk.execute("PRAGMA journal_mode = OFF")
        disk.execute("CREATE TABLE held (text BLOB PRIMARY KEY, number INTEGER) WITHOUT ROWID")
        disk.execute("BEGIN")
        disk.executemany("INSERT INTO held VALUES (?, ?)", ((_bytes(text), one) for text, one in self._held.items()))
        self._held.clear()
        return disk


def _bytes(text: str) -> bytes:
    """A text as it is looked up: any text, half characters included."""
    return text.encode("utf-8", "surrogatepass")
