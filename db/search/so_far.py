"""What one search has found so far: candidates are compared with what was typed, and the surest way of each is kept."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from db.errors import QueryInterruptedError
from db.search.asking import SUCCESSOR
from db.search.candidates import SearchIndex
from db.search.expressions import Beginnings, alike_words
from db.search.layout import of_role
from db.search.match import (
    AS_TYPED,
    FUZZY,
    FUZZY_PLACE,
    OWN,
    OWN_NAMES,
    Spellings,
    Sureness,
    TextReading,
    best_match,
    reading,
)
from db.search.memory import SearchText
from db.search.query import Query
from db.search.rank import Ranked, order, ranked
from db.search.roles import roles_in
from db.search.sorts import sort_asked, sort_named
from db.search.spelling import Vocabulary, vocabulary

ENOUGH = 10
"""Where so many records match, nobody needs the less sure ones."""
_MOST_UNSURE = 400
"""Records that are compared where any of them may be misspelt, so that their ranks tell little."""
MOST_UNSURE_OF_FEW = 60
"""The same of a text of few letters."""
_FEW_LETTERS = 5
"""Letters of a text that stands for so many others that most of those tell nothing."""

_CAME_AFTER = frozenset(map(of_role, ("predecessor", "successor")))
"""Roles that a text speaks of which asks what became of what it names; of another role it asks who held it."""


class Attempt(NamedTuple):
    """What one step looks for: some readings, with what their words may stand for, one word of each or all of them."""

    readings: Sequence[TextReading]
    alike: Spellings
    one_word: bool = False


class SoFar:
    """The matches of one search; `found` has them by index id, the surest way of each."""

    def __init__(self, index: SearchIndex, query: Query, cancelled: Callable[[], bool] | None = None) -> None:
        self.index, self.query = index, query
        self.found: dict[int, Ranked] = {}
        self.apart: set[int] = set()
        """Index ids of matches that need not hold all the words, or that are not in the index."""
        self.is_cut = False
        """Whether not all were looked at that may match less surely."""
        self.words_left_out: tuple[str, ...] = ()
        """Words that no record has beside the others, which alone found something."""
        self._cancelled = cancelled
        self._stamp = index.stamp()
        self.begun = Beginnings(index.conn, self._stamp)
        spoken_of, sorts = roles_in(index, query.readings), sort_asked(index, query.readings)
        named: frozenset[str] = frozenset() if spoken_of else sort_named(index, query.readings)
        asks = "" if spoken_of - _CAME_AFTER and query.asks == SUCCESSOR else query.asks
        self.readings = [
            reading(text, 0, spoken_of, OWN_NAMES if text in query.shortened else OWN, asks, sorts, named)
            for text in query.readings
        ]

    def compare(
        self, ids: Iterable[int], readings: Sequence[TextReading], alike: Spellings = AS_TYPED, *, again: bool = False
    ) -> None:
        """Look at records that were not found before, or not surely, and keep those that match.

        Where there are sure matches, a misspelling counts only in a name. Those found before are looked at `again`
        where other readings may be surer.
        """
        self.poll()
        sure, matches = self.has_sure(), self.found
        looked_at = (one for one in ids if again or one not in matches or matches[one].sureness.kind == FUZZY)
        for candidate in self.index.read(looked_at):
            found = best_match(candidate, readings, self.query.phrases, alike)
            if found is not None and found.by_tie and found.kind == FUZZY and self._is_a_word_unlike(candidate, found):
                continue
            if found is not None and (found.kind < FUZZY or not sure or found.where < FUZZY_PLACE):
                made = ranked(candidate, found)
                matches[candidate.id] = min(made, matches.get(candidate.id, made), key=order)

    def _is_a_word_unlike(self, candidate: SearchText, found: Sureness) -> bool:
        """Whether a word that names have as it was typed was taken for another one, of a tied record: `wessex`."""
        words = self.vocabulary()
        return any(f" {word}" not in candidate.text and words.has(word) for word in found.missing)

    def attempt(self, attempt: Attempt, *, again: bool = False) -> None:
        """Look for what a step of a search does, and keep what matches."""
        self.compare(self.found_unsurely(attempt), attempt.readings, attempt.alike, again=again)

    def found_unsurely(self, attempt: Attempt) -> list[int]:
        """Return index ids that may match what a step looks for, as many as are looked at."""
        ways = []
        for one in attempt.readings:
            wrong: list[str | None] = [word for word in one.needed if attempt.one_word and attempt.alike[word]]
            ways += [alike_words(one.text, attempt.alike, self.begun, errors_in=word) for word in wrong or [None]]
        most = MOST_UNSURE_OF_FEW if len(self.query.readings[-1]) <= _FEW_LETTERS else _MOST_UNSURE
        found = self.index.found_by(ways, "", most + 1)
        self.is_cut |= len(found) > most
        return found[:most]

    def add_apart(self, candidate: SearchText, found: Sureness) -> None:
        """Keep a match that need not hold all the words."""
        made = ranked(candidate, found)
        self.found[candidate.id] = min(made, self.found.get(candidate.id, made), key=order)
        self.apart.add(candidate.id)

    def add_all_apart(self, others: dict[int, Ranked]) -> None:
        """Keep matches that are not in the index, or need not hold all the words, where these were not found."""
        self.found.update(others | self.found)
        self.apart.update(others)

    def alike(self, readings: Sequence[TextReading], errors: int) -> Spellings:
        """Return what the words of all readings may be misspellings of."""
        self.poll()
        return self.vocabulary().near_all([one.needed for one in readings], errors=errors, poll=self.poll)

    def vocabulary(self) -> Vocabulary:
        """Return the words of the register."""
        return vocabulary(self.index.conn, self._stamp)

    def has_sure(self) -> bool:
        """Whether anything was found without typing errors."""
        return any(one.sureness.kind < FUZZY for one in self.found.values())

    def poll(self) -> None:
        """Raise QueryInterruptedError where the search is cancelled."""
        if self._cancelled is not None and self._cancelled():
            raise QueryInterruptedError("the search was stopped before it had an answer")
