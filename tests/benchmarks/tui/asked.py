"""What is opened, typed and followed in a register: chosen by what is in it, the same at every run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from db.register import Register, open_register

_MANY = 12_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A register, how to open it, and what is asked of it."""

    name: str
    words: tuple[str, ...]
    typed: tuple[str, ...]
    """Beginnings of names, each typed letter by letter."""
    opened: str
    opened_name: str
    beside_many: str
    """A record with few links, of which one leads to `many`."""
    many: str
    """The name of the record whose links come closest to 12,000 in number."""
    links: int
    ends: tuple[str, ...]
    """Records of which it is asked how each is connected with the next."""


def asked(name: str, path: Path | None) -> Asked:
    """Choose what is asked of the register at a path, or of the built-in one."""
    words = ("--builtin",) if path is None else ("--db", str(path))
    with open_register(path, builtin=path is None) as register:
        opened, opened_name = _organisations(register, "type = 'nhs-trust'", 1)[0]
        found = _organisations(register, "kind = 'organisation'", 8)
        typed, ends = tuple(one.lower()[:9].strip() for _, one in found), tuple(key for key, _ in found)
        return Asked(name, words, typed, opened, opened_name, *_beside_many(register), ends)


def _organisations(register: Register, which: str, number: int) -> list[tuple[str, str]]:
    """Return so many open ones from all over the register: key and name."""
    where = f"FROM record WHERE open AND {which} AND name GLOB '[A-Z]*'"
    total = int(_rows(register, f"SELECT count(*) {where}")[0][0])
    places = (
        f"SELECT * FROM (SELECT key, name {where} ORDER BY key LIMIT 1 OFFSET {one * total // number})"
        for one in range(number)
    )
    return [(key, name) for key, name in _rows(register, " UNION ALL ".join(places))]


def _beside_many(register: Register) -> tuple[str, str, int]:
    """Return a record with few links, the name of that with about 12,000 to which one leads, and how many it has."""
    counted = f"SELECT target_id, count(*) FROM link GROUP BY target_id ORDER BY abs(count(*) - {_MANY}) LIMIT 1"
    hub, links = _rows(register, counted)[0]
    (key, name), *_ = _rows(
        register,
        "SELECT r.key, h.name FROM link l JOIN record r ON r.id = l.source_id JOIN record h ON h.id = l.target_id"
        f" WHERE l.target_id = {hub} AND r.open AND r.kind = 'organisation'"
        " ORDER BY (SELECT count(*) FROM link WHERE source_id = r.id OR target_id = r.id), r.key LIMIT 1",
    )
    return key, name, int(links)


def _rows(register: Register, query: str) -> list[list[str]]:
    """Ask, with patience: the machine may be busy."""
    return [[str(cell) for cell in row] for row in register.sql(query, seconds=120).rows]
