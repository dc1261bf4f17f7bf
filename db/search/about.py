"""Which records a question is about: one that is named, all that filters let through, or all."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection

from db.errors import UsageError, quoted
from db.reading.resolve_key import resolve
from db.search.filters import passing
from db.search.query import FILTERS, parse


class About:
    """Tells which of some records a text means: a key or name, or filters; an empty one means all."""

    def __init__(self, connection: sqlite3.Connection, text: str) -> None:
        """Read the text. Raises UsageError for words beside filters, or a filter that means nothing; NotFoundError."""
        query = parse(text)
        self._connection = connection
        self._filters = query.filters
        self.key: str | None = None
        """That of the one record that is named."""
        if query.empty:
            raise UsageError(f"{query.empty[0]}: needs a value")
        if query.filters and query.text:
            raise UsageError(
                f"{quoted(query.text)} is no filter: name one record, or use filters ({', '.join(FILTERS)})"
            )
        if text.strip() and not query.filters:
            self.key = resolve(connection, text)

    def among(self, keys: Collection[str]) -> Collection[str]:
        """Return those of some records, by their keys, that are meant."""
        if self.key is not None:
            return {self.key} & set(keys)
        if not self._filters:
            return keys
        sql, values = self.passing()
        rows = self._connection.execute(
            f"SELECT r.key FROM json_each(?) j CROSS JOIN record r ON r.key = j.value WHERE {sql}",
            (json.dumps(sorted(keys)), *values),
        )
        return {key for (key,) in rows}

    def passing(self) -> tuple[str, tuple[object, ...]]:
        """Return SQL that tells of a record `r` whether the filters let it through, and its parameters."""
        sql, values = passing(self._connection, self._filters)
        return sql, tuple(values)
