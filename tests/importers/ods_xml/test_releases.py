"""What makes a release, what a part of one may say, and how one follows another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from db.errors import InputError
from db.statements import RowSaid
from importers.base import ReadOptions, Sample
from importers.inputs import Inputs
from importers.ods_xml.importer import importer
from tests.importers.ods_xml.taking import (
    bare,
    body,
    fragment,
    links,
    one,
    planned,
    register,
    rows,
    said,
    take,
    written,
)
from tests.national.things import File, Held, Tied
from tests.national.zips import inner, outer, release


def source(*paths: Path, **options: str) -> tuple[str, str | None, bool]:
    """Key, vintage and completeness of the only source in some paths."""
    with Inputs([str(path) for path in paths]) as inputs:
        (only,) = inputs
        reading = importer.read(only, ReadOptions(**options))  # type: ignore[arg-type]
    return reading.source.key, reading.source.published, reading.source.full


def test_the_outer_zip_is_one_source_and_the_whole_list(tmp_path: Path) -> None:
    path = written(tmp_path, [body("AB1")], [body("CD2")])
    (entry,) = planned(path).planned
    assert (entry.source.label, entry.source.path, len(entry.source.parts)) == (str(path), str(path), 2)
    held = register(path)
    title = "NHS Organisation Data Service: XML release, 28 August 2026"
    found = one(held, "SELECT key, title, published, series, full FROM source")
    assert found == ("file:ods-xml-2026-08-28", title, "2026-08-28", "ods-xml", 1)


def test_the_number_of_rows_is_known_before_they_are_read(tmp_path: Path) -> None:
    with Inputs([str(bare(tmp_path, [body("AB1"), body("CD2")]))]) as inputs:
        (only,) = inputs
        reading = importer.read(only, ReadOptions())
    assert len(reading.rows) == 2  # type: ignore[arg-type]


def test_both_files_named_beside_each_other_are_the_list_as_well(tmp_path: Path) -> None:
    for name, file in (("fullfile.zip", File([body("AB1")])), ("archive.zip", File([body("CD2")], archive=True))):
        (tmp_path / name).write_bytes(inner(file))
    (entry,) = planned(tmp_path / "archive.zip", tmp_path / "fullfile.zip").planned
    assert [part.name for part in entry.source.parts] == [
        "HSCOrgRefData_Full_20260828.xml", "HSCOrgRefData_Archive_20260828.xml",
    ]  # fmt: skip
    assert [row.line for row in rows(tmp_path)] == [1, 2]


def test_files_of_different_days_are_different_sources(tmp_path: Path) -> None:
    full = bare(tmp_path, [body("AB1")], "full.xml", published="2026-08-28")
    archive = bare(tmp_path, [body("CD2")], "archive.xml", published="2026-07-31", archive=True)
    assert [entry.source.parts for entry in planned(full, archive).planned] == [(), ()]


def test_two_files_that_claim_to_be_the_same_are_refused(tmp_path: Path) -> None:
    first, second = bare(tmp_path, [body("AB1")], "a.xml"), bare(tmp_path, [body("CD2")], "b.xml")
    with pytest.raises(InputError, match=r"a\.xml and .*b\.xml: both are the full file of 2026-08-28; name one"):
        planned(first, second)


def test_one_file_alone_is_not_the_list(tmp_path: Path) -> None:
    assert source(bare(tmp_path, [body("AB1")])) == ("file:ods-xml-full-2026-08-28", "2026-08-28", False)
    archive = outer(tmp_path / "archive.zip", {"x.xml": bare(tmp_path, [body("AB1")], archive=True).read_bytes()})
    assert source(archive) == ("file:ods-xml-archive-2026-08-28", "2026-08-28", False)


def test_a_fragment_has_the_day_of_its_latest_change_unless_told(tmp_path: Path) -> None:
    path = fragment(tmp_path, body("AB1"))
    key, published, full = source(path)
    assert (key.startswith("file:ods-xml-fragment-"), published, full) == (True, "2024-05-07", False)
    assert source(path, published="2025-01")[1] == "2025-01"


def test_a_later_release_updates_and_marks_what_it_drops(tmp_path: Path) -> None:
    stays, renamed, closes, goes = (body(code, f"BODY {code}") for code in ("AB1", "CD2", "EF3", "GH4"))
    held = register(release(tmp_path / "august.zip", File([stays, renamed, closes, goes]), File(archive=True)))
    renamed, closes = replace(renamed, name="NEW NAME"), replace(closes, status="Inactive")
    after = File([stays, renamed, closes], published="2026-09-25")
    (report,) = take(
        held, release(tmp_path / "next.zip", after, File([body("IJ5")], archive=True, published="2026-09-25"))
    ).sources
    assert (report.added, report.closed, report.gone) == (1, 1, 1)
    assert held.execute("SELECT name, status FROM record ORDER BY key").fetchall() == [
        ("Body AB1", "open"),
        ("New Name", "open"),
        ("Body EF3", "closed"),
        ("Body GH4", "unlisted"),
        ("A Body", "open"),
    ]


def test_a_later_full_file_alone_says_nothing_about_the_archive(tmp_path: Path) -> None:
    held = register(written(tmp_path, [body("AB1")], [body("CD2")]))
    take(held, bare(tmp_path, [body("AB1", "NEW NAME")], published="2026-09-25"))
    assert held.execute("SELECT name, gone FROM record ORDER BY key").fetchall() == [
        ("New Name", None),
        ("A Body", None),
    ]


def test_two_fragments_of_one_day_that_say_different_things_are_two_sources(tmp_path: Path) -> None:
    keys = []
    for name in ("ONE NAME", "ANOTHER NAME", "ONE NAME"):
        keys.append(source(fragment(tmp_path, body("AB1", name)))[0])
    assert keys[0] == keys[2] != keys[1]


def test_a_fragment_updates_only_what_it_contains(tmp_path: Path) -> None:
    held = register(written(tmp_path, [body("AB1"), body("CD2")]))
    path = fragment(tmp_path, body("AB1", "NEW NAME"))
    path.rename(tmp_path / "2026-09-25.xml")
    take(held, tmp_path / "2026-09-25.xml")
    assert held.execute("SELECT name, gone FROM record ORDER BY key").fetchall() == [
        ("New Name", None),
        ("A Body", None),
    ]


def test_roles_and_relationships_that_nobody_foresaw_get_words_from_the_release(tmp_path: Path) -> None:
    org = body("AB1", roles=(Held("RO999", primary=True),), ties=(Tied("RE99", "CD2", "RO157"),))
    path = bare(tmp_path, [org])
    text = path.read_text("utf-8")
    text = text.replace('<concept id="RO57"', '<concept id="RO999" displayName="NHS MOON BASE" />\n<concept id="RO57"')
    path.write_text(
        text.replace('<concept id="RE2"', '<concept id="RE99" displayName="IS IN ORBIT OF" />\n<concept id="RE2"')
    )
    held = register(path)
    assert one(held, "SELECT type FROM record WHERE key = 'ods:AB1'") == ("nhs-moon-base",)
    assert one(held, "SELECT label FROM term WHERE name = 'nhs-moon-base'") == ("NHS Moon Base",)
    assert links(held, "is-in-orbit-of") == [("AB1", "CD2", None)]


def test_anything_else_is_left_to_other_importers() -> None:
    for text in ("code,name\nAB1,x", "<html><body>x</body></html>", "<feed/>", "", "{"):
        assert importer.sniff(Sample("x.xml", text.encode(), text, len(text))) is None


def test_real_records_are_read(shared: Path) -> None:
    path = shared / "data/xml/HSCOrgRefData-fragments.xml"
    if not path.exists():
        pytest.skip("the fragments are not among the shared files")
    assert all(isinstance(row, RowSaid) for row in rows(path))
    found = said(path)
    assert {code: (one.kind, one.type, one.status) for code, one in found.items()} == {
        "C88032001": ("site", "branch-surgery", "closed"),
        "YGM10": ("organisation", None, "closed"),
        "5N424": ("site", "primary-care-trust-site", "closed"),
        "J82028": ("organisation", "gp-practice", "open"),
    }
    assert [link.status for link in found["J82028"].links] == ["current", "past", "past"]
    held = register(path)
    assert links(held, "succeeded-by") == [("8GW80", "YGM10", None), ("YGM10", "YGM41", None)]
