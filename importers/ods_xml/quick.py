"""Records in the very form that releases are written in, made rows without a parser.

A record of a known form is sound XML, and its rows are those that `organisation`, `Speaker` and `pack` would make of
it, which takes several times as long. Whatever is written otherwise is left to them.
"""

from __future__ import annotations

from math import inf
from typing import Any, NamedTuple

from db.packing import STATUSES, Packed, distinct, found_by, merged, opens, verbatim_code
from db.search.told import TIED_KINDS
from db.told import Known
from importers.ods_xml.expressions import OtherwiseError, Pieces
from importers.ods_xml.forms import Form, Forms, LinkForm, RoleForm
from importers.ods_xml.locations import NOWHERE, place_of, text_of
from importers.ods_xml.meaning import kind_and_type, status, tie
from importers.ods_xml.organisation import LONGEST, Dates, Role
from importers.ods_xml.phases import earlier_types
from importers.ods_xml.saying import Speaker
from importers.ods_xml.shapes import Shapes
from importers.ods_xml.values import date_of, day_of, key_of, own_key
from importers.readable_case import readable
from importers.status import ended, link_status

_NAME, _NAME_END, _LOCATION, _LOCATION_END = b"<Name>", b"</Name>", b"<Location>", b"</Location>"
_PAST = STATUSES["past"]
_ROLE_UNTIL = 4
_LINK_UNTIL, _LINK_STATUS = 4, 7

Row = tuple[Any, ...]


class Cut(NamedTuple):
    """A record cut where its values are."""

    form: Form
    pieces: Pieces
    name: str
    location: str | None
    """What is within the location."""
    key: str
    days: list[bytes | None]
    """Dates of the record, as in `Item.days`."""
    start: int
    """The day on which the record opened, 0 where unknown."""


class Quick:
    """Reads the records of one release."""

    def __init__(self, speaker: Speaker, known: Known) -> None:
        self._speaker = speaker
        self._known = known
        self._today = day_of(speaker.today.encode()) if speaker.today else None
        self._shapes: Shapes[Form] = Shapes(Forms(speaker).make)

    def cut(self, record: bytes) -> Cut:
        """Cut a record, given without its closing tag; raises `OtherwiseError` where a parser has to.

        `record` is UTF-8 and may hold no control characters other than white space.
        """
        begin = record.find(_NAME) + 6
        end = record.find(_NAME_END, begin)
        place = record.find(_LOCATION, end) + 10
        if place < 10:
            form, pieces = self._shapes.cut(record[:begin] + record[end:])
            location = None
        else:
            stop = record.find(_LOCATION_END, place)
            form, pieces = self._shapes.cut(record[:begin] + record[end:place] + record[stop:])
            location = record[place:stop].decode()
        name = record[begin:end].decode()
        if "<" in name or "]]>" in name or not (name := text_of(name)) or len(name) > LONGEST:
            raise OtherwiseError
        code, *days = form.head(pieces)
        return Cut(form, pieces, name, location, own_key(code), days, day_of(days[0]) or 0)

    def packed(self, cut: Cut, line: int, digest: int) -> Packed:
        """The fields of a `PackedTold`; raises `OtherwiseError`."""
        form, pieces, name, location, key, days, _ = cut
        dates = [*map(date_of, days)]
        state = status(form.active, dates[0], dates[1], dates[3], self._speaker.today)
        is_open = opens(state, dates[1], self._known.opens)
        roles = [(*row, *map(day_of, get(pieces))) for row, get in form.roles]
        kind, named = self._kind_and_type(form, roles)
        shown = readable(name)
        verbatim = verbatim_code(shown, name if shown != name else None)
        place, uprn = place_of(location) if location is not None else (NOWHERE, "")
        facts = _facts(form, pieces, named, uprn)
        links, ids = self._links(form, pieces) if form.links else ((), form.ids)
        found = None
        if kind not in TIED_KINDS:
            found = found_by(kind, named, state, is_open, shown, verbatim, place, facts, ids, self._known.labels)
        return (
            line,
            digest,
            key,
            (kind, named, shown, state, is_open, *dates, *place),
            verbatim,
            distinct(roles),
            facts,
            links,
            self._successions(form, pieces, key) if form.successions else (),
            found,
        )

    def _kind_and_type(self, form: Form, roles: list[Row]) -> tuple[str, str | None]:
        force: tuple[bool, ...] = ()
        if form.ends:
            force = tuple([not ended(row[_ROLE_UNTIL], self._today) for row in roles])
        found = form.kinds.get(force)
        if found is None:
            lasting = force or (True,) * len(roles)
            held = frozenset(role.id for role, here in zip(form.roles, lasting, strict=True) if role.active and here)
            found = form.kinds[force] = kind_and_type(form.held, held, form.site, self._speaker.names)
        return found

    def _links(self, form: Form, pieces: Pieces) -> tuple[tuple[Row, ...], frozenset[str]]:
        """Every relationship, what holds now first, as `Speaker` has them; and the roles by which a record is found."""
        today, ids = self._today, form.ids
        rows: list[Row] = []
        is_sorted = True
        for link in form.links:
            name, role, active, get, _, _ = link
            code, start, end, legal_start, legal_end = get(pieces)
            since, until = day_of(start), day_of(end)
            if name is None:
                name, role = self._timely(link, date_of(start) or date_of(legal_start))
                ids = ids.union((role,)) if role else ids
            state = STATUSES[link_status(active, since, until, today)]
            if until is not None or state == _PAST:
                is_sorted = False
            rows.append((name, key_of(code), role, since, until, day_of(legal_start), day_of(legal_end), state))
        if not is_sorted:
            rows.sort(key=_latest_first)
        return merged(rows), ids

    def _timely(self, link: LinkForm, begun: str | None) -> tuple[str, str | None]:
        found = tie(link.id, link.target_role, begun, link.active, self._speaker.names)
        if found is None:
            raise OtherwiseError
        return found.type, found.role

    def _successions(self, form: Form, pieces: Pieces, own: str) -> tuple[Row, ...]:
        """Every succession but that to itself, as `Speaker` has them."""
        found: dict[Row, None] = {}
        for forward, get in form.successions:
            code, legal, operational = get(pieces)
            key = key_of(code)
            since = day_of(legal)
            if since is None:
                since = day_of(operational)
            planned = link_status(True, since, None, self._today) == "planned"
            state = STATUSES["planned"] if planned else None
            if key != own:
                found[forward, "succeeded-by", key, None, None, None, since, None, state] = None
        return tuple(found)


def _facts(form: Form, pieces: Pieces, named: str | None, uprn: str) -> tuple[Row, ...]:
    facts: list[Row] = []
    if form.telling:
        facts += map(tuple, earlier_types([_role(role, pieces) for role in form.roles], named))
    if uprn:
        facts.append(("uprn", uprn, None))
    for name, place in form.contacts:
        text = (pieces[place] or b"").decode()
        if "\n" in text or "\t" in text or "\r" in text:
            raise OtherwiseError
        if text := text.strip():
            facts.append((name, None, text))
    return tuple(facts) if len(facts) < 2 else tuple(dict.fromkeys(facts))


def _role(role: RoleForm, pieces: Pieces) -> Role:
    return Role(role.id, role.primary, Dates(*map(date_of, role.days(pieces))), role.active)


def _latest_first(row: Row) -> tuple[bool, float]:
    until = row[_LINK_UNTIL]
    return row[_LINK_STATUS] == _PAST, -inf if until is None else -until
