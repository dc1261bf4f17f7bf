"""One search, from sure matches to unsure ones: each step is taken only where those before it found little."""

from __future__ import annotations

from db.errors import QueryInterruptedError
from db.search.codes import coded, codes_in, is_by_name, is_word
from db.search.expressions import Beginnings, alike_words, needed_words
from db.search.match import CODE, FUZZY, FUZZY_PLACE, Found, Reading, Spellings, best_match, is_named, reading
from db.search.rank import Ranked, order, ranked
from db.search.spelling import vocabulary
from db.search.sure import BLOCK, Sure, closed_of
from db.search.text import USUAL_WORDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from db.search.candidates import Index
    from db.search.codes import Codes
    from db.search.expressions import Way
    from db.search.memory import SearchText
    from db.search.query import Query

ENOUGH = 10
"""Where so many records match, nobody needs the less sure ones."""
_MOST_CLOSED = 120
"""Closed records of one name that are shown unasked for."""
_MOST_UNSURE = 400
"""Records that are compared where any of them may be misspelt, so that their ranks tell little."""
_MOST_UNSURE_OF_FEW = 60
"""The same of a text of few letters."""
_FEW_LETTERS = 5
"""Letters of a text that stands for so many others that most of those tell nothing."""
_SHORT = 4
"""Letters up to which a single word that has a sure match is not taken for a misspelling."""


class Search:
    """The search for one query; `matches` holds what was found, by index id, the surest way of each."""

    def __init__(
        self,
        index: Index,
        query: Query,
        cancelled: Callable[[], bool] | None = None,
        *,
        closed_left_out: bool = False,
    ) -> None:
        """Prepare it; where the index leaves out closed ones, those that are named exactly are found all the same."""
        self.matches: dict[int, Ranked] = {}
        self.has_more = False
        """Whether more records match surely than were looked at so far."""
        self.is_cut = False
        """Whether not all were looked at that may match less surely."""
        self._index = index
        self._query = query
        self._unsure = _MOST_UNSURE_OF_FEW if len(query.readings[-1]) <= _FEW_LETTERS else _MOST_UNSURE
        self._cancelled = cancelled
        self._stamp = index.stamp()
        self._begun = Beginnings(index.conn, self._stamp)
        self._readings = [reading(text) for text in query.readings]
        self._sure = Sure(index, query.readings, self._begun)
        self._closed = Search(closed_of(index), query, cancelled) if closed_left_out else None
        self._named: dict[int, Ranked] = {}
        """Closed ones that are left out unless they have the text as a name, by index id."""
        self._apart: set[int] = set()
        """Index ids of matches that need not hold all the words, or that are not in the index."""
        self._by_code_alone: list[tuple[SearchText, Found]] = []

    def blocks(self) -> Iterator[list[Ranked]]:
        """Find what matches and yield it in blocks: which of two ranks higher is told within each.

        The first block has all that the search finds but for sure matches, of which it has the surest. Raises
        QueryInterruptedError where it is cancelled.
        """
        self._find_named_and_closed()
        for number, (ids, is_last) in enumerate(self._sure.blocks(list(self._named), self._poll)):
            known = set(self.matches)
            self._take([one for one in ids if one not in known])
            self.has_more = not is_last
            if not number:
                self._find_coded()
                if is_last:
                    self._find_unsure()
            yield [made for one, made in self.matches.items() if one not in known]

    def count(self) -> tuple[int, bool]:
        """Return how many records match, and whether that is exact, without looking at more of them than one block."""
        if not self.matches:
            next(self.blocks())
        if not self.has_more:
            return len(self.matches), not self.is_cut
        number, is_exact = self._sure.count(self._apart)
        return number + len(self._apart), is_exact and not self.is_cut

    def count_left_out(self) -> tuple[int, bool]:
        """Return how many closed records match surely and were not found, and whether that is exact."""
        return self._closed.count_sure(self.matches) if self._closed else (0, True)

    def count_sure(self, without: Collection[int] = ()) -> tuple[int, bool]:
        """Return how many records hold all the words, but for some, and whether that is exact."""
        if not self._query.phrases:
            return self._sure.count([one for one in without if self._index.first <= one < self._index.end])
        ids = self._sure.some(BLOCK + 1, exactly=True)
        self._compare(ids[:BLOCK], self._readings, {})
        return len(self.matches.keys() - set(without)), len(ids) <= BLOCK

    def _has_left_out(self) -> bool:
        return self.count_left_out()[0] > 0

    def _find_named_and_closed(self) -> None:
        """Find what is closed and has the text as a name, one of its acronyms included."""
        if self._closed is None:
            return
        closed = self._closed
        closed._compare(closed._sure.named(_MOST_CLOSED), self._readings, {})
        self._named = {number: one for number, one in closed.matches.items() if is_named(one.found)}
        closed.matches = {}
        self._apart.update(self._named)

    def _take(self, ids: Sequence[int]) -> None:
        self.matches.update((one, self._named[one]) for one in ids if one in self._named)
        self._compare((one for one in ids if one not in self._named), self._readings, {})

    def _find_coded(self) -> None:
        """Find records by codes among the words, and what is tied to those.

        A code that stands alone is one. Beside other words it is one where they agree with it, its record having all of
        them, unless the names of any record hold all that was typed: then it is a word like the others. A code that the
        words do not agree with is what was meant only where nothing is found (`_find_by_code_alone`).
        """
        codes = codes_in(self._index.conn, self._query.text, self._index.memory)
        if codes is None or (codes.beside and any(map(is_by_name, self.matches.values()))):
            return
        indexes = [self._index, *([self._closed._index] if self._closed else [])]
        for candidate, found in coded(codes, indexes):
            if self._agree(codes, candidate):
                self._add_apart(candidate, found)
            elif found.kind == CODE:
                self._by_code_alone.append((candidate, found))

    def _agree(self, codes: Codes, candidate: SearchText) -> bool:
        """Whether a record has all the words beside the codes, be it with a typing error in them."""
        beside, phrases = codes.beside, self._query.phrases
        if not beside or best_match(candidate, beside, phrases):
            return True
        return best_match(candidate, beside, phrases, self._alike(beside, 1)) is not None

    def _add_apart(self, candidate: SearchText, found: Found) -> None:
        made = ranked(candidate, found)
        self.matches[candidate.id] = min(made, self.matches.get(candidate.id, made), key=order)
        self._apart.add(candidate.id)

    def _find_by_code_alone(self, *, words_too: bool) -> None:
        """Where nothing else is found, find records by a code that the other words do not agree with.

        Without `words_too`, only by one that is no word of the register as well.
        """
        for candidate, found in self._by_code_alone if not self.matches else ():
            if words_too or not is_word(found.name, vocabulary(self._index.conn, self._stamp).has):
                self._add_apart(candidate, found)

    def _find_unsure(self) -> None:
        """Find what matches less surely, as long as little is found."""
        self._find_by_code_alone(words_too=False)
        if len(self.matches) < ENOUGH:
            self._find_parts()
        if len(self.matches) < ENOUGH and not self._is_short_and_found():
            self._find_misspelt()
        if not self.matches and not self._has_left_out():
            self._find_without_usual_words()
        self._find_by_code_alone(words_too=True)

    def _find_parts(self) -> None:
        """Find words that are a part of others."""
        self._poll()
        words = vocabulary(self._index.conn, self._stamp)
        alike = {word: words.containing(word) for text in self._query.readings for word in needed_words(text)}
        if any(alike.values()):
            ways = (alike_words(text, alike, self._begun, errors_in=None) for text in self._query.readings)
            self._compare(self._unsurely(ways), self._readings, alike)

    def _find_misspelt(self) -> None:
        """Find misspelt words, and words run together or torn apart: in one word, then, where few fit, in all.

        Words with two errors are looked for last, because that takes the longest, and not where what was typed is there
        as it stands.
        """
        self._poll()
        words = vocabulary(self._index.conn, self._stamp)
        respaced = (" ".join(one) for one in words.respaced(self._query.readings[-1].split()))
        others = [reading(text, 1) for text in respaced]
        for errors in (1, 2):
            if errors == 2 and (self.matches or self._has_left_out()):
                return
            for one_word in (True, False):
                if one_word or (len(self.matches) < ENOUGH and not self._has_sure()):
                    # Apart, so that what many records have when it is respaced leaves room for the rest.
                    self._compare_alike(self._readings, errors, one_word=one_word)
                    self._compare_alike(others, errors, one_word=one_word)

    def _find_without_usual_words(self) -> None:
        """Find the text without words that many names have and this one may not: `Navigo NHS trust`."""
        readings = []
        for text in self._query.readings:
            words = text.split()
            kept = [word for word in words if word not in USUAL_WORDS]
            if kept and len(kept) < len(words):
                readings.append(reading(" ".join(kept), len(words) - len(kept)))
        if readings:
            self._compare_alike(readings, 2, one_word=True)

    def _compare_alike(self, readings: Sequence[Reading], errors: int, *, one_word: bool) -> None:
        if not readings:
            return
        self._poll()
        alike = self._alike(readings, errors)
        ways = []
        for one in readings:
            wrong: list[str | None] = [word for word in one.needed if one_word and alike[word]]
            ways += [alike_words(one.text, alike, self._begun, errors_in=word) for word in wrong or [None]]
        self._compare(self._unsurely(ways), readings, alike)

    def _unsurely(self, ways: Iterable[Way]) -> list[int]:
        """Return what some ways find, as much of it as is looked at."""
        found = self._index.found_by(ways, "", self._unsure + 1)
        self.is_cut |= len(found) > self._unsure
        return found[: self._unsure]

    def _alike(self, readings: Sequence[Reading], errors: int) -> Spellings:
        """Return what the words of all readings may be misspellings of."""
        words = vocabulary(self._index.conn, self._stamp)
        return words.near_all([one.needed for one in readings], errors=errors, poll=self._poll)

    def _compare(self, ids: Iterable[int], readings: Sequence[Reading], alike: Spellings) -> None:
        """Look at records that were not found before, or not surely, and keep those that match.

        Where there are sure matches, a misspelling counts only in a name.
        """
        self._poll()
        sure = self._has_sure()
        for candidate in self._index.read(one for one in ids if self._may_be_surer(one)):
            found = best_match(candidate, readings, self._query.phrases, alike)
            if found is not None and (found.kind < FUZZY or not sure or found.where < FUZZY_PLACE):
                made = ranked(candidate, found)
                self.matches[candidate.id] = min(made, self.matches.get(candidate.id, made), key=order)

    def _may_be_surer(self, number: int) -> bool:
        found = self.matches.get(number)
        return found is None or found.found.kind == FUZZY

    def _is_short_and_found(self) -> bool:
        plain = self._query.readings[-1]
        return len(plain) <= _SHORT and self._has_sure()

    def _has_sure(self) -> bool:
        return any(one.found.kind < FUZZY for one in self.matches.values())

    def _poll(self) -> None:
        if self._cancelled is not None and self._cancelled():
            raise QueryInterruptedError("the search was stopped before it had an answer")
