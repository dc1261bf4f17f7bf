"""A source is cited for what it says: for a value that it states as it is shown, not for one that came later."""

from __future__ import annotations

from dataclasses import replace

from db.model import Address, Record
from db.register import Register
from db.statements import End, LinkSaid, NameSaid, SourceSaid, Statement
from tests.db.store.registers import empty, listing, take, written

HERE = Address(("1 High Street",), "Town", None, "ZZ1 1ZZ", None)
EARLIER, LATER = listing("list-2015", "2015-05"), listing("list-2018", "2018-08")


def practice(closed: str | None = None, address: Address | None = HERE, opened: str = "1974-04-01") -> Statement:
    """A practice as a list has it, with its commissioner until it closed."""
    status = "closed" if closed else "open"
    tie = LinkSaid("commissioned-by", End("ods:04X"), start="2015-04-01", end=closed, status="past" if closed else None)
    names = (NameSaid("First Surgery"),)
    return Statement(
        "ods:M85059", "organisation", status=status, opened=opened, closed=closed, address=address, names=names,
        links=(tie,),
    )  # fmt: skip


def read(*told: tuple[SourceSaid, Statement]) -> Record:
    register = empty()
    for source, statement in told:
        take(register, source, [statement])
    return Register(register, label="a test").record("ods:M85059")


def cited(record: Record, evidence: tuple[int, ...]) -> set[str]:
    """The sources of some evidence."""
    return {proof.source.key for proof in record.evidence if proof.id in evidence}


def test_a_closing_is_told_by_the_list_that_has_it_and_not_by_the_one_before() -> None:
    record = read((EARLIER, practice()), (LATER, practice("2017-06-30")))
    assert cited(record, record.evidence_of("closed")) == {LATER.key}
    assert cited(record, record.evidence_of("opened")) == {EARLIER.key, LATER.key}


def test_the_end_of_a_link_is_told_by_the_list_that_has_it() -> None:
    record = read((EARLIER, practice()), (LATER, practice("2017-06-30")))
    (link,) = record.links
    assert (link.end, cited(record, link.evidence)) == ("2017-06-30", {LATER.key})
    (open_yet,) = read((EARLIER, practice()), (LATER, practice())).links
    assert len(open_yet.evidence) == 2


def test_of_two_days_of_opening_the_one_shown_has_its_own_evidence() -> None:
    record = read((EARLIER, practice(opened="2001-01")), (LATER, practice(opened="2002-01")))
    assert (record.opened, cited(record, record.evidence_of("opened"))) == ("2002-01", {LATER.key})


def test_an_address_is_told_by_who_has_it_whatever_its_case() -> None:
    shouted = Address(("1 HIGH STREET",), "TOWN", None, "ZZ1 1ZZ", None)
    record = read((EARLIER, practice(address=shouted)), (LATER, practice()), (written("names"), practice(address=None)))
    assert cited(record, record.evidence_of("address")) == {EARLIER.key, LATER.key}


def test_an_address_that_differs_in_one_part_is_told_by_who_has_it_as_it_is_shown() -> None:
    other = replace(HERE, postcode="ZZ9 9ZZ")
    record = read((EARLIER, practice(address=other)), (LATER, practice()))
    assert cited(record, record.evidence_of("address")) == {LATER.key}


def test_what_one_source_tells_is_told_by_it() -> None:
    record = read((LATER, practice("2017-06-30")))
    assert record.value_evidence == {}
    assert record.evidence_of("closed") == record.evidence_of("legal_start", "closed") == record.own_evidence
