"""Files cut at the ends of their records come to what the parser of whole files makes of them, or are left to it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from db.errors import InputError, InterlockError
from importers.base import IrregularError
from importers.ods_xml.head import read_head
from importers.ods_xml.parts import ReleasePart
from tests.importers.ods_xml.held import Account, Register, by_the_batch, one_by_one
from tests.importers.ods_xml.mutations import mutated, numbers
from tests.importers.ods_xml.taking import body, rows, written
from tests.importers.things import given
from tests.national.country import Country
from tests.national.markup import document
from tests.national.things import File

PLAIN = document(File([body("AB1", "ONE"), body("CD2", "TWO")]))


def parts(data: bytes | str) -> tuple[ReleasePart, ...]:
    """One file of a release by itself."""
    source = given(data, "full.xml")
    return (ReleasePart(source, read_head(source)),)


def outcome(data: bytes, *, batches: bool) -> Account | str | None:
    """What comes of a file, or why it is refused; None where it is left to the parser of whole files."""
    try:
        return by_the_batch(parts(data), Register()) if batches else one_by_one(parts(data))
    except IrregularError:
        return None
    except InputError as error:
        return str(error)


def test_a_damaged_file_comes_to_the_same_or_is_left_to_the_parser_of_whole_files() -> None:
    data = document(File(list(Country(60, 5).orgs(archived=False))[:6])).encode()
    tried = numbers(200)
    found = [outcome(mutated(data, number), batches=True) for number in tried]
    for number, one in zip(tried, found, strict=True):
        if one is not None:
            assert one == outcome(mutated(data, number), batches=False), number
    assert 0 < found.count(None) < len(tried)


def test_damaged_files_give_rows_or_one_line_in_bounded_time(tmp_path: Path) -> None:
    country = Country(60, 5)
    data = document(File(list(country.orgs(archived=False))[:12])).encode()
    zipped = written(tmp_path, [body("AB1")], [body("CD2")]).read_bytes()
    started = time.process_time()
    for number in numbers(120):
        path = tmp_path / ("mutated.zip" if number % 4 == 0 else "mutated.xml")
        path.write_bytes(mutated(zipped if number % 4 == 0 else data, number))
        try:
            rows(path)
        except InterlockError as error:
            assert "\n" not in str(error)
    assert time.process_time() - started < 0.05 * len(numbers(120))


@pytest.mark.parametrize(
    "words",
    [
        "<!-- </Organisation> -->",
        "<![CDATA[</Organisation>]]>",
        "<Organisation />",
        "</Organisations><Organisations>",
        "<Other></Other>",
        "&undeclared;",
        "\x00",
    ],
)
def test_what_would_be_cut_in_the_wrong_place_is_left_to_the_parser_of_whole_files(words: str) -> None:
    data = PLAIN.replace("</Organisation>", f"</Organisation>{words}", 1).encode()
    assert data != PLAIN.encode()
    assert outcome(data, batches=True) is None


def test_a_file_without_records_is_read_as_one() -> None:
    account = outcome(document(File([])).encode(), batches=True)
    assert account == Account()


def test_elements_of_another_namespace_are_read_as_those_of_none() -> None:
    data = PLAIN.replace("<Organisations>", '<Organisations xmlns="urn:other">').encode()
    one = outcome(data, batches=False)
    assert isinstance(one, Account)
    assert one == outcome(data, batches=True) == outcome(PLAIN.encode(), batches=True)


def test_what_stands_before_the_first_record_and_is_none_is_left_to_the_parser_of_whole_files() -> None:
    data = PLAIN.replace("<Organisations>", "<Organisations><Other></Other>").encode()
    assert outcome(data, batches=True) is None
