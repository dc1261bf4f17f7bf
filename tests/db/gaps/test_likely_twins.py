"""Two records that may be one are told of with the reason, unless something keeps them apart."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from db.gaps.find import gaps
from db.model import Address
from db.reports import LIKELY_TWIN
from db.statements import End, LinkSaid, NameSaid, Statement
from tests.db.store.registers import empty, member, take, trust, written
from tests.importers.ods_xml import taking
from tui.text.gaps import detail


def twins(register: sqlite3.Connection) -> list[tuple[str, str, tuple[str, ...]]]:
    """The pairs, by their keys, and what each has in common."""
    return [(gap.key, gap.other.key if gap.other else "", gap.same) for gap in gaps(register, (LIKELY_TWIN,))]


def hill(code: str, name: str = "Hill NHS Trust", postcode: str | None = None, **more: object) -> Statement:
    """A trust by its name, and its postcode where it has one."""
    address = None if postcode is None else Address((), None, None, postcode, None)
    return trust(code, name, type=more.pop("type", "nhs-trust"), address=address, **more)


@pytest.mark.parametrize(
    ("one", "other", "common"),
    [
        (hill("R1"), hill("R2", "The HILL NHS Trust"), ("name",)),
        (hill("R1", postcode="HI1 1AA"), hill("R2", postcode="HI1 1AA"), ("name", "postcode")),
        (hill("R1", type="local-authority"), hill("R2", type="county-council"), ("name",)),
        (hill("R1"), hill("R2", type=None), ("name",)),
        (hill("R1", closed="2020-03-31"), hill("R2", opened="2019-04-01"), ("name",)),
    ],
)
def test_two_of_one_name_and_kind_are_likely_twins(one: Statement, other: Statement, common: tuple[str, ...]) -> None:
    register = empty()
    take(register, written("one"), [one])
    take(register, written("other"), [other])
    assert twins(register) == [("ods:R1", "ods:R2", common)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (hill("R1"), hill("R2", "Dale NHS Trust")),
        (hill("R1", postcode="HI1 1AA"), hill("R2", postcode="DA1 1AA")),
        (hill("R1"), hill("R2", type="community-health-service")),
        (hill("R1", closed="2020-03-31"), hill("R2", opened="2020-04-01")),
        (hill("R1"), hill("R2", links=(LinkSaid("part-of", End("ods:R1")),))),
        (hill("R1"), Statement("person:hill", "person", names=(NameSaid("Hill NHS Trust"),))),
    ],
)
def test_place_kind_time_and_a_tie_tell_two_of_one_name_apart(one: Statement, other: Statement) -> None:
    register = empty()
    take(register, written("one"), [one])
    take(register, written("other"), [other])
    assert twins(register) == []


def test_a_source_that_has_both_keeps_them_apart() -> None:
    register = empty()
    take(register, written("both"), [hill("R1"), hill("R2")])
    assert twins(register) == []


def test_of_those_that_a_release_alone_tells_of_none_is_the_twin_of_another_but_of_what_others_tell(
    tmp_path: Path,
) -> None:
    register = empty()
    names = ("DALE", "DALE", "HILL NHS TRUST", "HILL NHS TRUST")
    release = [taking.body(f"R{number}", name, "RO197") for number, name in enumerate(names)]
    taking.take(register, taking.bare(tmp_path, release), batches=True)
    assert register.execute("SELECT count(*) FROM _sole").fetchone() == (4,)
    take(register, written("other"), [trust("X1", "The Hill NHS Trust", type="nhs-trust")])
    assert twins(register) == [("ods:R2", "ods:X1", ("name",)), ("ods:R3", "ods:X1", ("name",))]
    of_one = {key: len(gaps(register, (LIKELY_TWIN,), key)) for key in ("ods:R0", "ods:R2", "ods:X1")}
    assert of_one == {"ods:R0": 0, "ods:R2": 1, "ods:X1": 2}


def test_arrangements_of_one_type_with_the_same_members_in_two_sources_are_likely_twins() -> None:
    register = empty()

    def group(key: str, *codes: str, kind: str = "group-model") -> Statement:
        links = tuple(map(member, codes))
        return Statement(f"arr:{key}", "arrangement", type=kind, names=(NameSaid(f"Group {key}"),), links=links)

    take(register, written("one"), [group("a", "R1", "R2"), group("single", "R3"), group("pact", "R1", "R2", kind="x")])
    take(register, written("other"), [group("b", "R2", "R1"), group("lone", "R3"), group("more", "R1", "R2", "R3")])
    assert twins(register) == [("arr:a", "arr:b", ("members",))]


def test_of_a_name_that_many_have_only_a_place_in_common_makes_two_likely_twins() -> None:
    register = empty()
    take(register, written("one"), [hill(f"A{n}", "Boots", postcode="HI1 1AA" if n == 3 else None) for n in range(8)])
    take(register, written("other"), [hill(f"B{n}", "Boots", postcode="HI1 1AA" if n == 5 else None) for n in range(8)])
    assert twins(register) == [("ods:A3", "ods:B5", ("name", "postcode"))]


def test_what_is_only_named_may_be_the_code_or_service_that_has_its_name_or_run_it() -> None:
    register = empty()
    service = hill("Y1", "Hill Health", type="community-health-service", postcode="HI1 1AA")
    names_it = trust("SITE", "Hill Hospital", links=(LinkSaid("part-of", End("ods:N1", "Hill Health")),))
    take(register, written("one"), [service, hill("Y2", "Dale Health", type="community-health-service")])
    take(register, written("two"), [names_it, hill("N2", "Dale Health", type="nhs-trust")])
    assert twins(register) == [("ods:Y1", "ods:N1", ("name",))]
    (gap,) = gaps(register, (LIKELY_TWIN,))
    assert gap.may_run
    assert detail(gap).endswith("the same name; one is only named: it may be the other, or run it")
