"""Numbers for the words that many told rows share: roles as their register calls them, and properties."""

from __future__ import annotations

from collections.abc import Callable

from db.packing import parted
from db.store.changelog import Changelog


class ToldWords:
    """Gives each word its number, made once."""

    def __init__(self, changelog: Changelog) -> None:
        self._changelog = changelog
        rows = changelog.connection.execute("SELECT sort, word, label, id FROM told_word")
        self._ids: dict[tuple[str, str, str | None], int] = {
            (sort, word, label): row for sort, word, label, row in rows
        }

        self.roles = Numbers(lambda text: self._number("role", *parted(text)))
        """Numbers of roles, each by its code and what it is called, as `packing.called` joins them."""
        self.properties = Numbers(lambda word: self._number("property", word, None))
        """Numbers of properties of facts."""

    def _number(self, sort: str, word: str, label: str | None) -> int:
        found = self._ids.get((sort, word, label))
        if found is None:
            found = self._ids[sort, word, label] = self._changelog.insert("told_word", (sort, word, label))
        return found


class Numbers(dict[str, int]):
    """Numbers that are made when they are asked for."""

    def __init__(self, make: Callable[[str], int]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, word: str) -> int:
        number = self[word] = self._make(word)
        return number
