"""How surely a record is the one meant: the kinds of match, and what tells one match from another of its kind."""

from __future__ import annotations

from typing import NamedTuple

from db.search.expressions import needed_words
from db.search.layout import APART, SHORT, names_in
from db.search.match import (
    AS_TYPED,
    FAR,
    WHOLLY_UNTYPED,
    Spellings,
    share_untyped,
    unusual_in,
    wholeness,
    word_in,
    words_in,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.search.memory import SearchText

KINDS = ("code", "exact", "acronym", "prefix", "word", "substring", "fuzzy")
"""Kinds of match, the surest first."""
CODE, EXACT, ACRONYM, PREFIX, WORD, SUBSTRING, FUZZY = range(7)
OWN, OWN_NAMES, PLACE, MORE, TIED = range(5)
"""Where the words were found: in one name, in several, then with those of the place, the summary or a tied record."""
_LONG_IN_TEXTS = 7
"""Letters from which on a word of a summary or a fact may be a part of the one found, or have one error."""
_LONG_IN_TIED = 5
"""The same of the names of a tied record, with any errors."""
FUZZY_PLACE = PLACE + 3
"""The same for parts and misspellings, which tell more of those in names; from here on they are outside names."""


class Reading(NamedTuple):
    """One way to read what was typed: words, one space apart, and the errors that reading it so takes for granted."""

    text: str
    errors: int
    squashed: str
    """The text as acronyms are compared."""
    needed: tuple[str, ...]
    """Its words that must be found."""


def reading(text: str, errors: int = 0) -> Reading:
    """Return a text as one reading of what was typed."""
    return Reading(text, errors, text.replace(" ", ""), tuple(needed_words(text)))


class Found(NamedTuple):
    """How a record matches. Of two, the lower is the surer one, field by field."""

    kind: int
    by_tie: bool
    """Whether words of tied records are needed; those rank below the record's own words."""
    errors: int
    """Typing errors that must be assumed."""
    where: int
    """OWN to TIED; for parts and misspellings 0 to 3 tell how much of a name they cover, and the others are 3 more."""
    apart: int
    """Quarters of its best-fitting name that the text does not speak of, where it needs more than one name's words."""
    unusual: int
    """Words with an error that people seldom make, where a misspelt text is in one name."""
    unfinished: bool
    """Whether a word is only the start of the word found."""
    length: int
    """Letters of the name that matched."""
    name: str
    """The name that matched, as the index has it; empty where it is not a name that did."""
    missing: tuple[str, ...]
    """Typed words that are not in the name."""


def is_named(found: Found) -> bool:
    """Whether the text is one of the names, as a whole; initials that nobody gave are none."""
    return found.kind == EXACT or (found.kind == ACRONYM and bool(found.name))


def best_match(
    candidate: SearchText, readings: Iterable[Reading], phrases: Sequence[str], alike: Spellings = AS_TYPED
) -> Found | None:
    """Return the surest way in which a record matches any reading, or None where it does not."""
    names: list[tuple[str, bool]] = []
    found: Found | None = None
    alone = not phrases and _has_one_name(candidate.own)
    for one in readings:
        if alone and not one.errors and candidate.own.startswith(one.text):
            begun = _by_its_name(candidate, one)
            if found is None or begun < found:
                found = begun
            continue
        if _lacks(candidate.text, one.needed, alike) and not _has_acronym(candidate, one):
            continue
        if not names:
            names = names_in(candidate.own) or [("", False)]
            if phrases and not _holds_phrases(candidate, names, phrases):
                return None
        match = _match(candidate, names, one, alike)
        if match is not None and (found is None or match < found):
            found = match
    return found


def _has_one_name(own: str) -> bool:
    return APART not in own and own[:1] != SHORT


def _by_its_name(candidate: SearchText, reading: Reading) -> Found:
    """Match a text that begins the only name of a record: what `_by_name` returns, for most records at a fraction."""
    name = candidate.own
    length, typed = len(name), len(reading.text)
    if length == typed:
        return Found(EXACT, False, 0, OWN, 0, 0, False, length, name, ())
    if _has_acronym(candidate, reading):
        return Found(ACRONYM, False, 0, OWN_NAMES, 0, 0, False, length, "", ())
    return Found(PREFIX, False, 0, OWN, 0, 0, name[typed] != " ", length, name, ())


def _lacks(text: str, needed: Iterable[str], alike: Spellings) -> bool:
    """Whether a needed word, or anything that it may stand for, begins no word of a text."""
    for one in needed:
        if f" {one}" not in text:
            others = alike.get(one)
            if not others or not any(f" {other} " in text for other in others):
                return True
    return False


def _has_acronym(candidate: SearchText, one: Reading) -> bool:
    return not one.errors and one.squashed in candidate.initials and one.squashed in candidate.initials.split()


def _holds_phrases(candidate: SearchText, names: list[tuple[str, bool]], phrases: Sequence[str]) -> bool:
    texts = [f" {name} " for name, _ in names] + [f" {candidate.place} "]
    return all(any(f" {phrase} " in text for text in texts) for phrase in phrases)


def _match(candidate: SearchText, names: list[tuple[str, bool]], reading: Reading, alike: Spellings) -> Found | None:
    text, errors, _, needed = reading
    if not errors:
        sure = _by_name(candidate, names, reading)
        if sure is not None:
            return sure
    found: Found | None = None
    for name, _ in names:
        one = words_in(needed, f" {name} ", alike)
        if one is not None:
            kind = _kind(one.errors + errors, one.parts)
            where = wholeness(text, needed, name, one.errors, alike) if kind >= SUBSTRING else OWN
            unusual = unusual_in(needed, name, alike) if one.errors else 0
            made = Found(kind, False, one.errors + errors, where, 0, unusual, one.unfinished, len(name), name, ())
            if found is None or made < found:
                found = made
    return found or _across(candidate, names, needed, errors, alike)


def _by_name(candidate: SearchText, names: list[tuple[str, bool]], reading: Reading) -> Found | None:
    """Match the whole text with the names: the same, an acronym, or the beginning of one."""
    text = reading.text
    best = ""
    for name, short in names:
        if name.startswith(text):
            if len(name) == len(text):
                return Found(ACRONYM if short else EXACT, False, 0, OWN, 0, 0, False, len(name), name, ())
            if not best or len(name) < len(best):
                best = name
    if _has_acronym(candidate, reading):
        given = [name for name, short in names if short and name.replace(" ", "") == reading.squashed]
        where = OWN if given else OWN_NAMES
        return Found(ACRONYM, False, 0, where, 0, 0, False, len(names[0][0]), given[0] if given else "", ())
    if best:
        return Found(PREFIX, False, 0, OWN, 0, 0, best[len(text)] != " ", len(best), best, ())
    return None


def _may_be_unlike(word: str, errors: int, where: int) -> bool:
    """Whether a word may have errors, or be a part of another: a short one has its like in any longer text."""
    if where == MORE:
        return len(word) >= _LONG_IN_TEXTS and errors < 2
    return where < MORE or len(word) >= _LONG_IN_TIED


def _kind(errors: int, parts: bool) -> int:
    return FUZZY if errors else SUBSTRING if parts else WORD


def _across(
    candidate: SearchText, names: list[tuple[str, bool]], needed: Sequence[str], errors: int, alike: Spellings
) -> Found | None:
    """Match words wherever they are, taking in all the names, then the place, the summary and the tied names."""
    parts = unfinished = False
    left: Sequence[str] = needed
    missing: tuple[str, ...] = ()
    own = " ".join(name for name, _ in names)
    for where, words in enumerate((own, candidate.place, candidate.more, candidate.tied), OWN_NAMES):
        text = f" {words} "
        still = []
        for one in left:
            best, part, whole = word_in(one, text, alike.get(one), code=where > OWN_NAMES)
            if best == FAR or ((best or part) and not _may_be_unlike(one, best, where)):
                still.append(one)
                continue
            errors += best
            parts |= part
            unfinished |= not whole
        left = still
        if where == OWN_NAMES:
            missing = tuple(still)
        if not left:
            kind = _kind(errors, parts)
            depth = where + FUZZY_PLACE - PLACE if kind >= SUBSTRING else where
            apart = share_untyped(needed, names, alike) if len(missing) < len(needed) else WHOLLY_UNTYPED
            return Found(kind, where == TIED, errors, depth, apart, 0, unfinished, len(names[0][0]), "", missing)
    return None
