"""The order of results, the score that goes with it, and the words that explain both."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from db.results import KINDS_OF_MATCH
from db.search.candidates import SearchIndex
from db.search.layout import FIRST, PLACEHOLDER, level, of_kind, openness
from db.search.match import (
    ACRONYM,
    EXACT,
    FUZZY,
    MORE,
    OWN,
    OWN_NAMES,
    PLACE,
    PREFIX,
    SUBSTRING,
    WHOLLY_UNTYPED,
    WORD,
    Sureness,
)
from db.search.memory import SearchText, Shown
from db.search.text import LONGEST


class Ranked(NamedTuple):
    """A record with how it matches; sorting by `order` puts the best first."""

    order: tuple[int, ...]
    candidate: SearchText
    sureness: Sureness


_SIGNS = (
    ("a surer kind of match", "kind"),
    ("documents after the records they speak of", "document"),
    ("who holds the role that is asked for", "lacks_role"),
    ("its own words, not those of a record it is tied to", "by_tie"),
    ("fewer typing errors", "errors"),
    ("more of the text is in its names and its place", "near"),
    ("not closed before closed", "closed"),
    ("public bodies and hospitals first, places and codes of bodies last", "level"),
    ("more of its name accounts for the text", "where"),
    ("the words make up more of its name", "apart"),
    ("likelier typing errors", "unusual"),
    ("open before unknown before closed", "openness"),
    ("whole words before unfinished ones", "unfinished"),
    ("a shorter name", "length"),
    ("run by a body that is open", "run"),
    ("more links", "links"),
)
"""What decides, in this order; the words say why one result stands before another."""
CLOSED, OPENNESS, _LENGTH = map([name for _, name in _SIGNS].index, ("closed", "openness", "length"))
"""Places in the order of whether the record has closed, and of whether it is open."""
_LINKS_COUNTED = 1000
_WHERE, _APART, _UNUSUAL = 8, 5, 4
"""How many values these signs may have."""
_SAID_OF_PLACES = {EXACT: OWN_NAMES, ACRONYM: OWN, WORD: PLACE}
"""Where the words of each kind of match are found in a hospital that is meant before who runs it."""
_DOCUMENT, _PREMISES = of_kind("document"), of_kind("site")
_LAST = (FUZZY, 1, 1, 1, 7, _WHERE * _APART * _UNUSUAL - 1, 1, PLACEHOLDER, 7, 4, 3, 2)
"""How a placeholder stands in the order, though its code is what was typed: behind whatever is described."""


def ranked(candidate: SearchText, found: Sureness) -> Ranked:
    """Return a match with its place in the order; how many links a record has is told later, where it matters."""
    kind, lacks_role, by_tie, errors, where, apart, unusual, unfinished, length, _, _ = found
    number = candidate.id
    likely, is_open = level(number), openness(number)
    if likely == PLACEHOLDER:
        return Ranked((*_LAST, int(unfinished), length), candidate, found)
    is_past = is_open > 1
    if kind == EXACT and where == OWN_NAMES and is_past:
        # What it was called is as sure as words of its name: public bodies that are open and have them come first.
        kind, found, is_past = WORD, found._replace(kind=WORD), False
    if where <= _SAID_OF_PLACES.get(kind, -1) and is_open == 1 and likely == FIRST and _PREMISES in candidate.more:
        # The place that is called so is meant before who runs it, though its list does not tell whether it is open.
        is_open = 0
    if unusual >= _UNUSUAL:
        unusual = _UNUSUAL - 1
    near = 0 if where < MORE else 1 + (apart == WHOLLY_UNTYPED)
    if kind >= SUBSTRING:
        # How near a misspelt name is tells more than who has it.
        near = (where * _APART + apart) * _UNUSUAL + unusual
    elif kind == ACRONYM:
        near = where
    return Ranked(
        (
            kind, int(_DOCUMENT in candidate.more), lacks_role, int(by_tie), errors if errors < 7 else 7, near,
            int(is_past), likely, where, apart, unusual, is_open if is_open < 2 else 2, int(unfinished), length,
        ),
        candidate, found,
    )  # fmt: skip


def meant_though_closed(one: Ranked) -> Ranked:
    """Return a closed match as it stands where nothing open of its importance has the words: as if it were open."""
    order = list(one.order)
    if one.sureness.kind == WORD and one.sureness.where == OWN_NAMES and one.sureness.name:
        order[0], one = EXACT, one._replace(sureness=one.sureness._replace(kind=EXACT))
    order[CLOSED] = 0
    return one._replace(order=tuple(order))


def behind_initials(one: Ranked) -> Ranked:
    """Return a match by a code as it stands behind all that have the text as given initials."""
    order = list(one.order)
    order[0], order[_LENGTH] = ACRONYM, LONGEST
    return one._replace(order=tuple(order))


def in_order(index: SearchIndex, matches: Sequence[Ranked], limit: int) -> tuple[list[Ranked], dict[int, Shown]]:
    """Return the matches, the best first, with what is shown of the first `limit`.

    Those alike in everything else stand by who runs them, links, then key; beyond `limit` that is not looked into.
    """
    listed = sorted(matches, key=order)
    end = min(limit, len(listed))
    while 0 < end < len(listed) and listed[end].order == listed[end - 1].order:
        end += 1
    shown = index.shown(one.candidate.record_id for one in listed[:end])
    orders = Counter(one.order for one in listed[:end])
    links = _links(index, [one.candidate.record_id for one in listed[:end] if orders[one.order] > 1])
    listed[:end] = sorted(
        (Ranked((*one.order, *links.get(one.candidate.record_id, (1, 0))), *one[1:]) for one in listed[:end]),
        key=lambda one: (one.order, shown[one.candidate.record_id].key),
    )
    return listed, shown


def order(one: Ranked) -> tuple[int, ...]:
    """Return what puts the best match first."""
    return one.order


def _links(index: SearchIndex, record_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Return whether no open body runs a site, and less the number of a record's links, that of a hub cut short."""
    kept = index.memory.links
    record_ids = [one for one in record_ids if one not in kept]
    if not record_ids:
        return kept
    ends = (
        f"(SELECT count(*) FROM (SELECT 1 FROM link WHERE {end} = r.id LIMIT ?1))" for end in ("source_id", "target_id")
    )
    numbers = ",".join(map(str, record_ids))
    sql = f"SELECT r.id, NOT ({_IS_RUN}), -({' + '.join(ends)}) FROM record r WHERE r.id IN ({numbers})"
    kept.update((number, (run, links)) for number, run, links in index.conn.execute(sql, (_LINKS_COUNTED,)))
    return kept


_IS_RUN = """
r.kind = 'site' AND EXISTS (SELECT 1 FROM link l JOIN link_type y ON y.id = l.type_id JOIN record o
 ON o.id = l.target_id WHERE l.source_id = r.id AND y.name = 'operated-by'
  AND (o.open OR (o.open IS NULL AND o.type IS NOT NULL)))"""
"""SQL: whether `r` is a site that a body runs which is open, or of which a list tells what it is and not that it is."""
_BANDS = ((100.0, 100.0), (95.0, 98.0), (90.0, 94.0), (80.0, 89.0), (60.0, 79.0), (45.0, 59.0), (5.0, 44.0))
"""Lowest and highest score of each kind of match."""


_CHOICES = (
    (2, "document"), (4, "lacks_role"), (2, "by_tie"), (8, "errors"), (3, "near"), (2, "closed"), (4, "level"),
    (_WHERE, "where"), (_APART, "apart"), (_UNUSUAL, "unusual"), (3, "openness"),
)  # fmt: skip
"""How many values each sign may have that makes one match better than another; the rest only settles their order."""


def score(one: Ranked) -> float:
    """Return 0 to 100: equal for matches that are equally good, and never higher for one that ranks lower."""
    return _score(one.order[: len(_CHOICES) + 1])


@lru_cache(maxsize=1024)
def _score(order: tuple[int, ...]) -> float:
    low, high = _BANDS[order[0]]
    share, width = 0.0, 1.0
    for (choices, name), value in zip(_CHOICES, order[1:], strict=True):
        width /= _WHERE * _APART * _UNUSUAL if name == "near" and order[0] >= SUBSTRING else choices
        share += value * width
    return round(high - (high - low) * share, 4)


def explanation(one: Ranked, following: Ranked | None, key: str, words: str) -> str:
    """Return why a result is where it is: how it matched, and what put it before the `following` one, of that key."""
    found = one.sureness
    said = [words]
    if found.errors:
        said.append(f"{found.errors} typing error{'s' if found.errors > 1 else ''} assumed")
    if found.by_tie:
        said.append("with words of records it is tied to")
    said.append(("open", "not known whether open", "closed", "closed")[openness(one.candidate.id)])
    if following is not None:
        said.append(f"before {key}: {_decided(one, following)}")
    return "; ".join(said)


def _decided(one: Ranked, following: Ranked) -> str:
    if level(following.candidate.id) == PLACEHOLDER:
        return "what is described before codes that others point with"
    differing = {
        name: (words, mine, theirs)
        for (words, name), mine, theirs in zip(_SIGNS, one.order, following.order, strict=False)
        if mine != theirs
    }
    if one.sureness.kind >= SUBSTRING and next(iter(differing), "") == "near":
        differing = {name: differing[name] for name in ("where", "apart", "unusual") if name in differing}
    for name, (words, mine, theirs) in differing.items():
        if name == "kind":
            return f"{KINDS_OF_MATCH[mine]} is surer than {KINDS_OF_MATCH[theirs]}"
        if name == "near" and one.sureness.kind == ACRONYM:
            return "a given acronym before one made of initials"
        if name == "apart" and one.sureness.kind == PREFIX:
            return "the hospital before who runs it"
        if name == "where" and one.sureness.kind < WORD:
            return "a name of its own before what people call it"
        return words
    return "alike in all else, in the order of keys"
