"""What is told of a record as rows of the register: made where it is read, numbered where it is written.

Everything here is plain tuples, numbers and text, which one process hands to another as they are. Pure functions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from db.search.rows import own_text, usual_words
from db.search.told import TIED_KINDS, UNSAID
from db.told import Known, LinkTold, RoleTold, Told

Packed = tuple[Any, ...]
"""The fields of `PackedTold`, a plain tuple because only those travel between processes."""

MOST = 4_000
"""The most roles, facts or links of one record that are packed: their places share a number with the record's."""
BOTH_WAYS = frozenset({"succeeded-by"})
"""Link types that either end may state, so that one link may be told twice."""
STATUSES = {"past": 0, "current": 1, "planned": 2}
_STATUS_WORDS = {number: word for word, number in STATUSES.items()}
_EPOCH = date(1970, 1, 1).toordinal()


class PackedTold(NamedTuple):
    """Rows without ids. Codes of roles, properties and link types are words still."""

    line: int
    digest: int
    key: str
    record: tuple[Any, ...]
    """Columns of `RECORD`."""
    verbatim: str | int | None
    roles: tuple[tuple[Any, ...], ...]
    """Role and label as `called` joins them, then the columns of `told_role` from `main` on."""
    facts: tuple[tuple[Any, ...], ...]
    """Property, value, text."""
    links: tuple[tuple[Any, ...], ...]
    """Type and target, then the columns of `told_link` from `role` to `status`."""
    crossing: tuple[tuple[Any, ...], ...]
    """Links that either end may state: whether outward, then as in `links`."""
    found_by: tuple[int, str, str, str, str] | None
    """What the search index holds of it, None where that takes what others say as well."""


RECORD = (
    "kind", "type", "name", "status", "open", "opened", "closed", "legal_opened", "legal_closed", "address", "town",
    "postcode", "county", "country",
)  # fmt: skip
"""The columns of table `record` that a told record fills, beside id, key and placeholder."""
_OPEN, _ADDRESS = RECORD.index("open"), RECORD.index("address")


class UnpackableError(Exception):
    """What is told does not fit the compact tables, and is said as a statement instead."""


@lru_cache(maxsize=65536)
def day(text: str) -> int:
    """Return a whole date as days from 1970-01-01; raises UnpackableError for a partial one, and for the year 0."""
    if len(text) != 10 or text[0] == "X" or text[:4] == "0000":
        raise UnpackableError
    return date.fromisoformat(text).toordinal() - _EPOCH


def as_date(days: int | None) -> str | None:
    """Return the date that `day` made a number of."""
    return None if days is None else date.fromordinal(days + _EPOCH).isoformat()


def as_status(number: int | None) -> str | None:
    """Return the status of a link that `STATUSES` made a number of."""
    return None if number is None else _STATUS_WORDS[number]


def verbatim_code(name: str, verbatim: str | None) -> str | int | None:
    """Return how a source's spelling is kept beside the name: 1 where it is the name in capitals."""
    if verbatim is None:
        return None
    return 1 if name.isascii() and name.upper() == verbatim else verbatim


def verbatim_text(name: str, code: str | int | None) -> str | None:
    """Return the spelling that `verbatim_code` made a code of."""
    return name.upper() if code == 1 else None if code is None else str(code)


def pack(told: Told, digest: int, known: Known) -> Packed:
    """Return the fields of a `PackedTold`. Raises UnpackableError."""
    if max(len(told.roles), len(told.facts), len(told.links)) > MOST:
        raise UnpackableError
    crossing: list[LinkTold] = []
    links: list[LinkTold] = []
    for link in told.links:
        if link.type in BOTH_WAYS:
            crossing.append(link)
        elif link.outward:
            links.append(link)
        else:
            raise UnpackableError
    record = _record(told, known.opens)
    verbatim = verbatim_code(told.name, told.verbatim)
    facts: tuple[tuple[Any, ...], ...] = tuple(dict.fromkeys(map(tuple, told.facts)))
    ids = frozenset([role.id for role in told.roles]).union(
        [link.role for link in told.links if link.role is not None and link.outward]
    )
    found = None
    if told.kind not in TIED_KINDS:
        where, is_open = record[_ADDRESS:], record[_OPEN]
        labels = known.labels
        found = found_by(told.kind, told.type, told.status, is_open, told.name, verbatim, where, facts, ids, labels)
    return (
        told.line,
        digest,
        told.key,
        record,
        verbatim,
        distinct([_role(role) for role in told.roles]),
        facts,
        merged([_link(link) for link in links]),
        tuple([(link.outward, *_link(link)) for link in crossing]),
        found,
    )


def found_by(
    kind: str, type: str | None, status: str | None, is_open: int | None, name: str, verbatim: str | int | None,
    where: Sequence[str | None], facts: Sequence[Sequence[Any]], roles: frozenset[str], labels: Mapping[str, str],
) -> tuple[int, str, str, str, str]:  # fmt: skip
    """Return what the search index holds of a record; `where` are the columns of its address, `roles` all ids."""
    names = [(name, "official")]
    if isinstance(verbatim, str):
        names.append((verbatim, "official"))
    texts = [text or value or "" for name_of, value, text in facts if name_of not in UNSAID] if facts else ()
    _, town, postcode, county, _ = where
    more = usual_words(kind, type, status, roles, labels.get(type or ""))
    return own_text(kind, type, is_open, names, town, county, postcode, None, texts, more)


def opens(status: str | None, closed: str | None, known: Mapping[str, bool | None]) -> int | None:
    """Return whether a record is open by its status, or by its end where it has none; `known` as in `Known.opens`."""
    if status is None:
        return 0 if closed else None
    is_open = known.get(status)
    return None if is_open is None else int(is_open)


def _record(told: Told, known: Mapping[str, bool | None]) -> tuple[Any, ...]:
    address = told.address
    place: tuple[str | None, ...] = (None,) * 5
    if address is not None:
        place = ("\n".join(address.lines), address.town, address.postcode, address.county, address.country)
    return (
        told.kind, told.type, told.name, told.status, opens(told.status, told.closed, known), told.opened,
        told.closed, told.legal_opened, told.legal_closed, *place,
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _days(*dates: str | None) -> tuple[int | None, ...]:
    return tuple([None if text is None else day(text) for text in dates])


def _role(role: RoleTold) -> tuple[Any, ...]:
    name, label, primary, active, *dates = role
    return (called(name, label), int(primary), int(active), *_days(*dates))


def called(role: str, label: str) -> str:
    """Return a role and what it is called as one text."""
    return f"{role} {label}"


def parted(text: str) -> tuple[str, str]:
    """Return what `called` joined."""
    role, _, label = text.partition(" ")
    return role, label


def distinct(roles: Sequence[tuple[Any, ...]]) -> tuple[tuple[Any, ...], ...]:
    """Return each role once in each wording: what reads alike is one fact."""
    if len(roles) < 2 or len({role[0] for role in roles}) == len(roles):
        return tuple(roles)
    # That a role lapsed is told only where it has no end.
    found: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for row in roles:
        found.setdefault((*row[:2], row[2] or row[4] is not None, *row[3:]), row)
    return tuple(found.values())


def _link(link: LinkTold) -> tuple[Any, ...]:
    name, target, _, _, role, *dates, status = link
    return (name, target, role, *_days(*dates), None if status is None else STATUSES[status])


def merged(links: Sequence[tuple[Any, ...]]) -> tuple[tuple[Any, ...], ...]:
    """Make one of links that share type, target, role and start: the first counts, others fill what it leaves out."""
    if len(links) < 2 or len({link[:2] for link in links}) == len(links):
        return tuple(links)
    found: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for link in links:
        key = (link[0], link[1], link[2] or "", link[3])
        before = found.setdefault(key, link)
        if before is not link:
            filled = (old if old is not None else new for old, new in zip(before[5:], link[5:], strict=True))
            found[key] = (*before[:5], *filled)
    return tuple(found.values())
