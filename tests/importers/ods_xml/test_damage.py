"""Files that are damaged or mean harm: an answer or one line, in bounded time, whatever they hold."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from db.errors import InputError
from db.statements import RejectSaid
from tests.importers.ods_xml.taking import bare, body, register, rows, take, written
from tests.national.markup import document
from tests.national.things import File, Followed, Tied

BOMB = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'


def refusal(path: Path) -> str:
    """The one line by which a file is refused."""
    with pytest.raises(InputError) as caught:
        rows(path)
    text = str(caught.value)
    assert "\n" not in text
    return text


def with_doctype(folder: Path, doctype: str, name: str = "PLAIN") -> Path:
    """A release that declares something before it begins."""
    path = folder / "full.xml"
    text = document(File([body("AB1", "NAME")])).removeprefix("\ufeff").replace("NAME", name)
    path.write_text(text.replace("?>", f"?>\n{doctype}", 1), "utf-8")
    return path


def test_entity_bombs_are_refused(tmp_path: Path) -> None:
    assert "declares a document type or entities" in refusal(with_doctype(tmp_path, BOMB, "&c;"))


def test_external_document_types_and_entities_are_refused_unread(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    for doctype in (
        '<!DOCTYPE a SYSTEM "http://localhost:1/x.dtd">',
        f'<!DOCTYPE a [<!ENTITY c SYSTEM "{secret.as_uri()}">]>',
        "<!doctype a>",
    ):
        assert "declares a document type" in refusal(with_doctype(tmp_path, doctype, "x"))


def test_a_document_type_hidden_behind_a_long_comment_is_refused(tmp_path: Path) -> None:
    path = with_doctype(tmp_path, f"<!-- {'refdata.hscic.gov.uk/org/ ' * 4000} -->\n{BOMB}", "&c;")
    assert "declares a document type" in refusal(path)


def test_a_document_type_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = with_doctype(tmp_path, BOMB, "&c;")
    path.write_bytes(path.read_text("utf-8").replace("UTF-8", "UTF-16").encode("utf-16"))
    assert "declares a document type" in refusal(path)


def test_a_truncated_file_is_refused(tmp_path: Path) -> None:
    path = bare(tmp_path, [body("AB1"), body("CD2")])
    path.write_bytes(path.read_bytes()[:-300])
    assert "is no sound XML" in refusal(path)


def test_truncated_zips_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path, [body("AB1")], [body("CD2")])
    whole = path.read_bytes()
    for share in (0.2, 0.5, 0.9, 0.99):
        path.write_bytes(whole[: int(len(whole) * share)])
        assert "damaged or cut short" in refusal(path)


def test_a_refused_release_leaves_the_register_as_it_was(tmp_path: Path) -> None:
    held = register(written(tmp_path, [body("AB1", "BEFORE")]))
    before = list(held.iterdump())
    with pytest.raises(InputError, match="counts 3 organisations and it holds 1"):
        take(held, bare(tmp_path, [body("AB1", "AFTER")], published="2026-09-30", count=3))
    assert list(held.iterdump()) == before


@pytest.mark.parametrize("place", ["  <Organisations>", "<Name>"])
def test_megabytes_without_an_organisation_are_refused(place: str, tmp_path: Path) -> None:
    path = bare(tmp_path, [body("AB1")])
    text = path.read_text("utf-8")
    path.write_text(text.replace(place, f"{place}{'<Other>x</Other>' * 350_000}"), "utf-8")
    advice = "the most that 400 MB of memory are for; --memory 800 allows more"
    assert f"holds 4 MB without one organisation, {advice}" in refusal(path)


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    path = bare(tmp_path, [body("AB1")])
    text = path.read_text("utf-8")
    path.write_text(text.replace("<Name>", f"{'<a>' * 10_000}{'</a>' * 10_000}<Name>"), "utf-8")
    assert "is no sound XML" in refusal(path)


def test_what_is_no_release_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text("<rss><channel/></rss>")
    assert "is XML, which no format recognises" in refusal(path)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('extension="AB1"', 'extension="A B"', "'A B' is no ODS code"),
        ('extension="AB1"', 'extension=""', "has no code"),
        ("<Name>A BODY</Name>", "<Name> </Name>", "AB1 has no name"),
        ('<Status value="Active" />', '<Status value="Pending" />', "has the unknown status 'Pending'"),
        ('<Start value="2001-04-01" />', '<Start value="2001-02-30" />', "AB1: the start '2001-02-30' is not a date"),
        ('Type value="Operational"', 'Type value="Lunar"', "AB1 has a date of the unknown type 'Lunar'"),
        ('Role id="RO157"', 'Role id="157"', "AB1 has a role '157', which is none of ODS"),
        ('Rel id="RE6"', 'Rel id="RE99"', "AB1 has the unknown relationship RE99"),
        ("<Type>Successor</Type>", "<Type>Sibling</Type>", "AB1 has a succession of the unknown type 'Sibling'"),
        ('orgRecordClass="RC1"', 'orgRecordClass="RC7"', "AB1 is of the unknown record class 'RC7'"),
    ],
)
def test_a_bad_record_is_refused_with_its_reason_and_the_others_are_taken(
    tmp_path: Path, old: str, new: str, reason: str
) -> None:
    org = body("AB1", ties=(Tied("RE6", "CD2", "RO197"),), followed=(Followed("EF3", "2020-04-01"),))
    text = document(File([org]))
    assert old in text
    path = tmp_path / "full.xml"
    other = document(File([body("ZZ9")])).partition("  <Organisations>\n")[2].partition("  </Organisations>")[0]
    text = text.replace(old, new).replace("  </Organisations>", f"{other}  </Organisations>")
    path.write_text(text.replace('RecordCount value="1"', 'RecordCount value="2"'), "utf-8")
    report = take(register(bare(tmp_path, [], "empty.xml")), path)
    assert (report.sources[0].read, report.sources[0].added) == (2, 1)
    (refused,) = report.rejects
    assert (refused.line, refused.reason.startswith(reason)) == (1, True), refused


def test_a_record_that_never_ends_is_refused_and_costs_little(tmp_path: Path) -> None:
    org = body("AB1", ties=tuple(Tied("RE8", f"U{number}", "RO272") for number in range(5_001)))
    (row,) = rows(bare(tmp_path, [org]))
    assert isinstance(row, RejectSaid)
    assert row.reason == "has more than 5,000 Rels"


@pytest.mark.parametrize("word", ["<Organisation ", "<Manifest ", "Organisation <OrgId ", "<HSCOrgRefData:", "<!-- "])
def test_words_of_the_format_repeated_cost_no_more_than_others(tmp_path: Path, word: str) -> None:
    path = tmp_path / "full.xml"
    path.write_text(document(File([body("AB1")])).replace("A BODY", word.replace("<", "&lt;") * 50_000), "utf-8")
    started = time.process_time()
    (row,) = rows(path)
    assert isinstance(row, RejectSaid)
    assert row.reason.startswith("AB1 has a name of ")
    path.write_text(f"<OrgRefData {word * 50_000}")
    assert "is no sound XML" in refusal(path)
    assert time.process_time() - started < 3
