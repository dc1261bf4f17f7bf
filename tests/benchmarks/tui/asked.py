"""What is opened, typed and followed in a register: chosen by what is in it, the same at every run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from db.register import Register, open_register

_MANY = 12_000
"""Links of the largest record that is followed a link to, or of the next smaller one that there is."""
_HUBS = 20


@dataclass(frozen=True, slots=True)
class Hub:
    """A record of many links, and how one comes to it."""

    name: str
    links: int
    beside: str
    """A record with few links, of which one leads to it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A register, how to open it, and what is asked of it."""

    name: str
    words: tuple[str, ...]
    typed: tuple[str, ...]
    """Beginnings of names, each typed letter by letter."""
    opened: str
    opened_name: str
    hubs: tuple[Hub, ...]
    """The records with most links, those of more than 12,000 left out."""
    largest: tuple[Hub, ...]
    """Those that were left out."""
    ends: tuple[str, ...]
    """Records of which it is asked how each is connected with the next."""


def asked(name: str, path: Path | None) -> Asked:
    """Choose what is asked of the register at a path, or of the built-in one."""
    words = ("--builtin",) if path is None else ("--db", str(path))
    with open_register(path, builtin=path is None) as register:
        opened, opened_name = _organisations(register, "type = 'nhs-trust'", 1)[0]
        found = _organisations(register, "kind = 'organisation'", 8)
        typed, ends = tuple(one.lower()[:9].strip() for _, one in found), tuple(key for key, _ in found)
        hubs, largest = _hubs(register, "<=", _HUBS), _hubs(register, ">", _HUBS)
        return Asked(name, words, typed, opened, opened_name, hubs, largest, ends)


def _organisations(register: Register, which: str, number: int) -> list[tuple[str, str]]:
    """Return so many open ones from all over the register: key and name."""
    where = f"FROM record WHERE open AND {which} AND name GLOB '[A-Z]*'"
    total = int(_rows(register, f"SELECT count(*) {where}")[0][0])
    places = (
        f"SELECT * FROM (SELECT key, name {where} ORDER BY key LIMIT 1 OFFSET {one * total // number})"
        for one in range(number)
    )
    return [(key, name) for key, name in _rows(register, " UNION ALL ".join(places))]


def _hubs(register: Register, than: str, number: int) -> tuple[Hub, ...]:
    """Return the records with most links of those that have at most (`<=`) or more (`>`) than 12,000."""
    counted = (
        "SELECT id, sum(links) AS links FROM (SELECT target_id AS id, count(*) AS links FROM link GROUP BY 1"
        " UNION ALL SELECT source_id, count(*) FROM link GROUP BY 1)"
        f" GROUP BY 1 HAVING sum(links) {than} {_MANY} ORDER BY 2 DESC, 1 LIMIT {number}"
    )
    return tuple(hub for number, links in _rows(register, counted) for hub in _hub(register, number, int(links)))


def _hub(register: Register, number: str, links: int) -> list[Hub]:
    """Return a record with one with few links that leads to it; nothing where none does."""
    found = _rows(
        register,
        "SELECT r.key, h.name FROM link l JOIN record r ON r.id = l.source_id JOIN record h ON h.id = l.target_id"
        f" WHERE l.target_id = {number} AND r.open AND r.kind = 'organisation'"
        " ORDER BY (SELECT count(*) FROM link WHERE source_id = r.id OR target_id = r.id), r.key LIMIT 1",
    )
    return [Hub(name, links, key) for key, name in found]


def spread(hubs: Sequence[Hub], number: int) -> Sequence[Hub]:
    """Return so many of them from the first to the last."""
    step = max((len(hubs) - 1) / max(number - 1, 1), 1)
    return [hubs[round(at * step)] for at in range(min(number, len(hubs)))]


def _rows(register: Register, query: str) -> list[list[str]]:
    """Ask, with patience: the machine may be busy."""
    return [[str(cell) for cell in row] for row in register.sql(query, seconds=120).rows]
