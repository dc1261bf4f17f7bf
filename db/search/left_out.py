"""Records that have all of a text but some words: usual ones, those that no record has, or any single one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from db.search.asking import without_post
from db.search.expressions import all_words
from db.search.match import ACRONYM, AS_TYPED, EXACT, FUZZY_PLACE, OWN, reading
from db.search.rank import Ranked
from db.search.said_otherwise import said_otherwise
from db.search.so_far import ENOUGH, MOST_UNSURE_OF_FEW, Attempt, SoFar
from db.search.text import STOP_WORDS, USUAL_WORDS
from db.search.text import readings as spelt

_MOST_WORDS = 8
"""Words of a text up to which one may be left out; of two only beside a whole name."""
_VERY_FEW = 3
"""Records that are shown where but one word that was not left out is no usual one."""


def without_usual_words(so_far: SoFar, has_left_out: Callable[[], bool]) -> None:
    """Look for the text without words that many names have and this one may not: `Navigo NHS trust`."""
    if so_far.found or has_left_out():
        return
    readings = []
    for text in so_far.query.readings:
        words = text.split()
        kept = [word for word in words if word not in USUAL_WORDS]
        if kept and len(kept) < len(words):
            readings.append(reading(" ".join(kept), len(words) - len(kept)))
    if readings:
        so_far.attempt(Attempt(readings, so_far.alike(readings, 2), one_word=True))


def without_unknown_words(so_far: SoFar, has_left_out: Callable[[], bool]) -> None:
    """Where nothing else is found, add the few records whose names hold all words but those that none has.

    A post that is told of nobody is left out likewise.
    """
    for text in dict.fromkeys(reversed(so_far.query.readings)):
        words = [word for word in dict.fromkeys(text.split()) if word not in STOP_WORDS]
        if so_far.found or so_far.query.phrases or len(words) < 2 or has_left_out():
            return
        unknown = [word for word in words if not so_far.vocabulary().begins(word)]
        kept, post = without_post(" ".join(word for word in words if word not in unknown))
        if not (unknown or post) or len(unknown) >= len(kept.split()) or USUAL_WORDS.issuperset(kept.split()):
            continue
        readings = [reading(one, len(unknown) + bool(post)) for one in spelt(kept)]
        so_far.attempt(Attempt(readings, AS_TYPED))
        named = {one: made for one, made in so_far.found.items() if made.sureness.where < FUZZY_PLACE}
        so_far.found = named if len(named) <= ENOUGH else {}
        so_far.words_left_out = (*unknown, *([post] if post else ())) if so_far.found else ()


def without_one_word(so_far: SoFar, has_left_out: Callable[[], bool]) -> None:
    """Where nothing else is found, add the few records that hold all words but one: `hexham hospital ward`.

    Of several such words it is the one without which the best record is found, or else the fewest are; of two words,
    the one beside the whole name of a record: `navigo grimsby`.
    No code is left out, nor any word while the last one is unfinished or beside filters and phrases.
    """
    query = so_far.query
    words = [word for word in dict.fromkeys(query.readings[-1].split()) if word not in STOP_WORDS]
    may_lack = not so_far.found and not query.phrases and not query.filters
    if not (may_lack and 2 <= len(words) <= _MOST_WORDS) or not so_far.vocabulary().has(words[-1]) or has_left_out():
        return
    choices = []
    for left in words:
        found = _holding(so_far, [one for one in words if one != left]) if left.isalpha() else {}
        if found:
            choices.append((min(one.order for one in found.values()), len(found), left, found))
    if choices:
        _, _, left, so_far.found = min(choices, key=lambda one: one[:2])
        so_far.words_left_out = (left,)


def _holding(so_far: SoFar, words: Sequence[str]) -> dict[int, Ranked]:
    """Return what holds all those words, in names where any does; nothing where that is much or all are usual.

    A single one must be a whole name of what holds it, and one that few hold.
    """
    unusual = len(USUAL_WORDS.union(words)) - len(USUAL_WORDS)
    if not unusual or (len(words) == 1 and so_far.begun.uses(words) > ENOUGH):
        return {}
    asks = so_far.query.asks
    texts = list(dict.fromkeys(spelt(" ".join(words))))
    texts += [other for one in texts for other in said_otherwise(one) if other not in texts]
    readings = [reading(one, int(len(words) > 1), asks=asks) for one in texts]
    ids = so_far.index.found_by([all_words(one.text, so_far.begun) for one in readings], "", MOST_UNSURE_OF_FEW + 1)
    if len(ids) > MOST_UNSURE_OF_FEW:
        return {}
    so_far.compare(ids, readings)
    found, so_far.found = so_far.found, {}
    if len(words) == 1:
        found = {one: made for one, made in found.items() if _is_named_so(made)}
    elif not asks:
        named = {one: made for one, made in found.items() if made.sureness.where < FUZZY_PLACE}
        found = named or found
    return found if len(found) <= (ENOUGH if unusual > 1 else _VERY_FEW) else {}


def _is_named_so(made: Ranked) -> bool:
    """Whether a text is the whole of a name that a record has itself."""
    return made.sureness.kind in (EXACT, ACRONYM) and made.sureness.where == OWN and bool(made.sureness.name)
