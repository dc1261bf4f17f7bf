"""How surely a record is the one meant: the kinds of match, and what tells one match from another of its kind."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from db.results import KINDS_OF_MATCH
from db.search.asking import OPERATOR, SUCCESSOR
from db.search.layout import (
    APART,
    CALLED,
    FIRST,
    IMPLIED,
    MARKS,
    NEARBY,
    PLACE_OF,
    SHORT,
    WITHIN,
    level,
    names_in,
    of_kind,
    of_role,
    of_type,
    openness,
)
from db.search.memory import SearchText
from db.search.text import LONGEST, needed_words, squashed
from db.search.typed_words import FAR, in_step, unusual_in, word_in

CODE, EXACT, ACRONYM, PREFIX, WORD, SUBSTRING, FUZZY = range(len(KINDS_OF_MATCH))
OWN, OWN_NAMES, PLACE, MORE, TIED = range(5)
"""Where the words were found: in one name, in several, then with those of the place, the summary or a tied record."""
_LONG_IN_TEXTS = 7
"""Letters from which on a word of a summary or a fact may be a part of the one found, or have one error."""
_LONG_IN_TIED = 5
"""The same of the names of a tied record, with any errors."""
FUZZY_PLACE = PLACE + 3
"""The same for parts and misspellings, which tell more of those in names; from here on they are outside names."""
_BEGUN = 2
"""The same of a text that tells the beginning of a name."""
WHOLLY_UNTYPED = 4
"""The quarters of a name that has none of the words."""
_OF_OTHERS = (CALLED, IMPLIED, WITHIN)
"""Marks before what is no name of a body's own."""
_NEVER_WHOLE = (IMPLIED, WITHIN, PLACE_OF)
"""Marks before what nobody calls it as a whole, or not it before another."""
_PERSON, _PREMISES, _A_ROLE = of_kind("person"), of_kind("site"), of_role("")
_ARRANGEMENT = of_kind("arrangement")
_PART = " sub "
_SHARED_LEADERSHIP = of_type("shared-leadership")
Spellings = Mapping[str, Mapping[str, int]]
"""What typed words may stand for, and with how many errors; none where the word is only a part of the other."""
AS_TYPED: Spellings = {}


class TextReading(NamedTuple):
    """One way to read what was typed: words, one space apart, and the errors that reading it so takes for granted."""

    text: str
    errors: int
    squashed: str
    """The text as acronyms are compared."""
    needed: tuple[str, ...]
    """Its words that must be found."""
    roles: frozenset[str] = frozenset()
    """Roles that it speaks of, as the index has them."""
    whole: int = 0
    """OWN where a name that is the same is all that was typed, OWN_NAMES where words before it were not read."""
    asks: str = ""
    """What it asks, as `asking` tells it."""
    sorts: frozenset[str] = frozenset()
    """Types that it asks for, as the index has them."""
    named: frozenset[str] = frozenset()
    """Types that it names beside an area."""


def reading(
    text: str,
    errors: int = 0,
    roles: frozenset[str] = frozenset(),
    whole: int = 0,
    asks: str = "",
    sorts: frozenset[str] = frozenset(),
    named: frozenset[str] = frozenset(),
) -> TextReading:
    """Return a text as one reading of what was typed."""
    return TextReading(text, errors, squashed(text), tuple(needed_words(text)), roles, whole, asks, sorts, named)


class Sureness(NamedTuple):
    """How a record matches. Of two, the lower is the surer one, field by field."""

    kind: int
    lacks_role: int
    """0 where the text speaks of no role, or the record holds it in just what the text names.

    1 where it holds it in what has other words besides, 2 for a person of whom it is told, else 3. A post that bodies
    share tells of who holds it. Where a text asks who runs what it names, a public body does; where it asks what became
    of it, what has ended is meant; where it asks for a sort of body, one of that sort.
    """
    by_tie: bool
    """Whether words of tied records are needed; those rank below the record's own words."""
    errors: int
    """Typing errors that must be assumed."""
    where: int
    """OWN to TIED; for parts and misspellings 0 to 3 tell how much of a name they cover, and the others are 3 more."""
    apart: int
    """Quarters of its best-fitting name that the text does not speak of, where it needs more than one name's words.

    Of what a body is called, 1 where that is not the town of its office, or is first a hospital that it runs.
    """
    unusual: int
    """Words with an error that people seldom make, where a misspelt text is in one name."""
    unfinished: bool
    """Whether a word is only the start of the word found."""
    length: int
    """Letters of the name that matched, more than any has of a place in its area."""
    name: str
    """The name that matched, as the index has it; empty where it is not a name that did."""
    missing: tuple[str, ...]
    """Typed words that are not in the name."""


def is_named(found: Sureness) -> bool:
    """Whether the text is one of the names, as a whole, or what it was called; initials that nobody gave are none."""
    return found.kind == EXACT or (
        bool(found.name) and (found.kind == ACRONYM or (found.kind, found.where) == (WORD, OWN_NAMES))
    )


def holds_all_in_names(found: Sureness) -> bool:
    """Whether the names hold all the words: then what looks like a code among them is a word."""
    return CODE < found.kind <= WORD and found.where <= OWN_NAMES


def is_in_names(found: Sureness) -> bool:
    """Whether a code was typed, or the names hold all the words."""
    return found.kind == CODE or holds_all_in_names(found)


def has_own_name(candidate: SearchText, found: Sureness) -> bool:
    """Whether the name that matched, if one did, is not only one that was taken over."""
    return f"{APART}{IMPLIED}{found.name}{APART}" not in f"{APART}{candidate.own}{APART}"


def is_in_one_name(found: Sureness) -> bool:
    """Whether one name holds all the words, the last one whole."""
    return (found.kind, found.where) <= (WORD, OWN) and not found.unfinished


def is_public_body(candidate: SearchText) -> bool:
    """Whether a record is a public body, no hospital."""
    return level(candidate.id) == FIRST and _PREMISES not in candidate.more.split()


def best_match(
    candidate: SearchText, readings: Iterable[TextReading], phrases: Sequence[str], alike: Spellings = AS_TYPED
) -> Sureness | None:
    """Return the surest way in which a record matches any reading, or None where it does not."""
    names: list[tuple[str, str]] = []
    found: Sureness | None = None
    alone = not phrases and APART not in candidate.own and candidate.own[:1] not in MARKS
    for one in readings:
        if alone and not one.errors and candidate.own.startswith(one.text):
            match: Sureness | None = _by_only_name(candidate, one)
        elif _lacks(candidate.text, one.needed, alike) and not _has_acronym(candidate, one):
            continue
        else:
            if not names:
                names = names_in(candidate.own) or [("", "")]
                if phrases and not _holds_phrases(candidate, names, phrases):
                    return None
            match = None if one.errors else _by_name(candidate, names, one)
            if match is None:
                own = [name for name in names if name[1] != NEARBY]
                match = _in_a_name(own, one, alike) or _across(candidate, own, one, alike)
                if match is not None and one.roles:
                    match = match._replace(lacks_role=_without_role(candidate, one, match))
        if match is not None and one.asks:
            match = _as_asked(candidate, match, one.asks)
        if match is not None and one.sorts and one.sorts.isdisjoint(candidate.more.split()):
            match = match._replace(kind=max(match.kind, WORD), lacks_role=3)
        if match is not None and one.named and _is_no_such_body(candidate, match, one.named):
            match = match._replace(lacks_role=3)
        if match is not None and (found is None or match < found):
            found = match
    return found


def _is_no_such_body(candidate: SearchText, match: Sureness, named: frozenset[str]) -> bool:
    """Whether a record is of no type that a text names beside an area, and no one name has all the words: `ealing icb`.

    A part of a body has the word for the body in the word for itself.
    """
    is_part = _PART in candidate.own
    return match.kind == WORD and (match.where > OWN or is_part) and named.isdisjoint(candidate.more.split())


def _as_asked(candidate: SearchText, match: Sureness, asks: str) -> Sureness:
    """Return a match by whether the record is of what is asked for: who runs what is named, or what has ended."""
    if asks == OPERATOR:
        lacks = 3 if not is_public_body(candidate) else int(openness(candidate.id) > 1)
        apart = max(match.apart, int(match.kind >= WORD))
        return match._replace(kind=max(match.kind, WORD), lacks_role=lacks, apart=apart)
    if asks == SUCCESSOR and (openness(candidate.id) < 2 or match.by_tie or match.where > OWN_NAMES):
        return match._replace(kind=max(match.kind, WORD), lacks_role=3)
    return match


def _without_role(candidate: SearchText, reading: TextReading, match: Sureness) -> int:
    """Return 0 for who holds a role of a text in just what it names, 1 in more, 2 for a person told of it, else 3."""
    words = candidate.more.split()
    if not reading.roles.isdisjoint(words):
        return int(not candidate.tied or not set(candidate.tied.split()).issubset(reading.text.split()))
    if _SHARED_LEADERSHIP in words:
        return 1 if any(role.removeprefix(_A_ROLE) in squashed(candidate.own) for role in reading.roles) else 2
    return 2 if _PERSON in words and not match.by_tie and any(one.startswith(_A_ROLE) for one in words) else 3


def _by_only_name(candidate: SearchText, reading: TextReading) -> Sureness:
    """Match a text that begins the only name of a record: what `_by_name` returns, for most records at a fraction."""
    name = candidate.own
    length, typed = len(name), len(reading.text)
    if length == typed:
        return Sureness(EXACT, False, False, 0, reading.whole, 0, 0, False, length, name, ())
    if _has_acronym(candidate, reading):
        return Sureness(ACRONYM, False, False, 0, OWN_NAMES, 0, 0, False, length, "", ())
    return Sureness(PREFIX, False, False, 0, OWN, 0, 0, name[typed] != " ", length, name, ())


def _lacks(text: str, needed: Iterable[str], alike: Spellings) -> bool:
    """Whether a needed word, or anything that it may stand for, begins no word of a text."""
    for one in needed:
        if f" {one}" not in text:
            others = alike.get(one)
            if not others or not any(f" {other} " in text for other in others):
                return True
    return False


def _has_acronym(candidate: SearchText, one: TextReading) -> bool:
    return not one.errors and one.squashed in candidate.initials and one.squashed in candidate.initials.split()


def _holds_phrases(candidate: SearchText, names: list[tuple[str, str]], phrases: Sequence[str]) -> bool:
    texts = [f" {name} " for name, _ in names] + [f" {candidate.place} "]
    return all(any(f" {phrase} " in text for text in texts) for phrase in phrases)


def _by_name(candidate: SearchText, names: list[tuple[str, str]], reading: TextReading) -> Sureness | None:
    """Match the whole text with the names: the same, an acronym, or the beginning of one."""
    text = reading.text
    best = same = behind = ""
    for name, mark in names:
        if mark == PLACE_OF and name.startswith(text):
            behind = name
        if mark not in _NEVER_WHOLE and name.startswith(text):
            if len(name) > len(text):
                if not best or len(name) < len(best):
                    best = name
            elif mark == NEARBY:
                return Sureness(EXACT, False, False, 0, PLACE, 0, 0, False, len(name), name, ())
            elif mark == CALLED:
                same = name
            else:
                kind = ACRONYM if mark == SHORT else EXACT
                return Sureness(kind, False, False, 0, reading.whole, 0, 0, False, len(name), name, ())
    if same:
        # A name that begins with it tells that it is meant, but not of what has closed: nobody calls it so any more.
        where = OWN if best and openness(candidate.id) < 2 else OWN_NAMES
        elsewhere = int(not f"{candidate.place} ".startswith(f"{text} "))
        return Sureness(EXACT, False, False, 0, where, elsewhere, 0, False, len(same), same, ())
    if _has_acronym(candidate, reading):
        given = [name for name, mark in names if mark == SHORT and name.replace(" ", "") == reading.squashed]
        where = OWN if given else OWN_NAMES
        return Sureness(ACRONYM, False, False, 0, where, 0, 0, False, len(names[0][0]), given[0] if given else "", ())
    if best:
        return Sureness(PREFIX, False, False, 0, OWN, 0, 0, best[len(text)] != " ", len(best), best, ())
    if behind:
        return Sureness(
            PREFIX, False, False, 0, OWN, 1, 0, not f"{behind} ".startswith(f"{text} "), len(behind), behind, ()
        )
    return None


def _in_a_name(names: list[tuple[str, str]], reading: TextReading, alike: Spellings) -> Sureness | None:
    """Match all words with those of one name: as they are, as the start of others, or as what they may stand for."""
    found: Sureness | None = None
    for name, mark in names:
        text = f" {name} "
        errors = 0
        parts = unfinished = False
        for word in reading.needed:
            wrong, part, whole = word_in(word, text, alike.get(word))
            if wrong == FAR:
                break
            errors += wrong
            parts |= part
            unfinished |= not whole
        else:
            kind = _kind(errors + reading.errors, parts)
            where = wholeness(reading, name, errors, alike) if kind >= SUBSTRING else OWN
            if kind >= SUBSTRING and mark == PLACE_OF:
                where = max(where, _BEGUN)
            unusual = unusual_in(reading.needed, name, alike) if errors else 0
            errors += reading.errors
            length = len(name) + (LONGEST if mark == WITHIN else 0)
            made = Sureness(kind, False, False, errors, where, 0, unusual, unfinished, length, name, ())
            if found is None or made < found:
                found = made
    return found


def _across(
    candidate: SearchText, names: list[tuple[str, str]], reading: TextReading, alike: Spellings
) -> Sureness | None:
    """Match words wherever they are, taking in all the names, then the place, the summary and the tied names."""
    errors, needed = reading.errors, reading.needed
    parts = unfinished = False
    left: Sequence[str] = needed
    missing: tuple[str, ...] = ()
    own = " ".join(name for name, mark in names if mark not in _OF_OTHERS)
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
            apart = WHOLLY_UNTYPED
            if len(missing) < len(needed):
                apart = min(share_untyped(needed, names, alike), WHOLLY_UNTYPED - 1)
            length = len(names[0][0])
            if where > PLACE and kind < SUBSTRING and _is_named_beside(candidate, names, reading.text):
                return Sureness(kind, False, False, errors, PLACE, 0, 0, unfinished, length, names[0][0], ())
            depth = where + FUZZY_PLACE - PLACE if kind >= SUBSTRING else where
            return Sureness(kind, False, where == TIED, errors, depth, apart, 0, unfinished, length, "", missing)
    return None


def _is_named_beside(candidate: SearchText, names: list[tuple[str, str]], text: str) -> bool:
    """Whether a text has a whole name of an arrangement, of several words: those beside it tell of its members."""
    whole = f" {text} "
    return _ARRANGEMENT in candidate.more.split() and any(
        " " in name and f" {name} " in whole for name, mark in names if not mark
    )


def _may_be_unlike(word: str, errors: int, where: int) -> bool:
    """Whether a word may have errors, or be a part of another: a short one has its like in any longer text."""
    if where == MORE:
        return len(word) >= _LONG_IN_TEXTS and errors < 2
    return where < MORE or len(word) >= _LONG_IN_TIED


def _kind(errors: int, parts: bool) -> int:
    return FUZZY if errors else SUBSTRING if parts else WORD


def wholeness(reading: TextReading, name: str, errors: int, alike: Spellings) -> int:
    """Return 0 where a text accounts for a whole name, 1 where but for its end, 2 for its beginning, else 3."""
    text = reading.text
    typed, words = text.split(), name.split()
    if len(typed) == len(words):
        missing = in_step(typed, words, alike)
        if missing is not None and abs(len(name) - len(text) - missing) <= max(errors, 1):
            return int(missing > 0)
    elif abs(len(name) - len(text)) <= errors:
        # Words run together or torn apart are not compared one by one.
        return 0
    first = reading.needed[0]
    return 2 if word_in(first, f" {needed_words(name)[0]} ", alike.get(first))[0] != FAR else 3


def share_untyped(needed: Sequence[str], names: Iterable[tuple[str, str]], alike: Spellings) -> int:
    """Return how many quarters of the name that fits best are words that nobody typed."""
    least = WHOLLY_UNTYPED
    for name, mark in names:
        words = name.split() if mark not in _OF_OTHERS else []
        typed = sum(any(word_in(one, f" {word} ", alike.get(one))[0] != FAR for one in needed) for word in words)
        least = min(least, 4 - typed * 4 // max(len(words), 1))
    return least
