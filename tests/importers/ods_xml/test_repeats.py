"""Which of several records of one code counts, and that reading by the batch comes to what reading one by one does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from db.errors import InputError
from db.statements import Statement
from importers.base import IrregularError
from importers.ods_xml.parts import ReleasePart
from tests.depth import cases
from tests.importers.ods_xml.held import Account, Register, by_the_batch, one_by_one, release, release_in
from tests.importers.ods_xml.taking import bare, body, register, take
from tests.importers.ods_xml.test_batches import contents
from tests.national.making import make
from tests.national.things import Followed, Org, Span, Tied

_CODES = ("AB1", "CD2", "EF3", "GH4", "JK5")
_STARTS = ("1990-04-01", "2001-04-01", "2010-10-01", None)


def same(batch: Account, expected: Account) -> None:
    """Compare two readings of one release, the line aside, which a row that is as it was keeps from before."""
    assert (batch.read, batch.merged) == (expected.read, expected.merged)
    assert batch.rejects == expected.rejects
    assert without_lines(batch) == without_lines(expected)


def without_lines(account: Account) -> dict[str, Statement]:
    return {key: replace(statement, line=None) for key, statement in account.statements.items()}


def starting(code: str, name: str, start: str | None) -> Org:
    """A record that opened on a day."""
    return body(code, name, span=Span(start))


def outcome(parts: tuple[ReleasePart, ...], register: Register | None) -> Account | str | None:
    """What comes of a release, or why it is refused; None where it is left to the parser."""
    try:
        return one_by_one(parts) if register is None else by_the_batch(parts, register)
    except IrregularError:
        return None
    except InputError as error:
        return str(error)


@pytest.fixture(scope="module")
def months(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, Account]]:
    """Two releases of a small country, a month apart, each with what its rows say one by one."""
    folder = tmp_path_factory.mktemp("months")
    make(folder / "release.zip", 150, 3)
    make(folder / "later.zip", 150, 3, published="2026-09-25", changed=0.1, turned=True)
    found = []
    for path in (folder / "release.zip", folder / "later.zip"):
        with release_in(path) as parts:
            found.append((path, one_by_one(parts)))
    return found


@pytest.mark.parametrize("processes", [0, 1, 2, 3])
def test_a_country_by_the_batch_is_what_its_rows_say(
    months: list[tuple[Path, Account]], monkeypatch: pytest.MonkeyPatch, processes: int
) -> None:
    monkeypatch.setattr("importers.ods_xml.slices._CHUNK", 20_000)
    register = Register()
    for path, expected in months:
        with release_in(path) as parts:
            account = by_the_batch(parts, register, processes)
        same(account, expected)
    assert account.unchanged > 110


def test_months_of_codes_that_come_more_than_once_are_what_their_rows_say() -> None:
    """Full files and archives in which codes repeat in any order, one month after another."""
    taken = 0
    for number in range(cases(100)):
        rng = Random(number)
        register = Register()
        for _ in range(3):
            parts = release(_records(rng), _records(rng))
            expected = outcome(parts, None)
            found = outcome(parts, register)
            if isinstance(expected, Account) and isinstance(found, Account):
                same(found, expected)
                taken += 1
                continue
            # What is in a file twice as it was is left to the parser.
            assert found is None or found == expected, number
            break
    assert taken > cases(100)


def _records(rng: Random) -> list[Org]:
    records = []
    for _ in range(rng.randrange(7)):
        one = starting(rng.choice(_CODES), rng.choice(("ONE", "TWO")), rng.choice(_STARTS))
        records.append(one.as_stub() if rng.random() < 0.25 else one)
    return records


@pytest.mark.parametrize("turned", [False, True])
def test_a_record_that_is_as_it_was_outweighs_a_new_one_that_starts_earlier(turned: bool) -> None:
    pharmacy, laundry = starting("FEF03", "PHARMACY", "2025-05-01"), starting("FEF03", "LAUNDRY", "1993-04-01")
    register = Register()
    by_the_batch(release([pharmacy], []), register)
    account = by_the_batch(release([pharmacy, laundry] if turned else [laundry, pharmacy], []), register)
    assert account.unchanged == 1
    (refused,) = account.rejects
    assert (refused.value, account.statements["ods:FEF03"].names[0].name) == ("LAUNDRY", "Pharmacy")


@pytest.mark.parametrize(
    "order", ["another moved held", "moved another held", "held moved another", "moved held another"]
)
def test_a_record_that_comes_as_it_was_beside_another_of_its_code_is_known_though_it_was_written_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    """What it was called is told of it where it does not count, though rows that lead to it were taken before."""
    held = body("AB1", "FIRST", span=Span("2001-04-01"))
    owner = (Followed("AB1", "2020-04-01", forward=False),)
    other = body("CD2", followed=owner)
    moved = [body("CD2", "ANOTHER NAME", followed=owner), body("EF3", "ANOTHER NAME")]
    first = bare(tmp_path, [held, other, body("EF3")], published="2026-08-28")
    monkeypatch.setattr("importers.ods_xml.slices._CHUNK", 500)
    monkeypatch.setattr("db.store.batch_ingest._LOT", 1)
    for start, refused in (("1990-04-01", "EARLIER"), ("2010-10-01", "FIRST")):
        given = {"another": [body("AB1", "EARLIER", span=Span(start))], "moved": moved, "held": [held]}
        orgs = [one for word in order.split() for one in given[word]]
        registers = [register(first, batches=True), register(first)]
        later = bare(tmp_path, orgs, "later.xml", published="2026-09-25")
        runs = [take(one, later, batches=batched) for one, batched in zip(registers, (True, False), strict=True)]
        assert [[row.value for row in run.rejects] for run in runs] == [[refused], [refused]]
        by_batch, alone = map(contents, registers)
        assert by_batch == alone


def test_of_three_the_last_counts_though_two_start_alike() -> None:
    orgs = [starting("AB1", name, start) for name, start in (("A", "1990-04-01"), ("B", "1990-04-01"))]
    parts = release([*orgs, starting("AB1", "C", "2001-04-01")], [])
    account = one_by_one(parts)
    same(by_the_batch(parts, Register()), account)
    assert {one.reason for one in account.rejects} == {"AB1 is described by record 3 as well, which starts later"}


def test_a_stub_that_cannot_be_taken_is_refused_whether_it_is_described_or_not() -> None:
    tied = replace(body("AB1", "STUB", ties=(Tied("RE99", "CD2", "RO197"),)), stub=True)
    for archive in ([], [body("AB1", "WHOLE")]):
        parts = release([tied], archive)
        account = one_by_one(parts)
        assert [one.reason for one in account.rejects] == ["AB1 has the unknown relationship RE99"]
        same(by_the_batch(parts, Register()), account)
