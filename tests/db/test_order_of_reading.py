"""A record reads the same whatever was imported first: what is shown, and in which order."""

from __future__ import annotations

from itertools import permutations

from db.model import Record
from db.register import Register
from db.statements import Cite, EventSaid, FactSaid, IdentifierSaid, NameSaid, Statement
from tests.db.store.registers import empty, listing, take, written


def read(record: Record) -> object:
    """A record with each evidence in place of its number, which differs from database to database."""
    told = {proof.id: (proof.source.key, proof.locator) for proof in record.evidence}

    def named(value: object, field: str = "") -> object:
        if isinstance(value, tuple) and hasattr(value, "_asdict"):
            value = value._asdict()
        if isinstance(value, dict):
            return {name: named(inner, name) for name, inner in value.items() if name != "id"}
        if isinstance(value, (list, tuple)):
            numbers = field in ("evidence", "own_evidence") and all(isinstance(one, int) for one in value)
            return [told[one] if numbers else named(one) for one in value]
        return value

    return named(record)


def test_a_record_reads_the_same_in_whatever_order_its_sources_came() -> None:
    sources = [
        (listing("list-2015", "2015"), "First name", "2001"),
        (listing("list-2018", "2018"), "Second name", "2001"),
        (listing("list-2025", "2025-07"), "Third name", "2001"),
        (written("one-story"), "Name of one story", "2003"),
        (written("other-story"), "Name of the other story", "2002"),
    ]
    seen: set[str] = set()
    for order in list(permutations(sources))[::7]:
        register = empty()
        for source, name, year in order:
            statement = Statement(
                "ods:RJC",
                "organisation",
                names=(NameSaid(name), NameSaid("ONE", "acronym")),
                identifiers=(IdentifierSaid("gb-coh", f"0{len(name)}"),),
                facts=(FactSaid("independence", text=f"Said beside {name}."),),
                events=(EventSaid(year, "formed", f"Told beside {name}."),),
                cites=(Cite(source.key, "p2"), Cite(source.key, "p1")),
            )
            take(register, source, [statement])
        seen.add(str(read(Register(register, label="a test").record("ods:RJC"))))
    assert len(seen) == 1
