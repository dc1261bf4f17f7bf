"""One search, from sure matches to unsure ones: each step is taken only where those before it found little."""

from __future__ import annotations

from db.errors import QueryInterruptedError
from db.search.codes import by_code
from db.search.expressions import (
    Beginnings,
    acronym_match,
    alike_words,
    all_words,
    beginning_match,
    exact_match,
    needed_words,
    words_match,
)
from db.search.lexicon import BODY_WORDS, STOP_WORDS
from db.search.matching import CODE, FUZZY, FUZZY_PLACE, OWN, Found, Reading, best_match, reading
from db.search.ranking import Ranked, order, ranked
from db.search.spelling import stamp_of, vocabulary
from db.search.wording import Spellings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from db.search.candidates import Index
    from db.search.query import Query

ENOUGH = 10
"""Where so many records match, nobody needs the less sure ones."""
MOST_LOOKED_AT = 120
"""Records that are compared where more than that match surely: the surest kinds and the best ranks."""
_MOST_UNSURE = 400
"""Records that are compared where any of them may be misspelt, so that their ranks tell little."""
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
        most: int = MOST_LOOKED_AT,
        cancelled: Callable[[], bool] | None = None,
        left_out: Callable[[], int] = lambda: 0,
    ) -> None:
        """Prepare it; `left_out` tells how many records match surely but are not looked at, because they are closed."""
        self.matches: dict[int, Ranked] = {}
        self._index = index
        self._query = query
        self._most = most
        self._unsure = most // 2 if len(query.readings[-1]) <= _FEW_LETTERS else max(most, _MOST_UNSURE)
        self._cancelled = cancelled
        self._left_out = left_out
        self._stamp = _stamp(index)
        self._begun = Beginnings(index.conn, self._stamp)
        self._readings = [reading(text) for text in query.readings]

    def run(self) -> None:
        """Find what matches. Raises QueryInterruptedError where it is cancelled."""
        self.find_sure()
        if len(self.matches) < ENOUGH:
            self._find_parts()
        if len(self.matches) < ENOUGH and not self._is_short_and_found():
            self._find_misspelt()
        if not self.matches and not self._left_out():
            self._find_without_usual_words()

    def find_sure(self) -> None:
        """Find codes, names, acronyms, beginnings of names, and all words in any order."""
        self._poll()
        for candidate in self._index.read(self._coded()):
            self.matches[candidate.id] = ranked(candidate, Found(CODE, False, 0, OWN, 0, 0, False, 0, "", ()))
        ids = self._with_all_words(self._most + 1)
        if len(ids) > self._most:
            ids = self._surest(self._query.readings, ids)
        self._compare(ids, self._readings, {})

    def count_sure(self) -> int:
        """Return how many records `find_sure` would find, without comparing them where that tells nothing more."""
        if self._query.phrases:
            self.find_sure()
            return len(self.matches)
        self._poll()
        return len(set(self._with_all_words(self._most, exactly=True)).union(self._coded()))

    def _coded(self) -> list[int]:
        return self._index.of_records(by_code(self._index.conn, self._query.text, self._index.memory))

    def _with_all_words(self, most: int, *, exactly: bool = False) -> list[int]:
        texts = self._query.readings
        ways = (all_words(text, self._begun) for text in texts)
        return self._index.found_by(ways, acronym_match(texts), most, exactly=exactly)

    def _surest(self, texts: tuple[str, ...], rest: list[int]) -> list[int]:
        """Return what is to be looked at of too much: the surer kinds first, and in each the better ranks."""
        kept: dict[int, None] = {}
        for match in (
            exact_match(texts),
            beginning_match(texts, self._begun, whole=True),
            beginning_match(texts, self._begun),
            words_match(texts, self._begun, whole=True),
            words_match(texts, self._begun),
        ):
            self._poll()
            kept.update(dict.fromkeys(self._index.matching(match, self._most)))
            if len(kept) >= self._most:
                break
        kept.update(dict.fromkeys(rest))
        return list(kept)[: self._most]

    def _find_parts(self) -> None:
        """Find words that are a part of others."""
        self._poll()
        words = vocabulary(self._index.conn, self._stamp)
        alike = {word: words.containing(word) for text in self._query.readings for word in needed_words(text)}
        if any(alike.values()):
            ways = (alike_words(text, alike, self._begun, errors_in=None) for text in self._query.readings)
            self._compare(self._index.found_by(ways, "", self._unsure), self._readings, alike)

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
            if errors == 2 and (self.matches or self._left_out()):
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
            kept = [word for word in words if word not in BODY_WORDS and word not in STOP_WORDS]
            if kept and len(kept) < len(words):
                readings.append(reading(" ".join(kept), len(words) - len(kept)))
        if readings:
            self._compare_alike(readings, 2, one_word=True)

    def _compare_alike(self, readings: list[Reading], errors: int, *, one_word: bool) -> None:
        if not readings:
            return
        self._poll()
        alike = self._alike(readings, errors)
        ways = []
        for one in readings:
            wrong: list[str | None] = [word for word in one.needed if one_word and alike[word]]
            ways += [alike_words(one.text, alike, self._begun, errors_in=word) for word in wrong or [None]]
        self._compare(self._index.found_by(ways, "", self._unsure), readings, alike)

    def _alike(self, readings: Iterable[Reading], errors: int) -> dict[str, dict[str, int]]:
        """Return what the words of all readings may be misspellings of; only a last word may be an unfinished one."""
        words = vocabulary(self._index.conn, self._stamp)
        found: dict[str, dict[str, int]] = {}
        for one in readings:
            for word in one.needed:
                if word not in found:
                    self._poll()
                    found[word] = words.near(word, errors=errors, unfinished=word == one.needed[-1])
        return found

    def _compare(self, ids: Iterable[int], readings: list[Reading], alike: Spellings) -> None:
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


def _stamp(index: Index) -> str:
    memory = index.memory
    if memory is None:
        return stamp_of(index.conn)
    memory.stamp = memory.stamp or stamp_of(index.conn)
    return memory.stamp
