"""One search, from sure matches to unsure ones: each step is taken only where those before it found little."""

from collections.abc import Callable, Iterator

from db.search.asking import OPERATOR
from db.search.by_name import ByName, add_closed_bodies, closed_of
from db.search.candidates import SearchIndex
from db.search.coded import CodesTyped
from db.search.initials_beside import by_initials_beside
from db.search.left_out import without_one_word, without_unknown_words, without_usual_words
from db.search.named_places import not_of_one_place
from db.search.of_area import add_those_of_area
from db.search.operators import operators_of_places
from db.search.query import Query
from db.search.rank import Ranked
from db.search.so_far import SoFar
from db.search.sure import SureMatches
from db.search.unlike import as_parts, in_other_words, misspelt


class Search:
    """The search for one query."""

    def __init__(
        self,
        index: SearchIndex,
        query: Query,
        cancelled: Callable[[], bool] | None = None,
        *,
        closed_left_out: bool = False,
    ) -> None:
        """Prepare it; where the index leaves out closed ones, those that are named exactly are found all the same."""
        self.has_more = False
        """Whether more records match surely than were looked at so far."""
        self._so_far = SoFar(index, query, cancelled)
        self._sure = SureMatches(index, query.readings, self._so_far.begun)
        self._closed = ByName(closed_of(index), query, cancelled) if closed_left_out else None
        self._codes = CodesTyped(self._so_far, self._closed)

    @property
    def is_cut(self) -> bool:
        """Whether not all were looked at that may match less surely."""
        return self._so_far.is_cut

    @property
    def words_left_out(self) -> tuple[str, ...]:
        """Words that no record has beside the others, which alone found something."""
        return self._so_far.words_left_out

    def blocks(self) -> Iterator[list[Ranked]]:
        """Find what matches and yield it in blocks: which of two ranks higher is told within each.

        The first block has all that the search finds but for sure matches, of which it has the surest. Raises
        QueryInterruptedError where it is cancelled.
        """
        so_far = self._so_far
        named = self._closed.named() if self._closed is not None else {}
        so_far.apart.update(named)
        for number, (ids, is_last) in enumerate(self._sure.blocks(list(named), so_far.poll)):
            known = set(so_far.found)
            fresh = [one for one in ids if one not in known]
            so_far.found.update((one, named[one]) for one in fresh if one in named)
            so_far.compare((one for one in fresh if one not in named), so_far.readings)
            self.has_more = not is_last
            if not number:
                self._codes.add()
                if self._closed is not None:
                    add_closed_bodies(so_far, self._closed)
                if is_last:
                    self._look_less_surely()
            if so_far.query.asks == OPERATOR:
                self._find_operators(is_first=not number)
            yield [made for one, made in so_far.found.items() if one not in known]

    def _look_less_surely(self) -> None:
        """Find less sure matches, each way as long as those before it found little."""
        so_far, left_out = self._so_far, self._has_left_out
        in_other_words(so_far)
        add_those_of_area(so_far)
        if self._closed is not None and not so_far.found:
            so_far.add_all_apart(self._closed.by_initials())
        by_initials_beside(so_far)
        self._codes.add_by_rare()
        as_parts(so_far)
        misspelt(so_far, left_out)
        without_usual_words(so_far, left_out)
        without_unknown_words(so_far, left_out)
        self._codes.add_by_any()
        without_one_word(so_far, left_out)

    def _find_operators(self, *, is_first: bool) -> None:
        """Put who runs what a question names before what else has the words."""
        so_far = self._so_far
        so_far.found.update(not_of_one_place(so_far.index.conn, so_far.found, so_far.query.readings))
        if is_first:
            so_far.add_all_apart(operators_of_places(so_far.index, so_far.found, so_far.query.readings))

    def count(self) -> tuple[int, bool]:
        """Return how many records match, and whether that is exact, without looking at more of them than one block."""
        if not self._so_far.found:
            next(self.blocks())
        if not self.has_more:
            return len(self._so_far.found), not self.is_cut
        apart = self._so_far.apart
        number, is_exact = self._sure.count(apart)
        return number + len(apart), is_exact and not self.is_cut

    def count_left_out(self) -> tuple[int, bool]:
        """Return how many closed records match surely and were not found, and whether that is exact."""
        return self._closed.count_sure(self._so_far.found) if self._closed else (0, True)

    def _has_left_out(self) -> bool:
        return self.count_left_out()[0] > 0
