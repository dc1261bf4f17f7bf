"""Which board looks after an area that a text names, and who gives some sort of care there."""

from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from db.parameters import id_list
from db.search.expressions import name_match
from db.search.layout import names_in, of_type, openness
from db.search.match import EXACT, OWN_NAMES, PLACE, TIED, WORD, Sureness, best_match, is_public_body, reading
from db.search.so_far import SoFar
from db.search.sorts import without_sort
from db.search.text import needed_words, plain, told_in

_BOARD, _PARTNERSHIP = "integrated-care-board", "integrated-care-partnership"
_MOST = 20
"""Bodies with the name of an area that are looked at."""
_GENERATIONS = 3
"""How often a board that has closed may have passed on what it had."""
_ENDS = """
SELECT DISTINCT r.id FROM json_each(?) j JOIN link l ON l.{near}_id = j.value JOIN link_type y ON y.id = l.type_id
 JOIN record r ON r.id = l.{far}_id WHERE y.name = ? AND (r.type = ? OR ? = '')"""
_TOLD = "SELECT DISTINCT f.record_id FROM json_each(?) j JOIN fact f ON f.record_id = j.value WHERE f.text LIKE ?"

_TIE = """
SELECT r.name FROM json_each(?1) j JOIN record r ON r.id = j.value
 WHERE EXISTS (SELECT 1 FROM _search_tie WHERE record_id = ?2 AND tied_id = r.id)
  OR EXISTS (SELECT 1 FROM link WHERE source_id = ?2 AND +target_id = r.id)
  OR EXISTS (SELECT 1 FROM link WHERE source_id = r.id AND +target_id = ?2) ORDER BY j.key LIMIT 1"""
"""SQL: the first of some records to which another is tied, by the sources of links alone: thousands lead to a board."""


class _Care(NamedTuple):
    """A sort of care: what people say for it, and how what a list tells of who gives it begins."""

    said: tuple[str, ...]
    told: str


@cache
def _words() -> tuple[tuple[_Care, ...], frozenset[str]]:
    """Return the sorts of care, and words that people say beside them."""
    told = told_in("care_of_areas.json")
    return tuple(_Care(tuple(one["said"]), one["told"]) for one in told["care"]), frozenset(told["beside"])


def add_those_of_area(so_far: SoFar) -> None:
    """Add the boards, or who gives a sort of care, of an area that a text names beside the words for it.

    That is what a council or another body there is called: `ambulance leeds`, `camden icb`. Nothing where anything open
    has all words itself.
    """
    texts = [one.text for one in so_far.readings]
    if so_far.query.phrases or len(texts[-1].split()) < 2 or _is_answered(so_far):
        return
    care = next((one for one in _words()[0] if any(f" {said} " in f" {texts[0]} " for said in one.said)), None)
    if care is not None:
        for area in filter(None, dict.fromkeys(_without_care(text, care) for text in texts)):
            _add_givers(so_far, area, care)
    elif any(of_type(_BOARD) in one.named for one in so_far.readings):
        for area in filter(None, dict.fromkeys(without_sort(so_far.index, text) for text in texts)):
            boards, around = _boards_of(so_far, area)
            heirs = _with_heirs(so_far, boards)
            _add(so_far, dict.fromkeys(heirs, 0), [*around, *sorted(heirs)])


def _is_answered(so_far: SoFar) -> bool:
    """Whether anything open has all words itself, and is of the sort that is asked for."""
    return any(
        one.sureness.where <= PLACE and not one.sureness.lacks_role and openness(number) < 2
        for number, one in so_far.found.items()
    )


def _without_care(text: str, care: _Care) -> str:
    """Return the area that is left of a text without the words for care and those beside it."""
    left = f" {text} "
    for said in care.said:
        left = left.replace(f" {said} ", " ")
    words = [word for word in left.split() if word not in _words()[1]]
    return " ".join(needed_words(" ".join(words))) if words else ""


def _boards_of(so_far: SoFar, area: str) -> tuple[set[int], list[int]]:
    """Return the boards, of today and before, of what is called by an area, and what ties them to it, nearest first.

    Of its council or its board, where there is one, else of who else is called so. One that is part of another area, or
    that sits in the partnership of a board, has the boards of these.
    """
    index, wanted = so_far.index, reading(area)
    called = []
    for one in index.read(index.matching(name_match([area]), _MOST)):
        found = best_match(one, (wanted,), ()) if is_public_body(one) else None
        if found is not None and (found.kind, found.where) <= (EXACT, OWN_NAMES):
            called.append(one)
    own = {one.record_id for one in called if of_type(_BOARD) in one.more.split()}
    councils = {one.record_id for one in called if any(f"{area} council" == name for name, _ in names_in(one.own))}
    bodies = own | councils or {one.record_id for one in called}
    around = bodies | _ends(so_far, bodies, "source", "in-geography-of")
    partnerships = _ends(so_far, bodies, "source", "participates-in", _PARTNERSHIP)
    boards = own | _ends(so_far, partnerships, "target", "participates-in", _BOARD)
    for link in ("partner-to", "in-geography-of"):
        boards |= _ends(so_far, around, "source", link, _BOARD)
    return boards, [*sorted(bodies), *sorted(around - bodies), *sorted(partnerships)]


def _with_heirs(so_far: SoFar, boards: set[int]) -> set[int]:
    """Return boards with those that came after them."""
    for _ in range(_GENERATIONS):
        boards = boards | _ends(so_far, boards, "source", "succeeded-by", _BOARD)
    return boards


def _boards_named(so_far: SoFar, area: str) -> set[int]:
    """Return the records of what was found by a partner and has the area in its own names."""
    found = (one.candidate for one in so_far.found.values() if one.sureness.by_tie and is_public_body(one.candidate))
    named = ((one.record_id, best_match(one, (reading(area),), ())) for one in found)
    return {number for number, match in named if match is not None and match.where <= OWN_NAMES}


def _ends(so_far: SoFar, records: Iterable[int], near: str, link: str, type: str = "") -> set[int]:
    """Return what some records are linked with, one of a type where one is given, by the end that they are."""
    sql = _ENDS.format(near=near, far="target" if near == "source" else "source")
    return {row[0] for row in so_far.index.conn.execute(sql, (id_list(records), link, type, type))}


def _add_givers(so_far: SoFar, area: str, care: _Care) -> None:
    """Add who gives a sort of care to an area: the partners of its boards, those of most of them before others."""
    boards = _boards_of(so_far, area)[0] | _boards_named(so_far, area)
    boards |= _ends(so_far, boards, "target", "succeeded-by", _BOARD)
    times = Counter(one for board in boards for one in _ends(so_far, {board}, "target", "partner-to"))
    times.update([one for one in times if boards & _ends(so_far, {one}, "source", "in-geography-of")])
    later = _ends(so_far, _with_heirs(so_far, boards), "target", "partner-to")
    near = {**dict.fromkeys(later, 0), **times}
    told = {row[0] for row in so_far.index.conn.execute(_TOLD, (id_list(near), f"{care.told}%"))}
    index, wanted = so_far.index, (reading(care.told),)
    for one in index.read(index.of_records(sorted(near))):
        if one.record_id not in told and best_match(one, wanted, ()):
            told.add(one.record_id)
        if all(f" {word}" in f" {one.own} {one.place}" for word in area.split()):
            near[one.record_id] += len(boards) + 1
    nearest = max((near[one] for one in told), default=0)
    _add(so_far, {one: int(near[one] < nearest) for one in told}, sorted(boards))


def _add(so_far: SoFar, far: dict[int, int], through: list[int]) -> None:
    """Add those public bodies of some records that are open, the least far first, with what ties them to the area."""
    for one in so_far.index.read(so_far.index.of_records(sorted(far))):
        if is_public_body(one) and openness(one.id) < 2:
            tie = so_far.index.conn.execute(_TIE, (id_list(through), one.record_id)).fetchone()
            missing = tuple(needed_words(plain(tie[0]))) if tie else ()
            apart, length = far[one.record_id], len(one.own)
            so_far.add_apart(one, Sureness(WORD, False, True, 0, TIED, apart, 0, False, length, "", missing))
