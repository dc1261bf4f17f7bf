"""The filters `place:` and `postcode:`, by the words that the index has of where a record is."""

from __future__ import annotations

from db.search.conditions import Condition
from db.search.expressions import Beginnings
from db.search.layout import RECORD_MASK
from db.search.text import is_outward, place_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3

_NEVER = Condition("0", match='"~"', exact=True)
_PLACE = "(SELECT ' ' || t.place || ' ' FROM search_text t WHERE t.record_id = r.id)"


def place(conn: sqlite3.Connection, value: str) -> Condition:
    """Whole words of a place, for London is not Londonderry; the start of one where no place is so called."""
    words = place_words(value)
    if not words:
        return _NEVER
    *others, last = words.split()
    begun = [f'{{place}} : "{word}"' for word in others]
    whole = " AND ".join([*begun, f'{{place}} : "{last}"'])
    if _is_place(conn, words, whole):
        return Condition(f"instr({_PLACE}, ?)", (f" {words} ",), whole, not others)
    start = " AND ".join([*begun, f"{{place}} : ({Beginnings(conn)(last).expression})"])
    return Condition(f"instr({_PLACE}, ?)", (f" {words}",), start, not others)


def _is_place(conn: sqlite3.Connection, words: str, match: str) -> bool:
    sql = (
        f"SELECT 1 FROM search s CROSS JOIN search_text t ON t.record_id = (s.rowid & {RECORD_MASK})"
        " WHERE s.search MATCH ? AND instr(' ' || t.place || ' ', ?) LIMIT 1"
    )
    return conn.execute(sql, (match, f" {words} ")).fetchone() is not None


def postcode(conn: sqlite3.Connection, value: str) -> Condition:
    """An area (LA), an outward code (LA1 is not LA10), that with the start of what follows, or a whole postcode."""
    outward, inward = _halves(value)
    compact = "replace(upper(r.postcode), ' ', '')"
    if outward.isalpha() and not inward:
        area = [f"{outward.lower()}{digit}" for digit in range(10)]
        match = " OR ".join(f"{{place}} : ({Beginnings(conn)(one).expression})" for one in area)
        return Condition(f"{compact} GLOB ?", (f"{outward}[0-9]*",), match, len(outward) < _LONGEST_AREA)
    if not outward:
        return _NEVER
    match = f'{{place}} : "{outward.lower()}"' if inward or is_outward(outward.lower()) else ""
    same = f"substr({compact}, 1, length({compact}) - 3) = ?"
    if not inward:
        return Condition(same, (outward,), match)
    return Condition(f"{same} AND {compact} GLOB ?", (outward, f"{outward}{inward}*"), match)


_LONGEST_AREA = 3


def _halves(value: str) -> tuple[str, str]:
    """Return the outward code and what is given of the inward one, in capitals."""
    words = place_words(value).upper().split()
    return (words[0], "".join(words[1:])) if words and words[0].isascii() else ("", "")
