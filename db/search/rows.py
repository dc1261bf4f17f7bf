"""What the index holds of each record, made from what is known of it: the same for one record as for all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from db.parameters import chunks
from db.search.called import (
    area_of_council,
    as_nhs,
    called,
    in_full,
    nicknames,
    with_care,
    with_initials,
    without_article,
)
from db.search.companies import called_by_brand
from db.search.hospitals import named_after_hospitals, of_town, said_of_town, with_town
from db.search.layout import (
    APART,
    CALLED,
    HIDDEN,
    IMPLIED,
    MARK,
    NEARBY,
    PLACE_OF,
    PLAIN_ROLES,
    RECORD_BITS,
    SHORT,
    USUAL,
    WITHIN,
    facets,
    first_words,
    names_in,
    words_in,
)
from db.search.record_texts import (
    NO_TYPE,
    PLACE_FACTS,
    UNSAID,
    RecordTexts,
    TypeWords,
    is_tied,
    texts_of,
    types_known,
)
from db.search.text import address_words, expanded, forms, initials, place_words, plain, squashed

_WITH_INITIALS = frozenset(("organisation", "arrangement"))


class SearchRow(NamedTuple):
    """A row of `_search_text`, with the records whose names it holds."""

    rank: int
    record_id: int
    own: str
    initials: str
    place: str
    more: str
    tied: str = ""
    ties: tuple[int, ...] = ()

    @property
    def id(self) -> int:
        """The row's id in the full-text index."""
        return self.rank << RECORD_BITS | self.record_id

    def full_text(self) -> tuple[int, str, str, str, str, str, str]:
        """Return the values of the row in the full-text index, its id first."""
        return (self.id, self.own, first_words(self.own), self.initials, self.place, self.more, self.tied)

    def words(self) -> Iterator[str]:
        """Return the words that typing errors are measured against, each once for each column that has it."""
        for words in (words_in(self.own), self.place.split(), self.more.split(), self.tied.split()):
            yield from (word for word in set(words) if word[0] != MARK[0])


def make_rows(conn: sqlite3.Connection, record_ids: Sequence[int]) -> Iterator[SearchRow]:
    """Return the index rows of those records that exist, in the order of their numbers in each batch."""
    types, given = types_known(conn), nicknames(conn)
    for some in chunks(record_ids):
        for told in texts_of(conn, some, types, given):
            yield _row(told, types)


def _row(told: RecordTexts, types: Mapping[str, TypeWords]) -> SearchRow:
    kind_type = types.get(told.type or "", NO_TYPE)
    number, own, acronyms, place, more = own_text(
        told.kind, kind_type, told.open, told.names, told.town, told.county, told.postcode, told.summary, told.texts,
        usual_words(told.kind, told.type, told.status, frozenset(told.roles), kind_type.words),
        [*told.places, *sorted({*told.towns, *told.nearby} - {told.town})],
    )  # fmt: skip
    # What a council is called by a town of its area tells nothing of the area's own name.
    names = [name for name, kind in told.names if kind != "nickname" or not area_of_council(name)]
    if told.is_independent:
        number = rank(USUAL, told.kind, told.open, names[0])
    in_area: list[str] = []
    if told.areas:
        said = kind_type.sorts if told.is_called else (plain(names[0]),)
        in_area = [expanded(f"{area} {one}") for area in told.areas for one in said]
    if told.is_called:
        own = APART.join(dict.fromkeys((*own.split(APART), *as_nhs(names))))
        own = _with_called(
            own, [*called(names, told.towns, told.open, kind_type.sorts), *with_initials(names, kind_type.sorts)]
        )
        own = _with_called(own, [plain(one) for one in told.nearby] if told.open else (), NEARBY)
        implied = [*(spelt for one in told.inherited for spelt in forms(one)), *with_care(names[0], told.texts)]
        own = _with_called(own, implied if told.open else (), IMPLIED)
        own = _with_called(own, _with_town(told, acronyms.split()))
        own = _behind_hospitals(told, own)
    elif told.kind == "arrangement":
        own = _with_called(own, [*without_article(names), *with_initials(names, kind_type.sorts)])
        if kind_type.by_area:
            own = _with_called(own, in_full(names, kind_type.sorts))
    elif told.brands:
        own = _with_called(own, called_by_brand(told.brands))
    elif is_tied(told.kind, told.type):
        own = _with_called(own, without_article(names))
        if told.kind == "site":
            own = _with_called(own, of_town(names, told.town) if told.is_acute else ())
            own = _with_called(own, with_town(names, told.town))
            made = {one for name in names for one in initials(expanded(plain(name)))}
            acronyms = _joined({*acronyms.split(), *made})
            own = _with_called(own, _with_town(told, acronyms.split()))
    if told.kind != "organisation" or told.open != 0:
        # The area of a board that has closed is that of those that came after it.
        own = _with_called(own, list(dict.fromkeys(in_area)), WITHIN)
    tied = _tied(told) if told.ties is not None else ""
    return SearchRow(number, told.id, own, acronyms, place, more, tied, tuple(told.ties or ()))


def _behind_hospitals(told: RecordTexts, own: str) -> str:
    """Return the spellings of a body's names, what is a name of its hospital under the mark of what is not its own.

    But for towns, of which the body is meant.
    """
    listed = {name: mark for name, mark in names_in(own) if mark in ("", CALLED)}
    said = listed.keys() - {form for town in (*told.towns, *told.nearby) for form in forms(town)}
    theirs = {f"{listed[one]}{one}" for one in named_after_hospitals(said, told.names[0][0], told.hospitals)}
    return APART.join(f"{PLACE_OF}{one.removeprefix(CALLED)}" if one in theirs else one for one in own.split(APART))


def _with_town(told: RecordTexts, acronyms: Iterable[str]) -> list[str]:
    """Return what a body or hospital is called for short, each with its town: `jimmys leeds`, `geh nuneaton`."""
    short = dict.fromkeys([*(plain(name) for name, kind in told.names if kind == "nickname"), *acronyms])
    return [f"{one} {town}" for one in short for town in said_of_town(told.town or "")]


def own_text(
    kind: str, type: TypeWords, is_open: int | None, names: Sequence[tuple[str, str]], town: str | None,
    county: str | None, postcode: str | None, summary: str | None, texts: Sequence[str], more: str,
    places: Sequence[str] = (),
) -> tuple[int, str, str, str, str]:  # fmt: skip
    """Return rank, names, initials, place and other words of a record, from what is known of itself alone.

    `names` has the name it is shown by first, each with its kind; `texts` its facts but those of
    `record_texts.UNSAID`; `more` what `usual_words` returns.
    """
    own, acronyms = _names(names, kind)
    if summary or texts:
        more = _once(more, *_pieces(summary), *_pieces(" ".join(texts)))
    return (
        rank(type.level(kind), kind, is_open, names[0][0]), own, acronyms, _place(town, county, postcode, places), more,
    )  # fmt: skip


def plain_text(
    kind: str, type_name: str | None, status: str | None, is_open: int | None, names: Sequence[tuple[str, str]],
    facts: Iterable[tuple[str, object, str | None]], roles: Iterable[str], town: str | None, county: str | None,
    postcode: str | None, kind_type: TypeWords,
) -> tuple[int, str, str, str, str]:  # fmt: skip
    """Return what `own_text` does of a record that takes nothing of what others say, nor has a summary.

    `facts` are properties with values and texts, `roles` those of links.
    """
    listed = list(facts)
    said = [(about, value if text is None else text) for about, value, text in listed if about not in UNSAID]
    places = [text for about, text in said if about in PLACE_FACTS and isinstance(text, str)]
    texts = [text for about, text in said if about not in PLACE_FACTS and isinstance(text, str)]
    own = [value for about, value, _ in listed if about == "ods-role" and isinstance(value, str)]
    more = usual_words(kind, type_name, status, frozenset((*own, *roles)), kind_type.words)
    return own_text(kind, kind_type, is_open, names, town, county, postcode, None, texts, more, places)


@lru_cache(maxsize=4096)
def usual_words(kind: str, type: str | None, status: str | None, roles: frozenset[str], words: str) -> str:
    """Return the words by which records of one sort are found: what filters ask for, the name of its type, its roles.

    `roles` are those of the ODS (`RO177`) and of its links; `words` is what `types_known` has for the type.
    """
    listed = tuple(sorted(roles))
    name = plain(words or type) if type else ""
    played = [plain(role) for role in listed if role[:2] != "RO" and role not in PLAIN_ROLES]
    return _once(facets(kind, type, status, listed), name, *played)


def rank(level: int, kind: str, is_open: int | None, name: str) -> int:
    """Return what puts a record before others that match as well: openness, then `layout.level`, then a short name."""
    if is_open:
        openness = 0
    elif is_open is None:
        openness = 1
    else:
        openness = HIDDEN if kind in ("organisation", "site") else 2
    return openness << 6 | level << 4 | min(len(name) // 4, 15)


def _names(names: Sequence[tuple[str, str]], kind: str) -> tuple[str, str]:
    """Return all spellings of a record's names, one after the other, and the acronyms it goes by."""
    first, first_kind = names[0]
    others = _others(names, first.lower(), first_kind) if len(names) > 1 else []
    if not others and first_kind != "acronym":
        return _single(first, kind in _WITH_INITIALS)
    spellings: dict[str, None] = {}
    acronyms: set[str] = set()
    for name, short in dict.fromkeys((name, name_kind == "acronym") for name, name_kind in (names[0], *others)):
        spelt = forms(name)
        spellings.update(dict.fromkeys(f"{SHORT}{form}" if short else form for form in spelt))
        if short and spelt:
            acronyms.add(squashed(spelt[-1]))
        elif kind in _WITH_INITIALS:
            acronyms.update(*map(initials, spelt))
    return APART.join(spellings), _joined(acronyms)


def _with_called(own: str, names: Sequence[str], mark: str = CALLED) -> str:
    """Return the spellings of a record's names with what people call it besides, under a mark."""
    known = set(own.split(APART))
    return APART.join([own, *(f"{mark}{name}" for name in names if known.isdisjoint((name, f"{CALLED}{name}")))])


@lru_cache(maxsize=16384)
def _single(name: str, with_initials: bool) -> tuple[str, str]:
    """What `_names` returns of a single name, which in lists of premises is often that of many."""
    spelt = forms(name)
    found = {acronym for form in spelt for acronym in initials(form)} if with_initials else ()
    return APART.join(spelt), _joined(found)


def _others(names: Sequence[tuple[str, str]], lower: str, kind: str) -> list[tuple[str, str]]:
    """Return the names that differ from the first in more than case."""
    return [one for one in names[1:] if one[1] != kind or one[0].lower() != lower]


def _joined(acronyms: Iterable[str]) -> str:
    return " ".join(sorted(acronyms)) if acronyms else ""


def _tied(told: RecordTexts) -> str:
    """Return the words in names of the records it is tied to."""
    return _once(*(form for name in told.tied for form in forms(name)))


def _place(town: str | None, county: str | None, postcode: str | None, others: Sequence[str]) -> str:
    words = address_words(town, county, postcode)
    return f"{words} {place_words(*others)}".strip() if others else words


def _pieces(text: str | None) -> Iterator[str]:
    """Return a long text in plain words, piece by piece, because a single name is cut."""
    for words in chunks((text or "").split()[:400], 20):
        piece = plain(" ".join(words))
        yield piece
        yield expanded(piece)


def _once(*texts: str) -> str:
    return " ".join(dict.fromkeys(word for text in texts for word in text.split()))
