"""One search, from sure matches to unsure ones: each step is taken only where those before it found little."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from db.errors import QueryInterruptedError
from db.search.asking import OPERATOR, without_post, without_question
from db.search.candidates import SearchIndex
from db.search.codes import by_codes, codes_in, is_word
from db.search.expressions import Beginnings, acronym_match, alike_words, all_words, name_match, words_match
from db.search.layout import END, FIRST, FIRST_HIDDEN, HIDDEN, level, openness
from db.search.match import (
    ACRONYM,
    AS_TYPED,
    CODE,
    FUZZY,
    FUZZY_PLACE,
    OWN,
    OWN_NAMES,
    Spellings,
    Sureness,
    TextReading,
    best_match,
    holds_all_in_names,
    is_in_names,
    is_in_one_name,
    is_named,
    is_public_body,
    reading,
)
from db.search.memory import SearchText
from db.search.query import Query
from db.search.rank import Ranked, meant_though_closed, order, ranked
from db.search.roles import roles_in
from db.search.sorts import sort_asked
from db.search.spelling import Vocabulary, vocabulary
from db.search.sure import BLOCK, SureMatches
from db.search.text import STOP_WORDS, USUAL_WORDS
from db.search.text import readings as spelt

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
_FEWEST_WORDS, _MOST_WORDS = 3, 8
"""Words of a text of which one may be left out; of the others at least two are no usual ones."""
_SHORT = 4
"""Letters up to which a single word that has a sure match is not taken for a misspelling."""


class Attempt(NamedTuple):
    """What one step looks for: some readings, with what their words may stand for, one word of each or all of them."""

    readings: Sequence[TextReading]
    alike: Spellings
    one_word: bool = False


class Search:
    """The search for one query; `matches` holds what was found, by index id, the surest way of each."""

    def __init__(
        self,
        index: SearchIndex,
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
        self.words_left_out: tuple[str, ...] = ()
        """Words that no record has beside the others, which alone found something."""
        self._index = index
        self._query = query
        self._unsure = _MOST_UNSURE_OF_FEW if len(query.readings[-1]) <= _FEW_LETTERS else _MOST_UNSURE
        self._cancelled = cancelled
        self._stamp = index.stamp()
        self._begun = Beginnings(index.conn, self._stamp)
        spoken_of, sorts = roles_in(index, query.readings), sort_asked(index, query.readings)
        self._readings = [
            reading(
                text, roles=spoken_of, whole=OWN_NAMES if text in query.shortened else OWN, asks=query.asks, sorts=sorts
            )
            for text in query.readings
        ]
        self._sure = SureMatches(index, query.readings, self._begun)
        self._closed = Search(closed_of(index), query, cancelled) if closed_left_out else None
        self._apart: set[int] = set()
        """Index ids of matches that need not hold all the words, or that are not in the index."""
        self._by_code_alone: list[tuple[SearchText, Sureness]] = []

    def blocks(self) -> Iterator[list[Ranked]]:
        """Find what matches and yield it in blocks: which of two ranks higher is told within each.

        The first block has all that the search finds but for sure matches, of which it has the surest. Raises
        QueryInterruptedError where it is cancelled.
        """
        named = self._closed.named() if self._closed is not None else {}
        self._apart.update(named)
        for number, (ids, is_last) in enumerate(self._sure.blocks(list(named), self._poll)):
            known = set(self.matches)
            fresh = [one for one in ids if one not in known]
            self.matches.update((one, named[one]) for one in fresh if one in named)
            self._compare((one for one in fresh if one not in named), self._readings)
            self.has_more = not is_last
            if not number:
                self._find_coded()
                self._closed_bodies()
                for step in self._unsure_steps if is_last else ():
                    for attempt in step():
                        self._compare(self._found_unsurely(attempt), attempt.readings, attempt.alike)
            if self._query.asks == OPERATOR:
                from db.search.named_places import not_of_one_place

                self.matches.update(not_of_one_place(self._index.conn, self.matches))
            yield [made for one, made in self.matches.items() if one not in known]

    def named(self) -> dict[int, Ranked]:
        """Return what has the text as a name, one of its acronyms included, by index id."""
        return self._only(name_match(self._query.readings), is_named)

    def bodies_by_words(self) -> dict[int, Ranked]:
        """Return the public bodies of which one name holds all the words, by index id."""
        found = self._only(words_match(self._query.readings, self._begun, whole=True), is_in_one_name)
        return {number: one for number, one in found.items() if is_public_body(one.candidate)}

    def by_initials(self) -> dict[int, Ranked]:
        """Return what has the text as its initials, be it that nobody gave them, by index id."""
        return self._only(acronym_match(self._query.readings), lambda found: found.kind == ACRONYM)

    def _only(self, match: str, is_meant: Callable[[Sureness], bool]) -> dict[int, Ranked]:
        self._compare(self._index.matching(match, _MOST_CLOSED), self._readings)
        found, self.matches = self.matches, {}
        return {number: one for number, one in found.items() if is_meant(one.sureness)}

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
        self._compare(ids[:BLOCK], self._readings)
        return len(self.matches.keys() - set(without)), len(ids) <= BLOCK

    def _find_coded(self) -> None:
        """Find records by codes among the words, and what is tied to those.

        A code that stands alone is one. Beside other words it is one where they agree with it, its record having all of
        them, if with a typing error, unless the names of any record hold all that was typed: then it is a word like the
        others. A code that the words do not agree with is what was meant only where nothing is found.
        """
        codes = codes_in(self._index.conn, without_question(self._query.text), self._index.memory)
        if codes is None or (codes.beside and any(holds_all_in_names(one.sureness) for one in self.matches.values())):
            return
        beside, phrases = codes.beside, self._query.phrases
        for candidate, found in by_codes(codes, [self._index, *([self._closed._index] if self._closed else [])]):
            if (
                not beside
                or best_match(candidate, beside, phrases)
                or best_match(candidate, beside, phrases, self._alike(beside, 1))
            ):
                self._add_apart(candidate, found)
            elif found.kind == CODE:
                self._by_code_alone.append((candidate, found))

    def _closed_bodies(self) -> None:
        """Show closed public bodies by their names where what is open has the words less surely.

        One of which a name holds all the words, where nothing open has them in its own names: those have the words by a
        link, a fact or an address. One that is called by all that was typed, before open namesakes that are no bodies
        of such importance.
        """
        if self._closed is None or any(one.field == "status" for one in self._query.filters):
            return
        listed = [one for number, one in self.matches.items() if openness(number) < HIDDEN]
        named = [one for one in listed if is_in_names(one.sureness)]
        if not named:
            found = self._closed.bodies_by_words()
            self._apart.update(found)
            self.matches.update(found | self.matches)
        if all(level(one.candidate.id) > FIRST for one in named):
            for number, one in list(self.matches.items()):
                if openness(number) > 1 and is_public_body(one.candidate) and is_in_names(one.sureness):
                    self.matches[number] = meant_though_closed(one)

    @property
    def _unsure_steps(self) -> tuple[Callable[[], Iterable[Attempt]], ...]:
        """What finds less sure matches, each step as long as those before it found little."""
        return (
            self._closed_initials,
            self._rare_code,
            self._parts,
            self._misspelt,
            self._without_usual_words,
            self._without_unknown_words,
            self._any_code,
            self._without_one_word,
        )

    def _closed_initials(self) -> Iterable[Attempt]:
        """Where nothing else is found, add closed records that have the text as initials, though nobody gave them."""
        found = self._closed.by_initials() if self._closed is not None and not self.matches else {}
        self.matches.update(found)
        self._apart.update(found)
        return ()

    def _rare_code(self) -> Iterable[Attempt]:
        """Where nothing else is found, add records by a code that the other words do not agree with and is no word."""
        for candidate, found in self._by_code_alone if not self.matches else ():
            if not is_word(found.name, self._vocabulary().has):
                self._add_apart(candidate, found)
        return ()

    def _any_code(self) -> Iterable[Attempt]:
        """Where nothing else is found at all, add them by a code that is a word of the register as well."""
        for candidate, found in self._by_code_alone if not self.matches else ():
            self._add_apart(candidate, found)
        return ()

    def _parts(self) -> Iterator[Attempt]:
        """Look for words that are a part of others."""
        if len(self.matches) < ENOUGH:
            self._poll()
            words = self._vocabulary()
            alike = {word: words.containing(word) for one in self._readings for word in one.needed}
            if any(alike.values()):
                yield Attempt(self._readings, alike)

    def _misspelt(self) -> Iterator[Attempt]:
        """Look for misspelt words, and words run together or torn apart: in one word, then, where few fit, in all.

        Words with two errors are looked for last, because that takes the longest, and not where what was typed is there
        as it stands.
        """
        is_short_and_found = len(self._query.readings[-1]) <= _SHORT and self._has_sure()
        if len(self.matches) >= ENOUGH or is_short_and_found:
            return
        self._poll()
        respaced = (" ".join(one) for one in self._vocabulary().respaced(self._query.readings[-1].split()))
        others = [reading(text, 1) for text in respaced]
        for errors in (1, 2):
            if errors == 2 and (self.matches or self._has_left_out()):
                return
            for one_word in (True, False):
                if one_word or (len(self.matches) < ENOUGH and not self._has_sure()):
                    # Apart, so that what many records have when it is respaced leaves room for the rest.
                    for readings in (self._readings, others) if others else (self._readings,):
                        yield Attempt(readings, self._alike(readings, errors), one_word)

    def _without_usual_words(self) -> Iterator[Attempt]:
        """Look for the text without words that many names have and this one may not: `Navigo NHS trust`."""
        if self.matches or self._has_left_out():
            return
        readings = []
        for text in self._query.readings:
            words = text.split()
            kept = [word for word in words if word not in USUAL_WORDS]
            if kept and len(kept) < len(words):
                readings.append(reading(" ".join(kept), len(words) - len(kept)))
        if readings:
            yield Attempt(readings, self._alike(readings, 2), one_word=True)

    def _without_unknown_words(self) -> Iterable[Attempt]:
        """Where nothing else is found, add the few records whose names hold all words but those that none has.

        A post that is told of nobody is left out likewise.
        """
        for text in dict.fromkeys(reversed(self._query.readings)):
            words = [word for word in dict.fromkeys(text.split()) if word not in STOP_WORDS]
            if self.matches or self._query.phrases or len(words) < 2 or self._has_left_out():
                return ()
            unknown = [word for word in words if not self._vocabulary().begins(word)]
            kept, post = without_post(" ".join(word for word in words if word not in unknown))
            if not (unknown or post) or len(unknown) >= len(kept.split()) or USUAL_WORDS.issuperset(kept.split()):
                continue
            readings = [reading(one, len(unknown) + bool(post)) for one in spelt(kept)]
            self._compare(self._found_unsurely(Attempt(readings, AS_TYPED)), readings)
            named = {one: made for one, made in self.matches.items() if made.sureness.where < FUZZY_PLACE}
            self.matches = named if len(named) <= ENOUGH else {}
            self.words_left_out = (*unknown, *([post] if post else ())) if self.matches else ()
        return ()

    def _without_one_word(self) -> Iterable[Attempt]:
        """Where nothing else is found, add the few records that hold all words but one: `hexham hospital ward`.

        Of several such words it is the one without which the best record is found, or else the fewest are. No code is
        left out, nor any word while the last one is unfinished or beside filters and phrases.
        """
        words = [word for word in dict.fromkeys(self._query.readings[-1].split()) if word not in STOP_WORDS]
        may_lack = not self.matches and not self._query.phrases and not self._query.filters
        if not (may_lack and _FEWEST_WORDS <= len(words) <= _MOST_WORDS) or not self._vocabulary().has(words[-1]):
            return ()
        choices = []
        for word in words if not self._has_left_out() else ():
            found = self._holding([one for one in words if one != word]) if word.isalpha() else {}
            if found:
                choices.append((min(one.order for one in found.values()), len(found), word, found))
        if choices:
            _, _, word, self.matches = min(choices, key=lambda one: one[:2])
            self.words_left_out = (word,)
        return ()

    def _holding(self, words: Sequence[str]) -> dict[int, Ranked]:
        """Return what holds all those words, in names where any does; nothing where that is much or all are usual."""
        if len(USUAL_WORDS.union(words)) < len(USUAL_WORDS) + _FEWEST_WORDS - 1:
            return {}
        readings = [reading(one, 1, asks=self._query.asks) for one in spelt(" ".join(words))]
        ways = [all_words(one.text, self._begun) for one in readings]
        ids = self._index.found_by(ways, "", _MOST_UNSURE_OF_FEW + 1)
        if len(ids) > _MOST_UNSURE_OF_FEW:
            return {}
        self._compare(ids, readings)
        found, self.matches = self.matches, {}
        if not self._query.asks:
            named = {one: made for one, made in found.items() if made.sureness.where < FUZZY_PLACE}
            found = named or found
        return found if len(found) <= ENOUGH else {}

    def _alike(self, readings: Sequence[TextReading], errors: int) -> Spellings:
        """Return what the words of all readings may be misspellings of."""
        self._poll()
        return self._vocabulary().near_all([one.needed for one in readings], errors=errors, poll=self._poll)

    def _found_unsurely(self, attempt: Attempt) -> list[int]:
        """Return index ids that may match what a step looks for, as many as are looked at."""
        ways = []
        for one in attempt.readings:
            wrong: list[str | None] = [word for word in one.needed if attempt.one_word and attempt.alike[word]]
            ways += [alike_words(one.text, attempt.alike, self._begun, errors_in=word) for word in wrong or [None]]
        found = self._index.found_by(ways, "", self._unsure + 1)
        self.is_cut |= len(found) > self._unsure
        return found[: self._unsure]

    def _compare(self, ids: Iterable[int], readings: Sequence[TextReading], alike: Spellings = AS_TYPED) -> None:
        """Look at records that were not found before, or not surely, and keep those that match.

        Where there are sure matches, a misspelling counts only in a name.
        """
        self._poll()
        sure, matches = self._has_sure(), self.matches
        looked_at = (one for one in ids if one not in matches or matches[one].sureness.kind == FUZZY)
        for candidate in self._index.read(looked_at):
            found = best_match(candidate, readings, self._query.phrases, alike)
            if found is not None and (found.kind < FUZZY or not sure or found.where < FUZZY_PLACE):
                made = ranked(candidate, found)
                matches[candidate.id] = min(made, matches.get(candidate.id, made), key=order)

    def _add_apart(self, candidate: SearchText, found: Sureness) -> None:
        made = ranked(candidate, found)
        self.matches[candidate.id] = min(made, self.matches.get(candidate.id, made), key=order)
        self._apart.add(candidate.id)

    def _vocabulary(self) -> Vocabulary:
        return vocabulary(self._index.conn, self._stamp)

    def _has_sure(self) -> bool:
        return any(one.sureness.kind < FUZZY for one in self.matches.values())

    def _has_left_out(self) -> bool:
        return self._closed is not None and self._closed.count_sure(self.matches)[0] > 0

    def _poll(self) -> None:
        if self._cancelled is not None and self._cancelled():
            raise QueryInterruptedError("the search was stopped before it had an answer")


def closed_of(index: SearchIndex) -> SearchIndex:
    """Return the index of the closed records that the usual index leaves out."""
    return index.between(FIRST_HIDDEN, END)
