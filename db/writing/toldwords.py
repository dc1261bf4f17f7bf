"""Numbers for the words that many told rows share: roles as their register calls them, and properties."""

from __future__ import annotations

from db.writing.ledger import Ledger


class ToldWords:
    """Gives each word its number, made once."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        rows = ledger.connection.execute("SELECT sort, word, label, id FROM told_word")
        self._ids: dict[tuple[str, str, str | None], int] = {
            (sort, word, label): row for sort, word, label, row in rows
        }

    def role(self, word: str, label: str) -> int:
        """Return the number of a role that is called so."""
        return self._ids.get(("role", word, label)) or self._make("role", word, label)

    def property(self, word: str) -> int:
        """Return the number of a property of facts."""
        return self._ids.get(("property", word, None)) or self._make("property", word, None)

    def _make(self, sort: str, word: str, label: str | None) -> int:
        row = self._ids[sort, word, label] = self._ledger.insert("told_word", (sort, word, label))
        return row
