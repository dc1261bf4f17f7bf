"""What an index has by name, by initials, or at all: asked of the closed ones that the usual index leaves out."""

from __future__ import annotations

from collections.abc import Callable, Collection

from db.search.candidates import SearchIndex
from db.search.expressions import acronym_match, name_match, words_match
from db.search.layout import END, FIRST, FIRST_HIDDEN, HIDDEN, level, openness
from db.search.match import ACRONYM, Sureness, has_own_name, is_in_names, is_in_one_name, is_named, is_public_body
from db.search.query import Query
from db.search.rank import Ranked, meant_though_closed
from db.search.so_far import SoFar
from db.search.sure import BLOCK, SureMatches

_MOST = 120
"""Records of one name that are shown unasked for."""


class ByName:
    """The records of an index that have a text as a name or hold its words, whatever else is found."""

    def __init__(self, index: SearchIndex, query: Query, cancelled: Callable[[], bool] | None = None) -> None:
        self.index = index
        self._query = query
        self._so_far = SoFar(index, query, cancelled)
        self._sure = SureMatches(index, query.readings, self._so_far.begun)

    def named(self) -> dict[int, Ranked]:
        """Return what has the text as a name, one of its acronyms included, by index id."""
        return self._only(name_match(self._query.readings), is_named)

    def bodies_by_words(self) -> dict[int, Ranked]:
        """Return the public bodies of which one name holds all the words, by index id."""
        found = self._only(words_match(self._query.readings, self._so_far.begun, whole=True), is_in_one_name)
        return {number: one for number, one in found.items() if is_public_body(one.candidate)}

    def by_initials(self) -> dict[int, Ranked]:
        """Return what has the text as its initials, be it that nobody gave them, by index id."""
        return self._only(acronym_match(self._query.readings), lambda found: found.kind == ACRONYM)

    def _only(self, match: str, is_meant: Callable[[Sureness], bool]) -> dict[int, Ranked]:
        self._so_far.compare(self.index.matching(match, _MOST), self._so_far.readings)
        found, self._so_far.found = self._so_far.found, {}
        return {number: one for number, one in found.items() if is_meant(one.sureness)}

    def count_sure(self, without: Collection[int] = ()) -> tuple[int, bool]:
        """Return how many records hold all the words, but for some, and whether that is exact."""
        if not self._query.phrases:
            return self._sure.count([one for one in without if self.index.first <= one < self.index.end])
        ids = self._sure.some(BLOCK + 1, exactly=True)
        self._so_far.compare(ids[:BLOCK], self._so_far.readings)
        return len(self._so_far.found.keys() - set(without)), len(ids) <= BLOCK


def closed_of(index: SearchIndex) -> SearchIndex:
    """Return the index of the closed records that the usual index leaves out."""
    return index.between(FIRST_HIDDEN, END)


def add_closed_bodies(so_far: SoFar, closed: ByName) -> None:
    """Show closed public bodies by their names where what is open has the words less surely.

    One of which a name holds all the words, where nothing open has them in its own names: those have the words by a
    link, a fact or an address. One that is called by all that was typed, before open namesakes that are no bodies of
    such importance.
    """
    if any(one.field == "status" for one in so_far.query.filters):
        return
    listed = [one for number, one in so_far.found.items() if openness(number) < HIDDEN]
    # Of a text that asks for a sort of body, what is of another sort is not meant, be it called by all the words.
    of_sort = not any(one.named for one in so_far.readings)
    named = [one for one in listed if is_in_names(one.sureness) and (of_sort or not one.sureness.lacks_role)]
    if not named:
        so_far.add_all_apart(closed.bodies_by_words())
    bodies = [one for one in named if level(one.candidate.id) == FIRST]
    if any(has_own_name(one.candidate, one.sureness) for one in bodies):
        return
    # Where what came after it has its words, and nothing else that is open, it is meant by a whole name of its own.
    is_meant = is_named if bodies else is_in_names
    for number, one in list(so_far.found.items()):
        if openness(number) > 1 and is_public_body(one.candidate) and is_meant(one.sureness):
            so_far.found[number] = meant_though_closed(one)
